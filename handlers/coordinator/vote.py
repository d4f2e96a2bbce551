"""Votes about the agenda: the organisers open and close them, the members who are there say yes, no or neither."""

from __future__ import annotations

from domain.council import MEMBERS, Vote
from domain.meetings import DOOR_OPENS_S, Kind, State
from domain.permissions import Do
from handlers._meetings import led
from handlers.talk import Notice, Outcome, Refresh, Refusal, Take, Talk, Turn, call, done
from handlers.voting import ballot, closed, items, may_vote
from storage import attendance, council, meetings, minutes, votes
from storage.audience import Unasked
from storage.meetings import Meeting


def start(turn: Turn, _: str) -> Outcome:
    """By its word: the meetings, to choose from."""
    return call("meetings")


def _held(turn: Turn, about: str) -> Meeting:
    """A council's meeting that has begun, for its organisers, where its council votes."""
    meeting = led(turn, about)
    chosen = council.options(turn.tx, meeting.place)
    begun = meeting.starts - DOOR_OPENS_S <= turn.seconds
    stands = meeting.kind is Kind.COUNCIL and meeting.state is State.PLANNED
    if not (stands and chosen.votes and begun):
        raise Refusal("vote-not-open")
    return meeting


def _of_item(turn: Turn, about: str) -> tuple[Meeting, int]:
    """The item in a button's data, which can be forged, and its meeting, which has no minutes yet."""
    meeting = meetings.of_item(turn.tx, int(about)) if about.isascii() and about.isdigit() and len(about) < 16 else None
    if meeting is None:
        raise Refusal("meeting-unknown")
    return meeting, int(about)


def show(turn: Turn, about: str) -> Outcome:
    return done(items(turn, _held(turn, about), edit=False))


def begin(turn: Turn, about: str) -> Outcome:
    """Ask every member of the council who is there."""
    meeting, item = _of_item(turn, about)
    meeting = _held(turn, str(meeting.id))
    if minutes.of(turn.tx, meeting.id) is not None:
        raise Refusal("vote-not-open")
    votes.begin(turn.tx, item, turn.seconds)
    found = votes.of(turn.tx, item)
    if found is None or found.closed:
        return done(items(turn, meeting, edit=True))
    there = attendance.named(turn.tx, meeting, MEMBERS, turn.seconds)
    asked = [Notice(person, ballot(turn, found), Unasked.DUTY) for person in there if person != turn.person.id]
    mine = [ballot(turn, found, edit=False)] if turn.person.id in there else []
    return done(items(turn, meeting, edit=True), *mine, *asked)


def close(turn: Turn, about: str) -> Outcome:
    meeting, item = _of_item(turn, about)
    meeting = _held(turn, str(meeting.id))
    found = votes.of(turn.tx, item)
    told = list(closed(turn, found)) if found is not None and not found.closed else []
    return done(items(turn, meeting, edit=True), *told)


def _says(vote: Vote) -> Take:
    def says(turn: Turn, about: str) -> Outcome:
        meeting, item = _of_item(turn, about)
        if not may_vote(turn, meeting, turn.person.id):
            raise Refusal("vote-not-yours")
        cast = votes.cast(turn.tx, item, turn.person.id, vote, turn.seconds)
        found = votes.of(turn.tx, item)
        if found is None:
            raise Refusal("vote-not-open")
        shown = ballot(turn, found, vote if cast else None, edit=True)
        return done(shown, Refresh(f"votes:{meeting.id}", items(turn, meeting)))

    return says


talk = Talk(
    name="vote",
    rule=Do.TAKE_PART,
    start=start,
    actions={"items": show, "begin": begin, "close": close, **{vote.value: _says(vote) for vote in Vote}},
)
