"""A report: written, looked at, submitted once; drafts that are kept, gone on with, or closed."""

from __future__ import annotations

import pytest

from domain.moments import Moment
from domain.richtext import Code, Key
from tests.sentences import CATEGORIES, TEXTS, said
from tests.town import START, Person, Town

REPORT = "چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است"
OTHER = "آب لولهٔ سر کوچه از دیروز هدر می‌رود"


@pytest.fixture
async def person(town: Town) -> Person:
    person = town.person("telegram", 1001)
    await person.settles()
    return person


async def cases(town: Town) -> list[tuple[str, str, str]]:
    rows = await town.run(
        lambda tx: tx.all(
            "SELECT c.kind, c.state, w.words FROM cases c JOIN words w ON w.case_id = c.id "
            "WHERE w.part = 'text' ORDER BY c.id"
        )
    )
    return [(row["kind"], row["state"], row["words"]) for row in rows]


def review(text: str, *, category: str = "other", where: str = "") -> str:
    values = {"category": Key(f"category-{category}"), "where": where or Key("where-none"), "place": "محلهٔ شهر"}
    return said("review", text=text, photos=0, sound="none", **values)


async def writes(person: Person, text: str) -> None:
    """From the first word to the review, by the shortest way."""
    await person.says(text)
    await person.presses("بدون نشانی")
    await person.presses("نمی‌دانم")


# --- written ----------------------------------------------------------------------------------------------------------


async def test_free_words_open_a_report_and_the_receipt_has_code_and_date(town: Town, person: Person) -> None:
    await person.says(REPORT)
    assert person.last == said("where")
    assert person.buttons == ["بدون نشانی", "انصراف"]
    await person.says("سر کوچه، کنار مسجد")
    assert person.last == "این موضوع به کدام نزدیک‌تر است؟"
    assert person.buttons[:2] == ["برق و روشنایی", "خیابان و کوچه"]
    assert person.buttons[-4:] == ["موضوع‌های بیشتر", "نمی‌دانم", "بازگشت", "انصراف"]
    await person.presses("برق و روشنایی")
    assert person.last == (
        f"پیش از ثبت، یک بار ببینید:\nموضوع: برق و روشنایی\nتوضیح: {REPORT}\nمحل: سر کوچه، کنار مسجد، محلهٔ شهر\n"
        "عکس: ندارد\nنام و شمارهٔ شما به شورا نشان داده نمی‌شود."
    )
    assert person.buttons == ["ثبت گزارش", "ویرایش توضیح", "تغییر جا", "تغییر موضوع", "کمک محرمانه", "بازگشت", "انصراف"]
    assert await cases(town) == []
    await person.presses("ثبت گزارش")
    (row,) = await town.run(lambda tx: tx.all("SELECT code, category FROM cases"))
    assert row["category"] == "power"
    assert person.last == (
        f"گزارش شما ثبت شد. سپاسگزاریم.\nکد رهگیری:\n{row['code']}\n"
        "تا یکشنبه ۱۷ آبان منتظر پاسخ شورای پیشرفت محلهٔ شهر هستیم و آن را همین‌جا می‌فرستیم."
    )
    assert await cases(town) == [("problem", "submitted", REPORT)]
    places = await town.run(lambda tx: tx.all("SELECT words FROM words WHERE part = 'place'"))
    assert [row["words"] for row in places] == ["سر کوچه، کنار مسجد"]


@pytest.mark.parametrize("opening", ["/report", "گزارش", "گزارش مشکل"])
async def test_the_question_comes_with_an_example(person: Person, opening: str) -> None:
    await person.says(opening)
    assert person.last == said("report-what")
    assert person.buttons == ["انصراف"]
    await person.says(REPORT)
    assert person.last == said("where")


async def test_a_command_may_bring_the_words_along(person: Person) -> None:
    await person.says(f"/report {REPORT}")
    assert person.last == said("where")


