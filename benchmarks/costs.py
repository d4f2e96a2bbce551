"""Our own bot with a meter in it: where the CPU time of a turn goes. Started like `ours`; SIGUSR1 sets it to zero.

It costs some of what it measures: a reading of the clock on each side of every statement. Compare its parts with each
other, and only the whole with anything else.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Generator
from pathlib import Path
from typing import Any

from benchmarks import ours
from bot import arrivals, logs, receive, send, turns
from bot.platforms.telegram import Telegram
from bot.render import Renderer
from bot.sqlite import SqliteTx
from storage import outbox

_READ, _RENDER, _SQL, _COMMIT = "reading", "wording", "SQL", "commit"
#: Statements outside the parts: beginning a transaction, the look at what is due, how many wait.
_OTHER = "other SQL"


class Meter:
    """CPU seconds by part. A part inside another one is not counted to that one; SQL is counted by whom it serves."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self.waited: defaultdict[str, float] = defaultdict(float)  #: seconds on the wall, for what waits for the disk
        self._threads = threading.local()
        self.begin = time.process_time()

    def zero(self) -> None:
        self.spent.clear()
        self.waited.clear()
        self.begin = time.process_time()

    def _enter(self, name: str) -> list[str]:
        stack: list[str] = self._threads.__dict__.setdefault("stack", [])
        if name == _SQL:
            name = f"{_SQL} for {stack[0]}" if stack else _OTHER
        self._turn_over(stack)
        stack.append(name)
        return stack

    def _leave(self, stack: list[str]) -> None:
        self._turn_over(stack)
        stack.pop()

    def _turn_over(self, stack: list[str]) -> None:
        """Give the time since the last change to the part at work until now."""
        now = time.thread_time()
        if stack:
            self.spent[stack[-1]] += now - self._threads.since
        self._threads.since = now

    def function(self, owner: Any, name: str, part: str) -> None:
        """Count a function to a part."""
        inner: Callable[..., Any] = getattr(owner, name)

        def timed(*args: Any, **named: Any) -> Any:
            stack = self._enter(part)
            try:
                return inner(*args, **named)
            finally:
                self._leave(stack)

        setattr(owner, name, timed)

    def statements(self, name: str) -> None:
        """Count the database's work, and that of the commit apart."""
        inner: Callable[..., Any] = getattr(SqliteTx, name)

        def timed(tx: SqliteTx, sql: str, **values: Any) -> Any:
            if sql != "COMMIT":
                stack = self._enter(_SQL)
                try:
                    return inner(tx, sql, **values)
                finally:
                    self._leave(stack)
            begin = time.monotonic()
            stack = self._enter(_COMMIT)
            found = inner(tx, sql)
            self._leave(stack)
            self.waited[_COMMIT] += time.monotonic() - begin
            return found

        setattr(SqliteTx, name, timed)

    def coroutine(self, owner: Any, name: str, part: str) -> None:
        """Count what a coroutine does between its waits to a part."""
        inner: Callable[..., Awaitable[Any]] = getattr(owner, name)
        meter = self

        class Steps:
            def __init__(self, work: Awaitable[Any]) -> None:
                self._work = work

            def __await__(self) -> Generator[Any, Any, Any]:
                steps = self._work.__await__()
                given: Any = None
                while True:
                    stack = meter._enter(part)
                    try:
                        waits = steps.send(given)
                    except StopIteration as ended:
                        return ended.value
                    finally:
                        meter._leave(stack)
                    try:
                        given = yield waits
                    except BaseException as error:
                        waits = steps.throw(error)
                        given = yield waits

        async def timed(*args: Any, **named: Any) -> Any:
            return await Steps(inner(*args, **named))

        setattr(owner, name, timed)


def fit(meter: Meter) -> None:
    """Put the meter where a message passes."""
    meter.function(arrivals.Arrivals, "_keep", "receiving")
    meter.function(turns.Turns, "batch", "the talk")
    meter.function(Telegram, "read", _READ)
    meter.function(Renderer, "calls", _RENDER)
    meter.function(send, "write_down", "settling")
    meter.function(outbox, "ready", "looking what to send")
    for name in ("all", "run", "insert"):
        meter.statements(name)
    meter.coroutine(receive.Receiver, "run", "receiving")
    meter.coroutine(send.Sender, "run", "sending")
    meter.coroutine(send.Sender, "_send", "sending")
    meter.coroutine(send.Sender, "_answer", "sending")
    meter.coroutine(send.Sender, "_settle", "sending")


async def run(meter: Meter, words: list[str]) -> int:
    """Our own bot with the meter in it, until SIGTERM."""
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, meter.zero)
    return await ours.run(ours.parser().parse_args(words))


if __name__ == "__main__":
    logs.setup("json", "warning")
    fitted = Meter()
    fit(fitted)
    ended = asyncio.run(run(fitted, sys.argv[1:-1]))
    read = {"spent": fitted.spent, "waited": fitted.waited, "whole": time.process_time() - fitted.begin}
    Path(sys.argv[-1]).write_text(json.dumps(read), "utf-8")
    sys.exit(ended)
