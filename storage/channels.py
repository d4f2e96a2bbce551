"""Channels and groups on the messengers that get what is announced at a place, and how they are connected."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from domain.values import value
from storage.tx import Row, Tx

#: Seconds that a code works.
CODE_S = 3600


@value(frozen=True, slots=True)
class Channel:
    """One that is connected. `title` is what it is called on its messenger; it may be empty."""

    id: int
    place: int
    path: str
    bot: int
    platform: str
    lane: int
    title: str


@value(frozen=True, slots=True)
class Asked:
    """Who asked for a code, and the place it is for."""

    person: int
    place: int


def ask(tx: Tx, person: int, place: int, new_code: Callable[[], str], now: int) -> str:
    """A code that connects a channel or group to this place when it is written there. One at a time for a person."""
    tx.run("DELETE FROM channel_codes WHERE person = :person OR expires <= :now", person=person, now=now)
    while True:
        code = new_code()
        made = tx.run(
            "INSERT INTO channel_codes (code, person, place, expires) VALUES (:code, :person, :place, :expires) "
            "ON CONFLICT DO NOTHING",
            code=code,
            person=person,
            place=place,
            expires=now + CODE_S,
        )
        if made:
            return code


def take_code(tx: Tx, code: str, now: int) -> Asked | None:
    """What a code stands for; it works once."""
    rows = tx.all("DELETE FROM channel_codes WHERE code = :code RETURNING person, place, expires", code=code)
    good = [row for row in rows if row["expires"] > now]
    return Asked(good[0]["person"], good[0]["place"]) if good else None


def connect(tx: Tx, place: int, lane: int, title: str, person: int, now: int) -> None:
    """From now on this chat gets what is announced there, and nothing of another place."""
    closed(tx, lane, now)
    tx.run(
        "INSERT INTO channels (place, bot, chat, title, person, since) "
        "SELECT :place, bot, chat, :title, :person, :now FROM lanes WHERE id = :lane",
        place=place,
        lane=lane,
        title=title,
        person=person,
        now=now,
    )


def disconnect(tx: Tx, channel: int, now: int) -> None:
    """It gets nothing any more."""
    tx.run("UPDATE channels SET until = :now WHERE id = :id AND until IS NULL", id=channel, now=now)


def closed(tx: Tx, lane: int, now: int) -> None:
    """The chat did not take what was posted there: it is not tried again until somebody connects it anew."""
    here = "EXISTS (SELECT 1 FROM lanes l WHERE l.id = :lane AND l.bot = channels.bot AND l.chat = channels.chat)"
    tx.run(f"UPDATE channels SET until = :now WHERE until IS NULL AND {here}", lane=lane, now=now)


def get(tx: Tx, channel: int) -> Channel | None:
    """One that is connected, by its number."""
    row = tx.one(f"{_COLUMNS}AND c.id = :id", id=channel)
    return None if row is None else _channel(row)


def under(tx: Tx, paths: Sequence[str], *, limit: int = 1000) -> list[Channel]:
    """Those of the places at or below these paths."""
    values = {f"path{n}": path for n, path in enumerate(paths)}
    tests = " OR ".join(f"substr(p.path, 1, length(CAST(:{name} AS text))) = :{name}" for name in values)
    rows = tx.all(f"{_COLUMNS}AND ({tests or '1 = 0'}) ORDER BY c.id LIMIT :limit", **values, limit=limit)
    return [_channel(row) for row in rows]


def posted(tx: Tx, about: str) -> list[Row]:
    """The posts of a broadcast (`Broadcast.post`): id, bot, lane, state and the channel's title."""
    return tx.all(
        "SELECT o.id, o.bot, o.lane, o.state, o.message, coalesce(max(c.title), '') AS title FROM outbox o "
        "JOIN lanes l ON l.id = o.lane LEFT JOIN channels c ON c.bot = l.bot AND c.chat = l.chat "
        "WHERE o.about = :about AND o.edits IS NULL "
        "GROUP BY o.id, o.bot, o.lane, o.state, o.message ORDER BY o.id",
        about=about,
    )


_COLUMNS = (
    "SELECT c.id, c.place, p.path, c.bot, b.platform, l.id AS lane, c.title FROM channels c "
    "JOIN places p ON p.id = c.place JOIN bots b ON b.id = c.bot "
    "JOIN lanes l ON l.bot = c.bot AND l.chat = c.chat WHERE c.until IS NULL "
)


def _channel(row: Row) -> Channel:
    return Channel(
        id=row["id"],
        place=row["place"],
        path=row["path"],
        bot=row["bot"],
        platform=row["platform"],
        lane=row["lane"],
        title=row["title"],
    )
