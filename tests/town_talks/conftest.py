"""Towns on either database, whose bot looks for what is due only when a test moves the time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.storage.conftest import drop_database, new_database
from tests.town import Person, Town, make_town
from tests.town_talks.many import HELD
from tests.town_talks.two import connects


@pytest.fixture
def only_looks_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot's own clock does not look in between, however long a test takes: jobs are done when time is moved."""
    monkeypatch.setattr("bot.jobs.LOOK_S", 86_400)


@pytest.fixture
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """A crowd of some hundred is written, held, let go and corrected in several slices, as a whole town is else."""
    monkeypatch.setattr("bot.broadcast.SLICE", 100)
    monkeypatch.setattr("bot.correct.SLICE", 40)
    monkeypatch.setattr("bot.broadcast.LEAST_AHEAD", HELD)
    monkeypatch.setattr("handlers.coordinator.broadcasts.AT_ONCE", 70)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def anywhere(request: pytest.FixtureRequest, tmp_path: Path, only_looks_of_ours: None) -> AsyncIterator[Town]:
    """A town on either database, for what stands or falls with transactions."""
    name = new_database() if request.param == "postgres" else ""
    async with make_town(tmp_path, f"postgresql:///{name}" if name else "") as opened:
        yield opened
    if name:
        drop_database(name)


@pytest.fixture
async def quiet_town(tmp_path: Path, only_looks_of_ours: None) -> AsyncIterator[Town]:
    """The same on SQLite alone."""
    async with make_town(tmp_path) as opened:
        yield opened


@pytest.fixture(params=["telegram", "bale"])
async def two(anywhere: Town, request: pytest.FixtureRequest) -> tuple[Person, Person]:
    """Two accounts that have both settled; the one that asks first, on either messenger."""
    one, two = anywhere.person("telegram", 1001), anywhere.person("bale", 1001)
    for person in (one, two):
        await person.settles()
    return (one, two) if request.param == "telegram" else (two, one)


@pytest.fixture
async def pair(quiet_town: Town) -> tuple[Person, Person]:
    """The same on one database and one way round."""
    one, two = quiet_town.person("telegram", 1001), quiet_town.person("bale", 1001)
    for person in (one, two):
        await person.settles()
    return one, two


@pytest.fixture
async def linked(two: tuple[Person, Person]) -> tuple[Person, Person]:
    """One person; the account that wrote last, and the other."""
    one, there = two
    await connects(there, one)
    await one.says("/menu")
    await one.town.passes(1)
    await there.says("/menu")
    return there, one
