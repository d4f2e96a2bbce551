"""The life of a case: its states and the moves between them, in one table keyed by kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.calendar import WorkCalendar
from domain.jalali import tehran_day


class Kind(StrEnum):
    """What a resident submits."""

    PROBLEM = "problem"
    PROPOSAL = "proposal"


class State(StrEnum):
    """Where a case stands. Overdue is a property of its date, never a state."""

    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    NEEDS_INFO = "needs_info"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What moves a case on. Each one made is a row in its history."""

    SUBMIT = "submit"
    ACCEPT = "accept"
    REJECT = "reject"
    ASK = "ask"
    ANSWER = "answer"
    TIME_OUT = "time_out"
    MOVE = "move"
    WITHDRAW = "withdraw"
    REDACT = "redact"  # a name or a photo was hidden; the case stays where it is
    DECIDE = "decide"  # a meeting decided what is done next, and by when
    HIDE = "hide"  # it concerns harm to a person: nobody sees it any more


class Part(StrEnum):
    """How a person belongs to a case."""

    REPORTER = "reporter"
    JOINED = "joined"  # «the same for me»: every right of a reporter but taking it back


class Reason(StrEnum):
    """Why a case was not accepted; the sentence for each is a text."""

    NOT_PUBLIC = "not_public"
    INSUFFICIENT = "insufficient"
    EMERGENCY = "emergency"
    ALREADY_DONE = "already_done"
    NOT_FEASIBLE = "not_feasible"
    OFFENSIVE = "offensive"
    TEST_OR_SPAM = "test_or_spam"
    OTHER_CHANNEL = "other_channel"


class CannotMove(Exception):
    """The table does not allow this move from the state the case is in."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: what the move leads to and what must come with it."""

    to: State
    #: Whether somebody is expected to answer next, so that a due date is obligatory.
    due: bool = False
    #: Whether a reason from `Reason` and an explanation in words are obligatory.
    reason: bool = False
    #: Whether the date is the resident's, and the promise made to them rests meanwhile.
    rests: bool = False
    #: Whether the case stays as it was, with its dates: the move only stands in its history.
    stays: bool = False
    #: Whether another place takes the case over.
    elsewhere: bool = False


#: One question at a time: a case that waits for its answer cannot be asked about again.
_ASK = {Move.ASK: Rule(State.NEEDS_INFO, due=True, rests=True)}
_DECIDE = {
    Move.ACCEPT: Rule(State.ACCEPTED, due=True),
    Move.REJECT: Rule(State.REJECTED, reason=True),
    Move.MOVE: Rule(State.SUBMITTED, due=True, elsewhere=True),
    Move.WITHDRAW: Rule(State.WITHDRAWN),
}
#: An answer and its absence both lead back to those who asked: nothing expires into a rejection.
_ANSWERED = {Move.ANSWER: Rule(State.UNDER_REVIEW, due=True), Move.TIME_OUT: Rule(State.UNDER_REVIEW, due=True)}


def _stays(state: State) -> dict[Move, Rule]:
    """What may be done to a case wherever it stands, and leaves it there."""
    return {move: Rule(state, stays=True) for move in (Move.REDACT, Move.HIDE)}


_LIFE: dict[State | None, dict[Move, Rule]] = {
    None: {Move.SUBMIT: Rule(State.SUBMITTED, due=True)},
    State.SUBMITTED: {**_DECIDE, **_ASK, **_stays(State.SUBMITTED)},
    State.UNDER_REVIEW: {**_DECIDE, **_ASK, **_stays(State.UNDER_REVIEW)},
    State.NEEDS_INFO: {**_DECIDE, **_ANSWERED, **_stays(State.NEEDS_INFO)},
    State.ACCEPTED: {
        Move.DECIDE: Rule(State.ACCEPTED, due=True),
        Move.WITHDRAW: Rule(State.WITHDRAWN),
        **_stays(State.ACCEPTED),
    },
    State.REJECTED: _stays(State.REJECTED),
    State.WITHDRAWN: _stays(State.WITHDRAWN),
}
#: States in which a first decision is still to be made.
UNDECIDED = frozenset({State.SUBMITTED, State.UNDER_REVIEW, State.NEEDS_INFO})
#: kind → state (None: not yet there) → move → rule.
TABLE: dict[Kind, dict[State | None, dict[Move, Rule]]] = {Kind.PROBLEM: _LIFE, Kind.PROPOSAL: _LIFE}


def rule(kind: Kind, state: State | None, move: Move) -> Rule:
    """The row for this move. Raises `CannotMove` when the table has none."""
    try:
        return TABLE[kind][state][move]
    except KeyError as missing:
        raise CannotMove(f"{kind}: {move} from {state}") from missing


def may_move(kind: Kind, state: State, move: Move) -> bool:
    """Whether the table has this move."""
    return move in TABLE[kind][state]


def is_open(kind: Kind, state: State) -> bool:
    """Whether somebody still owes this case a next step."""
    return state in UNDECIDED | {State.ACCEPTED}


def resumed(calendar: WorkCalendar, *, paused: datetime, due: datetime, now: datetime) -> datetime:
    """The promise after its clock rested: as many working days from `now` as were left at `paused`, at least one."""
    day, last = tehran_day(paused), tehran_day(due)
    left = 0
    while day < last:
        day += timedelta(1)
        left += calendar.is_working(day)
    return calendar.due(now, max(1, left))
