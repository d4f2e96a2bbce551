"""What somebody wishes to hear, applied to what already waits for them."""

from __future__ import annotations

from domain import quiet
from storage import outbox, people
from storage.outbox import Class
from storage.tx import Tx


def reconsider(tx: Tx, person: int, now: int) -> None:
    """After a change of mind: what waits and is stopped now goes, what waits for the morning waits for the new one.

    Notices are news of their own cases: they stay until somebody wants nothing at all. Staff keep theirs, as the gate
    says.
    """
    row = tx.one("SELECT stopped, digest, quiet_from, quiet_to FROM persons WHERE id = :person", person=person)
    if row is None:
        return
    gone = [Class.BROADCAST] if row["stopped"] or row["digest"] else []
    if row["stopped"] == "all" and not people.is_staff(tx, person, now):
        gone.append(Class.NOTICE)
    chosen = row["quiet_from"] is not None and row["quiet_to"] is not None
    hours = (row["quiet_from"], row["quiet_to"]) if chosen else quiet.USUAL
    for waiting in tx.all(
        "SELECT o.id, o.class, o.not_before FROM outbox o JOIN accounts a ON a.lane = o.lane "
        "WHERE a.person = :person AND o.state = 'waiting' AND o.class > 1 AND o.edits IS NULL ORDER BY o.id",
        person=person,
    ):
        if waiting["class"] in gone:
            outbox.lapse(tx, waiting["id"])  # with what stands by for it elsewhere
        elif waiting["not_before"] > now:
            tx.run("UPDATE outbox SET not_before = :at WHERE id = :id", id=waiting["id"], at=quiet.ends(now, *hours))
