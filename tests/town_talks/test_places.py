"""Joining by what costs least, moving and leaving, a neighbourhood that is not in the list, and the poster."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import segno
from PIL import Image, features

from bot import importing
from bot.poster import BORDER, LINE, SCALE, drawn_code, drawn_poster
from domain.permissions import Role
from domain.persian import search_key, sort_key
from storage import cases, inbox, missing, outbox, people, places
from storage.places import NewPlace
from storage.tx import Tx
from tests.town import Person, Town, make_town, plain

REPORT = "چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است"
COUNTY_QUESTION = "محله‌تان در کدام شهرستان است؟"


def place(path: str, name: str, *, council: bool = False, at: tuple[float, float] | None = None) -> NewPlace:
    kind = ("county", "settlement", "neighborhood")[path.count("/") - 2]
    parent, _, slug = path.rstrip("/").rpartition("/")
    made = NewPlace(kind, slug, path, f"{parent}/", name, sort_key(name), search_key(name), has_council=council)
    return replace(made, lat=at[0], lon=at[1]) if at else made


MORE = [
    place("/kerman/city/n1/", "محلهٔ شهر", council=True, at=(30.2840, 57.0830)),
    place("/kerman/city/n2/", "شهرک مطهری", council=True, at=(30.2900, 57.0900)),
    place("/kerman/city/n3/", "خواجه خضر", at=(30.3200, 57.1500)),
    place("/bam/city/arg/", "محلهٔ ارگ", at=(29.1160, 58.3680)),
    place("/rudbar-jonub/", "رودبار جنوب"),
    place("/rudbar-jonub/city/", "شهر رودبار"),
    place("/rudbar-jonub/city/arg/", "محلهٔ ارگ", council=True),
    place("/shahrbabak/", "شهربابک"),
    place("/shahrbabak/city/", "شهر شهربابک"),
    place("/shahrbabak/city/emam/", "محلهٔ امام"),
    place("/qaleh-ganj/", "قلعه‌گنج"),
    place("/qaleh-ganj/city/", "شهر قلعه‌گنج"),
    place("/qaleh-ganj/city/nur/", "کوی نور"),
    place("/arzuiyeh/", "ارزوئیه"),
    place("/arzuiyeh/city/", "شهر ارزوئیه"),
    place("/arzuiyeh/city/bagh/", "محلهٔ باغ"),
    place("/gonbaki/", "گنبکی"),
]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with make_town(tmp_path) as opened:
        await opened.run(lambda tx: places.put(tx, MORE))
        yield opened
        assert await opened.app.database.read(inbox.count_parked) == 0
        assert await opened.app.database.read(outbox.parked) == []


async def newcomer(town: Town, platform: str = "telegram", number: int = 1001) -> Person:
    """Somebody who has agreed and stands at the county question."""
    person = town.person(platform, number)
    await person.says("/start")
    await person.presses("می‌پذیرم")
    return person


async def somebody(town: Town, platform: str, number: int, role: Role, written: str) -> Person:
    person = await newcomer(town, platform, number)
    await person.presses("انصراف")
    await town.grant(person, role, written)
    return person


async def joined(town: Town, person: Person) -> str:
    def ask(tx: Tx) -> str:
        number = people.find_account(tx, person.platform, person.id)
        found = places.of_person(tx, number) if number is not None else None
        return found.path if found else ""

    return await town.run(ask)


# --- links ------------------------------------------------------------------------------------------------------------


async def test_a_poster_asks_a_newcomer_for_consent_and_nothing_else(town: Town) -> None:
    person = town.person("bale", 1001)
    await person.says("/start join_kerman_n1")
    assert person.buttons == ["می‌پذیرم", "بیشتر بدانم", "نمی‌پذیرم"]
    assert await joined(town, person) == ""
    await person.presses("می‌پذیرم")
    assert person.last.startswith("محلهٔ شما: محلهٔ شهر\n")
    assert await joined(town, person) == "/kerman/city/n1/"


async def test_a_poster_asks_nothing_of_somebody_who_has_consented(town: Town) -> None:
    person = await newcomer(town)
    await person.says("/start join_kerman_n1")
    assert person.last.startswith("محلهٔ شما: محلهٔ شهر\n")
    # The county question that was open is closed with it: what comes next is a report and no name.
    await person.says(REPORT)
    assert person.last.startswith("جای دقیق مشکل کجاست؟")


async def test_from_the_poster_to_the_tracking_code_it_takes_a_newcomer_six(town: Town) -> None:
    person = town.person("telegram", 1001)
    await person.says("/start join_kerman_n1")  # 1
    await person.presses("می‌پذیرم")  # 2
    await person.says(REPORT)  # 3
    await person.presses("بدون نشانی")  # 4
    await person.presses("برق و روشنایی")  # 5
    await person.presses("ثبت گزارش")  # 6
    assert person.last.startswith("گزارش شما ثبت شد.")


async def test_who_writes_between_the_poster_and_the_consent_came_with_both(town: Town) -> None:
    person = town.person("telegram", 1001)
    await person.says("/start join_kerman_n2")
    await person.says("سلام، خسته نباشید")
    await person.says(REPORT)
    await person.presses("می‌پذیرم")
    assert person.heard[-2].startswith("محلهٔ شما: شهرک مطهری\n")
    assert person.last.startswith("جای دقیق مشکل کجاست؟")
    assert await joined(town, person) == "/kerman/city/n2/"


async def test_a_poster_of_another_neighbourhood_moves_and_says_the_way_back(town: Town) -> None:
    person = town.person("telegram", 1001)
    await person.settles()
    await person.says("/start join_bam_arg")
    assert person.last == (
        "محلهٔ شما اکنون محلهٔ ارگ است. پاسخ گزارش‌های قبلی هم به شما می‌رسد.\n"
        "شورای پیشرفت محله هنوز تشکیل نشده است؛ گزارش‌ها به کمیتهٔ راهبری شهرستان بم می‌رسد."
    )
    assert await joined(town, person) == "/bam/city/arg/"
    await person.presses("محلهٔ قبلی")
    assert await joined(town, person) == "/kerman/city/n1/"
    await person.says("/start join_kerman_n1")
    assert person.last == "محلهٔ شما از پیش همین است: محلهٔ شهر"


@pytest.mark.parametrize(
    "link", ["join_nowhere", "join_kerman_nowhere", "join_city", "join__", "join_-", "join_" + "x" * 59]
)
async def test_a_dead_link_says_so_and_asks(town: Town, link: str) -> None:
    person = await newcomer(town)
    await person.says(f"/start {link}")
    assert person.heard[-2] == "این کد دیگر کار نمی‌کند. لطفاً محله را از فهرست انتخاب کنید."
    assert person.last.startswith(COUNTY_QUESTION)


async def test_a_slug_that_only_one_neighbourhood_has_is_enough_and_of_two_one_is_asked(town: Town) -> None:
    person = await newcomer(town)
    await person.says("/start join_emam")
    assert await joined(town, person) == "/shahrbabak/city/emam/"
    await person.says("/start join_arg")
    assert person.buttons[:2] == ["محلهٔ ارگ، بم", "محلهٔ ارگ، رودبار جنوب"]
    await person.presses("محلهٔ ارگ، رودبار جنوب")
    assert await joined(town, person) == "/rudbar-jonub/city/arg/"


async def test_a_link_to_a_county_asks_for_the_neighbourhood_alone(town: Town) -> None:
    person = await newcomer(town)
    await person.says("/start join_kerman")
    assert person.buttons[:3] == ["خواجه خضر", "شهرک مطهری", "محلهٔ شهر"]


# --- the map ----------------------------------------------------------------------------------------------------------


async def sends_place(town: Town, person: Person, lat: float, lon: float) -> None:
    town.sandbox.location(person.platform, person.id, lat, lon)
    await town.quiet()


@pytest.mark.parametrize("platform", ["telegram", "bale"])
async def test_a_place_on_the_map_offers_the_nearest_three_with_their_distances(town: Town, platform: str) -> None:
    person = await newcomer(town, platform)
    await sends_place(town, person, 30.2840, 57.0850)
    assert person.last == "این محله‌ها به جایی که فرستادید نزدیک‌ترند. محلهٔ شما کدام است؟"
    assert person.buttons[:5] == [
        "محلهٔ شهر، ۲۰۰ متر",
        "شهرک مطهری، ۸۰۰ متر",
        "خواجه خضر، ۷٫۴ کیلومتر",
        "همهٔ شهرستان‌ها",
        "در فهرست نیست",
    ]
    await person.presses("شهرک مطهری، ۸۰۰ متر")
    assert await joined(town, person) == "/kerman/city/n2/"


async def test_where_nothing_is_near_it_is_said_and_the_question_stays(town: Town) -> None:
    person = await newcomer(town)
    await sends_place(town, person, 35.7, 51.4)
    assert person.last.startswith("نزدیک جایی که فرستادید محله‌ای ثبت نشده است.")
    await person.presses("کرمان")
    assert person.last.startswith("محلهٔ خود را در شهر کرمان انتخاب کنید.")


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("کرمان", "محلهٔ خود را در شهر کرمان"),
        ("شهرستان كرمان", "محلهٔ خود را در شهر کرمان"),
        ("شهر بابک", "محلهٔ خود را در شهر شهربابک"),
        ("رودبار", "محلهٔ خود را در شهر رودبار"),
        ("قلعه گنج", "محلهٔ خود را در شهر قلعه‌گنج"),
        ("ارزوییه", "محلهٔ خود را در شهر ارزوئیه"),
        ("شهر کرمان", "محلهٔ خود را در شهر کرمان"),
        ("گنبکی", "نام محله‌تان چیست؟"),
    ],
)
async def test_a_county_is_known_by_each_of_its_spellings(town: Town, typed: str, asked: str) -> None:
    person = await newcomer(town)
    await person.says(typed)
    assert person.last.startswith(asked)


@pytest.mark.parametrize("typed", ["مطهری", "شهرک مطهري", "محلهٔ مطهری", "محله ی مطهری", "مطهّری", "شهرک‌مطهری", "مطه"])
async def test_a_neighbourhoods_name_at_the_county_question_finds_it(town: Town, typed: str) -> None:
    person = await newcomer(town)
    await person.says(typed)
    assert person.last.startswith(f"برای «{typed.replace('ي', 'ی')}» این‌ها را پیدا کردیم.")
    await person.presses("شهرک مطهری، کرمان")
    assert await joined(town, person) == "/kerman/city/n2/"


async def test_two_of_one_name_are_told_apart_by_their_county(town: Town) -> None:
    person = await newcomer(town)
    await person.says("ارگ")
    assert person.buttons[:2] == ["محلهٔ ارگ، بم", "محلهٔ ارگ، رودبار جنوب"]
    await person.presses("محلهٔ ارگ، بم")
    assert person.last.startswith("شورای پیشرفت در محلهٔ ارگ هنوز تشکیل نشده است.")
    await person.presses("محلهٔ دیگر")
    assert person.buttons[:2] == ["محلهٔ ارگ، بم", "محلهٔ ارگ، رودبار جنوب"]


async def test_in_an_open_list_the_only_one_found_is_taken_at_once(town: Town) -> None:
    person = await newcomer(town)
    await person.presses("کرمان")
    await person.says("مطهری")
    assert await joined(town, person) == "/kerman/city/n2/"


async def test_the_command_takes_a_name(town: Town) -> None:
    person = await newcomer(town)
    await person.presses("انصراف")
    await person.says("/join مطهری")
    assert person.buttons[0] == "شهرک مطهری، کرمان"


# --- leaving and reports --------------------------------------------------------------------------------------------


async def test_who_leaves_is_of_no_neighbourhood_and_can_come_back(town: Town) -> None:
    person = town.person("telegram", 1001)
    await person.settles()
    await person.says("محلهٔ ما")
    await person.presses("خروج از محله")
    assert person.last == (
        "از محلهٔ شهر بیرون آمدید و خبرهایش دیگر به شما نمی‌رسد. پاسخ گزارش‌های قبلی می‌رسد و هنوز می‌توانید گزارش بدهید."
    )
    assert await joined(town, person) == ""
    await person.presses("محلهٔ قبلی")
    assert await joined(town, person) == "/kerman/city/n1/"


@pytest.mark.parametrize("platform", ["telegram", "bale"])
async def test_moving_leaving_and_second_thoughts_and_every_old_button_answers_kindly(
    town: Town, platform: str
) -> None:
    person = town.person(platform, 1001)
    await person.settles()
    await person.says(REPORT)
    await person.presses("بدون نشانی")
    await person.presses("نمی‌دانم")
    await person.presses("ثبت گزارش")

    # Moving, and back again, and forth.
    await person.says("محلهٔ ما")
    old = {label: person.data_of(label) for label in ("خروج از محله", "محلهٔ دیگر")}
    await person.presses("محلهٔ دیگر")
    await person.says("مطهری")
    # Found anywhere in the province, so it is shown with its county first.
    await person.presses("شهرک مطهری، کرمان")
    assert person.last == "محلهٔ شما اکنون شهرک مطهری است. پاسخ گزارش‌های قبلی هم به شما می‌رسد."
    back = person.data_of("محلهٔ قبلی")
    await person.presses("محلهٔ قبلی")
    assert (person.last.split(" است.")[0], await joined(town, person)) == (
        "محلهٔ شما اکنون محلهٔ شهر",
        "/kerman/city/n1/",
    )
    await person.forges(back)
    assert person.last == "محلهٔ شما از پیش همین است: محلهٔ شهر"
    await person.presses("محلهٔ قبلی")
    assert await joined(town, person) == "/kerman/city/n2/"

    # Leaving by a button that is older than the move, twice, and back.
    await person.forges(old["خروج از محله"])
    assert person.last.startswith("از شهرک مطهری بیرون آمدید")
    back = person.data_of("محلهٔ قبلی")
    await person.forges(old["خروج از محله"])
    assert person.last == ("اکنون محله‌ای انتخاب نکرده‌اید و خبری از محله به شما نمی‌رسد. هر وقت خواستید، انتخاب کنید.")
    assert person.buttons == ["انتخاب محله"]
    await person.says("چراغ میدان هم از دیروز خاموش است")
    assert person.last.startswith("جای دقیق مشکل کجاست؟"), "no question is open that would take it for a name"
    await person.presses("انصراف")
    for answer in ("محلهٔ شما: شهرک مطهری", "محلهٔ شما از پیش همین است: شهرک مطهری"):
        await person.forges(back)
        assert person.last.startswith(answer)
    await person.forges(old["محلهٔ دیگر"])
    assert person.last.startswith(COUNTY_QUESTION)
    await person.presses("انصراف")
    assert await joined(town, person) == "/kerman/city/n2/"
    # What was reported before is theirs all the while.
    await person.says("/mine")
    assert any("چراغ" in label for label in person.buttons)


async def test_a_report_whose_place_decides_does_not_wait_and_offers_to_join_afterwards(town: Town) -> None:
    person = await newcomer(town)
    await person.presses("انصراف")
    await person.says(REPORT)
    await sends_place(town, person, 30.2841, 57.0831)
    await person.presses("نمی‌دانم")
    await person.presses("ثبت گزارش")
    assert person.last.endswith("برای گرفتن خبرهای محلهٔ شهر دکمهٔ زیر را بزنید.")
    assert await joined(town, person) == ""
    await person.presses("خبرهای این محله")
    assert await joined(town, person) == "/kerman/city/n1/"


@pytest.mark.parametrize("stops", ["همین خوب است", "هیچ پیامی نفرستید"])
async def test_nobody_is_promised_news_that_they_have_stopped(town: Town, stops: str) -> None:
    person = await newcomer(town)
    await person.presses("انصراف")
    await person.says("/stop")
    await person.presses(stops)
    await person.says("/start join_kerman_n1")
    assert person.last.startswith(
        "محلهٔ شما: محلهٔ شهر\nخبرها را قطع کرده‌اید. هر وقت خواستید، از «تنظیمات» دوباره وصلشان کنید.\n"
    )


# --- «it is not in the list» ----------------------------------------------------------------------------------------


async def asks_for(town: Town, person: Person, name: str = "کوی مهتاب") -> None:
    await person.says(name)
    await person.presses("در فهرست نیست")
    await person.presses("کرمان")
    await person.presses(name)


@pytest.mark.parametrize(("resident_on", "officer_on"), [("telegram", "bale"), ("bale", "telegram")])
async def test_the_countys_officer_names_a_neighbourhood_and_the_resident_joins_it(
    town: Town, resident_on: str, officer_on: str
) -> None:
    officer = await somebody(town, officer_on, 1004, Role.COUNTY_OFFICER, "kerman")
    person = await newcomer(town, resident_on)
    await asks_for(town, person)
    assert person.last.startswith("نام «کوی مهتاب» را به مسئولان شهرستان کرمان رساندیم.")
    assert officer.last == "یک نفر در شهرستان کرمان محله‌اش را در فهرست پیدا نکرد:\n«کوی مهتاب»"
    await officer.presses("در فهرست هست")
    await officer.says("مطهری")
    await officer.presses("شهرک مطهری")
    assert officer.heard[-1] == "پاسخ شما فرستاده شد."
    assert "به این پرسش از شهرستان کرمان پاسخ داده شد:\n«کوی مهتاب»" in officer.heard
    assert person.last == "مسئولان شهرستان کرمان می‌گویند «کوی مهتاب» در محله‌یار این نام را دارد:\nشهرک مطهری"
    await person.presses("انتخاب این محله")
    assert await joined(town, person) == "/kerman/city/n2/"


async def test_a_sentence_reaches_everybody_who_waits_for_the_name(town: Town) -> None:
    officer = await somebody(town, "telegram", 1004, Role.COUNTY_OFFICER, "kerman")
    first, second = await newcomer(town), await newcomer(town, "bale", 1002)
    await asks_for(town, first)
    await asks_for(town, second, "محلهٔ مهتاب")
    cards = [said for said in officer.heard if "پیدا نکرد" in said]
    assert cards == ["۲ نفر در شهرستان کرمان محله‌شان را در فهرست پیدا نکردند:\n«کوی مهتاب»"]
    await officer.presses("نوشتن پاسخ")
    await officer.says("تا هفتهٔ آینده اضافه می‌شود.")
    for person, name in ((first, "کوی مهتاب"), (second, "کوی مهتاب")):
        assert person.last == (f"مسئولان شهرستان کرمان دربارهٔ «{name}» نوشته‌اند:\n«تا هفتهٔ آینده اضافه می‌شود.»")
    assert officer.heard[-1] == "پاسخ شما برای ۲ نفر فرستاده شد."
    await officer.says("محله‌های جامانده")
    assert officer.last == "محله‌ای نیست که اهالی پیدا نکرده باشند."


async def test_the_province_answers_where_the_county_has_no_officer(town: Town) -> None:
    elsewhere = await somebody(town, "telegram", 1004, Role.COUNTY_OFFICER, "bam")
    admin = await somebody(town, "telegram", 1005, Role.PROVINCE_ADMIN, "")
    before = elsewhere.heard
    await asks_for(town, await newcomer(town))
    assert admin.last.endswith("«کوی مهتاب»")
    assert elsewhere.heard == before
    # A button forged by somebody whose county it is not leads to nothing.
    data = admin.data_of("در فهرست هست")
    await elsewhere.forges(data)
    assert elsewhere.last == "این دکمه دیگر کار نمی‌کند. لطفاً دکمه‌های پایین صفحه را بزنید."


async def test_of_two_officers_the_first_answers(town: Town) -> None:
    one = await somebody(town, "telegram", 1004, Role.COUNTY_OFFICER, "kerman")
    other = await somebody(town, "bale", 1005, Role.COUNTY_OFFICER, "kerman")
    person = await newcomer(town)
    await asks_for(town, person)
    await one.presses("نوشتن پاسخ")
    await other.presses("نوشتن پاسخ")
    await one.says("به‌زودی اضافه می‌شود.")
    heard = len(person.heard)
    await other.says("اضافه نمی‌شود.")
    assert other.last == "حسین کمی زودتر پاسخ داد؛ پاسخ شما فرستاده نشد."
    assert len(person.heard) == heard
    # The button of a card that was not yet changed says the same.
    await other.forges("a:missing.show:1")
    assert other.last == "حسین کمی زودتر پاسخ داد؛ پاسخ شما فرستاده نشد."


async def test_whose_neighbourhood_is_being_looked_for_reports_to_the_county(town: Town) -> None:
    officer = await somebody(town, "telegram", 1004, Role.COUNTY_OFFICER, "kerman")
    person = await newcomer(town)
    await asks_for(town, person)
    await person.says(REPORT)
    await person.presses("بدون نشانی")
    await person.presses("برق و روشنایی")
    await person.presses("ثبت گزارش")
    assert "منتظر پاسخ کمیتهٔ راهبری شهرستان کرمان هستیم" in person.last
    assert officer.last.startswith("گزارش تازه در کرمان")
    code = next(line for line in person.last.splitlines() if line.isdigit() and line.isascii())
    found = await town.run(lambda tx: cases.by_code(tx, code))
    assert found is not None
    assert found.path == "/kerman/"


async def test_one_person_asks_for_a_name_once_and_for_three_at_most(town: Town) -> None:
    officer = await somebody(town, "telegram", 1004, Role.COUNTY_OFFICER, "kerman")
    person = await newcomer(town)
    for name in ("کوی مهتاب", "کوی مهتاب", "کوی آفتاب", "کوی ستاره"):
        await person.says("/join")
        await asks_for(town, person, name)
    assert len([said for said in officer.heard if "پیدا نکرد" in said]) == 3
    await person.says("/join")
    await asks_for(town, person, "کوی خورشید")
    assert person.last == "نام چند محله را فرستاده‌اید و هنوز پاسخی نرسیده است. لطفاً تا رسیدن پاسخ صبر کنید."


async def test_an_answered_question_no_longer_knows_who_asked(town: Town) -> None:
    officer = await somebody(town, "telegram", 1004, Role.COUNTY_OFFICER, "kerman")
    await asks_for(town, await newcomer(town))
    await officer.presses("نوشتن پاسخ")
    await officer.says("به‌زودی اضافه می‌شود.")
    found = await town.run(lambda tx: missing.get(tx, 1))
    assert found is not None
    assert found.person is None
    # Who answered, and how, is known until they ask to be forgotten.
    who = await town.run(lambda tx: people.find_account(tx, "telegram", 1004))
    assert (found.answered_by, found.answer) == (who, missing.Answer.SAID)


HEAD = "county,county_slug,settlement,settlement_slug,neighborhood,slug,has_council\n"
BROUGHT = "کرمان,kerman,شهر کرمان,city,محلهٔ مهتاب,mahtab,1\n"


async def brings(town: Town, folder: Path, rows: str) -> None:
    """`import places` beside the running bot, which then looks at what fell due."""
    path = folder / "places.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    found = importing.read(path)
    await town.run(lambda tx: importing.write(tx, found, town.clock.seconds()))
    await town.passes(1)


@pytest.mark.parametrize("platform", ["telegram", "bale"])
async def test_who_missed_a_neighbourhood_that_a_list_brings_is_told_once_and_joins_with_one_press(
    town: Town, tmp_path: Path, platform: str
) -> None:
    officer = await somebody(town, "telegram", 1004, Role.COUNTY_OFFICER, "kerman")
    person, other = await newcomer(town, platform), await newcomer(town, platform, 1002)
    await asks_for(town, person)
    await asks_for(town, other, "کوی آفتاب")
    heard = len(other.heard)
    await brings(town, tmp_path, BROUGHT)
    await brings(town, tmp_path, BROUGHT)
    assert person.last == "محله‌ای که گفته بودید در فهرست نیست، اضافه شد:\nمحلهٔ مهتاب"
    assert [said for said in person.heard if "اضافه شد" in said] == [person.last]
    assert len(other.heard) == heard
    assert "به این پرسش از شهرستان کرمان پاسخ داده شد:\n«کوی مهتاب»" in officer.heard
    assert person.buttons == ["انتخاب این محله", "محلهٔ دیگر"]
    await person.presses("انتخاب این محله")
    assert await joined(town, person) == "/kerman/city/mahtab/"
    await officer.forges("a:missing.pick:1")
    assert officer.last == ("این محله به فهرست اضافه شد و به کسانی که پرسیده بودند خبر دادیم: «کوی مهتاب»")


async def test_a_list_that_gives_a_neighbourhood_its_name_is_told_too_and_two_are_told_apart(
    town: Town, tmp_path: Path
) -> None:
    person = await newcomer(town)
    await asks_for(town, person)
    renamed = "کرمان,kerman,شهر کرمان,city,کوی مهتاب,n3,0\n"
    await brings(town, tmp_path, renamed + "کرمان,kerman,ماهان,mahan,محلهٔ مهتاب,mahtab,0\n")
    assert person.last == "محله‌ای با نام «کوی مهتاب» به فهرست اضافه شد. کدام محلهٔ شماست؟"
    assert person.buttons == ["کوی مهتاب، شهر کرمان", "محلهٔ مهتاب، ماهان", "محلهٔ دیگر"]
    await person.presses("کوی مهتاب، شهر کرمان")
    assert await joined(town, person) == "/kerman/city/n3/"


@pytest.mark.parametrize(
    "rows", ["بم,bam,شهر بم,city,محلهٔ مهتاب,mahtab,1\n", BROUGHT.replace("محلهٔ مهتاب", "محلهٔ مهتابی")]
)
async def test_another_countys_or_another_name_is_no_answer(town: Town, tmp_path: Path, rows: str) -> None:
    person = await newcomer(town)
    await asks_for(town, person)
    heard = len(person.heard)
    await brings(town, tmp_path, rows)
    assert len(person.heard) == heard


async def test_whoever_wants_no_message_or_sleeps_is_asked_by_the_gate(town: Town, tmp_path: Path) -> None:
    person, silent = await newcomer(town), await newcomer(town, "telegram", 1002)
    await asks_for(town, person)
    await asks_for(town, silent)
    await silent.says("/stop")
    await silent.presses("هیچ پیامی نفرستید")
    await town.passes(15 * 3600)  # past midnight
    heard, unheard = len(person.heard), len(silent.heard)
    await brings(town, tmp_path, BROUGHT)
    assert len(person.heard) == heard
    await town.passes(8 * 3600)
    assert person.last == "محله‌ای که گفته بودید در فهرست نیست، اضافه شد:\nمحلهٔ مهتاب"
    assert len(silent.heard) == unheard


# --- the poster -------------------------------------------------------------------------------------------------------


async def test_a_coordinator_gets_a_poster_for_each_messenger(town: Town) -> None:
    coordinator = await somebody(town, "bale", 1003, Role.COORDINATOR, "kerman/n1")
    await coordinator.says("/invite")
    assert coordinator.last == "لینک و کد دعوت محلهٔ شهر را آماده می‌کنیم؛ تا چند لحظهٔ دیگر همین‌جا می‌رسد."
    await town.passes(1)
    sent = [line for line in coordinator.chat if line["kind"] == "photo"]
    links = [
        "https://t.me/mahalleyar_sandbox_bot?start=join_kerman_n1",
        "https://ble.ir/mahalleyar_sandbox_bot?start=join_kerman_n1",
    ]
    *each, both = sent
    assert [next(word for word in line["text"].split() if "https" in word).lstrip("\u200f") for line in each] == links
    assert "برای چاپ: کدهای دعوت محلهٔ شهر برای همهٔ پیام‌رسان‌ها در یک عکس." in plain(both["text"])
    # The second time nothing is uploaded again: the pictures go by the messenger's own number.
    await coordinator.says("/invite")
    await town.passes(1)
    again = [line["media"]["photo"][-1]["file_unique_id"] for line in coordinator.chat if line["kind"] == "photo"]
    assert again[:3] == again[3:]
    assert len(await town.run(lambda tx: tx.all("SELECT id FROM media WHERE kind = 'photo'"))) == 3


async def test_the_link_is_copied_at_a_tap_where_the_messenger_can_do_that(town: Town) -> None:
    for platform, labels in (("telegram", ["کپی لینک"]), ("bale", [])):
        coordinator = await somebody(town, platform, 1003, Role.COORDINATOR, "kerman/n1")
        await coordinator.says("/invite")
        await town.passes(1)
        sent = next(line["buttons"] for line in coordinator.chat if line["kind"] == "photo")
        assert [plain(button["text"]) for row in sent for button in row] == labels
        copied = [button["copy"] for row in sent for button in row]
        assert copied == ["https://t.me/mahalleyar_sandbox_bot?start=join_kerman_n1"][: len(labels)]


async def test_who_opens_the_posters_link_is_in_the_neighbourhood(town: Town) -> None:
    coordinator = await somebody(town, "telegram", 1003, Role.COORDINATOR, "kerman/n2")
    await coordinator.says("دعوت اهالی")
    await town.passes(1)
    link = next(word for line in coordinator.chat for word in line["text"].split() if "t.me" in word)
    person = town.person("telegram", 1001)
    await person.says(f"/start {link.partition('start=')[2]}")
    await person.presses("می‌پذیرم")
    assert await joined(town, person) == "/kerman/city/n2/"


async def test_an_officer_chooses_whose_poster_within_the_county(town: Town) -> None:
    officer = await somebody(town, "telegram", 1004, Role.COUNTY_OFFICER, "kerman")
    await officer.says("/invite")
    assert officer.buttons[:3] == ["خواجه خضر، کرمان", "شهرک مطهری، کرمان", "محلهٔ شهر، کرمان"]
    await officer.says("ارگ")
    assert officer.last.startswith("محله‌ای با نام «ارگ» در محدودهٔ شما پیدا نشد.")
    await officer.says("مطهری")
    assert officer.last.startswith("لینک و کد دعوت شهرک مطهری")
    await officer.says("/invite bam/arg")
    assert officer.last.startswith("محله‌ای با نام «bam/arg» در محدودهٔ شما پیدا نشد.")
    await officer.says("/invite kerman/n3")
    assert officer.last.startswith("لینک و کد دعوت خواجه خضر")


async def test_a_resident_gets_no_poster(town: Town) -> None:
    person = town.person("telegram", 1001)
    await person.settles()
    await person.says("/invite")
    assert person.last.startswith("این بخش برای شما باز نیست.")
    await person.says("محلهٔ ما")
    assert person.buttons == [
        "مشکل‌های محله",
        "جلسه‌ها",
        "قول‌ها و کارها",
        "نقشهٔ راه",
        "گزارش مشکل",
        "محلهٔ دیگر",
        "خروج از محله",
    ]


@pytest.mark.parametrize(
    "link", ["https://t.me/some_bot?start=join_a_b", "https://ble.ir/" + "b" * 30 + "?start=join_" + "a" * 59]
)
def test_the_picture_is_the_links_code_module_by_module(link: str) -> None:
    picture = Image.open(io.BytesIO(drawn_code(link).content)).convert("L")
    expected = segno.make_qr(link, error="q").matrix
    at = [(BORDER + n) * SCALE + SCALE // 2 for n in range(len(expected))]
    read = [[int(picture.getpixel((x, y)) < 128) for x in at] for y in at]  # type: ignore[operator]
    assert read == [list(row) for row in expected]


@pytest.mark.parametrize("shapes", [True, False], ids=["as here", "without libfribidi"])
def test_one_poster_has_both_codes_from_right_to_left_each_over_the_name_of_its_messenger(
    shapes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not shapes:
        monkeypatch.setattr(features, "check", lambda _: False)
    titled = features.check("raqm")  # a bare machine has no libfribidi
    links = ["https://t.me/some_bot?start=join_a_b", "https://ble.ir/other_bot_with_a_long_name?start=join_a_b"]
    title = "محلهٔ شهر" * 20  # a name that is too long is written smaller
    named, bare = (
        Image.open(io.BytesIO(drawn_poster(title, list(zip(names, links, strict=True))).content)).convert("L")
        for names in (("تلگرام", "بله"), (" ", " "))
    )
    assert named.crop((0, 0, 40, LINE)).getextrema()[0] > 200
    assert (named.crop((40, 0, named.width - 40, LINE)).getextrema()[0] < 100) == titled
    side = named.width // 2
    for n, link in enumerate(links):
        matrix = segno.make_qr(link, error="q").matrix
        edge = (side - (len(matrix) + 2 * BORDER) * SCALE) // 2
        at = [edge + (BORDER + m) * SCALE + SCALE // 2 for m in range(len(matrix))]
        left = named.width - (n + 1) * side
        read = [[int(named.getpixel((left + x, LINE + y)) < 128) for x in at] for y in at]  # type: ignore[operator]
        assert read == [list(row) for row in matrix]
        under = (left, LINE + side, left + side, named.height)
        assert named.crop(under).getextrema()[0] < 100  # its name is there, or its address
        assert (bare.crop(under).getextrema() != named.crop(under).getextrema()) == titled
