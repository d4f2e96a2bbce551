"""A town whose messengers bring their updates themselves, and requests that are made as a messenger makes them."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from sandbox.server import Sandbox
from tests.town import Town, make_town

NO_LIMITS = {"per_second": 0, "per_chat": 0, "burst": 0}
SECRET = "X-Telegram-Bot-Api-Secret-Token"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def local(sandbox: Sandbox) -> None:
    """Let webhooks lead to any port."""
    for name in sandbox.messengers:
        sandbox.switch(name, "webhook_any_port", True)


class Hooked:
    """A town and its door."""

    def __init__(self, town: Town, port: int) -> None:
        self.town, self.port = town, port
        self.base = f"http://127.0.0.1:{port}"

    async def listen(self) -> None:
        """Open the port, and wait until every messenger has been told of it."""
        await self.town.app.health.start("127.0.0.1", self.port)
        await self.town.sandbox.wait_for(lambda: all(map(self.is_set, self.town.names)))

    def is_set(self, platform: str) -> bool:
        told = self.town.sandbox.calls(platform, method="getWebhookInfo")
        return bool(self.hook(platform)) and bool(told)

    def hook(self, platform: str) -> dict[str, Any]:
        """The webhook as the messenger keeps it."""
        return dict(self.town.sandbox.state()[platform]["webhook"])

    async def post(
        self, platform: str, body: bytes | dict[str, Any], headers: Mapping[str, str] | None = None, *, path: str = ""
    ) -> int:
        """The status of a request with the right address and secret, unless others are given."""
        hook = self.hook(platform)
        proof = {SECRET: hook["secret"]} if hook["secret"] else {}
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        url = self.base + (path or urlsplit(hook["url"]).path)
        sent = {"Content-Type": "application/json", **(proof if headers is None else headers)}
        async with aiohttp.ClientSession() as session, session.post(url, data=content, headers=sent) as answer:
            return answer.status

    async def raw(self, platform: str, head: str, body: bytes = b"") -> str:
        """The first line that is answered to a request written by hand, whose body may be less than it says."""
        hook = self.hook(platform)
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        first = f"POST {urlsplit(hook['url']).path} HTTP/1.1\r\nHost: x\r\n{SECRET}: {hook['secret']}\r\n{head}\r\n\r\n"
        writer.write(first.encode() + body)
        try:
            return (await asyncio.wait_for(reader.readline(), 10)).decode().strip()
        finally:
            writer.close()

    async def health(self) -> dict[str, Any]:
        async with aiohttp.ClientSession() as session, session.get(f"{self.base}/health") as answer:
            told: dict[str, Any] = await answer.json()
            return told


@asynccontextmanager
async def make_hooked(
    folder: Path, url: str, *, platforms: tuple[str, ...] = ("telegram", "bale")
) -> AsyncIterator[Hooked]:
    """Telegram and Bale by webhook, no limits, a clock that stands still."""
    port = free_port()
    settings = {**NO_LIMITS, "mode": "webhook", "webhook_url": f"http://127.0.0.1:{port}"}
    async with make_town(folder, url, platforms=platforms, limits=settings) as town:
        local(town.sandbox)
        hooked = Hooked(town, port)
        await hooked.listen()
        yield hooked


def update(number: int, text: str, user: int = 1001) -> dict[str, Any]:
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 1,
            "text": text,
            "from": {"id": user, "first_name": "x"},
            "chat": {"id": user, "type": "private"},
        },
    }
