"""What became of a plan: its owner, the council or the county says so; everybody concerned reads it. And reminders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import wraps

from domain.actions import (
    LONGEST_REASON,
    By,
    Move,
    State,
    possible,
    rule,
    speaks_as,
)
from domain.permissions import Do
from domain.persian import has_words, tidy
from domain.richtext import Key
from handlers._actions import (
    asked,
    card,
    declared_by,
    label,
    line,
    named,
    news,
    page,
    standing,
    theirs,
    told,
    what,
)
from handlers._due import Due
from handlers._shown import day, keep_name, place_name
from handlers.talk import (
    Act,
    Choice,
    Notice,
    Outcome,
    Refusal,
    Reply,
    Row,
    Step,
    Take,
    Talk,
    Turn,
    Work,
    call,
    done,
    go,
)
from storage import action_pairs, actions, places
from storage.actions import Action, Moved
from storage.audience import Unasked

#: What the reminders before, on and after its day say.
_REMINDERS = (Key("action-remind-before"), Key("action-remind-today"), Key("action-remind-after"))
#: How each move is asked about that needs a reason.
_WHY = {
    Move.POSTPONE: "outcome-why-later",
    Move.DROP: "outcome-why-dropped",
    Move.BREAK: "outcome-why-broken",
    Move.REOPEN: "outcome-why-reopened",
}


class Faster(Exception):
    """Somebody declared something about this plan meanwhile."""

    def __init__(self, action: Action) -> None:
        super().__init__(str(action.id))
        self.action = action


def _first_wins(take: Take) -> Take:
    """The first to declare wins; the other reads what the first did, and nothing of theirs is stored."""

    @wraps(take)
    def taken(turn: Turn, value: str) -> Outcome:
        try:
            return take(turn, value)
        except Faster as faster:
            action = faster.action
        except Moved:
            # Another process was faster by a moment: what it did is visible now.
            action = actions.by_id(turn.tx, int(turn.draft["action"]))
        steps = actions.history(turn.tx, action.id)
        was = steps[-2].due if len(steps) > 1 else action.due
        by = declared_by(turn, action, steps[-1])
        taken_by = Reply("outcome-taken", {"who": by, "news": told(was, steps[-1])}, edit=False)
        return done(taken_by, page(turn, action, edit=False))

    return taken


def _begin(move: Move) -> Take:
    """The button for a move: asks for what the table says that it needs, and then once whether it is right."""

    @_first_wins
    def begin(turn: Turn, about: str) -> Outcome:
        action = named(turn, about)
        mine = theirs(turn, action)
        if not mine:
            raise Refusal("action-not-yours")
        if move not in possible(action.state, action.due, mine, turn.now):
            if action.state is State.OPEN:
                raise Refusal("action-not-yours")
            raise Faster(action)
        turn.draft.update(action=action.id, seen=action.version, move=move.value)
        needed = rule(action.state, move)
        return go("date" if needed.due else "reason" if needed.reason else "sure")

    return begin


def start(turn: Turn, _: str) -> Outcome:
    """By its name alone nothing can be declared: the list of plans leads to each."""
    return call("promises")


def _drafted(turn: Turn) -> tuple[Action, Move]:
    return actions.by_id(turn.tx, int(turn.draft["action"])), Move(turn.draft["move"])


def lost(turn: Turn) -> Reply | None:
    """What is said when a role, and with it the right to speak about this plan, was taken away meanwhile."""
    action, _ = _drafted(turn)
    return None if theirs(turn, action) else Reply("action-not-yours", keyboard=True)


# --- what it needs ----------------------------------------------------------------------------------------------------


def ask_date(turn: Turn) -> Reply:
    action, _ = _drafted(turn)
    return Reply("outcome-date", {"what": what(action.what, action.category), "due": day(action.due)})


def _dated(turn: Turn, due: int) -> Outcome:
    if due == _drafted(turn)[0].due:
        raise Refusal("outcome-date-same")
    turn.draft["due"] = due
    return go("reason")


def ask_reason(turn: Turn) -> Reply:
    action, move = _drafted(turn)
    return Reply(_WHY[move], {"what": what(action.what, action.category), "n": LONGEST_REASON})


def take_reason(turn: Turn, text: str) -> Outcome:
    words = tidy(text)
    if not has_words(words) or len(words) > LONGEST_REASON:
        raise Refusal("outcome-reason-length", n=LONGEST_REASON)
    turn.draft["reason"] = words
    return go("sure")


def ask_sure(turn: Turn) -> Reply:
    """What everybody will read."""
    action, move = _drafted(turn)
    by = speaks_as(rule(action.state, move), theirs(turn, action)) if move in _open(turn, action) else By.COUNCIL
    due, reason = int(turn.draft.get("due", action.due)), str(turn.draft.get("reason", ""))
    step = actions.Step(move, action.state, by, turn.person.id, reason, turn.seconds, due)
    more = (Key("action-reason", {"reason": reason}),) if reason else ()
    said = {"what": what(action.what, action.category), "news": told(action.due, step)}
    return Reply("outcome-sure", said, more=more, buttons=((Choice("declare", Key("outcome-sure.declare")),),))


def _open(turn: Turn, action: Action) -> list[Move]:
    return possible(action.state, action.due, theirs(turn, action), turn.now)


@_first_wins
def declare(turn: Turn, _: str) -> Outcome:
    before, move = _drafted(turn)
    if before.version != turn.draft["seen"]:
        raise Faster(before)
    if move not in _open(turn, before):
        raise Refusal("action-not-yours")
    by = speaks_as(rule(before.state, move), theirs(turn, before))
    if by is not By.OWNER:
        keep_name(turn)
    after = actions.move(
        turn.tx,
        before,
        move,
        by=by,
        actor=turn.person.id,
        now=turn.seconds,
        reason=str(turn.draft.get("reason", "")),
        due=turn.draft.get("due"),
    )
    return done(
        Reply("outcome-done", {"what": what(after.what, after.category), "state": standing(turn, after)}),
        *news(turn, after, but=turn.person.id),
    )


# --- jobs -------------------------------------------------------------------------------------------------------------


def remind(work: Work, ids: dict[str, int]) -> Iterator[Notice]:
    """Ask its owner before, on and after its day; nothing when it was closed, or given another date."""
    action = actions.get(work.tx, ids["action"])
    if action is None or action.state is not State.OPEN or action.due != ids["due"]:
        return
    shown = card(work, action)
    reminder = Key(shown.key, shown.values)
    reply = replace(shown, key="action-remind", values={"when": _REMINDERS[ids["n"]]}, more=(reminder, *shown.more))
    for person in asked(work, action):
        yield Notice(person, reply, Unasked.DUTY)


def near(work: Work, ids: dict[str, int]) -> Iterator[Notice]:
    """Tell those behind two plans of one neighbourhood and one subject of each other, once."""
    action = actions.get(work.tx, ids["action"])
    if action is None:
        return
    for other in action_pairs.near(work.tx, action):
        if action_pairs.pair(work.tx, action.id, other.id, work.seconds):
            yield from _introduced(work, action, other)


def _introduced(work: Work, one: Action, other: Action) -> Iterator[Notice]:
    behind = {one.id: asked(work, one), other.id: asked(work, other)}
    both = {
        "place": place_name(places.get(work.tx, one.place)),
        "category": Key(f"category-{one.category}"),
        "one": line(work, one),
        "other": line(work, other),
    }
    for person in dict.fromkeys([*behind[one.id], *behind[other.id]]):
        # Whoever is behind one of them sees the other; whoever is behind both, both.
        seen = [plan for plan, its in ((other, one), (one, other)) if person in behind[its.id]]
        rows: tuple[Row, ...] = tuple((Act("promises", "show", label(plan), str(plan.id)),) for plan in seen)
        yield Notice(person, Reply("action-near", both, buttons=rows), Unasked.DUTY)


talk = Talk(
    name="outcome",
    rule=Do.TAKE_PART,
    start=start,
    steps={
        **Due(ask_date, _dated).steps,
        "reason": Step(ask_reason, text=take_reason),
        "sure": Step(ask_sure, choices={"declare": declare}),
    },
    actions={move.value: _begin(move) for move in Move if move is not Move.RECORD},
    jobs={"action-remind": remind, "action-near": near},
    lost=lost,
)
