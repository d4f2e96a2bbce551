"""write every case to a file or to the terminal, without names and accounts"""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path

from bot import exporting
from bot.database import Database
from bot.verbs import Order, Refused
from bot.verbs._database import using


def add(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=("cases",))
    parser.add_argument("--format", choices=tuple(exporting.FORMATS), required=True)
    parser.add_argument("--out", metavar="FILE", type=Path, help="instead of the terminal; readable by you alone")


def run(order: Order) -> int:
    out: Path | None = order.args.out
    if out is None:
        using(order, lambda database: exporting.cases(database, order.out, order.args.format))
        return 0
    count = using(order, lambda database: _to_file(database, out, order.args.format))
    order.say(f"{count} cases written to {out}")
    return 0


async def _to_file(database: Database, out: Path, form: str) -> int:
    """Written beside and then put in place: a failed export leaves no half file and spoils no earlier one."""
    draft = out.with_name(f".{out.name}.part")
    try:
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            count = await exporting.cases(database, file, form)
        draft.replace(out)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Refused(f"{out}: cannot be written: {error.strerror}") from None
    return count
