"""What stands by at somebody's other account: it goes with the first, or takes its place, and never both."""

from __future__ import annotations

from datetime import datetime

import pytest

from domain.jalali import TEHRAN
from storage import broadcasts, corrections, mailing, outbox, people, standby, wishes
from storage.audience import Count
from storage.outbox import Class
from storage.people import Account, Reach
from storage.standby import LET_GO_S, OUT_OF_REACH_S
from storage.tx import Tx
from tests.storage.made import account, count_of, town

#: Noon in Tehran, and the evening of that day.
NOON = int(datetime(2026, 6, 1, 12, tzinfo=TEHRAN).timestamp())
EVENING = NOON + 9 * 3600
MORNING = NOON + 19 * 3600


@pytest.fixture
def two(tx: Tx) -> tuple[Account, Account]:
    """One person's two accounts, the first of which was used last."""
    one, other = account(tx, 1, now=NOON), account(tx, 2, platform="bale", now=NOON - 9)
    tx.run("UPDATE accounts SET person = :person WHERE id = :id", person=one.person, id=other.id)
    return one, other


def reach(tx: Tx, who: Account) -> Reach:
    found = people.reach(tx, who.person)
    assert found is not None
    assert found.other is not None
    return found


def covered(
    tx: Tx, who: Account, now: int = NOON, *, leaves: int = 0, cls: Class = Class.NOTICE, about: str = ""
) -> tuple[int, list[int]]:
    """A message to the first account, and two that stand by for it at the other: their rows."""
    at = reach(tx, who)
    body = outbox.body(tx, "sendMessage", "{}")
    outbox.put(tx, bot=at.bot, lane=at.lane, cls=cls, body=body, now=now, not_before=leaves, about=about or None)
    bodies = [outbox.body(tx, "sendMessage", '{"n": 1}') for _ in range(2)]
    standby.write(tx, at, body, bodies, cls=cls, about=about, leaves=leaves, now=now)
    first, *others = [row["id"] for row in tx.all("SELECT id FROM outbox ORDER BY id DESC LIMIT 3")][::-1]
    return first, others


def state(tx: Tx, row: int) -> tuple[str, int]:
    found = tx.one("SELECT state, not_before FROM outbox WHERE id = :id", id=row)
    return ("", 0) if found is None else (found["state"], found["not_before"])


def states(tx: Tx, *rows: int) -> list[str]:
    return [state(tx, row)[0] for row in rows]


def exchanged(tx: Tx, at: int) -> None:
    """Look at the deadline, and again when nothing can be in the air any more."""
    standby.look(tx, at, 100)
    standby.look(tx, at + LET_GO_S, 100)


def test_what_stands_by_is_not_sent_and_holds_nobody_up(tx: Tx, two: tuple[Account, Account]) -> None:
    one, other = two
    first, _ = covered(tx, one)
    body = outbox.body(tx, "sendMessage", "{}")
    outbox.put(tx, bot=other.bot, lane=other.lane, cls=Class.NOTICE, body=body, now=NOON)
    assert [row.id for row in outbox.ready(tx, one.bot, NOON, 9)] == [first]
    assert [row.lane for row in outbox.ready(tx, other.bot, NOON + 9 * OUT_OF_REACH_S, 9)] == [other.lane]


@pytest.mark.parametrize("about", ["", "case:1"])
def test_it_goes_when_the_first_arrives(tx: Tx, two: tuple[Account, Account], about: str) -> None:
    first, others = covered(tx, two[0], about=about)
    assert outbox.all_sent(tx, {first}) == {first}, "it is written down by itself"
    outbox.sent(tx, first, 5)
    assert states(tx, first, *others) == ["sent" if about else "", "", ""]
    assert count_of(tx, "bodies") == 0


def test_it_goes_at_once_when_nobody_wants_the_first(tx: Tx, two: tuple[Account, Account]) -> None:
    first, others = covered(tx, two[0])
    people.set_stopped(tx, two[0].person, "all")
    wishes.reconsider(tx, two[0].person, NOON)
    assert states(tx, first, *others) == ["lapsed", "", ""]


def test_a_closed_chat_and_a_refusal_hand_over_at_once(tx: Tx, two: tuple[Account, Account]) -> None:
    closed, then = covered(tx, two[0], leaves=MORNING, about="broadcast:1")
    outbox.lapse_lane(tx, two[0].lane)
    assert [state(tx, row) for row in then] == [("waiting", MORNING)] * 2
    refused, others = covered(tx, two[0], about="broadcast:2")
    outbox.park(tx, refused, "no")
    assert states(tx, closed, refused, *others) == ["lapsed", "parked", "waiting", "waiting"]
    counted = tx.all("SELECT id FROM outbox WHERE about = 'broadcast:2' ORDER BY id")
    assert [row["id"] for row in counted] == others[-1:]
    assert tx.all("SELECT 1 AS found FROM outbox WHERE error = 'closed'") == []


def test_a_chat_that_closes_drops_what_stands_by_in_it(tx: Tx, two: tuple[Account, Account]) -> None:
    first, others = covered(tx, two[0])
    outbox.lapse_lane(tx, two[1].lane)
    assert states(tx, first, *others) == ["waiting", "lapsed", "lapsed"]


