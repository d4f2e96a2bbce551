"""The town's stories, each on Telegram, on Bale or on both, and on either database."""

from __future__ import annotations

import pytest

from domain.cases import Move, State
from domain.permissions import Role
from storage import cases, people
from tests.story.stage import DAY, Stage, code_in, kinds, newcomer, sends
from tests.town import Person

TEXT = "چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است"
TITLE = f"«{TEXT}»"
#: By itself it would open the bot; passed on, it only shows who wrote it.
GREETING = "سلام"
NEWS = "فردا ساعت ۱۰ صبح آب کوچه‌های شهید باهنر برای تعمیر لوله قطع است."


# --- reporting and answering ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "reviewed"),
    [("photo", "عکس: ۱"), ("voice", "صدا: دارد؛ دبیر و مسئولان شورا آن را می‌شنوند")],
    ids=["photo", "voice"],
)
async def test_a_photo_or_a_voice_alone_is_reported_seen_and_accepted(stage: Stage, kind: str, reviewed: str) -> None:
    resident, coordinator = stage.resident, stage.coordinator
    await sends(resident, kind)
    assert resident.last.startswith("جای دقیق مشکل کجاست؟")
    await resident.presses("بدون نشانی")
    assert resident.last == "این موضوع به کدام نزدیک‌تر است؟"
    await resident.presses("نمی‌دانم")
    lines = resident.last.splitlines()
    assert lines[:2] == ["پیش از ثبت، یک بار ببینید:", "موضوع: سایر"]
    assert reviewed in lines
    await resident.presses("ثبت گزارش")
    code = code_in(resident.last)
    assert resident.last == (
        f"گزارش شما ثبت شد. سپاسگزاریم.\nکد رهگیری:\n{code}\n"
        "تا یکشنبه ۱۷ آبان منتظر پاسخ شورای پیشرفت محلهٔ شهر هستیم و آن را همین‌جا می‌فرستیم."
    )
    await stage.carried()
    assert kinds(coordinator)[-2:] == [kind, "text"]
    assert coordinator.last == (
        f"گزارش تازه در محلهٔ شهر\n«بدون نوشته»\nموضوع: سایر\nمحل: بدون نشانی\nمهلت پاسخ: یکشنبه ۱۷ آبان\nکد:\n{code}"
    )
    await coordinator.presses("پذیرش")
    await coordinator.presses("پذیرش و اعلام")
    assert resident.last.splitlines()[-2:] == ["گام بعدی: بررسی در جلسهٔ شورا و اعلام نتیجه", "تا یکشنبه ۲۴ آبان"]
    assert ((await stage.case(code)).state, (await stage.case(code)).text) == (State.ACCEPTED, "")


async def test_a_question_is_asked_answered_by_voice_and_the_report_accepted(stage: Stage) -> None:
    resident, coordinator = stage.resident, stage.coordinator
    code = await resident.reports(TEXT)
    await coordinator.presses("پرسیدن")
    assert coordinator.last == (
        f"{TITLE}\nاز گزارش‌دهنده چه می‌پرسید؟ یک پرسش، حداکثر ۴۰۰ حرف. تا رسیدن پاسخ، مهلت شما می‌ایستد."
    )
    await coordinator.says("شمارهٔ تیرها را می‌دانید؟")
    assert resident.last == (
        f"شورای پیشرفت محلهٔ شهر دربارهٔ نوشتهٔ شما پرسشی دارد:\n{TITLE}\nپرسش: «شمارهٔ تیرها را می‌دانید؟»\n"
        "پاسخ را همین‌جا بنویسید یا بگویید. اگر تا چهارشنبه ۲۰ آبان پاسخی نرسد، با همین اطلاعات تصمیم گرفته می‌شود."
    )
    await stage.town.passes(4 * DAY)
    await resident.presses("پاسخ")
    await sends(resident, "voice")
    assert resident.last == (
        f"سپاسگزاریم. پاسخ شما رسید:\n{TITLE}\nتا سه‌شنبه ۱۹ آبان منتظر پاسخ شورای پیشرفت محلهٔ شهر هستیم."
    )
    await stage.carried()
    assert "voice" in kinds(coordinator)
    await coordinator.presses("پذیرش")
    await coordinator.says("برق منطقه را برای بازدید می‌فرستیم")
    await coordinator.presses("پذیرش و اعلام")
    assert resident.last == (
        f"شورای پیشرفت محلهٔ شهر نوشتهٔ شما را پذیرفت:\n{TITLE}\n"
        "گام بعدی: برق منطقه را برای بازدید می‌فرستیم\nتا سه‌شنبه ۲۶ آبان"
    )
    case = await stage.case(code)
    history = await stage.town.run(lambda tx: cases.history(tx, case.id))
    assert [step.move for step in history] == [Move.SUBMIT, Move.ASK, Move.ANSWER, Move.ACCEPT]


