"""An invitation to a crowd: brought to everybody, changed everywhere, through kills; and taken back in time."""

from __future__ import annotations

from collections import Counter

import pytest

from domain.permissions import Role
from storage import broadcasts, corrections
from storage.outbox import Class
from tests.town import Person, Town, plain
from tests.town_talks.many import HELD, crowd, hold_back, let_go, slow
from tests.town_talks.meeting import INVITATION, PUBLIC, calls, lines

FIRST = 50_000
FRIDAY = "زمان: جمعه ۶ آذر ۱۴۰۵، ساعت ۱۰ صبح (۱۰:۰۰)"


async def organiser(town: Town) -> Person:
    coordinator = town.person("telegram", 1001)
    await coordinator.settles("شهرک مطهری")
    await town.grant(coordinator, Role.COORDINATOR, "kerman/n1")
    return coordinator


def taken(town: Town, platform: str, method: str, words: str) -> Counter[int]:
    """How often each chat was really sent a message, or had one changed, that says this."""
    found = [call for call in town.sandbox.calls(platform, method=method) if call.ok]
    return Counter(int(call.params["chat_id"]) for call in found if words in plain(str(call.params["text"])))


async def until(town: Town, sql: str, seconds: int = 200) -> None:
    """Let time pass until this finds nothing any more."""
    for _ in range(seconds):
        await town.passes(1)
        if not await town.run(lambda tx: tx.all(sql)):
            return
    raise AssertionError("never over")


UNDER_WAY = "SELECT id FROM broadcasts WHERE ended IS NULL"
UNCHANGED = "SELECT id FROM corrections WHERE ended IS NULL"


@pytest.mark.usefixtures("small_slices")
async def test_an_invitation_and_its_change_reach_a_crowd_once_through_two_kills(anywhere: Town) -> None:
    town, there = anywhere, {"telegram": 120, "bale": 20}
    coordinator = await organiser(town)
    for platform, size in there.items():
        await crowd(town, size, platform=platform)
    coming = town.person("bale", FIRST)
    await slow(town)
    await calls(coordinator)
    await coordinator.presses("اعلام و دعوت")
    hold_back(town)
    await town.passes(1)
    first = await town.run(lambda tx: broadcasts.get(tx, 1))
    assert first is not None
    assert first.reached > 0
    assert not first.written
    await let_go(town)  # killed while it is written
    await until(town, UNDER_WAY)
    await coming.presses("می‌آیم")

    await coordinator.presses("تغییر زمان")
    await coordinator.says("جمعه ۶ آذر ساعت ۱۰ صبح")
    await coordinator.says("مسجد آن روز مراسم دارد")
    await coordinator.presses("اعلام تغییر")
    town.sandbox.fault("telegram", "stall", method="editMessageText", times=HELD)
    town.waits_for = Class.NOTICE
    await town.passes(1)
    begun = await town.run(lambda tx: corrections.latest(tx, 1))
    assert begun is not None
    assert begun.reached
    assert begun.ended is None
    await let_go(town)  # killed while it is changed
    await until(town, f"{UNDER_WAY} UNION ALL {UNCHANGED}")

    for platform, size in there.items():
        everybody = {FIRST + n: 1 for n in range(size)}
        reached = taken(town, platform, "sendMessage", INVITATION[0])
        reached.pop(coordinator.id, None)
        assert reached == everybody
        changed = taken(town, platform, "editMessageText", "جمعه")
        changed.pop(coordinator.id, None)
        assert changed == everybody
    assert taken(town, "bale", "sendMessage", "بابت این جابه‌جایی") == {coming.id: 1}
    assert not taken(town, "telegram", "sendMessage", "بابت این جابه‌جایی")
    anybody = town.person("telegram", FIRST + 7)
    assert [lines(text)[1] for text in anybody.heard if text.startswith(INVITATION[0])] == [FRIDAY]


@pytest.mark.usefixtures("small_slices")
async def test_who_was_not_invited_yet_hears_nothing_of_a_meeting_that_is_called_off(quiet_town: Town) -> None:
    town = quiet_town
    coordinator = await organiser(town)
    await crowd(town, 120)
    await slow(town)
    await calls(coordinator)
    await coordinator.presses("اعلام و دعوت")
    hold_back(town)
    await town.passes(1)
    await coordinator.presses("لغو جلسه")
    await coordinator.says("سخنران بیمار است")
    await coordinator.presses("لغو جلسه")
    await let_go(town)
    await until(town, f"{UNDER_WAY} UNION ALL {UNCHANGED}")
    reached = taken(town, "telegram", "sendMessage", INVITATION[0])
    reached.pop(coordinator.id)
    told = taken(town, "telegram", "sendMessage", "برگزار نمی‌شود")
    told.pop(coordinator.id, None)
    assert not told, "only who has an invitation reads it there"
    assert len(reached) < 120
    for n in reached:
        assert lines(town.person("telegram", n).last)[0] == f"{PUBLIC} برگزار نمی‌شود."
