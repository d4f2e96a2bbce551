"""Calling a meeting, and what everybody learns of it until it begins."""

from __future__ import annotations

import pytest

from domain.permissions import Role
from tests.sentences import said
from tests.town import Town
from tests.town_talks.meeting import (
    INVITATION,
    PUBLIC,
    THURSDAY,
    UNTIL_IT,
    VENUE,
    announces,
    calls,
    card,
    council,
    lines,
)

DAY, HOUR = 86_400, 3600


@pytest.mark.parametrize(("platform", "other"), [("telegram", "bale"), ("bale", "telegram")])
async def test_a_meeting_from_the_call_to_the_answers(anywhere: Town, platform: str, other: str) -> None:
    coordinator, near, far = await council(anywhere, platform, other)
    await calls(coordinator)
    notes = ["این دعوت برای ۲ نفر فرستاده می‌شود.", said("meeting-no-agenda"), said("meeting-reads")]
    assert lines(coordinator.last) == [*notes, *INVITATION]
    await coordinator.presses("اعلام و دعوت")
    for _ in range(4):  # written, sent, counted, shown
        await anywhere.passes(6)
    for resident in (near, far):
        assert lines(resident.last) == INVITATION
        assert resident.buttons == ["می‌آیم", "شاید", "نمی‌آیم", "پیشنهاد موضوع", "افزودن به تقویم"]
    assert card(coordinator)[3:] == ["دعوت به ۲ نفر رسید.", said("meeting-card-silent")]
    await near.presses("می‌آیم")
    assert lines(near.last)[-1] == said("rsvp-said-yes")
    assert near.buttons[:3] == ["می‌آیم (۱)", "شاید", "نمی‌آیم"]
    await far.presses("شاید")
    assert far.buttons[:3] == ["می‌آیم (۱)", "شاید (۱)", "نمی‌آیم"]
    await anywhere.passes(6)
    assert card(coordinator)[-1] == "می‌آیند: ۱ · شاید: ۱ · نمی‌آیند: ۰"
    await far.presses("نمی‌آیم")
    await far.presses("نمی‌آیم (۱)")
    await anywhere.passes(6)
    assert card(coordinator)[-1] == "می‌آیند: ۱ · شاید: ۰ · نمی‌آیند: ۱"
    assert len([text for text in near.heard if PUBLIC in text]) == 1, "one message, which keeps itself current"


@pytest.mark.parametrize(("platform", "other"), [("telegram", "bale"), ("bale", "telegram")])
async def test_a_change_of_time_is_told_was_and_now_with_the_reason(anywhere: Town, platform: str, other: str) -> None:
    coordinator, near, far = await council(anywhere, platform, other)
    await announces(coordinator)
    await near.presses("می‌آیم")
    await coordinator.says("/meetings")
    await coordinator.presses("پنجشنبه ۵ آذر، نشست عمومی")
    await coordinator.presses("تغییر زمان")
    await coordinator.says("جمعه ۶ آذر ساعت ۱۰ صبح")
    await coordinator.says("مسجد آن روز مراسم دارد")
    friday = "جمعه ۶ آذر ۱۴۰۵، ساعت ۱۰ صبح (۱۰:۰۰)"
    assert lines(coordinator.last) == [
        f"زمان {PUBLIC} عوض شود؟",
        f"زمان قبلی: {THURSDAY}",
        f"زمان تازه: {friday}",
        "دلیل: مسجد آن روز مراسم دارد",
    ]
    await coordinator.presses("اعلام تغییر")
    await anywhere.passes(6)
    assert lines(near.last) == [
        f"{PUBLIC} تغییر کرد.",
        f"زمان قبلی: {THURSDAY}",
        f"زمان تازه: {friday}",
        "دلیل: مسجد آن روز مراسم دارد",
        "بابت این جابه‌جایی عذر می‌خواهیم.",
    ]
    invitations = [text for text in far.heard if text.startswith("دعوت به")]
    assert [lines(text)[1] for text in invitations] == [f"زمان: {friday}"], "who did not answer sees it where it stands"
    assert not any(text.startswith(PUBLIC) for text in far.heard)
    (page,) = [lines(text) for text in near.heard if text.endswith(said("rsvp-said-yes"))]
    assert page[:2] == [PUBLIC, f"زمان: {friday}"], "whoever answered still sees what they said"


