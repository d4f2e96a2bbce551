"""A whole town for tests: the real bot over real HTTP against the sandbox, on a clock that moves when told."""

from __future__ import annotations

import io
import time
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from bot.app import App
from bot.clock import Clock
from bot.settings import Bale, People, Settings, Storage, Telegram
from domain.permissions import Role
from domain.persian import search_key, sort_key
from sandbox.server import Sandbox
from storage import inbox, outbox, people, places
from storage.outbox import Class
from storage.places import NewPlace
from storage.tx import Tx

T = TypeVar("T")

TOKENS = {"telegram": "7001:telegram-secret", "bale": "8001:bale-secret"}
#: A Wednesday morning in Tehran, ۱۳ آبان ۱۴۰۵: two working days later is Sunday.
START = datetime(2026, 11, 4, 6, 0, tzinfo=UTC)
#: Real seconds that the bot may take to come to rest, on a slow machine too.
QUIET_S = 60
_ISOLATES = {ord(mark): None for mark in "\u200f\u2066\u2067\u2068\u2069\u2060"}


@dataclass(frozen=True)
class Person:
    """Somebody in the town, on one messenger."""

    town: Town
    platform: str
    id: int

    async def says(self, text: str) -> None:
        self.town.sandbox.say(self.platform, self.id, text)
        await self.town.quiet()

    async def presses(self, label: str) -> None:
        """Presses the newest button whose label reads so."""
        labels = {plain(label): label for label in self.town.sandbox.buttons(self.platform, self.id)}
        self.town.sandbox.press(self.platform, self.id, labels[label])
        await self.town.quiet()

    async def forges(self, data: str) -> None:
        self.town.sandbox.press(self.platform, self.id, data=data, forged=True)
        await self.town.quiet()

    @property
    def chat(self) -> list[dict[str, Any]]:
        return self.town.sandbox.transcript(self.platform, self.id)

    @property
    def heard(self) -> list[str]:
        """What the bot said, oldest first, as it reads now."""
        return [plain(line["text"]) for line in self.chat if line["from"] == "bot" and not line["deleted"]]

    @property
    def last(self) -> str:
        return self.heard[-1]

    @property
    def buttons(self) -> list[str]:
        """Labels under the newest message that has any."""
        for line in reversed(self.chat):
            if line["from"] == "bot" and line["buttons"]:
                return [plain(button["text"]) for row in line["buttons"] for button in row]
        return []

    def data_of(self, label: str) -> str:
        """What the newest button with this label carries."""
        for line in reversed(self.chat):
            for row in line["buttons"] or []:
                for button in row:
                    if plain(button["text"]) == label:
                        return str(button["data"])
        raise LookupError(label)

    async def settles(self, neighborhood: str = "محلهٔ شهر") -> None:
        """Agrees and joins: county, then the neighbourhood of the county's only town."""
        await self.says("/start")
        await self.presses("می‌پذیرم")
        await self.presses("کرمان")
        await self.presses(neighborhood)

    async def reports(self, text: str) -> str:
        """Submits a report without an address or a subject; the tracking code."""
        await self.says(text)
        await self.presses("بدون نشانی")
        await self.presses("نمی‌دانم")
        await self.presses("ثبت گزارش")
        return next(line for line in self.last.splitlines() if line.isdigit() and line.isascii())


def plain(text: str) -> str:
    """Without the invisible marks that keep directions apart."""
    return text.translate(_ISOLATES)


