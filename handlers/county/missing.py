"""Answer those who did not find their neighbourhood: name one of the list for them, or write a sentence."""

from __future__ import annotations

from domain.permissions import RULES, Do
from domain.persian import cut, has_words, place_key, tidy
from domain.richtext import Key
from handlers import _missing
from handlers._places import found, listed, neighborhood
from handlers._shown import LABEL, PAGE, keep_name, name_of, page_number, pager, place_name
from handlers.talk import Act, Notice, Outcome, Refresh, Refusal, Reply, Row, Step, Talk, Turn, Work, done, go
from storage import missing, places
from storage.audience import Unasked
from storage.missing import Answer, Missing
from storage.places import Place

#: Letters of an answer, at least and at most; of a name that is looked for.
SHORTEST, LONGEST, LONGEST_NAME = 5, 300, 60
#: Places of one name that are offered, and places with the name in theirs among which they are looked for.
MOST_NAMED, SEARCHED = 4, 100


# --- what waits -----------------------------------------------------------------------------------------------------


def start(turn: Turn, _: str) -> Outcome:
    return done(_list(turn, 0))


def turn_page(turn: Turn, about: str) -> Outcome:
    return done(_list(turn, page_number(about), edit=True))


def _list(turn: Turn, page: int, *, edit: bool | None = None) -> Reply:
    paths = [seat.path for seat in turn.seats if seat.role in RULES[Do.ANSWER_MISSING]]
    names: dict[tuple[int, str], Missing] = {}
    for one in missing.open_under(turn.tx, paths):
        names.setdefault((one.county, place_key(one.name)), one)
    if not names:
        return Reply("missing-none", edit=edit)
    here = list(names.values())[page * PAGE : (page + 1) * PAGE]
    rows: tuple[Row, ...] = tuple((Act("missing", "show", cut(one.name, LABEL), str(one.id)),) for one in here)
    buttons = (*rows, *pager("missing", "page", "", page, len(names)))
    return Reply("missing-list", {"n": len(names)}, buttons=buttons, edit=edit)


def show(turn: Turn, about: str) -> Outcome:
    waiting = _waiting(turn, about)
    return done(_missing.card(turn, waiting) if waiting else _taken(turn, about))


def _taken(turn: Turn, about: str) -> Reply:
    """Who was faster, for the one who was not."""
    one = missing.get(turn.tx, page_number(about))
    if one is not None and one.answer is Answer.LISTED:
        return Reply("missing-listed", {"name": one.name})
    return Reply("missing-taken", {"who": name_of(turn, one.answered_by if one else None)})


def _waiting(turn: Turn, about: str) -> list[Missing]:
    """Those who wait for the name a button is about; nobody when it was answered. One that lies elsewhere is as unknown
    as one that is not there."""
    one = missing.get(turn.tx, page_number(about))
    if one is None or not turn.may(Do.ANSWER_MISSING, places.get(turn.tx, one.county).path):
        raise Refusal("button-old")
    return [] if one.answered_at is not None else _missing.same(turn, one)


def _drafted(turn: Turn) -> Missing:
    found = missing.get(turn.tx, int(turn.draft["missing"]))
    if found is None:
        raise LookupError(turn.draft["missing"])
    return found


def _begin(turn: Turn, about: str, step: str) -> Outcome:
    waiting = _waiting(turn, about)
    if not waiting:
        return done(_taken(turn, about))
    turn.draft["missing"] = waiting[0].id
    return go(step)


# --- it is in the list ------------------------------------------------------------------------------------------------


def pick(turn: Turn, about: str) -> Outcome:
    return _begin(turn, about, "pick")


def ask_pick(turn: Turn) -> Reply:
    one = _drafted(turn)
    path = places.get(turn.tx, one.county).path
    name = str(turn.draft.get("typed", one.name))
    hits = [place for place in found(turn, name, path) if place.kind == "neighborhood"]
    return Reply("missing-pick", {"name": one.name}, buttons=listed(hits))


def search(turn: Turn, text: str) -> Outcome:
    path = places.get(turn.tx, _drafted(turn).county).path
    if not any(place.kind == "neighborhood" for place in found(turn, text, path)):
        raise Refusal("missing-pick-none")
    turn.draft["typed"] = cut(tidy(text), LONGEST_NAME)
    return go("pick")


