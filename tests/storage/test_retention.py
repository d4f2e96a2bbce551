"""What goes by itself, what goes on a word, and what a week was: over both databases."""

from __future__ import annotations

import pytest

from domain.cases import Move, Reason
from domain.permissions import Role
from storage import cases, digest, jobs, media, outbox, people, retention, wishes
from storage.digest import Reader, Week
from storage.outbox import Class
from storage.people import Account
from storage.tx import BadStatement, Tx
from tests.storage.made import DAY, NOW, account, case, seat, town, written


def rejected(tx: Tx, who: Account) -> int:
    """A rejected report with a photo and a voice, both in the store; its number."""
    place = town(tx)["kerman/alavian"]
    made = case(tx, place, who.person)
    for kind in ("photo", "voice"):
        one = media.add(tx, person=who.person, kind=kind, bot=who.bot, file_id=kind, now=NOW)
        media.attach(tx, made.id, [one], "text", NOW)
        media.kept(tx, one, sha256=kind * 10, kind="x/y", size=1)
    decider = seat(tx, 99, Role.COORDINATOR, place)
    cases.move(tx, made, Move.REJECT, actor=decider, now=NOW, reason=Reason.INSUFFICIENT)
    cases.say(tx, made.id, decider, "explanation", "no place given", NOW)
    return made.id


def test_a_rejected_case_is_found_when_its_time_has_come_and_only_until_it_is_erased(tx: Tx) -> None:
    one = rejected(tx, account(tx, 1))
    assert retention.rejected(tx, NOW, 9) == []
    assert retention.rejected(tx, NOW + 1, 9) == [one]
    retention.erase(tx, one, NOW + 1)
    assert retention.rejected(tx, NOW + 2, 9) == []


def test_a_case_hidden_for_what_it_says_of_a_person_has_the_same_time(tx: Tx) -> None:
    place = town(tx)["kerman/alavian"]
    made = case(tx, place, account(tx, 1).person)
    cases.move(tx, made, Move.HIDE, actor=seat(tx, 99, Role.COORDINATOR, place), now=NOW)
    assert retention.rejected(tx, NOW, 9) == []
    assert retention.rejected(tx, NOW + 1, 9) == [made.id]


def test_what_is_erased_leaves_what_became_of_it_and_who_decided(tx: Tx) -> None:
    who = account(tx, 1)
    one = rejected(tx, who)
    retention.erase(tx, one, NOW + 1)
    assert tx.all("SELECT 1 AS found FROM words") == []
    assert tx.all("SELECT 1 AS found FROM parties") == []
    assert [row["state"] for row in tx.all("SELECT state FROM media")] == ["gone", "gone"]
    history = cases.history(tx, one)
    assert [step.move for step in history] == [Move.SUBMIT, Move.REJECT]
    assert history[0].actor is None
    assert history[1].actor not in (None, who.person)


def test_history_may_forget_who_and_nothing_else(tx: Tx) -> None:
    one = rejected(tx, account(tx, 1))
    for change in ("to_state = 'accepted'", "actor = 5", "actor = NULL, at = 0", "reason = 'offensive', actor = NULL"):
        tx.mark()
        with pytest.raises(BadStatement, match="never changed"):
            tx.run(f"UPDATE moves SET {change} WHERE case_id = :one", one=one)  # noqa: S608 - our own words
        tx.undo()
        tx.keep()
    assert tx.run("UPDATE moves SET actor = NULL WHERE case_id = :one", one=one) == 2


def test_an_anonymised_case_keeps_its_words_and_photo_and_loses_the_voice(tx: Tx) -> None:
    one = rejected(tx, account(tx, 1))
    retention.anonymise(tx, one, NOW)
    assert cases.by_id(tx, one).text == "چراغ خاموش است"
    assert {row["kind"]: row["state"] for row in tx.all("SELECT kind, state FROM media")} == {
        "photo": "kept",
        "voice": "gone",
    }
    assert tx.all("SELECT 1 AS found FROM media WHERE person IS NOT NULL") == []
    assert tx.all("SELECT 1 AS found FROM words WHERE person IS NOT NULL") == []


def test_a_content_that_somebody_else_sent_too_stays_for_them(tx: Tx) -> None:
    who = account(tx, 1)
    same = []
    for n in range(2):
        one = media.add(tx, person=who.person, kind="photo", bot=who.bot, file_id=f"f{n}", now=NOW)
        tx.run("UPDATE media SET state = 'kept', sha256 = 'same' WHERE id = :id", id=one)
        same.append(one)
    media.let_go(tx, same[0], NOW)
    assert media.find(tx, same[0], who.bot) is None
    assert media.content_gone(tx, same[0]) == ""
    media.emptied(tx, same[0])
    media.let_go(tx, same[1], NOW)
    assert media.content_gone(tx, same[1]) == "same"


