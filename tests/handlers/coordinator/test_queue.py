"""What waits for a decision: by scope, by date, by eight; and one case with what can be done about it."""

from __future__ import annotations

import pytest

from domain.permissions import Role
from tests.sentences import said
from tests.town import Person, Town

REPORT = "چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است"


@pytest.fixture
async def person(town: Town) -> Person:
    person = town.person("telegram", 1001)
    await person.settles()
    return person


async def officer(town: Town, number: int, role: Role, place: str) -> Person:
    staff = town.person("telegram", number)
    await staff.settles("شهرک مطهری")
    await town.grant(staff, role, place)
    return staff


#: What stands under the list: the filters, and when one is told.
BELOW = ["مهلت گذشته", "موضوع‌ها", "فقط مشکل‌ها", "فقط پیشنهادها", "زمان خبر دادن"]


def titles(person: Person) -> list[str]:
    return [line.split("»")[0].removeprefix("«") for line in person.last.split("\n") if line.startswith("«")]


async def test_an_empty_queue_says_so(town: Town) -> None:
    staff = await officer(town, 1003, Role.COORDINATOR, "kerman/n1")
    await staff.says("/queue")
    assert staff.last == "گزارش تازه‌ای نیست."


async def test_twenty_are_shown_by_eight_what_is_due_first_comes_first(town: Town, person: Person) -> None:
    staff = await officer(town, 1003, Role.COORDINATOR, "kerman/n1")
    for number in range(1, 21):
        town.clock.move(5 * 3600)  # a few a day are as many as one person may send
        await person.reports(f"گزارش شمارهٔ {number} دربارهٔ کوچه")
    await staff.says("/queue")
    assert staff.last.startswith("۲۰ گزارش منتظر نظر شماست؛ نزدیک‌ترین مهلت اول آمده است:")
    assert staff.buttons[-len(BELOW) :] == BELOW
    assert titles(staff)[0] == "گزارش شمارهٔ 1 دربارهٔ کوچه"
    shown = titles(staff)
    heard = len(staff.heard)
    for buttons in (["قبلی", "بعدی"], ["قبلی"]):
        await staff.presses("بعدی")
        shown += titles(staff)
        assert [label for label in staff.buttons if not label.startswith("گزارش")] == [*buttons, *BELOW]
    assert len(staff.heard) == heard, "pages turn in place"
    assert shown == [f"گزارش شمارهٔ {number} دربارهٔ کوچه" for number in range(1, 21)]
    for page in ("99", "x", "-3", ""):
        await staff.forges(f"a:queue.page:{page}")
        assert staff.last.startswith("۲۰ گزارش")


async def test_a_case_opens_from_the_queue_and_leaves_it_when_decided(town: Town, person: Person) -> None:
    staff = await officer(town, 1003, Role.COORDINATOR, "kerman/n1")
    code = await person.reports(REPORT)
    await staff.presses("پذیرش")
    await staff.presses("انصراف")
    await staff.says("صف")
    assert titles(staff) == [REPORT]
    await staff.presses(staff.buttons[0])
    assert staff.last == (
        f"گزارش تازه در محلهٔ شهر\n«{REPORT}»\nموضوع: سایر\nمحل: بدون نشانی\nمهلت پاسخ: یکشنبه ۱۷ آبان\nکد:\n{code}"
    )
    await staff.presses("پذیرش")
    await staff.presses("پذیرش و اعلام")
    await staff.says("/queue")
    assert staff.last == said("queue-none")
    await staff.says(f"/case {code}")
    assert "پذیرفته شد؛ تصمیم‌گیرنده:" in staff.last


@pytest.mark.parametrize(
    ("role", "place", "sees"),
    [
        (Role.COORDINATOR, "kerman/n1", True),
        (Role.COORDINATOR, "kerman/n2", False),
        (Role.COUNTY_OFFICER, "kerman", True),
        (Role.COUNTY_OFFICER, "bam", False),
        (Role.PROVINCE_ADMIN, "", True),
    ],
)
async def test_everybody_sees_their_own_scope(town: Town, person: Person, role: Role, place: str, sees: bool) -> None:
    staff = await officer(town, 1003, role, place)
    await person.reports(REPORT)
    await staff.says("/queue")
    assert (titles(staff) == [REPORT]) is sees


@pytest.mark.parametrize("role", [None, Role.COUNCIL_MEMBER, Role.COUNCIL_HEAD, Role.COMMITTEE_HEAD])
async def test_nobody_else_has_a_queue(town: Town, person: Person, role: Role | None) -> None:
    await person.reports(REPORT)
    other = town.person("telegram", 1003)
    await other.settles()
    if role:
        await town.grant(other, role, "kerman/n1")
    await other.says("/queue")
    assert other.last == said("not-allowed")


async def test_a_case_nobody_coordinates_comes_to_the_county_and_then_to_the_province(town: Town) -> None:
    county = await officer(town, 1003, Role.COUNTY_OFFICER, "kerman")
    province = await officer(town, 1002, Role.PROVINCE_ADMIN, "")
    resident = town.person("telegram", 1001)
    await resident.says("/start")
    await resident.presses("می‌پذیرم")
    await resident.presses("کرمان")
    await resident.presses("خواجه خضر")
    await resident.presses("ادامه")
    before = len(province.heard)
    await resident.reports(REPORT)
    assert "کمیتهٔ راهبری شهرستان کرمان" in resident.last
    assert county.last.startswith("گزارش تازه در خواجه خضر")
    assert len(province.heard) == before


async def test_two_seats_make_one_queue(town: Town, person: Person) -> None:
    staff = await officer(town, 1003, Role.COORDINATOR, "kerman/n1")
    await town.grant(staff, Role.COUNTY_OFFICER, "kerman")
    await person.reports(REPORT)
    await staff.says("/queue")
    assert titles(staff) == [REPORT]
