"""Language, news, one's own data: what a person sets and what follows from it."""

from __future__ import annotations

from datetime import datetime

import pytest

from domain.jalali import TEHRAN
from domain.moments import Moment
from domain.permissions import Role
from domain.richtext import Key, Value
from storage import people
from storage.audience import Unasked, may_reach
from tests.sentences import said
from tests.town import Person, Town

#: Without what somebody asked for, and without the week's digest, which tests/town_talks/test_own.py looks at.
UNASKED = (Unasked.OWN_CASE, Unasked.DUTY, Unasked.NEWS)
REPORT = "چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است"


@pytest.fixture
async def person(town: Town) -> Person:
    person = town.person("telegram", 1001)
    await person.settles()
    return person


def keyboard(person: Person) -> list[list[str]]:
    return next(line["keyboard"] for line in reversed(person.chat) if line["keyboard"])


def page(language: str = "fa", news: str = "all", neighborhood: Value = "محلهٔ شهر") -> str:
    """The settings as they read before anybody chose quiet hours."""
    begin, end = (Moment(datetime(2026, 11, 4, hour, tzinfo=TEHRAN), "clock") for hour in (22, 7))
    shown = said("settings", language, neighborhood=neighborhood, news=Key(f"news-{news}"))
    if news == "none":
        return shown  # nothing comes at any hour
    return f"{shown}\n{said('settings-quiet-hours', language, **{'from': begin, 'to': end})}"


async def reports(person: Person) -> str:
    """Submits a report without a place and a category; the tracking code."""
    await person.says(REPORT)
    await person.presses("بدون نشانی")
    await person.presses("نمی‌دانم")
    return await submitted(person)


async def submitted(person: Person) -> str:
    await person.presses("ثبت گزارش")
    return next(line for line in person.last.splitlines() if line.isdigit() and line.isascii())


async def reached(town: Town, person: Person) -> set[Unasked]:
    def ask(tx):  # type: ignore[no-untyped-def]
        found = people.reach(tx, people.find_account(tx, person.platform, person.id))
        return {why for why in UNASKED if may_reach(found, why, town.clock.seconds())}

    return await town.run(ask)


async def test_everything_is_english_after_the_switch_and_persian_again(person: Person) -> None:
    await person.says("/settings")
    assert person.last == page()
    assert person.buttons == [
        "تنظیم خبرها",
        "ساعت استراحت",
        "محلهٔ دیگر",
        "English",
        "اطلاعات من",
        "وصل‌کردن دو پیام‌رسان",
    ]
    await person.presses("English")
    assert person.heard[-2:] == ["The language was changed.", page("en")]
    assert keyboard(person)[0] == ["Report a problem", "My reports"]
    others = ["News", "Quiet hours", "Another neighbourhood", "فارسی", "My data", "Connect two accounts"]
    assert person.buttons == others
    await person.presses("My reports")
    assert person.last == "You have not submitted a report yet."
    await person.says("گزارش‌های من")
    assert person.last == "You have not submitted a report yet."
    await person.says("/settings")
    await person.presses("فارسی")
    assert keyboard(person)[0] == ["گزارش مشکل", "گزارش‌های من"]


@pytest.mark.parametrize("data", ["a:settings.language:xx", "a:settings.language:", "a:settings.news:x"])
async def test_a_setting_that_does_not_exist_changes_no_language(person: Person, data: str) -> None:
    await person.says("/settings")
    await person.forges(data)
    await person.says("/menu")
    assert person.last == said("menu")


async def test_news_are_switched_in_place(town: Town, person: Person) -> None:
    await person.says("/settings")
    said_before = len(person.heard)
    await person.presses("تنظیم خبرها")
    await person.presses("فقط کار خودم")
    assert len(person.heard) == said_before
    assert person.last == page(news="own")
    assert await reached(town, person) == {Unasked.OWN_CASE, Unasked.DUTY}
    await person.presses("تنظیم خبرها")
    await person.presses("همهٔ خبرها")
    assert await reached(town, person) == set(UNASKED)


async def test_stop_stops_the_news_then_everything_and_start_comes_back(town: Town, person: Person) -> None:
    await person.says("/stop")
    assert person.last == "دیگر خبر و اطلاعیه‌ای برایتان نمی‌فرستیم؛ فقط پاسخ گزارش‌های خودتان می‌رسد."
    assert await reached(town, person) == {Unasked.OWN_CASE, Unasked.DUTY}
    await person.presses("هیچ پیامی نفرستید")
    assert person.last == "دیگر هیچ پیامی نمی‌فرستیم. برای بازگشت، «شروع» را بنویسید."
    assert await reached(town, person) == {Unasked.DUTY}
    await person.says("/settings")
    assert person.last == page(news="none")
    await person.says("شروع")
    assert await reached(town, person) == set(UNASKED)


async def test_stop_may_be_left_at_the_news(town: Town, person: Person) -> None:
    await person.says("توقف")
    await person.presses("همین خوب است")
    assert person.last == "بسیار خوب. فقط پاسخ گزارش‌های خودتان می‌رسد."
    assert await reached(town, person) == {Unasked.OWN_CASE, Unasked.DUTY}


