"""A copy of a PostgreSQL database by its own programs, and back."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.backup_sqlite import Damaged
from bot.postgres import PostgresTx, hold
from storage.contents import Contents, look
from storage.tx import CannotOpen, DatabaseError

#: How a file of this kind begins (pg_dump's custom format).
MARK = b"PGDMP"
#: Seconds between two words about how far it is, and bytes handed on at once.
LOOK_S, PIECE = 5.0, 1024 * 1024

Told = Callable[[int, int], None]


class NoProgram(Exception):
    """PostgreSQL's own programs are not there. The message is one line that says what to do."""


class Failed(Exception):
    """One of PostgreSQL's programs refused. The message is its last line, in which no value stands."""


def save(url: str, draft: Path, told: Told) -> Contents:
    """Have a database dumped while others write to it; what the dump must hold.

    Raises `NoProgram`, `Failed`, `CannotOpen`.
    """
    import psycopg
    from psycopg.rows import dict_row

    program = _program("pg_dump")
    try:
        with psycopg.connect(url, row_factory=dict_row) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            tx = PostgresTx(connection)
            # pg_dump is lent this very view of the data: what is counted is what is dumped.
            view = tx.all("SELECT pg_export_snapshot() AS name")[0]["name"]
            found = look(tx)
            dump = [program, "--format=custom", "--no-owner", "--no-privileges", "--no-password"]
            _dump([*dump, f"--snapshot={view}", f"--file={draft}"], url, draft, told)
        return found
    except (psycopg.Error, DatabaseError) as error:
        raise CannotOpen(f"PostgreSQL: {_last_line(str(error))}") from None


def inside(file: Path, told: Told) -> Contents:
    """Unpack a dump to its end and count what comes out; needs no server. Raises `Damaged`, `NoProgram`."""
    command = [_program("pg_restore"), "--data-only", "--file=-", str(file)]
    count, done = _Count(), 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as unpack:  # noqa: S603 - no shell
        for line in unpack.stdout or ():
            count.line(line)
            done += len(line)
            told(done, 0)
        words = (unpack.stderr.read() if unpack.stderr else b"").decode("utf-8", "replace")
    if unpack.returncode or count.table:
        raise Damaged(f"damaged: {_last_line(words) or 'it ends in the middle of a table'}")
    return Contents(count.step, dict(sorted(count.rows.items())), dict(sorted(count.media.items())), count.newest)


@contextmanager
def held(url: str) -> Iterator[bool]:
    """Be the only process at work on a database; whether there is anything in it that would be overwritten.

    Raises `AlreadyRunning`, `CannotOpen`.
    """
    import psycopg
    from psycopg.rows import dict_row

    try:
        with psycopg.connect(url, autocommit=True, row_factory=dict_row) as connection:
            hold(connection)
            yield bool(look(PostgresTx(connection)).rows)
    except psycopg.Error as error:
        raise CannotOpen(f"PostgreSQL: {_last_line(str(error))}") from None


