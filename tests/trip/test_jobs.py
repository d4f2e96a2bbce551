"""What falls due: done once, also after a stop, or dropped; one that fails waits and lets the others pass."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from typing import Any

import pytest

from bot.clock import Clock
from bot.database import Database, open_database
from bot.jobs import Jobs
from handlers.talk import Notice, Work
from storage import jobs, people
from storage.tx import Tx
from tests.town import START, Town
from tests.trip.probe import Bug, Probe, until

BASE = int(START.timestamp())


class Bench:
    """Jobs over a database, with kinds that note what they did, fail, or break a rule."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock = database, clock
        self.tried: list[tuple[str, int]] = []
        kinds: dict[str, Any] = {
            "note": self._note,
            "chain": self._chain,
            "bug": self._bug,
            "rule": self._rule,
        }
        town: Any = None  # these kinds ask nothing of a town, and say nothing that would have to be worded
        writer: Any = None
        self.jobs = Jobs(database, kinds, town, writer, clock, wrote=lambda: None)

    def _note(self, work: Work, ids: dict[str, int]) -> Iterable[Notice]:
        self.tried.append(("note", work.seconds - BASE))
        people.lane_id(work.tx, 1, ids["nr"])  # a trace in the same transaction
        return []

    def _chain(self, work: Work, ids: dict[str, int]) -> Iterable[Notice]:
        if ids["nr"]:
            jobs.put(work.tx, "chain", "one", work.seconds, {"nr": ids["nr"] - 1})
        return self._note(work, ids)

    def _bug(self, work: Work, ids: dict[str, int]) -> Iterable[Notice]:
        self._note(work, ids)
        self.tried[-1] = ("bug", self.tried[-1][1])
        raise Bug("on purpose")

    def _rule(self, work: Work, ids: dict[str, int]) -> Iterable[Notice]:
        self._note(work, ids)
        self.tried[-1] = ("rule", self.tried[-1][1])
        work.tx.run("INSERT INTO lanes (bot, chat) VALUES (-1, 1)")
        return []

    async def put(self, kind: str, key: str, due: int, nr: int, **more: Any) -> None:
        await self.database.run(lambda tx: jobs.put(tx, kind, key, BASE + due, {"nr": nr}, **more))

    async def traces(self) -> list[int]:
        rows = await self.database.read(lambda tx: tx.all("SELECT chat FROM lanes ORDER BY id"))
        return [row["chat"] for row in rows]

    async def left(self) -> list[str]:
        rows = await self.database.read(lambda tx: tx.all("SELECT key FROM jobs ORDER BY id"))
        return [row["key"] for row in rows]

    async def passes(self, seconds: int) -> None:
        self.clock.move(seconds)
        await self.jobs.look()


@pytest.fixture
async def bench(url: str) -> AsyncIterator[Bench]:
    clock = Clock.fixed(START)
    database = await open_database(url, now=BASE)
    await database.run(lambda tx: people.bot_id(tx, "telegram", 1, "bot"))
    yield Bench(database, clock)
    await database.close()


async def test_a_job_is_done_at_its_time_and_once(bench: Bench) -> None:
    await bench.put("note", "one", 10, 1)
    await bench.put("note", "two", 5, 2)
    await bench.passes(4)
    assert await bench.traces() == []
    await bench.passes(6)
    await bench.passes(100)
    assert await bench.traces() == [2, 1]
    assert bench.tried == [("note", 10), ("note", 10)]
    assert await bench.left() == []


async def test_a_job_that_is_set_again_moves(bench: Bench) -> None:
    await bench.put("note", "one", 10, 1)
    await bench.put("note", "one", 20, 2)
    await bench.passes(10)
    assert await bench.left() == ["one"]
    await bench.passes(10)
    assert await bench.traces() == [2]


async def test_what_makes_no_sense_any_more_is_dropped(bench: Bench) -> None:
    await bench.put("note", "late", 10, 1, expires=BASE + 60)
    await bench.put("note", "fresh", 10, 2, expires=BASE + 62)
    await bench.passes(61)
    assert await bench.traces() == [2]
    assert await bench.left() == []


async def test_a_job_may_set_itself_anew_even_for_this_very_moment(bench: Bench) -> None:
    await bench.put("chain", "one", 5, 3)
    await bench.passes(5)
    assert bench.tried == [("note", 5)] * 4
    assert await bench.traces() == [3, 2, 1, 0]
    assert await bench.left() == []


