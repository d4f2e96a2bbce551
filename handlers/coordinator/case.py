"""One case as those who decide see it, with what can be done about it."""

from __future__ import annotations

from dataclasses import replace

from domain.permissions import Do
from handlers._actions import serving
from handlers._shown import card
from handlers.coordinator._decide import by_code, first_wins, in_scope
from handlers.talk import Outcome, Talk, Turn, done


@first_wins
def show(turn: Turn, code: str) -> Outcome:
    case = in_scope(turn, code)
    shown = card(turn, case)
    return done(shown if case.private else replace(shown, more=(*shown.more, *serving(turn, case.id))))


talk = Talk(name="case", rule=Do.MODERATE, command="case", start=by_code(show), actions={"show": show})
