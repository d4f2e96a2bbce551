"""A meeting that is held again: the next one of its rhythm, the last one once more, and who is asked about either."""

from __future__ import annotations

from domain.permissions import Role
from storage import people
from storage.tx import Tx
from tests.sentences import said
from tests.town import Person, Town
from tests.town_talks.meeting import INVITATION, PUBLIC, VENUE, announces, calls, council, lines, planned
from tests.town_talks.two import rows

DAY = 86_400
THIRD = "پنجشنبه ۱۹ آذر ۱۴۰۵، ساعت ۵ عصر (۱۷:۰۰)"


async def fortnightly(coordinator: Person) -> None:
    """A meeting is called that comes back every two weeks: ۵, ۱۹ آذر and ۳ دی are Thursdays by the printed calendar."""
    await calls(coordinator)
    await coordinator.presses("تکرار")
    await coordinator.presses("هر دو هفته")
    await coordinator.presses("اعلام و دعوت")


def asked(person: Person) -> list[str]:
    """When the next ones were offered to be, in their order."""
    return [lines(text)[1] for text in person.heard if text.startswith(f"نوبت {PUBLIC} نزدیک است")]


async def test_the_next_of_a_rhythm_is_offered_days_before_and_called_with_one_tap(anywhere: Town) -> None:
    coordinator, near, _ = await council(anywhere)
    await fortnightly(coordinator)
    await anywhere.passes(32 * DAY)
    assert asked(coordinator) == []
    await anywhere.passes(DAY)
    assert asked(coordinator) == [f"زمان: {THIRD}"]
    assert not any(THIRD in text for text in near.heard), "nothing is announced without a person"
    await coordinator.presses("همین خوب است")
    await anywhere.passes(6)
    assert lines(near.last)[:2] == [INVITATION[0], f"زمان: {THIRD}"]
    await coordinator.presses("همین خوب است")
    assert coordinator.heard[-2] == f"این دعوت پیش‌تر فرستاده شده است: {PUBLIC}"
    assert len(await rows(anywhere, "SELECT id FROM meetings")) == 2
    await anywhere.passes(14 * DAY)
    assert asked(coordinator)[1:] == ["زمان: پنجشنبه ۳ دی ۱۴۰۵، ساعت ۵ عصر (۱۷:۰۰)"]


async def test_a_rhythm_goes_on_from_its_own_day_though_one_meeting_was_moved(anywhere: Town) -> None:
    coordinator, *_ = await council(anywhere)
    await fortnightly(coordinator)
    await coordinator.presses("تغییر زمان")
    await coordinator.says("جمعه ۶ آذر ساعت ۱۰ صبح")
    await coordinator.says("مسجد آن روز مراسم دارد")
    await coordinator.presses("اعلام تغییر")
    await anywhere.passes(33 * DAY)
    assert asked(coordinator) == [f"زمان: {THIRD}"]


async def test_whom_nobody_answers_is_asked_three_times(anywhere: Town) -> None:
    coordinator, *_ = await council(anywhere)
    await fortnightly(coordinator)
    for _ in range(40):
        await anywhere.passes(2 * DAY)
    assert [time.split("، ")[0] for time in asked(coordinator)] == [
        "زمان: پنجشنبه ۱۹ آذر ۱۴۰۵",
        "زمان: پنجشنبه ۳ دی ۱۴۰۵",
        "زمان: پنجشنبه ۱۷ دی ۱۴۰۵",
    ]


async def test_a_rhythm_can_be_ended(anywhere: Town) -> None:
    coordinator, *_ = await council(anywhere)
    await fortnightly(coordinator)
    await anywhere.passes(33 * DAY)
    await coordinator.presses("دیگر تکرار نشود")
    assert coordinator.last == f"{PUBLIC} دیگر خودبه‌خود تکرار نمی‌شود. هر وقت خواستید، دوباره دعوت کنید."
    for _ in range(14):
        await anywhere.passes(2 * DAY)
    assert asked(coordinator) == [], "the question itself says that it is over"


