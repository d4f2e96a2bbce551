"""Opening databases and running functions on them: all or nothing, readers beside the writer, one process at work."""

from __future__ import annotations

import asyncio
import contextlib
import os
import stat
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.database import Database, open_database
from storage import inbox, people
from storage.inbox import Message
from storage.tx import AlreadyRunning, BadStatement, CannotOpen, DatabaseDown, DatabaseError, Tx
from tests.storage.made import NOW, bot, count_of, received

ROOT = Path(__file__).parents[2]
LONG_S = 20
WORD = "MARKED" + "-WORD"  # in two, so that a traceback that shows this line does not show it


@pytest.fixture
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.mark.parametrize("umask", [0, 0o022, 0o077], indirect=True)
async def test_nobody_else_reads_the_files(umask: int, tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/data/town.db", now=NOW)
    await database.run(lambda tx: received(tx, 1, 1))
    found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").iterdir()}
    await database.close()
    assert found == dict.fromkeys(("town.db", "town.db-wal", "town.db-shm", "town.db.lock"), 0o600)
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_erased_words_are_not_left_in_the_file(tmp_path: Path) -> None:
    async def live() -> None:
        database = await open_database(f"sqlite:///{tmp_path}/town.db", now=NOW)
        await database.run(lambda tx: received(tx, 1, 1, body=WORD))
        await database.run(lambda tx: inbox.done(tx, 1))
        await database.close()

    asyncio.run(live())
    assert [path.name for path in tmp_path.iterdir() if WORD.encode() in path.read_bytes()] == []


async def test_what_is_committed_survives_every_power_cut(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/town.db", now=NOW)

    def pragmas(tx: Tx) -> dict[str, Any]:
        names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        return {name: tx.all(f"PRAGMA {name}")[0][name] for name in names}

    found = await database.run(pragmas)
    await database.close()
    assert found == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}


class Ours(Exception):
    """Raised in the middle of a transaction."""


async def test_a_function_that_raises_leaves_nothing(database: Database) -> None:
    def half(tx: Tx) -> None:
        received(tx, 1, 1)
        raise Ours

    with pytest.raises(Ours):
        await database.run(half)
    assert await database.read(lambda tx: count_of(tx, "inbox")) == 0
    await database.run(lambda tx: received(tx, 1, 1))
    assert await database.read(lambda tx: count_of(tx, "inbox")) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO inbox (bot, update_id, body, state, received) VALUES (999, 1, :word, 'waiting', 0)",
        "INSERT INTO inbox (bot, update_id, body, state, received) VALUES (1, 1, NULL, :word, 0)",
        "SELECT nothing FROM inbox WHERE body = :word",
        "SELECT FROM WHERE :word",
    ],
)
async def test_a_statement_at_fault_is_told_apart_and_tells_no_words(database: Database, statement: str) -> None:
    def wrong(tx: Tx) -> None:
        received(tx, 1, 1)
        tx.run(statement, word=WORD)

    with pytest.raises(BadStatement) as told:
        await database.run(wrong)
    assert WORD not in "".join(traceback.format_exception(told.value))
    assert await database.read(lambda tx: count_of(tx, "inbox")) == 0


async def test_an_undone_turn_leaves_the_others(database: Database) -> None:
    def batch(tx: Tx) -> None:
        for update in range(6):
            tx.mark()
            received(tx, 1, update)
            if update % 3 == 1:
                tx.undo()
            tx.keep()

    await database.run(batch)
    rows = await database.read(
        lambda tx: [row["update_id"] for row in tx.all("SELECT update_id FROM inbox ORDER BY id")]
    )
    assert rows == [0, 2, 3, 5]


