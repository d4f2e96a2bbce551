"""The roadmap of a neighbourhood: what is under way, what waits and what was done lately, as everybody may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.actions import Kind, State, Who, days_late
from domain.jalali import TEHRAN
from storage import actions, public
from storage.actions import Action
from storage.public import PublicCase
from storage.tx import Tx

#: Days for which what was done is still shown.
DONE_DAYS = 90


class Group(StrEnum):
    """The parts of a roadmap, in their order."""

    UNDER_WAY = "under_way"  # plans that are open
    WAITING = "waiting"  # accepted cases that no open plan serves
    DONE = "done"  # plans that were kept lately


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a plan with who and by when, or a case that waits (`action` None). Words and titles for everybody.

    `due` in epoch seconds: a plan's date, or when news of a case is promised; `late` in days, 0 for in time. For what
    was done `due` is when.
    """

    group: Group
    #: Empty for a plan that was said in a voice.
    title: str
    category: str
    due: int
    late: int
    action: int | None = None
    kind: Kind | None = None
    who_kind: Who | None = None
    who_name: str = ""
    #: Codes of the cases that a plan serves, or of the case itself.
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Adoption:
    """That a meeting adopted it: which, when that was held, and whether it has changed since."""

    meeting: int
    held: int
    changed: bool


@dataclass(frozen=True, slots=True)
class Roadmap:
    """So many rows of each part, those of one page, and the meeting that adopted it."""

    counts: dict[Group, int]
    rows: tuple[Row, ...]
    adopted: Adoption | None

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def read(tx: Tx, place: int, path: str, now: int, *, offset: int = 0, limit: int = 200) -> Roadmap:
    """The roadmap of this place: its rows from `offset` on, at most so many, in the order of the parts."""
    counts = {
        Group.UNDER_WAY: actions.count_since(tx, place, State.OPEN, 0),
        Group.WAITING: _count_waiting(tx, path),
        Group.DONE: actions.count_since(tx, place, State.KEPT, now - DONE_DAYS * 86400),
    }
    rows: list[Row] = []
    before = 0
    for group in Group:
        start = max(0, offset - before)
        left = min(limit - len(rows), counts[group] - start)
        if left > 0:
            rows += _rows(tx, group, place, path, now, start, left)
        before += counts[group]
    return Roadmap(counts, tuple(rows), adopted(tx, place, path))


def adopt(tx: Tx, place: int, meeting: int, author: int, now: int) -> None:
    """Note that this meeting adopted the roadmap as it is now."""
    path = tx.one("SELECT path FROM places WHERE id = :place", place=place)
    tx.run(
        "INSERT INTO roadmaps (place, meeting, mark, author, at) VALUES (:place, :meeting, :mark, :author, :now)",
        place=place,
        meeting=meeting,
        mark=_mark(tx, place, "" if path is None else str(path["path"])),
        author=author,
        now=now,
    )


def adopted(tx: Tx, place: int, path: str) -> Adoption | None:
    """The meeting that adopted it last."""
    row = tx.one(
        "SELECT r.meeting, r.mark, m.starts FROM roadmaps r JOIN meetings m ON m.id = r.meeting "
        "WHERE r.place = :place ORDER BY r.id DESC LIMIT 1",
        place=place,
    )
    return None if row is None else Adoption(row["meeting"], row["starts"], row["mark"] != _mark(tx, place, path))


def _mark(tx: Tx, place: int, path: str) -> str:
    """What a roadmap is, in short: every case that comes or goes and every step of a plan makes it another one."""
    cases = tx.one(
        "SELECT count(*) AS n, max(c.since) AS last FROM cases c JOIN public_cases p ON p.case_id = c.id "
        "WHERE c.path = :path AND c.state = 'accepted' AND c.private = 0",
        path=path,
    )
    steps = tx.one(
        "SELECT max(m.id) AS last FROM action_moves m JOIN actions a ON a.id = m.action WHERE a.place = :place",
        place=place,
    )
    found = (0, 0) if cases is None else (cases["n"], cases["last"] or 0)
    return ":".join(map(str, (*found, 0 if steps is None else steps["last"] or 0)))


def _rows(tx: Tx, group: Group, place: int, path: str, now: int, offset: int, limit: int) -> list[Row]:
    if group is Group.WAITING:
        return [_waits(one, now) for one in _waiting(tx, path, offset, limit)]
    state, since = (State.OPEN, 0) if group is Group.UNDER_WAY else (State.KEPT, now - DONE_DAYS * 86400)
    return [_planned(tx, group, one, now) for one in actions.in_state(tx, place, state, since, offset, limit)]


def _planned(tx: Tx, group: Group, one: Action, now: int) -> Row:
    under_way = group is Group.UNDER_WAY
    return Row(
        group,
        one.what,
        one.category or "other",
        one.due if under_way else one.since,
        days_late(one.due, datetime.fromtimestamp(now, TEHRAN)) if under_way else 0,
        one.id,
        one.kind,
        one.who_kind,
        one.who_name,
        tuple(case.code for case in actions.served(tx, one.id)),
    )


def _waits(one: PublicCase, now: int) -> Row:
    due = one.due or one.since
    late = days_late(due, datetime.fromtimestamp(now, TEHRAN))
    return Row(Group.WAITING, one.title, one.category, due, late, codes=(one.code,))


#: Public copies of accepted cases that no open plan serves.
_WAITING = (
    "FROM cases c JOIN public_cases p ON p.case_id = c.id WHERE c.path = :path AND c.state = 'accepted' "
    "AND c.private = 0 AND NOT EXISTS (SELECT 1 FROM action_cases s JOIN actions a ON a.id = s.action "
    "WHERE s.case_id = c.id AND a.state = 'open') "
)


def _count_waiting(tx: Tx, path: str) -> int:
    row = tx.one(f"SELECT count(*) AS n {_WAITING}", path=path)
    return 0 if row is None else int(row["n"])


def _waiting(tx: Tx, path: str, offset: int, limit: int) -> list[PublicCase]:
    rows = tx.all(
        f"SELECT c.id {_WAITING} ORDER BY c.due, c.id LIMIT :limit OFFSET :offset",
        path=path,
        limit=limit,
        offset=offset,
    )
    return [one for row in rows if (one := public.of(tx, row["id"])) is not None]
