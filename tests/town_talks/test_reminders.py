"""Reminders of a meeting: to whom, when, and when not any more."""

from __future__ import annotations

import pytest

from tests.town import Person, Town
from tests.town_talks.meeting import (
    PUBLIC,
    THURSDAY,
    UNTIL_IT,
    VENUE,
    announces,
    answers,
    council,
    lines,
    moves,
    weekly,
)
from tests.town_talks.two import rows

HOUR, DAY = 3600, 86_400


def reminded(*who: Person) -> list[int]:
    return [sum(text.startswith("یادآوری") for text in one.heard) for one in who]


async def test_who_takes_no_news_is_reminded_only_of_what_they_mean_to_come_to(anywhere: Town) -> None:
    coordinator, near, far = await council(anywhere)
    for person in (near, far):
        await weekly(person)
    await announces(coordinator)
    await answers(near, "شاید")
    await anywhere.passes(UNTIL_IT - 48 * HOUR + 60)
    assert reminded(near, far) == [1, 0]
    await anywhere.passes(46 * HOUR)
    assert reminded(near, far) == [2, 0]


@pytest.mark.parametrize(
    ("stands_until", "expected"),
    [(49 * HOUR, 2), (47 * HOUR, 2), (3 * HOUR, 2), (HOUR, 1), (-60, 0)],
    ids=["before both", "over the first", "just before the last", "over both", "over the meeting"],
)
async def test_after_a_stop_what_is_too_late_is_not_made_up_for(
    anywhere: Town, stands_until: int, expected: int
) -> None:
    """The bot stands still from before the first reminder until so many seconds before the meeting."""
    coordinator, near, _ = await council(anywhere)
    await announces(coordinator)
    await near.presses("می‌آیم")
    await anywhere.passes(UNTIL_IT - 50 * HOUR)
    await anywhere.app.__aexit__(None, None, None)
    anywhere.clock.move(50 * HOUR - stands_until)
    await anywhere.open()
    await anywhere.passes(1)
    for _ in range(50):
        await anywhere.passes(HOUR)
    assert reminded(near) == [expected]


async def test_a_meeting_called_late_has_only_the_reminder_that_is_still_to_come(anywhere: Town) -> None:
    coordinator, near, _ = await council(anywhere)
    await announces(coordinator, "فردا ساعت ۵ عصر")
    await near.presses("می‌آیم")
    for _ in range(40):
        await anywhere.passes(HOUR)
    assert reminded(near) == [1]


async def test_who_was_reminded_of_the_former_time_reads_the_new_one_there_too(anywhere: Town) -> None:
    coordinator, near, far = await council(anywhere)
    await announces(coordinator)
    await near.presses("می‌آیم")
    await anywhere.passes(UNTIL_IT - 48 * HOUR + 60)
    assert [lines(one.last) for one in (near, far)] == [
        [f"یادآوری: {PUBLIC}", f"زمان: {THURSDAY}", f"مکان: {VENUE}"]
    ] * 2
    await moves(coordinator, "شنبه ۷ آذر ساعت ۱۰ صبح")
    saturday = "زمان: شنبه ۷ آذر ۱۴۰۵، ساعت ۱۰ صبح (۱۰:۰۰)"
    assert not any(THURSDAY in text for text in far.heard), "nothing in the chat says the former time"
    assert [lines(text)[1] for text in far.heard if text.startswith("یادآوری")] == [saturday]
    for _ in range(4):
        await anywhere.passes(DAY)
    # Both of the new time: the one that stood there, and what came 48 and 2 hours before it.
    assert reminded(near, far) == [2, 2]
    assert {lines(text)[1] for text in near.heard if text.startswith("یادآوری")} == {saturday}


@pytest.mark.parametrize(
    ("clock", "arrives"), [("۷:۳۰ صبح", 1), ("۶:۳۰ صبح", 0)], ids=["after the night", "within the night"]
)
async def test_nobody_is_woken_and_nothing_comes_after_the_beginning(anywhere: Town, clock: str, arrives: int) -> None:
    """The last reminder falls due at night: it waits for seven o'clock, and lapses where the meeting has begun then."""
    coordinator, near, _ = await council(anywhere)
    await announces(coordinator, f"پس‌فردا ساعت {clock}")
    await near.presses("می‌آیم")
    (meeting,) = await rows(anywhere, "SELECT starts FROM meetings")
    await anywhere.passes(meeting["starts"] - 2 * HOUR - anywhere.clock.seconds() + 60)
    for _ in range(30):
        await anywhere.passes(300)
    for _ in range(5):
        await anywhere.passes(HOUR)
    assert [sum(text.startswith("یادآوری") and "امروز" in text for text in near.heard)] == [arrives]
