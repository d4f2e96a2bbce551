"""Roles in the chat: given by card, forwarded message, link or in one line; taken back; ended by themselves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from domain.permissions import GIVES, LEVEL, RULES, Do, Role, Seat, gives
from handlers._roles import TOLD
from storage import people, roles
from storage.roles import Held
from tests.sentences import said
from tests.town import Person, Town, make_town

DAY = 86400


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with make_town(tmp_path) as opened:
        yield opened


async def somebody(town: Town, number: int, platform: str = "telegram", *roles: tuple[Role, str]) -> Person:
    person = town.person(platform, number)
    await person.says("/start")
    await person.presses("می‌پذیرم")
    await person.says("/cancel")
    for role, place in roles:
        await town.grant(person, role, place)
    return person


async def an_officer(town: Town, platform: str = "telegram") -> Person:
    return await somebody(town, 1004, platform, (Role.COUNTY_OFFICER, "kerman"))


async def sends_contact(town: Town, who: Person, owner: Person | None) -> None:
    town.sandbox.contact(who.platform, who.id, owner=owner.id if owner else 0)
    await town.quiet()


async def held(town: Town, who: Person) -> list[Held]:
    def look(tx: Any) -> list[Held]:
        number = people.find_account(tx, who.platform, who.id)
        assert number is not None
        return [one for one in roles.of_person(tx, number, town.clock.seconds()) if one.role is not Role.RESIDENT]

    return await town.run(look)


def link_of(who: Person) -> str:
    """The payload of the link that was just made."""
    return who.last.rpartition("?start=")[2].strip()


# --- the rule -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("giver", Role)
def test_nobody_gives_more_than_their_own_reach(giver: Role) -> None:
    levels = ("neighborhood", "county", "province")
    for role in GIVES.get(giver, ()):
        assert levels.index(LEVEL[role]) <= levels.index(LEVEL[giver])
    seat = [Seat(giver, 1, "/kerman/")]
    assert gives(seat, "/kermanshah/x/y/") == frozenset()
    assert gives(seat, "/") == frozenset()
    assert gives(seat, "/kerman/city/n1/") == gives(seat) == GIVES.get(giver, frozenset())
    assert Role.RESIDENT not in gives(seat)


def test_whoever_may_give_has_something_to_give_and_every_right_is_told() -> None:
    assert RULES[Do.GRANT] == set(GIVES)
    free = {do for do, allowed in RULES.items() if not allowed <= set(Role)}
    assert set(TOLD) == set(RULES) - free


# --- by card and by forwarded message -----------------------------------------------------------------------------


async def test_an_officer_makes_a_coordinator_of_a_contact(town: Town) -> None:
    officer, neighbor = await an_officer(town), await somebody(town, 1001)
    await officer.says("دادن نقش")
    assert officer.last == said("grant-who")
    await sends_contact(town, officer, neighbor)
    assert officer.last == "چه نقشی به مریم می‌دهید؟"
    assert "مدیر استان" not in officer.buttons
    assert "مسئول شهرستان" not in officer.buttons
    await officer.presses("دبیر شورا")
    assert officer.last == said("grant-place", level="neighborhood")
    await officer.says("مطهري")
    assert officer.last.splitlines()[1:5] == [
        "شخص: مریم",
        "نقش: دبیر شورا، شورای پیشرفت شهرک مطهری",
        "شروع: امروز",
        "مدت: بدون تاریخ پایان",
    ]
    await officer.presses("دادن نقش")
    assert officer.last.startswith("نقش داده شد و به خودش هم خبر دادیم:\nمریم، دبیر شورا، شورای پیشرفت شهرک مطهری")
    assert neighbor.last == (
        "نقش شما از امروز: دبیر شورا، شورای پیشرفت شهرک مطهری\nبدون تاریخ پایان\n"
        "گزارش‌های اهالی را می‌بینید و پاسخ می‌دهید.\nلینک دعوت محله و تصویر آن را می‌گیرید.\n"
        "اهالی را به جلسه دعوت می‌کنید.\nقول‌ها و کارها را می‌نویسید و نتیجهٔ آن‌ها را اعلام می‌کنید.\n"
        "برای اهالی پیام می‌فرستید.\nنظر اهالی را می‌پرسید."
    )
    assert neighbor.buttons == ["دیدن گزارش‌ها", "راهنما"]
    (role,) = await held(town, neighbor)
    assert (role.role, role.path, role.until) == (Role.COORDINATOR, "/kerman/city/n2/", None)
    assert role.granted_by is not None
    await neighbor.presses("دیدن گزارش‌ها")
    assert neighbor.last == said("queue-none")
    await neighbor.says("/help")
    assert "نقش شما: دبیر شورا، شورای پیشرفت شهرک مطهری\nگزارش‌های اهالی را می‌بینید" in neighbor.last


@pytest.mark.parametrize("shape", ["origin", "legacy"])
async def test_a_forwarded_message_names_its_author(town: Town, shape: str) -> None:
    officer, neighbor = await an_officer(town), await somebody(town, 1001)
    await officer.says("/grant")
    author = {"id": 1001, "is_bot": False, "first_name": "مریم"}
    told = {"forward_origin": {"type": "user", "sender_user": author, "date": 1}}
    town.sandbox.raw(
        "telegram",
        {
            "message": {
                "message_id": 900,
                "date": 1,
                "chat": {"id": 1004, "type": "private"},
                "from": {"id": 1004, "is_bot": False, "first_name": "رضا"},
                "text": "سلام، من هستم",
                **(told if shape == "origin" else {"forward_from": author, "forward_date": 1}),
            }
        },
    )
    await town.quiet()
    assert officer.last == "چه نقشی به مریم می‌دهید؟"
    await officer.presses("عضو شورا")
    await officer.presses("محلهٔ شهر، کرمان")
    await officer.presses("دادن نقش")
    assert [one.role for one in await held(town, neighbor)] == [Role.COUNCIL_MEMBER]


async def test_who_cannot_be_found_is_said_why(town: Town) -> None:
    officer = await an_officer(town)
    stranger = town.person("telegram", 1002)
    await officer.says("/grant")
    await officer.says("علی آقا")
    assert officer.last == said("who-wrong")
    await sends_contact(town, officer, None)
    assert officer.last == said("who-hidden")
    await sends_contact(town, officer, stranger)
    assert officer.last == said("who-stranger")
    await stranger.says("/start")
    await sends_contact(town, officer, stranger)
    assert officer.last == said("who-stranger"), "somebody who has agreed to nothing is nobody's officer"


async def test_another_countys_neighbourhood_is_not_found_and_not_taken(town: Town) -> None:
    officer, neighbor = await an_officer(town), await somebody(town, 1001)
    await officer.says("/grant")
    await sends_contact(town, officer, neighbor)
    await officer.presses("دبیر شورا")
    await officer.says("ارگ")
    assert officer.last == said("grant-place-not-found", name="ارگ")
    await officer.says("bam/arg")
    assert officer.last == said("grant-beyond")
    await officer.says("/grant 1001 coordinator bam/arg")
    assert officer.last == said("grant-beyond")
    await officer.says("/grant 1001 province_admin")
    assert officer.last == said("grant-beyond")
    assert await held(town, neighbor) == []


# --- in one line --------------------------------------------------------------------------------------------------


async def test_a_role_is_given_and_taken_back_in_one_line(town: Town) -> None:
    officer, neighbor = await an_officer(town), await somebody(town, 1001, "bale")
    await officer.says("/grant bale:۱۰۰۱ coordinator kerman/n1")
    assert [one.path for one in await held(town, neighbor)] == ["/kerman/city/n1/"]
    await officer.says("/grant bale:1001 coordinator kerman/n1")
    assert officer.last.endswith("این نقش را از پیش دارد: دبیر شورا، شورای پیشرفت محلهٔ شهر")
    await officer.says("/revoke bale:1001 coordinator kerman/n2")
    assert officer.last == said("revoke-none")
    await officer.says("/revoke bale:1001 coordinator kerman/n1")
    assert officer.last.startswith("نقش پس گرفته شد:")
    assert neighbor.last == "نقش «دبیر شورا» در شورای پیشرفت محلهٔ شهر از شما پس گرفته شد. بابت همراهی‌تان سپاسگزاریم."
    assert await held(town, neighbor) == []
    (row,) = await town.run(
        lambda tx: tx.all("SELECT granted_by, ended_by, until FROM roles WHERE role = 'coordinator'")
    )
    assert row["granted_by"] == row["ended_by"] is not None
    assert row["until"] == town.clock.seconds()


@pytest.mark.parametrize("text", ["/grant x", "/grant 1001", "/grant 1001 king", "/grant coordinator", "/revoke 1001"])
async def test_an_incomplete_line_shows_how_to_write_it(town: Town, text: str) -> None:
    officer = await an_officer(town)
    await somebody(town, 1001)
    await officer.says(text)
    assert f"{text.split()[0]} 1001 coordinator kerman/shahr" in officer.last


async def test_a_resident_gives_nothing(town: Town) -> None:
    resident = await somebody(town, 1001)
    for text in ("/grant", "/grant 1001 province_admin", "/revoke 1001 province_admin"):
        await resident.says(text)
        assert resident.last == said("not-allowed")


# --- taking back --------------------------------------------------------------------------------------------------


async def test_a_role_is_taken_back_from_the_list(town: Town) -> None:
    officer = await an_officer(town)
    await somebody(town, 1001, "telegram", (Role.COORDINATOR, "kerman/n1"))
    elsewhere = await somebody(town, 1002, "telegram", (Role.COORDINATOR, "bam/arg"))
    await officer.says("/revoke")
    assert officer.buttons == ["یک همکار، دبیر شورا، محلهٔ شهر", "انصراف"]
    await officer.presses("یک همکار، دبیر شورا، محلهٔ شهر")
    await officer.presses("پس گرفتن نقش")
    assert officer.last.startswith("نقش پس گرفته شد:")
    await officer.says("/revoke")
    assert officer.last == "در محدودهٔ شما کسی نقشی ندارد."
    await sends_contact(town, officer, elsewhere)
    assert officer.last == said("revoke-none")
    assert len(await held(town, elsewhere)) == 1


async def test_the_last_administrator_stays(town: Town) -> None:
    first = await somebody(town, 1004, "telegram", (Role.PROVINCE_ADMIN, ""))
    second = await somebody(town, 1001)
    await first.says("/revoke 1004 province_admin")
    assert first.last == said("revoke-last")
    await first.says("/grant 1001 province_admin")
    await first.says("/revoke 1004 province_admin")
    assert first.heard[-2].startswith("نقش پس گرفته شد:") or first.last.startswith("نقش «مدیر استان»")
    assert await held(town, first) == []
    assert [one.role for one in await held(town, second)] == [Role.PROVINCE_ADMIN]


# --- from–to ------------------------------------------------------------------------------------------------------


LAST_DAY = "امروز آخرین روز نقش «دبیر شورا» در شورای پیشرفت محلهٔ شهر است."


async def test_a_role_ends_by_itself_and_is_told_before_and_at_the_end(town: Town) -> None:
    officer, neighbor = await an_officer(town), await somebody(town, 1001)
    await officer.says("/grant")
    await sends_contact(town, officer, neighbor)
    await officer.presses("دبیر شورا")
    await officer.says("kerman/n1")
    await officer.presses("تاریخ پایان")
    await officer.says("دیروز")
    assert officer.last == said("role-day-wrong")
    await officer.says("۲۳ آبان")
    assert "مدت: تا پایان شنبه ۲۳ آبان" in officer.last
    await officer.presses("دادن نقش")
    assert "تا پایان شنبه ۲۳ آبان" in neighbor.last
    await town.passes(6 * DAY)
    assert "ادامه دارد" not in neighbor.last
    await town.passes(2 * DAY)
    assert neighbor.last == (
        "نقش «دبیر شورا» در شورای پیشرفت محلهٔ شهر تا پایان شنبه ۲۳ آبان ادامه دارد و بعد تمام می‌شود."
    )
    assert officer.last.endswith("مریم، دبیر شورا، شورای پیشرفت محلهٔ شهر")
    await neighbor.says("/queue")
    assert neighbor.last != said("not-allowed")
    # In the morning of the last day once more, while there is still time.
    await town.passes(2 * DAY - 3 * 3600)
    assert neighbor.last != LAST_DAY
    await town.passes(3 * 3600)
    assert neighbor.last == LAST_DAY
    await town.passes(DAY)
    await town.passes(DAY / 2)
    assert neighbor.last == "زمان نقش «دبیر شورا» در شورای پیشرفت محلهٔ شهر تمام شد. بابت همراهی‌تان سپاسگزاریم."
    await neighbor.says("/queue")
    assert neighbor.last == said("not-allowed")


async def test_after_a_roles_end_cards_go_to_the_next_in_charge_and_old_buttons_do_nothing(town: Town) -> None:
    officer, neighbor = await an_officer(town), await somebody(town, 1001)
    reporter = await somebody(town, 1002)
    await reporter.says("/start join_kerman_n1")
    await officer.says("/grant 1001 coordinator kerman/n1 فردا")
    await reporter.reports("چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است")
    assert neighbor.last.startswith("گزارش تازه در محلهٔ شهر")
    accept = neighbor.data_of("پذیرش")
    await neighbor.presses("پذیرش")  # and leaves it open
    await town.passes(2 * DAY)
    await neighbor.presses("پذیرش و اعلام")
    assert neighbor.last == said("not-allowed")
    await neighbor.forges(accept)
    assert neighbor.last == said("not-allowed")
    heard = len(neighbor.heard)
    await reporter.reports("آب جوی کنار مدرسه سرریز کرده است")
    assert len(neighbor.heard) == heard
    assert officer.last.startswith("گزارش تازه در محلهٔ شهر")


async def test_whoever_collects_cards_and_gets_a_role_again_hears_of_what_comes(town: Town) -> None:
    officer, neighbor = await an_officer(town), await somebody(town, 1001)
    reporter = await somebody(town, 1002)
    await reporter.says("/start join_kerman_n1")
    await officer.says("/grant 1001 coordinator kerman/n1 فردا")
    await neighbor.forges("a:cards.open:")
    await neighbor.says("۹ و ۱۸")
    for _ in range(4):
        await town.passes(DAY)
    await officer.says("/grant 1001 coordinator kerman/n1")
    await reporter.reports("چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است")
    await town.passes(DAY)
    assert "۱ گزارش" in neighbor.last or "یک گزارش" in neighbor.last


async def test_a_role_that_begins_later_opens_nothing_before(town: Town) -> None:
    officer, neighbor = await an_officer(town), await somebody(town, 1001)
    await officer.says("/grant")
    await sends_contact(town, officer, neighbor)
    await officer.presses("دبیر شورا")
    await officer.says("kerman/n1")
    await officer.presses("تاریخ شروع")
    await officer.says("۱۵ آبان")
    await officer.presses("تاریخ پایان")
    await officer.says("فردا")
    assert officer.last == said("role-day-order")
    await officer.says("۳۰ آبان")
    await officer.presses("دادن نقش")
    assert neighbor.last.startswith("نقش شما از جمعه ۱۵ آبان: دبیر شورا")
    await neighbor.says("/queue")
    assert neighbor.last == said("not-allowed")
    await town.passes(2 * DAY)
    await neighbor.says("/queue")
    assert neighbor.last == said("queue-none")


async def test_a_role_given_anew_with_another_end_is_not_told_to_have_ended(town: Town) -> None:
    officer, neighbor = await an_officer(town), await somebody(town, 1001)
    await officer.says("/grant 1001 coordinator kerman/n1 ۱۵ آبان")
    await officer.says("/grant 1001 coordinator kerman/n1")
    before = len(neighbor.heard)
    for _ in range(6):
        await town.passes(DAY)
    assert neighbor.heard[before:] == []
    assert [one.until for one in await held(town, neighbor)] == [None]
    rows = await town.run(lambda tx: tx.all("SELECT until FROM roles WHERE role = 'coordinator' ORDER BY id"))
    assert len(rows) == 2, "both stay in the history"


# --- by link ------------------------------------------------------------------------------------------------------


async def invites(officer: Person) -> str:
    await officer.says("/grant")
    await officer.presses("ساختن لینک دعوت")
    await officer.presses("دبیر شورا")
    await officer.says("kerman/n1")
    await officer.presses("ساختن لینک")
    assert officer.last.startswith(
        "این لینک یک بار و تا چهارشنبه ۲۰ آبان کار می‌کند. فقط برای خودِ شخص بفرستید:\nhttps://"
    )
    return link_of(officer)


async def test_an_invitation_says_who_invites_to_what_and_the_inviter_is_told(town: Town) -> None:
    officer = await an_officer(town)
    payload = await invites(officer)
    neighbor = town.person("bale", 1001)
    await neighbor.says(f"/start {payload}")
    await neighbor.presses("می‌پذیرم")  # first the consent, then what they came for
    assert neighbor.last.splitlines()[0].endswith("شما را برای نقش «دبیر شورا» در شورای پیشرفت محلهٔ شهر دعوت کرده است.")
    assert "گزارش‌های اهالی را می‌بینید و پاسخ می‌دهید." in neighbor.last
    assert neighbor.buttons == ["می‌پذیرم", "نمی‌پذیرم"]
    await neighbor.presses("می‌پذیرم")
    assert neighbor.last == "سپاسگزاریم. نقش شما از امروز: دبیر شورا، شورای پیشرفت محلهٔ شهر"
    assert neighbor.buttons == ["دیدن گزارش‌ها", "راهنما"]
    assert officer.last == "مریم دعوت را پذیرفت:\nدبیر شورا، شورای پیشرفت محلهٔ شهر"
    assert [one.role for one in await held(town, neighbor)] == [Role.COORDINATOR]
    other = await somebody(town, 1002)
    await other.says(f"/start {payload}")
    assert other.last == said("claim-used")


async def test_how_many_reports_wait_is_said_at_once(town: Town) -> None:
    officer = await an_officer(town)
    resident = town.person("telegram", 1002)
    await resident.settles()
    await resident.says("چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است")
    await resident.presses("بدون نشانی")
    await resident.presses("نمی‌دانم")
    await resident.presses("ثبت گزارش")
    payload = await invites(officer)
    neighbor = await somebody(town, 1001)
    await neighbor.says(f"/start {payload}")
    await neighbor.presses("می‌پذیرم")
    assert neighbor.last.endswith("\nیک گزارش منتظر شماست.")


async def test_an_invitation_can_be_declined(town: Town) -> None:
    officer, neighbor = await an_officer(town), await somebody(town, 1001)
    payload = await invites(officer)
    await neighbor.says(f"/start {payload}")
    await neighbor.presses("نمی‌پذیرم")
    assert neighbor.last == "بسیار خوب. نقشی به شما داده نشد."
    assert officer.last == "دعوت شما پذیرفته نشد:\nدبیر شورا، شورای پیشرفت محلهٔ شهر"
    assert await held(town, neighbor) == []
    await neighbor.says(f"/start {payload}")
    assert neighbor.last == said("claim-used")


async def test_an_invitation_is_too_old_after_seven_days(town: Town) -> None:
    officer, neighbor = await an_officer(town), await somebody(town, 1001)
    payload = await invites(officer)
    await town.passes(7 * DAY - 60)
    await neighbor.says(f"/start {payload}")
    assert neighbor.buttons == ["می‌پذیرم", "نمی‌پذیرم"]
    await town.passes(120)
    await neighbor.presses("می‌پذیرم")
    assert neighbor.last == said("claim-used")
    assert await held(town, neighbor) == []


async def test_nobody_takes_from_a_link_what_its_maker_may_no_longer_give(town: Town) -> None:
    officer, neighbor = await an_officer(town), await somebody(town, 1001)
    payload = await invites(officer)
    await neighbor.says(f"/start {payload}")
    admin = await somebody(town, 1003, "telegram", (Role.PROVINCE_ADMIN, ""))
    await admin.says("/revoke 1004 county_officer kerman")
    await neighbor.presses("می‌پذیرم")
    assert neighbor.last == said("claim-used")
    assert await held(town, neighbor) == []


async def test_links_of_somebody_who_is_forgotten_open_nothing(town: Town) -> None:
    officer, neighbor = await an_officer(town), await somebody(town, 1001)
    payload = await invites(officer)
    await officer.says("/forget")
    await officer.presses("حذف اطلاعات من")
    await neighbor.says(f"/start {payload}")
    assert neighbor.last == said("claim-used")
    assert await held(town, neighbor) == []
