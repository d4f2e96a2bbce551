"""How we are doing: one JSON answer for whoever watches the server."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from aiohttp import web

from bot.clock import Clock
from bot.database import Database
from bot.messenger import Messenger
from storage import inbox, jobs, outbox
from storage.outbox import Class
from storage.tx import DatabaseError, Tx

#: A messenger that has not answered for so many seconds is named as a reason for not being ready. A poll that
#: brings nothing takes 8 s, one that hangs 28, so that less would cry wolf.
SILENT_S = 90
#: Seconds that requests may still take when we stop.
STOP_S = 1.0
_REFUSES = "the database does not take writes: look at the disk and the database server"


async def state(database: Database, messengers: Iterable[Messenger], clock: Clock) -> dict[str, Any]:
    """What /health says; an idle bot shows zeros."""
    now = clock.seconds()
    try:
        found = await database.read(lambda tx: _queues(tx, now))
        why = [_REFUSES] if database.refuses else []
    except DatabaseError:
        found, why = {}, ["the database does not answer: look at the disk and the database server"]
    if back := clock.set_back_lately():
        why.append(f"the clock was set back by {round(back)} s: look at the time service of this machine (NTP)")
    shown: dict[str, dict[str, Any]] = {}
    for messenger in messengers:
        name = messenger.platform.name
        shown[name] = {
            "last_ok": messenger.last_ok,
            "receiving": messenger.receiving,
            "sending": messenger.sending,
        }
        if messenger.webhook is not None:
            shown[name]["webhook"] = messenger.webhook
        if messenger.receiving or messenger.sending:
            # Said once where both have the same.
            troubles = dict.fromkeys((messenger.receiving, messenger.sending))
            why += [f"{name}: {trouble}" for trouble in troubles if trouble]
        elif now - messenger.last_ok > SILENT_S:
            why.append(f"{name} has not answered for {now - messenger.last_ok} s: look at the network and the proxy")
    return {"ready": not why, "why": why, **found, "messengers": shown}


def _queues(tx: Tx, now: int) -> dict[str, Any]:
    waiting, oldest = inbox.waiting(tx)
    out, due = outbox.waiting(tx), jobs.waiting(tx, now)
    return {
        "inbox": {"waiting": waiting, "oldest_s": _age(now, oldest)},
        "outbox": {
            cls.name.lower(): {"waiting": out.get(cls, (0, None))[0], "oldest_s": _age(now, out.get(cls, (0, None))[1])}
            for cls in Class
        },
        # Those whose time has come: a reminder for next week is no backlog.
        "jobs": {"waiting": due["due"], "oldest_s": due["oldest_s"]},
        "parked": inbox.count_parked(tx),
    }


def _age(now: int, since: int | None) -> int:
    return 0 if since is None else max(0, now - since)


class HealthServer:
    """Serves /health at [web] host and port, and the `routes` beside it."""

    def __init__(
        self,
        database: Database,
        messengers: Iterable[Messenger],
        clock: Clock,
        routes: Iterable[web.RouteDef] = (),
    ) -> None:
        self._database, self._messengers, self._clock = database, list(messengers), clock
        self._routes = list(routes)
        self._runner: web.AppRunner | None = None
        #: Set as long as others can reach us.
        self.listening = asyncio.Event()

    async def start(self, host: str, port: int) -> int:
        """Listen; the port that was taken (0 asks for any). Raises `OSError` when it is in use."""
        app = web.Application()
        app.router.add_get("/health", self._answer)
        app.add_routes(self._routes)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=STOP_S)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        self.listening.set()
        port_taken: int = self._runner.addresses[0][1]
        return port_taken

    async def stop(self) -> None:
        """Listen no more; whoever is being answered has a moment."""
        self.listening.clear()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _answer(self, _: web.Request) -> web.Response:
        found = await state(self._database, self._messengers, self._clock)
        return web.json_response(found, status=200 if found["ready"] else 503)
