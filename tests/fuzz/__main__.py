"""`python -m tests.fuzz --count N --seed S`: the fuzz alone, as long as one likes."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.fuzz.play import Found, Report, play
from tests.storage.conftest import drop_database, new_database

#: Steps in one town. A long run is several of them, each with the next seed: what is old is not asked for for ever.
TOWN = 20_000


def main() -> int:
    reader = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    reader.add_argument("--count", type=int, default=100_000, help="updates and presses (default: 100000)")
    reader.add_argument("--seed", type=int, help="repeats a run (default: a new one, printed)")
    reader.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite", help="(default: sqlite)")
    asked = reader.parse_args()
    seed = secrets.randbelow(2**31) if asked.seed is None else asked.seed
    counts = [min(TOWN, asked.count - done) for done in range(0, asked.count, TOWN)]
    told: Counter[str] = Counter()
    _tell(f"fuzz: {asked.count} steps on {asked.database}, seed {seed}")
    for number, count in enumerate(counts):
        try:
            report = _one(asked.database, seed + number, count)
        except Found as found:
            _tell(str(found))
            return 1
        told.update({**report.counted, **report.whats})
        rate = report.steps / report.seconds
        _tell(
            f"  seed {seed + number}: {report.steps} steps in {report.seconds:.0f} s ({rate:.0f}/s), "
            f"grown by {report.grown_mb:.0f} MB, trace {report.trace}"
        )
    for what, times in told.items():
        _tell(f"  {what}: {times}")
    return 0


def _one(database: str, seed: int, count: int) -> Report:
    def say(done: int, rate: float, megabytes: float) -> None:
        _tell(f"    {done} steps, {rate:.0f}/s, {megabytes:.0f} MB")

    with tempfile.TemporaryDirectory() as folder, _url(database) as url:
        return asyncio.run(play(Path(folder), seed, count, url=url, say=say))


@contextmanager
def _url(database: str) -> Iterator[str]:
    """An address for the town; empty is a file of its own. PostgreSQL is the throw-away one of tools/test.sh."""
    if database == "sqlite":
        yield ""
        return
    name = new_database()
    try:
        yield f"postgresql:///{name}"
    finally:
        drop_database(name)


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
