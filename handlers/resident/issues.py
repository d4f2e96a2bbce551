"""What the neighbourhood's people may see of its open cases, and «the same for me»."""

from __future__ import annotations

from domain.cases import State
from domain.permissions import Do
from domain.persian import cut
from domain.richtext import Key
from handlers._shown import LABEL, PAGE, day, page_number, pager, place_name
from handlers.resident._public import shown
from handlers.talk import Act, Outcome, Refusal, Reply, Row, Talk, Turn, done
from storage import cases, places, public
from storage.public import PublicCase


def start(turn: Turn, _: str) -> Outcome:
    return done(_list(turn, 0))


def turn_page(turn: Turn, about: str) -> Outcome:
    return done(_list(turn, page_number(about), edit=True))


def _list(turn: Turn, page: int, *, edit: bool | None = None) -> Reply:
    here = places.of_person(turn.tx, turn.person.id)
    if here is None:
        return Reply("issues-nowhere", buttons=((Act("join", "open", Key("talk-join")),),))
    total = public.count_open_at(turn.tx, here.path)
    if not total:
        report = Act("report", "open", Key("talk-report"))
        return Reply("issues-none", {"neighborhood": place_name(here)}, buttons=((report,),), edit=edit)
    found = public.open_at(turn.tx, here.path, offset=page * PAGE, limit=PAGE)
    lines = tuple(Key("issues-line", {"title": one.title, "due": day(one.due or one.since)}) for one in found)
    rows: tuple[Row, ...] = tuple((Act("issues", "show", cut(one.title, LABEL), one.code),) for one in found)
    return Reply(
        "issues",
        {"n": total, "neighborhood": place_name(here)},
        more=lines,
        buttons=(*rows, *pager("issues", "page", "", page, total)),
        edit=edit,
    )


def _open(turn: Turn, code: str) -> PublicCase:
    case = cases.by_code(turn.tx, code)
    found = public.of(turn.tx, case.id) if case is not None else None
    if found is None:
        raise Refusal("issues-gone")
    return found


def show(turn: Turn, code: str) -> Outcome:
    return done(shown(turn, _open(turn, code)))


def same(turn: Turn, code: str) -> Outcome:
    """«The same for me»: this person hears every later news of it, once."""
    found = _open(turn, code)
    if found.state is not State.ACCEPTED:
        raise Refusal("issues-gone")
    if not cases.join(turn.tx, found.case, turn.person.id, turn.seconds):
        return done(Reply("issues-already", {"title": found.title}))
    return done(Reply("issues-joined", {"title": found.title, "due": day(found.due or found.since)}))


talk = Talk(
    name="issues",
    rule=Do.TAKE_PART,
    command="issues",
    start=start,
    actions={"page": turn_page, "show": show, "same": same},
)
