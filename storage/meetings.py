"""Meetings and their agendas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from domain.meetings import Kind, Repeats, State
from domain.values import value
from storage.tx import Row, Tx

#: What somebody sees: of each place (its number) these kinds.
Seen: TypeAlias = Mapping[int, Sequence[Kind]]


@value(frozen=True, slots=True)
class Meeting:
    """One meeting. `path` is its place's; times are epoch seconds; `lat` and `lon` degrees.

    One that repeats is the `nth` of a rhythm whose first began, or was to begin, at `anchor`: so one that is moved
    moves none of the others, and the 31st comes back after a shorter month.
    """

    id: int
    place: int
    path: str
    kind: Kind
    starts: int
    label: str
    venue: str
    lat: float | None
    lon: float | None
    repeats: Repeats
    state: State
    reason: str
    revision: int
    code: str
    guests: int
    author: int | None
    anchor: int = 0
    nth: int = 0

    @property
    def about(self) -> str:
        """What the organiser's cards are about."""
        return f"meeting:{self.id}"


@value(frozen=True, slots=True)
class Item:
    """One thing to be talked about; `case` is the number of the case it is about."""

    id: int
    words: str
    case: int | None = None
    #: The resident who proposed it.
    person: int | None = None


def create(
    tx: Tx,
    *,
    place: int,
    kind: Kind,
    starts: int,
    venue: str,
    code: str,
    author: int | None,
    now: int,
    label: str = "",
    lat: float | None = None,
    lon: float | None = None,
    repeats: Repeats = Repeats.NEVER,
    series: tuple[int, int] | None = None,
    agenda: Sequence[tuple[str, int | None]] = (),
) -> Meeting:
    """A new meeting with its agenda (words, case); nobody is told of it yet. `code`: what a link to check in holds.

    `series`: the anchor of its rhythm and which one of it this is; one that repeats is else the first of its own.
    """
    anchor, nth = series or (starts if repeats is not Repeats.NEVER else 0, 0)
    meeting = tx.insert(
        "INSERT INTO meetings (place, kind, starts, label, venue, lat, lon, repeats, state, code, author, created, "
        "anchor, nth) "
        "VALUES (:place, :kind, :starts, :label, :venue, CAST(:lat AS double precision), "
        "CAST(:lon AS double precision), :repeats, :state, :code, CAST(:author AS bigint), :now, :anchor, :nth)",
        place=place,
        kind=kind.value,
        starts=starts,
        label=label,
        venue=venue,
        lat=lat,
        lon=lon,
        repeats=repeats.value,
        state=State.PLANNED.value,
        code=code,
        author=author,
        now=now,
        anchor=anchor,
        nth=nth,
    )
    _list(tx, meeting, agenda)
    found = get(tx, meeting)
    if found is None:
        raise LookupError("the database gave no number back")
    return found


def _list(tx: Tx, meeting: int, agenda: Sequence[tuple[str, int | None]]) -> None:
    for position, (words, case) in enumerate(agenda, 1):
        tx.run(
            "INSERT INTO agenda_items (meeting, position, words, case_id, state) "
            "VALUES (:meeting, :position, :words, CAST(:case AS bigint), 'listed')",
            meeting=meeting,
            position=position,
            words=words,
            case=case,
        )


def get(tx: Tx, meeting: int) -> Meeting | None:
    """One by its number."""
    row = tx.one(f"{_COLUMNS}WHERE m.id = :id", id=meeting)
    return None if row is None else _meeting(row)


def by_code(tx: Tx, code: str) -> Meeting | None:
    """The one whose door a link with this code opens; small letters are read as large ones."""
    row = tx.one(f"{_COLUMNS}WHERE m.code = :code", code=code.upper())
    return None if row is None else _meeting(row)


def of_item(tx: Tx, item: int) -> Meeting | None:
    """The one on whose agenda this item stands."""
    where = "JOIN agenda_items a ON a.meeting = m.id WHERE a.id = :item AND a.state = 'listed'"
    row = tx.one(_COLUMNS + where, item=item)
    return None if row is None else _meeting(row)


