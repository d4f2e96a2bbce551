"""The Bot API as a bot uses it when all goes well: four ways to ask, texts, files, albums, edits, presses, commands."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

from sandbox.files import sample

PNG = sample("photo").content


async def ask(api: Any, verb: str, method: str, **how: Any) -> Any:
    async with api.session.request(verb, api.url("telegram", method), **how) as answer:
        return json.loads(await answer.read())


@pytest.fixture
async def chat(box: Any) -> int:
    box.say("telegram", 1001, "/start")
    return 1001


TEXT = {"chat_id": "1001", "text": "سلام <b>همسایه</b>", "parse_mode": "html"}


@pytest.mark.parametrize(
    ("verb", "how"),
    [
        ("GET", {"params": TEXT}),
        ("POST", {"params": TEXT}),
        ("POST", {"data": TEXT}),
        ("POST", {"json": {**TEXT, "chat_id": 1001}}),
        ("POST", {"json": {**TEXT, "reply_markup": None}}),
    ],
    ids=["query", "posted query", "form", "json", "json with null"],
)
async def test_each_way_of_asking_says_the_same(api: Any, chat: int, verb: str, how: dict[str, Any]) -> None:
    told = (await ask(api, verb, "sendmessage", **how))["result"]
    assert (told["chat"]["id"], told["chat"]["type"], told["text"]) == (chat, "private", "سلام همسایه")
    assert told["entities"] == [{"type": "bold", "offset": 5, "length": 6}]


async def test_multipart_says_the_same(api: Any, chat: int) -> None:
    form = aiohttp.FormData()
    for name, value in TEXT.items():
        form.add_field(name, value, content_type="text/plain")
    form.add_field("document", b"", filename="")
    told = await ask(api, "POST", "sendMessage", data=form)
    assert told["description"] == 'Bad Request: unknown parameter "document"'


async def test_the_bot_knows_itself_and_the_chat(api: Any, chat: int) -> None:
    me = await api.ok("telegram", "getMe")
    assert (me["id"], me["is_bot"], me["username"]) == (7001, True, "mahalleyar_sandbox_bot")
    told = await api.ok("telegram", "getChat", chat_id=chat)
    assert (told["id"], told["first_name"], told["type"]) == (1001, "مریم", "private")


async def test_a_photo_is_uploaded_downloaded_and_sent_again_by_its_id(box: Any, api: Any, chat: int) -> None:
    form = aiohttp.FormData({"chat_id": "1001", "caption": "چاله"}, quote_fields=False)
    form.add_field("photo", PNG, filename="عکس.png", content_type="image/png")
    first = (await ask(api, "POST", "sendPhoto", data=form))["result"]
    sizes = first["photo"]
    assert [(one["width"], one["height"]) for one in sizes] == [(90, 90), (48, 36)]
    for size in sizes:
        file = await api.ok("telegram", "getFile", file_id=size["file_id"])
        async with api.session.get(f"{box.base_url}/telegram/file/bot7001:telegram-secret/{file['file_path']}") as got:
            assert await got.read() == PNG
    again = await api.ok("telegram", "sendPhoto", chat_id=chat, photo=sizes[1]["file_id"])
    assert again["photo"] == sizes


async def test_a_persian_file_name_survives(api: Any, chat: int) -> None:
    form = aiohttp.FormData({"chat_id": "1001"}, quote_fields=False)
    form.add_field("document", b"text", filename="گزارش.txt", content_type="text/plain")
    told = (await ask(api, "POST", "sendDocument", data=form))["result"]["document"]
    assert (told["file_name"], told["mime_type"], told["file_size"]) == ("گزارش.txt", "text/plain", 4)


@pytest.mark.parametrize("kind", ["voice", "video", "document"])
async def test_files_of_each_kind_arrive(box: Any, api: Any, chat: int, kind: str) -> None:
    form = aiohttp.FormData({"chat_id": "1001", kind: "attach://one"})
    form.add_field("one", b"content", filename="a.bin")
    told = (await ask(api, "POST", f"send{kind.title()}", data=form))["result"]
    assert told[kind]["file_size"] == 7
    assert box.transcript("telegram", chat)[-1]["kind"] == kind


async def test_an_album_is_several_messages_with_one_group(api: Any, chat: int) -> None:
    media = [{"type": "photo", "media": "attach://a", "caption": "دو عکس"}, {"type": "photo", "media": "attach://b"}]
    form = aiohttp.FormData({"chat_id": "1001", "media": json.dumps(media)})
    for name in ("a", "b"):
        form.add_field(name, PNG, filename=f"{name}.png")
    told = (await ask(api, "POST", "sendMediaGroup", data=form))["result"]
    assert [one.get("caption") for one in told] == ["دو عکس", None]
    assert len({one["media_group_id"] for one in told}) == 1


async def test_places_and_contacts_arrive(box: Any, api: Any, chat: int) -> None:
    await api.ok("telegram", "sendLocation", chat_id=chat, latitude=30.5, longitude="57.1")
    await api.ok("telegram", "sendContact", chat_id=chat, phone_number="+1", first_name="a")
    assert [line["kind"] for line in box.transcript("telegram", chat)][1:] == ["location", "contact"]


async def test_an_edit_changes_text_and_buttons_in_place(box: Any, api: Any, chat: int) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    sent = await api.ok("telegram", "sendMessage", chat_id=chat, text="one", reply_markup=json.dumps(markup))
    about = {"chat_id": chat, "message_id": sent["message_id"]}
    told = await api.ok("telegram", "editMessageText", **about, text="two", reply_markup=markup)
    assert (told["text"], told["reply_markup"]) == ("two", markup)
    told = await api.ok("telegram", "editMessageReplyMarkup", **about)
    assert "reply_markup" not in told
    line = box.transcript("telegram", chat)[-1]
    assert (line["text"], line["buttons"], line["edited"] > 0) == ("two", [], True)
    await api.ok("telegram", "deleteMessage", **about)
    assert box.transcript("telegram", chat)[-1]["deleted"] is True


async def test_a_caption_can_be_edited(box: Any, api: Any, chat: int) -> None:
    file_id = box.messengers["telegram"].messages[box.photo("telegram", 1001)].media["photo"][1]["file_id"]
    sent = await api.ok("telegram", "sendPhoto", chat_id=chat, photo=file_id, caption="one")
    told = await api.ok("telegram", "editMessageCaption", chat_id=chat, message_id=sent["message_id"], caption="two")
    assert told["caption"] == "two"


async def test_a_photo_can_be_exchanged_and_a_text_or_voice_cannot(box: Any, api: Any, chat: int) -> None:
    file_id = box.messengers["telegram"].messages[box.photo("telegram", 1001)].media["photo"][1]["file_id"]
    sent = await api.ok("telegram", "sendPhoto", chat_id=chat, photo=file_id, caption="one")
    media = {"type": "photo", "media": "attach://blank", "caption": "two"}
    form = aiohttp.FormData({"chat_id": "1001", "message_id": str(sent["message_id"]), "media": json.dumps(media)})
    form.add_field("blank", PNG, filename="blank.png")
    told = (await ask(api, "POST", "editMessageMedia", data=form))["result"]
    assert told["caption"] == "two"
    assert told["photo"][-1]["file_id"] != file_id
    line = box.transcript("telegram", chat)[-1]
    assert (line["message_id"], line["text"], line["edited"] > 0) == (sent["message_id"], "two", True)
    voice = box.messengers["telegram"].messages[box.voice("telegram", 1001)].media["voice"]["file_id"]
    for method, about in (("sendVoice", {"voice": voice}), ("sendMessage", {"text": "a"})):
        other = await api.ok("telegram", method, chat_id=chat, **about)
        media = {"type": "photo", "media": file_id}
        _, refused = await api(
            "telegram", "editMessageMedia", chat_id=chat, message_id=other["message_id"], media=media
        )
        assert refused["description"] == "Bad Request: message can't be edited"


async def test_a_press_is_asked_and_answered(box: Any, api: Any, chat: int) -> None:
    row = [{"text": "\u2068بله\u2069", "callback_data": "yes"}, {"text": "سایت", "url": "https://town.example"}]
    await api.ok("telegram", "sendMessage", chat_id=chat, text="?", reply_markup={"inline_keyboard": [row]})
    await api.ok("telegram", "getUpdates", offset=-1)
    assert box.press("telegram", chat, "سایت") == {"url": "https://town.example"}
    query = box.press("telegram", chat, "بله")["query"]
    update = (await api.ok("telegram", "getUpdates", offset=-1))[0]["callback_query"]
    assert (update["id"], update["data"], update["from"]["id"], update["message"]["text"]) == (query, "yes", chat, "?")
    await api.ok("telegram", "answerCallbackQuery", callback_query_id=query, text="ثبت شد", show_alert=True)
    answer = box.transcript("telegram", chat)[-1]["answers"][0]
    assert (answer["text"], answer["alert"], answer["shown"]) == ("ثبت شد", True, True)


async def test_the_reply_keyboard_speaks_for_the_person(box: Any, api: Any, chat: int) -> None:
    keys = {
        "keyboard": [["گزارش", {"text": "شماره", "request_contact": True}], [{"text": "جا", "request_location": True}]]
    }
    await api.ok("telegram", "sendMessage", chat_id=chat, text="?", reply_markup=keys)
    await api.ok("telegram", "sendMessage", chat_id=chat, text="و")
    for label in ("گزارش", "شماره", "جا"):
        box.press("telegram", chat, label)
    lines = box.transcript("telegram", chat)
    assert [line["kind"] for line in lines[-3:]] == ["text", "contact", "location"]
    assert lines[1]["asks"] == {"شماره": "contact", "جا": "location"}
    await api.ok("telegram", "sendMessage", chat_id=chat, text=".", reply_markup={"remove_keyboard": True})
    assert box.buttons("telegram", chat) == []


async def test_a_reply_names_what_it_answers(box: Any, api: Any, chat: int) -> None:
    told = await api.ok("telegram", "sendMessage", chat_id=chat, text="a", reply_parameters={"message_id": 1})
    assert told["reply_to_message"]["message_id"] == 1
    careless = {"message_id": 99, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await api.ok(
        "telegram", "sendMessage", chat_id=chat, text="a", reply_parameters=careless
    )


async def test_given_entities_are_kept_and_trimmed_with_the_text(api: Any, chat: int) -> None:
    marks = [{"type": "code", "offset": 2, "length": 5}, {"type": "mention", "offset": 2, "length": 3}]
    told = await api.ok("telegram", "sendMessage", chat_id=chat, text="  abc  ", entities=marks)
    assert (told["text"], told["entities"]) == ("abc", [{"type": "code", "offset": 0, "length": 3}])


async def test_commands_are_kept_per_scope_and_language(api: Any) -> None:
    commands = [{"command": "start", "description": "آغاز"}]
    await api.ok(
        "telegram", "setMyCommands", commands=commands, scope={"type": "all_private_chats"}, language_code="fa"
    )
    scope = {"scope": json.dumps({"type": "all_private_chats"}), "language_code": "fa"}
    assert await api.ok("telegram", "getMyCommands", **scope) == commands
    assert await api.ok("telegram", "getMyCommands") == []
    await api.ok("telegram", "deleteMyCommands", **scope)
    assert await api.ok("telegram", "getMyCommands", **scope) == []


async def test_chat_actions_are_taken(api: Any, chat: int) -> None:
    assert await api.ok("telegram", "sendChatAction", chat_id=chat, action="typing") is True


async def test_a_group_has_its_own_chat(box: Any, api: Any) -> None:
    box.say("telegram", 1002, "/start", chat=-100123)
    message = (await api.ok("telegram", "getUpdates"))[0]["message"]
    assert (message["chat"]["type"], message["chat"]["id"], message["from"]["id"]) == ("supergroup", -100123, 1002)
    await api.ok("telegram", "sendMessage", chat_id=-100123, text="در گفت‌وگوی خصوصی")
    assert [line["from"] for line in box.transcript("telegram", -100123)] == ["person", "bot"]


async def test_every_call_is_listed_without_file_contents(box: Any, api: Any, chat: int) -> None:
    form = aiohttp.FormData({"chat_id": "1001"})
    form.add_field("photo", PNG, filename="a.png")
    await ask(api, "POST", "sendPhoto", data=form)
    await api("telegram", "sendMessage", chat_id=5, text="a")
    photo, text = box.calls("telegram")
    assert (photo.method, photo.chat, photo.ok, photo.params["photo"]) == (
        "sendPhoto",
        1001,
        True,
        {"file": "a.png", "bytes": len(PNG)},
    )
    assert (text.ok, text.error_code, text.description) == (False, 400, "Bad Request: chat not found")
    assert (box.calls(after=photo.seq), box.calls(method="sendPhoto")) == ([text], [photo])


async def test_the_wrong_messenger_does_not_know_a_file(box: Any, api: Any) -> None:
    file_id = box.messengers["telegram"].messages[box.photo("telegram", 1001)].media["photo"][1]["file_id"]
    box.say("bale", 1001, "a")
    status, _ = await api("bale", "sendPhoto", chat_id=1001, photo=file_id)
    assert status == 400
