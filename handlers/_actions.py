"""How a plan is shown and told of: pieces that every talk about plans shares."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from domain.actions import By, Move, State, Who, days_late, possible, qualities
from domain.cases import State as CaseState
from domain.persian import cut_line
from domain.richtext import Key
from handlers._shown import LABEL, county, day, in_short, name_of, place_name, tell_parties, title
from handlers.talk import Act, Notice, Refresh, Refusal, Reply, Row, Turn, Values, Work
from storage import actions, audience, cases, meetings, people, places
from storage.actions import Action, Step
from storage.audience import Unasked
from storage.places import Place

#: What each step is called on a button, and what everybody reads when it was made.
LABELS = {
    Move.KEEP: Key("action-do.keep"),
    Move.POSTPONE: Key("action-do.postpone"),
    Move.DROP: Key("action-do.drop"),
    Move.BREAK: Key("action-do.break"),
    Move.REOPEN: Key("action-do.reopen"),
}
_DECLARED = {
    By.OWNER: Key("action-by-owner"),
    By.COUNCIL: Key("action-by-council"),
    By.COUNTY: Key("action-by-county"),
}


# --- in a few words ---------------------------------------------------------------------------------------------------


def mark(action: Action) -> str:
    """What every message that asks what became of a plan is marked with."""
    return f"action:{action.id}"


def what(text: str, category: str) -> str | Key:
    """A plan in a few of its words; one that was only spoken by what it is about."""
    return in_short(text) if text else Key("action-spoken", {"category": Key(f"category-{category or 'other'}")})


def label(action: Action) -> str | Key:
    """The same, short enough for a button."""
    found = what(action.what, action.category)
    return cut_line(found, LABEL) if isinstance(found, str) else found


def who(work: Work, place: Place, kind: Who, name: str) -> str | Key:
    """Who is to do it. A name that is not kept any more is «somebody»."""
    if kind is Who.COUNCIL:
        return body(work, place)
    return name or Key(f"action-somebody-{kind.value}")


def doer(work: Work, action: Action) -> str | Key:
    """Who is to do this plan."""
    return who(work, places.get(work.tx, action.place), action.who_kind, action.who_name)


def body(work: Work, place: Place) -> str | Key:
    """The body that speaks for a place: its council, the county's committee where there is none, the province."""
    if place.kind == "neighborhood" and place.has_council:
        return Key("holder-council", {"neighborhood": place_name(place)})
    if place.path == "/":
        return work.town.operator or Key("broadcast-province")
    return Key("holder-county", {"county": place_name(county(work, place))})


def area(place: Place) -> str | Key:
    """Where it is, the larger places with what they are."""
    if place.path == "/":
        return Key("broadcast-province")
    return Key("broadcast-county", {"county": place_name(place)}) if place.kind == "county" else place_name(place)


def standing(work: Work, action: Action) -> Key:
    """Where a plan stands, with its date."""
    if action.state is State.OPEN:
        late = days_late(action.due, work.now)
        if late:
            return Key("action-late", {"n": late, "due": day(action.due)})
        return Key("action-open", {"due": day(action.due)})
    ended: Values = {"date": day(action.since)}
    if action.state is State.KEPT:
        return Key("action-kept", ended)
    return Key("action-broken", ended) if action.state is State.BROKEN else Key("action-dropped", ended)


def line(work: Work, action: Action) -> Key:
    """A plan on one line of a list."""
    found = what(action.what, action.category)
    return Key("action-line", {"what": found, "who": doer(work, action), "state": standing(work, action)})


def serving(work: Work, case: int) -> tuple[Key, ...]:
    """The plans that serve a case, for its own page: what, who, by when or what became of it; at most two."""
    found = actions.of_case(work.tx, case)[:2]
    return tuple(Key("action-serves", {"plan": line(work, action)}) for action in found)


# --- its own page -----------------------------------------------------------------------------------------------------


def page(turn: Turn, action: Action, *, edit: bool | None = None) -> Reply:
    """A plan as everybody may read it, with what this person may declare about it."""
    buttons = _declares(action, possible(action.state, action.due, theirs(turn, action), turn.now))
    media = () if action.media is None else (action.media,)
    return Reply(
        "action-shown", _values(turn, action), more=_details(turn, action), buttons=buttons, media=media, edit=edit
    )


def card(work: Work, action: Action) -> Reply:
    """A plan for those who are asked what became of it: the same message for all of them, kept in step with it."""
    # Where those who decide are asked, they may also say that it was not kept; never does somebody of their own plan.
    asked_as = By.OWNER if _owner(work, action) is not None else By.COUNCIL
    moves = possible(action.state, action.due, frozenset({asked_as}), work.now) if action.state is State.OPEN else []
    return Reply(
        "action-shown",
        _values(work, action),
        more=_details(work, action),
        buttons=_declares(action, moves),
        about=mark(action),
    )


def _values(work: Work, action: Action) -> Values:
    return {
        "what": action.what or what("", action.category),
        "kind": Key(f"action-kind-{action.kind.value}"),
        "place": area(places.get(work.tx, action.place)),
        "who": doer(work, action),
        "state": standing(work, action),
    }


