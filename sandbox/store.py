"""Keeps what the sandbox knows in one SQLite file, so that a killed process loses nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS kept (
    platform TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, content BLOB,
    PRIMARY KEY (platform, kind, key)
) WITHOUT ROWID
"""


class Store:
    """Rows of (platform, kind, key) → ASCII JSON, some with bytes. Without a path: the bytes, in memory."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._bytes: dict[tuple[str, str, str], bytes] = {}
        self._depth = 0
        self.open()

    def open(self) -> None:
        if self._path is None or self._connection is not None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode=WAL")
        # The page cache outlives a killed process; only a power cut could lose the last rows of a demonstration.
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(_SCHEMA)
        self._connection = connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def together(self) -> Iterator[None]:
        """Everything written inside becomes visible at once; may be nested."""
        if self._connection is None:
            yield
            return
        if self._depth == 0:
            self._connection.execute("BEGIN IMMEDIATE")
        self._depth += 1
        try:
            yield
        finally:
            # Memory is the truth and has already changed, so an error inside does not undo the rows either.
            self._depth -= 1
            if self._depth == 0:
                self._connection.execute("COMMIT")

    def put(self, platform: str, kind: str, key: str, body: str, content: bytes | None = None) -> None:
        if self._connection is None:
            if content is not None:
                self._bytes[platform, kind, key] = content
            return
        self._connection.execute(
            "INSERT INTO kept (platform, kind, key, body, content) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (platform, kind, key) DO UPDATE SET body = excluded.body, content = excluded.content",
            (platform, kind, key, body, content),
        )

    def drop(self, platform: str, kind: str, key: str) -> None:
        if self._connection is not None:
            self._connection.execute(
                "DELETE FROM kept WHERE platform = ? AND kind = ? AND key = ?", (platform, kind, key)
            )

    def rows(self, platform: str, kind: str) -> list[tuple[str, str]]:
        """Every (key, body) of a kind, in no promised order."""
        if self._connection is None:
            return []
        found = self._connection.execute("SELECT key, body FROM kept WHERE platform = ? AND kind = ?", (platform, kind))
        return [(str(key), str(body)) for key, body in found.fetchall()]

    def content(self, platform: str, kind: str, key: str) -> bytes:
        """The bytes of a row; empty when there are none."""
        if self._connection is None:
            return self._bytes.get((platform, kind, key), b"")
        found = self._connection.execute(
            "SELECT content FROM kept WHERE platform = ? AND kind = ? AND key = ?", (platform, kind, key)
        ).fetchall()
        return bytes(found[0][0]) if found and found[0][0] is not None else b""

    def clear(self) -> None:
        self._bytes.clear()
        if self._connection is not None:
            self._connection.execute("DELETE FROM kept")
