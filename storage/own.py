"""A person's own list of cases, with what it takes to show each of them in a few words."""

from __future__ import annotations

from domain.cases import Part, State
from domain.values import value
from storage import cases
from storage.tx import Row, Tx

#: By their codes: for a list it takes a tenth of asking the classes themselves.
_STATES, _PARTS = {state.value: state for state in State}, {part.value: part for part in Part}


@value(frozen=True, slots=True)
class Listed:
    """One case of the list, and how its reader belongs to it."""

    id: int
    code: str
    place: int
    state: State
    text: str
    category: str
    part: Part


def page(tx: Tx, person: int, *, offset: int, limit: int) -> tuple[list[Listed], int]:
    """The cases a person belongs to, the newest first, without those that are hidden; and how many there are in all."""
    rows = tx.all(
        # In the order of the index, so that what is not on the page is not looked up either.
        "SELECT c.id, c.code, c.place, c.state, c.category, w.words, p.part, (SELECT count(*) FROM parties q "
        "JOIN cases d ON d.id = q.case_id WHERE q.person = :person AND d.private = 0) AS total "
        "FROM parties p JOIN cases c ON c.id = p.case_id LEFT JOIN words w ON w.case_id = c.id AND w.part = 'text' "
        "WHERE p.person = :person AND c.private = 0 ORDER BY p.case_id DESC LIMIT :limit OFFSET :offset",
        person=person,
        limit=limit,
        offset=offset,
    )
    if not rows:
        return [], cases.count_of_person(tx, person) if offset else 0
    return [_listed(row) for row in rows], int(rows[0]["total"])


def _listed(row: Row) -> Listed:
    return Listed(
        row["id"],
        row["code"],
        row["place"],
        _STATES[row["state"]],
        row["words"] or "",
        row["category"] or "other",
        _PARTS[row["part"]],
    )
