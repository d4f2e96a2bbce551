"""What is to be sent: in order per chat and class, each row until its fate is known, words gone after it."""

from __future__ import annotations

import pytest

from storage import outbox, people
from storage.outbox import Class, Outgoing
from storage.tx import Tx
from tests.storage.made import NOW, account, count_of, planned, town, written


def ready(tx: Tx, bot: int, now: int = NOW, **more: object) -> list[Outgoing]:
    return outbox.ready(tx, bot, now, 100, **more)  # type: ignore[arg-type]


def ids(tx: Tx, bot: int, now: int = NOW) -> list[int]:
    return [row.id for row in ready(tx, bot, now)]


def test_answers_go_before_notices_before_broadcasts_and_each_in_order(tx: Tx) -> None:
    one, two = account(tx, 1), account(tx, 2)
    broadcast = written(tx, one, cls=Class.BROADCAST)
    notice = written(tx, two, cls=Class.NOTICE)
    first, second = written(tx, one), written(tx, one)
    assert ids(tx, one.bot) == [first, second, notice, broadcast]


def test_a_row_carries_what_sending_needs(tx: Tx) -> None:
    one = account(tx, 1001)
    row = written(tx, one, "hi", Class.NOTICE, expires=NOW + 9)
    assert ready(tx, one.bot) == [
        Outgoing(row, one.lane, 1001, 2, "sendMessage", '{"text": "hi"}', None, None, True, NOW + 9, 0)
    ]


def test_another_bots_rows_and_chats_in_the_air_are_left_out(tx: Tx) -> None:
    one, two, other = account(tx, 1), account(tx, 2), account(tx, 3, platform="bale")
    written(tx, one)
    mine = written(tx, two)
    written(tx, other)
    assert [row.id for row in ready(tx, one.bot, skip=[one.lane])] == [mine]


def test_a_row_that_waits_holds_those_behind_it_in_its_class_only(tx: Tx) -> None:
    one, two = account(tx, 1), account(tx, 2)
    first, second = written(tx, one), written(tx, one)
    notice, elsewhere = written(tx, one, cls=Class.NOTICE), written(tx, two)
    outbox.later(tx, first, NOW + 5)
    assert ids(tx, one.bot) == [elsewhere, notice]
    assert outbox.next_due(tx, one.bot, NOW) == NOW + 5
    assert ids(tx, one.bot, NOW + 5) == [first, second, elsewhere, notice]
    assert ready(tx, one.bot, NOW + 5)[0].tries == 1


def test_when_something_is_due_is_known_without_reading_all_that_waits_for_the_morning(tx: Tx) -> None:
    if tx.dialect == "postgres":
        return  # it plans by what the tables hold
    one = account(tx, 1)
    listening, steps = planned(tx)
    outbox.next_due(listening, one.bot, NOW)
    assert steps == ["SEARCH outbox USING INDEX outbox_due (bot=? AND not_before>?)"]


def test_nothing_goes_before_its_time(tx: Tx) -> None:
    one = account(tx, 1)
    row = written(tx, one, not_before=NOW + 60)
    assert (ids(tx, one.bot), ids(tx, one.bot, NOW + 60)) == ([], [row])


def test_an_edit_waits_for_the_message_it_changes(tx: Tx) -> None:
    one = account(tx, 1)
    card = written(tx, one, "card", Class.NOTICE, about="case:1")
    edit = written(tx, one, "taken", Class.ANSWER, about="case:1", edits=card, matters=False)
    assert ids(tx, one.bot) == [card]
    outbox.sent(tx, card, 555)
    found = ready(tx, one.bot)
    assert [(row.id, row.edits, row.message, row.matters) for row in found] == [(edit, card, 555, False)]


def test_an_edit_of_a_message_that_is_gone_is_still_offered(tx: Tx) -> None:
    one = account(tx, 1)
    edit = written(tx, one, edits=999)
    assert [(row.id, row.message) for row in ready(tx, one.bot)] == [(edit, None)]


def test_a_sent_card_stays_and_any_other_row_goes(tx: Tx) -> None:
    one = account(tx, 1)
    card, plain = written(tx, one, about="case:1"), written(tx, one)
    edit = written(tx, one, about="case:1", edits=card)
    for row in (card, plain, edit):
        outbox.sent(tx, row, 5)
    assert [(row["id"], row["message"]) for row in outbox.cards(tx, "case:1")] == [(card, 5)]
    assert (count_of(tx, "outbox"), count_of(tx, "bodies")) == (1, 0)


@pytest.mark.parametrize("fate", ["sent", "parked", "lapsed"])
def test_words_go_with_the_last_row_that_needs_them(tx: Tx, fate: str) -> None:
    one, two = account(tx, 1), account(tx, 2)
    body = outbox.body(tx, "sendMessage", '{"text": "secret"}')
    for reader in (one, two):
        outbox.put(tx, bot=reader.bot, lane=reader.lane, cls=Class.NOTICE, body=body, now=NOW, about="case:1")

    def end(row: Outgoing) -> None:
        {
            "sent": lambda: outbox.sent(tx, row.id, 1),
            "parked": lambda: outbox.park(tx, row.id, "Bad Request"),
            "lapsed": lambda: outbox.lapse(tx, row.id),
        }[fate]()

    first, second = ready(tx, one.bot)
    end(first)
    assert count_of(tx, "bodies") == 1
    end(second)
    assert count_of(tx, "bodies") == 0
    assert ready(tx, one.bot) == []


