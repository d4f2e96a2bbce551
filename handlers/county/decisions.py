"""What the boards decided, agency by agency, and what became of it."""

from __future__ import annotations

from domain.permissions import RULES, Do
from domain.persian import search_key
from domain.richtext import Key
from handlers._actions import doer, label, line, named
from handlers._shown import LABEL, PAGE, page_number, pager
from handlers.talk import Act, Label, Outcome, Refusal, Reply, Row, Talk, Turn, done
from storage import actions, decisions
from storage.actions import Action


def _paths(turn: Turn) -> list[str]:
    return [seat.path for seat in turn.seats if seat.role in RULES[Do.FOLLOW_BOARDS]]


def start(turn: Turn, rest: str) -> Outcome:
    """`/decisions [part of an agency's name]`."""
    key = search_key(rest)
    if rest and not decisions.count_doers(turn.tx, _paths(turn), key):
        raise Refusal("decisions-none-such")
    if not rest:
        return done(_list(turn, 0))
    found = decisions.doers(turn.tx, _paths(turn), turn.seconds, key=key, limit=PAGE)
    if len(found) == 1:
        return done(_of(turn, actions.by_id(turn.tx, found[0].sample), 0))
    return done(Reply("decisions-found", more=_lines(turn, found), buttons=_buttons(turn, found)))


def turn_page(turn: Turn, about: str) -> Outcome:
    return done(_list(turn, page_number(about), edit=True))


def _list(turn: Turn, at: int, *, edit: bool | None = None) -> Reply:
    total = decisions.count_doers(turn.tx, _paths(turn))
    if not total:
        return Reply("decisions-none", edit=edit)
    found = decisions.doers(turn.tx, _paths(turn), turn.seconds, offset=at * PAGE, limit=PAGE)
    buttons = (*_buttons(turn, found), *pager("decisions", "page", "", at, total))
    return Reply("decisions", {"n": total}, more=_lines(turn, found), buttons=buttons, edit=edit)


def _lines(turn: Turn, found: list[decisions.Doer]) -> tuple[Key, ...]:
    return tuple(
        Key(
            "decisions-line",
            {
                "who": doer(turn, actions.by_id(turn.tx, one.sample)),
                "open": one.open,
                "late": one.late,
                "kept": one.kept,
                "broken": one.broken,
                "dropped": one.dropped,
            },
        )
        for one in found
    )


def _buttons(turn: Turn, found: list[decisions.Doer]) -> tuple[Row, ...]:
    return tuple((Act("decisions", "of", _short(turn, one.sample), f"{one.sample}:0"),) for one in found)


def _short(turn: Turn, sample: int) -> Label:
    name = doer(turn, actions.by_id(turn.tx, sample))
    return name[:LABEL] if isinstance(name, str) else name


def of(turn: Turn, about: str) -> Outcome:
    """The decisions for one of them, by the number of any of these decisions."""
    number, _, at = about.partition(":")
    found = named(turn, number)
    if not turn.may(Do.FOLLOW_BOARDS, found.path):
        raise Refusal("action-unknown")
    return done(_of(turn, found, page_number(at), edit=True))


def _of(turn: Turn, like: Action, at: int, *, edit: bool | None = None) -> Reply:
    paths = _paths(turn)
    total = decisions.count_of(turn.tx, paths, like)
    found = decisions.of(turn.tx, paths, like, offset=at * PAGE, limit=PAGE)
    rows: tuple[Row, ...] = tuple((Act("promises", "show", label(one), str(one.id)),) for one in found)
    back: Row = (Act("decisions", "page", Key("button-back"), "0"),)
    return Reply(
        "decisions-of",
        {"who": doer(turn, like), "n": total},
        more=tuple(line(turn, one) for one in found),
        buttons=(*rows, *pager("decisions", "of", str(like.id), at, total), back),
        edit=edit,
    )


talk = Talk(
    name="decisions",
    rule=Do.FOLLOW_BOARDS,
    command="decisions",
    start=start,
    actions={"page": turn_page, "of": of},
)
