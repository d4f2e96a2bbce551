"""Asking the residents through the front door: from one tap to the council's answer."""

from __future__ import annotations

import pytest

from domain.permissions import Role
from tests.sentences import said
from tests.town import Town
from tests.town_talks.many import staff
from tests.town_talks.polling import (
    DAY,
    DOGS,
    LAMP,
    OPTIONS,
    QUESTION,
    ROAD,
    accepted,
    asks_what_first,
    residents,
    rows,
    three_cases,
    votes,
    writes_own,
)

FIRST = "به نظر شما کدام مشکل باید زودتر پیگیری شود؟"
COUNCIL = "شورای پیشرفت محلهٔ شهر"
#: The town begins on Wednesday ۱۳ آبان ۱۴۰۵; by the table of the year: ۲۰ آبان is a Wednesday, ۴ آذر too.
ENDS, ANSWERS = "چهارشنبه ۲۰ آبان", "پنجشنبه ۵ آذر"


@pytest.fixture
def town(quiet_town: Town) -> Town:
    return quiet_town


# --- from one tap to the answer ---------------------------------------------------------------------------------------


async def test_what_comes_first_is_asked_by_one_tap_counted_told_and_answered(anywhere: Town) -> None:
    town = anywhere
    here, there = await residents(town, 6), await residents(town, 6, platform="bale")
    coordinator = await asks_what_first(town)
    question = here[0].last
    assert question.split("\n") == [
        f"رأی‌گیری مشورتی {COUNCIL}:",
        FIRST,
        f"۱. {ROAD}",  # most people first
        f"۲. {DOGS}",
        f"۳. {LAMP}",
        f"تا پایان {ENDS} رأی بدهید؛ یک گزینه را انتخاب کنید. نام شما کنار رأی دیده نمی‌شود. "
        f"این رأی برای مشورت است و تصمیم با {COUNCIL} است.",
        "این پیام برای اهالی محلهٔ شهر فرستاده شده است.",
    ]
    assert there[0].last == question
    assert here[0].buttons == there[0].buttons == [ROAD, DOGS, LAMP, "تنظیم خبرها"]
    for person in (*here[:4], *there[:4]):
        await person.presses(LAMP)
    for person in (*here[4:], *there[4:5]):
        await person.presses(DOGS)
    assert there[4].last.endswith(f"تا حالا ۱۱ نفر رأی داده‌اند.\n{LAMP}: ۸ رأی\n{DOGS}: ۳ رأی\n{ROAD}: بدون رأی")
    await town.passes(8 * DAY)
    await town.passes(5)
    result = [
        f"رأی‌گیری مشورتی «{FIRST}» تمام شد و ۱۱ نفر رأی دادند.",
        f"{LAMP}: ۸ رأی",
        f"{DOGS}: ۳ رأی",
        f"{ROAD}: بدون رأی",
    ]
    result += [f"{COUNCIL} تا پایان {ANSWERS} می‌گوید با این نتیجه چه می‌کند.", question.split("\n")[-1]]
    for person in (here[0], there[0], there[5]):  # the last has not voted
        assert person.last.split("\n") == result
        assert person.buttons == ["نمودار نتیجه", "تنظیم خبرها"]
    photo = coordinator.chat[-1]
    assert photo["kind"] == "photo"
    assert "رأی‌گیری تمام شد و ۱۱ نفر رأی دادند." in coordinator.last
    assert coordinator.buttons == ["نوشتن پاسخ"]
    await coordinator.presses("نوشتن پاسخ")
    await coordinator.says("چراغ‌های کوچهٔ ۱۲ را تا پایان آذر درست می‌کنیم.")
    await coordinator.presses("اعلام پاسخ")
    await town.passes(5)
    for person in (here[0], there[5]):
        assert f"پاسخ {COUNCIL}:\nچراغ‌های کوچهٔ ۱۲ را تا پایان آذر درست می‌کنیم.\n" in person.last
    await there[0].presses("نمودار نتیجه")
    assert there[0].chat[-1]["kind"] == "photo"


async def test_with_one_accepted_case_there_is_nothing_to_choose_from(town: Town) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await accepted(town, LAMP)
    await accepted(town, ROAD, at="kerman/n2")
    await coordinator.says("/poll")
    await coordinator.presses("کدام زودتر؟")
    assert coordinator.last.startswith("برای این پرسش دست‌کم دو گزارش پذیرفته‌شده لازم است")
    assert coordinator.buttons[:2] == ["کدام زودتر؟", "پرسش دیگر"]


