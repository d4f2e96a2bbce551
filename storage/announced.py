"""What was announced to the residents of a neighbourhood, as it reads now."""

from __future__ import annotations

from dataclasses import dataclass

from storage.tx import Row, Tx


@dataclass(frozen=True, slots=True)
class Announced:
    """One announcement. `at`: when it was sent (epoch seconds); `path` is the path of the place in whose name it is."""

    id: int
    place: int
    path: str
    words: str
    media: int | None
    at: int


_OF = (
    "FROM broadcasts b JOIN places p ON p.id = b.place WHERE b.begun IS NOT NULL AND b.who = 'residents' "
    "AND b.poll IS NULL AND (b.state <> 'stopped' OR b.sent > 0) AND (EXISTS (SELECT 1 FROM broadcast_places s "
    "WHERE s.broadcast = b.id AND s.place = :place) OR (b.place IN (SELECT id FROM places WHERE path IN ({above})) "
    "AND NOT EXISTS (SELECT 1 FROM broadcast_places s WHERE s.broadcast = b.id))) "
)


def at(tx: Tx, place: int, path: str, *, offset: int, limit: int) -> list[Announced]:
    """What was announced to this neighbourhood, the newest first."""
    query, values = _query(place, path)
    rows = tx.all(
        f"SELECT b.id, b.place, p.path, b.words, b.media, b.begun {query}ORDER BY b.begun DESC, b.id DESC "
        "LIMIT :limit OFFSET :offset",
        **values,
        limit=limit,
        offset=offset,
    )
    return [_announced(row) for row in rows]


def count_at(tx: Tx, place: int, path: str) -> int:
    """How many there are."""
    query, values = _query(place, path)
    row = tx.one(f"SELECT count(*) AS n {query}", **values)
    return 0 if row is None else int(row["n"])


def one_at(tx: Tx, broadcast: int, place: int, path: str) -> Announced | None:
    """One of these by its number."""
    query, values = _query(place, path)
    row = tx.one(
        f"SELECT b.id, b.place, p.path, b.words, b.media, b.begun {query}AND b.id = :broadcast",
        **values,
        broadcast=broadcast,
    )
    return None if row is None else _announced(row)


def _query(place: int, path: str) -> tuple[str, dict[str, object]]:
    steps = [path[: at + 1] for at, sign in enumerate(path) if sign == "/"]
    values: dict[str, object] = {f"path{n}": step for n, step in enumerate(steps)}
    return _OF.format(above=", ".join(f":{name}" for name in values)), {**values, "place": place}


def _announced(row: Row) -> Announced:
    return Announced(row["id"], row["place"], row["path"], row["words"], row["media"], row["begun"])