async def test_a_reader_sees_what_is_committed_and_never_waits_for_the_writer(database: Database) -> None:
    written, go_on = threading.Event(), threading.Event()

    def slow(tx: Tx) -> None:
        received(tx, 1, 1)
        written.set()
        go_on.wait(LONG_S)

    task = asyncio.create_task(database.run(slow))
    await asyncio.to_thread(written.wait, LONG_S)
    before = await database.read(lambda tx: count_of(tx, "inbox"))
    go_on.set()
    await task
    assert (before, await database.read(lambda tx: count_of(tx, "inbox"))) == (0, 1)


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DatabaseError):
        await database.read(lambda tx: received(tx, 1, 1))
    assert await database.read(lambda tx: count_of(tx, "inbox")) == 0


async def test_a_cancelled_wait_does_not_stop_the_work_and_closing_waits_for_it(database: Database, url: str) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(tx: Tx) -> None:
        begun.set()
        go_on.wait(LONG_S)
        received(tx, 1, 1)

    task = asyncio.create_task(database.run(slow))
    await asyncio.to_thread(begun.wait, LONG_S)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    go_on.set()
    await database.close()
    await database.close()
    again = await open_database(url, now=NOW)
    assert await again.read(lambda tx: count_of(tx, "inbox")) == 1
    await again.close()


async def test_functions_run_one_after_the_other_in_the_order_they_came(database: Database) -> None:
    order: list[int] = []
    await asyncio.gather(*(database.run(lambda _, n=n: order.append(n)) for n in range(20)))  # type: ignore[misc]
    assert order == list(range(20))


HOLDER = """
import asyncio, sys
from bot.database import open_database

async def main():
    database = await open_database(sys.argv[1], now=0)
    print("open", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await database.close()

asyncio.run(main())
"""


async def test_two_processes_do_not_work_on_one_database_but_a_command_may_beside(url: str) -> None:
    holder = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, url, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"open\n"
    with pytest.raises(AlreadyRunning, match="stop it first"):
        await open_database(url, now=NOW)
    beside = await open_database(url, now=NOW, alone=False)
    await beside.run(lambda tx: received(tx, 1, 1))
    await beside.close()
    holder.kill()
    await holder.communicate()
    after = await opened_at_last(url)
    assert await after.read(lambda tx: count_of(tx, "inbox")) == 1
    await after.close()


async def opened_at_last(url: str) -> Database:
    """A server needs a moment to see that a killed process is gone."""
    async with asyncio.timeout(LONG_S):
        while True:
            with contextlib.suppress(AlreadyRunning):
                return await open_database(url, now=NOW)
            await asyncio.sleep(0)


def a_batch(tx: Tx) -> None:
    """Turns as the worker runs them, each under its savepoint."""
    for update in range(300):
        tx.mark()
        received(tx, update % 7, update, body="x" * 900)
        tx.keep()


