"""Cases, the people who belong to them, their words and their history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.cases import CannotMove, Kind, Move, Part, Reason, State, rule
from domain.values import value
from storage.places import Place
from storage.tx import Row, Tx


@value(frozen=True, slots=True)
class Case:
    """One case as it stands. `text` is what the resident wrote; times are epoch seconds, UTC."""

    id: int
    code: str
    kind: Kind
    place: int
    path: str
    state: State
    holder: int
    since: int
    due: int | None
    created: int
    text: str
    category: str = "other"
    where: str = ""
    lat: float | None = None
    lon: float | None = None
    #: Until when the open question may be answered, and since when the promise to the resident rests for it.
    asked_until: int | None = None
    paused: int | None = None
    #: Hidden from everybody.
    private: bool = False
    #: The number of its last move: whoever decides must have seen that one.
    version: int = 0


class Moved(Exception):
    """Somebody else was faster: the case is no longer in the state this move starts from."""


@value(frozen=True, slots=True)
class Step:
    """A move that was made: by whom, why, when, and until when the next is promised."""

    move: Move
    to: State
    actor: int | None
    reason: Reason | None
    at: int
    due: int | None
    #: The neighbourhood that has the case from then on, for a submission and a move.
    place: int | None = None


_COLUMNS = (
    "SELECT c.id, c.code, c.kind, c.place, c.path, c.state, c.holder, c.since, c.due, c.created, "
    "c.category, c.lat, c.lon, c.asked_until, c.paused_at, c.private, w.words, p.words AS spot, "
    "(SELECT max(m.id) FROM moves m WHERE m.case_id = c.id) AS version FROM cases c "
    "LEFT JOIN words w ON w.case_id = c.id AND w.part = 'text' "
    "LEFT JOIN words p ON p.case_id = c.id AND p.part = 'place' "
)


def submit(
    tx: Tx,
    *,
    kind: Kind,
    place: int,
    path: str,
    person: int,
    text: str,
    due: int,
    now: int,
    new_code: Callable[[], str],
    where: str = "",
    category: str = "other",
    lat: float | None = None,
    lon: float | None = None,
) -> Case:
    """Make a case with its first move, its reporter and their words. Draws codes until one is free."""
    rule(kind, None, Move.SUBMIT)
    values = {"kind": str(kind), "place": place, "path": path, "category": category}
    case, code = _numbered(tx, new_code, values | {"now": now, "due": due, "lat": lat, "lon": lon})
    tx.run(
        "INSERT INTO parties (case_id, person, part, since) VALUES (:case, :person, :part, :now)",
        case=case,
        person=person,
        part=str(Part.REPORTER),
        now=now,
    )
    for part, words in (("text", text), ("place", where)):
        if words:
            say(tx, case, person, part, words, now)
    made = _record(tx, case, Move.SUBMIT, None, State.SUBMITTED, person, None, now, due, place)
    state = State.SUBMITTED
    return Case(
        case, code, kind, place, path, state, place, now, due, now, text, category, where, lat, lon, version=made
    )


def _numbered(tx: Tx, new_code: Callable[[], str], values: Mapping[str, Any]) -> tuple[int, str]:
    """The row itself: its number and its code."""
    while True:
        code = new_code()
        number = tx.insert(
            "INSERT INTO cases (code, kind, place, path, category, state, holder_kind, holder, since, due, created, "
            "lat, lon) VALUES (:code, :kind, :place, :path, :category, 'submitted', 'place', :place, :now, :due, :now, "
            "CAST(:lat AS double precision), CAST(:lon AS double precision)) "
            "ON CONFLICT (code) DO NOTHING",
            code=code,
            **values,
        )
        if number:
            return number, code


def submitted_since(tx: Tx, person: int, since: int) -> list[int]:
    """When a person submitted cases after this time, the oldest first."""
    rows = tx.all(
        "SELECT since FROM parties WHERE person = :person AND part = 'reporter' AND since > :since ORDER BY since",
        person=person,
        since=since,
    )
    return [int(row["since"]) for row in rows]


def move(
    tx: Tx,
    case: Case,
    made: Move,
    *,
    actor: int | None,
    now: int,
    due: int | None = None,
    reason: Reason | None = None,
    to: Place | None = None,
) -> Case:
    """Move a case by the table, write the history row, and give the case as it stands then.

    `actor` is None where time itself moves it. `to` is the neighbourhood that takes it over. Raises `Moved` when
    somebody was faster, `CannotMove` when the table has no such move or lacks what it demands.
    """
    needed = rule(case.kind, case.state, made)
    lacks = (needed.due and due is None) or (needed.reason and reason is None) or (needed.elsewhere and to is None)
    if lacks:
        raise CannotMove(f"{made} needs what it promises")
    values = {"id": case.id, "state": str(case.state), "since": case.since, "path": case.path}
    # Every column that a move changes is compared: a second process finds the row as the first one left it.
    where = "WHERE id = :id AND state = :state AND since = :since AND path = :path AND private = 0"
    if needed.stays:
        touched = tx.run(f"UPDATE cases SET private = :private {where}", private=int(made is Move.HIDE), **values)
    elif needed.rests:
        touched = tx.run(
            f"UPDATE cases SET state = :to, since = :now, asked_until = :due, paused_at = :now {where}",
            to=str(needed.to),
            now=now,
            due=due,
            **values,
        )
    else:
        touched = tx.run(
            "UPDATE cases SET state = :to, since = :now, due = CAST(:due AS bigint), asked_until = NULL, "
            f"paused_at = NULL, place = :place, path = :new_path, holder = :holder {where}",
            to=str(needed.to),
            now=now,
            due=due,
            place=case.place if to is None else to.id,
            new_path=case.path if to is None else to.path,
            holder=case.holder if to is None else to.id,
            **values,
        )
    if touched == 0:
        raise Moved
    _record(tx, case.id, made, case.state, needed.to, actor, reason, now, due, None if to is None else to.id)
    return by_id(tx, case.id)


def say(tx: Tx, case: int, person: int | None, part: str, words: str, now: int) -> None:
    """Keep somebody's words about a case."""
    tx.run(
        "INSERT INTO words (case_id, person, part, words, at) VALUES (:case, :person, :part, :words, :now)",
        case=case,
        person=person,
        part=part,
        words=words,
        now=now,
    )


