"""save the town into one file, while the bot runs or not"""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path

from bot import backup
from bot.store import Store
from bot.verbs import Order, Refused
from bot.verbs._database import SQLITE, exists
from storage.contents import Contents

#: Names of lost contents that are said one by one.
SHOWN = 10


def add(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="an earlier backup of this name is replaced")
    parser.add_argument("--media", action="store_true", help="copy photos and voices too, into media/ beside the file")


def run(order: Order) -> int:
    url, out, with_media = order.settings.storage.url, order.args.file, order.args.media
    if not exists(url):
        raise Refused(f"there is no database at {url.removeprefix(SQLITE)} yet, so there is nothing to save")
    now = datetime.fromtimestamp(order.clock.seconds(), UTC)
    store = Store(order.settings.media_folder())
    try:
        saved = backup.save(url, out, store, with_media=with_media, clock=order.clock, say=order.say)
    except backup.Unfit as error:
        raise Refused(str(error)) from None
    order.say(f"saved {now:%Y-%m-%d %H:%MZ}, opened and counted: {out}, {backup.sized(saved.size)}: {told(saved)}")
    if saved.contents.media:
        order.say(_about_media(saved.contents, out, with_media=with_media))
    for line in lost(saved.lost, "are not in the store"):
        order.say(line)
    key = "MAHALLEYAR_PEOPLE__KEY" if order.settings.people_key() is not None else str(order.settings.key_file())
    order.say(f"not in it: the people key ({key}). Keep a copy of it in another place: without it no name can be read")
    return 0


def told(saved: backup.Saved) -> str:
    """What a saved town holds, in a few words."""
    rows = saved.contents.rows
    counts = [f"{rows.get(table, 0)} {words}" for table, words in (("cases", "cases"), ("persons", "people"))]
    return ", ".join([*counts, f"{len(saved.contents.media)} photos and voices", f"step {saved.contents.step}"])


def lost(names: tuple[str, ...], where: str) -> list[str]:
    """Lines that name what is missing, the first of them one by one."""
    if not names:
        return []
    more = [f"  … and {len(names) - SHOWN} more"] if len(names) > SHOWN else []
    return [f"{len(names)} photos and voices {where}:", *(f"  {name}" for name in names[:SHOWN]), *more]


def _about_media(contents: Contents, out: Path, *, with_media: bool) -> str:
    size = backup.sized(sum(contents.media.values()))
    if with_media:
        return f"with it: {out.parent / backup.FOLDER}, the photos and voices ({size}); the list is {out}{backup.LIST}"
    return f"not in it: the photos and voices ({size}), listed in {out}{backup.LIST}; --media copies them too"
