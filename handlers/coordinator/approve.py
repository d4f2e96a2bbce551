"""A second person says yes or no to an announcement that many would get."""

from __future__ import annotations

from domain.permissions import Do
from domain.persian import has_words, letters, tidy
from domain.richtext import Key
from handlers import announcing
from handlers._shown import PAGE, keep_name
from handlers.broadcasting import named, own_places, title
from handlers.talk import Act, Outcome, Refusal, Reply, Row, Step, Talk, Turn, done, go
from storage import broadcasts, planned, readers
from storage.broadcasts import Broadcast, State

#: Letters of a reason, at least and at most; letters of a message's beginning on a button.
LEAST, MOST, LABEL = 5, 500, 40


def start(turn: Turn, _: str) -> Outcome:
    """What waits for one's yes, the one that waits longest first."""
    paths = [place.path for place in own_places(turn)]
    found = [one for one in planned.asked(turn.tx, paths, limit=PAGE) if one.author != turn.person.id]
    if not found:
        return done(Reply("approve-none"))
    rows: tuple[Row, ...] = tuple((Act("approve", "show", _label(turn, one), str(one.id)),) for one in found)
    return done(Reply("approve-list", {"n": len(found)}, buttons=rows))


def _label(turn: Turn, one: Broadcast) -> Key | str:
    found = title(turn, one)
    return found[:LABEL] if isinstance(found, str) else found


def show(turn: Turn, about: str) -> Outcome:
    return done(announcing.card(turn, _asked(turn, about)))


def _asked(turn: Turn, about: str) -> Broadcast:
    """One that somebody else wrote and this person could send themselves."""
    one = named(turn, about)
    to = readers.to(turn.tx, one)
    if one.author == turn.person.id:
        raise Refusal("approve-own")
    if one.asked is None or not all(
        turn.may(announcing.does(to), path) for path in announcing.paths(turn, one.place, to)
    ):
        raise Refusal("broadcast-unknown")
    return one


def _over(turn: Turn, one: Broadcast) -> Reply:
    """Somebody was faster, or it is over."""
    now = broadcasts.get(turn.tx, one.id) or one
    return Reply("approve-over", {"title": title(turn, now)}, more=(announcing.outcome(turn, now),))


def yes(turn: Turn, about: str) -> Outcome:
    one = _asked(turn, about)
    keep_name(turn)
    told = announcing.say_yes(turn, one, turn.person.id)
    if told is None:
        return done(_over(turn, one))
    return done(Reply("approve-yes", {"title": title(turn, one)}), *told)


def no(turn: Turn, about: str) -> Outcome:
    one = _asked(turn, about)
    if one.state is not State.ASKED:
        return done(_over(turn, one))
    turn.draft["broadcast"] = one.id
    return go("reason")


def ask_reason(turn: Turn) -> Reply:
    one = _asked(turn, str(turn.draft["broadcast"]))
    return Reply("approve-reason", {"title": title(turn, one), "least": LEAST, "most": MOST})


def take_reason(turn: Turn, text: str) -> Outcome:
    one = _asked(turn, str(turn.draft["broadcast"]))
    words = tidy(text)
    if not has_words(words) or letters(words) < LEAST or len(words) > MOST:
        raise Refusal("approve-reason-length", least=LEAST, most=MOST)
    keep_name(turn)
    told = announcing.say_no(turn, one, turn.person.id, words)
    if told is None:
        return done(_over(turn, one))
    return done(Reply("approve-no", {"title": title(turn, one)}), *told)


talk = Talk(
    name="approve",
    rule=Do.BROADCAST,
    start=start,
    steps={"reason": Step(ask_reason, text=take_reason)},
    actions={"show": show, "yes": yes, "no": no},
)
