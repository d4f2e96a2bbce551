"""The table of moves: which there are, what each demands, and that nothing ends where nobody is answerable."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import WorkCalendar
from domain.cases import TABLE, UNDECIDED, CannotMove, Kind, Move, State, is_open, may_move, resumed, rule
from domain.jalali import TEHRAN

CALENDAR = WorkCalendar(library=False)

#: Where each move may start, written down a second time.
FROM: dict[Move, set[State]] = {
    Move.ACCEPT: {State.SUBMITTED, State.UNDER_REVIEW, State.NEEDS_INFO},
    Move.REJECT: {State.SUBMITTED, State.UNDER_REVIEW, State.NEEDS_INFO},
    Move.MOVE: {State.SUBMITTED, State.UNDER_REVIEW, State.NEEDS_INFO},
    Move.ASK: {State.SUBMITTED, State.UNDER_REVIEW},
    Move.ANSWER: {State.NEEDS_INFO},
    Move.TIME_OUT: {State.NEEDS_INFO},
    Move.WITHDRAW: {State.SUBMITTED, State.UNDER_REVIEW, State.NEEDS_INFO, State.ACCEPTED},
    Move.DECIDE: {State.ACCEPTED},
    Move.REDACT: set(State),
    Move.HIDE: set(State),
}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", [move for move in Move if move is not Move.SUBMIT])
def test_the_table_has_the_moves_there_are_and_no_other(kind: Kind, state: State, move: Move) -> None:
    assert may_move(kind, state, move) is (state in FROM[move])
    if state not in FROM[move]:
        with pytest.raises(CannotMove):
            rule(kind, state, move)


@pytest.mark.parametrize("kind", Kind)
def test_whoever_is_waited_for_has_a_date_and_every_no_has_a_reason(kind: Kind) -> None:
    for state, moves in TABLE[kind].items():
        for move, row in moves.items():
            if is_open(kind, row.to) and not row.stays:
                assert row.due, (state, move)
            assert row.reason is (row.to is State.REJECTED and not row.stays), (state, move)


@pytest.mark.parametrize("kind", Kind)
def test_a_question_always_has_a_way_on_without_an_answer(kind: Kind) -> None:
    assert rule(kind, State.NEEDS_INFO, Move.TIME_OUT).to in UNDECIDED


def moment(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=TEHRAN)


def end(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 23, 59, 59, tzinfo=TEHRAN)


@pytest.mark.parametrize(
    ("paused", "due", "now", "expected"),
    [
        (moment(11, 7), end(11, 9), moment(11, 7, 12), end(11, 9)),  # the same day: nothing was used up
        (moment(11, 7), end(11, 9), moment(11, 10), end(11, 14)),  # two working days were left; a week-end lies between
        (moment(11, 9), end(11, 9), moment(11, 10), end(11, 11)),  # the last day: one working day at least
        (moment(11, 12), end(11, 9), moment(11, 14), end(11, 15)),  # it was late already
    ],
)
def test_a_promise_goes_on_where_it_rested(paused: datetime, due: datetime, now: datetime, expected: datetime) -> None:
    assert resumed(CALENDAR, paused=paused, due=due, now=now) == expected


@given(st.integers(1, 20), st.integers(0, 30), st.integers(0, 60))
def test_a_pause_never_takes_working_days_away(days: int, used: int, rested: int) -> None:
    start = moment(11, 7)
    due = CALENDAR.due(start, days)
    paused = datetime.fromtimestamp(start.timestamp() + used * 86400, TEHRAN)
    now = datetime.fromtimestamp(paused.timestamp() + rested * 86400, TEHRAN)
    found = resumed(CALENDAR, paused=paused, due=due, now=now)
    assert found > now
    assert found >= due or paused >= due
