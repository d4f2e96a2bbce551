"""Numbers everything that happens and wakes those who wait for it."""

from __future__ import annotations

import asyncio
from collections import deque

from sandbox.model import Json

#: older happenings are forgotten; whoever waits is told of the newest anyway
KEPT = 5000


class Pulse:
    def __init__(self) -> None:
        self.seq = 0
        self.happenings: deque[Json] = deque(maxlen=KEPT)
        self._stir = asyncio.Event()

    def happen(self, kind: str, platform: str, chat: int | None = None, message_id: int | None = None) -> int:
        self.seq += 1
        self.happenings.append(
            {"seq": self.seq, "kind": kind, "platform": platform, "chat": chat, "message_id": message_id}
        )
        self.wake()
        return self.seq

    def wake(self) -> None:
        """Lets every waiter look again although nothing is to be told."""
        stir, self._stir = self._stir, asyncio.Event()
        stir.set()

    async def wait(self, timeout: float) -> bool:  # noqa: ASYNC109 - a long poll ends quietly when its time is up
        """True when something happened, False when `timeout` seconds went by."""
        # Not asyncio.wait_for: before Python 3.12 it swallows a cancel that comes in the moment something happens.
        try:
            async with asyncio.timeout(timeout):
                await self._stir.wait()
        except TimeoutError:
            return False
        return True

    def after(self, seq: int) -> list[Json]:
        if seq >= self.seq:
            return []
        found = []
        for happening in reversed(self.happenings):
            if happening["seq"] <= seq:
                break
            found.append(happening)
        return found[::-1]
