"""Builds the running bot from settings: opens everything, starts everything, stops everything in order."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import secrets
import signal
import sys
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self, TextIO

import structlog

from bot import logs
from bot.api_errors import BotApiError, Revoked
from bot.arrivals import Arrivals
from bot.broadcast import Broadcaster
from bot.calendar_file import CalendarFile
from bot.clock import Clock
from bot.database import AlreadyRunning, CannotOpen, Database, open_database
from bot.fetch import Fetcher
from bot.health import HealthServer
from bot.jobs import Jobs, Outside, plan, sweep
from bot.messenger import Messenger
from bot.mydata import DataFile
from bot.own_links import OwnLinks
from bot.papers import Papers
from bot.platforms import PLATFORMS
from bot.platforms.base import Call, Platform
from bot.poll_result import PollResult
from bot.poster import Poster
from bot.receive import Receiver
from bot.render import Renderer
from bot.send import Sender
from bot.settings import Settings
from bot.store import Store
from bot.town import HERE, CannotStart, catalogues, make_town, open_vault
from bot.transport import BotApi
from bot.turns import Turns
from bot.webhook import Address, Door, Hook
from bot.webhook_watch import WebhookWatch
from bot.writer import Writer
from domain.codes import tracking_code
from domain.permissions import Role
from handlers.book import Book, find
from handlers.everyone.menu import LISTED
from storage import invitations, people, places
from storage.migrations import NewerDatabase
from storage.tx import Tx

__all__ = ["HERE", "App", "CannotStart", "run", "serve"]

log = structlog.get_logger()

#: Seconds a stop may take in all, and how long a claim link works.
STOP_S, CLAIM_S = 8.0, 24 * 3600
#: New objects after which the collector looks for circles among them. A turn makes many and no circle worth the look.
CIRCLES = 20_000


class App:
    """The running bot. `async with App(...)` opens and starts it; leaving stops it within 10 seconds."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock | None = None,
        *,
        api_urls: Mapping[str, str] | None = None,
        tokens: Mapping[str, str] | None = None,
        demo: bool = False,
        out: TextIO | None = None,
    ) -> None:
        """`api_urls` and `tokens` by messenger replace those of the settings (for the sandbox and the tests)."""
        self.settings, self.clock, self.demo = settings, clock or Clock(), demo
        self._out = out or sys.stdout
        self._tokens = dict(tokens or settings.tokens())
        self._api_urls = dict(api_urls or {})
        #: Those we have met; the others answer nothing yet, and are asked again while the rest is at work.
        self.messengers: dict[int, Messenger] = {}
        self._unmet: list[Messenger] = []
        self.senders: dict[int, Sender] = {}
        #: Where messengers bring their updates themselves; those without an entrance there are polled.
        self.door = Door()
        self._tasks: list[asyncio.Task[Any]] = []
        self._stack = contextlib.AsyncExitStack()
        #: Set when a part of the bot has ended by itself.
        self.broken = asyncio.Event()

    async def __aenter__(self) -> Self:
        try:
            await self._open()
            self._start()
        except BaseException:
            await self._stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stop()

    # --- opening ----------------------------------------------------------------------------------------------

    async def _open(self) -> None:
        now = self.clock.seconds()
        try:
            self.database: Database = await open_database(self.settings.storage.url, now=now)
        except (CannotOpen, AlreadyRunning, NewerDatabase) as error:
            raise CannotStart(str(error)) from None
        self._stack.push_async_callback(self.database.close)
        renderer = Renderer(catalogues(), OwnLinks(self.messengers).led)
        self.book = Book(find(), renderer.words)
        self.vault = open_vault(self.settings)
        self.town = make_town(
            self.settings,
            renderer.texts,
            self.vault,
            demo=self.demo,
            link=self._link,
            looks=lambda reply, language: self.writer.looks(reply, language),
            largest=self._largest,
        )
        self.store = Store(self.settings.media_folder())
        everybody = [await self._line(PLATFORMS[name]) for name in self._tokens]
        if not everybody:
            raise CannotStart("no messenger has a token: set MAHALLEYAR_TELEGRAM__TOKEN or MAHALLEYAR_BALE__TOKEN")
        self.writer = Writer(renderer, self.messengers, self._not_met)
        admins = [account.partition(":") for account in self.settings.people.admins]
        self.turns = Turns(
            self.database,
            self.book,
            self.town,
            self.writer,
            self.clock,
            wrote=self._wrote,
            new_code=self._new_code,
            admins=[(name, int(user)) for name, _, user in admins],
        )
        kinds = {"sweep": sweep(self.settings.limits.inbox_keep_days), **self.book.jobs}
        kinds["broadcast"] = Broadcaster(self.writer).look
        self.jobs = Jobs(self.database, kinds, self.town, self.writer, self.clock, wrote=self._looked)
        self.jobs.outside |= self._outside(renderer)
        self.health = HealthServer(self.database, everybody, self.clock, self.door.routes())
        await self.database.run(self._seat_admins)
        await self.database.run(lambda tx: plan(tx, self.town, self.clock.now()))
        self._unmet = [messenger for messenger in everybody if not await self._meet(messenger)]

    def _outside(self, renderer: Renderer) -> dict[str, Outside]:
        """What is done outside a transaction, by the kind of job."""
        base = (self.database, self.messengers, self.store, self.writer, self.clock)
        fetcher = Fetcher(self.database, self.messengers, self.store)
        return {
            "poster": Poster(*base).make,
            "poll-result": PollResult(*base, self.town).make,
            "media-fetch": fetcher.fetch,
            "media-drop": fetcher.drop,
            "mydata-file": DataFile(self.database, self.store, self.vault, self.clock).make,
            "meeting-calendar": CalendarFile(self.database, self.store, self.town, self.clock, renderer).make,
            **Papers(*base, self.town).jobs(),
        }

    def _link(self, bot: int, payload: str) -> str:
        found = self.messengers.get(bot)
        return found.platform.deep_link(found.username, payload) if found else ""

    def _largest(self) -> int:
        """Bytes of a file that every messenger takes which we are on."""
        known = self.messengers.values()
        return min((min(one.upload_limit, one.platform.can.download_limit) for one in known), default=0)

    async def _line(self, platform: Platform) -> Messenger:
        """A messenger that we have not spoken to yet."""
        section = self.settings.messenger(platform.name)
        api = BotApi(
            platform,
            self._tokens[platform.name],
            self._api_urls.get(platform.name, section.api_url),
            section.proxy or None,
            connect=section.connect_seconds,
            read=section.read_seconds,
        )
        await self._stack.enter_async_context(api)
        messenger = Messenger(
            0,
            platform,
            api,
            "",
            per_second=section.per_second,
            per_chat=section.per_chat,
            burst=section.burst,
            upload_limit=section.upload_megabytes * 1_000_000,
            last_ok=self.clock.seconds(),
        )
        if section.mode == "webhook" and not self.demo:
            address = Address.of(platform.name, self._tokens[platform.name], section.own_secret())
            self.door.hooks[platform.name] = Hook(messenger, address, self.clock)
        return messenger

    async def _meet(self, messenger: Messenger) -> bool:
        """Learn who we are there. False when it does not answer; a token that is refused stops the start."""
        name = messenger.platform.name
        try:
            me = await messenger.api.call("getMe", {})
        except Revoked:
            raise CannotStart(f"{name} does not accept the token: put a valid one in the environment") from None
        except BotApiError as error:
            messenger.receiving = "no answer yet: look at the network and the proxy"
            log.warning("no answer yet", messenger=name, error=type(error).__name__, do="look at the network and proxy")
            return False
        if not isinstance(me, dict) or type(me.get("id")) is not int:
            raise CannotStart(f"{name} does not say who the bot is")
        username = str(me.get("username") or "")
        messenger.id = await self.database.run(lambda tx: people.bot_id(tx, name, me["id"], username))
        messenger.username, messenger.receiving, messenger.last_ok = username, "", self.clock.seconds()
        self.messengers[messenger.id] = messenger
        sender = self.senders[messenger.id] = Sender(messenger, self.database, self.clock, self.store)
        sender.elsewhere = lambda: self._wrote([])
        await self._offer_claim(messenger)
        return True

    def _not_met(self) -> set[str]:
        return set(self._tokens) - {messenger.platform.name for messenger in self.messengers.values()}

    async def _meet_later(self, messenger: Messenger) -> None:
        """Ask a messenger that did not answer until it does: the other one is not kept waiting for it."""
        pause = 1.0
        met = False
        while not met:
            await self.clock.wait(pause)
            pause = min(pause * 2, 30.0)
            met = await self._meet(messenger)
        self._begin(messenger)
        self.turns.wake()

    def _seat_admins(self, tx: Tx) -> None:
        """Give the accounts named in [people] admins their seat; those who never wrote get it with their first word."""
        root = places.province(tx).id
        for account in self.settings.people.admins:
            name, _, user = account.partition(":")
            person = people.find_account(tx, name, int(user))
            if person is not None:
                people.grant(tx, person, Role.PROVINCE_ADMIN, root, self.clock.seconds())

    async def _offer_claim(self, messenger: Messenger) -> None:
        """Without an administrator: a one-time link per messenger, since nobody knows their own number."""
        if self.settings.people.admins or self.demo:
            return
        link = await self.database.run(lambda tx: self._claim(tx, messenger))
        if link:
            self._out.write(f"no administrator yet - open this once within 24 h to become one:\n  {link}\n")
            self._out.flush()

    def _claim(self, tx: Tx, messenger: Messenger) -> str:
        if people.anybody_with(tx, Role.PROVINCE_ADMIN, self.clock.seconds()):
            return ""
        code = secrets.token_urlsafe(18).replace("_", "-")
        root, expires = places.province(tx).id, self.clock.seconds() + CLAIM_S
        invitations.put(tx, code, Role.PROVINCE_ADMIN, root, bot=messenger.id, expires=expires)
        return messenger.platform.deep_link(messenger.username, f"claim_{code}")

    # --- running ----------------------------------------------------------------------------------------------

    def _start(self) -> None:
        for messenger in self.messengers.values():
            self._begin(messenger)
        for messenger in self._unmet:
            self._spawn(self._meet_later(messenger))
        self._spawn(self.turns.run())
        self._spawn(self.jobs.run())

    def _begin(self, messenger: Messenger) -> None:
        name = messenger.platform.name
        arrivals = Arrivals(messenger, self.database, self.clock, self._new_code)
        if hook := self.door.hooks.get(name):
            hook.open(arrivals, self.turns.wake)
            base = self.settings.messenger(name).webhook_url
            self._spawn(WebhookWatch(messenger, hook.address, base, self.clock, self.health.listening).run())
        else:
            self._spawn(Receiver(messenger, arrivals, self.clock, arrived=self.turns.wake).run())
        self._spawn(self.senders[messenger.id].run())
        self._spawn(self._set_commands(messenger))

    def _spawn(self, work: Any) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        task.add_done_callback(self._ended)
        self._tasks.append(task)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        # A part that ends by itself is a bug: better no process (the service manager starts it anew) than a deaf one.
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a part of the bot ended", exc_info=error)
            self.broken.set()

    async def _set_commands(self, messenger: Messenger) -> None:
        """The menu of six, the same for all. It is a help; without it everything works."""
        texts = self.writer.renderer.texts
        language = self.town.languages[0]
        listed = []
        for name in LISTED:
            said = "".join(span.text for span in texts.render(language, f"talk-{name}.about", {}))
            listed.append((self.book[name].command, said))
        with contextlib.suppress(BotApiError):
            call = messenger.platform.commands(listed)
            await messenger.api.call(call.method, call.params)

    def _wrote(self, answers: list[tuple[int, Call]]) -> None:
        for bot, call in answers:
            if bot in self.senders:
                self.senders[bot].answer(call)
        for sender in self.senders.values():
            sender.wake()

    def _looked(self) -> None:
        # Another process may have written: the command line gives parked messages another turn.
        self.turns.wake()
        self._wrote([])

    def _new_code(self) -> str:
        return tracking_code(secrets.randbelow)

    # --- stopping ---------------------------------------------------------------------------------------------

    async def _stop(self) -> None:
        """Fetch nothing more, finish the running batch, let what is in the air arrive, close."""
        self.door.close()
        if hasattr(self, "jobs"):
            await self.jobs.settle()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(sender.close(STOP_S) for sender in self.senders.values()))
        if hasattr(self, "health"):
            await self.health.stop()
        await self._stack.aclose()