async def test_a_proposal_goes_the_same_way_under_its_own_kind(town: Town, person: Person) -> None:
    await person.presses("پیشنهاد و همکاری")
    assert person.last == said("propose-what")
    await writes(person, "جمعه‌ها با هم بوستان محله را تمیز کنیم")
    await person.presses("ثبت گزارش")
    assert person.last.startswith("پیشنهاد شما ثبت شد. سپاسگزاریم.")
    assert [kind for kind, *_ in await cases(town)] == ["proposal"]


async def test_what_is_no_report_is_said_to_be_so_and_the_question_stays(town: Town, person: Person) -> None:
    await person.says("/report")
    question = person.last
    await person.says("چراغ")
    assert person.last == said("report-short")
    for text in (
        "😀😀😀😀😀😀😀😀😀😀😀😀",
        "\u200b\u200c\u200d\u2060\ufeff" * 9,
        "\u202e\u202d\u2066",
        "... !!! ??? ... !!!",
    ):
        await person.says(text)
        assert person.last == f"{said('words-none')}\n{question}"
        assert person.buttons == ["انصراف"]
    await person.says("ن" * 2001)
    assert person.last == said("report-long", n=2000)
    await person.says(REPORT)
    assert person.last == said("where")
    assert await cases(town) == []


async def test_without_a_question_little_is_not_taken_for_a_report(person: Person) -> None:
    for text in ("چراغ", "😀", "\u200b\u200d", "\u202e\u202d", "...", "/unknown", "/unknown report"):
        await person.says(text)
        assert person.last == said("not-understood")


async def test_a_hundred_thousand_letters_are_refused_at_once(town: Town, person: Person) -> None:
    await person.says("ب" * 100_000)
    assert person.last == "متن شما از ۲۰۰۰ حرف بیشتر است. لطفاً کوتاه‌ترش کنید."
    assert await town.run(lambda tx: tx.all("SELECT 1 AS found FROM talks WHERE draft <> '{}'")) == []


async def test_unseen_characters_go_and_everything_else_stays_as_written(town: Town, person: Person) -> None:
    await writes(person, "\u202eچراغ‌هاي\u202c <b>كوچه</b> *12*\u200b {x}\r\n\r\n\r\n\r\nخاموش_است_😀")
    await person.presses("ثبت گزارش")
    assert [words for *_, words in await cases(town)] == ["چراغ‌های <b>کوچه</b> *12* {x}\n\nخاموش_است_😀"]


# --- looked at --------------------------------------------------------------------------------------------------------


async def test_the_words_are_changed_by_the_button_and_the_way_back_keeps_them(town: Town, person: Person) -> None:
    await writes(person, REPORT)
    await person.presses("ویرایش توضیح")
    assert person.last == said("report-what")
    assert person.buttons == ["بازگشت", "انصراف"]
    await person.presses("بازگشت")
    assert person.last == review(REPORT)
    await person.presses("ویرایش توضیح")
    await person.says(OTHER)
    assert person.last == review(OTHER)
    await person.presses("ثبت گزارش")
    assert await cases(town) == [("problem", "submitted", OTHER)]


async def test_words_at_the_review_are_added_to_those_before(town: Town, person: Person) -> None:
    await writes(person, REPORT)
    await person.says(OTHER)
    assert person.last == review(f"{REPORT}\n{OTHER}")
    await person.says("ن" * 2000)
    assert person.last == said("report-long", n=2000)
    await person.presses("ثبت گزارش")
    assert await cases(town) == [("problem", "submitted", f"{REPORT}\n{OTHER}")]


