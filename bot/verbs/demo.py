"""start with sample people on a chat page of its own; needs no token"""

from __future__ import annotations

from argparse import ArgumentParser

from bot.verbs import Order


def add(parser: ArgumentParser) -> None:
    """Nothing but the settings decides."""


def run(order: Order) -> int:
    from bot import demo  # with the bot and the sandbox, which no other verb waits for

    return demo.run(order.settings, order.sandbox)
