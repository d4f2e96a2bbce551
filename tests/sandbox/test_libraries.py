"""Stock bots of two libraries run against the sandbox, and every parameter the libraries know is known here."""

from __future__ import annotations

import asyncio
import inspect
import signal
import sys
from pathlib import Path
from typing import Any

import pytest
import telegram

from sandbox.dialect import TELEGRAM
from sandbox.files import sample

HERE = Path(__file__).resolve().parent
MARKUP = {"inline_keyboard": [[{"text": "a", "callback_data": "pressed"}]]}


def replies(box: Any) -> list[Any]:
    return [line for line in box.transcript("telegram", 1001) if line["from"] == "bot"]


@pytest.mark.parametrize("bot", ["echo_ptb.py", "echo_aiogram.py"])
async def test_a_stock_echo_bot_runs_unchanged(box: Any, api: Any, bot: str) -> None:
    box.say("telegram", 1001, "سلام")
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(HERE / bot), "7001:telegram-secret", box.api_url("telegram")
    )
    try:
        await box.wait_for(lambda: len(replies(box)) == 1, timeout=30)
        box.photo("telegram", 1001, caption="چاله")
        await box.wait_for(lambda: len(replies(box)) == 2)
        asked = await api.ok("telegram", "sendMessage", chat_id=1001, text="?", reply_markup=MARKUP)
        box.press("telegram", 1001, "a")
        answers = await box.wait_for(lambda: replies(box)[2]["answers"])
    finally:
        process.send_signal(signal.SIGINT)
        await process.wait()
    assert [(line["kind"], line["text"]) for line in replies(box)] == [
        ("text", "سلام"),
        ("photo", "چاله"),
        ("text", "?"),
    ]
    assert (answers[0]["text"], asked["text"]) == ("pressed", "?")
    photo = box.messengers["telegram"].file(replies(box)[1]["media"]["photo"][1]["file_id"])
    assert box.messengers["telegram"].file_content(photo) == sample("photo").content
    assert [call.description for call in box.calls() if not call.ok and call.method != "getUpdates"] == []


#: what PTB's Python methods take for themselves and do not send under that name
PTB_OWN = {
    "self", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs", "filename", "contact",
    "location",
}  # fmt: skip


@pytest.mark.parametrize("method", sorted(TELEGRAM.methods))
def test_ptb_sends_no_parameter_that_would_be_refused(method: str) -> None:
    asked = set(inspect.signature(getattr(telegram.Bot, method)).parameters) - PTB_OWN
    if method == "sendMediaGroup":
        # These go into the first item of the album.
        asked -= {"caption", "parse_mode", "caption_entities"}
    assert asked - TELEGRAM.methods[method] == set()
