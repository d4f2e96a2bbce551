"""Whom an announcement is for: several neighbourhoods at once, those of a meeting; and what goes with it."""

from __future__ import annotations

import pytest

from domain.permissions import Role
from tests.town import Town
from tests.town_talks.announcing import news
from tests.town_talks.many import staff, until_over
from tests.town_talks.meeting import announces, council

#: What a PDF begins with.
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def town(anywhere: Town) -> Town:
    return anywhere


# --- several neighbourhoods -------------------------------------------------------------------------------------------


async def test_an_officer_chooses_neighborhoods_one_by_one(anywhere: Town) -> None:
    town = anywhere
    officer = await staff(town, Role.COUNTY_OFFICER, "kerman", "bale")
    people = [town.person("telegram", 1001), town.person("bale", 1002), town.person("telegram", 1003)]
    for person, name in zip(people, ("محلهٔ شهر", "شهرک مطهری", "خواجه خضر"), strict=True):
        await person.settles(name)
    await officer.says(f"/broadcast {news(1)}")
    await officer.presses("شهرستان کرمان")
    await officer.presses("گیرنده‌ها")
    await officer.presses("چند محله")
    await officer.presses("محلهٔ شهر")
    assert officer.last == "یک محله انتخاب شده است. محله‌های دیگر را هم انتخاب کنید یا ادامه دهید."
    assert "برداشتن محلهٔ شهر" in officer.buttons
    await officer.says("مطهری")
    await officer.presses("برداشتن شهرک مطهری")
    await officer.presses("شهرک مطهری")
    await officer.presses("ادامه")
    assert officer.heard[-2] == (
        f"پیام کمیتهٔ راهبری شهرستان کرمان:\n{news(1)}\nاین پیام برای اهالی محلهٔ شهر و شهرک مطهری فرستاده شده است."
    )
    assert officer.last.startswith("این پیام برای ۲ نفر از اهالی محلهٔ شهر و شهرک مطهری فرستاده می‌شود:")
    await officer.presses("ارسال")
    await until_over(town, 1)
    assert [any(news(1) in said for said in person.heard) for person in people] == [True, True, False]
    await people[1].presses("چرا این پیام؟")
    assert people[1].last.startswith("این پیام به شما رسید، چون شهرک مطهری را محلهٔ خود انتخاب کرده‌اید.")
    await people[2].forges("a:why.show:1")
    assert people[2].last.startswith("این پیام اکنون برای شما نیست")
    for person, n in ((people[0], 1), (people[2], 0)):
        await person.says("/news")
        assert (news(1) in person.last) is bool(n)


async def test_all_of_them_is_the_county_itself(town: Town) -> None:
    officer = await staff(town, Role.COUNTY_OFFICER, "kerman", "bale")
    for number, name in enumerate(("محلهٔ شهر", "شهرک مطهری")):
        await town.person("telegram", 1001 + number).settles(name)
    await officer.says(f"/broadcast {news(1)}")
    await officer.presses("شهرستان کرمان")
    await officer.presses("گیرنده‌ها")
    await officer.presses("چند محله")
    await officer.presses("شهرک مطهری")
    await officer.presses("همه")
    assert officer.last.startswith("این پیام برای ۲ نفر از اهالی شهرستان کرمان فرستاده می‌شود:")


