"""Two persons become one, table by table: nothing is lost but what they had twice, and the way back."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from domain.cases import Move, Part, State
from domain.permissions import Role
from storage import (
    cards,
    cases,
    invitations,
    jobs,
    linking,
    media,
    missing,
    outbox,
    people,
    personal,
    places,
    talks,
    tries,
)
from storage.outbox import Class
from storage.people import Account
from storage.personal import TABLES, Once
from storage.talks import Conversation
from storage.tx import Tx
from tests.storage.made import (
    DAY,
    NOW,
    account,
    announced,
    case,
    count_of,
    informed,
    met,
    minuted,
    polled,
    promised,
    town,
    written,
)
from tests.storage.test_personal import columns, references

#: What is not a person's own row but its number elsewhere; and rows that go with the merge itself.
THEMSELVES = {("persons", "id"), ("persons", "merged_into"), ("moves", "actor")}


@pytest.fixture
def two(tx: Tx) -> tuple[Account, Account]:
    """Somebody on one messenger, and the same on the other one; a third person has nothing to do with it."""
    here, there = account(tx, 1), account(tx, 2, platform="bale")
    for one in (here, there):
        _life(tx, one)
    _life(tx, account(tx, 3))
    return here, there


def _life(tx: Tx, who: Account) -> None:
    """Something in every table that can hold a person's number."""
    place, other = town(tx)["kerman/alavian"], account(tx, 99)
    people.consent(tx, who.person, 1, NOW)
    people.grant(tx, who.person, Role.RESIDENT, place.id, NOW)
    people.grant(tx, other.person, Role.AGENCY_CONTACT, town(tx)["kerman"].id, NOW + who.id, by=who.person)
    tx.run("UPDATE roles SET ended_by = :who, until = :now WHERE granted_by = :who", who=who.person, now=NOW + who.id)
    invitations.put(tx, f"used{who.id}", Role.COORDINATOR, place.id, bot=None, expires=NOW + DAY)
    used = invitations.look(tx, f"used{who.id}", bot=who.bot, now=NOW)
    assert used is not None
    invitations.use(tx, used.id, who.person, NOW)
    invitations.put(tx, f"made{who.id}", Role.COORDINATOR, place.id, bot=None, expires=NOW + DAY, by=who.person)
    media.add(tx, person=who.person, kind="photo", bot=who.bot, file_id=f"photo{who.id}", now=NOW)
    asked = missing.add(tx, who.person, place.id, "my corner", NOW)
    missing.answered(tx, asked, NOW, missing.Answer.NAMED, who.person)
    missing.add(tx, who.person, place.id, "another corner", NOW)
    announced(tx, who.person, place.id)
    informed(tx, who.person, place.id)
    met(tx, who.person, place.id)
    promised(tx, who.person, place.id)
    minuted(tx, who.person)
    polled(tx, who.person, place.id)
    tries.wrong(tx, who.person, "code", NOW)
    talks.save(tx, Conversation(0, who.id, "report", "text", {"text": f"half {who.id}"}), NOW)
    linking.ask(tx, who.id, f"token{who.id}", lambda: str(10_000_000 + who.id), NOW)
    written(tx, who, "just answered")
    case(tx, place, who.person, text=f"lamp {who.id}", code=20_000_000 + who.id)


def rows(tx: Tx, table: str) -> Counter[str]:
    """The rows of a table without the columns that hold a person's number."""
    own = {column for of, column in references("persons") if of == table} | {"merged_into"}
    names = [name for name in columns(tx)[table] if name not in own]
    return Counter(json.dumps([row[name] for name in names]) for row in tx.all(f"SELECT * FROM {table}"))  # noqa: S608 - ours


def test_every_table_says_how_it_is_merged() -> None:
    assert {
        table: kept.merge
        for table, kept in TABLES.items()
        if kept is not None and not isinstance(kept.merge, Once) and kept.merge not in {"move", "account", "person"}
    } == {}


def test_a_row_that_is_found_through_an_account_stays_with_it() -> None:
    assert {table for table, kept in TABLES.items() if kept is not None and kept.through} == {
        table for table, kept in TABLES.items() if kept is not None and kept.merge == "account"
    }


def test_the_life_leaves_something_wherever_a_person_is_named(tx: Tx, two: tuple[Account, Account]) -> None:
    """Guards the two tests below: a column that nobody fills would pass them."""
    _, there = two
    named = {
        (table, column)
        for table, column in references("persons")
        if tx.all(f"SELECT 1 AS found FROM {table} WHERE {column} = :who", who=there.person)  # noqa: S608 - ours
    }
    assert named == set(references("persons"))


