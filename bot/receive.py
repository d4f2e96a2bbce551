"""Receives by polling: updates are committed before the platform is told that they came."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from bot.api_errors import BotApiError, Wait, advice
from bot.arrivals import Arrivals, is_number
from bot.clock import Clock
from bot.messenger import Messenger
from bot.platforms.base import JSON
from bot.webhook_watch import take_down
from storage.tx import DatabaseError

log = structlog.get_logger()

#: Seconds a poll stays open when nothing comes, and how many updates it may bring (the platforms' most). One that hangs
#: is given up after this and the read limit (20): within half a minute we are well again.
POLL_S = 8
BATCH = 100
#: Tries to take down a webhook before we poll all the same: one method that fails must not make us deaf.
TRIES = 3
#: Seconds from one try to the next while they fail: doubled each time up to the last.
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 25.0


class Receiver:
    """Fetches one messenger's updates until it is cancelled."""

    def __init__(self, messenger: Messenger, arrivals: Arrivals, clock: Clock, *, arrived: Callable[[], None]) -> None:
        self._messenger, self._arrivals, self._clock, self._arrived = messenger, arrivals, clock, arrived

    async def run(self) -> None:
        """Poll for ever. Every failure waits and goes on: a stopped receiver would be silence."""
        # No offset is stored: a start asks without one, and the inbox key drops what is known already.
        offset: int | None = None
        pause = FIRST_PAUSE_S
        tries = TRIES
        while True:
            began = self._clock.monotonic()
            try:
                if tries:
                    tries -= 1
                    await take_down(self._messenger)
                    tries = 0
                if not await self._arrivals.has_room():
                    await self._clock.wait(1)
                    continue
                # After a failure the first poll does not wait for messages: its answer tells that we are well again.
                wait = POLL_S if pause == FIRST_PAUSE_S else 0
                updates = await self._messenger.api.updates(offset, wait, BATCH)
                self._messenger.last_ok, self._messenger.receiving = self._clock.seconds(), ""
                if updates:
                    await self._arrivals.keep(updates)
                    before, offset = offset, _after(updates, offset)
                    self._arrived()
                    if offset == before:
                        # Nothing in it can be confirmed: the same would come again at once, for ever.
                        log.error(
                            "updates without numbers",
                            messenger=self._messenger.platform.name,
                            do="the platform answers strangely: look at api_url and the proxy",
                        )
                        await self._clock.wait(pause)
                        pause = min(pause * 2, LONGEST_PAUSE_S)
                        continue
                pause = FIRST_PAUSE_S
            except (BotApiError, DatabaseError) as error:
                took = self._clock.monotonic() - began
                await self._clock.wait(self._pause(error, max(FIRST_PAUSE_S, pause - took)))
                pause = min(pause * 2, LONGEST_PAUSE_S)

    def _pause(self, error: Exception, pause: float) -> float:
        name = self._messenger.platform.name
        if isinstance(error, BotApiError):
            self._messenger.receiving = _what_to_do(error)
        log.warning("receive failed", messenger=name, error=type(error).__name__, do=_what_to_do(error))
        return max(pause, error.seconds) if isinstance(error, Wait) else pause


def _after(updates: list[JSON], offset: int | None) -> int | None:
    numbers = [u["update_id"] for u in updates if isinstance(u, dict) and is_number(u.get("update_id"))]
    return max(numbers) + 1 if numbers else offset


def _what_to_do(error: Exception) -> str:
    if isinstance(error, BotApiError):
        return advice(error)
    return "the database does not take writes: look at the disk and the database server"
