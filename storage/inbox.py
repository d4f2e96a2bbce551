"""What was received: kept before it is confirmed, emptied when its turn is done."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from domain.values import value
from storage import jobs
from storage.tx import Row, Tx, numbers


@value(frozen=True, slots=True)
class Message:
    """One received update, waiting for its turn."""

    id: int
    bot: int
    lane: int
    chat: int
    body: str
    tries: int
    received: int
    #: The number under which it was parked before, if it has another turn now.
    code: str | None = None


def keep(tx: Tx, *, bot: int, update: int, lane: int | None, body: str, now: int, parked: str | None = None) -> bool:
    """Keep an update. False when it was received before (the key is bot and update number).

    `parked`: the code of one that cannot be read; it is kept for the operator and never given a turn.
    """
    state = "parked" if parked else "waiting"
    return bool(
        tx.run(
            "INSERT INTO inbox (bot, update_id, lane, body, state, received, code) "
            "VALUES (:bot, :update, :lane, :body, :state, :now, :code) ON CONFLICT (bot, update_id) DO NOTHING",
            bot=bot,
            update=update,
            lane=lane,
            body=body,
            state=state,
            now=now,
            code=parked,
        )
    )


_TAKE = (
    "SELECT i.id, i.bot, i.lane, l.chat, i.body, i.tries, i.received, i.code "
    "FROM inbox i JOIN lanes l ON l.id = i.lane "
    "WHERE i.state = 'waiting' AND l.held_until <= :now "
)


def take(tx: Tx, now: int, limit: int, bots: Collection[int] | None = None) -> list[Message]:
    """The oldest messages that may have their turn. On PostgreSQL one, with its chat's lane locked.

    `bots`: only what came through these; messages of a messenger that is not at work wait for it.
    """
    of_bots = _of(bots)
    if tx.dialect == "sqlite":
        return [_message(row) for row in tx.all(_TAKE + of_bots + "ORDER BY i.id LIMIT :limit", now=now, limit=limit)]
    # The lane is locked first and its oldest message read after: two processes never share a chat.
    lane = tx.one(
        "SELECT l.id FROM lanes l JOIN inbox i ON i.lane = l.id WHERE i.state = 'waiting' AND l.held_until <= :now "
        + of_bots
        + "ORDER BY i.id LIMIT 1 FOR UPDATE OF l SKIP LOCKED",
        now=now,
    )
    if lane is None:
        return []
    return [
        _message(row) for row in tx.all(_TAKE + "AND i.lane = :lane ORDER BY i.id LIMIT 1", now=now, lane=lane["id"])
    ]


def done(tx: Tx, *messages: int) -> None:
    """Their turns are done: the words go, the keys stay to drop a repeat."""
    if messages:
        tx.run(
            f"UPDATE inbox SET state = 'done', body = '' WHERE id IN {tx.among('messages')}", messages=numbers(messages)
        )


def failed(tx: Tx, message: Message, *, wait_until: int) -> None:
    """The turn failed: it is tried again later, and its chat waits for it, so that order is kept."""
    tx.run("UPDATE inbox SET tries = tries + 1 WHERE id = :id", id=message.id)
    tx.run("UPDATE lanes SET held_until = :until WHERE id = :lane", lane=message.lane, until=wait_until)


def park(tx: Tx, message: Message, code: str) -> None:
    """The turn failed too often: the message is kept aside under a code, and the chat moves on."""
    tx.run("UPDATE inbox SET state = 'parked', code = :code WHERE id = :id", id=message.id, code=code)
    tx.run("UPDATE lanes SET held_until = 0 WHERE id = :lane", lane=message.lane)


def tell_parked(tx: Tx, now: int) -> None:
    """Have the administrators hear of what was parked, at the end of the minute: one message for all of it."""
    jobs.put(tx, "parked-notice", "parked-notice", (now // 60 + 1) * 60)


def parked(tx: Tx) -> list[Row]:
    """What is kept aside: code, messenger, when it came and how often it was tried. No words."""
    return tx.all(
        "SELECT i.id, i.code, b.platform, i.received, i.tries, i.lane FROM inbox i JOIN bots b ON b.id = i.bot "
        "WHERE i.state = 'parked' ORDER BY i.id"
    )


def replay(tx: Tx, codes: Sequence[str]) -> int:
    """Give parked messages another turn (those that could be read). How many."""
    return sum(
        tx.run(
            "UPDATE inbox SET state = 'waiting', tries = 0 "
            "WHERE code = :code AND state = 'parked' AND lane IS NOT NULL",
            code=code,
        )
        for code in codes
    )


def next_due(tx: Tx, bots: Collection[int] | None = None) -> int | None:
    """When the next held chat (of these bots) may go on; None when nothing waits for a time."""
    row = tx.one(
        "SELECT min(l.held_until) AS due FROM inbox i JOIN lanes l ON l.id = i.lane "
        "WHERE i.state = 'waiting' AND l.held_until > 0 " + _of(bots)
    )
    return None if row is None or row["due"] is None else int(row["due"])


def waiting(tx: Tx) -> tuple[int, int | None]:
    """How many messages wait for their turn, and since when the oldest."""
    row = tx.one("SELECT count(*) AS n, min(received) AS oldest FROM inbox WHERE state = 'waiting'")
    return (0, None) if row is None else (int(row["n"]), row["oldest"])


def count_parked(tx: Tx) -> int:
    """How many messages are kept aside."""
    row = tx.one("SELECT count(*) AS n FROM inbox WHERE state = 'parked'")
    return 0 if row is None else int(row["n"])


def forget_keys(tx: Tx, before: int) -> int:
    """Drop the keys of what was done before this time. How many."""
    return tx.run("DELETE FROM inbox WHERE state = 'done' AND received < :before", before=before)


def _of(bots: Collection[int] | None) -> str:
    if bots is None:
        return ""
    # The sign before the column keeps SQLite from going by bot: it would read everything that was done in a week.
    return f"AND +i.bot IN ({','.join(str(int(bot)) for bot in bots)}) " if bots else "AND 1 = 0 "


def _message(row: Row) -> Message:
    return Message(
        id=row["id"],
        bot=row["bot"],
        lane=row["lane"],
        chat=row["chat"],
        body=row["body"],
        tries=row["tries"],
        received=row["received"],
        code=row["code"],
    )
