"""Writing to many through the front door: a look at it, the count, progress, pause, stop, and nobody twice."""

from __future__ import annotations

import pytest

from bot.broadcast import Broadcaster
from domain.permissions import Role
from domain.persian import persian_digits
from handlers.talk import Work
from storage import broadcasts, outbox, people
from storage.outbox import Class
from storage.tx import Tx
from tests.town import Town
from tests.town_talks.announcing import RULE, limited
from tests.town_talks.many import (
    HELD,
    WORDS,
    a_written_slice,
    crowd,
    got,
    hold_back,
    let_go,
    slow,
    staff,
    states,
    until_over,
)


@pytest.fixture
def town(quiet_town: Town) -> Town:
    return quiet_town


# --- the way through it -----------------------------------------------------------------------------------------------


async def test_a_coordinator_writes_to_the_neighborhood_and_reads_what_became_of_it(anywhere: Town) -> None:
    town = anywhere
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    near, far = town.person("bale", 1001), town.person("telegram", 1002)
    await near.settles()
    await far.settles("شهرک مطهری")
    await coordinator.says("/broadcast")
    assert (
        coordinator.last == "پیامتان را برای اهالی محلهٔ شهر بنویسید، از ۱۰ تا ۳۵۰۰ حرف. "
        "اگر خواستید، یک عکس، صدا یا فایل پی‌دی‌اف هم بفرستید."
    )
    await coordinator.says(WORDS)
    seen = f"پیام شورای پیشرفت محلهٔ شهر:\n{WORDS}\nاین پیام برای اهالی محلهٔ شهر فرستاده شده است."
    assert coordinator.heard[-2] == seen
    assert coordinator.last.startswith("این پیام برای یک نفر از اهالی محلهٔ شهر فرستاده می‌شود:\n«فردا ساعت ۱۰ صبح")
    assert coordinator.buttons == ["ارسال", "ویرایش", "گیرنده‌ها", "زمان ارسال", "بازگشت", "انصراف"]
    await coordinator.presses("ارسال")
    assert "پیام دارد فرستاده می‌شود.\nفرستاده شد: ۰ نفر از ۱ نفر" in coordinator.last
    await until_over(town)
    assert near.last == seen
    assert near.buttons == ["چرا این پیام؟", "تنظیم خبرها"]
    assert not any(WORDS in said for said in far.heard)
    assert coordinator.last.endswith("فرستاده شد: ۱ نفر")
    assert "ارسال تمام شد.\nفرستاده شد: ۱ نفر از ۱ نفر" in coordinator.heard[-2]


async def test_one_line_is_enough_for_somebody_with_one_neighborhood(town: Town) -> None:
    coordinator = await staff(town, Role.COUNCIL_HEAD, "kerman/n1")
    await town.person("bale", 1001).settles()
    await coordinator.says(f"/broadcast {WORDS}")
    assert coordinator.last.startswith("این پیام برای یک نفر از اهالی محلهٔ شهر فرستاده می‌شود:")


@pytest.mark.parametrize("said", ["/broadcast", "/broadcast " + WORDS, "پیام همگانی", "پیام‌های فرستاده‌شده"])
async def test_a_resident_cannot_write_to_all(town: Town, said: str) -> None:
    resident = town.person("telegram", 1001)
    await resident.settles()
    await resident.says(said)
    assert resident.last.startswith("این بخش برای شما باز نیست.")


@pytest.mark.parametrize("said", ["کوتاه", "۱۲۳ ۴۵۶", "آ" * 3501])
async def test_a_message_is_neither_too_short_nor_too_long(town: Town, said: str) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await coordinator.says("/broadcast")
    await coordinator.says(said)
    assert coordinator.last == "پیام باید دست‌کم ۱۰ و حداکثر ۳۵۰۰ حرف داشته باشد. لطفاً دوباره بنویسید."


