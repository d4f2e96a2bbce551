"""Meetings and their agendas."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from domain.meetings import Kind, Repeats, State
from domain.values import value
from storage.tx import Row, Tx


@value(frozen=True, slots=True)
class Meeting:
    """One meeting. `path` is its place's; times are epoch seconds; `lat` and `lon` degrees."""

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
    agenda: Sequence[tuple[str, int | None]] = (),
) -> Meeting:
    """A new meeting with its agenda (words, case); nobody is told of it yet. `code`: what a link to check in holds."""
    meeting = tx.insert(
        "INSERT INTO meetings (place, kind, starts, label, venue, lat, lon, repeats, state, code, author, created) "
        "VALUES (:place, :kind, :starts, :label, :venue, CAST(:lat AS double precision), "
        "CAST(:lon AS double precision), :repeats, :state, :code, CAST(:author AS bigint), :now)",
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
    )
    for position, (words, case) in enumerate(agenda, 1):
        tx.run(
            "INSERT INTO agenda_items (meeting, position, words, case_id, state) "
            "VALUES (:meeting, :position, :words, CAST(:case AS bigint), 'listed')",
            meeting=meeting,
            position=position,
            words=words,
            case=case,
        )
    found = get(tx, meeting)
    if found is None:
        raise LookupError("the database gave no number back")
    return found


def get(tx: Tx, meeting: int) -> Meeting | None:
    """One by its number."""
    row = tx.one(f"{_COLUMNS}WHERE m.id = :id", id=meeting)
    return None if row is None else _meeting(row)


def by_code(tx: Tx, code: str) -> Meeting | None:
    """The one whose door a link with this code opens; small letters are read as large ones."""
    row = tx.one(f"{_COLUMNS}WHERE m.code = :code", code=code.upper())
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


def listed(
    tx: Tx, seen: Mapping[str, Collection[Kind]], now: int, *, past: bool, limit: int, offset: int = 0
) -> list[Meeting]:
    """Planned meetings of these places (by path) and of these kinds there, over all places in one order: those to come,
    the next one first, or those that have begun, the last one first."""
    tests = [
        f"(p.path = :path{n} AND m.kind IN ({_names(sorted(kinds))}))" for n, kinds in enumerate(seen.values()) if kinds
    ]
    when, way = ("<=", "DESC") if past else (">", "ASC")
    rows = tx.all(
        f"{_COLUMNS}WHERE ({' OR '.join(tests) or '1 = 0'}) AND m.starts {when} :now AND m.state = 'planned' "
        f"ORDER BY m.starts {way}, m.id {way} LIMIT :limit OFFSET :offset",
        now=now,
        limit=limit,
        offset=offset,
        **{f"path{n}": path for n, path in enumerate(seen)},
    )
    return [_meeting(row) for row in rows]


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
    tx: Tx, meeting: Meeting, *, starts: int, venue: str, lat: float | None, lon: float | None, reason: str
) -> bool:
    """Hold it at another time or place. False when somebody changed it first (its revision is another)."""
    return bool(
        tx.run(
            "UPDATE meetings SET starts = :starts, venue = :venue, lat = CAST(:lat AS double precision), "
            "lon = CAST(:lon AS double precision), reason = :reason, revision = revision + 1 "
            "WHERE id = :id AND revision = :revision AND state = 'planned'",
            starts=starts,
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
    "m.revision, m.code, m.guests, m.author FROM meetings m JOIN places p ON p.id = m.place "
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
    )
