"""Bale's shapes, line by line: each is read right, each request is what it knows, each refusal means what it means.

The names in front are the places in Bale's documentation, or in other people's programs, that a shape comes from.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.api_errors import (
    BotApiError,
    Conflict,
    Gone,
    Missing,
    NotModified,
    Rejected,
    Revoked,
    Unreachable,
    Unsupported,
    Wait,
)
from bot.carried import learned, load, message_id
from bot.platforms import Bale
from bot.store import Store
from domain.incoming import Incoming, Kind
from storage.media import Found
from tests.bot.test_transport import bad, failure, good, says, talking

BALE = Bale()
WHO = {"id": 1001, "first_name": "مریم"}  # without is_bot, as a sample of the documentation has it
HOME = {"id": 1001, "type": "private"}
BUTTONS = {"inline_keyboard": [[{"text": "بله", "copy_text": {"text": "x"}}, {"text": "نه", "web_app": {"url": "x"}}]]}
KEYS = {"keyboard": [[{"text": "گزارش", "request_contact": True}]], "resize_keyboard": True}


def message(without: str = "", **parts: Any) -> dict[str, Any]:
    whole = {"message_id": 5, "date": 1764080000, "from": WHO, "chat": HOME, "text": "سلام", **parts}
    return {name: value for name, value in whole.items() if name not in without.split()}


def update(**parts: Any) -> Incoming:
    return BALE.read({"update_id": 7, **parts})


SAID = {"kind": Kind.TEXT, "chat": 1001, "user": 1001, "private": True, "text": "سلام", "message": 5}
MESSAGES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "user without is_bot": (message(), SAID),
    "user without first_name": (message(**{"from": {"id": 1001}}), {**SAID, "name": ""}),
    "user with everything null": (message(**{"from": {"id": 1001, "is_bot": None, "first_name": None}}), SAID),
    "chat without type": (message(chat={"id": 1001}), SAID),
    "chat without type that is no person's": (message(chat={"id": 77}), {"chat": 77, "private": False}),
    "a group with a positive number": (message(chat={"id": 77, "type": "group"}), {"chat": 77, "private": False}),
    "a group with a negative number": (message(chat={"id": -77, "type": "group"}), {"chat": -77, "private": False}),
    "a type that nobody knows": (message(chat={"id": 1001, "type": "bot"}), {"chat": 1001, "private": False}),
    "a channel with a positive number": (
        message("from", chat={"id": 77, "type": "channel"}, sender_chat={"id": 77}),
        {"chat": 77, "user": None, "private": False},
    ),
    "no date": (message("date"), {**SAID, "date": None}),
    "date 0": (message(date=0), {**SAID, "date": None}),
    "entities null": (message(entities=None), SAID),
    "entities beyond the text": (message(entities=[{"type": "bot_command", "offset": 90, "length": 9}]), SAID),
    "a command without entities": (message(text="/start join_a_b"), {"command": "start", "payload": "join_a_b"}),
    "a command whose entity counts otherwise": (
        message(text="/start x", entities=[{"type": "bot_command", "offset": 3, "length": 1}]),
        {"command": "start", "payload": "x"},
    ),
    "a mention where a command would be": (
        message(text="سلام", entities=[{"type": "bot_command", "offset": 0, "length": 4}]),
        {"command": None},
    ),
    "a Persian command": (message(text="/لغو"), {"command": "لغو"}),
    "a command for a bot by name": (message(text="/report@some_bot چراغ"), {"command": "report", "arguments": "چراغ"}),
    "a reply keyboard in the message": (message(reply_markup=KEYS), SAID),
    "inline buttons of newer kinds in the message": (message(reply_markup=BUTTONS), SAID),
    "a reply to a message without a date": (message(reply_to_message={"message_id": 1}), SAID),
    "forwarded, older shape": (
        message(forward_from={"id": 9, "first_name": "رضا"}, forward_date=5),
        {**SAID, "forwarded": True, "forwarded_user": 9, "other_name": "رضا"},
    ),
    "forwarded from a channel, older shape": (
        message(forward_from_chat={"id": 77}, forward_from_message_id=3, forward_date=5),
        {**SAID, "forwarded": True, "forwarded_user": None},
    ),
    "forwarded, newer shape": (
        message(forward_origin={"type": "user", "sender_user": {"id": 9}}),
        {**SAID, "forwarded": True, "forwarded_user": 9},
    ),
    "forwarded, of type chat without sender_chat": (
        message(forward_origin={"type": "chat"}),
        {**SAID, "forwarded": True, "forwarded_user": None},
    ),
    "forwarded from a channel without message_id": (
        message(forward_origin={"type": "channel", "date": 5, "chat": {"id": 77}}),
        {**SAID, "forwarded": True},
    ),
    "a photo without sizes": (
        message("text", photo=[{"file_id": "1:2:3"}, {"file_id": "1:2:4"}]),
        {"kind": Kind.PHOTO, "file_id": "1:2:4"},
    ),
    "an album": (
        message("text", photo=[{"file_id": "1:2:3"}], media_group_id=5, caption="شرح"),
        {"kind": Kind.PHOTO, "album": "5", "text": "شرح"},
    ),
    "a voice with nothing but its number": (message("text", voice={"file_id": "v"}), {"kind": Kind.VOICE}),
    "a video without duration": (message("text", video={"file_id": "v"}), {"kind": Kind.VIDEO, "other_kind": False}),
    "an animation with its document": (
        message("text", animation={"file_id": "a"}, document={"file_id": "d"}),
        {"kind": Kind.VIDEO, "file_id": "a", "other_kind": True},
    ),
    "a film attached as a document": (
        message("text", document={"file_id": "d", "mime_type": "video/mp4", "file_size": 9}),
        {"kind": Kind.VIDEO, "file_id": "d", "other_kind": True, "size": 9},
    ),
    "sound attached as a document": (
        message("text", document={"file_id": "d", "mime_type": "audio/mpeg"}),
        {"kind": Kind.AUDIO, "other_kind": True},
    ),
    "a picture attached as a document": (
        message("text", document={"file_id": "d", "mime_type": "image/png"}),
        {"kind": Kind.DOCUMENT, "picture": True, "other_kind": False},
    ),
    "a document of a kind that is no text": (
        message("text", document={"file_id": "d", "mime_type": ["video/mp4"]}),
        {"kind": Kind.DOCUMENT, "picture": False},
    ),
    "a sticker as documented": (
        message("text", sticker={"file_id": "s", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1}),
        {"kind": Kind.STICKER},
    ),
    "a contact without a name": (
        message("text", contact={"phone_number": "0913", "user_id": 1001}),
        {"kind": Kind.CONTACT, "contact_user": 1001, "contact_phone": "0913"},
    ),
    "a place": (
        message("text", location={"latitude": 30, "longitude": 57.08}),
        {"kind": Kind.LOCATION, "latitude": 30.0, "longitude": 57.08},
    ),
    "data of a mini app without button_text": (message("text", web_app_data={"data": "x"}), {"kind": Kind.OTHER}),
    "an invoice without start_parameter": (message("text", invoice={"title": "x"}), {"kind": Kind.OTHER}),
    "a payment": (message("text", successful_payment={"currency": "IRR"}), {"kind": Kind.OTHER}),
    "a poll": (message("text", poll={"id": 1, "options": [{"persistent_id": 1}]}), {"kind": Kind.OTHER}),
    "somebody came into a group": (message("text", new_chat_members=[WHO]), {"kind": Kind.MEMBER}),
    "ids as digits": (message(**{"from": {"id": "1001"}}, chat={"id": "1001", "type": "private"}), SAID),
    "the stub of an edit": (message("text from date"), {"kind": Kind.OTHER, "chat": 1001}),
}


@pytest.mark.parametrize("shape", MESSAGES)
def test_each_shape_of_a_message_is_read(shape: str) -> None:
    sent, meant = MESSAGES[shape]
    for name in ("message", "edited_message"):
        found = update(**{name: sent})
        expected = meant if name == "message" else {**meant, "kind": Kind.EDITED}
        assert {field: getattr(found, field) for field in expected} == expected


PRESS = {"id": "2233", "from": WHO, "data": "c:1:yes", "message": {"message_id": 9, "chat": HOME}}
PRESSES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "without chat_instance": (PRESS, {"chat": 1001, "press": "2233", "message": 9, "data": "c:1:yes"}),
    "with chat_instance": ({**PRESS, "chat_instance": "5"}, {"chat": 1001, "press": "2233"}),
    "its message a stub without a date": (
        {**PRESS, "message": {"message_id": 0, "chat": HOME}},
        {"chat": 1001, "message": None},
    ),
    "its message without a chat": ({**PRESS, "message": {"message_id": 9}}, {"chat": 1001, "message": 9}),
    "its message with a reply keyboard": ({**PRESS, "message": message(reply_markup=KEYS)}, {"message": 5}),
    "no message": ({**PRESS, "message": None}, {"chat": 1001, "message": None, "private": True}),
    "no data": ({**PRESS, "data": None}, {"data": "", "press": "2233"}),
    "its number a number": ({**PRESS, "id": 12345}, {"press": "12345"}),
    "of an inline message": ({**PRESS, "message": None, "inline_message_id": "x"}, {"chat": 1001}),
}


@pytest.mark.parametrize("shape", PRESSES)
def test_each_shape_of_a_press_is_read(shape: str) -> None:
    sent, meant = PRESSES[shape]
    found = update(callback_query=sent)
    assert found.kind is Kind.PRESS
    assert {field: getattr(found, field) for field in meant} == meant


@pytest.mark.parametrize("name", ["pre_checkout_query", "shipping_query"])
def test_kinds_of_update_that_we_have_no_use_for_still_say_whose_they_are(name: str) -> None:
    found = update(**{name: {"id": "1", "from": WHO, "currency": "IRR"}})
    assert (found.kind, found.user, found.chat) == (Kind.OTHER, 1001, 1001)


# --- what it is asked


REQUESTS: list[tuple[str, dict[str, Any], str, dict[str, str]]] = [
    ("sendMessage", {"chat_id": 5, "text": "x", "entities": [], "parse_mode": "HTML"}, "sendMessage", {"text": "x"}),
    ("sendMessage", {"reply_parameters": {"message_id": 9}}, "sendMessage", {"reply_to_message_id": "9"}),
    ("sendMessage", {"disable_notification": True, "protect_content": True}, "sendMessage", {}),
    ("sendMessage", {"message_thread_id": 5, "message_effect_id": "5"}, "sendMessage", {}),
    (
        "sendMessage",
        {"reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b", "style": "danger"}]]}},
        "sendMessage",
        {"reply_markup": '{"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}'},
    ),
    (
        "sendMessage",
        {"reply_markup": {"inline_keyboard": [[{"text": "a", "copy_text": {"text": "b"}}]]}},
        "sendMessage",
        {"reply_markup": '{"inline_keyboard": []}'},  # a button without anything to do would be refused
    ),
    ("sendMessage", {"reply_markup": {"force_reply": True}}, "sendMessage", {"reply_markup": "{}"}),
    ("sendPhoto", {"photo": "1:2:3", "has_spoiler": True, "caption_entities": []}, "sendPhoto", {"photo": "1:2:3"}),
    (
        "sendVoice",
        {"voice": "1:2:3", "duration": 3, "parse_mode": "HTML"},
        "sendVoice",
        {"voice": "1:2:3", "duration": "3"},
    ),
    ("sendDocument", {"document": "1:2:3", "thumbnail": "x"}, "sendDocument", {"document": "1:2:3"}),
    ("sendVideo", {"video": "1:2:3", "supports_streaming": True}, "sendVideo", {"video": "1:2:3"}),
    (
        "sendMediaGroup",
        {"media": [{"type": "photo", "media": "attach://a", "caption": "x", "parse_mode": "HTML"}]},
        "sendMediaGroup",
        {"media": '[{"type": "photo", "media": "attach://a", "caption": "x"}]'},
    ),
    (
        "sendLocation",
        {"latitude": 30.5, "longitude": 57, "live_period": 60},
        "sendLocation",
        {"latitude": "30.5", "longitude": "57"},
    ),
    (
        "editMessageText",
        {"message_id": 9, "text": "x", "parse_mode": "HTML"},
        "editMessageText",
        {"message_id": "9", "text": "x"},
    ),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1", "url": "x", "cache_time": 5},
        "answerCallbackQuery",
        {"callback_query_id": "1"},
    ),
    (
        "setMyCommands",
        {"commands": [], "scope": {"type": "default"}, "language_code": "fa"},
        "setMyCommands",
        {"commands": "[]"},
    ),
    ("getUpdates", {"offset": -1, "allowed_updates": ["message"]}, "getUpdates", {"offset": "-1"}),
    (
        "setWebhook",
        {"url": "https://x.ir", "secret_token": "x", "max_connections": 5},
        "setWebhook",
        {"url": "https://x.ir"},
    ),
    ("deleteWebhook", {"drop_pending_updates": True}, "deleteWebhook", {}),
    ("getChatMemberCount", {"chat_id": 5}, "getChatMembersCount", {"chat_id": "5"}),
    ("getFile", {"file_id": "1:2:3", "x": 1}, "getFile", {"file_id": "1:2:3"}),
]


@pytest.mark.parametrize(("method", "params", "name", "fields"), REQUESTS)
async def test_each_request_has_only_what_bale_knows_in_the_form_that_always_works(
    method: str, params: dict[str, Any], name: str, fields: dict[str, str]
) -> None:
    async with talking(good(True), BALE) as (api, seen):
        await api.call(method, params)
    ((_, path, body, _),) = seen.asked
    assert path.rpartition("/")[2] == name
    assert {key: value for key, value in body.items() if key != "chat_id" or name.startswith("getChat")} == fields


@pytest.mark.parametrize(
    ("answer", "known"),
    [
        ({"message_id": 0}, None),
        ({"message_id": 0, "chat": HOME}, None),
        (True, None),
        (None, None),
        ({}, None),
        ({"message_id": 12}, 12),
    ],
)
def test_the_stub_that_answers_an_edit_is_no_message(answer: object, known: int | None) -> None:
    assert message_id(answer) == known


def test_what_comes_back_as_another_kind_is_not_sent_by_its_number_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    found = {1: Found(1, "voice", "", store.put(b"OggS"), coming=False)}
    made = load("sendVoice", {"voice": {"own": 1}}, found, store)
    assert made is not None
    assert learned(made, {"message_id": 1, "audio": {"file_id": "1:2:3"}}) == {}
    assert learned(made, {"message_id": 1, "voice": {"file_id": "1:2:3"}}) == {1: "1:2:3"}


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("1:2:3", "1:2:3"),
        ("photos/file 1.jpg", "photos/file%201.jpg"),
        ("a?b#c%d", "a%3Fb%23c%25d"),
        ("گزارش", "%DA%AF%D8%B2%D8%A7%D8%B1%D8%B4"),
    ],
)
async def test_a_file_is_fetched_by_its_number_where_bale_names_no_path(name: str, path: str) -> None:
    async with talking(says(b"content", kind="image/jpeg"), BALE) as (api, seen):
        assert await api.download(name) == b"content"
    assert seen.asked[0][1].partition("/file/")[2].partition("/")[2] == path


# --- what it refuses


REFUSALS: list[tuple[str, int, object, type[BotApiError]]] = [
    ("sendMessage", 400, bad(400, "Bad Request: message text is empty"), Rejected),
    ("sendMessage", 404, bad(404, "no such group or user"), Rejected),
    ("getChat", 404, bad(404, "Bad Request: no such group or user"), Rejected),
    ("getMe", 404, bad(404, "Not Found"), Revoked),
    ("getMe", 401, bad(401, "Unauthorized"), Revoked),
    ("getMe", 400, bad(400, "Bad Request: Token not found"), Revoked),
    ("sendMessage", 400, bad(400, "Bad Request: Token not found"), Revoked),
    ("sendMessage", 403, bad(403, "Forbidden: permission_denied"), Gone),
    ("sendMessage", 403, bad(403, "permission_denied"), Gone),
    ("getUpdates", 409, bad(409, "Conflict"), Conflict),
    ("sendMessage", 420, bad(420, "FLOOD"), Wait),
    ("sendMessage", 429, bad(429, "bot limit exceed"), Wait),
    ("sendMessage", 429, b"local_rate_limited", Wait),
    ("sendMessage", 200, bad(429, "x", retry_after=3), Wait),
    ("sendMessage", 500, bad(500, "Internal"), Unreachable),
    ("setMyName", 501, bad(501, "Not Implemented"), Unsupported),
    ("sendPoll", 404, bad(404, "Not Found: method not found"), Unsupported),
    ("editMessageText", 400, bad(400, "Bad Request: message is not modified"), NotModified),
    ("editMessageText", 404, bad(404, "message not found"), Missing),
    ("sendMessage", 200, {"ok": False}, Rejected),
    ("sendMessage", 200, {"ok": False, "error_code": 403, "description": "x"}, Gone),
]


@pytest.mark.parametrize(("method", "status", "body", "error"), REFUSALS)
async def test_each_refusal_of_bale_means_what_it_means(
    method: str, status: int, body: object, error: type[BotApiError]
) -> None:
    assert type(await failure(says(body, status), BALE, method)) is error


async def test_a_chat_that_is_not_found_costs_one_message_and_not_the_token() -> None:
    """A 404 that names no reason may mean either: who we are is asked before anything is given up."""
    async with talking(says(bad(404, "Not Found"), 404), BALE) as (api, seen):
        with pytest.raises(Revoked):
            await api.call("sendMessage", {"chat_id": 5, "text": "x"})
    assert [path.rpartition("/")[2] for _, path, _, _ in seen.asked] == ["sendMessage", "getMe"]
