"""Published minutes put right: by whoever leads, with a reason, wherever they were sent; and drafts changed before."""

from __future__ import annotations

import pytest

from storage import cases
from tests.sentences import said
from tests.town import Person, Town
from tests.town_talks.minuted import HELD, NAME, Secretary, begins, held, publishes, secretary
from tests.town_talks.plans import an_accepted_report
from tests.town_talks.two import rows

# From a printed calendar: ۳۰ آذر ۱۴۰۵ is a Monday, ۱۵ آذر a Sunday, ۲۰ آبان a Wednesday, ۱ دی a Tuesday.
ASPHALT = "آسفالت کوچهٔ ۲۱، شهرداری، تا پایان آذر"
PARTY = "جشن محله برگزار می‌شود، شورا، ۲۰ آبان"
WHY = "شمارهٔ کوچه اشتباه نوشته شده بود"


@pytest.fixture
def town(quiet_town: Town) -> Town:
    return quiet_town


async def takes_up(one: Secretary) -> None:
    """Opens what is published, to correct it."""
    await one.person.says("/meetings")
    await one.presses(f"{HELD}، شورا")
    await one.presses("دیدن نتیجه")
    await one.presses("اصلاح نتیجه")


async def corrects(one: Secretary, why: str = WHY) -> None:
    await one.presses("ثبت اصلاح")
    await one.says(why)
    for _ in range(4):
        await one.person.town.passes(6)


def results(person: Person) -> list[list[str]]:
    """The messages that told somebody what came of the meeting, as they read now."""
    return [text.splitlines() for text in person.heard if text.startswith(f"نتیجهٔ {NAME}\n{HELD}")]


@pytest.mark.parametrize(("platform", "other"), [("telegram", "bale"), ("bale", "telegram")])
async def test_what_was_sent_says_what_is_right_and_why(anywhere: Town, platform: str, other: str) -> None:
    one, near, far = await secretary(anywhere, platform, other)
    await held(anywhere)
    await publishes(one, ASPHALT, PARTY)
    await takes_up(one)
    assert one.last.splitlines()[:2] == [f"نتیجهٔ {NAME}، {HELD}", "۱. «آسفالت کوچهٔ ۲۱»؛ شهرداری، تا دوشنبه ۳۰ آذر"]
    await one.presses("تغییر تصمیم")
    await one.presses("تصمیم ۱")
    await one.presses("متن")
    await one.says("آسفالت کوچهٔ ۱۲")
    await one.presses("تغییر تصمیم")
    await one.presses("تصمیم ۱")
    await one.presses("تاریخ")
    await one.says("۱۵ آذر")
    await one.presses("تغییر تصمیم")
    await one.presses("تصمیم ۲")
    await one.presses("انجام‌دهنده")
    await one.says("گروه جهادی بهار")
    await corrects(one)
    right = [
        f"نتیجهٔ {NAME}",
        HELD,
        "۲ تصمیم گرفته شد.",
        "۱. «آسفالت کوچهٔ ۱۲»؛ شهرداری، تا یکشنبه ۱۵ آذر",
        "۲. «جشن محله برگزار می‌شود»؛ گروه جهادی بهار، تا چهارشنبه ۲۰ آبان",
        "اصلاح‌شده در چهارشنبه ۱۳ آبان",
        f"دلیل: {WHY}",
    ]
    assert results(near) == [right]
    assert results(far) == [right], "no second message"
    await near.presses("دیدن نتیجه")
    assert near.last.splitlines()[-2:] == right[-2:]
    plans = await rows(anywhere, "SELECT what, who_kind FROM actions ORDER BY id")
    assert [tuple(dict(row).values()) for row in plans] == [
        ("آسفالت کوچهٔ ۱۲", "agency"),
        ("جشن محله برگزار می‌شود", "group"),
    ]
    await near.says("/promises")
    await near.presses("آسفالت کوچهٔ ۱۲")
    assert "مهلت از دوشنبه ۳۰ آذر به یکشنبه ۱۵ آذر تغییر کرد. اعلام شورا" in near.last
    assert f"دلیل: {WHY}" in near.last


