"""An announcement for later: at a time, after the night, changed, taken back, and not sent for whoever may no more."""

from __future__ import annotations

import pytest

from domain.permissions import Role
from storage import people
from storage.tx import Tx
from tests.town import Person, Town
from tests.town_talks.announcing import DAY, HOUR, limited, news, one, until
from tests.town_talks.many import staff, until_over

#: From printed calendars, not computed: ۱۳ آبان ۱۴۰۵ is a Wednesday, ۱۴ آبان a Thursday, ۵ آذر a Thursday.
TOMORROW = "پنجشنبه ۱۴ آبان ۱۴۰۵، ساعت ۶ عصر (۱۸:۰۰)"
LATER = "پنجشنبه ۵ آذر ۱۴۰۵، ساعت ۵ عصر (۱۷:۰۰)"


@pytest.fixture
def town(quiet_town: Town) -> Town:
    return quiet_town


async def plans(author: Person, when: str) -> None:
    await author.says(f"/broadcast {news(1)}")
    await author.presses("زمان ارسال")
    await author.says(when)


async def test_it_is_sent_at_its_time_and_not_before(anywhere: Town) -> None:
    town = anywhere
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    near = town.person("bale", 1001)
    await near.settles()
    await plans(author, "فردا ساعت ۶ عصر")
    assert f"زمان ارسال: {TOMORROW}" in author.last
    await author.presses("ارسال")
    assert author.last.split("\n") == [f"«{news(1)}»", f"زمان ارسال: {TOMORROW}", "برای اهالی محلهٔ شهر: یک نفر"] or (
        author.last.split("\n")[:2] == [f"«{news(1)}»", f"زمان ارسال: {TOMORROW}"]
    )
    late = town.person("telegram", 1002)
    await late.settles()
    await town.passes(DAY)
    await until(town, 17)
    await town.restart()
    assert not any(news(1) in said for said in near.heard)
    await until(town, 18)
    await until_over(town, 1)
    assert news(1) in near.last
    assert news(1) in late.last, "whoever is there when it begins"


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("پنجشنبه ۵ آذر ساعت ۵ عصر", LATER),
        ("۱۴۰۵/۹/۵ ۱۷:۰۰", LATER),
        ("فردا ۱۸", TOMORROW),
    ],
)
async def test_a_time_is_typed_in_any_words(town: Town, said: str, read: str) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    await town.person("bale", 1001).settles()
    await plans(author, said)
    assert f"زمان ارسال: {read}" in author.last


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ("دیروز ساعت ۵ عصر", "این زمان گذشته است."),
        ("فردا ساعت ۲۵", "چنین ساعتی نداریم."),
        ("نمی‌دانم", "این زمان را متوجه نشدیم."),
        ("۵ تیر ساعت ۵ عصر", "زمان ارسال باید از حالا تا حداکثر ۶۰ روز دیگر باشد."),
        ("شنبه ۵ آذر ساعت ۵ عصر", "روز و تاریخ با هم نمی‌خوانند؛ آن تاریخ پنجشنبه ۵ آذر ۱۴۰۵ است."),
    ],
)
async def test_a_time_that_cannot_be_is_asked_for_again(town: Town, said: str, refused: str) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    await town.person("bale", 1001).settles()
    await plans(author, said)
    assert author.last.startswith(refused)
    await author.says("فردا ساعت ۶ عصر")
    assert f"زمان ارسال: {TOMORROW}" in author.last


