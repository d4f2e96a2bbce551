"""A message to many is corrected after it was sent: by its author alone, everywhere, in order, and counted."""

from __future__ import annotations

import pytest

from domain.permissions import Role
from storage import broadcasts, corrections, outbox, people
from storage.outbox import Class
from storage.tx import Tx
from tests.town import Person, Town
from tests.town_talks.many import (
    HELD,
    WORDS,
    a_written_slice,
    crowd,
    hold_back,
    let_go,
    slow,
    staff,
    until_over,
    until_sent,
)

NEW = "فردا ساعت ۱۱ صبح آب کوچه‌های شهید باهنر برای تعمیر لوله قطع است."
BUTTONS = ["چرا این پیام؟", "تنظیم خبرها"]
NEWER = "فردا ساعت ۱۲ ظهر آب کوچه‌های شهید باهنر برای تعمیر لوله قطع است."


@pytest.fixture
def town(quiet_town: Town) -> Town:
    return quiet_town


async def sent(town: Town, coordinator: Person) -> None:
    await coordinator.says(f"/broadcast {WORDS}")
    await coordinator.presses("ارسال")
    await until_over(town)


async def corrects(coordinator: Person, words: str) -> None:
    await coordinator.forges("a:correct.begin:1")
    await coordinator.says(words)
    await coordinator.presses("اصلاح شود")


async def until_corrected(town: Town, seconds: int = 200) -> None:
    for _ in range(seconds):
        await town.passes(1)
        found = await town.run(lambda tx: corrections.latest(tx, 1))
        if found is not None and found.ended is not None:
            return
    raise AssertionError("never over")


def reads(person: Person, words: str) -> int:
    """How many of the messages in a chat say this now."""
    return sum(1 for said in person.heard if words in said)


def readings(town: Town, platform: str, numbers: range, words: str) -> set[int]:
    return {reads(town.person(platform, number), words) for number in numbers}


# --- the way through it -----------------------------------------------------------------------------------------------


async def test_the_author_corrects_what_was_sent_and_everybody_reads_the_new_words(anywhere: Town) -> None:
    town = anywhere
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    readers = [town.person("bale", 1001), town.person("telegram", 1002)]
    for person in readers:
        await person.settles()
    await coordinator.says(f"/broadcast {WORDS}")
    assert "پس از ارسال، پیام پس گرفته نمی‌شود؛ فقط می‌توانید اصلاحش کنید." in coordinator.last
    await coordinator.presses("ارسال")
    await until_over(town)
    assert coordinator.buttons == ["اصلاح متن", "متن ساده"]
    await coordinator.presses("اصلاح متن")
    assert coordinator.last == (
        f"متن اکنون این است:\n«{WORDS}»\nمتن تازه را بنویسید، از ۱۰ تا ۳۵۰۰ حرف. "
        "پیام کسانی که آن را گرفته‌اند عوض می‌شود و پیام دیگری به آن‌ها نمی‌رسد."
    )
    await coordinator.says(NEW)
    assert coordinator.heard[-2].startswith(f"پیام شورای پیشرفت محلهٔ شهر:\n{NEW}\n")
    assert coordinator.last == (
        "«فردا ساعت ۱۱ صبح آب کوچه‌های شهید باهنر برای تعمیر لوله قطع…»\n"
        "این متن جای متن قبلی می‌آید. ۲ نفر از اهالی محلهٔ شهر متن قبلی را گرفته‌اند و پیامشان عوض می‌شود.\n"
        "در بله معلوم نیست اصلاح برای همه دیده شود؛ پیام آنجا به ۱ نفر رسیده است."
    )
    assert coordinator.buttons == ["اصلاح شود", "ویرایش", "بازگشت", "انصراف"]
    heard = [len(person.heard) for person in readers]
    await coordinator.presses("اصلاح شود")
    await until_corrected(town)
    for person, before in zip(readers, heard, strict=True):
        assert len(person.heard) == before, "nobody gets another message"
        assert person.last == f"پیام شورای پیشرفت محلهٔ شهر:\n{NEW}\nاین پیام برای اهالی محلهٔ شهر فرستاده شده است."
        assert person.buttons == BUTTONS
    assert coordinator.last.split("\n")[1:] == [
        "متن پیام اصلاح شد: ۲ نفر",
        "برای ۱ نفر از آن‌ها پیام‌رسان نمی‌گوید که متن تازه دیده می‌شود یا نه.",
    ]
    assert "متن پیام اصلاح شد: ۲ نفر" in next(said for said in coordinator.heard if "ارسال تمام شد." in said)
    await coordinator.says("پیام‌های فرستاده‌شده")
    await coordinator.presses(coordinator.buttons[0])
    assert coordinator.last.endswith("اصلاح متن: چهارشنبه ۱۳ آبان، ساعت ۹:۳۰ صبح (۰۹:۳۰)، به دست خودتان")


