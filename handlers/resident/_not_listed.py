"""«It is not in the list»: the name goes to the county's officers, who answer from the bot."""

from __future__ import annotations

from domain.persian import cut, has_words, place_key, tidy
from domain.richtext import Key
from handlers import _missing
from handlers._places import found, meant, page_of
from handlers._shown import page_number
from handlers.talk import Choice, Notice, Outcome, Refresh, Refusal, Reply, Row, Says, Step, Turn, done, go
from storage import missing, places
from storage.audience import Unasked
from storage.places import Place

#: Letters of a neighbourhood's name; and neighbourhoods that one person may wait for at a time.
LONGEST, MOST = 60, 3
#: The button that leads here.
ROW: Row = (Choice("missing", Key("join.missing")),)


def begin(turn: Turn, _: str) -> Outcome:
    turn.draft["page"] = 0
    return go("missing" if "county" in turn.draft else "missing_county")


def ask_missing_county(turn: Turn) -> Reply:
    return Reply("missing-county", buttons=page_of(turn, places.province(turn.tx).id))


def choose_county(turn: Turn, about: str) -> Outcome:
    try:
        return _missing_in(turn, places.get(turn.tx, page_number(about)))
    except LookupError:
        raise Refusal("not-understood") from None


def search_county(turn: Turn, text: str) -> Outcome:
    one = meant(text, [place for place in found(turn, text, "/") if place.kind == "county"])
    if one is None:
        raise Refusal("join-county-unknown", name=cut(tidy(text), LONGEST))
    return _missing_in(turn, one)


def _missing_in(turn: Turn, chosen: Place) -> Outcome:
    if chosen.kind != "county":
        raise Refusal("not-understood")
    turn.draft["county"] = chosen.id
    return go("missing")


def ask_missing(turn: Turn) -> Reply:
    typed = str(turn.draft.get("typed", ""))
    # What they searched for is mostly the name: one tap instead of typing it again.
    buttons = ((Choice("typed", typed),),) if has_words(typed) else ()
    return Reply("missing-name", buttons=buttons)


def take_typed(turn: Turn, _: str) -> Outcome:
    return take_name(turn, str(turn.draft.get("typed", "")))


def take_name(turn: Turn, text: str) -> Outcome:
    """Note the name for the county's officers. Who asks for one that others wait for waits with them."""
    name = " ".join(tidy(text).split())
    if not has_words(name) or len(name) > LONGEST:
        raise Refusal("missing-name-long", n=LONGEST)
    chosen = places.get(turn.tx, turn.draft["county"])
    noted = Reply("missing-noted", {"name": name, "county": chosen.name})
    own = missing.of_person(turn.tx, turn.person.id)
    if any(one.county == chosen.id and place_key(one.name) == place_key(name) for one in own):
        return done(noted)
    if len(own) >= MOST:
        raise Refusal("missing-enough")
    number = missing.add(turn.tx, turn.person.id, chosen.id, name, turn.seconds)
    return done(noted, *_told(turn, number))


def _told(turn: Turn, number: int) -> list[Says]:
    """The officers get one card for a name; it counts those who wait."""
    added = missing.get(turn.tx, number)
    if added is None:
        raise LookupError(number)
    waiting = _missing.same(turn, added)
    card = _missing.card(turn, waiting)
    if len(waiting) > 1:
        return [Refresh(card.about, card)]
    return [Notice(person, card, Unasked.DUTY) for person in _missing.officers(turn, added.county)]


def turn_page(turn: Turn, page: str) -> Outcome:
    """Another page of the list that is open."""
    turn.draft["page"] = page_number(page)
    return go(turn.talk.step)


STEPS = {
    "missing_county": Step(ask_missing_county, text=search_county, choices={"place": choose_county, "page": turn_page}),
    "missing": Step(ask_missing, text=take_name, choices={"typed": take_typed}),
}
