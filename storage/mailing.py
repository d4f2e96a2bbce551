"""The messages of a broadcast in the outbox: the words they share, how far they are written, held or taken back."""

from __future__ import annotations

from storage import broadcasts
from storage.broadcasts import Broadcast, State
from storage.tx import Tx

#: Its messages in one state, those that leave first before the others.
_OWN = (
    "SELECT o.id FROM outbox o JOIN bodies b ON b.id = o.body "
    "WHERE b.broadcast = :id AND o.state = :state ORDER BY o.id LIMIT :limit"
)


def _own(broadcast: int, state: str, limit: int) -> dict[str, int | str]:
    return {"id": broadcast, "state": state, "limit": limit}


def body(tx: Tx, broadcast: int, reader: str) -> int | None:
    """The words kept for readers of one kind (bot, language and number of the message), or None."""
    row = tx.one(
        "SELECT id FROM bodies WHERE broadcast = :broadcast AND reader = :reader", broadcast=broadcast, reader=reader
    )
    return None if row is None else int(row["id"])


def keep_body(tx: Tx, broadcast: int, reader: str, method: str, params: str) -> int:
    """Keep words for readers of one kind until the broadcast is over."""
    return tx.insert(
        "INSERT INTO bodies (method, params, broadcast, reader) VALUES (:method, :params, :broadcast, :reader)",
        method=method,
        params=params,
        broadcast=broadcast,
        reader=reader,
    )


def advance(tx: Tx, broadcast: int, reached: int, left_out: dict[str, int]) -> None:
    """Everybody up to this person has their row, or was left out for a reason (a field of `Count`)."""
    tx.run(
        "UPDATE broadcasts SET reached = :reached, silent = silent + :silent, weekly = weekly + :weekly, "
        "closed = closed + :closed, later = later + :later WHERE id = :id",
        reached=reached,
        silent=left_out.get("silent", 0),
        weekly=left_out.get("weekly", 0),
        closed=left_out.get("closed", 0),
        later=left_out.get("later", 0),
        id=broadcast,
    )


def all_written(tx: Tx, broadcast: int) -> None:
    """There is nobody left to write to."""
    tx.run("UPDATE broadcasts SET written = 1 WHERE id = :id", id=broadcast)


def hold(tx: Tx, broadcast: int, limit: int) -> int:
    """Keep back so many of its messages that have not left, the next ones first. How many there were."""
    return tx.run(f"UPDATE outbox SET state = 'held' WHERE id IN ({_OWN})", **_own(broadcast, "waiting", limit))


def release(tx: Tx, broadcast: int, limit: int) -> int:
    """Let so many of those go that were kept back. How many there were."""
    return tx.run(f"UPDATE outbox SET state = 'waiting' WHERE id IN ({_OWN})", **_own(broadcast, "held", limit))


def rest_until(tx: Tx, broadcast: int, at: int, now: int, limit: int) -> int:
    """Let so many that would leave now wait until then. How many there were."""
    where = _OWN.replace("ORDER BY", "AND o.not_before <= :now ORDER BY")
    return tx.run(
        f"UPDATE outbox SET not_before = :at WHERE id IN ({where})",
        **_own(broadcast, "waiting", limit),
        at=at,
        now=now,
    )


def take_back(tx: Tx, broadcast: int, limit: int) -> int:
    """Let so many of its messages that have not left lapse. How many there were."""
    gone = f"UPDATE outbox SET state = 'lapsed', body = NULL WHERE id IN ({_OWN})"
    # What somebody never got does not count as news that they had.
    spared = (
        "DELETE FROM news_given WHERE broadcast = :id AND late = 0 AND person IN "
        f"(SELECT a.person FROM accounts a JOIN outbox w ON w.lane = a.lane WHERE w.id IN ({_OWN}))"
    )
    taken = 0
    for state in ("waiting", "held", "standby"):
        tx.run(spared, **_own(broadcast, state, limit - taken))
        taken += tx.run(gone, **_own(broadcast, state, limit - taken))
    return taken


def next_leaves(tx: Tx, broadcast: int) -> int | None:
    """From when its next message may leave (seconds; 0 is at once); None when none waits."""
    row = tx.one(
        "SELECT min(o.not_before) AS at FROM outbox o JOIN bodies b ON b.id = o.body "
        "WHERE b.broadcast = :id AND o.state = 'waiting'",
        id=broadcast,
    )
    return None if row is None or row["at"] is None else int(row["at"])


def is_tried(tx: Tx, broadcast: Broadcast, bot: int) -> bool | None:
    """Whether the fate of any of its messages through this bot is known; None when none was written."""
    row = tx.one(
        "SELECT count(*) AS n, sum(CASE WHEN o.state IN ('sent', 'parked', 'lapsed') THEN 1 ELSE 0 END) AS known "
        "FROM outbox o WHERE o.about = :about AND o.bot = :bot AND o.state <> 'standby'",
        about=broadcast.about,
        bot=bot,
    )
    return None if row is None or not row["n"] else bool(row["known"])


def finish(tx: Tx, one: Broadcast, state: State, now: int) -> None:
    """It is over: note what has become of it, and let its words go."""
    found = broadcasts.numbers(tx, one)
    tx.run(
        "UPDATE broadcasts SET state = :state, ended = :now, sent = :sent, refused = :refused, closed = :closed "
        "WHERE id = :id",
        state=state.value,
        now=now,
        sent=found.sent,
        refused=found.refused,
        closed=found.closed,
        id=one.id,
    )
    tx.run(
        "DELETE FROM bodies WHERE broadcast = :id AND NOT EXISTS (SELECT 1 FROM outbox WHERE body = bodies.id)",
        id=one.id,
    )


def shown(tx: Tx, broadcast: int, now: int) -> None:
    """Its progress was shown."""
    tx.run("UPDATE broadcasts SET shown = :now WHERE id = :id", now=now, id=broadcast)