def test_no_column_holds_the_former_number(tx: Tx, two: tuple[Account, Account]) -> None:
    here, there = two
    linking.merge(tx, here.person, there.person, NOW)
    left = [
        (table, column)
        for table, column in references("persons")
        if tx.all(f"SELECT 1 AS found FROM {table} WHERE {column} = :who", who=there.person)  # noqa: S608 - ours
    ]
    assert left == []


def test_no_row_is_lost_but_what_they_had_twice(tx: Tx, two: tuple[Account, Account]) -> None:
    here, there = two
    before = {table: rows(tx, table) for table in columns(tx) if table != "persons"}
    numbers = {table: count_of(tx, table) for table in before}
    linking.merge(tx, here.person, there.person, NOW)
    gone = {table: numbers[table] - count_of(tx, table) for table in before if numbers[table] != count_of(tx, table)}
    # The same neighbourhood, and wrong guesses at the same thing.
    assert gone == {"roles": 1, "tries": 1}
    for table in before:
        assert before[table] >= rows(tx, table), table


def test_whoever_has_nothing_to_do_with_it_keeps_what_they_have(tx: Tx, two: tuple[Account, Account]) -> None:
    here, there = two
    other = account(tx, 3).person
    before = personal.export(tx, other)
    linking.merge(tx, here.person, there.person, NOW)
    assert personal.export(tx, other) == before


# --- what stays of two ------------------------------------------------------------------------------------------------


def test_a_case_of_both_counts_once_and_the_reporter_stays_it(tx: Tx) -> None:
    here, there = account(tx, 1), account(tx, 2, platform="bale")
    place = town(tx)["kerman/alavian"]
    mine, theirs = case(tx, place, here.person), case(tx, place, there.person)
    for made, who in ((mine, there), (theirs, here)):
        cases.join(tx, made.id, who.person, NOW - 50)
    assert cases.count_of_person(tx, here.person) == 2
    linking.merge(tx, here.person, there.person, NOW)
    assert cases.count_of_person(tx, here.person) == 2
    for made in (mine, theirs):
        assert cases.parties(tx, made.id) == [here.person]
        assert cases.part_of(tx, made.id, here.person) is Part.REPORTER
        assert cases.count_joined(tx, made.id) == 0


def test_who_said_the_same_twice_said_it_once_and_first(tx: Tx) -> None:
    here, there, reporter = account(tx, 1), account(tx, 2, platform="bale"), account(tx, 3)
    made = case(tx, town(tx)["kerman/alavian"], reporter.person)
    cases.join(tx, made.id, here.person, NOW + 9)
    cases.join(tx, made.id, there.person, NOW + 5)
    linking.merge(tx, here.person, there.person, NOW + 10)
    assert cases.count_joined(tx, made.id) == 1
    row = tx.one("SELECT since FROM parties WHERE person = :who", who=here.person)
    assert row is not None
    assert row["since"] == NOW + 5


def test_of_two_neighborhoods_the_one_joined_last_stays(tx: Tx) -> None:
    here, there = account(tx, 1), account(tx, 2, platform="bale")
    found = town(tx)
    people.grant(tx, here.person, Role.RESIDENT, found["kerman/alavian"].id, NOW)
    people.grant(tx, there.person, Role.RESIDENT, found["kerman/zarisf"].id, NOW + 5)
    linking.merge(tx, here.person, there.person, NOW + 9)
    joined = places.of_person(tx, here.person)
    assert joined is not None
    assert joined.id == found["kerman/zarisf"].id
    assert [seat.path for seat in people.seats(tx, here.person, NOW + 9)] == [joined.path]