async def test_a_report_goes_to_the_neighbourhood_it_belongs_to_and_is_answered_there(stage: Stage) -> None:
    resident, coordinator = stage.resident, stage.coordinator
    there = await stage.staff(1005, Role.COORDINATOR, "kerman/n2")
    code = await resident.reports(TEXT)
    await coordinator.presses("بیشتر")
    await coordinator.presses("محلهٔ دیگر")
    await coordinator.says("مطهري")
    await coordinator.presses("انتقال")
    # The card may come anew, where it could not be changed.
    assert f"{TITLE}\nبه شهرک مطهری منتقل شد و به گزارش‌دهنده خبر دادیم." in coordinator.heard[-2:]
    assert resident.last == (
        f"گزارش شما به محلهٔ دیگری مربوط است و به آنجا منتقل شد:\n{TITLE}\nمحله: شهرک مطهری\n"
        "کد رهگیری همان است؛ تا یکشنبه ۱۷ آبان منتظر پاسخ شورای پیشرفت شهرک مطهری هستیم."
    )
    assert there.last == (
        f"گزارش تازه در شهرک مطهری\n{TITLE}\nموضوع: سایر\nمحل: بدون نشانی\nمهلت پاسخ: یکشنبه ۱۷ آبان\nکد:\n{code}"
    )
    await there.presses("پذیرش")
    await there.presses("پذیرش و اعلام")
    assert resident.last.splitlines()[0] == "شورای پیشرفت شهرک مطهری نوشتهٔ شما را پذیرفت:"
    assert (await stage.case(code)).path == "/kerman/city/n2/"


async def test_what_staff_find_sensitive_is_hidden_and_its_reporter_gets_the_lines_of_help(stage: Stage) -> None:
    resident, coordinator = stage.resident, stage.coordinator
    officer = await stage.staff(1004, Role.COUNTY_OFFICER, "kerman")
    await sends(resident, "photo")
    await resident.presses("بدون نشانی")
    await resident.presses("نمی‌دانم")
    await resident.presses("ثبت گزارش")
    code = code_in(resident.last)
    await stage.carried()
    await coordinator.presses("بیشتر")
    await coordinator.presses("حساس")
    await coordinator.presses("حساس است")
    assert "گزارشی در محلهٔ شهر حساس شناخته شد و پنهان است." in coordinator.heard
    assert resident.last.startswith("این موضوع شاید به کمک فوری و محرمانه نیاز داشته باشد.")
    assert "اورژانس اجتماعی: ۱۲۳" in resident.last.splitlines()
    await officer.says(f"/accept {code}")
    assert officer.last == "این گزارش حساس شناخته شد و پنهان است؛ کار شما ثبت نشد."
    await resident.says("/mine")
    assert resident.last == "هنوز گزارشی ثبت نکرده‌اید."
    await stage.carried()
    assert [row["state"] for row in await stage.town.run(lambda tx: tx.all("SELECT state FROM media"))] == ["gone"]


# --- roles ------------------------------------------------------------------------------------------------------------

GIVEN = (
    "نقش شما از امروز: دبیر شورا، شورای پیشرفت شهرک مطهری\nبدون تاریخ پایان\n"
    "گزارش‌های اهالی را می‌بینید و پاسخ می‌دهید.\nلینک دعوت محله و تصویر آن را می‌گیرید.\n"
    "اهالی را به جلسه دعوت می‌کنید.\nقول‌ها و کارها را می‌نویسید و نتیجهٔ آن‌ها را اعلام می‌کنید.\n"
    "برای اهالی پیام می‌فرستید.\nنظر اهالی را می‌پرسید."
)
SPENT = "این لینک استفاده شده یا زمانش گذشته است. لطفاً لینک تازه بخواهید."


