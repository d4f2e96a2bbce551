"""Plans: who does what by when, the cases that it serves, what became of it, and every step on the way."""

from __future__ import annotations

from collections.abc import Sequence

from domain.actions import By, CannotMove, Kind, Move, State, Who, is_matched, reminders, rule
from domain.persian import search_key
from domain.values import value
from storage import jobs
from storage.media import want
from storage.tx import Row, Tx


@value(frozen=True, slots=True)
class Action:
    """One plan as it stands. `path` is its place's; times are epoch seconds, UTC; `due` is a day's last one."""

    id: int
    place: int
    path: str
    kind: Kind
    #: Words for everybody; empty when they are said in the voice `media`.
    what: str
    media: int | None
    who_kind: Who
    who_name: str
    who_key: str
    owner: int | None
    due: int
    state: State
    since: int
    category: str
    meeting: int | None
    author: int | None
    created: int
    #: The number of its last step: whoever declares something must have seen that one.
    version: int = 0


@value(frozen=True, slots=True)
class Step:
    """A step that was made: by whom and in what quality, why, when, and its date from then on."""

    move: Move
    to: State
    by: By
    actor: int | None
    reason: str
    at: int
    due: int


@value(frozen=True, slots=True)
class Served:
    """A case that a plan serves, with its title for everybody; empty when it has none."""

    case: int
    code: str
    category: str
    title: str


class Moved(Exception):
    """Somebody else was faster: the plan is no longer as this step found it."""


_COLUMNS = (
    "SELECT a.id, a.place, p.path, a.kind, a.what, a.media, a.who_kind, a.who_name, a.who_key, a.owner, a.due, "
    "a.state, a.since, a.category, a.meeting, a.author, a.created, "
    "(SELECT max(m.id) FROM action_moves m WHERE m.action = a.id) AS version "
    "FROM actions a JOIN places p ON p.id = a.place "
)


_INSERT = (
    "INSERT INTO actions (place, kind, what, media, who_kind, who_name, who_key, owner, due, state, since, category, "
    "meeting, author, created) VALUES (:place, :kind, :what, CAST(:media AS bigint), :who_kind, :who_name, :who_key, "
    "CAST(:owner AS bigint), :due, 'open', :now, :category, CAST(:meeting AS bigint), CAST(:author AS bigint), :now)"
)


def create(
    tx: Tx,
    *,
    place: int,
    kind: Kind,
    what: str,
    who_kind: Who,
    who_name: str,
    due: int,
    author: int | None,
    now: int,
    owner: int | None = None,
    meeting: int | None = None,
    cases: Sequence[int] = (),
    media: int | None = None,
    category: str = "",
    by: By = By.COUNCIL,
) -> Action:
    """A new plan, its reminders set and its like in the neighbourhood looked for. Nobody is told of it yet.

    `due`: the last second of its day (`domain.actions.end_of_day`); `cases`: numbers of the cases it serves; without a
    category it has the one of the first of them. `who_name` is empty for the council.
    """
    number = tx.insert(
        _INSERT,
        place=place,
        kind=kind.value,
        what=what,
        media=media,
        who_kind=who_kind.value,
        who_name=who_name,
        who_key=search_key(who_name),
        owner=owner,
        due=due,
        category=category or _category(tx, cases),
        meeting=meeting,
        author=author,
        now=now,
    )
    if media is not None:
        want(tx, media, now)
    for case in dict.fromkeys(cases):
        tx.run("INSERT INTO action_cases (action, case_id) VALUES (:action, :case)", action=number, case=case)
    _record(tx, number, Move.RECORD, None, State.OPEN, by, author, now, due, "")
    made = by_id(tx, number)
    _remind(tx, made, now)
    _look_around(tx, made, now)
    return made


