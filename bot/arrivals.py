"""The one way into the inbox, for what was fetched and for what was brought to us."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TypeGuard
from zlib import crc32

import structlog

from bot import lenient_json
from bot.clock import Clock
from bot.database import Database
from bot.messenger import Messenger
from bot.platforms.base import JSON
from bot.platforms.reading import Unreadable
from storage import inbox, people
from storage.tx import Tx

log = structlog.get_logger()

#: With this many messages waiting no more are taken: the platform keeps them for a day, memory and disk do not.
MOST_WAITING = 2000


class Arrivals:
    """Puts one messenger's updates into the inbox."""

    def __init__(self, messenger: Messenger, database: Database, clock: Clock, new_code: Callable[[], str]) -> None:
        self._messenger, self._database, self._clock, self._new_code = messenger, database, clock, new_code
        self._unasked = MOST_WAITING  # how many came since it was asked how many wait

    async def has_room(self) -> bool:
        """Whether more may be taken now. Raises `DatabaseError`."""
        if self._unasked >= MOST_WAITING // 20:
            if (await self._database.read(inbox.waiting))[0] > MOST_WAITING:
                return False
            self._unasked = 0
        return True

    async def keep(self, updates: list[JSON]) -> None:
        """Keep them all, in one transaction, each once however often it comes. Raises `DatabaseError`: then none is."""
        self._unasked += len(updates)
        await self._database.run(lambda tx: self._keep(tx, updates))

    def _keep(self, tx: Tx, updates: Iterable[JSON]) -> None:
        # By their numbers, which are the order in which they were written, whatever order they come in.
        for update in sorted(updates, key=_number):
            body = json.dumps(update)
            number = update.get("update_id") if isinstance(update, dict) else None
            if not is_number(number):
                self._aside(tx, -crc32(body.encode()), body)
                continue
            try:
                incoming = self._messenger.read(update, body)
            except Unreadable:
                self._aside(tx, number, body)
                continue
            chat = incoming.chat if incoming.chat is not None else incoming.user
            if chat is None:
                self._aside(tx, number, body)
                continue
            lane = people.lane_id(tx, self._messenger.id, chat)
            inbox.keep(tx, bot=self._messenger.id, update=number, lane=lane, body=body, now=self._clock.seconds())

    def _aside(self, tx: Tx, number: int, body: str) -> None:
        """Keep what nobody can read, for the operator, and let the rest flow."""
        code, now = self._new_code(), self._clock.seconds()
        if inbox.keep(tx, bot=self._messenger.id, update=number, lane=None, body=body, now=now, parked=code):
            inbox.tell_parked(tx, now)
            log.error(
                "unreadable update parked",
                messenger=self._messenger.platform.name,
                code=code,
                do="nobody waits for it: look at it with the verb parked, and tell the developers",
            )


def read_body(body: bytes) -> JSON:
    """What a request brought. One that is no JSON comes as text, and is kept aside as an update without a number."""
    try:
        return lenient_json.loads(body.decode("utf-8-sig"))
    except ValueError:
        return body.decode("utf-8", "surrogateescape")  # every byte can be had back from it


def is_number(value: JSON) -> TypeGuard[int]:
    """Whether an update can be known again by this number."""
    return type(value) is int and 0 <= value < 2**62  # what both databases hold, with room for the next offset


def _number(update: JSON) -> int:
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if is_number(number) else -1
