"""The short form: a town lives, its bot is killed in the middle of everything, and nobody's word is lost or doubled."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import IN_CI
from tests.storage.conftest import empty_url, engine  # noqa: F401 - fixtures
from tests.torture.__main__ import CACHE
from tests.torture.kills import INSIDE
from tests.torture.run import torture

KILLS, PEOPLE = 8, 32


@pytest.fixture
def folder() -> Iterator[Path]:
    CACHE.mkdir(exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix="torture-", dir=CACHE))
    yield made
    shutil.rmtree(made, ignore_errors=True)


async def test_kills_lose_nothing_double_nothing_and_keep_the_order(folder: Path, empty_url: str) -> None:  # noqa: F811
    # What must be green may not depend on chance.
    seed = int(os.environ.get("SEED") or (1405 if IN_CI else random.SystemRandom().randrange(10**6)))
    url = empty_url if empty_url.startswith("postgres") else f"sqlite:///{folder}/town/town.db"
    told: list[str] = []
    try:
        report = await torture(folder, url, seed=seed, kills=KILLS, people=PEOPLE, say=told.append)
        assert not report.failures, "\n".join(report.failures)
        assert len(report.killer.kills) == KILLS
        assert report.killer.proved().keys() & INSIDE
    except BaseException as error:
        error.add_note(f"the same choices again: SEED={seed}; what failed: {told}")
        raise
