"""Votes, as long as a poll is open: one row a person. When it is closed only their numbers are left."""

from __future__ import annotations

from collections.abc import Sequence

from domain.polls import Result, counted, read, written
from storage.tx import Tx


def chosen(tx: Tx, poll: int, person: int) -> tuple[int, ...]:
    """What somebody has chosen so far, by position."""
    row = tx.one("SELECT choices FROM ballots WHERE poll = :poll AND person = :person", poll=poll, person=person)
    return () if row is None else read(row["choices"])


def cast(tx: Tx, poll: int, person: int, choices: Sequence[int], now: int) -> None:
    """Put these in place of what somebody chose before; with nothing chosen they have not voted. A vote that is changed
    keeps its first time: by that one it is the earlier or the later of two (see `storage.personal`)."""
    if not choices:
        tx.run("DELETE FROM ballots WHERE poll = :poll AND person = :person", poll=poll, person=person)
        return
    tx.run(
        "INSERT INTO ballots (poll, person, choices, at) VALUES (:poll, :person, :choices, :now) "
        "ON CONFLICT (poll, person) DO UPDATE SET choices = excluded.choices",
        poll=poll,
        person=person,
        choices=written(choices),
        now=now,
    )


def voters(tx: Tx, poll: int) -> int:
    """How many have voted so far."""
    row = tx.one("SELECT count(*) AS n FROM ballots WHERE poll = :poll", poll=poll)
    return 0 if row is None else int(row["n"])


def count(tx: Tx, poll: int, options: int) -> Result:
    """The result of what was cast so far, for so many options."""
    rows = tx.all("SELECT choices, count(*) AS n FROM ballots WHERE poll = :poll GROUP BY choices", poll=poll)
    return counted({row["choices"]: int(row["n"]) for row in rows}, options)


def burn(tx: Tx, poll: int) -> None:
    """Let every vote go: nothing says any more who voted, or for what."""
    tx.run("DELETE FROM ballots WHERE poll = :poll", poll=poll)
