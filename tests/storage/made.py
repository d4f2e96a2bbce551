"""Short ways to put people, places and cases into a transaction."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import cast

from domain import actions as plans
from domain import meetings as kinds
from domain.cases import Kind
from domain.permissions import Role
from domain.persian import search_key, sort_key
from storage import (
    actions,
    ballots,
    cases,
    channels,
    inbox,
    meetings,
    minutes,
    news,
    outbox,
    people,
    places,
    polls,
    roadmap,
    rsvps,
)
from storage.cases import Case
from storage.outbox import Class
from storage.people import Account
from storage.places import NewPlace, Place
from storage.tx import Row, Tx

NOW = 1_780_000_000
DAY = 86_400


def bot(tx: Tx, platform: str = "telegram", self_id: int = 7) -> int:
    return people.bot_id(tx, platform, self_id, "town_bot")


def account(tx: Tx, user: int, *, platform: str = "telegram", now: int = NOW) -> Account:
    """Somebody who has written once; their chat has their own number."""
    at = bot(tx, platform)
    found, _ = people.arrive(tx, bot=at, user=user, lane=people.lane_id(tx, at, user), language="fa", now=now)
    return found


def place(path: str, name: str, **more: object) -> NewPlace:
    """A place by its path; its parent, kind and keys follow from it."""
    parts = path.strip("/").split("/")
    parent = "/" + "".join(f"{part}/" for part in parts[:-1])
    kind = ("county", "settlement", "neighborhood")[len(parts) - 1]
    return NewPlace(kind, parts[-1], path, parent, name, sort_key(name), search_key(name), **more)  # type: ignore[arg-type]


def town(tx: Tx) -> dict[str, Place]:
    """Two counties, one of which begins like the other, with three neighbourhoods, by their written form."""
    places.put(
        tx,
        [
            place("/kerman/", "کرمان"),
            place("/kermanshah/", "کرمانشاه"),
            place("/kerman/shahr/", "شهر کرمان"),
            place("/kermanshah/shahr/", "شهر کرمانشاه"),
            place("/kerman/shahr/alavian/", "محلهٔ علویان", has_council=True),
            place("/kerman/shahr/zarisf/", "محلهٔ زریسف"),
            place("/kermanshah/shahr/taq/", "محلهٔ طاق"),
        ],
    )
    names = ("", "kerman", "kermanshah", "kerman/alavian", "kerman/zarisf", "kermanshah/taq")
    return {name: found for name in names if (found := places.written(tx, name)) is not None}


def codes(first: int = 10_000_000) -> Callable[[], str]:
    numbers = count(first)
    return lambda: str(next(numbers))


def case(
    tx: Tx, where: Place, person: int, *, text: str = "چراغ خاموش است", due: int = NOW + DAY, code: int = 0
) -> Case:
    first = code or 10_000_000 + len(cases.every(tx, 0, 1000))
    return cases.submit(
        tx,
        kind=Kind.PROBLEM,
        place=where.id,
        path=where.path,
        person=person,
        text=text,
        due=due,
        now=NOW,
        new_code=codes(first),
    )


def seat(tx: Tx, user: int, role: Role, where: Place, *, now: int = NOW) -> int:
    """A person with this role there."""
    person = account(tx, user).person
    people.grant(tx, person, role, where.id, now)
    return person


def received(tx: Tx, user: int, update: int, *, body: str = "{}", now: int = NOW) -> None:
    """A message in somebody's chat, waiting for its turn."""
    at = bot(tx)
    inbox.keep(tx, bot=at, update=update, lane=people.lane_id(tx, at, user), body=body, now=now)


def written(tx: Tx, to: Account, text: str = "hello", cls: Class = Class.ANSWER, **more: object) -> int:
    """A message to be sent, and its row's number."""
    body = outbox.body(tx, "sendMessage", f'{{"text": "{text}"}}')
    outbox.put(tx, bot=to.bot, lane=to.lane, cls=cls, body=body, now=NOW, **more)  # type: ignore[arg-type]
    row = tx.one("SELECT max(id) AS id FROM outbox")
    assert row is not None
    return int(row["id"])


def count_of(tx: Tx, table: str) -> int:
    row = tx.one(f"SELECT count(*) AS n FROM {table}")  # noqa: S608 - a table of ours
    assert row is not None
    return int(row["n"])


