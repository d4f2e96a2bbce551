"""Who means to come to a meeting, and what residents want to talk about there."""

from __future__ import annotations

from collections.abc import Iterable

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
    values = {"meeting": meeting, "person": person, "said": said.value, "now": now}
    first = tx.one(
        "INSERT INTO rsvps (meeting, person, answer, at) VALUES (:meeting, :person, :said, :now) "
        "ON CONFLICT (meeting, person) DO NOTHING RETURNING answer",
        **values,
    )
    change = {f"said_{one.value}": int(one is said) for one in Answer}
    if first is None:
        # Somebody's two accounts may be at two processes: the one waits for the other.
        lock = " FOR UPDATE" if tx.dialect == "postgres" else ""
        former = tx.one(f"SELECT answer FROM rsvps WHERE meeting = :meeting AND person = :person{lock}", **values)
        tx.run("UPDATE rsvps SET answer = :said, at = :now WHERE meeting = :meeting AND person = :person", **values)
        if former is not None:
            change[f"said_{former['answer']}"] -= 1
    if any(change.values()):
        changes = ", ".join(f"{name} = {name} + :{name}" for name in change)
        tx.run(f"UPDATE meetings SET {changes} WHERE id = :meeting", meeting=meeting, **change)


def of(tx: Tx, meeting: int, person: int) -> Answer | None:
    """What somebody answered; None when nothing."""
    row = tx.one(
        "SELECT answer FROM rsvps WHERE meeting = :meeting AND person = :person", meeting=meeting, person=person
    )
    return None if row is None else Answer(row["answer"])


def counts(tx: Tx, meeting: int) -> Counts:
    """How many answered, by answer."""
    row = tx.one("SELECT said_yes, said_maybe, said_no FROM meetings WHERE id = :meeting", meeting=meeting)
    return Counts() if row is None else Counts(int(row["said_yes"]), int(row["said_maybe"]), int(row["said_no"]))


def meetings_of(tx: Tx, person: int) -> list[int]:
    """The meetings whose invitation somebody answered."""
    rows = tx.all("SELECT meeting FROM rsvps WHERE person = :person ORDER BY meeting", person=person)
    return [int(row["meeting"]) for row in rows]


def recount(tx: Tx, meetings: Iterable[int]) -> None:
    """Count the answers to these anew: two people were one, or somebody was forgotten."""
    counted = ", ".join(
        f"said_{one.value} = (SELECT count(*) FROM rsvps r WHERE r.meeting = meetings.id AND r.answer = '{one.value}')"
        for one in Answer
    )
    for meeting in meetings:
        if tx.dialect == "postgres":
            # Who answers meanwhile waits until this is counted, or is counted.
            tx.one("SELECT id FROM meetings WHERE id = :meeting FOR UPDATE", meeting=meeting)
        tx.run(f"UPDATE meetings SET {counted} WHERE id = :meeting", meeting=meeting)


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
