"""What the tests of plans share: somebody who records one, and a report that it serves."""

from __future__ import annotations

from domain.meetings import Kind
from domain.permissions import Role
from storage import cases, meetings, places
from storage.tx import Tx
from tests.sentences import said
from tests.town import Person, Town
from tests.town_talks.many import staff

DAY = 86_400
LAMPS = "لامپ تیر برق کوچهٔ ۱۲ عوض می‌شود"
REPORT = "چراغ کوچهٔ ۱۲ خاموش است و علی دیشب زمین خورد"


async def coordinator(town: Town, platform: str = "telegram", number: int = 1003, at: str = "kerman/n1") -> Person:
    return await staff(town, Role.COORDINATOR, at, platform, number)


async def an_accepted_report(town: Town, resident: Person, decider: Person, title: str = "تاریکی کوچهٔ ۱۲") -> str:
    """Somebody's report, accepted under another title for everybody; its code."""
    code = await resident.reports(REPORT)
    await decider.says(f"/accept {code}")
    await town.run(lambda tx: _retitle(tx, code, title))
    return code


def _retitle(tx: Tx, code: str, title: str) -> None:
    case = cases.by_code(tx, code)
    assert case is not None
    tx.run("UPDATE public_cases SET title = :title WHERE case_id = :case", title=title, case=case.id)


async def records(person: Person, what: str = LAMPS, *, agency: str = "توزیع برق شمال", by: str = "۱۵ آذر") -> None:
    """Records an agency's plan by the short way and says yes."""
    await person.says(f"/promise {what}")
    await person.says(agency)
    await person.presses(said("doer.agency"))
    await person.says(by)
    await person.presses(said("promise-confirm.record"))


async def a_meeting_was_held(town: Town, written: str = "kerman/n1", kind: Kind = Kind.COUNCIL) -> int:
    """Yesterday; its number."""

    def hold(tx: Tx) -> int:
        place = places.written(tx, written)
        assert place is not None
        now = town.clock.seconds()
        one = meetings.create(
            tx,
            place=place.id,
            kind=kind,
            starts=now - DAY,
            venue="مسجد جامع",
            code=f"held{place.id}",
            author=None,
            now=now - 2 * DAY,
        )
        return one.id

    return await town.run(hold)
