"""One person with two accounts has one vote: of two that were given before, the earlier counts, whole."""

from __future__ import annotations

import pytest

from tests.town import Person
from tests.town_talks.polling import DAY, LAMP, OPTIONS, ROAD, asks_what_first, number_of, rows, votes
from tests.town_talks.test_poll_votes import MARK, asks_own
from tests.town_talks.two import connects

Pair = tuple[Person, Person]


async def votes_for(person: Person, *options: str) -> None:
    for option in options:
        await person.presses(option)
    await person.town.passes(60)


@pytest.mark.parametrize("first", [0, 1], ids=["the asker's is earlier", "the other's is earlier"])
async def test_of_two_votes_the_earlier_counts(two: Pair, first: int) -> None:
    town = two[0].town
    await asks_what_first(town)
    await votes_for(two[first], ROAD)
    await votes_for(two[1 - first], LAMP)
    assert len(await votes(town)) == 2
    await connects(*two)
    assert await votes(town) == {await number_of(town, two[0]): "1"}
    await town.passes(8 * DAY)
    assert [row["voters"] for row in await rows(town, "SELECT voters FROM polls")] == [1]


@pytest.mark.parametrize("first", [0, 1])
async def test_all_that_was_chosen_earlier_stays_and_nothing_of_the_later(pair: Pair, first: int) -> None:
    town = pair[0].town
    await asks_own(town, most=3, options=(*OPTIONS, "میدان", "خانهٔ سلامت"))
    await votes_for(pair[first], OPTIONS[0], OPTIONS[2])
    await votes_for(pair[1 - first], OPTIONS[1], OPTIONS[2], "میدان")
    await connects(*pair)
    assert list((await votes(town)).values()) == ["1 3"]


async def test_a_vote_that_was_changed_later_is_still_the_earlier_one(pair: Pair) -> None:
    one, two = pair
    town = one.town
    await asks_what_first(town)
    await votes_for(one, ROAD)
    await votes_for(two, LAMP)
    await votes_for(one, LAMP)
    await votes_for(one, ROAD)
    await connects(two, one)
    assert list((await votes(town)).values()) == ["1"]


async def test_one_vote_goes_on_as_it_is_whoever_gave_it(pair: Pair) -> None:
    one, two = pair
    town = one.town
    await asks_what_first(town)
    await votes_for(two, LAMP)
    await connects(one, two)
    assert await votes(town) == {await number_of(town, one): "3"}
    await one.forges("a:polls.show:1")
    assert one.buttons[2] == MARK + LAMP
    # Both are one from here on: what one changes is changed.
    await one.presses(ROAD)
    assert await votes(town) == {await number_of(town, two): "1"}
