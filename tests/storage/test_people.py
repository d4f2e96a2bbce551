"""Accounts, roles, one-time links and locks after wrong guesses."""

from __future__ import annotations

import pytest

from domain.permissions import Role, Seat
from storage import audience, invitations, people, roles, tries
from storage.audience import Audience, Unasked, may_reach
from storage.people import Reach
from storage.tx import Tx
from tests.storage.made import DAY, NOW, account, bot, count_of, seat, town


def test_somebody_who_writes_again_is_the_same_person(tx: Tx) -> None:
    first, again = account(tx, 1), account(tx, 1)
    assert first == again
    assert account(tx, 2).person != first.person
    assert account(tx, 1, platform="bale").person != first.person


def test_a_bot_keeps_its_number_when_it_is_renamed(tx: Tx) -> None:
    first = people.bot_id(tx, "telegram", 7, "old_name")
    assert people.bot_id(tx, "telegram", 7, "new_name") == first
    assert people.bot_id(tx, "bale", 7, "old_name") != first
    assert [row["username"] for row in tx.all("SELECT username FROM bots ORDER BY id")] == ["new_name", "old_name"]


def test_a_chat_has_one_lane(tx: Tx) -> None:
    at = bot(tx)
    assert people.lane_id(tx, at, -100_123_456_789_012) == people.lane_id(tx, at, -100_123_456_789_012)
    assert count_of(tx, "lanes") == 1


def test_a_notice_goes_to_the_account_used_last(tx: Tx) -> None:
    old, new = account(tx, 1), account(tx, 2, now=NOW + DAY)
    tx.run("UPDATE accounts SET person = :person WHERE id = :id", person=old.person, id=new.id)
    first = Reach(old.bot, old.lane, old.person, "fa", "", last_seen=NOW)
    last = Reach(new.bot, new.lane, old.person, "fa", "", last_seen=NOW + DAY, other=first)
    assert people.reach(tx, old.person) == last
    assert people.reaches(tx, [old.person]) == {old.person: last}
    people.account_stopped(tx, new.lane)
    assert people.reach(tx, old.person) == first
    people.account_stopped(tx, old.lane)
    assert people.reach(tx, old.person) is None
    account(tx, 1, now=NOW + 2 * DAY)
    assert people.reach(tx, old.person) is not None


def test_an_account_is_found_by_messenger_and_number(tx: Tx) -> None:
    who = account(tx, 1001)
    assert people.find_account(tx, "telegram", 1001) == who.person
    assert people.find_account(tx, "bale", 1001) is None
    assert people.find_account(tx, "telegram", 1002) is None


def test_language_consent_and_stops_are_kept(tx: Tx) -> None:
    who = account(tx, 1)
    people.set_language(tx, who.person, "en")
    people.consent(tx, who.person, 2, NOW)
    people.set_stopped(tx, who.person, "news")
    found = people.person_of_account(tx, who.id)
    assert found == people.Person(who.person, "en", 2, "news")
    assert people.person_of_account(tx, 4711) is None


def test_a_name_is_kept_as_it_was_sealed(tx: Tx) -> None:
    who = account(tx, 1).person
    assert people.sealed_name(tx, who) == ""
    people.keep_name(tx, who, "v1:abc")
    assert people.sealed_name(tx, who) == "v1:abc"
    assert people.sealed_name(tx, 4711) == ""


def test_a_role_is_given_once_and_ends(tx: Tx) -> None:
    place = town(tx)["kerman/alavian"]
    who = account(tx, 1).person

    def give(now: int) -> bool:
        return people.grant(tx, who, Role.COORDINATOR, place.id, now)

    assert [give(NOW), give(NOW)] == [True, False]
    assert people.seats(tx, who, NOW) == (Seat(Role.COORDINATOR, place.id, place.path),)
    assert people.seats(tx, who, NOW - 1) == ()
    assert people.anybody_with(tx, Role.COORDINATOR, NOW) is True
    assert people.revoke(tx, who, Role.COORDINATOR, place.id, NOW + 5) == 1
    assert people.revoke(tx, who, Role.COORDINATOR, place.id, NOW + 6) == 0
    assert people.seats(tx, who, NOW + 5) == ()
    assert people.anybody_with(tx, Role.COORDINATOR, NOW + 5) is False
    assert give(NOW + 10) is True
    assert count_of(tx, "roles") == 2


