"""put back a town that was saved by `backup`; the bot must not run"""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path

from bot import backup
from bot.store import Store
from bot.verbs import Order, Refused
from bot.verbs._database import newest
from bot.verbs.backup import lost, told


def add(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="photos and voices are taken from media/ beside it")
    parser.add_argument("--force", action="store_true", help="overwrite the town that is there; it is gone then")


def run(order: Order) -> int:
    settings, file = order.settings, order.args.file
    store = Store(settings.media_folder())
    try:
        saved = backup.restore(
            settings.storage.url,
            file,
            store,
            newest=newest(),
            force=order.args.force,
            clock=order.clock,
            say=order.say,
        )
    except backup.Unfit as error:
        raise Refused(str(error)) from None
    order.say(f"restored from {file}: {told(saved)}; {_until(saved.contents.newest)}")
    for line in lost(saved.lost, "are missing; put them into the store by these names"):
        order.say(line)
    if saved.contents.newest and settings.people_key() is None and not settings.key_file().exists():
        order.say(
            f"before the start: put the copy of the people key back at {settings.key_file()}; a new one opens nothing"
        )
    return 0


def _until(newest: int) -> str:
    if not newest:
        return "nobody has written to it yet"
    return f"the last who wrote to it did so at {datetime.fromtimestamp(newest, UTC):%Y-%m-%d %H:%MZ}"