def coming(tx: Tx, path: str, now: int, *, limit: int, kinds: Sequence[Kind] = tuple(Kind)) -> list[Meeting]:
    """Planned meetings of exactly this place that have not begun, the next one first."""
    rows = tx.all(
        f"{_COLUMNS}WHERE p.path = :path AND m.starts > :now AND m.state = 'planned' AND m.kind IN ({_names(kinds)}) "
        "ORDER BY m.starts, m.id LIMIT :limit",
        path=path,
        now=now,
        limit=limit,
    )
    return [_meeting(row) for row in rows]


def held(tx: Tx, path: str, now: int, *, limit: int) -> list[Meeting]:
    """The last meetings of exactly this place, the last one first."""
    rows = tx.all(
        f"{_COLUMNS}WHERE p.path = :path AND m.starts <= :now AND m.state = 'planned' "
        "ORDER BY m.starts DESC, m.id DESC LIMIT :limit",
        path=path,
        now=now,
        limit=limit,
    )
    return [_meeting(row) for row in rows]


def page(
    tx: Tx, seen: Seen, now: int, *, ahead: bool, limit: int, offset: int = 0, read: Seen | None = None
) -> list[Meeting]:
    """Meetings that somebody sees: those to come with those that were called off, the next one first; or (not `ahead`)
    those that were held, the last one first, with those of `read` that have minutes."""
    where, values = _seen(seen, ahead, read)
    order = "m.starts, m.id" if ahead else "m.starts DESC, m.id DESC"
    rows = tx.all(
        f"{_COLUMNS}WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset",
        now=now,
        limit=limit,
        offset=offset,
        **values,
    )
    return [_meeting(row) for row in rows]


def count(tx: Tx, seen: Seen, now: int, *, ahead: bool, read: Seen | None = None) -> int:
    """How many there are."""
    where, values = _seen(seen, ahead, read)
    row = tx.one(f"SELECT count(*) AS n FROM meetings m WHERE {where}", now=now, **values)
    return 0 if row is None else int(row["n"])


def _seen(seen: Seen, ahead: bool, read: Seen | None) -> tuple[str, dict[str, int]]:
    """A condition that the index by place and time answers, for each place by itself."""
    time = "m.starts > :now" if ahead else "m.starts <= :now AND m.state = 'planned'"
    parts = [f"(m.place = :p{n} AND m.kind IN ({_names(kinds)}) AND {time})" for n, kinds in enumerate(seen.values())]
    values = {f"p{n}": place for n, place in enumerate(seen)}
    for n, (place, kinds) in enumerate(read.items() if read and not ahead else ()):
        told = "EXISTS (SELECT 1 FROM minutes x WHERE x.meeting = m.id)"
        parts.append(f"(m.place = :r{n} AND m.kind IN ({_names(kinds)}) AND {time} AND {told})")
        values[f"r{n}"] = place
    return f"({' OR '.join(parts) or '1 = 0'})", values


def near(tx: Tx, place: int, starts: int, within: int, *, but: int = 0) -> list[Meeting]:
    """Planned meetings of this place that begin less than so many seconds before or after."""
    rows = tx.all(
        f"{_COLUMNS}WHERE m.place = :place AND m.starts > :low AND m.starts < :high AND m.state = 'planned' "
        "AND m.id <> :but ORDER BY m.starts",
        place=place,
        low=starts - within,
        high=starts + within,
        but=but,
    )
    return [_meeting(row) for row in rows]


def last(tx: Tx, place: int) -> Meeting | None:
    """The meeting of this place that was called last and not cancelled."""
    row = tx.one(f"{_COLUMNS}WHERE m.place = :place AND m.state = 'planned' ORDER BY m.id DESC LIMIT 1", place=place)
    return None if row is None else _meeting(row)


