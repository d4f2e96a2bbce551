"""A day and an hour as people type them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.jalali import WeekdayMismatch, clock_words, full_date, to_jalali
from domain.when import Gregorian, NoSuchDay, NoSuchHour, When, again, at, hour_in, month_days, month_later, parse_when

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
        ("سلام", None, None),
        ("", None, None),
        ("۳۰ اسفند ۱۴۰۳ ساعت ۱۰", date(2025, 3, 20), time(10)),  # a leap year
    ],
)
def test_what_people_type(words: str, day: date | None, clock: time | None) -> None:
    assert parse_when(words, TODAY) == When(day, clock)


@pytest.mark.parametrize("words", ["فردا ۲۵:۰۰", "فردا ساعت ۱۷:۷۵", "فردا ساعت ۱۲ شب", "ساعت ۲۴"])
def test_an_hour_that_no_day_has(words: str) -> None:
    with pytest.raises(NoSuchHour):
        parse_when(words, TODAY)


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("۳۱ مهر ساعت ۵", (None, 7, 31)),
        ("۳۰ اسفند ۱۴۰۵", (1405, 12, 30)),
        ("۱۴۰۵/۱۲/۳۰ ۱۷:۰۰", (1405, 12, 30)),
        ("شنبه ۳۱ مهر", (None, 7, 31)),
    ],
)
def test_a_day_that_the_month_does_not_have(words: str, missing: tuple[int | None, int, int]) -> None:
    with pytest.raises(NoSuchDay) as found:
        parse_when(words, TODAY)
    assert (found.value.year, found.value.month, found.value.day) == missing


def test_a_date_of_the_other_calendar_is_offered_as_it_is_called_here() -> None:
    with pytest.raises(Gregorian) as found:
        parse_when("2026-11-26 17:00", TODAY)
    assert (found.value.day, found.value.clock) == (date(2026, 11, 26), time(17))


def test_a_weekday_that_does_not_fit_is_not_taken_silently() -> None:
    with pytest.raises(WeekdayMismatch) as found:
        parse_when("چهارشنبه ۵ آذر ساعت ۵", TODAY)
    assert found.value.day.weekday() == PRINTED[1405, 9, 5]
    assert hour_in("چهارشنبه ۵ آذر ساعت ۵") == time(17)


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


@given(DAYS)
def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date) -> None:
    here, then = to_jalali(day), to_jalali(again(day, "monthly"))
    assert (then.year, then.month) == month_later(here.year, here.month, 1)
    assert then.day == min(here.day, len(month_days(then.year, then.month)))
    assert (again(day, "weekly") - day).days == 7
    assert (again(day, "fortnightly") - day).days == 14
