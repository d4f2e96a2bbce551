"""A town in which somebody writes to many: staff, a crowd, and a messenger that can be made to wait."""

from __future__ import annotations

from collections import Counter

from domain.permissions import Role
from storage import broadcasts, people, places
from storage.outbox import Class
from storage.tx import Tx
from tests.town import Person, Town

WORDS = "فردا ساعت ۱۰ صبح آب کوچه‌های شهید باهنر برای تعمیر لوله قطع است."


async def staff(town: Town, role: Role, written: str, platform: str = "telegram", number: int = 1003) -> Person:
    person = town.person(platform, number)
    await person.says("/start")
    await person.presses("می‌پذیرم")
    await person.presses("انصراف")
    await town.grant(person, role, written)
    return person


async def crowd(
    town: Town, size: int, *, platform: str = "telegram", first: int = 50_000, at: str = "kerman/n1"
) -> None:
    """So many residents: each has said something, and then they all agree and join behind the scenes, for speed."""
    for number in range(first, first + size):
        town.sandbox.say(platform, number, "/help")
        if number % 200 == 0:
            await town.quiet()
    await town.quiet()

    def join(tx: Tx) -> None:
        place = places.written(tx, at)
        assert place is not None
        for number in range(first, first + size):
            person = people.find_account(tx, platform, number)
            assert person is not None
            people.consent(tx, person, 1, town.clock.seconds())
            people.grant(tx, person, Role.RESIDENT, place.id, town.clock.seconds())

    await town.run(join)


def got(town: Town, platform: str = "telegram") -> Counter[int]:
    """How often each chat was really sent the message."""
    sent = [call for call in town.sandbox.calls(platform) if call.ok and call.method in ("sendMessage", "sendPhoto")]
    words = [
        (call.params["chat_id"], str(call.params.get("text") or call.params.get("caption") or "")) for call in sent
    ]
    return Counter(int(chat) for chat, text in words if "برای اهالی" in text and "فرستاده شده است" in text)


#: Messages that are held in the air: few enough for answers to pass beside them.
HELD = 20


def hold_back(town: Town, n: int = HELD, *, platform: str = "telegram") -> None:
    """The next so many messages are neither taken nor refused until they are let go. Nobody waits for broadcasts."""
    town.sandbox.fault(platform, "stall", method="sendMessage", times=n)
    town.waits_for = Class.NOTICE


async def let_go(town: Town, *, and_hold_back: int = 0) -> None:
    """A restart in which what was held back is lost on its way: the bot has to find out by itself what is to be sent
    again. It may be held back once more."""
    town.sandbox.clear_faults()
    await town.app.__aexit__(None, None, None)
    town.waits_for = Class.BROADCAST
    if and_hold_back:
        hold_back(town, and_hold_back)
    await town.open()


async def a_written_slice(town: Town, readers: int = 120) -> Person:
    """A broadcast that is written to everybody and cannot all be sent; its author."""
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await crowd(town, readers)
    await coordinator.says(f"/broadcast {WORDS}")
    hold_back(town)
    await coordinator.presses("ارسال")
    await town.passes(1)
    return coordinator


async def until_over(town: Town, broadcast: int = 1, seconds: int = 200) -> None:
    for _ in range(seconds):
        await town.passes(1)
        found = await town.run(lambda tx: broadcasts.get(tx, broadcast))
        if found is not None and found.ended is not None:
            return
    raise AssertionError("never over")


async def until_sent(town: Town, n: int) -> None:
    """Wait until so many have got it and the bot knows that they have."""
    while (await town.app.database.read(states)).get("sent") != n:
        await town.sandbox.pulse.wait(0.01)


async def slow(town: Town) -> None:
    """Little is written ahead, as for a messenger of a slow pace; it is still sent at once."""
    for messenger in town.app.messengers.values():
        messenger.per_second = 1


def states(tx: Tx) -> dict[str, int]:
    rows = tx.all("SELECT state, count(*) AS n FROM outbox WHERE about = 'broadcast:1' GROUP BY state")
    return {row["state"]: row["n"] for row in rows}
