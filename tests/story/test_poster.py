"""From a poster's code to a decision, in the chat page on a phone: every word that is read on the way."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.sandbox.browsing import OUTSIDE
from tests.story.demo import Demo, opens, presses, says, sends

pytestmark = pytest.mark.chromium

#: The newest so many messages of the bot, as soon as they read as wanted; after twenty seconds, as they then are. What
#: differs from run to run is replaced: the tracking code, and days of the real calendar.
HEARD = """async (wanted) => {
  const until = performance.now() + 20000;
  const read = (one) => one.innerText.replace(/[\\u200f\\u2060\\u2066-\\u2069]/g, "").replace(/\\b\\d{8}\\b/g, "CODE")
    .replace(/\\d{4}-\\d{2}-\\d{2}/, "DATE")
    .replace(/(?:[یدسچپ]\\S*شنبه|شنبه|جمعه) [۰-۹]{1,2} [\\u0620-\\u06cc]+(?: [۰-۹]{4})?/g, "DAY");
  for (;;) {
    const heard = [...document.querySelectorAll(".line.bot:not(.deleted) .bubble")].slice(-wanted.length).map(read);
    if (performance.now() > until || heard.join() === wanted.join()) return heard;
    await new Promise(requestAnimationFrame);
  }
}"""

#: Whatever can be scrolled sideways: the page or a part of it.
SIDEWAYS = """() => [document.documentElement, ...document.querySelectorAll("body *")]
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
  .filter((one) => one.tagName === "HTML" || ["auto", "scroll"].includes(getComputedStyle(one).overflowX))
  .map((one) => `${one.tagName}.${one.className} ${one.scrollWidth} > ${one.clientWidth}`)"""

TITLE = "«گزارش با عکس یا صدا، موضوع: خیابان و کوچه»"
COUNCIL = "شورای پیشرفت محلهٔ شهر (نمونه)"
RESIDENT, COORDINATOR = "bale/1002", "telegram/1003"

WELCOME = (
    "سلام. به محله‌یار خوش آمدید. اینجا می‌توانید مشکل یا پیشنهادتان را به شورای پیشرفت محله برسانید و نتیجه‌اش را همین‌جا "
    "ببینید؛ بنویسید، عکس بفرستید یا صدایتان را بفرستید.\n"
    "محله‌یار را نهادی که هنوز معلوم نشده است اداره می‌کند. نوشته، عکس و صدای شما را برای رسیدگی و پاسخ نگه می‌داریم. "
    "کد ملی نمی‌پرسیم. نام و شمارهٔ شما به شورا نشان داده نمی‌شود، مگر اینکه خودتان بخواهید. "
    "هر وقت خواستید، می‌توانید اطلاعاتتان را ببینید یا پاک کنید.\n"
    "در خطر فوری با ۱۱۰، ۱۱۵، ۱۲۵، ۱۱۲، ۱۲۳ تماس بگیرید.\n"
    "نسخهٔ نمایشی: نام‌ها و گزارش‌ها ساختگی است و هیچ گزارشی به شورا نمی‌رسد."
)
CARD = "محلهٔ شهر (نمونه){}\n«بدون نوشته»\nموضوع: خیابان و کوچه\nمحل: بدون نشانی\nمهلت پاسخ: DAY\nکد:\nCODE"


def hears(page: Page, *said: str) -> None:
    """The bot's newest messages read exactly so, and nothing on the page is pushed sideways by them."""
    assert page.evaluate(HEARD, list(said)) == list(said)
    assert [page.evaluate(measure) for measure in (SIDEWAYS, OUTSIDE)] == [[], []]


def shows_picture(page: Page) -> None:
    """The bot's newest picture has arrived and can be seen."""
    picture = page.locator(".line.bot img").last
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_in_viewport()
    assert picture.evaluate("async (one) => { await one.decode(); return one.naturalWidth }") > 40


def code_on(page: Page) -> str:
    """The newest tracking code on the page."""
    return re.findall(r"\b\d{8}\b", page.locator("#log").inner_text())[-1]


def test_a_posters_code_leads_to_a_photo_a_question_and_a_decision(demo: Demo, page: Page) -> None:
    opens(page, demo, COORDINATOR)
    payload = takes_the_poster(page)
    opens(page, demo, f"{RESIDENT}?start={payload}")
    code = reports_a_photo(page)
    opens(page, demo, COORDINATOR)
    asks(page, code)
    opens(page, demo, RESIDENT)
    answers(page)
    opens(page, demo, COORDINATOR)
    accepts(page)
    opens(page, demo, RESIDENT)
    hears(page, f"{COUNCIL} نوشتهٔ شما را پذیرفت:\n{TITLE}\nگام بعدی: بررسی در جلسهٔ شورا و اعلام نتیجه\nتا DAY")
    assert demo.stop() == 0


