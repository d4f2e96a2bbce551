"""Bale's dialect, where it differs from Telegram's."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.async_api import expect

from tests.sandbox.browsing import opened


@pytest.fixture
async def chat(box: Any) -> int:
    box.say("bale", 1001, "/start ref @somebody #tag")
    return 1001


@pytest.mark.parametrize(
    ("text", "shown", "marks"),
    [
        ("a *b c* d", "a b c d", [("bold", 2, 3)]),
        ("_a_", "a", [("italic", 0, 1)]),
        ("😀 *b*", "😀 b", [("bold", 3, 1)]),
        ("[محله](https://town.example)", "محله", [("text_link", 0, 4)]),
        ("```[title]a\nb```", "title\na\nb", [("expandable_blockquote", 0, 9)]),
        ("a*b*c", "a*b*c", []),
        ("2 * 3 * 4", "2 * 3 * 4", []),
        ("snake_case_name", "snake_case_name", []),
        ("\\*a\\*", "\\*a\\*", []),
        ("`a` <b>b</b>", "`a` <b>b</b>", []),
    ],
)
async def test_every_text_is_bales_markdown(
    box: Any, api: Any, chat: int, text: str, shown: str, marks: list[tuple[str, int, int]]
) -> None:
    told = await api.ok("bale", "sendMessage", chat_id=chat, text=text, parse_mode="HTML")
    line = box.transcript("bale", chat)[-1]
    assert (told["text"], line["text"]) == (shown, shown)
    assert [(one["type"], one["offset"], one["length"]) for one in line["entities"]] == marks
    assert "entities" not in told


@pytest.mark.parametrize(
    ("switch", "text", "usual", "shown", "marks"),
    [
        ("backslash_escapes", "\\*a\\* *b*", "\\*a\\* b", "*a* b", [("bold", 4, 1)]),
        ("backslash_escapes", "*a\\*b*", "*a\\*b*", "a*b", [("bold", 0, 3)]),
        ("backslash_escapes", "a\\b \\\\", "a\\b \\\\", "a\\b \\", []),
        ("code_shown", "a `b` ```", "a `b` ```", "a b ```", [("code", 2, 1)]),
        ("nested_marks", "*a _b_ c*", "a _b_ c", "a b c", [("bold", 0, 5), ("italic", 2, 1)]),
        ("nested_marks", "x [*a*](https://b)", "x *a*", "x a", [("text_link", 2, 1), ("bold", 2, 1)]),
        ("html_rendered", "<b>a</b> *b*", "<b>a</b> b", "a *b*", [("bold", 0, 1)]),
    ],
)
async def test_formatting_may_be_otherwise(
    box: Any, api: Any, chat: int, switch: str, text: str, usual: str, shown: str, marks: list[tuple[str, int, int]]
) -> None:
    for switched, seen in ((False, usual), (True, shown)):
        box.switch("bale", switch, switched)
        await api.ok("bale", "sendMessage", chat_id=chat, text=text, parse_mode="HTML")
        assert box.transcript("bale", chat)[-1]["text"] == seen
    line = box.transcript("bale", chat)[-1]
    assert [(one["type"], one["offset"], one["length"]) for one in line["entities"]] == marks


async def test_a_person_is_named_by_number(box: Any, api: Any, chat: int) -> None:
    await api.ok("bale", "sendMessage", chat_id=chat, text="[رضا](uid:1002)")
    line = box.transcript("bale", chat)[-1]
    mark = {"type": "text_mention", "user": {"id": 1002}, "offset": 0, "length": 3}
    assert (line["text"], line["entities"]) == ("رضا", [mark])


@pytest.mark.chromium
async def test_the_page_shows_a_text_as_bale_would(box: Any, api: Any, chat: int) -> None:
    text = "*a* _b_ <b>c</b> **d** x*y*z [e](https://town.example)"
    await api.ok("bale", "sendMessage", chat_id=chat, text=text, parse_mode="HTML")
    async with opened(box, where=f"#bale/{chat}") as page:
        bubble = page.locator("#log .line.bot .bubble").last
        await expect(bubble).to_have_text("a b <b>c</b> **d** x*y*z e")
        marked = await bubble.evaluate("one => [...one.querySelectorAll('strong, em, a')].map((n) => n.outerHTML)")
    assert [re.sub(r' (target|rel)="[^"]*"', "", one) for one in marked] == [
        "<strong>a</strong>", "<em>b</em>", '<a href="https://town.example">e</a>',
    ]  # fmt: skip


@pytest.mark.chromium
async def test_the_page_plays_music_and_films_without_sound(box: Any) -> None:
    box.audio("bale", 1001)
    box.animation("bale", 1001)
    async with opened(box, where="#bale/1001") as page:
        await expect(page.locator("#log .line")).to_have_count(2)
        # A sample that no browser can play leaves its name.
        for name in ("آهنگ", "ویدیو"):
            await expect(page.locator(f"#log [aria-label='{name}'], #log :text('{name}')").first).to_be_visible()


async def test_captions_are_markdown_too(box: Any, api: Any, chat: int) -> None:
    file_id = box.messengers["bale"].messages[box.photo("bale", 1001)].media["photo"][1]["file_id"]
    assert (await api.ok("bale", "sendPhoto", chat_id=chat, photo=file_id, caption="*a*"))["caption"] == "a"


async def test_edits_answer_with_a_stub(box: Any, api: Any, chat: int) -> None:
    sent = await api.ok("bale", "sendMessage", chat_id=chat, text="a")
    about = {"chat_id": chat, "message_id": sent["message_id"]}
    assert await api.ok("bale", "editMessageText", **about, text="b") == {"message_id": 0}
    assert box.transcript("bale", chat)[-1]["text"] == "b"
    box.switch("bale", "edit_whole", True)
    assert (await api.ok("bale", "editMessageText", **about, text="c"))["text"] == "c"


@pytest.mark.parametrize(
    ("method", "params", "status", "words"),
    [
        ("sendMessage", {"chat_id": 999, "text": "a"}, 404, "no such group or user"),
        ("editMessageMedia", {"chat_id": 1001, "message_id": 1}, 404, "Not Found: method not found"),
        ("getChat", {"chat_id": 999}, 404, "no such group or user"),
        ("setMyName", {"name": "a"}, 501, "Not Implemented"),
        ("SETMYDESCRIPTION", {"description": "a"}, 501, "Not Implemented"),
        ("sendPoll", {}, 404, "Not Found: method not found"),
        ("sendMessage", {"chat_id": 1001, "txet": "a"}, 400, 'Bad Request: unknown parameter "txet"'),
        ("sendMessage", {"chat_id": 1001, "text": ""}, 400, "Bad Request: message text is empty"),
        (
            "sendChatAction",
            {"chat_id": 1001, "action": "find_location"},
            400,
            "Bad Request: wrong parameter action in request",
        ),
    ],
)
async def test_bale_refuses_in_its_own_way(
    api: Any, chat: int, method: str, params: dict[str, Any], status: int, words: str
) -> None:
    code, body = await api("bale", method, **params)
    assert (code, body["description"]) == (status, words)


async def test_a_block_has_bales_words_and_no_update(box: Any, api: Any, chat: int) -> None:
    box.block("bale", chat)
    code, body = await api("bale", "sendMessage", chat_id=chat, text="a")
    assert (code, body["description"]) == (403, "Forbidden: permission_denied")
    assert [update.keys() for update in await api.ok("bale", "getUpdates")] == [{"update_id", "message"}]


async def test_updates_have_only_what_bale_documents(box: Any, api: Any, chat: int) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    await api.ok("bale", "SendMessage", chat_id=str(chat), text="?", reply_markup=json.dumps(markup))
    box.press("bale", chat, "a")
    message, press = await api.ok("bale", "getUpdates", allowed_updates=json.dumps(["nothing"]))
    assert (message["update_id"], message["message"]["chat"]["type"]) == (0, "private")
    assert [one["type"] for one in message["message"]["entities"]] == ["bot_command", "mention"]
    assert message["message"]["from"] == {
        "id": 1001, "is_bot": False, "first_name": "مریم", "last_name": "نمونه", "username": "maryam_sample",
    }  # fmt: skip
    assert press["callback_query"].keys() == {"id", "from", "message", "data"}


async def test_an_old_client_does_not_show_answers(box: Any, api: Any, chat: int) -> None:
    box.switch("bale", "old_client", True)
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    await api.ok("bale", "sendMessage", chat_id=chat, text="?", reply_markup=markup)
    query = box.press("bale", chat, "a")["query"]
    assert query.startswith("1")
    await api.ok("bale", "answerCallbackQuery", callback_query_id=query, text="ثبت شد")
    assert box.transcript("bale", chat)[-1]["answers"][0]["shown"] is False


async def test_replies_need_bales_own_parameter(api: Any, chat: int) -> None:
    lost = await api.ok("bale", "sendMessage", chat_id=chat, text="a", reply_parameters={"message_id": 1})
    kept = await api.ok("bale", "sendMessage", chat_id=chat, text="a", reply_to_message_id=1)
    assert ("reply_to_message" in lost, kept["reply_to_message"]["message_id"]) == (False, 1)


async def test_webhook_info_and_files_are_bales(box: Any, api: Any, chat: int) -> None:
    assert await api.ok("bale", "getWebhookInfo") == {"url": ""}
    media = box.messengers["bale"].messages[box.voice("bale", 1001)].media["voice"]
    assert media["file_id"].count(":") == 2
    async with api.session.get(f"{box.base_url}/bale/file/bot8001:bale-secret/{media['file_id']}") as answer:
        assert len(await answer.read()) == media["file_size"]


async def test_groups_are_plain_groups(box: Any, api: Any) -> None:
    box.say("bale", 1001, "a", chat=-5)
    assert (await api.ok("bale", "getUpdates"))[0]["message"]["chat"]["type"] == "group"
