"""Calling a meeting by taps and by words: what is asked, what is refused, and what the last one is good for."""

from __future__ import annotations

import pytest

from domain.permissions import Role
from tests.sentences import said
from tests.town import Town
from tests.town_talks.meeting import PUBLIC, VENUE, announces, calls, council, lines, planned
from tests.town_talks.two import rows

DAY = 86_400


async def test_a_meeting_is_called_by_taps_alone(anywhere: Town) -> None:
    coordinator, near, _ = await council(anywhere)
    await coordinator.says("/meeting")
    assert coordinator.last == said("meeting-kind", place="محلهٔ شهر")
    await coordinator.presses("جلسهٔ شورا")
    assert lines(coordinator.last)[-1] == "آبان ۱۴۰۵"
    # ۱۳ آبان is a Wednesday, the fifth of a row that begins on Saturday; what has passed cannot be pressed.
    assert coordinator.buttons[:14] == [*"شیدسچپج", "·", "·", "·", "·", "۱۳", "۱۴", "۱۵•"]
    await coordinator.presses("ماه بعد")
    assert lines(coordinator.last)[-1] == "آذر ۱۴۰۵"
    await coordinator.presses("ماه قبل")
    await coordinator.presses("ماه بعد")
    await coordinator.presses("۵")
    assert lines(coordinator.last)[-1] == "روز: پنجشنبه ۵ آذر ۱۴۰۵"
    await coordinator.presses("۱۷:۰۰")
    await coordinator.says(VENUE)
    assert planned(coordinator)[:3] == [
        "دعوت به جلسهٔ شورای پیشرفت محلهٔ شهر",
        "زمان: پنجشنبه ۵ آذر ۱۴۰۵، ساعت ۵ عصر (۱۷:۰۰)",
        f"مکان: {VENUE}",
    ]
    await coordinator.presses("اعلام و دعوت")
    await anywhere.passes(6)
    assert not any("جلسهٔ شورای پیشرفت" in text for text in near.heard), "it is for the council alone"


async def test_everything_else_is_set_from_the_look_at_it(anywhere: Town) -> None:
    coordinator, near, _ = await council(anywhere)
    code = await near.reports("چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است")
    await coordinator.says(f"/accept {code} تعمیر چراغ‌ها")
    await calls(coordinator)
    await coordinator.presses("کنار ساعت")
    await coordinator.presses("نماز مغرب")
    await coordinator.presses("موضوع‌ها")
    await coordinator.says("آسفالت کوچهٔ بهار")
    await coordinator.presses("گزارش‌های باز")
    assert lines(coordinator.last)[1:] == ["۱. چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است: یک نفر، از چهارشنبه ۱۳ آبان"]
    await coordinator.presses("چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است")
    await coordinator.says("چیز دیگر")
    assert lines(coordinator.last)[-1] == "۳. چیز دیگر"
    await coordinator.presses("حذف ۳")
    await coordinator.presses("پایان")
    await coordinator.presses("تکرار")
    await coordinator.presses("هر ماه")
    await coordinator.presses("تغییر مکان")
    await coordinator.says("مدرسهٔ بهار")
    await coordinator.presses("تغییر زمان")
    await coordinator.presses("بازگشت")
    await coordinator.presses("اعلام و دعوت")
    await anywhere.passes(6)
    assert lines(near.last) == [
        f"دعوت به {PUBLIC}",
        "زمان: پنجشنبه ۵ آذر ۱۴۰۵، پس از نماز مغرب و عشا، ساعت ۵ عصر (۱۷:۰۰)",
        "مکان: مدرسهٔ بهار",
        "موضوع‌های جلسه:",
        "۱. آسفالت کوچهٔ بهار",
        "۲. چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است",
        "حضور برای همهٔ اهالی آزاد است.",
        # ۵ دی ۱۴۰۵ is a Saturday: 26 December 2026, by the printed calendar.
        "این جلسه هر ماه برگزار می‌شود؛ جلسهٔ بعدی: شنبه ۵ دی ۱۴۰۵.",
        "می‌آیید؟",
    ]
    (item,) = await rows(anywhere, "SELECT a.words, c.code FROM agenda_items a JOIN cases c ON c.id = a.case_id")
    assert item["code"] == code


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("دیروز ساعت ۵ عصر", "meeting-past"),
        ("امروز ساعت ۷ صبح", "meeting-past"),
        ("فردا ۲۵:۰۰", "meeting-no-hour"),
        ("فردا ساعت ۱۲ شب", "meeting-midnight"),
        # By the printed calendar ۳۰ مهر ۱۴۰۶ is a Friday and ۲۹ اسفند ۱۴۰۵ a Saturday.
        ("۳۱ مهر ساعت ۵", "مهر ۱۴۰۶ روز ۳۱ ندارد؛ آخرین روز آن جمعه ۳۰ مهر ۱۴۰۶ است."),
        ("۳۰ اسفند ساعت ۱۰", "اسفند ۱۴۰۵ روز ۳۰ ندارد؛ آخرین روز آن شنبه ۲۹ اسفند ۱۴۰۵ است."),
        ("۳۲", "آبان ۱۴۰۵ روز ۳۲ ندارد؛ آخرین روز آن شنبه ۳۰ آبان ۱۴۰۵ است."),
        ("۱۴۰۵/۱۳/۱ ساعت ۵", "meeting-no-date"),
        ("۱۴۰۷/۹/۵ ساعت ۵", "تا ۴۰۰ روز دیگر را می‌شود انتخاب کرد."),
        ("هر وقت شد", "meeting-when-unclear"),
    ],
)
async def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_is_lost(
    anywhere: Town, typed: str, answer: str
) -> None:
    coordinator, *_ = await council(anywhere)
    await coordinator.says("/meeting")
    await coordinator.presses("نشست عمومی")
    await coordinator.says(typed)
    assert coordinator.last.startswith(answer if " " in answer else said(answer))
    await coordinator.says("پنجشنبه ۵ آذر ساعت ۵ عصر")
    assert coordinator.last == said("meeting-venue", most=120)


