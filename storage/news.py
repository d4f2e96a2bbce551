"""The news that people get unasked: how much of it within a week, and what waits for a digest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from storage.tx import Tx, numbers

#: Seconds in which a budget of news is counted.
WEEK_S = 7 * 86400
#: Whoever got so many or more since then has had their share.
SPENT = "SELECT person FROM news_given WHERE at > :week AND late = 0 GROUP BY person HAVING count(*) >= :budget"


def spent(tx: Tx, persons: Collection[int], budget: int, now: int) -> set[int]:
    """Who of these has had as many news within the last week as they should get; nobody where `budget` is 0."""
    if not budget or not persons:
        return set()
    rows = tx.all(
        SPENT.replace("WHERE", f"WHERE person IN {tx.among('persons')} AND", 1),
        persons=numbers(persons),
        budget=budget,
        week=now - WEEK_S,
    )
    return {int(row["person"]) for row in rows}


def give(tx: Tx, broadcast: int, given: Sequence[int], late: Sequence[int], now: int) -> None:
    """These get it now; those read it in a digest, since they had their share."""
    rows = [f"({int(person)}, {int(broadcast)}, :now, 0)" for person in given]
    rows += [f"({int(person)}, {int(broadcast)}, :now, 1)" for person in late]
    if rows:
        tx.run(
            f"INSERT INTO news_given (person, broadcast, at, late) VALUES {', '.join(rows)} ON CONFLICT DO NOTHING",
            now=now,
        )


@dataclass(frozen=True, slots=True)
class Missed:
    """What somebody is to read in a digest: numbers of broadcasts, oldest first."""

    person: int
    broadcasts: tuple[int, ...]


def missed(tx: Tx, after: int, limit: int) -> list[Missed]:
    """Whoever has any waiting for a digest, in order of number, from behind `after`. What was stopped is left out."""
    persons = [
        int(row["person"])
        for row in tx.all(
            "SELECT DISTINCT person FROM news_given WHERE late = 1 AND person > :after ORDER BY person LIMIT :limit",
            after=after,
            limit=limit,
        )
    ]
    found: dict[int, list[int]] = {person: [] for person in persons}
    for row in tx.all(
        "SELECT n.person, b.id FROM news_given n JOIN broadcasts b ON b.id = n.broadcast "
        f"WHERE n.late = 1 AND n.person IN {tx.among('persons')} AND b.state NOT IN ('stopping', 'stopped') "
        "ORDER BY n.person, b.id",
        persons=numbers(persons),
    ):
        found[row["person"]].append(int(row["id"]))
    return [Missed(person, tuple(many)) for person, many in found.items()]


def told(tx: Tx, persons: Collection[int]) -> None:
    """Nothing waits for these any more."""
    tx.run(
        f"DELETE FROM news_given WHERE late = 1 AND person IN {tx.among('persons')}",
        persons=numbers(persons),
    )


def forget(tx: Tx, before: int) -> int:
    """Drop what counts no more: news given before this time. How many."""
    return tx.run("DELETE FROM news_given WHERE at < :before AND late = 0", before=before)
