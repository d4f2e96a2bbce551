"""Becoming a resident of a neighbourhood: the one place where membership changes hands."""

from __future__ import annotations

from domain.permissions import Role
from domain.richtext import Key
from handlers._shown import county, place_name
from handlers.talk import Act, Reply, Turn
from storage import people, places
from storage.places import Place


def enter(turn: Turn, chosen: Place, *, quietly: bool = False) -> Reply:
    """Join, or move here from another neighbourhood. `quietly`: they have read already that there is no council."""
    before = places.of_person(turn.tx, turn.person.id)
    values = {"neighborhood": place_name(chosen)}
    if before is not None and before.id == chosen.id:
        return Reply("joined-already", values)
    if before is not None:
        people.revoke(turn.tx, turn.person.id, Role.RESIDENT, before.id, turn.seconds)
    people.grant(turn.tx, turn.person.id, Role.RESIDENT, chosen.id, turn.seconds)
    without = Key("neighborhood-no-council", {"county": county(turn, chosen).name})
    more = () if chosen.has_council or quietly else (without,)
    if before is None:
        # Nobody is promised news that they have stopped.
        return Reply("joined-silent" if turn.person.stopped else "joined", values, more=more)
    return Reply("moved", values, more=more, buttons=((back_to(before),),))


def back_to(place: Place) -> Act:
    """The button that leads back to the neighbourhood somebody comes from."""
    return Act("join", "at", Key("join.back"), str(place.id))


def linked(turn: Turn, link: str) -> Place | None:
    """The one neighbourhood that a link leads to, if it leads to one without a question."""
    hits = places.linked(turn.tx, link, 2)
    return hits[0] if len(hits) == 1 and hits[0].kind == "neighborhood" else None
