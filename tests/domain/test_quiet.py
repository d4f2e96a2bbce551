"""Quiet hours and what comes once a week: when they end, when it comes next, and how people write hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import quiet
from domain.jalali import TEHRAN
from domain.weekly import next_time

NIGHT, NOON = (22 * 60, 7 * 60), (13 * 60, 15 * 60)


def at(hour: int, minute: int = 0, day: int = 4) -> int:
    """A time of day in Tehran, as epoch seconds."""
    return int(datetime(2026, 11, day, hour, minute, tzinfo=TEHRAN).timestamp())


@pytest.mark.parametrize(
    ("now", "hours", "over"),
    [
        (at(21, 59), NIGHT, at(21, 59)),
        (at(22), NIGHT, at(7, day=5)),
        (at(23, 30), NIGHT, at(7, day=5)),
        (at(0, day=5), NIGHT, at(7, day=5)),
        (at(6, 59, day=5), NIGHT, at(7, day=5)),
        (at(7, day=5), NIGHT, at(7, day=5)),
        (at(12), NIGHT, at(12)),
        (at(12, 59), NOON, at(12, 59)),
        (at(13), NOON, at(15)),
        (at(14, 59), NOON, at(15)),
        (at(15), NOON, at(15)),
        (at(23), quiet.NONE, at(23)),
        (at(0), quiet.NONE, at(0)),
    ],
)
def test_quiet_hours_end_when_they_should(now: int, hours: tuple[int, int], over: int) -> None:
    assert quiet.ends(now, *hours) == over


@given(st.integers(1_500_000_000, 2_500_000_000), st.integers(0, 1439), st.integers(0, 1439))
def test_when_they_are_over_it_is_not_quiet_and_less_than_a_day_has_passed(now: int, begin: int, end: int) -> None:
    over = quiet.ends(now, begin, end)
    assert quiet.ends(over, begin, end) == over
    assert 0 <= over - now < 25 * 3600


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("۲۲ تا ۷", NIGHT),
        ("از ساعت ۲۲:۳۰ تا ۶", (22 * 60 + 30, 6 * 60)),
        ("23-6", (23 * 60, 6 * 60)),
        ("from 22 to 7", NIGHT),
        ("۲۴ تا ۸", (0, 8 * 60)),
        ("٢١ تا ٨", (21 * 60, 8 * 60)),
        ("۷ تا ۷", None),
        ("۲۵ تا ۷", None),
        ("۲۲:۶۰ تا ۷", None),
        ("شب تا صبح", None),
        ("۲۲", None),
        ("", None),
        ("۱ تا ۲ تا ۳", None),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, hours: tuple[int, int] | None) -> None:
    assert quiet.parse(text) == hours


@given(st.text(max_size=30))
def test_whatever_is_written_is_hours_of_a_day_or_nothing(text: str) -> None:
    found = quiet.parse(text)
    assert found is None or all(0 <= minute < 1440 for minute in found)


@given(st.integers(1_500_000_000, 2_000_000_000), st.integers(0, 6), st.integers(0, 23))
def test_what_comes_weekly_comes_within_a_week_at_its_hour(seconds: int, weekday: int, hour: int) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    found = next_time(now, weekday, hour).astimezone(TEHRAN)
    assert (found.weekday(), found.hour, found.minute) == (weekday, hour, 0)
    assert timedelta(0) < found - now <= timedelta(7, 3600)
