"""What comes in on Bale: as documented, and as each switch for what nobody could establish has it."""

from __future__ import annotations

from typing import Any

import pytest

ASKED = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
MARYAM = {"id": 1001, "first_name": "مریم", "last_name": "نمونه", "username": "maryam_sample"}


async def newest(api: Any) -> dict[str, Any]:
    """What the newest update says, without its number."""
    update = (await api.ok("bale", "getUpdates"))[-1]
    return next(value for name, value in update.items() if name != "update_id")


async def pressed(box: Any, api: Any) -> dict[str, Any]:
    """A press of a button under a message that the bot has just sent."""
    box.say("bale", 1001, "a")
    await api.ok("bale", "sendMessage", chat_id=1001, text="?", reply_markup=ASKED)
    box.press("bale", 1001, "a")
    return await newest(api)


async def test_all_that_is_documented_is_there(box: Any, api: Any) -> None:
    message = (await pressed(box, api))["message"]
    assert message["chat"] == {**MARYAM, "type": "private"}
    assert (message["date"], message["from"]["is_bot"], message["reply_markup"]) == (1_800_000_000, True, ASKED)
    box.say("bale", 1001, "😀 /گزارش /start")
    message = await newest(api)
    assert message["entities"] == [{"type": "bot_command", "offset": 10, "length": 6}]
    assert message.keys() == {"message_id", "from", "chat", "date", "text", "entities"}


@pytest.mark.parametrize(
    ("switch", "seen"),
    [
        ("is_bot_missing", {"from": MARYAM}),
        ("chat_type_missing", {"chat": MARYAM}),
        ("date_null", {"date": None}),
        ("date_zero", {"date": 0}),
        ("entities_missing", {"entities": "missing"}),
        ("entities_in_letters", {"entities": [{"type": "bot_command", "offset": 9, "length": 6}]}),
        (
            "commands_persian",
            {
                "entities": [
                    {"type": "bot_command", "offset": 3, "length": 6},
                    {"type": "bot_command", "offset": 10, "length": 6},
                ]
            },
        ),
        ("null_siblings", {"photo": None, "caption": None, "reply_markup": None, "text": "😀 /گزارش /start"}),
    ],
)
async def test_a_message_may_come_otherwise(box: Any, api: Any, switch: str, seen: dict[str, Any]) -> None:
    box.say("bale", 1001, "😀 /گزارش /start")
    usual = await newest(api)
    box.switch("bale", switch, True)
    box.say("bale", 1001, "😀 /گزارش /start")
    message = await newest(api)
    assert {name: message.get(name, "missing") for name in seen} == seen
    assert {name: usual.get(name, "missing") for name in seen} != seen
    # Nothing else is touched.
    others = usual.keys() - seen.keys() - {"message_id"}
    assert {name: message[name] for name in others} == {name: usual[name] for name in others}


async def test_a_press_may_come_otherwise(box: Any, api: Any) -> None:
    usual = await pressed(box, api)
    assert usual.keys() == {"id", "from", "message", "data"}
    assert (usual["id"][0], usual["message"]["text"]) == ("4", "?")
    box.switch("bale", "chat_instance", True)
    assert isinstance((await pressed(box, api))["chat_instance"], str)
    box.switch("bale", "press_bare", True)
    assert (await pressed(box, api))["message"].keys() == {"message_id", "chat"}
    box.switch("bale", "old_client", True)
    assert (await pressed(box, api))["id"][0] == "1"


async def test_groups_may_have_numbers_above_0(box: Any, api: Any) -> None:
    box.say("bale", 1001, "a", chat=-5)
    assert (await newest(api))["chat"] == {"id": -5, "type": "group", "title": "گروه نمونه"}
    box.switch("bale", "groups_positive", True)
    box.say("bale", 1001, "a", chat=-5)
    number = (await newest(api))["chat"]["id"]
    assert number == 6_000_000_005
    assert (await api.ok("bale", "sendMessage", chat_id=number, text="b"))["chat"]["id"] == number
    assert box.transcript("bale", -5)[-1]["text"] == "b"
    assert [call.chat for call in box.calls("bale", method="sendMessage")] == [-5]
    assert (await api("bale", "sendMessage", chat_id=-5, text="b"))[0] == 200


