"""Writes the file in which a person reads everything that is kept of them."""

from __future__ import annotations

import json
from typing import Any

from bot.clock import Clock
from bot.database import Database
from bot.store import Store
from bot.vault import Vault
from handlers.talk import moment
from storage import jobs, media, people, personal
from storage.tx import Tx

TYPE = "application/json"
#: Columns that hold seconds since 1970; in the file they are days and hours in UTC, as ISO 8601 writes them.
_TIMES = frozenset({"at", "since", "until", "created", "received", "consent_at", "used_at", "last_seen"})


class DataFile:
    """The job that makes one: read, keep in the store, hand over to be sent."""

    def __init__(self, database: Database, store: Store, vault: Vault, clock: Clock) -> None:
        self._database, self._store, self._vault, self._clock = database, store, vault, clock

    async def make(self, ids: dict[str, int]) -> None:
        """`ids`: the person, and the bot they asked."""
        facts = await self._database.read(lambda tx: self._facts(tx, ids["person"]))
        content = json.dumps(facts, ensure_ascii=False, indent=2).encode()
        name = self._store.put(content)
        await self._database.run(lambda tx: self._keep(tx, ids, name, len(content)))

    def _facts(self, tx: Tx, person: int) -> dict[str, Any]:
        found = personal.export(tx, person)
        facts: dict[str, Any] = {
            table: [{name: _read(name, value) for name, value in row.items()} for row in rows]
            for table, rows in found.items()
        }
        sealed = people.sealed_name(tx, person)
        if sealed:
            facts["name"] = self._vault.open(sealed, f"person:{person}")
        return facts

    def _keep(self, tx: Tx, ids: dict[str, int], name: str, size: int) -> None:
        now = self._clock.seconds()
        number = media.made(
            tx, person=ids["person"], kind="document", bot=ids["bot"], sha256=name, type=TYPE, size=size, now=now
        )
        given = {**ids, "media": number}
        jobs.put(tx, "mydata-send", f"mydata-send:{number}", now, given)


def _read(name: str, value: object) -> object:
    if name in _TIMES and isinstance(value, int):
        return moment(value).strftime("%Y-%m-%dT%H:%M:%SZ")
    if name == "draft" and isinstance(value, str):
        return json.loads(value)
    return value
