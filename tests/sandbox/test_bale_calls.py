"""What a bot asks of Bale and what it is answered: as documented, and as each switch has it."""

from __future__ import annotations

import asyncio
import io
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from sandbox.switches import BALE

ASKED = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
WAIT = (
    b'{"ok": false, "error_code": 429, "description": "Too Many Requests: retry after 1", '
    b'"parameters": {"retry_after": 1}}'
)
JPEG = b"\xff\xd8\xff"


@pytest.fixture
async def chat(box: Any) -> int:
    box.say("bale", 1001, "/start")
    return 1001


def text_form(**fields: Any) -> dict[str, str]:
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in fields.items()}


async def sends(api: Any, method: str, files: dict[str, bytes] | None = None, **fields: Any) -> tuple[int, Any]:
    """A call as a form, with files as parts of it."""
    form = aiohttp.FormData(text_form(**fields))
    for name, content in (files or {}).items():
        form.add_field(name, io.BytesIO(content), filename=f"{name}.jpg", content_type="image/jpeg")
    async with api.session.post(api.url("bale", method), data=form) as answer:
        return answer.status, json.loads(await answer.read())


async def refused(api: Any, method: str, **params: Any) -> tuple[int, str]:
    status, body = await api("bale", method, **params)
    assert body["ok"] is False
    return status, body["description"]


async def test_an_edit_is_answered_in_one_of_three_ways(box: Any, api: Any, chat: int) -> None:
    about = {"chat_id": chat, "message_id": (await api.ok("bale", "sendMessage", chat_id=chat, text="a"))["message_id"]}
    assert await api.ok("bale", "editMessageText", **about, text="b") == {"message_id": 0}
    box.switch("bale", "edit_whole", True)
    assert (await api.ok("bale", "editMessageText", **about, text="c"))["text"] == "c"
    box.switch("bale", "edit_true", True)
    assert await api.ok("bale", "editMessageText", **about, text="d") is True
    assert box.transcript("bale", chat)[-1]["text"] == "d"


async def test_messages_with_buttons_may_stay_as_they_are(box: Any, api: Any, chat: int) -> None:
    box.switch("bale", "edits_refused", True)
    for markup in ({}, {"reply_markup": ASKED}):
        sent = await api.ok("bale", "sendMessage", chat_id=chat, text="a", **markup)
        status, body = await api("bale", "editMessageText", chat_id=chat, message_id=sent["message_id"], text="b")
        assert (status, body.get("description")) == (
            (400, "Bad Request: this message is not changed") if markup else (200, None)
        )
    assert [line["text"] for line in box.transcript("bale", chat)[1:]] == ["b", "a"]


async def test_what_only_telegram_documents_may_be_refused(box: Any, api: Any, chat: int) -> None:
    style = {"inline_keyboard": [[{"text": "a", "callback_data": "a", "style": "danger"}]]}
    kept = {"keyboard": [[{"text": "a"}]], "is_persistent": True}
    tries: list[tuple[dict[str, Any], str]] = [
        ({"parse_mode": "HTML"}, 'unknown parameter "parse_mode"'),
        ({"reply_markup": style}, 'unknown field "style"'),
        ({"reply_markup": json.dumps(kept)}, 'unknown field "is_persistent"'),
    ]
    for params, words in tries:
        box.switch("bale", "unknown_refused", False)
        await api.ok("bale", "sendMessage", chat_id=chat, text="a", **params)
        box.switch("bale", "unknown_refused", True)
        assert await refused(api, "sendMessage", chat_id=chat, text="a", **params) == (400, f"Bad Request: {words}")
    await api.ok("bale", "sendMessage", chat_id=chat, text="a", reply_markup=ASKED)


async def test_numbers_and_objects_may_have_to_come_as_text(box: Any, api: Any, chat: int) -> None:
    box.switch("bale", "json_refused", True)
    assert await refused(api, "sendMessage", chat_id=chat, text="a") == (404, "Not Found")
    assert await refused(api, "sendMessage", chat_id=str(chat), text="a", reply_markup=ASKED) == (404, "Not Found")
    await api.ok("bale", "sendMessage", **text_form(chat_id=chat, text="a", reply_markup=ASKED))
    assert box.transcript("bale", chat)[-1]["buttons"][0][0]["text"] == "a"


async def test_buttons_that_copy_may_be_unknown(box: Any, api: Any, chat: int) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "copy_text": {"text": "b"}}]]}
    await api.ok("bale", "sendMessage", chat_id=chat, text="a", reply_markup=markup)
    box.switch("bale", "copy_refused", True)
    words = "Bad Request: Text buttons are unallowed in the inline keyboard"
    assert await refused(api, "sendMessage", chat_id=chat, text="a", reply_markup=markup) == (400, words)


async def test_commands_may_have_neither_scope_nor_language(box: Any, api: Any) -> None:
    menu = {"commands": [{"command": "menu", "description": "a"}]}
    await api.ok("bale", "setMyCommands", **menu, language_code="fa")
    assert await api.ok("bale", "getMyCommands") == menu["commands"]
    box.switch("bale", "scopes_refused", True)
    words = "Bad Request: commands have neither a scope nor a language"
    assert await refused(api, "setMyCommands", **menu, language_code="fa") == (400, words)
    await api.ok("bale", "setMyCommands", **menu)