def test_a_role_is_taken_back_in_one_place_or_everywhere(tx: Tx) -> None:
    found = town(tx)
    who = account(tx, 1).person
    for name in ("kerman/alavian", "kerman/zarisf", "kermanshah/taq"):
        people.grant(tx, who, Role.COORDINATOR, found[name].id, NOW)
    people.grant(tx, who, Role.COUNCIL_HEAD, found["kerman/alavian"].id, NOW)
    assert people.revoke(tx, who, Role.COORDINATOR, found["kerman/zarisf"].id, NOW) == 1
    assert people.revoke(tx, who, Role.COORDINATOR, None, NOW) == 2
    assert [each.role for each in people.seats(tx, who, NOW)] == [Role.COUNCIL_HEAD]


def taken(tx: Tx, code: str, at: int, person: int, now: int = NOW) -> tuple[Role, int] | None:
    """Looks at a link and uses it up."""
    found = invitations.look(tx, code, bot=at, now=now)
    return (found.role, found.place) if found and invitations.use(tx, found.id, person, now) else None


def test_a_link_works_once(tx: Tx) -> None:
    place, who, other = town(tx)["kerman/alavian"], account(tx, 1), account(tx, 2)
    invitations.put(tx, "code", Role.COORDINATOR, place.id, bot=None, expires=NOW + DAY)

    def take(code: str, person: int) -> tuple[Role, int] | None:
        return taken(tx, code, who.bot, person)

    assert take("wrong", who.person) is None
    assert take("code", who.person) == (Role.COORDINATOR, place.id)
    assert take("code", other.person) is None
    assert take("code", who.person) is None


@pytest.mark.parametrize(("seconds", "works"), [(DAY - 1, True), (DAY, False), (DAY + 1, False)])
def test_a_link_works_until_its_time(tx: Tx, seconds: int, works: bool) -> None:
    root, who = town(tx)[""], account(tx, 1)
    invitations.put(tx, "code", Role.PROVINCE_ADMIN, root.id, bot=who.bot, expires=NOW + DAY)
    assert (taken(tx, "code", who.bot, who.person, NOW + seconds) is not None) is works


def test_a_link_of_another_bot_does_not_work(tx: Tx) -> None:
    root, who = town(tx)[""], account(tx, 1)
    invitations.put(tx, "code", Role.PROVINCE_ADMIN, root.id, bot=bot(tx, "bale"), expires=NOW + DAY)
    assert invitations.look(tx, "code", bot=who.bot, now=NOW) is None


def test_the_code_of_a_link_is_not_kept(tx: Tx) -> None:
    invitations.put(tx, "the-code", Role.PROVINCE_ADMIN, town(tx)[""].id, bot=None, expires=NOW)
    assert "the-code" not in str(tx.all("SELECT code_hash FROM invitations")[0]["code_hash"])


def test_unused_links_are_dropped_and_used_ones_stay(tx: Tx) -> None:
    root, who = town(tx)[""], account(tx, 1)
    for code in ("a", "b", "c"):
        invitations.put(tx, code, Role.PROVINCE_ADMIN, root.id, bot=None, expires=NOW + DAY)
    taken(tx, "a", who.bot, who.person)
    invitations.put(tx, "d", Role.PROVINCE_ADMIN, root.id, bot=None, expires=NOW + DAY, by=who.person)
    assert (invitations.drop_unused(tx, Role.COORDINATOR), invitations.drop_unused(tx, Role.PROVINCE_ADMIN)) == (0, 2)
    assert count_of(tx, "invitations") == 2, "the used one, and the one that somebody made for a colleague"


