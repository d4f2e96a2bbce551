"""Deciding about a case: accept with step and date, reject with reason and explanation, and who was first."""

from __future__ import annotations

import pytest

from domain.cases import Reason
from domain.jalali import from_jalali
from domain.moments import Moment
from domain.permissions import Role
from domain.richtext import Code, Key
from storage import people
from storage.tx import Tx
from tests.sentences import TEXTS, said
from tests.town import Person, Town

REPORT = "چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است"
COUNCIL = Key("holder-council", {"neighborhood": "محلهٔ شهر"})
PROPOSED = "بررسی در جلسهٔ شورا و اعلام نتیجه"


@pytest.fixture
async def person(town: Town) -> Person:
    person = town.person("telegram", 1001)
    await person.settles()
    return person


@pytest.fixture
async def coordinator(town: Town) -> Person:
    return await officer(town, 1003)


async def officer(town: Town, number: int, role: Role = Role.COORDINATOR, place: str = "kerman/n1") -> Person:
    staff = town.person("telegram", number)
    await staff.settles("شهرک مطهری")
    await town.grant(staff, role, place)
    return staff


async def moves(town: Town) -> list[tuple[str, str | None]]:
    rows = await town.run(lambda tx: tx.all("SELECT move, reason FROM moves ORDER BY id"))
    return [(row["move"], row["reason"]) for row in rows]


async def words(town: Town, part: str) -> list[str]:
    rows = await town.run(lambda tx: tx.all("SELECT words FROM words WHERE part = :part ORDER BY id", part=part))
    return [row["words"] for row in rows]


async def name(town: Town, person: Person) -> str:
    """The name of a staff member as it is kept, opened."""

    def sealed(tx: Tx) -> tuple[int, str]:
        number = people.find_account(tx, person.platform, person.id)
        assert number is not None
        return number, people.sealed_name(tx, number)

    number, kept = await town.run(sealed)
    return town.app.town.seals.open(kept, f"person:{number}") if kept else ""


# --- accept -----------------------------------------------------------------------------------------------------------


async def test_a_card_comes_by_itself_and_is_accepted_as_proposed(
    town: Town, person: Person, coordinator: Person
) -> None:
    code = await person.reports(REPORT)
    assert coordinator.last == (
        f"گزارش تازه در محلهٔ شهر\n«{REPORT}»\nموضوع: سایر\nمحل: بدون نشانی\nمهلت پاسخ: یکشنبه ۱۷ آبان\nکد:\n{code}"
    )
    assert coordinator.buttons == ["پذیرش", "پرسیدن", "رد با دلیل", "بیشتر"]
    await coordinator.presses("پذیرش")
    assert coordinator.last == (
        f"«{REPORT}»\nگام بعدی: {PROPOSED}\nتا یکشنبه ۲۴ آبان\n"
        "گزارش‌دهنده همین را می‌خواند. اگر گام دیگری است، همین‌جا بنویسید.\n"
        f"اهالی می‌خوانند: «{REPORT}»"
    )
    assert coordinator.buttons == [
        "پذیرش و اعلام",
        "تغییر گام",
        "تغییر تاریخ",
        "متن عمومی",
        "بدون نمایش",
        "انصراف",
    ]
    await coordinator.presses("پذیرش و اعلام")
    assert coordinator.last == f"پذیرفته شد و به گزارش‌دهنده خبر دادیم:\n«{REPORT}»"
    assert person.last == (
        f"شورای پیشرفت محلهٔ شهر نوشتهٔ شما را پذیرفت:\n«{REPORT}»\nگام بعدی: {PROPOSED}\nتا یکشنبه ۲۴ آبان"
    )
    assert await moves(town) == [("submit", None), ("accept", None)]
    assert await words(town, "next_step") == [PROPOSED]
    assert await name(town, coordinator) != ""
    card = said(
        "card-accepted",
        kind="problem",
        neighborhood="محلهٔ شهر",
        what=Key("card-what", {"text": REPORT, "category": "سایر", "where": "بدون نشانی"}),
        who=await name(town, coordinator),
        step=PROPOSED,
        due=Moment(from_jalali(1405, 8, 24), "day_words"),
        code=Code(code),
    )
    assert card in coordinator.heard, "the card says now what came of it"