async def test_a_look_at_it_comes_first_and_everything_can_be_changed_there(town: Town) -> None:
    await residents(town, 2)
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await three_cases(town)
    await coordinator.says("/poll")
    await coordinator.presses("کدام زودتر؟")
    assert coordinator.last.startswith(
        f"اهالی این را می‌بینند:\n«{FIRST}»\n۱. {ROAD}\n۲. {DOGS}\n۳. {LAMP}\nتا پایان {ENDS}"
    )
    assert coordinator.last.endswith("این پرسش برای ۲ نفر از اهالی محلهٔ شهر فرستاده می‌شود.")
    assert coordinator.buttons == [
        "فرستادن", "تغییر مهلت", "انتخاب تا ۲", "فقط حاضران جلسه", "بازگشت", "انصراف",
    ]  # fmt: skip
    await coordinator.presses("انتخاب تا ۲")
    assert "حداکثر ۲ گزینه را انتخاب کنید" in coordinator.last
    assert "انتخاب تا ۱" in coordinator.buttons  # of three options never all three
    await coordinator.presses("فقط حاضران جلسه")
    assert "دست‌کم یک بار در جلسهٔ محله حاضر شده باشند" in coordinator.last
    await coordinator.presses("همهٔ اهالی")
    await coordinator.presses("تغییر مهلت")
    await coordinator.presses("۳ روز")
    assert "تا پایان شنبه ۱۶ آبان رأی بدهید" in coordinator.last
    await coordinator.presses("انصراف")
    assert await rows(town, "SELECT id FROM polls") == []


#: The weekdays of these days, from a printed calendar of ۱۴۰۵.
@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("فردا", "پنجشنبه ۱۴ آبان"),
        ("پنجشنبه ۵ آذر", "پنجشنبه ۵ آذر"),
        ("۱۴۰۵/۹/۵", "پنجشنبه ۵ آذر"),
        ("2026-11-26", "پنجشنبه ۵ آذر"),
        ("۳۰ آذر", "دوشنبه ۳۰ آذر"),
        ("جمعه", "جمعه ۱۵ آبان"),
    ],
)
async def test_the_end_may_be_typed(town: Town, typed: str, shown: str) -> None:
    await residents(town, 1)
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await writes_own(coordinator)
    await coordinator.presses("تغییر مهلت")
    await coordinator.says(typed)
    assert f"تا پایان {shown} رأی بدهید" in coordinator.last


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("امروز", said("poll-until-wrong", n=90)),
        ("دیروز", said("role-day-wrong")),
        ("۳۱ مهر", said("role-day-wrong")),
        ("۱۴۰۶/۹/۵", said("poll-until-wrong", n=90)),
        ("هر وقت شد", said("role-day-wrong")),
        ("شنبه ۵ آذر", "تاریخ پنجشنبه ۵ آذر ۱۴۰۵ با روزی که نوشته‌اید جور نیست. لطفاً دوباره بنویسید."),
    ],
)
async def test_an_end_that_cannot_be_is_answered_and_the_question_stays(town: Town, typed: str, answer: str) -> None:
    await residents(town, 1)
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await writes_own(coordinator)
    await coordinator.presses("تغییر مهلت")
    await coordinator.says(typed)
    assert coordinator.last == answer
    assert coordinator.buttons == ["۳ روز", "۷ روز", "۱۴ روز", "بازگشت", "انصراف"]


# --- a question of one's own ------------------------------------------------------------------------------------------


