"""What waits for a decision: by scope and filters, what is due soonest first, quick over ten thousand cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage import cases
from storage.cases import Case
from storage.tx import Tx

#: Written as the index `cases_waiting` is, or neither database would use it.
_WAITING = "c.state IN ('submitted', 'under_review', 'needs_info') AND c.private = 0"
#: What waits for the resident's answer is nobody's turn: it comes last and is never overdue.
_ORDER = "ORDER BY (CASE WHEN c.state = 'needs_info' THEN 1 ELSE 0 END), c.due, c.id"


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the queue is wanted; empty is everything. `overdue_at`: only what was due before this moment."""

    kind: str = ""
    category: str = ""
    overdue_at: int | None = None


@dataclass(frozen=True, slots=True)
class Fresh:
    """What came to one neighbourhood: how many, and how many of them are due before a moment."""

    path: str
    n: int
    due: int


_ALL = Filter()


def page(tx: Tx, paths: Sequence[str], wanted: Filter = _ALL, *, offset: int = 0, limit: int = 8) -> list[Case]:
    """One page of the cases under any of these paths."""
    where, values = _where(paths, wanted)
    # The numbers first, from the index alone: words are read for one page only.
    rows = tx.all(
        f"SELECT c.id FROM cases c WHERE {where} {_ORDER} LIMIT :limit OFFSET :offset",
        limit=limit,
        offset=offset,
        **values,
    )
    return [cases.by_id(tx, row["id"]) for row in rows]


def count(tx: Tx, paths: Sequence[str], wanted: Filter = _ALL) -> int:
    """How many there are under any of these paths."""
    where, values = _where(paths, wanted)
    row = tx.one(f"SELECT count(*) AS n FROM cases c WHERE {where}", **values)
    return 0 if row is None else int(row["n"])


def categories(tx: Tx, paths: Sequence[str]) -> list[tuple[str, int]]:
    """What the waiting cases are about, with how many each, the most first."""
    where, values = _where(paths, _ALL)
    rows = tx.all(
        f"SELECT c.category, count(*) AS n FROM cases c WHERE {where} GROUP BY c.category ORDER BY n DESC, c.category",
        **values,
    )
    return [(row["category"] or "other", int(row["n"])) for row in rows]


def fresh(tx: Tx, paths: Sequence[str], *, since: int, until: int, due_before: int) -> list[Fresh]:
    """What came to those who decide between two moments and still waits for them, by neighbourhood."""
    where, values = _where(paths, _ALL)
    rows = tx.all(
        "SELECT c.path, count(*) AS n, sum(CASE WHEN c.due < :before THEN 1 ELSE 0 END) AS due FROM cases c "
        f"WHERE {where} AND c.state <> 'needs_info' AND c.since >= :since AND c.since < :until "
        "GROUP BY c.path ORDER BY c.path",
        since=since,
        until=until,
        before=due_before,
        **values,
    )
    return [Fresh(row["path"], int(row["n"]), int(row["due"])) for row in rows]


def _where(paths: Sequence[str], wanted: Filter) -> tuple[str, dict[str, object]]:
    under, values = _under(paths)
    parts = [_WAITING, under]
    if wanted.kind:
        parts.append("c.kind = :kind")
        values["kind"] = wanted.kind
    if wanted.category:
        parts.append("c.category = :category")
        values["category"] = wanted.category
    if wanted.overdue_at is not None:
        parts.append("c.due < :overdue AND c.state <> 'needs_info'")
        values["overdue"] = wanted.overdue_at
    return " AND ".join(parts), values


def _under(paths: Sequence[str]) -> tuple[str, dict[str, object]]:
    """A condition that one index answers. The first string behind everything under a path: '/' is followed by '0'."""
    parts = [f"(c.path >= :from{n} AND c.path < :to{n})" for n in range(len(paths))]
    values: dict[str, object] = {}
    for n, path in enumerate(paths):
        values |= {f"from{n}": path, f"to{n}": path[:-1] + "0"}
    return f"({' OR '.join(parts)})" if parts else "(1 = 0)", values
