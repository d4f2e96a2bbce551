"""Votes as rows: one a person, counted from an index, and gone with the poll."""

from __future__ import annotations

import pytest

from domain.polls import Kind, Move, State
from storage import ballots, outbox, polls
from storage.polls import Poll
from storage.tx import Tx
from tests.storage.made import DAY, NOW, account, count_of, planned, town, written


@pytest.fixture
def poll(tx: Tx) -> Poll:
    place = town(tx)["kerman/alavian"]
    return polls.create(
        tx,
        place=place.id,
        author=account(tx, 1).person,
        kind=Kind.FREE,
        question="park or square?",
        options=[("park", None), ("square", None), ("yard", None)],
        most=2,
        verified=False,
        state=State.OPEN,
        closes=NOW + DAY,
        now=NOW,
    )


def test_a_vote_that_is_changed_keeps_its_first_time(tx: Tx, poll: Poll) -> None:
    who = account(tx, 2).person
    ballots.cast(tx, poll.id, who, (1,), NOW)
    ballots.cast(tx, poll.id, who, (2, 3), NOW + 60)
    rows = tx.all("SELECT choices, at FROM ballots")
    assert [(row["choices"], row["at"]) for row in rows] == [("2 3", NOW)]
    ballots.cast(tx, poll.id, who, (), NOW + 90)
    ballots.cast(tx, poll.id, who, (1,), NOW + 120)
    assert [row["at"] for row in tx.all("SELECT at FROM ballots")] == [NOW + 120]


def test_votes_are_counted_by_option_and_by_person(tx: Tx, poll: Poll) -> None:
    for user, choices in enumerate([(1,), (1, 3), (3,), (1, 3)], 2):
        ballots.cast(tx, poll.id, account(tx, user).person, choices, NOW)
    found = ballots.count(tx, poll.id, 3)
    assert (found.voters, found.votes) == (4, {1: 3, 2: 0, 3: 3})
    assert ballots.voters(tx, poll.id) == 4


@pytest.mark.parametrize(
    ("made", "frm", "moves"),
    [
        (Move.CLOSE, State.OPEN, True),
        (Move.CLOSE, State.CANCELLED, False),
        (Move.CANCEL, State.ASKING, True),
        (Move.CANCEL, State.CLOSED, False),
        (Move.ALLOW, State.OPEN, False),
        (Move.REFUSE, State.REFUSED, False),
    ],
)
def test_a_poll_moves_only_from_where_the_table_says(tx: Tx, poll: Poll, made: Move, frm: State, moves: bool) -> None:
    tx.run("UPDATE polls SET state = :state", state=frm.value)
    before = count_of(tx, "poll_moves")
    assert polls.move(tx, poll, made, State.CLOSED, person=None, now=NOW) is moves
    assert count_of(tx, "poll_moves") - before == int(moves)


def test_a_message_with_somebodys_own_choice_leaves_no_row_once_it_arrived(tx: Tx, poll: Poll) -> None:
    who = account(tx, 2)
    arrives = written(tx, who, "your choice", about=poll.voted)
    waits = written(tx, who, "your other choice", about=poll.voted)
    outbox.sent(tx, arrives, 77)
    assert [row["id"] for row in tx.all("SELECT id FROM outbox")] == [waits]
    outbox.drop_waiting(tx, poll.voted)
    assert (count_of(tx, "outbox"), count_of(tx, "bodies")) == (0, 0)


def test_counting_reads_an_index_alone(tx: Tx, poll: Poll) -> None:
    if tx.dialect != "sqlite":
        return
    listening, steps = planned(tx)
    ballots.count(listening, poll.id, 3)
    assert steps == ["SEARCH ballots USING COVERING INDEX ballots_of_poll (poll=?)"]