@pytest.mark.parametrize(
    ("typed", "question", "choices"),
    [
        (
            "چهارشنبه ۵ آذر ساعت ۵ عصر",
            "روز و تاریخ با هم نمی‌خوانند؛ آن تاریخ پنجشنبه ۵ آذر ۱۴۰۵ است. کدام روز درست است؟",
            ["پنجشنبه ۵ آذر", "چهارشنبه ۴ آذر"],
        ),
        ("2026-11-26 17:00", "این تاریخ میلادی است. منظورتان پنجشنبه ۵ آذر ۱۴۰۵ است؟", ["بله، همین روز"]),
        ("شب جمعه ۶ آذر ساعت ۵", "", []),
    ],
)
async def test_a_doubtful_date_is_asked_about_with_its_hour_kept(
    anywhere: Town, typed: str, question: str, choices: list[str]
) -> None:
    coordinator, *_ = await council(anywhere)
    await coordinator.says(f"/meeting {typed}")
    await coordinator.presses("نشست عمومی")
    if not choices:
        assert coordinator.last == said("meeting-no-hour"), "five is no hour of the night"
        return
    assert coordinator.last.startswith(question)
    assert coordinator.buttons[: len(choices)] == choices
    await coordinator.presses(choices[0])
    await coordinator.says(VENUE)
    assert planned(coordinator)[1] == "زمان: پنجشنبه ۵ آذر ۱۴۰۵، ساعت ۵ عصر (۱۷:۰۰)"


async def test_the_other_day_of_a_doubt_can_be_meant_too_and_a_day_that_is_far_is_asked_about(
    anywhere: Town,
) -> None:
    coordinator, *_ = await council(anywhere)
    await coordinator.says("/meeting")
    await coordinator.presses("نشست عمومی")
    # Nobody says the year of a day that has passed; ۱ آبان ۱۴۰۶ is a Saturday by the printed calendar.
    await coordinator.says("۱ آبان ساعت ۵ عصر")
    assert coordinator.last.startswith("تا این روز خیلی مانده است: شنبه ۱ آبان ۱۴۰۶.")
    await coordinator.says("چهارشنبه ۵ آذر ساعت ۵ عصر پس از نماز مغرب و عشا")
    await coordinator.presses("چهارشنبه ۴ آذر")
    await coordinator.says(VENUE)
    assert planned(coordinator)[1] == "زمان: چهارشنبه ۴ آذر ۱۴۰۵، پس از نماز مغرب و عشا، ساعت ۵ عصر (۱۷:۰۰)"


