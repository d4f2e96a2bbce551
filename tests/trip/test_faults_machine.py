"""Faults of the machine: a full disk, a database locked or restarted, a clock set back. Nothing is lost."""

from __future__ import annotations

import contextlib
import io
import os
import pwd
import resource
import shutil
import socket
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import sqlite
from sandbox.server import Sandbox
from storage import jobs
from tests.town import TOKENS, make_town
from tests.trip.faults import Watch
from tests.trip.probe import Probe, answers, until
from tests.trip.process import Process

DATABASE = "the database does not take writes: look at the disk and the database server"
DISK = "look at the disk and the database server"


@contextlib.asynccontextmanager
async def watched(folder: Path, url: str, log: io.StringIO) -> Any:
    """A town in which everybody has said one thing and was answered."""
    async with make_town(folder, url) as town:
        probe = Probe(town)
        await probe.settle_in()
        watch = Watch(town, probe, log)
        for person in everybody(watch):
            watch.say(person, "before")
        await watch.until(lambda: all(map(watch.heard, watch.said)))
        yield watch


def everybody(watch: Watch) -> list[Any]:
    return [*watch.people("telegram"), *watch.people("bale")]


@pytest.fixture
def fast_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever finds the database locked gives up at once and not after ten seconds: the clock is what passes."""
    monkeypatch.setattr(sqlite, "BUSY_S", 0.005)


async def test_a_database_locked_for_a_minute(
    tmp_path: Path, sqlite_url: str, log: io.StringIO, fast_busy: None
) -> None:
    async with watched(tmp_path, sqlite_url, log) as watch:
        path = sqlite_url.removeprefix("sqlite:///")
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as beside:
            beside.execute("BEGIN IMMEDIATE")
            for n in range(3):
                for person in everybody(watch):
                    watch.say(person, f"during-{n}")
            await watch.minute()
            state = watch.town.sandbox.state()
            assert [state[name]["pending"] for name in ("telegram", "bale")] == [6, 6]  # nothing was confirmed
            beside.execute("ROLLBACK")
        await watch.recovers()
        assert watch.why == {DATABASE}
        assert DATABASE in watch.advice("receive failed")
        assert DISK in watch.advice("jobs not done")
        assert all(map(watch.heard, everybody(watch)))
        assert await watch.probe.rows("SELECT max(tries) FROM inbox") == [(0,)]


async def test_a_full_disk(tmp_path: Path, sqlite_url: str, log: io.StringIO) -> None:
    """Not a page more for a minute: the batch is lost as a whole, and repeated as a whole when there is room again."""
    async with watched(tmp_path, sqlite_url, log) as watch:
        # What is received still fits; what the first turn writes does not, so that a batch is open when it happens.
        await watch.probe.stop()
        for n in range(3):
            for person in everybody(watch):
                watch.say(person, f"big-{n}" if n == 1 and person.id == 1001 else f"during-{n}")
        watch.probe.size = 400_000
        with contextlib.closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as beside:
            pages = beside.execute("PRAGMA page_count").fetchone()[0]
        await watch.probe.open()
        await watch.town.run(lambda tx: tx.all(f"PRAGMA max_page_count = {pages + 40}"))
        await watch.minute()
        assert len(watch.probe.attempts) > 8  # again and again, and each time from the first
        assert sorted(await watch.probe.traces()) == sorted(said[0] for said in watch.said.values())
        await watch.town.run(lambda tx: tx.all("PRAGMA max_page_count = 1000000"))
        await watch.recovers()
        assert watch.why == {DATABASE}
        assert DISK in watch.advice("database refuses")
        assert all(map(watch.heard, everybody(watch)))
        assert await watch.probe.rows("SELECT max(tries) FROM inbox") == [(0,)]


async def test_a_disk_that_is_really_full(tmp_path: Path, sqlite_url: str) -> None:
    """The process may write no byte beyond what its files have: the system then says what it says of a full disk."""
    sandbox = Sandbox(TOKENS)
    await sandbox.start()
    bot = Process(tmp_path, sqlite_url, sandbox)
    chats = [(name, number) for name in sandbox.messengers for number in range(5001, 5011)]
    try:
        await bot.up()
        for name, chat in chats:
            sandbox.say(name, chat, "/numbers")
        await sandbox.wait_for(lambda: all(_heard(sandbox, *who) == 1 for who in chats))
        largest = _largest(tmp_path)
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
        asked = 1
        while not any(line.get("do", "").endswith(DISK) for line in bot.log):
            asked += 1
            for name, chat in chats:
                sandbox.say(name, chat, "/numbers " + "x" * 4000)
            await sandbox.pulse.wait(0.1)
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        await sandbox.wait_for(lambda: all(_heard(sandbox, *who) == asked for who in chats), timeout=30)
        assert not [line for line in bot.log if line["level"] == "critical"]
    finally:
        await bot.gone()
        await sandbox.stop()


def _largest(folder: Path) -> int:
    return max(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _heard(sandbox: Sandbox, platform: str, chat: int) -> int:
    return len([line for line in sandbox.transcript(platform, chat) if line["from"] == "bot"])


# --- PostgreSQL restarted ---------------------------------------------------------------------------------------------


class Cluster:
    """A server of the test's own, since the others' must not be stopped."""

    def __init__(self, folder: Path) -> None:
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        self._bin, self._data = programs[-1], folder / "data"
        # The server refuses to run as root.
        self._user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        if os.getuid() == 0:
            shutil.chown(folder, self._user)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        settings = f"port={self.port}\nlisten_addresses='127.0.0.1'\nunix_socket_directories=''\nfsync=off\n"
        self._run("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        with (self._data / "postgresql.conf").open("a") as file:
            file.write(settings)

    @property
    def url(self) -> str:
        return f"postgresql://{self._user}@127.0.0.1:{self.port}/postgres"

    def _run(self, name: str, *words: str) -> None:
        command = [str(self._bin / name), f"--pgdata={self._data}", *words]
        as_user = ["runuser", "-u", self._user, "--"] if os.getuid() == 0 else []
        subprocess.run([*as_user, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")

    def start(self) -> None:
        self._run("pg_ctl", "--wait", f"--log={self._data}/log", "start")

    def stop(self) -> None:
        """As a power cut for it: no connection is ended politely."""
        self._run("pg_ctl", "--wait", "--mode=immediate", "stop")


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    # Not in the test's own folder, which nobody but its owner may enter.
    with tempfile.TemporaryDirectory() as folder:
        made = Cluster(Path(folder))
        made.start()
        yield made
        made.stop()


@pytest.mark.postgres
async def test_a_database_server_that_is_restarted(tmp_path: Path, cluster: Cluster, log: io.StringIO) -> None:
    async with watched(tmp_path, cluster.url, log) as watch:
        for round_ in range(2):
            for person in everybody(watch):
                watch.say(person, f"into-{round_}")
            cluster.stop()
            for person in everybody(watch):
                watch.say(person, f"during-{round_}")
            await watch.minute()
            cluster.start()
            await watch.recovers()
        assert watch.why == {"the database does not answer: look at the disk and the database server"}
        assert DATABASE in watch.advice("receive failed")
        assert DISK in watch.advice("jobs not done")
        assert all(map(watch.heard, everybody(watch)))
        assert await watch.probe.rows("SELECT max(tries) FROM inbox") == [(0,)]


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgres"])
async def test_a_former_connection_that_the_server_still_holds_is_waited_for(
    tmp_path: Path, url: str, log: io.StringIO
) -> None:
    """The network was cut: our side knows, the server does not yet, and lets nobody else be the one at work."""
    import psycopg

    async with watched(tmp_path, url, log) as watch:
        database = watch.town.app.database
        with psycopg.connect(url, autocommit=True) as former:
            # The same lock, held by another connection from the moment in which ours is gone.
            ours = database._writer._connection
            ours.execute("SELECT pg_advisory_unlock_all()")
            former.execute("SELECT pg_advisory_lock(7304201)")
            ours.close()
            for person in everybody(watch):
                watch.say(person, "during")
            await watch.town.app.jobs.look()  # is refused for as long as it waits for the lock, and gives nothing up
            await watch.health()
            assert not watch.town.app.broken.is_set()
        await watch.recovers()
        assert watch.why == {DATABASE}


# --- the clock --------------------------------------------------------------------------------------------------------


async def test_a_clock_set_back_by_an_hour(tmp_path: Path, url: str, log: io.StringIO) -> None:
    """What waits for seconds when it happens must not wait for an hour; what is planned for the evening stays there."""
    async with watched(tmp_path, url, log) as watch:
        town, probe = watch.town, watch.probe
        await town.app.jobs.look()
        failing, other = watch.people("telegram")
        for n in range(2):
            watch.say(failing, "bug" if n == 0 else "behind")
        await until(town, lambda: len(probe.attempts) == 5)  # it holds its chat and is tried again in a second
        now = town.clock.seconds()
        await town.run(lambda tx: jobs.put(tx, "parked-notice", "parked-notice", now))
        await town.run(lambda tx: jobs.put(tx, "digest", "evening", now + 7200))
        await watch.write(other, "due at once", not_before=now)
        town.clock.set_back(3600)
        probe.broken = False
        for person in everybody(watch):
            watch.say(person, "after")
        await town.app.jobs.look()
        await watch.health()
        await watch.recovers()
        assert watch.why == {"the clock was set back by 3600 s: look at the time service of this machine (NTP)"}
        assert watch.advice("clock set back") == {"look at the time service of this machine (NTP)"}
        assert all(map(watch.heard, everybody(watch)))
        assert answers(failing) == watch.said[failing]
        due = await probe.rows("SELECT due FROM jobs WHERE key = 'evening'")
        assert due == [(now + 7200,)]
        assert await probe.rows("SELECT count(*) FROM jobs WHERE key = 'parked-notice'") == [(0,)]
