"""Plans as they are kept: moves with their history, reminders, what is near, the roadmap, and boards' decisions."""

from __future__ import annotations

import json

import pytest

from domain import meetings as kinds
from domain.actions import By, CannotMove, Kind, Move, State, Who
from domain.cases import Move as CaseMove
from storage import action_choices, action_pairs, actions, cases, decisions, meetings, personal, public, roadmap
from storage.actions import Action, Moved
from storage.cases import Case
from storage.places import Place
from storage.roadmap import Group
from storage.tx import BadStatement, Tx
from tests.storage.made import DAY, NOW, account, case, count_of, town


@pytest.fixture
def here(tx: Tx) -> Place:
    return town(tx)["kerman/alavian"]


def planned(tx: Tx, place: Place, *, due: int = NOW + 10 * DAY, **more: object) -> Action:
    given = {
        "kind": Kind.PROMISE,
        "what": "چراغ کوچه عوض می‌شود",
        "who_kind": Who.AGENCY,
        "who_name": "توزیع برق شمال",
        "author": None,
        "now": NOW,
        "category": "power",
    }
    return actions.create(tx, place=place.id, due=due, **given | more)  # type: ignore[arg-type]


def accepted(tx: Tx, place: Place, title: str = "", due: int = NOW + DAY) -> Case:
    made = case(tx, place, account(tx, 5).person)
    made = cases.move(tx, made, CaseMove.ACCEPT, actor=None, now=NOW, due=due)
    if title:
        public.write(tx, made.id, title=title, lat=None, lon=None, now=NOW)
    return made


def held(tx: Tx, place: Place, kind: kinds.Kind, code: str = "met") -> int:
    return meetings.create(
        tx, place=place.id, kind=kind, starts=NOW - DAY, venue="x", code=code, author=None, now=NOW
    ).id


def kept(tx: Tx, action: Action, now: int = NOW) -> Action:
    return actions.move(tx, action, Move.KEEP, by=By.COUNCIL, actor=None, now=now)


def reminders(tx: Tx) -> list[tuple[int, dict[str, int]]]:
    rows = tx.all("SELECT due, args FROM jobs WHERE kind = 'action-remind' ORDER BY due")
    return [(row["due"], json.loads(row["args"])) for row in rows]


# --- moves ------------------------------------------------------------------------------------------------------------


def test_every_step_stands_in_the_history_with_its_reason_and_its_date(tx: Tx, here: Place) -> None:
    who = account(tx, 1).person
    one = planned(tx, here, author=who)
    later = actions.move(
        tx, one, Move.POSTPONE, by=By.OWNER, actor=who, now=NOW + 5, reason="باران", due=NOW + 20 * DAY
    )
    assert (later.state, later.due, later.since) == (State.OPEN, NOW + 20 * DAY, NOW + 5)
    done = kept(tx, later, NOW + 9)
    steps = actions.history(tx, one.id)
    assert [(step.move, step.to, step.by, step.reason, step.at, step.due) for step in steps] == [
        (Move.RECORD, State.OPEN, By.COUNCIL, "", NOW, NOW + 10 * DAY),
        (Move.POSTPONE, State.OPEN, By.OWNER, "باران", NOW + 5, NOW + 20 * DAY),
        (Move.KEEP, State.KEPT, By.COUNCIL, "", NOW + 9, NOW + 20 * DAY),
    ]
    assert actions.by_id(tx, one.id) == done


def test_the_second_of_two_is_refused_and_changes_nothing(tx: Tx, here: Place) -> None:
    one = planned(tx, here)
    kept(tx, one)
    before = actions.history(tx, one.id)
    with pytest.raises(Moved):
        actions.move(tx, one, Move.DROP, by=By.COUNCIL, actor=None, now=NOW, reason="x")
    assert actions.history(tx, one.id) == before


def test_a_second_postponement_to_the_same_day_is_refused_too(tx: Tx, here: Place) -> None:
    one = planned(tx, here)
    for n in range(2):
        changed = {"by": By.COUNCIL, "actor": None, "now": NOW, "reason": "x", "due": one.due}
        if n:
            with pytest.raises(Moved):
                actions.move(tx, one, Move.POSTPONE, **changed)  # type: ignore[arg-type]
        else:
            actions.move(tx, one, Move.POSTPONE, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("move", "by", "more"),
    [
        (Move.POSTPONE, By.OWNER, {"reason": "x"}),
        (Move.POSTPONE, By.OWNER, {"due": NOW + DAY}),
        (Move.DROP, By.COUNCIL, {}),
        (Move.BREAK, By.OWNER, {"reason": "x"}),
        (Move.BREAK, By.COUNCIL, {"reason": "x"}),  # its day has not passed
        (Move.REOPEN, By.COUNCIL, {"reason": "x", "due": NOW + DAY}),
    ],
)
def test_a_move_without_what_it_needs_is_refused(
    tx: Tx, here: Place, move: Move, by: By, more: dict[str, object]
) -> None:
    one = planned(tx, here)
    with pytest.raises(CannotMove):
        actions.move(tx, one, move, by=by, actor=None, now=NOW, **more)  # type: ignore[arg-type]
    assert len(actions.history(tx, one.id)) == 1


