"""At the meeting: who is counted, when, and what the secretary sees."""

from __future__ import annotations

import pytest

from storage import attendance, people, places
from storage.tx import Tx
from tests.sentences import said
from tests.town import Person, Town
from tests.town_talks.meeting import PUBLIC, UNTIL_IT, announces, card, council
from tests.town_talks.two import connects, rows

HALF_AN_HOUR, TWO_HOURS = 1800, 7200


async def code_of(town: Town) -> str:
    (row,) = await rows(town, "SELECT code FROM meetings")
    return str(row["code"])


async def scans(person: Person) -> None:
    await person.says(f"/start meet_{await code_of(person.town)}")


@pytest.mark.parametrize(("platform", "other"), [("telegram", "bale"), ("bale", "telegram")])
async def test_the_door_opens_half_an_hour_before_and_closes_two_hours_after(
    anywhere: Town, platform: str, other: str
) -> None:
    coordinator, near, far = await council(anywhere, platform, other)
    await announces(coordinator)
    passed = 24  # of announcing
    await anywhere.passes(UNTIL_IT - passed - HALF_AN_HOUR - 1)
    await scans(near)
    assert near.last.startswith(f"ثبت حضور در {PUBLIC} هنوز باز نیست")
    await anywhere.passes(1)
    await scans(near)
    assert near.last == f"خوش آمدید. حضور شما در {PUBLIC} ثبت شد."
    await scans(near)
    assert near.last == f"حضور شما در {PUBLIC} قبلاً ثبت شده است."
    await scans(coordinator)
    await anywhere.passes(HALF_AN_HOUR + TWO_HOURS)
    await scans(far)
    assert far.last == f"خوش آمدید. حضور شما در {PUBLIC} ثبت شد.", "to the very second"
    await anywhere.passes(6)
    third = anywhere.person(other, 2003)
    await third.settles()
    await scans(third)
    assert third.last.startswith(f"ثبت حضور در {PUBLIC} بسته شده است.")
    await coordinator.says("/meetings")
    await coordinator.presses("پنجشنبه ۵ آذر، نشست عمومی")
    name = anywhere.sandbox.messengers[platform].person(coordinator.id).first_name
    assert card(coordinator)[-2:] == ["حاضران: ۳ نفر با کد، ۰ مهمان", f"از شورا: {name}"]


async def test_a_stranger_is_greeted_first_and_a_neighbor_of_elsewhere_is_told_so(anywhere: Town) -> None:
    coordinator, *_ = await council(anywhere)
    await announces(coordinator)
    await anywhere.passes(UNTIL_IT)
    elsewhere = anywhere.person("telegram", 3001)
    await elsewhere.settles("شهرک مطهری")
    await scans(elsewhere)
    assert elsewhere.last.startswith(f"این کد برای {PUBLIC} است")
    await elsewhere.presses("محلهٔ من است")
    await scans(elsewhere)
    assert elsewhere.last == f"خوش آمدید. حضور شما در {PUBLIC} ثبت شد."
    stranger = anywhere.person("bale", 3002)
    await scans(stranger)
    await stranger.presses("می‌پذیرم")
    assert stranger.last.startswith(f"این کد برای {PUBLIC} است")
    await stranger.says("/start meet_XXXXXXXX")
    assert stranger.last == said("check-in-unknown")


async def test_whoever_was_there_once_is_known_there_and_counts_once_with_two_accounts(anywhere: Town) -> None:
    coordinator, near, far = await council(anywhere)
    await announces(coordinator)
    await anywhere.passes(UNTIL_IT)
    for one in (near, far):
        await scans(one)
    await connects(near, far)

    def known(tx: Tx) -> tuple[int, bool, bool]:
        person = people.find_account(tx, near.platform, near.id)
        here, there = places.written(tx, "kerman/n1"), places.written(tx, "kerman/n2")
        assert person is not None
        assert here is not None
        assert there is not None
        return (
            attendance.count(tx, 1),
            attendance.is_verified(tx, person, here.id),
            attendance.is_verified(tx, person, there.id),
        )

    assert await anywhere.run(known) == (1, True, False)


async def test_the_secretary_counts_guests(anywhere: Town) -> None:
    coordinator, near, _ = await council(anywhere)
    await announces(coordinator)
    await coordinator.forges("a:guests.begin:1")
    assert coordinator.last == said("guests-early")
    await anywhere.passes(UNTIL_IT)
    await coordinator.says("/meetings")
    await coordinator.presses("پنجشنبه ۵ آذر، نشست عمومی")
    await coordinator.presses("شمارش مهمانان")
    await coordinator.presses("۵ نفر دیگر")
    await coordinator.presses("۱ نفر دیگر")
    assert coordinator.last.endswith("تا حالا: ۶ نفر")
    await coordinator.says("خیلی")
    assert coordinator.last == said("guests-wrong", most=5000)
    await coordinator.says("۱۲")
    await coordinator.presses("پایان")
    assert "۱۲ مهمان" in coordinator.last
    await near.forges("a:guests.begin:1")
    assert near.last == said("not-allowed")
