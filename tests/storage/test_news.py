"""The week's budget of news: nobody gets more of it than that, whatever comes in which order, and nothing is lost."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.permissions import Role
from storage import audience, news, people
from storage.audience import Audience, Count, Unasked
from storage.people import Reach
from storage.tx import Tx
from tests.storage.made import DAY, NOW, account, announced, planned, seat, town

WEEK = 7 * DAY


def broadcasts(tx: Tx, author: int, place: int, many: int) -> list[int]:
    for _ in range(many):
        announced(tx, author, place)
    return [int(row["id"]) for row in tx.all("SELECT id FROM broadcasts ORDER BY id")][-many:]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    budget=st.integers(1, 3),
    pauses=st.lists(st.sampled_from([0, 1, 3600, DAY, 2 * DAY, WEEK - 1, WEEK, WEEK + 1]), min_size=1, max_size=12),
)
def test_within_any_week_nobody_gets_more_than_their_share(tx: Tx, budget: int, pauses: list[int]) -> None:
    tx.run("SAVEPOINT example")
    place = town(tx)["kerman/alavian"]
    who, now = account(tx, 1).person, NOW
    got, late = [], []
    for pause, one in zip(pauses, broadcasts(tx, who, place.id, len(pauses)), strict=True):
        now += pause
        spent = who in news.spent(tx, [who], budget, now)
        news.give(tx, one, [] if spent else [who], [who] if spent else [], now)
        (late if spent else got).append((now, one))
    for at, _ in got:
        assert sum(at - WEEK < other <= at for other, _ in got) <= budget
    for at, _ in late:
        assert sum(at - WEEK < other <= at for other, _ in got) == budget, "only whoever had their share waits"
    found = news.missed(tx, 0, 10)
    assert [list(one.broadcasts) for one in found] == ([[one for _, one in late]] if late else [])
    news.told(tx, [who])
    assert news.missed(tx, 0, 10) == []
    tx.run("ROLLBACK TO example")


def test_a_digest_goes_through_people_in_slices_and_leaves_out_what_was_stopped(tx: Tx) -> None:
    place = town(tx)["kerman/alavian"]
    persons = [account(tx, user).person for user in range(1, 6)]
    one, other = broadcasts(tx, persons[0], place.id, 2)
    news.give(tx, one, [], persons, NOW)
    news.give(tx, other, [], persons[:1], NOW)
    tx.run("UPDATE broadcasts SET state = 'stopped' WHERE id = :id", id=one)
    first = news.missed(tx, 0, 2)
    assert [(one.person, one.broadcasts) for one in first] == [(persons[0], (other,)), (persons[1], ())]
    news.told(tx, [one.person for one in first])
    assert [one.person for one in news.missed(tx, first[-1].person, 9)] == persons[2:]
    assert [one.person for one in news.missed(tx, 0, 9)] == persons[2:]


def test_what_is_older_than_a_week_is_dropped_but_what_waits(tx: Tx) -> None:
    place = town(tx)["kerman/alavian"]
    who = account(tx, 1).person
    one, other, last = broadcasts(tx, who, place.id, 3)
    news.give(tx, one, [who], [], NOW)
    news.give(tx, other, [], [who], NOW)
    news.give(tx, last, [who], [], NOW + WEEK)
    assert news.forget(tx, NOW + WEEK) == 1
    assert [found.broadcasts for found in news.missed(tx, 0, 9)] == [(other,)]


def test_the_count_says_who_reads_it_in_a_digest(tx: Tx) -> None:
    at = town(tx)["kerman/alavian"]
    there = [seat(tx, user, Role.RESIDENT, at) for user in range(1, 8)]
    one, other = broadcasts(tx, there[0], at.id, 2)
    news.give(tx, one, there[:5], [], NOW)
    news.give(tx, other, there[:4], [], NOW)
    people.set_stopped(tx, there[0], "news")
    people.set_news(tx, there[1], stopped="", digest=True)
    people.account_stopped(tx, account(tx, 3).lane)
    meant = Audience(at.path, (Role.RESIDENT,), Unasked.NEWS, under=True)
    assert audience.count(tx, meant, NOW, budget=2) == Count(reached=3, silent=1, weekly=1, closed=1, later=1)
    assert audience.count(tx, meant, NOW + WEEK, budget=2) == Count(reached=4, silent=1, weekly=1, closed=1)
    assert audience.count(tx, meant, NOW) == Count(reached=4, silent=1, weekly=1, closed=1)
    assert audience.count(tx, meant, NOW, budget=1).later == 2
    several = Audience(at.path, (Role.RESIDENT,), Unasked.NEWS, under=True, places=(at.id, at.id + 1))
    assert audience.count(tx, several, NOW, budget=2) == audience.count(tx, meant, NOW, budget=2)
    assert audience.members(tx, several, NOW) == there


def test_only_news_has_a_budget() -> None:
    for why in Unasked:
        has_had = Reach(1, 1, 1, "fa", "", spent=True)
        fresh = Reach(1, 1, 1, "fa", "")
        differs = audience.may_reach(has_had, why, NOW) != audience.may_reach(fresh, why, NOW)
        assert differs is (why is Unasked.NEWS)


def test_the_budgets_of_a_slice_are_read_at_once_and_by_an_index(tx: Tx) -> None:
    if tx.dialect != "sqlite":
        return
    asked, steps = planned(tx)
    news.spent(asked, range(1, 501), 2, NOW)
    assert steps
    assert not [step for step in steps if step.startswith("SCAN news_given")]