def said(tx: Tx, case: int, part: str) -> str:
    """The newest words of this part; empty when there are none."""
    row = tx.one(
        "SELECT words FROM words WHERE case_id = :case AND part = :part ORDER BY id DESC LIMIT 1", case=case, part=part
    )
    return "" if row is None else str(row["words"])


def rewrite(tx: Tx, case: int, part: str, words: str) -> None:
    """Put other words in place of everything that was said in this part; the former ones are gone."""
    newest = tx.one(
        "SELECT id FROM words WHERE case_id = :case AND part = :part ORDER BY id DESC LIMIT 1", case=case, part=part
    )
    if newest is None:
        return
    tx.run("UPDATE words SET words = :words WHERE id = :id", words=words, id=newest["id"])
    tx.run(
        "DELETE FROM words WHERE case_id = :case AND part = :part AND id <> :id",
        case=case,
        part=part,
        id=newest["id"],
    )


def by_code(tx: Tx, code: str) -> Case | None:
    """The case with this tracking code."""
    row = tx.one(_COLUMNS + "WHERE c.code = :code", code=code)
    return None if row is None else _case(row)


def by_id(tx: Tx, case: int) -> Case:
    """A case by its number. Raises `LookupError`."""
    row = tx.one(_COLUMNS + "WHERE c.id = :id", id=case)
    if row is None:
        raise LookupError(f"no case {case}")
    return _case(row)


def of_person(tx: Tx, person: int, *, offset: int = 0, limit: int = 8) -> list[Case]:
    """The cases a person belongs to, the newest first; those that are hidden are not among them."""
    rows = tx.all(
        # In the order of the index, so that what is not on the page is not looked up either.
        _COLUMNS + "JOIN parties p2 ON p2.case_id = c.id WHERE p2.person = :person AND c.private = 0 "
        "ORDER BY p2.case_id DESC LIMIT :limit OFFSET :offset",
        person=person,
        limit=limit,
        offset=offset,
    )
    return [_case(row) for row in rows]


def count_of_person(tx: Tx, person: int) -> int:
    """How many cases a person belongs to, without those that are hidden."""
    row = tx.one(
        "SELECT count(*) AS n FROM parties p JOIN cases c ON c.id = p.case_id "
        "WHERE p.person = :person AND c.private = 0",
        person=person,
    )
    return 0 if row is None else int(row["n"])


def asked(tx: Tx, person: int) -> list[Case]:
    """The cases about which a person was asked something that is still open, the newest question first."""
    rows = tx.all(
        _COLUMNS + "JOIN parties p2 ON p2.case_id = c.id WHERE p2.person = :person AND p2.part = 'reporter' "
        "AND c.state = 'needs_info' AND c.private = 0 ORDER BY c.since DESC, c.id DESC LIMIT 8",
        person=person,
    )
    return [_case(row) for row in rows]


