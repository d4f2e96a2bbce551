"""Whatever a messenger sends is read: what is missing or wrong is passed over, what a person did is kept."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms import PLATFORMS, Bale, Telegram, Unreadable
from domain.incoming import Incoming, Kind

MARYAM = {"id": 1001, "is_bot": False, "first_name": "مریم", "language_code": "fa"}
HOME = {"id": 1001, "type": "private", "first_name": "مریم"}
WHO: dict[str, Any] = {"chat": 1001, "user": 1001, "private": True, "name": "مریم", "language": "fa"}


def read(update: object) -> Incoming:
    return Telegram().read(update)  # type: ignore[arg-type]


def message(**parts: Any) -> dict[str, Any]:
    return {"update_id": 7, "message": {"message_id": 5, "date": 1764080000, "from": MARYAM, "chat": HOME} | parts}


def said(text: str) -> Incoming:
    return read(message(text=text))


@pytest.mark.parametrize(
    ("parts", "kind", "found"),
    [
        ({"text": "سلام"}, Kind.TEXT, {"text": "سلام"}),
        ({"text": "", "entities": None}, Kind.TEXT, {}),
        (
            {
                "photo": [{"file_id": "s", "width": 90}, {"file_id": "l", "width": 1280}],
                "caption": "c",
                "media_group_id": "77",
            },
            Kind.PHOTO,
            {"file_id": "l", "text": "c", "album": "77"},
        ),
        ({"photo": [{"file_id": "a:b:c"}, {"file_id": "a:b:d"}], "media_group_id": 77}, Kind.PHOTO, {"album": "77"}),
        ({"voice": {"file_id": "v"}}, Kind.VOICE, {"file_id": "v"}),
        ({"audio": {"file_id": "a"}}, Kind.AUDIO, {"file_id": "a"}),
        ({"video": {"file_id": "w"}}, Kind.VIDEO, {"file_id": "w", "size": 0}),
        ({"video": {"file_id": "w", "file_size": 7_000_000}}, Kind.VIDEO, {"file_id": "w", "size": 7_000_000}),
        ({"voice": {"file_id": "v", "file_size": "x"}}, Kind.VOICE, {"file_id": "v", "size": 0}),
        ({"video_note": {"file_id": "n"}}, Kind.VIDEO, {"file_id": "n"}),
        ({"animation": {"file_id": "g"}, "document": {"file_id": "d"}}, Kind.VIDEO, {"file_id": "g"}),
        ({"document": {"file_id": "d"}, "caption": "/report"}, Kind.DOCUMENT, {"file_id": "d", "text": "/report"}),
        ({"sticker": {"file_id": "s", "type": "regular"}}, Kind.STICKER, {"file_id": "s"}),
        ({"location": {"latitude": 30.28, "longitude": 57}}, Kind.LOCATION, {"latitude": 30.28, "longitude": 57.0}),
        (
            {"venue": {"location": {"latitude": 30.28, "longitude": 57.08}}},
            Kind.LOCATION,
            {"latitude": 30.28, "longitude": 57.08},
        ),
        ({"location": {"latitude": 130.0, "longitude": 57}}, Kind.OTHER, {}),
        ({"location": {"latitude": float("nan"), "longitude": "57"}}, Kind.OTHER, {}),
        (
            {"contact": {"phone_number": "+989130000000", "first_name": "م", "user_id": 1001}},
            Kind.CONTACT,
            {"contact_phone": "+989130000000", "contact_user": 1001},
        ),
        ({"contact": {"phone_number": "0913"}}, Kind.CONTACT, {"contact_phone": "0913"}),
        ({"new_chat_members": [MARYAM]}, Kind.MEMBER, {}),
        ({"left_chat_member": MARYAM}, Kind.MEMBER, {}),
        ({"poll": {"id": "1", "question": "?"}}, Kind.OTHER, {}),
        ({"text": "x", "forward_origin": {"type": "chat"}}, Kind.TEXT, {"text": "x", "forwarded": True}),
        ({"text": "x", "forward_date": 5}, Kind.TEXT, {"text": "x", "forwarded": True, "forwarded_user": None}),
        (
            {"text": "x", "forward_origin": {"type": "user", "sender_user": {"id": 9, "first_name": "Ali"}}},
            Kind.TEXT,
            {"forwarded": True, "forwarded_user": 9, "other_name": "Ali"},
        ),
        (
            {"text": "x", "forward_from": {"id": 9, "is_bot": False, "first_name": "Ali"}, "forward_date": 5},
            Kind.TEXT,
            {"forwarded": True, "forwarded_user": 9, "other_name": "Ali"},
        ),
        (
            {"text": "x", "forward_from": {"id": 9, "is_bot": True, "first_name": "Bot"}},
            Kind.TEXT,
            {"forwarded": True, "forwarded_user": None},
        ),
        (
            {"text": "x", "forward_origin": {"type": "hidden_user", "sender_user_name": "Ali"}},
            Kind.TEXT,
            {"forwarded": True, "forwarded_user": None, "other_name": ""},
        ),
        (
            {"contact": {"phone_number": "0913", "user_id": 9, "first_name": "Ali"}},
            Kind.CONTACT,
            {"contact_user": 9, "other_name": "Ali", "forwarded_user": None},
        ),
        ({}, Kind.OTHER, {}),
    ],
)
def test_a_message_is_read(parts: dict[str, Any], kind: Kind, found: dict[str, Any]) -> None:
    actual = read(message(**parts))
    expected = {"update": 7, "kind": kind, "message": 5, "date": 1764080000} | WHO | found
    assert {name: getattr(actual, name) for name in expected} == expected


def test_a_press_is_read_with_and_without_its_message() -> None:
    press = {"id": "4382bfdwdsb323b2d9", "from": MARYAM, "data": "r.yes", "message": {"message_id": 9, "chat": HOME}}
    expected = Incoming(update=8, kind=Kind.PRESS, message=9, data="r.yes", press="4382bfdwdsb323b2d9", **WHO)
    assert read({"update_id": 8, "callback_query": press}) == expected
    del press["message"]
    alone = read({"update_id": 8, "callback_query": press})
    assert (alone.chat, alone.user, alone.private, alone.message) == (1001, 1001, True, None)


def test_an_edit_says_what_now_stands_there() -> None:
    edited = read({"update_id": 8, "edited_message": message(text="تازه")["message"]})
    assert (edited.kind, edited.text, edited.message) == (Kind.EDITED, "تازه", 5)


def test_stopping_the_bot_is_told_by_the_new_status() -> None:
    change = {"from": MARYAM, "chat": HOME, "date": 5, "new_chat_member": {"status": "kicked", "user": {}}}
    gone = read({"update_id": 8, "my_chat_member": change})
    assert gone == Incoming(update=8, kind=Kind.MEMBER, data="kicked", date=5, **WHO)


@pytest.mark.parametrize(
    ("sender", "place", "chat", "user", "private"),
    [
        ({"id": 5}, {"id": 5}, 5, 5, True),
        ({"id": 5}, {"id": 6}, 6, 5, False),
        ({"id": 5}, {"id": 5, "type": 9}, 5, 5, True),
        ({"id": 5}, {"id": 6, "type": "private"}, 6, 5, False),
        ({"id": 5}, {"id": -100123, "type": "supergroup"}, -100123, 5, False),
        ({"id": 5}, {"id": 100123, "type": "group"}, 100123, 5, False),
        ({"id": "5"}, {"id": "5", "type": "private"}, 5, 5, True),
        ({"id": 5}, None, 5, 5, True),
        (None, {"id": 5, "type": "private"}, 5, 5, True),
        (None, {"id": -7, "type": "channel"}, -7, None, False),
        ("x", {"id": 5}, 5, None, False),
        ({"id": True}, {"id": 5.5}, None, None, False),
        ({"id": 2**70}, {}, None, None, False),
        ([], [], None, None, False),
    ],
)
def test_chat_and_person_are_found_or_the_update_is_unreadable(
    sender: object, place: object, chat: int | None, user: int | None, private: bool
) -> None:
    update = {"update_id": 1, "message": {"from": sender, "chat": place, "text": "x"}}
    if chat is None and user is None:
        with pytest.raises(Unreadable, match="neither"):
            read(update)
        return
    found = read(update)
    assert (found.chat, found.user, found.private, found.text) == (chat, user, private, "x")


@pytest.mark.parametrize("update", [None, [], "x", 5, {}, {"update_id": 5}, {"message": None}, {"message": [1]}])
def test_what_is_no_update_is_unreadable(update: object) -> None:
    with pytest.raises(Unreadable):
        read(update)


def test_a_kind_of_update_that_nobody_knew_still_names_its_person() -> None:
    assert read({"update_id": 3, "pre_checkout_query": {"from": MARYAM}}).user == 1001


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (r'"a\u0000b"', "ab"),
        (r'"a\ud83db"', "ab"),
        (r'"\ude00\ud83d\ude00"', "😀"),
        (r'"\ud83d\ude00"', "😀"),
        (r'"سلام\u0000"', "سلام"),
        (r'"می\u200cخواهم"', "می\u200cخواهم"),
    ],
)
def test_nul_and_lone_surrogates_are_taken_out_everywhere(raw: str, text: str) -> None:
    body = f'{{"update_id":1,"message":{{"from":{{"id":5,"first_name":{raw}}},"text":{raw}}}}}'
    found = read(json.loads(body))
    assert (found.text, found.name) == (text, text)


@pytest.mark.parametrize(
    ("text", "command", "arguments", "payload"),
    [
        ("/start", "start", "", ""),
        ("/start place_12-a", "start", "place_12-a", "place_12-a"),
        ("/start dirty payload", "start", "dirty payload", ""),
        ("/start " + "a" * 65, "start", "a" * 65, ""),
        ("/Report@Some_Bot  چراغ خاموش\nاست ", "report", "چراغ خاموش\nاست", ""),
        ("/reject 48270915 OUT_OF_SCOPE به شهرداری بگویید", "reject", "48270915 OUT_OF_SCOPE به شهرداری بگویید", ""),
        ("/done\n48270915\nتمام شد", "done", "48270915\nتمام شد", ""),
        ("/لغو", "لغو", "", ""),
        ("\u200f/menu", "menu", "", ""),
        ("  /menu", "menu", "", ""),
        ("سلام /menu", None, "", ""),
        ("/", None, "", ""),
        ("/a/b", None, "", ""),
        ("//", None, "", ""),
        ("/" + "a" * 65, None, "", ""),
        ("", None, "", ""),
    ],
)
def test_commands_are_found_by_their_look(text: str, command: str | None, arguments: str, payload: str) -> None:
    found = said(text)
    assert (found.command, found.arguments, found.payload) == (command, arguments, payload)


@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=PLATFORMS)
def test_what_was_kept_is_what_was_read(platform: Telegram | Bale) -> None:
    found = platform.read(message(location={"latitude": 30.28, "longitude": 57.08}, media_group_id="1"))
    kept = json.loads(json.dumps(found.as_dict()))
    assert "data" not in kept
    assert Incoming.from_dict(kept | {"of_a_later_version": 1}) == found
    assert Incoming.from_dict({}) == Incoming()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
FIELDS = [
    "from", "chat", "text", "caption", "date", "message_id", "photo", "voice", "document", "contact", "location",
    "venue", "media_group_id", "forward_origin", "new_chat_members", "data", "id", "message", "type", "new_chat_member",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member", "channel_post", "unheard_of"]),
    st.dictionaries(st.sampled_from(FIELDS), json_values, max_size=8),
)
def test_nothing_that_json_can_hold_breaks_the_reading(kind: str, parts: dict[str, Any]) -> None:
    try:
        found = read({"update_id": 1, kind: {"from": MARYAM, "chat": HOME} | parts})
    except Unreadable:
        assert not {"from", "chat", "message"}.isdisjoint(parts)
        return
    json.dumps(found.as_dict()).encode()
    assert all("\0" not in value for value in found.as_dict().values() if isinstance(value, str))
