"""The first message: one text, a yes that is stored, and what a person came with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.render import Renderer
from domain.richtext import Key
from handlers.book import Book
from handlers.everyone.welcome import VERSION
from sandbox import acts
from sandbox.files import sample
from tests.desk import Desk
from tests.sentences import said
from tests.town import START, Person, Town

REPORT = "چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است"
WELCOME = said(
    "welcome",
    operator="استانداری کرمان",
    lines=Key("emergency-lines", {"numbers": "۱۱۰، ۱۱۵، ۱۲۵، ۱۱۲، ۱۲۳"}),
)


@pytest.fixture
def person(town: Town) -> Person:
    return town.person("telegram", 1001)


async def consent(town: Town) -> list[tuple[int, int | None]]:
    rows = await town.run(lambda tx: tx.all("SELECT consent_version, consent_at FROM persons ORDER BY id"))
    return [(row["consent_version"], row["consent_at"]) for row in rows]


async def waiting(town: Town) -> str:
    """Everything that is kept of unfinished conversations."""
    rows = await town.run(lambda tx: tx.all("SELECT draft FROM talks"))
    return "".join(row["draft"] for row in rows)


async def test_one_message_welcomes_and_asks(town: Town, person: Person) -> None:
    await person.says("/start")
    first, last = person.heard[0].split("\n")[0], person.heard[0].split("\n")[-1]
    assert len(person.heard) == 1
    assert first.startswith("سلام. به محله‌یار خوش آمدید.")
    assert last.startswith("در خطر فوری با ۱۱۰، ")
    assert person.buttons == ["می‌پذیرم", "بیشتر بدانم", "نمی‌پذیرم"]
    assert await consent(town) == [(0, None)]


async def test_a_yes_is_stored_with_its_wording_and_time(town: Town, person: Person) -> None:
    await person.says("/start")
    town.clock.move(90)
    await person.presses("می‌پذیرم")
    assert person.heard[1:] == ["سپاسگزاریم.", said("join-county")]
    assert await consent(town) == [(VERSION, int(START.timestamp()) + 90)]


async def test_more_is_told_on_demand_and_both_messages_take_the_answer(town: Town, person: Person) -> None:
    await person.says("/start")
    await person.presses("بیشتر بدانم")
    assert person.heard[1:] == [said("welcome-more", operator="استانداری کرمان", days=30, months=12)]
    assert person.buttons == ["می‌پذیرم", "نمی‌پذیرم"]
    # The button of the first message is of the same question.
    town.sandbox.press("telegram", person.id, "می‌پذیرم", message_id=person.chat[1]["message_id"])
    await town.quiet()
    assert await consent(town) == [(VERSION, int(START.timestamp()))]


async def test_a_no_is_taken_and_the_way_back_is_open(town: Town, person: Person) -> None:
    await person.says(REPORT)
    await person.presses("نمی‌پذیرم")
    assert person.last == "بسیار خوب، گزارشی ثبت نمی‌کنیم. هر وقت خواستید، «شروع» را بنویسید."
    assert await consent(town) == [(0, None)]
    assert await waiting(town) == ""
    await person.says("شروع")
    assert person.last == person.heard[0]


async def test_what_a_person_came_with_waits_for_their_yes(town: Town, person: Person) -> None:
    await person.says(REPORT)
    assert person.heard[0].startswith("سلام.")
    await person.presses("می‌پذیرم")
    assert person.heard[1:] == ["سپاسگزاریم.", said("where")]
    await person.presses("بدون نشانی")
    assert person.heard[-2:] == [said("report-join-first"), said("join-county")]
    await person.presses("کرمان")
    await person.presses("محلهٔ شهر")
    assert person.heard[-1] == said("category")
    await person.presses("نمی‌دانم")
    assert f"توضیح: {REPORT}\nمحل: بدون نشانی، محلهٔ شهر\n" in person.heard[-1]


async def test_the_last_message_before_the_yes_counts(town: Town, person: Person) -> None:
    await person.says("این را نمی‌خواهم بگویم")
    await person.says(REPORT)
    await person.says("/start")
    await person.presses("می‌پذیرم")
    await person.presses("بدون نشانی")
    await person.presses("کرمان")
    await person.presses("محلهٔ شهر")
    await person.presses("نمی‌دانم")
    assert f"توضیح: {REPORT}\n" in person.last


async def test_a_yes_stands_whatever_becomes_of_the_message_that_waited(town: Town) -> None:
    arrived = ("/track 12", "ن" * 2001, "/accept", "/claim x", "سلام", "خوب", "\u200b", "/cancel x")
    for number, text in enumerate(arrived, 5001):
        person = town.person("telegram", number)
        await person.says(text)
        await person.says("/start")
        await person.presses("می‌پذیرم")
        assert "سپاسگزاریم." in person.heard
        assert (await consent(town))[-1] == (VERSION, int(START.timestamp())), text
        await person.says("/menu")
        assert person.last == said("menu")


async def test_without_a_yes_it_is_erased_after_a_day(town: Town, person: Person) -> None:
    await person.says(REPORT)
    await town.passes(24 * 3600 - 60)
    assert "\\u06a9\\u0648\\u0686\\u0647" in await waiting(town)
    await town.passes(120)
    assert await waiting(town) == ""
    assert len(person.heard) == 1, "nothing was agreed to, so nothing is said"
    await person.presses("می‌پذیرم")
    assert person.heard[1:] == [person.heard[0]], "the old button shows the welcome anew"
    assert await consent(town) == [(0, None)]


async def test_before_the_yes_everything_else_is_the_welcome(town: Town) -> None:
    texts = ("/menu", "/mine", "/report", "/stop", "/mydata", "/queue", "/settings", "گزارش‌های من", "/x")
    for number, text in enumerate(texts, 5001):
        person = town.person("telegram", number)
        await person.says(text)
        assert len(person.heard) == 1
        assert person.heard[0].startswith("سلام. به محله‌یار")


async def test_help_and_emergency_numbers_need_no_yes(person: Person) -> None:
    await person.says("/numbers")
    await person.says("راهنما")
    assert [text.split("\n")[0] for text in person.heard] == [said("numbers"), said("help").split("\n")[0]]


async def test_of_a_photo_before_the_yes_only_its_number_is_kept_and_nothing_fetched(
    town: Town, person: Person
) -> None:
    town.sandbox.photo("telegram", person.id, caption="این هم عکس")
    await town.quiet()
    assert person.heard[0].startswith("سلام.")
    assert '"kind": "photo"' in await waiting(town)
    assert await town.run(lambda tx: tx.all("SELECT id FROM media")) == []
    await town.passes(24 * 3600 + 60)
    assert await waiting(town) == ""
    assert town.sandbox.calls("telegram", method="getFile") == []


async def to_the_review(person: Person) -> str:
    """From the question about the place to the review."""
    await person.presses("بدون نشانی")
    await person.presses("کرمان")
    await person.presses("محلهٔ شهر")
    await person.presses("نمی‌دانم")
    return person.last


async def test_an_album_before_the_yes_is_welcomed_once_and_joins_whole(town: Town, person: Person) -> None:
    town.sandbox.album("telegram", person.id, count=5, caption=REPORT)
    await town.quiet()
    assert len(person.heard) == 1
    await person.presses("می‌پذیرم")
    assert person.heard[1:] == ["سپاسگزاریم.", said("where")]
    review = await to_the_review(person)
    assert f"توضیح: {REPORT}\n" in review
    assert "عکس: ۵" in review


async def test_a_late_part_of_an_album_joins_after_the_yes_without_a_word(town: Town, person: Person) -> None:
    town.sandbox.album("telegram", person.id, count=2, caption=REPORT)
    await town.quiet()
    album = next(line["album"] for line in person.chat if line["album"])
    await person.presses("می‌پذیرم")
    heard = list(person.heard)
    telegram = town.sandbox.messenger("telegram")
    acts.send_file(telegram, person.id, "photo", sample("photo"), chat=None, caption="", extra={}, album=album)
    await town.quiet()
    assert person.heard == heard
    assert "عکس: ۳" in await to_the_review(person)


async def test_of_too_many_photos_before_the_yes_the_first_five_are_taken_and_it_is_said(
    town: Town, person: Person
) -> None:
    town.sandbox.album("telegram", person.id, count=8, caption=REPORT)
    await town.quiet()
    await person.presses("می‌پذیرم")
    assert person.heard[1:] == ["سپاسگزاریم.", said("where"), said("photos-enough", n=5)]
    assert "عکس: ۵" in await to_the_review(person)


async def test_photos_that_find_no_place_are_told_so_once(town: Town, person: Person) -> None:
    await person.says("/join")
    for _ in range(2):
        town.sandbox.photo("telegram", person.id)
        await town.quiet()
    await person.presses("می‌پذیرم")
    assert [said("kind-not-taken") in heard for heard in person.heard[1:]].count(True) == 1


async def test_what_is_too_long_for_one_report_still_asks_what_is_missing(town: Town, person: Person) -> None:
    await person.says(f"{REPORT}. " * 50)
    town.sandbox.photo("telegram", person.id, caption="کنار مدرسه. " * 60)
    await town.quiet()
    await person.presses("می‌پذیرم")
    assert [said("where") in heard for heard in person.heard[1:]].count(True) == 1


@pytest.mark.parametrize("first", ["words", "photo"])
async def test_words_and_photos_before_the_yes_become_one_report(town: Town, person: Person, first: str) -> None:
    if first == "words":
        await person.says(REPORT)
    for _ in range(2):
        town.sandbox.photo("telegram", person.id)
        await town.quiet()
    if first == "photo":
        await person.says(REPORT)
    await person.says("سلام")  # says nothing, and takes nothing away
    await person.presses("می‌پذیرم")
    assert person.heard[-2:] == ["سپاسگزاریم.", said("where")]
    review = await to_the_review(person)
    assert f"توضیح: {REPORT}\n" in review
    assert "عکس: ۲" in review


async def test_words_a_voice_and_a_place_before_the_yes_ask_for_nothing_twice(town: Town, person: Person) -> None:
    town.sandbox.location("telegram", person.id, 29.0, 58.0)
    await town.quiet()
    town.sandbox.voice("telegram", person.id)
    await town.quiet()
    await person.says(REPORT)
    await person.presses("می‌پذیرم")
    # What is wrong and where is known: only the neighbourhood is asked for.
    assert person.heard[-3:] == ["سپاسگزاریم.", said("report-join-first"), said("join-county")]
    await person.presses("کرمان")
    await person.presses("محلهٔ شهر")
    await person.presses("نمی‌دانم")
    assert f"توضیح: {REPORT}\nمحل: روی نقشه، محلهٔ شهر\nعکس: ندارد\nصدا: دارد" in person.last


async def test_each_message_before_the_yes_is_erased_after_its_own_day(town: Town, person: Person) -> None:
    await person.says(REPORT)
    await town.passes(23 * 3600)
    town.sandbox.photo("telegram", person.id)
    await town.quiet()
    await town.passes(3600 + 60)
    kept = await waiting(town)
    assert "\\u06a9\\u0648\\u0686\\u0647" not in kept, "what came later gives the words no second day"
    assert '"kind": "photo"' in kept
    await town.passes(23 * 3600)
    assert await waiting(town) == ""


async def test_a_link_to_something_else_is_opened_after_what_was_said(town: Town, person: Person) -> None:
    await person.says("/start claim_nothing")
    await person.says(REPORT)
    await person.presses("می‌پذیرم")
    assert person.heard[-2:] == [said("where"), said("claim-used")]


HARM = "مردی در کوچهٔ ما هر شب زنش را کتک می‌زند"


async def test_what_was_let_through_before_the_yes_is_not_stopped_after_it(town: Town, person: Person) -> None:
    await person.says(HARM)
    assert "۱۲۳" in person.last
    await person.presses("موضوع دیگری است")
    await person.says(HARM)
    await person.presses("می‌پذیرم")
    assert person.heard[-2:] == ["سپاسگزاریم.", said("where")]


async def test_what_is_about_harm_only_together_leaves_no_trace_after_the_yes(town: Town, person: Person) -> None:
    before, after = "یک کودک در این خانه", "آزار می‌بیند"
    for number, words in ((5001, before), (5002, after)):
        alone = town.person("telegram", number)
        await alone.says(words)
        assert alone.last.startswith("سلام."), "by itself it is about nothing"
        await alone.presses("نمی‌پذیرم")
    await person.says(before)
    town.sandbox.photo("telegram", person.id, caption=after)
    await town.quiet()
    await person.presses("می‌پذیرم")
    assert "۱۲۳" in person.last
    assert await waiting(town) == ""
    assert await town.run(lambda tx: tx.all("SELECT id FROM media")) == []


@pytest.mark.parametrize("kind", ["sticker", "contact"])
async def test_what_is_no_report_before_the_yes_is_not_kept(town: Town, person: Person, kind: str) -> None:
    getattr(town.sandbox, kind)("telegram", person.id)
    await town.quiet()
    assert person.heard[0].startswith("سلام.")
    assert "came" not in await waiting(town)


async def test_who_has_joined_starts_at_the_menu(person: Person) -> None:
    await person.settles()
    await person.says("/start")
    assert person.last == said("menu")


async def test_the_welcome_survives_a_restart(town: Town, person: Person) -> None:
    await person.says(REPORT)
    await town.restart()
    await person.presses("می‌پذیرم")
    await town.restart()
    await person.presses("بدون نشانی")
    await town.restart()
    await person.presses("کرمان")
    await town.restart()
    await person.presses("محلهٔ شهر")
    assert person.last == said("category")


@pytest.mark.parametrize(
    ("operator", "demo", "mark"),
    [("", False, "operator-warning"), ("", True, "demo-mark"), ("شهرداری", True, "demo-mark"), ("شهرداری", False, "")],
)
def test_what_must_be_known_first_is_marked(
    book: Book, renderer: Renderer, operator: str, demo: bool, mark: str
) -> None:
    desk = Desk(book, renderer)
    desk.town = replace(desk.town, operator=operator, demo=demo)
    (welcome,) = desk.says("stranger", "/start").says
    assert [more.name for more in welcome.more] == ([mark] if mark else [])  # type: ignore[union-attr]
