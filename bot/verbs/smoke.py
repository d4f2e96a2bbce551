"""try on a real messenger, in your own chat, everything that the bot needs, and say what held"""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from pathlib import Path
from urllib.parse import urlsplit

from bot import smoke, smoke_line
from bot.database import open_database
from bot.platforms import PLATFORMS
from bot.verbs import Order, Refused
from bot.verbs._database import exists


def add(parser: ArgumentParser) -> None:
    parser.add_argument("--platform", choices=tuple(PLATFORMS), required=True)
    parser.add_argument("--out", metavar="FILE", type=Path, help="for the shapes of the answers; readable by you alone")
    parser.add_argument("--webhook", metavar="URL", default="", help="set a webhook to this address, and take it back")
    parser.add_argument("--large", action="store_true", help="find out how large a file may be, up to 49 million bytes")
    parser.add_argument("--drain", action="store_true", help="throw away what waits for the bot")
    parser.add_argument("--patience", metavar="SECONDS", type=float, default=300, help="for each thing that you do")


def run(order: Order) -> int:
    name, args = order.args.platform, order.args
    token = order.settings.tokens().get(name)
    if token is None:
        raise Refused(f"{name} has no token: set MAHALLEYAR_{name.upper()}__TOKEN or …__TOKEN_FILE")
    if args.webhook and urlsplit(args.webhook).scheme != "https":
        raise Refused("--webhook takes an https address")
    wish = smoke_line.Wish(args.webhook, args.large, args.drain, args.patience)
    out = args.out or Path(f"smoke-{name}.json")
    return asyncio.run(_run(order, name, token, wish, out))


async def _run(order: Order, name: str, token: str, wish: smoke_line.Wish, out: Path) -> int:
    url = order.settings.storage.url
    # Not every messenger refuses a second program with the same token: a bot on this machine is found by its database.
    held = None
    if exists(url):
        held = await open_database(url, now=order.clock.seconds(), migrate=False)
    try:
        ways = order.settings.messenger(name)
        return int(not await smoke.smoke(name, token, ways, wish, out, order.say, order.clock))
    except smoke_line.CannotTry as error:
        raise Refused(str(error)) from None
    except OSError as error:
        raise Refused(f"{out}: cannot be written: {error.strerror}") from None
    finally:
        if held is not None:
            await held.close()
