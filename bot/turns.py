"""Gives every received message its turn: one transaction for a batch, a savepoint for each."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog

from bot.clock import Clock
from bot.database import Database
from bot.messenger import Messenger
from bot.platforms import PLATFORMS
from bot.platforms.base import Call, Platform
from bot.render import Renderer
from domain.incoming import Incoming, Kind
from domain.moments import Moment
from domain.permissions import Role
from domain.richtext import Code
from handlers.book import Book
from handlers.desk import attend
from handlers.talk import Look, Notice, Refresh, Remove, Reply, Says, Told, Town, Turn, moment
from storage import inbox, media, outbox, people, places, showings, standby
from storage.audience import is_quiet, may_reach
from storage.inbox import Message
from storage.outbox import Class
from storage.people import Reach
from storage.talks import Conversation
from storage.tx import DatabaseDown, DatabaseError, Tx

log = structlog.get_logger()

#: Seconds after which a failed turn is tried again; after the last it is parked.
AGAIN_S = (1, 5, 25)
#: Messages that one transaction takes out of chats.
REMOVED_AT_ONCE = 500
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


class Writer:
    """Writes what was said as rows to be sent, worded for each reader."""

    def __init__(
        self, renderer: Renderer, messengers: Mapping[int, Messenger], unmet: Callable[[], Collection[str]] = tuple
    ) -> None:
        """`unmet`: messengers by name that have not answered since the start; what is for them waits for them."""
        self.renderer, self.messengers, self._unmet = renderer, messengers, unmet

    def platform(self, tx: Tx, bot: int) -> Platform | None:
        """The messenger of a bot; None when we are not there any more."""
        if bot in self.messengers:
            return self.messengers[bot].platform
        name = people.platform_of(tx, bot)
        return PLATFORMS[name] if name in self._unmet() else None

    def replies(self, tx: Tx, turn: Turn, says: Iterable[Says]) -> None:
        """Write a turn's outcome: replies to its chat, notices to others, cards to be kept in step."""
        pressed = turn.incoming if turn.incoming.kind is Kind.PRESS else None
        edits: list[int] = []
        first = True
        for say in says:
            match say:
                case Reply():
                    message = _to_edit(say, pressed) if first and pressed else None
                    self._reply(tx, turn, say, message)
                    edits += [message] if message is not None else []
                    first = False
                case Notice() | Refresh() | Remove():
                    self.unasked(tx, say, turn.seconds)
        if pressed and pressed.message is not None and pressed.message not in edits and _is_answered(pressed, turn):
            call = self.messengers[turn.account.bot].platform.without_buttons(pressed.message)
            self._put(tx, turn.account.bot, turn.account.lane, Class.ANSWER, [call], turn.seconds, matters=False)

    def unasked(self, tx: Tx, say: Told, now: int) -> None:
        """Write what goes to others than the one who wrote: a message, or what happens to those that are there."""
        match say:
            case Notice():
                self.notice(tx, say, now)
            case Refresh():
                self._refresh(tx, say, now)
            case Remove():
                self._remove(tx, say, now)

    def notice(self, tx: Tx, notice: Notice, now: int) -> None:
        """Write a notice, if its reader can be reached and has not stopped this kind."""
        reach = self._reach(tx, notice)
        if reach is None:
            return
        when = may_reach(reach, notice.why, now)
        if when is None:
            return
        platform = self.platform(tx, reach.bot)
        if platform is None:
            return
        calls = self.worded(tx, notice.reply, platform, reach.language)
        # What waits for the morning must not hold up what is news to somebody who is talking with us.
        cls = Class.ANSWER if when == now and is_quiet(reach, now) else Class.NOTICE
        last = self._put(tx, reach.bot, reach.lane, cls, calls, now, about=notice.reply.about, not_before=when)
        there = self.platform(tx, reach.other.bot) if reach.other is not None and not notice.bot else None
        if reach.other is not None and there is not None:
            calls = self.worded(tx, notice.reply, there, reach.other.language)
            bodies = [outbox.body(tx, call.method, call.written()) for call in calls]
            standby.write(tx, reach, last, bodies, cls=cls, about=notice.reply.about, leaves=when, now=now)

    def _reach(self, tx: Tx, notice: Notice) -> Reach | None:
        """Where a notice goes: at the account it is for, or at their other one if we are only there."""
        reach = people.reach(tx, notice.person, notice.bot)
        if reach is not None and reach.other is not None and self.platform(tx, reach.bot) is None:
            return reach.other
        return reach

    def answer(self, tx: Tx, message: Message, language: str, reply: Reply, now: int) -> None:
        """Write an answer to the chat a message came from."""
        calls = self.renderer.calls(reply, self.messengers[message.bot].platform, language)
        self._put(tx, message.bot, message.lane, Class.ANSWER, calls, now)

    def _reply(self, tx: Tx, turn: Turn, reply: Reply, edit: int | None) -> None:
        platform = self.messengers[turn.account.bot].platform
        calls = self.worded(tx, reply, platform, turn.person.language, serial=turn.talk.serial, edit=edit)
        self._put(tx, turn.account.bot, turn.account.lane, Class.ANSWER, calls, turn.seconds, about=reply.about)

    def worded(
        self, tx: Tx, reply: Reply, platform: Platform, language: str, *, serial: int = 0, edit: int | None = None
    ) -> list[Call]:
        """The calls that show a reply with what it carries."""
        calls = self.renderer.calls(reply, platform, language, serial=serial, edit=edit)
        if reply.together and len(reply.media) == 1 and len(calls) == 1:
            one = platform.captioned(reply.media[0], self.renderer.text(reply, platform, language))
            if one is not None:
                markup = {name: value for name, value in calls[0].params.items() if name == "reply_markup"}
                return [Call(one.method, {**one.params, **markup})]
        return self._carried(tx, reply, platform) + calls

    def looks(self, reply: Reply, language: str) -> list[Look]:
        """How a reply is seen on each messenger that we are on."""
        found = []
        for messenger in self.messengers.values():
            platform = messenger.platform
            text = self.renderer.text(reply, platform, language)
            alone = reply.together and reply.media and platform.captioned(reply.media[0], text) is None
            parts = len(self.renderer.calls(reply, platform, language)) + bool(alone)
            sure = platform.can.edits_return_message
            found.append(Look(messenger.id, platform.name, platform.seen(text), parts, sure))
        return found

    def _carried(self, tx: Tx, reply: Reply, platform: Platform) -> list[Call]:
        found = [media.get(tx, number) for number in reply.media]
        return platform.carrying([(one.id, one.kind) for one in found if one is not None])

    def _remove(self, tx: Tx, remove: Remove, now: int) -> None:
        for showing in showings.leaving(tx, remove.media, REMOVED_AT_ONCE):
            emptied = None
            platform = self.platform(tx, showing.bot)
            if platform is not None and showing.kind in ("photo", "video"):
                language = showing.language or self.renderer.texts.languages[0]
                emptied = platform.emptied(self.renderer.text(Reply(remove.words.name), platform, language))
            showings.deletion(tx, showing, json.dumps(emptied or {}), now)

    def _refresh(self, tx: Tx, refresh: Refresh, now: int) -> None:
        for card in outbox.cards(tx, refresh.about):
            platform = self.platform(tx, card["bot"])
            if platform is None:
                continue
            if card["state"] in ("waiting", "standby") and not refresh.serial:
                # It may wait for the morning: what was hidden meanwhile must not go out first.
                for call in self.renderer.calls(refresh.reply, platform, card["language"])[:1]:
                    outbox.reword(tx, card["id"], outbox.body(tx, call.method, call.written()))
            if card["state"] == "standby":
                continue  # whatever it shows when it goes, it shows anew
            # The message number is not known before the card is sent: the sender fills it in.
            calls = self.renderer.calls(refresh.reply, platform, card["language"], serial=refresh.serial, edit=0)
            for call in calls[:1]:
                call.params.pop("message_id", None)
                body = outbox.body(tx, call.method, call.written())
                outbox.put(
                    tx,
                    bot=card["bot"],
                    lane=card["lane"],
                    cls=Class.NOTICE,
                    body=body,
                    now=now,
                    about=refresh.about,
                    edits=card["id"],
                    matters=False,
                )

    def _put(
        self,
        tx: Tx,
        bot: int,
        lane: int,
        cls: Class,
        calls: list[Call],
        now: int,
        *,
        about: str = "",
        matters: bool = True,
        not_before: int = 0,
    ) -> int:
        """Write these, in order. The body of the last one."""
        body = 0
        for n, call in enumerate(calls, 1):
            body = outbox.body(tx, call.method, call.written())
            mark = about if about and n == len(calls) else None
            outbox.put(
                tx,
                bot=bot,
                lane=lane,
                cls=cls,
                body=body,
                now=now,
                about=mark,
                matters=matters,
                not_before=not_before,
            )
        return body


def _to_edit(reply: Reply, pressed: Incoming) -> int | None:
    """The message that a reply changes: the pressed one, if a question's own button was pressed or the reply asks."""
    wanted = pressed.data.startswith("c:") if reply.edit is None else reply.edit
    # The permanent keyboard can only come with a new message.
    return pressed.message if wanted and (reply.buttons or not reply.keyboard) else None


def _is_answered(pressed: Incoming, turn: Turn) -> bool:
    """Whether the question under the pressed button is no longer the open one."""
    return pressed.data.startswith("c:") and not pressed.data.startswith(f"c:{turn.talk.serial}:")


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
            tx.mark()
            try:
                self._talk(turn, message)
            except DatabaseError:
                raise
            except Exception:
                tx.undo()
                tx.keep()
                raise
            tx.keep()
            if incoming.kind is Kind.PRESS and incoming.press:
                done.answers.append((message.bot, messenger.platform.answer(incoming.press)))
        elif incoming.command:
            reply = Reply("private-only", {"link": messenger.platform.deep_link(messenger.username)})
            self._writer.answer(tx, message, self._town.languages[0], reply, int(now.timestamp()))

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