def test_after_six_hours_the_first_is_let_go_before_the_other_leaves(tx: Tx, two: tuple[Account, Account]) -> None:
    first, others = covered(tx, two[0])
    standby.look(tx, NOON + OUT_OF_REACH_S - 1, 100)
    assert states(tx, first, *others) == ["waiting", "standby", "standby"]
    at = NOON + OUT_OF_REACH_S
    standby.look(tx, at, 100)
    assert states(tx, first, *others) == ["waiting", "standby", "standby"]
    assert outbox.ready(tx, two[0].bot, at + LET_GO_S, 9) == [], "it may not leave while the other takes over"
    standby.look(tx, at + LET_GO_S, 100)
    assert states(tx, first, *others) == ["lapsed", "waiting", "waiting"]
    assert [row.id for row in outbox.ready(tx, two[1].bot, at + LET_GO_S, 9)] == others


def test_what_was_in_the_air_and_waits_anew_is_let_go_once_more(tx: Tx, two: tuple[Account, Account]) -> None:
    first, others = covered(tx, two[0])
    at = NOON + OUT_OF_REACH_S
    standby.look(tx, at, 100)
    outbox.later(tx, first, at + 2)
    standby.look(tx, at + LET_GO_S, 100)
    assert states(tx, first, *others) == ["waiting", "standby", "standby"]
    standby.look(tx, at + 2 * LET_GO_S, 100)
    assert states(tx, first, *others) == ["lapsed", "waiting", "waiting"]


def test_nobody_is_woken_by_the_other_one(tx: Tx, two: tuple[Account, Account]) -> None:
    _, others = covered(tx, two[0], EVENING - 4 * 3600)
    exchanged(tx, EVENING + 2 * 3600)  # eleven in the evening
    assert [state(tx, row) for row in others] == [("waiting", MORNING)] * 2
    people.set_quiet(tx, two[0].person, 60, 120)
    _, others = covered(tx, two[0], EVENING - 4 * 3600)
    exchanged(tx, EVENING + 2 * 3600)
    assert [state(tx, row) for row in others] == [("waiting", EVENING + 2 * 3600 + LET_GO_S)] * 2


def test_what_waits_for_the_morning_or_is_held_is_not_out_of_reach(tx: Tx, two: tuple[Account, Account]) -> None:
    first, others = covered(tx, two[0])
    tx.run("UPDATE outbox SET not_before = :at WHERE id = :id", at=MORNING, id=first)
    exchanged(tx, NOON + OUT_OF_REACH_S)
    assert [state(tx, row) for row in (first, *others)] == [
        ("waiting", MORNING),
        ("standby", MORNING + OUT_OF_REACH_S),
        ("standby", MORNING + OUT_OF_REACH_S),
    ]
    tx.run("UPDATE outbox SET state = 'held' WHERE id = :id", id=first)
    exchanged(tx, MORNING + OUT_OF_REACH_S)
    assert states(tx, first, *others) == ["held", "standby", "standby"]


def test_it_is_looked_at_when_it_is_due(tx: Tx, two: tuple[Account, Account]) -> None:
    covered(tx, two[0])
    dues = [row["due"] for row in tx.all("SELECT due FROM jobs WHERE kind = 'standby'")]
    assert len(dues) == 1
    assert 0 <= dues[0] - (NOON + OUT_OF_REACH_S) < 60


# --- messages to many -------------------------------------------------------------------------------------------------


def _broadcast(tx: Tx, author: int) -> broadcasts.Broadcast:
    place = town(tx)["kerman/alavian"].id
    return broadcasts.create(
        tx, author=author, place=place, who="residents", words="old", media=None, count=Count(reached=1), now=NOON
    )


def _to_many(tx: Tx, one: broadcasts.Broadcast, who: Account) -> tuple[int, int]:
    at = reach(tx, who)
    assert at.other is not None
    here, there = (mailing.keep_body(tx, one.id, f"{bot}:fa:0", "m", "old") for bot in (at.bot, at.other.bot))
    outbox.put_many(tx, [(at.bot, at.lane, here, 0)], cls=Class.BROADCAST, now=NOON, about=one.about)
    standby.write(tx, at, here, [there], cls=Class.BROADCAST, about=one.about, leaves=0, now=NOON)
    first, other = tx.all("SELECT id FROM outbox ORDER BY id")
    return first["id"], other["id"]


def test_what_stands_by_is_no_try_of_a_broadcast_on_that_messenger(tx: Tx, two: tuple[Account, Account]) -> None:
    """A photo waits for the first of all to be tried there: nobody would ever be the first."""
    one = _broadcast(tx, account(tx, 9).person)
    _to_many(tx, one, two[0])
    assert (mailing.is_tried(tx, one, two[0].bot), mailing.is_tried(tx, one, two[1].bot)) == (False, None)


def test_a_stopped_broadcast_takes_back_what_stands_by(tx: Tx, two: tuple[Account, Account]) -> None:
    one = _broadcast(tx, account(tx, 9).person)
    rows = _to_many(tx, one, two[0])
    assert mailing.take_back(tx, one.id, 1) == 1
    assert mailing.take_back(tx, one.id, 9) == 1
    assert states(tx, *rows) == ["lapsed", "lapsed"]


def test_what_stands_by_says_the_corrected_words_and_needs_no_change(tx: Tx, two: tuple[Account, Account]) -> None:
    author = account(tx, 9).person
    one = _broadcast(tx, author)
    first, other = _to_many(tx, one, two[0])
    corrections.create(tx, one.id, author=author, words="new", now=NOON)
    made = corrections.latest(tx, one.id)
    assert made is not None
    corrections.begin(tx, made)
    outbox.lapse_lane(tx, two[0].lane)
    outbox.sent(tx, other, 5)
    begun = corrections.latest(tx, one.id)
    assert begun is not None
    assert corrections.delivered(tx, begun, one.about, 9) == []
    assert states(tx, first, other) == ["lapsed", "sent"]