async def test_a_number_under_the_month_is_a_day_of_it_and_any_quarter_of_an_hour_can_be_tapped(
    anywhere: Town,
) -> None:
    coordinator, *_ = await council(anywhere)
    await coordinator.says("/meeting")
    await coordinator.presses("نشست عمومی")
    await coordinator.presses("ماه بعد")
    await coordinator.says("۵")
    assert lines(coordinator.last)[-1] == "روز: پنجشنبه ۵ آذر ۱۴۰۵"
    await coordinator.presses("ساعت‌های دیگر")
    assert coordinator.buttons[:16] == [*"۷۸۹", *(f"۱{n}" for n in "۰۱۲۳۴۵۶۷۸۹"), "۲۰", "۲۱", "۲۲"]
    await coordinator.presses("۱۸")
    assert coordinator.buttons[:4] == ["۱۸:۰۰", "۱۸:۱۵", "۱۸:۳۰", "۱۸:۴۵"]
    await coordinator.presses("۱۸:۴۵")
    await coordinator.says(VENUE)
    assert planned(coordinator)[1] == "زمان: پنجشنبه ۵ آذر ۱۴۰۵، ساعت ۶:۴۵ عصر (۱۸:۴۵)"


# --- what it is about -------------------------------------------------------------------------------------------------


async def test_open_reports_are_offered_by_how_many_have_them_and_how_long_and_named_for_all_to_read(
    anywhere: Town,
) -> None:
    coordinator, near, far = await council(anywhere)
    for n in range(9):
        await near.reports(f"آب کوچهٔ {n} از صبح قطع است")
        await anywhere.passes(DAY)
    last = (await rows(anywhere, "SELECT id, code FROM cases ORDER BY id"))[-1]
    await coordinator.says(f"/accept {last['code']} پیگیری از اداره")
    await far.says("/issues")
    await far.presses("آب کوچهٔ 8 از صبح قطع است")
    await far.presses("برای من هم")
    await calls(coordinator)
    await coordinator.presses("موضوع‌ها")
    await coordinator.presses("گزارش‌های باز")
    assert lines(coordinator.last)[1] == "۱. آب کوچهٔ 8 از صبح قطع است: ۲ نفر، از پنجشنبه ۲۱ آبان"
    assert lines(coordinator.last)[2] == "۲. آب کوچهٔ 0 از صبح قطع است: یک نفر، از چهارشنبه ۱۳ آبان"
    await coordinator.presses("بعدی")
    assert lines(coordinator.last)[1:] == ["۹. آب کوچهٔ 7 از صبح قطع است: یک نفر، از چهارشنبه ۲۰ آبان"]
    await coordinator.presses("قبلی")
    # Nobody has decided about it yet: what the resident wrote is not for everybody.
    await coordinator.presses("آب کوچهٔ 0 از صبح قطع است")
    assert coordinator.last == said("meeting-wording", title="آب کوچهٔ 0 از صبح قطع است", most=200)
    await coordinator.says("قطع آب در کوچه‌ها")
    assert lines(coordinator.last)[-1] == "۱. قطع آب در کوچه‌ها"
    (one,) = [button for button in coordinator.buttons if button == "حذف ۱"]
    await coordinator.presses(one)
    assert "حذف ۱" not in coordinator.buttons


async def test_who_does_not_decide_about_reports_sees_the_public_ones_alone(anywhere: Town) -> None:
    coordinator, near, head = await council(anywhere)
    await near.reports("آب کوچهٔ بهار از صبح قطع است")
    await anywhere.grant(head, Role.COUNCIL_HEAD, "kerman/n1")
    await calls(head)
    await head.presses("موضوع‌ها")
    assert "گزارش‌های باز" not in head.buttons
    await head.forges(f"c:{head.data_of('انصراف').split(':')[1]}:case:1")
    assert head.last == said("button-old")
    code = (await rows(anywhere, "SELECT code FROM cases"))[0]["code"]
    await coordinator.says(f"/accept {code} پیگیری از اداره")
    await head.says("یک موضوع")
    assert "گزارش‌های باز" in head.buttons


async def test_a_meeting_beside_another_is_pointed_out_before_it_is_announced(anywhere: Town) -> None:
    coordinator, *_ = await council(anywhere)
    await announces(coordinator)
    await coordinator.says("/meeting پنجشنبه ۵ آذر ساعت ۶ عصر")
    await coordinator.presses("میز خدمت")
    assert lines(coordinator.last)[1] == (
        f"همین حوالی جلسهٔ دیگری هم هست: {PUBLIC}، پنجشنبه ۵ آذر ۱۴۰۵، ساعت ۵ عصر (۱۷:۰۰)"
    )