async def test_an_officer_chooses_the_county_or_finds_a_neighborhood_of_it_by_name(town: Town) -> None:
    officer = await staff(town, Role.COUNTY_OFFICER, "kerman", "bale")
    for number, neighborhood in enumerate(("محلهٔ شهر", "شهرک مطهری")):
        await town.person("telegram", 1001 + number).settles(neighborhood)
    await officer.says("/broadcast")
    assert officer.buttons[:2] == ["شهرستان کرمان", "پیام‌های پیشین"]
    await officer.says("ارگ")  # of another county
    assert officer.last.startswith("جایی با این نام پیدا نشد")
    await officer.says("مطهری")
    await officer.says(WORDS)
    assert officer.last.startswith("این پیام برای یک نفر از اهالی شهرک مطهری فرستاده می‌شود:")
    await officer.says("/broadcast")
    await officer.presses("شهرستان کرمان")
    await officer.says(WORDS)
    assert officer.last.startswith("این پیام برای ۲ نفر از اهالی شهرستان کرمان فرستاده می‌شود:")
    assert officer.heard[-2].startswith("پیام کمیتهٔ راهبری شهرستان کرمان:\n")


async def test_the_province_writes_to_everybody_or_to_those_with_an_office(town: Town) -> None:
    admin = await staff(town, Role.PROVINCE_ADMIN, "")
    await staff(town, Role.COORDINATOR, "kerman/n2", "bale", 1004)
    await town.person("telegram", 1001).settles()
    await admin.says("/broadcast")
    await admin.presses("استان")
    await admin.says(WORDS)
    assert admin.heard[-2].startswith("پیام استانداری کرمان:\n")
    await admin.presses("گیرنده‌ها")
    assert admin.buttons[:4] == ["اهالی", "اعضای شورا", "دبیران شورا", "مسئولان شهرستان"]
    await admin.presses("دبیران شورا")
    assert admin.last.startswith("این پیام برای یک نفر از دبیران شورا در استان فرستاده می‌شود:")
    await admin.presses("ارسال")
    await until_over(town)
    assert WORDS in town.person("bale", 1004).last
    assert not any(WORDS in said for said in town.person("telegram", 1001).heard)


async def test_where_another_messenger_shows_it_differently_that_is_shown_too(town: Town) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await coordinator.says("/broadcast " + WORDS + " *مهم*")
    before, after = coordinator.heard[-3:-1]
    assert "*مهم*" in before
    assert after.startswith("در بله این‌طور دیده می‌شود:\n")
    assert "\u2217مهم\u2217" in after


async def test_the_author_learns_beforehand_who_will_not_get_it(town: Town) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    people_there = [town.person("bale", 1001), town.person("telegram", 1001), town.person("telegram", 1002)]
    for person in people_there:
        await person.settles()
    await people_there[0].says("/stop")
    await coordinator.says(f"/broadcast {WORDS}")
    assert coordinator.last.split("\n")[-3:] == ["به ۱ نفر نمی‌رسد:", "خبرها را قطع کرده‌اند: ۱ نفر", RULE]
    hold_back(town, 2)
    await coordinator.presses("ارسال")
    await town.passes(1)
    town.sandbox.block("telegram", 1002)  # after the count
    await let_go(town)
    await until_over(town)
    assert coordinator.last.split("\n")[1:] == [
        "فرستاده شد: ۱ نفر",
        "فرستاده نشد: ۲ نفر",
        "خبرها را قطع کرده‌اند: ۱ نفر",
        "گفت‌وگو را بسته‌اند: ۱ نفر",
    ]


async def test_a_message_to_nobody_is_not_sent(town: Town) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await coordinator.says(f"/broadcast {WORDS}")
    assert coordinator.last == "کسی نیست که این پیام به او برسد. لطفاً گیرنده‌های دیگری انتخاب کنید."
    assert coordinator.buttons == ["ویرایش", "گیرنده‌ها", "انصراف"]
    await coordinator.presses("گیرنده‌ها")
    await coordinator.presses("اعضای شورا")
    assert coordinator.last.startswith("کسی نیست")
    assert await town.run(lambda tx: broadcasts.count_under(tx, ["/"])) == 0


