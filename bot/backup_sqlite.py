"""A copy of a SQLite database that is in use, and back."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.sqlite import BUSY_S, SqliteTx, make_folder
from storage.contents import Contents, look
from storage.tx import CannotOpen, DatabaseError

#: How a file of this kind begins.
MARK = b"SQLite format 3\0"
#: Pages copied between two words about how far it is (8 MB with pages of 4 kB), and bytes when a file is put back.
PAGES, PIECE = 2048, 8 * 1024 * 1024
#: What SQLite keeps beside a database that is open.
TAILS = ("-wal", "-shm", "-journal")

Told = Callable[[int, int], None]


class Damaged(Exception):
    """The file is not whole, or is something else. The message is one line without the file's name."""


def save(source: Path, draft: Path, told: Told) -> Contents:
    """Copy a database that others may be writing to; what the copy must hold. Raises `CannotOpen`.

    One read transaction sees it all: what is counted is what is copied, and a busy bot cannot make it begin anew.
    """
    try:
        with closing(_opened(f"{_uri(source)}?mode=rw")) as live, closing(_opened(_uri(draft))) as copy:
            live.execute("PRAGMA query_only=ON")
            live.execute("BEGIN")
            found = look(SqliteTx(live))
            live.backup(copy, pages=PAGES, progress=lambda _, left, whole: told(whole - left, whole))
            copy.execute("PRAGMA journal_mode=DELETE")  # one plain file, with nothing beside it
        return found
    except (sqlite3.Error, DatabaseError) as error:
        raise CannotOpen(str(error)) from None


def inside(file: Path) -> Contents:
    """Open a copy, let SQLite look at every page, and count. Raises `Damaged`."""
    try:
        with closing(_opened(f"{_uri(file)}?immutable=1")) as copy:
            found = [row[0] for row in copy.execute("PRAGMA integrity_check(1)").fetchall()]
            if found != ["ok"]:
                raise Damaged(f"damaged: {found[0].splitlines()[-1]}")
            return look(SqliteTx(copy))
    except (sqlite3.Error, DatabaseError) as error:
        raise Damaged(f"damaged: {error}") from None


def put_back(file: Path, target: Path, fit: Callable[[Contents], None], told: Told) -> Contents:
    """Put a copy in the place of a database that nobody has open. `fit` may still refuse it by raising.

    Until the last step the old one stands untouched. Raises `Damaged`, `OSError`.
    """
    if any(file.with_name(file.name + tail).exists() for tail in TAILS):
        raise Damaged("a database in use, with a file of SQLite's beside it: take a copy by `backup`")
    make_folder(target.parent)
    draft = target.with_name(f".{target.name}.restoring")
    try:
        _copied(file, draft, told)
        found = inside(draft)
        fit(found)
        # First what belongs to the old one: left beside the new one, SQLite would write it into that.
        for tail in TAILS:
            target.with_name(target.name + tail).unlink(missing_ok=True)
        draft.replace(target)
        settle(target.parent)
    finally:
        draft.unlink(missing_ok=True)
    return found


def settle(path: Path) -> None:
    """Wait until a file's content, or a folder's names, would survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copied(file: Path, draft: Path, told: Told) -> None:
    draft.unlink(missing_ok=True)
    size, done = file.stat().st_size, 0
    with file.open("rb") as source, os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
        while piece := source.read(PIECE):
            to.write(piece)
            done += len(piece)
            told(done, size)
        to.flush()
        os.fsync(to.fileno())


def _opened(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_S, isolation_level=None)
    connection.row_factory = sqlite3.Row
    return connection


def _uri(path: Path) -> str:
    return path.absolute().as_uri()