@pytest.mark.parametrize(
    ("switch", "attached", "bare"),
    [("", (200, None), (400, 'unknown parameter "one"')), ("album_bare", (400, "wrong file"), (200, None)),
     ("album_refused", (501, "Not Implemented"), (501, "Not Implemented"))],
)  # fmt: skip
async def test_albums_name_their_uploads_in_one_way_or_another(
    box: Any, api: Any, chat: int, switch: str, attached: tuple[int, str | None], bare: tuple[int, str | None]
) -> None:
    if switch:
        box.switch("bale", switch, True)
    for before, (code, words) in (("attach://", attached), ("", bare)):
        media = [{"type": "photo", "media": f"{before}{name}"} for name in ("one", "two")]
        files = {"one": JPEG, "two": JPEG}
        status, body = await sends(api, "sendMediaGroup", files, chat_id=chat, media=media)
        assert (status, (words or "") in body.get("description", "")) == (code, True)
        assert (status == 200) is (box.transcript("bale", chat)[-1]["kind"] == "photo")
        await api.ok("bale", "sendMessage", chat_id=chat, text="next")


@pytest.mark.parametrize(("switch", "most"), [("", 1024), ("captions_short", 200), ("captions_long", 4096)])
async def test_captions_have_one_limit_or_another(box: Any, api: Any, chat: int, switch: str, most: int) -> None:
    if switch:
        box.switch("bale", switch, True)
    assert (await sends(api, "sendPhoto", {"photo": JPEG}, chat_id=chat, caption="a" * most))[0] == 200
    status, body = await sends(api, "sendPhoto", {"photo": JPEG}, chat_id=chat, caption="a" * most + "b")
    assert (status, body["description"]) == (400, "Bad Request: message caption is too long")


async def test_marks_count_towards_the_limit_of_a_text(api: Any, chat: int) -> None:
    await api.ok("bale", "sendMessage", chat_id=chat, text="*" + "a" * 4094 + "*")
    assert await refused(api, "sendMessage", chat_id=chat, text="*" + "a" * 4095 + "*") == (
        400,
        "Bad Request: message is too long",
    )


@pytest.mark.parametrize(
    ("method", "size", "usually", "switched"),
    [
        ("sendPhoto", 10_000_001, 413, 413),
        ("sendPhoto", 10_000_000, 200, 200),
        ("sendDocument", 20_000_001, 200, 413),
        ("sendDocument", 20_000_000, 200, 200),
        ("sendDocument", 50_000_001, 413, 413),
    ],
)
async def test_uploads_have_limits(
    box: Any, api: Any, chat: int, method: str, size: int, usually: int, switched: int
) -> None:
    files = {method.removeprefix("send").lower(): JPEG.ljust(size, b"\0")}
    assert (await sends(api, method, files, chat_id=chat))[0] == usually
    box.switch("bale", "uploads_small", True)
    assert (await sends(api, method, files, chat_id=chat))[0] == switched


async def test_an_animation_goes_up_as_multipart_only(api: Any, chat: int) -> None:
    status, told = await sends(api, "sendAnimation", {"animation": b"mp4"}, chat_id=chat, caption="*a*")
    assert (status, told["result"]["caption"]) == (200, "a")
    file_id = told["result"]["animation"]["file_id"]
    words = "Bad Request: an animation is sent as multipart/form-data"
    assert await refused(api, "sendAnimation", chat_id=chat, animation=file_id) == (400, words)


async def test_music_and_stickers_are_sent(api: Any, chat: int) -> None:
    status, told = await sends(api, "sendAudio", {"audio": b"ID3"}, chat_id=chat, duration=7)
    assert (status, told["result"]["audio"]["duration"]) == (200, 7)
    status, told = await sends(api, "sendSticker", {"sticker": b"RIFF"}, chat_id=chat)
    again = await api.ok("bale", "sendSticker", chat_id=chat, sticker=told["result"]["sticker"]["file_id"])
    assert again["sticker"] == told["result"]["sticker"]


async def test_messages_are_forwarded_and_copied(box: Any, api: Any, chat: int) -> None:
    box.say("bale", 1002, "b")
    about = {"chat_id": 1002, "from_chat_id": chat, "message_id": 1}
    told = await api.ok("bale", "forwardMessage", **about)
    assert (told["text"], told["forward_from"]["id"], told["chat"]["id"]) == ("/start", 1001, 1002)
    assert await api.ok("bale", "copyMessage", **about) == {"message_id": 4}
    assert [(line["text"], line["forward"] != {}) for line in box.transcript("bale", 1002)[1:]] == [
        ("/start", True),
        ("/start", False),
    ]
    assert await refused(api, "forwardMessage", **{**about, "message_id": 99}) == (
        400,
        "Bad Request: message to forward not found",
    )
    assert await refused(api, "copyMessage", **{**about, "from_chat_id": 9}) == (404, "no such group or user")


