"""Roles as they were given: to whom, where, by whom, from when and until when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.permissions import Role
from storage.tx import Row, Tx


@dataclass(frozen=True, slots=True)
class Held:
    """One role as it was given. `until`: when it ends (epoch seconds), None while nobody said so."""

    id: int
    person: int
    role: Role
    place: int
    path: str
    since: int
    until: int | None
    granted_by: int | None


_HELD = (
    "SELECT r.id, r.person, r.role, r.place, p.path, r.since, r.until, r.granted_by "
    "FROM roles r JOIN places p ON p.id = r.place "
)


def by_id(tx: Tx, role: int) -> Held | None:
    """A role as it was given, by its number."""
    row = tx.one(_HELD + "WHERE r.id = :id", id=role)
    return None if row is None else _held(row)


def of_person(tx: Tx, person: int, now: int) -> list[Held]:
    """What a person is, and what they will be from a day to come."""
    rows = tx.all(
        _HELD + "WHERE r.person = :person AND (r.until IS NULL OR r.until > :now) ORDER BY r.id", person=person, now=now
    )
    return [_held(row) for row in rows]


def holders(tx: Tx, reach: Sequence[tuple[str, Iterable[Role]]], now: int, *, offset: int, limit: int) -> list[Held]:
    """Who has one of these roles at or under a path, for any such pair, the newest first."""
    under, values = _under(reach)
    rows = tx.all(
        f"{_HELD}WHERE {under} AND (r.until IS NULL OR r.until > :now) ORDER BY r.id DESC LIMIT :limit OFFSET :offset",
        now=now,
        limit=limit,
        offset=offset,
        **values,
    )
    return [_held(row) for row in rows]


def count_holders(tx: Tx, reach: Sequence[tuple[str, Iterable[Role]]], now: int) -> int:
    """How many such roles there are."""
    under, values = _under(reach)
    row = tx.one(
        "SELECT count(*) AS n FROM roles r JOIN places p ON p.id = r.place "
        f"WHERE {under} AND (r.until IS NULL OR r.until > :now)",
        now=now,
        **values,
    )
    return 0 if row is None else int(row["n"])


def _under(reach: Sequence[tuple[str, Iterable[Role]]]) -> tuple[str, dict[str, str]]:
    parts = [
        f"(r.role IN ({_names(roles)}) AND substr(p.path, 1, length(CAST(:path{n} AS text))) = :path{n})"
        for n, (_, roles) in enumerate(reach)
    ]
    return f"({' OR '.join(parts)})" if parts else "(1 = 0)", {f"path{n}": path for n, (path, _) in enumerate(reach)}


def _names(roles: Iterable[Role]) -> str:
    return ", ".join(f"'{role.value}'" for role in roles) or "''"


def _held(row: Row) -> Held:
    return Held(
        id=row["id"],
        person=row["person"],
        role=Role(row["role"]),
        place=row["place"],
        path=row["path"],
        since=row["since"],
        until=row["until"],
        granted_by=row["granted_by"],
    )
