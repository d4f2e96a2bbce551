"""What became of the rows that were sent, and how it is written down."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.platforms.base import Call, Platform
from domain.values import value
from storage import corrections, media, outbox, people, showings
from storage.outbox import Class, Outgoing
from storage.tx import Tx

Settle = Callable[[Tx], None]


@value(frozen=True, slots=True)
class Arrived:
    """Writes down that a row arrived: as which messages, and what has to be put right about them.

    `bot` is our number of the bot, `now` in epoch seconds, `message` the messenger's number of it (None where it does
    not say)."""

    row: Outgoing
    platform: Platform
    bot: int
    now: int
    message: int | None
    #: What it carried, each with the number of its own message; and the messenger's numbers for what went up.
    parts: Sequence[tuple[int, int | None]] = ()
    copies: Mapping[int, str] = field(default_factory=dict)

    def __call__(self, tx: Tx) -> None:
        # What goes to many may have been corrected while it was on its way.
        many = self.row.cls == Class.BROADCAST
        overtaken = outbox.overtaken(tx, self.row.id, self.row.params) if many else None
        self.note_carried(tx)
        outbox.sent(tx, self.row.id, self.message)
        if overtaken is not None:
            call = self.platform.changed(Call(overtaken["method"], json.loads(overtaken["params"])))
            body = outbox.body(tx, call.method, call.written())
            corrections.put_right(tx, overtaken["broadcast"], self.row, self.bot, body, self.now)

    def note_carried(self, tx: Tx) -> None:
        """Write down where its photos are to be seen now, and under which numbers they can be sent again."""
        showings.arrived(tx, self.row.id, self.parts, self.now)
        for number, file_id in self.copies.items():
            media.copied(tx, number, self.bot, file_id)


@dataclass(frozen=True, slots=True)
class Partly:
    """Writes down that the first of a row's photos went by itself, or cannot go at all (None): the row waits in its
    place with what is left, so that a kill repeats one photo at most."""

    row: Outgoing
    first: Arrived | None
    left: Call

    def __call__(self, tx: Tx) -> None:
        if self.first is not None:
            self.first.note_carried(tx)
        outbox.reword(tx, self.row.id, outbox.body(tx, self.left.method, self.left.written()))


@dataclass(slots=True)
class Fate:
    """What became of one row, to be written down."""

    row: Outgoing
    settle: Settle

    def is_plain(self) -> bool:
        """Whether it has only arrived, and nothing of it is kept."""
        new = isinstance(self.settle, Arrived) and not self.settle.copies and not self.settle.parts
        return new and not self.row.shows and self.row.cls != Class.BROADCAST


def write_down(tx: Tx, fates: Sequence[Fate]) -> None:
    """Write down all of these; most are plain, and go together."""
    left = outbox.all_sent(tx, {fate.row.id for fate in fates if fate.is_plain()})
    for fate in fates:
        if not fate.is_plain() or fate.row.id in left:
            fate.settle(tx)


def stopped(tx: Tx, lane: int) -> None:
    """Write down that nobody can be reached in this chat any more."""
    outbox.lapse_lane(tx, lane)
    people.account_stopped(tx, lane)