async def test_step_and_date_are_changed_before(town: Town, person: Person, coordinator: Person) -> None:
    await person.reports(REPORT)
    await coordinator.presses("پذیرش")
    await coordinator.presses("تغییر گام")
    assert coordinator.last == said("accept-step")
    await coordinator.says("ادارهٔ برق چراغ‌ها را عوض می‌کند")
    await coordinator.presses("تغییر تاریخ")
    assert coordinator.buttons == ["۳ روز کاری", "۷ روز کاری", "۱۴ روز کاری", "۳۰ روز کاری", "بازگشت", "انصراف"]
    await coordinator.says("۵ آذر")
    await coordinator.presses("پذیرش و اعلام")
    assert person.last.endswith("گام بعدی: ادارهٔ برق چراغ‌ها را عوض می‌کند\nتا پنجشنبه ۵ آذر")
    (row,) = await town.run(lambda tx: tx.all("SELECT due FROM cases"))
    assert row["due"] == 1795724999, "the end of that day in Tehran"


async def test_a_step_may_be_written_right_at_the_question(person: Person, coordinator: Person) -> None:
    await person.reports(REPORT)
    await coordinator.presses("پذیرش")
    await coordinator.says("بازدید از محل")
    assert "گام بعدی: بازدید از محل" in coordinator.last


async def test_a_date_is_taken_as_people_write_it(person: Person, coordinator: Person) -> None:
    await person.reports(REPORT)
    await coordinator.presses("پذیرش")
    for typed, day in (
        ("شنبه", "شنبه ۱۶ آبان"),
        ("۱۵ دی", "سه‌شنبه ۱۵ دی"),
        ("1405/9/5", "پنجشنبه ۵ آذر"),
        ("پنج شنبه ٥ آذر ١٤٠٥", "پنجشنبه ۵ آذر"),
        ("فردا", "پنجشنبه ۱۴ آبان"),
        ("امروز", "چهارشنبه ۱۳ آبان"),
    ):
        await coordinator.presses("تغییر تاریخ")
        await coordinator.says(typed)
        assert f"\nتا {day}\n" in coordinator.last


async def test_a_number_of_working_days_is_counted_over_the_week_end(person: Person, coordinator: Person) -> None:
    await person.reports(REPORT)
    await coordinator.presses("پذیرش")
    await coordinator.presses("تغییر تاریخ")
    await coordinator.presses("۳ روز کاری")
    assert "\nتا دوشنبه ۱۸ آبان\n" in coordinator.last


async def test_a_date_that_is_past_far_or_none_is_asked_again(person: Person, coordinator: Person) -> None:
    await person.reports(REPORT)
    await coordinator.presses("پذیرش")
    await coordinator.presses("تغییر تاریخ")
    for typed in ("دیروز", "۱۴۰۵/۰۸/۱۲", "۱۴۰۸/۱/۱", "به‌زودی", "۳۲ آبان"):
        await coordinator.says(typed)
        assert coordinator.last == said("accept-date-wrong"), typed
        assert "۳ روز کاری" in coordinator.buttons


async def test_a_weekday_that_does_not_fit_its_date_is_asked_about(person: Person, coordinator: Person) -> None:
    await person.reports(REPORT)
    await coordinator.presses("پذیرش")
    await coordinator.presses("تغییر تاریخ")
    await coordinator.says("شنبه ۵ آذر")
    assert coordinator.last == "روز هفته با تاریخ نمی‌خواند. منظورتان پنجشنبه ۵ آذر ۱۴۰۵ است؟ لطفاً دوباره بنویسید."


async def test_a_step_too_long_or_without_words_is_asked_again(person: Person, coordinator: Person) -> None:
    await person.reports(REPORT)
    await coordinator.presses("پذیرش")
    await coordinator.presses("تغییر گام")
    question = coordinator.last
    await coordinator.says("ن" * 301)
    assert coordinator.last == said("accept-step-length", n=300)
    for typed in ("…", "😀", "\u200b\u202e"):
        await coordinator.says(typed)
        assert coordinator.last == f"{said('words-none')}\n{question}"


async def test_the_short_way_accepts_at_once(town: Town, person: Person, coordinator: Person) -> None:
    code = await person.reports(REPORT)
    await coordinator.says(f"/accept {code} بازدید از محل")
    assert coordinator.last == said("accept-done", title=REPORT)
    assert await words(town, "next_step") == ["بازدید از محل"]
    assert "گام بعدی: بازدید از محل" in person.last


async def test_the_short_way_without_a_step_takes_the_proposed_one(
    town: Town, person: Person, coordinator: Person
) -> None:
    code = await person.reports(REPORT)
    await coordinator.says(f"/accept\n{code}")
    assert await words(town, "next_step") == [PROPOSED]