def _details(work: Work, action: Action) -> tuple[Key, ...]:
    """Where it was decided, which reports it serves, and every step that was made since, the last ones."""
    more: list[Key] = []
    met = meetings.get(work.tx, action.meeting) if action.meeting is not None else None
    if met is not None:
        more.append(Key("action-met", {"date": day(met.starts)}))
    for case in actions.served(work.tx, action.id)[:3]:
        shown = case.title or Key("untitled", {"category": Key(f"category-{case.category}")})
        more.append(Key("action-for", {"title": shown}))
    steps = actions.history(work.tx, action.id)
    for before, step in list(pairwise(steps))[-3:]:
        more.append(told(before.due, step))
        if step.reason:
            more.append(Key("action-reason", {"reason": step.reason}))
    return tuple(more)


def told(was: int, step: Step) -> Key:
    """What a step was, in words for everybody: by whom, and the date as it was and as it is now."""
    by = _DECLARED[step.by]
    match step.move:
        case Move.POSTPONE:
            return Key("action-told-postponed", {"was": day(was), "due": day(step.due), "by": by})
        case Move.REOPEN:
            return Key("action-told-reopened", {"due": day(step.due), "by": by})
        case Move.KEEP:
            return Key("action-told-kept", {"date": day(step.at), "by": by})
        case Move.BREAK:
            return Key("action-told-broken", {"date": day(step.at), "by": by})
        case Move.DROP:
            return Key("action-told-dropped", {"date": day(step.at), "by": by})
    return Key("action-told-recorded", {"due": day(step.due)})


def _declares(action: Action, moves: list[Move]) -> tuple[Row, ...]:
    """Buttons for these moves, two in a row."""
    made = [Act("outcome", move.value, LABELS[move], str(action.id)) for move in moves]
    return tuple(tuple(made[n : n + 2]) for n in range(0, len(made), 2))


# --- whose it is ------------------------------------------------------------------------------------------------------


def theirs(turn: Turn, action: Action) -> frozenset[By]:
    """In what qualities this person may speak about a plan."""
    return qualities(turn.seats, action.path, owner=action.owner == turn.person.id)


def named(turn: Turn, about: str) -> Action:
    """A plan from a button's data, which can be forged."""
    found = actions.get(turn.tx, int(about)) if about.isascii() and about.isdigit() and len(about) < 16 else None
    if found is None:
        raise Refusal("action-unknown")
    return found


def declared_by(turn: Turn, action: Action, step: Step) -> str | Key:
    """Who made a step: for staff by name, for others in what quality."""
    if step.actor == turn.person.id:
        return Key("you")
    staff = theirs(turn, action) - {By.OWNER}
    return name_of(turn, step.actor) if staff and step.by is not By.OWNER else _DECLARED[step.by]


def asked(work: Work, action: Action) -> list[int]:
    """Whom to ask about a plan: its owner, or those who decide at its place when the owner has no account with us."""
    owner = _owner(work, action)
    return [owner] if owner is not None else audience.moderators(work.tx, action.path, work.seconds)


def _owner(work: Work, action: Action) -> int | None:
    """Whose plan it is, as long as they have an account with us."""
    if action.owner is None or people.reach(work.tx, action.owner) is None:
        return None
    return action.owner


def news(work: Work, action: Action, *, but: int) -> Iterator[Notice | Refresh]:
    """After its last step: everybody whose report it serves reads what, who, and by when next; its owner and those who
    decide there, but for whoever made the step, see it too; what asked about it shows what it is now."""
    steps = actions.history(work.tx, action.id)
    last, was = steps[-1], steps[-2].due if len(steps) > 1 else action.due
    heard = {but}
    for served in actions.served(work.tx, action.id):
        case = cases.by_id(work.tx, served.case)
        heads: Values = {
            "title": title(case),
            "what": what(action.what, action.category),
            "who": doer(work, action),
            "news": told(was, last),
        }
        more = (
            *((Key("action-reason", {"reason": last.reason}),) if last.reason else ()),
            *_next(work, action, case.id),
        )
        see: tuple[Row, ...] = ((Act("promises", "show", Key("action-news.see"), str(action.id)),),)
        for notice in tell_parties(work, case, Reply("action-news", heads, more=more, buttons=see)):
            if notice.person not in heard:
                heard.add(notice.person)
                yield notice
    yield from _colleagues(work, action, heard, owner_only=last.move is Move.RECORD)
    yield Refresh(mark(action), card(work, action))


def _colleagues(work: Work, action: Action, heard: set[int], *, owner_only: bool) -> Iterator[Notice]:
    owner = [action.owner] if action.owner is not None else []
    others = [] if owner_only else audience.moderators(work.tx, action.path, work.seconds)
    for person in dict.fromkeys([*owner, *others]):
        if person not in heard:
            yield Notice(person, card(work, action), Unasked.DUTY)


def _next(work: Work, action: Action, case: int) -> tuple[Key, ...]:
    """By when the people of a case hear next, and from whom."""
    other = next((one for one in actions.of_case(work.tx, case) if one.state is State.OPEN), None)
    if other is not None:
        return () if other.id == action.id else (Key("action-serves", {"plan": line(work, other)}),)
    found = cases.by_id(work.tx, case)
    if found.state is not CaseState.ACCEPTED:
        return ()
    holder = body(work, places.get(work.tx, found.place))
    if found.due is not None and found.due >= work.seconds:
        return (Key("action-next", {"holder": holder, "due": day(found.due)}),)
    return (Key("action-next-soon", {"holder": holder}),)
