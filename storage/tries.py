"""How often somebody guessed wrong, and until when they must wait."""

from __future__ import annotations

from storage.tx import Tx

#: Every fifth wrong guess shuts for 2^guesses minutes: 32 minutes, then 17 hours (as CONSUL's lock does).
EVERY = 5
#: At most a week, in seconds.
LONGEST = 7 * 86400


def shut_until(tx: Tx, person: int, what: str) -> int:
    """Until when this person may not try (0: they may)."""
    row = tx.one("SELECT shut_until FROM tries WHERE person = :person AND what = :what", person=person, what=what)
    return 0 if row is None else int(row["shut_until"])


def wrong(tx: Tx, person: int, what: str, now: int) -> None:
    """Count a wrong guess."""
    row = tx.one(
        "INSERT INTO tries (person, what, failed) VALUES (:person, :what, 1) "
        "ON CONFLICT (person, what) DO UPDATE SET failed = tries.failed + 1 RETURNING failed",
        person=person,
        what=what,
    )
    failed = int(row["failed"]) if row else 0
    if failed % EVERY == 0 and failed:
        until = now + min(60 * 2 ** min(failed, 20), LONGEST)
        tx.run(
            "UPDATE tries SET shut_until = :until WHERE person = :person AND what = :what",
            person=person,
            what=what,
            until=until,
        )


def right(tx: Tx, person: int, what: str) -> None:
    """A right one clears the count."""
    tx.run("DELETE FROM tries WHERE person = :person AND what = :what", person=person, what=what)
