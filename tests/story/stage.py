"""The people of a story and what they do: residents on one messenger, those who answer them on another or the same."""

from __future__ import annotations

from dataclasses import dataclass

from domain.permissions import Role
from storage import cases, inbox, outbox
from storage.cases import Case
from tests.town import Person, Town

#: Where the residents and the staff are.
PAIRS = {
    "telegram": ("telegram", "telegram"),
    "bale": ("bale", "bale"),
    "mixed": ("bale", "telegram"),
    "crossed": ("telegram", "bale"),
}
HOUR, DAY = 3600, 86_400


@dataclass(frozen=True)
class Stage:
    """A resident of محلهٔ شهر who has joined, its coordinator, and where others of either kind would be."""

    town: Town
    resident: Person
    coordinator: Person

    @property
    def links_are_cut(self) -> bool:
        """Whether the residents' messenger keeps back most of what a link should say."""
        return bool(self.town.sandbox.messengers[self.resident.platform].on("payload_cut"))

    async def staff(self, number: int, role: Role, place: str) -> Person:
        person = await newcomer(self.town, self.coordinator.platform, number)
        await self.town.grant(person, role, place)
        return person

    async def neighbor(self) -> Person:
        """Another resident, from the messenger of those who answer."""
        person = self.town.person(self.coordinator.platform, 1002)
        await person.settles()
        return person

    async def case(self, code: str) -> Case:
        found = await self.town.run(lambda tx: cases.by_code(tx, code))
        assert found is not None
        return found

    async def carried(self) -> None:
        """Photos and voices are fetched from one messenger and brought to the other."""
        await self.town.passes(1)
        await self.town.passes(3)

    async def until(self, hour: int) -> None:
        """Time passes to the next full hour of this number in Tehran."""
        local = (self.town.clock.seconds() + 12_600) % DAY  # 3:30 ahead of UTC
        await self.town.passes((hour * HOUR - local) % DAY)

    async def is_told(self) -> None:
        """The story is over: nothing that was said or due is left lying."""
        assert await self.town.run(inbox.count_parked) == 0
        assert await self.town.run(outbox.parked) == []


async def furnished(town: Town, residents_on: str, staff_on: str) -> Stage:
    """The people with whom a story begins."""
    coordinator = await newcomer(town, staff_on, 1003)
    await town.grant(coordinator, Role.COORDINATOR, "kerman/n1")
    resident = town.person(residents_on, 1001)
    await resident.settles()
    return Stage(town, resident, coordinator)


async def newcomer(town: Town, platform: str, number: int) -> Person:
    """Somebody who has agreed and joined nothing."""
    person = town.person(platform, number)
    await person.says("/start")
    await person.presses("می‌پذیرم")
    await person.presses("انصراف")
    return person


async def sends(person: Person, kind: str) -> None:
    """A sample photo or voice, without a word."""
    getattr(person.town.sandbox, kind)(person.platform, person.id)
    await person.town.quiet()


def code_in(said: str) -> str:
    """The tracking code in a message."""
    return next(line for line in said.splitlines() if line.isdigit() and line.isascii())


def kinds(person: Person) -> list[str]:
    """What kind of messages the bot has sent, oldest first."""
    return [str(line["kind"]) for line in person.chat if line["from"] == "bot"]