@pytest.mark.parametrize("kind", ["bug", "rule"])
async def test_a_failing_job_is_undone_tried_with_growing_pauses_and_holds_up_nobody(bench: Bench, kind: str) -> None:
    await bench.put(kind, "bad", 0, 7)
    await bench.put("note", "good", 1, 1)
    await bench.passes(1)
    assert await bench.traces() == [1]
    for _ in range(40):
        await bench.passes(10)
    times = [at for name, at in bench.tried if name == kind]
    assert times == [1, 31, 91, 211]
    assert await bench.traces() == [1]
    assert await bench.left() == ["bad"]
    for _ in range(60):
        await bench.passes(43200)
    times = [at for name, at in bench.tried if name == kind]
    assert 86400 <= times[-1] - times[-2] <= 86400 + 43200  # never longer than a day, as far as anybody looks


async def test_an_unknown_kind_waits_and_holds_up_nobody(bench: Bench) -> None:
    await bench.put("of a later version", "strange", 0, 7)
    await bench.put("note", "good", 1, 1)
    await bench.passes(1)
    assert await bench.traces() == [1]
    assert await bench.left() == ["strange"]


async def test_what_fell_due_while_we_were_away_is_done_once(town: Town, probe: Probe) -> None:
    one = town.person("telegram", 1001)
    await one.says("/start")
    await one.presses("می‌پذیرم")  # a question is open, which closes after three days with a word
    heard = len(one.heard)
    await probe.stop()
    town.clock.move(30 * 86400)
    await probe.open()
    await town.passes(1)
    await town.passes(1)
    assert len(one.heard) == heard + 1
    await probe.restart()
    await town.passes(1)
    assert len(one.heard) == heard + 1


async def test_the_clock_looks_by_itself(town: Town) -> None:
    def due(tx: Tx) -> None:
        jobs.put(tx, "sweep", "another", town.clock.seconds())

    await town.run(due)
    town.clock.move(1)  # and nobody asks for a look
    left = 1
    while left:
        await town.sandbox.pulse.wait(0.01)
        left = len(await town.run(lambda tx: tx.all("SELECT key FROM jobs WHERE key = 'another'")))


async def test_another_turn_that_the_command_line_gives_is_noticed_by_the_running_bot(town: Town, probe: Probe) -> None:
    from storage import inbox

    one = town.person("telegram", 1001)
    await one.says("/probe bug-one")
    for seconds in (1, 5, 25):
        await town.passes(seconds)
    (code,) = [row["code"] for row in await town.run(inbox.parked)]
    probe.broken = False
    beside = await open_database(town.url, now=0, migrate=False, alone=False)
    await beside.run(lambda tx: inbox.replay(tx, [code]))
    await beside.close()
    town.clock.move(1)
    await until(town, lambda: "bug-one" in one.last)  # by nobody's help


async def test_what_a_dead_process_was_doing_is_taken_up_at_the_next_start(town: Town) -> None:
    await town.run(lambda tx: jobs.put(tx, "media-fetch", "media:7", BASE, {"media": 7}))

    def held(tx: Tx) -> None:
        taken = jobs.take(tx, BASE)
        while taken is not None and taken.kind != "media-fetch":
            jobs.done(tx, taken, BASE)
            taken = jobs.take(tx, BASE)
        assert taken is not None
        jobs.hold(tx, taken, BASE + 300)

    await town.app.jobs.settle()
    await town.run(held)
    await town.restart()
    await town.app.jobs.look()
    left = await town.run(lambda tx: tx.one("SELECT count(*) AS n FROM jobs WHERE kind = 'media-fetch'"))
    assert left is not None
    assert left["n"] == 0, "nobody waits five minutes for it"


async def test_a_job_for_outside_that_comes_between_two_looks_has_not_failed(bench: Bench) -> None:
    """It is set by a turn in the moment in which nothing for outside was found and anything else is looked for."""
    done: list[int] = []

    async def fetch(ids: dict[str, int]) -> None:
        done.append(ids["nr"])

    bench.jobs.outside["fetch"] = fetch
    run, looks = bench.database.run, 0

    async def between(function: Any) -> Any:
        nonlocal looks
        looks += 1
        if looks == 2:
            await run(lambda tx: jobs.put(tx, "fetch", "one", BASE, {"nr": 1}))
        return await run(function)

    bench.database.run = between  # type: ignore[method-assign]
    await bench.jobs.look()
    assert done == [1]
    assert await bench.left() == []