def test_roles_are_united_and_the_longer_of_two_alike_stays(tx: Tx) -> None:
    here, there = account(tx, 1), account(tx, 2, platform="bale")
    found = town(tx)
    people.grant(tx, here.person, Role.COORDINATOR, found["kerman/alavian"].id, NOW, until=NOW + DAY)
    people.grant(tx, there.person, Role.COORDINATOR, found["kerman/alavian"].id, NOW)
    people.grant(tx, there.person, Role.COUNTY_OFFICER, found["kerman"].id, NOW)
    linking.merge(tx, here.person, there.person, NOW)
    held = tx.all("SELECT role, until FROM roles WHERE person = :who ORDER BY role", who=here.person)
    assert [(row["role"], row["until"]) for row in held] == [("coordinator", None), ("county_officer", None)]


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (("", False), ("news", False), ("news", 0)),
        (("news", False), ("all", True), ("all", 1)),
        (("all", False), ("", False), ("all", 0)),
        (("", True), ("", False), ("", 1)),
        (("", False), ("", True), ("", 1)),
    ],
)
def test_what_was_stopped_on_either_is_stopped(
    tx: Tx, one: tuple[str, bool], other: tuple[str, bool], both: tuple[str, int]
) -> None:
    here, there = account(tx, 1), account(tx, 2, platform="bale")
    for who, (stopped, digest) in ((here, one), (there, other)):
        people.set_news(tx, who.person, stopped=stopped, digest=digest)
    linking.merge(tx, here.person, there.person, NOW)
    row = tx.one("SELECT stopped, digest FROM persons WHERE id = :who", who=here.person)
    assert row is not None
    assert (row["stopped"], row["digest"]) == both


def test_the_later_consent_holds_and_own_choices_are_filled_up(tx: Tx) -> None:
    here, there = account(tx, 1), account(tx, 2, platform="bale", now=NOW - DAY)
    people.consent(tx, here.person, 1, NOW)
    people.consent(tx, there.person, 2, NOW + 5)
    people.set_quiet(tx, there.person, 60, 120)
    cards.set_hours(tx, there.person, "8,17")
    linking.merge(tx, here.person, there.person, NOW + 9)
    row = tx.one("SELECT * FROM persons WHERE id = :who", who=here.person)
    assert row is not None
    told = {name: row[name] for name in ("consent_version", "consent_at", "quiet_from", "quiet_to", "card_hours")}
    expected = {"consent_version": 2, "consent_at": NOW + 5, "quiet_from": 60, "quiet_to": 120, "card_hours": "8,17"}
    assert told == expected
    assert row["created"] == NOW - DAY


def test_the_row_that_history_leads_to_says_nothing_but_who_it_was(tx: Tx, two: tuple[Account, Account]) -> None:
    here, there = two
    linking.merge(tx, here.person, there.person, NOW)
    row = tx.one("SELECT * FROM persons WHERE id = :who", who=there.person)
    assert row is not None
    left = {name: row[name] for name in columns(tx)["persons"] if name not in {"id", "language"} and row[name]}
    assert left == {"merged_into": here.person}


def test_guesses_on_both_sides_shut_for_the_longer_time(tx: Tx) -> None:
    here, there = account(tx, 1), account(tx, 2, platform="bale")
    for _ in range(tries.EVERY):
        tries.wrong(tx, there.person, "code", NOW)
    tries.wrong(tx, here.person, "code", NOW)
    until = tries.shut_until(tx, there.person, "code")
    assert until > NOW
    linking.merge(tx, here.person, there.person, NOW)
    assert tries.shut_until(tx, here.person, "code") == until


# --- who stays, and what leads to whom --------------------------------------------------------------------------------


def test_staff_stay_before_the_elder_and_who_has_agreed_before_who_has_not(tx: Tx) -> None:
    first, second, third = account(tx, 1).person, account(tx, 2, platform="bale").person, account(tx, 3).person
    assert linking.stays(tx, second, first, NOW) == (first, second)
    people.consent(tx, second, 1, NOW)
    assert linking.stays(tx, first, second, NOW) == (second, first)
    people.grant(tx, third, Role.COORDINATOR, town(tx)["kerman/alavian"].id, NOW)
    assert linking.stays(tx, second, third, NOW) == (third, second)


def test_history_names_the_person_that_the_former_number_became(tx: Tx) -> None:
    here, there, third = account(tx, 1), account(tx, 2, platform="bale"), account(tx, 3)
    made = case(tx, town(tx)["kerman/alavian"], third.person)
    cases.move(tx, made, Move.ACCEPT, actor=there.person, now=NOW + 1, due=NOW + DAY)
    linking.merge(tx, here.person, there.person, NOW + 2)
    assert [step.actor for step in cases.history(tx, made.id)] == [third.person, here.person]
    # And once more: a number never leads to one that leads on.
    linking.merge(tx, third.person, here.person, NOW + 3)
    assert [step.actor for step in cases.history(tx, made.id)] == [third.person, third.person]
    assert cases.by_id(tx, made.id).state is State.ACCEPTED


