"""What is measured, and how: each measure as plain numbers per bot, from runs that take turns."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import statistics
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import town
from benchmarks.processes import HOUSE, Peer, Running, StubProcess, stub

OURS = "mahalleyar"
#: The token of our bot on the second messenger.
BALE = "2:bale"
#: The limit that messengers publish, in messages a second.
STRICT = 30


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    rounds: int = 5
    turns: int = 4000  #: updates in a round: twenty thousand in all, after which memory is looked at
    warm: int = 300
    reports: int = 900  #: of a thousand residents; the rest warms up
    latency_rounds: int = 3
    latency_s: tuple[tuple[int, float], ...] = ((50, 7.0), (200, 3.5))
    strict_s: float = 60.0
    crowd: int = town.CROWD


QUICK = Plan(rounds=2, turns=500, warm=100, reports=700, latency_rounds=1, strict_s=8.0, crowd=4000)


@dataclass(slots=True)
class Figures:
    """What was found, by measure and bot; a list holds one number for each round."""

    rounds: defaultdict[str, defaultdict[str, list[float]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    delays: defaultdict[str, defaultdict[str, list[float]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    extra: dict[str, dict[str, float]] = field(default_factory=dict)  #: what belongs to one of our own measures
    costs: dict[str, dict[str, Any]] = field(default_factory=dict)
    stub_cpu: float = 0.0  #: microseconds of the stand-in for one update, at most

    def add(self, measure: str, bot: str, value: float) -> None:
        self.rounds[measure][bot].append(value)


def ours(database: Path, *options: str) -> Peer:
    """Our own bot on this database."""
    words = [str(database), *options]
    return Peer(OURS, lambda address, token: [sys.executable, "-m", "benchmarks.ours", address, token, *words])


def _python(module: str) -> Peer:
    name = module.replace("_echo", "").replace("_", "-")
    start = ["-m", f"benchmarks.peers.{module}"]
    return Peer(name, lambda address, token: [sys.executable, *start, address, token])


def peers() -> list[Peer]:
    """The bare echo bots; grammY's when node and its libraries are there."""
    found = [_python("ptb_stock"), _python("ptb_aiohttp"), _python("aiogram_echo")]
    node, there = shutil.which("node"), HOUSE / ".cache" / "bench" / "node"
    if node and (there / "node_modules").is_dir():
        found.append(Peer("grammy", lambda address, token: [node, str(there / "echo.mjs"), address, token]))
    return found


