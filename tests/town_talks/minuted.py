"""What tests of minutes share: a secretary whose messages and taps are counted, and a meeting that was held."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.meetings import Kind
from storage import meetings, places
from storage.tx import Tx
from tests.town import Person, Town
from tests.town_talks.meeting import council
from tests.town_talks.plans import DAY

#: The town begins on Wednesday, ۱۳ آبان ۱۴۰۵; the meeting was held the day before.
HELD, NAME = "سه‌شنبه ۱۲ آبان", "جلسهٔ شورای پیشرفت محلهٔ شهر"


@dataclass
class Secretary:
    """Somebody who writes minutes; every message and every tap is one."""

    person: Person
    done: list[str] = field(default_factory=list)

    async def says(self, text: str) -> None:
        self.done.append(text)
        await self.person.says(text)

    async def presses(self, label: str) -> None:
        self.done.append(f"[{label}]")
        await self.person.presses(label)

    async def photographs(self, caption: str = "") -> None:
        self.done.append("photo")
        self.person.town.sandbox.photo(self.person.platform, self.person.id, caption=caption)
        await self.person.town.quiet()

    async def speaks(self) -> None:
        self.done.append("voice")
        self.person.town.sandbox.voice(self.person.platform, self.person.id)
        await self.person.town.quiet()

    @property
    def last(self) -> str:
        return self.person.last


async def secretary(town: Town, platform: str = "telegram", other: str = "bale") -> tuple[Secretary, Person, Person]:
    """A coordinator, and two residents of the same neighbourhood, one on either messenger."""
    coordinator, near, far = await council(town, platform, other)
    return Secretary(coordinator), near, far


async def held(
    town: Town, *items: tuple[str, int | None], kind: Kind = Kind.COUNCIL, at: str = "kerman/n1", days: int = 1
) -> int:
    """A meeting of so many days ago, with this agenda; its number."""

    def hold(tx: Tx) -> int:
        place = places.written(tx, at)
        assert place is not None
        now = town.clock.seconds()
        one = meetings.create(
            tx,
            place=place.id,
            kind=kind,
            starts=now - days * DAY,
            venue="مسجد جامع",
            code=f"HELD{place.id % 100:02}{days % 10}{kind.value[0].upper()}",
            author=None,
            now=now - 2 * DAY,
            agenda=items,
        )
        return one.id

    return await town.run(hold)


async def begins(one: Secretary) -> None:
    """Opens the minutes from the card of the last meeting that was held."""
    await one.person.says("/meetings")
    await one.person.presses(f"{HELD}، شورا")
    await one.presses("نوشتن نتیجه")


async def publishes(one: Secretary, *decisions: str) -> None:
    """Minutes with these decisions, each in one line."""
    await begins(one)
    await one.presses("بدون عکس")
    for words in decisions:
        await one.says(words)
    if not decisions:
        await one.presses("تصمیمی نبود")
    await one.presses("انتشار نتیجه")
    for _ in range(3):
        await one.person.town.passes(6)