async def test_what_was_forgotten_is_added_and_what_was_not_decided_goes(town: Town) -> None:
    one, near, _ = await secretary(town)
    code = await an_accepted_report(town, near, one.person)
    await held(town)
    await publishes(one, PARTY)
    await takes_up(one)
    await one.says("لامپ‌ها عوض می‌شود، شورا، ۱۵ آذر")
    await one.presses("گزارش مربوط")
    await one.says(code)
    await one.presses("تغییر تصمیم")
    await one.presses("تصمیم ۱")
    await one.presses("حذف تصمیم")
    await corrects(one, "جشن به جلسهٔ بعد ماند")
    assert results(near)[0][4:6] == [
        "۱. «جشن محله برگزار می‌شود»؛ شورای پیشرفت محلهٔ شهر، کنار گذاشته شد (چهارشنبه ۱۳ آبان)",
        "۲. «لامپ‌ها عوض می‌شود»؛ شورای پیشرفت محلهٔ شهر، تا یکشنبه ۱۵ آذر",
    ]
    assert [text for text in near.heard if text.startswith(f"در جلسهٔ {HELD} دربارهٔ گزارش شما")] != []


async def test_people_of_a_report_read_the_correction_once(town: Town) -> None:
    one, near, _ = await secretary(town)
    code = await an_accepted_report(town, near, one.person)
    await held(town)
    await begins(one)
    await one.says("لامپ‌ها عوض می‌شود، شورا، ۱۵ آذر")
    await one.presses("گزارش مربوط")
    await one.says(code)
    await one.presses("انتشار نتیجه")
    await takes_up(one)
    await one.presses("تغییر تصمیم")
    await one.presses("تاریخ")
    await one.says("۲۰ آبان")
    await corrects(one)
    told = [text.splitlines() for text in near.heard if text.startswith(f"نتیجهٔ جلسهٔ {HELD} دربارهٔ گزارش شما")]
    assert [text[-1] for text in told] == ["«لامپ‌ها عوض می‌شود»؛ شورای پیشرفت محلهٔ شهر، تا چهارشنبه ۲۰ آبان"]
    case = await town.run(lambda tx: cases.by_code(tx, code))
    assert case is not None
    assert [row["due"] for row in await rows(town, "SELECT due FROM actions")] == [case.due]
    # Nothing changed: nobody is told again.
    await takes_up(one)
    await corrects(one, "بازبینی شد")
    again = [text for text in near.heard if text.startswith(f"نتیجهٔ جلسهٔ {HELD} دربارهٔ گزارش شما")]
    assert len(again) == 1


async def test_the_second_to_correct_is_told_and_nothing_of_theirs_is_stored(town: Town) -> None:
    one, near, _ = await secretary(town)
    await held(town)
    await publishes(one, ASPHALT)
    await takes_up(one)
    await town.run(lambda tx: tx.run("UPDATE minutes SET revision = revision + 1"))
    await one.presses("تغییر تصمیم")
    await one.presses("متن")
    await one.says("آسفالت کوچهٔ ۱۲")
    await corrects(one)
    assert said("minutes-taken", of=f"{NAME}، {HELD}") in one.person.heard
    assert results(near)[0][3] == "۱. «آسفالت کوچهٔ ۲۱»؛ شهرداری، تا دوشنبه ۳۰ آذر"


async def test_before_it_is_published_anything_can_be_changed(town: Town) -> None:
    one, near, _ = await secretary(town)
    await held(town)
    await begins(one)
    await one.photographs()
    await one.says(ASPHALT)
    await one.says(PARTY)
    await one.presses("تغییر تصمیم")
    await one.presses("تصمیم ۱")
    await one.presses("حذف تصمیم")
    assert one.last.splitlines()[1] == "۱. «جشن محله برگزار می‌شود»؛ شورای پیشرفت محلهٔ شهر، تا چهارشنبه ۲۰ آبان"
    await one.presses("عکس برای همه")
    assert "عکس دفتر: یک عکس، برای همه" in one.last
    await one.presses("انتشار نتیجه")
    for _ in range(3):
        await town.passes(6)
    await near.presses("دیدن نتیجه")
    await near.presses("عکس دفتر")
    assert near.chat[-2]["kind"] == "photo"
    await takes_up(one)
    await one.presses("حذف عکس")
    await corrects(one, "نام کسی در عکس بود")
    await near.says("/meetings")
    await near.presses(f"{HELD}، شورا")
    assert "عکس دفتر" not in near.buttons
