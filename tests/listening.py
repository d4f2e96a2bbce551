"""Hears what the bot logs, as it would on a server; afterwards logging is as it was."""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Iterator

import structlog

from bot import logs


@contextlib.contextmanager
def listened(level: str) -> Iterator[io.StringIO]:
    """`level`: the least that is heard, as in the settings."""
    root = logging.getLogger()
    names = ["", *logs.FLOORS, "bot", "handlers", "storage", "domain", "sandbox"]
    before, levels = list(root.handlers), {name: logging.getLogger(name).level for name in names}
    out = io.StringIO()
    logs.setup("json", level, out)
    try:
        yield out
    finally:
        structlog.reset_defaults()
        logging.raiseExceptions = True
        root.handlers[:] = before
        for name, former in levels.items():
            logging.getLogger(name).setLevel(former)
