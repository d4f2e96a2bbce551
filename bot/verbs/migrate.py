"""bring the database up to this version (a start does the same)"""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from functools import partial

from bot.database import open_database
from bot.verbs import Order
from bot.verbs._database import newest
from storage import migrations


def add(parser: ArgumentParser) -> None:
    """Nothing but the settings decides."""


def run(order: Order) -> int:
    before = asyncio.run(_migrate(order.settings.storage.url, order.clock.seconds()))
    if before == newest():
        order.say(f"nothing to do: the database is at step {before}")
    else:
        order.say(f"done: the database went from step {before} to {newest()}")
    return 0


async def _migrate(url: str, now: int) -> int:
    """The step it was at before."""
    database = await open_database(url, now=now, migrate=False)
    try:
        before = await database.read(migrations.applied)
        for number, step in migrations.steps():
            await database.run(partial(migrations.step_up, number=number, step=step, now=now))
    finally:
        await database.close()
    return before