async def test_a_command_without_a_code_is_answered_with_how_it_is_written(town: Town, coordinator: Person) -> None:
    for command in ("accept", "reject", "case"):
        usage = said(f"{command}-usage", **({"reasons": ", ".join(Reason)} if command == "reject" else {}))
        for arguments in ("", " 1234", " کد", " بازدید از محل"):
            await coordinator.says(f"/{command}{arguments}")
            assert coordinator.last == usage
    assert await moves(town) == []


async def test_a_code_that_is_nowhere_or_elsewhere_gets_one_answer(
    town: Town, person: Person, coordinator: Person
) -> None:
    code = await person.reports(REPORT)
    other = await officer(town, 1002, place="kerman/n2")
    for text in (
        f"/accept {code}",
        f"/reject {code} insufficient نشانی نیست",
        f"/case {code}",
        "/accept 99999999",
        "/reject 99999999 insufficient نشانی نیست",
        "/case 99999999",
    ):
        await other.says(text)
        assert other.last == said("track-not-found"), text
    for data in (f"a:accept.begin:{code}", f"a:reject.begin:{code}", f"a:case.show:{code}", "a:case.show:99999999"):
        await other.forges(data)
        assert other.last == said("track-not-found"), data
    assert await moves(town) == [("submit", None)]
    assert not any(REPORT in text for text in other.heard)


# --- reject -----------------------------------------------------------------------------------------------------------


async def test_each_reason_has_its_sentence_and_its_proposed_explanation(
    town: Town, person: Person, coordinator: Person
) -> None:
    for number, reason in enumerate(Reason, 1):
        key = f"reason-{reason.value.replace('_', '-')}"
        title = f"{REPORT} {number}"
        town.clock.move(86_400)  # a few a day are as many as one person may send
        await person.reports(title)
        await coordinator.presses("رد با دلیل")
        assert coordinator.last == f"«{title}»\nچرا پذیرفته نمی‌شود؟ گزارش‌دهنده دلیل را می‌خواند."
        assert len(coordinator.buttons) == len(Reason) + 1
        await coordinator.presses(said(f"{key}.label"))
        proposed = said(f"{key}.explanation")
        assert coordinator.last == said("reject-explanation", reason=Key(key), proposed=proposed)
        await coordinator.presses("همین خوب است")
        assert coordinator.last == said("reject-done", title=title)
        told = said("case-rejected", holder=COUNCIL, title=title, reason=Key(key), explanation=proposed)
        assert person.last == told
        assert (await moves(town))[-1] == ("reject", reason.value)
        assert (await words(town, "explanation"))[-1] == proposed
        await person.says("/mine")
        assert person.last.split("\n")[1].endswith("پایان: پذیرفته نشد")
        await person.presses(person.buttons[0])
        assert proposed in person.last


async def test_an_explanation_of_ones_own(town: Town, person: Person, coordinator: Person) -> None:
    await person.reports(REPORT)
    await coordinator.presses("رد با دلیل")
    await coordinator.presses("توضیح کافی نبود")
    for typed in ("نه", "ن" * 1001):
        await coordinator.says(typed)
        assert coordinator.last == "توضیح را در چند کلمه، حداکثر ۱۰۰۰ حرف، بنویسید."
        assert coordinator.buttons[0] == "همین خوب است"
    await coordinator.says("کوچهٔ ۱۲ کدام محله؟ <b>لطفاً</b> بنویسید")
    assert await words(town, "explanation") == ["کوچهٔ ۱۲ کدام محله؟ <b>لطفاً</b> بنویسید"]
    assert "توضیح: کوچهٔ ۱۲ کدام محله؟ <b>لطفاً</b> بنویسید" in person.last


async def test_the_short_way_rejects_at_once(town: Town, person: Person, coordinator: Person) -> None:
    code = await person.reports(REPORT)
    await coordinator.says(f"/reject {code} insufficient نشانی دقیق نیست")
    assert await moves(town) == [("submit", None), ("reject", "insufficient")]
    assert "توضیح: نشانی دقیق نیست" in person.last


async def test_a_rejection_without_reason_or_words_is_answered_with_how_it_is_written(
    town: Town, person: Person, coordinator: Person
) -> None:
    code = await person.reports(REPORT)
    for rest in ("", " insufficient", " because نشانی دقیق نیست", " نشانی دقیق نیست"):
        await coordinator.says(f"/reject {code}{rest}")
        assert coordinator.last == said("reject-usage", reasons=", ".join(Reason))
    assert await moves(town) == [("submit", None)]


