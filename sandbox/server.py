"""The sandbox's server: the Bot API, the control API and the chat page on one port."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.botapi import BotApi
from sandbox.control import control_routes
from sandbox.files import UPLOAD_BYTES
from sandbox.page import page_routes
from sandbox.stage import Stage
from sandbox.webhooks import Courier


class Sandbox(Stage):
    """A local Bot API for one or two messengers.

    `bots` maps "telegram" and "bale", or either alone, to the bot's token. With a `store` nothing is lost when the
    process is killed. `move_clock` is called with the seconds to move by; without it the clock cannot be moved.
    `switches` maps a messenger to switches that are not at their default (sandbox/switches.py).
    What acts for a person is a plain function, to be called on the server's own loop.
    """

    def __init__(
        self,
        bots: Mapping[str, str],
        store: Path | None = None,
        clock: Callable[[], float] = time.time,
        move_clock: Callable[[float], None] | None = None,
        switches: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        super().__init__(bots, store, clock, move_clock, switches)
        self._runner: web.AppRunner | None = None
        self._couriers: list[asyncio.Task[None]] = []
        self.base_url = ""

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listens and returns the base URL; port 0 takes a free one. May be called again after `stop`."""
        self.store.open()
        app = web.Application(client_max_size=UPLOAD_BYTES + 10_000_000)
        app.add_routes(BotApi(self.messengers, self.troubles, self.pulse).routes())
        app.add_routes(control_routes(self))
        app.add_routes(page_routes())
        # A poll whose client is gone must end, else it would swallow the next update's delivery.
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        address = self._runner.addresses[0]
        shown = f"[{address[0]}]" if ":" in address[0] else address[0]
        self.base_url = f"http://{shown}:{address[1]}"
        self._couriers = [asyncio.create_task(Courier(messenger).run()) for messenger in self.messengers.values()]
        return self.base_url

    async def stop(self) -> None:
        for courier in self._couriers:
            courier.cancel()
        await asyncio.gather(*self._couriers, return_exceptions=True)
        self._couriers = []
        if self._runner is not None:
            self.troubles.clear()
            await self._runner.cleanup()
            self._runner = None
        self.store.close()

    def api_url(self, platform: str) -> str:
        """Where the bot's api_url setting should point; the token is appended by the bot."""
        return f"{self.base_url}/{self.messenger(platform).dialect.name}"