async def test_what_was_said_before_is_kept_with_who_and_when(town: Town) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await town.person("bale", 1001).settles()
    await sent(town, coordinator)
    author = await town.run(lambda tx: people.find_account(tx, "telegram", coordinator.id))
    for words in (NEW, NEWER):
        await corrects(coordinator, words)
        await until_corrected(town)
    rows = await town.run(lambda tx: tx.all("SELECT author, former, words, changed FROM corrections ORDER BY id"))
    assert [tuple(row) for row in rows] == [(author, WORDS, NEW, 1), (author, NEW, NEWER, 1)]


async def test_nobody_else_corrects_it_and_not_without_the_office(town: Town) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    colleague = await staff(town, Role.COORDINATOR, "kerman/n1", "bale", 1004)
    elsewhere = await staff(town, Role.COORDINATOR, "kerman/n2", "bale", 1005)
    reader = town.person("telegram", 1001)
    await reader.settles()
    await sent(town, coordinator)
    await colleague.says("پیام‌های فرستاده‌شده")
    await colleague.presses(colleague.buttons[0])
    assert "اصلاح متن" not in colleague.buttons
    await colleague.forges("a:correct.begin:1")
    assert colleague.last == "پیام را فقط کسی که آن را فرستاده است می‌تواند اصلاح کند."
    for about in ("1", "2", "x", ""):
        await elsewhere.forges(f"a:correct.begin:{about}")
        assert elsewhere.last == "این پیام پیدا نشد."
    await reader.forges("a:correct.begin:1")
    assert reader.last.startswith("این بخش برای شما باز نیست.")
    await coordinator.presses("اصلاح متن")
    await coordinator.says(NEW)

    def leave(tx: Tx) -> None:
        person = people.find_account(tx, "telegram", coordinator.id)
        assert person is not None
        people.revoke(tx, person, Role.COORDINATOR, None, town.clock.seconds())

    await town.run(leave)
    await coordinator.presses("اصلاح شود")
    assert coordinator.last.startswith("این بخش برای شما باز نیست.")
    assert await town.run(lambda tx: corrections.latest(tx, 1)) is None


async def test_a_colleague_who_looks_on_sees_the_progress_without_the_button(town: Town) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    colleague = await staff(town, Role.COORDINATOR, "kerman/n1", "bale", 1004)
    await crowd(town, 2)
    await coordinator.says(f"/broadcast {WORDS}")
    hold_back(town, 1)
    await coordinator.presses("ارسال")
    await town.passes(1)
    await colleague.says("پیام‌های فرستاده‌شده")
    await colleague.presses(colleague.buttons[0])
    assert colleague.buttons == ["توقف موقت", "لغو ارسال"]
    assert coordinator.buttons == ["توقف موقت", "لغو ارسال", "اصلاح متن"]
    await colleague.presses("توقف موقت")
    assert (colleague.buttons, coordinator.buttons) == (
        ["ادامه", "لغو ارسال"],
        ["ادامه", "لغو ارسال", "اصلاح متن"],
    )
    await let_go(town)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("کوتاه", "پیام باید دست‌کم ۱۰ و حداکثر ۳۵۰۰ حرف داشته باشد. لطفاً دوباره بنویسید."),
        (WORDS, "متن تغییری نکرده است. لطفاً متن تازه را بنویسید."),
    ],
)
async def test_what_is_no_correction_is_refused(town: Town, said: str, answer: str) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await town.person("bale", 1001).settles()
    await sent(town, coordinator)
    await coordinator.presses("اصلاح متن")
    await coordinator.says(said)
    assert coordinator.last == answer