async def test_chats_tell_who_is_in_them(box: Any, api: Any) -> None:
    box.say("bale", 1001, "a", chat=-5)
    box.say("bale", 1002, "a", chat=-5)
    assert await api.ok("bale", "getChatMembersCount", chat_id=-5) == 3
    for user, status in ((1001, "creator"), (1002, "member"), (8001, "administrator")):
        member = await api.ok("bale", "getChatMember", chat_id=-5, user_id=user)
        assert (member.keys(), member["status"], member["user"]["id"]) == ({"status", "user"}, status, user)
    found = await api.ok("bale", "getChatAdministrators", chat_id=-5)
    assert [(one["user"]["id"], one["status"]) for one in found] == [(1001, "creator"), (8001, "administrator")]
    assert await refused(api, "getChatMember", chat_id=-5, user_id=1003) == (404, "no such group or user")


@pytest.mark.parametrize("switched", [False, True])
async def test_members_are_counted_by_one_spelling(box: Any, api: Any, chat: int, switched: bool) -> None:
    box.switch("bale", "count_as_telegram", switched)
    right, wrong = ("getChatMembersCount", "getChatMemberCount")[:: -1 if switched else 1]
    assert await api.ok("bale", right, chat_id=chat) == 2
    assert await refused(api, wrong, chat_id=chat) == (404, "Not Found: method not found")


async def test_a_chat_may_tell_more(box: Any, api: Any, chat: int) -> None:
    assert (await api.ok("bale", "getChat", chat_id=chat)).keys() == {
        "id", "type", "first_name", "last_name", "username",
    }  # fmt: skip
    box.switch("bale", "chat_extra", True)
    told = await api.ok("bale", "getChat", chat_id=chat)
    assert (told["accent_color_id"], told["max_reaction_count"]) == (0, 11)


async def test_a_file_is_found_by_path_or_number(box: Any, api: Any, chat: int) -> None:
    file_id = box.messengers["bale"].messages[box.voice("bale", chat)].media["voice"]["file_id"]

    async def has(path: str) -> bool:
        async with api.session.get(f"{box.base_url}/bale/file/bot8001:bale-secret/{path}") as answer:
            return bool(answer.status == 200)

    assert (await api.ok("bale", "getFile", file_id=file_id))["file_path"] == file_id
    assert await has(file_id)
    box.switch("bale", "file_path_apart", True)
    path = (await api.ok("bale", "getFile", file_id=file_id))["file_path"]
    assert (path != file_id, await has(path), await has(file_id)) == (True, True, False)
    box.switch("bale", "file_path_missing", True)
    assert (await api.ok("bale", "getFile", file_id=file_id)).keys() == {"file_id", "file_unique_id", "file_size"}
    assert await has(file_id)


@pytest.mark.parametrize(
    ("switch", "status", "body"),
    [
        ("", 429, WAIT),
        ("flood_bare", 429, b'{"ok": false, "error_code": 429, "description": "bot limit exceed"}'),
        ("flood_plain", 429, b"local_rate_limited"),
        ("refused_with_200", 200, WAIT),
    ],
)
async def test_too_many_is_said_in_one_way_or_another(
    box: Any, api: Any, chat: int, switch: str, status: int, body: bytes
) -> None:
    box.switch("bale", "flood_per_chat", 1)
    if switch:
        box.switch("bale", switch, True)
    await api.ok("bale", "sendMessage", chat_id=chat, text="a")
    async with api.session.post(api.url("bale", "sendMessage"), data={"chat_id": "1001", "text": "b"}) as answer:
        assert (answer.status, await answer.read()) == (status, body)


async def test_an_unknown_token_is_refused_in_one_of_two_ways(box: Any, api: Any) -> None:
    for switched, code, words in ((False, 404, "Not Found"), (True, 400, "Bad Request: Token not found")):
        box.switch("bale", "token_not_found", switched)
        async with api.session.get(api.url("bale", "getMe", token="8001:old")) as answer:
            assert (answer.status, (await answer.json())["description"]) == (code, words)


async def test_a_second_poll_may_leave_the_first_alone(box: Any, api: Any) -> None:
    box.switch("bale", "polls_race", True)
    first = asyncio.create_task(api("bale", "getUpdates", timeout=30))
    await box.wait_for(lambda: box.messengers["bale"].poll_number == 1)
    second = asyncio.create_task(api("bale", "getUpdates", timeout=30))
    await box.wait_for(lambda: box.messengers["bale"].poll_number == 2)
    box.say("bale", 1001, "a")
    assert [(status, len(body["result"])) for status, body in await asyncio.gather(first, second)] == [(200, 1)] * 2


def test_every_switch_is_tried() -> None:
    folder = Path(__file__).parent
    tests = "".join(file.read_text("utf-8") for file in folder.glob("test_*.py"))
    assert [one.name for one in BALE if f'"{one.name}"' not in tests] == []
    assert {one.default for one in BALE} == {False}
