"""Who came to meetings."""

from __future__ import annotations

from storage.tx import Tx


def is_verified(tx: Tx, person: int, place: int) -> bool:
    """Whether somebody has checked in once at a meeting of this neighbourhood."""
    row = tx.one(
        "SELECT 1 AS found FROM attendances a JOIN meetings m ON m.id = a.meeting "
        "WHERE a.person = :person AND m.place = :place LIMIT 1",
        person=person,
        place=place,
    )
    return row is not None