async def test_music_may_come_as_a_document(box: Any, api: Any) -> None:
    box.audio("bale", 1001, name="a.mp3", mime="audio/mpeg", content=b"ID3")
    audio = (await newest(api))["audio"]
    assert (audio["file_name"], audio["mime_type"], audio["duration"]) == ("a.mp3", "audio/mpeg", 3)
    box.switch("bale", "audio_as_document", True)
    box.audio("bale", 1001, name="a.mp3", mime="audio/mpeg", content=b"ID3")
    message = await newest(api)
    assert ("audio" in message, "duration" in message["document"]) == (False, False)
    assert (message["document"]["file_name"], message["document"]["mime_type"]) == ("a.mp3", "audio/mpeg")


async def test_stickers_say_nothing_of_moving_and_animations_are_documents_too(box: Any, api: Any) -> None:
    box.sticker("bale", 1001)
    assert (await newest(api))["sticker"].keys() == {
        "file_id", "file_unique_id", "file_size", "type", "width", "height",
    }  # fmt: skip
    box.animation("bale", 1001)
    message = await newest(api)
    assert message["animation"]["file_id"] == message["document"]["file_id"]


@pytest.mark.parametrize(
    ("text", "arrives"),
    [
        ("/start join_kerman_n1", "/start join"),
        ("/start -a", "/start"),
        ("/start abc123", "/start abc123"),
        ("/start", "/start"),
        ("/start join me", "/start join me"),
        ("join_kerman", "join_kerman"),
    ],
)
async def test_a_link_may_lose_what_is_no_letter_and_no_digit(box: Any, api: Any, text: str, arrives: str) -> None:
    box.say("bale", 1001, text)
    assert (await newest(api))["text"] == text
    box.switch("bale", "payload_cut", True)
    box.say("bale", 1001, text)
    assert (await newest(api))["text"] == arrives


async def kinds(api: Any) -> list[str]:
    return [name for update in await api.ok("bale", "getUpdates") for name in update if name != "update_id"]


async def test_what_the_bot_does_may_come_back_to_it(box: Any, api: Any) -> None:
    box.say("bale", 1001, "a", chat=-5)
    for switched in (False, True):
        box.switch("bale", "edits_echoed", switched)
        box.switch("bale", "posts_echoed", switched)
        sent = await api.ok("bale", "sendMessage", chat_id=-5, text="b")
        await api.ok("bale", "editMessageText", chat_id=-5, message_id=sent["message_id"], text="c")
        box.say("bale", 1001, "a")
        await api.ok("bale", "sendMessage", chat_id=1001, text="b")
    assert await kinds(api) == ["message", "message", "channel_post", "edited_message", "message"]
    echo = (await api.ok("bale", "getUpdates"))[3]["edited_message"]
    assert (echo["from"]["id"], echo["text"]) == (8001, "c")


async def test_only_the_newest_two_thousand_updates_are_kept(box: Any, api: Any) -> None:
    for at in range(2003):
        box.raw("bale", {"x": at})
    assert (await api.ok("bale", "getUpdates", limit=1))[0] == {"update_id": 3, "x": 3}
    assert box.state()["bale"]["pending"] == 2000


async def test_allowed_updates_may_be_honoured(box: Any, api: Any) -> None:
    await api.ok("bale", "getUpdates", allowed_updates=["callback_query"])
    box.say("bale", 1001, "a")
    assert await kinds(api) == ["message"]
    box.switch("bale", "allowed_honoured", True)
    await api.ok("bale", "getUpdates", allowed_updates=["callback_query"])
    box.say("bale", 1001, "b")
    assert await kinds(api) == ["message"]
    box.switch("bale", "allowed_honoured", False)
    box.say("bale", 1001, "c")
    assert await kinds(api) == ["message", "message"]


async def test_a_negative_offset_may_be_refused(box: Any, api: Any) -> None:
    box.say("bale", 1001, "a")
    box.say("bale", 1001, "b")
    assert len(await api.ok("bale", "getUpdates", offset=-1)) == 1
    box.switch("bale", "offset_refused", True)
    status, body = await api("bale", "getUpdates", offset=-1)
    assert (status, body["description"]) == (400, "Bad Request: invalid offset")
    assert await api.ok("bale", "getUpdates", offset=2) == []
