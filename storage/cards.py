"""When staff want their cards, and which messages show a case that has gone elsewhere or is no longer theirs."""

from __future__ import annotations

from domain.permissions import Do, may
from storage import outbox, people
from storage.tx import Row, Tx


def hours(tx: Tx, person: int) -> str:
    """The hours that a person collects cards for, as kept (`8,17`); empty is at once."""
    row = tx.one("SELECT card_hours FROM persons WHERE id = :person", person=person)
    return "" if row is None else str(row["card_hours"])


def set_hours(tx: Tx, person: int, hours: str) -> None:
    """Collect cards for these hours; empty is at once."""
    tx.run("UPDATE persons SET card_hours = :hours WHERE id = :person", person=person, hours=hours)


def part(tx: Tx, about: str, now_about: str) -> None:
    """The messages that showed this show something else from now on, and are no longer kept in step with it."""
    tx.run("UPDATE outbox SET about = :new WHERE about = :about", about=about, new=now_about)


def parted(tx: Tx, about: str) -> list[str]:
    """The marks under this one (`case:12:left:3` is under `case:12`) of messages that are still known."""
    rows = tx.all(
        "SELECT DISTINCT about FROM outbox WHERE about > :low AND about < :high ORDER BY about",
        low=f"{about}:",
        high=f"{about};",  # the sign behind ":"
    )
    return [str(row["about"]) for row in rows]


def take_away(tx: Tx, person: int, now: int) -> None:
    """Somebody's seat has ended: what waits for the morning does not reach them any more, and what they got shows
    nothing of a case's later life. Cards of cases that another seat of theirs still covers stay."""
    seats = people.seats(tx, person, now)
    for card in tx.all(
        "SELECT o.id, o.lane, o.class, o.created, o.state, c.path FROM outbox o JOIN accounts a ON a.lane = o.lane "
        "JOIN cases c ON o.about = 'case:' || c.id "
        "WHERE a.person = :person AND o.edits IS NULL AND o.state IN ('waiting', 'sent') ORDER BY o.id",
        person=person,
    ):
        if may(Do.MODERATE, seats, consented=True, path=card["path"]):
            continue
        if card["state"] == "waiting":
            _lapse(tx, card)
        tx.run("UPDATE outbox SET about = NULL WHERE id = :id", id=card["id"])


def _lapse(tx: Tx, card: Row) -> None:
    """The card and its photos, which are rows of their own before it, written in the same turn."""
    before = tx.all(
        "SELECT id FROM outbox WHERE lane = :lane AND class = :class AND created = :created AND state = 'waiting' "
        "AND about IS NULL AND id < :id AND id > (SELECT coalesce(max(p.id), 0) FROM outbox p WHERE p.lane = :lane "
        "AND p.class = :class AND p.about IS NOT NULL AND p.id < :id)",
        **{name: card[name] for name in ("lane", "class", "created", "id")},
    )
    for row in (*before, card):
        outbox.lapse(tx, row["id"])
