"""A stand-in for a messenger, as fast as can be: gives out updates, takes the answers, notes when each of them came.

Far less than the sandbox: no chats, no checks, no page. One process serves any number of bots, told apart by token.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from itertools import count
from typing import Any

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
#: One number of a request, whether it travels as JSON, as form fields or as parts of a form.
_NUMBER = r'%s"?(?:\r\n\r\n|[:=]) *"?(-?\d+)'
_CHAT, _OFFSET, _LIMIT, _TIMEOUT = (
    re.compile((_NUMBER % name).encode()) for name in ("chat_id", "offset", "limit", "timeout")
)
#: What counts as a message: these pass the limit, and the first one to a chat answers its oldest update.
_MESSAGES = re.compile(r"(send(?!ChatAction)|editMessage)\w+")
#: Seconds that a bot may hold a poll open, at most.
POLL_S = 30.0
#: Seconds in which a bot must have asked for updates.
START_S = 30.0


@dataclass(slots=True)
class Order:
    """What one run wants: updates for a bot, at once (`rate` 0) or so many a second, and how long to wait for answers.

    An update is [chat, text], or [chat, data, message] for a pressed button under that message.
    """

    updates: list[list[Any]]
    rate: float = 0.0
    seconds: float = 60.0  #: until it is given up
    #: Messages accepted after which the run is over, whoever they are for; 0: when every update has its answer.
    messages: int = 0


@dataclass(slots=True)
class Bot:
    """One bot as the messenger sees it."""

    waiting: deque[tuple[int, bytes]] = field(default_factory=deque)  #: updates by number, until they are confirmed
    number: int = 0
    polls: list[asyncio.Future[None]] = field(default_factory=list)
    first_poll: float | None = None
    open: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))  #: when asked, by chat
    unanswered: int = 0
    delays: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)  #: when each accepted message came
    window: deque[float] = field(default_factory=deque)
    limit: int = 0  #: messages in any rolling window of so many seconds; 0 for no limit
    window_s: float = 1.0
    refused: int = 0
    calls: int = 0
    #: How many messages each chat was sent, and how many changes; kept from when it is asked for. And how many chats
    #: have got any of either.
    chats: defaultdict[int, list[int]] | None = None
    reached: list[int] = field(default_factory=lambda: [0, 0])
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def ask(self, update: list[Any], now: float) -> None:
        """Hold one update ready for the bot."""
        self.number += 1
        self.waiting.append((self.number, _update(self.number, update)))
        self.open[update[0]].append(now)
        self.unanswered += 1
        for poll in self.polls:
            if not poll.done():
                poll.set_result(None)

    def takes(self, now: float) -> bool:
        """Whether the limit lets one more message in; it counts if so."""
        while self.window and now - self.window[0] >= self.window_s:
            self.window.popleft()
        if self.limit and len(self.window) >= self.limit:
            self.refused += 1
            return False
        if self.limit:
            self.window.append(now)
        return True

    def answered(self, chat: int, now: float, method: str = "") -> None:
        """A message was accepted."""
        self.sent.append(now)
        if self.chats is not None:
            what, got = method.startswith("edit"), self.chats[chat]
            got[what] += 1
            self.reached[what] += got[what] == 1
        asked = self.open.get(chat)
        if asked:
            self.delays.append(now - asked.popleft())
            self.unanswered -= 1
        self.changed.set()


def _update(number: int, update: list[Any]) -> bytes:
    chat, text = update[0], update[1]
    who = {"id": chat, "is_bot": False, "first_name": "A"}
    message: dict[str, Any] = {
        "message_id": update[2] if len(update) > 2 else number,
        "date": 1_800_000_000,
        "chat": {"id": chat, "type": "private", "first_name": "A"},
        "from": who,
    }
    if len(update) > 2:
        body = {"callback_query": {"id": str(number), "from": who, "message": message, "data": text}}
        return json.dumps({"update_id": number, **body}).encode()
    entities = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}] if text.startswith("/") else []
    return json.dumps({"update_id": number, "message": {**message, "text": text, "entities": entities}}).encode()


def _field(pattern: re.Pattern[bytes], body: bytes, otherwise: int) -> int:
    found = pattern.search(body)
    return int(found[1]) if found else otherwise


class Stub:
    """Every bot, and what they are asked to do."""

    def __init__(self) -> None:
        self.bots: defaultdict[str, Bot] = defaultdict(Bot)
        self._messages = count(1000)

    async def answer(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Status and JSON for a request."""
        parts = path.split("?")[0].strip("/").split("/")
        if parts[0] == "control":
            return 200, json.dumps(await self._control(parts[1], parts[2], json.loads(body or b"{}"))).encode()
        bot, method = self.bots[parts[0].removeprefix("bot")], parts[-1]
        bot.calls += 1
        if method == "getUpdates":
            return 200, await self._updates(bot, body)
        if _MESSAGES.fullmatch(method):
            return self._message(bot, method, body)
        if method == "getMe":
            me = {"id": 1, "is_bot": True, "first_name": "B", "username": "bench_bot"}
            return 200, json.dumps({"ok": True, "result": me}).encode()
        return 200, b'{"ok":true,"result":true}'

    def _message(self, bot: Bot, method: str, body: bytes) -> tuple[int, bytes]:
        now, chat = time.monotonic(), _field(_CHAT, body, 0)
        if not bot.takes(now):
            said = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 1"}
            return 429, json.dumps({**said, "parameters": {"retry_after": 1}}).encode()
        bot.answered(chat, now, method)
        return 200, (
            b'{"ok":true,"result":{"message_id":%d,"date":1800000000,"chat":{"id":%d,"type":"private",'
            b'"first_name":"A"},"from":{"id":1,"is_bot":true,"first_name":"B","username":"bench_bot"},"text":"x"}}'
        ) % (next(self._messages), chat)

    async def _updates(self, bot: Bot, body: bytes) -> bytes:
        if bot.first_poll is None:
            bot.first_poll = time.monotonic()
            bot.changed.set()
        offset, limit = _field(_OFFSET, body, 0), _field(_LIMIT, body, 100)
        while bot.waiting and bot.waiting[0][0] < offset:
            bot.waiting.popleft()
        if not bot.waiting and (wait := min(_field(_TIMEOUT, body, 0), POLL_S)):
            poll: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            bot.polls.append(poll)
            await asyncio.wait([poll], timeout=wait)
            bot.polls.remove(poll)
        found = [bot.waiting[n][1] for n in range(min(limit, len(bot.waiting)))]
        return b'{"ok":true,"result":[' + b",".join(found) + b"]}"

    # --- what the bench asks ------------------------------------------------------------------------------------------

    async def _control(self, what: str, token: str, asked: dict[str, Any]) -> dict[str, Any]:
        bot = self.bots[token]
        if what == "first-poll":
            end = time.monotonic() + START_S
            while bot.first_poll is None and await _changed(bot, end):
                pass
            return {"at": bot.first_poll}
        if what == "limit":
            bot.limit, bot.window_s = int(asked["most"]), float(asked.get("window", 1.0))
            return {}
        if what == "chats":
            if bot.chats is None:
                bot.chats = defaultdict(lambda: [0, 0])
            return {"chats": list(bot.chats.items())}
        if what == "reached":
            return {"reached": bot.reached}
        return await self._run(bot, Order(**asked))

    async def _run(self, bot: Bot, order: Order) -> dict[str, Any]:
        bot.delays, bot.sent, bot.refused, calls = [], [], 0, bot.calls
        begin = time.monotonic()
        for n, update in enumerate(order.updates):
            if order.rate and (early := begin + n / order.rate - time.monotonic()) > 0:
                await asyncio.sleep(early)
            bot.ask(update, time.monotonic())
        end = begin + order.seconds
        while bot.unanswered or len(bot.sent) < order.messages:
            if not await _changed(bot, end):
                break
        return {
            "begin": begin,
            "seconds": time.monotonic() - begin,
            "delays": bot.delays,
            "sent": bot.sent,
            "refused": bot.refused,
            "calls": bot.calls - calls,
            "unanswered": bot.unanswered,
        }


