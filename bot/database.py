"""Opens SQLite or PostgreSQL and runs plain functions on it: one writer, readers beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Protocol, TypeVar

from bot.postgres import Postgres
from bot.sqlite import Sqlite
from storage import migrations
from storage.tx import AlreadyRunning, CannotOpen, Tx

__all__ = ["AlreadyRunning", "CannotOpen", "Database", "open_database"]

T = TypeVar("T")


class Database(Protocol):
    """A database that runs functions. Cancelling the await does not stop the function: `close` waits for it."""

    #: How many turns one transaction may hold (two processes' batches would deadlock on PostgreSQL).
    batch: int
    #: The machine would not keep what was to be written last (disk full, locked, away), and has kept nothing since.
    refuses: bool

    async def run(self, function: Callable[[Tx], T]) -> T:
        """Run the function in one write transaction; committed when it returns, rolled back when it raises.

        Raises `BadStatement` or `DatabaseDown`; after either nothing of the function's work is kept.
        """
        ...

    async def read(self, function: Callable[[Tx], T]) -> T:
        """Run the function on a connection that cannot write, beside the writer."""
        ...

    async def close(self) -> None:
        """Finish what runs and close. Safe to call twice."""
        ...


async def open_database(url: str, *, now: int, migrate: bool = True, alone: bool = True) -> Database:
    """Open `sqlite:///path` or `postgresql://user@host/db` and bring it up to this program.

    `alone`: hold the database for this process as long as it is open. Raises `AlreadyRunning`, `CannotOpen`,
    `migrations.NewerDatabase`.
    """
    database: Sqlite | Postgres
    if url.startswith("sqlite:///"):
        database = await Sqlite.open(Path(url.removeprefix("sqlite:///")), alone=alone)
    else:
        database = await Postgres.open(url, alone=alone)
    try:
        await database.run(migrations.refuse_newer)
        if migrate:
            for number, step in migrations.steps():
                await database.run(_stepper(number, step, now))
    except BaseException:
        await database.close()
        raise
    return database


def _stepper(number: int, step: ModuleType, now: int) -> Callable[[Tx], None]:
    return lambda tx: migrations.step_up(tx, number, step, now)
