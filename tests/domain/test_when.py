"""A day and an hour as people type them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.jalali import WeekdayMismatch, clock_words, full_date, to_jalali
from domain.when import (
    Doubt,
    Midnight,
    NoSuchDay,
    NoSuchHour,
    When,
    at,
    hour_in,
    month_days,
    month_later,
    occurrence,
    parse_when,
    prayer_in,
)

#: A Wednesday: ۱۳ آبان ۱۴۰۵.
TODAY = date(2026, 11, 4)
#: Weekdays of Jalali dates, copied from a printed calendar and not computed: Monday is 0.
PRINTED = {
    (1405, 1, 1): 5,
    (1405, 8, 13): 2,
    (1405, 9, 5): 3,
    (1405, 10, 1): 1,
    (1405, 12, 29): 5,
    (1403, 12, 30): 3,
    (1406, 1, 1): 6,
}


#: What times are made of, to be put together at random.
WORDS = (
    "پنجشنبه", "شنبه", "شب", "عصر", "ساعت", "۵", "۲۵", "و", "نیم", "ربع", "به", "تا", "آذر", "مهر", "سی", "بیست",
    "۱۴۰۵", "فردا", "۱۷:۰۰", "2026-11-26", "نوامبر", "بعد از نماز", "مغرب", "۱۴۰۵/۹/۵", "(۱۷:۰۰)", "هفتهٔ", "این", "۳۱",
    "ب.ظ", ":", "/",
)  # fmt: skip


@pytest.mark.parametrize(
    ("words", "day", "clock"),
    [
        ("پنجشنبه ۵ آذر ساعت ۵ عصر", date(2026, 11, 26), time(17)),
        ("فردا ۱۸", date(2026, 11, 5), time(18)),
        ("۱۴۰۵/۹/۵ ۱۷:۰۰", date(2026, 11, 26), time(17)),
        ("1405-09-05 17:00", date(2026, 11, 26), time(17)),
        ("شنبه بعد از ظهر ساعت چهار و نیم", date(2026, 11, 7), time(16, 30)),
        ("عصر فردا ساعت ۵", date(2026, 11, 5), time(17)),
        ("ساعت ۱۷:۳۰ پنجشنبه", date(2026, 11, 5), time(17, 30)),
        ("یکشنبه ساعت یازده و ربع", date(2026, 11, 8), time(11, 15)),
        ("پس‌فردا ۱۰ و ۴۵ دقیقه صبح", date(2026, 11, 6), time(10, 45)),
        ("۱۲ ظهر جمعه", date(2026, 11, 6), time(12)),
        ("۳ روز دیگر ساعت ۱۸", date(2026, 11, 7), time(18)),
        ("روز شنبه ۵ عصر", date(2026, 11, 7), time(17)),
        ("پنج‌شنبه ٥ آذر ساعت ٥ عصر", date(2026, 11, 26), time(17)),
        ("فردا ساعت ۵", date(2026, 11, 5), time(17)),  # nobody means five in the morning
        ("فردا ساعت ۰۵:۰۰", date(2026, 11, 5), time(5)),  # who writes it so does
        ("فردا ساعت ۵ صبح", date(2026, 11, 5), time(5)),
        ("۵ آذر", date(2026, 11, 26), None),
        ("۱۹ آذر", date(2026, 12, 10), None),
        ("1405 9 5", date(2026, 11, 26), None),
        ("۵ و نیم عصر", None, time(17, 30)),
        ("۱۷:۰۰", None, time(17)),
        ("پنجشنبه، ۵ آذر ۱۴۰۵، ساعت ۵ عصر (۱۷:۰۰)", date(2026, 11, 26), time(17)),
        ("۵آذر ساعت۵عصر", date(2026, 11, 26), time(17)),
        ("پنجم آذرماه ساعت ۵ عصر", date(2026, 11, 26), time(17)),
        ("روز پنج شنبه مورخ ۱۴۰۵/۰۹/۰۵ راس ساعت ۱۷", date(2026, 11, 26), time(17)),
        ("سي و یکم شهریور ساعت ۵", date(2027, 9, 22), time(17)),
        ("چارشنبه سر ساعت ۵", date(2026, 11, 11), time(17)),
        ("پنجشمبه ۱۸", date(2026, 11, 5), time(18)),
        ("یه شنبه ساعت ۵ و بیست دقیقه", date(2026, 11, 8), time(17, 20)),
        ("همین پنجشنبه ربع به شش عصر", date(2026, 11, 5), time(17, 45)),
        ("جمعهٔ این هفته ساعت ۱۰ ق.ظ", date(2026, 11, 6), time(10)),
        ("فردا ساعت ۵ ب.ظ", date(2026, 11, 5), time(17)),
        ("فردا از ساعت ۱۸ تا ۲۰", date(2026, 11, 5), time(18)),
        ("فردا ۵ تا ۷ عصر", date(2026, 11, 5), time(17)),
        ("امشب ساعت ۸", date(2026, 11, 4), time(20)),
        ("امشب", date(2026, 11, 4), None),
        ("فردا عصر", date(2026, 11, 5), None),
        ("فردا ظهر", date(2026, 11, 5), time(12)),
        ("۵ آذر و ۶ آذر", None, None),
        ("سلام", None, None),
        ("", None, None),
        ("۳۰ اسفند ۱۴۰۳ ساعت ۱۰", date(2025, 3, 20), time(10)),  # a leap year
    ],
)
def test_what_people_type(words: str, day: date | None, clock: time | None) -> None:
    assert parse_when(words, TODAY) == When(day, clock)


@pytest.mark.parametrize("words", ["فردا ۲۵:۰۰", "فردا ساعت ۱۷:۷۵", "ساعت ۲۴", "۱ غروب", "فردا ساعت ۵ و ۷۰ دقیقه"])
def test_an_hour_that_no_day_has(words: str) -> None:
    with pytest.raises(NoSuchHour):
        parse_when(words, TODAY)


@pytest.mark.parametrize("words", ["فردا ساعت ۱۲ شب", "پنجشنبه نیمه‌شب"])
def test_twelve_at_night_may_be_of_two_days(words: str) -> None:
    with pytest.raises(Midnight):
        parse_when(words, TODAY)


#: Last days of months, by the same printed calendar: ۳۰ مهر ۱۴۰۶ is a Friday, ۲۹ اسفند ۱۴۰۵ a Saturday.
MEHR, ESFAND = date(2027, 10, 22), date(2027, 3, 20)


@pytest.mark.parametrize(
    ("words", "day", "last"),
    [
        ("۳۱ مهر ساعت ۵", 31, MEHR),
        ("شنبه ۳۱ مهر", 31, MEHR),
        ("سی و یکم مهر ساعت ۵", 31, MEHR),
        ("۳۰ اسفند ساعت ۱۰", 30, ESFAND),
        ("۳۰ اسفند ۱۴۰۵", 30, ESFAND),
        ("۱۴۰۵/۱۲/۳۰ ۱۷:۰۰", 30, ESFAND),
        ("۱۴۰۵/۱۳/۵ ۱۷:۰۰", 5, None),
        ("۰ آذر ساعت ۵", 0, None),
        ("2026-02-30 17:00", 30, None),
    ],
)
def test_a_day_that_the_month_does_not_have(words: str, day: int, last: date | None) -> None:
    assert (MEHR.weekday(), ESFAND.weekday()) == (4, 5)
    with pytest.raises(NoSuchDay) as found:
        parse_when(words, TODAY)
    assert (found.value.day, found.value.last) == (day, last)


@pytest.mark.parametrize(
    "words",
    [
        "2026-11-26 17:00",
        "26/11/2026 17:00",
        "26 November 2026 17:00",
        "Nov 26 17:00",
        "۲۶ نوامبر ساعت ۵",
        "پنجشنبه 2026/11/26 ۱۷",
    ],
)
def test_a_date_of_the_other_calendar_is_offered_as_it_is_called_here(words: str) -> None:
    with pytest.raises(Doubt) as found:
        parse_when(words, TODAY)
    assert (found.value.why, found.value.day, found.value.clock) == ("gregorian", date(2026, 11, 26), time(17))


def test_the_night_of_a_friday_is_the_evening_before_it_and_asked_about() -> None:
    with pytest.raises(Doubt) as found:
        parse_when("شب جمعه ساعت ۸", TODAY)
    # ۱۴ آبان ۱۴۰۵ is a Thursday.
    assert (found.value.why, found.value.day, found.value.clock) == ("night", date(2026, 11, 5), time(20))


@pytest.mark.parametrize(
    ("words", "prayer", "clock"),
    [
        ("پنجشنبه ۵ آذر پس از نماز مغرب و عشا، ساعت ۶", "evening", time(18)),
        ("پنجشنبه ۵ آذر ساعت ۱ بعد از نماز ظهر و عصر", "noon", time(13)),
        ("پنجشنبه ۵ آذر بعد از نماز جماعت مغرب", "evening", None),
        ("پنجشنبه ۵ آذر بعد از نماز ساعت ۶ عصر", "", time(18)),
    ],
)
def test_a_prayer_stands_beside_the_hour_and_is_none_itself(words: str, prayer: str, clock: time | None) -> None:
    assert parse_when(words, TODAY) == When(date(2026, 11, 26), clock)
    assert prayer_in(words) == prayer


def test_a_weekday_that_does_not_fit_is_not_taken_silently() -> None:
    with pytest.raises(WeekdayMismatch) as found:
        parse_when("چهارشنبه ۵ آذر ساعت ۵", TODAY)
    assert found.value.day.weekday() == PRINTED[1405, 9, 5]
    assert hour_in("چهارشنبه ۵ آذر ساعت ۵") == time(17)


def test_a_day_of_this_year_that_has_passed_is_not_taken_for_next_years() -> None:
    # ۳ آبان ۱۴۰۵ was a Sunday.
    assert parse_when("یکشنبه ۳ آبان ساعت ۵", TODAY) == When(date(2026, 10, 25), time(17))


@given(st.text(max_size=200) | st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
def test_whatever_is_typed_is_understood_asked_about_or_refused(text: str) -> None:
    try:
        found = parse_when(text, TODAY)
    except (WeekdayMismatch, NoSuchDay, NoSuchHour, Doubt):
        return
    assert found.clock is None or found.clock.second == 0


def test_weekdays_are_those_of_a_printed_calendar() -> None:
    for (year, month, day), weekday in PRINTED.items():
        assert month_days(year, month)[day - 1].weekday() == weekday


DAYS = st.dates(date(2024, 3, 20), date(2040, 3, 19))
HOURS = st.builds(time, st.integers(7, 19), st.sampled_from([0, 5, 15, 30, 59]))


@given(DAYS, HOURS)
def test_what_we_write_is_read_again(day: date, clock: time) -> None:
    moment = at(day, clock)
    assert parse_when(f"{full_date(day)} ساعت {clock:%H:%M}", TODAY) == When(day, clock)
    assert parse_when(f"{full_date(day)}، ساعت {clock_words(moment).split(' (')[0]}", TODAY) == When(day, clock)


@given(DAYS, st.integers(0, 60))
def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date, n: int) -> None:
    here, then = to_jalali(day), to_jalali(occurrence(day, "monthly", n))
    assert (then.year, then.month) == month_later(here.year, here.month, n)
    assert then.day == min(here.day, len(month_days(then.year, then.month)))
    assert (occurrence(day, "weekly", n) - day).days == 7 * n
    assert (occurrence(day, "fortnightly", n) - day).days == 14 * n


def test_the_last_of_a_long_month_comes_back_after_the_shorter_ones() -> None:
    first = month_days(1405, 6)[30]
    found = [to_jalali(occurrence(first, "monthly", n))[1:] for n in range(8)]
    assert found == [(6, 31), (7, 30), (8, 30), (9, 30), (10, 30), (11, 30), (12, 29), (1, 31)]
