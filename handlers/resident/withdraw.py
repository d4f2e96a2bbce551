"""Take a report back: its reporter only, and nobody follows it up any more."""

from __future__ import annotations

from domain.cases import Move, Part, may_move
from domain.permissions import Do
from domain.richtext import Key
from handlers._shown import about, card, public_title, title
from handlers.talk import Act, Choice, Notice, Outcome, Refresh, Refusal, Reply, Step, Talk, Turn, done, go
from storage import cases, jobs, public
from storage.audience import Unasked
from storage.cases import Case, Moved


def start(turn: Turn, rest: str) -> Outcome:
    if rest:
        return begin(turn, rest)
    return done(Reply("withdraw-which", buttons=((Act("mine", "open", Key("talk-mine")),),)))


def begin(turn: Turn, code: str) -> Outcome:
    turn.draft["code"] = _own(turn, code).code
    return go("confirm")


def _own(turn: Turn, code: str) -> Case:
    case = cases.by_code(turn.tx, code)
    if case is None or case.private or cases.part_of(turn.tx, case.id, turn.person.id) is not Part.REPORTER:
        raise Refusal("track-not-found")
    if not may_move(case.kind, case.state, Move.WITHDRAW):
        raise Refusal("withdraw-late")
    return case


def ask(turn: Turn) -> Reply:
    case = cases.by_code(turn.tx, str(turn.draft["code"]))
    if case is None:
        raise LookupError(turn.draft["code"])
    return Reply("withdraw-confirm", {"title": title(case)}, buttons=((Choice("yes", Key("withdraw-confirm.yes")),),))


def take_back(turn: Turn, _: str) -> Outcome:
    before = _own(turn, str(turn.draft["code"]))
    shared = public_title(turn, before)
    try:
        case = cases.move(turn.tx, before, Move.WITHDRAW, actor=turn.person.id, now=turn.seconds)
    except Moved:
        raise Refusal("withdraw-late") from None
    jobs.drop(turn.tx, f"ask:{case.id}")
    public.drop(turn.tx, case.id)
    news = Reply("case-withdrawn", {"title": shared}, buttons=((Act("report", "open", Key("talk-report")),),))
    joined = [Notice(person, news, Unasked.OWN_CASE) for person in cases.parties(turn.tx, case.id, Part.JOINED)]
    return done(Reply("withdrawn", {"title": title(case)}), *joined, Refresh(about(case), card(turn, case)))


talk = Talk(
    name="withdraw",
    rule=Do.TAKE_PART,
    start=start,
    steps={"confirm": Step(ask, choices={"yes": take_back})},
    actions={"begin": begin},
)