async def test_a_cancelled_meeting_is_told_to_those_who_come_and_asks_nobody_any_more(quiet_town: Town) -> None:
    coordinator, near, far = await council(quiet_town)
    await announces(coordinator)
    await near.presses("شاید")
    await coordinator.presses("لغو جلسه")
    await coordinator.says("سخنران بیمار است")
    await coordinator.presses("لغو جلسه")
    await quiet_town.passes(6)
    told = [
        f"{PUBLIC} برگزار نمی‌شود.",
        f"زمانی که گفته بودیم: {THURSDAY}",
        "دلیل: سخنران بیمار است",
        "زمان بعدی را خبر می‌دهیم.",
    ]
    assert [lines(text) for text in near.heard if PUBLIC in text] == [told, told], "the invitation and the news"
    assert [lines(text) for text in far.heard if PUBLIC in text] == [told]
    assert far.chat[-1]["buttons"] in (None, [])
    await quiet_town.passes(UNTIL_IT)
    assert not any(text.startswith("یادآوری") for text in (*near.heard, *far.heard))


async def test_a_colleague_who_was_faster_is_told_and_nothing_is_changed_twice(quiet_town: Town) -> None:
    coordinator, near, _ = await council(quiet_town)
    await quiet_town.grant(near, Role.COUNCIL_HEAD, "kerman/n1")
    await announces(coordinator)
    await near.says("/meetings")
    await near.presses("پنجشنبه ۵ آذر، نشست عمومی")
    await near.presses("تغییر مکان")
    await near.says("مدرسهٔ بهار")
    await near.says("مسجد بسته است")
    await coordinator.presses("تغییر مکان")
    await coordinator.says("بوستان لاله")
    await coordinator.says("هوا خوب است")
    await coordinator.presses("اعلام تغییر")
    await near.presses("اعلام تغییر")
    assert lines(near.last)[0] == "همکارتان کمی زودتر این جلسه را عوض کرد؛ تغییر شما ثبت نشد."
    assert lines(near.last)[-1] == "مکان: بوستان لاله"


# --- reminders --------------------------------------------------------------------------------------------------------


async def test_reminders_go_to_those_who_may_come_and_the_last_to_those_who_mean_to(quiet_town: Town) -> None:
    coordinator, near, far = await council(quiet_town)
    third = quiet_town.person("bale", 2003)
    await third.settles()
    await announces(coordinator)
    await near.presses("می‌آیم")
    await far.presses("نمی‌آیم")

    def reminded() -> list[int]:
        return [sum(text.startswith("یادآوری") for text in one.heard) for one in (near, far, third)]

    await quiet_town.passes(UNTIL_IT - 48 * HOUR - 60)
    assert reminded() == [0, 0, 0]
    await quiet_town.passes(120)
    assert reminded() == [1, 0, 1], "all but those who said no"
    assert lines(near.last) == [f"یادآوری: {PUBLIC}", f"زمان: {THURSDAY}", f"مکان: {VENUE}"]
    await quiet_town.passes(46 * HOUR)
    assert reminded() == [2, 0, 1], "only those who come or may"
    assert lines(near.last)[0] == f"یادآوری: {PUBLIC}، امروز"
    await quiet_town.passes(DAY)
    assert reminded() == [2, 0, 1]


async def test_no_reminder_of_the_former_time_and_none_that_came_too_late(quiet_town: Town) -> None:
    coordinator, near, _ = await council(quiet_town)
    await announces(coordinator)
    await near.presses("می‌آیم")
    await coordinator.presses("تغییر زمان")
    await coordinator.says("شنبه ۷ آذر ساعت ۵ عصر")
    await coordinator.says("به خواست اهالی")
    await coordinator.presses("اعلام تغییر")
    await quiet_town.passes(UNTIL_IT - 48 * HOUR + 60)
    assert not any(text.startswith("یادآوری") for text in near.heard)
    await quiet_town.passes(2 * DAY)
    assert [lines(text)[1] for text in near.heard if text.startswith("یادآوری")] == [
        "زمان: شنبه ۷ آذر ۱۴۰۵، ساعت ۵ عصر (۱۷:۰۰)"
    ]
    # The bot stood still over the last reminder and the meeting itself.
    await quiet_town.app.__aexit__(None, None, None)
    quiet_town.clock.move(3 * DAY)
    await quiet_town.open()
    await quiet_town.passes(1)
    assert sum(text.startswith("یادآوری") for text in near.heard) == 1


async def test_the_counts_on_the_organisers_card_follow_at_most_twice_and_end_right(quiet_town: Town) -> None:
    coordinator, *_ = await council(quiet_town)
    crowd = [quiet_town.person("telegram", 5000 + n) for n in range(50)]
    for one in crowd:
        await one.settles()
    await announces(coordinator)

    def edits() -> int:
        made = quiet_town.sandbox.calls("telegram", method="editMessageText")
        return sum(call.params["chat_id"] == coordinator.id for call in made)

    before = edits()
    for one in crowd:
        await one.presses("می‌آیم")
        await quiet_town.passes(0.1)
    await quiet_town.passes(10)
    assert 1 <= edits() - before <= 2
    assert card(coordinator)[-1] == "می‌آیند: ۵۰ · شاید: ۰ · نمی‌آیند: ۰"
