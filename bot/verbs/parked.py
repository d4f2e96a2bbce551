"""list what was set aside after failing, and give it another turn"""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC, datetime

from bot.verbs import Order, Refused
from bot.verbs._database import within
from domain.persian import ascii_digits
from storage import inbox, outbox
from storage.tx import Tx


def add(parser: ArgumentParser) -> None:
    parser.add_argument("--replay", metavar="CODE", nargs="+", default=[], help="give these messages another turn")
    parser.add_argument("--all", action="store_true", help="give every message that can be read another turn")


def run(order: Order) -> int:
    if order.args.replay or order.args.all:
        order.say(within(order, lambda tx: _replay(tx, order.args.replay, every=order.args.all)))
        return 0
    for line in within(order, _listed):
        order.say(line)
    return 0


def _listed(tx: Tx) -> list[str]:
    """Both tables, without anybody's words."""
    received, refused = inbox.parked(tx), outbox.parked(tx)
    lines = []
    if received:
        lines.append(f"{'code':<9} {'messenger':<9} {'received':<17} {'tries':<5}")
        for row in received:
            note = "" if row["lane"] is not None else "  cannot be read"
            line = f"{row['code']:<9} {row['platform']:<9} {_at(row['received'])} {row['tries']:<5}{note}"
            lines.append(line.rstrip())
    if refused:
        lines += [""] if received else []
        lines.append(f"{'row':<9} {'messenger':<9} {'written':<17} what the messenger said")
        lines += [f"{row['id']:<9} {row['platform']:<9} {_at(row['created'])} {row['error'] or ''}" for row in refused]
    return lines or ["nothing is parked"]


def _replay(tx: Tx, codes: list[str], *, every: bool) -> str:
    known = {row["code"]: row["lane"] is not None for row in inbox.parked(tx)}
    wanted = [code for code, readable in known.items() if readable] if every else [ascii_digits(code) for code in codes]
    for code in wanted:
        if code not in known:
            raise Refused(f"{code}: no parked message has this code; `parked` lists them. Nothing was changed")
        if not known[code]:
            raise Refused(f"{code}: this message cannot be read, so it can have no turn. Nothing was changed")
    return f"{inbox.replay(tx, wanted)} of {len(known)} have another turn"


def _at(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%MZ")
