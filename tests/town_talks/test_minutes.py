"""Minutes in five minutes: a photo, the decisions with who and by when, and everybody reads what came of a meeting."""

from __future__ import annotations

import pytest

from domain.meetings import Kind
from domain.permissions import Role
from storage import cases
from tests.papers import says
from tests.sentences import said
from tests.town import Person, Town
from tests.town_talks.many import staff
from tests.town_talks.meeting import PUBLIC, UNTIL_IT, announces, council
from tests.town_talks.minuted import HELD, NAME, Secretary, begins, held, publishes, secretary
from tests.town_talks.plans import DAY, an_accepted_report
from tests.town_talks.test_own import chooses_weekly
from tests.town_talks.test_papers import files
from tests.town_talks.two import rows

# From a printed calendar: ۳۰ آذر ۱۴۰۵ is a Monday, ۵ آذر a Thursday, ۲۰ آبان a Wednesday, ۳۰ آبان a Saturday.
ASPHALT = "آسفالت کوچهٔ ۱۲، شهرداری، تا پایان آذر"
LINES = [
    "۱. «آسفالت کوچهٔ ۱۲»؛ شهرداری، تا دوشنبه ۳۰ آذر",
    "۲. «کاشت درخت در بوستان لاله»؛ گروه جهادی بهار، تا پنجشنبه ۵ آذر",
    "۳. «جشن محله برگزار می‌شود»؛ شورای پیشرفت محلهٔ شهر، تا چهارشنبه ۲۰ آبان",
]
#: Messages and taps that a photo and three decisions may take at most.
MOST = 14


@pytest.fixture
def town(quiet_town: Town) -> Town:
    return quiet_town


@pytest.mark.parametrize(("platform", "other"), [("telegram", "bale"), ("bale", "telegram")])
async def test_a_photo_and_three_decisions_by_questions(anywhere: Town, platform: str, other: str) -> None:
    one, near, far = await secretary(anywhere, platform, other)
    await held(anywhere, ("آسفالت کوچه", None))
    await begins(one)
    assert one.last.startswith(f"نتیجهٔ {NAME}، {HELD}\nاز صفحهٔ دفتر جلسه عکس بگیرید")
    await one.photographs()
    assert one.last.startswith("تصمیم اول چه بود؟")
    await one.says("آسفالت کوچهٔ ۱۲")
    await one.says("شهرداری")
    await one.says("پایان آذر")
    assert one.last.splitlines()[:2] == [f"نتیجهٔ {NAME}، {HELD}", LINES[0]]
    await one.says("کاشت درخت در بوستان لاله")
    await one.says("گروه جهادی بهار")
    await one.says("پنجشنبه ۵ آذر")
    await one.says("جشن محله برگزار می‌شود")
    await one.presses("شورا")
    await one.presses("۷ روز دیگر")
    assert one.last.splitlines()[1:-1] == [*LINES, "عکس دفتر: یک عکس، فقط برای مسئولان"]
    await one.presses("انتشار نتیجه")
    assert one.last == f"منتشر شد و فرستاده می‌شود:\n{NAME}، {HELD}"
    assert len(one.done) == 12
    assert len(one.done) <= MOST
    for _ in range(3):
        await anywhere.passes(6)
    for resident in (near, far):
        assert resident.last.splitlines() == [f"نتیجهٔ {NAME}", HELD, "۳ تصمیم گرفته شد.", *LINES]
        assert resident.buttons == ["دیدن نتیجه", "فایل برای چاپ", "چرا این پیام؟"]
    await near.presses("چرا این پیام؟")
    assert "محلهٔ شهر" in near.last
    await near.forges(near.data_of("دیدن نتیجه"))
    assert near.last.splitlines()[0] == f"نتیجهٔ {NAME}"
    assert [line for line in near.last.splitlines() if line in LINES] == LINES
    assert "عکس دفتر" not in near.buttons
    await one.presses("دیدن نتیجه")
    await one.presses("عکس دفتر")
    assert one.person.chat[-2]["kind"] == "photo"
    assert one.last == f"عکس دفتر جلسه: {NAME}\n{HELD}"


