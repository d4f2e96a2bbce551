"""The story: one report goes from a resident's phone to the coordinator and back, and nothing accepted is lost."""

from __future__ import annotations

from domain.cases import Kind, Move, Reason, State
from storage import cases
from tests.story.conftest import ALL_ON
from tests.story.stage import Stage

#: The main story also has to go on Bale alone: as documented, and with all that may be otherwise.
ALWAYS_TOO = (("sqlite", "bale", ()), ALL_ON)

TEXT = "چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است"
TITLE = f"«{TEXT}»"


async def test_a_report_is_accepted_and_the_resident_reads_it(stage: Stage) -> None:
    resident, coordinator = stage.resident, stage.coordinator
    code = await resident.reports(TEXT)
    assert resident.last == (
        "گزارش شما ثبت شد. سپاسگزاریم.\nکد رهگیری:\n"
        f"{code}\n"
        "تا یکشنبه ۱۷ آبان منتظر پاسخ شورای پیشرفت محلهٔ شهر هستیم و آن را همین‌جا می‌فرستیم."
    )
    assert coordinator.last == (
        f"گزارش تازه در محلهٔ شهر\n{TITLE}\nموضوع: سایر\nمحل: بدون نشانی\nمهلت پاسخ: یکشنبه ۱۷ آبان\nکد:\n{code}"
    )
    assert coordinator.buttons == ["پذیرش", "پرسیدن", "رد با دلیل", "بیشتر"]

    await coordinator.presses("پذیرش")
    await coordinator.presses("پذیرش و اعلام")
    assert resident.last == (
        f"شورای پیشرفت محلهٔ شهر نوشتهٔ شما را پذیرفت:\n{TITLE}\n"
        "گام بعدی: بررسی در جلسهٔ شورا و اعلام نتیجه\nتا یکشنبه ۲۴ آبان"
    )
    case = await stage.case(code)
    assert (case.state, case.kind, case.text) == (State.ACCEPTED, Kind.PROBLEM, TEXT)
    history = await stage.town.run(lambda tx: cases.history(tx, case.id))
    assert [step.move for step in history] == [Move.SUBMIT, Move.ACCEPT]


async def test_a_report_is_rejected_with_a_reason_and_an_explanation(stage: Stage) -> None:
    resident, coordinator = stage.resident, stage.coordinator
    code = await resident.reports(TEXT)
    await coordinator.presses("رد با دلیل")
    await coordinator.presses("توضیح کافی نبود")
    await coordinator.says("کدام کوچهٔ ۱۲؟ نام خیابان را هم بنویسید.")
    assert resident.last == (
        f"شورای پیشرفت محلهٔ شهر نوشتهٔ شما را بررسی کرد، اما نتوانست آن را بپذیرد:\n{TITLE}\n"
        "دلیل: نشانی یا توضیح کافی نبود\nتوضیح: کدام کوچهٔ ۱۲؟ نام خیابان را هم بنویسید.\n"
        "اگر چیزی ناگفته مانده است، می‌توانید با توضیح بیشتر دوباره بفرستید."
    )
    case = await stage.case(code)
    assert case.state is State.REJECTED
    last = (await stage.town.run(lambda tx: cases.history(tx, case.id)))[-1]
    assert (last.move, last.reason) == (Move.REJECT, Reason.INSUFFICIENT)


async def test_nobody_notices_a_restart_between_any_two_steps(stage: Stage) -> None:
    town, coordinator = stage.town, stage.coordinator
    resident = town.person(stage.resident.platform, 1002)
    await resident.says("/start")
    await town.restart()
    await resident.presses("می‌پذیرم")
    await town.restart()
    await resident.presses("کرمان")
    await town.restart()
    await resident.presses("محلهٔ شهر")
    await town.restart()
    await resident.says(TEXT)
    await town.restart()
    await resident.presses("بدون نشانی")
    await town.restart()
    await resident.presses("نمی‌دانم")
    await town.restart()
    await resident.presses("ثبت گزارش")
    await town.restart()
    await coordinator.presses("پذیرش")
    await town.restart()
    await coordinator.says("برق منطقه را برای بازدید می‌فرستیم")
    await town.restart()
    await coordinator.presses("پذیرش و اعلام")
    assert resident.heard[-1].splitlines()[2] == "گام بعدی: برق منطقه را برای بازدید می‌فرستیم"
    assert sum("ثبت شد. سپاسگزاریم" in said for said in resident.heard) == 1
    # The card may come anew, where it could not be changed.
    assert f"پذیرفته شد و به گزارش‌دهنده خبر دادیم:\n{TITLE}" in coordinator.heard[-2:]
    assert not await town.run(lambda tx: tx.all("SELECT id FROM outbox WHERE state IN ('waiting', 'parked')"))
