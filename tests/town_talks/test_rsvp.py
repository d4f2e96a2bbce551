"""Answers to an invitation: whose they are, what becomes of them, and who hears of the meeting because of them."""

from __future__ import annotations

import pytest

from domain.permissions import Role
from storage import people
from storage.tx import Tx
from tests.sentences import said
from tests.town import Person, Town
from tests.town_talks.meeting import (
    INVITATION,
    KIND,
    PUBLIC,
    THEN,
    THURSDAY,
    UNTIL_IT,
    announces,
    answers,
    card,
    council,
    lines,
    moves,
    weekly,
)
from tests.town_talks.two import connects, rows


def invitations(person: Person) -> list[list[str]]:
    return [lines(text) for text in person.heard if text.startswith(INVITATION[0])]


async def test_of_two_accounts_of_one_person_the_later_answer_counts_once(anywhere: Town) -> None:
    coordinator, near, far = await council(anywhere)
    await announces(coordinator)
    await near.presses("نمی‌آیم")
    await anywhere.passes(1)
    await far.presses("می‌آیم")
    await connects(near, far)
    assert [row["answer"] for row in await rows(anywhere, "SELECT answer FROM rsvps")] == ["yes"]
    await near.forges(near.data_of("شاید"))
    await anywhere.passes(6)
    assert card(coordinator)[-1] == "می‌آیند: ۰ · شاید: ۱ · نمی‌آیند: ۰"


async def test_what_one_said_stays_in_the_invitation_when_the_agenda_grows(anywhere: Town) -> None:
    coordinator, near, far = await council(anywhere)
    await announces(coordinator)
    await near.presses("می‌آیم")
    await far.presses("پیشنهاد موضوع")
    await far.says("روشنایی بوستان لاله")
    await coordinator.presses("در دستور بگذار")
    for _ in range(3):
        await anywhere.passes(6)
    assert lines(near.last)[3:] == [
        "موضوع‌های جلسه:",
        "۱. روشنایی بوستان لاله",
        "حضور برای همهٔ اهالی آزاد است.",
        said("rsvp-said-yes"),
    ]
    assert near.buttons[:3] == ["می‌آیم (۱)", "شاید", "نمی‌آیم"]
    assert [text[-1] for text in invitations(far)] == [said("invitation-ask")]


async def test_nobody_answers_for_a_meeting_that_is_over_cancelled_or_not_theirs(anywhere: Town) -> None:
    coordinator, near, far = await council(anywhere)
    stranger = anywhere.person("telegram", 2009)
    await stranger.settles("شهرک مطهری")
    await announces(coordinator)
    press = near.data_of("می‌آیم")
    await stranger.forges(press)
    assert stranger.last == said("meeting-unknown")
    await anywhere.passes(UNTIL_IT)
    await near.forges(press)
    assert near.last == said("rsvp-over")
    await announces(coordinator, "شنبه ۷ آذر ساعت ۵ عصر")
    press = far.data_of("می‌آیم")
    await coordinator.presses("لغو جلسه")
    await coordinator.says("سخنران بیمار است")
    await coordinator.presses("لغو جلسه")
    await far.forges(press)
    assert far.last.startswith("این جلسه برگزار نمی‌شود")
    assert await rows(anywhere, "SELECT answer FROM rsvps") == []


@pytest.mark.parametrize("change", ["moved", "cancelled"])
async def test_whoever_means_to_come_hears_of_a_change_even_without_the_news_or_from_elsewhere(
    anywhere: Town, change: str
) -> None:
    coordinator, near, far = await council(anywhere)
    silent = anywhere.person("bale", 2003)
    await silent.settles()
    await weekly(near)
    await silent.says("/stop")
    await announces(coordinator)
    assert [invitations(one) for one in (near, silent)] == [[], []], "to residents an invitation is news"
    await answers(near, "می‌آیم")
    await far.presses("شاید")

    def leaves(tx: Tx) -> None:
        person = people.find_account(tx, far.platform, far.id)
        assert person is not None
        people.revoke(tx, person, Role.RESIDENT, None, anywhere.clock.seconds())

    await anywhere.run(leaves)
    if change == "moved":
        await moves(coordinator)
        told = f"{PUBLIC} تغییر کرد."
    else:
        await coordinator.presses("لغو جلسه")
        await coordinator.says("سخنران بیمار است")
        await coordinator.presses("لغو جلسه")
        for _ in range(3):
            await anywhere.passes(6)
        told = f"{PUBLIC} برگزار نمی‌شود."
    assert [lines(one.last)[0] for one in (near, far)] == [told, told]
    assert not any(PUBLIC in text for text in silent.heard)


async def test_to_the_council_an_invitation_is_a_duty_and_to_residents_news(anywhere: Town) -> None:
    coordinator, near, far = await council(anywhere)
    for person in (near, far):
        await person.says("/stop")
    await anywhere.grant(near, Role.COUNCIL_MEMBER, "kerman/n1")
    await announces(coordinator)
    assert [len(invitations(one)) for one in (near, far)] == [1, 0]
    (sent,) = await rows(anywhere, "SELECT total, aimed, silent, sent FROM broadcasts")
    assert dict(sent) == {"total": 2, "aimed": 1, "silent": 1, "sent": 1}


async def test_the_weekly_news_name_the_meetings_ahead(anywhere: Town) -> None:
    coordinator, near, _ = await council(anywhere)
    await weekly(near)
    await announces(coordinator)
    # Thursday ۱۴ آبان is three weeks before; ۲۱ آبان two.
    for days, told in ((1.5, 0), (7, 1)):
        await anywhere.passes(days * 86_400)
        named = [text for text in near.heard if f"دعوتید به {PUBLIC}: {THURSDAY}" in lines(text)]
        assert len(named) == told
    assert not invitations(near)


async def test_the_invitation_is_changed_however_long_ago_it_was_sent(anywhere: Town) -> None:
    """What was sent is forgotten after a month; an invitation is not, as long as its meeting is to come."""
    coordinator, near, _ = await council(anywhere)
    # ۲۰ دی ۱۴۰۵ is a Sunday: 10 January 2027, by the printed calendar.
    await announces(coordinator, "یکشنبه ۲۰ دی ساعت ۵ عصر", KIND)
    for _ in range(40):
        await anywhere.passes(86_400)
    await coordinator.says("/meetings")
    await coordinator.presses("یکشنبه ۲۰ دی، نشست عمومی")
    await coordinator.presses("تغییر زمان")
    await coordinator.says("یکشنبه ۲۰ دی ساعت ۶ عصر")
    await coordinator.says("به خواست اهالی")
    await coordinator.presses("اعلام تغییر")
    for _ in range(3):
        await anywhere.passes(6)
    assert [text[1] for text in invitations(near)] == ["زمان: یکشنبه ۲۰ دی ۱۴۰۵، ساعت ۶ عصر (۱۸:۰۰)"]


async def test_a_press_on_an_old_invitation_shows_the_meeting_as_it_is_now(anywhere: Town) -> None:
    coordinator, near, _ = await council(anywhere)
    await announces(coordinator, THEN)
    press = near.data_of("می‌آیم")
    await moves(coordinator)
    await near.forges(press)
    assert lines(near.last)[1] == "زمان: جمعه ۶ آذر ۱۴۰۵، ساعت ۱۰ صبح (۱۰:۰۰)"