class Bench:
    """One run of it all. Everything is written to `folder`, which holds the made-up towns."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan, self.folder, self.figures = plan, folder, Figures()
        self._random = random.Random(7)
        self._copies = 0

    def database(self, kind: str) -> Path:
        """A fresh copy of a made-up town."""
        self._copies += 1
        path = self.folder / f"run-{self._copies}" / "town.db"
        path.parent.mkdir()
        shutil.copy(self.folder / f"{kind}.db", path)
        return path

    def start(self, stub: StubProcess, peer: Peer) -> Running:
        self._copies += 1
        running = Running(peer, stub, f"{self._copies}:{peer.name}", self.folder / f"{peer.name}.log")
        self.figures.add("start.first_poll", peer.name, running.start_s)
        return running

    def asking(self, many: int, first: int = 0, step: int = 1) -> list[list[Any]]:
        """`/mine` from residents as chance has it (each `step`th, from the `first`), with three cases or more each."""
        return [[town.RESIDENT + self._random.randrange(first, town.RESIDENTS, step), "/mine"] for _ in range(many)]

    # --- side by side -------------------------------------------------------------------------------------------------

    def side_by_side(self) -> None:
        """Round trips, delays, memory and start of every bot, in turns."""
        for peer in peers():  # starts vary most: once more, with nothing else to do
            with stub() as alone:
                self.start(alone, peer).stop()
        with stub() as messenger:
            bots = [self.start(messenger, peer) for peer in (ours(self.database("read")), *peers())]
            both = self.start(messenger, ours(self.database("both"), "--bale", BALE))
            for bot in bots:
                bot.run(self.asking(self.plan.warm))
            self._on_both(messenger, both, self.plan.warm)
            for n in range(self.plan.rounds):
                for bot in bots if n % 2 == 0 else reversed(bots):
                    self._trips(messenger, bot)
                self._note("both", OURS, self.plan.turns, *self._on_both(messenger, both, self.plan.turns))
                self._writes(messenger)
            both.stop()
            for bot in bots:
                self.figures.add("memory.rss", bot.name, bot.load().rss)
            for n in range(self.plan.latency_rounds):
                for rate, seconds in self.plan.latency_s:
                    for bot in bots if n % 2 == 0 else reversed(bots):
                        found, _ = bot.run(self.asking(int(rate * seconds)), rate=rate)
                        _whole(found)
                        self.figures.delays[f"latency.{rate}"][bot.name] += [one * 1000 for one in found["delays"]]
            for bot in bots:
                bot.stop()

    def _trips(self, messenger: StubProcess, bot: Running) -> None:
        before = messenger.cpu
        found, cpu = bot.run(self.asking(self.plan.turns), seconds=300)
        _whole(found)
        self.figures.stub_cpu = max(self.figures.stub_cpu, (messenger.cpu - before) / self.plan.turns * 1e6)
        self._note("read", bot.name, self.plan.turns, found, cpu)
        for kind in ("write", "both") if bot.name != OURS else ():  # their echo is what every kind is compared with
            self._note(kind, bot.name, self.plan.turns, found, cpu)

    def _on_both(self, messenger: StubProcess, bot: Running, many: int) -> tuple[dict[str, Any], float]:
        """Half of the updates on each of two messengers at once, to one bot of ours."""
        before = bot.load().cpu
        with ThreadPoolExecutor(2) as pool:
            halves = [
                pool.submit(messenger.ask, "run", token, updates=self.asking(many // 2, first, 2), seconds=300)
                for first, token in enumerate((bot.token, BALE))
            ]
            found = [half.result() for half in halves]
        for half in found:
            _whole(half)
        end = max(half["begin"] + half["seconds"] for half in found)
        return {"seconds": end - min(half["begin"] for half in found)}, bot.load().cpu - before

    def _writes(self, messenger: StubProcess) -> None:
        """A report confirmed by each of many residents, in a fresh town: nobody has two of them to confirm."""
        bot = self.start(messenger, ours(self.database("write")))
        bot.run(pressing(self.plan.reports, town.RESIDENTS))
        found, cpu = bot.run(pressing(0, self.plan.reports))
        _whole(found)
        self._note("write", OURS, self.plan.reports, found, cpu)
        bot.stop()

    def _note(self, kind: str, bot: str, many: int, found: dict[str, Any], cpu: float) -> None:
        self.figures.add(f"roundtrip.{kind}", bot, many / found["seconds"])
        self.figures.add(f"cpu.{kind}", bot, cpu / many * 1e6)

    # --- ours alone ---------------------------------------------------------------------------------------------------

    def strict(self) -> None:
        """More to say than the limit lets through, for a while, to a messenger that refuses one too many."""
        with stub() as messenger:
            bot = self.start(messenger, ours(self.database("read"), "--per-second", str(STRICT), "--per-chat", "1"))
            messenger.ask("limit", bot.token, most=STRICT)
            many = int(STRICT * (self.plan.strict_s + 10))
            everybody = [[town.RESIDENT + n % town.RESIDENTS, "/mine"] for n in range(many)]
            found, _ = bot.run(everybody, seconds=self.plan.strict_s + 1)
            self.figures.add("limit.30", OURS, _rate(found["sent"], found["sent"][0], self.plan.strict_s))
            self.figures.extra["limit.30"] = {"refused": found["refused"]}
            bot.stop()

    def broadcast(self) -> None:
        """An officer's message to everybody."""
        self._to_many("broadcast", "crowd", [[town.OFFICER, f"c:{town.SERIAL}:send", town.MESSAGE]])

    def invitation(self) -> None:
        """A meeting is announced to everybody, with buttons to answer."""
        self._to_many("invitation", "invited", [[town.COORDINATOR, f"c:{town.SERIAL}:announce", town.MESSAGE]])

    def reminder(self) -> None:
        """The reminder of a meeting falls due, for those who come or may and for those who said nothing."""
        self._to_many("reminder", "reminded", [])

    def _to_many(self, name: str, kind: str, press: list[list[Any]]) -> None:
        """How fast it is prepared, how fast it goes, and how those fare who ask meanwhile. Without a press it begins
        by itself `town.DUE_S` after the start."""
        options = ("--per-second", str(STRICT), "--per-chat", "1", "--ahead", "1000000")
        with stub() as messenger:
            database = self.database(kind)
            bot = self.start(messenger, ours(database, *options))
            messenger.ask("limit", bot.token, most=STRICT)
            span = self.plan.strict_s + 15 + (0 if press else town.DUE_S)
            asking = [[town.ASKER + n % town.ASKING, "/mine"] for n in range(int(span * 4))]
            seen: list[float] = []
            watch = threading.Thread(target=_watch, args=(database, seen, span))
            watch.start()
            found, _ = bot.run([*press, *asking], rate=4, seconds=span + 30)
            watch.join()
            bot.stop()
        _whole(found)
        if len(seen) < 2:
            raise SystemExit(f"{name}: not prepared in time")
        begun, written = found["begin"] if press else seen[0], seen[1]
        prepared, delays = written - begun, found["delays"]
        first = int((begun - found["begin"]) * 4)
        meanwhile = delays[first : first + max(1, int(prepared * 4))]
        self.figures.add(f"{name}.prepare", OURS, prepared)
        self.figures.extra[f"{name}.prepare"] = {"longest_wait": max(meanwhile)}
        begin = begun + min(prepared, 10.0)
        self.figures.add(f"{name}.rate", OURS, _rate(found["sent"], begin, self.plan.strict_s))
        self.figures.extra[f"{name}.rate"] = {"refused": found["refused"]}
        self.figures.add(f"{name}.answer_p99", OURS, percentile(delays, 99))

    def costs(self) -> None:
        """Where a turn's time goes, by the meter."""
        for kind in ("read", "write"):
            database = self.database(kind)
            file = database.with_name("costs.json")
            words = [str(database), str(file)]
            peer = Peer("metered", lambda a, t, w=words: [sys.executable, "-m", "benchmarks.costs", a, t, *w])  # type: ignore[misc]
            with stub() as messenger:
                bot = Running(peer, messenger, "1:metered", self.folder / "metered.log")
                writes = kind == "write"
                bot.run(pressing(self.plan.reports, town.RESIDENTS) if writes else self.asking(self.plan.warm))
                bot.signal(signal.SIGUSR1)
                updates = pressing(0, self.plan.reports) if writes else self.asking(self.plan.turns)
                bot.run(updates)
                bot.stop()
            self.figures.costs[kind] = {"file": file, "turns": len(updates)}


