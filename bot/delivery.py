"""Takes one row to its messenger: words, photos and the like, a change, or the removal of what is there."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from weakref import WeakValueDictionary

import structlog

from bot import carried
from bot.api_errors import Missing, NotModified, Rejected, Unsupported
from bot.carried import message_id
from bot.clock import Clock
from bot.database import Database
from bot.fates import Arrived, Partly, Settle
from bot.messenger import Messenger
from bot.platforms.base import JSON, Call
from bot.removing import remove
from bot.store import Store
from storage import outbox, showings
from storage.outbox import Class, Outgoing
from storage.tx import Tx

log = structlog.get_logger()

#: Seconds for further refusals to come, before somebody is asked to delete messages by hand: once for all of them.
BY_HAND_S = 5


class Coming(Exception):
    """What the row carries is still being fetched."""


class Nothing(Exception):
    """There is nothing to send: what the row carries is gone, or the message it changes never arrived."""


class Unchanged(Exception):
    """The message cannot be changed, and is not worth a new one."""


class Delivery:
    """For one messenger. When a row may go, and what a failure means for the others, is the sender's."""

    def __init__(self, messenger: Messenger, database: Database, clock: Clock, store: Store) -> None:
        self._messenger, self._database, self._clock, self._store = messenger, database, clock, store
        self._uploads: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()  # by our number of what goes up
        self._albums = messenger.platform.can.albums
        self._learned: dict[int, str] = {}  # the messenger's numbers for what went up, until they are written down

    async def take(self, row: Outgoing) -> Settle:
        """What is to be written down. Raises BotApiError, Coming, Nothing or Unchanged where it did not arrive."""
        if row.method == "deleteMessage":
            return await self._remove(row)
        if row.edits is not None and row.message is None and not row.matters:
            raise Nothing
        if row.method == "sendMessage":  # nothing is carried with it, and nothing in it depends on what was sent
            sent = await self._messenger.api.call_written(row.method, row.chat, row.params)
            return self._arrived(row, message_id(sent))
        params: dict[str, JSON] = {"chat_id": row.chat, **json.loads(row.params)}
        if row.method.startswith("edit"):
            return await self._edit(row, params)
        wanted = carried.named(params)
        if not wanted:
            return self._arrived(row, message_id(await self._messenger.api.call(row.method, params)))
        if row.method == "sendMediaGroup":
            return await self._album(row, params, wanted)
        if "caption" in params:
            return await self._captioned(row, params, wanted)
        return await self._carry(row, params, wanted)

    def written_down(self, settle: Settle) -> None:
        """What was learnt with this row is in the database now."""
        arrived = settle.first if isinstance(settle, Partly) else settle
        for number in arrived.copies if isinstance(arrived, Arrived) else ():
            self._learned.pop(number, None)

    def _arrived(
        self,
        row: Outgoing,
        message: int | None,
        parts: Sequence[tuple[int, int | None]] = (),
        copies: Mapping[int, str] | None = None,
    ) -> Arrived:
        now = self._clock.seconds()
        return Arrived(row, self._messenger.platform, self._messenger.id, now, message, parts, copies or {})

    async def _remove(self, row: Outgoing) -> Settle:
        """Take a message out of the chat; who has one that cannot be taken is asked to delete it by hand."""
        emptied = json.loads(row.params) or None
        if row.message is not None and await remove(self._messenger, row.chat, row.message, emptied):
            return lambda tx: showings.removed(tx, row.id)
        due = self._clock.seconds() + BY_HAND_S
        return lambda tx: showings.kept(tx, row.id, row.lane, due)

    async def _edit(self, row: Outgoing, params: dict[str, JSON]) -> Settle:
        """Change a message. One that cannot be changed is replaced if it matters or is a card, else left as it is."""
        changed = params.get("message_id", row.message)
        if changed is None:
            return await self._replace(row, params, None)
        written = row.params if "message_id" in params else f'{{"message_id":{row.message},{row.params[1:]}'
        try:
            await self._messenger.api.call_written(row.method, row.chat, written)
        except NotModified:
            pass
        except (Missing, Rejected, Unsupported) as error:
            gone = self._messenger.platform.is_not_there(error.description)
            # What a card should no longer show must not stay in the chat.
            if row.matters or (row.edits is not None and row.cls == Class.NOTICE and not gone):
                return await self._replace(row, params, None if gone else int(changed))
            raise Unchanged from None
        return self._arrived(row, int(changed))

    async def _replace(self, row: Outgoing, params: Mapping[str, JSON], former: int | None) -> Settle:
        """Send as a new message what the former one should say, and take that away (None: it is not there)."""
        anew = {name: value for name, value in params.items() if name != "message_id"}
        message = message_id(await self._messenger.api.call("sendMessage", anew))
        arrived = self._arrived(row, message)
        if former is None:
            return arrived
        # Killed before this is written down, we would do it once more.
        await remove(self._messenger, row.chat, former, None)

        def moved(tx: Tx) -> None:
            outbox.moved(tx, row.lane, former, message)
            arrived(tx)

        return moved

    async def _album(self, row: Outgoing, params: dict[str, JSON], wanted: list[int]) -> Settle:
        """Several photos as one message; where that is refused each by itself, one at a time."""
        if self._albums:
            try:
                return await self._carry(row, params, wanted)
            except (Rejected, Unsupported):
                pass
        media = params["media"]
        one: dict[str, JSON] = {"chat_id": row.chat, "photo": media[0]["media"]}
        try:
            first = await self._carry(replace(row, method="sendPhoto"), one, wanted[:1])
        except Nothing:
            first = None
        except Rejected as error:
            log.error("photo refused", outbox=row.id, error=str(error))
            first = None
        if first is not None and self._albums and not self._messenger.platform.can.albums_proven:
            log.warning("no albums", messenger=self._messenger.platform.name, do="nothing: photos go one by one")
            self._albums = False
        rest = Call("sendMediaGroup", {"media": media[1:]})
        if len(media) == 2:
            rest = Call("sendPhoto", {"photo": media[1]["media"]})
        return Partly(row, first, rest)

    async def _captioned(self, row: Outgoing, params: dict[str, JSON], wanted: list[int]) -> Settle:
        """A photo or file with words under it; where so many are refused there, that and then the words."""
        try:
            return await self._carry(row, params, wanted)
        except Rejected:
            alone = {name for name, value in params.items() if isinstance(value, dict) and "own" in value}
            first = await self._carry(row, {name: params[name] for name in ("chat_id", *alone)}, wanted)
        words = {name: value for name, value in params.items() if name not in ("chat_id", "caption", *alone)}
        return Partly(row, first, Call("sendMessage", {"text": params["caption"], **words}))

    async def _carry(self, row: Outgoing, params: dict[str, JSON], wanted: list[int]) -> Arrived:
        async with contextlib.AsyncExitStack() as alone:
            made = await self._loaded(row.method, params, wanted)
            if made.files:
                # Other chats may be getting the same just now: it goes up once, and they send it by its number.
                for number in sorted(one for one in made.uploaded if one is not None):
                    await alone.enter_async_context(self._uploads.setdefault(number, asyncio.Lock()))
                made = await self._loaded(row.method, params, wanted)
            result = await self._messenger.api.call(made.method, made.params, files=made.files or None)
            copies = carried.learned(made, result)
            self._learned.update(copies)
        return self._arrived(row, message_id(result), carried.messages(made, result), copies)

    async def _loaded(self, method: str, params: dict[str, JSON], wanted: list[int]) -> carried.Load:
        """The call with what it carries, by number where the messenger has it already."""
        learned = dict(self._learned)  # before the database is asked: what is written down meanwhile is found there
        found = await self._database.read(lambda tx: carried.found(tx, wanted, self._messenger.id))
        known = {n: replace(one, file_id=one.file_id or learned.get(n, "")) for n, one in found.items()}
        if any(one.coming and not one.file_id for one in known.values()):
            raise Coming
        made = carried.load(method, params, known, self._store, self._messenger.upload_limit)
        if made is None:
            raise Nothing
        return made
