"""What everything that is done about a case shares: finding it, scope, and being told who was faster."""

from __future__ import annotations

from functools import wraps

from domain.cases import UNDECIDED, Move
from domain.codes import as_code
from domain.permissions import Do
from domain.richtext import Key
from handlers._shown import about, card, name_of, place_name, staff_state, title
from handlers.talk import Act, Outcome, Refresh, Refusal, Reply, Take, Turn, Work, done
from storage import cases, jobs, places
from storage.cases import Case, Moved

#: Moves that no colleague makes.
_NOT_A_COLLEAGUE = frozenset({Move.SUBMIT, Move.ANSWER, Move.TIME_OUT, Move.WITHDRAW})


class Faster(Exception):
    """Somebody did something about this case meanwhile."""

    def __init__(self, case: Case) -> None:
        super().__init__(case.code)
        self.case = case


class Elsewhere(Exception):
    """This case was in one's scope and is no longer."""

    def __init__(self, case: Case) -> None:
        super().__init__(case.code)
        self.case = case


def in_scope(turn: Turn, code: str) -> Case:
    """The case with this code, for those who decide there. One that is elsewhere is as unknown as one that is not,
    unless it was here once: then `Elsewhere` says where it went."""
    found = cases.by_code(turn.tx, as_code(code) or "")
    if found is None:
        raise Refusal("track-not-found")
    if turn.may(Do.MODERATE, found.path):
        return found
    if any(turn.may(Do.MODERATE, path) for path in cases.former_paths(turn.tx, found.id)):
        raise Elsewhere(found)
    raise Refusal("track-not-found")


def by_code(take: Take) -> Take:
    """The start of a talk that is about one case: its code follows; without one, it is said how to write it."""

    def start(turn: Turn, rest: str) -> Outcome:
        if as_code(rest) is None:
            raise Refusal("case-usage")
        return take(turn, rest)

    return start


def begun(turn: Turn, code: str, *, open_too: bool = False) -> Case:
    """Begin to do something about a case that waits for its decision (`open_too`: or has an open one already)."""
    case = in_scope(turn, code)
    turn.draft["code"], turn.draft["seen"] = case.code, case.version
    return _checked(turn, case, open_too=open_too)


def unchanged(turn: Turn, *, open_too: bool = False) -> Case:
    """The same case, as it was seen when this was begun. Raises `Faster` when anything was done about it meanwhile."""
    return _checked(turn, in_scope(turn, str(turn.draft["code"])), open_too=open_too)


def _checked(turn: Turn, case: Case, *, open_too: bool) -> Case:
    wrong_state = case.state not in UNDECIDED and not open_too
    if case.private or wrong_state or case.version != turn.draft["seen"]:
        raise Faster(case)
    return case


def drafted(turn: Turn) -> Case:
    """The case an open decision is about, to word its question. No refusal here: the decision itself checks again."""
    found = cases.by_code(turn.tx, str(turn.draft["code"]))
    if found is None:
        raise LookupError(turn.draft["code"])
    return found


def lost(turn: Turn) -> Reply | None:
    """For an open decision: what is said when its case was hidden meanwhile, or one's seat there was taken away. One
    that went elsewhere is seen to its end, which says where it is now."""
    case = drafted(turn)
    if case.private:
        return _hidden()
    paths = (case.path, *cases.former_paths(turn.tx, case.id))
    return None if any(turn.may(Do.MODERATE, path) for path in paths) else Reply("track-not-found", keyboard=True)


def _hidden() -> Reply:
    return Reply("case-hidden", buttons=((Act("queue", "open", Key("case-taken.next")),),))


def first_wins(take: Take) -> Take:
    """The first to decide wins; the other is told who it was, and nothing of theirs is stored."""

    @wraps(take)
    def taken(turn: Turn, value: str) -> Outcome:
        try:
            return take(turn, value)
        except Faster as faster:
            return _told(turn, faster.case)
        except Elsewhere as elsewhere:
            return _gone(turn, elsewhere.case)
        except Moved:
            # Another process was faster by a moment: what it did is visible now.
            return _told(turn, in_scope(turn, str(turn.draft["code"])))

    return taken


def _told(turn: Turn, case: Case) -> Outcome:
    if case.private:
        return done(_hidden())
    last = cases.history(turn.tx, case.id)[-1]
    values = {"title": title(case), "state": staff_state(case)}
    see = Act("case", "show", Key("case-changed.see"), case.code)
    if last.move in _NOT_A_COLLEAGUE or last.move is Move.REDACT:
        return done(Reply("case-changed", values, buttons=((see,),)))
    who = Key("you") if last.actor == turn.person.id else name_of(turn, last.actor)
    rows = ((Act("queue", "open", Key("case-taken.next")), see),)
    return done(Reply("case-taken", {"who": who, **values}, buttons=rows))


def _gone(turn: Turn, case: Case) -> Outcome:
    where = place_name(places.get(turn.tx, case.place))
    return done(Reply("case-elsewhere", {"neighborhood": where, "code": case.code}))


def settled(work: Work, case: Case) -> Refresh:
    """After a move: no question of this case is open any more, and every card shows what it is now."""
    jobs.drop(work.tx, f"ask:{case.id}")
    return Refresh(about(case), card(work, case))
