"""Where a report is about: the place that was sent or described, and the neighbourhood it belongs to."""

from __future__ import annotations

from domain.richtext import Key
from handlers._shown import place_name
from handlers.talk import Choice, Refusal, Reply, Turn
from storage import missing, places
from storage.places import Place

#: Metres from a place to the council's house within which it is taken to lie there. Beyond, the resident is asked.
NEAR_M = 3000


def ask(_: Turn) -> Reply:
    """The question; the place itself may be sent or described, so the only button is for neither."""
    return Reply("where", buttons=((Choice("nowhere", Key("where.none")),),))


def sent(turn: Turn) -> None:
    """Take the place that this message carries. It decides the neighbourhood, if one lies near."""
    lat, lon = turn.incoming.latitude, turn.incoming.longitude
    if lat is None or lon is None:
        raise Refusal("kind-not-taken")
    turn.draft["lat"], turn.draft["lon"] = round(lat, 5), round(lon, 5)
    turn.draft.setdefault("where", "")
    near = places.nearest(turn.tx, lat, lon, limit=1, within_m=NEAR_M)
    turn.draft.pop("neighborhood", None)
    if near:
        turn.draft["neighborhood"] = near[0].id


def drop(turn: Turn) -> None:
    """Forget what was said about it: another answer is coming."""
    for key in ("neighborhood", "lat", "lon", "where"):
        turn.draft.pop(key, None)


def neighborhood(turn: Turn) -> Place | None:
    """The place of a report decides its neighbourhood; without one, the neighbourhood that the resident has joined."""
    if "neighborhood" in turn.draft:
        return places.get(turn.tx, turn.draft["neighborhood"])
    return places.of_person(turn.tx, turn.person.id) or _looked_for(turn)


def _looked_for(turn: Turn) -> Place | None:
    """The county where somebody's own neighbourhood is being looked for: their report does not wait for that."""
    waiting = missing.of_person(turn.tx, turn.person.id)
    return places.get(turn.tx, waiting[0].county) if waiting else None


def elsewhere(turn: Turn) -> Reply:
    """That the place lies in another neighbourhood than the resident's own. Raises `KeyError` when none was decided."""
    found = places.get(turn.tx, turn.draft["neighborhood"])
    return Reply("elsewhere", {"neighborhood": place_name(found)})
