"""Polls: what is asked where, how far it has got, what came of it and who did what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.polls import FROM, Kind, Move, Result, State
from storage.tx import Row, Tx, numbers


@dataclass(frozen=True, slots=True)
class Poll:
    """One question to the residents under a place, whose path is `path`. Times are epoch seconds."""

    id: int
    place: int
    path: str
    author: int | None
    kind: Kind
    question: str
    #: How many options one person may choose.
    most: int
    #: Only those vote who came to a meeting once.
    verified: bool
    state: State
    created: int
    #: The last second in which one may vote.
    closes: int
    reason: str
    #: Once it is closed: how many voted, and until when the council says what it does with the result.
    voters: int | None
    answer: str
    answer_due: int | None
    #: The result as a picture (a number of `storage.media`).
    chart: int | None

    @property
    def about(self) -> str:
        """What its messages to single residents are about."""
        return f"poll:{self.id}"

    @property
    def voted(self) -> str:
        """What a message that shows one person's own choice is about, until it has arrived (storage/outbox.py)."""
        return f"voted:{self.id}"

    @property
    def card(self) -> str:
        """What the cards of those who answer for it are about."""
        return f"pollcard:{self.id}"

    @property
    def leave(self) -> str:
        """What the cards of those who give leave are about."""
        return f"pollleave:{self.id}"


@dataclass(frozen=True, slots=True)
class Option:
    """What can be chosen. `words` are empty for a case that nobody may read any more."""

    position: int
    words: str
    case: int | None
    votes: int | None


def create(
    tx: Tx,
    *,
    place: int,
    author: int,
    kind: Kind,
    question: str,
    options: Sequence[tuple[str, int | None]],
    most: int,
    verified: bool,
    state: State,
    closes: int,
    now: int,
) -> Poll:
    """A poll that is open, or waits for leave. `options`: words, or nothing and the number of the case."""
    number = tx.insert(
        "INSERT INTO polls (place, author, kind, question, most, verified, state, created, closes) "
        "VALUES (:place, :author, :kind, :question, :most, :verified, :state, :now, :closes)",
        place=place,
        author=author,
        kind=kind.value,
        question=question,
        most=most,
        verified=int(verified),
        state=state.value,
        now=now,
        closes=closes,
    )
    for position, (words, case) in enumerate(options, 1):
        tx.run(
            "INSERT INTO poll_options (poll, position, words, case_id) "
            "VALUES (:poll, :position, :words, CAST(:case AS bigint))",
            poll=number,
            position=position,
            words=words,
            case=case,
        )
    note(tx, number, Move.ASK if state is State.ASKING else Move.OPEN, author, now)
    found = get(tx, number)
    if found is None:
        raise LookupError("the database gave no number back")
    return found


def get(tx: Tx, poll: int) -> Poll | None:
    """One by its number."""
    row = tx.one(_COLUMNS + "WHERE q.id = :id", id=poll)
    return None if row is None else _poll(row)


def options(tx: Tx, poll: int) -> list[Option]:
    """What can be chosen, in order; a case goes by the title that everybody may read."""
    rows = tx.all(
        "SELECT o.position, CASE WHEN o.case_id IS NULL THEN o.words "
        "WHEN c.private = 0 THEN coalesce(p.title, '') ELSE '' END AS words, o.case_id, o.votes "
        "FROM poll_options o LEFT JOIN cases c ON c.id = o.case_id LEFT JOIN public_cases p ON p.case_id = o.case_id "
        "WHERE o.poll = :poll ORDER BY o.position",
        poll=poll,
    )
    return [Option(row["position"], row["words"], row["case_id"], row["votes"]) for row in rows]


def result(tx: Tx, one: Poll) -> Result | None:
    """What came of a closed poll; None while nobody has counted."""
    if one.voters is None:
        return None
    return Result(one.voters, {option.position: option.votes or 0 for option in options(tx, one.id)})


def move(tx: Tx, one: Poll, made: Move, to: State, *, person: int | None, now: int, reason: str = "") -> bool:
    """Bring a poll on by a move. False when it does not stand where that move starts from any more."""
    before = ", ".join(f"'{state.value}'" for state in FROM[made])
    touched = tx.run(
        f"UPDATE polls SET state = :to, reason = :reason WHERE id = :id AND state IN ({before})",
        to=to.value,
        reason=reason,
        id=one.id,
    )
    if touched:
        note(tx, one.id, made, person, now)
    return bool(touched)


def note(tx: Tx, poll: int, made: Move, person: int | None, now: int) -> None:
    """Write down who did what."""
    tx.run(
        "INSERT INTO poll_moves (poll, move, person, at) VALUES (:poll, :move, CAST(:person AS bigint), :now)",
        poll=poll,
        move=made.value,
        person=person,
        now=now,
    )


