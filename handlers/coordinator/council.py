"""How a council holds its meetings: whether enough of its members must be there, and whether they vote."""

from __future__ import annotations

from dataclasses import replace

from domain.council import MOST, needed
from domain.permissions import Do
from domain.persian import ascii_digits, tidy
from domain.richtext import Key
from handlers._shown import place_name
from handlers.coordinator._which import Which
from handlers.talk import Choice, Outcome, Refusal, Reply, Row, Step, Talk, Turn, go
from storage import council, places
from storage.council import Options
from storage.places import Place


def start(turn: Turn, rest: str) -> Outcome:
    """By its word, or from a meeting's card, which names the place by its number."""
    if rest.isascii() and rest.isdigit():
        return _WHICH.choose(turn, rest)
    return _WHICH.start(turn, rest)


def _of(turn: Turn, place: Place) -> Outcome:
    turn.draft["place"] = place.id
    return go("options")


_WHICH = Which(Do.MEET, _of)


def _place(turn: Turn) -> Place:
    place = places.get(turn.tx, turn.draft["place"])
    if not turn.may(Do.MEET, place.path):
        raise Refusal("not-allowed")
    return place


def ask(turn: Turn) -> Reply:
    place = _place(turn)
    chosen = council.options(turn.tx, place.id)
    n = needed(council.members(turn.tx, place.id, turn.seconds), chosen.number)
    on = Key("council-quorum-on" if chosen.number is None else "council-quorum-number", {"n": n})
    quorum = on if chosen.quorum else Key("council-off")
    votes = Key("council-votes-on") if chosen.votes else Key("council-off")
    rows: list[Row] = [
        (Choice("quorum", Key("council.quorum-off" if chosen.quorum else "council.quorum-on")),),
        (Choice("votes", Key("council.votes-off" if chosen.votes else "council.votes-on")),),
    ]
    if chosen.quorum and chosen.number is not None:
        rows.append((Choice("half", Key("council.half")),))
    more = (Key("council-number"),) if chosen.quorum else ()
    values = {"neighborhood": place_name(place), "quorum": quorum, "votes": votes}
    return Reply("council", values, more=more, buttons=tuple(rows))


def _choose(turn: Turn, **changed: object) -> Outcome:
    place = _place(turn)
    chosen: Options = replace(council.options(turn.tx, place.id), **changed)  # type: ignore[arg-type]
    council.choose(turn.tx, place.id, chosen)
    return go("options")


def take_quorum(turn: Turn, _: str) -> Outcome:
    return _choose(turn, quorum=not council.options(turn.tx, _place(turn).id).quorum)


def take_votes(turn: Turn, _: str) -> Outcome:
    return _choose(turn, votes=not council.options(turn.tx, _place(turn).id).votes)


def take_half(turn: Turn, _: str) -> Outcome:
    return _choose(turn, number=None)


def take_number(turn: Turn, text: str) -> Outcome:
    """How many must be there, typed."""
    figures = ascii_digits(tidy(text))
    if not (figures.isascii() and figures.isdigit() and len(figures) < 4 and 1 <= int(figures) <= MOST):
        raise Refusal("council-number-wrong", most=MOST)
    return _choose(turn, quorum=True, number=int(figures))


def lost(turn: Turn) -> Reply | None:
    """What is said when the role was taken away meanwhile."""
    place = places.get(turn.tx, turn.draft["place"]) if "place" in turn.draft else None
    return None if place is None or turn.may(Do.MEET, place.path) else Reply("not-allowed", keyboard=True)


talk = Talk(
    name="council",
    rule=Do.MEET,
    start=start,
    steps={
        "which": _WHICH.step,
        "options": Step(ask, text=take_number, choices={"quorum": take_quorum, "votes": take_votes, "half": take_half}),
    },
    lost=lost,
)
