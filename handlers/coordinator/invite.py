"""A neighbourhood's link and its QR code as a picture, for those who bring people in."""

from __future__ import annotations

from domain.permissions import RULES, Do
from domain.persian import cut, tidy
from handlers._places import apart, found, meant, neighborhood, pages
from handlers._shown import PAGE, page_number, place_name
from handlers.talk import Outcome, Refusal, Reply, Step, Talk, Turn, done, go
from storage import jobs, places
from storage.places import Place

#: Seconds after which a poster that could not be made is no longer waited for; letters of a name that is looked for.
LAPSES_S, LONGEST = 3600, 60


def start(turn: Turn, rest: str) -> Outcome:
    """`/invite`, or `/invite PLACE` by its slugs or part of its name. Whoever has one neighbourhood is not asked."""
    named = places.written(turn.tx, rest) if rest else None
    if named is not None and named.kind == "neighborhood" and turn.may(Do.INVITE, named.path):
        return _poster(turn, named)
    if rest:
        return search(turn, rest)
    paths = _paths(turn)
    inside = [place for path in paths for place in places.neighborhoods(turn.tx, path, offset=0, limit=2)]
    if not inside:
        return done(Reply("invite-none"))
    return _poster(turn, inside[0]) if len(inside) == 1 else go("which")


def _paths(turn: Turn) -> list[str]:
    """Where this person may invite, without what lies inside another of these."""
    paths = sorted({seat.path for seat in turn.seats if seat.role in RULES[Do.INVITE]})
    return [path for path in paths if not any(path != other and path.startswith(other) for other in paths)]


def ask_which(turn: Turn) -> Reply:
    name = str(turn.draft.get("typed", ""))
    hits = _named(turn, name) if name else []
    if hits:
        return Reply("invite-which", buttons=apart(turn, hits))
    page = int(turn.draft.get("page", 0))
    paths = _paths(turn)
    total = sum(places.count_neighborhoods(turn.tx, path) for path in paths)
    buttons = (*apart(turn, _page(turn, paths, page)), *pages(page, total))
    if name:
        return Reply("invite-not-found", {"name": name}, buttons=buttons)
    return Reply("invite-which", buttons=buttons)


def _page(turn: Turn, paths: list[str], page: int) -> list[Place]:
    """One page of all neighbourhoods under these paths, path by path."""
    left, here = page * PAGE, list[Place]()
    for path in paths:
        here += places.neighborhoods(turn.tx, path, offset=left, limit=PAGE - len(here))
        left = max(0, left - places.count_neighborhoods(turn.tx, path))
    return here


def turn_page(turn: Turn, page: str) -> Outcome:
    turn.draft.pop("typed", None)
    turn.draft["page"] = page_number(page)
    return go("which")


def search(turn: Turn, text: str) -> Outcome:
    one = meant(text, _named(turn, text))
    if one is not None:
        return _poster(turn, one)
    turn.draft["typed"], turn.draft["page"] = cut(tidy(text), LONGEST), 0
    return go("which")


def _named(turn: Turn, text: str) -> list[Place]:
    hits = [place for path in _paths(turn) for place in found(turn, text, path)]
    return [place for place in hits if place.kind == "neighborhood"][:PAGE]


def choose(turn: Turn, about: str) -> Outcome:
    place = neighborhood(turn, about)
    if not turn.may(Do.INVITE, place.path):
        raise Refusal("not-understood")
    return _poster(turn, place)


def _poster(turn: Turn, place: Place) -> Outcome:
    """Drawing is no work for a turn: a job sends a picture and a link for each messenger."""
    ids = {"person": turn.person.id, "place": place.id, "bot": turn.account.bot}
    key = f"poster:{turn.person.id}:{place.id}"
    jobs.put(turn.tx, "poster", key, turn.seconds, ids, expires=turn.seconds + LAPSES_S)
    return done(Reply("invite-coming", {"neighborhood": place_name(place)}))


talk = Talk(
    name="invite",
    rule=Do.INVITE,
    command="invite",
    start=start,
    steps={"which": Step(ask_which, text=search, choices={"place": choose, "page": turn_page})},
)