@pytest.mark.parametrize("sql", ["UPDATE action_moves SET at = 0", "DELETE FROM action_moves"])
def test_history_is_never_changed(tx: Tx, here: Place, sql: str) -> None:
    planned(tx, here)
    with pytest.raises(BadStatement):
        tx.run(sql)


def test_forgetting_an_owner_empties_the_name_and_leaves_the_promise(tx: Tx, here: Place) -> None:
    who = account(tx, 1).person
    one = planned(tx, here, who_kind=Who.PERSON, who_name="Ali", owner=who, author=who)
    personal.forget(tx, who, NOW)
    left = actions.by_id(tx, one.id)
    assert (left.who_name, left.who_key, left.owner, left.author, left.what) == ("", "", None, None, one.what)


# --- reminders --------------------------------------------------------------------------------------------------------


def test_reminders_are_set_moved_and_dropped_with_the_plan(tx: Tx, here: Place) -> None:
    one = planned(tx, here)
    assert [args["due"] for _, args in reminders(tx)] == [one.due] * 3
    later = actions.move(tx, one, Move.POSTPONE, by=By.COUNCIL, actor=None, now=NOW, reason="x", due=NOW + 20 * DAY)
    assert [args["due"] for _, args in reminders(tx)] == [later.due] * 3
    assert reminders(tx)[0][0] > NOW + 15 * DAY
    kept(tx, later)
    assert reminders(tx) == []


def test_what_is_due_tomorrow_is_not_reminded_of_three_days_ago(tx: Tx, here: Place) -> None:
    planned(tx, here, due=NOW + DAY)
    assert [args["n"] for _, args in reminders(tx)] == [1, 2]


# --- lists ------------------------------------------------------------------------------------------------------------


def test_a_places_plans_come_with_the_open_ones_first_by_their_dates(tx: Tx, here: Place) -> None:
    late, soon, over, gone = (planned(tx, here, due=NOW + n * DAY) for n in (9, 3, 1, 2))
    kept(tx, over, NOW + 5)
    actions.move(tx, gone, Move.DROP, by=By.COUNCIL, actor=None, now=NOW + 9, reason="x")
    found = actions.of_place(tx, here.id)
    assert [one.id for one in found] == [soon.id, late.id, gone.id, over.id]
    assert [one.id for one in actions.of_place(tx, here.id, offset=1, limit=2)] == [late.id, gone.id]
    assert actions.count_of_place(tx, here.id) == {State.OPEN: 2, State.KEPT: 1, State.DROPPED: 1}


def test_a_case_and_a_meeting_lead_to_what_serves_them(tx: Tx, here: Place) -> None:
    meeting = held(tx, here, kinds.Kind.COUNCIL)
    shown, bare = accepted(tx, here, "چراغ کوچهٔ ۱۲"), accepted(tx, here)
    one = planned(tx, here, meeting=meeting, cases=[shown.id, bare.id, shown.id])
    assert [found.id for found in actions.of_case(tx, shown.id)] == [one.id]
    assert [found.id for found in actions.of_meeting(tx, meeting)] == [one.id]
    # The reporter's own words are nowhere: a case without a public copy has no title.
    assert [(served.code, served.title) for served in actions.served(tx, one.id)] == [
        (shown.code, "چراغ کوچهٔ ۱۲"),
        (bare.code, ""),
    ]
    cases.move(tx, shown, CaseMove.HIDE, actor=None, now=NOW)
    assert [served.code for served in actions.served(tx, one.id)] == [bare.code]


def test_without_a_category_it_has_that_of_the_first_case(tx: Tx, here: Place) -> None:
    made = accepted(tx, here)
    tx.run("UPDATE cases SET category = 'water' WHERE id = :id", id=made.id)
    assert planned(tx, here, category="", cases=[made.id]).category == "water"
    assert planned(tx, here, category="").category == ""


def test_cases_to_choose_from_are_the_accepted_ones_there(tx: Tx, here: Place) -> None:
    made = accepted(tx, here)
    case(tx, here, account(tx, 5).person)
    accepted(tx, town(tx)["kermanshah/taq"])
    assert action_choices.could_serve(tx, here.path) == [made.id]
    assert action_choices.count_could_serve(tx, "/kerman/") == 1


# --- islands ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "more", "near"),
    [
        (30, {}, True),
        (-9, {}, True),
        (31, {}, False),
        (0, {"category": "water"}, False),
        (0, {"category": "other"}, False),
    ],
)
def test_plans_of_one_place_subject_and_time_find_each_other(
    tx: Tx, here: Place, days: int, more: dict[str, object], near: bool
) -> None:
    one = planned(tx, here)
    other = planned(tx, here, due=one.due + days * DAY, **more)
    assert [found.id for found in action_pairs.near(tx, one)] == ([other.id] if near else [])
    assert [found.id for found in action_pairs.near(tx, other)] == ([one.id] if near else [])