def test_the_list_of_parked_ones_says_who_refused_and_why(tx: Tx) -> None:
    one = account(tx, 1)
    outbox.park(tx, written(tx, one), "Bad Request: chat not found")
    found = outbox.parked(tx)
    assert [(row["platform"], row["created"], row["error"]) for row in found] == [
        ("telegram", NOW, "Bad Request: chat not found")
    ]


def test_cards_know_their_readers_language(tx: Tx) -> None:
    one, two = account(tx, 1), account(tx, 2)
    people.set_language(tx, two.person, "en")
    for reader in (one, two):
        written(tx, reader, about="case:7")
    written(tx, one, about="case:70")
    assert [(row["person"], row["language"]) for row in outbox.cards(tx, "case:7")] == [
        (one.person, "fa"),
        (two.person, "en"),
    ]


def test_a_closed_chat_takes_nothing_more_and_keeps_no_words(tx: Tx) -> None:
    one = account(tx, 1)
    written(tx, one, "secret")
    people.account_stopped(tx, one.lane)
    assert ready(tx, one.bot) == []
    assert people.reach(tx, one.person) is None
    assert count_of(tx, "bodies") == 0


def test_old_rows_are_swept_and_waiting_ones_are_not(tx: Tx) -> None:
    one = account(tx, 1)
    outbox.sent(tx, written(tx, one, about="case:1"), 5)
    outbox.park(tx, written(tx, one), "no")
    written(tx, one)
    assert [outbox.sweep(tx, now, NOW) for now in (NOW, NOW + 1, NOW + 1)] == [0, 2, 0]
    assert outbox.waiting(tx) == {1: (1, NOW)}


def test_what_shows_a_photo_is_remembered_longer_and_a_broadcast_until_all_of_it_is_old(tx: Tx) -> None:
    one = account(tx, 1)
    place = town(tx)["kerman/alavian"]
    for state, ended in (("paused", None), ("done", NOW + 5)):
        tx.run(
            "INSERT INTO broadcasts (author, place, words, who, state, total, aimed, upto, created, ended) "
            "VALUES (:who, :place, 'come', 'residents', :state, 1, 1, 1, :now, CAST(:ended AS bigint))",
            who=one.person,
            place=place.id,
            state=state,
            ended=ended,
            now=NOW,
        )
    first, second = [row["id"] for row in tx.all("SELECT id FROM broadcasts ORDER BY id")]
    abouts = ["media:1", "leaving:1", f"broadcast:{first}", f"broadcast:{second}", "case:1"]
    for about in abouts:
        outbox.sent(tx, written(tx, one, about=about), 5)
    assert outbox.sweep(tx, NOW + 5, NOW) == 1
    assert outbox.sweep(tx, NOW + 6, NOW) == 1, "the second is old now"
    assert outbox.sweep(tx, NOW + 6, NOW + 1) == 2
    assert [row["about"] for row in tx.all("SELECT about FROM outbox")] == [f"broadcast:{first}"]


def test_an_idle_outbox_shows_nothing(tx: Tx) -> None:
    assert (outbox.waiting(tx), outbox.next_due(tx, 1, NOW), outbox.parked(tx)) == ({}, None, [])


def test_many_rows_share_one_body_and_go_in_the_order_they_were_given(tx: Tx) -> None:
    readers = [account(tx, number) for number in (1, 2, 3)]
    body = outbox.body(tx, "sendMessage", "{}")
    rows = [(one.bot, one.lane, body, later) for one, later in zip(readers, (0, NOW + 9, 0), strict=True)]
    outbox.put_many(tx, rows, cls=Class.BROADCAST, now=NOW, about="broadcast:1")
    outbox.put_many(tx, [], cls=Class.BROADCAST, now=NOW)
    assert [row.chat for row in ready(tx, readers[0].bot)] == [1, 3]
    assert [outbox.ahead(tx, readers[0].bot, Class.BROADCAST, NOW, most) for most in (1, 2, 5)] == [1, 2, 2]
    assert outbox.ahead(tx, readers[0].bot, Class.NOTICE, NOW, 5) == 0
    assert count_of(tx, "bodies") == 1


def test_a_change_that_did_not_leave_is_outdated_by_the_next(tx: Tx) -> None:
    one = account(tx, 1)
    card = written(tx, one, about="sending:1")
    outbox.sent(tx, card, 5)
    written(tx, one, about="sending:1", edits=card)
    outbox.drop_changes(tx, "sending:1")
    assert ready(tx, one.bot) == []
    assert count_of(tx, "bodies") == 0
    assert [row["id"] for row in outbox.cards(tx, "sending:1")] == [card]


def test_a_closed_chat_takes_what_is_held_back_with_it_and_says_why(tx: Tx) -> None:
    one = account(tx, 1)
    row = written(tx, one, cls=Class.BROADCAST)
    tx.run("UPDATE outbox SET state = 'held' WHERE id = :id", id=row)
    outbox.lapse_lane(tx, one.lane)
    found = tx.one("SELECT state, error, body FROM outbox WHERE id = :id", id=row)
    assert found is not None
    assert (found["state"], found["error"], found["body"]) == ("lapsed", "closed", None)
