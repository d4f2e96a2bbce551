"""A stock echo bot on python-telegram-bot; only the base address differs from one for the real thing."""

import sys

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message:
        await update.message.reply_text(update.message.text or "")


async def echo_photo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message:
        file = await update.message.photo[-1].get_file()
        await update.message.reply_photo(bytes(await file.download_as_bytearray()), caption=update.message.caption)


async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.callback_query:
        await update.callback_query.answer(update.callback_query.data)


token, base = sys.argv[1:]
application = Application.builder().token(token).base_url(f"{base}/bot").base_file_url(f"{base}/file/bot").build()
application.add_handler(MessageHandler(filters.TEXT, echo))
application.add_handler(MessageHandler(filters.PHOTO, echo_photo))
application.add_handler(CallbackQueryHandler(pressed))
application.run_polling()
