"""Where a photo or voice of a case is to be seen: in which chats, as which messages, and how it goes from there.

A message that carries one leaves a row of its own in the outbox, about `media:12`. When it is to go, that row becomes
`leaving:12` and a second row deletes its message.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.cases import Part
from storage import jobs, outbox
from storage.outbox import Class
from storage.tx import Row, Tx

#: What a row says that a messenger would not delete: somebody has to be asked to.
_BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Showing:
    """One message that shows it: its outbox row, and what is needed to word something for whoever sees it."""

    row: int
    bot: int
    lane: int
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class Left:
    """A message that no messenger would delete: when it was sent (seconds), and the place of its case."""

    at: int
    place: int


def arrived(tx: Tx, row: int, parts: Sequence[tuple[int, int | None]], now: int) -> None:
    """A row was sent that carried these: each by its number, with the messenger's number of its message.

    Only what belongs to a case is noted, and nothing that goes back to its own reporter. What was hidden while it was
    on its way is taken out again at once.
    """
    # Whoever hides it at this moment waits for us, or we for them: one of both sees what the other did.
    lock = " FOR SHARE" if tx.dialect == "postgres" else ""
    for media, message in parts:
        found = tx.one(
            "SELECT a.hidden, m.state FROM attachments a JOIN media m ON m.id = a.media WHERE a.media = :media "
            "AND NOT EXISTS (SELECT 1 FROM parties p JOIN accounts c ON c.person = p.person "
            "JOIN outbox o ON o.lane = c.lane WHERE o.id = :row AND p.case_id = a.case_id "
            f"AND (p.part = :reporter OR a.part = 'explanation')){lock}",
            media=media,
            row=row,
            reporter=Part.REPORTER.value,
        )
        if found is None:
            continue
        tx.run(
            "INSERT INTO outbox (bot, lane, class, about, matters, state, created, message) "
            "SELECT bot, lane, class, :about, matters, 'sent', :now, CAST(:message AS bigint) "
            "FROM outbox WHERE id = :row",
            about=_about(media),
            now=now,
            message=message,
            row=row,
        )
        if found["hidden"] or found["state"] in ("refused", "gone"):
            take_out(tx, media, now)


def take_out(tx: Tx, media: int, now: int) -> None:
    """Have every message that shows this deleted. What waits to be sent does not leave any more by itself."""
    jobs.put(tx, "take-out", f"take-out:{media}", now, {"media": media})


def leaving(tx: Tx, media: int, limit: int) -> list[Showing]:
    """So many of the messages that show it, each handed out once: whoever asks writes a `deletion` for it."""
    rows = tx.all(
        "SELECT o.id, o.bot, o.lane, m.kind, coalesce(p.language, '') AS language FROM outbox o "
        "JOIN media m ON m.id = :media LEFT JOIN accounts a ON a.lane = o.lane LEFT JOIN persons p ON p.id = a.person "
        "WHERE o.about = :about AND o.state = 'sent' ORDER BY o.id LIMIT :limit",
        media=media,
        about=_about(media),
        limit=limit,
    )
    for row in rows:
        tx.run("UPDATE outbox SET about = :about WHERE id = :id", about=f"leaving:{media}", id=row["id"])
    return [Showing(row["id"], row["bot"], row["lane"], row["kind"], row["language"]) for row in rows]


def is_shown(tx: Tx, media: int) -> bool:
    """Whether any message that shows it was not handed out yet."""
    row = tx.one("SELECT 1 AS found FROM outbox WHERE about = :about AND state = 'sent' LIMIT 1", about=_about(media))
    return row is not None


def deletion(tx: Tx, showing: Showing, params: str, now: int) -> None:
    """Write the row that deletes a message; `params` say what it may show where it cannot be deleted."""
    outbox.put(
        tx,
        bot=showing.bot,
        lane=showing.lane,
        cls=Class.NOTICE,
        body=outbox.body(tx, "deleteMessage", params),
        now=now,
        edits=showing.row,
        matters=False,
    )


def removed(tx: Tx, row: int) -> None:
    """The message of this deletion is gone, or shows nothing any more: nothing of it is kept."""
    found = tx.one("SELECT edits FROM outbox WHERE id = :id", id=row)
    outbox.lapse(tx, row)
    tx.run("DELETE FROM outbox WHERE id IN (:id, :target)", id=row, target=found["edits"] if found else row)


def kept(tx: Tx, row: int, lane: int, due: int) -> None:
    """The messenger would not let the message go. At `due` whoever has it in their chat is asked to delete it."""
    outbox.lapse(tx, row)
    tx.run("UPDATE outbox SET error = :error WHERE id = :id", error=_BY_HAND, id=row)
    jobs.put(tx, "by-hand", f"by-hand:{lane}", due, {"lane": lane})


def reader(tx: Tx, lane: int) -> tuple[int | None, int]:
    """Whose chat it is, as a person's number (None: nobody's), and the bot's number."""
    row = tx.one("SELECT person, bot FROM accounts WHERE lane = :lane ORDER BY id LIMIT 1", lane=lane)
    return (None, 0) if row is None else (int(row["person"]), int(row["bot"]))


def left(tx: Tx, lane: int) -> list[Left]:
    """What somebody has to delete by hand in this chat, the oldest first. It is asked for once: the rows go."""
    rows = tx.all(
        "SELECT o.id, t.id AS target, t.about, t.created FROM outbox o LEFT JOIN outbox t ON t.id = o.edits "
        "WHERE o.lane = :lane AND o.state = 'lapsed' AND o.error = :error ORDER BY o.id",
        lane=lane,
        error=_BY_HAND,
    )
    found = []
    for row in rows:
        tx.run("DELETE FROM outbox WHERE id IN (:id, :target)", id=row["id"], target=row["target"] or row["id"])
        place = _place(tx, row)
        if place is not None:
            found.append(Left(row["created"], place))
    return found


def _place(tx: Tx, row: Row) -> int | None:
    if row["about"] is None:
        return None
    found = tx.one(
        "SELECT c.place FROM attachments a JOIN cases c ON c.id = a.case_id WHERE a.media = :media",
        media=int(row["about"].partition(":")[2]),
    )
    return None if found is None else int(found["place"])


def _about(media: int) -> str:
    return f"media:{media}"
