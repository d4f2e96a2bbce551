"""The people before the stage: acts for them, shows what came of it and arranges trouble, all without HTTP."""

from __future__ import annotations

import json
import time
from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeVar

from sandbox import acts
from sandbox.dialect import DIALECTS
from sandbox.messenger import Messenger
from sandbox.methods import commands_menu
from sandbox.model import Call, Fault, FaultKind, Json, Message, Misuse, Sender, Unavailable, Upload
from sandbox.pulse import Pulse
from sandbox.store import Store
from sandbox.switches import chosen
from sandbox.trouble import Troubles

T = TypeVar("T")


class Stage:
    """One or two messengers and everybody in them; plain functions, to be called on one loop."""

    def __init__(
        self,
        bots: Mapping[str, str],
        store: Path | None = None,
        clock: Callable[[], float] = time.time,
        move_clock: Callable[[float], None] | None = None,
        switches: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        unknown = set(bots) - set(DIALECTS)
        if unknown or not bots:
            raise Misuse(f"bots must name one or both of {', '.join(DIALECTS)}, not {', '.join(sorted(unknown))}")
        self.store = Store(store)
        self._clock = clock
        self._move_clock = move_clock
        self._until = 0.0  # where the clock is on its way to, if it takes its time
        self.pulse = Pulse()
        self.troubles = Troubles(self.pulse)
        cast = json.loads(Path(__file__).with_name("people.json").read_text(encoding="utf-8"))
        self.messengers = {
            name: Messenger(DIALECTS[name], token, cast, self.store, self.pulse, clock, (switches or {}).get(name, {}))
            for name, token in bots.items()
        }

    # --- acting as a person ------------------------------------------------------------------------------------------

    def messenger(self, platform: str) -> Messenger:
        if platform not in self.messengers:
            raise Misuse(f"platform must be one of: {', '.join(self.messengers)}")
        return self.messengers[platform]

    def say(self, platform: str, person: int, text: str, *, chat: int | None = None, reply_to: int = 0) -> int:
        """Returns the message's id; a negative `chat` is a group."""
        messenger = self.messenger(platform)
        return acts.write(messenger, person, "text", chat=chat, text=text, reply_to=reply_to).message_id

    def send(
        self, platform: str, person: int, kind: str, *, content: bytes | None = None, name: str = "", mime: str = "",
        caption: str = "", chat: int | None = None, **extra: int,
    ) -> int:  # fmt: skip
        """A photo, voice, document, video, sticker, audio or animation; a small sample when no content is given."""
        if kind not in ("photo", "voice", "document", "video", "sticker", "audio", "animation"):
            raise Misuse(f"cannot send a {kind}")
        upload = None if content is None else Upload(name or f"{kind}.bin", mime, content)
        where = self.messenger(platform)
        return acts.send_file(where, person, kind, upload, chat=chat, caption=caption, extra=extra).message_id

    def photo(self, platform: str, person: int, **about: Any) -> int:
        return self.send(platform, person, "photo", **about)

    def voice(self, platform: str, person: int, *, duration: int = 3, **about: Any) -> int:
        return self.send(platform, person, "voice", duration=duration, **about)

    def document(self, platform: str, person: int, **about: Any) -> int:
        return self.send(platform, person, "document", **about)

    def video(self, platform: str, person: int, **about: Any) -> int:
        return self.send(platform, person, "video", **about)

    def sticker(self, platform: str, person: int, **about: Any) -> int:
        return self.send(platform, person, "sticker", **about)

    def audio(self, platform: str, person: int, *, duration: int = 3, **about: Any) -> int:
        return self.send(platform, person, "audio", duration=duration, **about)

    def animation(self, platform: str, person: int, **about: Any) -> int:
        return self.send(platform, person, "animation", **about)

    def album(
        self, platform: str, person: int, *, count: int = 2, contents: list[bytes] | None = None, caption: str = "",
        chat: int | None = None,
    ) -> list[int]:  # fmt: skip
        """`contents` are the pictures; without them `count` samples are sent."""
        photos = [None] * count if contents is None else [Upload("photo.jpg", "", one) for one in contents]
        sent = acts.send_album(self.messenger(platform), person, list(photos), chat=chat, caption=caption)
        return [message.message_id for message in sent]

    def location(
        self, platform: str, person: int, latitude: float | None = None, longitude: float | None = None, *,
        chat: int | None = None,
    ) -> int:  # fmt: skip
        return acts.location(self.messenger(platform), person, latitude, longitude, chat=chat).message_id

    def contact(
        self, platform: str, person: int, *, phone: str | None = None, owner: int | None = None, chat: int | None = None
    ) -> int:
        return acts.contact(self.messenger(platform), person, phone, owner, chat=chat).message_id

    def forward(
        self, platform: str, person: int, *, author: int | None = None, text: str = "", message_id: int | None = None,
        hidden: bool = False, chat: int | None = None,
    ) -> int:  # fmt: skip
        """Passes on what `author` wrote elsewhere, or message `message_id` of the person's own chat with the bot.

        With `hidden` the author's settings keep the account back, and only a name is told.
        """
        where = self.messenger(platform)
        return acts.forward(where, person, author, text, message_id, hidden=hidden, chat=chat).message_id

    def edit(self, platform: str, person: int, message_id: int, text: str) -> int:
        return acts.edit(self.messenger(platform), person, message_id, text).message_id

    def press(
        self, platform: str, person: int, text: str | None = None, *, data: str | None = None,
        message_id: int | None = None, forged: bool = False, chat: int | None = None,
    ) -> Json:  # fmt: skip
        """Presses a button by its label or data.

        Returns {"query", "message_id"} for an inline button, {"message_id"} for what a reply-keyboard button sent,
        {"url"} and the like for a button the bot does not hear of. `forged` needs no such button to exist.
        """
        messenger, where = self.messenger(platform), person if chat is None else chat
        if data is not None:
            return acts.press_data(messenger, person, data, where, message_id, forged)
        if text is None:
            raise Misuse("name the button by text or by data")
        return acts.press_text(messenger, person, text, where, message_id)

    def raw(self, platform: str, update: Any) -> int:
        return acts.raw(self.messenger(platform), update)

    def raw_text(self, platform: str, body: str) -> int:
        return acts.raw_text(self.messenger(platform), body)

    def block(self, platform: str, person: int, blocked: bool = True) -> None:
        acts.set_blocked(self.messenger(platform), person, blocked)

    # --- looking -----------------------------------------------------------------------------------------------------

    def transcript(
        self, platform: str, chat: int, *, last: int | None = None, before: int | None = None,
        ids: Collection[int] | None = None,
    ) -> list[Json]:  # fmt: skip
        """The chat from its beginning; a private chat has its person's id.

        `before` keeps what is older than that message, `last` so many of the newest, `ids` only these.
        """
        messenger = self.messenger(platform)
        if ids is not None:
            found = [messenger.messages[one] for one in sorted(ids) if one in messenger.messages]
            return [_line(message) for message in found if message.chat == chat]
        lines = messenger.by_chat.get(chat, [])
        end = len(lines) if before is None else bisect_left(lines, before, key=lambda one: one.message_id)
        return [_line(message) for message in lines[0 if last is None else max(end - last, 0) : end]]

    def chat(self, platform: str, chat: int) -> Json:
        """What an open chat shows beside its lines: the reply keyboard as it stands and the menu of commands."""
        messenger = self.messenger(platform)
        newest_first = reversed(messenger.by_chat.get(chat, []))
        rows = next((one.keyboard for one in newest_first if one.keyboard is not None and not one.deleted), [])
        return {
            "keyboard": [[{"text": button["text"], "asks": _asks(button)} for button in row] for row in rows],
            "commands": commands_menu(messenger),
            "bot": messenger.bot_user(),
        }

    def unread(self, platform: str, chat: int, after: int) -> Json:
        """How many messages of the bot are newer than message `after`, and the newest message of all (0: none)."""
        lines = self.messenger(platform).by_chat.get(chat, [])
        newer = takewhile(lambda one: one.message_id > after, reversed(lines))
        count = sum(1 for one in newer if one.sender is Sender.BOT and not one.deleted)
        return {"count": count, "newest": lines[-1].message_id if lines else 0}

    def calls(self, platform: str | None = None, after: int = 0, method: str | None = None) -> list[Call]:
        names = self.messengers if platform is None else [self.messenger(platform).dialect.name]
        found = [call for name in names for call in self.messengers[name].calls if call.seq > after]
        return sorted((one for one in found if method in (None, one.method)), key=lambda call: call.seq)

    def buttons(self, platform: str, chat: int) -> list[str]:
        """Every label that could be pressed now."""
        return acts.labels(self.messenger(platform), chat)

    def state(self) -> Json:
        told = {}
        for name, messenger in self.messengers.items():
            facts = messenger.facts
            told[name] = {"pending": len(messenger.updates), "confirmed": facts["confirmed"]}
            told[name] |= {key: facts[key] for key in ("delivered", "next_update", "blocked", "webhook", "switches")}
            told[name]["calls"] = len(messenger.calls)
        return told

    async def wait_for(self, predicate: Callable[[], T], timeout: float = 10) -> T:  # noqa: ASYNC109 - named in seconds for tests
        """Looks again after everything that happens until `predicate` is true, and returns what it gave."""
        until = time.monotonic() + timeout
        while not (found := predicate()):
            left = until - time.monotonic()
            if left <= 0 or not await self.pulse.wait(left):
                if found := predicate():
                    break
                recent = [f"{call.platform} {call.method} {call.description}" for call in self.calls()[-8:]]
                raise TimeoutError(f"not within {timeout} s; last calls: {recent}; state: {self.state()}")
        return found

    async def events(self, after: int = 0, timeout: float = 20) -> Json:  # noqa: ASYNC109 - a long poll
        """What happened after number `after`, as {"seq", "events"}; waits up to `timeout` seconds for something."""
        until = time.monotonic() + timeout
        # A number from before a restart is above ours: answered at once, so that the asker starts anew.
        while after == self.pulse.seq and (left := until - time.monotonic()) > 0:
            await self.pulse.wait(left)
        return {"seq": self.pulse.seq, "events": self.pulse.after(after)}

    # --- arranging ---------------------------------------------------------------------------------------------------

    def fault(
        self, platform: str, kind: str, *, method: str = "", chat: int | None = None, times: int | None = None,
        seconds: float | None = None, retry_after: int = 1, description: str = "",
    ) -> None:  # fmt: skip
        """Orders trouble (docs/sandbox.md lists the kinds); without `times` it stays until `clear_faults`."""
        if kind not in list(FaultKind):
            raise Misuse(f"kind must be one of: {', '.join(FaultKind)}")
        name = self.messenger(platform).dialect.name
        self.troubles.order(Fault(name, FaultKind(kind), method, chat, times, seconds, retry_after, description))

    def faults(self) -> list[Json]:
        return [asdict(fault) for fault in self.troubles.ordered()]

    def clear_faults(self) -> None:
        self.troubles.clear()

    def now(self) -> float:
        return self._clock()

    def clock(self) -> Json:
        """The time it is, as {"now", "until"}: they differ while the clock is on its way."""
        now = self._clock()
        return {"now": now, "until": max(now, self._until)}

    def move_clock(self, seconds: float) -> Json:
        """Moves the clock of whoever started the sandbox, forward; it may take its time. Answers as `clock` does."""
        if self._move_clock is None:
            raise Unavailable("this sandbox was started without a clock that can be moved")
        if not 0 <= seconds < float("inf"):
            raise Misuse("move must be seconds from 0 on: time moves forward")
        until = self.clock()["until"] + seconds
        self._move_clock(seconds)
        self._until = until
        self.pulse.happen("clock", "")
        return self.clock()

    def switch(self, platform: str, name: str, value: Any) -> None:
        """Sets one of the switches that docs/sandbox.md lists."""
        messenger = self.messenger(platform)
        messenger.facts["switches"][name] = chosen(platform, name).read(value)
        messenger.keep_facts()

    def reset(self) -> None:
        """Everything back to the first day: no messages, updates, files, calls, faults."""
        self.store.clear()
        self.troubles.clear()
        for messenger in self.messengers.values():
            messenger.blank()
        self.pulse.happen("reset", "")


def _line(message: Message) -> Json:
    keyboard = message.keyboard
    return {
        "message_id": message.message_id,
        "from": message.sender.value,
        "person": message.person,
        "kind": message.kind,
        "text": message.text,
        "entities": message.entities,
        "media": message.media,
        "buttons": [[_button(button) for button in row] for row in message.inline],
        "keyboard": None if keyboard is None else [[button["text"] for button in row] for row in keyboard],
        "asks": {button["text"]: _asks(button) for row in keyboard or [] for button in row if _asks(button)},
        "reply_to": message.reply_to,
        "album": message.album,
        "forward": message.forward,
        "edited": message.edited,
        "deleted": message.deleted,
        "date": message.date,
        "answers": message.answers,
    }


def _asks(button: Json) -> str:
    """What a button of the reply keyboard asks for: "contact", "location" or nothing, ""."""
    return next((name for name in ("contact", "location") if button.get(f"request_{name}")), "")


def _button(button: Json) -> Json:
    told = {"text": button["text"], "data": button.get("callback_data"), "url": button.get("url")}
    if "copy_text" in button:
        told["copy"] = button["copy_text"].get("text", "") if isinstance(button["copy_text"], dict) else ""
    return told