# --- who was first ----------------------------------------------------------------------------------------------------


async def test_of_two_the_first_decides_and_the_other_reads_who_it_was(
    town: Town, person: Person, coordinator: Person
) -> None:
    second = await officer(town, 1002)
    code = await person.reports(REPORT)
    await coordinator.presses("پذیرش")
    await second.presses("رد با دلیل")
    await second.presses("توضیح کافی نبود")
    await coordinator.presses("پذیرش و اعلام")
    heard = len(person.heard)
    await second.says("نشانی دقیق نیست")
    first_name = await name(town, coordinator)
    assert second.last == said("case-taken", who=first_name, title=REPORT, state=Key("staff-state-accepted"))
    assert await moves(town) == [("submit", None), ("accept", None)]
    assert await words(town, "explanation") == []
    assert len(person.heard) == heard, "the resident hears of one decision"
    await second.presses("گزارش بعدی")
    assert second.last == "گزارش تازه‌ای نیست."
    for staff in (coordinator, second):
        card = next(text for text in staff.heard if code in text)
        assert card.startswith(f"گزارش در محلهٔ شهر\n«{REPORT}»\n")
        assert f"پذیرفته شد؛ تصمیم‌گیرنده: {first_name}\n" in card
        assert all(button["text"] != "پذیرش" for line in staff.chat for row in line["buttons"] for button in row)


async def test_the_same_person_twice_is_told_that_it_was_themselves(person: Person, coordinator: Person) -> None:
    code = await person.reports(REPORT)
    await coordinator.says(f"/accept {code}")
    await coordinator.says(f"/reject {code} insufficient نشانی دقیق نیست")
    assert coordinator.last.startswith("کمی زودتر دربارهٔ این گزارش تصمیم گرفته شد")


async def test_a_role_taken_away_in_the_middle_ends_the_decision(
    town: Town, person: Person, coordinator: Person
) -> None:
    await person.reports(REPORT)
    await coordinator.presses("پذیرش")
    number = await town.run(lambda tx: people.find_account(tx, "telegram", coordinator.id))
    await town.run(lambda tx: people.revoke(tx, number, Role.COORDINATOR, None, town.clock.seconds()))
    await coordinator.presses("پذیرش و اعلام")
    assert coordinator.last == said("not-allowed")
    assert await moves(town) == [("submit", None)]
    await coordinator.says("آب لولهٔ سر کوچه از دیروز هدر می‌رود")
    assert coordinator.last == said("where")


@pytest.mark.parametrize("at", range(3))
async def test_a_restart_between_any_two_steps_changes_nothing(
    town: Town, person: Person, coordinator: Person, at: int
) -> None:
    async def pause(step: int) -> None:
        if step == at:
            await town.restart()

    await person.reports(REPORT)
    await pause(0)
    await coordinator.presses("رد با دلیل")
    await pause(1)
    await coordinator.presses("فعلاً شدنی نیست")
    await pause(2)
    await coordinator.presses("همین خوب است")
    assert await moves(town) == [("submit", None), ("reject", "not_feasible")]
    assert coordinator.heard.count(said("reject-done", title=REPORT)) == 1


async def test_cancel_and_back_at_each_question(town: Town, person: Person, coordinator: Person) -> None:
    await person.reports(REPORT)
    await coordinator.presses("رد با دلیل")
    assert "بازگشت" not in coordinator.buttons
    await coordinator.presses("توضیح کافی نبود")
    await coordinator.presses("بازگشت")
    assert coordinator.last == said("reject-reason", title=REPORT)
    await coordinator.presses("انصراف")
    assert coordinator.last == said("cancelled")
    assert await moves(town) == [("submit", None)]
    await coordinator.presses("پذیرش")
    assert coordinator.last.startswith(f"«{REPORT}»\nگام بعدی:"), "the card still works"


async def test_all_texts_of_the_desk_are_there_in_english(town: Town, person: Person, coordinator: Person) -> None:
    await coordinator.says("/settings")
    await coordinator.presses("English")
    await person.reports(REPORT)
    assert coordinator.last.startswith("New report in محلهٔ شهر")
    await coordinator.presses("Reject with reason")
    await coordinator.presses("Not enough detail")
    await coordinator.presses("That is fine")
    assert coordinator.last == said("reject-done", "en", title=REPORT)
    # What is stored and read by the resident is in the town's language.
    assert await words(town, "explanation") == [TEXTS.labels("reason-insufficient.explanation")["fa"]]
