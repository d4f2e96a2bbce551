"""The public copy of a case: what everybody may read, written apart from the reporter's own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.cases import Kind, State
from storage.tx import Row, Tx


@dataclass(frozen=True, slots=True)
class PublicCase:
    """What everybody may read. `lat` and `lon` are rounded to about a hundred metres; times are epoch seconds."""

    case: int
    code: str
    kind: Kind
    category: str
    title: str
    place: int
    state: State
    since: int
    due: int | None
    lat: float | None
    lon: float | None
    at: int


_COLUMNS = (
    "SELECT c.id, c.code, c.kind, c.category, c.place, c.state, c.since, c.due, p.title, p.lat, p.lon, p.at "
    "FROM cases c JOIN public_cases p ON p.case_id = c.id "
)


def write(tx: Tx, case: int, *, title: str, lat: float | None, lon: float | None, now: int) -> None:
    """Write the public copy; one that is there already is replaced."""
    tx.run(
        "INSERT INTO public_cases (case_id, title, lat, lon, at) VALUES (:case, :title, "
        "CAST(:lat AS double precision), CAST(:lon AS double precision), :now) "
        "ON CONFLICT (case_id) DO UPDATE SET title = excluded.title, lat = excluded.lat, lon = excluded.lon, "
        "at = excluded.at",
        case=case,
        title=title,
        lat=lat,
        lon=lon,
        now=now,
    )


def retitle(tx: Tx, case: int, title: str) -> None:
    """Other words for the public copy, if there is one."""
    tx.run("UPDATE public_cases SET title = :title WHERE case_id = :case", case=case, title=title)


def drop(tx: Tx, case: int) -> None:
    """Nobody sees it any more, nor its photos."""
    tx.run("DELETE FROM public_cases WHERE case_id = :case", case=case)
    tx.run("UPDATE attachments SET released = 0 WHERE case_id = :case", case=case)


def of(tx: Tx, case: int) -> PublicCase | None:
    """The public copy of a case, if it has one."""
    row = tx.one(_COLUMNS + "WHERE c.id = :case AND c.private = 0", case=case)
    return None if row is None else _public(row)


def open_at(tx: Tx, path: str, *, offset: int = 0, limit: int = 8) -> list[PublicCase]:
    """What a neighbourhood's people may see of its accepted cases, the newest first."""
    rows = tx.all(
        _COLUMNS + "WHERE c.path = :path AND c.state = 'accepted' AND c.private = 0 "
        "ORDER BY p.at DESC, c.id DESC LIMIT :limit OFFSET :offset",
        path=path,
        limit=limit,
        offset=offset,
    )
    return [_public(row) for row in rows]


def count_open_at(tx: Tx, path: str) -> int:
    """How many of them there are."""
    row = tx.one(
        "SELECT count(*) AS n FROM cases c JOIN public_cases p ON p.case_id = c.id "
        "WHERE c.path = :path AND c.state = 'accepted' AND c.private = 0",
        path=path,
    )
    return 0 if row is None else int(row["n"])


def first_at(tx: Tx, path: str, limit: int) -> list[PublicCase]:
    """Of the same, those that most people belong to; of as many the oldest first."""
    rows = tx.all(
        _COLUMNS + "WHERE c.path = :path AND c.state = 'accepted' AND c.private = 0 "
        "ORDER BY (SELECT count(*) FROM parties q WHERE q.case_id = c.id) DESC, c.created, c.id LIMIT :limit",
        path=path,
        limit=limit,
    )
    return [_public(row) for row in rows]


def release(tx: Tx, case: int, media: Sequence[int]) -> None:
    """Show these photos with the public copy."""
    for one in media:
        tx.run(
            "UPDATE attachments SET released = 1 WHERE case_id = :case AND media = :media AND hidden = 0",
            case=case,
            media=one,
        )


def released(tx: Tx, case: int) -> list[int]:
    """The photos that everybody may see, as numbers of media."""
    rows = tx.all(
        "SELECT a.media FROM attachments a JOIN media m ON m.id = a.media WHERE a.case_id = :case AND a.released = 1 "
        "AND a.hidden = 0 AND m.state IN ('wanted', 'kept') ORDER BY a.media",
        case=case,
    )
    return [int(row["media"]) for row in rows]


def hide(tx: Tx, case: int, media: int) -> bool:
    """Show this photo of a case to nobody any more. False when it is not one of it or hidden already."""
    return bool(
        tx.run(
            "UPDATE attachments SET hidden = 1, released = 0 WHERE case_id = :case AND media = :media AND hidden = 0",
            case=case,
            media=media,
        )
    )


def _public(row: Row) -> PublicCase:
    return PublicCase(
        case=row["id"],
        code=row["code"],
        kind=Kind(row["kind"]),
        category=row["category"] or "other",
        title=row["title"],
        place=row["place"],
        state=State(row["state"]),
        since=row["since"],
        due=row["due"],
        lat=row["lat"],
        lon=row["lon"],
        at=row["at"],
    )
