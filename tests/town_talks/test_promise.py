"""Promises through the front door: recorded, read by everybody, reminded of, and what became of them."""

from __future__ import annotations

import pytest

from domain.permissions import Role
from tests.sentences import said
from tests.town import Person, Town
from tests.town_talks.many import staff
from tests.town_talks.plans import DAY, LAMPS, an_accepted_report, coordinator, records

# The town begins on Wednesday, ۱۳ آبان ۱۴۰۵. From a printed calendar: ۱۵ آذر ۱۴۰۵ is a Sunday, ۲۲ آذر too, ۳۰ آبان a
# Saturday, ۱ دی a Tuesday.


@pytest.fixture
def town(quiet_town: Town) -> Town:
    return quiet_town


@pytest.fixture(params=["telegram", "bale"])
def platform(request: pytest.FixtureRequest) -> str:
    return str(request.param)


# --- the story --------------------------------------------------------------------------------------------------------


async def test_a_promise_is_recorded_for_a_report_read_by_everybody_and_kept(anywhere: Town, platform: str) -> None:
    town = anywhere
    decider, resident = await coordinator(town, platform), town.person(platform, 1001)
    neighbor = town.person("bale" if platform == "telegram" else "telegram", 1002)
    await resident.settles()
    await neighbor.settles()
    code = await an_accepted_report(town, resident, decider)

    await decider.says("/promise")
    assert decider.last.startswith("چه کاری قرار است در محلهٔ شهر انجام شود؟")
    await decider.says(LAMPS)
    await decider.says("توزیع برق شمال")
    assert decider.last == "«توزیع برق شمال» کدام است؟"
    await decider.presses("یک اداره")
    await decider.says("۱۵ آذر")
    await decider.presses("گزارش‌ها")
    await decider.says(code)
    assert decider.last.startswith(
        f"«{LAMPS}»\nبرنامهٔ اداره، محلهٔ شهر\nموضوع: برق و روشنایی\nانجام‌دهنده: توزیع برق شمال\nتا یکشنبه ۱۵ آذر"
    )
    assert "برای گزارش «تاریکی کوچهٔ ۱۲»" in decider.last
    await decider.presses("ثبت و اعلام")
    assert decider.last == f"در کارهای محلهٔ شهر ثبت شد:\n«{LAMPS}»"
    assert resident.last.startswith("خبر تازه دربارهٔ گزارش شما:\n«چراغ کوچهٔ ۱۲ خاموش است")
    assert resident.last.endswith(f"کار: «{LAMPS}»\nانجام‌دهنده: توزیع برق شمال\nتا یکشنبه ۱۵ آذر انجام می‌شود.")

    line = f"«{LAMPS}»؛ توزیع برق شمال، تا یکشنبه ۱۵ آذر"
    await resident.says(f"/track {code}")
    assert f"برای این گزارش: {line}" in resident.last
    await decider.says(f"/case {code}")
    assert f"برای این گزارش: {line}" in decider.last
    await neighbor.says("محلهٔ ما")
    await neighbor.presses("قول‌ها و کارها")
    assert neighbor.last.splitlines()[-1] == line
    await neighbor.presses(LAMPS)
    assert "برای گزارش «تاریکی کوچهٔ ۱۲»" in neighbor.last
    assert not any("علی" in heard for heard in neighbor.heard)

    await decider.says("/promises")
    await decider.presses(LAMPS)
    await decider.presses("انجام شد")
    assert decider.last == f"اهالی این را می‌خوانند:\n«{LAMPS}»\nچهارشنبه ۱۳ آبان انجام شد. اعلام شورا"
    await decider.presses("اعلام نتیجه")
    assert "چهارشنبه ۱۳ آبان انجام شد. اعلام شورا" in resident.last
    # And by when next, from whom.
    assert resident.last.splitlines()[-1].startswith("خبر بعدی را شورای پیشرفت محلهٔ شهر تا ")
    await neighbor.says("/promises")
    assert neighbor.last.endswith(f"«{LAMPS}»؛ توزیع برق شمال، چهارشنبه ۱۳ آبان انجام شد")


# --- recording --------------------------------------------------------------------------------------------------------


