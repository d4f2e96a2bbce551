"""The demonstration: sample people and places, on the sandbox, on a database of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol, TypeAlias

import structlog

from bot import importing, logs
from bot.app import HERE, App, CannotStart, serve
from bot.clock import Clock
from bot.messenger import Messenger
from bot.settings import Settings
from bot.time_machine import TimeMachine
from domain.permissions import Role
from handlers.everyone.welcome import VERSION
from storage import people, places
from storage.places import Place
from storage.tx import Tx

log = structlog.get_logger()

DATABASE = "sqlite:///data/sandbox.db"
STORE = Path("data/sandbox-chats.db")
CLOCK = Path("data/sandbox-clock")
#: Tokens that only the sandbox knows: a real messenger would refuse them.
TOKENS = {"telegram": "1:sandbox-telegram", "bale": "2:sandbox-bale"}
COORDINATOR, ADMINISTRATOR = 1003, 1004


class LocalMessengers(Protocol):
    """What the demonstration needs of the sandbox. It is handed in, since this room does not know the sandbox."""

    async def start(self, host: str, port: int) -> str: ...
    async def stop(self) -> None: ...
    def api_url(self, platform: str) -> str: ...
    def say(self, platform: str, person: int, text: str) -> int: ...


#: Makes them: tokens by messenger, the file they remember in, their clock, and what moves it (seconds).
Make: TypeAlias = Callable[[Mapping[str, str], Path, Callable[[], float], Callable[[float], None]], LocalMessengers]


def run(settings: Settings, make: Make) -> int:
    """`mahalleyar demo`: the bot and the chat page, until told to stop. The exit status."""
    if settings.messengers:
        sys.stderr.write("a token is given, so the sandbox does not start: use `run`, or take the token away\n")
        return 1
    logs.setup(settings.logs.form, "warning")
    logs.guard_uncaught()
    try:
        os.umask(0o077)
        STORE.parent.mkdir(mode=0o700, exist_ok=True)
        if first_time := not STORE.exists():
            CLOCK.unlink(missing_ok=True)
        return asyncio.run(_demo(settings, make, first_time=first_time))
    except CannotStart as error:
        sys.stderr.write(f"{error}\n")
        return 1


async def _demo(settings: Settings, make: Make, *, first_time: bool) -> int:
    clock = Clock()
    machine = TimeMachine(clock, CLOCK)
    sandbox = make(TOKENS, STORE, lambda: clock.now().timestamp(), machine.go)
    try:
        url = await sandbox.start(settings.sandbox.host, settings.sandbox.port)
    except OSError as error:
        raise CannotStart(f"[sandbox] port {settings.sandbox.port} cannot be used: {error.strerror}") from None
    if first_time:
        # Nobody can be written to before they wrote: the sample staff open the bot themselves.
        for name in TOKENS:
            for user in (COORDINATOR, ADMINISTRATOR):
                sandbox.say(name, user, "/start")
    settings = settings.model_copy(update={"storage": settings.storage.model_copy(update={"url": DATABASE})})
    urls = {name: sandbox.api_url(name) for name in TOKENS}
    try:
        app = DemoApp(settings, clock, api_urls=urls, tokens=TOKENS, demo=True)
        app.machine = machine
        return await serve(app, web=None, ready=f"Mahalleyar is ready: open {url}/ in a browser (Ctrl-C stops it)")
    finally:
        await sandbox.stop()


class DemoApp(App):
    """The bot with sample places, two sample members of staff and a clock that visitors may move."""

    machine: TimeMachine | None = None

    def _start(self) -> None:
        super()._start()
        if self.machine is not None:
            self._spawn(self.machine.run(self))

    async def _open(self) -> None:
        await super()._open()
        rows = importing.read(HERE / "data" / "places.csv")
        await self.database.run(lambda tx: self._furnish(tx, rows))

    def _furnish(self, tx: Tx, rows: importing.Rows) -> None:
        if places.count(tx).get("neighborhood"):
            return
        places.put(tx, rows)
        # The sample coordinator answers in the county that the file names first.
        county = next(place for place in places.inside(tx, places.province(tx).id) if place.path == rows[0].path)
        neighborhoods = [place for town in places.inside(tx, county.id) for place in places.inside(tx, town.id)]
        for messenger in self.messengers.values():
            self._staff(tx, messenger, COORDINATOR, Role.COORDINATOR, neighborhoods, neighborhoods[0])
            self._staff(tx, messenger, ADMINISTRATOR, Role.PROVINCE_ADMIN, [places.province(tx)], neighborhoods[0])

    def _staff(self, tx: Tx, messenger: Messenger, user: int, role: Role, seats: list[Place], home: Place) -> None:
        now = self.clock.seconds()
        lane = people.lane_id(tx, messenger.id, user)
        language = self.town.languages[0]
        _, person = people.arrive(tx, bot=messenger.id, user=user, lane=lane, language=language, now=now)
        people.consent(tx, person.id, VERSION, now)
        people.grant(tx, person.id, Role.RESIDENT, home.id, now)
        for place in seats:
            people.grant(tx, person.id, role, place.id, now)