def test_what_waits_is_reconsidered_when_somebody_changes_their_mind(tx: Tx) -> None:
    who = account(tx, 1)
    rows = {cls: written(tx, who, cls=cls, not_before=NOW + DAY) for cls in Class}

    def states() -> list[str]:
        return [row["state"] for row in tx.all("SELECT state FROM outbox ORDER BY id")]

    people.set_quiet(tx, who.person, 0, 0)
    wishes.reconsider(tx, who.person, NOW)
    found = {row["id"]: row["not_before"] for row in tx.all("SELECT id, not_before FROM outbox")}
    assert [found[rows[cls]] for cls in Class] == [NOW + DAY, NOW, NOW]
    people.set_news(tx, who.person, stopped="", digest=True)
    wishes.reconsider(tx, who.person, NOW)
    assert states() == ["waiting", "waiting", "lapsed"]
    people.set_stopped(tx, who.person, "all")
    wishes.reconsider(tx, who.person, NOW)
    assert states() == ["waiting", "lapsed", "lapsed"]
    wishes.reconsider(tx, 4711, NOW)


def test_staff_keep_their_duty_when_they_want_nothing_else(tx: Tx) -> None:
    who = account(tx, 1)
    people.grant(tx, who.person, Role.COORDINATOR, town(tx)["kerman/alavian"].id, NOW)
    written(tx, who, cls=Class.NOTICE, not_before=NOW + DAY)
    people.set_stopped(tx, who.person, "all")
    wishes.reconsider(tx, who.person, NOW)
    assert [row["state"] for row in tx.all("SELECT state FROM outbox")] == ["waiting"]


def test_a_change_of_what_was_sent_does_not_wait_for_the_morning(tx: Tx) -> None:
    who = account(tx, 1)
    card = written(tx, who, "card", Class.NOTICE, about="case:1")
    outbox.sent(tx, card, 77)
    written(tx, who, "tomorrow", Class.NOTICE, not_before=NOW + DAY)
    edit = written(tx, who, "changed", Class.NOTICE, edits=card)
    written(tx, who, "later too", Class.NOTICE)
    assert [row.id for row in outbox.ready(tx, who.bot, NOW, 9)] == [edit]


def test_the_week_is_counted_by_neighbourhood_for_those_who_take_it_weekly(tx: Tx) -> None:
    found = town(tx)
    here = found["kerman/alavian"]
    weekly, daily, gone = (seat(tx, n, Role.RESIDENT, here) for n in (1, 2, 3))
    for person, stopped in ((weekly, ""), (gone, "news")):
        people.set_news(tx, person, stopped=stopped, digest=True)
    assert daily not in {reader.person for reader in digest.readers(tx, 0, 9)}
    assert digest.readers(tx, 0, 9) == [Reader(weekly, here.id, here.path)]
    assert digest.readers(tx, weekly, 9) == []
    decider = seat(tx, 9, Role.COORDINATOR, here)
    first, second, hidden = (case(tx, here, daily) for _ in range(3))
    cases.move(tx, first, Move.ACCEPT, actor=decider, now=NOW, due=NOW + DAY)
    for one in (second, hidden):
        cases.move(tx, one, Move.REJECT, actor=decider, now=NOW, reason=Reason.INSUFFICIENT)
    tx.run("UPDATE cases SET private = 1 WHERE id = :id", id=hidden.id)
    assert digest.weeks(tx, NOW - 1, NOW) == {here.id: Week(accepted=1, decided=1)}
    assert digest.weeks(tx, NOW, NOW + 9) == {}


def test_a_job_that_comes_again_is_planned_once_and_not_moved_when_it_is_due(tx: Tx) -> None:
    jobs.plan(tx, "digest", "digest", NOW + 9, NOW)
    jobs.plan(tx, "digest", "digest", NOW + 5, NOW)
    assert jobs.next_due(tx) == NOW + 5
    jobs.plan(tx, "digest", "digest", NOW + 99, NOW + 6)
    assert jobs.next_due(tx) == NOW + 5, "overdue: it is still to be done"
    jobs.put(tx, "digest", "digest", NOW + 50, {"after": 3})
    jobs.plan(tx, "digest", "digest", NOW + 99, NOW)
    assert jobs.next_due(tx) == NOW + 50, "in the middle of its readers"
