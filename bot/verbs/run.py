"""start the bot on every messenger that has a token"""

from __future__ import annotations

from argparse import ArgumentParser

from bot.verbs import Order


def add(parser: ArgumentParser) -> None:
    """Nothing but the settings decides."""


def run(order: Order) -> int:
    from bot import app  # with everything that a running bot needs, which no other verb waits for

    return app.run(order.settings)
