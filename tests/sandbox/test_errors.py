"""Every row of the table of refusals in docs/sandbox.md, tried over HTTP."""

from __future__ import annotations

import asyncio
import io
import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs" / "sandbox.md"
Setup = Callable[[Any, Any], Awaitable[dict[str, Any]]]


async def _nothing(_box: Any, _api: Any) -> dict[str, Any]:
    return {}


async def _sent(_box: Any, api: Any) -> dict[str, Any]:
    sent = await api.ok("telegram", "sendMessage", chat_id=1001, text="same")
    return {"message_id": sent["message_id"]}


async def _photo(box: Any, api: Any) -> dict[str, Any]:
    file_id = box.messengers["telegram"].messages[box.photo("telegram", 1001)].media["photo"][1]["file_id"]
    sent = await api.ok("telegram", "sendPhoto", chat_id=1001, photo=file_id)
    return {"message_id": sent["message_id"]}


async def _old(box: Any, api: Any) -> dict[str, Any]:
    sent = await _sent(box, api)
    box.move_clock(49 * 3600)
    return sent


async def _deleted(box: Any, api: Any) -> dict[str, Any]:
    sent = await _sent(box, api)
    await api.ok("telegram", "deleteMessage", chat_id=1001, **sent)
    return sent


async def _asked(box: Any, api: Any) -> dict[str, Any]:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    await api.ok("telegram", "sendMessage", chat_id=1001, text="?", reply_markup=markup)
    return {"callback_query_id": box.press("telegram", 1001, "a")["query"]}


async def _asked_long_ago(box: Any, api: Any) -> dict[str, Any]:
    asked = await _asked(box, api)
    box.move_clock(301)
    return asked


async def _blocked(box: Any, _api: Any) -> dict[str, Any]:
    box.block("telegram", 1001)
    return {}


async def _flooded(box: Any, api: Any) -> dict[str, Any]:
    box.switch("telegram", "flood_per_chat", 1)
    box.switch("telegram", "flood_retry_after", 7)
    await api.ok("telegram", "sendMessage", chat_id=1001, text="one")
    return {}


async def _flooded_everywhere(box: Any, api: Any) -> dict[str, Any]:
    box.say("telegram", 1002, "hello")
    box.switch("telegram", "flood_per_second", 1)
    await api.ok("telegram", "sendMessage", chat_id=1002, text="one")
    return {}


async def _webhook(_box: Any, api: Any) -> dict[str, Any]:
    await api.ok("telegram", "setWebhook", url="https://bot.example/hook")
    return {}


async def _large_file(box: Any, _api: Any) -> dict[str, Any]:
    message_id = box.document("telegram", 1001, content=bytes(20_000_001), name="large.bin")
    return {"file_id": box.messengers["telegram"].messages[message_id].media["document"]["file_id"]}


async def _voice(box: Any, _api: Any) -> dict[str, Any]:
    return {"photo": box.messengers["telegram"].messages[box.voice("telegram", 1001)].media["voice"]["file_id"]}


def inline(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[button]]}


TEXT = {"chat_id": 1001, "text": "hello"}
SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)
BUTTON = "Bad Request: can't parse inline keyboard button: "
MEDIA = "Bad Request: can't parse InputMedia: "
OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
FAR = {"type": "document", "media": "https://bot.example/file"}