async def test_whoever_leads_in_two_neighborhoods_writes_to_both(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    await town.grant(author, Role.COORDINATOR, "kerman/n2")
    people = [town.person("telegram", 1001), town.person("bale", 1002)]
    for person, name in zip(people, ("محلهٔ شهر", "شهرک مطهری"), strict=True):
        await person.settles(name)
    await author.says(f"/broadcast {news(1)}")
    await author.presses("چند محله")
    assert "خواجه خضر" not in author.buttons
    await author.presses("همه")
    assert author.heard[-2].startswith("پیام شوراهای پیشرفت محلهٔ شهر و شهرک مطهری:\n")
    await author.presses("ارسال")
    await until_over(town, 1)
    assert all(any(news(1) in said for said in person.heard) for person in people)


async def test_nobody_adds_a_neighborhood_that_is_not_theirs(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    await town.grant(author, Role.COORDINATOR, "kerman/n2")
    await author.says(f"/broadcast {news(1)}")
    await author.presses("چند محله")
    serial = author.data_of("همه").split(":")[1]
    for forged in ("9", "1", "x", "9999999"):
        await author.forges(f"c:{serial}:pick:{forged}")
        assert author.last.startswith("ببخشید، متوجه منظورتان نشدیم.")
    await author.forges(f"c:{serial}:enough")
    assert author.last == "هنوز محله‌ای انتخاب نکرده‌اید. لطفاً دست‌کم یکی را انتخاب کنید."


# --- those of a meeting -----------------------------------------------------------------------------------------------


async def test_those_who_mean_to_come_to_a_meeting_are_written_to_alone(anywhere: Town) -> None:
    town = anywhere
    coordinator, near, far = await council(town)
    third = town.person("telegram", 2003)
    await third.settles()
    await announces(coordinator)
    await near.presses("می‌آیم")
    await far.presses("شاید")
    await third.presses("نمی‌آیم")
    await coordinator.says(f"/broadcast {news(1)}")
    await coordinator.presses("گیرنده‌ها")
    await coordinator.presses("شرکت‌کننده‌های یک جلسه")
    await coordinator.presses(coordinator.buttons[0])
    who = "کسانی که گفته‌اند به نشست عمومی اهالی محلهٔ شهر می‌آیند یا شاید بیایند"
    assert coordinator.last.startswith(f"این پیام برای ۲ نفر از {who} فرستاده می‌شود:")
    await coordinator.presses("ارسال")
    await until_over(town, 2)
    assert news(1) in near.last
    assert news(1) in far.last
    assert not any(news(1) in said for said in third.heard)
    await near.presses("چرا این پیام؟")
    assert near.last == "این پیام به شما رسید، چون برای نشست عمومی اهالی محلهٔ شهر گفته‌اید «می‌آیم»."


async def test_without_a_meeting_there_is_nobody_who_comes(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    await town.person("bale", 1001).settles()
    await author.says(f"/broadcast {news(1)}")
    await author.presses("گیرنده‌ها")
    await author.presses("شرکت‌کننده‌های یک جلسه")
    assert author.last == "جلسه‌ای نیست که بشود برای شرکت‌کننده‌هایش پیام فرستاد."


# --- what goes with it ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "content"), [("voice", None), ("document", PDF)])
@pytest.mark.parametrize("platform", ["telegram", "bale"])
async def test_a_voice_or_a_file_goes_to_both_messengers(
    town: Town, platform: str, kind: str, content: bytes | None
) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1", platform)
    readers = [town.person(name, 1010 + n) for name in ("telegram", "bale") for n in range(2)]
    for reader in readers:
        await reader.settles()
    await author.says("/broadcast")
    more = {"content": content, "name": "a.pdf", "mime": "application/pdf"} if content else {}
    town.sandbox.send(platform, 1003, kind, caption=news(1), **more)
    await town.quiet()
    assert ("حذف صدا" if kind == "voice" else "حذف فایل") in author.buttons
    await author.presses("ارسال")
    await until_over(town, 1)
    for reader in readers:
        last = reader.chat[-1]
        assert (last["kind"], news(1) in last["text"]) == (kind, True)
    assert author.last.endswith("فرستاده شد: ۴ نفر")
    await author.presses("اصلاح متن")
    await author.says(news(2))
    await author.presses("اصلاح شود")
    for _ in range(10):
        await town.passes(1)
    assert all(news(2) in reader.last for reader in readers)


async def test_what_is_no_pdf_stops_it_with_a_word(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    reader = town.person("bale", 1001)
    await reader.settles()
    await author.says("/broadcast")
    town.sandbox.document("telegram", 1003, content=b"MZ not a paper", name="a.exe", caption=news(1))
    await town.quiet()
    await author.presses("ارسال")
    await until_over(town, 1)
    assert author.last.endswith("لطفاً دوباره بفرستید؛ از فایل‌ها فقط پی‌دی‌اف پذیرفته می‌شود.")
    assert not any(news(1) in said for said in reader.heard)


async def test_the_author_learns_beforehand_that_long_words_come_apart(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    await town.person("bale", 1001).settles()
    await author.says("/broadcast")
    town.sandbox.photo("telegram", 1003, caption=news(1))
    await town.quiet()
    apart = "متن زیر عکس یا فایل جا نمی‌شود و در پیامی جداگانه پس از آن می‌رسد."
    assert apart not in author.last
    await author.says("سلام به همهٔ اهالی. " * 100)
    assert apart in author.last