def pressing(first: int, end: int) -> list[list[Any]]:
    """A report confirmed by each of these residents: nobody has two."""
    return [[town.RESIDENT + n, f"c:{town.SERIAL}:submit", town.MESSAGE] for n in range(first, end)]


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many percent do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def ratio(figures: Figures, measure: str, peer: str) -> float:
    """Ours to a peer's, round by round, and of these the median."""
    mine, others = figures.rounds[measure][OURS], figures.rounds[measure][peer]
    if len(mine) != len(others):
        return statistics.median(mine) / statistics.median(others)
    return statistics.median(one / other for one, other in zip(mine, others, strict=True))


def _whole(found: dict[str, Any]) -> None:
    if found["unanswered"]:
        raise SystemExit(f"{found['unanswered']} updates were never answered: the figures would mean nothing")


def _rate(sent: Iterable[float], begin: float, seconds: float) -> float:
    return sum(begin <= one < begin + seconds for one in sent) / seconds


def _watch(database: Path, seen: list[float], seconds: float) -> None:
    """Note when a message to many is there, and when everybody's row of it is."""
    looks = ("SELECT count(*) FROM broadcasts", "SELECT count(*) > 0 AND min(written) = 1 FROM broadcasts")
    end = time.monotonic() + seconds
    line = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        while len(seen) < len(looks) and time.monotonic() < end:
            if line.execute(looks[len(seen)]).fetchone()[0]:
                seen.append(time.monotonic())
            time.sleep(0.02)
    finally:
        line.close()


def run(plan: Plan, folder: Path, say: Any = print) -> Figures:
    """Everything, in a folder that is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    say("· making the towns")
    town.make(folder, plan.crowd)
    bench = Bench(plan, folder)
    for what, measure in (
        ("all bots in turns", bench.side_by_side),
        ("where a turn's time goes", bench.costs),
        ("the strict limit", bench.strict),
        ("a broadcast", bench.broadcast),
        ("an invitation to a meeting", bench.invitation),
        ("a reminder of one", bench.reminder),
    ):
        begin = time.monotonic()
        measure()
        say(f"· {what}: {time.monotonic() - begin:.0f} s")
    return bench.figures
