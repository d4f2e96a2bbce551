"""What tests of talks share: the talks as the running bot finds them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.render import Renderer
from handlers.book import Book, find
from storage import inbox, outbox
from tests.desk import Desk
from tests.sentences import TEXTS
from tests.town import Town, make_town
from tests.walk import Walk


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    return Renderer(TEXTS)


@pytest.fixture(scope="session")
def book(renderer: Renderer) -> Book:
    return Book(find(), renderer.words)


@pytest.fixture(scope="session")
def commands(book: Book) -> frozenset[str]:
    return frozenset(book.commands)


@pytest.fixture(scope="session")
def walked(book: Book, renderer: Renderer) -> Walk:
    """Everything that those who may do most are ever shown."""
    walk = Walk(Desk(book, renderer, worded=True), lambda *_: None)
    for who in ("stranger", "newcomer", "resident", "coordinator", "province admin"):
        walk.all(who)
    return walk


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town on one messenger. Whatever a test does there, nothing may be parked."""
    async with make_town(tmp_path, platforms=("telegram",)) as town:
        yield town
        assert await town.app.database.read(inbox.count_parked) == 0
        assert await town.app.database.read(outbox.parked) == []
