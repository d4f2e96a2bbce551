"""A second person says yes or no to what many would get: who, how often they are asked, and what the author learns."""

from __future__ import annotations

import pytest

from domain.permissions import Role
from tests.town import Person, Town
from tests.town_talks.announcing import DAY, HOUR, limited, news, one
from tests.town_talks.many import staff, until_over

WAITS = "پیام منتظر تأیید نفر دوم است."
TITLE = f"«{news(1)}»"


@pytest.fixture
def town(quiet_town: Town) -> Town:
    return quiet_town


async def residents(town: Town) -> list[Person]:
    """Two of them, where one is as many as somebody writes to alone."""
    found = [town.person("telegram", 1001), town.person("bale", 1002)]
    for person in found:
        await person.settles()
    await limited(town, announce_alone=1)
    return found


async def asks(author: Person) -> None:
    await author.says(f"/broadcast {news(1)}")
    await author.presses("ارسال")


async def test_a_colleague_says_yes_and_then_it_is_sent(anywhere: Town) -> None:
    town = anywhere
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    head = await staff(town, Role.COUNCIL_HEAD, "kerman/n1", "bale", 1004)
    officer = await staff(town, Role.COUNTY_OFFICER, "kerman", "telegram", 1005)
    near, far = await residents(town)
    await author.says(f"/broadcast {news(1)}")
    assert "این پیام به بیش از ۱ نفر می‌رسد؛ برای همین پس از تأیید نفر دوم فرستاده می‌شود." in author.last
    await author.presses("ارسال")
    assert author.last.split("\n") == [TITLE, WAITS, "برای اهالی محلهٔ شهر: ۲ نفر"]
    assert author.buttons == ["تغییر", "لغو ارسال"]
    await town.passes(60)
    assert not any(news(1) in said for said in (*near.heard, *far.heard, *officer.heard))
    card = head.last.split("\n")
    assert card[0].endswith("می‌خواهد این پیام را برای ۲ نفر از اهالی محلهٔ شهر بفرستد. تأیید شما لازم است.")
    assert card[1:3] == ["پیام شورای پیشرفت محلهٔ شهر:", news(1)]
    assert head.buttons == ["تأیید و ارسال", "رد با دلیل"]
    await head.presses("تأیید و ارسال")
    await until_over(town, 1)
    assert news(1) in near.last
    assert news(1) in far.last
    yes = f"پیام شما تأیید شد:\n{TITLE}\nتأییدکننده: رئیس شورا، شورای پیشرفت محلهٔ شهر"
    assert yes in author.heard
    await author.says("/broadcasts")
    await author.presses(author.buttons[0])
    assert "تأیید: رئیس شورا، شورای پیشرفت محلهٔ شهر، چهارشنبه ۱۳ آبان" in author.last


