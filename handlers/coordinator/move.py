"""Move a case to the neighbourhood it belongs to: its people take it over, and the resident is told."""

from __future__ import annotations

from domain.cases import Move
from domain.codes import as_code
from domain.permissions import Do
from domain.persian import cut, tidy
from domain.richtext import Key
from handlers._places import apart, found, meant, neighborhood
from handlers._shown import LABEL, PAGE, about, day, holder, keep_name, place_name, tell_moderators, tell_parties, title
from handlers.coordinator._decide import begun, drafted, first_wins, lost, settled, unchanged
from handlers.talk import Choice, Outcome, Refresh, Refusal, Reply, Row, Step, Talk, Turn, Values, done, go
from storage import cards, cases, places
from storage.cases import Case
from storage.places import Place


@first_wins
def start(turn: Turn, rest: str) -> Outcome:
    """`/move CODE PLACE`: at once, when the place is written as `county/neighborhood` or its name is the only one."""
    code, name = [*rest.split(maxsplit=1), "", ""][:2]
    if as_code(code) is None or not name:
        raise Refusal("move-usage")
    case = begun(turn, code)
    exact = places.written(turn.tx, name)
    chosen = exact if exact is not None and exact.kind == "neighborhood" else _named(turn, case, name)
    return _move(turn, chosen)


@first_wins
def begin(turn: Turn, code: str) -> Outcome:
    begun(turn, code)
    return go("where")


def ask_where(turn: Turn) -> Reply:
    """Part of a name finds it; until then, what lies beside the present one is offered."""
    case = drafted(turn)
    hits = [places.get(turn.tx, number) for number in turn.draft.get("hits", [])]
    return Reply("move-where", {"title": title(case)}, buttons=apart(turn, hits or _beside(turn, case)))


def _beside(turn: Turn, case: Case) -> list[Place]:
    parent = places.get(turn.tx, case.place).parent
    near = places.inside(turn.tx, parent, limit=PAGE + 1) if parent is not None else []
    return [place for place in near if place.id != case.place][:PAGE]


def search(turn: Turn, text: str) -> Outcome:
    case = drafted(turn)
    hits = _hits(turn, case, text)
    one = meant(text, hits)
    if one is not None:
        return _chosen(turn, one)
    turn.draft["hits"] = [place.id for place in hits]
    return go("where")


def _hits(turn: Turn, case: Case, text: str) -> list[Place]:
    """Neighbourhoods called so: those of the same county first, then anywhere."""
    under = f"/{case.path.strip('/').split('/')[0]}/"
    for path in (under, "/"):
        hits = [place for place in found(turn, text, path) if place.kind == "neighborhood" and place.id != case.place]
        if hits:
            return hits
    raise Refusal("join-not-found", name=cut(tidy(text), LABEL))


def _named(turn: Turn, case: Case, name: str) -> Place:
    one = meant(name, _hits(turn, case, name))
    if one is None:
        raise Refusal("move-several", name=cut(tidy(name), LABEL))
    return one


def choose(turn: Turn, number: str) -> Outcome:
    return _chosen(turn, neighborhood(turn, number))


def _chosen(turn: Turn, place: Place) -> Outcome:
    turn.draft["to"] = place.id
    return go("confirm")


def ask_confirm(turn: Turn) -> Reply:
    to = places.get(turn.tx, turn.draft["to"])
    values: Values = {"title": title(drafted(turn)), "neighborhood": place_name(to)}
    row: Row = (Choice("move", Key("move-confirm.move")),)
    return Reply("move-confirm", values, buttons=(row,))


@first_wins
def confirm(turn: Turn, _: str) -> Outcome:
    return _move(turn, places.get(turn.tx, turn.draft["to"]))


def _move(turn: Turn, to: Place) -> Outcome:
    before = unchanged(turn)
    if to.id == before.place:
        raise Refusal("move-same", neighborhood=place_name(to))
    due = int(turn.town.calendar.due(turn.now, turn.town.first_answer_days).timestamp())
    keep_name(turn)
    case = cases.move(turn.tx, before, Move.MOVE, actor=turn.person.id, now=turn.seconds, due=due, to=to)
    settled(turn, case)
    there = place_name(to)
    told: Values = {
        "title": title(case),
        "neighborhood": there,
        "due": day(due),
        "holder": holder(turn, case),
    }
    return done(
        Reply("move-done", {"title": title(case), "neighborhood": there}),
        _old_cards(turn, case, to),
        *tell_parties(turn, case, Reply("case-moved", told)),
        *tell_moderators(turn, case),
    )


def _old_cards(turn: Turn, case: Case, to: Place) -> Refresh:
    """What those had who decided before: it says where the case went, and shows nothing of its later life."""
    left = f"{about(case)}:left:{case.version}"
    cards.part(turn.tx, about(case), left)
    where: Values = {"title": title(case), "neighborhood": place_name(to)}
    return Refresh(left, Reply("card-moved", where, about=left))


talk = Talk(
    name="move",
    rule=Do.MODERATE,
    command="move",
    start=start,
    steps={
        "where": Step(ask_where, text=search, choices={"place": choose}),
        "confirm": Step(ask_confirm, choices={"move": confirm}),
    },
    actions={"begin": begin},
    lost=lost,
)
