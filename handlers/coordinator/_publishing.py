"""Minutes become public, or are put right: decisions become plans, cases go on, everybody concerned hears of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.actions import By, Kind, Move, State, Who, qualities, rule, speaks_as
from domain.meetings import DOOR_CLOSES_S
from handlers import minuting
from handlers._actions import card, mark
from handlers._shown import keep_name
from handlers.coordinator._decided import Decision, decisions, keep, shown_name
from handlers.coordinator._touched import may_touch, moved_on
from handlers.inviting import follow
from handlers.talk import Notice, Refresh, Told, Turn
from handlers.voting import close_all
from storage import actions, attendance, cases, council, media, minutes
from storage.actions import Action
from storage.audience import Unasked
from storage.meetings import Meeting
from storage.minutes import Minutes


def publish(turn: Turn, meeting: Meeting) -> list[Told] | None:
    """Make what is in the draft the minutes of this meeting: who is told of what, or None when somebody was faster."""
    draft = turn.draft
    keep(draft)
    counted = council.quorum(turn.tx, meeting, meeting.starts + DOOR_CLOSES_S)
    made = minutes.publish(
        turn.tx,
        meeting.id,
        author=turn.person.id,
        present=attendance.count(turn.tx, meeting.id),
        photos=draft["photos"],
        everybody=draft["everybody"],
        now=turn.seconds,
        council=counted.there if counted is not None else None,
        quorum=counted.needed if counted is not None else None,
    )
    if not made:
        return None
    keep_name(turn)
    plans = [_record(turn, meeting, one) for one in decisions(draft)]
    minuting.announce(turn, meeting)
    minuting.written(turn, meeting)
    follow(turn, meeting.id)
    return [*close_all(turn, meeting), *_told(turn, meeting, plans), *_owners(turn, plans)]


def _record(turn: Turn, meeting: Meeting, one: Decision) -> Action:
    return actions.create(
        turn.tx,
        place=meeting.place,
        kind=Kind.RESOLUTION,
        what=one["what"],
        who_kind=Who(one["who"]),
        who_name=shown_name(turn, one),
        owner=one.get("owner"),
        due=one["due"],
        meeting=meeting.id,
        cases=_about(turn, meeting, one),
        media=one.get("voice"),
        author=turn.person.id,
        now=turn.seconds,
        by=_quality(turn, meeting),
    )


def _about(turn: Turn, meeting: Meeting, one: Decision, was: Sequence[int] = ()) -> list[int]:
    """The cases that it is about (and was before); one that was hidden, closed or sent elsewhere meanwhile is not."""
    return [case for case in one["cases"] if case in was or may_touch(turn, meeting, cases.by_id(turn.tx, case))]


def _quality(turn: Turn, meeting: Meeting) -> By:
    mine = qualities(turn.seats, meeting.path, owner=False)
    return By.COUNCIL if By.COUNCIL in mine else By.COUNTY


def _told(turn: Turn, meeting: Meeting, plans: list[Action], *, again: bool = False) -> Iterator[Told]:
    """Per case, so that nobody hears twice of one."""
    decided: dict[int, list[Action]] = {}
    for plan in plans:
        for case in minutes.cases_of(turn.tx, plan.id):
            decided.setdefault(case, []).append(plan)
    return moved_on(turn, meeting, decided, again=again)


def _owners(turn: Turn, plans: list[Action]) -> Iterator[Told]:
    """Whoever is to do something sees it, and what shows it already is brought up to date."""
    for plan in plans:
        if plan.owner is not None and plan.owner != turn.person.id:
            yield Notice(plan.owner, card(turn, plan), Unasked.DUTY)


# --- put right --------------------------------------------------------------------------------------------------------


def taken_up(turn: Turn, meeting: Meeting, found: Minutes) -> None:
    """Put published minutes into the draft, to be corrected."""
    stand = [one for one in actions.of_meeting(turn.tx, meeting.id) if one.state is not State.DROPPED]
    turn.draft.update(
        seen=found.revision,
        photos=minutes.photos(turn.tx, meeting.id),
        everybody=found.everybody,
        made=[_decision(turn, one) for one in stand],
        # What somebody else declares of a plan meanwhile is not undone by words that were put right.
        were={str(one.id): _decision(turn, one) for one in stand},
    )


def _decision(turn: Turn, plan: Action) -> Decision:
    return {
        "action": plan.id,
        "what": plan.what,
        "voice": plan.media,
        "who": plan.who_kind.value,
        "name": plan.who_name,
        "owner": plan.owner,
        "due": plan.due,
        "cases": minutes.cases_of(turn.tx, plan.id),
    }


def correct(turn: Turn, meeting: Meeting, found: Minutes, reason: str) -> list[Told] | None:
    """Make the minutes what the draft says: who is told of what, or None when somebody corrected them first."""
    draft, pages = turn.draft, minutes.photos(turn.tx, meeting.id)
    keep(draft)
    if draft["seen"] != found.revision or not minutes.correct(
        turn.tx, found, photos=draft["photos"], everybody=draft["everybody"], reason=reason, now=turn.seconds
    ):
        return None
    keep_name(turn)
    for page in set(pages) - set(draft["photos"]):
        media.let_go(turn.tx, page, turn.seconds)
    said, were = decisions(draft), draft["were"]
    plans = {one.id: one for one in actions.of_meeting(turn.tx, meeting.id)}
    new = [_record(turn, meeting, one) for one in said if "action" not in one]
    changed = [
        _amended(turn, meeting, plans[one["action"]], were[str(one["action"])], one, reason)
        for one in said
        if "action" in one and were[str(one["action"])] != one | {"cases": sorted(one["cases"])}
    ]
    kept = {one.get("action") for one in said}
    dropped = [
        _moved(turn, plan, Move.DROP, reason)
        for number, plan in plans.items()
        if str(number) in were and number not in kept and plan.state is State.OPEN
    ]
    minuting.renew(turn, meeting)
    follow(turn, meeting.id)
    told = [*_told(turn, meeting, new), *_told(turn, meeting, [*changed, *dropped], again=True), *_owners(turn, new)]
    return [*told, *(Refresh(mark(plan), card(turn, plan)) for plan in (*changed, *dropped))]


def _amended(turn: Turn, meeting: Meeting, plan: Action, was: Decision, one: Decision, reason: str) -> Action:
    minutes.reword(
        turn.tx,
        plan.id,
        what=one["what"],
        media=one.get("voice"),
        who_kind=Who(one["who"]),
        who_name=plan.who_name if one["name"] == was["name"] else shown_name(turn, one),
        owner=one.get("owner"),
        now=turn.seconds,
    )
    minutes.serve(turn.tx, plan.id, _about(turn, meeting, one, was["cases"]))
    if one["due"] not in (was["due"], plan.due) and plan.state is State.OPEN:
        return _moved(turn, plan, Move.POSTPONE, reason, due=one["due"])
    return actions.by_id(turn.tx, plan.id)


def _moved(turn: Turn, plan: Action, move: Move, reason: str, *, due: int | None = None) -> Action:
    mine = qualities(turn.seats, plan.path, owner=False)
    by = speaks_as(rule(plan.state, move), mine)
    return actions.move(turn.tx, plan, move, by=by, actor=turn.person.id, now=turn.seconds, reason=reason, due=due)
