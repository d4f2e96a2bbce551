"""Where a story plays: on either database, each test on one of its own, among people on one messenger or on two."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from playwright.sync_api import Page

from sandbox.switches import BALE
from tests.storage.conftest import drop_database, new_database
from tests.story.demo import Demo, browsing
from tests.story.stage import PAIRS, Stage, furnished
from tests.town import make_town

DATABASES = {"sqlite": (), "postgres": (pytest.mark.postgres,)}
#: What nobody could establish about Bale, each as something that can be switched on.
UNKNOWN = {one.name: (one.name,) for one in BALE}
ALL_ON = ("sqlite", "bale", tuple(UNKNOWN))
#: The database, messengers and switches with which each story is always played; `--full` plays each database with each
#: pair of messengers, and all that may be so on Bale together and each alone. A module may name more for itself.
ALWAYS = (("sqlite", "telegram", ()), ("postgres", "mixed", ()))
EVERY = [
    *((database, pair, ()) for database in DATABASES for pair in PAIRS),
    ALL_ON,
    ("sqlite", "crossed", ALL_ON[2]),
    *(("sqlite", "bale", on) for on in UNKNOWN.values()),
    # Only what comes from elsewhere is uploaded.
    *(("sqlite", "crossed", UNKNOWN[name]) for name in ("album_bare", "album_refused", "uploads_small")),
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "stage" not in metafunc.fixturenames:
        return
    always = (*ALWAYS, *getattr(metafunc.module, "ALWAYS_TOO", ()))
    played = EVERY if metafunc.config.getoption("--full") else always
    metafunc.parametrize("stage", [_named(*one) for one in played], indirect=True)


def _named(database: str, pair: str, on: tuple[str, ...]) -> ParameterSet:
    switched = () if not on else ("all_on",) if len(on) > 1 else on
    return pytest.param((database, pair, on), marks=DATABASES[database], id="-".join((database, pair, *switched)))


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[str]:
    """The address of an empty database that is gone afterwards."""
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'data' / 'town.db'}"
        return
    name = new_database()
    yield f"postgresql:///{name}"
    drop_database(name)


@pytest.fixture(params=[pytest.param(name, marks=marks) for name, marks in DATABASES.items()])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with _database(request.param, tmp_path) as address:
        yield address


@pytest.fixture
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    """A town with a resident and the coordinator of their neighbourhood; afterwards nothing may be left undone."""
    engine, pair, on = request.param
    residents_on, staff_on = PAIRS[pair]
    with _database(engine, tmp_path) as url:
        async with make_town(tmp_path, url, platforms=tuple(sorted({residents_on, staff_on})), switches=on) as town:
            opened = await furnished(town, residents_on, staff_on)
            yield opened
            await opened.is_told()


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    running = Demo(tmp_path)
    yield running
    running.close()


@pytest.fixture
def page() -> Iterator[Page]:
    with browsing() as opened:
        yield opened
