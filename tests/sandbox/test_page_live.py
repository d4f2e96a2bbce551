"""The chat page over time: the newest message, a server that comes and goes, what is unread, a long history."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, expect

from sandbox.files import sample
from tests.sandbox.browsing import opened, until

pytestmark = pytest.mark.chromium

FROM_END = "(({scrollHeight, scrollTop, clientHeight}) => scrollHeight - scrollTop - clientHeight)"
FROM_END += "(document.querySelector('#log'))"


async def bot(api: Any, text: str, chat: int = 1001, platform: str = "telegram", **about: Any) -> Any:
    return await api.ok(platform, "sendMessage", chat_id=chat, text=text, **about)


async def at_the_end(page: Page) -> None:
    await until(page, f"{FROM_END} < 2")


async def test_it_stays_at_the_newest_message_unless_somebody_reads_above(box: Any, api: Any) -> None:
    for at in range(40):
        box.say("telegram", 1001, f"نوشتهٔ {at}")
    async with opened(box) as page:
        await at_the_end(page)
        await bot(api, "تازه " * 100)
        await expect(page.locator(".line.bot")).to_be_visible()
        await at_the_end(page)
        # A picture has its height late, and a keyboard takes its room from below.
        box.photo("telegram", 1001, content=sample("photo").content, name="a.jpg", mime="image/jpeg")
        await until(page, "document.querySelector('.line img')?.naturalWidth === 48")
        await at_the_end(page)
        await bot(api, "فهرست", reply_markup={"keyboard": [["۱"], ["۲"], ["۳"], ["۴"]]})
        await expect(page.locator("#keyboard")).to_be_visible()
        await at_the_end(page)
        await page.set_viewport_size({"width": 360, "height": 400})
        await at_the_end(page)

        await page.locator("#log").hover()
        await page.mouse.wheel(0, -600)
        newest = page.get_by_role("button", name="رفتن به تازه‌ترین پیام")
        await expect(newest).to_be_visible()
        before = await page.locator("#log").evaluate("(log) => log.scrollTop")
        for at in range(3):
            await bot(api, f"پیام {at}")
        await expect(newest.locator(".badge")).to_contain_text("۳")
        assert await page.locator("#log").evaluate("(log) => log.scrollTop") == before
        await newest.click()
        await at_the_end(page)
        await expect(newest).to_be_hidden()
        # Whoever writes wants to see what they wrote.
        await page.mouse.wheel(0, -600)
        await expect(newest).to_be_visible()
        await page.fill("#text", "پرسش")
        await page.click("#send")
        await expect(page.locator(".bubble").last).to_have_text("پرسش")
        await at_the_end(page)


async def test_edits_move_neither_the_reader_nor_the_focus(box: Any, api: Any) -> None:
    box.say("telegram", 1001, "/start")
    markup = {"inline_keyboard": [[{"text": "یک", "callback_data": "1"}, {"text": "دو", "callback_data": "2"}]]}
    sent = await bot(api, "نخست", reply_markup=markup)
    for at in range(40):
        box.say("telegram", 1001, f"نوشتهٔ {at}")
    async with opened(box) as page:
        await page.locator("#log").hover()
        await page.mouse.wheel(0, -9000)
        two = page.get_by_role("button", name="دو")
        await two.focus()
        before = await page.locator("#log").evaluate("(log) => log.scrollTop")
        await api.ok(
            "telegram", "editMessageText", chat_id=1001, message_id=sent["message_id"], text="ویراسته",
            reply_markup=markup,
        )  # fmt: skip
        await expect(page.locator(".line.bot .bubble")).to_have_text("ویراسته")
        await expect(two).to_be_focused()
        assert await page.locator("#log").evaluate("(log) => log.scrollTop") == before


async def test_it_reconnects_by_itself_and_loses_nothing(box: Any, api: Any) -> None:
    box.say("telegram", 1001, "پیش از قطعی")
    port = urlsplit(box.base_url).port
    async with opened(box, cut_off=True) as page:
        await expect(page.locator(".bubble")).to_have_text("پیش از قطعی")
        await box.stop()
        offline = page.locator("#offline")
        await expect(offline).to_be_visible()
        await page.fill("#text", "نوشته در قطعی")
        await page.click("#send")
        await expect(page.locator("#toast")).to_contain_text("فرستاده نشد")
        await expect(page.locator("#text")).to_have_value("نوشته در قطعی")
        # Whatever else one tries is refused in words, and done once the program is back.
        await page.get_by_role("tab", name="رضا").click()
        await page.get_by_role("tab", name="مریم").click()
        await expect(page.locator("#text")).to_have_value("نوشته در قطعی")
        # What happens meanwhile is there afterwards, in its order.
        box.say("telegram", 1001, "هنگام قطعی")
        await box.start(port=port)
        await expect(page.locator(".bubble")).to_have_text(["پیش از قطعی", "هنگام قطعی"])
        await expect(offline).to_be_hidden()
        await page.click("#send")
        await expect(page.locator(".bubble").last).to_have_text("نوشته در قطعی")
        await bot(api, "پاسخ")
        await expect(page.locator(".bubble").last).to_have_text("پاسخ")


async def test_unread_messages_are_counted_by_person_and_messenger(box: Any, api: Any) -> None:
    for platform, person in (("telegram", 1002), ("bale", 1003)):
        box.say(platform, person, "/start")
    await bot(api, "پیش از باز شدن", 1002)
    async with opened(box) as page:
        tab = page.get_by_role("tab", name="رضا")
        await expect(tab.locator(".badge")).to_have_text("۱ پیام تازه")
        await bot(api, "دومی", 1002)
        sent = await bot(api, "سومی", 1002)
        await expect(tab.locator(".badge")).to_have_text("۳ پیام تازه")
        await api.ok("telegram", "deleteMessage", chat_id=1002, message_id=sent["message_id"])
        await expect(tab.locator(".badge")).to_have_text("۲ پیام تازه")
        # What a person says is nothing new to them.
        box.say("telegram", 1002, "من هستم")
        await bot(api, "روی بله", 1003, "bale")
        other = page.get_by_role("tab", name="بله")
        await expect(other.locator(".badge")).to_have_text("۱ پیام تازه")
        await expect(tab.locator(".badge")).to_have_text("۲ پیام تازه")
        assert (await page.title()).startswith("(۳)")
        await tab.click()
        await expect(page.locator(".line")).to_have_count(5)
        await expect(tab.locator(".badge")).to_be_hidden()
        # Read is read, also after the page was closed.
        await page.reload()
        await expect(other.locator(".badge")).to_have_text("۱ پیام تازه")
        await expect(tab.locator(".badge")).to_be_hidden()
        await page.get_by_role("tab", name="مریم").click()
        await page.reload()
        await expect(other.locator(".badge")).to_have_text("۱ پیام تازه")
        await expect(tab.locator(".badge")).to_be_hidden()
        box.reset()
        await expect(other.locator(".badge")).to_be_hidden()
        box.say("telegram", 1002, "/start")
        await bot(api, "از نو", 1002)
        await expect(tab.locator(".badge")).to_have_text("۱ پیام تازه")


async def test_each_person_has_a_chat_and_a_draft_on_each_messenger(box: Any) -> None:
    box.say("telegram", 1001, "روی تلگرام")
    box.say("bale", 1002, "روی بله")
    async with opened(box) as page:
        await expect(page.locator(".bubble")).to_have_text("روی تلگرام")
        await page.fill("#text", "نیمه‌کاره")
        await page.get_by_role("tab", name="بله").click()
        await expect(page.locator("#text")).to_have_value("")
        await page.get_by_role("tab", name="رضا").click()
        await expect(page.locator(".bubble")).to_have_text("روی بله")
        await page.reload()
        await expect(page.locator(".bubble")).to_have_text("روی بله")
        await page.fill("#text", "دیگری")
        await page.get_by_role("tab", name="تلگرام").click()
        await page.get_by_role("tab", name="مریم").click()
        await expect(page.locator(".bubble")).to_have_text("روی تلگرام")
        await page.get_by_role("tab", name="بله").click()
        await page.get_by_role("tab", name="رضا").click()
        await expect(page.locator("#text")).to_have_value("دیگری")
        # An address that is opened in the same window leads there as well.
        await page.evaluate("location.hash = '#telegram/1001'")
        await expect(page.locator(".bubble")).to_have_text("روی تلگرام")


async def test_a_history_of_5000_lines_costs_no_more_than_a_short_one(box: Any, api: Any) -> None:
    for at in range(1, 5001):
        box.say("telegram", 1001, f"نوشتهٔ شمارهٔ {at}")
    async with opened(box) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url) if "transcript" in request.url else None)
        await expect(page.locator(".bubble").last).to_have_text("نوشتهٔ شمارهٔ 5000")
        await at_the_end(page)
        assert await page.locator(".line").count() == 60
        # One message more is one line more to fetch, and nothing else is drawn anew.
        await page.evaluate("document.querySelectorAll('.line').forEach((one) => { one.mine = true })")
        async with page.expect_response(lambda answer: "transcript" in answer.url) as response:
            await bot(api, "تازه")
        assert len(await (await response.value).json()) == 1
        await expect(page.locator(".bubble").last).to_have_text("تازه")
        assert await page.evaluate("[...document.querySelectorAll('.line')].filter((one) => one.mine).length") == 60
        assert [url.partition("person=1001&")[2] for url in asked] == ["ids=5001"]
        await walks_back(page)
        # At the end again, what is far above is let go.
        await page.get_by_role("button", name="رفتن به تازه‌ترین پیام").click()
        await at_the_end(page)
        for at in range(3):
            await bot(api, f"و باز {at}")
        await expect(page.locator(".bubble").last).to_have_text("و باز 2")
        assert await page.locator(".line").count() <= 301


async def walks_back(page: Page) -> None:
    """Scrolls up until 400 lines are there; what is being read must not jump when older ones arrive above it."""
    top = """(() => { const edge = document.querySelector('#log').getBoundingClientRect().top;
      const line = [...document.querySelectorAll('.line')].find((one) => one.getBoundingClientRect().bottom > edge);
      return [line.dataset.message, Math.round(line.getBoundingClientRect().top)]; })()"""
    while (count := await page.locator(".line").count()) < 400:
        await page.evaluate("document.querySelector('#log').scrollTop = 0")
        before = await page.evaluate(top)
        await until(page, f"document.querySelectorAll('.line').length > {count}")
        place = f"document.querySelector('[data-message=\"{before[0]}\"]').getBoundingClientRect().top"
        # The first of them had its day above it, which now stands elsewhere.
        assert abs(await page.evaluate(place) - before[1]) < 60
    ids = await page.evaluate("[...document.querySelectorAll('.line')].map((one) => Number(one.dataset.message))")
    assert ids == list(range(ids[0], ids[0] + len(ids)))
    assert await page.locator(".day:visible").count() == 1


async def test_the_first_line_of_a_chat_is_reached(box: Any) -> None:
    for at in range(1, 151):
        box.say("telegram", 1001, f"نوشتهٔ شمارهٔ {at}")
    async with opened(box) as page:
        earlier = page.get_by_role("button", name="پیام‌های پیشین")
        await earlier.focus()
        await page.keyboard.press("Enter")
        # Whatever is in view fetches by itself as well, so the second press may find everything there.
        await expect(page.locator(".line")).not_to_have_count(60)
        await page.keyboard.press("Enter")
        await expect(page.locator(".line")).to_have_count(150)
        await expect(earlier).to_be_hidden()
        await expect(page.locator(".bubble").first).to_have_text("نوشتهٔ شمارهٔ 1")
