"""Databases are brought up step by step: each whole or not at all, the same way for everybody."""

from __future__ import annotations

import asyncio
import re
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from bot.database import Database, open_database
from storage import migrations
from storage.migrations import NewerDatabase
from storage.tx import BadStatement, Tx
from tests.storage.made import NOW

ROOT = Path(__file__).parents[2]
STEPS = migrations.steps()
NEWEST = STEPS[-1][0]


def made_up(sql: str) -> ModuleType:
    step = ModuleType("storage.migrations.m9998_made_up")
    step.SQL = sql  # type: ignore[attr-defined]
    return step


def dump(tx: Tx) -> dict[str, list[tuple[object, ...]]]:
    """The whole schema, in the database's own words."""
    if tx.dialect == "sqlite":
        rows = tx.all("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
        return {"master": [tuple(row) for row in rows]}  # type: ignore[arg-type]
    questions = {
        "columns": "SELECT table_name, column_name, ordinal_position, data_type, collation_name, is_nullable, "
        "column_default, is_identity FROM information_schema.columns WHERE table_schema = 'public' "
        "ORDER BY table_name, ordinal_position",
        "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname",
        "rules": "SELECT conrelid::regclass::text AS t, conname, pg_get_constraintdef(oid) AS d FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
        "triggers": "SELECT tgname, pg_get_triggerdef(oid) AS d FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
    }
    return {name: [tuple(dict(row).values()) for row in tx.all(sql)] for name, sql in questions.items()}  # type: ignore[call-overload]


def columns_said(sql: str) -> list[tuple[str, str, str]]:
    """Every column that a step makes: table, column, the sentence beside it."""
    found = []
    for table, body in re.findall(r"CREATE TABLE (\w+) \(\n(.*?)\n\);", sql, re.DOTALL):
        for line in body.splitlines():
            if not re.match(r"\s*(UNIQUE|PRIMARY KEY|FOREIGN KEY|CHECK)\b", line):
                found.append((table, line.split()[0], line.partition("--")[2].strip()))
    # SQLite keeps the words of an added column as they are written, so the sentence stands before it.
    for table, said, column in re.findall(r"ALTER TABLE (\w+) ADD COLUMN\n\s*-- (.*)\n\s*(\w+)", sql):
        found.append((table, column, said.strip()))
    return found


def test_steps_are_numbered_without_a_gap() -> None:
    assert [number for number, _ in STEPS] == list(range(1, NEWEST + 1))


@pytest.mark.parametrize("step", [step for _, step in STEPS], ids=lambda step: step.__name__)
def test_every_column_has_its_sentence(step: ModuleType) -> None:
    assert [f"{table}.{column}" for table, column, said in columns_said(step.SQL) if len(said) < 3] == []


def test_the_sentences_are_about_the_columns_there_are(tx: Tx) -> None:
    said = {(table, column) for _, step in STEPS for table, column, _ in columns_said(step.SQL)}
    there = set()
    for table in {table for table, _ in said}:
        probe = {
            "sqlite": "SELECT name FROM pragma_table_info(:of)",
            "postgres": "SELECT column_name AS name FROM information_schema.columns WHERE table_name = :of",
        }
        there |= {(table, row["name"]) for row in tx.all(probe[tx.dialect], of=table)}
    assert there == said


async def test_a_fresh_database_and_one_that_came_step_by_step_are_the_same(empty_url: str, database: Database) -> None:
    for number, step in STEPS:
        slow = await open_database(empty_url, now=NOW, migrate=False)
        await slow.run(lambda tx, n=number, s=step: migrations.step_up(tx, n, s, NOW + n))  # type: ignore[misc]
        await slow.close()
    slow = await open_database(empty_url, now=NOW)
    assert await slow.read(dump) == await database.read(dump)
    await slow.close()


async def test_every_step_leaves_its_record_and_runs_once(database: Database, url: str) -> None:
    await database.close()
    again = await open_database(url, now=NOW + 99)
    rows = await again.read(lambda tx: [(row["number"], row["name"]) for row in tx.all("SELECT * FROM migrations")])
    assert rows == [(number, step.__name__.rsplit(".", 1)[-1]) for number, step in STEPS]
    assert await again.read(migrations.applied) == NEWEST
    await again.close()


async def test_an_empty_database_is_at_step_nought(empty_url: str) -> None:
    empty = await open_database(empty_url, now=NOW, migrate=False)
    assert await empty.read(migrations.applied) == 0
    await empty.close()


async def test_a_newer_database_is_refused_in_one_line(database: Database, url: str) -> None:
    await database.run(
        lambda tx: tx.run("INSERT INTO migrations (number, name, applied) VALUES (:n, 'later', 0)", n=NEWEST + 1)
    )
    await database.close()
    for migrate in (True, False):
        with pytest.raises(
            NewerDatabase, match=rf"^the database is at step {NEWEST + 1}, this program knows {NEWEST}"
        ) as told:
            await open_database(url, now=NOW, migrate=migrate)
        assert "\n" not in str(told.value)


async def test_a_step_that_fails_leaves_nothing_of_itself(database: Database) -> None:
    before = await database.read(dump)
    broken = made_up(
        "CREATE TABLE later (id {id});\nINSERT INTO later (id) VALUES (1);\nINSERT INTO nowhere VALUES (1);\n"
    )
    with pytest.raises(BadStatement):
        await database.run(lambda tx: migrations.step_up(tx, NEWEST + 1, broken, NOW))
    assert await database.read(dump) == before
    assert await database.read(migrations.applied) == NEWEST


async def test_a_step_and_its_record_come_together(database: Database) -> None:
    step = made_up("CREATE TABLE later (id {id}, words TEXT{plain});\n")
    for _ in range(2):
        await database.run(lambda tx: migrations.step_up(tx, NEWEST + 1, step, NOW))
    assert await database.read(migrations.applied) == NEWEST + 1
    assert await database.read(lambda tx: tx.all("SELECT id, words FROM later")) == []


KILLED = """
import asyncio, os, signal, sys
from types import ModuleType
from bot.database import open_database
from storage import migrations

step = ModuleType("m9998_made_up")
step.SQL = "CREATE TABLE later (id {id});"

def half(tx):
    migrations.step_up(tx, int(sys.argv[2]), step, 0)
    os.kill(os.getpid(), signal.SIGKILL)

async def main():
    database = await open_database(sys.argv[1], now=0)
    await database.run(half)

asyncio.run(main())
"""


async def test_a_kill_in_the_middle_of_a_step_leaves_the_one_before(url: str) -> None:
    command = [sys.executable, "-c", KILLED, url, str(NEWEST + 1)]
    killed = await asyncio.to_thread(subprocess.run, command, cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    # The server lets go of the killed one's lock as soon as it sees that the connection is gone.
    database = await open_database(url, now=NOW, alone=False)
    assert await database.read(migrations.applied) == NEWEST
    step = made_up("CREATE TABLE later (id {id});\n")
    await database.run(lambda tx: migrations.step_up(tx, NEWEST + 1, step, NOW))
    assert await database.read(migrations.applied) == NEWEST + 1
    await database.close()
