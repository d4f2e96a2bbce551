"""What is to be sent: in order per chat and class, each row until its fate is known."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import IntEnum

from domain.values import value
from storage.tx import Row, Tx, numbers


class Class(IntEnum):
    """Who goes first: a lower class never waits for a higher one."""

    ANSWER = 1
    NOTICE = 2
    BROADCAST = 3


#: Changes that are counted by their rows: those of a message to many.
_COUNTED = "substr(about, 1, 11) = 'correction:'"
#: What is not kept once it arrived; that somebody was shown their own vote least of all.
_GOES = f"(about IS NULL OR substr(about, 1, 6) = 'voted:' OR (edits IS NOT NULL AND NOT {_COUNTED}))"


@value(frozen=True, slots=True)
class Outgoing:
    """One row that may be sent now. `message` is the message to change, when it is an edit of an earlier row."""

    id: int
    lane: int
    chat: int
    cls: int
    method: str
    params: str
    edits: int | None
    message: int | None
    matters: bool
    expires: int | None
    tries: int
    #: It shows something whose later changes are written as edits of it; these wait until it has arrived.
    shows: bool = False


def body(tx: Tx, method: str, params: str) -> int:
    """Keep what a message says; any number of rows may share it."""
    return tx.insert("INSERT INTO bodies (method, params) VALUES (:method, :params)", method=method, params=params)


def put(
    tx: Tx,
    *,
    bot: int,
    lane: int,
    cls: Class,
    body: int,
    now: int,
    about: str | None = None,
    edits: int | None = None,
    matters: bool = True,
    not_before: int = 0,
    expires: int | None = None,
) -> None:
    """Write one message to be sent, after everything of its chat and class that is written already."""
    tx.run(
        "INSERT INTO outbox (bot, lane, class, body, about, edits, matters, state, not_before, expires, created) "
        "VALUES (:bot, :lane, :cls, :body, :about, :edits, :matters, 'waiting', :not_before, :expires, :now)",
        bot=bot,
        lane=lane,
        cls=int(cls),
        body=body,
        about=about,
        edits=edits,
        matters=int(matters),
        not_before=not_before,
        expires=expires,
        now=now,
    )


def ready(tx: Tx, bot: int, now: int, limit: int, skip: Sequence[int] = ()) -> list[Outgoing]:
    """What a bot may send now, by class and order, without the chats in `skip`.

    The first row of a chat that waits for its time holds those behind it in the same class.
    """
    rows = tx.all(
        "SELECT o.id, o.lane, l.chat, o.class, b.method, b.params, o.edits, t.message, o.matters, o.expires, o.tries, "
        "o.about "
        "FROM outbox o JOIN lanes l ON l.id = o.lane JOIN bodies b ON b.id = o.body "
        "LEFT JOIN outbox t ON t.id = o.edits "
        "WHERE o.bot = :bot AND o.state = 'waiting' AND o.not_before <= :now "
        f"AND o.lane NOT IN {tx.among('skip')} "
        "AND (o.edits IS NULL OR t.id IS NULL OR t.state <> 'waiting') "
        # A change to what was sent already comes after nothing that waits for the morning.
        "AND (o.edits IS NOT NULL OR NOT EXISTS (SELECT 1 FROM outbox e WHERE e.lane = o.lane "
        "AND e.state = 'waiting' AND e.class = o.class AND e.id < o.id AND e.not_before > :now)) "
        "ORDER BY o.class, o.id LIMIT :limit",
        bot=bot,
        now=now,
        skip=numbers(skip),
        limit=limit,
    )
    return [_outgoing(row) for row in rows]


def overtaken(tx: Tx, row: int, params: str) -> Row | None:
    """What a broadcast's row says now (method, params, broadcast), if it was corrected while this was on its way."""
    # Whoever corrects the words at this moment waits for us, or we for them: one of both sees what the other did.
    lock = " FOR SHARE OF b" if tx.dialect == "postgres" else ""
    found = tx.one(
        "SELECT b.method, b.params, b.broadcast FROM outbox o JOIN bodies b ON b.id = o.body "
        f"WHERE o.id = :id AND b.broadcast IS NOT NULL{lock}",
        id=row,
    )
    return None if found is None or found["params"] == params else found


