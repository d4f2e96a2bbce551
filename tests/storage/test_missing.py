"""Neighbourhoods that somebody did not find: who waits, where, and that the first answer counts."""

from __future__ import annotations

from storage import missing
from storage.missing import Answer
from storage.tx import Tx
from tests.storage.made import NOW, account, town


def test_what_waits_is_found_by_person_by_county_and_by_scope(tx: Tx) -> None:
    found = town(tx)
    one, two = account(tx, 1).person, account(tx, 2).person
    first = missing.add(tx, one, found["kerman"].id, "کوی مهتاب", NOW)
    second = missing.add(tx, two, found["kermanshah"].id, "کوی آفتاب", NOW + 1)
    assert [(waiting.id, waiting.name) for waiting in missing.of_person(tx, one)] == [(first, "کوی مهتاب")]
    assert [waiting.id for waiting in missing.open_in(tx, found["kermanshah"].id)] == [second]
    # A county is not another whose name begins alike, and nobody is counted twice.
    assert [waiting.id for waiting in missing.open_under(tx, ["/kerman/"])] == [first]
    assert [waiting.id for waiting in missing.open_under(tx, ["/", "/kerman/"])] == [first, second]
    assert missing.open_under(tx, []) == []


def test_the_first_answer_counts_and_keeps_nobody(tx: Tx) -> None:
    found = town(tx)
    who, officer, other = (account(tx, user).person for user in (1, 2, 3))
    number = missing.add(tx, who, found["kerman"].id, "کوی مهتاب", NOW)
    assert missing.answered(tx, number, NOW + 5, Answer.SAID, officer)
    assert not missing.answered(tx, number, NOW + 6, Answer.NAMED, other)
    kept = missing.get(tx, number)
    assert kept is not None
    assert (kept.person, kept.answered_at) == (None, NOW + 5)
    assert (kept.answered_by, kept.answer) == (officer, Answer.SAID)
    assert missing.of_person(tx, who) == missing.open_in(tx, found["kerman"].id) == []
    assert missing.get(tx, 4711) is None
