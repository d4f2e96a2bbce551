"""The roadmap of the neighbourhood: what is under way with whom and by when, what waits, and its adoption."""

from __future__ import annotations

from domain.papers import Paper
from domain.permissions import Do
from domain.richtext import Key
from handlers._papers import ask_for
from handlers._roadmap import adopted, lines, read
from handlers._shown import PAGE, day, page_number, pager, place_name
from handlers.broadcasting import own_places
from handlers.talk import Act, Choice, Outcome, Refusal, Reply, Row, Step, Talk, Turn, Work, done, go
from storage import meetings, places, roadmap
from storage.meetings import Meeting
from storage.places import Place

#: Days back of which a meeting may still have adopted it, and how many are offered.
BACK_DAYS, OFFERED = 60, 6


def start(turn: Turn, rest: str) -> Outcome:
    """`/roadmap [place]`: of one's own neighbourhood, or of any that is named as commands name it."""
    place = _meant(turn, rest)
    if place is None:
        return done(Reply("roadmap-nowhere", buttons=((Act("join", "open", Key("talk-join")),),)))
    return done(_shown(turn, place, 0))


def _meant(turn: Turn, rest: str) -> Place | None:
    named = places.written(turn.tx, rest.lower()) if rest else None
    if named is not None and named.kind == "neighborhood":
        return named
    own = [place for place in own_places(turn, Do.PROMISE) if place.kind == "neighborhood"]
    return places.of_person(turn.tx, turn.person.id) or next(iter(own), None)


def _place(turn: Turn, number: str) -> Place:
    try:
        place = places.get(turn.tx, page_number(number))
    except LookupError:
        raise Refusal("not-understood") from None
    if place.kind != "neighborhood":
        raise Refusal("not-understood")
    return place


def turn_page(turn: Turn, about: str) -> Outcome:
    number, _, at = about.partition(":")
    return done(_shown(turn, _place(turn, number), page_number(at), edit=True))


def on_paper(turn: Turn, about: str) -> Outcome:
    """The whole of it as a file."""
    return done(ask_for(turn, Paper.ROADMAP, _place(turn, about).id))


def _shown(turn: Turn, place: Place, at: int, *, edit: bool | None = None) -> Reply:
    found = read(turn, place, offset=at * PAGE, limit=PAGE)
    adopt: tuple[Row, ...] = ()
    if found.total and turn.may(Do.PROMISE, place.path):
        adopt = ((Act("roadmap", "adopt", Key("roadmap.adopt"), str(place.id)),),)
    name = {"neighborhood": place_name(place)}
    if not found.total:
        return Reply("roadmap-none", name, edit=edit)
    paper = Act("roadmap", "paper", Key("roadmap.paper"), str(place.id))
    all_of_them = Act("promises", "page", Key("talk-promises"), f"{place.id}:0")
    return Reply(
        "roadmap",
        name,
        more=(*adopted(found.adopted), *lines(turn, place, found.rows)),
        buttons=(*pager("roadmap", "page", str(place.id), at, found.total), (all_of_them, paper), *adopt),
        edit=edit,
    )


# --- adopted in a meeting ---------------------------------------------------------------------------------------------


def begin(turn: Turn, about: str) -> Outcome:
    place = _place(turn, about)
    if not turn.may(Do.PROMISE, place.path):
        raise Refusal("not-allowed")
    if not _held(turn, place):
        raise Refusal("roadmap-no-meeting")
    turn.draft["place"] = place.id
    return go("meeting")


def _held(work: Work, place: Place) -> list[Meeting]:
    """The meetings of the last weeks, the last one first."""
    past = meetings.held(work.tx, place.path, work.seconds, limit=OFFERED)
    return [one for one in past if one.starts > work.seconds - BACK_DAYS * 86400]


def ask_meeting(turn: Turn) -> Reply:
    place = places.get(turn.tx, turn.draft["place"])
    rows: tuple[Row, ...] = tuple(
        (Choice(f"in:{one.id}", Key("roadmap-meeting.on", {"date": day(one.starts)})),) for one in _held(turn, place)
    )
    return Reply("roadmap-meeting", {"neighborhood": place_name(place)}, buttons=rows)


def take_meeting(turn: Turn, number: str) -> Outcome:
    place = places.get(turn.tx, turn.draft["place"])
    held = {str(one.id): one for one in _held(turn, place)}
    if not turn.may(Do.PROMISE, place.path):
        raise Refusal("not-allowed")
    if number not in held:
        raise Refusal("not-understood")
    roadmap.adopt(turn.tx, place.id, held[number].id, turn.person.id, turn.seconds)
    return done(_shown(turn, place, 0))


def lost(turn: Turn) -> Reply | None:
    """What is said when the role was taken away meanwhile."""
    place = places.get(turn.tx, turn.draft["place"])
    return None if turn.may(Do.PROMISE, place.path) else Reply("not-allowed", keyboard=True)


talk = Talk(
    name="roadmap",
    rule=Do.TAKE_PART,
    command="roadmap",
    start=start,
    steps={"meeting": Step(ask_meeting, choices={"in": take_meeting})},
    actions={"page": turn_page, "adopt": begin, "paper": on_paper},
    lost=lost,
)
