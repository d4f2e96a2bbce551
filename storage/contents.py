"""What a whole database holds, counted: so that a copy can be compared with what it was taken from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storage import migrations
from storage.tx import Tx


@dataclass(frozen=True, slots=True)
class Contents:
    """Two of them are equal when nothing is missing."""

    #: The last step of migration; 0 when there are no tables.
    step: int
    #: How many rows each table has.
    rows: Mapping[str, int]
    #: Bytes of each photo, voice and video, by its name in the store.
    media: Mapping[str, int]
    #: When somebody last wrote (epoch seconds); 0 for never.
    newest: int


def look(tx: Tx) -> Contents:
    """Count everything, in the transaction given: what it sees is one moment."""
    tables = _tables(tx)
    rows = {table: _number(tx, f'SELECT count(*) AS n FROM "{table}"') for table in tables}
    newest = _number(tx, "SELECT max(last_seen) AS n FROM accounts") if "accounts" in rows else 0
    return Contents(migrations.applied(tx), rows, _media(tx) if "media" in rows else {}, newest)


def _tables(tx: Tx) -> list[str]:
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
        "postgres": "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename",
    }
    return [str(row["name"]) for row in tx.all(catalogue[tx.dialect])]


def _media(tx: Tx) -> dict[str, int]:
    rows = tx.all(
        "SELECT sha256, max(bytes) AS n FROM media WHERE sha256 IS NOT NULL AND state = 'kept' "
        "GROUP BY sha256 ORDER BY sha256"
    )
    return {str(row["sha256"]): int(row["n"]) for row in rows}


def _number(tx: Tx, sql: str) -> int:
    row = tx.one(sql)
    return 0 if row is None or row["n"] is None else int(row["n"])
