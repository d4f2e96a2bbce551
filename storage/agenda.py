"""Cases that a meeting might talk about."""

from __future__ import annotations

from domain.values import value
from storage.tx import Tx


@value(frozen=True, slots=True)
class Proposal:
    """An accepted case as everybody may read of it. `title` is empty where it has no public copy."""

    id: int
    title: str
    category: str
    people: int


def proposals(tx: Tx, path: str, *, limit: int) -> list[Proposal]:
    """Accepted cases of exactly this place: those of most people first, of these the oldest."""
    rows = tx.all(
        "SELECT c.id, c.category, p.title, (SELECT count(*) FROM parties q WHERE q.case_id = c.id) AS people "
        "FROM cases c LEFT JOIN public_cases p ON p.case_id = c.id "
        "WHERE c.path = :path AND c.state = 'accepted' AND c.private = 0 ORDER BY people DESC, c.id LIMIT :limit",
        path=path,
        limit=limit,
    )
    return [
        Proposal(row["id"], row["title"] or "", row["category"] or "other", max(1, int(row["people"]))) for row in rows
    ]
