"""One object for one plan: decisions, promises, work of residents, plans of agencies, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.categories import OTHER
from domain.jalali import TEHRAN, from_jalali, tehran_day, to_jalali
from domain.permissions import RULES, Do, Role, Seat


class Kind(StrEnum):
    """What kind of plan it is."""

    RESOLUTION = "resolution"  # decided in a meeting
    PROMISE = "promise"
    LOCAL_WORK = "local_work"  # done by the residents themselves
    AGENCY_PLAN = "agency_plan"
    GROUP_ACTIVITY = "group_activity"


class Who(StrEnum):
    """What kind of somebody is to do it."""

    COUNCIL = "council"
    PERSON = "person"
    GROUP = "group"
    AGENCY = "agency"


class State(StrEnum):
    """Where it stands. Late is a property of its date, never a state."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    DROPPED = "dropped"


class Move(StrEnum):
    """What moves it on. Each one made is a row in its history."""

    RECORD = "record"
    KEEP = "keep"
    POSTPONE = "postpone"
    BREAK = "break"
    DROP = "drop"
    REOPEN = "reopen"


class By(StrEnum):
    """In what quality somebody declares what became of it."""

    OWNER = "owner"
    COUNCIL = "council"
    COUNTY = "county"


class CannotMove(Exception):
    """The table does not allow this move from this state, to this person, or without what it needs."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: what the move leads to, who may declare it and what must come with it."""

    to: State
    by: frozenset[By]
    #: Whether it must be said why; everybody reads it.
    reason: bool = False
    #: Whether a new date is obligatory.
    due: bool = False
    #: Whether its date must have passed.
    late: bool = False


_ALL, _ABOVE = frozenset(By), frozenset({By.COUNCIL, By.COUNTY})
_REOPEN = {Move.REOPEN: Rule(State.OPEN, _ABOVE, reason=True, due=True)}
_KEEP = {Move.KEEP: Rule(State.KEPT, _ALL)}
#: state → move → rule. What was broken can still be done; what was declared by mistake is taken up again.
TABLE: dict[State, dict[Move, Rule]] = {
    State.OPEN: {
        **_KEEP,
        Move.POSTPONE: Rule(State.OPEN, _ALL, reason=True, due=True),
        Move.DROP: Rule(State.DROPPED, _ALL, reason=True),
        # Nobody is called a breaker of promises before their day, and nobody but the council or the county does so.
        Move.BREAK: Rule(State.BROKEN, _ABOVE, reason=True, late=True),
    },
    State.BROKEN: {**_KEEP, **_REOPEN},
    State.KEPT: _REOPEN,
    State.DROPPED: _REOPEN,
}

#: Letters of what is planned, of who does it, and of a reason, at least and at most.
SHORTEST, LONGEST, LONGEST_WHO, LONGEST_REASON = 5, 300, 80, 300
#: Days ahead that a date may lie, at most.
FURTHEST = 1096
#: Two plans in one neighbourhood and category belong together when their dates are at most so many days apart.
NEAR_DAYS = 30
#: Days from its date on which its owner is reminded, and the hour in Tehran.
REMINDED, REMIND_HOUR = (-3, 0, 7), 9


def rule(state: State, move: Move) -> Rule:
    """The row for this move. Raises `CannotMove` when the table has none."""
    try:
        return TABLE[state][move]
    except KeyError as missing:
        raise CannotMove(f"{move} from {state}") from missing


def qualities(seats: Iterable[Seat], path: str, *, owner: bool) -> frozenset[By]:
    """In what qualities somebody with these seats may speak about a plan of the place at this path."""
    found = {By.OWNER} if owner else set()
    for seat in seats:
        if seat.role in RULES[Do.PROMISE] and path.startswith(seat.path):
            found.add(By.COUNTY if seat.role in {Role.COUNTY_OFFICER, Role.PROVINCE_ADMIN} else By.COUNCIL)
    return frozenset(found)


def possible(state: State, due: int, qualities: frozenset[By], now: datetime) -> list[Move]:
    """The moves that are open to somebody in these qualities, in the order of the table."""
    late = days_late(due, now) > 0
    return [move for move, row in TABLE[state].items() if row.by & qualities and (late or not row.late)]


def speaks_as(rule: Rule, qualities: frozenset[By]) -> By:
    """The quality in which a move is declared: the owner's before the council's before the county's.

    Raises `CannotMove` when none of them may.
    """
    for by in By:
        if by in rule.by & qualities:
            return by
    raise CannotMove("not theirs to declare")


def end_of_day(day: date) -> int:
    """The last second of a day in Tehran (of a moment: of its day there), as epoch seconds."""
    return int(datetime.combine(tehran_day(day), time(23, 59, 59), TEHRAN).timestamp())


def end_of_month(now: datetime) -> int:
    """The last second of this Jalali month in Tehran; of the next one, in a month's last three days."""
    meant = to_jalali(tehran_day(now) + timedelta(3))
    year, month = (meant.year + 1, 1) if meant.month == 12 else (meant.year, meant.month + 1)
    return end_of_day(from_jalali(year, month, 1) - timedelta(1))


def days_late(due: int, now: datetime) -> int:
    """How many days of Tehran have passed since its date; 0 on the day itself and before."""
    return max(0, (tehran_day(now) - tehran_day(datetime.fromtimestamp(due, TEHRAN))).days)


def reminders(due: int) -> list[tuple[int, int]]:
    """When its owner is reminded and until when that makes sense, as epoch seconds, the earliest first."""
    day = tehran_day(datetime.fromtimestamp(due, TEHRAN))
    times = [int(datetime.combine(day + timedelta(days), time(REMIND_HOUR), TEHRAN).timestamp()) for days in REMINDED]
    return list(zip(times, [*times[1:], times[-1] + 30 * 86400], strict=True))


def is_near(one: int, other: int) -> bool:
    """Whether two dates are so near to each other that two plans should know of one another."""
    days = tehran_day(datetime.fromtimestamp(one, TEHRAN)) - tehran_day(datetime.fromtimestamp(other, TEHRAN))
    return abs(days.days) <= NEAR_DAYS


def is_matched(category: str) -> bool:
    """Whether two plans of this category are about the same: what fits nowhere says nothing."""
    return category not in {"", OTHER}
