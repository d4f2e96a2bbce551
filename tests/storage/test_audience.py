"""Who an audience is: by place and role, page by page, and how many of it a message would reach."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.meetings import Answer, Kind
from domain.permissions import Role
from storage import audience, meetings, people, places, rsvps
from storage.audience import Answered, Audience, Count, Unasked
from storage.people import Reach
from storage.tx import Tx
from tests.storage.made import DAY, NOW, account, town

RESIDENTS = (Role.RESIDENT,)
ALL = ("", "kerman", "kermanshah", "kerman/alavian", "kerman/zarisf", "kermanshah/taq")


def under(path: str, *roles: Role) -> Audience:
    return Audience(path, roles or RESIDENTS, Unasked.NEWS, under=True)


def joined(tx: Tx, user: int, *written: str, role: Role = Role.RESIDENT, now: int = NOW) -> int:
    person = account(tx, user).person
    for one in written:
        place = places.written(tx, one)
        assert place is not None
        people.grant(tx, person, role, place.id, now)
    return person


def test_those_under_a_place_are_not_those_beside_it(tx: Tx) -> None:
    at = town(tx)
    one, two, three = joined(tx, 1, "kerman/alavian"), joined(tx, 2, "kerman/zarisf"), joined(tx, 3, "kermanshah/taq")
    found = {name: audience.members(tx, under(place.path), NOW) for name, place in at.items()}
    assert found == {
        "": [one, two, three],
        "kerman": [one, two],
        "kermanshah": [three],
        "kerman/alavian": [one],
        "kerman/zarisf": [two],
        "kermanshah/taq": [three],
    }


def test_those_who_hold_a_place_are_those_at_it_or_above(tx: Tx) -> None:
    at = town(tx)
    roles = (Role.COORDINATOR, Role.COUNTY_OFFICER, Role.PROVINCE_ADMIN)
    admin, officer = joined(tx, 1, "", role=roles[2]), joined(tx, 2, "kerman", role=roles[1])
    coordinator = joined(tx, 3, "kerman/alavian", role=roles[0])
    held = {name: audience.members(tx, Audience(place.path, roles, Unasked.DUTY), NOW) for name, place in at.items()}
    assert held["kerman/alavian"] == [admin, officer, coordinator]
    assert held["kerman/zarisf"] == [admin, officer]
    assert held["kermanshah/taq"] == held[""] == [admin]


def test_somebody_with_two_roles_is_there_once(tx: Tx) -> None:
    town(tx)
    one = joined(tx, 1, "kerman/alavian", "kerman/zarisf", role=Role.COORDINATOR)
    joined(tx, 1, "kerman/alavian")
    assert audience.members(tx, under("/", Role.COORDINATOR, Role.RESIDENT), NOW) == [one]
    assert audience.count(tx, under("/", Role.COORDINATOR, Role.RESIDENT), NOW) == Count(reached=1)


def test_a_role_counts_from_its_first_second_to_its_last(tx: Tx) -> None:
    at = town(tx)
    person = account(tx, 1).person
    people.grant(tx, person, Role.RESIDENT, at["kerman/alavian"].id, NOW, since=NOW + DAY, until=NOW + 2 * DAY)
    seen = [bool(audience.members(tx, under("/"), NOW + moment)) for moment in (0, DAY, 2 * DAY - 1, 2 * DAY)]
    assert seen == [False, True, True, False]


def test_somebody_can_be_left_out_and_so_can_all_who_come_later(tx: Tx) -> None:
    town(tx)
    one, two = joined(tx, 1, "kerman/alavian"), joined(tx, 2, "kerman/alavian")
    last = tx.one("SELECT max(id) AS id FROM roles")
    assert last is not None
    joined(tx, 3, "kerman/alavian")
    for path in ("/", "/kerman/shahr/alavian/"):
        assert audience.members(tx, replace(under(path), upto=last["id"]), NOW) == [one, two]
        assert audience.members(tx, replace(under(path), upto=last["id"], but=one), NOW) == [two]


@given(
    seats=st.lists(st.tuples(st.integers(1, 12), st.sampled_from(ALL), st.sampled_from(list(Role))), max_size=25),
    path=st.sampled_from(ALL),
    roles=st.sets(st.sampled_from(list(Role)), min_size=1),
    below=st.booleans(),
    size=st.integers(1, 5),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_pages_are_the_whole_and_the_whole_is_what_a_list_says(
    tx: Tx, seats: list[tuple[int, str, Role]], path: str, roles: set[Role], below: bool, size: int
) -> None:
    tx.run("SAVEPOINT example")
    at = town(tx)
    here = at[path].path
    expected = set()
    for user, written, role in seats:
        person = joined(tx, user, written, role=role)
        there = at[written].path
        if role in roles and (there.startswith(here) if below else here.startswith(there)):
            expected.add(person)
    meant = Audience(here, tuple(roles), Unasked.NEWS, under=below)
    found: list[int] = []
    while page := audience.members(tx, meant, NOW, after=found[-1] if found else 0, limit=size):
        found += page
    assert found == audience.members(tx, meant, NOW) == sorted(expected)
    assert audience.count(tx, meant, NOW).total == len(expected)
    if found:
        assert audience.members(tx, meant, NOW, after=found[0] - 1, through=found[-1]) == found
    tx.run("ROLLBACK TO example")


def test_the_count_says_who_is_not_reached_and_why(tx: Tx) -> None:
    town(tx)
    there = [joined(tx, user, "kerman/alavian") for user in range(1, 7)]
    people.set_stopped(tx, there[0], "news")
    people.set_stopped(tx, there[1], "all")
    people.set_news(tx, there[2], stopped="", digest=True)
    people.account_stopped(tx, account(tx, 4).lane)
    assert audience.count(tx, under("/kerman/"), NOW) == Count(reached=2, silent=2, weekly=1, closed=1)
    duty = replace(under("/kerman/"), why=Unasked.DUTY)
    assert audience.count(tx, duty, NOW) == Count(reached=5, closed=1)


@pytest.mark.parametrize("why", Unasked)
@pytest.mark.parametrize("stopped", ["", "news", "all"])
@pytest.mark.parametrize("digest", [False, True])
def test_who_is_left_out_is_exactly_who_does_not_pass_the_gate(why: Unasked, stopped: str, digest: bool) -> None:
    reach = Reach(1, 1, 1, "fa", stopped, digest=digest)
    assert bool(audience.left_out(reach, why, NOW)) is (audience.may_reach(reach, why, NOW) is None)
    assert audience.left_out(None, why, NOW) == "closed"


def test_a_page_of_a_hundred_thousand_is_found_without_looking_at_all_of_them(tx: Tx, full: bool) -> None:
    """The work is counted, not timed: how many steps SQLite takes for a page in the middle."""
    size = 100_000 if full else 20_000
    at = town(tx)
    lane = account(tx, 1)
    tx.run(
        "INSERT INTO persons (language, created) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
        "WHERE i < :size) SELECT 'fa', i FROM n",
        size=size,
    )
    tx.run(
        "INSERT INTO accounts (bot, user_id, lane, person, last_seen) "
        "SELECT :bot, id + 1000000, :lane, id, 0 FROM persons WHERE id <> :one",
        bot=lane.bot,
        lane=lane.lane,
        one=lane.person,
    )
    tx.run(
        "INSERT INTO roles (person, role, place, since) SELECT id, 'resident', :place, 0 FROM persons",
        place=at["kerman/zarisf"].id,
    )
    some = [joined(tx, 1000 + number, "kerman/alavian") for number in range(10)]
    assert audience.members(tx, under(at["kerman/alavian"].path), NOW) == some
    middle = audience.members(tx, under("/"), NOW, after=size // 2, limit=500)
    assert len(middle) == 500
    assert middle[0] == size // 2 + 1
    assert audience.count(tx, under("/"), NOW).total == size + 11
    if tx.dialect == "sqlite":
        plans = [
            row["detail"]
            for path in ("/", "/kerman/", at["kerman/alavian"].path)
            for row in tx.all("EXPLAIN QUERY PLAN " + page_query(tx, path), **page_values(tx, path))
        ]
        assert not [plan for plan in plans if "SCAN" in plan or "ORDER BY" in plan]


def invited(tx: Tx) -> tuple[Audience, dict[str, int]]:
    """Everybody of a neighbourhood, by what they answered to the invitation of a meeting there."""
    at = town(tx)["kerman/alavian"]
    said = {name: joined(tx, n, "kerman/alavian") for n, name in enumerate(("yes", "maybe", "no", "nothing"), 1)}
    one = meetings.create(
        tx, place=at.id, kind=Kind.PUBLIC, starts=NOW + DAY, venue="the house", code="a", author=None, now=NOW
    )
    for answer in Answer:
        rsvps.answer(tx, one.id, said[answer.value], answer, NOW)
    return replace(under(at.path), meeting=one.id), said


def test_who_means_to_come_is_found_wherever_they_live_and_who_said_nothing_among_those_invited(tx: Tx) -> None:
    meant, said = invited(tx)
    people.revoke(tx, said["yes"], Role.RESIDENT, None, NOW)
    found = {answered: audience.members(tx, replace(meant, answered=answered), NOW) for answered in Answered}
    assert found == {
        Answered.ANYHOW: [said["maybe"], said["no"], said["nothing"]],
        Answered.COMING: [said["yes"], said["maybe"]],
        Answered.SILENT: [said["nothing"]],
    }
    coming = replace(meant, answered=Answered.COMING)
    assert audience.members(tx, coming, NOW, after=said["yes"], limit=1) == [said["maybe"]]
    assert audience.count(tx, coming, NOW) == Count(reached=2)


def test_what_is_news_to_the_others_is_a_duty_to_some(tx: Tx) -> None:
    meant, said = invited(tx)
    for name in ("yes", "no"):
        people.set_stopped(tx, said[name], "news")
    place = places.written(tx, "kerman/alavian")
    assert place is not None
    people.grant(tx, said["yes"], Role.COUNCIL_MEMBER, place.id, NOW)
    both = replace(meant, roles=(Role.RESIDENT, Role.COUNCIL_MEMBER))
    assert audience.count(tx, both, NOW) == Count(reached=2, silent=2)
    both = replace(both, duty=(Role.COUNCIL_MEMBER,))
    assert audience.count(tx, both, NOW) == Count(reached=3, silent=1)
    assert audience.on_duty(tx, both, NOW, after=0, through=said["nothing"]) == {said["yes"]}
    assert audience.on_duty(tx, both, NOW, after=said["yes"], through=said["nothing"]) == set()


@pytest.mark.parametrize("answered", Answered)
def test_a_page_by_answer_costs_what_it_holds(tx: Tx, answered: Answered) -> None:
    meant, _ = invited(tx)
    if tx.dialect == "sqlite":
        query, values = audience._members(tx, replace(meant, answered=answered), NOW)
        page = f"EXPLAIN QUERY PLAN {query}AND r.person > :after ORDER BY r.person LIMIT :limit"
        plans = [row["detail"] for row in tx.all(page, **values, after=5, limit=500)]
        assert not [plan for plan in plans if "SCAN" in plan or "ORDER BY" in plan]


def page_query(tx: Tx, path: str) -> str:
    query, _ = audience._members(tx, under(path), NOW)
    return query + "AND r.person > :after ORDER BY r.person LIMIT :limit"


def page_values(tx: Tx, path: str) -> dict[str, object]:
    _, values = audience._members(tx, under(path), NOW)
    return {**values, "after": 5, "limit": 500}