async def test_the_place_is_changed_and_the_way_back_keeps_it(person: Person) -> None:
    await person.says(REPORT)
    await person.says("کنار مسجد")
    await person.presses("نمی‌دانم")
    await person.presses("تغییر جا")
    assert person.last == said("where")
    await person.presses("بازگشت")
    assert person.last == review(REPORT, where="کنار مسجد")
    await person.presses("تغییر جا")
    await person.says("روبه‌روی مدرسه")
    assert person.last == review(REPORT, where="روبه‌روی مدرسه")
    await person.presses("تغییر جا")
    await person.presses("بدون نشانی")
    assert person.last == review(REPORT)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("ن" * 201, "نشانی را کوتاه‌تر، حداکثر در ۲۰۰ حرف، بنویسید."),
        ("😀", f"{said('words-none')}\n{said('where')}"),
        ("\u200b", f"{said('words-none')}\n{said('where')}"),
    ],
)
async def test_what_is_no_address_is_said_to_be_so_and_the_question_stays(
    person: Person, typed: str, answer: str
) -> None:
    await person.says(REPORT)
    await person.says(typed)
    assert person.last == answer
    assert person.buttons == ["بدون نشانی", "انصراف"]
    await person.says("ن" * 200)
    assert person.last == said("category")


async def test_the_topic_is_changed_and_the_way_back_keeps_it(town: Town, person: Person) -> None:
    await person.says(REPORT)
    await person.presses("بدون نشانی")
    await person.presses("خیابان و کوچه")
    await person.presses("تغییر موضوع")
    assert person.last == said("category")
    await person.presses("بازگشت")
    assert person.last == review(REPORT, category="roads")
    await person.presses("تغییر موضوع")
    await person.presses("برق و روشنایی")
    assert person.last == review(REPORT, category="power")
    await person.presses("ثبت گزارش")
    assert await town.run(lambda tx: [row["category"] for row in tx.all("SELECT category FROM cases")]) == ["power"]


async def test_every_topic_is_within_reach_and_a_forged_one_is_not_taken(town: Town, person: Person) -> None:
    await person.says(REPORT)
    await person.presses("بدون نشانی")
    few = person.buttons
    await person.presses("موضوع‌های بیشتر")
    every = {TEXTS.render("fa", f"category-{code}", {})[0].text for code in CATEGORIES if code != "other"}
    assert len(few) == 8 + 4
    assert person.buttons[:2] == few[:2], "those that the words speak of stay first"
    assert sorted(person.buttons) == sorted([*every, "نمی‌دانم", "بازگشت", "انصراف"])
    serial = person.data_of("نمی‌دانم").split(":")[1]
    for forged in ("nonsense", "", "other:x"):
        await person.forges(f"c:{serial}:category:{forged}")
        assert person.last == said("not-understood")
    await person.presses("فرهنگ و ورزش")
    assert person.last == review(REPORT, category="culture")


async def test_words_are_no_topic_and_the_question_stays(person: Person) -> None:
    await person.says(REPORT)
    await person.presses("بدون نشانی")
    await person.says("نمی‌دانم کدام است")
    assert person.last == said("not-understood")
    await person.presses("نمی‌دانم")
    assert person.last == review(REPORT)


async def test_pressed_twice_it_is_one_case(town: Town, person: Person) -> None:
    await writes(person, REPORT)
    submit = person.data_of("ثبت گزارش")
    await person.forges(submit)
    await person.forges(submit)
    assert person.last == "این دکمه دیگر کار نمی‌کند. لطفاً دکمه‌های پایین صفحه را بزنید."
    assert len(await cases(town)) == 1


async def test_the_button_of_an_earlier_review_submits_nothing(town: Town, person: Person) -> None:
    await writes(person, REPORT)
    earlier = person.data_of("ثبت گزارش")
    await person.says(OTHER)
    town.sandbox.press("telegram", person.id, data=earlier)
    await town.quiet()
    assert person.last == said("button-old")
    assert await cases(town) == []
    await person.presses("ثبت گزارش")
    assert await cases(town) == [("problem", "submitted", f"{REPORT}\n{OTHER}")]


async def test_pressed_twice_at_once_it_is_one_case(town: Town, person: Person) -> None:
    await writes(person, REPORT)
    for _ in range(2):
        town.sandbox.press("telegram", person.id, "ثبت گزارش")
    await town.quiet()
    assert len(await cases(town)) == 1
    assert sum("کد رهگیری" in text for text in person.heard) == 1


