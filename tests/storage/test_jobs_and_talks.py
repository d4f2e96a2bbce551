"""Time and conversations as rows."""

from __future__ import annotations

from collections.abc import Callable

from storage import jobs, talks
from storage.jobs import Job
from storage.talks import Conversation
from storage.tx import Tx
from tests.storage.made import NOW, account, count_of


def taken(tx: Tx, now: int) -> Job:
    found = jobs.take(tx, now)
    assert found is not None
    return found


def test_the_job_that_is_due_longest_is_taken_first_and_none_before_its_time(tx: Tx) -> None:
    jobs.put(tx, "close", "b", NOW + 2, {"talk": 2})
    jobs.put(tx, "close", "a", NOW + 1, {"talk": 1})
    assert jobs.take(tx, NOW) is None
    assert jobs.next_due(tx) == NOW + 1
    first = taken(tx, NOW + 5)
    assert (first.key, first.args, first.tries) == ("a", {"talk": 1}, 0)
    jobs.done(tx, first, NOW + 5)
    assert taken(tx, NOW + 5).key == "b"


def test_setting_a_job_again_moves_it(tx: Tx) -> None:
    jobs.put(tx, "close", "a", NOW, {"talk": 1})
    jobs.failed(tx, taken(tx, NOW), NOW + 30)
    jobs.put(tx, "remind", "a", NOW + 9, {"talk": 2})
    assert jobs.take(tx, NOW + 8) is None
    moved = taken(tx, NOW + 9)
    assert (moved.kind, moved.args, moved.tries, count_of(tx, "jobs")) == ("remind", {"talk": 2}, 0, 1)


def test_a_job_set_anew_while_it_runs_stays(tx: Tx) -> None:
    jobs.put(tx, "close", "a", NOW)
    running = taken(tx, NOW)
    jobs.put(tx, "close", "a", NOW + 100)
    jobs.done(tx, running, NOW)
    assert jobs.next_due(tx) == NOW + 100


def test_what_makes_no_sense_any_more_is_dropped_unrun(tx: Tx) -> None:
    jobs.put(tx, "remind", "a", NOW, expires=NOW + 60)
    jobs.put(tx, "remind", "b", NOW + 120)
    assert jobs.take(tx, NOW + 60) is None
    assert count_of(tx, "jobs") == 1


def test_a_failed_job_waits_and_lets_the_others_pass(tx: Tx) -> None:
    jobs.put(tx, "close", "a", NOW)
    jobs.put(tx, "close", "b", NOW)
    jobs.failed(tx, taken(tx, NOW), NOW + 30)
    assert taken(tx, NOW).key == "b"
    assert taken(tx, NOW + 30).key == "b"
    jobs.drop(tx, "b")
    assert (taken(tx, NOW + 30).key, taken(tx, NOW + 30).tries) == ("a", 1)


def test_health_counts_jobs(tx: Tx) -> None:
    assert jobs.waiting(tx, NOW) == {"waiting": 0, "due": 0, "oldest_s": 0}
    jobs.put(tx, "close", "a", NOW - 7)
    jobs.put(tx, "close", "b", NOW + 7)
    assert jobs.waiting(tx, NOW) == {"waiting": 2, "due": 1, "oldest_s": 7}


def test_a_conversation_comes_back_as_it_was(tx: Tx) -> None:
    who = account(tx, 1)
    draft = {"text": "چراغ‌های کوچهٔ ۱۲", "page": 2, "odd": "\ud83d\x00"}
    kept = talks.save(tx, Conversation(0, who.id, "report", "place", draft, ["text"], 3), NOW)
    assert kept.id > 0
    assert talks.open_one(tx, who.id) == kept
    assert talks.by_id(tx, kept.id) == kept
    assert talks.find(tx, who.id, "report") == kept


def test_a_conversation_of_the_same_name_takes_the_place_of_the_older(tx: Tx) -> None:
    who = account(tx, 1)
    first = talks.save(tx, Conversation(0, who.id, "report", "text", {"text": "old"}), NOW)
    second = talks.save(tx, Conversation(0, who.id, "report", "text", {}), NOW + 1)
    assert (second.id, count_of(tx, "talks")) == (first.id, 1)
    found = talks.find(tx, who.id, "report")
    assert found is not None
    assert (found.draft, found.updated) == ({}, NOW + 1)


def test_one_conversation_is_open_and_the_others_wait_newest_first(tx: Tx, refused: Callable[..., None]) -> None:
    who, other = account(tx, 1), account(tx, 2)
    for moment, name in enumerate(["join", "report", "propose"]):
        kept = talks.save(tx, Conversation(0, who.id, name, "text", {}, state="kept"), NOW + moment)
    talks.set_state(tx, kept.id, "open")
    assert [talk.talk for talk in talks.others(tx, who.id)] == ["report", "join"]
    assert talks.open_one(tx, other.id) is None
    refused("UPDATE talks SET state = 'open' WHERE account = :account", account=who.id)
    talks.end(tx, kept.id)
    assert talks.open_one(tx, who.id) is None
