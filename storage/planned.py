"""Messages to many before they begin: they wait for a second person's yes, or for their time."""

from __future__ import annotations

from collections.abc import Sequence

from storage import broadcasts
from storage.audience import Count
from storage.broadcasts import Broadcast, State, below
from storage.tx import Tx


def begin(tx: Tx, broadcast: int, count: Count, now: int) -> bool:
    """One that waited begins, for those who are there at this moment. False when it was taken back meanwhile."""
    return bool(
        tx.run(
            "UPDATE broadcasts SET state = 'sending', begun = :now, total = :total, aimed = :aimed, "
            "upto = (SELECT coalesce(max(id), 0) FROM roles) WHERE id = :id AND state = 'planned'",
            now=now,
            total=count.total,
            aimed=count.reached,
            id=broadcast,
        )
    )


def decide(tx: Tx, broadcast: int, state: State, *, by: int, why_not: str, now: int) -> bool:
    """A second person said yes (it goes on to `PLANNED`) or no (`REFUSED`). False when somebody was faster."""
    return bool(
        tx.run(
            "UPDATE broadcasts SET state = :state, decided_by = :by, decided = :now, why_not = :why_not, "
            "ended = CASE WHEN :state = 'refused' THEN CAST(:now AS bigint) END WHERE id = :id AND state = 'asked'",
            state=state.value,
            by=by,
            now=now,
            why_not=why_not,
            id=broadcast,
        )
    )


def end_early(tx: Tx, broadcast: int, state: State, now: int) -> bool:
    """One that has not begun never will. False when it has, or is over."""
    return bool(
        tx.run(
            "UPDATE broadcasts SET state = :state, ended = :now WHERE id = :id AND state IN ('asked', 'planned')",
            state=state.value,
            now=now,
            id=broadcast,
        )
    )


def asked(tx: Tx, paths: Sequence[str], *, limit: int) -> list[Broadcast]:
    """What waits for a second person at or below one of these paths, the one that waits longest first."""
    where, values = below(paths)
    rows = tx.all(
        "SELECT b.id FROM broadcasts b JOIN places p ON p.id = b.place "
        f"WHERE b.state = 'asked' AND ({where}) ORDER BY b.id LIMIT :limit",
        **values,
        limit=limit,
    )
    found = [broadcasts.get(tx, int(row["id"])) for row in rows]
    return [one for one in found if one is not None]


def posted(tx: Tx, broadcast: int) -> None:
    """Its posts in channels and groups are written."""
    tx.run("UPDATE broadcasts SET posts = 2 WHERE id = :id", id=broadcast)
