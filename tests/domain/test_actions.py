"""Plans by their table: who may declare what, what must come with it, and the days on which somebody is reminded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.actions import (
    TABLE,
    By,
    CannotMove,
    Move,
    State,
    days_late,
    end_of_day,
    end_of_month,
    is_matched,
    is_near,
    possible,
    qualities,
    reminders,
    rule,
    speaks_as,
)
from domain.jalali import TEHRAN, from_jalali
from domain.permissions import Role, Seat

#: Written down from a printed calendar, not computed: Gregorian day, its weekday (Monday is 0), Jalali day.
KNOWN = {
    (2026, 11, 26): (3, (1405, 9, 5)),
    (2026, 12, 21): (0, (1405, 9, 30)),
    (2027, 3, 20): (5, (1405, 12, 29)),
    (2027, 3, 21): (6, (1406, 1, 1)),
    (2030, 3, 20): (2, (1408, 12, 30)),
}
OWNER, COUNCIL, COUNTY = By.OWNER, By.COUNCIL, By.COUNTY


def tehran(year: int, month: int, day: int, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=TEHRAN)


@pytest.mark.parametrize(
    ("state", "move", "to", "by", "needs"),
    [
        (State.OPEN, Move.KEEP, State.KEPT, {OWNER, COUNCIL, COUNTY}, ""),
        (State.OPEN, Move.POSTPONE, State.OPEN, {OWNER, COUNCIL, COUNTY}, "reason due"),
        (State.OPEN, Move.DROP, State.DROPPED, {OWNER, COUNCIL, COUNTY}, "reason"),
        (State.OPEN, Move.BREAK, State.BROKEN, {COUNCIL, COUNTY}, "reason late"),
        (State.BROKEN, Move.KEEP, State.KEPT, {OWNER, COUNCIL, COUNTY}, ""),
        (State.BROKEN, Move.REOPEN, State.OPEN, {COUNCIL, COUNTY}, "reason due"),
        (State.KEPT, Move.REOPEN, State.OPEN, {COUNCIL, COUNTY}, "reason due"),
        (State.DROPPED, Move.REOPEN, State.OPEN, {COUNCIL, COUNTY}, "reason due"),
    ],
)
def test_the_table_says_what_leads_where_by_whom_and_with_what(
    state: State, move: Move, to: State, by: set[By], needs: str
) -> None:
    found = rule(state, move)
    said = {name for name in ("reason", "due", "late") if getattr(found, name)}
    assert (found.to, set(found.by), said) == (to, by, set(needs.split()))


def test_there_is_no_move_besides_these() -> None:
    assert sum(map(len, TABLE.values())) == 8
    for state, move in ((State.KEPT, Move.KEEP), (State.KEPT, Move.BREAK), (State.OPEN, Move.REOPEN)):
        with pytest.raises(CannotMove):
            rule(state, move)


@given(st.lists(st.tuples(st.sampled_from(Move), st.sampled_from(By)), max_size=30))
def test_whatever_is_tried_only_the_council_or_the_county_says_broken_and_nothing_is_reopened_without_a_reason(
    tries: list[tuple[Move, By]],
) -> None:
    state, told = State.OPEN, []
    for move, by in tries:
        if move in TABLE[state] and by in TABLE[state][move].by:
            told.append((state, move, by, TABLE[state][move]))
            state = TABLE[state][move].to
    for before, move, by, row in told:
        assert by is not By.OWNER or row.to not in {State.BROKEN}
        assert row.reason or move is Move.KEEP
        assert before is State.OPEN or row.to in {State.OPEN, State.KEPT}


@pytest.mark.parametrize(
    ("seats", "owner", "expected"),
    [
        ([], False, set()),
        ([], True, {OWNER}),
        ([Seat(Role.COORDINATOR, 3, "/k/c/n1/")], False, {COUNCIL}),
        ([Seat(Role.COUNCIL_HEAD, 3, "/k/c/n1/")], True, {OWNER, COUNCIL}),
        ([Seat(Role.COUNCIL_MEMBER, 3, "/k/c/n1/")], False, set()),
        ([Seat(Role.COORDINATOR, 4, "/k/c/n10/")], False, set()),
        ([Seat(Role.COUNTY_OFFICER, 2, "/k/")], False, {COUNTY}),
        ([Seat(Role.PROVINCE_ADMIN, 1, "/")], False, {COUNTY}),
        ([Seat(Role.AGENCY_CONTACT, 2, "/k/")], False, set()),
    ],
)
def test_who_speaks_in_what_quality(seats: list[Seat], owner: bool, expected: set[By]) -> None:
    assert qualities(seats, "/k/c/n1/", owner=owner) == expected


def test_an_owner_who_is_the_council_too_speaks_as_the_owner_where_an_owner_may() -> None:
    both = frozenset({OWNER, COUNCIL})
    assert speaks_as(rule(State.OPEN, Move.KEEP), both) is OWNER
    assert speaks_as(rule(State.OPEN, Move.BREAK), both) is COUNCIL
    with pytest.raises(CannotMove):
        speaks_as(rule(State.OPEN, Move.BREAK), frozenset({OWNER}))


def test_nobody_is_called_a_breaker_before_the_day_has_passed() -> None:
    due = end_of_day(tehran(2026, 11, 26))
    council = frozenset({COUNCIL})
    assert Move.BREAK not in possible(State.OPEN, due, council, tehran(2026, 11, 26, 23))
    assert Move.BREAK in possible(State.OPEN, due, council, tehran(2026, 11, 27, 0))
    assert possible(State.OPEN, due, frozenset(), tehran(2027, 1, 1)) == []


@pytest.mark.parametrize(("gregorian", "known"), KNOWN.items())
def test_a_days_last_second_is_of_that_day_in_tehran(
    gregorian: tuple[int, int, int], known: tuple[int, tuple[int, int, int]]
) -> None:
    end = datetime.fromtimestamp(end_of_day(from_jalali(*known[1])), TEHRAN)
    assert (end.year, end.month, end.day) == gregorian
    assert (end.weekday(), end.hour, end.minute, end.second) == (known[0], 23, 59, 59)


@pytest.mark.parametrize(
    ("now", "late"),
    [
        (tehran(2026, 11, 26, 23), 0),
        (datetime(2026, 11, 26, 20, 29, 59, tzinfo=UTC), 0),
        (datetime(2026, 11, 26, 20, 30, tzinfo=UTC), 1),  # midnight in Tehran
        (tehran(2026, 12, 26), 30),
        (tehran(2026, 11, 1), 0),
    ],
)
def test_late_is_counted_in_days_of_tehran(now: datetime, late: int) -> None:
    assert days_late(end_of_day(tehran(2026, 11, 26)), now) == late


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (tehran(2026, 11, 26), (2026, 12, 21)),  # 5 Azar: the 30th
        (tehran(2026, 12, 18), (2026, 12, 21)),  # 27 Azar
        (tehran(2026, 12, 19), (2027, 1, 20)),  # 28 Azar: too near, so 30 Dey
        (tehran(2027, 3, 10), (2027, 3, 20)),  # 19 Esfand of a year without a leap day
        (tehran(2030, 3, 10), (2030, 3, 20)),  # 19 Esfand of a leap year: the 30th
        (tehran(2027, 3, 19), (2027, 4, 20)),  # 28 Esfand: 31 Farvardin of the next year
    ],
)
def test_the_end_of_the_month_is_the_jalali_ones(now: datetime, last: tuple[int, int, int]) -> None:
    end = datetime.fromtimestamp(end_of_month(now), TEHRAN)
    assert (end.year, end.month, end.day, end.hour) == (*last, 23)


def test_the_owner_is_reminded_three_days_before_on_the_day_and_a_week_after_in_the_morning() -> None:
    times = reminders(end_of_day(tehran(2026, 11, 26)))
    at = [datetime.fromtimestamp(when, TEHRAN) for when, _ in times]
    assert [(one.month, one.day, one.hour) for one in at] == [(11, 23, 9), (11, 26, 9), (12, 3, 9)]
    assert [until for _, until in times[:2]] == [times[1][0], times[2][0]]


@given(st.integers(-60, 60))
def test_two_dates_are_near_up_to_thirty_days_either_way(apart: int) -> None:
    one = tehran(2026, 11, 26)
    assert is_near(end_of_day(one), end_of_day(one + timedelta(apart))) is (abs(apart) <= 30)
    assert is_near(end_of_day(one + timedelta(apart)), end_of_day(one)) is (abs(apart) <= 30)


@pytest.mark.parametrize(("category", "says"), [("power", True), ("other", False), ("", False)])
def test_what_fits_nowhere_says_nothing_about_two_plans(category: str, says: bool) -> None:
    assert is_matched(category) is says
