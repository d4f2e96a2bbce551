"""Minutes, quorum and votes as they are kept: the first wins, what was counted stays, photos are the council's."""

from __future__ import annotations

import pytest

from domain.council import Vote
from domain.meetings import Kind
from domain.permissions import Role
from storage import attendance, council, media, meetings, minutes, personal, votes
from storage.council import Options, Quorum
from storage.meetings import Meeting
from storage.places import Place
from storage.tx import Tx
from tests.storage.made import DAY, NOW, account, bot, count_of, seat, town


@pytest.fixture
def here(tx: Tx) -> Place:
    return town(tx)["kerman/alavian"]


def meeting(tx: Tx, place: Place, *, days: int = 1, kind: Kind = Kind.COUNCIL) -> Meeting:
    return meetings.create(
        tx,
        place=place.id,
        kind=kind,
        starts=NOW - days * DAY,
        venue="the house",
        code=f"held{count_of(tx, 'meetings')}",
        author=None,
        now=NOW,
        agenda=[("the lamp", None)],
    )


def photo(tx: Tx, person: int) -> int:
    return media.add(tx, person=person, kind="photo", bot=bot(tx), file_id="page", now=NOW)


def publish(tx: Tx, one: Meeting, author: int, photos: list[int]) -> bool:
    return minutes.publish(tx, one.id, author=author, present=3, photos=photos, everybody=False, now=NOW)


def test_the_first_to_publish_and_to_correct_wins(tx: Tx, here: Place) -> None:
    who, one = account(tx, 1).person, meeting(tx, here)
    first, second = photo(tx, who), photo(tx, who)
    assert minutes.of(tx, one.id) is None
    assert publish(tx, one, who, [first])
    assert not publish(tx, one, who, [second])
    assert minutes.photos(tx, one.id) == [first]
    found = minutes.of(tx, one.id)
    assert found is not None
    assert minutes.correct(tx, found, photos=[second, first], everybody=True, reason="a page was missing", now=NOW + 1)
    assert not minutes.correct(tx, found, photos=[], everybody=False, reason="", now=NOW + 2)
    after = minutes.of(tx, one.id)
    assert after is not None
    assert (after.revision, after.everybody, after.reason, after.corrected) == (1, True, "a page was missing", NOW + 1)
    assert minutes.photos(tx, one.id) == [second, first]


def test_meetings_that_lack_minutes(tx: Tx, here: Place) -> None:
    who = account(tx, 1).person
    old, new, called_off, to_come = (meeting(tx, here, days=days) for days in (9, 2, 1, -3))
    meetings.cancel(tx, called_off, "rain")
    assert minutes.lacking(tx, [here.path], NOW, 8) == [new.id, old.id]
    publish(tx, new, who, [])
    assert minutes.lacking(tx, [here.path], NOW, 8) == [old.id]
    assert minutes.lacking(tx, ["/"], NOW, 8) == minutes.lacking(tx, [], NOW, 8) == []
    assert minutes.published(tx, [old.id, new.id, to_come.id]) == {new.id: 0}
    assert minutes.published(tx, []) == {}


def test_the_minute_book_stays_when_its_photographer_is_forgotten(tx: Tx, here: Place) -> None:
    who, one = account(tx, 1).person, meeting(tx, here)
    page, draft = photo(tx, who), photo(tx, who)
    publish(tx, one, who, [page])
    assert media.unpublished_of(tx, who) == [draft]
    personal.forget(tx, who, NOW)
    kept = media.get(tx, page)
    assert kept is not None
    assert kept.state == "wanted"
    found = minutes.of(tx, one.id)
    assert found is not None
    assert found.author is None


def test_a_quorum_counts_members_who_are_there_now(tx: Tx, here: Place) -> None:
    one = meeting(tx, here)
    members = [seat(tx, n, Role.COUNCIL_MEMBER, here) for n in (1, 2, 3)]
    resident = seat(tx, 9, Role.RESIDENT, here)
    assert council.quorum(tx, one, NOW) is None
    council.choose(tx, here.id, Options(quorum=True))
    assert council.quorum(tx, one, NOW) == Quorum(0, 2)
    for person in (members[0], resident):
        attendance.check_in(tx, one.id, person, NOW)
    assert council.quorum(tx, one, NOW) == Quorum(1, 2)
    council.choose(tx, here.id, Options(quorum=True, number=1))
    found = council.quorum(tx, one, NOW)
    assert found is not None
    assert found.met
    assert council.quorum(tx, meeting(tx, here, kind=Kind.PUBLIC), NOW) is None


def test_votes_are_counted_once_and_who_said_what_goes(tx: Tx, here: Place) -> None:
    one = meeting(tx, here)
    (item,) = meetings.agenda(tx, one.id)
    people = [seat(tx, n, Role.COUNCIL_MEMBER, here) for n in (1, 2, 3)]
    assert not votes.cast(tx, item.id, people[0], Vote.YES, NOW), "nobody has asked yet"
    assert votes.begin(tx, item.id, NOW)
    assert not votes.begin(tx, item.id, NOW)
    for person, vote in zip(people, (Vote.YES, Vote.NO, Vote.ABSTAINED), strict=True):
        assert votes.cast(tx, item.id, person, vote, NOW)
    assert votes.cast(tx, item.id, people[1], Vote.YES, NOW + 1)
    open_ = votes.of(tx, item.id)
    assert open_ is not None
    assert (open_.closed, open_.yes, open_.no, open_.abstained) == (False, 2, 0, 1)
    assert votes.close(tx, item.id, NOW)
    assert not votes.close(tx, item.id, NOW)
    assert not votes.cast(tx, item.id, people[1], Vote.NO, NOW)
    over = votes.of_meeting(tx, one.id)[item.id]
    assert (over.closed, over.yes, over.no, over.abstained) == (True, 2, 0, 1)
    assert count_of(tx, "item_votes") == 0
