"""Cases: submitted once, moved by the table, their history written once and for ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.cases import CannotMove, Kind, Move, Part, Reason, State
from storage import cases
from storage.cases import Moved, Step
from storage.tx import Tx
from tests.storage.made import DAY, NOW, account, case, codes, count_of, town


def test_a_submitted_case_is_found_with_its_words_party_and_first_move(tx: Tx) -> None:
    where, who = town(tx)["kerman/alavian"], account(tx, 1).person
    made = case(tx, where, who, text="چراغ کوچه خاموش است")
    assert (made.state, made.holder, made.since, made.due) == (State.SUBMITTED, where.id, NOW, NOW + DAY)
    assert cases.by_code(tx, made.code) == made
    assert cases.by_id(tx, made.id) == made
    assert (cases.parties(tx, made.id), cases.is_party(tx, made.id, who)) == ([who], True)
    assert cases.is_party(tx, made.id, who + 1) is False
    assert cases.history(tx, made.id) == [Step(Move.SUBMIT, State.SUBMITTED, who, None, NOW, NOW + DAY, where.id)]


def test_a_code_that_is_taken_is_drawn_again(tx: Tx) -> None:
    where, who = town(tx)["kerman/alavian"], account(tx, 1).person
    first = case(tx, where, who, code=20_000_000)
    second = case(tx, where, who, code=20_000_000)
    assert (first.code, second.code) == ("20000000", "20000001")


def test_what_is_not_there_is_not_found(tx: Tx) -> None:
    assert cases.by_code(tx, "99999999") is None
    with pytest.raises(LookupError):
        cases.by_id(tx, 4711)


def test_accepting_promises_a_date_and_is_remembered(tx: Tx) -> None:
    who, staff = account(tx, 1).person, account(tx, 2).person
    made = case(tx, town(tx)["kerman/alavian"], who)
    cases.move(tx, made, Move.ACCEPT, actor=staff, now=NOW + 60, due=NOW + 7 * DAY)
    found = cases.by_id(tx, made.id)
    assert (found.state, found.since, found.due) == (State.ACCEPTED, NOW + 60, NOW + 7 * DAY)
    assert cases.history(tx, made.id)[1:] == [Step(Move.ACCEPT, State.ACCEPTED, staff, None, NOW + 60, NOW + 7 * DAY)]


def test_rejecting_takes_a_reason_and_promises_nothing(tx: Tx) -> None:
    who, staff = account(tx, 1).person, account(tx, 2).person
    made = case(tx, town(tx)["kerman/alavian"], who)
    cases.move(tx, made, Move.REJECT, actor=staff, now=NOW + 60, reason=Reason.NOT_FEASIBLE)
    found = cases.by_id(tx, made.id)
    assert (found.state, found.due) == (State.REJECTED, None)
    assert cases.history(tx, made.id)[-1].reason is Reason.NOT_FEASIBLE


def test_the_first_wins_and_the_second_changes_nothing(tx: Tx) -> None:
    who = account(tx, 1).person
    made = case(tx, town(tx)["kerman/alavian"], who)
    cases.move(tx, made, Move.REJECT, actor=who, now=NOW + 1, reason=Reason.OFFENSIVE)
    with pytest.raises(Moved):
        cases.move(tx, made, Move.ACCEPT, actor=who, now=NOW + 2, due=NOW + DAY)
    assert cases.by_id(tx, made.id).state is State.REJECTED
    assert len(cases.history(tx, made.id)) == 2


@pytest.mark.parametrize(
    ("state", "move", "promise"),
    [
        (State.SUBMITTED, Move.ACCEPT, {}),
        (State.SUBMITTED, Move.REJECT, {}),
        (State.SUBMITTED, Move.SUBMIT, {"due": NOW}),
        (State.ACCEPTED, Move.REJECT, {"reason": Reason.OFFENSIVE}),
        (State.REJECTED, Move.ACCEPT, {"due": NOW}),
    ],
)
def test_what_the_table_does_not_allow_changes_nothing(
    tx: Tx, state: State, move: Move, promise: dict[str, int]
) -> None:
    who = account(tx, 1).person
    made = case(tx, town(tx)["kerman/alavian"], who)
    with pytest.raises(CannotMove):
        cases.move(tx, replace(made, state=state), move, actor=who, now=NOW + 1, **promise)  # type: ignore[arg-type]
    assert cases.by_id(tx, made.id) == made
    assert len(cases.history(tx, made.id)) == 1


@pytest.mark.parametrize("statement", ["UPDATE moves SET at = 0", "DELETE FROM moves"])
def test_history_is_never_changed(tx: Tx, refused: Callable[..., None], statement: str) -> None:
    case(tx, town(tx)["kerman/alavian"], account(tx, 1).person)
    refused(statement)
    assert count_of(tx, "moves") == 1


def test_the_newest_words_of_a_part_count(tx: Tx) -> None:
    who = account(tx, 1).person
    made = case(tx, town(tx)["kerman/alavian"], who)
    assert cases.said(tx, made.id, "next_step") == ""
    cases.say(tx, made.id, who, "next_step", "اول", NOW)
    cases.say(tx, made.id, None, "next_step", "دوم", NOW)
    assert cases.said(tx, made.id, "next_step") == "دوم"


def test_a_question_lets_the_promise_rest_and_what_follows_ends_it(tx: Tx) -> None:
    who, staff = account(tx, 1).person, account(tx, 2).person
    made = case(tx, town(tx)["kerman/alavian"], who)
    asked = cases.move(tx, made, Move.ASK, actor=staff, now=NOW + 60, due=NOW + 5 * DAY)
    assert (asked.state, asked.due, asked.asked_until, asked.paused) == (
        State.NEEDS_INFO,
        made.due,
        NOW + 5 * DAY,
        NOW + 60,
    )
    assert [found.id for found in cases.asked(tx, who)] == [made.id]
    back = cases.move(tx, asked, Move.TIME_OUT, actor=None, now=NOW + 6 * DAY, due=NOW + 7 * DAY)
    assert (back.state, back.due, back.asked_until, back.paused) == (State.UNDER_REVIEW, NOW + 7 * DAY, None, None)
    assert cases.asked(tx, who) == []
    assert cases.history(tx, made.id)[-1].actor is None


def test_a_case_that_moves_belongs_to_the_other_place_and_remembers_the_first(tx: Tx) -> None:
    found, who = town(tx), account(tx, 1).person
    made = case(tx, found["kerman/alavian"], who)
    to = found["kerman/zarisf"]
    moved = cases.move(tx, made, Move.MOVE, actor=who, now=NOW + 60, due=NOW + DAY, to=to)
    assert (moved.place, moved.path, moved.holder, moved.state) == (to.id, to.path, to.id, State.SUBMITTED)
    assert cases.former_paths(tx, made.id) == [found["kerman/alavian"].path, to.path]
    # The state is the same as before; somebody who still has the case as it was is too late all the same.
    with pytest.raises(Moved):
        cases.move(tx, made, Move.ACCEPT, actor=who, now=NOW + 61, due=NOW + DAY)


def test_hiding_a_name_changes_the_version_and_nothing_else(tx: Tx) -> None:
    who = account(tx, 1).person
    made = case(tx, town(tx)["kerman/alavian"], who)
    then = cases.move(tx, made, Move.REDACT, actor=who, now=NOW + 60)
    assert then.version > made.version
    assert replace(then, version=made.version) == made


def test_what_is_hidden_is_in_no_list_and_moves_no_more(tx: Tx) -> None:
    who = account(tx, 1).person
    made = case(tx, town(tx)["kerman/alavian"], who)
    hidden = cases.move(tx, made, Move.HIDE, actor=who, now=NOW + 60)
    assert hidden.private
    assert (cases.of_person(tx, who), cases.count_of_person(tx, who)) == ([], 0)
    with pytest.raises(Moved):
        cases.move(tx, hidden, Move.ACCEPT, actor=who, now=NOW + 61, due=NOW + DAY)


def test_rewritten_words_leave_nothing_of_the_former_ones(tx: Tx) -> None:
    who = account(tx, 1).person
    made = case(tx, town(tx)["kerman/alavian"], who, text="اول")
    cases.say(tx, made.id, who, "text", "دوم", NOW)
    cases.rewrite(tx, made.id, "text", "سوم")
    rows = tx.all("SELECT words, person FROM words WHERE case_id = :case AND part = 'text'", case=made.id)
    assert [(row["words"], row["person"]) for row in rows] == [("سوم", who)]
    cases.rewrite(tx, made.id, "answer", "چهارم")
    assert cases.said(tx, made.id, "answer") == ""


def test_somebody_joins_a_case_once(tx: Tx) -> None:
    who, other = account(tx, 1).person, account(tx, 2).person
    made = case(tx, town(tx)["kerman/alavian"], who)
    assert [cases.join(tx, made.id, other, NOW), cases.join(tx, made.id, other, NOW)] == [True, False]
    assert cases.join(tx, made.id, who, NOW) is False
    assert (cases.part_of(tx, made.id, who), cases.part_of(tx, made.id, other)) == (Part.REPORTER, Part.JOINED)
    assert (cases.parties(tx, made.id), cases.parties(tx, made.id, Part.JOINED)) == ([who, other], [other])
    assert cases.count_joined(tx, made.id) == 1


def test_own_cases_come_newest_first_in_pages(tx: Tx) -> None:
    where = town(tx)["kerman/alavian"]
    mine, other = account(tx, 1).person, account(tx, 2).person
    made = [case(tx, where, mine).id for _ in range(3)]
    case(tx, where, other)
    assert [found.id for found in cases.of_person(tx, mine)] == made[::-1]
    assert [found.id for found in cases.of_person(tx, mine, offset=1, limit=1)] == [made[1]]
    assert (cases.count_of_person(tx, mine), cases.count_of_person(tx, 4711)) == (3, 0)


def test_every_case_comes_once_in_slices(tx: Tx) -> None:
    where, who = town(tx)["kerman/alavian"], account(tx, 1).person
    made = [case(tx, where, who).id for _ in range(5)]
    seen: list[int] = []
    while found := cases.every(tx, seen[-1] if seen else 0, 2):
        seen += [each.id for each in found]
    assert seen == made


def test_a_kind_the_table_does_not_know_is_not_submitted(tx: Tx) -> None:
    where, who = town(tx)["kerman/alavian"], account(tx, 1).person
    with pytest.raises(CannotMove):
        cases.submit(
            tx,
            kind="rumour",  # type: ignore[arg-type]
            place=where.id,
            path=where.path,
            person=who,
            text="",
            due=NOW,
            now=NOW,
            new_code=codes(),
        )
    assert count_of(tx, "cases") == 0


def test_both_kinds_can_be_submitted(tx: Tx) -> None:
    where, who = town(tx)["kerman/alavian"], account(tx, 1).person
    made = [
        cases.submit(
            tx,
            kind=kind,
            place=where.id,
            path=where.path,
            person=who,
            text="x",
            due=NOW,
            now=NOW,
            new_code=codes(30_000_000),
        ).kind
        for kind in Kind
    ]
    assert made == list(Kind)
