"""What happened in the neighbourhoods within a week, and who takes it in one message."""

from __future__ import annotations

from dataclasses import dataclass

from storage.tx import Tx


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who takes the news once a week, and the neighbourhood they have joined."""

    person: int
    place: int
    path: str


@dataclass(slots=True)
class Week:
    """What happened in one neighbourhood: how many reports were accepted, how many decided in another way."""

    accepted: int = 0
    decided: int = 0


def readers(tx: Tx, after: int, limit: int) -> list[Reader]:
    """Whoever takes the news once a week, in order of number, from behind `after`."""
    rows = tx.all(
        "SELECT p.id, max(r.place) AS place FROM persons p JOIN roles r ON r.person = p.id AND r.role = 'resident' "
        "AND r.until IS NULL WHERE p.digest = 1 AND p.stopped = '' AND p.id > :after "
        "GROUP BY p.id ORDER BY p.id LIMIT :limit",
        after=after,
        limit=limit,
    )
    paths = {row["place"]: tx.one("SELECT path FROM places WHERE id = :place", place=row["place"]) for row in rows}
    return [Reader(row["id"], row["place"], found["path"]) for row in rows if (found := paths[row["place"]])]


def weeks(tx: Tx, since: int, until: int) -> dict[int, Week]:
    """What was decided after `since`, up to `until`, by neighbourhood. What is hidden is not counted."""
    found: dict[int, Week] = {}
    for row in tx.all(
        "SELECT c.place, m.move, count(DISTINCT m.case_id) AS n FROM moves m JOIN cases c ON c.id = m.case_id "
        "WHERE m.at > :since AND m.at <= :until AND m.move IN ('accept', 'reject') AND c.private = 0 "
        "GROUP BY c.place, m.move",
        since=since,
        until=until,
    ):
        week = found.setdefault(row["place"], Week())
        if row["move"] == "accept":
            week.accepted = int(row["n"])
        else:
            week.decided = int(row["n"])
    return found


def messages(tx: Tx, since: int, until: int) -> list[tuple[str, str]]:
    """What was written to the residents in that time: the place it was for, as a path, and the words. What was urgent
    has reached them all."""
    rows = tx.all(
        "SELECT coalesce(t.path, p.path) AS path, b.words FROM broadcasts b JOIN places p ON p.id = b.place "
        "LEFT JOIN broadcast_places s ON s.broadcast = b.id LEFT JOIN places t ON t.id = s.place "
        "WHERE b.who = 'residents' AND b.begun > :since AND b.begun <= :until AND b.urgent = '' "
        "AND b.poll IS NULL AND b.state NOT IN ('stopping', 'stopped') ORDER BY b.id",
        since=since,
        until=until,
    )
    return [(row["path"], row["words"]) for row in rows]
