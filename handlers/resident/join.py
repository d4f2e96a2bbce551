"""Join a neighbourhood by what costs least: a link, a place on the map, part of the name, and last the lists."""

from __future__ import annotations

from domain.incoming import Kind
from domain.maps import metres, said_kilometres, said_metres
from domain.permissions import Do, Role
from domain.persian import cut, letters, tidy
from domain.richtext import Key
from handlers._joining import back_to, enter
from handlers._places import apart, found, meant, neighborhood, page_of, rows
from handlers._shown import PAGE, county, page_number, place_name
from handlers.resident import _not_listed
from handlers.talk import Act, Choice, Label, Outcome, Refusal, Reply, Row, Step, Talk, Turn, again, done, go
from storage import people, places, talks
from storage.places import Place

#: Neighbourhoods offered for a place on the map.
NEAREST = 3
#: Letters of a name that is looked for.
LONGEST = 60

#: A text of so many words that is no place we know is a report, not a name.
REPORT_WORDS = 4


def start(turn: Turn, rest: str) -> Outcome:
    """Open with the place of a link, with a name written after the command, or with the first list."""
    if rest and turn.incoming.payload:
        return by_link(turn, rest)
    return search(turn, rest) if rest else go("county")


def by_link(turn: Turn, link: str) -> Outcome:
    """A link or a poster asks nothing. One for a county, or for a name that there is twice, asks no more than that."""
    hits = places.linked(turn.tx, link, PAGE)
    if not hits:
        return go("county", Reply("join-dead"))
    if len(hits) == 1 and hits[0].kind == "neighborhood":
        return _join(turn, hits[0])
    if len(hits) == 1:
        return _chosen(turn, hits[0])
    turn.draft["typed"], turn.draft["under"] = hits[0].name, "/"
    turn.draft["hits"] = [place.id for place in hits]
    return go("found")


# --- the three lists ----------------------------------------------------------------------------------------------


def ask_county(turn: Turn) -> Reply:
    root = places.province(turn.tx)
    if not places.count_inside(turn.tx, root.id):
        return Reply("join-no-places")
    return Reply("join-county", buttons=page_of(turn, root.id))


def ask_settlement(turn: Turn) -> Reply:
    chosen = places.get(turn.tx, turn.draft["county"])
    return Reply("join-settlement", {"county": chosen.name}, buttons=(*page_of(turn, chosen.id), _not_listed.ROW))


def ask_neighborhood(turn: Turn) -> Reply:
    chosen = places.get(turn.tx, turn.draft["settlement"])
    return Reply("join-neighborhood", {"settlement": chosen.name}, buttons=(*page_of(turn, chosen.id), _not_listed.ROW))


def choose(turn: Turn, about: str) -> Outcome:
    """A place from a list or a search. A press can be forged, and leads to nothing that is not open to all."""
    try:
        return _chosen(turn, places.get(turn.tx, page_number(about)))
    except LookupError:
        raise Refusal("not-understood") from None


def _chosen(turn: Turn, chosen: Place) -> Outcome:
    turn.draft["page"] = 0
    if chosen.kind == "neighborhood":
        turn.draft["neighborhood"] = chosen.id
        return _join(turn, chosen) if chosen.has_council else go("no_council")
    if chosen.kind == "settlement":
        turn.draft["county"], turn.draft["settlement"] = chosen.parent, chosen.id
        return go("neighborhood")
    if chosen.kind != "county":
        raise Refusal("not-understood")
    turn.draft["county"] = chosen.id
    inside = places.inside(turn.tx, chosen.id, limit=2)
    if not inside:
        return go("missing", Reply("join-empty", {"name": place_name(chosen)}))
    if len(inside) == 1:
        turn.draft["settlement"] = inside[0].id  # nothing to choose from
        return go("neighborhood")
    return go("settlement")


# --- part of a name -----------------------------------------------------------------------------------------------


def search(turn: Turn, text: str) -> Outcome:
    """Part of a name: first where the open list is, then in its county, then in the whole province."""
    hits: list[Place] = []
    under = "/"
    for under in _around(turn):
        hits = found(turn, text, under)
        if hits:
            break
    if not hits and _is_a_report(turn, text):
        return again(turn.incoming)
    one = meant(text, hits)
    # A neighbourhood from anywhere in the province is shown with its county first: the name may be another's too.
    if one is not None and not (one.kind == "neighborhood" and under == "/"):
        return _chosen(turn, one)
    turn.draft.pop("hits", None)
    turn.draft["typed"], turn.draft["under"] = cut(tidy(text), LONGEST), under
    return go("found")


def _is_a_report(turn: Turn, text: str) -> bool:
    """Whether somebody tells us what is wrong instead of where they live: a report does not wait for joining."""
    named = turn.incoming.command is not None  # what stands after the command is meant for this talk
    return not named and len(text.split()) >= REPORT_WORDS and letters(text) >= turn.town.shortest


def _around(turn: Turn) -> list[str]:
    """The paths to search, the nearest first."""
    inner = {"neighborhood": ("settlement", "county"), "settlement": ("county",)}.get(turn.talk.step, ())
    return [*(places.get(turn.tx, turn.draft[level]).path for level in inner if level in turn.draft), "/"]


