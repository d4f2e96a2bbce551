"""Follow one case by its tracking code."""

from __future__ import annotations

from domain.cases import UNDECIDED, Move, Part, Reason, State, may_move
from domain.codes import as_code
from domain.permissions import Do
from domain.richtext import Code, Key
from handlers._actions import serving
from handlers._shown import (
    day,
    explanation,
    holder,
    label,
    public_title,
    reason_text,
    spoken,
    state_text,
    title,
)
from handlers.resident import _public
from handlers.talk import Act, Outcome, Refusal, Reply, Row, Step, Talk, Turn, Values, done, go
from storage import cases, public, tries
from storage.cases import Case


def start(turn: Turn, rest: str) -> Outcome:
    return take_code(turn, rest) if rest else go("code")


def ask(turn: Turn) -> Reply:
    mine = cases.of_person(turn.tx, turn.person.id, limit=4)
    buttons = tuple((Act("track", "show", label(case), case.code),) for case in mine)
    return Reply("track-ask", buttons=buttons)


def take_code(turn: Turn, text: str) -> Outcome:
    code = as_code(text)
    if code is None:
        raise Refusal("track-code-wrong")
    until = tries.shut_until(turn.tx, turn.person.id, "code")
    if until > turn.seconds:
        raise Refusal("track-wait")
    found = _seen(turn, code)
    if found is None:
        # Not a Refusal: that would undo the count.
        tries.wrong(turn.tx, turn.person.id, "code", turn.seconds)
        return go("code", Reply("track-not-found", edit=False)) if turn.talk.id else done(Reply("track-not-found"))
    tries.right(turn.tx, turn.person.id, "code")
    return done(found)


def show(turn: Turn, about: str) -> Outcome:
    return done(_seen(turn, about) or Reply("track-not-found"))


def _seen(turn: Turn, code: str) -> Reply | None:
    """The case, for its parties and for staff in scope; for anybody else its public copy, if there is one."""
    case = cases.by_code(turn.tx, code)
    if case is None:
        return None
    part = cases.part_of(turn.tx, case.id, turn.person.id)
    if case.private:
        numbers = Act("numbers", "open", Key("track-hidden.numbers"))
        return Reply("track-hidden", buttons=((numbers,),)) if part is Part.REPORTER else None
    if part is not None or turn.may(Do.MODERATE, case.path):
        return shown(turn, case, part)
    copy = public.of(turn.tx, case.id)
    return _public.shown(turn, copy) if copy else None


def shown(turn: Turn, case: Case, part: Part | None) -> Reply:
    """Where a case stands: with whom, since when, until when, and why if it was not accepted.

    Who only said «the same for me» reads the public title instead of the reporter's words.
    """
    name = public_title(turn, case) if part is Part.JOINED else title(case)
    values: Values = {"title": name, "code": Code(case.code), "state": state_text(turn, case)}
    if case.state is State.WITHDRAWN:
        return Reply("track-ended", values, buttons=_back())
    if case.state is State.REJECTED:
        last = next(step for step in reversed(cases.history(turn.tx, case.id)) if step.move is Move.REJECT)
        reason = reason_text(last.reason or Reason.NOT_FEASIBLE)
        why: Values = {"reason": reason, "explanation": explanation(turn, case)}
        return Reply("track-rejected", {**values, **why}, buttons=_back(), media=spoken(turn, case))
    if case.state is State.NEEDS_INFO:
        question = cases.said(turn.tx, case.id, "question")
        until = day(case.asked_until or case.since)
        asked: Values = {"holder": holder(turn, case), "question": question, "due": until}
        return Reply("track-asked", {**values, **asked}, buttons=_buttons(case, part))
    due = case.due or case.since
    step = cases.said(turn.tx, case.id, "next_step") if case.state is State.ACCEPTED else ""
    more = (Key("track-step", {"step": step}),) if step else ()
    late = (Key("track-late", {"date": day(due)}),) if due < turn.seconds else ()
    dates: Values = {"since": day(case.since), "due": day(due), "holder": holder(turn, case)}
    plans = serving(turn, case.id)
    return Reply("track-shown", {**values, **dates}, more=more + plans + late, buttons=_buttons(case, part))


def _buttons(case: Case, part: Part | None) -> tuple[Row, ...]:
    """What a reporter can do about their own report where it stands."""
    rows: list[Row] = []
    if part is Part.REPORTER and case.state in UNDECIDED:
        add = Key("track-shown.answer") if case.state is State.NEEDS_INFO else Key("track-shown.add")
        rows.append((Act("answer", "begin", add, case.code),))
    if part is Part.REPORTER and may_move(case.kind, case.state, Move.WITHDRAW):
        rows.append((Act("withdraw", "begin", Key("track-shown.withdraw"), case.code),))
    return (*rows, *_back())


def _back() -> tuple[Row, ...]:
    return ((Act("mine", "open", Key("talk-mine")),),)


talk = Talk(
    name="track",
    rule=Do.TAKE_PART,
    command="track",
    start=start,
    steps={"code": Step(ask, text=take_code)},
    actions={"show": show},
)
