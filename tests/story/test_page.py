"""The demonstration as its visitors see it: the story in the chat page, the program killed between any two steps."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.story.demo import Demo, presses, says

pytestmark = pytest.mark.chromium

TEXT = "چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است"


def goes_to(page: Page, demo: Demo, platform: str, person: str) -> None:
    page.goto(demo.url)
    page.get_by_role("tab", name=platform).click()
    page.get_by_role("tab", name=person).click()


def reads(page: Page, text: str) -> None:
    expect(page.locator("#log").get_by_text(text).last).to_be_visible()


@pytest.mark.parametrize(("resident_on", "coordinator_on"), [("بله", "تلگرام"), ("تلگرام", "بله")])
def test_the_story_is_walked_in_the_page_while_the_program_is_killed_between_the_steps(
    demo: Demo, page: Page, resident_on: str, coordinator_on: str
) -> None:
    def killed() -> None:
        demo.kill()
        demo.start()
        goes_to(page, demo, resident_on, "مریم")

    goes_to(page, demo, resident_on, "مریم")
    says(page, "/start")
    reads(page, "به محله‌یار خوش آمدید")
    killed()
    presses(page, "می‌پذیرم")
    reads(page, "محله‌تان در کدام شهرستان است؟")
    killed()
    says(page, "كرمان")
    reads(page, "در کدام شهر یا روستای شهرستان")
    presses(page, "شهر کرمان")
    reads(page, "محلهٔ خود را در")
    killed()
    says(page, "شاه عادل")
    reads(page, "محلهٔ شما:")
    says(page, TEXT)
    reads(page, "جای دقیق مشکل کجاست؟")
    presses(page, "بدون نشانی")
    reads(page, "این موضوع به کدام نزدیک‌تر است؟")
    killed()
    presses(page, "برق و روشنایی")
    reads(page, "پیش از ثبت، یک بار ببینید")
    killed()
    presses(page, "ثبت گزارش")
    reads(page, "گزارش شما ثبت شد")

    goes_to(page, demo, coordinator_on, "زهرا")
    reads(page, "گزارش تازه در")
    presses(page, "پذیرش")
    reads(page, "گام بعدی")
    killed()
    goes_to(page, demo, coordinator_on, "زهرا")
    presses(page, "پذیرش و اعلام")
    reads(page, "به گزارش‌دهنده خبر دادیم")
    goes_to(page, demo, resident_on, "مریم")
    reads(page, "نوشتهٔ شما را پذیرفت")
    assert demo.stop() == 0
