"""What boards decided, by who is to do it, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.actions import Who
from storage import actions
from storage.actions import Action
from storage.tx import Tx

#: Decisions of boards: their meetings are a county's or the province's.
_BOARDS = (
    "FROM actions a JOIN meetings m ON m.id = a.meeting JOIN places p ON p.id = a.place "
    "WHERE m.kind IN ('county_board', 'province_board') "
)


@dataclass(frozen=True, slots=True)
class Doer:
    """An agency, or whoever else the boards gave something to do, with how much of it there is in each state.

    `sample` is the number of its last decision: a button leads on by it. `late` of those that are open.
    """

    who_kind: Who
    name: str
    place: int
    sample: int
    open: int
    late: int
    kept: int
    broken: int
    dropped: int


def doers(tx: Tx, paths: Sequence[str], now: int, *, key: str = "", offset: int = 0, limit: int = 8) -> list[Doer]:
    """Who has something to do by decisions under any of these paths, agencies first, those with most late before the
    others. `key`: only those whose search key holds this one. A name stands in its latest spelling."""
    where, values = _where(tx, paths, key)
    rows = tx.all(
        "SELECT a.who_kind, max(a.id) AS sample, "
        "sum(CASE WHEN a.state = 'open' THEN 1 ELSE 0 END) AS open, "
        "sum(CASE WHEN a.state = 'open' AND a.due < :now THEN 1 ELSE 0 END) AS late, "
        "sum(CASE WHEN a.state = 'kept' THEN 1 ELSE 0 END) AS kept, "
        "sum(CASE WHEN a.state = 'broken' THEN 1 ELSE 0 END) AS broken, "
        "sum(CASE WHEN a.state = 'dropped' THEN 1 ELSE 0 END) AS dropped "
        f"{_BOARDS}AND {where} GROUP BY a.who_kind, a.who_key, {_COUNCIL_OF} "
        "ORDER BY CASE WHEN a.who_kind = 'agency' THEN 0 ELSE 1 END, late DESC, open DESC, a.who_key, sample "
        "LIMIT :limit OFFSET :offset",
        now=now,
        limit=limit,
        offset=offset,
        **values,
    )
    found = []
    for row in rows:
        last = actions.by_id(tx, row["sample"])
        counts = (int(row[name]) for name in ("open", "late", "kept", "broken", "dropped"))
        found.append(Doer(last.who_kind, last.who_name, last.place, last.id, *counts))
    return found


#: Each council or committee is one of its own; an agency is one wherever it was named.
_COUNCIL_OF = "CASE WHEN a.who_kind = 'council' THEN a.place ELSE 0 END"


def count_doers(tx: Tx, paths: Sequence[str], key: str = "") -> int:
    """How many of them there are."""
    where, values = _where(tx, paths, key)
    row = tx.one(
        f"SELECT count(*) AS n FROM (SELECT 1 AS found {_BOARDS}AND {where} "
        f"GROUP BY a.who_kind, a.who_key, {_COUNCIL_OF}) AS g",
        **values,
    )
    return 0 if row is None else int(row["n"])


def of(tx: Tx, paths: Sequence[str], like: Action, *, offset: int = 0, limit: int = 8) -> list[Action]:
    """The decisions with the same doer as this one: those that are open by their dates, then the others."""
    where, values = _same(tx, paths, like)
    rows = tx.all(
        f"SELECT a.id {_BOARDS}AND {where} ORDER BY CASE WHEN a.state = 'open' THEN 0 ELSE 1 END, "
        "CASE WHEN a.state = 'open' THEN a.due ELSE -a.since END, a.id LIMIT :limit OFFSET :offset",
        limit=limit,
        offset=offset,
        **values,
    )
    return [actions.by_id(tx, row["id"]) for row in rows]


def count_of(tx: Tx, paths: Sequence[str], like: Action) -> int:
    """How many of them there are."""
    where, values = _same(tx, paths, like)
    row = tx.one(f"SELECT count(*) AS n {_BOARDS}AND {where}", **values)
    return 0 if row is None else int(row["n"])


def _same(tx: Tx, paths: Sequence[str], like: Action) -> tuple[str, dict[str, object]]:
    where, values = _where(tx, paths, "")
    where += f" AND a.who_kind = :kind AND a.who_key = :same AND {_COUNCIL_OF} = :council"
    council = like.place if like.who_kind is Who.COUNCIL else 0
    return where, {**values, "kind": like.who_kind.value, "same": like.who_key, "council": council}


def _where(tx: Tx, paths: Sequence[str], key: str) -> tuple[str, dict[str, object]]:
    under, values = actions.under(paths)
    if not key:
        return under, dict(values)
    holds = {"sqlite": "instr(a.who_key, :key)", "postgres": "strpos(a.who_key, :key)"}[tx.dialect]
    return f"{under} AND {holds} > 0", {**values, "key": key}
