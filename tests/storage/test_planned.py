"""Messages to many that have not begun: each goes one way only, whoever is faster."""

from __future__ import annotations

from storage import broadcasts, planned
from storage.audience import Count
from storage.broadcasts import State
from storage.tx import Tx
from tests.storage.made import NOW, account, town


def test_what_was_taken_back_never_begins(tx: Tx) -> None:
    place, author = town(tx)["kerman/alavian"].id, account(tx, 1).person
    one = broadcasts.create(
        tx,
        author=author,
        place=place,
        who="residents",
        words="x",
        media=None,
        count=Count(),
        now=NOW,
        due=NOW + 1,
        state=State.PLANNED,
    )
    assert planned.end_early(tx, one.id, State.STOPPED, NOW)
    assert not planned.begin(tx, one.id, Count(1), NOW + 1)
    found = broadcasts.get(tx, one.id)
    assert found is not None
    assert (found.state, found.begun) == (State.STOPPED, None)
