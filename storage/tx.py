"""What a storage function needs of an open transaction, whichever database is behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal, Protocol


class Row(Protocol):
    """One row, read by column name."""

    def __getitem__(self, column: str, /) -> Any: ...


class Tx(Protocol):
    """An open transaction. SQL is written once, with `:name` for values; both databases read it.

    Every method raises `DatabaseError` (one of its two kinds), never a driver's own exception. A database brings
    `all`, `run` and `insert`; the rest follows from them.
    """

    dialect: Literal["sqlite", "postgres"]
    #: What was read in this transaction and is read again and again; whoever changes such a row clears it.
    memory: dict[Any, Any]

    def all(self, sql: str, **values: Any) -> list[Row]:
        """Every row of the answer, fetched whole (an unfinished `RETURNING` blocks SQLite's commit)."""
        ...

    def one(self, sql: str, **values: Any) -> Row | None:
        """The first row, or None."""
        rows = self.all(sql, **values)
        return rows[0] if rows else None

    def run(self, sql: str, **values: Any) -> int:
        """How many rows were touched."""
        ...

    def insert(self, sql: str, **values: Any) -> int:
        """The number that a new row of a table with `{id}` got; 0 when a conflict let none be written."""
        ...

    def among(self, name: str) -> str:
        """What stands behind IN for a value given as `numbers`: so the statement is the same however many there are,
        which a database reads and remembers once."""
        return _AMONG[self.dialect].format(name=name)

    def script(self, sql: str) -> None:
        """Several statements without values, separated by `;` at line ends (migrations)."""
        for statement in statements(sql):
            self.run(statement)

    def mark(self) -> None:
        """Set the savepoint that `undo` goes back to and `keep` lets go."""
        self.run("SAVEPOINT turn")

    def undo(self) -> None:
        """Back to the savepoint. Only after an exception of our own, never after a database error."""
        self.memory.clear()
        self.run("ROLLBACK TO SAVEPOINT turn")

    def keep(self) -> None:
        """Let the savepoint go, keeping what was done since."""
        self.run("RELEASE SAVEPOINT turn")


_AMONG = {
    "sqlite": "(SELECT value FROM json_each(:{name}))",
    "postgres": "(SELECT CAST(n AS bigint) FROM json_array_elements_text(CAST(:{name} AS json)) AS n)",
}


def numbers(of: Iterable[int]) -> str:
    """Numbers as one value, for `Tx.among`."""
    return f"[{','.join(str(int(number)) for number in of)}]"


class DatabaseError(Exception):
    """The database refused. Whatever was done in the transaction must be taken as lost."""


class BadStatement(DatabaseError):
    """The statement itself is at fault (a broken rule, a wrong type): repeating it alone fails again."""


class DatabaseDown(DatabaseError):
    """The machine is at fault (disk full, locked, connection lost, deadlock): the same work may succeed later."""


class AlreadyRunning(Exception):
    """Another process is at work on this database."""


class CannotOpen(Exception):
    """The database cannot be opened; the message says what to do."""


def statements(sql: str) -> list[str]:
    """The script's statements: one ends where a line ends with `;` (so a trigger's body stands on one line)."""
    return [part.strip() for part in re.split(r";[ \t]*\n", sql + "\n") if part.strip()]