def move(
    tx: Tx,
    action: Action,
    made: Move,
    *,
    by: By,
    actor: int | None,
    now: int,
    reason: str = "",
    due: int | None = None,
) -> Action:
    """Move a plan by the table, write the step into its history, set or drop its reminders; the plan as it stands then.

    Raises `Moved` when somebody was faster, `CannotMove` when the table has no such move, or lacks what it demands.
    """
    needed = rule(action.state, made)
    early = needed.late and now <= action.due
    if by not in needed.by or early or (needed.reason and not reason) or (needed.due and due is None):
        raise CannotMove(f"{made} lacks what it needs")
    then = action.due if due is None else due
    # Its number among the steps too: of two processes the second finds that the first has made one.
    touched = tx.run(
        "UPDATE actions SET state = :to, due = :due, since = :now WHERE id = :id AND state = :state AND due = :was "
        "AND (SELECT max(m.id) FROM action_moves m WHERE m.action = :id) = :version",
        to=needed.to.value,
        due=then,
        now=now,
        id=action.id,
        state=action.state.value,
        was=action.due,
        version=action.version,
    )
    if not touched:
        raise Moved
    _record(tx, action.id, made, action.state, needed.to, by, actor, now, then, reason)
    moved = by_id(tx, action.id)
    _remind(tx, moved, now)
    if then != action.due:
        _look_around(tx, moved, now)
    return moved


def by_id(tx: Tx, action: int) -> Action:
    """A plan by its number. Raises `LookupError`."""
    found = get(tx, action)
    if found is None:
        raise LookupError(f"no action {action}")
    return found


def get(tx: Tx, action: int) -> Action | None:
    """The same; None when there is none."""
    row = tx.one(f"{_COLUMNS}WHERE a.id = :id", id=action)
    return None if row is None else _action(row)


def of_meeting(tx: Tx, meeting: int) -> list[Action]:
    """What was decided in a meeting, in the order it was recorded."""
    rows = tx.all(f"{_COLUMNS}WHERE a.meeting = :meeting ORDER BY a.id", meeting=meeting)
    return [_action(row) for row in rows]


def of_case(tx: Tx, case: int) -> list[Action]:
    """The plans that serve a case: those that are open first, by their dates."""
    rows = tx.all(
        f"{_COLUMNS}JOIN action_cases s ON s.action = a.id WHERE s.case_id = :case ORDER BY {_ORDER}", case=case
    )
    return [_action(row) for row in rows]


#: What is open first, what is due soonest before the rest; then what came to its end, the last first.
_ORDER = "CASE WHEN a.state = 'open' THEN 0 ELSE 1 END, CASE WHEN a.state = 'open' THEN a.due ELSE -a.since END, a.id"


def of_place(tx: Tx, place: int, *, offset: int = 0, limit: int = 8) -> list[Action]:
    """The plans of exactly this place: those that are open by their dates, then the others, the last first."""
    rows = tx.all(
        f"{_COLUMNS}WHERE a.place = :place ORDER BY {_ORDER} LIMIT :limit OFFSET :offset",
        place=place,
        limit=limit,
        offset=offset,
    )
    return [_action(row) for row in rows]


def in_state(tx: Tx, place: int, state: State, since: int, offset: int, limit: int) -> list[Action]:
    """The plans of exactly this place that came into a state after this time: open ones by their dates, others the last
    first."""
    rows = tx.all(
        f"{_COLUMNS}WHERE a.place = :place AND a.state = :state AND a.since >= :since ORDER BY {_ORDER} "
        "LIMIT :limit OFFSET :offset",
        place=place,
        state=state.value,
        since=since,
        limit=limit,
        offset=offset,
    )
    return [_action(row) for row in rows]


def count_since(tx: Tx, place: int, state: State, since: int) -> int:
    """How many of them there are."""
    row = tx.one(
        "SELECT count(*) AS n FROM actions WHERE place = :place AND state = :state AND since >= :since",
        place=place,
        state=state.value,
        since=since,
    )
    return 0 if row is None else int(row["n"])


def count_of_place(tx: Tx, place: int) -> dict[State, int]:
    """How many plans a place has in each state; a state that none is in is missing."""
    rows = tx.all("SELECT state, count(*) AS n FROM actions WHERE place = :place GROUP BY state", place=place)
    return {State(row["state"]): int(row["n"]) for row in rows}


