"""Sees from outside what a database commits: triggers note every row on its way, and no program can forget to."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.postgres import PostgresTx
from bot.sqlite import SqliteTx
from storage import migrations
from storage.tx import Tx

#: How the bot's connections to PostgreSQL are told from our own.
BOT_NAME = "tortured"


@dataclass(frozen=True, slots=True)
class Noted:
    """One committed change. `what`: put, said (given other words), gone, the new state of an outbox row; kept for an
    update that came in; `turn` and its new state for one that had its turn."""

    id: int
    what: str
    row: int
    bot: int | None
    lane: int | None
    cls: int | None
    edits: int | None
    matters: int | None
    about: str | None
    method: str | None
    params: str | None
    update: int | None


_COLUMNS = "what, row, bot, lane, class, edits, matters, about, method, params, update_id"
_TABLE = (
    "CREATE TABLE torture_trace (id {id}, what TEXT NOT NULL, row BIGINT NOT NULL, bot BIGINT, lane BIGINT, "
    "class BIGINT, edits BIGINT, matters BIGINT, about TEXT, method TEXT, params TEXT, update_id BIGINT)"
)
_OUT = f"INSERT INTO torture_trace ({_COLUMNS}) SELECT {{what}}, {{n}}.id, {{n}}.bot, {{n}}.lane, {{n}}.class, "
_OUT += "{n}.edits, {n}.matters, {n}.about, b.method, b.params, CAST(NULL AS BIGINT) "
_WITH_WORDS = _OUT + "FROM bodies b WHERE b.id = {n}.body;"
_WITHOUT = _OUT.replace("b.method, b.params", "CAST(NULL AS TEXT), CAST(NULL AS TEXT)") + ";"
_IN = f"INSERT INTO torture_trace ({_COLUMNS}) VALUES "  # noqa: S608 - names of our own
_IN += "({what}, {n}.id, {n}.bot, {n}.lane, NULL, NULL, NULL, NULL, NULL, NULL, {n}.update_id);"
#: (name, table, event, condition, what is done)
_TRIGGERS = (
    ("out_put", "outbox", "INSERT", "", _WITH_WORDS.format(what="'put'", n="NEW")),
    ("out_said", "outbox", "UPDATE OF body", "NEW.body IS NOT NULL", _WITH_WORDS.format(what="'said'", n="NEW")),
    ("out_state", "outbox", "UPDATE OF state", "NEW.state <> OLD.state", _WITHOUT.format(what="NEW.state", n="NEW")),
    ("out_gone", "outbox", "DELETE", "OLD.state IN ('waiting', 'held')", _WITHOUT.format(what="'gone'", n="OLD")),
    ("in_kept", "inbox", "INSERT", "", _IN.format(what="'kept'", n="NEW")),
    ("in_turn", "inbox", "UPDATE OF state", "NEW.state <> OLD.state", _IN.format(what="'turn ' || NEW.state", n="NEW")),
)


class Witness:
    """Beside the bot on its database, with connections of its own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.path = Path(url.removeprefix("sqlite:///"))
        self._connection: Any = None

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a query finds; `?` stands for each value."""
        if self.is_sqlite:
            return [tuple(row) for row in self._open().execute(sql, values).fetchall()]
        return list(self._open().execute(sql.replace("%", "%%").replace("?", "%s"), values).fetchall())

    def one(self, sql: str, *values: Any) -> Any:
        """The first value of the first row."""
        return self.rows(sql, *values)[0][0]

    def _open(self) -> Any:
        if self._connection is None and self.is_sqlite:
            self._connection = sqlite3.connect(self.path, timeout=20, isolation_level=None)
        elif self._connection is None:
            import psycopg

            self._connection = psycopg.connect(self.url, autocommit=True)
        return self._connection

    # --- noting -------------------------------------------------------------------------------------------------------

    def install(self) -> None:
        """Begin to note. The database must be migrated, and nothing said yet."""
        connection = self._open()
        if self.is_sqlite:
            connection.execute(_TABLE.format(id="INTEGER PRIMARY KEY AUTOINCREMENT"))
            for name, table, event, when, does in _TRIGGERS:
                condition = f" WHEN {when}" if when else ""
                connection.execute(
                    f"CREATE TRIGGER torture_{name} AFTER {event} ON {table}{condition} BEGIN {does} END"
                )
            return
        connection.execute(_TABLE.format(id="BIGSERIAL PRIMARY KEY"))
        for name, table, event, when, does in _TRIGGERS:
            body = f"BEGIN {does} RETURN NULL; END"
            connection.execute(
                f"CREATE FUNCTION torture_{name}() RETURNS trigger LANGUAGE plpgsql AS $torture${body}$torture$"
            )
            condition = f" WHEN ({when})" if when else ""
            connection.execute(
                f"CREATE TRIGGER torture_{name} AFTER {event} ON {table} FOR EACH ROW{condition} "
                f"EXECUTE FUNCTION torture_{name}()"
            )

    def newest(self) -> int:
        """The number of the last change noted."""
        return int(self.one("SELECT coalesce(max(id), 0) FROM torture_trace"))

    def noted(self) -> Iterator[Noted]:
        """Every change, in the order in which it was committed (there is one writer)."""
        for row in self.rows(f"SELECT id, {_COLUMNS} FROM torture_trace ORDER BY id"):  # noqa: S608 - names of our own
            yield Noted(*row)

    def chats(self) -> dict[int, tuple[str, int]]:
        """Lane → (messenger, chat)."""
        found = self.rows("SELECT l.id, b.platform, l.chat FROM lanes l JOIN bots b ON b.id = l.bot")
        return {lane: (platform, chat) for lane, platform, chat in found}

    # --- aiming -------------------------------------------------------------------------------------------------------

    def step(self) -> int:
        """The number of the last migration that is committed; 0 for an empty database."""
        there = "SELECT count(*) FROM sqlite_master WHERE name = 'migrations'"
        if not self.is_sqlite:
            there = "SELECT count(*) FROM pg_tables WHERE tablename = 'migrations'"
        if (self.is_sqlite and not self._is_made()) or not self.one(there):
            return 0
        return int(self.one("SELECT coalesce(max(number), 0) FROM migrations"))

    def _is_made(self) -> bool:
        """Whether the file is a database in WAL mode: before that, a lock is not a transaction of ours."""
        try:
            with self.path.open("rb") as file:
                head = file.read(20)
        except FileNotFoundError:
            return False
        return len(head) == 20 and head[18] == 2

    def transaction_is_open(self) -> bool:
        """Whether the bot, standing still, holds a transaction that writes."""
        if not self.is_sqlite:
            sql = "SELECT count(*) FROM pg_stat_activity WHERE application_name = ? AND datname = current_database() "
            return bool(self.one(sql + "AND backend_xid IS NOT NULL", BOT_NAME))
        if not self._is_made():
            return False
        with closing(sqlite3.connect(self.path, timeout=0, isolation_level=None)) as beside:
            try:
                beside.execute("SELECT count(*) FROM sqlite_master").fetchall()
            except sqlite3.OperationalError:
                return False  # the file itself is being made: nobody may even read
            try:
                beside.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return True
            beside.execute("ROLLBACK")
            return False

    def is_let_go(self) -> bool:
        """Whether nothing of a dead bot is left in the database: PostgreSQL ends what it was at by itself."""
        if self.is_sqlite:
            return True
        sql = "SELECT count(*) FROM pg_stat_activity WHERE application_name = ? AND datname = current_database()"
        return not self.one(sql, BOT_NAME)

    # --- the end ------------------------------------------------------------------------------------------------------

    def damage(self) -> list[str]:
        """What the database itself finds wrong."""
        if not self.is_sqlite:
            return self._postgres_damage()
        found = [f"integrity: {row[0]}" for row in self.rows("PRAGMA integrity_check") if row[0] != "ok"]
        return found + [f"foreign key: {row}" for row in self.rows("PRAGMA foreign_key_check")]

    def _postgres_damage(self) -> list[str]:
        """PostgreSQL checks its keys by itself; this asks once more, for each of them."""
        keys = self.rows(
            "SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, f.attname FROM pg_constraint c "
            "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] "
            "JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = c.confkey[1] WHERE c.contype = 'f'"
        )
        found = []
        for table, column, other, key in keys:
            there = f"(SELECT 1 FROM {other} o WHERE o.{key} = t.{column})"  # noqa: S608 - names of the database
            lost = f"SELECT count(*) FROM {table} t WHERE t.{column} IS NOT NULL AND NOT EXISTS "  # noqa: S608
            if n := self.one(lost + there):
                found.append(f"foreign key: {n} rows of {table}.{column} lead nowhere")
        return found

    def schema(self) -> list[str]:
        """What the database is made of, but for our own notes."""
        return _schema(self.rows, "public", self.is_sqlite)

    def fresh_schema(self) -> list[str]:
        """What a database is made of that nobody disturbed; nothing of it is kept."""
        if self.is_sqlite:
            with closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
                tx: Tx = SqliteTx(memory)
                memory.row_factory = sqlite3.Row
                _migrate(tx)
                return _schema(lambda sql: memory.execute(sql).fetchall(), "", True)
        import psycopg
        from psycopg.rows import dict_row

        with psycopg.connect(self.url, row_factory=dict_row) as beside:
            beside.execute("CREATE SCHEMA torture_fresh")
            beside.execute("SET LOCAL search_path TO torture_fresh")
            _migrate(PostgresTx(beside))

            def rows(sql: str) -> list[tuple[Any, ...]]:
                return [tuple(row.values()) for row in beside.execute(sql.encode()).fetchall()]

            found = _schema(rows, "torture_fresh", False)
            beside.rollback()
        return found


def _migrate(tx: Tx) -> None:
    for number, step in migrations.steps():
        migrations.step_up(tx, number, step, 0)


def _schema(rows: Callable[[str], list[Any]], name: str, is_sqlite: bool) -> list[str]:
    if is_sqlite:
        found = rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'torture%' ORDER BY 1")
        return [row[0] for row in found if "torture_" not in row[0]]
    found = [row[0] for sql in _MADE_OF for row in rows(sql.replace("NAME", name))]
    plain = [one.replace(f"{name}.", "") for one in found]
    return sorted(one for one in plain if "torture_" not in one)


#: Tables with their columns, indexes and triggers of a schema.
_MADE_OF = (
    "SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable AS made "
    "FROM information_schema.columns WHERE table_schema = 'NAME'",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'NAME'",
    "SELECT tgname || tgenabled::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'NAME' AND NOT t.tgisinternal",
)


def key_of(method: str, params: dict[str, Any]) -> tuple[str, str, str]:
    """What a message is told by, as a row and as a call: its kind, its words and its buttons."""
    family = {"editMessageText": "sendMessage"}.get(method, method)
    words = str(params.get("text") or params.get("caption") or "")
    markup = params.get("reply_markup") or {}
    if isinstance(markup, str):
        markup = json.loads(markup)
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    buttons = [f"{button['text']}|{button.get('callback_data', '')}" for row in rows for button in row]
    return family, words.strip(), "\n".join(buttons)
