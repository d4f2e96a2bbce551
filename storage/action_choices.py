"""What is offered when a plan is recorded: reports that it may serve, agencies that were named before."""

from __future__ import annotations

from collections.abc import Sequence

from storage.actions import under
from storage.tx import Tx


def could_serve(tx: Tx, path: str, *, offset: int = 0, limit: int = 8) -> list[int]:
    """Accepted cases at or under a path, as numbers, the newest first: what a plan may be made for."""
    rows = tx.all(
        "SELECT id FROM cases WHERE path >= :low AND path < :high AND state = 'accepted' AND private = 0 "
        "ORDER BY id DESC LIMIT :limit OFFSET :offset",
        low=path,
        high=path[:-1] + "0",
        limit=limit,
        offset=offset,
    )
    return [int(row["id"]) for row in rows]


def count_could_serve(tx: Tx, path: str) -> int:
    """How many of them there are."""
    row = tx.one(
        "SELECT count(*) AS n FROM cases WHERE path >= :low AND path < :high AND state = 'accepted' AND private = 0",
        low=path,
        high=path[:-1] + "0",
    )
    return 0 if row is None else int(row["n"])


def agencies_at(tx: Tx, paths: Sequence[str], limit: int) -> list[str]:
    """Agencies that were named under any of these paths before, each in its latest spelling, the latest first."""
    inside, values = under(paths)
    rows = tx.all(
        "SELECT who_name FROM actions WHERE id IN (SELECT max(a.id) FROM actions a JOIN places p ON p.id = a.place "
        f"WHERE a.who_kind = 'agency' AND {inside} GROUP BY a.who_key) ORDER BY id DESC LIMIT :limit",
        limit=limit,
        **values,
    )
    return [str(row["who_name"]) for row in rows]
