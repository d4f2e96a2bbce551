"""Every table answers for what it keeps of a person; shown on request, and gone on request."""

from __future__ import annotations

import json
import re

from domain.permissions import Role
from storage import (
    cards,
    cases,
    inbox,
    invitations,
    linking,
    media,
    migrations,
    missing,
    outbox,
    people,
    personal,
    talks,
    tries,
)
from storage.outbox import Class
from storage.people import Account
from storage.personal import TABLES
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
    received,
    town,
    written,
)

#: Columns whose name says that they lead to a person.
LEADS = {
    "person", "account", "lane", "used_by", "granted_by", "ended_by", "invited_by", "author", "actor", "reporter",
    "answered_by", "opened_by", "merged_into", "owner", "decided_by",
}  # fmt: skip
#: Those that no person column of TABLES covers, and why that is right.
ELSEWHERE = {
    "accounts.lane": "the account stays so that the answer arrives; its person is a stranger afterwards",
    "moves.actor": "append-only; the number leads to a row that is empty and that no account points to",
    "action_moves.actor": "likewise",
    "roles.granted_by": "emptied by forget itself",
    "roles.ended_by": "likewise",
    "actions.owner": "likewise",
    "broadcasts.decided_by": "likewise",
    "missing_places.answered_by": "likewise",
    "invitations.invited_by": "likewise; links that were not used go",
    "links.opened_by": "the request goes with either account",
    "persons.merged_into": "emptied by forget itself",
}


