"""Reporting that a tired person can do: anything opens a draft, and only what is missing is asked."""

from __future__ import annotations

from tests.story.stage import Stage, code_in, kinds
from tests.town import plain

TEXT = "چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است"
ASKED_WHERE = "جای دقیق مشکل کجاست؟"


async def test_a_joined_resident_needs_four_messages_from_the_first_word_to_the_code(stage: Stage) -> None:
    resident = stage.resident
    await resident.says(TEXT)  # 1
    await resident.presses("بدون نشانی")  # 2
    assert resident.buttons[0] == "برق و روشنایی"
    await resident.presses("برق و روشنایی")  # 3
    await resident.presses("ثبت گزارش")  # 4
    assert resident.last.startswith("گزارش شما ثبت شد.")


async def test_two_photos_and_a_place_and_no_typed_word_are_a_report(stage: Stage) -> None:
    resident, sandbox = stage.resident, stage.town.sandbox
    sandbox.album(resident.platform, resident.id, count=2)
    await stage.town.quiet()
    await stage.town.passes(10)
    assert resident.last.startswith(ASKED_WHERE)
    sandbox.location(resident.platform, resident.id, 30.2839, 57.0834)
    await stage.town.quiet()
    await resident.presses("نمی‌دانم")
    assert "عکس: ۲" in resident.last.splitlines()
    await resident.presses("ثبت گزارش")
    code = code_in(resident.last)
    await stage.carried()
    assert kinds(stage.coordinator)[-3:] == ["photo", "photo", "text"]
    assert code in stage.coordinator.last.splitlines()
    assert (await stage.case(code)).text == ""


async def test_what_is_wrong_may_be_told_before_the_neighbourhood_is_chosen(stage: Stage) -> None:
    resident = stage.town.person(stage.resident.platform, 1002)
    await resident.says("/start")
    await resident.presses("می‌پذیرم")
    await resident.says(TEXT)
    assert resident.last.startswith(ASKED_WHERE)


async def test_a_coordinator_gets_the_poster_of_the_neighbourhood(stage: Stage) -> None:
    coordinator = stage.coordinator
    await coordinator.says("/invite kerman/n1")
    await stage.town.passes(1)
    for platform in sorted(stage.town.names):
        name, host = {"telegram": ("تلگرام", "t.me"), "bale": ("بله", "ble.ir")}[platform]
        link = f"https://{host}/mahalleyar_sandbox_bot?start=join_kerman_n1"
        assert any(
            plain(line["text"]).startswith(f"دعوت به محلهٔ شهر در {name}.") and link in line["text"]
            for line in coordinator.chat
            if line["kind"] == "photo"
        )
