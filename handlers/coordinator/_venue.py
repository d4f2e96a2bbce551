"""Asks where a meeting is held: in the council's house, where one was held before, or anywhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.incoming import Kind
from domain.persian import has_words, listed, tidy
from domain.richtext import Key
from handlers._shown import PAGE, in_short
from handlers.talk import Choice, Outcome, Refusal, Reply, Row, Step, Turn, go
from storage import meetings, places
from storage.places import Place

#: Letters of a place's words.
LONGEST_VENUE = 120


def fitting(text: str, most: int) -> str:
    """Somebody's words on one line, or the refusal that says how long they may be."""
    words = " ".join(tidy(text).split())
    if not has_words(words) or len(words) > most:
        raise Refusal("meeting-length", most=most)
    return words


def house(turn: Turn, place: Place) -> str:
    """The council's house and where it is; empty where none is known."""
    parts = [part for part in (place.house, place.address) if part]
    return listed(parts, turn.town.languages[0]) if parts else ""


@dataclass(frozen=True)
class Where:
    """The step `venue` of a talk whose draft knows the `place`, and how it goes on (`then`)."""

    then: Callable[[Turn], Outcome]

    def step(self) -> Step:
        return Step(
            _ask,
            text=self._typed,
            choices={"house": self._house, "at": self._earlier},
            kinds={Kind.LOCATION: self._spot},
        )

    def _house(self, turn: Turn, _: str) -> Outcome:
        place = places.get(turn.tx, turn.draft["place"])
        turn.draft.update({"venue": house(turn, place), "lat": place.lat, "lon": place.lon})
        return self.then(turn)

    def _earlier(self, turn: Turn, said: str) -> Outcome:
        found = [one for one in meetings.venues(turn.tx, turn.draft["place"], PAGE) if str(one.id) == said]
        if not found:
            raise Refusal("not-understood")
        turn.draft.update({"venue": found[0].venue, "lat": found[0].lat, "lon": found[0].lon})
        return self.then(turn)

    def _typed(self, turn: Turn, text: str) -> Outcome:
        spot = turn.draft.pop("spot", (None, None))
        turn.draft.update({"venue": fitting(text, LONGEST_VENUE), "lat": spot[0], "lon": spot[1]})
        return self.then(turn)

    def _spot(self, turn: Turn) -> Outcome:
        """Where it is on the map; the words for it are asked for."""
        turn.draft["spot"] = (turn.incoming.latitude, turn.incoming.longitude)
        return go("venue", Reply("meeting-spot-kept", edit=False))


def _ask(turn: Turn) -> Reply:
    own = house(turn, places.get(turn.tx, turn.draft["place"]))
    rows: list[Row] = [(Choice("house", Key("meeting-venue.house")),)] if own else []
    for one in meetings.venues(turn.tx, turn.draft["place"], PAGE):
        if one.venue != own:
            rows.append((Choice(f"at:{one.id}", in_short(one.venue)),))
    return Reply("meeting-venue", {"most": LONGEST_VENUE}, buttons=tuple(rows))
