"""Forwarded messages: what each messenger tells of whoever wrote first, and how the page passes one on."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from tests.sandbox.browsing import opened

NOW = 1_800_000_000
REZA = {"id": 1002, "is_bot": False, "first_name": "رضا", "last_name": "نمونه", "username": "reza_sample"}
ON_TELEGRAM = {**REZA, "language_code": "fa"}
ORIGIN = {"type": "user", "date": NOW, "sender_user": ON_TELEGRAM}


async def told(api: Any, platform: str) -> dict[str, Any]:
    """What the newest message says of its first author, by the fields that say such things."""
    message = (await api.ok(platform, "getUpdates"))[-1]["message"]
    return {name: value for name, value in message.items() if name.startswith("forward")}


@pytest.mark.parametrize(
    ("platform", "hidden", "fields"),
    [
        ("telegram", False, {"forward_origin": ORIGIN}),
        ("telegram", True, {"forward_origin": {"type": "hidden_user", "date": NOW, "sender_user_name": "رضا نمونه"}}),
        ("bale", False, {"forward_from": REZA, "forward_date": NOW}),
        ("bale", True, {"forward_date": NOW}),
    ],
)
async def test_each_messenger_tells_the_author_in_its_own_way(
    box: Any, api: Any, platform: str, hidden: bool, fields: dict[str, Any]
) -> None:
    box.forward(platform, 1001, author=1002, text="سلام", hidden=hidden)
    assert await told(api, platform) == fields
    message = (await api.ok(platform, "getUpdates"))[-1]["message"]
    assert (message["from"]["id"], message["chat"]["id"], message["text"]) == (1001, 1001, "سلام")


async def test_bale_can_tell_the_newer_field_too(box: Any, api: Any) -> None:
    box.switch("bale", "forward_origin", True)
    box.forward("bale", 1001, author=1002, text="سلام")
    origin = {"type": "user", "date": NOW, "sender_user": REZA}
    assert await told(api, "bale") == {"forward_from": REZA, "forward_date": NOW, "forward_origin": origin}
    box.forward("bale", 1001, author=1002, text="سلام", hidden=True)
    assert await told(api, "bale") == {"forward_date": NOW}


@pytest.mark.parametrize("platform", ["telegram", "bale"])
async def test_the_bots_own_message_is_passed_on_as_the_bots(box: Any, api: Any, platform: str) -> None:
    box.say(platform, 1001, "/start")
    buttons = {"inline_keyboard": [[{"text": "بله", "callback_data": "yes"}]]}
    sent = await api.ok(platform, "sendMessage", chat_id=1001, text="کد: 48271905", reply_markup=buttons)
    box.forward(platform, 1001, message_id=sent["message_id"])
    fields = await told(api, platform)
    author = fields["forward_origin"]["sender_user"] if platform == "telegram" else fields["forward_from"]
    assert author["is_bot"] is True
    assert "reply_markup" not in (await api.ok(platform, "getUpdates"))[-1]["message"]


async def test_a_message_keeps_its_first_author_its_files_and_its_date(box: Any, api: Any, hands: Any) -> None:
    first = box.photo("telegram", 1002, caption="چاله")
    hands.move(60)
    again = box.forward("telegram", 1002, message_id=first)
    hands.move(60)
    box.forward("telegram", 1002, message_id=again)
    assert await told(api, "telegram") == {"forward_origin": ORIGIN}
    updates = await api.ok("telegram", "getUpdates")
    assert updates[-1]["message"]["photo"] == updates[0]["message"]["photo"]
    assert (updates[-1]["message"]["caption"], updates[-1]["message"]["date"]) == ("چاله", NOW + 120)
    with pytest.raises(Exception, match="wrote no message"):
        box.edit("telegram", 1002, again, "دیگر")


@pytest.mark.chromium
@pytest.mark.parametrize(
    ("platform", "choice", "forward", "shown"),
    [
        ("telegram", "پیامی از مریم", {"author": 1001, "hidden": False}, "فوروارد از مریم نمونه"),
        ("bale", "پیامی از حسین با حساب پنهان", {"author": 1004, "hidden": True}, "فوروارد از حسین (حساب پنهان)"),
        ("bale", "تازه‌ترین پیام ربات", {"author": 8001, "hidden": False}, "فوروارد از محله‌یار (نمایشی)"),
    ],
)
async def test_the_page_passes_on_what_another_wrote(
    box: Any, api: Any, platform: str, choice: str, forward: dict[str, Any], shown: str
) -> None:
    box.say(platform, 1003, "/start")
    await api.ok(platform, "sendMessage", chat_id=1003, text="سلام از ربات")
    async with opened(box, where=f"#{platform}/1003") as page:
        for written in ("سلام از همسایه", ""):
            await page.fill("#text", written)
            await page.get_by_role("button", name="فرستادن عکس").click()
            await page.get_by_role("menuitem", name="فوروارد", exact=True).click()
            await page.get_by_role("dialog", name="فوروارد پیام").get_by_role("button", name=choice, exact=True).click()
            await expect(page.locator(".origin").last).to_have_text(shown)
        await expect(page.locator(".origin")).to_have_count(2)
        lines = box.transcript(platform, 1003)[2:]
        assert [{name: line["forward"][name] for name in forward} for line in lines] == [forward] * 2
        from_bot = forward["author"] == 8001
        expected = ["سلام از ربات"] * 2 if from_bot else ["سلام از همسایه", "سلام، من همسایهٔ شما هستم."]
        assert [line["text"] for line in lines] == expected
        await page.get_by_role("button", name="فرستادن عکس").click()
        await page.get_by_role("menuitem", name="فوروارد", exact=True).click()
        await page.get_by_role("dialog", name="فوروارد پیام").get_by_role("button", name="انصراف").click()
        await expect(page.get_by_role("dialog")).to_be_hidden()
        assert len(box.transcript(platform, 1003)) == 4
