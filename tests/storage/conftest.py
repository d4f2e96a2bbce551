"""Real databases for every test of what we keep: the same tests run on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.database import Database, open_database
from bot.postgres import PostgresTx
from bot.sqlite import SqliteTx
from storage import migrations
from storage.tx import Tx
from tests.storage.made import NOW


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def server() -> Any:
    """A connection to the throw-away server, outside of transactions."""
    import psycopg

    return psycopg.connect("dbname=postgres", autocommit=True)


def new_database(template: str = "template0") -> str:
    name = f"test_{secrets.token_hex(8)}"
    with server() as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


def drop_database(name: str) -> None:
    with server() as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def migrated() -> Iterator[str]:
    """The name of a PostgreSQL database that is up to date and empty, to be copied or rolled back to."""

    async def migrate() -> None:
        await (await open_database(f"postgresql:///{name}", now=NOW)).close()

    name = new_database()
    with ThreadPoolExecutor(1) as aside:  # the tests' own loop must not notice
        aside.submit(asyncio.run, migrate()).result()
    yield name
    drop_database(name)


@pytest.fixture(scope="session")
def connection(migrated: str) -> Iterator[Any]:
    import psycopg
    from psycopg.rows import dict_row

    name = new_database(migrated)  # a database that somebody is connected to cannot be copied
    with closing(psycopg.connect(f"postgresql:///{name}", autocommit=True, row_factory=dict_row)) as found:
        yield found
    drop_database(name)


@pytest.fixture
def tx(engine: str, request: pytest.FixtureRequest) -> Iterator[Tx]:
    """A transaction on an empty, migrated database; what is done in it is rolled back when the test is over."""
    if engine == "sqlite":
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
            memory.row_factory = sqlite3.Row
            memory.execute("PRAGMA foreign_keys=ON")
            fresh = SqliteTx(memory)
            memory.execute("BEGIN")
            for number, step in migrations.steps():
                migrations.step_up(fresh, number, step, NOW)
            yield fresh
        return
    connection = request.getfixturevalue("connection")
    with connection.transaction(force_rollback=True):
        yield PostgresTx(connection)


@pytest.fixture
def empty_url(engine: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database that holds nothing yet."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path}/empty/town.db"
        return
    name = new_database()
    yield f"postgresql:///{name}"
    drop_database(name)


@pytest.fixture
def url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database of the test's own."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path}/data/town.db"
        return
    name = new_database(request.getfixturevalue("migrated"))
    yield f"postgresql:///{name}"
    drop_database(name)


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """An opened database: committed transactions, a writer and readers."""
    opened = await open_database(url, now=NOW)
    yield opened
    await opened.close()


@pytest.fixture
def refused(tx: Tx) -> Callable[..., None]:
    """Asserts that the database refuses a statement, and goes on in the same transaction."""
    from storage.tx import BadStatement

    def check(sql: str, **values: Any) -> None:
        tx.mark()
        with pytest.raises(BadStatement):
            tx.run(sql, **values)
        tx.undo()

    return check