def sent(tx: Tx, row: int, message: int | None) -> None:
    """It arrived. A row that shows a case stays, so that its card can be kept in step; so does one that is counted.
    Any other goes, and what stood by for it goes in any case."""
    found = tx.one(
        f"SELECT body, covered, CASE WHEN {_GOES} THEN 1 ELSE 0 END AS goes FROM outbox WHERE id = :id", id=row
    )
    if found is None:
        return
    if found["goes"]:
        tx.run("DELETE FROM outbox WHERE id = :id", id=row)
    else:
        sent = "UPDATE outbox SET state = 'sent', message = CAST(:message AS bigint), body = NULL WHERE id = :id"
        tx.run(sent, id=row, message=message)
    _drop_unread(tx, found["body"])
    if found["covered"]:
        stand_down(tx, row)


def moved(tx: Tx, lane: int, former: int, message: int | None) -> None:
    """What stood in one message of a chat stands in another now, and is changed there from here on."""
    tx.run(
        "UPDATE outbox SET message = :message WHERE lane = :lane AND message = :former",
        lane=lane,
        former=former,
        message=message,
    )


def unchanged(tx: Tx, row: int) -> None:
    """The messenger would not change the message, which was worth no new one. Noted where changes are counted."""
    lapse(tx, row)
    tx.run(f"DELETE FROM outbox WHERE id = :id AND (about IS NULL OR NOT {_COUNTED})", id=row)


def all_sent(tx: Tx, rows: Collection[int]) -> set[int]:
    """The same for many that show nothing; those that stay after all are given back, to be written down one by one."""
    if not rows:
        return set()
    among = tx.among("numbers")
    gone = tx.all(
        f"DELETE FROM outbox WHERE id IN {among} AND {_GOES} AND covered = 0 RETURNING id, body", numbers=numbers(rows)
    )
    if bodies := {row["body"] for row in gone if row["body"] is not None}:
        tx.run(
            f"DELETE FROM bodies WHERE id IN {among} AND broadcast IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM outbox WHERE body = bodies.id)",
            numbers=numbers(bodies),
        )
    return set(rows) - {row["id"] for row in gone}


def park(tx: Tx, row: int, error: str) -> None:
    """The messenger refuses it for good: kept for the operator with the messenger's words, without its own. What stands
    by for it takes its place."""
    found = tx.one(
        "UPDATE outbox SET state = 'parked', error = :error WHERE id = :id RETURNING covered, not_before",
        id=row,
        error=error,
    )
    _drop_body(tx, row)
    if found is not None and found["covered"] and take_over(tx, row, found["not_before"]):
        tx.run("UPDATE outbox SET about = NULL WHERE id = :id", id=row)  # it is counted where it is sent


def lapse(tx: Tx, row: int) -> None:
    """It is no longer worth sending, to whichever account."""
    found = tx.one("UPDATE outbox SET state = 'lapsed' WHERE id = :id RETURNING covered", id=row)
    _drop_body(tx, row)
    if found is not None and found["covered"]:
        stand_down(tx, row)


def lapse_lane(tx: Tx, lane: int) -> None:
    """The chat is closed to us: nothing that waits for it is worth sending there. What stands by elsewhere goes."""
    for row in tx.all(
        "SELECT id, state, covered, not_before FROM outbox WHERE lane = :lane "
        "AND state IN ('waiting', 'held', 'standby') ORDER BY id",
        lane=lane,
    ):
        taken = row["covered"] and take_over(tx, row["id"], row["not_before"], row["state"])
        lapse(tx, row["id"])
        if not taken:
            tx.run("UPDATE outbox SET error = 'closed' WHERE id = :id", id=row["id"])


