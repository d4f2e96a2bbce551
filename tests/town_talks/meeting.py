"""What tests of meetings share: a council with two residents, and a meeting that is called."""

from __future__ import annotations

from domain.permissions import Role
from tests.town import Person, Town

#: ۵ آذر ۱۴۰۵ is a Thursday (26 November 2026): written down from a printed calendar, not computed.
THURSDAY = "پنجشنبه ۵ آذر ۱۴۰۵، ساعت ۵ عصر (۱۷:۰۰)"
PUBLIC = "نشست عمومی اهالی محلهٔ شهر"
KIND = "نشست عمومی"
THEN = "پنجشنبه ۵ آذر ساعت ۵ عصر"
#: The same on a button of the list.
LABEL = "پنجشنبه ۵ آذر، نشست عمومی"
VENUE = "مسجد جامع، خیابان اصلی"
INVITATION = [
    f"دعوت به {PUBLIC}",
    f"زمان: {THURSDAY}",
    f"مکان: {VENUE}",
    "حضور برای همهٔ اهالی آزاد است.",
    "می‌آیید؟",
]
#: Seconds from the towns' beginning to that meeting: 22 days, 7 and a half hours.
UNTIL_IT = 22 * 86_400 + 27_000


async def council(town: Town, platform: str = "telegram", other: str = "bale") -> tuple[Person, Person, Person]:
    """A coordinator, and two residents of the same neighbourhood: one on either messenger."""
    coordinator, near, far = town.person(platform, 1001), town.person(platform, 2001), town.person(other, 2002)
    for person in (coordinator, near, far):
        await person.settles()
    await town.grant(coordinator, Role.COORDINATOR, "kerman/n1")
    return coordinator, near, far


async def calls(coordinator: Person, when: str = THEN, kind: str = KIND) -> None:
    """Calls a meeting up to the last look at it."""
    await coordinator.says(f"/meeting {when}")
    await coordinator.presses(kind)
    await coordinator.says(VENUE)


async def announces(coordinator: Person, when: str = THEN, kind: str = KIND) -> None:
    """Calls a meeting; everybody is invited."""
    await calls(coordinator, when, kind)
    await coordinator.presses("اعلام و دعوت")
    for _ in range(4):  # written, sent, counted, shown
        await coordinator.town.passes(6)


async def weekly(person: Person) -> None:
    """Takes the news once a week from now on."""
    await person.says("/settings")
    await person.presses("تنظیم خبرها")
    await person.presses("هفته‌ای یک‌بار")


async def answers(person: Person, label: str) -> None:
    """Somebody who got no invitation finds the meeting and answers."""
    await person.says("/meetings")
    await person.presses(LABEL)
    await person.presses(label)


async def moves(coordinator: Person, when: str = "جمعه ۶ آذر ساعت ۱۰ صبح") -> None:
    """Holds the meeting on Friday instead."""
    await coordinator.says("/meetings")
    await coordinator.presses(LABEL)
    await coordinator.presses("تغییر زمان")
    await coordinator.says(when)
    await coordinator.says("مسجد آن روز مراسم دارد")
    await coordinator.presses("اعلام تغییر")
    for _ in range(3):
        await coordinator.town.passes(6)


def lines(text: str) -> list[str]:
    """What stands on each line."""
    return text.splitlines()


def planned(coordinator: Person) -> list[str]:
    """The invitation as whoever calls a meeting sees it before."""
    shown = lines(coordinator.last)
    return shown[shown.index("دعوت این‌طور خوانده می‌شود:") + 1 :]


def card(coordinator: Person) -> list[str]:
    """The organiser's card as it reads now."""
    return lines(next(text for text in reversed(coordinator.heard) if text.startswith(PUBLIC)))
