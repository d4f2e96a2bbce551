"""Cases that a meeting might talk about."""

from __future__ import annotations

from domain.values import value
from storage.tx import Row, Tx

#: As the indexes `cases_accepted` and `cases_waiting` are written, or neither database would use them.
_ACCEPTED = "c.path = :path AND c.state = 'accepted' AND c.private = 0"
_WAITING = "c.path = :path AND c.state IN ('submitted', 'under_review', 'needs_info') AND c.private = 0"


@value(frozen=True, slots=True)
class Proposal:
    """An open case. `title` is what everybody may read of it, empty where it has no public copy; `since`: when it was
    submitted (epoch seconds)."""

    id: int
    title: str
    category: str
    people: int
    since: int


def proposals(tx: Tx, path: str, *, waiting: bool, limit: int, offset: int = 0) -> list[Proposal]:
    """Open cases of exactly this place: those of most people first, of these the oldest. `waiting`: those too that
    nobody has decided about."""
    rows = tx.all(
        f"SELECT * FROM ({_open(waiting)}) AS o ORDER BY people DESC, created, id LIMIT :limit OFFSET :offset",
        path=path,
        limit=limit,
        offset=offset,
    )
    return [_proposal(row) for row in rows]


def count(tx: Tx, path: str, *, waiting: bool) -> int:
    """How many there are."""
    parts = [f"SELECT c.id FROM cases c WHERE {where}" for where in _states(waiting)]
    row = tx.one(f"SELECT count(*) AS n FROM ({' UNION ALL '.join(parts)}) AS o", path=path)
    return 0 if row is None else int(row["n"])


def proposal(tx: Tx, path: str, case: int, *, waiting: bool) -> Proposal | None:
    """One of them by its number."""
    row = tx.one(f"SELECT * FROM ({_open(waiting, 'AND c.id = :case')}) AS o", path=path, case=case)
    return None if row is None else _proposal(row)


def _open(waiting: bool, only: str = "") -> str:
    columns = (
        "SELECT c.id, c.category, c.created, p.title, "
        "(SELECT count(*) FROM parties q WHERE q.case_id = c.id) AS people "
        "FROM cases c LEFT JOIN public_cases p ON p.case_id = c.id "
    )
    return " UNION ALL ".join(f"{columns} WHERE {where} {only}" for where in _states(waiting))


def _states(waiting: bool) -> tuple[str, ...]:
    return (_ACCEPTED, _WAITING) if waiting else (_ACCEPTED,)


def _proposal(row: Row) -> Proposal:
    return Proposal(
        row["id"], row["title"] or "", row["category"] or "other", max(1, int(row["people"])), int(row["created"])
    )
