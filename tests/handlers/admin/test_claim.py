"""The first administrator's seat: a link that is printed, works once, and for whoever runs the server."""

from __future__ import annotations

import re

import pytest

from domain.permissions import Role
from storage import inbox, people
from tests.sentences import said
from tests.town import Person, Town


@pytest.fixture
async def person(town: Town) -> Person:
    person = town.person("telegram", 1001)
    await person.settles()
    return person


def payload(town: Town) -> str:
    found = re.findall(r"start=(claim_[A-Za-z0-9_-]+)", town.out.getvalue())
    return str(found[-1])


async def has_admin(town: Town) -> bool:
    return await town.run(lambda tx: people.anybody_with(tx, Role.PROVINCE_ADMIN, town.clock.seconds()))


async def test_the_link_makes_an_administrator_once(town: Town, person: Person) -> None:
    await person.says(f"/start {payload(town)}")
    assert person.last == said("claim-done")
    assert await has_admin(town)
    await person.says("/queue")
    assert person.last == said("queue-none")
    other = town.person("telegram", 1002)
    await other.settles()
    await other.says(f"/start {payload(town)}")
    assert other.last == "این لینک استفاده شده یا زمانش گذشته است. لطفاً لینک تازه بخواهید."
    await other.says("/queue")
    assert other.last == said("not-allowed")


async def test_the_link_waits_for_the_yes(town: Town) -> None:
    stranger = town.person("telegram", 1002)
    await stranger.says(f"/start {payload(town)}")
    assert not await has_admin(town)
    await stranger.presses("می‌پذیرم")
    assert stranger.heard[-2:] == ["سپاسگزاریم.", said("claim-done")]
    assert await has_admin(town)


async def test_after_a_day_it_is_worth_nothing(town: Town, person: Person) -> None:
    await town.passes(24 * 3600 + 1)
    await person.says(f"/start {payload(town)}")
    assert person.last == said("claim-used")
    assert not await has_admin(town)


async def test_guesses_are_counted_and_then_even_the_right_link_waits(town: Town, person: Person) -> None:
    for guess in range(5):
        await person.says(f"/start claim_{guess}")
        assert person.last == said("claim-used")
    await person.says(f"/start {payload(town)}")
    assert person.last == said("claim-used")
    assert not await has_admin(town)


async def test_administrators_are_told_once_of_what_was_set_aside(town: Town, person: Person) -> None:
    await person.says(f"/start {payload(town)}")
    for number in (1, 2):
        town.sandbox.raw("telegram", {"update_id": 990_000 + number, "nothing": "of ours"})
    await town.quiet()
    await town.passes(60)
    aside = await town.app.database.read(inbox.count_parked)
    assert aside == 2
    assert [text for text in person.heard if "کنار گذاشته شده است" in text] == [said("parked-admin", n=2)]
    await town.run(lambda tx: tx.run("DELETE FROM inbox WHERE state = 'parked'"))  # the fixture wants none left
