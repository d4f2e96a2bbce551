"""What was promised in a neighbourhood, by whom and by when, and what became of it: for everybody."""

from __future__ import annotations

from domain.actions import State
from domain.permissions import Do
from domain.richtext import Key
from handlers._actions import area, label, line, named, page
from handlers._shown import PAGE, page_number, pager
from handlers.broadcasting import own_places
from handlers.talk import Act, Outcome, Reply, Row, Talk, Turn, done
from storage import actions, places
from storage.places import Place


def start(turn: Turn, rest: str) -> Outcome:
    """`/promises [place]`: of one's own neighbourhood, or of any that is named as commands name it."""
    return done(_list(turn, _meant(turn, rest), 0))


def _meant(turn: Turn, rest: str) -> Place | None:
    named = places.written(turn.tx, rest.lower()) if rest else None
    if named is not None:
        return named
    joined = places.of_person(turn.tx, turn.person.id)
    own = own_places(turn, Do.PROMISE) if joined is None else []
    return own[-1] if own else joined


def turn_page(turn: Turn, about: str) -> Outcome:
    number, _, at = about.partition(":")
    try:
        return done(_list(turn, places.get(turn.tx, page_number(number)), page_number(at), edit=True))
    except LookupError:
        return done(_list(turn, _meant(turn, ""), 0, edit=True))


def _list(turn: Turn, place: Place | None, at: int, *, edit: bool | None = None) -> Reply:
    if place is None:
        return Reply("promises-nowhere", buttons=((Act("join", "open", Key("talk-join")),),))
    record: tuple[Row, ...] = ()
    if turn.may(Do.PROMISE, place.path):
        record = ((Act("promise", "at", Key("promises.record"), str(place.id)),),)
    counts = actions.count_of_place(turn.tx, place.id)
    total = sum(counts.values())
    if not total:
        return Reply("promises-none", {"place": area(place)}, buttons=record, edit=edit)
    found = actions.of_place(turn.tx, place.id, offset=at * PAGE, limit=PAGE)
    values = {
        "place": area(place),
        "open": counts.get(State.OPEN, 0),
        "kept": counts.get(State.KEPT, 0),
        "broken": counts.get(State.BROKEN, 0),
        "dropped": counts.get(State.DROPPED, 0),
    }
    rows: tuple[Row, ...] = tuple((Act("promises", "show", label(one), str(one.id)),) for one in found)
    return Reply(
        "promises",
        values,
        more=tuple(line(turn, one) for one in found),
        buttons=(*rows, *pager("promises", "page", str(place.id), at, total), *record),
        edit=edit,
    )


def show(turn: Turn, about: str) -> Outcome:
    return done(page(turn, named(turn, about), edit=False))


talk = Talk(
    name="promises",
    rule=Do.TAKE_PART,
    command="promises",
    start=start,
    actions={"page": turn_page, "show": show},
)
