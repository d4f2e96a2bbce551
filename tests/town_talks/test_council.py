"""Quorum and votes of a council: off until it turns them on, counted from who checked in, and told in the minutes."""

from __future__ import annotations

import pytest

from domain.meetings import Kind
from domain.permissions import Role
from tests.papers import says
from tests.sentences import said
from tests.town import Person, Town
from tests.town_talks.many import staff
from tests.town_talks.minuted import Secretary, held, secretary
from tests.town_talks.test_papers import files
from tests.town_talks.two import rows

NAME = "جلسهٔ شورای پیشرفت محلهٔ شهر"
TODAY = "چهارشنبه ۱۳ آبان"
ITEMS = (("آسفالت کوچهٔ ۱۲", None), ("جشن محله", None))
MISSED = "جلسه به حد نصاب نرسیده است: از شورا ۲ نفر حاضرند و ۳ نفر لازم است."
WAS_MISSED = "جلسه به حد نصاب نرسید: از شورا ۲ نفر حاضر بودند و ۳ نفر لازم بود."


@pytest.fixture
def town(anywhere: Town) -> Town:
    return anywhere


async def chooses(one: Secretary, *buttons: str) -> None:
    await one.person.says("روش جلسهٔ شورا")
    for button in buttons:
        await one.person.presses(button)


async def council(town: Town, platform: str = "telegram", other: str = "bale") -> tuple[Secretary, Person, Person]:
    """The secretary, two of the three other members of the council, and its meeting that has just begun."""
    one, *_ = await secretary(town, platform, other)
    first = await staff(town, Role.COUNCIL_MEMBER, "kerman/n1", other, 1010)
    second = await staff(town, Role.COUNCIL_HEAD, "kerman/n1", platform, 1011)
    await staff(town, Role.COUNCIL_MEMBER, "kerman/n1", other, 1012)
    await held(town, *ITEMS, days=0)
    return one, first, second


async def scans(person: Person) -> None:
    (row,) = await rows(person.town, "SELECT code FROM meetings")
    await person.says(f"/start meet_{row['code']}")


async def card(one: Secretary) -> list[str]:
    await one.person.says("/meetings")
    await one.person.presses(f"{TODAY}، شورا")
    return one.last.splitlines()


async def test_both_are_off_until_the_council_turns_them_on(town: Town) -> None:
    one, *_ = await council(town)
    await scans(one.person)
    assert not any("نصاب" in line for line in await card(one))
    assert "رأی اعضای شورا" not in one.person.buttons
    (item, _) = await rows(town, "SELECT id FROM agenda_items ORDER BY id")
    await one.person.forges(f"a:vote.begin:{item['id']}")
    assert one.last == said("vote-not-open")
    await chooses(one)
    assert one.last.splitlines() == [
        "روش جلسه‌های شورای پیشرفت محلهٔ شهر",
        "حد نصاب: خاموش",
        "رأی‌گیری دربارهٔ موضوع‌ها: خاموش",
    ]
    await one.person.presses("حد نصاب باشد")
    assert one.last.splitlines()[1] == "حد نصاب: بیش از نصف اعضا، اکنون ۳ نفر"
    await one.person.says("صد و یک")
    assert one.last.startswith(said("council-number-wrong", most=99))
    await one.person.says("۲")
    assert one.last.splitlines()[1] == "حد نصاب: ۲ نفر از اعضا"
    await one.person.presses("بیش از نصف")
    await one.person.presses("رأی‌گیری باشد")
    assert one.last.splitlines()[1:3] == [
        "حد نصاب: بیش از نصف اعضا، اکنون ۳ نفر",
        "رأی‌گیری دربارهٔ موضوع‌ها: روشن، برای اعضایی که حضورشان ثبت شده است",
    ]


@pytest.mark.parametrize(("platform", "other"), [("telegram", "bale"), ("bale", "telegram")])
async def test_the_card_says_whether_enough_are_there_and_so_do_the_minutes(
    anywhere: Town, platform: str, other: str
) -> None:
    one, first, second = await council(anywhere, platform, other)
    await chooses(one, "حد نصاب باشد")
    await scans(one.person)
    await scans(first)
    assert MISSED in await card(one)
    await one.person.presses("نوشتن نتیجه")
    await one.says("آسفالت کوچهٔ ۱۲، شهرداری، تا پایان آذر")
    await scans(second)
    await anywhere.passes(6)
    met = "جلسه رسمی است: از شورا ۳ نفر حاضرند و حد نصاب ۳ نفر است."
    assert met in [line for text in one.person.heard for line in text.splitlines()]
    await one.presses("انتشار نتیجه")
    await one.presses("دیدن نتیجه")
    assert "جلسه رسمی بود: از شورا ۳ نفر حاضر بودند و حد نصاب ۳ نفر بود." in one.last.splitlines()


