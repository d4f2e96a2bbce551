"""The roadmap through the front door, its adoption in a meeting, and what boards decided."""

from __future__ import annotations

import pytest

from domain import meetings
from domain.actions import By, Kind, Move, Who
from domain.permissions import Role
from storage import actions, places
from storage.tx import Tx
from tests.sentences import said
from tests.town import Town
from tests.town_talks.many import staff
from tests.town_talks.plans import DAY, LAMPS, a_meeting_was_held, an_accepted_report, coordinator, records


@pytest.fixture
def town(quiet_town: Town) -> Town:
    return quiet_town


async def test_the_roadmap_shows_who_does_what_by_when_and_what_waits(anywhere: Town) -> None:
    town = anywhere
    decider, resident = await coordinator(town), town.person("bale", 1001)
    await resident.settles()
    await resident.says("/roadmap")
    assert resident.last.startswith("در نقشهٔ راه محلهٔ شهر هنوز چیزی نیست")
    await an_accepted_report(town, resident, decider)
    await records(decider)
    await resident.says("محلهٔ ما")
    await resident.presses("نقشهٔ راه")
    assert resident.last.splitlines()[:4] == [
        "نقشهٔ راه محلهٔ شهر",
        "در دست انجام:",
        f"«{LAMPS}»؛ توزیع برق شمال، تا یکشنبه ۱۵ آذر",
        "در نوبت:",
    ]
    assert resident.last.splitlines()[4].startswith("«تاریکی کوچهٔ ۱۲»؛ خبر بعدی تا ")
    assert not any("علی" in heard for heard in decider.heard if heard.startswith("نقشهٔ راه"))
    assert "تصویب در جلسه" not in resident.buttons


async def test_staff_say_which_meeting_adopted_it_and_a_later_change_is_marked(town: Town) -> None:
    decider, resident = await coordinator(town), town.person("bale", 1001)
    await resident.settles()
    await records(decider)
    await decider.says("/roadmap")
    await decider.presses("تصویب در جلسه")
    assert decider.last == said("roadmap-no-meeting")
    await a_meeting_was_held(town)
    await decider.says("/roadmap")
    await decider.presses("تصویب در جلسه")
    await decider.presses("سه‌شنبه ۱۲ آبان")
    assert "مصوب جلسهٔ سه‌شنبه ۱۲ آبان" in decider.last
    await resident.says("/roadmap")
    assert resident.last.splitlines()[1] == "مصوب جلسهٔ سه‌شنبه ۱۲ آبان"
    assert said("roadmap-changed") not in resident.last
    await records(decider, "آسفالت کوچهٔ ۱۴", agency="شهرداری")
    await resident.says("/roadmap")
    assert resident.last.splitlines()[1:3] == ["مصوب جلسهٔ سه‌شنبه ۱۲ آبان", said("roadmap-changed")]


async def test_nobody_adopts_it_for_another_neighborhood(town: Town) -> None:
    decider, elsewhere = await coordinator(town), await coordinator(town, "bale", 1004, "kerman/n2")
    await records(decider)
    await a_meeting_was_held(town)
    number = await town.run(lambda tx: _number(tx, "kerman/n1"))
    await elsewhere.forges(f"a:roadmap.adopt:{number}")
    assert elsewhere.last.startswith("این بخش برای شما باز نیست.")
    for about in ("", "x", "1", "999999"):
        await decider.forges(f"a:roadmap.adopt:{about}")
        assert decider.last == said("not-understood")


def _number(tx: Tx, written: str) -> int:
    place = places.written(tx, written)
    assert place is not None
    return place.id


async def test_officers_read_the_boards_decisions_by_agency(anywhere: Town) -> None:
    town = anywhere
    officer = await staff(town, Role.COUNTY_OFFICER, "kerman")
    await officer.says("/decisions")
    assert officer.last == said("decisions-none")
    meeting = await a_meeting_was_held(town, "kerman", meetings.Kind.COUNTY_BOARD)
    await town.run(lambda tx: _decided(tx, meeting, town.clock.seconds()))
    await officer.says("/decisions")
    assert officer.last.splitlines()[1:] == [
        "شهرداری: در دست انجام ۲ (دیرشده ۱)، انجام‌شده ۰، عمل‌نشده ۰، کنار گذاشته ۰",
        "آب و فاضلاب: در دست انجام ۰ (دیرشده ۰)، انجام‌شده ۱، عمل‌نشده ۰، کنار گذاشته ۰",
    ]
    await officer.presses("شهرداری")
    assert officer.last.splitlines()[0] == "۲ تصمیم برای شهرداری:"
    assert "یک روز از مهلت (سه‌شنبه ۱۲ آبان) گذشته است" in officer.last
    await officer.says("/decisions اب")
    assert officer.last.startswith("یک تصمیم برای آب و فاضلاب:")
    await officer.says("/decisions نیست")
    assert officer.last == said("decisions-none-such")
    elsewhere = await staff(town, Role.COUNTY_OFFICER, "bam", "bale", 1004)
    await elsewhere.says("/decisions")
    assert elsewhere.last == said("decisions-none")
    await elsewhere.forges("a:decisions.of:1:0")
    assert elsewhere.last == said("action-unknown")


def _decided(tx: Tx, meeting: int, now: int) -> None:
    county = _number(tx, "kerman")
    for name, due in (("شهرداری", now - DAY), ("شهرداری", now + DAY), ("آب و فاضلاب", now + DAY)):
        one = actions.create(
            tx,
            place=county,
            kind=Kind.RESOLUTION,
            what="لولهٔ خیابان اصلی عوض شود",
            who_kind=Who.AGENCY,
            who_name=name,
            due=due,
            meeting=meeting,
            author=None,
            now=now,
            by=By.COUNTY,
        )
    actions.move(tx, one, Move.KEEP, by=By.COUNTY, actor=None, now=now)
