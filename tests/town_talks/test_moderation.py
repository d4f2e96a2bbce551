"""Moderation through the front door: ask, move, redact, hide, reject by voice, and who is told what."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.settings import Work
from domain.cases import Move, State
from domain.permissions import Role
from storage import cases, inbox, media, outbox, public
from storage.cases import Case
from tests.storage.conftest import drop_database, new_database
from tests.town import Person, Town, make_town, plain

TEXT = "چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است"
DAY = 86_400


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'data' / 'town.db'}"
        return
    name = new_database()
    yield f"postgresql:///{name}"
    drop_database(name)


@pytest.fixture
async def town(tmp_path: Path, url: str) -> AsyncIterator[Town]:
    async with make_town(tmp_path, url) as opened:
        yield opened
        assert await opened.app.database.read(inbox.count_parked) == 0
        assert await opened.app.database.read(outbox.parked) == []


async def staff(town: Town, number: int, where: str = "kerman/n1", *, on: str = "telegram") -> Person:
    role = Role.COORDINATOR if "/" in where else Role.COUNTY_OFFICER
    person = town.person(on, number)
    await person.says("/start")
    await person.presses("می‌پذیرم")
    await person.says("لغو")
    await town.grant(person, role, where)
    return person


async def resident(town: Town, number: int = 1001, *, on: str = "bale") -> Person:
    person = town.person(on, number)
    await person.settles()
    return person


async def report(person: Person, text: str = TEXT, *, photo: bool = False) -> str:
    if photo:
        person.town.sandbox.photo(person.platform, person.id)
        await person.town.quiet()
    else:
        await person.says(text)
    await person.presses("بدون نشانی")
    await person.presses("نمی‌دانم")
    if photo:
        await person.says(text)
    await person.presses("ثبت گزارش")
    return next(line for line in person.last.splitlines() if line.isdigit() and line.isascii())


async def case_of(town: Town, code: str) -> Case:
    found = await town.run(lambda tx: cases.by_code(tx, code))
    assert found is not None
    return found


async def moves(town: Town, code: str) -> list[Move]:
    case = await case_of(town, code)
    return [step.move for step in await town.run(lambda tx: cases.history(tx, case.id))]


def own_line(person: Person, part: str) -> str:
    """The newest message that holds this."""
    return next(said for said in reversed(person.heard) if part in said)


# --- ask ----------------------------------------------------------------------------------------------------------


async def test_a_question_is_asked_and_answered_by_its_button(town: Town) -> None:
    coordinator, who = await staff(town, 1003), await resident(town)
    code = await report(who)
    assert coordinator.buttons == ["پذیرش", "پرسیدن", "رد با دلیل", "بیشتر"]
    before = await case_of(town, code)
    await coordinator.presses("پرسیدن")
    await coordinator.says("نام خیابان چیست؟")
    assert who.last == (
        f"شورای پیشرفت محلهٔ شهر دربارهٔ نوشتهٔ شما پرسشی دارد:\n«{TEXT}»\nپرسش: «نام خیابان چیست؟»\n"
        "پاسخ را همین‌جا بنویسید یا بگویید. اگر تا چهارشنبه ۲۰ آبان پاسخی نرسد، با همین اطلاعات تصمیم گرفته می‌شود."
    )
    assert "منتظر شهروند" in own_line(coordinator, code)
    await who.presses("پاسخ")
    await who.says("خیابان مهر")
    assert who.last.startswith("سپاسگزاریم. پاسخ شما رسید:")
    case = await case_of(town, code)
    assert case.state is State.UNDER_REVIEW
    assert case.due == before.due, "answered on the day it was asked: nothing of the promise was used up"
    assert "گزارش‌دهنده: «خیابان مهر»" in coordinator.last
    assert await moves(town, code) == [Move.SUBMIT, Move.ASK, Move.ANSWER]


async def test_the_next_text_answers_when_no_draft_is_open_however_short_it_is(town: Town) -> None:
    coordinator, who = await staff(town, 1003), await resident(town)
    code = await report(who)
    await coordinator.says(f"/ask {code} نام خیابان چیست؟")
    await who.says("مهر")
    assert (await case_of(town, code)).state is State.UNDER_REVIEW
    assert "گزارش‌دهنده: «مهر»" in coordinator.last


async def test_an_open_draft_takes_the_text_and_the_question_stays_open(town: Town) -> None:
    coordinator, who = await staff(town, 1003), await resident(town)
    code = await report(who)
    await who.presses("گزارش مشکل") if "گزارش مشکل" in who.buttons else await who.says("گزارش مشکل")
    await coordinator.says(f"/ask {code} نام خیابان چیست؟")
    await who.says("زباله‌ها را نبرده‌اند و بوی بدی می‌آید")
    assert (await case_of(town, code)).state is State.NEEDS_INFO


async def test_a_voice_answers_too_and_reaches_the_coordinator_on_the_other_messenger(town: Town) -> None:
    coordinator, who = await staff(town, 1003), await resident(town)
    code = await report(who)
    await coordinator.says(f"/ask {code} نام خیابان چیست؟")
    town.sandbox.voice("bale", who.id)
    await town.quiet()
    case = await case_of(town, code)
    assert case.state is State.UNDER_REVIEW
    assert [one.kind for one in await town.run(lambda tx: media.of_case(tx, case.id, "answer"))] == ["voice"]
    await town.passes(1)
    await town.passes(3)
    assert "voice" in [line["kind"] for line in coordinator.chat if line["from"] == "bot"]


async def test_a_sign_under_a_photo_takes_nothing_from_the_answer(town: Town) -> None:
    coordinator, who = await staff(town, 1003), await resident(town)
    code = await report(who)
    await coordinator.says(f"/ask {code} عکس دارید؟")
    await who.presses("پاسخ")
    town.sandbox.photo("bale", who.id, caption="👍")
    await town.quiet()
    case = await case_of(town, code)
    assert case.state is State.UNDER_REVIEW
    assert [one.kind for one in await town.run(lambda tx: media.of_case(tx, case.id, "answer"))] == ["photo"]


async def test_two_open_questions_are_told_apart(town: Town) -> None:
    coordinator, who = await staff(town, 1003), await resident(town)
    first, second = await report(who), await report(who, "زباله‌های سر کوچه را سه روز است نبرده‌اند")
    await coordinator.says(f"/ask {first} نام خیابان چیست؟")
    await coordinator.says(f"/ask {second} کدام کوچه؟")
    await who.says("کوچهٔ شمارهٔ دو")
    assert who.last == "پاسخ شما به کدام پرسش است؟"
    await who.presses("زباله‌های سر کوچه را سه روز است…")
    assert [(await case_of(town, code)).state for code in (first, second)] == [State.NEEDS_INFO, State.UNDER_REVIEW]


async def test_no_answer_in_time_brings_it_back_to_those_who_asked(town: Town) -> None:
    coordinator, who = await staff(town, 1003), await resident(town)
    code = await report(who)
    await coordinator.says(f"/ask {code} نام خیابان چیست؟")
    await town.passes(8 * DAY)
    case = await case_of(town, code)
    assert case.state is State.UNDER_REVIEW
    assert case.due is not None
    assert case.due > town.clock.seconds(), "the clock rested while the question was open"
    assert "در مهلت گفته‌شده پاسخی نرسید" in coordinator.last
    assert who.last.startswith("پاسخ شما به پرسش نرسید؛")
    assert await moves(town, code) == [Move.SUBMIT, Move.ASK, Move.TIME_OUT]
    await who.forges(f"a:answer.begin:{code}")
    await who.says("خیابان مهر")
    assert who.last.startswith("به گزارش شما اضافه شد:")


@pytest.mark.parametrize(("question", "taken"), [("؟" * 3, False), ("پ" * 400, True), ("پ" * 401, False)])
async def test_a_question_has_words_and_at_most_four_hundred_letters(town: Town, question: str, taken: bool) -> None:
    coordinator, who = await staff(town, 1003), await resident(town)
    code = await report(who)
    await coordinator.presses("پرسیدن")
    await coordinator.says(question)
    assert ((await case_of(town, code)).state is State.NEEDS_INFO) is taken


# --- who is faster ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "faster", ["accept {}", "reject {} insufficient نشانی دقیق نیست", "ask {} کدام کوچه؟", "move {} kerman/n2"]
)
@pytest.mark.parametrize("slower", ["پذیرش", "پرسیدن", "رد با دلیل", "محلهٔ دیگر", "پنهان کردن", "حساس"])
async def test_of_two_in_one_second_one_wins_and_the_other_is_told(town: Town, faster: str, slower: str) -> None:
    first, second, who = await staff(town, 1003), await staff(town, 1004, on="bale"), await resident(town)
    code = await report(who)
    if slower in {"محلهٔ دیگر", "پنهان کردن", "حساس"}:
        await second.presses("بیشتر")
    await second.presses(slower)
    await first.says(f"/{faster.format(code)}")
    done = await moves(town, code)
    match slower:
        case "پذیرش":
            await second.presses("پذیرش و اعلام")
        case "پرسیدن":
            await second.says("کدام کوچه است؟")
        case "رد با دلیل":
            await second.presses("توضیح کافی نبود")
            await second.presses("همین خوب است")
        case "محلهٔ دیگر":
            await second.presses("خواجه خضر، کرمان" if "خواجه خضر، کرمان" in second.buttons else second.buttons[-2])
            await second.presses("انتقال")
        case "پنهان کردن":
            await second.presses("نام در متن")
            await second.says("چراغ‌های کوچه خاموش است")
        case _:
            await second.presses("حساس است")
    assert "کار شما ثبت نشد" in second.last or "دیگر با شما نیست" in second.last
    assert await moves(town, code) == done
    assert len(done) == 2


# --- move ---------------------------------------------------------------------------------------------------------


async def test_a_case_moves_to_the_right_neighbourhood_and_everybody_knows_where_it_is(town: Town) -> None:
    here, there, who = await staff(town, 1003), await staff(town, 1004, "kerman/n2"), await resident(town)
    code = await report(who)
    await here.presses("بیشتر")
    await here.presses("محلهٔ دیگر")
    await here.says("مطهری")
    await here.presses("انتقال")
    assert who.last == (
        f"گزارش شما به محلهٔ دیگری مربوط است و به آنجا منتقل شد:\n«{TEXT}»\nمحله: شهرک مطهری\n"
        "کد رهگیری همان است؛ تا یکشنبه ۱۷ آبان منتظر پاسخ شورای پیشرفت شهرک مطهری هستیم."
    )
    assert there.last.startswith("گزارش تازه در شهرک مطهری")
    assert f"«{TEXT}»\nبه شهرک مطهری منتقل شد و دیگر با شما نیست." in here.heard
    case = await case_of(town, code)
    assert (case.path, case.state) == ("/kerman/city/n2/", State.SUBMITTED)
    # What happens to it there is no longer shown here.
    await there.presses("پذیرش")
    await there.presses("پذیرش و اعلام")
    assert f"«{TEXT}»\nبه شهرک مطهری منتقل شد و دیگر با شما نیست." in here.heard
    await here.says(f"/case {code}")
    assert here.last.startswith("این گزارش به محلهٔ دیگری منتقل شده است")


async def test_a_case_is_moved_in_one_message_by_a_name_or_as_it_is_written(town: Town) -> None:
    coordinator, who = await staff(town, 1003), await resident(town)
    first, second = await report(who), await report(who, "زباله‌های سر کوچه را سه روز است نبرده‌اند")
    await coordinator.says(f"/move {first} kerman/n2")
    await coordinator.says(f"/move {second} خواجه خضر")
    assert [(await case_of(town, code)).path for code in (first, second)] == ["/kerman/city/n2/", "/kerman/city/n3/"]
    await coordinator.says(f"/move {first} kerman/n3")
    assert coordinator.last.startswith("این گزارش به محلهٔ دیگری منتقل شده است")


async def test_it_is_not_moved_where_it_is_already_nor_where_nothing_is(town: Town) -> None:
    coordinator, who = await staff(town, 1003), await resident(town)
    code = await report(who)
    await coordinator.says(f"/move {code} kerman/n1")
    assert coordinator.last == "این گزارش همین حالا هم در محلهٔ شهر است."
    await coordinator.says(f"/move {code} ناکجاآباد")
    assert "را پیدا نکردیم" in coordinator.last
    assert await moves(town, code) == [Move.SUBMIT]


# --- redact -------------------------------------------------------------------------------------------------------


async def test_a_name_is_hidden_and_the_original_words_are_gone(town: Town) -> None:
    coordinator, who = await staff(town, 1003), await resident(town)
    code = await report(who, "آقای قنبرزاده زباله‌اش را در کوچه می‌ریزد")
    await coordinator.presses("بیشتر")
    await coordinator.presses("پنهان کردن")
    await coordinator.presses("نام در متن")
    assert "«آقای قنبرزاده زباله‌اش را در کوچه می‌ریزد»" in coordinator.last
    await coordinator.says("یک نفر زباله‌اش را در کوچه می‌ریزد")
    assert who.last == (
        "«یک نفر زباله‌اش را در کوچه می‌ریزد»\n"
        "در گزارش شما نام یک نفر بود؛ برای حفظ حریم افراد آن را پنهان کردیم. بقیهٔ گزارش سر جایش است و لازم نیست "
        "کاری بکنید."
    )
    case = await case_of(town, code)
    assert (case.state, case.text) == (State.SUBMITTED, "یک نفر زباله‌اش را در کوچه می‌ریزد")
    assert await moves(town, code) == [Move.SUBMIT, Move.REDACT]
    assert "قنبرزاده" not in own_line(coordinator, "گزارش تازه در محلهٔ شهر")

    def anywhere(tx: object) -> list[str]:
        found = []
        for table in ("words", "bodies", "talks", "inbox", "outbox"):
            for row in tx.all(f"SELECT * FROM {table}"):  # type: ignore[attr-defined]  # noqa: S608 - our own names
                if "قنبرزاده" in str(tuple(row)) or "\\u0642\\u0646\\u0628\\u0631" in str(tuple(row)):
                    found.append(table)
        return found

    assert await town.run(anywhere) == []


async def test_a_hidden_photo_is_shown_to_nobody_any_more(town: Town) -> None:
    coordinator, who = await staff(town, 1003), await resident(town)
    code = await report(who, photo=True)
    await town.passes(1)
    await town.passes(3)
    await coordinator.presses("بیشتر")
    await coordinator.presses("پنهان کردن")
    await coordinator.presses("عکس ۱")
    await town.passes(3)
    await coordinator.presses("پلاک خودرو")
    assert "در گزارش شما پلاک خودرو بود؛" in who.last
    case = await case_of(town, code)
    assert await town.run(lambda tx: media.of_case(tx, case.id)) == []


# --- sensitive ----------------------------------------------------------------------------------------------------


async def test_a_sensitive_case_is_hidden_everywhere_and_its_reporter_gets_help(town: Town) -> None:
    coordinator, colleague = await staff(town, 1003), await staff(town, 1004, on="bale")
    who = await resident(town)
    code = await report(who, photo=True)
    await town.passes(1)
    await town.passes(3)
    await coordinator.presses("بیشتر")
    await coordinator.presses("حساس")
    assert "موظفید" in coordinator.last
    await coordinator.presses("حساس است")
    assert coordinator.last.startswith("پنهان شد و شماره‌های کمک را")
    assert "موظفید" in coordinator.last
    assert who.last.startswith("این موضوع شاید به کمک فوری و محرمانه نیاز داشته باشد.")
    assert "۱۲۳" in who.last
    for one in (coordinator, colleague):
        assert "گزارشی در محلهٔ شهر حساس شناخته شد و پنهان است." in one.heard
        assert not any(TEXT in said for said in one.heard if "گزارش تازه" in said)
        await one.says(f"/case {code}")
        assert TEXT not in one.last
        await one.says("/queue")
        assert one.last == "گزارش تازه‌ای نیست."
    await who.says("/mine")
    assert who.last == "هنوز گزارشی ثبت نکرده‌اید."
    await who.says(f"/track {code}")
    assert who.last.startswith("این گزارش برای حفظ حریم افراد پنهان شده است")
    case = await case_of(town, code)
    assert case.private
    await town.passes(2)
    states = await town.run(lambda tx: [row["state"] for row in tx.all("SELECT state FROM media")])
    assert states == ["gone"]
    await colleague.says(f"/accept {code}")
    assert colleague.last == "این گزارش حساس شناخته شد و پنهان است؛ کار شما ثبت نشد."


async def test_a_card_that_waits_for_the_morning_shows_nothing_of_what_was_hidden_at_night(town: Town) -> None:
    coordinator, officer, who = await staff(town, 1003), await staff(town, 1004, "kerman"), await resident(town)
    town.clock.move(14 * 3600)  # half past eleven at night in Tehran
    code = await report(who)
    before = len(coordinator.heard)
    await officer.says(f"/case {code}")
    await officer.presses("بیشتر")
    await officer.presses("حساس")
    await officer.presses("حساس است")
    await town.passes(10 * 3600)
    assert not any(TEXT in said for said in coordinator.heard[before:])


# --- reject by voice ----------------------------------------------------------------------------------------------


async def test_a_rejection_is_explained_by_voice(town: Town) -> None:
    coordinator, who = await staff(town, 1003), await resident(town)
    code = await report(who)
    await coordinator.presses("رد با دلیل")
    await coordinator.presses("توضیح کافی نبود")
    town.sandbox.voice("telegram", coordinator.id)
    await town.quiet()
    await town.passes(1)
    await town.passes(3)
    assert (await case_of(town, code)).state is State.REJECTED
    assert [line["kind"] for line in who.chat if line["from"] == "bot"][-2:] == ["voice", "text"]
    assert "توضیح: در عکس یا صدای پیوست" in who.last


# --- withdraw -----------------------------------------------------------------------------------------------------


async def test_a_report_is_taken_back_by_its_reporter_only(town: Town) -> None:
    coordinator, who, other = await staff(town, 1003), await resident(town), await resident(town, 1002)
    code = await report(who)
    await other.forges(f"a:withdraw.begin:{code}")
    assert other.last.startswith("گزارشی با این کد پیدا نشد.")
    before = len(coordinator.heard)
    await who.says(f"/track {code}")
    assert who.buttons == ["افزودن توضیح", "پس گرفتن", "گزارش‌های من"]
    await who.presses("پس گرفتن")
    await who.presses("پس گرفتن")
    assert who.last == f"گزارش را پس گرفتید و دیگر پیگیری نمی‌شود:\n«{TEXT}»"
    assert (await case_of(town, code)).state is State.WITHDRAWN
    assert len(coordinator.heard) == before, "the card changes where it stands"
    assert "گزارش‌دهنده آن را پس گرفت" in coordinator.last
    await who.says("/mine")
    assert who.last.splitlines()[-1].endswith("پایان: پس گرفته شد")


# --- the public copy ----------------------------------------------------------------------------------------------


async def test_the_public_copy_is_written_at_acceptance_in_edited_words(town: Town) -> None:
    coordinator, who = await staff(town, 1003), await resident(town)
    code = await report(who, photo=True)
    await town.passes(1)
    await town.passes(3)
    await coordinator.presses("پذیرش")
    assert f"اهالی می‌خوانند: «{TEXT}»" in coordinator.last
    await coordinator.presses("متن عمومی")
    await coordinator.says("روشنایی کوچهٔ ۱۲")
    await coordinator.presses("عکس عمومی")
    await coordinator.presses("نمایش عکس ۱")
    await coordinator.presses("همین خوب است")
    assert "عکس برای اهالی: ۱ از ۱" in coordinator.last
    await coordinator.presses("پذیرش و اعلام")
    case = await case_of(town, code)
    copy = await town.run(lambda tx: public.of(tx, case.id))
    assert copy is not None
    assert copy.title == "روشنایی کوچهٔ ۱۲"
    assert len(await town.run(lambda tx: public.released(tx, case.id))) == 1


async def test_neighbours_see_the_public_copy_and_join_it_once(town: Town) -> None:
    coordinator, who, neighbour = await staff(town, 1003), await resident(town), await resident(town, 1002)
    code = await report(who)
    await neighbour.says("/issues")
    assert neighbour.last == "در محلهٔ شهر هنوز گزارشی در حال پیگیری نیست."
    await neighbour.says(f"/track {code}")
    assert neighbour.last.startswith("گزارشی با این کد پیدا نشد.")
    await coordinator.presses("پذیرش")
    await coordinator.presses("متن عمومی")
    await coordinator.says("روشنایی کوچهٔ ۱۲")
    await coordinator.presses("پذیرش و اعلام")
    await neighbour.says("/issues")
    assert neighbour.last == "یک گزارش از محلهٔ شهر در حال پیگیری است:\n«روشنایی کوچهٔ ۱۲»؛ خبر بعدی تا یکشنبه ۲۴ آبان"
    await neighbour.presses("روشنایی کوچهٔ ۱۲")
    assert TEXT not in neighbour.last
    await neighbour.presses("برای من هم")
    assert neighbour.last.startswith("شما هم به این گزارش پیوستید")
    await neighbour.forges(f"a:issues.same:{code}")
    assert neighbour.last.startswith("خبر این گزارش از پیش به شما می‌رسد:")
    assert "یک نفر دیگر هم همین مشکل را دارد." not in who.last
    await coordinator.says(f"/case {code}")
    assert "یک نفر دیگر هم همین مشکل را دارد." in coordinator.last
    await neighbour.says("/mine")
    assert "«روشنایی کوچهٔ ۱۲» — پیگیری با شورای پیشرفت محلهٔ شهر" in neighbour.last
    assert not any(TEXT in said for said in neighbour.heard)
    # Every later news reaches them, in the public words.
    await who.forges(f"a:withdraw.begin:{code}")
    await who.presses("پس گرفتن")
    assert "«روشنایی کوچهٔ ۱۲»" in neighbour.last
    await neighbour.says("/issues")
    assert neighbour.last == "در محلهٔ شهر هنوز گزارشی در حال پیگیری نیست."


async def test_what_is_accepted_without_showing_it_is_seen_by_nobody_else(town: Town) -> None:
    coordinator, who, neighbour = await staff(town, 1003), await resident(town), await resident(town, 1002)
    code = await report(who)
    await coordinator.presses("پذیرش")
    await coordinator.presses("بدون نمایش")
    await coordinator.presses("پذیرش و اعلام")
    await neighbour.says(f"/track {code}")
    assert neighbour.last.startswith("گزارشی با این کد پیدا نشد.")


# --- cards and the queue ------------------------------------------------------------------------------------------


async def test_cards_are_collected_for_the_hours_one_chooses(town: Town) -> None:
    coordinator, colleague, who = await staff(town, 1003), await staff(town, 1004), await resident(town)
    await coordinator.says("/queue")
    await coordinator.presses("زمان خبر دادن")
    await coordinator.presses("ساعت ۸ و ۱۷")
    assert coordinator.last == "از این به بعد گزارش‌های تازه یک‌جا، ساعت ۸ و ۱۷، به شما می‌رسد."
    await report(who)
    await report(who, "زباله‌های سر کوچه را سه روز است نبرده‌اند")
    assert coordinator.last.startswith("از این به بعد")
    assert colleague.last.startswith("گزارش تازه در")
    await town.passes(8 * 3600)
    assert coordinator.last == "سلام. از امروز، ۹:۳۰ صبح (۰۹:۳۰) تا حالا ۲ گزارش برایتان جمع شده است."
    await coordinator.presses("دیدن گزارش‌ها")
    assert coordinator.last.startswith("۲ گزارش منتظر نظر شماست")
    heard = len(coordinator.heard)
    await town.passes(DAY)
    assert len(coordinator.heard) == heard, "nothing came, so nothing is said"
    await coordinator.says("زمان خبر دادن")
    await coordinator.presses("همان لحظه")
    await report(who, "جدول خیابان شکسته و آب جمع شده است")
    assert coordinator.last.startswith("گزارش تازه در")


async def test_the_queue_is_filtered_and_says_what_it_leaves_out(town: Town) -> None:
    coordinator, who = await staff(town, 1003), await resident(town)
    await report(who)
    await coordinator.says("/queue")
    await coordinator.presses("فقط پیشنهادها")
    assert coordinator.last == "گزارشی از این دسته منتظر نیست.\nفقط پیشنهادها"
    await coordinator.presses("همهٔ گزارش‌ها")
    assert coordinator.last == f"یک گزارش منتظر نظر شماست:\n«{TEXT}»؛ مهلت پاسخ: یکشنبه ۱۷ آبان"
    await coordinator.presses("مهلت گذشته")
    assert coordinator.last.startswith("گزارشی از این دسته منتظر نیست.")
    await town.passes(6 * DAY)
    await coordinator.presses("همهٔ گزارش‌ها")
    await coordinator.presses("موضوع‌ها")
    await coordinator.presses("سایر: ۱")
    assert coordinator.last == f"یک گزارش منتظر نظر شماست:\nفقط موضوع: سایر\n«{TEXT}»؛ مهلت گذشته: یکشنبه ۱۷ آبان"


async def test_more_opens_the_rest_under_the_same_card(town: Town) -> None:
    coordinator, who = await staff(town, 1003), await resident(town)
    await report(who)
    before = len(coordinator.heard)
    await coordinator.presses("بیشتر")
    assert len(coordinator.heard) == before
    assert coordinator.buttons == ["پذیرش", "پرسیدن", "رد با دلیل", "محلهٔ دیگر", "پنهان کردن", "حساس"]
    assert plain(coordinator.last).startswith("گزارش تازه در محلهٔ شهر")


@pytest.mark.parametrize(("days", "promised"), [(7, "یکشنبه ۲۴ آبان"), (3, "دوشنبه ۱۸ آبان"), (1, "شنبه ۱۶ آبان")])
async def test_the_proposed_date_of_the_next_step_is_a_setting(town: Town, days: int, promised: str) -> None:
    if days != 7:
        town.settings = town.settings.model_copy(update={"work": Work(next_step_days=days)})
        await town.restart()
    officer, person = await staff(town, 1003), await resident(town)
    await report(person)
    await officer.presses("پذیرش")
    assert f"تا {promised}" in officer.last
    await officer.presses("پذیرش و اعلام")
    assert f"تا {promised}" in person.last
