"""take places from a CSV file, all of them or none"""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path

from bot import importing
from bot.verbs import Order, Refused
from bot.verbs._database import within


def add(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=("places",))
    parser.add_argument("file", metavar="FILE.csv", type=Path)


def run(order: Order) -> int:
    try:
        rows = importing.read(order.args.file, order.say)
        new = within(order, lambda tx: importing.write(tx, rows, order.clock.seconds(), order.say), make=True)
    except importing.Wrong as error:
        raise Refused(f"{error}\nnothing was imported") from None
    kinds = Counter(row.kind for row in rows)
    named = ", ".join(f"{kinds[kind]} {word}" for kind, word in importing.PLURALS.items())
    order.say(f"imported: {named}; {new} of them new")
    return 0
