"""Gives every received message its turn: one transaction for a batch, a savepoint for each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog

from bot.clock import Clock
from bot.database import Database
from bot.platforms.base import Call
from bot.writer import Writer
from domain.incoming import Incoming, Kind
from domain.moments import Moment
from domain.permissions import Role
from domain.richtext import Code
from handlers.book import Book
from handlers.connecting import CONNECT, connected
from handlers.desk import attend
from handlers.talk import Reply, Town, Turn, Work, moment
from storage import inbox, people, places
from storage.inbox import Message
from storage.talks import Conversation
from storage.tx import DatabaseDown, DatabaseError, Tx

log = structlog.get_logger()

#: Seconds after which a failed turn is tried again; after the last it is parked.
AGAIN_S = (1, 5, 25)
#: Seconds to wait when the database takes nothing.
DOWN_S = 1.0
_NOTHING = Message(0, 0, 0, 0, "", 0, 0)


@dataclass(slots=True)
class Batch:
    """What one batch did. `answers` end the waiting sign on pressed buttons and are worth nothing after a crash."""

    taken: int = 0
    #: Nothing else may have its turn before `due` (epoch seconds; None: until something comes).
    over: bool = False
    due: int | None = None
    #: Messages that had their turn, noted in the same transaction once the last of them has had it.
    done: list[int] = field(default_factory=list)
    answers: list[tuple[int, Call]] = field(default_factory=list)


@contextmanager
def _whole(tx: Tx) -> Iterator[None]:
    """All of it, or nothing where it fails. A database error goes on: the whole batch is lost with it."""
    tx.mark()
    try:
        yield
    except DatabaseError:
        raise
    except Exception:
        tx.undo()
        tx.keep()
        raise
    tx.keep()


class Turns:
    """The worker. One per process; what it takes is never of one chat twice at once."""

    def __init__(
        self,
        database: Database,
        book: Book,
        town: Town,
        writer: Writer,
        clock: Clock,
        *,
        wrote: Callable[[list[tuple[int, Call]]], None],
        new_code: Callable[[], str],
        admins: Collection[tuple[str, int]] = (),
    ) -> None:
        """`wrote` is called after each commit with the button answers to be given.

        `admins`: accounts (messenger, user) that get the first seat of the province as soon as they write.
        """
        self._database, self._book, self._town, self._writer, self._clock = database, book, town, writer, clock
        self._wrote, self._new_code, self._admins = wrote, new_code, frozenset(admins)
        self._work = asyncio.Event()
        #: How many turns of a lost batch are still to be repeated one by one.
        self._singly = 0
        #: What the last transaction took, and which of it was at work when it ended.
        self._took, self._at = 0, _NOTHING

    def wake(self) -> None:
        """There may be work."""
        self._work.set()

    async def run(self) -> None:
        """Work until cancelled; a running batch is finished first (see `App.stop`)."""
        while True:
            self._work.clear()  # before looking: what comes in the meantime wakes us again
            try:
                batch = await self._database.run(self.batch)
            except DatabaseError as error:
                await self._abandoned(error)
                continue
            self._singly = max(0, self._singly - batch.taken) if batch.taken else 0
            if batch.taken:
                self._wrote(batch.answers)
            if batch.over:
                await self._rest(batch.due)

    def batch(self, tx: Tx) -> Batch:
        """Take waiting messages and give each its turn, in the one transaction given."""
        done = Batch()
        held: set[int] = set()
        self._took, self._at = 0, _NOTHING
        limit = 1 if self._singly else self._database.batch
        found = inbox.take(tx, self._clock.seconds(), limit, tuple(self._writer.messengers))
        self._took = done.taken = len(found)
        for message in found:
            self._at = message
            if message.lane not in held and not self._one(tx, message, done):
                held.add(message.lane)
        inbox.done(tx, *done.done)
        if len(found) < limit:
            done.over, done.due = True, inbox.next_due(tx, tuple(self._writer.messengers))
        return done

    def _one(self, tx: Tx, message: Message, done: Batch) -> bool:
        try:
            self._attend(tx, message, done)
        except DatabaseError:
            # The whole batch is lost with it (a full disk has already rolled it back): nothing may go on here.
            raise
        except Exception as error:
            self._failed(tx, message, error)
            return False
        done.done.append(message.id)
        return True

    def _attend(self, tx: Tx, message: Message, done: Batch) -> None:
        messenger = self._writer.messengers[message.bot]
        incoming = messenger.stored(message.body)
        now = self._clock.now()
        if incoming.kind is Kind.MEMBER:
            pass  # somebody blocked us or let us in again: no word of theirs, and no reason to write to them
        elif incoming.private and incoming.user is not None:
            account, person = people.arrive(
                tx,
                bot=message.bot,
                user=incoming.user,
                lane=message.lane,
                language=self._town.languages[0],
                now=int(now.timestamp()),
            )
            if (messenger.platform.name, incoming.user) in self._admins:
                people.grant(tx, person.id, Role.PROVINCE_ADMIN, places.province(tx).id, int(now.timestamp()))
            turn = Turn(tx, now, self._town, account, person, incoming, Conversation(0, account.id, "", "", {}))
            # A refusal or a failure undoes what the talk wrote, not that somebody came.
            with _whole(tx):
                self._talk(turn, message)
            if incoming.kind is Kind.PRESS and incoming.press:
                done.answers.append((message.bot, messenger.platform.answer(incoming.press)))
        elif incoming.command == CONNECT:
            with _whole(tx):
                self._connect(tx, message, incoming, now)
        elif incoming.command:
            reply = Reply("private-only", {"link": messenger.platform.deep_link(messenger.username)})
            self._writer.answer(tx, message, self._town.languages[0], reply, int(now.timestamp()))

    def _connect(self, tx: Tx, message: Message, incoming: Incoming, now: datetime) -> None:
        """A code was written in a channel or group, which is to get what is announced from now on."""
        work = Work(tx, now, self._town)
        said, told = connected(work, message.lane, incoming.title, incoming.arguments)
        self._writer.answer(tx, message, self._town.languages[0], said, work.seconds)
        for one in told:
            self._writer.unasked(tx, one, work.seconds)

    def _talk(self, turn: Turn, message: Message) -> None:
        says = attend(turn, self._book)
        if message.code and says:
            late = Reply("later-done", {"day": Moment(moment(message.received), "relative", turn.now)})
            self._writer.answer(turn.tx, message, turn.person.language, late, turn.seconds)
        self._writer.replies(turn.tx, turn, says)

    def _failed(self, tx: Tx, message: Message, error: Exception) -> None:
        """Note a failed turn: again later, or aside under a code with a word to the person and the administrators."""
        now = self._clock.seconds()
        if message.tries < len(AGAIN_S):
            inbox.failed(tx, message, wait_until=now + AGAIN_S[message.tries])
            log.warning("turn failed", inbox=message.id, tries=message.tries + 1, exc_info=error)
            return
        code = message.code or self._new_code()
        inbox.park(tx, message, code)
        inbox.tell_parked(tx, now)
        log.error("turn parked", inbox=message.id, code=code, exc_info=error)
        reply = Reply("parked", {"code": Code(code)}) if not message.code else Reply("parked-failed")
        self._writer.answer(tx, message, self._town.languages[0], reply, now)

    async def _abandoned(self, error: DatabaseError) -> None:
        """A batch was lost as a whole. It is repeated turn by turn; the one at fault fails alone."""
        if isinstance(error, DatabaseDown):
            log.error("database refuses", error=type(error).__name__, do="look at the disk and the database server")
            await self._clock.wait(DOWN_S)
            return
        if self._took > 1:
            self._singly = self._took
            return
        at = self._at
        try:
            if at is _NOTHING:
                raise error
            await self._database.run(lambda tx: self._failed(tx, at, error))
            self._singly = max(0, self._singly - 1)
            self._wrote([])  # what was parked is told at once, not with the next that somebody is told
        except DatabaseError as again:
            log.error("inbox unreadable", error=type(again).__name__, do="look at the database server and its version")
            await self._clock.wait(DOWN_S)

    async def _rest(self, due: int | None) -> None:
        """Sleep until something comes, or until a held chat may go on."""
        if self._work.is_set():
            return
        waits: list[asyncio.Task[Any]] = [asyncio.create_task(self._work.wait())]
        if due is not None:
            waits.append(asyncio.create_task(self._clock.wait(max(0.05, due - self._clock.now().timestamp()))))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