async def role_of(stage: Stage, person: Person) -> list[tuple[str, str]]:
    """The roles beside the resident's, with their places."""
    number = await stage.town.run(lambda tx: people.find_account(tx, person.platform, person.id))
    assert number is not None
    found = await stage.town.run(lambda tx: people.seats(tx, number, stage.town.clock.seconds()))
    return [(seat.role.value, seat.path) for seat in found if seat.role is not Role.RESIDENT]


async def test_a_role_is_given_by_a_link_that_works_once(stage: Stage) -> None:
    officer = await stage.staff(1004, Role.COUNTY_OFFICER, "kerman")
    await officer.says("/grant")
    for label in ("ساختن لینک دعوت", "دبیر شورا", "شهرک مطهری، کرمان", "ساختن لینک"):
        await officer.presses(label)
    said, _, link = officer.last.rpartition("\n")
    assert said == "این لینک یک بار و تا چهارشنبه ۲۰ آبان کار می‌کند. فقط برای خودِ شخص بفرستید:"
    payload = link.partition("?start=")[2]
    await stage.resident.says(f"/start {payload}")
    if stage.links_are_cut:
        assert stage.resident.last == SPENT
        assert await role_of(stage, stage.resident) == []
        return
    assert stage.resident.last.splitlines()[0] == (
        "حسین شما را برای نقش «دبیر شورا» در شورای پیشرفت شهرک مطهری دعوت کرده است."
    )
    await stage.resident.presses("می‌پذیرم")
    assert stage.resident.last == "سپاسگزاریم. نقش شما از امروز: دبیر شورا، شورای پیشرفت شهرک مطهری"
    assert officer.last == "مریم دعوت را پذیرفت:\nدبیر شورا، شورای پیشرفت شهرک مطهری"
    assert await role_of(stage, stage.resident) == [("coordinator", "/kerman/city/n2/")]
    late = await newcomer(stage.town, stage.coordinator.platform, 1005)
    await late.says(f"/start {payload}")
    assert late.last == SPENT


@pytest.mark.parametrize("how", ["contact", "forward"])
async def test_a_role_is_given_to_whoever_is_brought_and_taken_back_again(stage: Stage, how: str) -> None:
    sandbox, on = stage.town.sandbox, stage.coordinator.platform
    officer = await stage.staff(1004, Role.COUNTY_OFFICER, "kerman")
    neighbor = await stage.neighbor()
    await officer.says("/grant")
    assert officer.last.splitlines()[0] == (
        "به چه کسی نقش می‌دهید؟ مخاطبش را بفرستید یا پیامی از او را به اینجا بفرستید (فوروارد)."
    )
    sandbox.forward(on, officer.id, author=neighbor.id, text=GREETING, hidden=True)
    await stage.town.quiet()
    assert officer.last == "این پیام حساب کسی را نشان نمی‌دهد. لطفاً مخاطبش را بفرستید یا لینک دعوت بسازید."
    if how == "contact":
        sandbox.contact(on, officer.id, owner=neighbor.id)
    else:
        sandbox.forward(on, officer.id, author=neighbor.id, text=GREETING)
    await stage.town.quiet()
    assert officer.last == "چه نقشی به رضا می‌دهید؟"
    for label in ("دبیر شورا", "شهرک مطهری، کرمان", "دادن نقش"):
        await officer.presses(label)
    assert neighbor.last == GIVEN
    assert await role_of(stage, neighbor) == [("coordinator", "/kerman/city/n2/")]
    await officer.says(f"/revoke {neighbor.id} coordinator kerman/n2")
    assert neighbor.last == (
        "نقش «دبیر شورا» در شورای پیشرفت شهرک مطهری از شما پس گرفته شد. بابت همراهی‌تان سپاسگزاریم."
    )
    assert await role_of(stage, neighbor) == []


# --- news -------------------------------------------------------------------------------------------------------------


