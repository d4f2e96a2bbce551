"""Asks whose meeting it is: only those who lead in several places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.permissions import RULES, Do
from domain.persian import search_key
from handlers._places import apart, meant, pages
from handlers._shown import PAGE, page_number
from handlers.talk import Outcome, Refusal, Reply, Step, Turn, go
from storage import places
from storage.places import Place

#: Letters of a name that is looked for.
LONGEST = 60


def own_places(turn: Turn) -> list[Place]:
    """The places in which somebody may call a meeting."""
    seats = sorted({(seat.path, seat.place) for seat in turn.seats if seat.role in RULES[Do.MEET]})
    return [places.get(turn.tx, place) for _, place in seats]


@dataclass(frozen=True)
class Whose:
    """The step `place` of a talk, and how it goes on (`then`)."""

    then: Callable[[Turn, Place], Outcome]

    def step(self) -> Step:
        return Step(_ask, text=self._search, choices={"place": self._take, "page": _turn_page})

    def _search(self, turn: Turn, text: str) -> Outcome:
        """What can only mean one place is that place."""
        place = meant(text, _hits(own_places(turn), text))
        if place is not None:
            return self.then(turn, place)
        turn.draft.update({"typed": text[:LONGEST], "page": 0})
        return go("place")

    def _take(self, turn: Turn, said: str) -> Outcome:
        found = [place for place in own_places(turn) if str(place.id) == said]
        if not found:
            raise Refusal("not-understood")
        return self.then(turn, found[0])


def _ask(turn: Turn) -> Reply:
    own, page, typed = own_places(turn), int(turn.draft.get("page", 0)), str(turn.draft.get("typed", ""))
    hits = _hits(own, typed) if typed else own
    shown = hits or own
    rows = apart(turn, shown[page * PAGE : (page + 1) * PAGE])
    return Reply("meeting-place" if hits else "meeting-place-none", buttons=(*rows, *pages(page, len(shown))))


def _hits(own: list[Place], typed: str) -> list[Place]:
    return [place for place in own if search_key(typed) in search_key(place.name)]


def _turn_page(turn: Turn, page: str) -> Outcome:
    turn.draft["page"] = page_number(page)
    return go("place")