def choose(turn: Turn, about: str) -> Outcome:
    chosen = neighborhood(turn, about)
    one = _drafted(turn)
    county = places.get(turn.tx, one.county)
    if not chosen.path.startswith(county.path):
        raise Refusal("not-understood")
    values = {"county": county.name, "name": one.name, "neighborhood": place_name(chosen)}
    buttons = ((Act("join", "at", Key("missing-found.join"), str(chosen.id)),),)
    return _answer(turn, Reply("missing-found", values, buttons=buttons), Answer.NAMED)


# --- a sentence -------------------------------------------------------------------------------------------------------


def write(turn: Turn, about: str) -> Outcome:
    return _begin(turn, about, "write")


def ask_write(turn: Turn) -> Reply:
    return Reply("missing-write", {"name": _drafted(turn).name})


def take_answer(turn: Turn, text: str) -> Outcome:
    words = tidy(text)
    if not has_words(words) or not SHORTEST <= len(words) <= LONGEST:
        raise Refusal("missing-write-length", n=LONGEST)
    one = _drafted(turn)
    county = places.get(turn.tx, one.county)
    said = Reply("missing-said", {"county": county.name, "name": one.name, "answer": words})
    return _answer(turn, said, Answer.SAID)


def _answer(turn: Turn, reply: Reply, how: Answer) -> Outcome:
    """The same answer to everybody who waits for this name; whoever answers first wins."""
    about = str(turn.draft["missing"])
    told, closed = _close(turn, _waiting(turn, about), how, turn.person.id)
    if not told:
        return done(_taken(turn, about))
    keep_name(turn)
    notices = [Notice(person, reply, Unasked.OWN_CASE) for person in told if person is not None]
    return done(Reply("missing-sent", {"n": len(told)}), *notices, *closed)


def _close(work: Work, waiting: list[Missing], how: Answer, by: int | None) -> tuple[list[int | None], list[Refresh]]:
    """Note the answer for each who waits: those whom nobody was faster to answer, and the officers' cards as they are
    to read now."""
    told = [one.person for one in waiting if missing.answered(work.tx, one.id, work.seconds, how, by)]
    if not told:
        return [], []
    card = _missing.card(work, waiting)
    done_with = Reply("missing-done", {"county": card.values["county"], "name": waiting[0].name}, about=card.about)
    return told, [Refresh(card.about, done_with)]


# --- a list brings it -------------------------------------------------------------------------------------------------


def tell_listed(work: Work, ids: dict[str, int]) -> list[Notice | Refresh]:
    """A list of places has brought one that people did not find: they are told once, and join with one press."""
    one = missing.get(work.tx, ids["missing"])
    if one is None or one.answered_at is not None:
        return []
    county, key = places.get(work.tx, one.county), place_key(one.name)
    alike = places.search(work.tx, key, under=county.path, limit=SEARCHED)
    hits = [place for place in alike if place.kind == "neighborhood" and place_key(place.name) == key][:MOST_NAMED]
    if not hits:
        return []
    told, closed = _close(work, _missing.same(work, one), Answer.LISTED, None)
    reply = _listed(work, one, hits)
    return [*(Notice(person, reply, Unasked.OWN_CASE) for person in told if person is not None), *closed]


def _listed(work: Work, one: Missing, hits: list[Place]) -> Reply:
    other = (Act("join", "open", Key("missing-listed-found.other")),)
    if len(hits) == 1:
        join = (Act("join", "at", Key("missing-found.join"), str(hits[0].id)),)
        return Reply("missing-listed-found", {"neighborhood": place_name(hits[0])}, buttons=(join, other))
    rows: list[Row] = [(Act("join", "at", _with_settlement(work, place), str(place.id)),) for place in hits]
    return Reply("missing-listed-several", {"name": one.name}, buttons=(*rows, other))


def _with_settlement(work: Work, place: Place) -> Key:
    """Two of one name in a county are told apart by where they lie."""
    inside = places.get(work.tx, place.parent or place.id)
    return Key("place-in", {"place": place_name(place), "county": place_name(inside)})


talk = Talk(
    name="missing",
    rule=Do.ANSWER_MISSING,
    start=start,
    steps={
        "pick": Step(ask_pick, text=search, choices={"place": choose}),
        "write": Step(ask_write, text=take_answer),
    },
    actions={"page": turn_page, "show": show, "pick": pick, "write": write},
    jobs={"missing-listed": tell_listed},
)
