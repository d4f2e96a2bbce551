"""Help in confidence: the cards that stand in place of a report, and the way on when it was something else."""

from __future__ import annotations

from domain.permissions import Do
from domain.richtext import Key
from handlers._care import in_confidence, let_pass
from handlers.talk import Act, Outcome, Reply, Talk, Turn, done


def start(turn: Turn, _: str) -> Outcome:
    """Asked for by button or word: nothing was written, so nothing has to be forgotten."""
    return done(in_confidence(turn))


def mistaken(turn: Turn, _: str) -> Outcome:
    """It was a false alarm."""
    let_pass(turn)
    return done(Reply("care-mistaken", buttons=((Act("report", "anew", Key("talk-report")),),)))


talk = Talk(name="care", rule=Do.BE_GREETED, start=start, actions={"mistaken": mistaken})