async def test_words_under_a_photo_are_corrected_there_if_they_fit(anywhere: Town) -> None:
    town = anywhere
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    readers = [town.person("bale", 1001), town.person("telegram", 1002)]
    for person in readers:
        await person.settles()
    await coordinator.says("/broadcast")
    town.sandbox.photo("telegram", coordinator.id, caption=WORDS)
    await town.quiet()
    await coordinator.presses("ارسال")
    await until_over(town)
    await coordinator.presses("اصلاح متن")
    await coordinator.says("سلام به همهٔ اهالی. " * 100)
    assert coordinator.last == "این متن زیر عکس جا نمی‌شود. لطفاً آن را در حداکثر ۷۰۰ حرف بنویسید."
    await coordinator.says(NEW)
    await coordinator.presses("اصلاح شود")
    await until_corrected(town)
    for person in readers:
        assert (person.chat[-1]["kind"], NEW in person.last, person.buttons) == (
            "photo",
            True,
            BUTTONS,
        )


async def test_words_that_came_under_a_photo_of_their_own_stay_a_message_of_their_own(town: Town) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1", "bale")
    reader = town.person("telegram", 1001)
    await reader.settles()
    await coordinator.says("/broadcast")
    town.sandbox.photo("bale", coordinator.id)
    await town.quiet()
    await coordinator.says("سلام به همهٔ اهالی. " * 100)
    await coordinator.presses("ارسال")
    await until_over(town)
    await corrects(coordinator, NEW)
    await until_corrected(town)
    assert [line["kind"] for line in reader.chat[-2:]] == ["photo", "text"]
    assert NEW in reader.last


# --- in between -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("small_slices")
async def test_those_who_have_it_get_it_changed_and_the_others_get_the_new_words(anywhere: Town) -> None:
    """Also those to whom the former words were on their way at that moment, and across restarts in between."""
    town = anywhere
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await crowd(town, 140)
    await slow(town)
    await coordinator.says(f"/broadcast {WORDS}")
    hold_back(town)
    await coordinator.presses("ارسال")
    await town.passes(1)
    await until_sent(town, 100 - HELD)
    one = await town.run(lambda tx: broadcasts.get(tx, 1))
    assert one is not None
    assert not one.written
    await coordinator.presses("اصلاح متن")
    await coordinator.says(NEW)
    assert "به بقیه از حالا متن تازه می‌رسد." in coordinator.last
    await coordinator.presses("اصلاح شود")
    await town.passes(1)
    await let_go(town)
    await slow(town)
    await town.passes(1)
    await town.restart()
    await until_over(town)
    await until_corrected(town)
    everybody = range(50_000, 50_140)
    assert readings(town, "telegram", everybody, NEW) == {1}
    assert readings(town, "telegram", everybody, WORDS) == {0}
    found = await town.run(lambda tx: corrections.latest(tx, 1))
    assert found is not None
    numbers = await town.run(lambda tx: corrections.numbers(tx, found, set()))
    assert (numbers.changed, numbers.refused, numbers.unsure) == (100 - HELD, 0, 0)
    assert await town.run(lambda tx: tx.all("SELECT count(*) AS n FROM bodies")[0]["n"]) == 0


async def test_a_message_that_left_with_the_former_words_while_they_were_corrected_is_put_right(anywhere: Town) -> None:
    town = anywhere
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await crowd(town, 3)
    await coordinator.says(f"/broadcast {WORDS}")
    await in_the_air(town, coordinator, "ارسال", "sendMessage")
    await corrects(coordinator, NEW)
    await until_corrected(town)
    assert [reads(town.person("telegram", 50_000 + n), NEW) for n in range(3)] == [1, 0, 1]
    town.sandbox.clear_faults()
    late = town.person("telegram", 50_001)
    await town.sandbox.wait_for(lambda: reads(late, WORDS) + reads(late, NEW))
    town.waits_for = Class.BROADCAST
    await until_over(town)
    assert (reads(late, WORDS), reads(late, NEW)) == (0, 1)


async def in_the_air(town: Town, coordinator: Person, button: str, method: str) -> None:
    """What a press lets go to one of three is on its way and does not arrive until the faults are cleared."""
    town.sandbox.fault("telegram", "latency", method=method, chat=50_001, times=1, seconds=3600)
    town.waits_for = Class.NOTICE
    await coordinator.presses(button)
    await town.passes(1)
    await town.sandbox.wait_for(lambda: not town.sandbox.faults())  # it was met
    others = [town.person("telegram", number) for number in (50_000, 50_002)]
    words = NEW if method == "editMessageText" else WORDS
    await town.sandbox.wait_for(lambda: all(reads(person, words) for person in others))


