"""Who means to come to a meeting, and what residents want to talk about there."""

from __future__ import annotations

from domain.meetings import Answer
from domain.values import value
from storage.tx import Tx


@value(frozen=True, slots=True)
class Counts:
    """How many answered an invitation, and how."""

    yes: int = 0
    maybe: int = 0
    no: int = 0


def answer(tx: Tx, meeting: int, person: int, said: Answer, now: int) -> None:
    """Note what somebody answers; what they said before does not count any more."""
    tx.run(
        "INSERT INTO rsvps (meeting, person, answer, at) VALUES (:meeting, :person, :said, :now) "
        "ON CONFLICT (meeting, person) DO UPDATE SET answer = excluded.answer, at = excluded.at",
        meeting=meeting,
        person=person,
        said=said.value,
        now=now,
    )


def of(tx: Tx, meeting: int, person: int) -> Answer | None:
    """What somebody answered; None when nothing."""
    row = tx.one(
        "SELECT answer FROM rsvps WHERE meeting = :meeting AND person = :person", meeting=meeting, person=person
    )
    return None if row is None else Answer(row["answer"])


def counts(tx: Tx, meeting: int) -> Counts:
    """How many answered, by answer."""
    rows = tx.all("SELECT answer, count(*) AS n FROM rsvps WHERE meeting = :meeting GROUP BY answer", meeting=meeting)
    return Counts(**{row["answer"]: int(row["n"]) for row in rows})


# --- what residents propose -------------------------------------------------------------------------------------------


@value(frozen=True, slots=True)
class Proposed:
    """Something that a resident wants to talk about; `person` is None once they asked to be forgotten."""

    id: int
    meeting: int
    words: str
    person: int | None
    state: str


def propose(tx: Tx, meeting: int, person: int, words: str) -> int:
    """Keep what a resident proposes for the agenda, until the organiser decides. Its number."""
    return tx.insert(
        "INSERT INTO agenda_items (meeting, position, words, person, state) "
        "VALUES (:meeting, 0, :words, :person, 'proposed')",
        meeting=meeting,
        words=words,
        person=person,
    )


def count_proposed(tx: Tx, meeting: int, person: int) -> int:
    """How many items somebody has proposed for a meeting, whatever became of them."""
    row = tx.one(
        "SELECT count(*) AS n FROM agenda_items WHERE meeting = :meeting AND person = :person",
        meeting=meeting,
        person=person,
    )
    return 0 if row is None else int(row["n"])


def proposed(tx: Tx, item: int) -> Proposed | None:
    """One proposed item by its number, decided or not; None when there is none."""
    row = tx.one("SELECT id, meeting, words, person, state FROM agenda_items WHERE id = :id", id=item)
    if row is None:
        return None
    return Proposed(row["id"], row["meeting"], row["words"], row["person"], row["state"])


def decide(tx: Tx, item: Proposed, *, take: bool) -> bool:
    """Put a proposed item at the end of the agenda, or not. False when somebody decided before."""
    return bool(
        tx.run(
            "UPDATE agenda_items SET state = :state, position = CASE WHEN :taken = 1 THEN "
            "(SELECT coalesce(max(a.position), 0) + 1 FROM agenda_items a WHERE a.meeting = :meeting) "
            "ELSE position END WHERE id = :id AND state = 'proposed'",
            state="listed" if take else "declined",
            taken=int(take),
            meeting=item.meeting,
            id=item.id,
        )
    )
