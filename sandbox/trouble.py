"""Faults on order: which call meets which trouble, and for how long."""

from __future__ import annotations

import time

from sandbox.model import Fault, FaultKind
from sandbox.pulse import Pulse

#: a stalled call is let go after this, in seconds, when the fault names no time
STALL_SECONDS = 3600.0
#: done although the bot gets no proper answer
AFTER_EFFECT = frozenset({FaultKind.DROP_AFTER, FaultKind.HALF})


class Troubles:
    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse
        self._ordered: list[Fault] = []
        self._cleared = 0

    def order(self, fault: Fault) -> None:
        self._ordered.append(fault)
        self._pulse.wake()

    def clear(self) -> None:
        """No call meets a fault any more, and stalled ones are let go (unanswered)."""
        self._ordered.clear()
        self._cleared += 1
        self._pulse.wake()

    def ordered(self) -> list[Fault]:
        return list(self._ordered)

    def take(self, platform: str, method: str, chat: int | None) -> Fault | None:
        """The first fault that meets the call; one of its times is used up."""
        for fault in self._ordered:
            if fault.platform != platform or not fault.meets(method, chat):
                continue
            if fault.kind is FaultKind.REPEAT and method != "getUpdates":
                continue
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    self._ordered.remove(fault)
            self._pulse.happen("fault", platform, chat)
            return fault
        return None

    async def stall(self, fault: Fault, usual: float = STALL_SECONDS) -> None:
        """Waits as long as the fault says (`usual` seconds when it names no time), or until faults are cleared."""
        seen, until = self._cleared, time.monotonic() + (usual if fault.seconds is None else fault.seconds)
        while self._cleared == seen and (left := until - time.monotonic()) > 0:
            await self._pulse.wait(left)