def test_every_fifth_wrong_guess_shuts_and_a_right_one_opens(tx: Tx) -> None:
    who, other = account(tx, 1).person, account(tx, 2).person

    def guess(times: int) -> int:
        for _ in range(times):
            tries.wrong(tx, who, "code", NOW)
        return tries.shut_until(tx, who, "code")

    assert guess(4) == 0
    assert guess(1) == NOW + 32 * 60
    assert guess(5) == NOW + 1024 * 60
    assert guess(40) == NOW + tries.LONGEST
    assert tries.shut_until(tx, other, "code") == 0
    assert tries.shut_until(tx, who, "claim") == 0
    tries.right(tx, who, "code")
    assert tries.shut_until(tx, who, "code") == 0


def test_an_audience_is_everybody_whose_place_holds_the_path_each_once(tx: Tx) -> None:
    found = town(tx)
    near = seat(tx, 1, Role.COORDINATOR, found["kerman/alavian"])
    seat(tx, 2, Role.COORDINATOR, found["kerman/zarisf"])
    county = seat(tx, 3, Role.COUNTY_OFFICER, found["kerman"])
    seat(tx, 4, Role.COUNTY_OFFICER, found["kermanshah"])
    seat(tx, 1, Role.COUNCIL_HEAD, found["kerman/alavian"])
    path = found["kerman/alavian"].path
    roles = (Role.COORDINATOR, Role.COUNTY_OFFICER, Role.COUNCIL_HEAD)
    assert audience.members(tx, Audience(path, roles, Unasked.DUTY), NOW) == sorted([near, county])
    assert audience.members(tx, Audience(path, roles, Unasked.DUTY), NOW - 1) == []


def test_no_case_is_without_somebody_who_decides(tx: Tx) -> None:
    found = town(tx)
    path = found["kerman/alavian"].path
    assert audience.moderators(tx, path, NOW) == []
    admin = seat(tx, 1, Role.PROVINCE_ADMIN, found[""])
    assert audience.moderators(tx, path, NOW) == [admin]
    seat(tx, 2, Role.COUNTY_OFFICER, found["kermanshah"])
    assert audience.moderators(tx, path, NOW) == [admin]
    officer = seat(tx, 3, Role.COUNTY_OFFICER, found["kerman"])
    assert audience.moderators(tx, path, NOW) == [officer]
    coordinator = seat(tx, 4, Role.COORDINATOR, found["kerman/alavian"])
    assert audience.moderators(tx, path, NOW) == [coordinator]
    people.revoke(tx, coordinator, Role.COORDINATOR, None, NOW + 1)
    assert audience.moderators(tx, path, NOW + 1) == [officer]


#: A noon and a midnight in Tehran.
NOON, MIDNIGHT = NOW - NOW % DAY + 8 * 3600 + 1800, NOW - NOW % DAY + 20 * 3600 + 1800


@pytest.mark.parametrize(
    ("stopped", "digest", "reached"),
    [
        ("", False, {Unasked.OWN_CASE, Unasked.DUTY, Unasked.NEWS, Unasked.URGENT, Unasked.REST}),
        ("", True, {Unasked.OWN_CASE, Unasked.DUTY, Unasked.DIGEST, Unasked.URGENT}),
        ("news", False, {Unasked.OWN_CASE, Unasked.DUTY}),
        ("news", True, {Unasked.OWN_CASE, Unasked.DUTY}),
        ("all", False, {Unasked.DUTY}),
        ("all", True, {Unasked.DUTY}),
    ],
)
@pytest.mark.parametrize("now", [NOON, MIDNIGHT])
def test_what_a_person_stopped_they_do_not_get_at_any_hour(
    stopped: str, digest: bool, reached: set[Unasked], now: int
) -> None:
    reader = Reach(1, 1, 1, "fa", stopped, digest=digest)
    assert {why for why in Unasked if may_reach(reader, why, now) is not None} == reached | {Unasked.ASKED}