async def test_the_council_itself_and_a_day_by_a_tap(town: Town) -> None:
    decider = await coordinator(town)
    await decider.says(f"/promise {LAMPS}")
    assert decider.buttons[:5] == ["شورا", "خودم", "یک نفر", "یک گروه", "یک اداره"]
    await decider.presses("شورا")
    assert decider.buttons[:5] == ["۷ روز دیگر", "۱۴ روز دیگر", "۳۰ روز دیگر", "پایان ماه", "تقویم"]
    await decider.presses("پایان ماه")
    assert "قول، محلهٔ شهر" in decider.last
    assert "انجام‌دهنده: شورای پیشرفت محلهٔ شهر\nتا شنبه ۳۰ آبان" in decider.last
    await decider.presses("تغییر تاریخ")
    await decider.presses("تقویم")
    await decider.presses("۲۸")
    assert "تا پنجشنبه ۲۸ آبان" in decider.last
    await decider.presses("نوع کار")
    await decider.presses("کار اهالی")
    await decider.presses("موضوع")
    await decider.presses("نمی‌دانم")
    assert "کار اهالی، محلهٔ شهر" in decider.last
    await decider.presses("ثبت و اعلام")
    await decider.presses("دیدن کار")
    assert "مهلت و نتیجه: تا پنجشنبه ۲۸ آبان" in decider.last


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("۳۱ مهر", said("due-wrong")),
        ("۱۰ آبان ۱۴۰۵", said("due-wrong")),
        ("۱۵ آذر ۱۴۲۰", said("due-wrong")),
        ("هر وقت شد", said("due-wrong")),
        ("شنبه ۱۵ آذر", "روز هفته با تاریخ نمی‌خواند. منظورتان یکشنبه ۱۵ آذر ۱۴۰۵ است؟ لطفاً دوباره بنویسید."),
    ],
)
async def test_a_date_that_is_none_is_asked_again_and_nothing_is_lost(town: Town, text: str, answer: str) -> None:
    decider = await coordinator(town)
    await decider.says(f"/promise {LAMPS}")
    await decider.presses("شورا")
    await decider.says(text)
    assert decider.last == answer
    await decider.says("۱۵ آذر")
    assert f"«{LAMPS}»" in decider.last


async def test_what_is_said_in_a_voice_is_heard_by_everybody(town: Town) -> None:
    decider, resident = await coordinator(town), town.person("bale", 1001)
    await resident.settles()
    await decider.says("/promise")
    town.sandbox.voice("telegram", 1003)
    await town.quiet()
    await decider.presses("شورا")
    await decider.presses("۷ روز دیگر")
    await decider.presses("ثبت و اعلام")
    await town.passes(2)
    await resident.says("/promises")
    await resident.presses("در پیام صوتی، موضوع: سایر")
    assert [line["kind"] for line in resident.chat if line["from"] == "bot" and line["kind"] == "voice"] == ["voice"]


async def test_a_report_of_elsewhere_is_not_served(town: Town) -> None:
    decider, there = await coordinator(town), await coordinator(town, "bale", 1004, "kerman/n2")
    resident = town.person("telegram", 1001)
    await resident.settles("شهرک مطهری")
    code = await an_accepted_report(town, resident, there)
    await decider.says(f"/promise {LAMPS}")
    await decider.presses("شورا")
    await decider.presses("۷ روز دیگر")
    await decider.presses("گزارش‌ها")
    await decider.says(code)
    assert decider.last == said("track-not-found")


@pytest.mark.parametrize("words", ["/promise", f"/promise {LAMPS}", "/decisions", "ثبت قول"])
async def test_a_resident_records_nothing(town: Town, words: str) -> None:
    resident = town.person("telegram", 1001)
    await resident.settles()
    await resident.says(words)
    assert resident.last.startswith("این بخش برای شما باز نیست.")


async def test_no_promise_yet_and_no_neighborhood_yet(town: Town) -> None:
    resident = town.person("telegram", 1001)
    await resident.settles()
    await resident.says("/promises")
    assert resident.last == "برای محلهٔ شهر هنوز قول یا کاری ثبت نشده است."
    stranger = await staff(town, Role.COUNCIL_MEMBER, "kerman/n1", "bale", 1009)
    await stranger.says("/promises")
    assert stranger.last == said("promises-nowhere")


