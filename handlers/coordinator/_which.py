"""Asks whoever acts for several neighbourhoods which of them is meant; who acts for one is not asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.permissions import RULES, Do
from domain.persian import cut, tidy
from handlers._places import apart, found, meant, neighborhood, pages
from handlers._shown import PAGE, page_number
from handlers.talk import Outcome, Refusal, Reply, Step, Turn, done, go
from storage import places
from storage.places import Place

#: Letters of a name that is looked for.
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Which:
    """The start and the step `which` of a talk that does something (`then`) for one neighbourhood."""

    do: Do
    then: Callable[[Turn, Place], Outcome]

    @property
    def step(self) -> Step:
        return Step(self.ask, text=self.search, choices={"place": self.choose, "page": self.turn_page})

    def start(self, turn: Turn, rest: str) -> Outcome:
        """Alone, or with a place behind it: by its slugs or part of its name."""
        named = places.written(turn.tx, rest) if rest else None
        if named is not None and named.kind == "neighborhood" and turn.may(self.do, named.path):
            return self.then(turn, named)
        if rest:
            return self.search(turn, rest)
        inside = [
            place for path in self._paths(turn) for place in places.neighborhoods(turn.tx, path, offset=0, limit=2)
        ]
        if not inside:
            return done(Reply("which-none"))
        return self.then(turn, inside[0]) if len(inside) == 1 else go("which")

    def ask(self, turn: Turn) -> Reply:
        name = str(turn.draft.get("typed", ""))
        hits = self._named(turn, name) if name else []
        if hits:
            return Reply("which", buttons=apart(turn, hits))
        page = int(turn.draft.get("page", 0))
        paths = self._paths(turn)
        total = sum(places.count_neighborhoods(turn.tx, path) for path in paths)
        buttons = (*apart(turn, _page(turn, paths, page)), *pages(page, total))
        if name:
            return Reply("which-not-found", {"name": name}, buttons=buttons)
        return Reply("which", buttons=buttons)

    def search(self, turn: Turn, text: str) -> Outcome:
        one = meant(text, self._named(turn, text))
        if one is not None:
            return self.then(turn, one)
        turn.draft["typed"], turn.draft["page"] = cut(tidy(text), LONGEST), 0
        return go("which")

    def choose(self, turn: Turn, about: str) -> Outcome:
        place = neighborhood(turn, about)
        if not turn.may(self.do, place.path):
            raise Refusal("not-understood")
        return self.then(turn, place)

    def turn_page(self, turn: Turn, page: str) -> Outcome:
        turn.draft.pop("typed", None)
        turn.draft["page"] = page_number(page)
        return go("which")

    def _paths(self, turn: Turn) -> list[str]:
        """Where this person may do it, without what lies inside another of these."""
        paths = sorted({seat.path for seat in turn.seats if seat.role in RULES[self.do]})
        return [path for path in paths if not any(path != other and path.startswith(other) for other in paths)]

    def _named(self, turn: Turn, text: str) -> list[Place]:
        hits = [place for path in self._paths(turn) for place in found(turn, text, path)]
        return [place for place in hits if place.kind == "neighborhood"][:PAGE]


def _page(turn: Turn, paths: list[str], page: int) -> list[Place]:
    """One page of all neighbourhoods under these paths, path by path."""
    left, here = page * PAGE, list[Place]()
    for path in paths:
        here += places.neighborhoods(turn.tx, path, offset=left, limit=PAGE - len(here))
        left = max(0, left - places.count_neighborhoods(turn.tx, path))
    return here