async def test_whoever_leads_in_several_places_is_asked_where(anywhere: Town) -> None:
    coordinator, *_ = await council(anywhere)
    await anywhere.grant(coordinator, Role.COORDINATOR, "kerman/n2")
    await coordinator.says("/meeting پنجشنبه ۵ آذر ساعت ۵ عصر")
    assert coordinator.last == said("meeting-place")
    await coordinator.says("ارگ")
    assert coordinator.last == said("meeting-place-none")
    await coordinator.says("شهر")
    assert coordinator.buttons[:2] == ["محلهٔ شهر، کرمان", "شهرک مطهری، کرمان"]
    await coordinator.presses("محلهٔ شهر، کرمان")
    assert coordinator.last == said("meeting-kind", place="محلهٔ شهر")
    await coordinator.presses("بازگشت")
    await coordinator.says("مطهری")
    await coordinator.presses("میز خدمت")
    await coordinator.says(VENUE)
    assert planned(coordinator)[0] == "دعوت به میز خدمت در شهرک مطهری"


async def test_announced_twice_at_once_it_is_one_meeting(anywhere: Town) -> None:
    coordinator, near, _ = await council(anywhere)
    await calls(coordinator)
    press = coordinator.data_of("اعلام و دعوت")
    for _ in range(2):
        anywhere.sandbox.press(coordinator.platform, coordinator.id, data=press, forged=True)
    await anywhere.quiet()
    await anywhere.passes(6)
    assert len(await rows(anywhere, "SELECT id FROM meetings")) == 1
    assert sum(text.startswith("دعوت به") for text in near.heard) == 1


async def test_an_officer_calls_the_countys_board_and_residents_call_nothing(anywhere: Town) -> None:
    coordinator, near, officer = await council(anywhere)
    await anywhere.grant(officer, Role.COUNTY_OFFICER, "kerman")
    await officer.says("/meeting فردا ساعت ۹ صبح")
    await officer.says("سالن فرمانداری")
    assert planned(officer)[0] == "دعوت به جلسهٔ کمیتهٔ راهبری شهرستان کرمان"
    await officer.presses("اعلام و دعوت")
    await anywhere.passes(6)
    assert lines(coordinator.last)[0] == "دعوت به جلسهٔ کمیتهٔ راهبری شهرستان کرمان"
    await near.says("/meeting فردا ساعت ۹")
    assert near.last == said("not-allowed")
    for action in ("meetings.yes", "meetings.show", "rearrange.cancel", "meetings.proposals"):
        await near.forges(f"a:{action}:1")
        assert near.last in {said("meeting-unknown"), said("not-allowed")}


# --- what an invitation leads to --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("platform", "other"), [("telegram", "bale"), ("bale", "telegram")])
async def test_a_topic_that_a_resident_proposes_is_decided_and_shown_to_all(
    anywhere: Town, platform: str, other: str
) -> None:
    coordinator, near, far = await council(anywhere, platform, other)
    await announces(coordinator)
    await near.presses("پیشنهاد موضوع")
    await near.says("روشنایی بوستان لاله")
    assert lines(near.last)[1] == "«روشنایی بوستان لاله»"
    assert lines(coordinator.last)[:2] == [f"یکی از اهالی برای {PUBLIC} موضوعی پیشنهاد کرد:", "«روشنایی بوستان لاله»"]
    await far.presses("پیشنهاد موضوع")
    await far.says("سرعت‌گیر")
    await coordinator.presses("نه")
    assert "سرعت‌گیر" in far.last
    assert far.last.startswith("موضوع پیشنهادی شما این بار")
    assert lines(coordinator.last)[1] == "«روشنایی بوستان لاله»", "the next that waits"
    await coordinator.presses("در دستور بگذار")
    assert near.last.startswith(f"موضوع پیشنهادی شما در دستور {PUBLIC} قرار گرفت:")
    for _ in range(3):
        await anywhere.passes(6)
    for resident in (near, far):
        (shown,) = [text for text in resident.heard if text.startswith("دعوت به")]
        assert lines(shown)[3:5] == ["موضوع‌های جلسه:", "۱. روشنایی بوستان لاله"]


