"""Other words for a message to many after it was sent: who gave them when, and how far their readers have them."""

from __future__ import annotations

from dataclasses import dataclass

from storage import outbox
from storage.outbox import Class, Outgoing
from storage.tx import Row, Tx


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction. Times are epoch seconds; `upto` and `reached` are numbers of outbox rows."""

    id: int
    broadcast: int
    author: int | None
    words: str
    #: None until it has begun.
    upto: int | None
    reached: int
    missed: int
    at: int
    ended: int | None

    @property
    def about(self) -> str:
        """What the changes that it makes are about."""
        return f"correction:{self.id}"


@dataclass(frozen=True, slots=True)
class Numbers:
    """What has become of it so far, in persons. `unsure`: of those changed, the ones whose messenger does not say
    whether it took."""

    changed: int
    unsure: int
    refused: int


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message that still says the former words: its outbox row, and where and in which language it was sent."""

    row: int
    lane: int
    bot: int
    message: int | None
    language: str
    #: What its reader answered to the invitation to the meeting that it tells of; empty for nothing.
    answer: str = ""


_COLUMNS = "SELECT id, broadcast, author, words, upto, reached, missed, at, ended FROM corrections "


def create(tx: Tx, broadcast: int, *, author: int | None, words: str, now: int) -> None:
    """A confirmed correction. Whoever gets the message from now on reads it so; nothing is changed yet. Of an `author`
    of None nobody hears how it went."""
    tx.run(
        "INSERT INTO corrections (broadcast, author, words, former, at) "
        "SELECT id, CAST(:author AS bigint), :words, words, :now FROM broadcasts WHERE id = :broadcast",
        broadcast=broadcast,
        author=author,
        words=words,
        now=now,
    )
    tx.run("UPDATE broadcasts SET words = :words WHERE id = :id", id=broadcast, words=words)


def latest(tx: Tx, broadcast: int) -> Correction | None:
    """The newest correction of a broadcast, over or not."""
    row = tx.one(_COLUMNS + "WHERE broadcast = :id ORDER BY id DESC LIMIT 1", id=broadcast)
    return None if row is None else _correction(row)


def of(tx: Tx, broadcast: int, *, limit: int) -> list[Correction]:
    """The corrections of a broadcast, the newest first."""
    rows = tx.all(_COLUMNS + "WHERE broadcast = :id ORDER BY id DESC LIMIT :limit", id=broadcast, limit=limit)
    return [_correction(row) for row in rows]


def before(tx: Tx, correction: Correction) -> Correction | None:
    """The one before it that is not over yet: nobody needs its changes any more."""
    row = tx.one(
        _COLUMNS + "WHERE broadcast = :broadcast AND id < :id AND ended IS NULL ORDER BY id LIMIT 1",
        broadcast=correction.broadcast,
        id=correction.id,
    )
    return None if row is None else _correction(row)


def first_words(tx: Tx, broadcast: int) -> str | None:
    """What it said when it was sent; None when it was never corrected."""
    row = tx.one("SELECT former FROM corrections WHERE broadcast = :id ORDER BY id LIMIT 1", id=broadcast)
    return None if row is None else str(row["former"])


def can_be(tx: Tx, broadcast: int, about: str) -> bool:
    """Whether anybody's message can still be changed: they are known until some time after it is over."""
    row = tx.one(
        "SELECT 1 AS found FROM broadcasts b WHERE b.id = :id AND b.begun IS NOT NULL AND (b.ended IS NULL OR EXISTS "
        "(SELECT 1 FROM outbox o WHERE o.about = :about AND o.state = 'sent'))",
        id=broadcast,
        about=about,
    )
    return row is not None


def readers(tx: Tx, about: str) -> dict[int, int]:
    """How many have the message already, by bot."""
    rows = tx.all(
        "SELECT bot, count(*) AS n FROM outbox WHERE about = :about AND state = 'sent' GROUP BY bot", about=about
    )
    return {int(row["bot"]): int(row["n"]) for row in rows}


# --- its changes --------------------------------------------------------------------------------------------------


def begin(tx: Tx, correction: Correction) -> None:
    """From here on every row is written with the new words; those that were sent by now are looked at one by one.

    To be called when all bodies were reworded: what waits leaves with the new words then, or is put right.
    """
    tx.run(
        "UPDATE outbox SET correction = :id WHERE state IN ('waiting', 'held', 'standby') "
        "AND body IN (SELECT id FROM bodies WHERE broadcast = :broadcast)",
        id=correction.id,
        broadcast=correction.broadcast,
    )
    tx.run(
        "UPDATE corrections SET upto = (SELECT coalesce(max(id), 0) FROM outbox) WHERE id = :id AND upto IS NULL",
        id=correction.id,
    )