async def _changed(bot: Bot, end: float) -> bool:
    """Wait until something happens at this bot; False when it is too late."""
    bot.changed.clear()
    try:
        async with asyncio.timeout(max(0.0, end - time.monotonic())):
            await bot.changed.wait()
    except TimeoutError:
        return False
    return True


class Connection(asyncio.Protocol):
    """One connection: requests one after the other, each with a length."""

    def __init__(self, stub: Stub) -> None:
        self._stub = stub
        self._read = bytearray()
        self._transport: asyncio.Transport
        self._work: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        if self._work is None or self._work.done():
            self._work = asyncio.ensure_future(self._serve())

    async def _serve(self) -> None:
        while (head := self._read.find(b"\r\n\r\n")) >= 0:
            length = _LENGTH.search(self._read, 0, head + 2)
            end = head + 4 + (int(length[1]) if length else 0)
            if len(self._read) < end:
                return
            path, body = self._read[: self._read.index(b"\r")].split()[1].decode(), bytes(self._read[head + 4 : end])
            del self._read[:end]
            status, said = await self._stub.answer(path, body)
            self._transport.write(
                b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                % (status, len(said), said)
            )


async def serve() -> None:
    """Serve on a free port, which is printed, until standard input ends."""
    stub, loop = Stub(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(stub), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve())
