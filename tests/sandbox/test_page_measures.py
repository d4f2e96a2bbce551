"""The chat page measured in a real browser: widths, heights, contrast, keys, and two chats side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

import sandbox.page.fonts
from tests.sandbox.browsing import FOCUS, OUTSIDE, PALE, PHONE, SIDEWAYS, SMALL, WIDE, opened

pytestmark = pytest.mark.chromium

WORD = "ا" * 300
LONG = "متن بلند برای گوشی کوچک. " * 30 + f"\n{WORD}\nhttps://town.example/" + "a" * 300
SIX = [
    ["گزارش مشکل", "گزارش‌های من"],
    ["خبرهای محله", "پیشنهاد"],
    [{"text": "جایم را بفرست", "request_location": True}, "راهنما"],
]
INLINE = [
    [{"text": "نوشتهٔ بسیار بلند روی دکمه " * 3, "callback_data": "a"}, {"text": "بله", "url": "https://town.example/"}],
    [{"text": str(at), "callback_data": str(at)} for at in range(12)],
    [{"text": WORD, "callback_data": "w"}],
]


async def filled(box: Any, api: Any, platform: str, keyboard: list[list[Any]]) -> None:
    """A chat with one of everything, and nothing short in it."""
    box.say(platform, 1001, "/start")
    menu = [{"command": "report", "description": "شرح بلند فرمان " * 12}, {"command": "m" * 32, "description": "م"}]
    await api.ok(platform, "setMyCommands", commands=menu)
    marks = "<b>پررنگ</b> <code>48271905</code> <blockquote>نقل</blockquote> <pre>pre</pre> /help" if (
        platform == "telegram") else "*پررنگ* _کج_ /help ```[عنوان]متن```"  # fmt: skip
    where = {"chat_id": 1001, "parse_mode": "HTML"}
    await api.ok(platform, "sendMessage", **where, text=marks, reply_markup={"inline_keyboard": INLINE})
    box.say(platform, 1001, LONG)
    box.photo(platform, 1001, caption=LONG[:900])
    box.album(platform, 1001, count=3)
    box.voice(platform, 1001)
    box.document(platform, 1001, name="n" * 200 + ".txt")
    box.location(platform, 1001)
    box.contact(platform, 1001, phone="+98" + "9" * 40)
    box.forward(platform, 1001, author=1002, text=LONG[:200], hidden=True)
    sent = await api.ok(platform, "sendMessage", chat_id=1001, text="می‌رود")
    await api.ok(platform, "deleteMessage", chat_id=1001, message_id=sent["message_id"])
    await api.ok(platform, "sendMessage", **where, text="فهرست", reply_markup={"keyboard": keyboard})


async def opens_everything(page: Page) -> Any:
    """Every window and menu of the page in turn, with a name; the conversation itself comes first."""
    yield "the conversation"
    await page.evaluate("document.querySelector('#log').scrollTop = 0")
    yield "its beginning"
    await page.locator("#attach").click()
    yield "what can be sent"
    await page.get_by_role("menuitem", name="موقعیت").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    yield "the place picker"
    await page.keyboard.press("Escape")
    await page.locator("#attach").click()
    await page.get_by_role("menuitem", name="شمارهٔ تماس").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    yield "the contacts"
    await page.keyboard.press("Escape")
    await page.locator("#attach").click()
    await page.get_by_role("menuitem", name="فوروارد", exact=True).click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    yield "what is passed on"
    await page.keyboard.press("Escape")
    await page.locator("#slash").click()
    yield "the commands"
    await page.keyboard.press("Escape")
    await page.locator(".picture").first.click()
    yield "the large picture"
    await page.keyboard.press("Escape")
    await page.get_by_role("tab", name="حسین").click()
    await expect(page.locator(".empty")).to_be_visible()
    yield "an empty chat"


@pytest.mark.parametrize("platform", ["telegram", "bale"])
async def test_on_a_phone_nothing_is_pushed_sideways_and_every_target_is_large(
    box: Any, api: Any, platform: str
) -> None:
    await filled(box, api, platform, [[str(at) for at in range(10)], ["نوشتهٔ بسیار بلند روی دکمه"] * 3, [WORD]])
    async with opened(box, PHONE, where=f"#{platform}/1001") as page:
        async for where in opens_everything(page):
            found = [await page.evaluate(measure) for measure in (SIDEWAYS, OUTSIDE, SMALL)]
            assert (where, found) == (where, [[], [], []])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("platform", ["telegram", "bale"])
async def test_every_text_stands_out_from_its_ground(box: Any, api: Any, platform: str, scheme: str) -> None:
    await filled(box, api, platform, SIX)
    async with opened(box, PHONE, scheme, f"#{platform}/1001") as page:
        # Once it has come in, whatever moves it would only blur the colours.
        await page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")
        async for where in opens_everything(page):
            found = await page.evaluate(PALE)
            assert (where, found["told"]) == (where, [])
            assert found["looked"] > 10
        page_is_dark = await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(7, 12, 17)"
        assert page_is_dark == (scheme == "dark")


@pytest.mark.parametrize("keyboard", [SIX, [[one] for row in SIX for one in row]], ids=["by two", "one a row"])
async def test_with_six_keys_open_a_phone_still_shows_the_conversation(box: Any, api: Any, keyboard: Any) -> None:
    await filled(box, api, "telegram", keyboard)
    async with opened(box, PHONE) as page:
        keys = page.locator("#keyboard button")
        await expect(keys).to_have_count(6)
        for key in await keys.all():
            await expect(key).to_be_in_viewport(ratio=0.99)
        heights = await page.evaluate("[document.querySelector('#log').clientHeight, innerHeight]")
        assert heights[0] >= 0.55 * heights[1]
        await page.locator("#fold").click()
        folded = await page.evaluate("document.querySelector('#log').clientHeight")
        assert folded >= 0.75 * heights[1]


async def test_the_typeface_is_our_own_small_and_licensed(box: Any) -> None:
    box.say("telegram", 1001, "سلام")
    async with opened(box) as page:
        await page.evaluate("document.fonts.ready")
        loaded = "[...document.fonts].filter((one) => one.status === 'loaded').map((one) => one.family)"
        assert await page.evaluate(loaded) == ["Vazirmatn"]
        family = await page.locator(".bubble").evaluate("(one) => getComputedStyle(one).fontFamily")
        assert family.startswith("Vazirmatn")
    folder = Path(sandbox.page.fonts.__file__).parent
    assert sum(file.stat().st_size for file in folder.glob("*.woff2")) <= 200_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text("utf-8")


async def test_the_page_may_load_nothing_from_elsewhere(box: Any, api: Any) -> None:
    async with api.session.get(box.base_url + "/") as answer:
        rules = answer.headers["Content-Security-Policy"]
    sources = {word for rule in rules.split(";") for word in rule.split()[1:]}
    assert sources == {"'none'", "'self'", "data:", "blob:"}
    for path in ("/nothing.js", "/fonts/Nothing.woff2", "/fonts/../__init__.py", "/__init__.py", "/fonts/OFL.txt"):
        async with api.session.get(box.base_url + path) as answer:
            assert answer.status == 404


async def seen(page: Page) -> Any:
    """What has the focus; it must be seen to have it."""
    found = await page.evaluate(FOCUS)
    assert found["ring"] >= 2, found
    return found


async def pressed(page: Page, *keys: str) -> Any:
    for key in keys:
        await page.keyboard.press(key)
    return await seen(page)


async def test_everything_is_reached_and_done_by_keys_alone(box: Any, api: Any) -> None:
    box.say("telegram", 1001, "/start")
    box.photo("telegram", 1001)
    await api.ok("telegram", "setMyCommands", commands=[{"command": "mine", "description": "گزارش‌های من"}])
    inline = {"inline_keyboard": [[{"text": "پذیرش", "callback_data": "a"}, {"text": "رد", "callback_data": "r"}]]}
    await api.ok("telegram", "sendMessage", chat_id=1001, text="؟", reply_markup=inline)
    keys = {"keyboard": [["گزارش", "راهنما"]]}
    await api.ok("telegram", "sendMessage", chat_id=1001, text="فهرست", reply_markup=keys)
    async with opened(box) as page:
        await expect(page.locator("#keyboard")).to_be_visible()
        # Where one writes is where one begins; from the top the order is as it is read.
        await expect(page.locator("#text")).to_be_focused()
        await page.locator("#banner").evaluate("(top) => { top.tabIndex = -1; top.focus() }")
        order = [await pressed(page, "Tab") for _ in range(12)]
        assert [(one["role"], one["words"] or one["id"]) for one in order] == [
            ("A", "رفتن به نوشتن پیام"), ("tab", "تلگرام"), ("tab", "مریم"), ("log", order[3]["words"]),
            ("A", "/start"), ("BUTTON", ""), ("BUTTON", "پذیرش"), ("BUTTON", "رد"), ("BUTTON", "attach"),
            ("BUTTON", "/"), ("TEXTAREA", "text"), ("BUTTON", "fold"),
        ]  # fmt: skip
        assert (await pressed(page, "Tab"))["id"] == "send"
        assert (await pressed(page, "Tab"))["words"] == "گزارش"
        await pressed(page, "Tab", "Enter")
        await expect(page.locator(".line.person .bubble").last).to_have_text("راهنما")
        await tabs_by_keys(page)
        await sends_by_keys(box, page)


async def tabs_by_keys(page: Page) -> None:
    await page.locator("#platforms [aria-selected=true]").focus()
    # From right to left, round and round.
    assert (await pressed(page, "ArrowLeft"))["words"] == "بله"
    await expect(page.get_by_role("tab", name="بله")).to_have_attribute("aria-selected", "true")
    assert (await pressed(page, "ArrowLeft"))["words"].startswith("تلگرام")
    assert (await pressed(page, "Tab"))["words"].endswith("مریم")
    assert (await pressed(page, "ArrowLeft"))["words"].endswith("رضا")
    await expect(page.locator(".empty")).to_contain_text("رضا")
    assert (await pressed(page, "End"))["words"].endswith("حسین")
    assert (await pressed(page, "Home"))["words"].endswith("مریم")
    await expect(page.locator(".line")).to_have_count(5)


async def sends_by_keys(box: Any, page: Page) -> None:
    await page.get_by_role("button", name="پذیرش").focus()
    await pressed(page, "Space")
    await box.wait_for(lambda: box.messengers["telegram"].queries)
    await page.locator("#slash").focus()
    assert (await pressed(page, "Enter"))["role"] == "menuitem"
    assert (await pressed(page, "Escape"))["id"] == "slash"
    await page.locator("#attach").focus()
    await pressed(page, "Enter", "End")
    assert (await pressed(page, *["ArrowUp"] * 5))["words"] == "موقعیت"
    await page.keyboard.press("Enter")
    picker = page.get_by_role("dialog", name="فرستادن موقعیت")
    await picker.get_by_role("application").focus()
    await pressed(page, "ArrowUp", "Shift+ArrowRight")
    await pressed(page, "Tab", "Tab", "Enter")
    await box.wait_for(lambda: box.transcript("telegram", 1001)[-1]["kind"] == "location")
    assert box.transcript("telegram", 1001)[-1]["media"]["location"] == {"latitude": 30.2849, "longitude": 57.0934}
    # Whoever came by key goes on from where they were.
    assert (await seen(page))["id"] == "attach"
    picture = page.locator(".picture")
    await picture.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#picture")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(picture).to_be_focused()
    await page.locator("#text").focus()
    await page.keyboard.type("یک")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("دو")
    await page.keyboard.press("Enter")
    await expect(page.locator(".line.person .bubble").last).to_have_text("یک\nدو")


async def test_people_stand_side_by_side_on_a_wide_screen(box: Any, api: Any) -> None:
    box.say("telegram", 1001, "گزارش من")
    box.say("bale", 1003, "/start")
    async with opened(box, WIDE, where="#telegram/1001,bale/1003") as page:
        first, second = (page.get_by_role("region", name=f"گفت‌وگوی {at}") for at in "۱۲")
        await expect(first.locator(".bubble")).to_have_text("گزارش من")
        await expect(second.locator(".bubble")).to_have_text("/start")
        boxes = [await one.bounding_box() for one in (first, second)]
        assert boxes[0]["y"] == boxes[1]["y"]
        assert boxes[1]["x"] + boxes[1]["width"] <= boxes[0]["x"]
        # Both are live at the same time, and neither counts as unread.
        markup = {"inline_keyboard": [[{"text": "پذیرش", "callback_data": "yes"}]]}
        await api.ok("bale", "sendMessage", chat_id=1003, text="گزارش تازه", reply_markup=markup)
        await api.ok("telegram", "sendMessage", chat_id=1001, text="رسید")
        await expect(first.locator(".bubble").last).to_have_text("رسید")
        await second.get_by_role("button", name="پذیرش").click()
        await box.wait_for(lambda: box.messengers["bale"].queries)
        await expect(page.locator(".tabs .badge:visible")).to_have_count(0)
        assert await page.evaluate(SIDEWAYS) == []
        await second.get_by_role("tab", name="رضا").click()
        await expect(second.locator(".empty")).to_contain_text("رضا")
        assert page.url.endswith("#telegram/1001,bale/1002")
        # A narrow window keeps the first, and gives the second back when there is room again.
        await page.set_viewport_size({"width": 800, "height": 700})
        await expect(second).to_be_hidden()
        await page.set_viewport_size({"width": 1700, "height": 900})
        await expect(page.get_by_role("region")).to_have_count(3)
        await expect(second.locator(".empty")).to_be_visible()
