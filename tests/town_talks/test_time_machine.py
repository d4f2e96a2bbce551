"""Many days pass at once, and everything that was due on one of them happens on that day, in its order."""

from __future__ import annotations

import pytest

from bot.time_machine import TimeMachine
from domain.papers import Paper
from domain.permissions import Role
from storage import jobs, people, places
from storage.tx import Tx
from tests.town import Town

DAY = 86_400


async def test_four_weeks_bring_what_each_day_would_have_brought(anywhere: Town) -> None:
    person = anywhere.person("telegram", 1003)
    await person.settles()
    await anywhere.grant(person, Role.COORDINATOR, "kerman/n1")
    begun = anywhere.clock.seconds()

    def plan(tx: Tx) -> None:
        """A sheet for the board on four days, each of which nobody wants any more a minute later."""
        number, place = people.find_account(tx, "telegram", 1003), places.written(tx, "kerman/n1")
        bot = tx.one("SELECT id FROM bots WHERE platform = 'telegram'")
        assert number is not None
        assert place is not None
        assert bot is not None
        ids = {"person": number, "bot": int(bot["id"]), "about": place.id}
        for day in (1, 2, 9, 28):
            due = begun + day * DAY - 600
            jobs.put(tx, f"paper-{Paper.BULLETIN.value}", f"board:{day}", due, ids, expires=due + 60)

    await anywhere.run(plan)
    machine = TimeMachine(anywhere.clock)
    machine.go(20 * DAY)
    machine.go(8 * DAY)  # what is asked for on the way is added
    await machine.arrive(anywhere.app)
    assert anywhere.clock.seconds() == begun + 28 * DAY
    sent = [line for line in person.chat if line["kind"] == "document"]
    # It began on Wednesday 13 Aban, which has thirty days.
    names = [line["media"]["document"]["file_name"].partition("_1405-")[2] for line in sent]
    assert names == ["08-14.pdf", "08-15.pdf", "08-22.pdf", "09-11.pdf"]
    assert [line["date"] - begun for line in sent] == [day * DAY - 600 for day in (1, 2, 9, 28)]


async def test_time_goes_forward_only(quiet_town: Town) -> None:
    for seconds in (-1.0, float("inf"), float("nan")):
        with pytest.raises(ValueError, match="forward"):
            TimeMachine(quiet_town.clock).go(seconds)