async def test_a_no_says_why_and_by_which_office(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    officer = await staff(town, Role.COUNTY_OFFICER, "kerman", "bale", 1004)  # the council has only one
    near, _ = await residents(town)
    await asks(author)
    await town.passes(1)
    await officer.presses("رد با دلیل")
    assert officer.last.startswith(f"{TITLE}\nچرا فرستاده نشود؟")
    await officer.says("نه")
    assert officer.last == "دلیل باید دست‌کم ۵ و حداکثر ۵۰۰ حرف داشته باشد. لطفاً دوباره بنویسید."
    await officer.says("زمان قطع آب را هنوز اعلام نکرده‌اند")
    await town.passes(60)
    assert author.last.split("\n") == [
        "پیام شما تأیید نشد و فرستاده نمی‌شود:",
        TITLE,
        "ردکننده: مسئول شهرستان، شهرستان کرمان",
        "دلیل: زمان قطع آب را هنوز اعلام نکرده‌اند",
    ]
    assert not any(news(1) in said for said in near.heard)
    assert (await one(town, 1)).state == "refused"


async def test_nobody_says_yes_to_their_own(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    await staff(town, Role.COUNCIL_HEAD, "kerman/n1", "bale", 1004)
    await residents(town)
    await asks(author)
    for forged in ("yes", "no", "show"):
        await author.forges(f"a:approve.{forged}:1")
        assert author.last == "پیام خودتان را نمی‌توانید تأیید کنید؛ همکار دیگری باید آن را ببیند."
    await author.says("تأیید پیام‌ها")
    assert author.last == "پیامی منتظر تأیید شما نیست."
    assert (await one(town, 1)).state == "asked"


@pytest.mark.parametrize(
    ("role", "written", "may"),
    [
        (Role.COUNCIL_HEAD, "kerman/n1", True),
        (Role.COORDINATOR, "kerman/n1", True),
        (Role.COUNTY_OFFICER, "kerman", True),
        (Role.PROVINCE_ADMIN, "", True),
        (Role.COUNCIL_MEMBER, "kerman/n1", False),
        (Role.COORDINATOR, "kerman/n2", False),
        (Role.COUNTY_OFFICER, "bam", False),
    ],
)
async def test_who_may_say_yes_by_role_and_place(town: Town, role: Role, written: str, may: bool) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    await staff(town, Role.COUNCIL_HEAD, "kerman/n1", "bale", 1004)
    other = await staff(town, role, written, "telegram", 1005)
    await residents(town)
    await asks(author)
    await other.forges("a:approve.yes:1")
    assert ((await one(town, 1)).state == "sending") is may


async def test_of_two_at_once_the_second_hears_what_was_decided(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    head = await staff(town, Role.COUNCIL_HEAD, "kerman/n1", "bale", 1004)
    other = await staff(town, Role.COORDINATOR, "kerman/n1", "telegram", 1005)
    await residents(town)
    await asks(author)
    await town.passes(1)
    data = other.data_of("تأیید و ارسال")
    await other.presses("رد با دلیل")
    await head.presses("تأیید و ارسال")
    await other.says("متن پیام روشن نیست")
    decided = f"کمی زودتر دربارهٔ {TITLE} تصمیم گرفته شد:\nتأیید شد: رئیس شورا، شورای پیشرفت محلهٔ شهر"
    assert other.last == decided
    await other.forges(data)
    assert other.last == decided
    await until_over(town, 1)
    assert (await one(town, 1)).sent == 2
    assert sum("پیام شما تأیید شد" in said for said in author.heard) == 1


async def test_without_a_word_they_are_asked_once_more_and_in_the_end_the_author_is_told(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    head = await staff(town, Role.COUNCIL_HEAD, "kerman/n1", "bale", 1004)
    near, _ = await residents(town)
    await asks(author)
    await town.passes(1)
    asked = len([said for said in head.heard if "تأیید شما لازم است" in said])
    await town.passes(4 * HOUR)
    again = [said for said in head.heard if "تأیید شما لازم است" in said]
    assert (asked, len(again)) == (1, 2)
    await town.passes(DAY - 4 * HOUR)
    await town.passes(1)
    assert author.last.split("\n")[:2] == ["تا یک روز کسی این پیام را تأیید نکرد و پیام فرستاده نشد:", TITLE]
    assert (await one(town, 1)).state == "lapsed"
    assert "تأیید و ارسال" not in head.buttons
    await head.forges("a:approve.yes:1")
    assert head.last.startswith(f"کمی زودتر دربارهٔ {TITLE} تصمیم گرفته شد:")
    await town.passes(60)
    assert not any(news(1) in said for said in near.heard)


async def test_where_nobody_else_could_say_yes_it_is_not_taken(town: Town) -> None:
    author = await staff(town, Role.PROVINCE_ADMIN, "")
    await residents(town)
    await author.says(f"/broadcast {news(1)}")
    await author.presses("استان")
    await author.presses("ارسال")
    assert author.last.startswith("پیام برای بیش از ۱ نفر را نفر دومی باید تأیید کند، اما جز شما کسی این نقش را ندارد.")


async def test_whoever_wrote_it_can_take_it_back_before_it_is_decided(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    head = await staff(town, Role.COUNCIL_HEAD, "kerman/n1", "bale", 1004)
    await residents(town)
    await asks(author)
    await town.passes(1)
    await author.presses("لغو ارسال")
    await head.forges("a:approve.yes:1")
    assert (await one(town, 1)).state == "stopped"
    assert head.last == f"کمی زودتر دربارهٔ {TITLE} تصمیم گرفته شد:\nارسال لغو شد."


async def test_whoever_was_asked_sees_that_it_was_changed_and_is_asked_about_the_new_one(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    head = await staff(town, Role.COUNCIL_HEAD, "kerman/n1", "bale", 1004)
    await residents(town)
    await asks(author)
    await town.passes(1)
    await author.presses("تغییر")
    await author.says(news(2))
    await author.presses("ارسال")
    await town.passes(60)
    cards = [line for line in head.chat if "تأیید شما لازم است" in line["text"]]
    former, new = cards
    assert (news(1) in former["text"], news(2) in new["text"]) == (True, True)
    assert former["text"].endswith("ارسال لغو شد.")
    assert (bool(former["buttons"]), bool(new["buttons"])) == (False, True)
    assert ((await one(town, 1)).state, (await one(town, 2)).state) == ("stopped", "asked")
