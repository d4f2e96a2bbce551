"""Asks whom an announcement is for: a kind of people, several neighbourhoods, or those who come to a meeting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.permissions import Do
from domain.richtext import Key
from handlers._meetings import name as meeting_name
from handlers._meetings import time_text
from handlers._places import found, pages
from handlers._shown import PAGE, page_number, place_name
from handlers.broadcasting import own_places
from handlers.talk import Choice, Outcome, Refusal, Reply, Row, Step, Turn, go
from storage import broadcasts, meetings, places
from storage.broadcasts import GOING
from storage.meetings import Meeting
from storage.places import Place

_LABELS = {
    "residents": Key("broadcast-who-residents.label"),
    "council": Key("broadcast-who-council.label"),
    "coordinators": Key("broadcast-who-coordinators.label"),
    "officers": Key("broadcast-who-officers.label"),
}
#: Meetings that are offered: those to come, and those that were lately.
COMING, PAST = 5, 3


@dataclass(frozen=True)
class Readers:
    """The steps `who`, `several` and `meeting` of a talk, and how it goes on (`then`)."""

    then: Callable[[Turn], Outcome]

    def steps(self) -> dict[str, Step]:
        picks = {"pick": self._pick, "page": _turn_page, "all": self._all, "enough": self._enough}
        return {
            "who": Step(_ask_who, choices={"for": self._take, "several": several, "meeting": self._meetings}),
            "several": Step(_ask_several, text=self._typed, choices=picks),
            "meeting": Step(_ask_meeting, choices={"of": self._of}),
        }

    # --- a kind of people ---------------------------------------------------------------------------------------------

    def _take(self, turn: Turn, who: str) -> Outcome:
        if who not in _groups(turn):
            raise Refusal("not-understood")
        turn.draft["who"] = who
        turn.draft.pop("going", None)
        return self.then(turn)

    # --- those of a meeting -------------------------------------------------------------------------------------------

    def _meetings(self, turn: Turn, _: str) -> Outcome:
        if not _meetings(turn):
            raise Refusal("broadcast-no-meeting")
        return go("meeting")

    def _of(self, turn: Turn, number: str) -> Outcome:
        chosen = [one for one in _meetings(turn) if str(one.id) == number]
        if not chosen:
            raise Refusal("not-understood")
        turn.draft.update({"who": GOING, "going": chosen[0].id})
        turn.draft.pop("chosen", None)
        return self.then(turn)

    # --- several neighbourhoods ---------------------------------------------------------------------------------------

    def _pick(self, turn: Turn, number: str) -> Outcome:
        try:
            place = places.get(turn.tx, page_number(number))
        except LookupError:
            raise Refusal("not-understood") from None
        return _toggled(turn, place)

    def _typed(self, turn: Turn, text: str) -> Outcome:
        """Part of a name picks the neighbourhood that is called so."""
        hits = [place for place in found(turn, text, _among(turn)) if _may_be(turn, place)]
        if len(hits) != 1:
            raise Refusal("broadcast-place-none" if not hits else "broadcast-place-many")
        return _toggled(turn, hits[0])

    def _all(self, turn: Turn, _: str) -> Outcome:
        """Everywhere: the county itself, or each of one's own."""
        if "county" in turn.draft:
            turn.draft.update({"place": turn.draft["county"], "chosen": []})
            return self._go_on(turn)
        turn.draft["chosen"] = [place.id for place in _own(turn)]
        return self._enough(turn, "")

    def _enough(self, turn: Turn, _: str) -> Outcome:
        chosen = [places.get(turn.tx, number) for number in turn.draft.get("chosen", [])]
        if not chosen or not all(_may_be(turn, place) for place in chosen):
            raise Refusal("broadcast-none-chosen")
        turn.draft["place"] = turn.draft.get("county", chosen[0].id)
        if len(chosen) == 1:
            turn.draft.update({"place": chosen[0].id, "chosen": []})
        return self._go_on(turn)

    def _go_on(self, turn: Turn) -> Outcome:
        turn.draft.pop("picked_page", None)
        if turn.draft.get("who") not in ("residents", "council"):
            turn.draft["who"] = "residents"
        return self.then(turn)


