"""A running sandbox, and short ways to call its Bot API and its control API over real HTTP."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from sandbox.server import Sandbox

TOKENS = {"telegram": "7001:telegram-secret", "bale": "8001:bale-secret"}


class Hands:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def time(self) -> float:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Api:
    """Calls the sandbox as a bot would; answers are (HTTP status, decoded body)."""

    box: Sandbox
    session: aiohttp.ClientSession

    def url(self, platform: str, method: str, token: str | None = None) -> str:
        return f"{self.box.base_url}/{platform}/bot{token or TOKENS[platform]}/{method}"

    async def __call__(self, platform: str, method: str, **params: Any) -> tuple[int, dict[str, Any]]:
        async with self.session.post(self.url(platform, method), json=params) as answer:
            return answer.status, json.loads(await answer.read())

    async def ok(self, platform: str, method: str, **params: Any) -> Any:
        status, body = await self(platform, method, **params)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    async def control(self, path: str, body: dict[str, Any] | None = None, verb: str = "") -> tuple[int, Any]:
        how = verb or ("GET" if body is None else "POST")
        sent = {} if body is None else {"json": body}
        async with self.session.request(how, f"{self.box.base_url}/sandbox/{path}", **sent) as answer:
            return answer.status, json.loads(await answer.read())


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
async def box(hands: Hands) -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(TOKENS, clock=hands.time, move_clock=hands.move)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def api(box: Sandbox) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(box, session)