async def test_minutes_without_a_quorum_say_so_to_everybody(town: Town) -> None:
    one, first, _ = await council(town)
    near = town.person("telegram", 2001)
    await chooses(one, "حد نصاب باشد")
    await scans(one.person)
    await scans(first)
    await card(one)
    await one.person.presses("نوشتن نتیجه")
    await one.says("آسفالت کوچهٔ ۱۲، شهرداری، تا پایان آذر")
    await one.presses("انتشار نتیجه")
    for _ in range(3):
        await town.passes(6)
    assert near.last.splitlines()[-1] == WAS_MISSED
    await near.presses("فایل برای چاپ")
    await town.passes(1)
    (sent,) = files(near)
    assert says(sent.content, WAS_MISSED)
    # What the council looks like later does not change what was.
    await town.run(lambda tx: tx.run("UPDATE council_options SET quorum = 1"))
    await near.presses("دیدن نتیجه")
    assert WAS_MISSED in near.last.splitlines()


@pytest.mark.parametrize(("platform", "other"), [("telegram", "bale"), ("bale", "telegram")])
async def test_members_who_are_there_vote_once_and_the_minutes_count(anywhere: Town, platform: str, other: str) -> None:
    one, first, second = await council(anywhere, platform, other)
    resident = anywhere.person(platform, 2001)
    await chooses(one, "رأی‌گیری باشد")
    for person in (one.person, first):
        await scans(person)
    await card(one)
    await one.presses("رأی اعضای شورا")
    await one.presses("رأی‌گیری موضوع ۱")
    assert first.last.splitlines() == [
        "رأی شما دربارهٔ این موضوع چیست؟",
        "«آسفالت کوچهٔ ۱۲»",
        "تا حالا: موافق ۰ · مخالف ۰ · ممتنع ۰",
    ]
    await first.presses("مخالف")
    await first.presses("موافق")
    assert first.last.splitlines()[-2:] == ["تا حالا: موافق ۱ · مخالف ۰ · ممتنع ۰", "رأی شما: موافق"]
    await second.forges(first.data_of("مخالف"))
    assert second.last == said("vote-not-yours")
    await scans(second)
    assert second.last.splitlines()[1] == "«آسفالت کوچهٔ ۱۲»", "who comes later is asked too"
    await second.presses("مخالف")
    await one.presses("ممتنع")
    await resident.forges(first.data_of("مخالف"))
    assert resident.last == said("vote-not-yours")
    counted = "موافق ۱ · مخالف ۱ · ممتنع ۱"
    assert f"تا حالا: {counted}" in [line for text in one.person.heard for line in text.splitlines()]
    await one.presses("پایان رأی‌گیری ۱")
    for member in (first, second):
        assert member.last.splitlines() == ["رأی‌گیری تمام شد:", "«آسفالت کوچهٔ ۱۲»", f"رأی‌ها: {counted}"]
    assert await rows(anywhere, "SELECT 1 AS found FROM item_votes") == [], "nobody finds out who said what"
    await one.presses("رأی‌گیری موضوع ۲")
    await first.presses("موافق")
    await card(one)
    await one.presses("نوشتن نتیجه")
    await one.says("آسفالت کوچهٔ ۱۲، شهرداری، تا پایان آذر")
    await one.presses("انتشار نتیجه")
    await one.presses("دیدن نتیجه")
    shown = one.last.splitlines()
    start = shown.index("موضوع‌های جلسه:")
    assert shown[start : start + 5] == [
        "موضوع‌های جلسه:",
        "۱. آسفالت کوچهٔ ۱۲",
        f"رأی‌ها: {counted}",
        "۲. جشن محله",
        "رأی‌ها: موافق ۱ · مخالف ۰ · ممتنع ۰",
    ]


async def test_a_public_meeting_has_neither(town: Town) -> None:
    one, *_ = await secretary(town)
    await chooses(one, "حد نصاب باشد", "رأی‌گیری باشد")
    await held(town, *ITEMS, kind=Kind.PUBLIC, days=0)
    await one.person.says("/meetings")
    await one.person.presses(f"{TODAY}، نشست عمومی")
    assert "رأی اعضای شورا" not in one.person.buttons
    assert "نصاب" not in one.last
