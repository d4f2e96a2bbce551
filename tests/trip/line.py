"""A sender alone: real database, real HTTP to the sandbox, and rows written as turns write them."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.database import Database, open_database
from bot.messenger import Messenger
from bot.platforms import PLATFORMS
from bot.send import Sender
from bot.store import Store
from bot.transport import BotApi
from sandbox.server import Sandbox
from storage import outbox, people
from storage.outbox import Class
from storage.tx import Tx
from tests.town import START, TOKENS


class Line:
    """One messenger and its sender; `open` starts the sender, so that rows may be written before."""

    def __init__(self, sandbox: Sandbox, database: Database, clock: Clock, messenger: Messenger, store: Store) -> None:
        self.sandbox, self.database, self.clock, self.messenger = sandbox, database, clock, messenger
        self.platform = messenger.platform.name
        self.sender = Sender(messenger, database, clock, store)

    def meet(self, *chats: int) -> None:
        """These people have written once, so that the bot may write to them."""
        for chat in chats:
            self.sandbox.say(self.platform, chat, "hello")

    async def write(self, chat: int, *texts: str, cls: Class = Class.ANSWER, **more: Any) -> None:
        """Rows to be sent to a chat."""

        def put(tx: Tx) -> None:
            lane = people.lane_id(tx, self.messenger.id, chat)
            for text in texts:
                body = outbox.body(tx, more.get("method", "sendMessage"), json.dumps({"text": text}))
                rest = {name: value for name, value in more.items() if name != "method"}
                now = self.clock.seconds()
                outbox.put(tx, bot=self.messenger.id, lane=lane, cls=cls, body=body, now=now, **rest)

        await self.database.run(put)
        self.sender.wake()

    def heard(self, chat: int) -> list[str]:
        """What the bot said there, repeats too."""
        return [line["text"] for line in self.sandbox.transcript(self.platform, chat) if line["from"] == "bot"]

    def sent(self) -> list[str]:
        """Everything that arrived, in its order."""
        calls = self.sandbox.calls(self.platform, method="sendMessage")
        return [str(call.params["text"]) for call in calls if call.ok]

    async def until(self, wanted: Callable[[], Any], *, tick: float = 0) -> None:
        """Look again and again until it is so, while the clock goes by `tick` seconds each time."""
        end = time.monotonic() + 10
        while not wanted():
            assert time.monotonic() < end, (self.sent(), self.sandbox.state())
            self.clock.move(tick)
            await self.sandbox.pulse.wait(0.01)

    async def rest(self) -> None:
        """Give a sender that would wrongly go on every chance to do it: the clock stands, so a right one does not."""
        for _ in range(10):
            await self.database.read(lambda tx: tx.all("SELECT 1"))
            await self.sandbox.pulse.wait(0.005)

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query finds, as plain tuples."""
        found: list[Any] = list(await self.database.read(lambda tx: tx.all(sql)))
        return [tuple(row.values() if isinstance(row, dict) else row) for row in found]


@asynccontextmanager
async def make_lines(
    url: str, *platforms: str, clock: Clock | None = None, **pace: float
) -> AsyncIterator[dict[str, Line]]:
    """Lines by messenger over one database; no limits unless given, a clock that stands still."""
    clock = clock or Clock.fixed(START)
    sandbox = Sandbox({name: TOKENS[name] for name in platforms}, None, lambda: clock.now().timestamp())
    await sandbox.start()
    database = await open_database(url, now=clock.seconds())
    limits = {"per_second": 0.0, "per_chat": 0.0, "burst": 0, **pace}
    lines: dict[str, Line] = {}
    apis = []
    folder = tempfile.mkdtemp()  # for photos and voices
    try:
        for name in platforms:
            api = BotApi(PLATFORMS[name], TOKENS[name], sandbox.api_url(name), connect=5, read=5)
            apis.append(await api.__aenter__())
            bot = await database.run(lambda tx, name=name: people.bot_id(tx, name, 1, name))  # type: ignore[misc]
            messenger = Messenger(bot, PLATFORMS[name], api, name, **limits)  # type: ignore[arg-type]
            lines[name] = Line(sandbox, database, clock, messenger, Store(Path(folder)))
        yield lines
    finally:
        for line in lines.values():
            await line.sender.close(1)
        for api in apis:
            await api.__aexit__(None, None, None)
        await database.close()
        await sandbox.stop()
        shutil.rmtree(folder)


@contextmanager
def writing_blocked(url: str, table: str) -> Iterator[Callable[[], object]]:
    """Nobody else can write to the table (on SQLite: at all), until the function is called."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as beside:
            beside.execute("BEGIN IMMEDIATE")
            yield lambda: beside.execute("ROLLBACK")
        return
    import psycopg

    with closing(psycopg.connect(url)) as connection:
        connection.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        yield connection.rollback


@asynccontextmanager
async def running(*lines: Line) -> AsyncIterator[None]:
    """Their senders at work; afterwards stopped as a bot that stops does it."""
    tasks = [asyncio.create_task(line.sender.run()) for line in lines]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for line in lines:
            await line.sender.close(2)