#: code, words, method, parameters, what happened before
ROWS: list[tuple[int, str, str, dict[str, Any], Setup]] = [
    (404, "Not Found: method not found", "sendCarrierPigeon", {}, _nothing),
    (400, 'Bad Request: unknown parameter "txet"', "sendMessage", {"chat_id": 1001, "txet": "hello"}, _nothing),
    (400, "Bad Request: message text is empty", "sendMessage", {"chat_id": 1001, "text": " \n "}, _nothing),
    (
        400,
        "Bad Request: message text is empty",
        "sendMessage",
        {**TEXT, "text": "<b></b>", "parse_mode": "HTML"},
        _nothing,
    ),
    (400, "Bad Request: message is too long", "sendMessage", {**TEXT, "text": "😀" * 2048 + "a"}, _nothing),
    (400, "Bad Request: MESSAGE_TOO_LONG", "editMessageText", {**TEXT, "text": "a" * 4097}, _sent),
    (
        400,
        "Bad Request: message caption is too long",
        "sendPhoto",
        {"chat_id": 1001, "photo": "x", "caption": "a" * 1025},
        _nothing,
    ),
    (400, "Bad Request: strings must be encoded in UTF-8", "sendMessage", {**TEXT, "text": "\ud800"}, _nothing),
    (400, "Bad Request: unsupported parse_mode", "sendMessage", {**TEXT, "parse_mode": "BBCode"}, _nothing),
    (
        400,
        "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        "sendMessage",
        {**TEXT, "text": "<b>a", "parse_mode": "HTML"},
        _nothing,
    ),
    (
        400,
        'Bad Request: can\'t parse entities: Unsupported start tag "p" at byte offset 3',
        "sendMessage",
        {**TEXT, "text": "a, <p>", "parse_mode": "HTML"},
        _nothing,
    ),
    (
        400,
        "Bad Request: can't parse entities: Unexpected end tag at byte offset 1",
        "sendMessage",
        {**TEXT, "text": "a</b>", "parse_mode": "HTML"},
        _nothing,
    ),
    (400, "Bad Request: chat_id is empty", "sendMessage", {"text": "hello"}, _nothing),
    (400, "Bad Request: chat not found", "sendMessage", {"chat_id": 999, "text": "hello"}, _nothing),
    (400, "Bad Request: chat not found", "getChat", {"chat_id": 999}, _nothing),
    (403, "Forbidden: bot was blocked by the user", "sendMessage", TEXT, _blocked),
    (429, "Too Many Requests: retry after 7", "sendMessage", TEXT, _flooded),
    (429, "Too Many Requests: retry after 1", "sendMessage", TEXT, _flooded_everywhere),
    (
        400,
        "Bad Request: message to be replied not found",
        "sendMessage",
        {**TEXT, "reply_parameters": {"message_id": 999}},
        _nothing,
    ),
    (
        400,
        "Bad Request: BUTTON_DATA_INVALID",
        "sendMessage",
        {**TEXT, "reply_markup": inline(text="a", callback_data="م" * 33)},
        _nothing,
    ),
    (
        400,
        "Bad Request: BUTTON_URL_INVALID",
        "sendMessage",
        {**TEXT, "reply_markup": inline(text="a", url="no address")},
        _nothing,
    ),
    (
        400,
        f"{BUTTON}Text buttons are unallowed in the inline keyboard",
        "sendMessage",
        {**TEXT, "reply_markup": inline(text="a")},
        _nothing,
    ),
    (
        400,
        f'{BUTTON}Can\'t find field "text"',
        "sendMessage",
        {**TEXT, "reply_markup": inline(callback_data="a")},
        _nothing,
    ),
    (400, "Bad Request: object expected as reply markup", "sendMessage", {**TEXT, "reply_markup": "[1]"}, _nothing),
    (
        400,
        "Bad Request: can't parse reply keyboard markup JSON object",
        "sendMessage",
        {**TEXT, "reply_markup": "{"},
        _nothing,
    ),
    (
        400,
        "Bad Request: reply markup is too long",
        "sendMessage",
        {**TEXT, "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]] * 101}},
        _nothing,
    ),
    (
        400,
        "Bad Request: inline keyboard expected",
        "editMessageText",
        {**TEXT, "reply_markup": {"remove_keyboard": True}},
        _sent,
    ),
    (400, SAME, "editMessageText", {"chat_id": 1001, "text": "same"}, _sent),
    (400, "Bad Request: message to edit not found", "editMessageText", {**TEXT, "message_id": 999}, _nothing),
    (400, "Bad Request: message to edit not found", "editMessageText", TEXT, _deleted),
    (400, "Bad Request: message can't be edited", "editMessageText", {**TEXT, "message_id": 1}, _nothing),
    (400, "Bad Request: there is no text in the message to edit", "editMessageText", TEXT, _photo),
    (
        400,
        "Bad Request: there is no caption in the message to edit",
        "editMessageCaption",
        {"chat_id": 1001, "caption": "a"},
        _sent,
    ),
    (400, "Bad Request: message to delete not found", "deleteMessage", {"chat_id": 1001, "message_id": 999}, _nothing),
    (400, "Bad Request: message can't be deleted for everyone", "deleteMessage", {"chat_id": 1001}, _old),
    (400, OLD, "answerCallbackQuery", {"callback_query_id": "5"}, _nothing),
    (400, OLD, "answerCallbackQuery", {}, _asked_long_ago),
    (400, "Bad Request: MESSAGE_TOO_LONG", "answerCallbackQuery", {"text": "a" * 201}, _asked),
    (
        400,
        "Bad Request: wrong parameter action in request",
        "sendChatAction",
        {"chat_id": 1001, "action": "sleeping"},
        _nothing,
    ),
    (400, "Bad Request: there is no photo in the request", "sendPhoto", {"chat_id": 1001}, _nothing),
    (
        400,
        "Bad Request: wrong remote file identifier specified: Wrong string length",
        "sendPhoto",
        {"chat_id": 1001, "photo": "nothing"},
        _nothing,
    ),
    (
        400,
        "Bad Request: failed to get HTTP URL content",
        "sendPhoto",
        {"chat_id": 1001, "photo": "https://bot.example/a.png"},
        _nothing,
    ),
    (400, "Bad Request: can't use file of type Voice as Photo", "sendPhoto", {"chat_id": 1001}, _voice),
    (400, "Bad Request: invalid file_id", "getFile", {"file_id": "nothing"}, _nothing),
    (400, "Bad Request: file is too big", "getFile", {}, _large_file),
    (400, "Bad Request: latitude is empty", "sendLocation", {"chat_id": 1001}, _nothing),
    (
        400,
        "Bad Request: wrong location specified",
        "sendLocation",
        {"chat_id": 1001, "latitude": 91, "longitude": 0},
        _nothing,
    ),
    (
        400,
        'Bad Request: parameter "phone_number" is required',
        "sendContact",
        {"chat_id": 1001, "first_name": "a"},
        _nothing,
    ),
    (
        400,
        "Bad Request: too few messages to send as an album",
        "sendMediaGroup",
        {"chat_id": 1001, "media": [FAR]},
        _nothing,
    ),
    (
        400,
        "Bad Request: too many messages to send as an album",
        "sendMediaGroup",
        {"chat_id": 1001, "media": [FAR] * 11},
        _nothing,
    ),
    (
        400,
        f'{MEDIA}type "voice" can\'t be used in sendMediaGroup',
        "sendMediaGroup",
        {"chat_id": 1001, "media": [{"type": "voice", "media": "x"}] * 2},
        _nothing,
    ),
    (
        400,
        "Bad Request: BOT_COMMAND_INVALID",
        "setMyCommands",
        {"commands": [{"command": "آغاز", "description": "a"}]},
        _nothing,
    ),
    (
        400,
        "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID",
        "setMyCommands",
        {"commands": [{"command": "start", "description": ""}]},
        _nothing,
    ),
    (400, "Bad Request: expected an Array of BotCommand", "setMyCommands", {"commands": "{}"}, _nothing),
    (
        400,
        "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
        "setWebhook",
        {"url": "http://bot.example"},
        _nothing,
    ),
    (
        400,
        "Bad Request: bad webhook: invalid webhook URL specified",
        "setWebhook",
        {"url": "https://bot.example:99999"},
        _nothing,
    ),
    (
        400,
        "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        "setWebhook",
        {"url": "https://bot.example:8080"},
        _nothing,
    ),
    (
        400,
        "Bad Request: secret token contains unallowed characters",
        "setWebhook",
        {"url": "https://bot.example", "secret_token": "a b"},
        _nothing,
    ),
    (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        "getUpdates",
        {},
        _webhook,
    ),
]


@pytest.mark.parametrize(
    ("code", "words", "method", "params", "before"), ROWS, ids=[f"{row[2]}-{row[1][:40]}" for row in ROWS]
)
async def test_telegram_refuses_in_its_own_words(
    box: Any, api: Any, code: int, words: str, method: str, params: dict[str, Any], before: Setup
) -> None:
    box.say("telegram", 1001, "hello")
    happened = await before(box, api)
    status, body = await api("telegram", method, **{**happened, **params})
    assert (status, body["error_code"], body["description"]) == (code, code, words)
    assert body.get("parameters", {}).get("retry_after") == (int(words.rsplit(" ", 1)[1]) if code == 429 else None)


async def test_two_polls_at_once_end_the_first(box: Any, api: Any) -> None:
    first = asyncio.create_task(api("telegram", "getUpdates", timeout=30))
    await box.wait_for(lambda: box.messengers["telegram"].poll_number == 1)
    second = asyncio.create_task(api("telegram", "getUpdates", timeout=30))
    status, body = await first
    words = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    assert (status, body["description"]) == (409, words)
    box.say("telegram", 1001, "hello")
    assert len((await second)[1]["result"]) == 1


@pytest.mark.parametrize(
    ("start", "zeros", "code", "words"),
    [
        (b"no picture", 0, 400, "Bad Request: IMAGE_PROCESS_FAILED"),
        (b"", 0, 400, "Bad Request: file must be non-empty"),
        (b"\xff\xd8\xff", 50_000_000, 413, "Request Entity Too Large"),
    ],
)
async def test_bad_uploads_are_refused(box: Any, api: Any, start: bytes, zeros: int, code: int, words: str) -> None:
    box.say("telegram", 1001, "hello")
    form = aiohttp.FormData({"chat_id": "1001"})
    form.add_field("photo", io.BytesIO(start + bytes(zeros)), filename="a.jpg", content_type="image/jpeg")
    async with api.session.post(api.url("telegram", "sendPhoto"), data=form) as answer:
        body = json.loads(await answer.read())
    assert (answer.status, body["description"]) == (code, words)


@pytest.mark.parametrize(("platform", "code", "words"), [("telegram", 401, "Unauthorized"), ("bale", 404, "Not Found")])
async def test_an_unknown_token_is_refused(api: Any, platform: str, code: int, words: str) -> None:
    async with api.session.get(api.url(platform, "getMe", token="1:wrong")) as answer:
        body = json.loads(await answer.read())
    assert (answer.status, body) == (code, {"ok": False, "error_code": code, "description": words})


TESTED = {words for _, words, _, _, _ in ROWS} | {
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    "Bad Request: IMAGE_PROCESS_FAILED",
    "Bad Request: file must be non-empty",
    "Request Entity Too Large",
    "Unauthorized",
}


def test_the_table_in_the_docs_is_what_is_tested() -> None:
    section = DOCS.read_text("utf-8").split("## Refusals")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (\d{3}) \| `(.+?)` \|", section, re.MULTILINE)
    told = {words.replace("…", "") for _, words in rows}
    plain = {re.sub(r"retry after \d+", "retry after ", words) for words in TESTED}
    assert {words for words in plain if not any(words.startswith(one) for one in told)} == set()
    assert {one for one in told if not any(words.startswith(one) for words in plain)} == set()
