"""The hours for collected cards: read from what people write, and the next of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.card_hours import hours_in, kept, next_after, written
from domain.jalali import TEHRAN


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("۸ و ۱۷", (8, 17)),
        ("17 8", (8, 17)),
        ("ساعت ۹", (9,)),
        ("۸:۰۰ و ۱۷:۰۰", (8, 17)),
        ("٩، ١٢، ١٨", (9, 12, 18)),
        ("0", (0,)),
        ("24", ()),
        ("۱۷:۳۰", ()),
        ("1 2 3 4 5", ()),
        ("123", ()),
        ("هر وقت شد", ()),
        ("", ()),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, hours: tuple[int, ...]) -> None:
    assert hours_in(text) == hours


@pytest.mark.parametrize(
    ("now", "expected"), [((4, 7, 59), (4, 8)), ((4, 8, 0), (4, 17)), ((4, 12, 0), (4, 17)), ((4, 17, 0), (5, 8))]
)
def test_the_next_hour_comes_today_or_tomorrow(now: tuple[int, int, int], expected: tuple[int, int]) -> None:
    day, hour, minute = now
    found = next_after(datetime(2026, 11, day, hour, minute, tzinfo=TEHRAN).astimezone(UTC), (8, 17))
    assert found == datetime(2026, 11, expected[0], expected[1], tzinfo=TEHRAN)


@given(st.sets(st.integers(0, 23), min_size=1, max_size=4), st.integers(1_700_000_000, 1_900_000_000))
def test_it_is_always_ahead_and_within_a_day(hours: set[int], at: int) -> None:
    now = datetime.fromtimestamp(at, UTC)
    chosen = tuple(sorted(hours))
    assert kept(written(chosen)) == chosen
    assert 0 < (next_after(now, chosen) - now).total_seconds() <= 86400