async def test_a_full_disk_abandons_the_whole_batch_and_nothing_is_half_done(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/town.db", now=NOW)
    await database.run(bot)
    pages = await database.run(lambda tx: int(tx.all("PRAGMA page_count")[0]["page_count"]))
    await database.run(lambda tx: tx.all(f"PRAGMA max_page_count={pages + 20}"))
    with pytest.raises(DatabaseDown, match="full"):
        await database.run(a_batch)
    assert await database.read(lambda tx: (count_of(tx, "inbox"), count_of(tx, "lanes"))) == (0, 0)
    # Room again: the same batch goes through on the same connection.
    await database.run(lambda tx: tx.all("PRAGMA max_page_count=100000"))
    await database.run(a_batch)
    assert await database.read(lambda tx: (count_of(tx, "inbox"), count_of(tx, "lanes"))) == (300, 7)
    await database.close()


async def test_after_a_full_disk_no_turn_of_the_batch_goes_on(tmp_path: Path) -> None:
    """SQLite has rolled the batch back by then, and what followed would be committed alone."""
    database = await open_database(f"sqlite:///{tmp_path}/town.db", now=NOW)
    await database.run(bot)
    pages = await database.run(lambda tx: int(tx.all("PRAGMA page_count")[0]["page_count"]))
    await database.run(lambda tx: tx.all(f"PRAGMA max_page_count={pages + 5}"))
    turns = 0

    def batch(tx: Tx) -> None:
        nonlocal turns
        for update in range(300):
            turns += 1
            tx.mark()
            received(tx, update, update, body="x" * 900)
            tx.keep()

    with pytest.raises(DatabaseDown):
        await database.run(batch)
    assert 1 < turns < 300
    assert await database.read(lambda tx: count_of(tx, "inbox")) == 0
    await database.close()


@pytest.mark.parametrize("content", [b"this is not a database, it is a letter to the council " * 40, None])
async def test_what_is_no_database_is_refused_in_one_line(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "town.db"
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(CannotOpen) as told:
        await open_database(f"sqlite:///{path}", now=NOW)
    assert str(path) in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.postgres
async def test_a_server_that_is_not_there_is_named_in_one_line() -> None:
    with pytest.raises(CannotOpen, match=r"^PostgreSQL: ") as told:
        await open_database("postgresql://127.0.0.1:1/town", now=NOW)
    assert "\n" not in str(told.value)


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
async def test_a_lost_connection_fails_once_and_is_opened_again(database: Database) -> None:
    def cut(tx: Tx) -> None:
        received(tx, 1, 1)
        tx.all("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(DatabaseDown):
        await database.run(cut)
    await database.run(lambda tx: received(tx, 1, 2))
    rows = await database.read(lambda tx: [row["update_id"] for row in tx.all("SELECT update_id FROM inbox")])
    assert rows == [2]


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
async def test_two_processes_never_share_a_chat_and_neither_waits(database: Database, url: str) -> None:
    def fill(tx: Tx) -> None:
        for update, user in enumerate([1, 1, 2]):
            received(tx, user, update)

    await database.run(fill)
    other = await open_database(url, now=NOW, alone=False)
    third = await open_database(url, now=NOW, alone=False)
    taken, go_on = threading.Event(), threading.Event()
    chats: list[int] = []

    def hold(tx: Tx) -> None:
        chats.extend(message.chat for message in inbox.take(tx, NOW, 1))
        taken.set()
        go_on.wait(LONG_S)

    def look(tx: Tx) -> list[Message]:
        tx.run("SET LOCAL statement_timeout = '5s'")
        return inbox.take(tx, NOW, 1)

    def hold_too(tx: Tx) -> list[int]:
        found = [message.chat for message in look(tx)]
        beside.append([message.chat for message in thread_look(third)])
        return found

    beside: list[list[int]] = []
    loop = asyncio.get_running_loop()

    def thread_look(database: Database) -> list[Message]:
        return asyncio.run_coroutine_threadsafe(database.run(look), loop).result(LONG_S)

    first = asyncio.create_task(database.run(hold))
    await asyncio.to_thread(taken.wait, LONG_S)
    second = await other.run(hold_too)
    go_on.set()
    await first
    assert (chats, second, beside) == ([1], [2], [[]])
    await other.close()
    await third.close()


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
async def test_a_deadlock_is_the_machines_fault_and_the_same_work_succeeds_later(database: Database, url: str) -> None:
    other = await open_database(url, now=NOW, alone=False)
    one, two = await database.run(lambda tx: [people.lane_id(tx, bot(tx), chat) for chat in (1, 2)])
    both = threading.Barrier(2, timeout=LONG_S)

    def in_order(first: int, second: int) -> Any:
        def work(tx: Tx) -> None:
            tx.run("UPDATE lanes SET held_until = 1 WHERE id = :id", id=first)
            both.wait()
            tx.run("UPDATE lanes SET held_until = 2 WHERE id = :id", id=second)

        return work

    found = await asyncio.gather(
        database.run(in_order(one, two)), other.run(in_order(two, one)), return_exceptions=True
    )
    assert sorted(type(each) for each in found if each is not None) == [DatabaseDown]
    await other.close()
