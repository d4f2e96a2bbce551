"""The processes of the bench: the stand-in messenger on one core, the bots on another, and what they cost there."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parent.parent
_TICK_S = 1 / os.sysconf("SC_CLK_TCK")
#: Seconds that a process may take to end by itself.
STOP_S = 15.0


def cores() -> list[int]:
    """Those that we may use."""
    return sorted(os.sched_getaffinity(0))


def _pinned(place: int) -> Callable[[], None]:
    mine = cores()
    return lambda: os.sched_setaffinity(0, {mine[place]} if len(mine) > 1 else set(mine))


@dataclass(frozen=True, slots=True)
class Load:
    """What a process has used so far: CPU seconds of all its threads, and megabytes of memory now."""

    cpu: float
    rss: float


def load(pid: int) -> Load:
    """Read from the kernel, to within a hundredth of a second."""
    stat = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return Load((int(stat[11]) + int(stat[12])) * _TICK_S, pages * os.sysconf("SC_PAGE_SIZE") / 1e6)


class StubProcess:
    """The stand-in in a process of its own, and what can be asked of it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        assert process.stdout is not None
        self.port = int(process.stdout.readline())

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def cpu(self) -> float:
        return load(self._process.pid).cpu

    def ask(self, what: str, token: str, **asked: Any) -> dict[str, Any]:
        """The answer to `first-poll`, `limit`, `chats`, `reached` or `run`; waits for it."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=600)
        try:
            line.request("POST", f"/control/{what}/{token}", json.dumps(asked))
            found: dict[str, Any] = json.loads(line.getresponse().read())
        finally:
            line.close()
        return found


@contextlib.contextmanager
def stub() -> Iterator[StubProcess]:
    """A running stand-in."""
    words = [sys.executable, "-m", "benchmarks.stub"]
    with subprocess.Popen(
        words, cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=_pinned(0)
    ) as process:
        try:
            yield StubProcess(process)
        finally:
            process.terminate()


@dataclass(frozen=True, slots=True)
class Peer:
    """A bot that takes part: its name in the results, and the words that start it, given an address and a token."""

    name: str
    words: Callable[[str, str], list[str]]


class Running:
    """A bot at work."""

    def __init__(self, peer: Peer, stub: StubProcess, token: str, log: Path) -> None:
        """Starts it and waits for its first poll."""
        self.name, self.token, self._stub = peer.name, token, stub
        # What a machine's own proxy settings would do to a loopback address is not what is measured.
        environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        self._log = log.open("ab")
        begin = time.monotonic()
        self._process = subprocess.Popen(
            peer.words(stub.address, token),
            cwd=HOUSE,
            env=environment,
            stdout=self._log,
            stderr=self._log,
            preexec_fn=_pinned(-1),
        )
        polled = stub.ask("first-poll", token)["at"]
        if polled is None:
            self.stop()
            raise SystemExit(f"{peer.name} never asked for updates: its log is {log}")
        self.start_s = polled - begin

    def load(self) -> Load:
        return load(self._process.pid)

    def run(self, updates: list[list[Any]], **order: Any) -> tuple[dict[str, Any], float]:
        """What came of these updates, and the CPU seconds that the bot spent on them."""
        before = self.load().cpu
        found = self._stub.ask("run", self.token, updates=updates, **order)
        return found, self.load().cpu - before

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def kill(self) -> None:
        """As a power cut for the process."""
        self._process.kill()
        self._process.wait()
        self._log.close()

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()


def machine() -> str:
    """This machine in one line."""
    info = Path("/proc/cpuinfo").read_text("utf-8")
    model = next((line.partition(":")[2].strip() for line in info.splitlines() if line.startswith("model name")), "?")
    python = sys.version.split()[0]
    return f"{len(cores())} cores of {model}, Linux {os.uname().release.split('-')[0]}, Python {python}"
