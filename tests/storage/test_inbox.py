"""What was received: kept once, taken in order, held when a turn fails, emptied when it is done."""

from __future__ import annotations

import json

import pytest

from storage import inbox, people
from storage.inbox import Message
from storage.tx import Tx
from tests.storage.made import NOW, bot, planned, received


def take(tx: Tx, now: int = NOW) -> list[int]:
    """The updates that may have their turn, in order. PostgreSQL gives one at a time, by design."""
    found = inbox.take(tx, now, 10)
    updates = {row["id"]: row["update_id"] for row in tx.all("SELECT id, update_id FROM inbox")}
    return [updates[message.id] for message in found]


def messages(tx: Tx) -> list[Message]:
    return inbox.take(tx, NOW + 1000, 1)


def test_a_repeat_is_dropped_and_another_bot_is_another_matter(tx: Tx) -> None:
    mine, other = bot(tx), bot(tx, "bale", 9)
    lane = people.lane_id(tx, mine, 1001)

    def keep(at: int, update: int) -> bool:
        return inbox.keep(tx, bot=at, update=update, lane=lane, body="{}", now=NOW)

    assert [keep(mine, 5), keep(mine, 5), keep(other, 5), keep(mine, 6)] == [True, False, True, True]


def test_a_repeat_is_dropped_after_its_turn_too(tx: Tx) -> None:
    received(tx, 1001, 5)
    inbox.done(tx, messages(tx)[0].id)
    received(tx, 1001, 5)
    assert messages(tx) == []


def test_the_oldest_goes_first(tx: Tx) -> None:
    for update, user in enumerate([3, 1, 2, 1]):
        received(tx, user, update)
    order = []
    while found := inbox.take(tx, NOW, 1):
        order.append(found[0].chat)
        inbox.done(tx, found[0].id)
    assert order == [3, 1, 2, 1]


def test_a_batch_is_taken_in_order_or_one_by_one_where_batches_would_lock_each_other(tx: Tx) -> None:
    for update, user in enumerate([3, 1, 3]):
        received(tx, user, update)
    assert take(tx) == ([0, 1, 2] if tx.dialect == "sqlite" else [0])


def test_a_failed_turn_holds_its_chat_and_no_other(tx: Tx) -> None:
    received(tx, 1, 0)
    received(tx, 1, 1)
    received(tx, 2, 2)
    inbox.failed(tx, messages(tx)[0], wait_until=NOW + 5)
    assert take(tx, NOW + 4) == [2]
    assert take(tx, NOW + 5)[0] == 0
    assert inbox.take(tx, NOW + 5, 1)[0].tries == 1
    assert inbox.next_due(tx) == NOW + 5


def test_a_parked_message_lets_its_chat_move_on_and_waits_for_its_replay(tx: Tx) -> None:
    received(tx, 1, 0)
    received(tx, 1, 1)
    first = messages(tx)[0]
    inbox.failed(tx, first, wait_until=NOW + 5)
    inbox.park(tx, first, "12345678")
    assert take(tx) == [1]
    assert inbox.count_parked(tx) == 1
    inbox.done(tx, messages(tx)[0].id)
    assert [inbox.replay(tx, ["12345678", "87654321"]), inbox.replay(tx, ["12345678"])] == [1, 0]
    again = messages(tx)[0]
    assert (again.id, again.code, again.tries) == (first.id, "12345678", 0)


def test_what_cannot_be_read_is_kept_and_never_has_a_turn(tx: Tx) -> None:
    inbox.keep(tx, bot=bot(tx), update=1, lane=None, body="{}", now=NOW, parked="11112222")
    assert messages(tx) == []
    assert inbox.replay(tx, ["11112222"]) == 0
    assert [(row["code"], row["platform"], row["lane"]) for row in inbox.parked(tx)] == [("11112222", "telegram", None)]


def test_the_list_of_parked_ones_holds_no_words(tx: Tx) -> None:
    received(tx, 1, 0, body='{"text": "secret"}')
    inbox.park(tx, messages(tx)[0], "12345678")
    columns = ("id", "code", "platform", "received", "tries", "lane")
    assert "secret" not in str([row[column] for row in inbox.parked(tx) for column in columns])


def test_a_done_message_is_empty_and_its_key_goes_after_its_time(tx: Tx) -> None:
    received(tx, 1, 0, body='{"text": "secret"}')
    inbox.done(tx, messages(tx)[0].id)
    assert [row["body"] for row in tx.all("SELECT body FROM inbox")] == [""]
    received(tx, 1, 1)
    assert [inbox.forget_keys(tx, NOW), inbox.forget_keys(tx, NOW + 1)] == [0, 1]
    assert inbox.waiting(tx) == (1, NOW)


def test_an_idle_inbox_shows_zeros(tx: Tx) -> None:
    assert (inbox.waiting(tx), inbox.next_due(tx), inbox.count_parked(tx)) == ((0, None), None, 0)


@pytest.mark.parametrize("text", ["a\x00b", "\ud83d", "\udc00 tail", "سلام \u202e", "\U0001f3e0"])
def test_any_text_survives_as_ascii_json(tx: Tx, text: str) -> None:
    received(tx, 1, 0, body=json.dumps({"text": text}))
    assert json.loads(messages(tx)[0].body) == {"text": text}


def test_a_bot_that_is_not_at_work_keeps_its_messages_waiting(tx: Tx) -> None:
    mine, other = bot(tx), bot(tx, "bale", 9)
    for update, at in enumerate((other, mine)):
        inbox.keep(tx, bot=at, update=update, lane=people.lane_id(tx, at, 5), body="{}", now=NOW)
    assert [message.bot for message in inbox.take(tx, NOW, 10, (mine,))] == [mine]
    assert inbox.take(tx, NOW, 10, ()) == []
    assert inbox.take(tx, NOW, 1)[0].bot == other
    inbox.failed(tx, inbox.take(tx, NOW, 1)[0], wait_until=NOW + 5)
    assert (inbox.next_due(tx, (mine,)), inbox.next_due(tx, (mine, other))) == (None, NOW + 5)


def test_looking_for_work_reads_nothing_of_what_is_done(tx: Tx) -> None:
    if tx.dialect == "postgres":
        return  # it plans by what the tables hold
    mine = bot(tx)
    listening, asked = planned(tx)
    inbox.take(listening, NOW, 64, (mine,))
    inbox.next_due(listening, (mine,))
    inbox.waiting(listening)
    assert [step for step in asked if step.split()[1] in ("i", "inbox") and "inbox_waiting" not in step] == []
    assert len(asked) > 3
