"""SQLite in WAL mode: one writer thread, readers beside it."""

from __future__ import annotations

import asyncio
import fcntl
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Literal, Self, TypeVar

import aiosqlite

from storage.tx import AlreadyRunning, BadStatement, CannotOpen, DatabaseDown, DatabaseError, Row, Tx

T = TypeVar("T")

#: How long a statement waits for another process's lock, in seconds.
BUSY_S = 10.0
#: Read connections beside the writer.
READERS = 2


class SqliteTx(Tx):
    """A transaction on a sqlite3 connection."""

    dialect: Literal["sqlite", "postgres"] = "sqlite"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute
        self.memory: dict[Any, Any] = {}

    def all(self, sql: str, **values: Any) -> list[Row]:
        try:
            return self._execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise _sqlite_error(error) from None

    def run(self, sql: str, **values: Any) -> int:
        try:
            return self._execute(sql, values).rowcount
        except sqlite3.Error as error:
            raise _sqlite_error(error) from None

    def insert(self, sql: str, **values: Any) -> int:
        try:
            cursor = self._execute(sql, values)  # `RETURNING` would cost as much again as the row
        except sqlite3.Error as error:
            raise _sqlite_error(error) from None
        return (cursor.lastrowid or 0) if cursor.rowcount else 0


def _sqlite_error(error: sqlite3.Error) -> DatabaseError:
    # The driver's message names tables and columns, never values; the exception itself is not chained, since
    # tracebacks of it would show the parameters.
    if isinstance(error, sqlite3.OperationalError) and not _is_bad_sql(error):
        return DatabaseDown(str(error))
    if isinstance(
        error, sqlite3.IntegrityError | sqlite3.ProgrammingError | sqlite3.OperationalError | sqlite3.DataError
    ):
        return BadStatement(str(error))
    return DatabaseDown(str(error))


def _is_bad_sql(error: sqlite3.OperationalError) -> bool:
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR


class _Thread(aiosqlite.Connection):
    """aiosqlite's own thread, lent to whole functions: one hop for a batch and not one for each statement.

    `_execute`, `_conn` and `_thread` are private to aiosqlite; this subclass is the only place that knows them.
    """

    async def lend(self, function: Callable[[sqlite3.Connection], T]) -> T:
        result: T = await self._execute(function, self._conn)  # type: ignore[no-untyped-call]
        return result

    def ended(self) -> None:
        """Wait until the thread itself is gone."""
        self._thread.join()


class Sqlite:
    """A SQLite file in WAL mode: what is committed survives a kill and a power cut (`synchronous=FULL`)."""

    batch = 64
    refuses = False

    def __init__(self, writer: _Thread, readers: list[_Thread], lock: IO[str] | None) -> None:
        self._writer, self._readers, self._lock = writer, readers, lock
        # The one used last comes first: it has at hand what is read again and again.
        self._free: asyncio.LifoQueue[_Thread] = asyncio.LifoQueue()
        for reader in readers:
            self._free.put_nowait(reader)

    @classmethod
    async def open(cls, path: Path, *, alone: bool) -> Self:
        try:
            _make_place(path)
        except OSError as error:
            raise CannotOpen(f"{path}: {error.strerror}") from None
        lock = hold(path) if alone else None
        opened: list[_Thread] = []
        try:
            for number in range(1 + READERS):
                opened.append(await _connect(path, write=number == 0))
        except (sqlite3.Error, OSError) as error:
            for connection in opened:
                await connection.close()
            if lock:
                lock.close()
            raise CannotOpen(f"{path}: {error}") from None
        return cls(opened[0], opened[1:], lock)

    async def run(self, function: Callable[[Tx], T]) -> T:
        try:
            result, wrote = await self._writer.lend(lambda connection: _in_transaction(connection, function))
        except DatabaseDown:
            self.refuses = True
            raise
        if wrote:  # an empty transaction succeeds on a full disk too
            self.refuses = False
        return result

    async def read(self, function: Callable[[Tx], T]) -> T:
        reader = await self._free.get()
        try:
            return await reader.lend(lambda connection: function(SqliteTx(connection)))
        finally:
            self._free.put_nowait(reader)

    async def close(self) -> None:
        for connection in [*self._readers, self._writer]:
            await connection.close()
        self._readers.clear()
        if self._lock:
            self._lock.close()


def _in_transaction(connection: sqlite3.Connection, function: Callable[[Tx], T]) -> tuple[T, bool]:
    """What the function returned, and whether there was anything to write."""
    tx, before = SqliteTx(connection), connection.total_changes
    tx.run("BEGIN IMMEDIATE")
    try:
        result = function(tx)
        tx.run("COMMIT")
    except BaseException:
        # On a full disk SQLite has already rolled everything back, and a ROLLBACK of our own would fail.
        if connection.in_transaction:
            tx.run("ROLLBACK")
        raise
    return result, connection.total_changes > before


async def _connect(path: Path, *, write: bool) -> _Thread:
    def connector() -> sqlite3.Connection:
        connection = sqlite3.connect(
            path, timeout=BUSY_S, isolation_level=None, check_same_thread=False, cached_statements=512
        )
        connection.row_factory = sqlite3.Row
        try:
            for pragma in _PRAGMAS if write else _READ_PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    thread = _Thread(connector, 64)
    try:
        await thread
    except BaseException:
        # While it stops, aiosqlite's thread answers once more: on a loop that is closed by then it would crash loudly.
        await asyncio.to_thread(thread.ended)
        raise
    return thread


_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "foreign_keys=ON",
    "cache_size=-8000",
    "temp_store=MEMORY",  # what a savepoint would put back: else a file is written and thrown away with every turn
)
_READ_PRAGMAS = ("query_only=ON", "cache_size=-2000")


def _make_place(path: Path) -> None:
    """A folder that only we may enter, and an empty file that only we may read, before SQLite makes its own."""
    make_folder(path.parent)
    if not path.exists():
        path.touch(mode=0o600)
        path.chmod(0o600)


def make_folder(folder: Path) -> None:
    """A folder that only we may enter; one that is there stays as it is."""
    if not folder.exists():
        folder.mkdir(parents=True, mode=0o700)
        folder.chmod(0o700)


def hold(path: Path) -> IO[str]:
    """Be the only process at work on a database until the file returned is closed. Raises `AlreadyRunning`."""
    descriptor = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    file = os.fdopen(descriptor, "w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise AlreadyRunning(f"another process is at work on {path.name}: stop it first") from None
    return file