def takes_the_poster(page: Page) -> str:
    """The coordinator gets a picture with a code for each messenger; what Bale's leads to."""
    says(page, "/invite kerman/mahalleh-shahr")
    address, link = "https://{}/mahalleyar_sandbox_bot?start=", "join_kerman_mahalleh-shahr"
    posters = [
        f"دعوت به محلهٔ شهر (نمونه) در {name}. این پیام را برای اهالی بفرستید یا عکس را چاپ کنید:\n"
        f"{address.format(host)}{link}\nهر کس آن را باز کند، یک‌راست به همین محله می‌رسد."
        for name, host in (("تلگرام", "t.me"), ("بله", "ble.ir"))
    ]
    both = "برای چاپ: کدهای دعوت محلهٔ شهر (نمونه) برای همهٔ پیام‌رسان‌ها در یک عکس."
    posters.append(f"{both} نام پیام‌رسان زیر هر کد نوشته شده است.")
    paper = ("پرونده: \njoin_kerman_mahalleh-shahr_DATE.pdf", "پوستر دعوت محلهٔ شهر (نمونه) برای چاپ روی کاغذ آ۴.")
    hears(page, *posters, *paper)
    shows_picture(page)
    return link


def reports_a_photo(page: Page) -> str:
    page.click("#start")
    hears(page, WELCOME)
    presses(page, "می‌پذیرم")
    hears(
        page,
        "سپاسگزاریم.",
        "محلهٔ شما: محلهٔ شهر (نمونه)\nاز این به بعد خبرهای همین محله به شما می‌رسد. هر وقت خواستید، از «تنظیمات» محله را "
        "عوض کنید یا خبرها را قطع کنید.\nحالا می‌توانید مشکل محله را همین‌جا بنویسید.",
    )
    sends(page, "عکس نمونه")
    hears(
        page,
        "جای دقیق مشکل کجاست؟ اگر همین حالا آنجا هستید، جایتان را روی نقشه (لوکیشن) بفرستید؛ وگرنه نشانی یا نام "
        "جایی نزدیک آن (مثلاً مسجد یا مدرسه) را بنویسید. اگر نمی‌خواهید شناخته شوید، نام خیابان کافی است.",
    )
    presses(page, "بدون نشانی")
    hears(page, "این موضوع به کدام نزدیک‌تر است؟")
    presses(page, "خیابان و کوچه")
    hears(
        page,
        "پیش از ثبت، یک بار ببینید:\nموضوع: خیابان و کوچه\nتوضیح: بدون نوشته\nمحل: بدون نشانی، محلهٔ شهر (نمونه)\n"
        "عکس: ۱\nنام و شمارهٔ شما به شورا نشان داده نمی‌شود.",
    )
    presses(page, "ثبت گزارش")
    hears(
        page,
        f"گزارش شما ثبت شد. سپاسگزاریم.\nکد رهگیری:\nCODE\nتا DAY منتظر پاسخ {COUNCIL} هستیم و آن را همین‌جا می‌فرستیم.",
    )
    return code_on(page)


def asks(page: Page, code: str) -> None:
    hears(page, "", f"گزارش تازه در {CARD.format('')}")
    shows_picture(page)
    assert code_on(page) == code
    presses(page, "پرسیدن")
    hears(page, f"{TITLE}\nاز گزارش‌دهنده چه می‌پرسید؟ یک پرسش، حداکثر ۴۰۰ حرف. تا رسیدن پاسخ، مهلت شما می‌ایستد.")
    says(page, "این چاله در کدام کوچه است؟")
    hears(page, f"پرسش شما فرستاده شد:\n{TITLE}\nتا DAY منتظر پاسخ می‌مانیم؛ اگر نرسد، گزارش دوباره به شما برمی‌گردد.")


def answers(page: Page) -> None:
    hears(
        page,
        f"{COUNCIL} دربارهٔ نوشتهٔ شما پرسشی دارد:\n{TITLE}\nپرسش: «این چاله در کدام کوچه است؟»\n"
        "پاسخ را همین‌جا بنویسید یا بگویید. اگر تا DAY پاسخی نرسد، با همین اطلاعات تصمیم گرفته می‌شود.",
    )
    presses(page, "پاسخ")
    hears(
        page,
        "پرسش: «این چاله در کدام کوچه است؟»\nپاسخ را بنویسید، بگویید یا عکس بفرستید. لطفاً نام یا شمارهٔ کسی را ننویسید.",
    )
    says(page, "کوچهٔ ۱۲، روبه‌روی نانوایی")
    hears(page, f"سپاسگزاریم. پاسخ شما رسید:\n{TITLE}\nتا DAY منتظر پاسخ {COUNCIL} هستیم.")


def accepts(page: Page) -> None:
    answered = "\nپرسش: «این چاله در کدام کوچه است؟»\nگزارش‌دهنده: «کوچهٔ ۱۲، روبه‌روی نانوایی»"
    hears(page, "", f"گزارش در {CARD.format('، در حال بررسی')}{answered}")
    presses(page, "پذیرش")
    hears(
        page,
        f"{TITLE}\nگام بعدی: بررسی در جلسهٔ شورا و اعلام نتیجه\nتا DAY\n"
        "گزارش‌دهنده همین را می‌خواند. اگر گام دیگری است، همین‌جا بنویسید.\n"
        "اهالی می‌خوانند: «خیابان و کوچه»\nعکس برای اهالی: ۰ از ۱",
    )
    presses(page, "پذیرش و اعلام")
    hears(page, f"پذیرفته شد و به گزارش‌دهنده خبر دادیم:\n{TITLE}")
