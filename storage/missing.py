"""Neighbourhoods that somebody did not find: what they call them, until an officer of the county answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.tx import Row, Tx


class Answer(StrEnum):
    """How a question was answered."""

    NAMED = "named"  # an officer named one of the list
    SAID = "said"  # an officer wrote a sentence
    LISTED = "listed"  # a list brought a place of that name


@dataclass(frozen=True, slots=True)
class Missing:
    """One person's question. `person` is None once they were forgotten, or answered."""

    id: int
    person: int | None
    county: int
    #: What they call it: their own words.
    name: str
    at: int
    answered_at: int | None
    #: The officer who answered; None when a list did.
    answered_by: int | None = None
    answer: Answer | None = None


_COLUMNS = (
    "SELECT m.id, m.person, m.county, m.name, m.at, m.answered_at, m.answered_by, m.answer FROM missing_places m "
)


def add(tx: Tx, person: int, county: int, name: str, now: int) -> int:
    """Note what somebody did not find. Its number."""
    return tx.insert(
        "INSERT INTO missing_places (person, county, name, at) VALUES (:person, :county, :name, :now)",
        person=person,
        county=county,
        name=name,
        now=now,
    )


def get(tx: Tx, missing: int) -> Missing | None:
    """One by its number."""
    row = tx.one(_COLUMNS + "WHERE m.id = :id", id=missing)
    return None if row is None else _missing(row)


def of_person(tx: Tx, person: int) -> list[Missing]:
    """What a person has asked for and nobody has answered yet, the newest first."""
    rows = tx.all(_COLUMNS + "WHERE m.person = :person AND m.answered_at IS NULL ORDER BY m.id DESC", person=person)
    return [_missing(row) for row in rows]


def open_in(tx: Tx, county: int) -> list[Missing]:
    """What waits for an answer in a county, the oldest first."""
    rows = tx.all(_COLUMNS + "WHERE m.county = :county AND m.answered_at IS NULL ORDER BY m.id", county=county)
    return [_missing(row) for row in rows]


def open_under(tx: Tx, paths: Sequence[str], limit: int = 1000) -> list[Missing]:
    """What waits for an answer under any of these paths, the oldest first."""
    found: dict[int, Missing] = {}
    for path in paths:
        rows = tx.all(
            _COLUMNS + "JOIN places p ON p.id = m.county WHERE m.answered_at IS NULL "
            "AND substr(p.path, 1, length(CAST(:path AS text))) = :path ORDER BY m.id LIMIT :limit",
            path=path,
            limit=limit,
        )
        found |= {row["id"]: _missing(row) for row in rows}
    return [found[number] for number in sorted(found)]


def answered(tx: Tx, missing: int, now: int, answer: Answer, by: int | None) -> bool:
    """Note how and by whom it was answered; who asked is no longer kept with it. False when somebody was faster."""
    return bool(
        tx.run(
            "UPDATE missing_places SET answered_at = :now, answered_by = CAST(:by AS bigint), answer = :answer, "
            "person = NULL WHERE id = :id AND answered_at IS NULL",
            id=missing,
            now=now,
            by=by,
            answer=str(answer),
        )
    )


def _missing(row: Row) -> Missing:
    return Missing(
        id=row["id"],
        person=row["person"],
        county=row["county"],
        name=row["name"],
        at=row["at"],
        answered_at=row["answered_at"],
        answered_by=row["answered_by"],
        answer=Answer(row["answer"]) if row["answer"] else None,
    )
