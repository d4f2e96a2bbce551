"""What meetings decided, for everybody: in words, on paper, and the pages of the minute book where they are open."""

from __future__ import annotations

from domain.papers import Paper
from domain.permissions import Do
from handlers._meetings import name
from handlers._papers import ask_for
from handlers._shown import day
from handlers.minuting import page, sees_photos
from handlers.talk import Outcome, Refusal, Reply, Talk, Turn, Values, call, done
from storage import meetings, minutes
from storage.meetings import Meeting
from storage.minutes import Minutes


def start(turn: Turn, _: str) -> Outcome:
    """By its word: the meetings, to choose from."""
    return call("meetings")


def _published(turn: Turn, about: str) -> tuple[Meeting, Minutes]:
    """A meeting with minutes, from a button's data, which can be forged."""
    number = int(about) if about.isascii() and about.isdigit() and len(about) < 16 else 0
    meeting, found = meetings.get(turn.tx, number), minutes.of(turn.tx, number)
    if meeting is None or found is None:
        raise Refusal("minutes-unknown")
    return meeting, found


def show(turn: Turn, about: str) -> Outcome:
    return done(page(turn, *_published(turn, about)))


def paper(turn: Turn, about: str) -> Outcome:
    """The same on paper."""
    meeting, _ = _published(turn, about)
    return done(ask_for(turn, Paper.MINUTES, meeting.id))


def photos(turn: Turn, about: str) -> Outcome:
    """The pages of the minute book."""
    meeting, found = _published(turn, about)
    pages = minutes.photos(turn.tx, meeting.id)
    if not pages or not sees_photos(turn, meeting, found):
        raise Refusal("minutes-unknown")
    values: Values = {"what": name(turn, meeting), "day": day(meeting.starts)}
    return done(Reply("minutes-photos", values, media=tuple(pages), edit=False))


talk = Talk(
    name="results",
    rule=Do.TAKE_PART,
    start=start,
    actions={"show": show, "paper": paper, "photos": photos},
)