async def test_cancelled_nothing_is_submitted(town: Town, person: Person) -> None:
    await writes(person, REPORT)
    await person.presses("انصراف")
    assert person.last == "انصراف دادید؛ چیزی ثبت نشد."
    await person.says(REPORT)
    await person.says("لغو")
    assert person.last == "انصراف دادید؛ چیزی ثبت نشد."
    assert await cases(town) == []
    assert await town.run(lambda tx: tx.all("SELECT 1 AS found FROM talks")) == []


async def test_nobody_sees_another_persons_review(town: Town, person: Person) -> None:
    await writes(person, REPORT)
    submit = person.data_of("ثبت گزارش")
    other = town.person("telegram", 1002)
    await other.settles()
    await other.forges(submit)
    assert other.last == said("button-old")
    assert await cases(town) == []


async def test_five_a_day_are_taken_and_the_next_when_the_first_is_a_day_old(town: Town, person: Person) -> None:
    for number in range(5):
        await person.reports(f"{REPORT}، بار {number}")
        town.clock.move(3600)
    await writes(person, OTHER)
    await person.presses("ثبت گزارش")
    # Five hours after the first one: the next may come when that is a day old.
    assert person.last == (
        "امروز ۵ گزارش ثبت کرده‌اید. برای گزارش بعدی لطفاً تا فردا، ۹:۳۰ صبح (۰۹:۳۰) صبر کنید. "
        "موضوع فوری است؟ «شماره‌های ضروری» را ببینید."
    )
    assert len(await cases(town)) == 5
    other = town.person("telegram", 1002)
    await other.settles()
    await other.reports(OTHER)
    # The review stands as it was, so that nothing has to be written twice.
    town.clock.move(19 * 3600)
    await person.presses("ثبت گزارش")
    assert person.last.startswith("گزارش شما ثبت شد.")
    assert len(await cases(town)) == 7


# --- before joining ---------------------------------------------------------------------------------------------------


async def newcomer(town: Town) -> Person:
    """Somebody who has agreed and belongs to no neighbourhood yet."""
    person = town.person("telegram", 1002)
    await person.says("/start")
    await person.presses("می‌پذیرم")
    await person.presses("انصراف")
    return person


async def test_before_joining_it_goes_through_the_lists_and_comes_back(town: Town) -> None:
    person = await newcomer(town)
    await person.says(REPORT)
    await person.presses("بدون نشانی")
    assert person.heard[-2:] == [said("report-join-first"), said("join-county")]
    await person.presses("کرمان")
    await person.presses("محلهٔ شهر")
    assert person.heard[-2:] == [said("joined", neighborhood="محلهٔ شهر"), said("category")]
    await person.presses("نمی‌دانم")
    await person.presses("ثبت گزارش")
    assert await cases(town) == [("problem", "submitted", REPORT)]


async def test_who_leaves_the_lists_finds_the_draft_in_the_menu(town: Town) -> None:
    person = await newcomer(town)
    await person.says(REPORT)
    await person.presses("بدون نشانی")
    await person.presses("انصراف")
    await person.says("/menu")
    assert person.last == said("draft-offer", title=REPORT)
    await person.presses("ادامه")
    await person.presses("نمی‌دانم")
    await person.presses("ثبت گزارش")
    assert person.last == said("join-county"), "without a place there is nobody to send it to"
    await person.presses("کرمان")
    await person.presses("محلهٔ شهر")
    await person.presses("ثبت گزارش")
    assert await cases(town) == [("problem", "submitted", REPORT)]


# --- drafts -----------------------------------------------------------------------------------------------------------


