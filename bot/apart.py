"""Does heavy work in a process of its own: what it loads and how long it takes is nobody else's trouble."""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

#: Where this program's rooms lie: the other process finds them there, wherever ours was started.
HOUSE = Path(__file__).resolve().parent.parent
#: Seconds that one piece of work may take before it is given up.
LONGEST_S = 120
#: Its share of a busy machine, as `nice` counts: whoever waits for an answer comes first.
NICE = 10


class Broken(Exception):
    """The work failed. Says what kind of error it was and where, never what the work was about."""


async def apart(work: Callable[[T], bytes], values: T) -> bytes:
    """What `work` makes of these values. Both are handed over by pickle: a module's function, and plain data.

    Raises `Broken` when it fails or takes longer than two minutes. When the waiting is cancelled the process ends too.
    """
    command = (sys.executable, "-m", "bot.apart")
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, cwd=HOUSE, stdin=pipe, stdout=pipe, stderr=pipe)
    try:
        async with asyncio.timeout(LONGEST_S):
            made, said = await process.communicate(pickle.dumps((work, values)))
    except TimeoutError:
        raise Broken(f"{work.__name__}: not within {LONGEST_S} s") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise Broken(f"{work.__name__}: {said.decode(errors='replace').strip() or process.returncode}")
    return made


def main() -> int:
    """The other process: the work and its values come in, what it made goes out."""
    os.nice(NICE)
    try:
        work, values = pickle.load(sys.stdin.buffer)  # noqa: S301 - nobody but our own parent writes here
        made: bytes = work(values)
    except Exception as error:
        # An error's message may hold the words that could not be drawn.
        last = traceback.extract_tb(error.__traceback__)[-1]
        sys.stderr.write(f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}\n")
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
