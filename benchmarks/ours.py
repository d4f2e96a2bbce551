"""Our own bot for the bench: the app as `run` starts it, on a clock on which it is ten in the morning."""

from __future__ import annotations

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.town import morning
from bot import logs
from bot.app import App, serve
from bot.clock import Clock
from bot.settings import Bale, Limits, People, Settings, Storage, Telegram


def settings(address: str, database: Path, per_second: float, per_chat: float) -> Settings:
    """The limiter is always at work; a pace of 0 is no limit."""
    pace: dict[str, Any] = {
        "per_second": per_second,
        "per_chat": per_chat,
        "burst": Telegram().burst if per_chat else 0,
    }
    return Settings(
        storage=Storage(url=f"sqlite:///{database}"),
        telegram=Telegram(api_url=address, **pace),
        bale=Bale(api_url=address, **pace),
        limits=Limits(announce_alone=0),
        people=People(operator="bench", key_path=str(database.with_name("people.key"))),
    )


def app(args: Namespace) -> App:
    """The app, not yet opened."""
    clock = Clock()
    clock.move(morning(datetime.now(UTC)).total_seconds())
    chosen = settings(args.address, args.database, args.per_second, args.per_chat)
    tokens = {"telegram": args.token} | ({"bale": args.bale} if args.bale else {})
    return App(chosen, clock, tokens=tokens)


async def run(args: Namespace) -> int:
    """Until SIGTERM."""
    made = app(args)
    if args.ahead:
        asyncio.get_running_loop().call_later(0, _write_ahead, made, args.ahead)
    return await serve(made, web=("127.0.0.1", 0))


def _write_ahead(made: App, ahead: float) -> None:
    """Let a broadcast be written as far ahead as if so many messages a second could go; the limiter stays as it is."""
    for messenger in made.messengers.values():
        messenger.per_second = ahead
    if not made.messengers:
        asyncio.get_running_loop().call_later(0.01, _write_ahead, made, ahead)


def parser() -> ArgumentParser:
    """The words that start it."""
    found = ArgumentParser()
    found.add_argument("address")
    found.add_argument("token")
    found.add_argument("database", type=Path)
    found.add_argument("--bale", default="", help="the token of a bot on Bale, which then runs as well")
    found.add_argument("--per-second", type=float, default=0)
    found.add_argument("--per-chat", type=float, default=0)
    found.add_argument("--ahead", type=float, default=0)
    return found


if __name__ == "__main__":
    logs.setup("json", "warning")
    sys.exit(asyncio.run(run(parser().parse_args())))
