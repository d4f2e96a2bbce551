"""Erases a person on their own word, after saying what goes and what stays."""

from __future__ import annotations

from domain.permissions import Do
from domain.richtext import Key
from handlers.talk import Choice, Outcome, Reply, Step, Talk, Turn, done, go
from storage import linking, personal
from storage.talks import Conversation


def start(turn: Turn, _: str) -> Outcome:
    return go("sure")


def ask(turn: Turn) -> Reply:
    both = (Key("forget-both"),) if len(linking.sides(turn.tx, turn.person.id)) > 1 else ()
    return Reply("forget", more=both, buttons=((Choice("erase", Key("forget.erase")),),))


def erase(turn: Turn, _: str) -> Outcome:
    personal.forget(turn.tx, turn.person.id, turn.seconds)
    turn.talk = Conversation(0, turn.account.id, "", "", {})  # it went with the rest
    return done(Reply("forget-done"))


talk = Talk(
    name="forget",
    rule=Do.TAKE_PART,
    command="forget",
    start=start,
    steps={"sure": Step(ask, choices={"erase": erase})},
)
