"""A neighbourhood's link and its QR code, as a picture and as a poster, for those who bring people in."""

from __future__ import annotations

from domain.papers import Paper
from domain.permissions import Do
from handlers._papers import LAPSES_S, wish
from handlers._shown import place_name
from handlers.coordinator._which import Which
from handlers.talk import Outcome, Reply, Talk, Turn, done
from storage import jobs
from storage.places import Place


def _poster(turn: Turn, place: Place) -> Outcome:
    """Drawing is no work for a turn: jobs send a picture and a link for each messenger, and the poster."""
    ids = {"person": turn.person.id, "place": place.id, "bot": turn.account.bot}
    key = f"poster:{turn.person.id}:{place.id}"
    jobs.put(turn.tx, "poster", key, turn.seconds, ids, expires=turn.seconds + LAPSES_S)
    wish(turn, Paper.JOIN, place.id)
    return done(Reply("invite-coming", {"neighborhood": place_name(place)}))


which = Which(Do.INVITE, _poster)
talk = Talk(name="invite", rule=Do.INVITE, command="invite", start=which.start, steps={"which": which.step})
