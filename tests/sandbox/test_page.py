"""The chat page in a real browser: what a person can see and do there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from sandbox.files import sample
from tests.sandbox.browsing import opened, until

pytestmark = pytest.mark.chromium


@pytest.fixture
async def page(box: Any) -> AsyncIterator[Page]:
    async with opened(box) as page:
        yield page


async def bot(api: Any, text: str, platform: str = "telegram", **about: Any) -> Any:
    return await api.ok(platform, "sendMessage", **{"chat_id": 1001, "text": text, "parse_mode": "HTML", **about})


async def heard(box: Any, kind: str, platform: str = "telegram", person: int = 1001) -> Any:
    """The newest line of this kind that the person sent, as soon as there is one."""
    lines = await box.wait_for(
        lambda: [line for line in box.transcript(platform, person) if (line["kind"], line["from"]) == (kind, "person")]
    )
    return lines[-1]


async def offers(page: Page, name: str) -> None:
    await page.locator("#attach").click()
    await page.get_by_role("menuitem", name=name, exact=True).click()


async def test_a_chat_from_the_first_word_to_the_answer_of_a_press(box: Any, api: Any, page: Page) -> None:
    assert await page.get_attribute("html", "dir") == "rtl"
    await expect(page.locator(".empty")).to_contain_text("گفت‌وگوی مریم با ربات")
    await page.get_by_role("button", name="شروع", exact=True).click()
    assert (await heard(box, "text"))["text"] == "/start"
    await expect(page.locator("#start")).to_be_hidden()
    markup = {"inline_keyboard": [[{"text": "می‌پذیرم", "callback_data": "yes"}]]}
    sent = await bot(api, "<b>خوش آمدید</b>\n<code>12345678</code>", reply_markup=markup)
    await expect(page.locator(".bubble strong")).to_have_text("خوش آمدید")
    await expect(page.locator("code")).to_have_text("12345678")
    await page.get_by_role("button", name="می‌پذیرم").click()
    queries = await box.wait_for(lambda: box.messengers["telegram"].queries)
    await api.ok("telegram", "answerCallbackQuery", callback_query_id=next(iter(queries)), text="ثبت شد")
    await expect(page.locator("#toast")).to_have_text("ثبت شد")
    await api.ok("telegram", "editMessageText", chat_id=1001, message_id=sent["message_id"], text="پذیرفته شد")
    await expect(page.locator(".line.bot .bubble")).to_have_text("پذیرفته شد")
    await expect(page.locator(".line.bot .about")).to_contain_text("ویرایش‌شده")
    await expect(page.get_by_role("button", name="می‌پذیرم")).to_have_count(0)
    await expect(page.locator(".line")).to_have_count(2)


async def test_it_says_unmistakably_that_it_is_a_demonstration(box: Any, page: Page) -> None:
    box.say("telegram", 1001, "متن بلند. " * 300)
    await expect(page.locator(".line")).to_be_visible()
    note = page.get_by_role("note")
    await expect(note).to_contain_text("نسخهٔ نمایشی")
    await expect(note).to_be_in_viewport(ratio=1)
    assert "نسخهٔ نمایشی" in await page.title()
    # It stands out from everything beside it, and nothing of it is cut off.
    assert await page.evaluate("getComputedStyle(document.querySelector('.ribbon')).backgroundColor") not in (
        await page.evaluate("['body', '.pane', '.tabs', '.card'].map((one) => document.querySelector(one))"
                            ".map((one) => getComputedStyle(one).backgroundColor)")
    )  # fmt: skip
    assert await page.evaluate("(() => { const b = document.querySelector('#banner');"
                               " return b.scrollWidth <= b.clientWidth })()")  # fmt: skip


async def test_photos_are_shown_described_and_opened_large(box: Any, api: Any, page: Page, tmp_path: Path) -> None:
    picture = tmp_path / "hole.png"
    picture.write_bytes(sample("photo").content)
    await page.get_by_label("پیام", exact=True).fill("چالهٔ سر کوچه")
    async with page.expect_file_chooser() as chooser:
        await offers(page, "عکس")
    await (await chooser.value).set_files(picture)
    image = page.locator(".line.person img")
    await expect(image).to_have_attribute("alt", "چالهٔ سر کوچه")
    await until(page, "document.querySelector('.line img').naturalWidth === 48")
    await expect(page.locator(".line").last).to_be_in_viewport(ratio=1)
    await page.get_by_role("button", name="بزرگ‌کردن: چالهٔ سر کوچه").click()
    large = page.get_by_role("dialog").get_by_role("img", name="چالهٔ سر کوچه")
    await expect(large).to_be_in_viewport(ratio=1)
    sizes = await page.evaluate("['.line img', '#picture img'].map((one) => document.querySelector(one).clientWidth)")
    assert sizes[1] > sizes[0] or sizes[1] >= 250
    await page.keyboard.press("Escape")
    await expect(large).to_be_hidden()
    # Without a caption it is still said what it is.
    await page.locator("#file").set_input_files([picture, picture])
    await expect(page.locator(".line.person img")).to_have_count(3)
    await expect(page.locator(".line.person img").last).to_have_attribute("alt", "عکس از مریم")
    albums = {line["album"] for line in box.transcript("telegram", 1001)[1:]}
    assert len(albums) == 1
    assert "" not in albums


async def test_a_voice_file_is_sent_with_its_length_and_played(box: Any, page: Page, tmp_path: Path) -> None:
    sound = tmp_path / "voice.ogg"
    sound.write_bytes(sample("voice").content)
    async with page.expect_file_chooser() as chooser:
        await offers(page, "صدا")
    await (await chooser.value).set_files(sound)
    assert (await heard(box, "voice"))["media"]["voice"]["duration"] == 3
    await expect(page.get_by_label("صدا", exact=True)).to_be_visible()
    await until(page, "document.querySelector('audio').duration === 3")
    await page.evaluate("(() => { const a = document.querySelector('audio'); a.muted = true; return a.play() })()")
    await until(page, "document.querySelector('audio').currentTime > 0")
    await offers(page, "صدای نمونه")
    await expect(page.locator("audio")).to_have_count(2)


async def test_files_and_what_cannot_be_shown(box: Any, api: Any, page: Page, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("سلام", "utf-8")
    await page.locator("#document-file").set_input_files(letter)
    link = page.get_by_role("link", name="letter.txt")
    async with page.expect_download() as download:
        await link.click()
    await (await download.value).save_as(tmp_path / "again.txt")
    assert (tmp_path / "again.txt").read_bytes() == "سلام".encode()
    box.video("telegram", 1001)
    await expect(page.locator(".line").last).to_contain_text("این پرونده نمایش داده نمی‌شود")


async def test_a_place_is_picked_among_samples_on_the_grid_or_by_numbers(box: Any, page: Page) -> None:
    await offers(page, "موقعیت")
    picker = page.get_by_role("dialog", name="فرستادن موقعیت")
    await picker.get_by_role("button", name="شمال شهر").click()
    north = page.get_by_label("عرض جغرافیایی")
    await expect(north).to_have_value("30.3015")
    grid = picker.get_by_role("application")
    await grid.click(position={"x": 20, "y": 20})
    assert float(await north.input_value()) > 30.3
    await north.fill("30.25")
    await page.get_by_label("طول جغرافیایی").fill("57.1")
    await picker.get_by_role("button", name="فرستادن موقعیت").click()
    assert (await heard(box, "location"))["media"]["location"] == {"latitude": 30.25, "longitude": 57.1}
    await expect(page.locator(".spot figcaption")).to_contain_text("۳۰٫۲۵۰۰، ۵۷٫۱۰۰۰")
    await offers(page, "موقعیت")
    await picker.get_by_role("button", name="انصراف").click()
    await expect(picker).to_be_hidden()
    assert len(box.transcript("telegram", 1001)) == 1


@pytest.mark.parametrize(
    ("choice", "card"),
    [
        ("شمارهٔ خودم", {"phone_number": "+989000001001", "first_name": "مریم", "user_id": 1001}),
        ("شمارهٔ زهرا", {"phone_number": "+989000001003", "first_name": "زهرا", "user_id": 1003}),
        ("شماره‌ای بیرون از این پیام‌رسان", {"phone_number": "+989000000000", "first_name": "آشنا"}),
    ],
)
async def test_contacts_are_shared(box: Any, page: Page, choice: str, card: dict[str, Any]) -> None:
    await offers(page, "شمارهٔ تماس")
    await page.get_by_role("dialog", name="فرستادن شمارهٔ تماس").get_by_role("button", name=choice).click()
    assert (await heard(box, "contact"))["media"]["contact"] == card
    await expect(page.locator(".caller")).to_contain_text(card["phone_number"])


@pytest.mark.parametrize("platform", ["telegram", "bale"])
async def test_the_reply_keyboard_sends_asks_folds_and_goes(box: Any, api: Any, platform: str) -> None:
    box.say(platform, 1001, "/start")
    asking = [
        {"text": "جایم", "request_location": True},
        {"text": "شماره‌ام", "request_contact": True},
    ]
    await bot(api, "فهرست", platform, reply_markup={"keyboard": [["گزارش مشکل", "راهنما"], asking]})
    async with opened(box, where=f"#{platform}/1001") as page:
        keyboard = page.get_by_role("group", name="دکمه‌های صفحه‌کلید ربات")
        await keyboard.get_by_role("button", name="راهنما").click()
        await expect(page.locator(".line.person .bubble").last).to_have_text("راهنما")
        await keyboard.get_by_role("button", name="جایم").click()
        picker = page.get_by_role("dialog", name="فرستادن موقعیت")
        await picker.get_by_role("button", name="غرب شهر").click()
        await picker.get_by_role("button", name="فرستادن موقعیت").click()
        assert (await heard(box, "location", platform))["media"]["location"]["longitude"] == 57.0559
        await keyboard.get_by_role("button", name="شماره‌ام").click()
        # Only one's own number is asked for, and nothing is sent before one has agreed.
        choices = page.get_by_role("dialog", name="فرستادن شمارهٔ تماس").locator(".choices button")
        await expect(choices).to_have_text(["شمارهٔ خودم"])
        await choices.click()
        assert (await heard(box, "contact", platform))["media"]["contact"]["user_id"] == 1001
        fold = page.get_by_role("button", name="صفحه‌کلید ربات", exact=True)
        await fold.click()
        await expect(keyboard).to_be_hidden()
        await expect(fold).to_have_attribute("aria-expanded", "false")
        await fold.click()
        await expect(keyboard).to_be_visible()
        await bot(api, "تمام", platform, reply_markup={"remove_keyboard": True})
        await expect(keyboard).to_be_hidden()
        await expect(fold).to_be_hidden()


async def test_the_menu_lists_the_bots_commands(box: Any, api: Any, page: Page) -> None:
    slash = page.get_by_role("button", name="فهرست فرمان‌ها")
    await expect(slash).to_be_hidden()
    menu = [{"command": "report", "description": "گزارش تازه"}, {"command": "mine", "description": "گزارش‌های من"}]
    await api.ok("telegram", "setMyCommands", commands=menu)
    await slash.click()
    await expect(page.get_by_role("menuitem")).to_have_text(["/reportگزارش تازه", "/mineگزارش‌های من"])
    await page.get_by_role("menuitem", name="گزارش تازه").click()
    assert (await heard(box, "text"))["text"] == "/report"
    # Typing begins the list as well, with what fits.
    text = page.get_by_label("پیام", exact=True)
    await text.fill("/m")
    await expect(page.get_by_role("menuitem")).to_have_count(1)
    await text.press("ArrowUp")
    await page.keyboard.press("Enter")
    await expect(page.locator(".line.person .bubble").last).to_have_text("/mine")
    await expect(text).to_have_value("")
    await api.ok("telegram", "deleteMyCommands")
    await expect(slash).to_be_hidden()


async def test_telegram_shows_its_entities(box: Any, api: Any, page: Page) -> None:
    box.say("telegram", 1001, "/start")
    await bot(
        api,
        "<b>پررنگ <i>و کج</i></b> <u>زیرخط</u> <s>خط‌خورده</s> <tg-spoiler>راز</tg-spoiler>\n"
        '<blockquote>نقل <b>مهم</b></blockquote>\nپس از آن <a href="https://town.example/a">شورا</a> /mine\n'
        '<pre><code class="language-python">print(1)</code></pre>',
    )
    bubble = page.locator(".line.bot .bubble")
    await expect(bubble.locator("strong em")).to_have_text("و کج")
    await expect(bubble.locator("u")).to_have_text("زیرخط")
    await expect(bubble.locator("s")).to_have_text("خط‌خورده")
    await expect(bubble.locator("blockquote")).to_have_count(1)
    await expect(bubble.locator("blockquote strong")).to_have_text("مهم")
    await expect(bubble.get_by_role("link", name="شورا")).to_have_attribute("href", "https://town.example/a")
    await expect(bubble.locator("pre")).to_have_text("print(1)")
    spoiler = bubble.get_by_role("button", name="نوشتهٔ پنهان")
    assert await spoiler.evaluate("(one) => getComputedStyle(one).color") == "rgba(0, 0, 0, 0)"
    await spoiler.press("Enter")
    await expect(bubble.locator(".spoiler.seen")).to_have_text("راز")
    await bot(api, f"<blockquote expandable>{'سخن بلند ' * 60}</blockquote>")
    quote = page.locator(".line.bot").last
    low = await quote.evaluate("(one) => one.offsetHeight")
    await quote.get_by_role("button", name="همه را نشان بده").click()
    assert await quote.evaluate("(one) => one.offsetHeight") > low + 50
    await page.get_by_role("link", name="/mine").click()
    await expect(page.locator(".line.person .bubble").last).to_have_text("/mine")


async def test_bale_shows_its_markdown_and_nothing_else(box: Any, api: Any) -> None:
    box.say("bale", 1001, "/start")
    text = "*پررنگ* و _کج_ اما پر*رنگ*نه، <b>نه این</b> `نه آن` [شورا](https://town.example/a)\n"
    text += "```[متن گزارش]چراغ‌ها *خاموش* است```"
    await api.ok("bale", "sendMessage", chat_id=1001, text=text)
    async with opened(box, where="#bale/1001") as page:
        bubble = page.locator(".line.bot .bubble")
        await expect(bubble.locator("strong")).to_have_text(["پررنگ"])
        await expect(bubble.locator("em")).to_have_text("کج")
        await expect(bubble).to_contain_text("<b>نه این</b> `نه آن`")
        await expect(bubble.get_by_role("link", name="شورا")).to_have_attribute("href", "https://town.example/a")
        inside = bubble.get_by_text("چراغ‌ها *خاموش* است")
        await expect(inside).to_be_hidden()
        await bubble.locator("summary").press("Enter")
        await expect(inside).to_be_visible()
        assert await bubble.locator("code, pre, blockquote").count() == 0


async def test_words_are_never_read_as_html(box: Any, api: Any, page: Page) -> None:
    box.say("telegram", 1001, "<img src=x onerror=alert(1)> <script>1</script>")
    await bot(api, "?", reply_markup={"inline_keyboard": [[{"text": "<b>دکمه</b>", "callback_data": "a"}]]})
    await expect(page.locator(".bubble").first).to_have_text("<img src=x onerror=alert(1)> <script>1</script>")
    await expect(page.get_by_role("button", name="<b>دکمه</b>")).to_be_visible()
    assert await page.locator("main img, main script").count() == 0


async def test_a_code_is_copied_by_a_tap(box: Any, api: Any, page: Page) -> None:
    box.say("telegram", 1001, "/start")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await bot(api, "کد پیگیری: <code>48271905</code>")
    await page.get_by_role("button", name="رونوشت از 48271905").press(" ")
    await expect(page.locator("#toast")).to_contain_text("48271905")
    assert await page.evaluate("navigator.clipboard.readText()") == "48271905"


async def test_a_poster_or_a_link_to_the_bot_waits_for_the_start_button(box: Any, api: Any) -> None:
    async with opened(box, where="#telegram/1002?start=join_shahr") as page:
        await page.get_by_role("button", name="شروع", exact=True).click()
        assert (await heard(box, "text", person=1002))["text"] == "/start join_shahr"
        await bot(api, "https://t.me/mahalleyar_sandbox_bot?start=claim_abc", chat_id=1002)
        await page.locator(".bubble").get_by_role("link", name="t.me").click()
        start = page.get_by_role("button", name="شروع", exact=True)
        await expect(start).to_be_focused()
        assert len(box.transcript("telegram", 1002)) == 2
        await start.press("Enter")
        await expect(page.locator(".line.person .bubble").last).to_have_text("/start claim_abc")
        await expect(start).to_be_hidden()


async def test_the_clock_is_shown_and_moved(box: Any, hands: Any, page: Page) -> None:
    before = hands.now  # Friday 15 January 2027, 11:30 in Tehran
    shown = page.locator("#time time")
    await expect(shown).to_have_text("جمعه ۲۵ دی، ۱۱:۳۰")
    for label, then, seconds in (
        ("یک ساعت بعد", "جمعه ۲۵ دی، ۱۲:۳۰", 3600),
        ("یک روز بعد", "شنبه ۲۶ دی، ۱۲:۳۰", 90_000),
        ("چهار هفته بعد", "شنبه ۲۴ بهمن، ۱۲:۳۰", 90_000 + 28 * 86_400),
    ):
        await offers(page, label)
        await expect(page.locator("#toast")).to_be_visible()
        await expect(shown).to_have_text(then)
        assert hands.now == before + seconds
    await expect(page.locator("#time progress")).to_be_hidden()
    # A new day is told once, above its first line.
    box.say("telegram", 1001, "a")
    box.say("telegram", 1001, "b")
    await expect(page.locator(".line")).to_have_count(2)
    await expect(page.locator(".day:visible")).to_have_count(1)


async def test_deleted_messages_and_a_reset_are_seen(box: Any, api: Any, page: Page) -> None:
    box.say("telegram", 1001, "a")
    sent = await bot(api, "می‌رود")
    await api.ok("telegram", "deleteMessage", chat_id=1001, message_id=sent["message_id"])
    await expect(page.locator(".line.deleted .bubble")).to_have_text("می‌رود")
    box.reset()
    await expect(page.locator(".empty")).to_be_visible()
    await expect(page.locator(".line")).to_have_count(0)