class Town:
    """The bot and its messengers. `restart` kills nothing softly: the app is closed and opened on the same database."""

    def __init__(self, sandbox: Sandbox, url: str, clock: Clock, settings: Settings) -> None:
        self.sandbox, self.url, self.clock, self.settings = sandbox, url, clock, settings
        self.out = io.StringIO()
        #: The last class of messages that `quiet` waits for; a test that holds back broadcasts waits for the others.
        self.waits_for = Class.BROADCAST
        self.app: App

    def person(self, platform: str, number: int) -> Person:
        return Person(self, platform, number)

    async def quiet(self) -> None:
        """Wait until everything that was said is answered and delivered."""
        await self.sandbox.wait_for(lambda: not any(self._pending().values()))
        end = time.monotonic() + QUIET_S
        # Through the one who writes: between two looks of a reader a message may pass from one messenger to the other.
        while not await self.app.database.run(self._still):
            assert time.monotonic() < end, "something waits that nobody looks after"
            await self.sandbox.pulse.wait(0.01)

    def _pending(self) -> dict[str, int]:
        state = self.sandbox.state()
        return {name: state[name]["pending"] for name in self.sandbox.messengers if name in self.names}

    @property
    def names(self) -> set[str]:
        return {messenger.platform.name for messenger in self.app.messengers.values()}

    def _still(self, tx: Tx) -> bool:
        now = self.clock.seconds()
        takes = inbox.take(tx, now, 1) if tx.dialect == "sqlite" else _pg_take(tx, now)
        # Those of a lower class come first.
        return not takes and not any(
            row.cls <= self.waits_for for bot in self.app.messengers for row in outbox.ready(tx, bot, now, 1)
        )

    async def run(self, function: Callable[[Tx], T]) -> T:
        return await self.app.database.run(function)

    async def grant(self, person: Person, role: Role, written: str = "") -> None:
        """Give somebody who has written once a role, as the command line does."""

        def give(tx: Tx) -> None:
            number = people.find_account(tx, person.platform, person.id)
            place = places.written(tx, written)
            assert number is not None
            assert place is not None
            people.grant(tx, number, role, place.id, self.clock.seconds())

        await self.run(give)

    async def passes(self, seconds: float) -> None:
        """Let time pass, and do what fell due."""
        self.clock.move(seconds)
        await self.app.jobs.look()
        self.app.turns.wake()
        await self.quiet()

    async def restart(self) -> None:
        await self.app.__aexit__(None, None, None)
        await self.open()

    async def open(self) -> None:
        urls = {name: self.sandbox.api_url(name) for name in self.sandbox.messengers}
        tokens = {name: TOKENS[name] for name in self.sandbox.messengers}
        self.app = App(self.settings, self.clock, api_urls=urls, tokens=tokens, out=self.out)
        await self.app.__aenter__()


def _pg_take(tx: Tx, now: int) -> list[Any]:
    # The worker's own query locks, which a reader may not.
    return tx.all(
        "SELECT i.id FROM inbox i JOIN lanes l ON l.id = i.lane "
        "WHERE i.state = 'waiting' AND l.held_until <= :now LIMIT 1",
        now=now,
    )


@asynccontextmanager
async def make_town(
    folder: Path,
    url: str = "",
    *,
    platforms: tuple[str, ...] = ("telegram", "bale"),
    limits: Mapping[str, Any] | None = None,
    neighborhoods: tuple[str, ...] = ("محلهٔ شهر", "شهرک مطهری", "خواجه خضر"),
    switches: Collection[str] = (),
) -> AsyncIterator[Town]:
    """A town with one county of one settlement; no rate limits unless given, and Bale's switches off but for these.

    `limits` are any settings that the messengers have in common.
    """
    clock = Clock.fixed(START)
    tokens = {name: TOKENS[name] for name in platforms}
    on = {"bale": dict.fromkeys(switches, True)} if switches else None
    sandbox = Sandbox(tokens, None, lambda: clock.now().timestamp(), clock.move, on)
    await sandbox.start()
    pace = dict(limits or {"per_second": 0, "per_chat": 0, "burst": 0})
    settings = Settings(
        storage=Storage(url=url or f"sqlite:///{folder / 'data' / 'town.db'}"),
        telegram=Telegram(**pace),
        bale=Bale(**pace),
        people=People(operator="استانداری کرمان", key_path=str(folder / "data" / "people.key")),
    )
    town = Town(sandbox, settings.storage.url, clock, settings)
    try:
        await town.open()
        await town.run(lambda tx: places.put(tx, _places(neighborhoods)))
        yield town
    finally:
        if hasattr(town, "app"):
            await town.app.__aexit__(None, None, None)
        await sandbox.stop()


def _places(neighborhoods: tuple[str, ...]) -> list[NewPlace]:
    found = [
        _place("county", "kerman", "/kerman/", "/", "کرمان"),
        _place("settlement", "city", "/kerman/city/", "/kerman/", "شهر کرمان"),
        _place("county", "bam", "/bam/", "/", "بم"),
        _place("settlement", "city", "/bam/city/", "/bam/", "شهر بم"),
        _place("neighborhood", "arg", "/bam/city/arg/", "/bam/city/", "محلهٔ ارگ"),
    ]
    for n, name in enumerate(neighborhoods, 1):
        found.append(_place("neighborhood", f"n{n}", f"/kerman/city/n{n}/", "/kerman/city/", name, has_council=n != 3))
    return found


def _place(kind: str, slug: str, path: str, parent: str, name: str, *, has_council: bool = False) -> NewPlace:
    return NewPlace(kind, slug, path, parent, name, sort_key(name), search_key(name), has_council=has_council)