def served(tx: Tx, action: int) -> list[Served]:
    """The cases that a plan serves, as everybody may read of them; hidden ones are not among them."""
    rows = tx.all(
        "SELECT c.id, c.code, c.category, p.title FROM action_cases s JOIN cases c ON c.id = s.case_id "
        "LEFT JOIN public_cases p ON p.case_id = c.id WHERE s.action = :action AND c.private = 0 ORDER BY c.id",
        action=action,
    )
    return [Served(row["id"], row["code"], row["category"] or "other", row["title"] or "") for row in rows]


def history(tx: Tx, action: int) -> list[Step]:
    """Every step of a plan, the oldest first."""
    rows = tx.all(
        # Whoever turned out to be somebody else's second account goes by the number of that person.
        "SELECT m.move, m.to_state, m.by_part, coalesce(p.merged_into, m.actor) AS actor, r.words, m.at, m.due "
        "FROM action_moves m LEFT JOIN persons p ON p.id = m.actor LEFT JOIN action_reasons r ON r.move = m.id "
        "WHERE m.action = :action ORDER BY m.id",
        action=action,
    )
    return [
        Step(
            Move(row["move"]),
            State(row["to_state"]),
            By(row["by_part"]),
            row["actor"],
            row["words"] or "",
            row["at"],
            row["due"],
        )
        for row in rows
    ]


# --- pieces -------------------------------------------------------------------------------------------------------


def _category(tx: Tx, cases: Sequence[int]) -> str:
    row = tx.one("SELECT category FROM cases WHERE id = :case", case=cases[0]) if cases else None
    return "" if row is None else str(row["category"] or "")


def _remind(tx: Tx, action: Action, now: int) -> None:
    """Set the reminders that are still to come; those of a former date, or of what is over, go."""
    for n, (at, until) in enumerate(reminders(action.due)):
        key = f"action-remind:{action.id}:{n}"
        if action.state is State.OPEN and at > now:
            jobs.put(tx, "action-remind", key, at, {"action": action.id, "due": action.due, "n": n}, expires=until)
        else:
            jobs.drop(tx, key)


def _look_around(tx: Tx, action: Action, now: int) -> None:
    if action.state is State.OPEN and is_matched(action.category):
        jobs.put(tx, "action-near", f"action-near:{action.id}", now, {"action": action.id})


def under(paths: Sequence[str]) -> tuple[str, dict[str, str]]:
    """A condition on places `p`: '/' is followed by '0'."""
    parts = [f"(p.path >= :from{n} AND p.path < :to{n})" for n in range(len(paths))]
    values: dict[str, str] = {}
    for n, path in enumerate(paths):
        values |= {f"from{n}": path, f"to{n}": path[:-1] + "0"}
    return f"({' OR '.join(parts)})" if parts else "(1 = 0)", values


def _record(
    tx: Tx,
    action: int,
    made: Move,
    before: State | None,
    after: State,
    by: By,
    actor: int | None,
    now: int,
    due: int,
    reason: str,
) -> None:
    """Write a step into the history; the words of a reason stand apart from it, where they can be erased."""
    number = tx.insert(
        "INSERT INTO action_moves (action, move, from_state, to_state, by_part, actor, at, due) VALUES (:action, "
        ":move, :before, :after, :by, CAST(:actor AS bigint), :now, :due)",
        action=action,
        move=made.value,
        before=None if before is None else before.value,
        after=after.value,
        by=by.value,
        actor=actor,
        now=now,
        due=due,
    )
    if reason:
        tx.run(
            "INSERT INTO action_reasons (move, person, words, at) VALUES (:move, CAST(:actor AS bigint), :words, :now)",
            move=number,
            actor=actor,
            words=reason,
            now=now,
        )


def _action(row: Row) -> Action:
    return Action(
        id=row["id"],
        place=row["place"],
        path=row["path"],
        kind=Kind(row["kind"]),
        what=row["what"],
        media=row["media"],
        who_kind=Who(row["who_kind"]),
        who_name=row["who_name"],
        who_key=row["who_key"],
        owner=row["owner"],
        due=row["due"],
        state=State(row["state"]),
        since=row["since"],
        category=row["category"],
        meeting=row["meeting"],
        author=row["author"],
        created=row["created"],
        version=row["version"] or 0,
    )
