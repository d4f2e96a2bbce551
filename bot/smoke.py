"""Tries everything that the bot needs on a real messenger, in the operator's own chat, and says what held.

Before it nothing may wait for the bot: what is fetched here is not kept. `bot/verbs/smoke.py` is its verb.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Protocol

from bot.api_errors import BotApiError, Conflict, Revoked
from bot.clock import Clock
from bot.platforms import PLATFORMS
from bot.platforms.base import JSON, Params, Platform
from bot.smoke_line import CannotTry, Line, Wish, inside
from bot.smoke_record import LARGE, Record, document, photo, voice
from bot.transport import BotApi, Upload
from domain.buttons import Button, Keyboard
from domain.richtext import RichText, Span, Style, plain

#: Seconds in which somebody else's poll would cut ours off.
GUARD_S = 3
#: What is counted in which unit shows by the emoji, which is one code point and two units.
_MARKED = "\U0001f600 @{name} {word}"


class Ways(Protocol):
    """How to reach the messenger, as the settings say it."""

    api_url: str
    proxy: str
    connect_seconds: float
    read_seconds: float


def unadapted(platform: Platform) -> Platform:
    """The same messenger without our adapter, to find out what it does with what it does not know."""

    class Bare(type(platform)):  # type: ignore[misc]
        spellings: ClassVar[Mapping[str, str]] = {}

        def adapt(self, method: str, params: Mapping[str, JSON]) -> Params:
            return dict(params)

    return Bare()


async def smoke(
    name: str, token: str, ways: Ways, wish: Wish, out: Path, say: Callable[[str], None], clock: Clock
) -> bool:
    """Whether everything that the bot needs held. One line for each point; the shapes of all answers go to `out`.

    Raises `CannotTry` and OSError.
    """
    record = Record()
    try:
        async with _line(PLATFORMS[name], token, ways) as api, _line(unadapted(PLATFORMS[name]), token, ways) as bare:
            walk = Walk(api, bare, record, say, clock, wish)
            await walk.all()
    finally:
        record.write(out)
    say(f"the shapes of all answers, without anybody's words, names or numbers, are in {out}")
    say("everything that the bot needs held" if walk.good else "something that the bot needs did not hold")
    return walk.good


def _line(platform: Platform, token: str, ways: Ways) -> BotApi:
    return BotApi(platform, token, ways.api_url, ways.proxy or None, ways.connect_seconds, ways.read_seconds)


class Walk(Line):
    """One walk through all points."""

    async def all(self) -> None:
        await self._begin()
        await self._drain()
        met = await self._meet()
        await self._texts()
        await self._press()
        await self._files()
        await self._ways()
        self._shapes(met)
        await self._large()
        await self._webhook()
        await self._tidy()

    async def _begin(self) -> None:
        """Who are we, and is anybody else at work with this token? Nothing is confirmed yet."""
        try:
            me = await self.call("getMe")
            self.username = str(me.get("username") or "") if isinstance(me, dict) else ""
            self.point("16 reached from this machine", True, f"the bot is @{self.username or '(without a name)'}")
            info = await self.call("getWebhookInfo")
            if isinstance(info, dict) and info.get("url"):
                raise CannotTry("a webhook is set for this token: call deleteWebhook and try again")
            waiting = await self.call("getUpdates", timeout=0, limit=100)
            # A bot at work polls again within a second and cuts this one off.
            await self.call("getUpdates", timeout=GUARD_S, limit=1) if not waiting else None
        except Revoked:
            raise CannotTry("the token is not accepted: put a valid one in the environment") from None
        except Conflict:
            raise CannotTry("another program polls with this token: stop the bot, then try again") from None
        except BotApiError as error:
            raise CannotTry(f"{error}; look at the network, api_url and proxy") from None
        if waiting and not self.wish.drain:
            raise CannotTry(
                f"{len(waiting)} messages wait for the bot and would be lost: start it once so that it keeps them, "
                "or say --drain to throw them away"
            )

    async def _drain(self) -> None:
        """Empty the backlog by hand: to be asked to drop it does nothing on Bale."""
        gone = 0
        while self.wish.drain and (found := await self.updates(0)):
            gone += len(found)
        self.point("backlog", True, f"{gone} messages thrown away", needed=False)

    async def _meet(self) -> dict[str, Any]:
        word = "smoke-" + secrets.token_hex(4)
        marked = _MARKED.format(name=self.username, word=word)
        self.say(f"now send this to the bot, within {self.wish.patience:.0f} seconds:\n{marked}")
        update = await self.until(lambda one: word in str(inside(one, "message", "text") or ""))
        chat = inside(update or {}, "message", "chat", "id")
        if update is None or not isinstance(chat, int):
            raise CannotTry("the word did not come: nothing else can be tried")
        self.chat = chat
        self.point("getUpdates", True, "the word came")
        await self.tries("11 negative offset", lambda: self._newest(update["update_id"]), needed=False)
        self._units(update["message"])
        link = self.platform.deep_link(self.username, f"A-z_09-{word}")
        self.say(f"now open this link and press start:\n{link}")
        started = await self.until(lambda one: word in str(inside(one, "message", "text") or ""))
        said = str(inside(started or {}, "message", "text") or "")
        held = None if started is None else said == f"/start A-z_09-{word}"
        self.point("12 payload of a link", held, "it came back whole" if held else "it did not come back whole")
        return {"word": update, "start": started}

    async def _newest(self, number: int) -> tuple[bool, str]:
        found = await self.call("getUpdates", offset=-1, limit=1, timeout=0)
        came = bool(found) and inside(found[-1], "update_id") >= number
        return came, "it gives the newest" if came else "it gives nothing"

    def _units(self, message: dict[str, Any]) -> None:
        marks = [one for one in message.get("entities") or [] if isinstance(one, dict) and one.get("type") == "mention"]
        at = marks[0].get("offset") if marks else None
        words = "counted in UTF-16 units" if at == 3 else "counted in characters" if at == 2 else ""
        self.point("6 entities", bool(words) or None, words or "no mention was marked", needed=False)

    async def _texts(self) -> None:
        bold: RichText = (
            Span("some "),
            Span("bold", Style.BOLD),
            Span(" and "),
            Span("italic", Style.ITALIC),
            Span("\nend"),
        )
        link: RichText = (Span("a link", Style.LINK, "https://example.org/a_b"),)
        for name, text in (("sendMessage", (Span("hello"),)), ("formatting", bold), ("link", link)):
            await self.tries(name, lambda text=text: self._shown(text))  # type: ignore[misc]
        raw = "a \\*b\\* `c` *d _e_ f*"
        await self.tries("5 backslash, code and nested marks", lambda: self._raw(raw), needed=False)
        await self.tries("reply", self._reply)
        await self.tries("keyboard", self._keyboard)
        await self.tries("2 edit", self._edit)
        await self.tries("deleteMessage", self._delete)

    async def _shown(self, text: RichText) -> tuple[bool, str]:
        (call,) = self.platform.messages(text)
        told = await self.send(call.method, **call.params)
        said = told.get("text") if isinstance(told, dict) else None
        if said in (None, call.params["text"]) and said != plain(text):
            return True, "taken; it does not say how it is shown: look at the chat"
        return said == plain(text), "shown as meant" if said == plain(text) else "shown otherwise than meant"

    async def _raw(self, text: str) -> str:
        told = await self.send("sendMessage", text=text)
        return f"{text!r} came out as {told.get('text')!r}" if isinstance(told, dict) else "look at the chat"

    async def _reply(self) -> tuple[bool, str]:
        first = await self.send("sendMessage", text="one")
        told = await self.send("sendMessage", text="two", reply_parameters={"message_id": first["message_id"]})
        quotes = isinstance(told, dict) and bool(told.get("reply_to_message"))
        return True, "it quotes" if quotes else "taken; whether it quotes must be seen in the chat"

    async def _keyboard(self) -> str:
        for keyboard in (Keyboard((("one", "two"),)), Keyboard()):
            (call,) = self.platform.messages((Span("keyboard"),), keyboard=keyboard)
            await self.send(call.method, **call.params)
        return "put and taken away"

    async def _edit(self) -> str:
        first = await self.send("sendMessage", text="before the change")
        (call,) = self.platform.messages(
            (Span("after the change"),), ((Button("button", data="x"),),), edit=first["message_id"]
        )
        told = await self.send(call.method, **call.params)
        bare = self.platform.without_buttons(first["message_id"])
        await self.send(bare.method, **bare.params)
        whole = isinstance(told, dict) and told.get("message_id") == first["message_id"]
        return "answered with the message" if whole else f"answered with a stub: {self.record.redacted(told)}"

    async def _delete(self) -> str:
        first = await self.send("sendMessage", text="to be deleted")
        await self.send("deleteMessage", message_id=first["message_id"])
        self.sent.remove(first["message_id"])
        return "gone"

    async def _press(self) -> None:
        rows = ((Button("press this", data="smoke"),),)
        (call,) = self.platform.messages((Span("a button"),), rows)
        try:
            await self.send(call.method, **call.params)
        except BotApiError as error:
            self.point("buttons", False, str(error))
            return
        self.say("now press the button that came")
        update = await self.until(lambda one: inside(one, "callback_query", "data") == "smoke")
        if update is None:
            self.point("buttons", False, "no press came")
            return
        press = update["callback_query"]
        there = [name for name in ("chat_instance", "message") if press.get(name)]
        self.point("1 a press", True, f"has {' and '.join(there) or 'neither chat_instance nor message'}", needed=False)
        answer = self.platform.answer(str(press.get("id")), "seen")
        seen = "shown" if "text" in answer.params else "not shown: an old client"

        async def answered() -> str:
            await self.call(answer.method, **answer.params)
            return seen

        await self.tries("answerCallbackQuery", answered)

    async def _files(self) -> None:
        await self.tries("sendPhoto", self._photo)
        await self.tries("4 sendMediaGroup by attach", self._album, needed=False)
        await self.tries("sendVoice", lambda: self._file("sendVoice", "voice", voice()))
        await self.tries("sendDocument", lambda: self._file("sendDocument", "document", document()))
        await self.tries("sendLocation", self._place)

    async def _photo(self) -> tuple[bool, str]:
        told = await self.send("sendPhoto", files={"photo": photo(0)}, caption="a photo")
        sizes = told.get("photo") if isinstance(told, dict) else None
        if not sizes:
            return False, "it does not say the photo's number"
        again = await self.send("sendPhoto", photo=sizes[-1]["file_id"])
        call = self.platform.changed(self.platform.captioned(0, (Span("another caption"),)))  # type: ignore[arg-type]
        await self.send(call.method, message_id=again["message_id"], **call.params)
        return True, "by upload, by number, and its caption changed"

    async def _album(self) -> tuple[bool, str]:
        parts = [{"type": "photo", "media": f"attach://part{n}"} for n in range(2)]
        told = await self.send("sendMediaGroup", files={f"part{n}": photo(100 + 50 * n) for n in range(2)}, media=parts)
        whole = isinstance(told, list) and len(told) == 2
        return whole, "two photos as one message" if whole else "taken, and it does not say what came of it"

    async def _file(self, method: str, kind: str, upload: Upload) -> tuple[bool, str]:
        told = await self.send(method, files={kind: upload})
        found = told.get(kind) if isinstance(told, dict) else None
        if not isinstance(found, dict):
            return False, f"it became something else than a {kind}"
        file = await self.call("getFile", file_id=found["file_id"])
        path = file.get("file_path") if isinstance(file, dict) else None
        content = await self.api.download(str(path or found["file_id"]))
        same = content == upload.content
        by = "getFile's path" if path else "its number, since getFile names no path"
        return same, f"came back whole by {by}" if same else "came back as something else"

    async def _place(self) -> str:
        await self.send("sendLocation", latitude=30.2839, longitude=57.0834)
        return "taken"

    async def _ways(self) -> None:
        menu = self.platform.commands([("menu", "a trial")])
        await self.tries("13 setMyCommands", lambda: self._said(menu.method, **menu.params))
        scoped = {**menu.params, "scope": {"type": "all_private_chats"}, "language_code": "fa"}
        await self.tries("13 its scope and language", lambda: self._said("setMyCommands", True, **scoped), needed=False)
        for name in ("getChatMemberCount", "getChatMembersCount"):
            await self.tries(f"3 {name}", lambda name=name: self._said(name, True, chat_id=self.chat), needed=False)  # type: ignore[misc]
        await self.tries("14 getChat", self._chat, needed=False)
        strange = {"parse_mode": "HTML", "reply_parameters": {"message_id": 1}, "nobody_knows": 1}
        send = lambda: self._said("sendMessage", True, chat_id=self.chat, text="unknown", **strange)  # noqa: E731
        await self.tries("15 unknown parameters are ignored", send, needed=False)
        await self.tries("11 a second poll", self._second_poll, needed=False)
        self.point("10 rate limits", None, "only use tells; nothing is flooded here", needed=False)

    async def _said(self, method: str, bare: bool = False, **params: JSON) -> str:
        await self.call(method, bare, **params)
        return "taken"

    async def _chat(self) -> str:
        told = await self.call("getChat", chat_id=self.chat)
        return f"tells {', '.join(sorted(told))}" if isinstance(told, dict) else "tells nothing"

    async def _second_poll(self) -> str:
        first = asyncio.create_task(self.record.call(self.api, "getUpdates", {"timeout": GUARD_S, "limit": 1}))
        try:
            await self.clock.wait(0.5)
            await self.call("getUpdates", timeout=0, limit=1)
            await first
        except Conflict:
            return "one of the two is refused"
        finally:
            await asyncio.gather(first, return_exceptions=True)
        return "both are answered: nothing guards against two programs on one token"

    def _shapes(self, met: dict[str, Any]) -> None:
        message = met["word"]["message"]
        present = {"from.is_bot": inside(message, "from", "is_bot"), "chat.type": inside(message, "chat", "type")}
        lacking = [name for name, value in present.items() if value is None]
        words = f"missing: {', '.join(lacking)}" if lacking else "all there"
        self.point("1 is_bot and chat.type", not lacking, words, needed=False)
        self.point("7 sign of groups' numbers", None, "no group was tried", needed=False)

    async def _large(self) -> None:
        if not self.wish.large:
            self.point("9 largest upload", None, "say --large", needed=False)
            return
        for size in LARGE:
            send = lambda size=size: self._sized(size)  # noqa: E731
            await self.tries(f"9 upload of {size:,} bytes", send, needed=size <= self.platform.can.upload_limit)

    async def _sized(self, size: int) -> str:
        await self.send("sendDocument", files={"document": document(size)})
        return "taken"

    async def _webhook(self) -> None:
        if not self.wish.webhook:
            self.point("8 webhook", None, "say --webhook URL", needed=False)
            return

        async def there_and_back() -> tuple[bool, str]:
            await self.call("setWebhook", url=self.wish.webhook)
            info = await self.call("getWebhookInfo")
            await self.call("deleteWebhook")
            left = await self.call("getWebhookInfo")
            kept = isinstance(info, dict) and info.get("url") == self.wish.webhook
            gone = not (isinstance(left, dict) and left.get("url"))
            return kept and gone, "set and taken back" if kept and gone else "it is not as it was asked for"

        await self.tries("8 webhook", there_and_back)

    async def _tidy(self) -> None:
        for message in self.sent:
            try:
                await self.send("deleteMessage", message_id=message)
            except BotApiError:
                continue
        try:
            # Confirms what the operator did, and nothing that came after it.
            await self.call("getUpdates", offset=self.offset, limit=1, timeout=0)
        except BotApiError as error:
            self.point("getUpdates", False, str(error))
        if self.strangers:
            self.say(f"{self.strangers} other messages came meanwhile and are lost to the bot")
