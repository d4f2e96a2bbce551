"""Asks which of the places that somebody acts for is meant: pressed, or looked for by part of its name inside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from domain.permissions import Do
from domain.persian import search_key
from handlers._shown import PAGE, page_number
from handlers.broadcasting import area, own_places
from handlers.talk import Choice, Outcome, Refusal, Reply, Row, Step, Take, Turn, go
from storage import places
from storage.places import Place


def _nothing(_: Turn) -> tuple[Row, ...]:
    return ()


@dataclass(frozen=True)
class OwnPlace:
    """The step `place` of a talk that does something (`do`) for one place, and how it goes on (`then`).

    `asked` and `none` are the sentences that ask and that say there is none such; `more` are further buttons, whose
    choices are `choices`. A settlement, for which no body speaks, can be meant only where `settlements` says so.
    """

    do: Do
    asked: str
    none: str
    then: Callable[[Turn, Place], Outcome]
    settlements: bool = True
    more: Callable[[Turn], tuple[Row, ...]] = _nothing
    choices: Mapping[str, Take] = field(default_factory=dict)

    def begin(self, turn: Turn) -> Outcome:
        """Ask only those who have a choice."""
        own = own_places(turn, self.do)
        return self.at(turn, own[0]) if len(own) == 1 and own[0].kind == "neighborhood" else go("place")

    def step(self) -> Step:
        return Step(self._ask, text=self._search, choices={"at": self.take, **self.choices})

    def at(self, turn: Turn, place: Place) -> Outcome:
        """Go on there, if they may. Whoever comes here by a button's data may have forged it."""
        if not turn.may(self.do, place.path) or not self._fits(place):
            raise Refusal(self.none)
        turn.draft.pop("found", None)
        return self.then(turn, place)

    def take(self, turn: Turn, number: str) -> Outcome:
        try:
            return self.at(turn, places.get(turn.tx, page_number(number)))
        except LookupError:
            raise Refusal(self.none) from None

    def _fits(self, place: Place) -> bool:
        return self.settlements or place.kind != "settlement"

    def _ask(self, turn: Turn) -> Reply:
        found = [places.get(turn.tx, place) for place in turn.draft.get("found", [])]
        offered = (found or own_places(turn, self.do))[:PAGE]
        rows = tuple((Choice(f"at:{place.id}", area(place)),) for place in offered)
        return Reply(self.asked, buttons=(*rows, *self.more(turn)))

    def _search(self, turn: Turn, text: str) -> Outcome:
        key = search_key(text)
        found: dict[int, Place] = {}
        for own in own_places(turn, self.do) if key else ():
            hits = places.search(turn.tx, key, under=own.path, limit=PAGE)
            found |= {place.id: place for place in hits if self._fits(place)}
        if not found:
            raise Refusal(self.none)
        if len(found) == 1:
            return self.at(turn, next(iter(found.values())))
        turn.draft["found"] = list(found)[:PAGE]
        return go("place")