def columns(tx: Tx) -> dict[str, list[str]]:
    """Every table of the database with its columns."""
    if tx.dialect == "sqlite":
        names = [row["name"] for row in tx.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = [name for name in names if not name.startswith("sqlite_")]
        return {name: [row["name"] for row in tx.all(f"PRAGMA table_info({name})")] for name in kept}
    found: dict[str, list[str]] = {}
    for row in tx.all(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
    ):
        found.setdefault(row["table_name"], []).append(row["column_name"])
    return found


def test_every_table_answers(tx: Tx) -> None:
    assert set(TABLES) == set(columns(tx))


def test_every_column_that_leads_to_a_person_is_declared(tx: Tx) -> None:
    missing = []
    for table, names in columns(tx).items():
        kept = TABLES[table]
        declared = {kept.person} if kept else set()
        missing += [f"{table}.{name}" for name in names if name in LEADS - declared]
    assert set(missing) == set(ELSEWHERE)


def references(*tables: str) -> list[tuple[str, str]]:
    """Every column that the migrations say leads to one of these tables."""
    found: list[tuple[str, str]] = []
    for _, step in migrations.steps():
        table = ""
        column = rf"\s*(\w+) BIGINT[^,;]*REFERENCES ({'|'.join(tables)}) \(id\)"
        for line in step.SQL.splitlines():
            if opened := re.match(r"(?:CREATE TABLE|ALTER TABLE) (\w+)", line):
                table = opened[1]
            if leads := re.match(column, line):
                found.append((table, leads[1]))
    return found


def test_every_reference_to_a_person_has_a_name_that_says_so() -> None:
    found = references("persons", "accounts", "lanes")
    assert {("roles", "ended_by"), ("invitations", "invited_by"), ("broadcasts", "author")} <= set(found)
    assert [f"{table}.{name}" for table, name in found if name not in LEADS] == []


def test_what_is_shown_are_columns_that_exist(tx: Tx) -> None:
    found = columns(tx)
    for table, kept in TABLES.items():
        if kept is not None:
            assert {kept.person, *kept.show} - set(found[table]) == set(), table


def life(tx: Tx, user: int) -> Account:
    """Somebody who has left something in every table."""
    who = account(tx, user)
    place = town(tx)["kerman/alavian"]
    people.consent(tx, who.person, 1, NOW)
    people.keep_name(tx, who.person, "v1:sealed")
    people.set_news(tx, who.person, stopped="news", digest=True)
    people.set_quiet(tx, who.person, 60, 120)
    cards.set_hours(tx, who.person, "9 18")
    people.grant(tx, who.person, Role.RESIDENT, place.id, NOW)
    people.grant(tx, account(tx, user + 1).person, Role.COORDINATOR, place.id, NOW, by=who.person)
    invitations.put(tx, f"code{user}", Role.COORDINATOR, place.id, bot=None, expires=NOW + DAY)
    invited = invitations.look(tx, f"code{user}", bot=who.bot, now=NOW)
    assert invited is not None
    invitations.use(tx, invited.id, who.person, NOW)
    for code in ("open", "used"):
        invitations.put(tx, f"{code}{user}", Role.COORDINATOR, place.id, bot=None, expires=NOW + DAY, by=who.person)
    mine = invitations.look(tx, f"used{user}", bot=who.bot, now=NOW)
    assert mine is not None
    invitations.use(tx, mine.id, account(tx, user + 1).person, NOW)
    photo = media.add(tx, person=who.person, kind="photo", bot=who.bot, file_id=f"photo{user}", now=NOW)
    missing.add(tx, who.person, place.id, "my corner", NOW)
    announced(tx, who.person, place.id)
    informed(tx, who.person, place.id)
    met(tx, who.person, place.id)
    promised(tx, who.person, place.id)
    minuted(tx, who.person)
    polled(tx, who.person, place.id)
    tries.wrong(tx, who.person, "code", NOW)
    linking.ask(tx, who.id, f"token{user}", lambda: str(10_000_000 + user), NOW)
    talks.save(tx, Conversation(0, who.id, "report", "text", {"text": "half written"}), NOW)
    received(tx, user, user, body=json.dumps({"text": "just said"}))
    written(tx, who, "just answered", about="case:1")
    made = case(tx, place, who.person, text="my lamp")
    media.attach(tx, made.id, [photo], "text", NOW)
    return who


def test_a_person_is_shown_everything_of_their_own_and_nothing_of_others(tx: Tx) -> None:
    life(tx, 50)
    who = life(tx, 60)
    found = personal.export(tx, who.person)
    assert set(found) == {table for table, kept in TABLES.items() if kept is not None and kept.show}
    assert [row["words"] for row in found["words"]] == ["my lamp"]
    assert all(len(rows) == 1 for rows in found.values())
    assert "sealed" not in json.dumps(found)
    assert personal.export(tx, 4711) == {}


def everything(tx: Tx, without: tuple[str, ...] = ()) -> str:
    """All rows of all tables, as text."""
    return json.dumps(
        {
            table: [[row[name] for name in names] for row in tx.all(f"SELECT * FROM {table}")]  # noqa: S608 - ours
            for table, names in columns(tx).items()
            if table not in without
        }
    )


def test_forgetting_leaves_the_case_and_no_way_back_to_the_person(tx: Tx) -> None:
    who = life(tx, 60)
    made = cases.of_person(tx, who.person)[0]
    personal.forget(tx, who.person, NOW)
    assert cases.by_id(tx, made.id).text == "my lamp"
    assert cases.parties(tx, made.id) == []
    left = tx.all(
        "SELECT a.user_id FROM moves m JOIN accounts a ON a.person = m.actor WHERE m.case_id = :id "
        "UNION SELECT a.user_id FROM words w JOIN accounts a ON a.person = w.person WHERE w.case_id = :id",
        id=made.id,
    )
    assert left == []


def test_forgetting_leaves_none_of_their_words_but_the_case(tx: Tx) -> None:
    who = life(tx, 60)
    personal.forget(tx, who.person, NOW)
    # The message that asks for it is in its turn, which empties it.
    left = everything(tx, without=("inbox",))
    assert [word for word in ("half written", "just answered", "sealed") if word in left] == []
    assert count_of(tx, "bodies") == 0
    for message in inbox.take(tx, NOW, 10):
        inbox.done(tx, message.id)
    assert "just said" not in everything(tx)


def test_forgetting_lets_go_what_was_sent_and_leaves_no_trace_of_who_named_whom(tx: Tx) -> None:
    who = life(tx, 60)
    personal.forget(tx, who.person, NOW)
    assert [row["state"] for row in tx.all("SELECT state FROM media")] == ["gone"]
    assert "photo60" not in everything(tx)
    assert [row["kind"] for row in tx.all("SELECT kind FROM jobs WHERE kind = 'media-drop'")] == ["media-drop"]
    for column in ("granted_by", "ended_by"):
        assert tx.all(f"SELECT 1 AS found FROM roles WHERE {column} = :who", who=who.person) == []  # noqa: S608 - ours
    assert tx.all("SELECT 1 AS found FROM invitations WHERE invited_by = :who", who=who.person) == []
    assert invitations.look(tx, "open60", bot=who.bot, now=NOW) is None


def test_no_reference_leads_to_whoever_was_forgotten(tx: Tx) -> None:
    who = life(tx, 60)
    personal.forget(tx, who.person, NOW)
    left = [
        f"{table}.{column}"
        for table, column in references("persons")
        if tx.all(f"SELECT 1 AS found FROM {table} WHERE {column} = :who", who=who.person)  # noqa: S608 - ours
    ]
    assert left == []


def test_the_row_that_history_leads_to_says_nothing(tx: Tx) -> None:
    who = life(tx, 60)
    personal.forget(tx, who.person, NOW)
    row = tx.one("SELECT * FROM persons WHERE id = :who", who=who.person)
    assert row is not None
    told = {name: row[name] for name in columns(tx)["persons"] if name not in {"id", "language"}}
    assert {name: value for name, value in told.items() if value} == {}


def test_whoever_was_forgotten_is_a_stranger_that_can_be_answered(tx: Tx) -> None:
    who = life(tx, 60)
    personal.forget(tx, who.person, NOW)
    again, person = people.arrive(tx, bot=who.bot, user=60, lane=who.lane, language="fa", now=NOW + 1)
    assert (again.id, again.lane) == (who.id, who.lane)
    assert (person.consent, person.stopped) == (0, "")
    assert people.seats(tx, person.id, NOW + 1) == ()
    assert cases.count_of_person(tx, person.id) == 0
    body = outbox.body(tx, "sendMessage", "{}")
    outbox.put(tx, bot=again.bot, lane=again.lane, cls=Class.ANSWER, body=body, now=NOW)
    assert [row.chat for row in outbox.ready(tx, again.bot, NOW, 9)] == [60]


def test_forgetting_one_touches_nobody_else(tx: Tx) -> None:
    other = life(tx, 50)
    before = personal.export(tx, other.person)
    who = life(tx, 60)
    personal.forget(tx, who.person, NOW)
    assert personal.export(tx, other.person) == before
    assert cases.count_of_person(tx, other.person) == 1


def test_forgetting_twice_does_no_harm(tx: Tx) -> None:
    who = life(tx, 60)
    personal.forget(tx, who.person, NOW)
    personal.forget(tx, who.person, NOW)
    assert personal.export(tx, who.person).get("words") is None


def test_words_shared_with_another_reader_stay_for_them(tx: Tx) -> None:
    one, two = account(tx, 1), account(tx, 2)
    body = outbox.body(tx, "sendMessage", '{"text": "to both"}')
    for reader in (one, two):
        outbox.put(tx, bot=reader.bot, lane=reader.lane, cls=Class.NOTICE, body=body, now=NOW)
    personal.forget(tx, one.person, NOW)
    assert [row.chat for row in outbox.ready(tx, two.bot, NOW, 9)] == [2]
    personal.forget(tx, two.person, NOW)
    assert count_of(tx, "bodies") == 0
