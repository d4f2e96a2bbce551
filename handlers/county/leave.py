"""Give or refuse leave for what a council wants to ask its residents."""

from __future__ import annotations

from domain.permissions import RULES, Do, may
from domain.persian import cut, has_words, letters, tidy
from domain.polls import Move, State
from domain.richtext import Key
from handlers._shown import LABEL, PAGE, keep_name, page_number, pager
from handlers.poll_course import begin
from handlers.polling import card, leave_card, named
from handlers.talk import Act, Choice, Notice, Outcome, Refresh, Refusal, Reply, Row, Step, Talk, Told, Turn, done, go
from storage import people, polls
from storage.audience import Unasked
from storage.polls import Poll

#: Letters of a reason, at least and at most.
SHORTEST, LONGEST = 5, 300
#: Why it may be refused: each has a sentence of its own.
REASONS = ("persons", "unclear", "elsewhere")
DAY_S = 86_400


def start(turn: Turn, _: str) -> Outcome:
    return done(_list(turn, 0))


def turn_page(turn: Turn, about: str) -> Outcome:
    return done(_list(turn, page_number(about), edit=True))


def _list(turn: Turn, page: int, *, edit: bool | None = None) -> Reply:
    paths = sorted({seat.path for seat in turn.seats if seat.role in RULES[Do.GIVE_LEAVE]})
    total = polls.count_under(turn.tx, paths, [State.ASKING])
    if not total:
        return Reply("leave-none", edit=edit)
    found = polls.under(turn.tx, paths, [State.ASKING], offset=page * PAGE, limit=PAGE)
    rows: tuple[Row, ...] = tuple((Act("leave", "show", cut(one.question, LABEL), str(one.id)),) for one in found)
    return Reply("leave-list", {"n": total}, buttons=(*rows, *pager("leave", "page", "", page, total)), edit=edit)


def show(turn: Turn, about: str) -> Outcome:
    return done(leave_card(turn, _asked(turn, about)))


def _asked(turn: Turn, about: str) -> Poll:
    """A poll in one's scope that leave was asked for, from a button's data, which can be forged."""
    one = named(turn, about)
    if one is None or not turn.may(Do.GIVE_LEAVE, one.path) or polls.who(turn.tx, one.id, Move.ASK) is None:
        raise Refusal("poll-unknown")
    return one


def give(turn: Turn, about: str) -> Outcome:
    """The first to decide wins. Those who are asked get as many days as were meant, however long this took."""
    one = _asked(turn, about)
    if one.state is State.ASKING and not _may_still_ask(turn, one):
        raise Refusal("leave-author-gone")
    if not polls.move(turn.tx, one, Move.ALLOW, State.OPEN, person=turn.person.id, now=turn.seconds):
        return done(leave_card(turn, _asked(turn, about)))
    keep_name(turn)
    waited = (turn.seconds - one.created) // DAY_S
    polls.keep_until(turn.tx, one.id, one.closes + waited * DAY_S)
    now = _asked(turn, about)
    begin(turn, now)
    return done(Reply("leave-given", {"question": one.question}), *_told(turn, now, "leave-news-given"))


def _may_still_ask(turn: Turn, one: Poll) -> bool:
    seats = people.seats(turn.tx, one.author, turn.seconds) if one.author is not None else ()
    return may(Do.ASK_PUBLIC, seats, consented=True, path=one.path)


def refuse(turn: Turn, about: str) -> Outcome:
    one = _asked(turn, about)
    if one.state is not State.ASKING:
        return done(leave_card(turn, one))
    turn.draft["poll"] = one.id
    return go("reason")


def ask_reason(turn: Turn) -> Reply:
    rows: tuple[Row, ...] = tuple((Choice(f"why:{why}", Key(f"leave-reason-{why}.label")),) for why in REASONS)
    return Reply("leave-reason", {"question": _asked(turn, str(turn.draft["poll"])).question}, buttons=rows)


def take_why(turn: Turn, why: str) -> Outcome:
    if why not in REASONS:
        raise Refusal("not-understood")
    return _refused(turn, turn.town.phrase(f"leave-reason-{why}"))


def take_reason(turn: Turn, text: str) -> Outcome:
    words = tidy(text)
    if not has_words(words) or letters(words) < SHORTEST or len(words) > LONGEST:
        raise Refusal("polled-length", least=SHORTEST, most=LONGEST)
    return _refused(turn, words)


def _refused(turn: Turn, reason: str) -> Outcome:
    about = str(turn.draft["poll"])
    one = _asked(turn, about)
    moved = polls.move(turn.tx, one, Move.REFUSE, State.REFUSED, person=turn.person.id, now=turn.seconds, reason=reason)
    if not moved:
        return done(leave_card(turn, one))
    keep_name(turn)
    now = _asked(turn, about)
    return done(Reply("leave-refused", {"question": one.question}), *_told(turn, now, "leave-news-refused"))


def _told(turn: Turn, one: Poll, key: str) -> list[Told]:
    """Whoever asked reads what was decided, with the card as it is now; all other cards say the same."""
    shown = card(turn, one)
    told: list[Told] = [Refresh(one.leave, leave_card(turn, one)), Refresh(one.card, shown)]
    if one.author is not None:
        news = Reply(key, {"question": one.question}, more=shown.more, buttons=shown.buttons, about=one.card)
        told.append(Notice(one.author, news, Unasked.DUTY))
    return told


talk = Talk(
    name="leave",
    rule=Do.GIVE_LEAVE,
    start=start,
    steps={"reason": Step(ask_reason, text=take_reason, choices={"why": take_why})},
    actions={"page": turn_page, "show": show, "give": give, "refuse": refuse},
)
