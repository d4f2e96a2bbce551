"""People's own: which news and when, what is kept of them, and what goes on their word or by itself."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from domain.permissions import Role
from handlers.talk import Notice, Reply
from storage import people
from storage.audience import Unasked
from tests.sentences import said
from tests.town import Person, Town, make_town

TEXT = "چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است"
HOUR, DAY = 3600, 86400
#: Everything but the digest of those who chose that.
ALL = set(Unasked) - {Unasked.DIGEST}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with make_town(tmp_path) as opened:
        yield opened


@pytest.fixture
async def resident(town: Town) -> Person:
    person = town.person("bale", 1001)
    await person.settles()
    return person


async def a_coordinator(town: Town) -> Person:
    coordinator = town.person("telegram", 1003)
    await coordinator.says("/start")
    await coordinator.presses("می‌پذیرم")
    await coordinator.says("/cancel")
    await town.grant(coordinator, Role.COORDINATOR, "kerman/n1")
    return coordinator


async def submits(person: Person, text: str = TEXT, more: str = "") -> str:
    if text:
        await person.says(text)
    await person.presses("بدون نشانی")
    await person.presses("نمی‌دانم")
    if more:
        await person.says(more)
    await person.presses("ثبت گزارش")
    receipt = next(text for text in reversed(person.heard) if text.startswith("گزارش شما ثبت شد"))
    return next(line for line in receipt.splitlines() if line.isdigit() and line.isascii())


async def number_of(town: Town, person: Person) -> int:
    found = await town.run(lambda tx: people.find_account(tx, person.platform, person.id))
    assert found is not None
    return found


async def hears(town: Town, person: Person, why: Unasked) -> list[str]:
    """Tell somebody something unasked; what they read of it right away."""
    who, before = await number_of(town, person), len(person.heard)
    notice = Notice(who, Reply("forget-done"), why)
    await town.run(lambda tx: town.app.writer.notice(tx, notice, town.clock.seconds()))
    for sender in town.app.senders.values():
        sender.wake()
    await town.quiet()
    return person.heard[before:]


async def until(town: Town, hour: int) -> None:
    """Let time pass to the next full hour of this number in Tehran."""
    local = (town.clock.seconds() + 12600) % DAY  # 3:30 ahead of UTC
    await town.passes((hour * HOUR - local) % DAY)


def stored(town: Town) -> list[Path]:
    return [path for path in (town.settings.key_file().parent / "media").rglob("*") if path.is_file()]


# --- settings -----------------------------------------------------------------------------------------------------


async def test_the_settings_say_what_holds_and_change_it_in_place(town: Town, resident: Person) -> None:
    await resident.says("تنظیمات")
    assert resident.last == (
        "محلهٔ شما: محلهٔ شهر\nخبرها: همهٔ خبرها\n"
        "از ساعت ۱۰ شب (۲۲:۰۰) تا ۷ صبح (۰۷:۰۰) خبری نمی‌فرستیم و خبرها پس از آن می‌رسد. "
        "پاسخ به پیام خودتان همان لحظه می‌آید."
    )
    lines = len(resident.heard)
    await resident.presses("تنظیم خبرها")
    assert resident.buttons == ["همهٔ خبرها", "هفته‌ای یک‌بار", "فقط کار خودم"]
    await resident.presses("هفته‌ای یک‌بار")
    assert "خبرها: هفته‌ای یک‌بار" in resident.last
    await resident.presses("تنظیم خبرها")
    await resident.presses("فقط کار خودم")
    assert "خبرها: فقط کار خودم" in resident.last
    assert len(resident.heard) == lines, "the same message throughout"


@pytest.mark.parametrize(
    ("choice", "reached"),
    [
        ("همهٔ خبرها", ALL),
        ("هفته‌ای یک‌بار", {Unasked.DIGEST, Unasked.URGENT, Unasked.OWN_CASE, Unasked.DUTY, Unasked.ASKED}),
        ("فقط کار خودم", {Unasked.OWN_CASE, Unasked.DUTY, Unasked.ASKED}),
    ],
)
async def test_what_is_chosen_decides_what_comes(
    town: Town, resident: Person, choice: str, reached: set[Unasked]
) -> None:
    await resident.says("/settings")
    await resident.presses("تنظیم خبرها")
    await resident.presses(choice)
    assert {why for why in Unasked if await hears(town, resident, why)} == reached


async def test_nothing_at_all_leaves_only_duty_and_what_was_asked_for(town: Town, resident: Person) -> None:
    await resident.says("/stop")
    await resident.presses("هیچ پیامی نفرستید")
    assert {why for why in Unasked if await hears(town, resident, why)} == {Unasked.DUTY, Unasked.ASKED}
    await resident.says("/stop")
    assert resident.last == said("stopped-all"), "stopping again does not bring back what was stopped"
    await resident.says("/settings")
    assert "خبرها: همهٔ پیام‌ها قطع است" in resident.last


# --- quiet hours --------------------------------------------------------------------------------------------------


async def test_what_comes_at_night_waits_for_the_morning(town: Town, resident: Person) -> None:
    await until(town, 23)
    assert await hears(town, resident, Unasked.OWN_CASE) == []
    before = len(resident.heard)
    await town.passes(7 * HOUR + 50 * 60)
    assert len(resident.heard) == before
    await town.passes(11 * 60)
    assert resident.heard[before:] == [said("forget-done")], "at seven, and once"


async def test_who_is_talking_at_night_hears_of_their_own_case_at_once(town: Town, resident: Person) -> None:
    await until(town, 23)
    assert await hears(town, resident, Unasked.OWN_CASE) == []
    await resident.says("/menu")
    assert resident.last == said("menu")
    assert await hears(town, resident, Unasked.OWN_CASE) == [said("forget-done")], "past what waits"
    assert await hears(town, resident, Unasked.NEWS) == []
    await town.passes(16 * 60)
    assert await hears(town, resident, Unasked.OWN_CASE) == []


async def test_own_quiet_hours_count_from_the_moment_they_are_chosen(town: Town, resident: Person) -> None:
    await until(town, 23)
    assert await hears(town, resident, Unasked.NEWS) == []
    await resident.says("/settings")
    await resident.presses("ساعت استراحت")
    await resident.says("شب تا صبح")
    assert resident.last == said("settings-quiet-wrong")
    await resident.says("۲۳ تا ۵:۳۰")
    assert "از ساعت ۱۱ شب (۲۳:۰۰) تا ۵:۳۰ صبح (۰۵:۳۰)" in resident.last
    before = len(resident.heard)
    await town.passes(6 * HOUR + 29 * 60)
    assert len(resident.heard) == before
    await town.passes(2 * 60)
    assert resident.heard[before:] == [said("forget-done")], "what waited waits for the new end"


async def test_without_quiet_hours_everything_comes_at_once(town: Town, resident: Person) -> None:
    await resident.says("/settings")
    await resident.presses("ساعت استراحت")
    assert resident.buttons[:2] == ["۲۲ تا ۷", "۲۱ تا ۸"]
    await resident.presses("بدون ساعت استراحت")
    assert resident.last.endswith("ساعت استراحت: ندارد")
    await until(town, 3)
    assert await hears(town, resident, Unasked.NEWS) == [said("forget-done")]


async def test_what_waits_at_night_goes_when_it_is_stopped_before(town: Town, resident: Person) -> None:
    await until(town, 23)
    assert await hears(town, resident, Unasked.OWN_CASE) == []
    await resident.says("/stop")
    await resident.presses("هیچ پیامی نفرستید")
    before = len(resident.heard)
    await town.passes(12 * HOUR)
    assert resident.heard[before:] == []


# --- the digest ---------------------------------------------------------------------------------------------------


async def chooses_weekly(person: Person) -> None:
    await person.says("/settings")
    await person.presses("تنظیم خبرها")
    await person.presses("هفته‌ای یک‌بار")


async def test_the_week_comes_in_one_message_on_thursday_evening(town: Town, resident: Person) -> None:
    coordinator = await a_coordinator(town)
    await chooses_weekly(resident)
    other = town.person("telegram", 1002)
    await other.settles()
    first = await submits(other)
    second = await submits(other, "زباله‌های کوچهٔ پنجم را نمی‌برند")
    await coordinator.says(f"/accept {first} تعمیر چراغ‌ها")
    await coordinator.says(f"/reject {second} insufficient نشانی دقیق نیست")
    before = len(resident.heard)
    await town.passes(DAY)  # Thursday morning
    await until(town, 17)
    assert resident.heard[before:] == []
    await until(town, 18)
    assert resident.heard[before:] == [
        "خبرهای این هفته در محلهٔ شهر، از پنجشنبه ۷ آبان تا پنجشنبه ۱۴ آبان:\n"
        "یک گزارش پذیرفته شد و پیگیری می‌شود.\nدربارهٔ یک گزارش دیگر هم تصمیم گرفته شد.\n"
        "این خلاصه را می‌گیرید چون «هفته‌ای یک‌بار» را انتخاب کرده‌اید."
    ]
    assert resident.buttons == ["تنظیم خبرها"]
    for _ in range(8):
        await town.passes(DAY)
    assert len(resident.heard) == before + 1, "a week without news is a week without a message"


async def test_the_digest_survives_a_restart_and_is_not_sent_twice(town: Town, resident: Person) -> None:
    coordinator = await a_coordinator(town)
    await chooses_weekly(resident)
    other = town.person("telegram", 1002)
    await other.settles()
    await coordinator.says(f"/accept {await submits(other)} تعمیر چراغ‌ها")
    before = len(resident.heard)
    town.clock.move(DAY + 10 * HOUR)  # past Thursday 18:00, with nobody looking
    await town.restart()
    await town.passes(1)
    await town.restart()
    await town.passes(60)
    assert len(resident.heard) == before + 1


# --- my data ------------------------------------------------------------------------------------------------------


async def test_my_data_are_told_in_words_and_given_as_a_file(town: Town, resident: Person) -> None:
    await submits(resident)
    await resident.says("/mydata")
    values = {"neighborhood": "محلهٔ شهر", "cases": 1, "words": 1, "media": 0, "drafts": 0, "roles": 0, "accounts": 1}
    assert resident.last.startswith(said("mydata", **values))
    await resident.presses("دریافت فایل")
    await town.passes(2)
    document = next(line for line in reversed(resident.chat) if line["kind"] == "document")
    messenger = town.sandbox.messengers["bale"]
    file = messenger.file(document["media"]["document"]["file_id"])
    assert file is not None
    found = json.loads(messenger.file_content(file))
    assert [one["words"] for one in found["words"]] == [TEXT]
    assert found["accounts"][0]["user_id"] == 1001
    assert found["persons"][0]["created"] == "2026-11-04T06:00:00Z"
    assert len(stored(town)) == 1
    await town.passes(DAY + 60)
    await town.passes(1)
    assert stored(town) == [], "the file lies ready for a day and no longer"


async def test_whoever_wants_no_message_still_gets_the_file_they_ask_for(town: Town, resident: Person) -> None:
    await resident.says("/stop")
    await resident.presses("هیچ پیامی نفرستید")
    await until(town, 23)
    await resident.says("/mydata")
    await resident.presses("دریافت فایل")
    await town.passes(2)
    assert [line["kind"] for line in resident.chat][-2:] == ["document", "text"]


# --- forget -------------------------------------------------------------------------------------------------------


async def rows(town: Town, query: str) -> list[Any]:
    return await town.run(lambda tx: tx.all(query))


async def test_forgetting_takes_photos_and_voices_from_the_store_too(town: Town, resident: Person) -> None:
    await a_coordinator(town)
    town.sandbox.photo("bale", 1001)
    await town.quiet()
    town.sandbox.voice("bale", 1001)
    await town.quiet()
    await submits(resident, "")
    await town.passes(2)
    assert len(stored(town)) == 2
    await resident.says("/forget")
    assert "صدای شما پاک می‌شود" in resident.last
    await resident.presses("حذف اطلاعات من")
    assert await rows(town, "SELECT 1 AS found FROM media WHERE state <> 'gone'") == []
    await town.passes(2)
    assert stored(town) == []
    assert await rows(town, "SELECT 1 AS found FROM media WHERE sha256 IS NOT NULL OR person IS NOT NULL") == []


async def test_a_published_photo_stays_and_the_voice_goes(town: Town, resident: Person) -> None:
    await a_coordinator(town)
    town.sandbox.photo("bale", 1001)
    await town.quiet()
    town.sandbox.voice("bale", 1001)
    await town.quiet()
    await submits(resident, "")
    await town.passes(2)
    await town.run(
        lambda tx: tx.run(
            "UPDATE attachments SET released = 1 WHERE media IN (SELECT id FROM media WHERE kind = 'photo')"
        )
    )
    await resident.says("/forget")
    await resident.presses("حذف اطلاعات من")
    await town.passes(2)
    assert [row["kind"] for row in await rows(town, "SELECT kind FROM media WHERE state = 'kept'")] == ["photo"]
    assert len(stored(town)) == 1


# --- what goes by itself ------------------------------------------------------------------------------------------


async def days(town: Town, number: int) -> None:
    for _ in range(number):
        await town.passes(DAY)
    await town.passes(1)


async def test_a_rejected_report_is_erased_after_thirty_days(town: Town, resident: Person) -> None:
    coordinator = await a_coordinator(town)
    town.sandbox.photo("bale", 1001)
    await town.quiet()
    code = await submits(resident, "", more=TEXT)
    await town.passes(2)
    await coordinator.says(f"/reject {code} insufficient نشانی دقیق نیست")
    await days(town, 29)
    assert len(await rows(town, "SELECT 1 AS found FROM words")) >= 2
    assert len(stored(town)) == 1
    await days(town, 2)
    assert await rows(town, "SELECT 1 AS found FROM words") == []
    assert await rows(town, "SELECT 1 AS found FROM parties") == []
    assert stored(town) == []
    (case,) = await rows(town, "SELECT state, category FROM cases")
    assert case["state"] == "rejected", "what became of it stays to be counted"
    for command in ("/mine", f"/track {code}"):
        await resident.says(command)
        assert TEXT not in resident.last
    await coordinator.says(f"/case {code}")
    assert TEXT not in coordinator.last


async def test_a_withdrawn_report_is_nobodys_after_a_year(town: Town, resident: Person) -> None:
    await submits(resident)
    await town.run(lambda tx: tx.run("UPDATE cases SET state = 'withdrawn', since = :now", now=town.clock.seconds()))
    town.clock.move(364 * DAY)
    await town.passes(1)
    assert len(await rows(town, "SELECT 1 AS found FROM parties")) == 1
    await days(town, 2)
    (word,) = await rows(town, "SELECT words, person FROM words")
    assert (word["words"], word["person"]) == (TEXT, None)
    assert await rows(town, "SELECT 1 AS found FROM parties") == []
    assert await rows(town, "SELECT actor FROM moves WHERE actor IS NOT NULL") == []


async def test_photos_of_a_draft_that_nobody_submitted_go(town: Town, resident: Person) -> None:
    town.sandbox.photo("bale", 1001)
    await town.quiet()
    await days(town, 3)
    await days(town, 2)
    assert [row["state"] for row in await rows(town, "SELECT state FROM media")] == ["gone"]


async def test_shorter_times_are_settings(tmp_path: Path) -> None:
    async with make_town(tmp_path) as town:
        assert (town.app.town.rejected_days, town.app.town.closed_months) == (30, 12)
        assert (town.app.town.digest_weekday, town.app.town.digest_hour) == (3, 18)


# --- numbers ------------------------------------------------------------------------------------------------------


async def test_numbers_are_found_by_need_before_consent_too(town: Town) -> None:
    stranger = town.person("telegram", 1002)
    await stranger.says("/numbers")
    assert stranger.last.split("\n")[0] == said("numbers")
    assert stranger.buttons == ["خطر فوری", "بیماری", "خانواده", "شهر و طبیعت", "آب، برق، گاز", "شکایت"]
    await stranger.presses("آب، برق، گاز")
    assert stranger.last.startswith(
        "شماره‌ها برای «آب، برق، گاز»:\nحوادث برق: ۱۲۱\nقطعی برق و خطر برق‌گرفتگی\nساعت پاسخ معلوم نیست\n"
        "در همهٔ استان پاسخ می‌دهد\nآخرین بررسی: ۱۴۰۴/۱۰/۰۲"
    )
    await stranger.presses("خانواده")
    assert "صدای مشاور: ۱۴۸۰" in stranger.last
    assert "ساعت پاسخ: ۸ تا ۲۴" in stranger.last
    assert "۰۹۶۲۸" not in stranger.last, "reported stopped: shipped, and not shown"
    await stranger.presses("شهر و طبیعت")
    assert "فقط در بعضی شهرستان‌ها پاسخ می‌دهد" in stranger.last


@pytest.mark.parametrize("about", ["", "x", "danger:1"])
async def test_a_need_that_does_not_exist_shows_what_there_is(town: Town, resident: Person, about: str) -> None:
    await resident.says("/numbers")
    await resident.forges(f"a:numbers.need:{about}")
    assert resident.last.split("\n")[0] == said("numbers")