async def test_at_night_it_waits_for_the_morning_and_the_author_knows(town: Town) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    resident = town.person("bale", 1001)
    await resident.settles()
    await town.passes(13.5 * 3600)  # 23:00 in Tehran
    await coordinator.says(f"/broadcast {WORDS}")
    assert coordinator.last.split("\n")[-2:] == [
        "اکنون ساعت استراحت اهالی است؛ پیام شما ساعت ۷ صبح (۰۷:۰۰) فرستاده می‌شود.",
        RULE,
    ]
    await coordinator.presses("ارسال")
    for _ in range(5):
        await town.passes(1800)
    assert not any(WORDS in said for said in resident.heard)
    assert "ساعت استراحت اهالی است؛ ارسال از ساعت ۷ صبح (۰۷:۰۰) ادامه پیدا می‌کند." in coordinator.last
    await town.passes(6 * 3600)
    await until_over(town)
    assert WORDS in resident.last


# --- a photo ----------------------------------------------------------------------------------------------------------


async def test_a_photo_goes_up_once_on_each_messenger_and_stands_over_the_words(anywhere: Town) -> None:
    town = anywhere
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    readers = [town.person(name, 1010 + n) for name in ("telegram", "bale") for n in range(4)]
    for reader in readers:
        await reader.settles()
    await coordinator.says("/broadcast")
    town.sandbox.photo("telegram", 1003, caption=WORDS)
    await town.quiet()
    assert [line["kind"] for line in coordinator.chat[-2:]] == ["photo", "text"]
    assert "حذف عکس" in coordinator.buttons
    await coordinator.presses("ارسال")
    await until_over(town)
    for reader in readers:
        last = reader.chat[-1]
        assert (last["kind"], WORDS in last["text"]) == ("photo", True)
        assert reader.buttons == ["چرا این پیام؟", "تنظیم خبرها"]
    sent = town.sandbox.calls("bale", method="sendPhoto")
    # A photo that goes up with the call is an object there; one that the messenger knows is its number.
    assert [isinstance(call.params["photo"], str) for call in sent].count(False) == 1
    assert len(sent) == 4
    assert coordinator.last.endswith("فرستاده شد: ۸ نفر")


async def test_of_an_album_the_first_photo_goes_along(town: Town) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await coordinator.says("/broadcast")
    town.sandbox.album("telegram", 1003, count=3)
    await town.quiet()
    assert coordinator.heard[-3].startswith("عکس رسید.") or "عکس رسید." in coordinator.heard[-4]
    assert coordinator.last == "با هر پیام فقط یک عکس فرستاده می‌شود؛ عکس اول را نگه داشتیم."


