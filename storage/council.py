"""What councils have chosen for their meetings, and how many of one are there. Nothing is on until it is chosen."""

from __future__ import annotations

from domain.council import MEMBERS, needed
from domain.meetings import Kind
from domain.values import value
from storage import attendance
from storage.meetings import Meeting
from storage.tx import Tx


@value(frozen=True, slots=True)
class Options:
    """`number`: how many must be there; None is more than half of the members."""

    quorum: bool = False
    number: int | None = None
    votes: bool = False


@value(frozen=True, slots=True)
class Quorum:
    """How many of the council are at a meeting, and how many of them must be."""

    there: int
    needed: int

    @property
    def met(self) -> bool:
        return self.there >= self.needed


def options(tx: Tx, place: int) -> Options:
    """What the council of a place has chosen."""
    row = tx.one("SELECT quorum_on, quorum, votes FROM council_options WHERE place = :place", place=place)
    return Options() if row is None else Options(bool(row["quorum_on"]), row["quorum"], bool(row["votes"]))


def choose(tx: Tx, place: int, chosen: Options) -> None:
    """From now on it is so."""
    tx.run(
        "INSERT INTO council_options (place, quorum_on, quorum, votes) "
        "VALUES (:place, :on, CAST(:number AS bigint), :votes) ON CONFLICT (place) DO UPDATE SET "
        "quorum_on = excluded.quorum_on, quorum = excluded.quorum, votes = excluded.votes",
        place=place,
        on=int(chosen.quorum),
        number=chosen.number,
        votes=int(chosen.votes),
    )


def members(tx: Tx, place: int, now: int) -> int:
    """How many the council of a place has."""
    among = ", ".join(f"'{role.value}'" for role in MEMBERS)
    row = tx.one(
        f"SELECT count(DISTINCT person) AS n FROM roles WHERE place = :place AND role IN ({among}) "
        "AND since <= :now AND (until IS NULL OR until > :now)",
        place=place,
        now=now,
    )
    return 0 if row is None else int(row["n"])


def quorum(tx: Tx, meeting: Meeting, now: int) -> Quorum | None:
    """Whether enough of the council are at its meeting; None where nobody asks for that."""
    chosen = options(tx, meeting.place)
    if meeting.kind is not Kind.COUNCIL or not chosen.quorum:
        return None
    there = len(attendance.named(tx, meeting, MEMBERS, now))
    return Quorum(there, needed(members(tx, meeting.place, now), chosen.number))