async def test_a_command_in_the_middle_keeps_the_draft_and_the_menu_offers_it(town: Town, person: Person) -> None:
    await writes(person, REPORT)
    await person.says("/track")
    assert person.heard[-2:] == [
        "نوشتهٔ نیمه‌کارهٔ شما تا شنبه ۱۶ آبان نگه داشته می‌شود، اما هنوز ثبت نشده است.",
        said("track-ask"),
    ]
    await person.says("/menu")
    assert person.heard[-2:] == [said("menu"), f"یک نوشتهٔ نیمه‌کاره دارید:\n«{REPORT}»\nادامه می‌دهید؟"]
    assert person.buttons == ["ادامه", "از نو", "پاک کردن"]
    await person.presses("ادامه")
    assert person.last == review(REPORT)
    await person.presses("ثبت گزارش")
    assert await cases(town) == [("problem", "submitted", REPORT)]
    await person.says("/menu")
    assert person.last == said("menu")


async def test_what_only_answers_leaves_the_question_open(person: Person) -> None:
    await writes(person, REPORT)
    await person.says("/help")
    await person.says("/numbers")
    await person.presses("ثبت گزارش")
    # The review itself becomes the receipt, where it stands.
    assert [text.split(".")[0] for text in person.heard[-3:]] == [
        "گزارش شما ثبت شد",
        said("help").split(".")[0],
        said("numbers").split(".")[0] + person.last.removeprefix(said("numbers")),
    ]


async def test_the_menu_offers_what_is_still_open_too(town: Town, person: Person) -> None:
    await writes(person, REPORT)
    await person.says("/menu")
    assert person.last == said("draft-offer", title=REPORT)
    await person.presses("ادامه")
    assert person.last == review(REPORT)
    await person.presses("ثبت گزارش")
    assert len(await cases(town)) == 1


async def test_a_draft_is_begun_anew(town: Town, person: Person) -> None:
    await writes(person, REPORT)
    await person.says("/track")
    await person.says("/report")
    assert person.last == said("draft-offer", title=REPORT)
    await person.presses("از نو")
    assert person.last == said("report-what")
    await writes(person, OTHER)
    await person.presses("ثبت گزارش")
    assert await cases(town) == [("problem", "submitted", OTHER)]


async def test_a_draft_is_thrown_away(town: Town, person: Person) -> None:
    await writes(person, REPORT)
    await person.says("/track")
    await person.says("/menu")
    await person.presses("پاک کردن")
    assert person.last == "نوشتهٔ نیمه‌کاره پاک شد."
    await person.says("/menu")
    assert person.last == said("menu")
    assert await cases(town) == []


async def test_the_offer_of_a_draft_that_is_gone_is_an_old_button(person: Person) -> None:
    await writes(person, REPORT)
    await person.says("/menu")
    await person.presses("پاک کردن")
    await person.forges("a:report.resume:")
    assert person.last == said("button-old")


async def test_an_unfinished_report_closes_after_three_days_with_a_word(town: Town, person: Person) -> None:
    await writes(person, REPORT)
    await town.passes(2 * 86400)
    assert person.last == review(REPORT)
    await person.says(OTHER)  # it moved, so it gets its full time again
    await town.passes(2 * 86400)
    assert person.last == review(f"{REPORT}\n{OTHER}")
    await town.passes(86400 + 60)
    assert person.last == ("این گفت‌وگو نیمه‌کاره مانده بود و بسته شد. نوشته‌های شما ثبت نشده است. از نو شروع می‌کنید؟")
    assert person.buttons == ["از نو", "نه"]
    assert await town.run(lambda tx: tx.all("SELECT 1 AS found FROM talks")) == []
    await person.presses("از نو")
    assert person.last == said("report-what")


async def test_a_kept_draft_lasts_as_long_as_it_was_promised(town: Town, person: Person) -> None:
    await writes(person, REPORT)
    town.clock.move(20 * 3600)
    await person.says("/track")
    promised = Moment(START.replace(day=START.day + 3), "day_words")
    assert person.heard[-2] == said("draft-kept", date=promised)
    await town.passes(2 * 86400 + 4 * 3600 - 120)
    await person.says("/menu")
    assert person.last == said("draft-offer", title=REPORT)
    await town.passes(300)
    assert person.last == said("talk-closed")


