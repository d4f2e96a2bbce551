"""python-telegram-bot on a bare aiohttp transport: the way to make it faster that people take first."""

from __future__ import annotations

import sys
from typing import Any

import aiohttp
from telegram.request import BaseRequest, RequestData

from benchmarks.peers.ptb import run


class Aiohttp(BaseRequest):
    """As little as will do: no proxy, no mapping of errors beyond what the base class does."""

    def __init__(self) -> None:
        super().__init__()
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return 20.0

    async def initialize(self) -> None:
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=256))

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("not open")
        fields = request_data.json_parameters if request_data else None
        async with self._session.request(method, url, data=fields) as response:
            return response.status, await response.read()


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2], Aiohttp)
