"""A week's budget of news: what is more is read in one digest, what is urgent passes, and each may ask why."""

from __future__ import annotations

import pytest

from domain.permissions import Role
from tests.town import Town
from tests.town_talks.announcing import DAY, RULE, limited, news, sends, until
from tests.town_talks.many import staff, until_over
from tests.town_talks.two import connects


@pytest.fixture
def town(quiet_town: Town) -> Town:
    return quiet_town


async def test_the_third_news_of_a_week_is_read_in_a_digest(anywhere: Town) -> None:
    town = anywhere
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    near, far = town.person("telegram", 1001), town.person("bale", 1002)
    await near.settles()
    for number in (1, 2):
        await sends(author, news(number), number)
    await far.settles()  # has had nothing yet
    await author.says(f"/broadcast {news(3)}")
    assert author.last.split("\n")[-3:] == [
        "در خلاصهٔ هفته می‌خوانند: ۱ نفر",
        "سهم خبر این هفته‌شان را گرفته‌اند: ۱ نفر",
        RULE,
    ]
    await author.presses("ارسال")
    await until_over(town, 3)
    assert author.last.split("\n")[1:] == [
        "فرستاده شد: ۱ نفر",
        "در خلاصهٔ هفته می‌خوانند: ۱ نفر",
        "سهم خبر این هفته‌شان را گرفته‌اند: ۱ نفر",
    ]
    assert news(3) in far.last
    assert [any(news(n) in said for said in near.heard) for n in (1, 2, 3)] == [True, True, False]
    before = len(near.heard)
    await town.passes(DAY)  # Thursday morning
    await until(town, 17)
    assert len(near.heard) == before
    await until(town, 18)
    await town.passes(1)
    assert near.heard[before:] == [
        f"یک خبر دیگر هم این هفته بود:\n«{news(3)}»\n"
        "برای اینکه مزاحم نشویم، هر هفته حداکثر ۲ خبر را جداگانه می‌فرستیم و بقیه را یک‌جا."
    ]
    assert near.buttons == ["خبرهای محله", "تنظیم خبرها"]
    for _ in range(8):
        await town.passes(DAY)
    assert len(near.heard) == before + 1, "a digest tells each of them once"


