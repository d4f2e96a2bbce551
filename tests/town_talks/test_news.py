"""What was announced in one's neighbourhood: newest first, as it reads now, page by page."""

from __future__ import annotations

import pytest

from domain.permissions import Role
from tests.town import Town
from tests.town_talks.announcing import limited, news, sends
from tests.town_talks.many import staff, until_over
from tests.town_talks.test_correct import until_corrected


@pytest.fixture
def town(quiet_town: Town) -> Town:
    return quiet_town


async def test_it_is_read_newest_first_and_as_it_was_corrected(anywhere: Town) -> None:
    town = anywhere
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    officer = await staff(town, Role.COUNTY_OFFICER, "kerman", "bale", 1004)
    near, far = town.person("telegram", 1001), town.person("bale", 1002)
    await near.settles()
    await far.settles("شهرک مطهری")
    await sends(author, news(1), 1)
    await author.presses("اصلاح متن")
    await author.says(news(3))
    await author.presses("اصلاح شود")
    await until_corrected(town)
    await officer.says(f"/broadcast {news(2)}")
    await officer.presses("شهرستان کرمان")
    await officer.presses("ارسال")
    await until_over(town, 2)
    await near.says("/news")
    assert near.last.split("\n") == [
        "۲ خبر در محلهٔ شهر اعلام شده است؛ تازه‌ترین اول آمده است:",
        "چهارشنبه ۱۳ آبان، کمیتهٔ راهبری شهرستان کرمان:",
        news(2),
        "چهارشنبه ۱۳ آبان، شورای پیشرفت محلهٔ شهر:",
        news(3),
    ]
    await far.says("خبرهای محله")
    assert far.last.split("\n")[0] == "یک خبر در شهرک مطهری اعلام شده است:"
    assert news(2) in far.last
    await far.forges("a:news.show:1")
    assert far.last == "این خبر دیگر اینجا نیست."


async def test_a_photo_comes_when_it_is_asked_for(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    near = town.person("bale", 1001)
    await near.settles()
    await author.says("/broadcast")
    town.sandbox.photo("telegram", 1003, caption=news(1))
    await town.quiet()
    await author.presses("ارسال")
    await until_over(town, 1)
    await near.says("/news")
    assert near.chat[-1]["kind"] == "text"
    await near.presses(near.buttons[0])
    assert (near.chat[-1]["kind"], news(1) in near.last) == ("photo", True)


async def test_a_long_list_has_pages(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    near = town.person("bale", 1001)
    await near.settles()
    await limited(town, news_per_week=0)
    for number in range(1, 8):
        await sends(author, news(number), number)
    await near.says("/news")
    assert news(7) in near.last
    assert news(2) not in near.last
    await near.presses("بعدی")
    assert news(2) in near.last
    await near.presses("قبلی")
    assert news(7) in near.last


async def test_what_was_planned_or_stopped_is_no_news(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    near = town.person("bale", 1001)
    await near.settles()
    await author.says(f"/broadcast {news(1)}")
    await author.presses("زمان ارسال")
    await author.says("فردا ساعت ۶ عصر")
    await author.presses("ارسال")
    await near.says("/news")
    assert near.last == "هنوز خبری در محلهٔ شهر اعلام نشده است. خبر تازه را همین‌جا می‌فرستیم."


async def test_without_a_neighborhood_it_says_how_to_get_one(town: Town) -> None:
    newcomer = town.person("telegram", 1001)
    await newcomer.says("/start")
    await newcomer.presses("می‌پذیرم")
    await newcomer.presses("انصراف")
    await newcomer.says("/news")
    assert newcomer.last == "هنوز محله‌ای انتخاب نکرده‌اید؛ پس از آن خبرهایش را اینجا می‌بینید."