@pytest.mark.parametrize(("platform", "other"), [("telegram", "bale"), ("bale", "telegram")])
async def test_each_decision_in_one_line(quiet_town: Town, platform: str, other: str) -> None:
    one, near, _ = await secretary(quiet_town, platform, other)
    await held(quiet_town)
    await begins(one)
    await one.photographs()
    await one.says(ASPHALT)
    await one.says("کاشت درخت در بوستان لاله، گروه جهادی بهار، پنجشنبه، ۵ آذر")
    await one.says("جشن محله برگزار می‌شود، شورا، ۲۰ آبان")
    await one.presses("انتشار نتیجه")
    assert len(one.done) == 6
    for _ in range(3):
        await quiet_town.passes(6)
    assert near.last.splitlines()[3:] == LINES


async def test_decisions_that_are_spoken(town: Town) -> None:
    one, near, _ = await secretary(town)
    await held(town)
    await begins(one)
    await one.photographs()
    for _ in range(3):
        await one.speaks()
        await one.presses("شورا")
        await one.presses("پایان ماه")
    await one.presses("انتشار نتیجه")
    assert len(one.done) == 12
    for _ in range(3):
        await town.passes(6)
    spoken = "«در پیام صوتی، موضوع: سایر»؛ شورای پیشرفت محلهٔ شهر، تا شنبه ۳۰ آبان"
    assert near.last.splitlines()[3:] == [f"{n}. {spoken}" for n in ("۱", "۲", "۳")]
    await near.presses("دیدن نتیجه")
    await near.presses("در پیام صوتی، موضوع: سایر")
    assert "voice" in [line["kind"] for line in near.chat]


async def test_what_is_not_known_is_asked_and_nothing_else(town: Town) -> None:
    one, *_ = await secretary(town)
    await held(town)
    await begins(one)
    await one.says("تعمیر لوله، نگین کویر، تا ۱۵ آذر")  # the photo may be left out without a tap
    assert one.last == "«نگین کویر» کدام است؟"
    await one.presses("یک اداره")
    assert one.last.splitlines()[1] == "۱. «تعمیر لوله»؛ نگین کویر، تا یکشنبه ۱۵ آذر"
    await one.says("نصب نیمکت در میدان، نگین کویر، تا ۱۵ آذر")
    assert "۲. «نصب نیمکت در میدان»؛ نگین کویر، تا یکشنبه ۱۵ آذر" in one.last, "known by now"
    await one.says("خرید سطل زباله، تا ۱۵ آذر")
    assert one.last == said("doer")
    await one.presses("شورا")
    assert one.last.splitlines()[3].startswith("۳. «خرید سطل زباله»؛ شورای پیشرفت محلهٔ شهر")
    await one.says("خرید میز، صندلی و فرش برای خانهٔ محله")
    await one.presses("شورا")
    await one.says("شنبه ۵ آذر")
    assert one.last.startswith("روز هفته با تاریخ نمی‌خواند. منظورتان پنجشنبه ۵ آذر")
    await one.says("۵ آذر")
    assert "۴. «خرید میز، صندلی و فرش برای خانهٔ محله»" in one.last


async def test_a_resident_is_never_named(town: Town) -> None:
    one, near, _ = await secretary(town)
    await held(town)
    await begins(one)
    await one.says("شست‌وشوی مسجد، علی رضایی، تا ۱۵ آذر")
    await one.presses("یک نفر")
    assert said("minutes-unnamed") in one.last
    await one.presses("انتشار نتیجه")
    for _ in range(3):
        await town.passes(6)
    assert near.last.splitlines()[-1] == "۱. «شست‌وشوی مسجد»؛ یکی از اهالی، تا یکشنبه ۱۵ آذر"
    assert not any("رضایی" in text for text in near.heard)


async def test_a_draft_waits_and_goes_on_where_it_was(town: Town) -> None:
    one, *_ = await secretary(town)
    await held(town)
    await begins(one)
    await one.photographs()
    await one.says(ASPHALT)
    await one.person.says("/menu")
    await town.restart()
    await one.person.says("/report")
    await one.person.presses("انصراف")
    await begins(one)
    assert one.last == "یک نوشتهٔ نیمه‌کاره دارید:\n«نتیجهٔ جلسه»\nادامه می‌دهید؟"
    await one.presses("ادامه")
    assert one.last.splitlines()[1:3] == [LINES[0], "عکس دفتر: یک عکس، فقط برای مسئولان"]


