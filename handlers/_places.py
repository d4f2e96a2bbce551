"""Finding a place by what people call it, and showing what was found: pieces that several talks share."""

from __future__ import annotations

from domain.persian import place_key, search_key
from domain.richtext import Key
from handlers._shown import PAGE, county, page_number, place_name
from handlers.talk import Choice, Label, Refusal, Row, Turn, Work
from storage import places
from storage.places import Place

#: Letters of a name on half a row.
SHORT = 12


def found(work: Work, text: str, under: str) -> list[Place]:
    """Places inside a path that are called so or have it in their name, best first; a settlement whose county is among
    them is left out, since the county leads to it."""
    for key in dict.fromkeys((search_key(text), place_key(text))):
        hits = places.search(work.tx, key, under=under, limit=3 * PAGE) if key else []
        if hits:
            counties = {place.id for place in hits if place.kind == "county"}
            return [place for place in hits if place.kind != "settlement" or place.parent not in counties][:PAGE]
    return []


def meant(text: str, hits: list[Place]) -> Place | None:
    """The one place that is meant without a doubt: the only one found, or the only one called exactly so. A county
    goes before what has its name inside it."""
    if len(hits) == 1:
        return hits[0]
    keys = {search_key(text), place_key(text)}
    exact = [place for place in hits if search_key(place.name) in keys]
    counties = [place for place in exact if place.kind == "county"]
    return counties[0] if len(counties) == 1 else exact[0] if len(exact) == 1 else None


def neighborhood(work: Work, about: str) -> Place:
    """The neighbourhood with the number that a button carries, which can be forged."""
    try:
        place = places.get(work.tx, page_number(about))
    except LookupError:
        raise Refusal("not-understood") from None
    if place.kind != "neighborhood":
        raise Refusal("not-understood")
    return place


def rows(names: list[tuple[Place, Label]]) -> tuple[Row, ...]:
    """A button for each place; two short names share a row, a long one has its own."""
    made: list[list[Choice]] = []
    for place, label in names:
        short = isinstance(label, str) and len(label) <= SHORT
        button = Choice(f"place:{place.id}", label)
        if made and short and len(made[-1]) == 1 and _is_short(made[-1][0]):
            made[-1].append(button)
        else:
            made.append([button])
    return tuple(tuple(row) for row in made)


def listed(found: list[Place]) -> tuple[Row, ...]:
    """Places of one list, by their names."""
    return rows([(place, place_name(place)) for place in found])


def apart(work: Work, found: list[Place]) -> tuple[Row, ...]:
    """Places from anywhere, each with its county, so that two of one name are told apart."""
    return rows([(place, _named(work, place)) for place in found])


def _named(work: Work, place: Place) -> Label:
    if place.kind == "county":
        return Key("place-county", {"county": place_name(place)})
    return Key("place-in", {"place": place_name(place), "county": county(work, place).name})


def _is_short(button: Choice) -> bool:
    return isinstance(button.label, str) and len(button.label) <= SHORT


def page_of(turn: Turn, parent: int) -> tuple[Row, ...]:
    """The page of a place's own list that the draft names."""
    page = int(turn.draft.get("page", 0))
    total = places.count_inside(turn.tx, parent)
    return (*listed(places.inside(turn.tx, parent, offset=page * PAGE, limit=PAGE)), *pages(page, total))


def pages(page: int, total: int) -> tuple[Row, ...]:
    """Choices that lead to the pages around this one; none when everything fits on one."""
    row: list[Choice] = []
    if page > 0:
        row.append(Choice(f"page:{page - 1}", Key("button-previous")))
    if (page + 1) * PAGE < total:
        row.append(Choice(f"page:{page + 1}", Key("button-next")))
    return (tuple(row),) if row else ()