async def test_a_long_list_has_pages(town: Town) -> None:
    decider = await coordinator(town)
    for n in range(9):
        await records(decider, f"کار شمارهٔ {'آابپتثجچح'[n]} محله", agency=f"ادارهٔ {'آابپتثجچح'[n]}")
    await decider.says("/promises")
    assert "در دست انجام: ۹" in decider.last
    assert len(decider.last.splitlines()) == 10
    await decider.presses("بعدی")
    assert len(decider.last.splitlines()) == 3


# --- reminders and outcomes -------------------------------------------------------------------------------------------


async def to_the_day(town: Town, days: float) -> None:
    """Days after the town's beginning, at half past nine in Tehran."""
    await town.passes(days * DAY)


async def test_the_coordinators_are_reminded_before_on_and_after_the_day(town: Town) -> None:
    decider = await coordinator(town)
    await records(decider)  # ۱۵ آذر: 32 days later
    begun = len(decider.heard)
    await town.passes(28 * DAY)
    assert len(decider.heard) == begun
    await town.passes(DAY)
    assert decider.last.startswith(said("action-remind-before"))
    assert decider.buttons == ["انجام شد", "هنوز نه", "انجام نمی‌شود"]
    await town.passes(3 * DAY)
    assert decider.last.startswith(said("action-remind-today"))
    await town.passes(7 * DAY)
    assert decider.last.startswith(said("action-remind-after"))
    assert "۷ روز از مهلت (یکشنبه ۱۵ آذر) گذشته است" in decider.last
    assert len(decider.heard) == begun + 3
    await town.passes(60 * DAY)
    assert len(decider.heard) == begun + 3


async def test_not_yet_needs_a_new_day_and_a_reason_and_is_told_as_was_and_now(town: Town) -> None:
    decider, resident = await coordinator(town), town.person("bale", 1001)
    await resident.settles()
    await records(decider)
    await town.passes(29 * DAY)
    await decider.presses("هنوز نه")
    await decider.says("۱۵ آذر")
    assert decider.last == said("outcome-date-same")
    await decider.says("۲۲ آذر")
    await decider.says("قطعه هنوز نرسیده است")
    moved = "مهلت از یکشنبه ۱۵ آذر به یکشنبه ۲۲ آذر تغییر کرد. اعلام شورا\nدلیل: قطعه هنوز نرسیده است"
    assert decider.last == f"اهالی این را می‌خوانند:\n«{LAMPS}»\n{moved}"
    await decider.presses("اعلام نتیجه")
    # The reminder shows what it is now.
    assert sum(moved in heard for heard in decider.heard) >= 1
    await resident.says("/promises")
    await resident.presses(LAMPS)
    assert moved in resident.last
    begun = len(decider.heard)
    await town.passes(3 * DAY)  # the former day
    assert len(decider.heard) == begun


async def test_the_owner_is_reminded_and_not_the_council_and_says_it_themselves(town: Town) -> None:
    decider, member = await coordinator(town), await staff(town, Role.COUNCIL_MEMBER, "kerman/n1", "telegram", 1005)
    await decider.says(f"/promise {LAMPS}")
    town.sandbox.contact("telegram", 1003, owner=1005)
    await town.quiet()
    await decider.presses("۷ روز دیگر")
    await decider.presses("ثبت و اعلام")
    assert member.last.startswith(f"«{LAMPS}»")
    told = len(decider.heard)
    await town.passes(4 * DAY)
    assert member.last.startswith(said("action-remind-before"))
    assert len(decider.heard) == told
    await member.presses("انجام نمی‌شود")
    await member.says("بودجه نبود")
    await member.presses("اعلام نتیجه")
    assert decider.last.startswith(f"«{LAMPS}»")
    assert "کنار گذاشته شد و انجام نمی‌شود. اعلام انجام‌دهنده\nدلیل: بودجه نبود" in decider.last
    told = len(member.heard)
    await town.passes(30 * DAY)
    assert len(member.heard) == told