async def test_no_decision_is_a_result_too_and_the_second_secretary_is_told(town: Town) -> None:
    one, near, _ = await secretary(town)
    await held(town)
    await begins(one)
    await one.presses("بدون عکس")
    head = Secretary(await staff(town, Role.COUNCIL_HEAD, "kerman/n1", "bale", 1009))
    await publishes(head)
    await one.presses("تصمیمی نبود")
    await one.presses("انتشار نتیجه")
    assert said("minutes-taken", of=f"{NAME}، {HELD}") in one.person.heard
    for _ in range(3):
        await town.passes(6)
    assert near.last.splitlines()[2:] == ["تصمیمی گرفته نشد."]


async def test_who_may_not_write_them_changes_nothing(town: Town) -> None:
    one, near, _ = await secretary(town)
    number = await held(town)
    await near.forges(f"a:minutes.open:{number}")
    assert near.last == said("not-allowed")
    await near.forges(f"a:results.show:{number}")
    assert near.last == said("minutes-unknown")
    await one.person.forges("a:minutes.open:999")
    assert one.last == said("meeting-unknown")


# --- reports that are decided about -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("platform", "other"), [("telegram", "bale"), ("bale", "telegram")])
async def test_people_of_a_report_read_what_was_decided_on_it_once(anywhere: Town, platform: str, other: str) -> None:
    one, near, far = await secretary(anywhere, platform, other)
    code = await an_accepted_report(anywhere, near, one.person)
    case = (await anywhere.run(lambda tx: cases.by_code(tx, code))) or pytest.fail("no case")
    await held(anywhere, ("تاریکی کوچهٔ ۱۲", case.id))
    await begins(one)
    await one.presses("بدون عکس")
    await one.presses("تاریکی کوچهٔ ۱۲")
    assert one.last.startswith("دربارهٔ «تاریکی کوچهٔ ۱۲» چه تصمیمی گرفته شد؟")
    await one.says("لامپ‌ها عوض می‌شود، توزیع برق، ۵ آذر")
    await one.presses("یک اداره")
    await one.says("چراغ‌های تازه خریده می‌شود، شورا، ۲۰ آبان")
    await one.presses("گزارش مربوط")
    await one.presses("تاریکی کوچهٔ ۱۲")
    await one.presses("همین خوب است")
    assert one.last.count("برای گزارش «تاریکی کوچهٔ ۱۲»") == 2
    await one.presses("انتشار نتیجه")
    told = [text for text in near.heard if text.startswith(f"در جلسهٔ {HELD} دربارهٔ گزارش شما")]
    assert [text.splitlines()[2:] for text in told] == [
        [
            "«لامپ‌ها عوض می‌شود»؛ توزیع برق، تا پنجشنبه ۵ آذر",
            "«چراغ‌های تازه خریده می‌شود»؛ شورای پیشرفت محلهٔ شهر، تا چهارشنبه ۲۰ آبان",
        ]
    ]
    for _ in range(3):
        await anywhere.passes(6)
    assert far.last.splitlines()[2:4] == ["۲ تصمیم گرفته شد.", "۲ تصمیم دربارهٔ گزارش‌های اهالی است."]
    await near.says(f"/track {code}")
    assert "چهارشنبه ۲۰ آبان" in near.last, "the next news, by the earlier of both dates"
    moves = await rows(anywhere, "SELECT move, from_state, to_state FROM moves WHERE move = 'decide'")
    assert [tuple(dict(row).values()) for row in moves] == [("decide", "accepted", "accepted")]


async def test_a_report_that_nobody_has_decided_about_is_accepted_by_the_meeting(town: Town) -> None:
    one, near, _ = await secretary(town)
    code = await near.reports("چراغ کوچهٔ ۱۲ خاموش است و علی دیشب زمین خورد")
    await held(town)
    await begins(one)
    await one.says(ASPHALT)
    await one.presses("گزارش مربوط")
    await one.says(code)
    await one.presses("انتشار نتیجه")
    assert [dict(row) for row in await rows(town, "SELECT state FROM cases")] == [{"state": "accepted"}]
    assert near.last.startswith(f"در جلسهٔ {HELD} دربارهٔ گزارش شما")
    for _ in range(3):
        await town.passes(6)
    await near.presses("دیدن نتیجه")
    assert "برای گزارش «موضوع: سایر»" in near.last or "علی" not in near.last


