"""The command line: `python -m bot VERB`, or `mahalleyar VERB` once installed."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, HelpFormatter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from bot import verbs
from bot.clock import Clock
from bot.settings import SettingsError, load
from storage.migrations import NewerDatabase
from storage.tx import AlreadyRunning, CannotOpen, DatabaseError

if TYPE_CHECKING:
    from sandbox.server import Sandbox

#: Exit status for settings or words that cannot be right; 1 is for work that could not be done.
WRONG_USE = 2


def main(argv: list[str] | None = None) -> int:
    """Do what the words say. The exit status: 0 when it was done. Mistakes are one line or more on standard error."""
    for stream in (sys.stdout, sys.stderr):
        # Names of places are Persian; a server without a locale would otherwise stop at the first of them.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    found = verbs.find()
    args = _parser(found).parse_args(argv)
    order = verbs.Order(args, Clock(), sys.stdout, lambda: load(os.environ, Path.cwd()), _sandbox)
    try:
        status = found[args.verb].run(order)
        sys.stdout.flush()
    except SettingsError as error:
        return _fail("\n".join(error.lines), WRONG_USE)
    except (verbs.Refused, CannotOpen, AlreadyRunning, NewerDatabase) as error:
        return _fail(str(error))
    except DatabaseError as error:
        return _fail(f"the database refuses: {error}")
    except BrokenPipeError:
        # Whoever read our output (`| head`) has enough. Python would complain once more while closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return status


def _sandbox(
    tokens: Mapping[str, str], store: Path, clock: Callable[[], float], move_clock: Callable[[float], None]
) -> Sandbox:
    """The one door between the rooms and the sandbox: whoever runs real messengers never loads it."""
    from sandbox.server import Sandbox

    return Sandbox(tokens, store, clock, move_clock)


def _parser(found: dict[str, verbs.Verb]) -> ArgumentParser:
    parser = ArgumentParser(
        prog="mahalleyar",
        description="Mahalleyar, a chatbot for neighbourhood councils.",
        formatter_class=lambda prog: HelpFormatter(prog, width=100),
    )
    choices = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, verb in found.items():
        about = (verb.__doc__ or "").strip().splitlines()[0]
        verb.add(choices.add_parser(name, help=about, description=about))
    return parser


def _fail(lines: str, status: int = 1) -> int:
    sys.stderr.write(lines + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
