"""A chat that may not get anything just now is left out when rows are read, and never forgotten for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.trip.line import make_lines, running


async def test_a_chat_that_becomes_free_while_rows_are_read_gets_its_next_message(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody else wakes the sender then: the clock stands again, and no other row comes."""
    async with make_lines(url, "bale", per_chat=1, burst=1) as lines:
        line = lines["bale"]
        line.meet(5001, 5002)
        await line.write(5001, "one", "two")
        read, looks, asked = line.database.read, 0, False

        async def slow(work: Callable[..., Any]) -> Any:
            nonlocal looks
            found = await read(work)
            if getattr(work, "__name__", "") == "_look" and asked and not looks:
                looks += 1
                line.clock.move(2)
            return found

        monkeypatch.setattr(line.database, "read", slow)
        async with running(line):
            await line.until(lambda: line.heard(5001) == ["one"])
            await line.rest()
            asked = True
            await line.write(5002, "somebody else's")
            await line.until(lambda: line.heard(5001) == ["one", "two"])
    assert looks == 1