def announced(tx: Tx, author: int, place: int) -> None:
    """A broadcast of theirs that is over, and a correction of it."""
    tx.run(
        "INSERT INTO broadcasts (author, place, words, who, state, total, aimed, upto, created) "
        "VALUES (:author, :place, 'come', 'residents', 'done', 1, 1, 1, :now)",
        author=author,
        place=place,
        now=NOW,
    )
    tx.run(
        "INSERT INTO corrections (broadcast, author, words, former, at) "
        "SELECT max(id), :author, 'stay', 'come', :now FROM broadcasts",
        author=author,
        now=NOW,
    )


def informed(tx: Tx, person: int, place: int) -> None:
    """News that somebody got, one they said yes to as the second person, a channel and a code of theirs."""
    row = tx.one("SELECT max(id) AS id FROM broadcasts")
    assert row is not None
    tx.run("UPDATE broadcasts SET decided_by = :who, decided = :now WHERE id = :id", who=person, now=NOW, id=row["id"])
    news.give(tx, row["id"], [person], [], NOW)
    channels.connect(tx, place, people.lane_id(tx, bot(tx), -person), "our channel", person, NOW)
    channels.ask(tx, person, place, lambda: f"code{person}", NOW)


def met(tx: Tx, person: int, place: int) -> None:
    """Somebody called a meeting, proposed what to talk about there, said that they come and came."""
    code = f"met{count_of(tx, 'meetings')}"
    one = meetings.create(
        tx, place=place, kind=kinds.Kind.COUNCIL, starts=NOW, venue="the house", code=code, author=person, now=NOW
    )
    values = {"meeting": one.id, "person": person, "now": NOW}
    tx.run(
        "INSERT INTO agenda_items (meeting, position, words, person, state) "
        "VALUES (:meeting, 1, 'the lamp', :person, 'proposed')",
        **values,
    )
    rsvps.answer(tx, one.id, person, kinds.Answer.YES, NOW)
    tx.run("INSERT INTO attendances (meeting, person, at) VALUES (:meeting, :person, :now)", **values)


def promised(tx: Tx, person: int, place: int) -> None:
    """Somebody said what they will do and put it off, and had the roadmap adopted where they had called a meeting."""
    one = actions.create(
        tx,
        place=place,
        kind=plans.Kind.PROMISE,
        what="a new lamp",
        who_kind=plans.Who.PERSON,
        who_name="me",
        owner=person,
        due=NOW + DAY,
        author=person,
        now=NOW,
    )
    later = plans.Move.POSTPONE
    actions.move(tx, one, later, by=plans.By.OWNER, actor=person, now=NOW, reason="rain", due=NOW + 2 * DAY)
    row = tx.one("SELECT max(id) AS id FROM meetings WHERE author = :person", person=person)
    assert row is not None
    roadmap.adopt(tx, place, row["id"], person, NOW)


def minuted(tx: Tx, person: int) -> None:
    """Somebody published what their last meeting came to, and voted about the first item of its agenda."""
    row = tx.one("SELECT max(id) AS id FROM meetings WHERE author = :person", person=person)
    assert row is not None
    minutes.publish(tx, row["id"], author=person, present=1, photos=[], everybody=False, now=NOW)
    tx.run(
        "INSERT INTO item_votes (item, person, choice, at) "
        "SELECT id, :person, 'yes', :now FROM agenda_items WHERE meeting = :meeting",
        person=person,
        now=NOW,
        meeting=row["id"],
    )


def polled(tx: Tx, person: int, place: int) -> None:
    """Somebody asked something, and voted in it."""
    one = polls.create(
        tx,
        place=place,
        author=person,
        kind=polls.Kind.FREE,
        question="park or square?",
        options=[("park", None), ("square", None)],
        most=1,
        verified=False,
        state=polls.State.OPEN,
        closes=NOW + DAY,
        now=NOW,
    )
    ballots.cast(tx, one.id, person, (2,), NOW)


def planned(tx: Tx) -> tuple[Tx, list[str]]:
    """The transaction itself (of SQLite), and a list that fills with the steps in which it finds what it is asked."""
    steps: list[str] = []

    class Listening:
        dialect = tx.dialect
        among = tx.among

        def all(self, sql: str, **values: object) -> list[Row]:
            steps.extend(str(row["detail"]) for row in tx.all(f"EXPLAIN QUERY PLAN {sql}", **values))
            return tx.all(sql, **values)

        def one(self, sql: str, **values: object) -> Row | None:
            return next(iter(self.all(sql, **values)), None)

    return cast(Tx, Listening()), steps
