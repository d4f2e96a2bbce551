"""What an operator can tell the program to do: one file per verb, found by standing here.

A verb's file has the name of the verb (`import_.py` where Python needs the word itself), a first line that `--help`
shows, `add(parser)` for its arguments and `run(order)` for the work.
"""

from __future__ import annotations

import importlib
import pkgutil
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TextIO, cast

from bot.clock import Clock
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.demo import Make


class Refused(Exception):
    """The verb cannot be done as it was given. The message is a line or more that say what to do."""


@dataclass
class Order:
    """What the operator typed, with everything a verb may use."""

    args: Namespace
    clock: Clock
    out: TextIO
    load: Callable[[], Settings]
    #: Makes the sandbox, for the one verb that needs it.
    sandbox: Make

    @cached_property
    def settings(self) -> Settings:
        """Read on first use. Raises `SettingsError`."""
        return self.load()

    def say(self, line: str) -> None:
        """Write one line for the operator."""
        self.out.write(line + "\n")
        self.out.flush()


class Verb(Protocol):
    """A module in this folder. `run` returns the exit status, or raises `Refused`."""

    __doc__: str | None

    def add(self, parser: ArgumentParser) -> None: ...

    def run(self, order: Order) -> int: ...


def find() -> dict[str, Verb]:
    """Every verb by its name."""
    modules = sorted(found.name for found in pkgutil.iter_modules(__path__) if not found.name.startswith("_"))
    return {name.rstrip("_"): cast(Verb, importlib.import_module(f"{__name__}.{name}")) for name in modules}