async def test_after_a_week_there_is_room_again(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    near = town.person("bale", 1001)
    await near.settles()
    for number in (1, 2):
        await sends(author, news(number), number)
    await town.passes(7 * DAY - 3600)
    await author.says(f"/broadcast {news(3)}")
    assert author.last.startswith("این پیام حالا به هیچ‌کس از اهالی محلهٔ شهر نمی‌رسد")
    await town.passes(3700)
    await author.says(f"/broadcast {news(3)}")
    assert author.last.startswith("این پیام برای یک نفر از اهالی محلهٔ شهر فرستاده می‌شود:")


async def test_a_budget_of_none_is_no_budget(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    near = town.person("bale", 1001)
    await near.settles()
    await limited(town, news_per_week=0)
    for number in range(1, 5):
        await sends(author, news(number), number)
    assert news(4) in near.last


async def test_what_never_arrived_does_not_count(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    near = town.person("bale", 1001)
    await near.settles()
    await until(town, 23)
    for number in (1, 2):  # they wait for the morning and are stopped before
        await author.says(f"/broadcast {news(number)}")
        await author.presses("ارسال")
        await town.passes(1)
        await author.presses("لغو ارسال")
        await until_over(town, number)
    await until(town, 10)
    await sends(author, news(3), 3)
    assert news(3) in near.last


async def test_two_accounts_of_one_person_have_one_budget(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    one, two = town.person("telegram", 1001), town.person("bale", 1001)
    await one.settles()
    await sends(author, news(1), 1)
    await two.settles()
    await one.says("/stop")  # what comes now comes to the other account alone
    await sends(author, news(2), 2)
    await one.says("/settings")
    await one.presses("تنظیم خبرها")
    await one.presses("همهٔ خبرها")
    await connects(one, two)
    await author.says(f"/broadcast {news(3)}")
    assert "سهم خبر این هفته‌شان را گرفته‌اند: ۱ نفر" in author.last


async def test_what_is_urgent_comes_at_night_and_beyond_the_budget_with_its_reason(anywhere: Town) -> None:
    town = anywhere
    author = await staff(town, Role.COUNTY_OFFICER, "kerman")
    near, weekly, silent = (town.person(name, n) for name, n in (("bale", 1001), ("telegram", 1002), ("bale", 1003)))
    for person in (near, weekly, silent):
        await person.settles()
    await weekly.says("/settings")
    await weekly.presses("تنظیم خبرها")
    await weekly.presses("هفته‌ای یک‌بار")
    await silent.says("/stop")
    await limited(town, news_per_week=1)
    await author.says(f"/broadcast {news(1)}")
    await author.presses("شهرستان کرمان")
    await author.presses("ارسال")
    await until_over(town, 1)
    await until(town, 23)
    await author.says(f"/broadcast {news(2)}")
    await author.presses("شهرستان کرمان")
    await author.presses("فوری است")
    await author.says("بله")
    assert author.last.startswith("پیام فوری در ساعت استراحت هم می‌رسد.")
    await author.says("آب شهر آلوده است و نباید نوشید")
    assert author.heard[-2].split("\n")[-3:] == [
        "این خبر فوری است.",
        "دلیل: آب شهر آلوده است و نباید نوشید",
        "این پیام برای اهالی شهرستان کرمان فرستاده شده است.",
    ]
    assert author.last.startswith("این پیام برای ۲ نفر از اهالی شهرستان کرمان فرستاده می‌شود:")
    assert "اکنون ساعت استراحت" not in author.last
    assert "فوری نیست" in author.buttons
    await author.presses("ارسال")
    await until_over(town, 2)
    assert news(2) in near.last
    assert news(2) in weekly.last
    assert not any(news(2) in said for said in silent.heard)
    await near.presses("چرا این پیام؟")
    assert near.last == (
        "این پیام به شما رسید، چون محلهٔ شهر را محلهٔ خود انتخاب کرده‌اید.\n"
        "فوری بود و برای همین بدون نوبت فرستاده شد.\nدلیل: آب شهر آلوده است و نباید نوشید"
    )
    await author.says("/broadcasts")
    await author.presses(author.buttons[0])
    assert "این خبر فوری است.\nدلیل: آب شهر آلوده است و نباید نوشید" in author.last


async def test_a_coordinator_calls_nothing_urgent_whatever_a_button_says(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    await town.person("bale", 1001).settles()
    await author.says(f"/broadcast {news(1)}")
    assert "فوری است" not in author.buttons
    serial = author.data_of("ارسال").split(":")[1]
    await author.forges(f"c:{serial}:urgent")
    assert author.last == "پیام فوری را فقط شهرستان یا استان می‌فرستد."


async def test_each_may_ask_why_they_got_it_and_change_that(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    near, far = town.person("bale", 1001), town.person("telegram", 1002)
    await near.settles()
    await far.settles("شهرک مطهری")
    await author.says(f"/broadcast {news(1)}")
    await author.presses("چرا این پیام؟")
    assert author.last.startswith("این پیش‌نمایش است.")
    await author.presses("ارسال")
    await until_over(town, 1)
    await near.presses("چرا این پیام؟")
    assert near.last.split("\n") == [
        "این پیام به شما رسید، چون محلهٔ شهر را محلهٔ خود انتخاب کرده‌اید.",
        "هر هفته حداکثر ۲ خبر را جداگانه می‌فرستیم و بقیه را یک‌جا. با دکمه‌های زیر عوضش کنید.",
    ]
    assert near.buttons == ["تنظیم خبرها", "محلهٔ دیگر"]
    for forged in ("1", "99", "x"):
        await far.forges(f"a:why.show:{forged}")
        assert far.last == "این پیام اکنون برای شما نیست؛ شاید محله یا نقشتان عوض شده است."
