"""PostgreSQL through psycopg: each connection on a thread of its own, opened again after a loss."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar

from storage.tx import AlreadyRunning, BadStatement, CannotOpen, DatabaseDown, DatabaseError, Row, Tx

if TYPE_CHECKING:
    import psycopg

T = TypeVar("T")

#: How long a connection may take to open, in seconds.
CONNECT_S = 10
#: Any number that no other program on this database uses for an advisory lock.
_LOCK = 7_304_201
#: Seconds that another process may still hold the database: the server notices the end of one that was killed late.
LOCK_S = 3


class PostgresTx(Tx):
    """A transaction on a psycopg connection."""

    dialect: Literal["sqlite", "postgres"] = "postgres"

    def __init__(self, connection: psycopg.Connection[dict[str, Any]]) -> None:
        self._connection = connection
        self.memory: dict[Any, Any] = {}
        self.wrote = False

    def all(self, sql: str, **values: Any) -> list[Row]:
        import psycopg

        try:
            cursor = self._connection.execute(_percent(sql), values)
            return list(cursor.fetchall()) if cursor.description else []
        except psycopg.Error as error:
            raise _postgres_error(error) from None

    def run(self, sql: str, **values: Any) -> int:
        import psycopg

        try:
            count = self._connection.execute(_percent(sql), values).rowcount
            self.wrote = self.wrote or count > 0
            return count
        except psycopg.Error as error:
            raise _postgres_error(error) from None

    def insert(self, sql: str, **values: Any) -> int:
        rows = self.all(f"{sql} RETURNING id", **values)
        self.wrote = self.wrote or bool(rows)
        return int(rows[0]["id"]) if rows else 0


@lru_cache(maxsize=1024)
def _percent(sql: str) -> bytes:
    return re.sub(r"(?<![:\w]):(\w+)", r"%(\1)s", sql.replace("%", "%%")).encode()


def _postgres_error(error: psycopg.Error) -> DatabaseError:
    import psycopg

    # diag.message_primary names tables and rules; the detail line would show a row's values.
    words = error.diag.message_primary or type(error).__name__
    ours = (psycopg.IntegrityError, psycopg.ProgrammingError, psycopg.DataError)
    if isinstance(error, ours) or error.sqlstate == "P0001":
        return BadStatement(words)
    return DatabaseDown(words)


def hold(connection: psycopg.Connection[dict[str, Any]]) -> None:
    """Be the only process at work on a database as long as this connection lives. Raises `AlreadyRunning`."""
    import psycopg

    connection.execute(f"SET lock_timeout = '{LOCK_S}s'")
    try:
        connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
    except psycopg.errors.LockNotAvailable:
        raise AlreadyRunning("another process is at work on this database: stop it first") from None
    connection.execute("RESET lock_timeout")


class Postgres:
    """PostgreSQL through psycopg: each connection on a thread of its own, opened again after a loss."""

    batch = 1
    refuses = False

    def __init__(self, url: str, *, alone: bool) -> None:
        self._url, self._alone = url, alone
        self._writer = _PostgresThread(url, alone=alone)
        self._reader = _PostgresThread(url, read_only=True)

    @classmethod
    async def open(cls, url: str, *, alone: bool) -> Self:
        try:
            import psycopg  # noqa: F401 - only to say early what is missing
        except ImportError:
            raise CannotOpen("PostgreSQL needs the psycopg package: install mahalleyar[postgres]") from None
        database = cls(url, alone=alone)
        try:
            await database._writer.lend(lambda _: None)
        except DatabaseDown as error:
            await database.close()
            raise CannotOpen(f"PostgreSQL: {error}") from None
        except AlreadyRunning:
            await database.close()
            raise
        return database

    async def run(self, function: Callable[[Tx], T]) -> T:
        wrote = False

        def noted(tx: Tx) -> T:
            nonlocal wrote
            result = function(tx)
            wrote = isinstance(tx, PostgresTx) and tx.wrote
            return result

        try:
            result = await self._writer.lend(noted)
        except DatabaseDown:
            self.refuses = True
            raise
        if wrote:
            self.refuses = False
        return result

    async def read(self, function: Callable[[Tx], T]) -> T:
        return await self._reader.lend(function)

    async def close(self) -> None:
        await self._writer.close()
        await self._reader.close()


class _PostgresThread:
    def __init__(self, url: str, *, alone: bool = False, read_only: bool = False) -> None:
        self._url, self._alone, self._read_only = url, alone, read_only
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="postgres")
        self._connection: psycopg.Connection[dict[str, Any]] | None = None
        self._was_open = False

    async def lend(self, function: Callable[[Tx], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._transaction, function)

    def _transaction(self, function: Callable[[Tx], T]) -> T:
        import psycopg

        connection = self._open()
        try:
            with connection.transaction():
                return function(PostgresTx(connection))
        except psycopg.Error as error:
            raise _postgres_error(error) from None
        finally:
            if connection.closed or connection.broken:
                self._connection = None

    def _open(self) -> psycopg.Connection[dict[str, Any]]:
        import psycopg
        from psycopg.rows import dict_row

        if self._connection is None:
            try:
                connection = psycopg.connect(
                    self._url, autocommit=True, row_factory=dict_row, connect_timeout=CONNECT_S
                )
            except psycopg.Error as error:
                raise DatabaseDown(str(error).splitlines()[0] if str(error) else type(error).__name__) from None
            connection.read_only = self._read_only
            if self._alone:
                self._hold(connection)
            self._connection = connection
        return self._connection

    def _hold(self, connection: psycopg.Connection[dict[str, Any]]) -> None:
        import psycopg

        try:
            hold(connection)
        except psycopg.Error as error:
            connection.close()
            raise _postgres_error(error) from None
        except AlreadyRunning as error:
            connection.close()
            if not self._was_open:
                raise
            # A server that was cut off goes on holding our former connection for a while: wait, do not give up.
            raise DatabaseDown(str(error)) from None
        self._was_open = True

    async def close(self) -> None:
        def shut() -> None:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

        try:
            await asyncio.get_running_loop().run_in_executor(self._pool, shut)
        except RuntimeError:  # closed before
            return
        self._pool.shutdown(wait=True)
