"""One case as those who decide see it, with what can be done about it."""

from __future__ import annotations

from domain.permissions import Do
from handlers._shown import card
from handlers.coordinator._decide import by_code, first_wins, in_scope
from handlers.talk import Outcome, Talk, Turn, done


@first_wins
def show(turn: Turn, code: str) -> Outcome:
    return done(card(turn, in_scope(turn, code)))


talk = Talk(name="case", rule=Do.MODERATE, command="case", start=by_code(show), actions={"show": show})