async def test_who_stopped_everything_hears_nothing_of_a_decision_and_finds_it_when_asking(
    town: Town, person: Person
) -> None:
    coordinator = town.person("telegram", 1003)
    await coordinator.settles()
    await town.grant(coordinator, Role.COORDINATOR, "kerman/n1")
    await reports(person)
    await person.says("/stop")
    await person.presses("هیچ پیامی نفرستید")
    before = person.heard
    await coordinator.presses("پذیرش")
    await coordinator.presses("پذیرش و اعلام")
    assert person.heard == before
    await person.says("/mine")
    assert "پیگیری با شورای پیشرفت محلهٔ شهر" in person.last


async def test_my_data_is_told_in_counts(person: Person) -> None:
    await reports(person)
    await person.says("/mydata")
    values = {"neighborhood": "محلهٔ شهر", "cases": 1, "words": 1, "media": 0, "drafts": 0, "roles": 0, "accounts": 1}
    assert person.last == f"{said('mydata', **values)}\n{said('mydata-kept', days=30, months=12)}"
    await person.presses("حذف اطلاعات من")
    assert person.last == said("forget")


async def test_forgotten_nothing_leads_from_the_case_to_the_person(town: Town, person: Person) -> None:
    code = await reports(person)
    await person.says("/forget")
    assert person.buttons == ["حذف اطلاعات من", "انصراف"]
    await person.presses("حذف اطلاعات من")
    assert person.last == "اطلاعات شما حذف شد."
    for query in (
        "SELECT 1 AS found FROM parties",
        "SELECT 1 AS found FROM words WHERE person IS NOT NULL",
        "SELECT 1 AS found FROM roles",
        "SELECT 1 AS found FROM talks",
        "SELECT 1 AS found FROM persons WHERE consent_version > 0",
        "SELECT 1 AS found FROM outbox o JOIN bodies b ON b.id = o.body",
        "SELECT 1 AS found FROM inbox WHERE body <> ''",
    ):
        assert await town.run(lambda tx, query=query: tx.all(query)) == [], query
    (case,) = await town.run(lambda tx: tx.all("SELECT w.words FROM cases c JOIN words w ON w.case_id = c.id"))
    assert case["words"] == REPORT
    await person.says(f"/track {code}")
    assert person.last.startswith("سلام. به محله‌یار"), "a stranger again"


async def test_forgetting_can_be_left(town: Town, person: Person) -> None:
    await person.says("/forget")
    await person.presses("انصراف")
    assert person.last == "انصراف دادید؛ چیزی ثبت نشد."
    assert await town.run(lambda tx: tx.all("SELECT 1 AS found FROM persons WHERE consent_version > 0")) != []


async def test_the_numbers_are_those_of_the_data_file(person: Person) -> None:
    await person.presses("شماره‌های ضروری")
    assert person.last.split("\n")[0] == said("numbers")
    assert [line.rpartition(": ")[2] for line in person.last.split("\n")[1:]] == ["۱۱۰", "۱۱۵", "۱۲۵", "۱۱۲", "۱۲۳"]


async def test_the_neighbourhood_says_who_looks_after_it(person: Person) -> None:
    await person.presses("محلهٔ ما")
    assert person.last == f"محلهٔ شهر\n{said('neighborhood-council')}"
    await person.presses("محلهٔ دیگر")
    await person.presses("کرمان")
    await person.presses("خواجه خضر")
    await person.presses("ادامه")
    await person.presses("محلهٔ ما")
    assert person.last == f"خواجه خضر\n{said('neighborhood-no-council', county='کرمان')}"


async def test_help_shows_officers_their_own_part(town: Town, person: Person) -> None:
    await person.says("/help")
    assert person.last == f"{said('help')}\n{said('help-link')}"
    await town.grant(person, Role.COORDINATOR, "kerman/n1")
    await person.says("راهنما")
    assert person.last.startswith(f"{said('help')}\nنقش شما: دبیر شورا، شورای پیشرفت محلهٔ شهر\n{said('does-moderate')}")
    assert person.last.endswith(said("help-staff"))
    await town.grant(person, Role.COUNCIL_MEMBER, "kerman/n1")
    await town.grant(person, Role.COUNTY_OFFICER, "kerman")
    await person.says("راهنما")
    assert person.last.endswith(said("help-grant"))


async def test_help_says_what_a_role_without_work_of_its_own_is_for(town: Town, person: Person) -> None:
    await town.grant(person, Role.COUNCIL_MEMBER, "kerman/n1")
    await person.says("/help")
    role = f"نقش شما: عضو شورا، شورای پیشرفت محلهٔ شهر\n{said('does-nothing')}"
    assert person.last == f"{said('help')}\n{role}\n{said('help-link')}"


async def test_the_place_is_named_in_the_settings_once_it_is_chosen(town: Town) -> None:
    newcomer = town.person("telegram", 1002)
    await newcomer.says("/start")
    await newcomer.presses("می‌پذیرم")
    await newcomer.says("/settings")
    assert newcomer.last == page(neighborhood=Key("settings-nowhere"))