def put_back(file: Path, url: str, found: Contents, told: Told) -> None:
    """Replace everything in a database by what a dump holds, in one transaction: all of it or nothing.

    Raises `NoProgram`, `Failed`, `CannotOpen`.
    """
    unpack_by, write_by = _program("pg_restore"), _program("psql")
    before, after = _emptied(url), _compared(found)
    address, environment = _address(url)
    write = [write_by, "--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", f"--dbname={address}"]
    unpack = [unpack_by, "--no-owner", "--no-privileges", "--file=-", str(file)]
    with (
        subprocess.Popen(  # noqa: S603 - no shell
            write, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment
        ) as into,
        subprocess.Popen(unpack, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as source,  # noqa: S603 - no shell
    ):
        words = _handed_on(source, into, before, after, told)
    if source.returncode or into.returncode:
        raise Failed(_last_line(words) or "it was not put back")


def _handed_on(
    source: subprocess.Popen[bytes], into: subprocess.Popen[bytes], before: str, after: str, told: Told
) -> str:
    """Lead one program's output into the other. Without the last word, COMMIT, nothing of it counts."""
    if into.stdin is None or source.stdout is None or source.stderr is None or into.stderr is None:
        raise Failed("a pipe is missing")
    done = 0
    try:
        into.stdin.write(f"BEGIN;\n{before}".encode())
        while piece := source.stdout.read(PIECE):
            into.stdin.write(piece)
            done += len(piece)
            told(done, 0)
        words = source.stderr.read().decode("utf-8", "replace")
        if source.wait() == 0:
            into.stdin.write(f"{after}COMMIT;\n".encode())
        into.stdin.close()
    except BrokenPipeError:
        source.kill()
        words = ""
    return words or into.stderr.read().decode("utf-8", "replace")


def _emptied(url: str) -> str:
    """SQL that drops our tables and functions, newer ones than the dump's too. The schema itself stays."""
    import psycopg

    try:
        with psycopg.connect(url) as connection:
            found = connection.execute(
                "SELECT format('DROP TABLE %I.%I CASCADE;', schemaname, tablename) FROM pg_tables "
                "WHERE schemaname = current_schema() UNION ALL "
                "SELECT format('DROP FUNCTION %s CASCADE;', p.oid::regprocedure) FROM pg_proc p "
                "WHERE p.pronamespace = current_schema()::regnamespace AND NOT EXISTS "
                "(SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
            ).fetchall()
    except psycopg.Error as error:
        raise CannotOpen(f"PostgreSQL: {_last_line(str(error))}") from None
    return "".join(f"{row[0]}\n" for row in found)


def _compared(found: Contents) -> str:
    """SQL that fails when a table has another number of rows than the dump."""
    wrong = "RAISE EXCEPTION 'rows are missing'"
    return "".join(
        f'DO $$ BEGIN IF (SELECT count(*) FROM public."{table}") <> {rows} THEN {wrong}; END IF; END $$;\n'  # noqa: S608 - names of our own tables, from a file that is SQL itself
        for table, rows in found.rows.items()
    )


@dataclass(slots=True)
class _Count:
    """Reads the plain form of a dump line by line: rows of each table, and what `Contents` needs of them."""

    rows: dict[str, int] = field(default_factory=dict)
    media: dict[str, int] = field(default_factory=dict)
    step: int = 0
    newest: int = 0
    #: The table whose rows are coming, and its columns; empty between tables.
    table: str = ""
    columns: list[str] = field(default_factory=list)

    def line(self, line: bytes) -> None:
        if self.table:
            if line == b"\\.\n":
                self.table = ""
            else:
                self.rows[self.table] += 1
                if self.table in ("migrations", "media", "accounts"):
                    self._fact(dict(zip(self.columns, line.decode().rstrip("\n").split("\t"), strict=True)))
        elif line.startswith(b"COPY ") and line.endswith(b" FROM stdin;\n"):
            name, _, columns = line.decode().removeprefix("COPY ").removesuffix(") FROM stdin;\n").partition(" (")
            self.table = name.rpartition(".")[2].strip('"')
            self.columns = columns.split(", ")
            self.rows[self.table] = 0

    def _fact(self, row: dict[str, str]) -> None:
        if self.table == "migrations":
            self.step = max(self.step, int(row["number"]))
        elif self.table == "accounts":
            self.newest = max(self.newest, int(row["last_seen"]))
        elif row["state"] == "kept" and row["sha256"] != "\\N":
            self.media[row["sha256"]] = max(self.media.get(row["sha256"], 0), int(row["bytes"]))


def _dump(command: list[str], url: str, draft: Path, told: Told) -> None:
    address, environment = _address(url)
    with subprocess.Popen(  # noqa: S603 - no shell
        [*command, f"--dbname={address}"], stderr=subprocess.PIPE, env=environment
    ) as dump:
        for words in _waited(dump):
            if words is None:
                told(draft.stat().st_size, 0)
            elif dump.returncode:
                raise Failed(_last_line(words))


def _waited(program: subprocess.Popen[bytes]) -> Iterator[str | None]:
    """None again and again while it works, then what it said."""
    while True:
        try:
            _, words = program.communicate(timeout=LOOK_S)
        except subprocess.TimeoutExpired:
            yield None
        else:
            yield words.decode("utf-8", "replace")
            return


def _address(url: str) -> tuple[str, dict[str, str]]:
    """The address for a command line, which everybody on the machine may read, and the environment with the rest."""
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    parts: dict[str, Any] = dict(conninfo_to_dict(url))
    password = parts.pop("password", None)
    return make_conninfo("", **parts), {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NoProgram(f"{name} is not on PATH: install PostgreSQL's client programs (postgresql-client)")
    return found


def _last_line(words: str) -> str:
    """The line that says what was wrong; what follows it may quote a row."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    wrong = [line for line in lines if "error" in line.lower() or "fatal" in line.lower()]
    return (wrong or lines or [""])[0]