async def test_it_can_wait_until_people_have_rested(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    await town.person("bale", 1001).settles()
    await author.says(f"/broadcast {news(1)}")
    await author.presses("زمان ارسال")
    await author.presses("پس از استراحت")
    assert "زمان ارسال: پنجشنبه ۱۴ آبان ۱۴۰۵، ساعت ۷ صبح (۰۷:۰۰)" in author.last
    await author.presses("زمان ارسال")
    await author.presses("همین حالا")
    assert "زمان ارسال" not in author.last


async def test_what_is_planned_is_seen_and_changed_and_goes_once(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    near = town.person("bale", 1001)
    await near.settles()
    await plans(author, "فردا ساعت ۶ عصر")
    await author.presses("ارسال")
    await author.says("/broadcasts")
    assert f"زمان ارسال: {TOMORROW} فرستنده: خودتان" in author.last
    await author.presses(author.buttons[0])
    await author.presses("تغییر")
    await author.says(news(2))
    await author.presses("زمان ارسال")
    await author.says("پنجشنبه ۵ آذر ساعت ۵ عصر")
    await author.presses("ارسال")
    assert ((await one(town, 1)).state, (await one(town, 2)).state) == ("stopped", "planned")
    for _ in range(23):
        await town.passes(DAY)
    await until_over(town, 2)
    heard = [said for said in near.heard if "خبر شمارهٔ" in said]
    assert len(heard) == 1
    assert news(2) in heard[0]


async def test_one_that_has_begun_meanwhile_is_not_changed(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    await town.person("bale", 1001).settles()
    await plans(author, "فردا ساعت ۶ عصر")
    await author.presses("ارسال")
    await author.presses("تغییر")
    await town.passes(DAY + 12 * HOUR)
    await until_over(town, 1)
    await author.presses("زمان ارسال")
    await author.presses("همین حالا")
    await author.presses("ارسال")
    assert author.last == "این پیام دیگر منتظر ارسال نیست و نمی‌شود عوضش کرد."


async def test_one_that_was_taken_back_is_not_sent(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    near = town.person("bale", 1001)
    await near.settles()
    await plans(author, "فردا ساعت ۶ عصر")
    await author.presses("ارسال")
    await author.presses("لغو ارسال")
    for _ in range(3):
        await town.passes(DAY)
    assert (await one(town, 1)).state == "stopped"
    assert not any(news(1) in said for said in near.heard)


async def loses_the_role(author: Person) -> None:
    def revoke(tx: Tx) -> None:
        person = people.find_account(tx, author.platform, author.id)
        assert person is not None
        people.revoke(tx, person, Role.COORDINATOR, None, author.town.clock.seconds())

    await author.town.run(revoke)


@pytest.mark.parametrize("council", [True, False])
async def test_of_whoever_may_no_more_nothing_is_sent_and_the_colleagues_learn_it(town: Town, council: bool) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    officer = await staff(town, Role.COUNTY_OFFICER, "kerman", "telegram", 1005)
    told = await staff(town, Role.COUNCIL_HEAD, "kerman/n1", "bale", 1004) if council else officer
    near = town.person("bale", 1001)
    await near.settles()
    await plans(author, "فردا ساعت ۶ عصر")
    await author.presses("ارسال")
    await loses_the_role(author)
    await town.passes(DAY + 9 * HOUR)
    await town.passes(60)
    assert (await one(town, 1)).state == "unseated"
    words = [
        "این پیام قرار بود اکنون برای اهالی محلهٔ شهر فرستاده شود:",
        f"«{news(1)}»",
        "فرستندهٔ آن دیگر این نقش را ندارد؛ برای همین فرستاده نشد. اگر لازم است، پیام را خودتان بفرستید.",
    ]
    assert told.last.split("\n") == words
    assert any("دیگر این نقش را ندارد" in said for said in author.heard)
    assert not any(news(1) in said for said in near.heard)
    if council:
        assert not any(news(1) in said for said in officer.heard)


async def test_an_approved_one_still_waits_for_its_time(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    head = await staff(town, Role.COUNCIL_HEAD, "kerman/n1", "bale", 1004)
    readers = [town.person("bale", 1001), town.person("telegram", 1002)]
    for person in readers:
        await person.settles()
    await limited(town, announce_alone=1)
    await plans(author, "فردا ساعت ۶ عصر")
    await author.presses("ارسال")
    await town.passes(1)
    assert f"زمان ارسال: {TOMORROW}" in head.last
    await head.presses("تأیید و ارسال")
    assert (await one(town, 1)).state == "planned"
    await town.passes(DAY)
    await until(town, 18)
    await until_over(town, 1)
    assert all(news(1) in person.last for person in readers)
