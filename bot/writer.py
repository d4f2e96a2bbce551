"""Writes what was said as rows to be sent, worded for each reader."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping

from bot.messenger import Messenger
from bot.platforms import PLATFORMS
from bot.platforms.base import Call, Platform
from bot.render import Renderer
from domain.incoming import Incoming, Kind
from handlers.talk import Look, Notice, Refresh, Remove, Reply, Says, Told, Turn
from storage import media, outbox, people, showings, standby
from storage.audience import is_quiet, may_reach
from storage.inbox import Message
from storage.outbox import Class
from storage.people import Reach
from storage.tx import Tx

#: Messages that one transaction takes out of chats.
REMOVED_AT_ONCE = 500


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
            kept = media.get(tx, reply.media[0])
            kind = kept.kind if kept is not None else "photo"
            one = platform.captioned(reply.media[0], self.renderer.text(reply, platform, language), kind)
            if one is not None:
                markup = {name: value for name, value in calls[0].params.items() if name == "reply_markup"}
                return [Call(one.method, {**one.params, **markup})]
        pin = [] if reply.pin is None else [Call("sendLocation", {"latitude": reply.pin[0], "longitude": reply.pin[1]})]
        return self._carried(tx, reply, platform) + pin + calls

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