async def test_a_sign_under_the_photo_is_no_message_and_the_words_are_asked_for(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    await author.says("/broadcast")
    town.sandbox.photo("telegram", 1003, caption="👍")
    await town.quiet()
    await author.says(WORDS)
    assert "گیرنده‌ها" in author.buttons


async def test_long_words_come_under_the_photo_as_a_message_of_their_own(town: Town) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1", "bale")
    reader = town.person("telegram", 1001)
    await reader.settles()
    await coordinator.says("/broadcast")
    town.sandbox.photo("bale", 1003)
    await town.quiet()
    await coordinator.says("سلام به همهٔ اهالی. " * 100)
    await coordinator.presses("ارسال")
    await until_over(town)
    assert [line["kind"] for line in reader.chat[-2:]] == ["photo", "text"]
    assert coordinator.last.endswith("فرستاده شد: ۱ نفر")


async def test_what_is_no_photo_stops_it_with_a_word(town: Town) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    reader = town.person("bale", 1001)
    await reader.settles()
    await coordinator.says("/broadcast")
    town.sandbox.photo("telegram", 1003, content=b"\xff\xd8\xff not a picture", caption=WORDS)
    await town.quiet()
    await coordinator.presses("ارسال")
    await until_over(town)
    assert coordinator.last.endswith("عکس باز نشد و برای همین پیام فرستاده نشد. لطفاً با عکس دیگری دوباره بفرستید.")
    assert not any(WORDS in said for said in reader.heard)


# --- many people ------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("small_slices")
async def test_a_restart_between_two_slices_leaves_nobody_out_and_nobody_gets_it_twice(anywhere: Town) -> None:
    town = anywhere
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await crowd(town, 160)
    await crowd(town, 10, platform="bale")
    await slow(town)
    await coordinator.says(f"/broadcast {WORDS}")
    hold_back(town)
    await coordinator.presses("ارسال")
    await town.passes(1)
    first = await town.run(lambda tx: broadcasts.get(tx, 1))
    assert first is not None
    assert first.reached > 0
    assert not first.written
    await let_go(town, and_hold_back=HELD)
    await slow(town)
    await town.passes(1)
    second = await town.run(lambda tx: broadcasts.get(tx, 1))
    assert second is not None
    assert second.reached > first.reached
    assert second.ended is None
    await let_go(town)
    late = town.person("telegram", 1001)
    await late.settles()
    await until_over(town)
    telegram, bale = got(town), got(town, "bale")
    assert telegram.pop(1003) == 1  # the author's own look at it
    assert (len(telegram), set(telegram.values())) == (160, {1})
    assert (len(bale), set(bale.values())) == (10, {1})
    assert not any(WORDS in said for said in late.heard)


@pytest.mark.usefixtures("small_slices")
async def test_a_kill_in_the_middle_of_a_slice_undoes_it_whole(anywhere: Town) -> None:
    town = anywhere
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await crowd(town, 60)
    await coordinator.says(f"/broadcast {WORDS}")
    await coordinator.presses("ارسال")
    job = Broadcaster(town.app.writer)

    def killed(tx: Tx) -> None:
        list(job.look(Work(tx, town.clock.now(), town.app.town), {"broadcast": 1}))
        found = broadcasts.get(tx, 1)
        assert found is not None
        assert found.reached
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await town.run(killed)
    await town.restart()
    await until_over(town)
    telegram = got(town)
    del telegram[1003]
    assert (len(telegram), set(telegram.values())) == (60, {1})


@pytest.mark.usefixtures("small_slices")
async def test_who_joins_later_does_not_get_it_and_who_leaves_or_stops_meanwhile_does_not_either(town: Town) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await crowd(town, 180)
    leaver, stopper = town.person("telegram", 50_178), town.person("telegram", 50_179)
    await slow(town)
    await coordinator.says(f"/broadcast {WORDS}")
    hold_back(town)
    await coordinator.presses("ارسال")
    await town.passes(1)
    newcomer = town.person("telegram", 1001)
    await newcomer.settles()
    await stopper.says("/stop")

    def leave(tx: Tx) -> None:
        person = people.find_account(tx, "telegram", leaver.id)
        assert person is not None
        people.revoke(tx, person, Role.RESIDENT, None, town.clock.seconds())

    await town.run(leave)
    await let_go(town)
    await until_over(town)
    assert not {newcomer.id, leaver.id, stopper.id} & set(got(town))
    assert coordinator.last.split("\n")[1:] == [
        "فرستاده شد: ۱۷۸ نفر",
        "فرستاده نشد: ۲ نفر",
        "خبرها را قطع کرده‌اند: ۱ نفر",
        "دیگر از گیرنده‌ها نیستند: ۱ نفر",
    ]


@pytest.mark.usefixtures("small_slices")
async def test_a_pause_holds_what_is_written_already_and_then_it_goes_on(anywhere: Town) -> None:
    town = anywhere
    coordinator = await a_written_slice(town)
    await coordinator.presses("توقف موقت")
    assert "ارسال موقتاً نگه داشته شده است." in coordinator.last
    assert coordinator.buttons == ["ادامه", "لغو ارسال", "اصلاح متن"]
    await town.passes(1)  # a press holds back so many at once, the job all the rest
    held = await town.run(states)
    # What was in the air and is not stuck there may have arrived.
    assert held.keys() <= {"held", "sent"}
    assert held["held"] >= HELD
    await let_go(town)
    held = await town.run(states)
    assert held["held"] >= HELD
    await town.passes(5)
    assert await town.run(states) == held
    await coordinator.presses("ادامه")
    assert "پیام دارد فرستاده می‌شود." in coordinator.last
    assert coordinator.buttons == ["توقف موقت", "لغو ارسال", "اصلاح متن"]
    await until_over(town)
    telegram = got(town)
    del telegram[1003]
    assert (len(telegram), set(telegram.values())) == (120, {1})
    assert coordinator.last.endswith("فرستاده شد: ۱۲۰ نفر")


@pytest.mark.usefixtures("small_slices")
async def test_a_stop_takes_back_what_is_written_already(anywhere: Town) -> None:
    town = anywhere
    coordinator = await a_written_slice(town)
    await coordinator.presses("لغو ارسال")
    assert "ارسال دارد لغو می‌شود." in coordinator.last
    await let_go(town)
    await until_over(town)
    sent = len(got(town)) - 1
    assert sent <= 120 - HELD
    assert coordinator.last.split("\n")[1:] == [
        f"فرستاده شد: {persian_digits(sent)} نفر",
        f"فرستاده نشد: {persian_digits(120 - sent)} نفر",
        f"ارسال پیش از رسیدن به آن‌ها لغو شد: {persian_digits(120 - sent)} نفر",
    ]
    assert "ارسال لغو شد." in coordinator.heard[-2]
    await town.restart()
    await town.passes(5)
    assert len(got(town)) - 1 == sent
    assert (await town.run(states)).keys() <= {"sent", "lapsed"}


@pytest.mark.usefixtures("small_slices")
async def test_two_at_once_both_arrive(anywhere: Town) -> None:
    town = anywhere
    one = await staff(town, Role.COORDINATOR, "kerman/n1")
    other = await staff(town, Role.COUNTY_OFFICER, "kerman", "bale")
    await crowd(town, 60)
    await slow(town)
    await one.says(f"/broadcast {WORDS}")
    await other.says(f"/broadcast {WORDS} دوم")
    await other.presses("شهرستان کرمان")
    await one.presses("ارسال")
    await other.presses("ارسال")
    await until_over(town, 1)
    await until_over(town, 2)
    telegram = got(town)
    del telegram[1003]
    assert (len(telegram), set(telegram.values())) == (60, {2})
    await other.says("پیام‌های فرستاده‌شده")
    assert other.last.split("\n")[0].startswith("۲ پیام فرستاده شده است")
    assert "چهارشنبه ۱۳ آبان، برای اهالی شهرستان کرمان: ۶۰ نفر، فرستنده: خودتان" in other.last


async def test_three_thousand_get_it_once_from_one_body_and_an_answer_overtakes_them(town: Town) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    await limited(town, announce_alone=0)
    await crowd(town, 3000)
    asker = town.person("telegram", 52_900)  # far behind what is read at once
    await coordinator.says(f"/broadcast {WORDS}")
    await coordinator.presses("ارسال")
    town.sandbox.fault("telegram", "stall", method="sendMessage")
    town.waits_for = Class.NOTICE
    start = len(town.sandbox.calls("telegram"))
    await town.app.jobs.look()
    assert await town.run(states) == {"waiting": 3000}
    assert await town.run(lambda tx: tx.all("SELECT count(*) AS n FROM bodies WHERE broadcast = 1")[0]["n"]) == 1
    # The messenger takes nothing now: the answer stands behind three thousand that were written before it.
    town.sandbox.say("telegram", asker.id, "/numbers")
    while not await town.app.database.read(lambda tx: outbox.waiting(tx).get(Class.ANSWER)):
        await town.sandbox.pulse.wait(0.01)
    await let_go(town)
    await until_over(town)
    telegram = got(town)
    del telegram[1003]
    assert (len(telegram), set(telegram.values())) == (3000, {1})
    taken = [call for call in town.sandbox.calls("telegram")[start:] if call.ok and call.method == "sendMessage"]
    answered = next(n for n, call in enumerate(taken) if call.chat == asker.id)
    assert "فرستاده شده است" not in str(taken[answered].params["text"])
    assert answered < len(taken) - 1000
    assert await town.run(lambda tx: tx.all("SELECT count(*) AS n FROM bodies WHERE broadcast = 1")[0]["n"]) == 0


async def test_forged_and_foreign_numbers_open_nothing(town: Town) -> None:
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1")
    elsewhere = await staff(town, Role.COORDINATOR, "kerman/n2", "bale")
    await town.person("telegram", 1001).settles()
    await coordinator.says(f"/broadcast {WORDS}")
    await coordinator.presses("ارسال")
    for action in ("pause", "stop", "go_on", "show"):
        for about in ("1", "2", "x", ""):
            await elsewhere.forges(f"a:broadcasts.{action}:{about}")
            assert elsewhere.last == "این پیام پیدا نشد."
    await elsewhere.says("پیام‌های فرستاده‌شده")
    assert elsewhere.last == "هنوز پیامی فرستاده نشده است."