# --- two accounts of one person -----------------------------------------------------------------------------------


def stand_down(tx: Tx, row: int) -> None:
    """What stands by for this row is not needed any more."""
    for gone in tx.all("DELETE FROM outbox WHERE instead_of = :row AND state = 'standby' RETURNING body", row=row):
        _drop_unread(tx, gone["body"])


def take_over(tx: Tx, row: int, not_before: int, state: str = "waiting") -> bool:
    """What stands by for this row goes in its place, from `not_before` on. Only for a row that is not in the air and
    never will be again. False when nothing stands by."""
    return bool(
        tx.run(
            "UPDATE outbox SET state = :state, not_before = :at, tries = 0, instead_of = NULL "
            "WHERE instead_of = :row AND state = 'standby'",
            state=state,
            at=not_before,
            row=row,
        )
    )


def later(tx: Tx, row: int, not_before: int) -> None:
    """Sending failed and may succeed later."""
    tx.run("UPDATE outbox SET not_before = :at, tries = tries + 1 WHERE id = :id", id=row, at=not_before)


def reword(tx: Tx, row: int, body: int) -> None:
    """A row that waits says this instead of what it was written for."""
    former = tx.one("SELECT body FROM outbox WHERE id = :id AND state IN ('waiting', 'standby')", id=row)
    if former is None or former["body"] is None:
        return
    _drop_body(tx, row)
    tx.run("UPDATE outbox SET body = :body WHERE id = :id", body=body, id=row)


def cards(tx: Tx, about: str) -> list[Row]:
    """Every message that shows this (and is not itself an edit), with the reader's language and messenger's bot. One
    that stands by is among them."""
    return tx.all(
        "SELECT o.id, o.bot, o.lane, o.message, o.state, p.id AS person, p.language FROM outbox o "
        "JOIN accounts a ON a.lane = o.lane JOIN persons p ON p.id = a.person "
        "WHERE o.about = :about AND o.edits IS NULL AND o.state IN ('waiting', 'sent', 'standby') ORDER BY o.id",
        about=about,
    )


def put_many(
    tx: Tx,
    rows: Sequence[tuple[int, int, int, int]],
    *,
    cls: Class,
    now: int,
    about: str | None = None,
    expires: int | None = None,
) -> None:
    """Write many messages at once, each as (bot, lane, body, not_before); bodies are shared."""
    lapses = "NULL" if expires is None else str(int(expires))
    values = ", ".join(
        f"({int(bot)}, {int(lane)}, :cls, {int(body)}, :about, 'waiting', {int(not_before)}, {lapses}, :now)"
        for bot, lane, body, not_before in rows
    )
    if values:
        tx.run(
            f"INSERT INTO outbox (bot, lane, class, body, about, state, not_before, expires, created) VALUES {values}",
            cls=int(cls),
            about=about,
            now=now,
        )


def ahead(tx: Tx, bot: int, cls: Class, now: int, most: int) -> int:
    """How many messages of a class a bot could send now; `most` when there are that many or more."""
    row = tx.one(
        "SELECT count(*) AS n FROM (SELECT 1 FROM outbox WHERE bot = :bot AND class = :cls AND state = 'waiting' "
        "AND not_before <= :now LIMIT :most) AS found",
        bot=bot,
        cls=int(cls),
        now=now,
        most=most,
    )
    return 0 if row is None else int(row["n"])


def drop_changes(tx: Tx, about: str) -> None:
    """Changes of what shows this that did not leave yet are outdated by one to come."""
    for row in tx.all(
        "SELECT id FROM outbox WHERE about = :about AND state = 'waiting' AND edits IS NOT NULL", about=about
    ):
        _drop_body(tx, row["id"])
        tx.run("DELETE FROM outbox WHERE id = :id", id=row["id"])