def join(tx: Tx, case: int, person: int, now: int) -> bool:
    """«The same for me»: the person hears every later news of it. False when they belong to it already."""
    return bool(
        tx.run(
            "INSERT INTO parties (case_id, person, part, since) VALUES (:case, :person, 'joined', :now) "
            "ON CONFLICT (case_id, person) DO NOTHING",
            case=case,
            person=person,
            now=now,
        )
    )


def part_of(tx: Tx, case: int, person: int) -> Part | None:
    """How a person belongs to a case; None when they do not."""
    row = tx.one("SELECT part FROM parties WHERE case_id = :case AND person = :person", case=case, person=person)
    return None if row is None else Part(row["part"])


def is_party(tx: Tx, case: int, person: int) -> bool:
    """Whether a person belongs to a case."""
    return part_of(tx, case, person) is not None


def parties(tx: Tx, case: int, part: Part | None = None) -> list[int]:
    """The persons who belong to a case, in whatever way or in this one."""
    rows = tx.all(
        "SELECT person FROM parties WHERE case_id = :case AND part = coalesce(CAST(:part AS text), part) "
        "ORDER BY person",
        case=case,
        part=None if part is None else str(part),
    )
    return [int(row["person"]) for row in rows]


def count_joined(tx: Tx, case: int) -> int:
    """How many said «the same for me»."""
    row = tx.one("SELECT count(*) AS n FROM parties WHERE case_id = :case AND part = 'joined'", case=case)
    return 0 if row is None else int(row["n"])


def history(tx: Tx, case: int) -> list[Step]:
    """Every move of a case, the oldest first."""
    rows = tx.all(
        # Whoever turned out to be somebody else's second account goes by the number of that person.
        "SELECT m.move, m.to_state, coalesce(p.merged_into, m.actor) AS actor, m.reason, m.at, m.due, m.place "
        "FROM moves m LEFT JOIN persons p ON p.id = m.actor WHERE m.case_id = :case ORDER BY m.id",
        case=case,
    )
    return [
        Step(
            Move(row["move"]),
            State(row["to_state"]),
            row["actor"],
            Reason(row["reason"]) if row["reason"] else None,
            row["at"],
            row["due"],
            row["place"],
        )
        for row in rows
    ]


def former_paths(tx: Tx, case: int) -> list[str]:
    """The paths of every neighbourhood that had this case at some time."""
    rows = tx.all("SELECT p.path FROM moves m JOIN places p ON p.id = m.place WHERE m.case_id = :case", case=case)
    return [str(row["path"]) for row in rows]


def every(tx: Tx, after: int, limit: int) -> list[Case]:
    """Cases in order of number, from behind `after`: for exports, in slices."""
    rows = tx.all(_COLUMNS + "WHERE c.id > :after ORDER BY c.id LIMIT :limit", after=after, limit=limit)
    return [_case(row) for row in rows]


def _record(
    tx: Tx,
    case: int,
    made: Move,
    before: State | None,
    after: State,
    actor: int | None,
    reason: Reason | None,
    now: int,
    due: int | None,
    place: int | None,
) -> int:
    """Write a move into the history; its number."""
    return tx.insert(
        "INSERT INTO moves (case_id, move, from_state, to_state, actor, reason, at, due, place) "
        "VALUES (:case, :move, :before, :after, CAST(:actor AS bigint), CAST(:reason AS text), :now, "
        "CAST(:due AS bigint), CAST(:place AS bigint))",
        case=case,
        move=str(made),
        before=None if before is None else str(before),
        after=str(after),
        actor=actor,
        reason=None if reason is None else str(reason),
        now=now,
        due=due,
        place=place,
    )


def _case(row: Row) -> Case:
    return Case(
        id=row["id"],
        code=row["code"],
        kind=Kind(row["kind"]),
        place=row["place"],
        path=row["path"],
        state=State(row["state"]),
        holder=row["holder"],
        since=row["since"],
        due=row["due"],
        created=row["created"],
        text=row["words"] or "",
        category=row["category"] or "other",
        where=row["spot"] or "",
        lat=row["lat"],
        lon=row["lon"],
        asked_until=row["asked_until"],
        paused=row["paused_at"],
        private=bool(row["private"]),
        version=row["version"] or 0,
    )