def bodies(tx: Tx, broadcast: int) -> list[Row]:
    """The words kept for its readers to come, by kind of reader (see `broadcasts.body`): id, reader, method."""
    return tx.all("SELECT id, reader, method FROM bodies WHERE broadcast = :id ORDER BY id", id=broadcast)


def reword(tx: Tx, body: int, params: str) -> None:
    """Every row of this body that has not left says this."""
    tx.run("UPDATE bodies SET params = :params WHERE id = :id", id=body, params=params)


def delivered(tx: Tx, correction: Correction, about: str, limit: int, *, meeting: int = 0) -> list[Delivered]:
    """The next messages that may say the former words, in order. `meeting`: the one they tell of, if any."""
    rows = tx.all(
        "SELECT o.id, o.lane, o.bot, o.message, p.language, s.answer FROM outbox o "
        "LEFT JOIN accounts a ON a.lane = o.lane LEFT JOIN persons p ON p.id = a.person "
        "LEFT JOIN rsvps s ON s.meeting = :meeting AND s.person = a.person "
        "WHERE o.about = :about AND o.state = 'sent' AND o.id > :reached AND o.id <= :upto "
        "AND (o.correction IS NULL OR o.correction <> :correction) ORDER BY o.id LIMIT :limit",
        about=about,
        meeting=meeting,
        correction=correction.id,
        reached=correction.reached,
        upto=correction.upto,
        limit=limit,
    )
    return [
        Delivered(row["id"], row["lane"], row["bot"], row["message"], row["language"] or "", row["answer"] or "")
        for row in rows
    ]


def change(tx: Tx, correction: Correction, one: Delivered, body: int, now: int) -> None:
    """Write the change of one message."""
    _put(tx, correction, one.bot, one.lane, one.row, body, now)


def advance(tx: Tx, correction: int, reached: int, missed: int) -> None:
    """Every message up to this row has its change, but for so many that cannot get one."""
    tx.run(
        "UPDATE corrections SET reached = :reached, missed = missed + :missed WHERE id = :id",
        reached=reached,
        missed=missed,
        id=correction,
    )


def put_right(tx: Tx, broadcast: int, row: Outgoing, bot: int, body: int, now: int) -> None:
    """A message left with the former words while they were corrected: change it like those before it."""
    found = latest(tx, broadcast)
    if found is not None:
        _put(tx, found, bot, row.lane, row.id, body, now)


def _put(tx: Tx, correction: Correction, bot: int, lane: int, row: int, body: int, now: int) -> None:
    outbox.put(
        tx,
        bot=bot,
        lane=lane,
        cls=Class.BROADCAST,
        body=body,
        now=now,
        about=correction.about,
        edits=row,
        matters=False,
    )


def is_waiting(tx: Tx, correction: Correction) -> bool:
    """Whether any change of it has not left yet."""
    row = tx.one(
        "SELECT 1 AS found FROM outbox WHERE about = :about AND state = 'waiting' LIMIT 1", about=correction.about
    )
    return row is not None


def numbers(tx: Tx, correction: Correction, unsure: set[int]) -> Numbers:
    """What has become of it so far; as it was noted, once it is over. `unsure`: bots of messengers that do not say."""
    if correction.ended is not None:
        row = tx.one("SELECT changed, unsure, refused FROM corrections WHERE id = :id", id=correction.id)
        return Numbers(0, 0, 0) if row is None else Numbers(row["changed"], row["unsure"], row["refused"])
    rows = tx.all(
        "SELECT bot, state, count(*) AS n FROM outbox WHERE about = :about GROUP BY bot, state", about=correction.about
    )
    changed = sum(int(row["n"]) for row in rows if row["state"] == "sent")
    doubtful = sum(int(row["n"]) for row in rows if row["state"] == "sent" and row["bot"] in unsure)
    refused = sum(int(row["n"]) for row in rows if row["state"] in ("lapsed", "parked"))
    return Numbers(changed, doubtful, refused + correction.missed)


def finish(tx: Tx, correction: Correction, found: Numbers, now: int) -> None:
    """It is over: note what has become of it."""
    tx.run(
        "UPDATE corrections SET ended = :now, changed = :changed, unsure = :unsure, refused = :refused WHERE id = :id",
        now=now,
        changed=found.changed,
        unsure=found.unsure,
        refused=found.refused,
        id=correction.id,
    )


def _correction(row: Row) -> Correction:
    return Correction(
        id=row["id"],
        broadcast=row["broadcast"],
        author=row["author"],
        words=row["words"],
        upto=row["upto"],
        reached=row["reached"],
        missed=row["missed"],
        at=row["at"],
        ended=row["ended"],
    )
