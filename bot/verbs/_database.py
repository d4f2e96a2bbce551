"""Opens the database for one verb, beside a running bot or without one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from bot.clock import Clock
from bot.database import Database, open_database
from bot.verbs import Order, Refused
from storage import migrations
from storage.tx import Tx

T = TypeVar("T")


def within(order: Order, work: Callable[[Tx], T], *, make: bool = False) -> T:
    """Run the function in one write transaction. With `make`, a database that does not exist yet is made."""

    async def run(database: Database) -> T:
        return await database.run(work)

    return using(order, run, make=make)


def using(order: Order, work: Callable[[Database], Awaitable[T]], *, make: bool = False) -> T:
    """Open the database beside whoever is at work on it, do the work and close it.

    It is never migrated under a running bot. Raises `Refused` when it is not there or is behind this program.
    """
    return asyncio.run(_using(order.settings.storage.url, order.clock, work, make=make))


async def _using(url: str, clock: Clock, work: Callable[[Database], Awaitable[T]], *, make: bool) -> T:
    if not make and not exists(url):
        raise Refused(f"there is no database at {url.removeprefix(SQLITE)} yet: start the bot once, or run `migrate`")
    database = await open_database(url, now=clock.seconds(), migrate=False, alone=False)
    step = await database.read(migrations.applied)
    if step == 0 and make:
        # Nobody works on an empty database, so bringing it up disturbs nobody.
        await database.close()
        database = await open_database(url, now=clock.seconds(), alone=False)
    try:
        if 0 < step < newest() or (step == 0 and not make):
            raise Refused(f"the database is at step {step} of {newest()}: stop the bot, then run `migrate`")
        return await work(database)
    finally:
        await database.close()


SQLITE = "sqlite:///"


def exists(url: str) -> bool:
    """Whether there is anything to open; a server is asked by opening it."""
    return not url.startswith(SQLITE) or Path(url.removeprefix(SQLITE)).exists()


def newest() -> int:
    """The last step of migration that this program knows."""
    return migrations.steps()[-1][0]
