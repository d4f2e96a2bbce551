"""What the neighbourhood's people are asked: vote, change it, and what came of it."""

from __future__ import annotations

from dataclasses import replace

from domain.permissions import Do
from domain.persian import cut
from domain.polls import SEEN, State, TooMany, changed
from domain.richtext import Key
from handlers._shown import LABEL, PAGE, day, page_number, pager, place_name
from handlers.polling import named, outcome, own
from handlers.talk import Act, Outcome, Refusal, Reply, Row, Talk, Turn, done
from storage import attendance, ballots, places, polls
from storage.places import Place
from storage.polls import Poll


def start(turn: Turn, _: str) -> Outcome:
    return done(_list(turn, 0))


def turn_page(turn: Turn, about: str) -> Outcome:
    return done(_list(turn, page_number(about), edit=True))


def _list(turn: Turn, page: int, *, edit: bool | None = None) -> Reply:
    here = places.of_person(turn.tx, turn.person.id)
    if here is None:
        return Reply("polls-nowhere", buttons=((Act("join", "open", Key("talk-join")),),))
    within = [place.id for place in places.around(turn.tx, here)]
    total = polls.count_at(turn.tx, within, SEEN)
    if not total:
        return Reply("polls-none", {"neighborhood": place_name(here)}, edit=edit)
    found = polls.at(turn.tx, within, SEEN, offset=page * PAGE, limit=PAGE)
    lines = tuple(_line(one) for one in found)
    rows: tuple[Row, ...] = tuple((Act("polls", "show", cut(one.question, LABEL), str(one.id)),) for one in found)
    buttons = (*rows, *pager("polls", "page", "", page, total))
    return Reply("polls", {"n": total, "neighborhood": place_name(here)}, more=lines, buttons=buttons, edit=edit)


def _line(one: Poll) -> Key:
    question = cut(one.question, LABEL)
    if one.state is State.OPEN:
        return Key("polls-line-open", {"question": question, "date": day(one.closes)})
    return Key("polls-line-closed", {"question": question, "n": one.voters or 0})


def _seen(turn: Turn, about: str) -> Poll:
    one = named(turn, about)
    if one is None or one.state in (State.ASKING, State.REFUSED):
        raise Refusal("poll-unknown")
    return one


def show(turn: Turn, about: str) -> Outcome:
    """The poll with one's own choice; what came of it goes to this message too."""
    one = _seen(turn, about)
    if one.state is State.OPEN:
        _home(turn, one)
    return done(replace(own(turn, one, turn.person.id), about=one.about))


def _home(turn: Turn, one: Poll) -> Place:
    """The reader's own neighbourhood, if they are asked; a refusal for everybody else."""
    here = places.of_person(turn.tx, turn.person.id)
    if here is None or not here.path.startswith(one.path):
        raise Refusal("polls-not-asked", place=_where(turn, one))
    return here


def _where(turn: Turn, one: Poll) -> str | Key:
    place = places.get(turn.tx, one.place)
    return place_name(place) if place.name else Key("broadcast-province")


# --- voting -----------------------------------------------------------------------------------------------------------


def vote(turn: Turn, about: str) -> Outcome:
    """Take an option or let it go. The button says which of both, so that a second press changes nothing."""
    poll, _, rest = about.partition(":")
    position, _, on = rest.partition(":")
    one = _seen(turn, poll)
    if (over := _over(turn, one)) is not None:
        return over
    known = {str(option.position) for option in polls.options(turn.tx, one.id) if option.words}
    if position not in known or on not in ("0", "1"):
        raise Refusal("poll-unknown")
    here = _home(turn, one)
    if one.verified and not attendance.is_verified(turn.tx, turn.person.id, here.id):
        raise Refusal("polls-verified")
    before = ballots.chosen(turn.tx, one.id, turn.person.id)
    try:
        chosen = changed(before, int(position), on=on == "1", most=one.most)
    except TooMany:
        raise Refusal("polls-too-many", n=one.most) from None
    return _cast(turn, one, chosen)


def back(turn: Turn, about: str) -> Outcome:
    """Take the whole vote back."""
    one = _seen(turn, about)
    return _over(turn, one) or _cast(turn, one, ())


def _cast(turn: Turn, one: Poll, chosen: tuple[int, ...]) -> Outcome:
    ballots.cast(turn.tx, one.id, turn.person.id, chosen, turn.seconds)
    return done(replace(own(turn, one, turn.person.id), edit=True, about=one.voted))


def _over(turn: Turn, one: Poll) -> Outcome | None:
    """Too late: the message that was pressed becomes what came of it. The job may be a moment behind the clock."""
    if one.state is State.OPEN and turn.seconds <= one.closes:
        return None
    late = Reply("polls-late", {"question": one.question}, edit=False)
    return done(late) if one.state is State.OPEN else done(replace(outcome(turn, one), edit=True), late)


def chart(turn: Turn, about: str) -> Outcome:
    """The result as a picture, with the words that say the same."""
    one = _seen(turn, about)
    if one.chart is None:
        raise Refusal("poll-unknown")
    shown = outcome(turn, one)
    return done(replace(shown, buttons=(), media=(one.chart,), together=True))


talk = Talk(
    name="polls",
    rule=Do.TAKE_PART,
    command="polls",
    start=start,
    actions={"page": turn_page, "show": show, "vote": vote, "back": back, "chart": chart},
)
