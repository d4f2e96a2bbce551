"""The demonstration's clock is moved in the page: what would have come meanwhile comes, in its order."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.story.demo import Demo, opens, presses, says

pytestmark = pytest.mark.chromium

TEXT = "چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است"


def moves(page: Page, span: str) -> None:
    """From the menu, as on a phone; returns once the clock has arrived."""
    with page.expect_response(lambda answer: answer.url.endswith("/sandbox/clock") and answer.request.method == "POST"):
        page.click("#attach")
        page.get_by_role("menuitem", name=f"{span} بعد", exact=True).click()
    expect(page.locator("#time progress")).to_be_hidden()


def date(page: Page) -> str:
    return page.locator("#time time").inner_text().partition("،")[0]


def test_days_pass_in_the_page_and_what_was_due_has_come(demo: Demo, page: Page) -> None:
    opens(page, demo, "bale/1001?start=join_kerman_mahalleh-shahr")
    page.click("#start")
    presses(page, "می‌پذیرم")
    says(page, TEXT)
    presses(page, "بدون نشانی")
    presses(page, "برق و روشنایی")
    presses(page, "ثبت گزارش")
    opens(page, demo, "telegram/1003")
    presses(page, "پرسیدن")
    says(page, "کدام کوچه؟")
    opens(page, demo, "bale/1001")
    presses(page, "پاسخ")
    opens(page, demo, "bale/1001")
    before = page.locator("#time time").inner_text()
    moves(page, "یک ساعت")
    expect(page.locator("#time time")).not_to_have_text(before)
    expect(page.locator(".line.bot .bubble").last).to_contain_text("کدام کوچه؟")
    moves(page, "چهار هفته")
    # The talk that was left open has closed on its day, weeks ago by now.
    expect(page.locator("#log").get_by_text("این گفت‌وگو نیمه‌کاره مانده بود و بسته شد.")).to_be_visible()
    moved = date(page)
    demo.kill()
    demo.start()
    opens(page, demo, "bale/1001")
    expect(page.locator("#time")).to_be_visible()
    assert date(page) == moved, "a new start does not go back in time"
    assert demo.stop() == 0
