"""Answers to an invitation: how many there are is kept beside them, and is always what they are."""

from __future__ import annotations

from itertools import product

import pytest

from domain.meetings import Answer, Kind
from storage import linking, meetings, personal, rsvps
from storage.rsvps import Counts
from storage.tx import Tx
from tests.storage.made import DAY, NOW, account, town


def called(tx: Tx) -> int:
    place = town(tx)["kerman/alavian"].id
    return meetings.create(
        tx, place=place, kind=Kind.PUBLIC, starts=NOW + DAY, venue="the house", code="a", author=None, now=NOW
    ).id


def counted(tx: Tx, meeting: int) -> Counts:
    """Row by row."""
    said = [row["answer"] for row in tx.all("SELECT answer FROM rsvps WHERE meeting = :meeting", meeting=meeting)]
    return Counts(*(said.count(answer.value) for answer in Answer))


@pytest.mark.parametrize(("first", "then"), list(product(Answer, Answer)))
def test_who_says_something_else_is_counted_once(tx: Tx, first: Answer, then: Answer) -> None:
    meeting, person, other = called(tx), account(tx, 1).person, account(tx, 2).person
    rsvps.answer(tx, meeting, other, Answer.MAYBE, NOW)
    rsvps.answer(tx, meeting, person, first, NOW)
    rsvps.answer(tx, meeting, person, then, NOW + 1)
    assert rsvps.of(tx, meeting, person) is then
    assert rsvps.counts(tx, meeting) == counted(tx, meeting)
    assert sum((rsvps.counts(tx, meeting).yes, rsvps.counts(tx, meeting).maybe, rsvps.counts(tx, meeting).no)) == 2


def test_two_who_are_one_are_counted_once_and_who_is_forgotten_not_at_all(tx: Tx) -> None:
    meeting = called(tx)
    one, two, three = (account(tx, user).person for user in (1, 2, 3))
    for n, (person, said) in enumerate(((one, Answer.YES), (two, Answer.NO), (three, Answer.MAYBE))):
        rsvps.answer(tx, meeting, person, said, NOW + n)
    linking.merge(tx, one, two, NOW)
    assert rsvps.of(tx, meeting, one) is Answer.NO
    assert rsvps.counts(tx, meeting) == counted(tx, meeting) == Counts(maybe=1, no=1)
    personal.forget(tx, one, NOW)
    assert rsvps.counts(tx, meeting) == counted(tx, meeting) == Counts(maybe=1)
