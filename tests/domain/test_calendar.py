"""Working days and due dates."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.calendar import LONGEST_CLOSURE, SATURDAY_TO_WEDNESDAY, WHOLE_YEAR, WorkCalendar
from domain.jalali import TEHRAN, from_jalali

patient = settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))

USUAL = WorkCalendar()
BARE = WorkCalendar(library=False)
YEAR_1406 = {from_jalali(1406, month, 15): "imported" for month in range(1, WHOLE_YEAR + 1)}

moments = st.datetimes(datetime(2023, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
some_days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
calendars = st.builds(
    WorkCalendar,
    working_days=st.frozensets(st.integers(0, 6), min_size=1),
    closed=st.dictionaries(some_days, st.just("closed"), max_size=40),
    opened=st.frozensets(some_days, max_size=5),
    library=st.booleans(),
)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 11, 21), True),  # Saturday
        (date(2026, 11, 25), True),  # Wednesday
        (date(2026, 11, 26), False),  # Thursday: the library alone would call it a working day
        (date(2026, 11, 27), False),  # Friday
        (date(2026, 3, 21), False),  # Nowruz, a Saturday
        (date(2026, 3, 24), False),  # fourth day of Nowruz
        (date(2026, 4, 1), False),  # 12 Farvardin
        (date(2026, 6, 24), False),  # Tasua
        (date(2026, 3, 25), True),
    ],
)
def test_the_usual_week_and_named_holidays(day, working):
    assert USUAL.is_working(day) is working


def test_without_the_library_only_the_week_counts():
    assert BARE.is_working(date(2026, 3, 21))
    assert not BARE.is_working(date(2026, 11, 26))


def test_the_working_week_is_data():
    with_thursday = WorkCalendar(working_days=SATURDAY_TO_WEDNESDAY | {3})
    assert with_thursday.is_working(date(2026, 11, 26))
    with pytest.raises(ValueError, match="weekdays"):
        WorkCalendar(working_days=frozenset({5, 7}))


def test_one_imported_closure_adds_to_the_usual_holidays():
    dust = date(2026, 11, 23)
    calendar = WorkCalendar(closed={dust: "dust storm"})
    assert not calendar.is_working(dust)
    assert not calendar.is_working(date(2026, 6, 24))


def test_an_imported_year_takes_nothing_from_the_library():
    calendar = WorkCalendar(closed=YEAR_1406)
    ashura_as_estimated = date(2027, 6, 16)
    assert not USUAL.is_working(ashura_as_estimated)
    assert calendar.is_working(ashura_as_estimated)
    assert not calendar.is_working(from_jalali(1406, 4, 15))


def test_the_imported_year_is_the_jalali_one():
    calendar = WorkCalendar(closed=YEAR_1406)
    assert not calendar.is_working(date(2027, 3, 1))  # end of 1405: the library still speaks
    assert not calendar.is_working(from_jalali(1407, 1, 1))


def test_an_opened_day_wins_over_everything():
    friday, nowruz, closed = date(2026, 11, 27), date(2026, 3, 21), date(2026, 11, 23)
    calendar = WorkCalendar(closed={closed: "x"}, opened=frozenset({friday, nowruz, closed}))
    assert all(map(calendar.is_working, (friday, nowruz, closed)))


def test_only_unannounced_lunar_years_of_the_library_are_estimated():
    assert not USUAL.is_estimated(date(2026, 6, 24))
    assert USUAL.is_estimated(date(2027, 6, 16))
    assert USUAL.is_estimated(date(2110, 1, 1))
    assert not BARE.is_estimated(date(2027, 6, 16))
    assert not WorkCalendar(closed=YEAR_1406).is_estimated(date(2027, 6, 16))


@pytest.mark.parametrize(
    ("asked", "days", "last"),
    [
        (datetime(2026, 11, 24, 10, 0, tzinfo=TEHRAN), 1, date(2026, 11, 25)),  # Tuesday
        (datetime(2026, 11, 24, 10, 0, tzinfo=TEHRAN), 2, date(2026, 11, 28)),  # over Thursday and Friday
        (datetime(2026, 11, 26, 10, 0, tzinfo=TEHRAN), 2, date(2026, 11, 29)),  # asked on a Thursday
        (datetime(2026, 11, 24, 23, 59, tzinfo=TEHRAN), 1, date(2026, 11, 25)),
        (datetime(2026, 11, 25, 0, 0, tzinfo=TEHRAN), 1, date(2026, 11, 28)),
        (datetime(2026, 3, 18, 9, 0, tzinfo=TEHRAN), 2, date(2026, 3, 28)),  # over Nowruz: 25 March, then Saturday
    ],
)
def test_a_promise_falls_due_at_the_end_of_the_last_working_day(asked, days, last):
    expected = datetime(last.year, last.month, last.day, 23, 59, 59, tzinfo=TEHRAN)
    for zone in (TEHRAN, UTC):
        due = USUAL.due(asked.astimezone(zone), days)
        assert due == expected
        assert due.tzinfo is UTC


def test_an_ambiguous_midnight_ends_with_its_second_hour():
    # 21 September 2021 ended twice in Tehran: clocks went back at midnight.
    due = BARE.due(datetime(2021, 9, 20, 12, tzinfo=UTC), 1)
    assert due == datetime(2021, 9, 21, 20, 29, 59, tzinfo=UTC)


@patient
@given(calendars, some_days, st.integers(1, 40))
def test_the_nth_working_day_is_one_and_has_n_up_to_it(calendar, start, n):
    day = calendar.add_working_days(start, n)
    between = [start + timedelta(passed) for passed in range(1, (day - start).days + 1)]
    assert calendar.is_working(day)
    assert sum(map(calendar.is_working, between)) == n


@patient
@given(moments, moments, st.integers(1, 15))
def test_due_is_later_than_asked_and_never_earlier_for_who_asks_later(one, other, days):
    first, second = sorted((one, other))
    assert first < USUAL.due(first, days) <= USUAL.due(second, days)
    assert USUAL.due(first, days) < USUAL.due(first, days + 1)
    last = USUAL.due(first, days).astimezone(TEHRAN)
    assert USUAL.is_working(last.date())
    assert (last.hour, last.minute, last.second) == (23, 59, 59)


def test_counting_goes_over_a_long_closure_and_gives_up_on_an_endless_one():
    start = date(2026, 11, 24)
    closed = {start + timedelta(passed): "closed" for passed in range(1, LONGEST_CLOSURE)}
    assert WorkCalendar(closed=closed).add_working_days(start, 1) > start + timedelta(LONGEST_CLOSURE - 1)
    with pytest.raises(ValueError, match="no working day within 400 days"):
        WorkCalendar(working_days=frozenset()).add_working_days(start, 1)
    with pytest.raises(ValueError, match="no working day"):
        USUAL.add_working_days(date.max, 1)


@pytest.mark.parametrize("n", [0, -1])
def test_a_promise_of_no_days_is_refused(n):
    with pytest.raises(ValueError, match="at least 1"):
        USUAL.add_working_days(date(2026, 11, 24), n)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        USUAL.due(datetime(2026, 11, 24, 10, 0), 1)  # noqa: DTZ001 - the mistake that is refused
