"""Joining a neighbourhood: lists with pages, part of a name, a place without a council, moving."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.persian import persian_digits
from tests.sentences import said
from tests.town import Person, Town, make_town

TWENTY = ("محلهٔ شهر", "شهرک مطهری", "خواجه خضر", *(f"کوی {persian_digits(n)}" for n in range(1, 18)))


@pytest.fixture
async def person(town: Town) -> Person:
    """Somebody who has agreed and is asked for their county."""
    return await agreed(town)


async def agreed(town: Town) -> Person:
    person = town.person("telegram", 1001)
    await person.says("/start")
    await person.presses("می‌پذیرم")
    return person


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[Person]:
    """The same in a town of twenty neighbourhoods, at the list of these."""
    async with make_town(tmp_path, platforms=("telegram",), neighborhoods=TWENTY) as town:
        person = await agreed(town)
        await person.presses("کرمان")
        yield person


async def place(town: Town) -> list[str]:
    rows = await town.run(
        lambda tx: tx.all("SELECT p.slug FROM roles r JOIN places p ON p.id = r.place WHERE r.until IS NULL")
    )
    return [row["slug"] for row in rows]


async def test_a_county_with_one_town_goes_straight_to_its_neighbourhoods(town: Town, person: Person) -> None:
    assert person.last == (
        "محله‌تان در کدام شهرستان است؟ نام شهرستان یا محله را بنویسید، از فهرست انتخاب کنید یا جایتان را روی نقشه "
        "(لوکیشن) بفرستید."
    )
    assert person.buttons == ["بم", "کرمان", "انصراف"]
    await person.presses("کرمان")
    assert person.last == said("join-neighborhood", settlement="شهر کرمان")
    assert person.buttons == ["خواجه خضر", "شهرک مطهری", "محلهٔ شهر", "در فهرست نیست", "بازگشت", "انصراف"]
    await person.presses("محلهٔ شهر")
    assert person.last == said("joined", neighborhood="محلهٔ شهر")
    assert await place(town) == ["n1"]


async def test_the_whole_way_is_one_message_that_changes(person: Person) -> None:
    before = len(person.heard)
    await person.presses("کرمان")
    await person.presses("محلهٔ شهر")
    assert len(person.heard) == before


async def test_twenty_are_shown_by_eight_and_pages_turn_both_ways(city: Person) -> None:
    first, ways = city.buttons, ["در فهرست نیست", "بازگشت", "انصراف"]
    assert first[-4:] == ["بعدی", *ways]
    await city.presses("بعدی")
    second = city.buttons
    assert second[-5:] == ["قبلی", "بعدی", *ways]
    await city.presses("بعدی")
    third = city.buttons
    assert third[-4:] == ["قبلی", *ways]
    assert sorted([*first[:-4], *second[:-5], *third[:-4]]) == sorted(TWENTY)
    assert [len(first) - 4, len(second) - 5, len(third) - 4] == [8, 8, 4]
    await city.presses("قبلی")
    assert city.buttons == second


async def test_numbers_in_names_are_in_the_order_people_count(city: Person) -> None:
    lanes = [label for label in city.buttons if label.startswith("کوی")]
    assert lanes[:3] == ["کوی ۱", "کوی ۲", "کوی ۳"]


async def test_a_page_that_does_not_exist_is_empty_and_leads_back(city: Person) -> None:
    serial = city.data_of("بعدی").split(":")[1]
    for page in ("99", "x", "-1", "99999999999999999999"):
        await city.forges(f"c:{serial}:page:{page}")
        serial = city.data_of("انصراف").split(":")[1]
        assert city.last == said("join-neighborhood", settlement="شهر کرمان")


@pytest.mark.parametrize("typed", ["مطهری", "شهرك مطهري", "شهرک‌مطهری", "شهرکمطهری", "  مُطَهَّری ", "\u200fمطهری\u200f"])
async def test_part_of_a_name_finds_the_one_place(town: Town, person: Person, typed: str) -> None:
    await person.presses("کرمان")
    await person.says(typed)
    assert person.last == said("joined", neighborhood="شهرک مطهری")
    assert await place(town) == ["n2"]


async def test_part_of_several_names_narrows_the_list_and_the_whole_comes_back(city: Person) -> None:
    await city.says("شهر")
    assert city.last == said("join-found", name="شهر")
    found = ["شهرک مطهری، کرمان", "محلهٔ شهر، کرمان"]
    assert city.buttons == [*found, "همهٔ شهرستان‌ها", "در فهرست نیست", "بازگشت", "انصراف"]
    await city.presses("همهٔ شهرستان‌ها")
    assert city.last == said("join-county")
    assert city.buttons == ["بم", "کرمان", "انصراف"]


@pytest.mark.parametrize("typed", ["***", "\u200b", "  \u202e ", "😀"])
async def test_blanks_and_emoji_are_no_name_and_the_question_says_what_is(person: Person, typed: str) -> None:
    await person.presses("کرمان")
    question, buttons = person.last, person.buttons
    await person.says(typed)
    assert person.last == f"در پیامتان نوشته‌ای ندیدیم.\n{question}"
    assert person.buttons == buttons
    await person.presses("محلهٔ شهر")
    assert person.last.startswith("محلهٔ شما: محلهٔ شهر")


async def test_a_name_that_is_nowhere_leads_back_to_the_list(person: Person) -> None:
    await person.presses("کرمان")
    await person.says("نیست‌آباد")
    assert person.last == said("join-not-found", name="نیست‌آباد")
    assert person.buttons == ["همهٔ شهرستان‌ها", "در فهرست نیست", "بازگشت", "انصراف"]
    await person.presses("بازگشت")
    assert person.buttons[:3] == ["خواجه خضر", "شهرک مطهری", "محلهٔ شهر"]
    await person.presses("محلهٔ شهر")
    assert person.last == said("joined", neighborhood="محلهٔ شهر")


async def test_a_county_may_be_typed(person: Person) -> None:
    await person.says("كرمان")
    assert person.last == said("join-neighborhood", settlement="شهر کرمان")


async def test_where_no_council_is_the_county_stands_in(town: Town, person: Person) -> None:
    await person.presses("کرمان")
    await person.presses("خواجه خضر")
    assert person.last == (
        "شورای پیشرفت در خواجه خضر هنوز تشکیل نشده است. گزارش‌های شما به کمیتهٔ راهبری شهرستان کرمان می‌رسد. ادامه بدهیم؟"
    )
    assert person.buttons == ["ادامه", "محلهٔ دیگر", "انصراف"]
    await person.presses("محلهٔ دیگر")
    assert person.last == said("join-neighborhood", settlement="شهر کرمان")
    await person.presses("خواجه خضر")
    await person.presses("ادامه")
    assert person.last == said("joined", neighborhood="خواجه خضر")
    assert await place(town) == ["n3"]


async def test_moving_leaves_one_neighbourhood_and_keeps_the_reports(town: Town, person: Person) -> None:
    await person.presses("کرمان")
    await person.presses("محلهٔ شهر")
    code = await person.reports("چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است")
    await person.says("/join")
    await person.presses("کرمان")
    await person.presses("شهرک مطهری")
    assert person.last == "محلهٔ شما اکنون شهرک مطهری است. پاسخ گزارش‌های قبلی هم به شما می‌رسد."
    assert await place(town) == ["n2"]
    await person.says(f"/track {code}")
    assert "شورای پیشرفت محلهٔ شهر" in person.last


async def test_the_same_place_again_is_said_to_be_so(town: Town, person: Person) -> None:
    await person.presses("کرمان")
    await person.presses("محلهٔ شهر")
    await person.says("/join")
    await person.presses("کرمان")
    await person.presses("محلهٔ شهر")
    assert person.last == "محلهٔ شما از پیش همین است: محلهٔ شهر"
    assert await place(town) == ["n1"]


async def test_back_and_cancel_at_each_question(person: Person) -> None:
    await person.presses("کرمان")
    await person.presses("بازگشت")
    assert person.last == said("join-county")
    assert "بازگشت" not in person.buttons
    await person.presses("کرمان")
    await person.presses("انصراف")
    assert person.last == "انصراف دادید؛ چیزی ثبت نشد."
    await person.says("/cancel")
    assert person.last == "کار نیمه‌کاره‌ای ندارید."


async def test_a_place_that_is_not_in_the_list_cannot_be_pressed(town: Town, person: Person) -> None:
    provinces = await town.run(lambda tx: tx.all("SELECT id FROM places WHERE parent IS NULL"))
    for number in (*(row["id"] for row in provinces), 0, 999_999, -1, "x", "٣", ""):
        serial = person.data_of("انصراف").split(":")[1]
        await person.forges(f"c:{serial}:place:{number}")
        assert person.last == said("not-understood"), number
    assert await place(town) == []


async def test_a_forged_press_leads_only_where_a_name_would(town: Town, person: Person) -> None:
    """Which neighbourhood one joins is everybody's own choice, in whatever list it stands."""
    (row,) = await town.run(lambda tx: tx.all("SELECT id FROM places WHERE slug = 'n2'"))
    serial = person.data_of("انصراف").split(":")[1]
    await person.forges(f"c:{serial}:place:{row['id']}")
    assert person.last == said("joined", neighborhood="شهرک مطهری")
    assert await place(town) == ["n2"]