async def test_a_council_head_moves_no_report_that_is_not_theirs_to_decide(town: Town) -> None:
    _, near, _ = await secretary(town)
    head = Secretary(await staff(town, Role.COUNCIL_HEAD, "kerman/n1", "bale", 1009))
    code = await near.reports("چراغ کوچهٔ ۱۲ خاموش است و علی دیشب زمین خورد")
    await held(town)
    await begins(head)
    await head.says(ASPHALT)
    await head.presses("گزارش مربوط")
    await head.says(code)
    assert head.last == said("track-not-found")


# --- on paper ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["telegram", "bale"])
async def test_the_minutes_on_paper(anywhere: Town, platform: str) -> None:
    one, *residents = await secretary(anywhere, platform)
    reader = next(person for person in residents if person.platform == platform)
    await held(anywhere, ("آسفالت کوچه", None))
    await publishes(one, ASPHALT, "جشن محله برگزار می‌شود، شورا، ۲۰ آبان")
    await reader.presses("فایل برای چاپ")
    await anywhere.passes(1)
    (sent,) = files(reader)
    assert sent.name == "minutes_kerman_n1_1405-08-12.pdf"
    for words in (
        f"نتیجهٔ {NAME}",
        "مسجد جامع",
        "موضوع‌ها",
        "۱. آسفالت کوچه",
        "تصمیم‌ها",
        "شهرداری، تا دوشنبه ۳۰ آذر",
        "شورای پیشرفت محلهٔ شهر، تا چهارشنبه ۲۰ آبان",
    ):
        assert says(sent.content, words)


async def test_there_is_no_paper_before_there_are_minutes(town: Town) -> None:
    _, near, _ = await secretary(town)
    number = await held(town)
    await near.forges(f"a:results.paper:{number}")
    assert near.last == said("minutes-unknown")


# --- reminders --------------------------------------------------------------------------------------------------------

FIRST, LAST = said("minutes-remind-first"), said("minutes-remind-last")


def reminded(person: Person) -> list[str]:
    return [text.splitlines()[-1] for text in person.heard if text.splitlines()[-1] in (FIRST, LAST)]


@pytest.mark.parametrize("platform", ["telegram", "bale"])
async def test_the_secretary_is_reminded_after_three_days_and_after_a_week(anywhere: Town, platform: str) -> None:
    coordinator, *_ = await council(anywhere, platform)
    await announces(coordinator)
    await anywhere.passes(UNTIL_IT + 3 * DAY - 120)
    assert reminded(coordinator) == []
    await anywhere.passes(120)
    assert reminded(coordinator) == [FIRST]
    assert coordinator.last.splitlines()[:2] == [PUBLIC, "پنجشنبه ۵ آذر"]
    await anywhere.passes(4 * DAY)
    assert reminded(coordinator) == [FIRST, LAST]
    await anywhere.passes(20 * DAY)
    assert reminded(coordinator) == [FIRST, LAST]
    await coordinator.presses("نوشتن نتیجه")
    assert coordinator.last.startswith(f"نتیجهٔ {PUBLIC}، پنجشنبه ۵ آذر")


async def test_nobody_is_reminded_of_what_is_published_or_was_not_held(town: Town) -> None:
    coordinator, *_ = await council(town)
    await announces(coordinator)
    await coordinator.presses("تغییر زمان")
    await coordinator.says("جمعه ۶ آذر ساعت ۱۰ صبح")
    await coordinator.says("به خواست اهالی")
    await coordinator.presses("اعلام تغییر")
    await announces(coordinator, "شنبه ۷ آذر ساعت ۵ عصر")
    await coordinator.presses("لغو جلسه")
    await coordinator.says("سخنران بیمار است")
    await coordinator.presses("لغو جلسه")
    await town.passes(UNTIL_IT + DAY)
    await coordinator.says("نوشتن نتیجهٔ جلسه")
    await coordinator.presses(f"{PUBLIC}، جمعه ۶ آذر")
    await coordinator.presses("بدون عکس")
    await coordinator.presses("تصمیمی نبود")
    await coordinator.presses("انتشار نتیجه")
    await town.passes(12 * DAY)
    assert reminded(coordinator) == []