async def test_a_question_of_the_councils_own_goes_out_by_the_countys_leave(anywhere: Town) -> None:
    town = anywhere
    (resident,) = await residents(town, 1, platform="bale")
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    officer = await staff(town, Role.COUNTY_OFFICER, "kerman", "bale", 1004)
    elsewhere = await staff(town, Role.COUNTY_OFFICER, "bam", "bale", 1005)
    await coordinator.says("/poll")
    await coordinator.presses("پرسش دیگر")
    assert "نام هیچ‌کس نباید در پرسش یا گزینه‌ها باشد" in coordinator.last
    await coordinator.says(QUESTION)
    assert "گزینه نام کسی نباشد" in coordinator.last
    await coordinator.says("\n".join(OPTIONS))
    assert coordinator.buttons[0] == "درخواست اجازه"
    await coordinator.presses("درخواست اجازه")
    # Two working days: Thursday and Friday are none.
    assert coordinator.last.endswith(said("poll-card-asking", date="یکشنبه ۱۷ آبان"))
    assert officer.last.startswith("شورای پیشرفت محلهٔ شهر می‌خواهد این را از اهالی بپرسد")
    assert f"«{QUESTION}»\n۱. {OPTIONS[0]}" in officer.last
    assert officer.buttons == ["اجازه", "رد با دلیل"]
    await town.passes(5)
    assert not any(QUESTION in heard for heard in (*resident.heard, *elsewhere.heard))
    await town.passes(2 * DAY)
    await officer.presses("اجازه")
    await town.passes(5)
    # Two days went by, and the residents still have their week.
    assert "تا پایان جمعه ۲۲ آبان رأی بدهید" in resident.last
    assert resident.buttons == [*OPTIONS, "تنظیم خبرها"]
    assert any(said("leave-news-given", question=QUESTION) in heard for heard in coordinator.heard)
    await resident.presses(OPTIONS[1])
    assert await votes(town) != {}


async def test_a_question_about_people_is_refused_with_the_reason_and_written_anew(town: Town) -> None:
    await residents(town, 1)
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    officer = await staff(town, Role.COUNTY_OFFICER, "kerman", "bale", 1004)
    await writes_own(coordinator, question="رئیس هیئت محله چه کسی باشد؟", options=("رضا", "حسن"))
    await coordinator.presses("درخواست اجازه")
    await officer.presses("رد با دلیل")
    await officer.presses("دربارهٔ آدم‌هاست")
    assert officer.last.startswith("اجازه ندادید")
    assert "دلیل: رأی دربارهٔ آدم‌هاست؛ نام هیچ‌کس نباید در پرسش یا گزینه‌ها باشد" in coordinator.last
    await coordinator.presses("ویرایش و فرستادن")
    await coordinator.presses("ویرایش پرسش")
    await coordinator.says(QUESTION)
    await coordinator.presses("ویرایش گزینه‌ها")
    await coordinator.says("\n".join(OPTIONS))
    await coordinator.presses("درخواست اجازه")
    assert QUESTION in officer.last
    assert [row["state"] for row in await rows(town, "SELECT state FROM polls ORDER BY id")] == ["refused", "asking"]


async def test_of_two_officers_the_first_decides_and_the_other_reads_who_it_was(town: Town) -> None:
    await residents(town, 1)
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    officers = [await staff(town, Role.COUNTY_OFFICER, "kerman", "bale", number) for number in (1004, 1005)]
    await writes_own(coordinator)
    await coordinator.presses("درخواست اجازه")
    card = officers[1].data_of("اجازه")
    await officers[0].presses("اجازه")
    assert "دربارهٔ این پرسش تصمیم گرفته است" in officers[1].last
    await officers[1].forges(card)
    assert "دربارهٔ این پرسش تصمیم گرفته است" in officers[1].last
    assert len(await rows(town, "SELECT id FROM broadcasts")) == 1


async def test_officers_who_do_not_answer_are_told_once_more_and_the_author_knows(town: Town) -> None:
    await residents(town, 1)
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    officer = await staff(town, Role.COUNTY_OFFICER, "kerman", "bale", 1004)
    await writes_own(coordinator)
    await coordinator.presses("درخواست اجازه")
    for _ in range(8):
        await town.passes(DAY)
    assert sum("می‌خواهد این را از اهالی بپرسد" in heard for heard in officer.heard) == 2
    assert coordinator.heard.count(said("poll-leave-late", question=QUESTION)) == 1
    await coordinator.presses("لغو رأی‌گیری")
    await coordinator.says("دیگر لازم نیست")
    assert "دربارهٔ این پرسش تصمیم گرفته است" in officer.last


