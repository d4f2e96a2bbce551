"""What the proofs of the trip share: either database, a town, a talk that fails when told to, a sender alone."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.listening import listened
from tests.storage.conftest import engine, migrated, url  # noqa: F401 - fixtures
from tests.town import Town, make_town
from tests.trip.probe import Probe


@pytest.fixture(autouse=True)
def log() -> Iterator[io.StringIO]:
    """What the bot logs, with everything it ever says."""
    with listened("debug") as out:
        yield out


@pytest.fixture
async def town(tmp_path: Path, url: str) -> AsyncIterator[Town]:  # noqa: F811
    """Telegram and Bale, no limits, a clock that stands still."""
    async with make_town(tmp_path, url) as made:
        yield made


@pytest.fixture
async def probe(town: Town) -> Probe:
    made = Probe(town)
    await made.settle_in()
    return made


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'data' / 'town.db'}"