def test_what_is_set_for_the_former_number_is_done_for_the_one_who_stays(tx: Tx) -> None:
    here, there = account(tx, 1), account(tx, 2, platform="bale")
    jobs.put(tx, "cards", f"cards:{there.person}", NOW, {"person": there.person, "since": 1})
    jobs.put(tx, "mydata-file", f"mydata-file:{there.person}", NOW, {"person": there.person, "bot": 2})
    jobs.put(tx, "mydata-file", f"mydata-file:{here.person}", NOW, {"person": here.person, "bot": 1})
    jobs.put(tx, "other", "other", NOW, {"person": there.person * 10})
    linking.merge(tx, here.person, there.person, NOW)
    found = {row["key"]: json.loads(row["args"]) for row in tx.all("SELECT key, args FROM jobs")}
    assert found == {
        f"cards:{here.person}": {"person": here.person, "since": 1},
        f"mydata-file:{here.person}": {"person": here.person, "bot": 1},
        "other": {"person": there.person * 10},
    }


def test_forgetting_erases_both_and_parts_them(tx: Tx, two: tuple[Account, Account]) -> None:
    here, there = two
    linking.merge(tx, here.person, there.person, NOW)
    found = personal.export(tx, here.person)
    assert (len(found["accounts"]), len(found["words"]), len(found["talks"])) == (2, 2, 2)
    personal.forget(tx, here.person, NOW + 5)
    owners = tx.all(
        "SELECT p.id, p.created, p.consent_version, p.linked FROM accounts a JOIN persons p "
        "ON p.id = a.person WHERE a.id IN (:one, :other) ORDER BY a.id",
        one=here.id,
        other=there.id,
    )
    assert len({row["id"] for row in owners}) == 2
    assert len({row["created"] for row in owners}) == 2
    assert [(row["consent_version"], row["linked"]) for row in owners] == [(0, 0), (0, 0)]
    assert tx.all("SELECT 1 AS found FROM persons WHERE merged_into IS NOT NULL") == []
    drafts = {json.loads(row["draft"])["text"] for row in tx.all("SELECT draft FROM talks")}
    assert drafts == {f"half {account(tx, 3).id}"}
    assert [row["words"] for row in tx.all("SELECT words FROM words WHERE person IS NOT NULL")] == [
        f"lamp {account(tx, 3).id}"
    ]


def test_a_case_that_has_had_its_time_forgets_the_former_number_too(tx: Tx) -> None:
    from storage import retention

    here, there = account(tx, 1), account(tx, 2, platform="bale")
    made = case(tx, town(tx)["kerman/alavian"], there.person)
    linking.merge(tx, here.person, there.person, NOW)
    retention.anonymise(tx, made.id, NOW)
    assert [step.actor for step in cases.history(tx, made.id)] == [None]


# --- two again --------------------------------------------------------------------------------------------------------


def test_parted_the_asking_account_keeps_everything_and_nothing_leads_to_the_other(
    tx: Tx, two: tuple[Account, Account]
) -> None:
    here, there = two
    linking.merge(tx, here.person, there.person, NOW)
    written(tx, there, "a card", Class.NOTICE, about="case:1")
    card = written(tx, there, "shown", Class.NOTICE, about="case:1")
    outbox.sent(tx, card, 55)
    (stranger,) = linking.part(tx, linking.side(tx, here.id), NOW + 5)
    assert (stranger.account, stranger.platform) == (there.id, "bale")
    left = [
        (table, column)
        for table, column in references("persons")
        if table != "accounts" and tx.all(f"SELECT 1 AS found FROM {table} WHERE {column} = :who", who=stranger.person)  # noqa: S608 - ours
    ]
    assert left == []
    assert [one.account for one in linking.sides(tx, here.person)] == [here.id]
    assert cases.count_of_person(tx, here.person) == 2
    row = tx.one("SELECT * FROM persons WHERE id = :who", who=stranger.person)
    assert row is not None
    assert {name: row[name] for name in columns(tx)["persons"] if row[name]} == {
        "id": stranger.person,
        "language": "fa",
        "created": NOW + 5,
    }
    assert tx.all("SELECT 1 AS found FROM links WHERE account = :a OR opened_by = :a", a=there.id) == []
    assert tx.all("SELECT 1 AS found FROM talks WHERE account = :a", a=there.id) == []
    assert outbox.cards(tx, "case:1") == []
    assert [
        row["class"]
        for row in tx.all("SELECT class FROM outbox WHERE lane = :lane AND state = 'waiting'", lane=there.lane)
    ] == [1]
