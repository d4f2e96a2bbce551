"""Whom a broadcast is for, as it is kept."""

from __future__ import annotations

from storage import broadcasts
from storage.audience import Audience
from storage.broadcasts import Broadcast, To
from storage.tx import Tx


def to(tx: Tx, one: Broadcast) -> To:
    """To whom a broadcast is, more exactly."""
    rows = tx.all("SELECT place FROM broadcast_places WHERE broadcast = :id ORDER BY place", id=one.id)
    return To(tuple(int(row["place"]) for row in rows), one.going, one.urgent)


def meant(tx: Tx, one: Broadcast) -> Audience:
    """Those whom a broadcast is for, as they were when it began."""
    return broadcasts.audience(
        one.path,
        one.who,
        author=one.author or 0,
        upto=one.upto,
        meeting=one.meeting,
        answered=one.answered,
        to=to(tx, one),
    )


def paths(tx: Tx, one: Broadcast) -> tuple[str, ...]:
    """The paths of the places that a broadcast is for."""
    rows = tx.all(
        "SELECT p.path FROM broadcast_places s JOIN places p ON p.id = s.place WHERE s.broadcast = :id ORDER BY p.path",
        id=one.id,
    )
    return tuple(str(row["path"]) for row in rows) or (one.path,)
