"""What waits for a moment, when the clock that gave the moment turns out to have been ahead."""

from __future__ import annotations

from storage.tx import Tx


def set_back(tx: Tx, now: int, by: int) -> None:
    """The clock was set back by so many seconds and shows `now`: what was due by the old one stays due, and what waits
    to be tried again waits as long as it was meant to. What is planned for a later hour stays where it is."""
    moment = {"now": now, "by": by, "former": now + by}
    tx.run("UPDATE lanes SET held_until = held_until - :by WHERE held_until > :now", now=now, by=by)
    tx.run(
        "UPDATE outbox SET not_before = not_before - :by WHERE state = 'waiting' AND not_before > :now "
        "AND (not_before <= :former OR tries > 0)",
        **moment,
    )
    tx.run("UPDATE jobs SET due = due - :by WHERE due > :now AND (due <= :former OR tries > 0)", **moment)
    tx.run("UPDATE jobs SET taken_until = taken_until - :by WHERE taken_until > :now", now=now, by=by)