@pytest.mark.parametrize("why", Unasked)
def test_at_night_only_what_concerns_somebody_who_is_talking_comes_at_once(why: Unasked) -> None:
    morning = MIDNIGHT + 7 * 3600
    digest = why is Unasked.DIGEST
    asleep = Reach(1, 1, 1, "fa", "", digest=digest)
    talking = Reach(1, 1, 1, "fa", "", digest=digest, last_seen=MIDNIGHT - 60)
    restless = Reach(1, 1, 1, "fa", "", digest=digest, quiet=(0, 0))
    news = why in {Unasked.NEWS, Unasked.DIGEST, Unasked.REST}
    assert may_reach(asleep, why, NOON) == NOON
    at_once = why in {Unasked.ASKED, Unasked.URGENT}
    assert may_reach(asleep, why, MIDNIGHT) == (MIDNIGHT if at_once else morning)
    assert may_reach(talking, why, MIDNIGHT) == (morning if news else MIDNIGHT)
    assert may_reach(restless, why, MIDNIGHT) == MIDNIGHT


def test_a_role_with_an_end_counts_until_then_and_one_to_come_not_yet(tx: Tx) -> None:
    place, who = town(tx)["kerman/alavian"], account(tx, 1).person
    assert people.grant(tx, who, Role.COORDINATOR, place.id, NOW, since=NOW + DAY, until=NOW + 3 * DAY)
    assert [bool(people.seats(tx, who, NOW + n * DAY)) for n in (0, 1, 2, 3)] == [False, True, True, False]
    assert [people.anybody_with(tx, Role.COORDINATOR, NOW + n * DAY) for n in (0, 2, 3)] == [False, True, False]
    assert people.anybody_with(tx, Role.COORDINATOR, NOW + 2 * DAY, but=who) is False
    assert people.is_staff(tx, who, NOW + 2 * DAY) is True
    assert people.is_staff(tx, who, NOW) is False


def test_another_end_is_another_row_and_both_stay_in_the_history(tx: Tx) -> None:
    place, who = town(tx)["kerman/alavian"], account(tx, 1).person
    giver = account(tx, 2).person

    def give(now: int, until: int | None) -> bool:
        return people.grant(tx, who, Role.COORDINATOR, place.id, now, by=giver, until=until)

    assert [give(NOW, None), give(NOW + 1, NOW + DAY), give(NOW + 2, NOW + DAY)] == [True, True, False]
    assert [held.until for held in roles.of_person(tx, who, NOW + 2)] == [NOW + DAY]
    assert people.revoke(tx, who, Role.COORDINATOR, place.id, NOW + 9, by=giver) == 1
    kept = tx.all("SELECT since, until, granted_by, ended_by FROM roles ORDER BY id")
    assert [tuple(dict(row).values()) for row in kept] == [
        (NOW, NOW + 1, giver, None),
        (NOW + 1, NOW + 9, giver, giver),
    ]


def test_holders_are_those_within_reach_the_newest_first(tx: Tx) -> None:
    found = town(tx)
    near = seat(tx, 1, Role.COORDINATOR, found["kerman/alavian"])
    seat(tx, 2, Role.COORDINATOR, found["kermanshah/taq"])
    head = seat(tx, 3, Role.COUNCIL_HEAD, found["kerman/zarisf"])
    seat(tx, 4, Role.COUNTY_OFFICER, found["kerman"])
    seat(tx, 5, Role.RESIDENT, found["kerman/zarisf"])
    reach = [(found["kerman"].path, (Role.COORDINATOR, Role.COUNCIL_HEAD))]
    assert [one.person for one in roles.holders(tx, reach, NOW, offset=0, limit=9)] == [head, near]
    assert [one.person for one in roles.holders(tx, reach, NOW, offset=1, limit=9)] == [near]
    assert roles.count_holders(tx, reach, NOW) == 2
    assert roles.count_holders(tx, [], NOW) == 0