async def test_words_join_a_draft_that_waits(town: Town, person: Person) -> None:
    await writes(person, REPORT)
    await person.says("/track")
    await person.presses("انصراف")
    await person.says(OTHER)
    assert person.last == review(f"{REPORT}\n{OTHER}")
    await person.presses("ثبت گزارش")
    assert await cases(town) == [("problem", "submitted", f"{REPORT}\n{OTHER}")]


async def test_a_draft_that_waits_goes_on_where_something_is_missing(town: Town, person: Person) -> None:
    await person.says("/report")
    town.sandbox.location("telegram", person.id, 30.28, 57.08)
    await town.quiet()
    assert person.last == said("report-what")
    await person.says("/track")
    await person.presses("انصراف")
    await person.says(OTHER)
    assert person.last == said("category")


@pytest.mark.parametrize("at", range(6))
async def test_a_restart_between_any_two_steps_changes_nothing(town: Town, person: Person, at: int) -> None:
    async def pause(step: int) -> None:
        if step == at:
            await town.restart()

    await person.says("/report")
    await pause(0)
    await person.says(OTHER)
    await pause(1)
    await person.presses("بدون نشانی")
    await pause(2)
    await person.presses("نمی‌دانم")
    await pause(3)
    await person.presses("ویرایش توضیح")
    await pause(4)
    await person.says(REPORT)
    await pause(5)
    await person.presses("ثبت گزارش")
    assert await cases(town) == [("problem", "submitted", REPORT)]
    assert sum("کد رهگیری" in text for text in person.heard) == 1


# --- other kinds of message -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", [True, False], ids=["asked", "unasked"])
async def test_what_is_not_taken_is_answered_with_what_is(town: Town, person: Person, asked: bool) -> None:
    if asked:
        await person.says("/report")
    for kind in ("document", "sticker", "contact"):
        before = len(person.heard)
        getattr(town.sandbox, kind)("telegram", person.id)
        await town.quiet()
        assert person.heard[before:] == ["اینجا این نوع پیام را نمی‌پذیریم. لطفاً همین را در چند کلمه بنویسید."], kind
    await person.says(REPORT)
    assert person.last == said("where")


async def test_an_edited_message_changes_nothing(town: Town, person: Person) -> None:
    written = town.sandbox.say("telegram", person.id, REPORT)
    await town.quiet()
    before = person.heard
    town.sandbox.edit("telegram", person.id, written, OTHER)
    await town.quiet()
    assert person.heard == before
    await person.presses("بدون نشانی")
    await person.presses("نمی‌دانم")
    await person.presses("ثبت گزارش")
    assert await cases(town) == [("problem", "submitted", REPORT)]


async def test_in_a_group_a_command_is_answered_with_the_way_in_and_talk_is_left_alone(town: Town) -> None:
    town.sandbox.say("telegram", 1001, REPORT, chat=-500)
    town.sandbox.say("telegram", 1001, "/report", chat=-500)
    town.sandbox.photo("telegram", 1001, chat=-500)
    await town.quiet()
    lines = [line for line in town.sandbox.transcript("telegram", -500) if line["from"] == "bot"]
    assert [line["text"].split("\n")[0] for line in lines] == [
        "ربات محله‌یار در گفت‌وگوی خصوصی کار می‌کند. لطفاً از این نشانی وارد شوید:"
    ]
    assert await cases(town) == []


async def test_the_receipt_reads_the_same_in_english(person: Person) -> None:
    await person.says("/settings")
    await person.presses("English")
    await person.says(REPORT)
    await person.presses(TEXTS.render("en", "where.none", {})[0].text)
    await person.presses(TEXTS.render("en", "category.unknown", {})[0].text)
    await person.presses(TEXTS.render("en", "review.submit", {})[0].text)
    code = next(line for line in person.last.splitlines() if line.isdigit())
    assert person.last == said(
        "submitted",
        "en",
        kind="problem",
        code=Code(code),
        due=Moment(START.replace(day=8), "day_words"),
        holder=Key("holder-council", {"neighborhood": "محلهٔ شهر"}),
    )
