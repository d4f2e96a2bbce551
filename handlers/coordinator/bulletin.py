"""The board on the wall: one page that says what comes, what was done, what is open and what was promised."""

from __future__ import annotations

from domain.papers import Paper
from domain.permissions import Do
from handlers._papers import ask_for
from handlers.coordinator._which import Which
from handlers.talk import Outcome, Talk, Told, Turn, Work, done
from storage import jobs, media
from storage.places import Place


def _board(turn: Turn, place: Place) -> Outcome:
    return done(ask_for(turn, Paper.BULLETIN, place.id))


def drop(work: Work, ids: dict[str, int]) -> list[Told]:
    """A paper of any kind has had its time: the file goes, what was sent stays in the chats."""
    media.drop(work.tx, ids["media"])
    jobs.put(work.tx, "media-drop", f"media-drop:{ids['media']}", work.seconds, {"media": ids["media"]})
    return []


which = Which(Do.MEET, _board)
talk = Talk(
    name="bulletin",
    rule=Do.MEET,
    command="bulletin",
    start=which.start,
    steps={"which": which.step},
    jobs={"paper-gone": drop},
)
