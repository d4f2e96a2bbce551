"""When a message may go: a rolling window counted from each response, and a small bucket for each chat."""

from __future__ import annotations

from collections import deque

from bot.clock import Clock

#: Added to the window, in seconds, against two clocks that tick differently.
MARGIN_S = 0.001


class Limiter:
    """Paces one bot account. Not for several processes: a token's budget is shared.

    Counting from the response makes it provable that the platform never sees more than `per_second` in any second:
    the k-th send starts after the response to the (k-n)th is a second old (measured elsewhere: 29.9/s of 30, no 429).
    """

    def __init__(self, clock: Clock, *, per_second: float, per_chat: float, burst: int) -> None:
        """0 is no limit."""
        self._clock = clock
        self._most = max(1, int(per_second)) if per_second else 0
        self._window = self._most / per_second + MARGIN_S if per_second else 0.0
        self._per_chat, self._burst = per_chat, max(1, burst)
        self._answered: deque[float] = deque()
        self._in_air = 0
        self._buckets: dict[int, tuple[float, float]] = {}
        self._held: dict[int, float] = {}
        self._held_all = 0.0

    def room(self) -> float:
        """Seconds until any message may go; 0 is now."""
        now = self._clock.monotonic()
        if now < self._held_all:
            return self._held_all - now
        if not self._most:
            return 0.0
        # The same sum as in the answer below: by another one, rounding would leave a full window and say "now".
        while self._answered and self._answered[0] + self._window - now <= 0:
            self._answered.popleft()
        if self._in_air + len(self._answered) < self._most:
            return 0.0
        # Everything in the air: nobody knows when; a response will tell.
        return self._answered[0] + self._window - now if self._answered else self._window

    def room_in(self, lane: int) -> float:
        """Seconds until a message to this chat may go, the bot's own limit aside."""
        now = self._clock.monotonic()
        held = self._held.get(lane, 0.0)
        if now < held:
            return held - now
        if not self._per_chat:
            return 0.0
        tokens, at = self._buckets.get(lane, (float(self._burst), now))
        tokens = min(self._burst, tokens + (now - at) * self._per_chat)
        return 0.0 if tokens >= 1 else (1 - tokens) / self._per_chat

    def blocked(self) -> list[int]:
        """The chats that may get nothing just now."""
        if len(self._buckets) > 4096:
            self._tidy()
        lanes = {*self._held, *(lane for lane, (tokens, _) in self._buckets.items() if tokens < 1)}
        return [lane for lane in lanes if self.room_in(lane) > 0]

    def start(self) -> None:
        """A message leaves."""
        self._in_air += 1

    def finish(self, lane: int) -> None:
        """Its answer came, or will never come."""
        now = self._clock.monotonic()
        self._in_air -= 1
        if self._most:
            self._answered.append(now)
        if self._per_chat:
            tokens, at = self._buckets.get(lane, (float(self._burst), now))
            self._buckets[lane] = (min(self._burst, tokens + (now - at) * self._per_chat) - 1, now)

    def refused(self, lane: int, seconds: float) -> None:
        """The platform asks for patience: this chat waits; the whole bot when another waits too or it is long.

        A single chat's limit says little about the bot's; two at once, or more than 5 s, say enough.
        """
        now = self._clock.monotonic()
        others = any(until > now for other, until in self._held.items() if other != lane)
        self._held[lane] = now + seconds
        if others or seconds > 5:
            self.hold_all(seconds)

    def hold(self, lane: int, seconds: float) -> None:
        """Let one chat wait."""
        self._held[lane] = self._clock.monotonic() + seconds

    def hold_all(self, seconds: float) -> None:
        """Let everybody wait."""
        self._held_all = max(self._held_all, self._clock.monotonic() + seconds)

    def _tidy(self) -> None:
        now = self._clock.monotonic()
        full = self._burst / self._per_chat if self._per_chat else 0
        self._buckets = {lane: bucket for lane, bucket in self._buckets.items() if now - bucket[1] < full}
        self._held = {lane: until for lane, until in self._held.items() if until > now}