def ask_found(turn: Turn) -> Reply:
    name = str(turn.draft["typed"])
    numbers = turn.draft.get("hits")
    hits = (
        [places.get(turn.tx, number) for number in numbers] if numbers else found(turn, name, str(turn.draft["under"]))
    )
    ways: Row = (Choice("all", Key("join.all")), *_not_listed.ROW)
    return Reply("join-found" if hits else "join-not-found", {"name": name}, buttons=(*apart(turn, hits), ways))


def show_all(turn: Turn, _: str) -> Outcome:
    turn.draft["page"] = 0
    return go("county")


# --- a place on the map -------------------------------------------------------------------------------------------


def locate(turn: Turn) -> Outcome:
    lat, lon = turn.incoming.latitude, turn.incoming.longitude
    if lat is None or lon is None:
        raise Refusal("not-understood")
    if not places.nearest(turn.tx, lat, lon, limit=1):
        raise Refusal("join-nothing-near")
    # Ten metres are enough to tell neighbourhoods apart.
    turn.draft["lat"], turn.draft["lon"] = round(lat, 4), round(lon, 4)
    return go("near")


def ask_near(turn: Turn) -> Reply:
    lat, lon = turn.draft["lat"], turn.draft["lon"]
    near = places.nearest(turn.tx, lat, lon, limit=NEAREST)
    named = [(place, _with_distance(turn, place, lat, lon)) for place in near]
    ways: Row = (Choice("all", Key("join.all")), *_not_listed.ROW)
    return Reply("join-near", buttons=(*rows(named), ways))


def _with_distance(turn: Turn, place: Place, lat: float, lon: float) -> Label:
    distance = said_metres(metres(lat, lon, place.lat or 0.0, place.lon or 0.0))
    if distance < 1000:
        return Key("join.metres", {"place": place_name(place), "n": distance})
    return Key("join.kilometres", {"place": place_name(place), "n": said_kilometres(distance, turn.person.language)})


# --- joining, moving, leaving ---------------------------------------------------------------------------------------


def ask_no_council(turn: Turn) -> Reply:
    chosen = places.get(turn.tx, turn.draft["neighborhood"])
    values = {"neighborhood": place_name(chosen), "county": county(turn, chosen).name}
    buttons = ((Choice("on", Key("join-no-council.on")), Choice("<", Key("join-no-council.other"))),)
    return Reply("join-no-council", values, buttons=buttons)


def go_on(turn: Turn, _: str) -> Outcome:
    # Whoever presses this has read that there is no council.
    return _join(turn, places.get(turn.tx, turn.draft["neighborhood"]), quietly=True)


def join_at(turn: Turn, about: str) -> Outcome:
    """A button that names the neighbourhood: under a receipt, an officer's answer, or the word that one has moved."""
    return _join(turn, neighborhood(turn, about))


def _join(turn: Turn, chosen: Place, *, quietly: bool = False) -> Outcome:
    _close_question(turn)
    return done(enter(turn, chosen, quietly=quietly))


def leave(turn: Turn, _: str) -> Outcome:
    """No longer of any neighbourhood. It is said how to come back, so nothing is asked first."""
    before = places.of_person(turn.tx, turn.person.id)
    if before is None:
        # Pressed twice, or long after: it opens no question that would take the next words for a name.
        return done(Reply("left-already", buttons=((Act("join", "open", Key("talk-join")),),)))
    _close_question(turn)
    people.revoke(turn.tx, turn.person.id, Role.RESIDENT, None, turn.seconds)
    buttons = ((back_to(before), Act("join", "open", Key("settings.move"))),)
    return done(Reply("left", {"neighborhood": place_name(before)}, buttons=buttons))


def _close_question(turn: Turn) -> None:
    """What a link or a button has decided, an open list must not go on asking: it would take the next words for a
    name."""
    open_one = talks.find(turn.tx, turn.account.id, "join")
    if open_one is not None and open_one.id != turn.talk.id:
        talks.end(turn.tx, open_one.id)


_COUNTIES = {"place": choose, "page": _not_listed.turn_page}
_LISTS = {**_COUNTIES, "missing": _not_listed.begin}
_FOUND = {"place": choose, "all": show_all, "missing": _not_listed.begin}
_MAP = {Kind.LOCATION: locate}

talk = Talk(
    name="join",
    rule=Do.TAKE_PART,
    command="join",
    payload="join",
    start=start,
    steps={
        "county": Step(ask_county, text=search, choices=_COUNTIES, kinds=_MAP),
        "settlement": Step(ask_settlement, text=search, choices=_LISTS, kinds=_MAP),
        "neighborhood": Step(ask_neighborhood, text=search, choices=_LISTS, kinds=_MAP),
        "found": Step(ask_found, text=search, choices=_FOUND, kinds=_MAP),
        "near": Step(ask_near, text=search, choices=_FOUND, kinds=_MAP),
        "no_council": Step(ask_no_council, choices={"on": go_on}),
        **_not_listed.STEPS,
    },
    actions={"at": join_at, "leave": leave},
)
