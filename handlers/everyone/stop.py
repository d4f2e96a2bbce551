"""No more messages: first the news, then everything unasked. The way back: settings, or «start»."""

from __future__ import annotations

from domain.permissions import Do
from domain.richtext import Key
from handlers.talk import Act, Outcome, Reply, Talk, Turn, done
from storage import people
from storage.wishes import reconsider


def start(turn: Turn, _: str) -> Outcome:
    if turn.person.stopped == "all":
        return done(Reply("stopped-all"))
    _stop(turn, "news")
    buttons = ((Act("stop", "fine", Key("stopped-news.fine")),), (Act("stop", "all", Key("stopped-news.all")),))
    return done(Reply("stopped-news", buttons=buttons))


def fine(turn: Turn, _: str) -> Outcome:
    return done(Reply("stopped-fine", edit=True))


def everything(turn: Turn, _: str) -> Outcome:
    _stop(turn, "all")
    return done(Reply("stopped-all", edit=True))


def _stop(turn: Turn, what: str) -> None:
    people.set_stopped(turn.tx, turn.person.id, what)
    # What waits for the morning, or for its place in a long row, was not wanted any more.
    reconsider(turn.tx, turn.person.id, turn.seconds)


talk = Talk(
    name="stop",
    rule=Do.TAKE_PART,
    command="stop",
    start=start,
    actions={"fine": fine, "all": everything},
)