async def test_the_card_of_a_rhythm_leads_to_the_one_that_comes_next(anywhere: Town) -> None:
    coordinator, *_ = await council(anywhere)
    await fortnightly(coordinator)
    assert "نوبت بعد" in coordinator.buttons
    for then in (THIRD, "پنجشنبه ۳ دی ۱۴۰۵، ساعت ۵ عصر (۱۷:۰۰)"):
        await coordinator.forges("a:meeting.next:1")  # from the first one's card each time
        assert lines(coordinator.last)[:3] == ["مثل جلسهٔ قبل باشد؟", PUBLIC, f"زمان: {then}"]
        await coordinator.presses("همین خوب است")
    assert len(await rows(anywhere, "SELECT id FROM meetings")) == 3


async def leaves(coordinator: Person) -> None:
    """Somebody is no coordinator any more."""
    town = coordinator.town

    def take(tx: Tx) -> None:
        number = people.find_account(tx, coordinator.platform, coordinator.id)
        assert number is not None
        people.revoke(tx, number, Role.COORDINATOR, None, town.clock.seconds())

    await town.run(take)


async def test_a_successor_is_asked_when_the_organiser_has_left(anywhere: Town) -> None:
    coordinator, near, _ = await council(anywhere)
    await fortnightly(coordinator)
    await leaves(coordinator)
    await anywhere.grant(near, Role.COORDINATOR, "kerman/n1")
    await anywhere.passes(33 * DAY)
    assert (asked(coordinator), asked(near)) == ([], [f"زمان: {THIRD}"])
    await coordinator.forges("a:meeting.same:1:1")
    assert coordinator.last == said("not-allowed")


async def test_the_last_meeting_is_offered_once_more_and_can_be_changed_before(anywhere: Town) -> None:
    coordinator, *_ = await council(anywhere)
    await announces(coordinator)
    await coordinator.says("/meeting")
    # ۱۲ آذر is the Thursday after ۵ آذر.
    assert lines(coordinator.last) == [
        "مثل جلسهٔ قبل باشد؟",
        PUBLIC,
        "زمان: پنجشنبه ۱۲ آذر ۱۴۰۵، ساعت ۵ عصر (۱۷:۰۰)",
        f"مکان: {VENUE}",
    ]
    await coordinator.presses("تغییر")
    await coordinator.says("جمعه ۱۳ آذر ساعت ۶ عصر")
    assert planned(coordinator)[:3] == [
        f"دعوت به {PUBLIC}",
        "زمان: جمعه ۱۳ آذر ۱۴۰۵، ساعت ۶ عصر (۱۸:۰۰)",
        f"مکان: {VENUE}",
    ]
    await coordinator.presses("بازگشت")
    await coordinator.presses("همین خوب است")
    (one, two) = await rows(anywhere, "SELECT starts FROM meetings ORDER BY id")
    assert two["starts"] - one["starts"] == 7 * DAY


async def test_once_more_beside_another_meeting_is_looked_at_first(anywhere: Town) -> None:
    coordinator, *_ = await council(anywhere)
    await announces(coordinator)
    await coordinator.says("/meeting پنجشنبه ۱۲ آذر ساعت ۶ عصر")
    await coordinator.presses("میز خدمت")
    await coordinator.presses("اعلام و دعوت")
    await anywhere.passes(6)
    await coordinator.says("/meeting پنجشنبه ۱۹ آذر ساعت ۷ عصر")
    await coordinator.presses("نشست عمومی")
    await coordinator.presses("اعلام و دعوت")
    await anywhere.passes(6)
    await coordinator.says("/cancel")
    await coordinator.says("/meeting")
    await coordinator.presses("همین خوب است")
    assert len(await rows(anywhere, "SELECT id FROM meetings")) == 4
