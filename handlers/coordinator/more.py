"""The rest of what can be done about a case: opens further buttons under its card."""

from __future__ import annotations

from dataclasses import replace

from domain.permissions import Do
from handlers._shown import card, card_buttons
from handlers.coordinator._decide import by_code, first_wins, in_scope
from handlers.talk import Outcome, Talk, Turn, done


@first_wins
def show(turn: Turn, code: str) -> Outcome:
    case = in_scope(turn, code)
    shown = card(turn, case)
    if case.private:
        return done(replace(shown, edit=True, about=""))
    # The message is marked with its case already: a second mark would have it changed twice each time.
    return done(replace(shown, buttons=card_buttons(case, all_of_them=True), edit=True, about="", media=()))


talk = Talk(name="more", rule=Do.MODERATE, start=by_code(show), actions={"show": show})
