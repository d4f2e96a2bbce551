"""The menu: the permanent keyboard, and any draft that waits to be gone on with."""

from __future__ import annotations

from domain.permissions import Do
from handlers._shown import in_short
from handlers.desk import draft_buttons
from handlers.talk import Outcome, Reply, Talk, Turn, done
from storage import talks

#: The talks behind the keys of the permanent keyboard, row by row; each key says the talk's own label.
KEYBOARD = (("report", "mine"), ("neighborhood", "settings"), ("propose",), ("numbers",))
#: The six commands in the messenger's own menu, the same for everybody.
LISTED = ("menu", "report", "mine", "help", "cancel", "stop")


def start(turn: Turn, _: str) -> Outcome:
    here = talks.open_one(turn.tx, turn.account.id)
    drafts = [*([here] if here else []), *(other for other in talks.others(turn.tx, turn.account.id))]
    offers = [
        Reply("draft-offer", {"title": in_short(str(draft.draft["text"]))}, buttons=draft_buttons(draft.talk))
        for draft in drafts
        if draft.state != "waiting" and draft.draft.get("text")
    ]
    return done(Reply("menu", keyboard=True), *offers[:3])


talk = Talk(name="menu", rule=Do.TAKE_PART, command="menu", start=start)
