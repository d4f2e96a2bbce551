"""What was asked of the residents: where it stands, closing it before its time, cancelling it, and the council's answer
to the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.permissions import RULES, Do
from domain.persian import cut, has_words, letters, tidy
from domain.polls import Move, State
from domain.richtext import Key
from handlers._shown import LABEL, PAGE, day, keep_name, page_number, pager, place_name
from handlers.poll_course import cancel, close, tell_readers
from handlers.polling import card, named
from handlers.talk import Act, Choice, Outcome, Refresh, Refusal, Reply, Row, Step, Talk, Told, Turn, Values, done, go
from storage import places, polls
from storage.polls import Poll

#: Letters of a reason and of an answer, at least and at most.
SHORTEST, LONGEST_REASON, LONGEST = 5, 300, 1000


# --- the list ---------------------------------------------------------------------------------------------------------


def start(turn: Turn, _: str) -> Outcome:
    return done(_list(turn, 0))


def turn_page(turn: Turn, about: str) -> Outcome:
    return done(_list(turn, page_number(about), edit=True))


def _list(turn: Turn, page: int, *, edit: bool | None = None) -> Reply:
    paths = sorted({seat.path for seat in turn.seats if seat.role in RULES[Do.ASK_PUBLIC]})
    anew: Row = (Act("poll", "open", Key("polled-list.anew")),)
    total = polls.count_under(turn.tx, paths, State)
    if not total:
        return Reply("polled-none", buttons=(anew,), edit=edit)
    found = polls.under(turn.tx, paths, State, offset=page * PAGE, limit=PAGE)
    lines = tuple(
        Key(
            "polled-line",
            {
                "question": cut(one.question, LABEL),
                "state": Key(f"poll-state-{one.state.value}"),
                "place": place_name(places.get(turn.tx, one.place)),
                "date": day(one.created),
            },
        )
        for one in found
    )
    rows: tuple[Row, ...] = tuple((Act("polled", "show", cut(one.question, LABEL), str(one.id)),) for one in found)
    buttons = (*rows, *pager("polled", "page", "", page, total), anew)
    return Reply("polled-list", {"n": total}, more=lines, buttons=buttons, edit=edit)


def show(turn: Turn, about: str) -> Outcome:
    return done(card(turn, _own(turn, about)))


def _own(turn: Turn, about: str) -> Poll:
    """A poll in one's scope, from a button's data, which can be forged."""
    one = named(turn, about)
    if one is None or not turn.may(Do.ASK_PUBLIC, one.path):
        raise Refusal("poll-unknown")
    return one


def _drafted(turn: Turn) -> Poll:
    return _own(turn, str(turn.draft["poll"]))


# --- before its time --------------------------------------------------------------------------------------------------


def begin_close(turn: Turn, about: str) -> Outcome:
    return _begin(turn, about, Move.CLOSE, {State.OPEN})


def begin_cancel(turn: Turn, about: str) -> Outcome:
    return _begin(turn, about, Move.CANCEL, {State.OPEN, State.ASKING})


def _begin(turn: Turn, about: str, made: Move, states: set[State]) -> Outcome:
    """Only whoever asked and those above them may: a colleague's question is theirs."""
    one = _own(turn, about)
    if one.author != turn.person.id and not turn.may(Do.GIVE_LEAVE, one.path):
        raise Refusal("polled-not-yours")
    if one.state not in states:
        return done(card(turn, one))
    turn.draft.update(poll=one.id, move=made.value)
    return go("reason")


def ask_reason(turn: Turn) -> Reply:
    values: Values = {"question": _drafted(turn).question, "most": LONGEST_REASON}
    return Reply("polled-close" if turn.draft["move"] == Move.CLOSE.value else "polled-cancel", values)


def take_reason(turn: Turn, text: str) -> Outcome:
    reason = _fitting(text, LONGEST_REASON)
    one = _drafted(turn)
    move = close if turn.draft["move"] == Move.CLOSE.value else cancel
    told = move(turn, one, person=turn.person.id, reason=reason)
    if told is not None:
        keep_name(turn)
    return _shown(turn, one, told or ())


def _fitting(text: str, most: int) -> str:
    words = tidy(text)
    if not has_words(words) or letters(words) < SHORTEST or len(words) > most:
        raise Refusal("polled-length", least=SHORTEST, most=most)
    return words


def _shown(turn: Turn, one: Poll, told: Sequence[Told]) -> Outcome:
    """The card as it is now; one that was there already is brought up to date, so that it is not shown twice."""
    now = polls.get(turn.tx, one.id) or one
    return done(card(turn, now), *told)


# --- what the council does with it ------------------------------------------------------------------------------------


def begin_answer(turn: Turn, about: str) -> Outcome:
    one = _own(turn, about)
    if one.state is not State.CLOSED:
        return done(card(turn, one))
    turn.draft["poll"] = one.id
    return go("answer")


def ask_answer(turn: Turn) -> Reply:
    one = _drafted(turn)
    more = (Key("polled-answer-now", {"answer": one.answer}),) if one.answer else ()
    return Reply("polled-answer", {"question": one.question, "most": LONGEST}, more=more)


def take_answer(turn: Turn, text: str) -> Outcome:
    turn.draft["answer"] = _fitting(text, LONGEST)
    return go("confirm")


def ask_confirm(turn: Turn) -> Reply:
    one = replace(_drafted(turn), answer=turn.draft["answer"])
    row: Row = (
        Choice("tell", Key("polled-confirm.tell")),
        Choice("answer", Key("polled-confirm.answer")),
    )
    return Reply("polled-confirm", {"question": one.question, "answer": one.answer}, buttons=(row,))


def tell(turn: Turn, _: str) -> Outcome:
    one = _drafted(turn)
    keep_name(turn)
    polls.answer(turn.tx, one.id, turn.draft["answer"])
    polls.note(turn.tx, one.id, Move.ANSWER, turn.person.id, turn.seconds)
    tell_readers(turn, one)
    now = polls.get(turn.tx, one.id) or one
    return done(Reply("polled-told", {"question": one.question}), Refresh(one.card, card(turn, now)))


talk = Talk(
    name="polled",
    rule=Do.ASK_PUBLIC,
    start=start,
    steps={
        "reason": Step(ask_reason, text=take_reason),
        "answer": Step(ask_answer, text=take_answer),
        "confirm": Step(ask_confirm, text=take_answer, choices={"tell": tell, "answer": lambda turn, _: go("answer")}),
    },
    actions={
        "page": turn_page,
        "show": show,
        "close": begin_close,
        "cancel": begin_cancel,
        "answer": begin_answer,
    },
)
