"""One's own cases: the list, following one by its code, and the lock on guessing."""

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


# --- the list ---------------------------------------------------------------------------------------------------------


async def test_an_empty_list_leads_to_a_first_report(person: Person) -> None:
    await person.says("/mine")
    assert person.last == "هنوز گزارشی ثبت نکرده‌اید."
    await person.presses("گزارش مشکل")
    assert person.last == said("report-what")


async def test_one_report_is_listed_with_its_state_and_opens(person: Person) -> None:
    code = await person.reports(REPORT)
    await person.presses("گزارش‌های من")
    assert person.last == f"یک گزارش ثبت کرده‌اید. برای دیدنش، دکمهٔ آن را بزنید:\n«{REPORT}» — ثبت شد"
    await person.presses(person.buttons[0])
    assert person.last == (
        f"«{REPORT}»\nوضعیت: ثبت شد\nپیگیری با شورای پیشرفت محلهٔ شهر، از چهارشنبه ۱۳ آبان\n"
        f"منتظر پاسخ تا: یکشنبه ۱۷ آبان\nکد:\n{code}"
    )


async def test_many_are_shown_by_five_the_newest_first(town: Town, person: Person) -> None:
    for number in range(1, 12):
        await person.reports(f"گزارش شمارهٔ {number} دربارهٔ کوچه")
        if number % 5 == 0:
            town.clock.move(86400)  # five a day are taken
    await person.says("/mine")
    assert person.last.startswith("۱۱ گزارش ثبت کرده‌اید.")
    assert person.last.count("«") == 5
    assert "شمارهٔ 11" in person.last.split("\n")[1]
    assert person.buttons[-1] == "بعدی"
    before = len(person.heard)
    await person.presses("بعدی")
    assert len(person.heard) == before
    assert person.last.count("«") == 5
    await person.presses("بعدی")
    assert person.last.count("«") == 1
    assert person.buttons[-1] == "قبلی"
    await person.presses("قبلی")
    assert person.last.count("«") == 5


async def test_a_hostile_title_is_shown_as_it_was_written(person: Person) -> None:
    hostile = "<b>چراغ</b> [کوچه](https://x.ir) *خاموش* { $x }"
    await person.reports(hostile)
    await person.says("/mine")
    assert f"«{hostile}»" in person.last
    entities = next(line for line in reversed(person.chat) if line["from"] == "bot")["entities"]
    assert [entity["type"] for entity in entities if entity["type"] != "url"] == []


# --- by code ----------------------------------------------------------------------------------------------------------


async def test_the_code_is_taken_however_it_is_written(person: Person) -> None:
    code = await person.reports(REPORT)
    persian = code.translate({48 + digit: 0x6F0 + digit for digit in range(10)})
    for typed in (code, f"کد من {code} است", f"{code[:4]} {code[4:]}", f"\u200f{code}", persian):
        await person.says(f"/track {typed}")
        assert f"«{REPORT}»" in person.last
        await person.says("پیگیری")
        assert person.last == said("track-ask")
        await person.says(typed)
        assert f"«{REPORT}»" in person.last


async def test_what_is_no_code_is_answered_with_an_example(person: Person) -> None:
    await person.says("/track")
    for typed in ("1234567", "123456789", "کد", "01234567"):
        await person.says(typed)
        assert person.last == "کد رهگیری هشت رقم دارد، مثل ۴۸۲۷۱۹۰۵. لطفاً دوباره بنویسید."
        assert person.buttons == ["انصراف"]


async def test_another_persons_code_is_answered_like_one_that_does_not_exist(town: Town, person: Person) -> None:
    code = await person.reports(REPORT)
    other = town.person("telegram", 1002)
    await other.settles()
    answers = []
    for text in (f"/track {code}", "/track 99999999"):
        await other.says(text)
        answers.append(other.last)
    for data in (f"a:track.show:{code}", "a:track.show:99999999", "a:track.show:", "a:track.show:x"):
        await other.forges(data)
        answers.append(other.last)
    assert set(answers) == {said("track-not-found")}


async def test_a_coordinator_of_the_place_follows_it_and_one_of_another_place_does_not(
    town: Town, person: Person
) -> None:
    code = await person.reports(REPORT)
    for number, place, seen in ((1003, "kerman/n1", True), (1002, "kerman/n2", False)):
        staff = town.person("telegram", number)
        await staff.settles("شهرک مطهری")
        await town.grant(staff, Role.COORDINATOR, place)
        await staff.says(f"/track {code}")
        assert (f"«{REPORT}»" in staff.last) is seen


async def test_after_five_wrong_codes_one_waits_and_a_right_one_is_not_taken_meanwhile(
    town: Town, person: Person
) -> None:
    code = await person.reports(REPORT)
    for number in range(5):
        await person.says(f"/track 9999999{number}")
        assert person.last == said("track-not-found")
    for typed in (code, "99999998"):
        await person.says(f"/track {typed}")
        assert person.last == "چند بار کد نادرست نوشته‌اید. لطفاً چند ساعت دیگر دوباره امتحان کنید."
    town.clock.move(31 * 60)
    await person.says(f"/track {code}")
    assert person.last == said("track-wait")
    town.clock.move(2 * 60)
    await person.says(f"/track {code}")
    assert f"«{REPORT}»" in person.last


async def test_a_right_code_clears_the_count(person: Person) -> None:
    code = await person.reports(REPORT)
    for _ in range(3):
        for number in range(4):
            await person.says(f"/track 9999999{number}")
        await person.says(f"/track {code}")
        assert f"«{REPORT}»" in person.last


async def test_the_lists_own_buttons_are_not_shut(person: Person) -> None:
    await person.reports(REPORT)
    for number in range(5):
        await person.says(f"/track 9999999{number}")
    await person.says("/mine")
    await person.presses(person.buttons[0])
    assert f"«{REPORT}»" in person.last


async def test_a_date_that_has_passed_is_said_to_have_passed(town: Town, person: Person) -> None:
    code = await person.reports(REPORT)
    town.clock.move(6 * 86400)
    await person.says(f"/track {code}")
    assert person.last.endswith("مهلت یکشنبه ۱۷ آبان گذشته و هنوز پاسخی نرسیده است.")
