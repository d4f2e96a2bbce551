"""Runs the bot as `python -m bot run` does, with its clock shifted: a run at night lives on a working morning too."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from bot import logs
from bot.app import App, CannotStart, serve
from bot.clock import Clock
from bot.settings import load

#: Seconds between the machine's clock and the town's, the same for all lives of one run.
SHIFT = "TORTURE_SHIFT"


def main() -> int:
    # Whoever a message to many is for gets it at once, however many there were that week: the claims look for it.
    settings = load({"MAHALLEYAR_LIMITS__NEWS_PER_WEEK": "0", **os.environ}, Path.cwd())
    os.umask(0o077)
    logs.setup(settings.logs.form, settings.logs.level)
    logs.guard_uncaught()
    clock, shift = Clock(), float(os.environ[SHIFT])
    (clock.move if shift >= 0 else clock.set_back)(abs(shift))
    try:
        return asyncio.run(serve(App(settings, clock), web=(settings.web.host, settings.web.port)))
    except CannotStart as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
