"""What the two bots of python-telegram-bot share."""

from __future__ import annotations

from collections.abc import Callable

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters
from telegram.request import BaseRequest


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def run(address: str, token: str, request: Callable[[], BaseRequest] | None) -> None:
    """Echo until SIGTERM. `request` makes a transport, once for calls and once for polling; None for the stock one."""
    builder = Application.builder().token(token).base_url(f"{address}/bot")
    if request is not None:
        builder = builder.request(request()).get_updates_request(request())
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling(timeout=10)