async def test_the_reminder_goes_with_the_meeting_and_to_who_leads_by_now(town: Town) -> None:
    coordinator, near, _ = await council(town)
    await announces(coordinator)
    await coordinator.presses("تغییر زمان")
    await coordinator.says("شنبه ۷ آذر ساعت ۵ عصر")
    await coordinator.says("به خواست اهالی")
    await coordinator.presses("اعلام تغییر")
    await town.run(lambda tx: tx.run("UPDATE roles SET until = 1 WHERE role = 'coordinator'"))
    await town.grant(near, Role.COORDINATOR, "kerman/n1")
    await town.passes(UNTIL_IT + 3 * DAY)
    assert (reminded(coordinator), reminded(near)) == ([], [])
    await town.passes(2 * DAY)
    assert (reminded(coordinator), reminded(near)) == ([], [FIRST])


# --- among the meetings -----------------------------------------------------------------------------------------------


async def test_past_meetings_are_listed_with_what_came_of_them(anywhere: Town) -> None:
    one, near, _ = await secretary(anywhere)
    await held(anywhere)
    await held(anywhere, kind=Kind.PUBLIC, days=5)
    when = f"{HELD} ۱۴۰۵، ساعت ۹:۳۰ صبح (۰۹:۳۰)"
    public = "نشست عمومی اهالی محلهٔ شهر: جمعه ۸ آبان ۱۴۰۵، ساعت ۹:۳۰ صبح (۰۹:۳۰)"
    await near.says("/meetings")
    assert near.last.splitlines()[2:] == ["برگزارشده:", public], "a council's own meeting is not theirs to see"
    await publishes(one, ASPHALT)
    await near.says("/meetings")
    assert near.last.splitlines()[2:] == ["برگزارشده:", f"{NAME}: {when}؛ یک تصمیم", public]
    await near.presses(f"{HELD}، شورا")
    assert near.last.splitlines()[0] == f"نتیجهٔ {NAME}"
    elsewhere = anywhere.person("telegram", 3001)
    await elsewhere.settles("شهرک مطهری")
    await elsewhere.says("/meetings")
    assert NAME not in elsewhere.last
    await one.person.says("/meetings")
    await one.person.presses(f"{HELD}، شورا")
    await one.person.presses("دیدن نتیجه")
    assert one.person.buttons[-1] == "اصلاح نتیجه"


async def test_a_board_tells_its_own_and_its_decisions_are_followed_by_agency(town: Town) -> None:
    officer = Secretary(await staff(town, Role.COUNTY_OFFICER, "kerman", "telegram", 1008))
    head, resident = await staff(town, Role.COUNCIL_HEAD, "kerman/n2", "bale", 1009), town.person("telegram", 2001)
    await resident.settles()
    await held(town, kind=Kind.COUNTY_BOARD, at="kerman")
    await officer.person.says("/meetings")
    await officer.presses(f"{HELD}، کمیتهٔ شهرستان")
    await officer.presses("نوشتن نتیجه")
    await officer.says(ASPHALT)
    await officer.presses("انتشار نتیجه")
    for _ in range(3):
        await town.passes(6)
    board = "جلسهٔ کمیتهٔ راهبری شهرستان کرمان"
    assert head.last.splitlines() == [f"نتیجهٔ {board}", HELD, "یک تصمیم گرفته شد.", LINES[0]]
    assert not any(board in text for text in resident.heard)
    await officer.person.says("/decisions")
    assert officer.last.splitlines()[-1].startswith("شهرداری")


async def test_minutes_of_a_meeting_that_was_called_off_meanwhile_are_not_published(town: Town) -> None:
    one, *_ = await secretary(town)
    await held(town)
    await begins(one)
    await one.says(ASPHALT)
    await town.run(lambda tx: tx.run("UPDATE meetings SET state = 'cancelled'"))
    await one.presses("انتشار نتیجه")
    assert one.last.startswith(said("minutes-early"))
    assert await rows(town, "SELECT 1 AS found FROM actions") == []


async def test_whoever_takes_the_news_once_a_week_reads_of_it_there(town: Town) -> None:
    one, near, _ = await secretary(town)
    await chooses_weekly(near)
    await held(town)
    await publishes(one, ASPHALT)
    assert not any(text.startswith(f"نتیجهٔ {NAME}") for text in near.heard)
    await town.passes(1.4 * DAY)  # Thursday evening
    assert f"نتیجهٔ {NAME}، {HELD}: یک تصمیم. آن را در «جلسه‌ها» ببینید." in near.last.splitlines()