async def serve(app: App, *, web: tuple[str, int] | None, ready: str = "") -> int:
    """Run until SIGTERM or SIGINT. The exit status: 1 when a part of the bot ended by itself."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    async with app:
        if web is not None:
            try:
                await app.health.start(*web)
            except OSError as error:
                raise CannotStart(f"[web] port {web[1]} cannot be used: {error.strerror}") from None
        _leave_alone_what_stays()
        if ready:
            sys.stdout.write(ready + "\n")
            sys.stdout.flush()
        log.info("ready", messenger=",".join(sorted(m.platform.name for m in app.messengers.values())))
        waits = [asyncio.create_task(event.wait()) for event in (stop, app.broken)]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        log.info("stopping")
    return int(app.broken.is_set())


def _leave_alone_what_stays() -> None:
    """What was loaded at the start stays for good: the collector need not walk through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(CIRCLES, *gc.get_threshold()[1:])


def run(settings: Settings) -> int:
    """`mahalleyar run`: on the real messengers, until told to stop. The exit status."""
    os.umask(0o077)  # whatever is written is for us alone
    logs.setup(settings.logs.form, settings.logs.level)
    logs.guard_uncaught()
    try:
        return asyncio.run(_run(settings))
    except CannotStart as error:
        sys.stderr.write(f"{error}\n")
        return 1


async def _run(settings: Settings) -> int:
    return await serve(App(settings), web=(settings.web.host, settings.web.port))
