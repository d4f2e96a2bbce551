"""Jalali dates and hours: as shown, and as people type them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from domain.jalali import (
    TEHRAN,
    JalaliDate,
    WeekdayMismatch,
    clock_words,
    compact_date,
    day_month,
    day_words,
    from_jalali,
    full_date,
    parse_date,
    parse_figures,
    relative_day,
    tehran_day,
    to_jalali,
    weekday_name,
)

patient = settings(deadline=None, max_examples=300, suppress_health_check=list(HealthCheck))

FIRST, LAST = from_jalali(1300, 1, 1), from_jalali(1501, 1, 1) - timedelta(1)
days = st.dates(FIRST, LAST)
languages = st.sampled_from(["fa", "en"])
TODAY = date(2025, 11, 25)  # سه‌شنبه ۴ آذر ۱۴۰۴

# Known from outside this program: news of that day, and another calendar library.
VERIFIED = [
    (date(2025, 10, 11), "شنبه ۱۹ مهر ۱۴۰۴", "Saturday 19 Mehr 1404", "۱۴۰۴/۰۷/۱۹"),
    (date(2025, 11, 26), "چهارشنبه ۵ آذر ۱۴۰۴", "Wednesday 5 Azar 1404", "۱۴۰۴/۰۹/۰۵"),
    (date(2025, 12, 18), "پنجشنبه ۲۷ آذر ۱۴۰۴", "Thursday 27 Azar 1404", "۱۴۰۴/۰۹/۲۷"),
    (date(2025, 12, 30), "سه\u200cشنبه ۹ دی ۱۴۰۴", "Tuesday 9 Dey 1404", "۱۴۰۴/۱۰/۰۹"),
    (date(2026, 5, 1), "جمعه ۱۱ اردیبهشت ۱۴۰۵", "Friday 11 Ordibehesht 1405", "۱۴۰۵/۰۲/۱۱"),
    (date(2026, 11, 26), "پنجشنبه ۵ آذر ۱۴۰۵", "Thursday 5 Azar 1405", "۱۴۰۵/۰۹/۰۵"),
    (date(2025, 3, 20), "پنجشنبه ۳۰ اسفند ۱۴۰۳", "Thursday 30 Esfand 1403", "۱۴۰۳/۱۲/۳۰"),
    (date(2025, 3, 21), "جمعه ۱ فروردین ۱۴۰۴", "Friday 1 Farvardin 1404", "۱۴۰۴/۰۱/۰۱"),
    (date(2026, 3, 20), "جمعه ۲۹ اسفند ۱۴۰۴", "Friday 29 Esfand 1404", "۱۴۰۴/۱۲/۲۹"),
]


@pytest.mark.parametrize(("day", "persian", "english", "figures"), VERIFIED)
def test_verified_days_are_written_and_read(day, persian, english, figures):
    assert (full_date(day), full_date(day, "en"), compact_date(day)) == (persian, english, figures)
    assert [parse_date(written, TODAY) for written in (persian, english, figures)] == [day] * 3


def test_the_short_forms_leave_out_what_they_say():
    day = date(2026, 11, 26)
    assert (day_month(day), day_month(day, "en")) == ("۵ آذر", "5 Azar")
    assert (day_words(day), day_words(day, "en")) == ("پنجشنبه ۵ آذر", "Thursday 5 Azar")
    assert (weekday_name(day), compact_date(day, "en")) == ("پنجشنبه", "1405/09/05")
    assert to_jalali(day) == JalaliDate(1405, 9, 5)


def test_each_day_from_1300_to_1500_follows_the_one_before():
    day, before = FIRST, to_jalali(FIRST - timedelta(1))
    while day <= LAST:
        jalali = to_jalali(day)
        if jalali.day > 1:
            assert jalali == before._replace(day=before.day + 1)
        elif jalali.month > 1:
            assert jalali == (before.year, before.month + 1, 1)
            assert before.day == (31 if before.month <= 6 else 30)
        else:
            assert jalali == (before.year + 1, 1, 1)
            assert before[1:] in ((12, 29), (12, 30))
        assert from_jalali(*jalali) == day
        day, before = day + timedelta(1), jalali


@patient
@given(days, languages)
def test_what_is_written_is_read_back(day, language):
    for write in (full_date, compact_date, day_month, day_words):
        assert parse_date(write(day, language), day) == day
    assert parse_date(day.isoformat(), TODAY) == day


@patient
@given(days, st.integers(-30, 30), languages)
def test_a_relative_day_is_read_back_on_the_same_day(now, distance, language):
    day = now + timedelta(distance)
    assume(FIRST <= day <= LAST)
    assert parse_date(relative_day(day, now, language), now) == day


@patient
@given(days)
def test_a_date_with_the_wrong_weekday_is_not_taken(day):
    wrong = day + timedelta(1)
    with pytest.raises(WeekdayMismatch) as refused:
        parse_date(f"{weekday_name(wrong)} {compact_date(day)}", TODAY)
    assert (refused.value.day, refused.value.said) == (day, wrong.weekday())


@patient
@given(st.text(max_size=40), days)
def test_any_text_is_a_day_or_is_not(text, today):
    try:
        found = parse_date(text, today)
    except WeekdayMismatch:
        return
    assert found is None or isinstance(found, date)


@pytest.mark.parametrize(
    ("distance", "persian", "english"),
    [
        (-8, "دوشنبه ۲۶ آبان ۱۴۰۴", "Monday 26 Aban 1404"),
        (-7, "سه\u200cشنبه ۲۷ آبان ۱۴۰۴", "Tuesday 27 Aban 1404"),
        (-6, "۶ روز پیش", "6 days ago"),
        (-2, "۲ روز پیش", "2 days ago"),
        (-1, "دیروز", "yesterday"),
        (0, "امروز", "today"),
        (1, "فردا", "tomorrow"),
        (3, "۳ روز دیگر", "in 3 days"),
        (6, "۶ روز دیگر", "in 6 days"),
        (7, "سه\u200cشنبه ۱۱ آذر ۱۴۰۴", "Tuesday 11 Azar 1404"),
    ],
)
def test_near_days_are_said_by_their_distance(distance, persian, english):
    day = TODAY + timedelta(distance)
    assert (relative_day(day, TODAY), relative_day(day, TODAY, "en")) == (persian, english)


def test_the_day_changes_at_midnight_in_tehran():
    before, after = (datetime(2026, 7, 1, 20, minute, tzinfo=UTC) for minute in (29, 30))
    assert (tehran_day(before), tehran_day(after)) == (date(2026, 7, 1), date(2026, 7, 2))
    assert (full_date(before), full_date(after)) == ("چهارشنبه ۱۰ تیر ۱۴۰۵", "پنجشنبه ۱۱ تیر ۱۴۰۵")
    assert relative_day(after, before) == "فردا"
    assert relative_day(before.astimezone(timezone(timedelta(hours=9))), before) == "امروز"


def test_tehran_has_no_summer_time_any_more():
    assert datetime(2026, 7, 1, tzinfo=TEHRAN).utcoffset() == timedelta(hours=3, minutes=30)


@pytest.mark.parametrize("use", [full_date, compact_date, day_month, day_words, clock_words, tehran_day, to_jalali])
def test_a_moment_without_a_zone_is_refused(use):
    with pytest.raises(ValueError, match="time zone"):
        use(datetime(2026, 11, 26, 17, 0))  # noqa: DTZ001 - the mistake that is refused


@pytest.mark.parametrize(
    ("hour", "minute", "persian", "english"),
    [
        (0, 0, "۱۲ شب (۰۰:۰۰)", "00:00"),
        (0, 30, "۱۲:۳۰ شب (۰۰:۳۰)", "00:30"),
        (1, 0, "۱ بامداد (۰۱:۰۰)", "01:00"),
        (4, 59, "۴:۵۹ بامداد (۰۴:۵۹)", "04:59"),
        (5, 0, "۵ صبح (۰۵:۰۰)", "05:00"),
        (11, 5, "۱۱:۰۵ صبح (۱۱:۰۵)", "11:05"),
        (12, 0, "۱۲ ظهر (۱۲:۰۰)", "12:00"),
        (13, 0, "۱ بعدازظهر (۱۳:۰۰)", "13:00"),
        (16, 45, "۴:۴۵ بعدازظهر (۱۶:۴۵)", "16:45"),
        (17, 0, "۵ عصر (۱۷:۰۰)", "17:00"),
        (17, 30, "۵:۳۰ عصر (۱۷:۳۰)", "17:30"),
        (20, 0, "۸ شب (۲۰:۰۰)", "20:00"),
        (23, 59, "۱۱:۵۹ شب (۲۳:۵۹)", "23:59"),
    ],
)
def test_the_hour_is_said_with_its_part_of_the_day(hour, minute, persian, english):
    moment = datetime(2026, 11, 26, hour, minute, tzinfo=TEHRAN).astimezone(UTC)
    assert (clock_words(moment), clock_words(moment, "en")) == (persian, english)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("۱۴۰۵/۹/۵", date(2026, 11, 26)),
        ("1405-09-05", date(2026, 11, 26)),
        ("١٤٠٥.٩.٥", date(2026, 11, 26)),
        ("۱۴۰۵ / ۰۹ / ۰۵", date(2026, 11, 26)),
        ("۱۴۰۵ ۹ ۵", date(2026, 11, 26)),
        ("۵/۹/۱۴۰۵", date(2026, 11, 26)),
        ("\u200f۱۴۰۵/۹/۵\u200f", date(2026, 11, 26)),
        ("2026-11-26", date(2026, 11, 26)),
        ("۲۰۲۶/۱۱/۲۶", date(2026, 11, 26)),
        ("۵ آذر", date(2025, 11, 26)),
        ("۴ آذر", date(2025, 11, 25)),
        ("۳ آذر", date(2026, 11, 24)),
        ("5 اذر ۱۴۰۵", date(2026, 11, 26)),
        ("۵ آذرماه ۱۴۰۵", date(2026, 11, 26)),
        ("۵ام آذر ماه سال ۱۴۰۵", date(2026, 11, 26)),
        ("5 azar 1405", date(2026, 11, 26)),
        ("پنجشنبه ۵ آذر ۱۴۰۵", date(2026, 11, 26)),
        ("پنج‌شنبه، ۵ آذر ۱۴۰۵", date(2026, 11, 26)),
        ("پنج شنبه ۵ آذر ۱۴۰۵", date(2026, 11, 26)),
        ("چهارشنبه ۵ آذر", date(2025, 11, 26)),
        ("امروز", date(2025, 11, 25)),
        ("فردا!", date(2025, 11, 26)),
        ("تا فردا", date(2025, 11, 26)),
        ("پس‌فردا", date(2025, 11, 27)),
        ("پس فردا", date(2025, 11, 27)),
        ("دیروز", date(2025, 11, 24)),
        ("شنبه", date(2025, 11, 29)),
        ("روز شنبه", date(2025, 11, 29)),
        ("شنبهٔ آینده", date(2025, 11, 29)),
        ("سه‌شنبه", date(2025, 12, 2)),
        ("سه شنبه", date(2025, 12, 2)),
        ("۳شنبه", date(2025, 12, 2)),
        ("چهارشنبهٔ هفتهٔ بعد", date(2025, 12, 3)),
        ("Friday", date(2025, 11, 28)),
        ("۳ روز دیگر", date(2025, 11, 28)),
        ("سه روز دیگه", date(2025, 11, 28)),
        ("۳روز", date(2025, 11, 28)),
        ("۲ روز پیش", date(2025, 11, 23)),
        ("روز بعد", date(2025, 11, 26)),
        ("هفتهٔ بعد", date(2025, 12, 2)),
        ("هفته‌ی آینده", date(2025, 12, 2)),
        ("یک هفته", date(2025, 12, 2)),
        ("دو هفتهٔ دیگر", date(2025, 12, 9)),
        ("ماه بعد", date(2025, 12, 25)),
        ("in 2 weeks", date(2025, 12, 9)),
        ("", None),
        ("سلام", None),
        ("روز", None),
        ("هفته", None),
        ("شنبه‌ها", None),
        ("شنبه ۵", None),
        ("۵", None),
        ("۹/۵", None),
        ("۱۲۳۴۵۶۷۸", None),
        ("۱۴۰۵/۱۳/۱", None),
        ("۱۴۰۴/۱۲/۳۰", None),
        ("۳۰ اسفند", None),
        ("۳۲ آذر", None),
        ("۱۲۰۰/۱/۱", None),
        ("1850-01-01", None),
        ("2026-02-30", None),
        ("۵ آذر و ۶ آذر", None),
    ],
)
def test_what_people_type_is_understood_or_not(typed, expected):
    assert parse_date(typed, TODAY) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("۱۴۰۵/۰۹/۰۵", date(2026, 11, 26)),
        (" 1405-9-5 ", date(2026, 11, 26)),
        ("5/9/1405", date(2026, 11, 26)),
        ("2026-11-26", date(2026, 11, 26)),
        ("26/11/2026", None),
        ("1404/12/30", None),
        ("فردا", None),
        ("۵ آذر", None),
        ("پنجشنبه ۱۴۰۵/۰۹/۰۵", None),
        ("", None),
    ],
)
def test_a_file_gives_whole_dates_in_figures_only(written, expected):
    assert parse_figures(written) == expected


def test_a_weekday_is_checked_against_the_coming_date():
    with pytest.raises(WeekdayMismatch) as refused:
        parse_date("پنجشنبه ۵ آذر", TODAY)
    assert refused.value.day == date(2025, 11, 26)
    assert weekday_name(refused.value.day) == "چهارشنبه"


def test_a_month_later_ends_with_the_month():
    assert parse_date("ماه بعد", from_jalali(1405, 6, 31)) == from_jalali(1405, 7, 30)
    assert parse_date("ماه بعد", from_jalali(1405, 11, 30)) == from_jalali(1405, 12, 29)
    assert parse_date("۲ ماه دیگر", from_jalali(1405, 11, 3)) == from_jalali(1406, 1, 3)
