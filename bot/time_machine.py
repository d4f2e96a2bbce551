"""Lets days pass in the demonstration, so that reminders, deadlines and follow-ups are seen without waiting."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from bot.clock import Clock
from storage import inbox, jobs, outbox
from storage.tx import Tx

if TYPE_CHECKING:
    from bot.app import App

#: Seconds of one portion, at most: what is sent in the morning is not held until the evening.
PORTION_S = 3600
#: Looks for everything to come to rest, and real seconds between two of them: what never rests holds nothing up.
LOOKS, LOOK_S = 500, 0.02


class TimeMachine:
    """Moves the clock in portions. After each the bot comes to rest, so that four weeks bring every reminder that four
    weeks would have brought, in their order; in one leap most of them would have lapsed."""

    def __init__(self, clock: Clock, kept: Path | None = None) -> None:
        """`kept`: a file that remembers how far the clock was moved, so that a new start does not go back in time."""
        self._clock, self._kept = clock, kept
        self._moved = float(kept.read_text("ascii")) if kept is not None and kept.exists() else 0.0
        clock.move(self._moved)
        self._wanted = asyncio.Event()
        #: When the journey ends, in seconds since 1970; what is asked for on the way is added to it.
        self.until = 0.0

    def go(self, seconds: float) -> None:
        """Let so many seconds pass. Returns at once; raises ValueError for a way back."""
        if not 0 <= seconds < float("inf"):
            raise ValueError("time moves forward")
        self.until = max(self.until, self._now()) + seconds
        self._wanted.set()

    async def run(self, app: App) -> None:
        """Move whenever it is wanted, until cancelled."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            await self.arrive(app)

    async def arrive(self, app: App) -> None:
        """Go as far as is wanted."""
        while (left := self.until - self._now()) > 0:
            portion = await app.database.read(lambda tx: self._portion(tx, list(app.messengers)))
            self._move(min(left, portion))
            await app.jobs.look()
            await self._rest(app)

    def _move(self, seconds: float) -> None:
        self._clock.move(seconds)
        self._moved += seconds
        if self._kept is not None:
            half = self._kept.with_suffix(".half")  # a kill in the middle must not leave nothing
            half.write_text(f"{self._moved}", "ascii")
            half.replace(self._kept)

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _portion(self, tx: Tx, bots: list[int]) -> float:
        """Seconds until the next thing is due, within a portion: a reminder comes at its minute."""
        now = self._now()
        dues = [jobs.next_due(tx), *(outbox.next_due(tx, bot, int(now)) for bot in bots)]
        # A little more, since the database keeps whole seconds.
        return min([PORTION_S, *(due - now + 0.001 for due in dues if due is not None and due > now)])

    async def _rest(self, app: App) -> None:
        """Return when every message has had its turn and everything that may go is sent."""
        for _ in range(LOOKS):
            if not await app.database.run(lambda tx: self._stirs(tx, list(app.messengers))):
                return
            await asyncio.sleep(LOOK_S)

    def _stirs(self, tx: Tx, bots: list[int]) -> bool:
        now = self._clock.seconds()
        return bool(inbox.take(tx, now, 1)) or any(outbox.ready(tx, bot, now, 1) for bot in bots)
