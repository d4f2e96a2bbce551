"""aiogram as it comes: aiohttp, a task for each update."""

from __future__ import annotations

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message


async def echo(message: Message) -> None:
    await message.answer(message.text or "")


async def main(address: str, token: str) -> None:
    """Echo until SIGTERM."""
    server = TelegramAPIServer(base=f"{address}/bot{{token}}/{{method}}", file=f"{address}/file/bot{{token}}/{{path}}")
    dispatcher = Dispatcher()
    dispatcher.message()(echo)
    await dispatcher.start_polling(Bot(token, AiohttpSession(api=server)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