def test_what_is_elsewhere_or_over_is_not_near(tx: Tx, here: Place) -> None:
    one = planned(tx, here)
    planned(tx, town(tx)["kerman/zarisf"])
    kept(tx, planned(tx, here))
    assert action_pairs.near(tx, one) == []


def test_a_pair_is_noted_once_whichever_comes_first(tx: Tx, here: Place) -> None:
    one, other = planned(tx, here), planned(tx, here)
    assert action_pairs.pair(tx, other.id, one.id, NOW)
    assert not action_pairs.pair(tx, one.id, other.id, NOW)
    assert count_of(tx, "action_pairs") == 1


# --- the roadmap ------------------------------------------------------------------------------------------------------


def test_a_roadmap_has_what_is_under_way_what_waits_and_what_was_done(tx: Tx, here: Place) -> None:
    served, waits = accepted(tx, here, "آب"), accepted(tx, here, "چراغ", due=NOW - 2 * DAY)
    accepted(tx, here)  # not for everybody
    late = planned(tx, here, due=NOW - 3 * DAY, cases=[served.id])
    done = kept(tx, planned(tx, here))
    kept(tx, planned(tx, here), NOW - 100 * DAY)
    found = roadmap.read(tx, here.id, here.path, NOW)
    assert found.counts == {Group.UNDER_WAY: 1, Group.WAITING: 1, Group.DONE: 1}
    assert [(row.group, row.title, row.action, row.late, row.codes) for row in found.rows] == [
        (Group.UNDER_WAY, late.what, late.id, 3, (served.code,)),
        (Group.WAITING, "چراغ", None, 2, (waits.code,)),
        (Group.DONE, done.what, done.id, 0, ()),
    ]
    assert found.rows[0].who_name == "توزیع برق شمال"
    pages = [roadmap.read(tx, here.id, here.path, NOW, offset=n, limit=1).rows for n in range(4)]
    assert sum(pages, ()) == found.rows
    kept(tx, late, NOW)
    after = roadmap.read(tx, here.id, here.path, NOW)
    assert after.counts[Group.WAITING] == 2


def test_an_adopted_roadmap_says_so_until_anything_of_it_changes(tx: Tx, here: Place) -> None:
    one = planned(tx, here)
    assert roadmap.adopted(tx, here.id, here.path) is None
    meeting = held(tx, here, kinds.Kind.COUNCIL)

    def adopt() -> None:
        roadmap.adopt(tx, here.id, meeting, account(tx, 1).person, NOW)

    def changed() -> bool:
        found = roadmap.adopted(tx, here.id, here.path)
        assert found is not None
        assert (found.meeting, found.held) == (meeting, NOW - DAY)
        return found.changed

    adopt()
    assert not changed()
    planned(tx, town(tx)["kerman/zarisf"])
    case(tx, here, account(tx, 5).person)  # not accepted yet
    assert not changed()
    accepted(tx, here, "آب")
    assert changed()
    adopt()
    assert not changed()
    kept(tx, one)
    assert changed()


# --- boards -----------------------------------------------------------------------------------------------------------


def test_boards_decisions_are_gathered_by_agency_however_it_is_spelt(tx: Tx) -> None:
    places = town(tx)
    county, other, here = places["kerman"], places["kermanshah"], places["kerman/alavian"]
    board = held(tx, county, kinds.Kind.COUNTY_BOARD, "a")
    elsewhere = held(tx, other, kinds.Kind.COUNTY_BOARD, "b")
    council = held(tx, here, kinds.Kind.COUNCIL, "c")
    for name, due in (("آب و فاضلاب", NOW + DAY), ("اب و  فاضلاب", NOW - DAY)):
        planned(tx, county, meeting=board, who_name=name, due=due)
    over = planned(tx, county, meeting=board, who_name="شهرداري")
    kept(tx, over)
    planned(tx, county, meeting=board, who_kind=Who.COUNCIL, who_name="")
    planned(tx, other, meeting=elsewhere)
    planned(tx, here, meeting=council)
    planned(tx, county)  # no meeting decided it
    found = decisions.doers(tx, ["/kerman/"], NOW)
    assert [(one.who_kind, one.name, one.open, one.late, one.kept) for one in found] == [
        (Who.AGENCY, "اب و  فاضلاب", 2, 1, 0),
        (Who.AGENCY, "شهرداري", 0, 0, 1),
        (Who.COUNCIL, "", 1, 0, 0),
    ]
    assert decisions.count_doers(tx, ["/kerman/"]) == 3
    assert decisions.count_doers(tx, ["/"]) == 4
    assert [one.name for one in decisions.doers(tx, ["/"], NOW, key="شهردار")] == ["شهرداري"]
    assert decisions.count_of(tx, ["/kerman/"], over) == 1
    water = actions.by_id(tx, found[0].sample)
    assert [one.due for one in decisions.of(tx, ["/"], water)] == [NOW - DAY, NOW + DAY]
    assert [one.id for one in decisions.of(tx, ["/kermanshah/"], water)] == []