async def test_broken_is_said_by_the_council_after_the_day_and_never_by_the_owner(town: Town) -> None:
    decider = await coordinator(town)
    await records(decider)
    await decider.says("/promises")
    await decider.presses(LAMPS)
    assert "عمل نشد" not in decider.buttons
    await decider.forges("a:outcome.break:1")
    assert decider.last == said("action-not-yours")
    await town.passes(33 * DAY)
    await decider.says("/promises")
    assert decider.last.endswith("یک روز از مهلت (یکشنبه ۱۵ آذر) گذشته است")
    await decider.presses(LAMPS)
    await decider.presses("عمل نشد")
    await decider.says("اداره پاسخی نداد")
    await decider.presses("اعلام نتیجه")
    await decider.says("/promises")
    assert "عمل‌نشده: ۱" in decider.last


async def test_the_second_of_two_coordinators_reads_what_the_first_did(anywhere: Town) -> None:
    town = anywhere
    one, other = await coordinator(town), await coordinator(town, "bale", 1004)
    await records(one)
    for person in (one, other):
        await person.says("/promises")
        await person.presses(LAMPS)
        await person.presses("انجام شد")
    await one.presses("اعلام نتیجه")
    await other.presses("اعلام نتیجه")
    assert other.heard[-2].startswith("کمی زودتر دربارهٔ این کار خبر داده شد؛ کار شما ثبت نشد.\nخبردهنده: ")
    assert other.heard[-2].endswith("چهارشنبه ۱۳ آبان انجام شد. اعلام شورا")
    await other.forges("a:outcome.drop:1")
    assert other.heard[-2].startswith("کمی زودتر")


async def test_a_stranger_to_a_plan_declares_nothing(town: Town) -> None:
    decider, resident = await coordinator(town), town.person("bale", 1001)
    elsewhere = await coordinator(town, "bale", 1004, "kerman/n2")
    await resident.settles()
    await records(decider)
    for person in (resident, elsewhere):
        for move in ("keep", "postpone", "drop", "break", "reopen"):
            await person.forges(f"a:outcome.{move}:1")
            assert person.last == said("action-not-yours")
    for about in ("", "x", "999", "9" * 40):
        await resident.forges(f"a:promises.show:{about}")
        assert resident.last == said("action-unknown")


# --- islands ----------------------------------------------------------------------------------------------------------


async def test_two_plans_close_to_each_other_are_shown_to_both_once(town: Town) -> None:
    one, other = await coordinator(town), await coordinator(town, "bale", 1004)
    await records(one)
    before = len(other.heard)
    await records(one, "تیر برق کنار مسجد عوض می‌شود", agency="شهرداری", by="۲۰ آذر")
    await town.passes(1)
    assert len(other.heard) == before + 1
    assert other.last.startswith("دو کار نزدیک به هم در محلهٔ شهر، موضوع: برق و روشنایی")
    assert f"«{LAMPS}»؛ توزیع برق شمال، تا یکشنبه ۱۵ آذر" in other.last
    assert "شهرداری، تا جمعه ۲۰ آذر" in other.last
    assert one.last == other.last
    await other.presses(LAMPS)
    assert "انجام‌دهنده: توزیع برق شمال" in other.last
    await other.says("/promises")
    await other.presses(LAMPS)
    await other.presses("هنوز نه")
    await other.says("۱۶ آذر")
    await other.says("باران")
    await other.presses("اعلام نتیجه")
    await town.passes(1)
    assert sum(heard.startswith("دو کار نزدیک") for heard in other.heard) == 1


async def test_somebody_who_forgets_everything_leaves_no_name(town: Town) -> None:
    decider, member = await coordinator(town), await staff(town, Role.COUNCIL_MEMBER, "kerman/n1", "telegram", 1005)
    await decider.says(f"/promise {LAMPS}")
    town.sandbox.contact("telegram", 1003, owner=1005)
    await town.quiet()
    await decider.presses("۷ روز دیگر")
    await decider.presses("ثبت و اعلام")
    await forgets(member)
    await decider.says("/promises")
    assert decider.last.splitlines()[-1].startswith(f"«{LAMPS}»؛ یکی از اهالی، ")


async def forgets(person: Person) -> None:
    await person.says("/forget")
    await person.presses(said("forget.erase"))