async def test_a_second_correction_wins_over_a_first_that_is_under_way(anywhere: Town) -> None:
    town = anywhere
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await crowd(town, 3)
    await sent(town, coordinator)
    await coordinator.presses("اصلاح متن")
    await coordinator.says(NEW)
    await in_the_air(town, coordinator, "اصلاح شود", "editMessageText")
    await corrects(coordinator, NEWER)
    await town.passes(1)
    others = [town.person("telegram", number) for number in (50_000, 50_002)]
    await town.sandbox.wait_for(lambda: all(reads(person, NEWER) for person in others))
    assert reads(town.person("telegram", 50_001), NEWER) == 0
    town.sandbox.clear_faults()
    town.waits_for = Class.BROADCAST
    await until_corrected(town)
    assert [reads(town.person("telegram", 50_000 + n), NEWER) for n in range(3)] == [1, 1, 1]
    edits = [call for call in town.sandbox.calls("telegram", method="editMessageText") if call.chat == 50_001]
    said = [next(words for words in (NEW, NEWER) if words in str(call.params["text"])) for call in edits]
    assert said == [NEW, NEWER], "in the order in which they were given"
    assert coordinator.last.split("\n")[1:] == ["متن پیام اصلاح شد: ۳ نفر"]


async def test_a_pause_holds_what_is_not_sent_but_not_the_correction(town: Town) -> None:
    coordinator = await a_written_slice(town, 60)
    await until_sent(town, 60 - HELD)
    await coordinator.presses("توقف موقت")
    await let_go(town)
    await corrects(coordinator, NEW)
    await until_corrected(town)
    everybody = range(50_000, 50_060)
    assert readings(town, "telegram", everybody, WORDS) == {0}
    assert readings(town, "telegram", everybody, NEW) == {0, 1}
    await coordinator.presses("ادامه")
    await until_over(town)
    assert readings(town, "telegram", everybody, NEW) == {1}


async def test_at_night_what_was_sent_is_corrected_and_the_rest_waits(town: Town) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    reader = town.person("telegram", 1001)
    await reader.settles()
    await sent(town, coordinator)
    await town.passes(13.5 * 3600)  # 23:00 in Tehran
    await corrects(coordinator, NEW)
    await until_corrected(town)
    assert reads(reader, NEW) == 1


async def test_a_message_that_cannot_be_changed_is_counted_as_such(town: Town) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await crowd(town, 3)
    await sent(town, coordinator)
    town.sandbox.fault("telegram", "ok_false", chat=50_000, description="Bad Request: message can't be edited")
    town.sandbox.block("telegram", 50_001)
    await corrects(coordinator, NEW)
    await until_corrected(town)
    assert coordinator.last.split("\n")[1:] == ["متن پیام اصلاح شد: ۱ نفر", "اصلاح نشد: ۲ نفر"]
    assert [reads(town.person("telegram", 50_000 + n), NEW) for n in range(3)] == [0, 0, 1]


# --- how long ---------------------------------------------------------------------------------------------------------


async def test_a_broadcast_that_rested_for_months_is_still_counted_whole(anywhere: Town) -> None:
    town = anywhere
    coordinator = await a_written_slice(town, 30)
    await until_sent(town, 30 - HELD)
    await coordinator.presses("توقف موقت")
    await let_go(town)
    await town.passes(70 * 86_400)
    await coordinator.says("پیام‌های فرستاده‌شده")
    await coordinator.presses(coordinator.buttons[0])
    assert "فرستاده شد: ۱۰ نفر از ۳۰ نفر" in coordinator.last
    await coordinator.presses("ادامه")
    await until_over(town)
    assert coordinator.last.split("\n")[1:] == ["فرستاده شد: ۳۰ نفر"]


async def test_what_was_over_long_ago_can_no_longer_be_corrected_and_keeps_its_count(town: Town) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await crowd(town, 3)
    await sent(town, coordinator)
    await town.passes(29 * 86_400)
    await coordinator.forges("a:correct.begin:1")
    assert coordinator.last.startswith("متن اکنون این است:")
    await coordinator.says("لغو")
    await town.passes(2 * 86_400)
    await coordinator.forges("a:correct.begin:1")
    assert coordinator.last == "این پیام را دیگر نمی‌شود اصلاح کرد. اگر لازم است، پیام تازه‌ای بفرستید."
    await coordinator.says("پیام‌های فرستاده‌شده")
    await coordinator.presses(coordinator.buttons[0])
    assert coordinator.last.endswith("فرستاده شد: ۳ نفر")
    assert "اصلاح متن" not in coordinator.buttons
    assert await town.run(lambda tx: tx.all("SELECT id FROM outbox WHERE about = 'broadcast:1'")) == []
    assert await town.run(outbox.parked) == []