async def test_nobody_proposes_without_end_and_words_about_harm_leave_no_trace(anywhere: Town) -> None:
    coordinator, near, _ = await council(anywhere)
    await announces(coordinator)
    for n in range(3):
        await near.presses("پیشنهاد موضوع")
        await near.says(f"موضوع شمارهٔ {n}")
    await near.presses("پیشنهاد موضوع")
    assert near.last == said("propose-item-enough", n=3)
    other = anywhere.person("telegram", 2009)
    await other.settles()
    await other.says("/meetings")
    await other.presses("پنجشنبه ۵ آذر، نشست عمومی")
    await other.presses("پیشنهاد موضوع")
    await other.says("شوهرم مرا کتک می‌زند")
    assert len(await rows(anywhere, "SELECT id FROM agenda_items")) == 3


@pytest.mark.parametrize("platform", ["telegram", "bale"])
async def test_the_place_comes_as_a_pin_and_the_meeting_as_a_calendar_file(anywhere: Town, platform: str) -> None:
    coordinator, near, _ = await council(anywhere, platform)
    await coordinator.says("/meeting پنجشنبه ۵ آذر ساعت ۵ عصر")
    await coordinator.presses("نشست عمومی")
    anywhere.sandbox.location(platform, coordinator.id, 30.2839, 57.0834)
    await anywhere.quiet()
    assert coordinator.heard[-2] == said("meeting-spot-kept")
    await coordinator.says(VENUE)
    await coordinator.presses("اعلام و دعوت")
    await anywhere.passes(6)
    await near.presses("نقشه")
    (pin,) = anywhere.sandbox.calls(platform, method="sendLocation")
    assert (float(pin.params["latitude"]), float(pin.params["longitude"])) == (30.2839, 57.0834)
    await near.presses("افزودن به تقویم")
    await anywhere.passes(1)
    await anywhere.passes(1)
    messenger = anywhere.sandbox.messengers[platform]
    (sent,) = [line for line in near.chat if line["kind"] == "document"]
    file = messenger.file(sent["media"]["document"]["file_id"])
    assert file is not None
    content = messenger.file_content(file).decode()
    # RFC 5545 asks for CRLF; five in the afternoon in Tehran is half past one in UTC.
    assert "DTSTART:20261126T133000Z\r\n" in content
    assert "SUMMARY:نشست عمومی اهالی محلهٔ شهر\r\n" in content
    assert "METHOD:PUBLISH\r\n" in content


async def test_the_list_shows_what_one_is_invited_to_over_all_places_in_one_order(anywhere: Town) -> None:
    """Somebody on a council here and a resident there sees this council's meetings, not the other one's."""
    coordinator, near, _ = await council(anywhere)
    head = anywhere.person("bale", 2010)
    await head.settles("شهرک مطهری")
    await anywhere.grant(head, Role.COORDINATOR, "kerman/n2")
    await anywhere.grant(near, Role.COUNCIL_MEMBER, "kerman/n2")
    await announces(coordinator, "شنبه ۷ آذر ساعت ۵ عصر", "جلسهٔ شورا")
    await announces(head, "جمعه ۶ آذر ساعت ۵ عصر", "جلسهٔ شورا")
    await announces(coordinator, "پنجشنبه ۵ آذر ساعت ۵ عصر")
    await near.says("/meetings")
    assert near.buttons == ["پنجشنبه ۵ آذر، نشست عمومی", "جمعه ۶ آذر، شورا"]
    await anywhere.passes(40 * DAY)
    for day in range(9):
        starts = anywhere.clock.seconds() + (day + 1) * DAY
        await anywhere.run(
            lambda tx, starts=starts: tx.run(
                "INSERT INTO meetings (place, kind, starts, venue, state, code, created) "
                "SELECT id, 'public', :starts, 'x', 'planned', :code, 0 FROM places WHERE path = :path",
                starts=starts,
                code=f"CODE{starts}",
                path="/kerman/city/n1/",
            )
        )
    await anywhere.passes(20 * DAY)
    await near.says("/meetings")
    first = near.buttons[:8]
    await near.presses("بعدی")
    assert len(first) == 8
    assert len({*first, *near.buttons[:3]}) == 11
    assert near.buttons[1:3] == ["جمعه ۶ آذر، شورا", "پنجشنبه ۵ آذر، نشست عمومی"], "the oldest come last"