async def test_whoever_lost_the_office_meanwhile_asks_nothing(town: Town) -> None:
    await residents(town, 1)
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    officer = await staff(town, Role.COUNTY_OFFICER, "kerman", "bale", 1004)
    await writes_own(coordinator)
    await coordinator.presses("درخواست اجازه")
    await town.run(
        lambda tx: tx.run("UPDATE roles SET until = :now WHERE role = 'coordinator'", now=town.clock.seconds())
    )
    await officer.presses("اجازه")
    assert officer.last == said("leave-author-gone")
    assert await rows(town, "SELECT id FROM broadcasts") == []


@pytest.mark.parametrize(("role", "place"), [(Role.COUNTY_OFFICER, "kerman"), (Role.PROVINCE_ADMIN, "")])
async def test_county_and_province_need_nobodys_leave(town: Town, role: Role, place: str) -> None:
    (resident,) = await residents(town, 1)
    officer = await staff(town, role, place, "bale")
    await officer.says("/poll")
    await officer.says("محلهٔ شهر")
    await officer.presses("پرسش دیگر")
    await officer.says(QUESTION)
    await officer.says("\n".join(OPTIONS))
    await officer.presses("فرستادن")
    await town.passes(5)
    assert QUESTION in resident.last


async def test_a_whole_county_is_asked_and_nobody_of_another(town: Town) -> None:
    (near,) = await residents(town, 1)
    far, outside = town.person("bale", 1001), town.person("bale", 1002)
    await far.settles("شهرک مطهری")
    await outside.says("/start")
    await outside.presses("می‌پذیرم")
    officer = await staff(town, Role.COUNTY_OFFICER, "kerman", "bale", 1004)
    await officer.says("/poll")
    await officer.presses("شهرستان کرمان")
    assert "کدام زودتر؟" not in officer.buttons
    await officer.presses("پرسش دیگر")
    await officer.says(QUESTION)
    await officer.says("\n".join(OPTIONS))
    await officer.presses("فرستادن")
    await town.passes(5)
    for person in (near, far):
        assert person.last.startswith(f"رأی‌گیری مشورتی کمیتهٔ راهبری شهرستان کرمان:\n{QUESTION}")
        await person.presses(OPTIONS[0])
    assert len(await votes(town)) == 2
    await outside.forges("a:polls.vote:1:1:1")
    assert outside.last == said("polls-not-asked", place="کرمان")


async def test_one_message_is_enough_for_whoever_knows_what_to_ask(town: Town) -> None:
    await residents(town, 1)
    coordinator = await staff(town, Role.COUNCIL_HEAD, "kerman/n1")
    await coordinator.says(f"/poll {QUESTION}\n" + "\n".join(OPTIONS))
    assert coordinator.last.startswith(f"اهالی این را می‌بینند:\n«{QUESTION}»\n۱. {OPTIONS[0]}")
    await coordinator.says(f"/poll {QUESTION}")
    assert coordinator.last == said("poll-ask-options", least=2, most=8)


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        (["پارک"], said("poll-options-number", least=2, most=8)),
        ([f"جای {n}" for n in range(1, 10)], said("poll-options-number", least=2, most=8)),
        (["پارک", "👍"], said("poll-options-number", least=2, most=8)),
        (["پارک محله", "پارك  محله"], said("poll-options-alike")),
        (["پارک", "آ" * 81], said("poll-option-length", n=80)),
    ],
)
async def test_options_that_do_not_fit_are_answered(town: Town, lines: list[str], answer: str) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await writes_own(coordinator, options=tuple(lines))
    assert coordinator.last == answer


@pytest.mark.parametrize("typed", ["کجا؟", "آ" * 301])
async def test_a_question_is_neither_too_short_nor_too_long(town: Town, typed: str) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await coordinator.says("/poll")
    await coordinator.presses("پرسش دیگر")
    await coordinator.says(typed)
    assert coordinator.last == said("poll-question-length", least=10, most=300)


async def test_a_poll_for_nobody_is_not_sent(town: Town) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await writes_own(coordinator)
    assert coordinator.last.endswith(said("poll-confirm-nobody"))
    assert "درخواست اجازه" not in coordinator.buttons


@pytest.mark.parametrize("typed", ["/poll", "پرسش از اهالی", "رأی‌گیری‌های پیشین", "پرسش‌های منتظر اجازه"])
async def test_a_resident_asks_nothing(town: Town, typed: str) -> None:
    resident = town.person("telegram", 1001)
    await resident.settles()
    await resident.says(typed)
    assert resident.last.startswith("این بخش برای شما باز نیست.")