async def test_a_decision_made_at_night_waits_for_the_morning_and_the_week_comes_on_thursday(stage: Stage) -> None:
    resident, coordinator, neighbor = stage.resident, stage.coordinator, await stage.neighbor()
    await resident.says("تنظیمات")
    await resident.presses("تنظیم خبرها")
    await resident.presses("هفته‌ای یک‌بار")
    assert resident.last == (
        "محلهٔ شما: محلهٔ شهر\nخبرها: هفته‌ای یک‌بار\n"
        "از ساعت ۱۰ شب (۲۲:۰۰) تا ۷ صبح (۰۷:۰۰) خبری نمی‌فرستیم و خبرها پس از آن می‌رسد. "
        "پاسخ به پیام خودتان همان لحظه می‌آید."
    )
    code = await neighbor.reports(TEXT)
    await stage.until(23)
    before = len(neighbor.heard), len(resident.heard)
    await coordinator.says(f"/accept {code} تعمیر چراغ‌ها")
    await stage.town.passes(7 * 3600)
    assert len(neighbor.heard) == before[0]
    await stage.until(7)
    await stage.town.passes(60)
    assert neighbor.heard[before[0] :] == [
        f"شورای پیشرفت محلهٔ شهر نوشتهٔ شما را پذیرفت:\n{TITLE}\nگام بعدی: تعمیر چراغ‌ها\nتا یکشنبه ۲۴ آبان"
    ]
    await stage.until(18)
    assert resident.heard[before[1] :] == [
        "خبرهای این هفته در محلهٔ شهر، از پنجشنبه ۷ آبان تا پنجشنبه ۱۴ آبان:\n"
        "یک گزارش پذیرفته شد و پیگیری می‌شود.\nتصمیم دیگری گرفته نشد.\n"
        "این خلاصه را می‌گیرید چون «هفته‌ای یک‌بار» را انتخاب کرده‌اید."
    ]


async def test_a_message_to_all_waits_for_the_morning_is_paused_and_reaches_everybody_once(stage: Stage) -> None:
    resident, coordinator, neighbor = stage.resident, stage.coordinator, await stage.neighbor()
    sent = f"پیام شورای پیشرفت محلهٔ شهر:\n{NEWS}\nاین پیام برای اهالی محلهٔ شهر فرستاده شده است."
    await stage.until(23)
    await coordinator.says("/broadcast")
    await coordinator.says(NEWS)
    assert coordinator.heard[-2] == sent
    assert coordinator.last.splitlines()[0] == "این پیام برای ۲ نفر از اهالی محلهٔ شهر فرستاده می‌شود:"
    assert coordinator.last.splitlines()[-2:] == [
        "اکنون ساعت استراحت اهالی است؛ پیام شما ساعت ۷ صبح (۰۷:۰۰) فرستاده می‌شود.",
        "تبلیغ انتخاباتی یا حزبی با این پیام‌ها مجاز نیست.",
    ]
    await coordinator.presses("ارسال")
    await stage.town.passes(1)
    progress = coordinator.last.splitlines()
    assert progress[1:] == [
        "ساعت استراحت اهالی است؛ ارسال از ساعت ۷ صبح (۰۷:۰۰) ادامه پیدا می‌کند.",
        "فرستاده شد: ۰ نفر از ۲ نفر",
    ]
    await coordinator.presses("توقف موقت")
    await stage.until(9)
    await stage.town.restart()
    await stage.town.passes(60)
    assert coordinator.last.splitlines()[1:] == ["ارسال موقتاً نگه داشته شده است.", "فرستاده شد: ۰ نفر از ۲ نفر"]
    assert not any(NEWS in said for person in (resident, neighbor) for said in person.heard)
    await coordinator.presses("ادامه")
    while not coordinator.last.endswith("\nفرستاده شد: ۲ نفر"):
        await stage.town.passes(1)
    assert coordinator.heard[-2].splitlines()[1:] == ["ارسال تمام شد.", "فرستاده شد: ۲ نفر از ۲ نفر"]
    for person in (resident, neighbor):
        assert person.heard.count(sent) == 1
        assert person.last == sent


async def test_a_message_to_all_with_a_photo_reaches_everybody_with_both(stage: Stage) -> None:
    coordinator, readers = stage.coordinator, (stage.resident, await stage.neighbor())
    words = "\n".join((NEWS, NEWS, NEWS, NEWS))
    await coordinator.says("/broadcast")
    stage.town.sandbox.photo(coordinator.platform, coordinator.id, caption=words)
    await stage.town.quiet()
    await coordinator.presses("ارسال")
    for _ in range(30):
        await stage.town.passes(1)
    assert coordinator.last.endswith("\nفرستاده شد: ۲ نفر")
    for person in readers:
        assert "photo" in kinds(person)[-2:]
        assert sum(words in said for said in person.heard) == 1
        assert person.buttons == ["چرا این پیام؟", "تنظیم خبرها"]