def who(tx: Tx, poll: int, *made: Move) -> int | None:
    """Who made the last of these moves; None when time did, or the person is not known any more."""
    among = ", ".join(f"'{one.value}'" for one in made)
    row = tx.one(
        f"SELECT person FROM poll_moves WHERE poll = :poll AND move IN ({among}) ORDER BY id DESC LIMIT 1", poll=poll
    )
    return None if row is None else row["person"]


def keep_until(tx: Tx, poll: int, closes: int) -> None:
    """Let it close then."""
    tx.run("UPDATE polls SET closes = :closes WHERE id = :id", closes=closes, id=poll)


def keep_result(tx: Tx, poll: int, found: Result, answer_due: int) -> None:
    """Keep what came of it, and until when the council answers."""
    for position, votes in found.votes.items():
        tx.run(
            "UPDATE poll_options SET votes = :votes WHERE poll = :poll AND position = :position",
            votes=votes,
            poll=poll,
            position=position,
        )
    tx.run(
        "UPDATE polls SET voters = :voters, answer_due = :due WHERE id = :id",
        voters=found.voters,
        due=answer_due,
        id=poll,
    )


def keep_chart(tx: Tx, poll: int, media: int) -> None:
    """The result was drawn."""
    tx.run("UPDATE polls SET chart = :media WHERE id = :id", media=media, id=poll)


def answer(tx: Tx, poll: int, words: str) -> None:
    """What the council does with the result."""
    tx.run("UPDATE polls SET answer = :words WHERE id = :id AND state = 'closed'", words=words, id=poll)


def broadcast(tx: Tx, poll: int) -> int | None:
    """The message to many that asks it; None before it was sent."""
    row = tx.one("SELECT id FROM broadcasts WHERE poll = :poll", poll=poll)
    return None if row is None else int(row["id"])


# --- lists --------------------------------------------------------------------------------------------------------


def at(tx: Tx, places: Sequence[int], states: Iterable[State], *, offset: int = 0, limit: int = 8) -> list[Poll]:
    """The polls of exactly these places in one of these states, the newest first."""
    rows = tx.all(
        f"{_COLUMNS}WHERE q.place IN {tx.among('places')} AND q.state IN ({_codes(states)}) "
        "ORDER BY q.id DESC LIMIT :limit OFFSET :offset",
        places=numbers(places),
        limit=limit,
        offset=offset,
    )
    return [_poll(row) for row in rows]


def count_at(tx: Tx, places: Sequence[int], states: Iterable[State]) -> int:
    """How many there are."""
    row = tx.one(
        f"SELECT count(*) AS n FROM polls q WHERE q.place IN {tx.among('places')} AND q.state IN ({_codes(states)})",
        places=numbers(places),
    )
    return 0 if row is None else int(row["n"])


def under(tx: Tx, paths: Sequence[str], states: Iterable[State], *, offset: int, limit: int) -> list[Poll]:
    """The polls at or below one of these paths in one of these states, the newest first."""
    where, values = _below(paths)
    rows = tx.all(
        f"{_COLUMNS}WHERE ({where}) AND q.state IN ({_codes(states)}) ORDER BY q.id DESC LIMIT :limit OFFSET :offset",
        **values,
        limit=limit,
        offset=offset,
    )
    return [_poll(row) for row in rows]


def count_under(tx: Tx, paths: Sequence[str], states: Iterable[State]) -> int:
    """How many there are."""
    where, values = _below(paths)
    row = tx.one(
        "SELECT count(*) AS n FROM polls q JOIN places p ON p.id = q.place "
        f"WHERE ({where}) AND q.state IN ({_codes(states)})",
        **values,
    )
    return 0 if row is None else int(row["n"])


# --- pieces -------------------------------------------------------------------------------------------------------

_COLUMNS = (
    "SELECT q.id, q.place, p.path, q.author, q.kind, q.question, q.most, q.verified, q.state, q.created, q.closes, "
    "q.reason, q.voters, q.answer, q.answer_due, q.chart FROM polls q JOIN places p ON p.id = q.place "
)


def _codes(states: Iterable[State]) -> str:
    return ", ".join(f"'{state.value}'" for state in states)


def _below(paths: Sequence[str]) -> tuple[str, dict[str, str]]:
    values = {f"path{n}": path for n, path in enumerate(paths)}
    tests = [f"substr(p.path, 1, length(CAST(:{name} AS text))) = :{name}" for name in values]
    return " OR ".join(tests) or "1 = 0", values


def _poll(row: Row) -> Poll:
    return Poll(
        id=row["id"],
        place=row["place"],
        path=row["path"],
        author=row["author"],
        kind=Kind(row["kind"]),
        question=row["question"],
        most=row["most"],
        verified=bool(row["verified"]),
        state=State(row["state"]),
        created=row["created"],
        closes=row["closes"],
        reason=row["reason"],
        voters=row["voters"],
        answer=row["answer"],
        answer_due=row["answer_due"],
        chart=row["chart"],
    )
