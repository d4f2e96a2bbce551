"""A stock echo bot on aiogram; only the base address differs from one for the real thing."""

import asyncio
import io
import sys

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile, CallbackQuery, Message

dispatcher = Dispatcher()


@dispatcher.message(F.text)
async def echo(message: Message) -> None:
    await message.reply(message.text or "")


@dispatcher.message(F.photo)
async def echo_photo(message: Message, bot: Bot) -> None:
    content = await bot.download(message.photo[-1], destination=io.BytesIO())
    await message.answer_photo(BufferedInputFile(content.getvalue(), "photo.png"), caption=message.caption)


@dispatcher.callback_query()
async def pressed(query: CallbackQuery) -> None:
    await query.answer(query.data)


async def main(token: str, base: str) -> None:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(base)))
    await dispatcher.start_polling(bot)


asyncio.run(main(*sys.argv[1:]))
