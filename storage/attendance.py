"""Who was at a meeting: residents are counted, and guests as the secretary counts them."""

from __future__ import annotations

from collections.abc import Sequence

from domain.permissions import Role
from storage.meetings import Meeting
from storage.tx import Tx


def check_in(tx: Tx, meeting: int, person: int, now: int) -> bool:
    """Note that somebody came. False when that was noted before."""
    return bool(
        tx.run(
            "INSERT INTO attendances (meeting, person, at) VALUES (:meeting, :person, :now) "
            "ON CONFLICT (meeting, person) DO NOTHING",
            meeting=meeting,
            person=person,
            now=now,
        )
    )


def count(tx: Tx, meeting: int) -> int:
    """How many checked in."""
    row = tx.one("SELECT count(*) AS n FROM attendances WHERE meeting = :meeting", meeting=meeting)
    return 0 if row is None else int(row["n"])


def named(tx: Tx, meeting: Meeting, roles: Sequence[Role], now: int) -> list[int]:
    """Those who checked in and hold one of these roles at the meeting's place, in the order in which they came."""
    among = ", ".join(f"'{role.value}'" for role in roles)
    rows = tx.all(
        "SELECT a.person FROM attendances a WHERE a.meeting = :meeting AND EXISTS (SELECT 1 FROM roles r "
        f"WHERE r.person = a.person AND r.place = :place AND r.role IN ({among}) "
        "AND r.since <= :now AND (r.until IS NULL OR r.until > :now)) ORDER BY a.at, a.person",
        meeting=meeting.id,
        place=meeting.place,
        now=now,
    )
    return [int(row["person"]) for row in rows]


def is_verified(tx: Tx, person: int, place: int) -> bool:
    """Whether somebody was at a meeting of this place once: then they are known to live there."""
    row = tx.one(
        "SELECT 1 AS found FROM attendances a JOIN meetings m ON m.id = a.meeting "
        "WHERE a.person = :person AND m.place = :place LIMIT 1",
        person=person,
        place=place,
    )
    return row is not None


def set_guests(tx: Tx, meeting: int, guests: int) -> None:
    """How many came without an account."""
    tx.run("UPDATE meetings SET guests = :guests WHERE id = :id", id=meeting, guests=guests)
