"""A neighbourhood that somebody did not find, as the county's officers see it: pieces that both sides share."""

from __future__ import annotations

from domain.permissions import Role
from domain.persian import place_key
from domain.richtext import Key
from handlers._shown import place_name
from handlers.talk import Act, Reply, Work
from storage import audience, missing, places
from storage.audience import Audience, Unasked
from storage.missing import Missing


def same(work: Work, one: Missing) -> list[Missing]:
    """Everybody in the county who waits for the same name, the first to ask before the others."""
    key = place_key(one.name)
    return [other for other in missing.open_in(work.tx, one.county) if place_key(other.name) == key]


def officers(work: Work, county: int) -> list[int]:
    """Who answers: the county's officers; where there are none, the province."""
    path = places.get(work.tx, county).path
    for role in (Role.COUNTY_OFFICER, Role.PROVINCE_ADMIN):
        found = audience.members(work.tx, Audience(path, (role,), Unasked.DUTY), work.seconds)
        if found:
            return found
    return []


def card(work: Work, waiting: list[Missing]) -> Reply:
    """The question of those who wait for one name, with what can be done about it."""
    first = waiting[0]
    values = {"county": place_name(places.get(work.tx, first.county)), "name": first.name, "n": len(waiting)}
    buttons = (
        (
            Act("missing", "pick", Key("missing-card.pick"), str(first.id)),
            Act("missing", "write", Key("missing-card.write"), str(first.id)),
        ),
    )
    return Reply("missing-card", values, buttons=buttons, about=f"missing:{first.id}")