def later(tx: Tx, meeting: Meeting) -> Meeting | None:
    """The last one of the same rhythm that was called after this one, if any was, cancelled or not."""
    row = tx.one(
        f"{_COLUMNS}WHERE m.place = :place AND m.kind = :kind AND m.anchor = :anchor AND m.nth > :nth "
        "ORDER BY m.nth DESC, m.id DESC LIMIT 1",
        place=meeting.place,
        kind=meeting.kind.value,
        anchor=meeting.anchor,
        nth=meeting.nth,
    )
    return None if row is None else _meeting(row)


def hold(tx: Tx, meeting: Meeting) -> None:
    """Whoever else is about to change this meeting, or to call the one after it, waits until this turn is over."""
    tx.run("UPDATE meetings SET revision = revision WHERE id = :id", id=meeting.id)


def end_rhythm(tx: Tx, meeting: Meeting) -> None:
    """It is not held again by itself."""
    tx.run("UPDATE meetings SET repeats = '', anchor = 0, nth = 0 WHERE id = :id", id=meeting.id)


def venues(tx: Tx, place: int, limit: int) -> list[Meeting]:
    """One meeting for each of the venues that this place's meetings were held at, the last one first."""
    rows = tx.all(
        f"{_COLUMNS}WHERE m.id IN (SELECT max(id) FROM meetings WHERE place = :place GROUP BY venue) "
        "ORDER BY m.id DESC LIMIT :limit",
        place=place,
        limit=limit,
    )
    return [_meeting(row) for row in rows]


def rearrange(
    tx: Tx, meeting: Meeting, *, starts: int, label: str, venue: str, lat: float | None, lon: float | None, reason: str
) -> bool:
    """Hold it at another time or place. False when somebody changed it first (its revision is another)."""
    return bool(
        tx.run(
            "UPDATE meetings SET starts = :starts, label = :label, venue = :venue, "
            "lat = CAST(:lat AS double precision), lon = CAST(:lon AS double precision), reason = :reason, "
            "revision = revision + 1 WHERE id = :id AND revision = :revision AND state = 'planned'",
            starts=starts,
            label=label,
            venue=venue,
            lat=lat,
            lon=lon,
            reason=reason,
            id=meeting.id,
            revision=meeting.revision,
        )
    )


def cancel(tx: Tx, meeting: Meeting, reason: str) -> bool:
    """Call it off. False when somebody changed it first."""
    return bool(
        tx.run(
            "UPDATE meetings SET state = 'cancelled', reason = :reason, revision = revision + 1 "
            "WHERE id = :id AND revision = :revision AND state = 'planned'",
            reason=reason,
            id=meeting.id,
            revision=meeting.revision,
        )
    )


def agenda(tx: Tx, meeting: int, state: str = "listed") -> list[Item]:
    """What is to be talked about, in its order."""
    rows = tx.all(
        "SELECT id, words, case_id, person FROM agenda_items WHERE meeting = :meeting AND state = :state "
        "ORDER BY position, id",
        meeting=meeting,
        state=state,
    )
    return [Item(row["id"], row["words"], row["case_id"], row["person"]) for row in rows]


_COLUMNS = (
    "SELECT m.id, m.place, p.path, m.kind, m.starts, m.label, m.venue, m.lat, m.lon, m.repeats, m.state, m.reason, "
    "m.revision, m.code, m.guests, m.author, m.anchor, m.nth FROM meetings m JOIN places p ON p.id = m.place "
)


def _names(kinds: Sequence[Kind]) -> str:
    return ", ".join(f"'{kind.value}'" for kind in kinds)


def _meeting(row: Row) -> Meeting:
    return Meeting(
        id=row["id"],
        place=row["place"],
        path=row["path"],
        kind=Kind(row["kind"]),
        starts=row["starts"],
        label=row["label"],
        venue=row["venue"],
        lat=row["lat"],
        lon=row["lon"],
        repeats=Repeats(row["repeats"]),
        state=State(row["state"]),
        reason=row["reason"],
        revision=row["revision"],
        code=row["code"],
        guests=row["guests"],
        author=row["author"],
        anchor=row["anchor"],
        nth=row["nth"],
    )
