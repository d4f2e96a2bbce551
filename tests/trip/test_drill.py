"""The drill: saved in the midst of work, destroyed, put back; and every case confirmed before is there."""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.database import open_database
from sandbox.server import Sandbox
from storage import cases, places
from storage.places import NewPlace
from tests.storage.conftest import drop_database, server
from tests.town import TOKENS, _places, plain
from tests.trip.process import Process

Who = tuple[str, int]
RESIDENTS: list[Who] = [(name, number) for number in (1001, 1002) for name in ("telegram", "bale")]


@dataclass
class Town:
    """A town run by a process, and what its people were told."""

    sandbox: Sandbox
    process: Process
    folder: Path
    #: Text of every report whose receipt has arrived, by its tracking code.
    confirmed: dict[str, str] = field(default_factory=dict)
    busy: bool = True

    def said(self, who: Who) -> list[dict[str, Any]]:
        return [line for line in self.sandbox.transcript(*who) if line["from"] == "bot"]

    async def press(self, who: Who, label: str, after: int = 0) -> None:
        """Press a button as soon as a message newer than the one named shows it."""

        def shown() -> tuple[int, str] | None:
            for line in reversed(self.said(who)):
                for button in (button for row in line["buttons"] for button in row):
                    if plain(button["text"]) == label and line["message_id"] > after:
                        return line["message_id"], button["text"]
            return None

        message, text = await self.sandbox.wait_for(shown, timeout=30)
        self.sandbox.press(*who, text, message_id=message)

    async def settles(self, who: Who) -> None:
        self.sandbox.say(*who, "/start")
        for label in ("می‌پذیرم", "کرمان", "محلهٔ شهر"):
            await self.press(who, label)

    async def reports(self, who: Who, number: int) -> None:
        text = f"چراغ کوچه خاموش است {who[0]} {who[1]} {number}"
        said = self.sandbox.say(*who, text)
        for label in ("بدون نشانی", "نمی‌دانم", "ثبت گزارش"):
            await self.press(who, label, after=said)

        def receipt() -> str | None:
            codes = [code for line in self.said(who) for code in re.findall(r"^\d{8}$", plain(line["text"]), re.M)]
            return next((code for code in codes if code not in self.confirmed), None)

        self.confirmed[await self.sandbox.wait_for(receipt, timeout=30)] = text

    async def lives(self, who: Who) -> None:
        """Report again and again, until told to stop."""
        number = 0
        while self.busy:
            await self.reports(who, number)
            number += 1

    async def verb(self, *words: str) -> str:
        """A verb of the command line, as an operator gives it beside the bot."""
        done = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *words, cwd=self.folder, env=self.process._env,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        async with asyncio.timeout(60):
            told, _ = await done.communicate()
        assert done.returncode == 0, told.decode()
        return told.decode()

    async def texts(self) -> dict[str, str]:
        """What the database holds: text by code."""
        database = await open_database(self.process.url, now=0, alone=False)
        try:
            return {one.code: one.text for one in await database.read(lambda tx: cases.every(tx, 0, 10_000))}
        finally:
            await database.close()


@asynccontextmanager
async def make_town(folder: Path, url: str) -> AsyncIterator[Town]:
    sandbox = Sandbox(TOKENS)
    await sandbox.start()
    process = Process(folder, url, sandbox, LIMITS__REPORTS_PER_DAY="1000")
    found: list[NewPlace] = _places(("محلهٔ شهر",))
    database = await open_database(url, now=0, alone=False)
    await database.run(lambda tx: places.put(tx, found))
    await database.close()
    try:
        await process.up()
        yield Town(sandbox, process, folder)
    finally:
        await process.gone()
        await sandbox.stop()


def destroy(town: Town) -> None:
    """As a disk that is gone: nothing of the database is left."""
    if town.process.url.startswith("sqlite"):
        shutil.rmtree(Path(town.process.url.removeprefix("sqlite:///")).parent)
        return
    name = town.process.url.rpartition("/")[2]
    drop_database(name)
    with server() as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")


async def _together(works: list[Callable[[], Awaitable[None]]]) -> None:
    async with asyncio.TaskGroup() as group:
        for work in works:
            group.create_task(work())  # type: ignore[arg-type]


async def test_every_case_confirmed_before_the_backup_survives_the_loss_of_everything(tmp_path: Path, url: str) -> None:
    async with make_town(tmp_path, url) as town:
        await _together([lambda who=who: town.settles(who) for who in RESIDENTS])  # type: ignore[misc]
        async with asyncio.TaskGroup() as people:
            for who in RESIDENTS:
                people.create_task(town.lives(who))
            await town.sandbox.wait_for(lambda: len(town.confirmed) >= 2 * len(RESIDENTS), timeout=30)
            before = dict(town.confirmed)
            told = await town.verb("backup", "town.backup")
            during = dict(town.confirmed)
            await town.sandbox.wait_for(lambda: len(town.confirmed) > len(during), timeout=30)
            town.busy = False
        after = dict(town.confirmed)
        await town.process.kill()
        destroy(town)
        await town.verb("restore", "town.backup")
        found = await town.texts()

        assert before.items() <= found.items() <= after.items()
        assert len(before) < len(after)
        assert f" {len(found)} cases, {len(RESIDENTS)} people" in told
        # And it is a town at work, not only rows: the old are found, a new one gets a number of its own.
        await town.process.up()
        who = RESIDENTS[0]
        code, text = next((code, text) for code, text in before.items() if f" {who[0]} {who[1]} " in text)
        shown = len(town.said(who))
        town.sandbox.say(*who, f"/track {code}")
        await town.sandbox.wait_for(lambda: any(text in plain(one["text"]) for one in town.said(who)[shown:]))
        town.sandbox.say(*RESIDENTS[1], "/cancel")  # what was being written at the moment of the backup is open again
        await town.reports(RESIDENTS[1], 1000)
        assert (await town.texts()).items() > found.items()
