"""Plays a number of steps against the real bot over real HTTP, and judges after every round."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import hashlib
import io
import random
import re
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import jobs
from sandbox.files import sample
from sandbox.messenger import Messenger
from sandbox.model import Call, Message, Sender
from storage.tx import Tx
from tests.fuzz import cast, harm
from tests.fuzz.judge import Judge, Wrong
from tests.fuzz.seen import CODES, Step
from tests.fuzz.steps import Player
from tests.listening import listened
from tests.town import Town, make_town

PLATFORMS = ("telegram", "bale")
#: Steps of one round, rounds between two restarts, and rounds after which everybody has their seat again.
ROUND, RESTART, SEATS = 60, 60, 8
#: Seconds between two rounds, and how often each: hours and days must pass too, and unfinished talks close after three.
PAUSES, PAUSES_ODDS = (3, 60, 300, 3600, 14_400, 86_400), (10, 30, 30, 20, 8, 2)
#: Looks, a second apart, after which a bot that is still busy with a round has hung: a round takes a fraction of one.
REST = 60
#: Messages of a chat that the messenger remembers; older ones are beyond changing, as on a real one after two days.
KEPT = 300
#: Megabytes that the process may have grown by since the first quarter, the messengers and their chats included. These
#: fill up to `KEPT` until the end, and a month as buttons makes a message of some 20 kB: 20,000 steps grew by 78 MB
#: alone and by 121 MB in the midst of the whole suite, nearly all of it in the messengers.
GROWTH = 160
#: What two runs of a seed may differ in: which of several chats got its message first, and links, which are secrets.
_FREE = re.compile(r'"message_id": \d+|"/start [\w-]+"')
_LINK = re.compile(r"[?&]start=([A-Za-z0-9_-]{1,64})")


#: Told now and then: steps so far, steps a second, megabytes.
Say = Callable[[int, float, float], None]


class Found(Exception):
    """Something that must never be."""

    def __init__(self, seed: int, wrong: list[Wrong], steps: list[Step]) -> None:
        self.wrong = wrong
        first, last = (steps[0].number, steps[-1].number) if steps else (0, 0)
        lines = [f"seed {seed}: after steps {first} to {last}"]
        for one in {one.why: one for one in reversed(wrong)}.values():
            lines += [f"  {one.why}", f"    {one.about[:1500]}"]
            lines += [f"    step {step.number} ({step.what}): {step.body[:700]}" for step in _near(steps, one)]
        lines.append(f"again: python -m tests.fuzz --seed {seed} --count {last}")
        super().__init__("\n".join(lines))


def _near(steps: list[Step], wrong: Wrong) -> list[Step]:
    """The steps that may have led to it: those that share a word or a number with it, else the last."""
    tokens = set(re.findall(r"zq[a-z]+qz|\b\d{4,}\b", wrong.about))
    near = [step for step in steps if tokens & set(re.findall(r"zq[a-z]+qz|\b\d{4,}\b", step.body))]
    return (near or steps)[-2:]


@dataclass(frozen=True, slots=True)
class Report:
    """What was played. `trace` is the same for the same seed and count,
    as long as the machine is quick enough for messages to leave in the same order."""

    steps: int
    seconds: float
    trace: str
    grown_mb: float
    counted: dict[str, int]
    whats: dict[str, int]


async def play(folder: Path, seed: int, count: int, *, url: str = "", say: Say | None = None) -> Report:
    """Raises `Found` at the first round after which something is wrong."""
    # Jobs are looked at when the game says so, and not whenever its clock is moved.
    with listened("info") as log, pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "LOOK_S", 10**9)
        async with make_town(folder, url) as town:
            return await _Game(town, seed, log).play(count, say)


class _Game:
    def __init__(self, town: Town, seed: int, log: io.StringIO) -> None:
        self.town, self.seed, self.log = town, seed, log
        self.chance = random.Random(f"rounds {seed}")
        self.codes = random.Random(f"codes {seed}")
        boxes = town.sandbox.messengers
        files = {name: _files(box) for name, box in boxes.items()}
        self.player = Player(seed, boxes, files, town.app.book.commands)
        self.judge = Judge(log)
        self.trace = hashlib.sha256()
        self.read: dict[str, int] = dict.fromkeys(PLATFORMS, 0)
        self.whats: dict[str, int] = {}

    async def play(self, count: int, say: Say | None) -> Report:
        await self._settle()
        began, done, rounds, early = time.perf_counter(), 0, 0, 0.0
        while done < count:
            size = min(ROUND, count - done)
            await self._round(PLATFORMS[rounds % 2], done + 1, size)
            done, rounds = done + size, rounds + 1
            if rounds % RESTART == 0:
                await self._restart()
            if rounds % SEATS == 0:
                await self._seats()
            if not early and done >= count / 4:
                early = _megabytes()
            if say and rounds % 80 == 0:
                say(done, done / (time.perf_counter() - began), _megabytes())
        await self._alive()
        grown = _megabytes() - early
        if grown > GROWTH:
            raise AssertionError(f"seed {self.seed}: the process grew by {grown:.0f} MB in {count} steps")
        counted = self.judge.counted
        seconds = time.perf_counter() - began
        return Report(done, seconds, self.trace.hexdigest()[:16], grown, counted, dict(sorted(self.whats.items())))

    # --- the town ---------------------------------------------------------------------------------------------

    async def _settle(self) -> None:
        self._calm()
        for box in self.town.sandbox.messengers.values():
            for one in cast.CAST:
                box.by_chat.setdefault(one.user, [])
        await self._seats()

    async def _restart(self) -> None:
        await self.town.restart()
        self._calm()

    def _calm(self) -> None:
        """Codes are drawn by the seed."""
        object.__setattr__(self.town.app.town, "random", self.codes.randrange)

    async def _seats(self) -> None:
        now = self.town.clock.seconds()

        def give(tx: Tx) -> None:
            cast.seat(tx, PLATFORMS, now)
            self.judge.seated(tx)

        await self.town.run(give)

    # --- a round ----------------------------------------------------------------------------------------------

    async def _round(self, platform: str, first: int, size: int) -> None:
        town, box = self.town, self.town.sandbox.messengers[platform]
        town.clock.move(self.chance.choices(PAUSES, PAUSES_ODDS)[0])
        started = self.player.now = town.clock.seconds()
        # What waited for this hour goes first: otherwise its place among the answers would be left to chance.
        town.app.turns.wake()
        for sender in town.app.senders.values():
            sender.wake()  # it may just have begun to wait for a moment that is past now
        await self._quiet([])
        self.player.round(platform)
        steps = [self.player.step(first + n) for n in range(size)]
        for step in steps:
            self.trace.update(f"{step.platform} {step.what} {_FREE.sub('', step.body)}\n".encode("utf-8", "replace"))
            self.whats[step.what] = self.whats.get(step.what, 0) + 1
            self.judge.sent(step)
            for chat in harm.chats_in(step.update):
                box.by_chat.setdefault(chat, [])
            number = step.update["update_id"] if _is_usable(step.update) else box.number("update")
            box.queue(number, step.body)
        self._watch(box)
        await self._quiet(steps)
        await town.app.jobs.look()
        await self._quiet(steps)
        calls = [call for name in PLATFORMS for call in town.sandbox.messengers[name].calls]
        wrong = await town.run(lambda tx: list(self.judge.round(tx, calls, started)))
        if town.app.broken.is_set():
            wrong.append(Wrong("a part of the bot ended", ""))
        if wrong:
            raise Found(self.seed, wrong, steps)
        await self._remember(calls)

    def _watch(self, box: Messenger) -> None:
        """A good update behind the odd ones: it confirms them, and its answer shows that they held up nobody."""
        user = {"id": cast.WATCHER, "first_name": "x", "is_bot": False}
        chat = {"id": cast.WATCHER, "type": "private"}
        box.by_chat.setdefault(cast.WATCHER, [])
        message = {"message_id": 1, "date": self.player.now, "from": user, "chat": chat, "text": "/help"}
        box.update("message", message)

    async def _quiet(self, steps: list[Step]) -> None:
        rest = asyncio.create_task(self._rest())
        # Counted in looks and not by the clock: a machine that stands still for a while is no fault of the bot.
        for _ in range(REST):
            if (await asyncio.wait({rest}, timeout=1))[0]:
                return await rest
            if self.town.app.broken.is_set():
                break
        rest.cancel()
        await asyncio.wait({rest})
        raise Found(self.seed, [Wrong("the bot does not come to rest", self.log.getvalue()[-2000:])], steps)

    async def _rest(self) -> None:
        """Until everything that came in is confirmed and answered, and everything that may go has gone."""
        town = self.town
        while any(town._pending().values()):
            await town.sandbox.pulse.wait(0.02)
        while not await town.app.database.run(town._still):
            await town.sandbox.pulse.wait(0.01)

    async def _alive(self) -> None:
        for platform in PLATFORMS:
            one = self.town.person(platform, cast.WATCHER)
            before = len(one.heard)
            await one.says("/help")
            assert len(one.heard) == before + 1, f"seed {self.seed}: {platform} no longer answers"

    # --- what was shown ---------------------------------------------------------------------------------------

    async def _remember(self, calls: list[Call]) -> None:
        """Everything that can be pressed or said from now on, chat by chat: between chats the order is chance."""
        town = self.town
        for platform in PLATFORMS:
            box = town.sandbox.messengers[platform]
            edited = {
                int(c.params["message_id"]) for c in calls if c.platform == platform and c.method.startswith("edit")
            }
            edited = {number for number in edited if number in box.messages}
            new = {*range(self.read[platform] + 1, box.facts["next_message"]), *edited} & box.messages.keys()
            self.read[platform] = box.facts["next_message"] - 1
            for message in sorted((box.messages[n] for n in new), key=lambda one: (one.chat, one.message_id)):
                if message.sender is Sender.BOT:
                    self._note(platform, message)
            _forget(box)
        rows = await town.app.database.read(
            lambda tx: tx.all("SELECT code FROM cases ORDER BY id DESC LIMIT :most", most=CODES)
        )
        self.player.seen.codes = [row["code"] for row in rows]

    def _note(self, platform: str, message: Message) -> None:
        seen = self.player.seen
        buttons = [str(one["callback_data"]) for row in message.inline for one in row if "callback_data" in one]
        seen.message((platform, message.chat), message.message_id, buttons, self.chance)
        for row in message.keyboard or []:
            for button in row:
                seen.said.setdefault(str(button["text"]))
        for payload in _LINK.findall(f"{message.text} {message.inline} {message.entities}"):
            seen.link(payload)


def _forget(box: Messenger) -> None:
    """The messengers' own memory must not be taken for the bot's."""
    box.calls.clear()
    for chat in list(box.by_chat):
        lines = box.by_chat[chat]
        for message in lines[:-KEPT]:
            box.messages.pop(message.message_id, None)
        del lines[:-KEPT]
    box.queries.clear()


def _is_usable(update: Any) -> bool:
    number = update.get("update_id") if isinstance(update, dict) else None
    return type(number) is int and number in harm.NUMBERS


def _files(box: Messenger) -> dict[str, str]:
    """One file of every kind that the messenger really has."""
    numbers = {}
    for kind in ("photo", "voice", "video", "document", "sticker"):
        numbers[kind] = box.store_file(kind, sample(kind)).file_id
    for kind in ("video_note", "animation", "audio"):
        made = box.store_file("video" if kind != "audio" else "voice", sample("video" if kind != "audio" else "voice"))
        box.files[made.file_id] = dataclasses.replace(made, kind=kind)
        numbers[kind] = made.file_id
    return numbers


def _megabytes() -> float:
    """What the process holds in memory now; where that cannot be read, the most it ever held."""
    with contextlib.suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() / 2**20
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)
