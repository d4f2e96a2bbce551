"""`make torture`: kills the bot again and again in the middle of a town's day, and proves that nothing came of it."""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
from pathlib import Path

from tests.conftest import HAS_POSTGRES
from tests.storage.conftest import drop_database, new_database
from tests.torture.run import torture

#: On the disk: in memory a migration would be over before anything could strike it.
CACHE = Path(__file__).parents[2] / ".cache"


def main() -> int:
    parser = argparse.ArgumentParser(prog="make torture", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--kills", type=int, default=200, help="at least, for each database")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=60, help="no new kill after so many, for each database")
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    asked = parser.parse_args()
    engines = ("sqlite", "postgres") if asked.database == "both" else (asked.database,)
    if "postgres" in engines and not HAS_POSTGRES:
        _say("PostgreSQL is not here (apt-get install -y postgresql): give DATABASE=sqlite to do without it")
        return 2
    good = True
    for engine in engines:
        good = _one(engine, asked) and good
    return 0 if good else 1


def _one(engine: str, asked: argparse.Namespace) -> bool:
    CACHE.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="torture-", dir=CACHE))
    name = new_database() if engine == "postgres" else ""
    url = f"postgresql:///{name}" if name else f"sqlite:///{folder}/data/town.db"
    options = f"SEED={asked.seed} DATABASE={engine} KILLS={asked.kills} PEOPLE={asked.people}"
    again = f"the same choices again: make torture {options}"
    _say(f"{engine}: seed {asked.seed}, {asked.kills} kills, {asked.people} people")
    try:
        report = asyncio.run(
            torture(
                folder,
                url,
                seed=asked.seed,
                kills=asked.kills,
                people=asked.people,
                minutes=asked.minutes,
                say=_say,
            )
        )
    except BaseException:
        _say(f"{again}\nthe bot's log and database: {folder}")
        raise
    for line in [*report.lines(), *report.failures]:
        _say(line)
    if report.failures:
        _say(f"{again}\nthe bot's log and database: {folder}")
        return False
    _say("  every claim held")
    shutil.rmtree(folder)
    if name:
        drop_database(name)
    return True


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