def _ask_who(turn: Turn) -> Reply:
    rows: list[Row] = [(Choice(f"for:{who}", _LABELS[who]),) for who in _groups(turn)]
    if _county(turn) is not None or len(_own(turn)) > 1:
        rows.append((Choice("several", Key("broadcast-who.several")),))
    if not turn.draft.get("chosen"):
        rows.append((Choice("meeting", Key("broadcast-who.meeting")),))
    return Reply("broadcast-who", buttons=tuple(rows))


def _groups(turn: Turn) -> list[str]:
    """Whom one can write to there: those whose place lies in it."""
    place = places.get(turn.tx, turn.draft["place"])
    if place.kind == "province":
        return list(_LABELS)
    if place.kind == "neighborhood" or turn.draft.get("chosen"):
        return ["residents", "council"]
    return ["residents", "council", "coordinators"]


def _meetings(turn: Turn) -> list[Meeting]:
    path = places.get(turn.tx, turn.draft["place"]).path
    lately = meetings.held(turn.tx, path, turn.seconds, limit=PAST)
    return [*meetings.coming(turn.tx, path, turn.seconds, limit=COMING), *lately]


def _ask_meeting(turn: Turn) -> Reply:
    rows: list[Row] = []
    for one in _meetings(turn):
        values = {"what": meeting_name(turn, one), "time": time_text(one.starts)}
        rows.append((Choice(f"of:{one.id}", Key("broadcast-meeting-of", values)),))
    return Reply("broadcast-meeting", buttons=tuple(rows))


def several(turn: Turn, _: str) -> Outcome:
    """Choose among one's own neighbourhoods, or among those of the county that was chosen before."""
    county = _county(turn)
    if county is None and len(_own(turn)) < 2:
        raise Refusal("not-understood")
    turn.draft.pop("county", None)
    if county is not None:
        turn.draft["county"] = county.id
    turn.draft["picked_page"] = 0
    return go("several")


def _county(turn: Turn) -> Place | None:
    """The county whose neighbourhoods there are to choose from."""
    number = turn.draft.get("county", turn.draft.get("place"))
    place = places.get(turn.tx, number) if number is not None else None
    return place if place is not None and place.kind == "county" and turn.may(Do.BROADCAST, place.path) else None


def _own(turn: Turn) -> list[Place]:
    return [place for place in own_places(turn) if place.kind == "neighborhood"]


def _among(turn: Turn) -> str:
    return places.get(turn.tx, turn.draft["county"]).path if "county" in turn.draft else "/"


def _may_be(turn: Turn, place: Place) -> bool:
    """Whether somebody may choose this one here."""
    there = place.kind == "neighborhood" and place.path.startswith(_among(turn))
    return there and turn.may(Do.BROADCAST, place.path)


def _toggled(turn: Turn, place: Place) -> Outcome:
    if not _may_be(turn, place):
        raise Refusal("not-understood")
    chosen = list(turn.draft.get("chosen", []))
    turn.draft["chosen"] = [one for one in chosen if one != place.id] if place.id in chosen else [*chosen, place.id]
    return go("several")


def _turn_page(turn: Turn, page: str) -> Outcome:
    turn.draft["picked_page"] = page_number(page)
    return go("several")


def _ask_several(turn: Turn) -> Reply:
    page, chosen = int(turn.draft.get("picked_page", 0)), turn.draft.get("chosen", [])
    if "county" in turn.draft:
        path = _among(turn)
        total = places.count_neighborhoods(turn.tx, path)
        shown = places.neighborhoods(turn.tx, path, offset=page * PAGE, limit=PAGE)
    else:
        own = _own(turn)
        total, shown = len(own), own[page * PAGE : (page + 1) * PAGE]
    rows: list[Row] = []
    for place in shown:
        label = Key("broadcast-picked", {"place": place_name(place)}) if place.id in chosen else place_name(place)
        rows.append((Choice(f"pick:{place.id}", label),))
    last: Row = (Choice("all", Key("broadcast-several-ask.all")),)
    if chosen:
        last = (Choice("enough", Key("broadcast-several-ask.enough")), *last)
    return Reply("broadcast-several-ask", {"n": len(chosen)}, buttons=(*rows, *pages(page, total), last))


def to_of(turn: Turn) -> broadcasts.To:
    """Whom the draft is for, more exactly than its place and kind of people say."""
    draft = turn.draft
    return broadcasts.To(tuple(draft.get("chosen", [])), draft.get("going"), draft.get("urgent", ""))