def waiting(tx: Tx) -> dict[int, tuple[int, int | None]]:
    """Per class: how many wait, and since when the oldest."""
    rows = tx.all(
        "SELECT class, count(*) AS n, min(created) AS oldest FROM outbox WHERE state = 'waiting' GROUP BY class"
    )
    return {int(row["class"]): (int(row["n"]), row["oldest"]) for row in rows}


def next_due(tx: Tx, bot: int, now: int) -> int | None:
    """When the next row of this bot that waits for its time may go."""
    row = tx.one(
        # Said twice, so that the database takes the index of those alone.
        "SELECT min(not_before) AS due FROM outbox "
        "WHERE bot = :bot AND state = 'waiting' AND not_before > 0 AND not_before > :now",
        bot=bot,
        now=now,
    )
    return None if row is None or row["due"] is None else int(row["due"])


def parked(tx: Tx) -> list[Row]:
    """What the messengers refused: id, messenger, when and their words."""
    return tx.all(
        "SELECT o.id, b.platform, o.created, o.error FROM outbox o JOIN bots b ON b.id = o.bot "
        "WHERE o.state = 'parked' ORDER BY o.id"
    )


def drop_waiting(tx: Tx, about: str) -> None:
    """Forget everything about this that did not leave yet."""
    bodies = "SELECT DISTINCT body FROM outbox WHERE about = :about AND state = 'waiting' AND body IS NOT NULL"
    found = tx.all(bodies, about=about)
    tx.run("DELETE FROM outbox WHERE about = :about AND state = 'waiting'", about=about)
    for row in found:
        _drop_unread(tx, row["body"])


def sweep(tx: Tx, before: int, shown_before: int) -> int:
    """Drop what was sent, refused or lapsed before this time. How many.

    What shows a photo or voice of a case stays until `shown_before`: it may have to be taken out of the chat. The rows
    of a broadcast stay all together until it has been over for that long, since it is counted by them; what is said of
    a meeting stays until that is over for as long, since it may be changed until then.
    """
    return tx.run(
        "DELETE FROM outbox WHERE state IN ('sent', 'parked', 'lapsed') AND created < :before "
        "AND (created < :shown_before OR about IS NULL "
        "OR (substr(about, 1, 6) <> 'media:' AND substr(about, 1, 8) <> 'leaving:')) "
        "AND (about IS NULL OR about NOT IN ("
        "SELECT 'broadcast:' || b.id FROM broadcasts b WHERE b.ended IS NULL OR b.ended >= :before "
        "UNION ALL SELECT 'broadcast:' || b.id FROM meetings m JOIN broadcasts b ON b.meeting = m.id "
        "WHERE m.starts >= :before UNION ALL SELECT 'meeting:' || m.id FROM meetings m WHERE m.starts >= :before "
        "UNION ALL SELECT 'correction:' || c.id FROM corrections c WHERE c.ended IS NULL))",
        before=before,
        shown_before=shown_before,
    )


def _drop_body(tx: Tx, row: int) -> None:
    # The words go as soon as nobody waits for them any more.
    found = tx.one("SELECT body FROM outbox WHERE id = :id", id=row)
    if found is None or found["body"] is None:
        return
    tx.run("UPDATE outbox SET body = NULL WHERE id = :id", id=row)
    _drop_unread(tx, found["body"])


def _drop_unread(tx: Tx, body: int | None) -> None:
    if body is None:
        return
    tx.run(
        "DELETE FROM bodies WHERE id = :body AND broadcast IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM outbox WHERE body = :body)",
        body=body,
    )


def _outgoing(row: Row) -> Outgoing:
    return Outgoing(
        id=row["id"],
        lane=row["lane"],
        chat=row["chat"],
        cls=row["class"],
        method=row["method"],
        params=row["params"],
        edits=row["edits"],
        message=row["message"],
        matters=bool(row["matters"]),
        expires=row["expires"],
        tries=row["tries"],
        shows=row["about"] is not None,
    )
