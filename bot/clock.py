"""The one source of time: wall and monotonic, both movable, so that tests and the sandbox can let days pass."""

from __future__ import annotations

import asyncio
import contextlib
import time
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: Seconds: a smaller step of the wall clock is a correction; and so long a larger one is told of.
_JUMP_S, _LATELY_S = 5.0, 20.0


class Clock:
    """Made once, in `bot/app.py`, and handed down: nobody else asks the machine what time it is.

    May be read and moved from any thread; `wait` belongs to an event loop.
    """

    __slots__ = ("_ahead", "_back", "_fixed", "_monotonic_shift", "_sleepers", "_wall_shift")

    def __init__(self) -> None:
        self._fixed: float | None = None
        self._wall_shift = 0.0
        self._monotonic_shift = 0.0
        self._sleepers: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        #: How far the wall is ahead of the monotonic face, as last seen; and when it was set back, and how far.
        self._ahead: float | None = None
        self._back = (0.0, 0.0)

    @classmethod
    def fixed(cls, moment: datetime) -> Clock:
        """A clock that stands still at an aware moment and goes only when it is moved; monotonic starts at 0."""
        if moment.tzinfo is None:
            raise ValueError("a clock needs an aware moment")
        clock = cls()
        clock._fixed = moment.timestamp()
        return clock

    def now(self) -> datetime:
        """The present moment, in UTC."""
        # From whole microseconds: a sum of floats would show 08:59:59.999999 where nine o'clock is meant.
        return _EPOCH + timedelta(microseconds=round(self._wall() * 1_000_000))

    def seconds(self) -> int:
        """Whole seconds since 1970, as the database keeps times."""
        return round(self._wall() * 1_000_000) // 1_000_000

    def monotonic(self) -> float:
        """Seconds that never run backwards: for spans and limits, which a corrected wall clock must not disturb."""
        running = 0.0 if self._fixed is not None else time.monotonic()
        return running + self._monotonic_shift

    def move(self, seconds: float) -> None:
        """Let time pass at once, on both faces, and wake everybody whose waiting is over by it."""
        if not 0 <= seconds < float("inf"):
            raise ValueError("time moves forward; set_back() turns the wall clock back")
        self._wall_shift += seconds
        self._monotonic_shift += seconds
        self._wake()

    def set_back(self, seconds: float) -> None:
        """Turn the wall clock back, as a correction over the network does; monotonic goes on as before."""
        if not 0 <= seconds < float("inf"):
            raise ValueError("seconds to turn back must not be negative; move() goes forward")
        self._wall_shift -= seconds

    def notice(self) -> float:
        """How far the wall clock was set back since this was asked last, in seconds; less than 5 is nothing."""
        ahead = self._wall() - self.monotonic()
        former, self._ahead = self._ahead, ahead
        if former is None or former - ahead < _JUMP_S:
            return 0.0
        self._back = (self.monotonic(), former - ahead)
        return former - ahead

    def set_back_lately(self) -> float:
        """How far the wall clock was set back within the last 20 seconds, as far as `notice` was asked."""
        at, by = self._back
        return by if self.monotonic() - at < _LATELY_S else 0.0

    async def wait(self, seconds: float) -> None:
        """Return when so many seconds have passed on the monotonic face, whether they ran or were moved."""
        end = self.monotonic() + seconds
        sleeper = (asyncio.get_running_loop(), asyncio.Event())
        self._sleepers.add(sleeper)
        try:
            await asyncio.sleep(0)  # even a wait for nothing lets the others run
            while (left := end - self.monotonic()) > 0:
                await self._doze(sleeper[1], left)
        finally:
            self._sleepers.discard(sleeper)

    async def _doze(self, moved: asyncio.Event, left: float) -> None:
        """Sleep until the clock is moved, or until the span is over by itself where the clock runs."""
        moved.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(left if self._fixed is None else None):
                await moved.wait()

    def _wall(self) -> float:
        return (time.time() if self._fixed is None else self._fixed) + self._wall_shift

    def _wake(self) -> None:
        for loop, moved in list(self._sleepers):
            if not loop.is_closed():
                loop.call_soon_threadsafe(moved.set)
