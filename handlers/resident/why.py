"""Why did I get this: what somebody is that an announcement was for, and how they change it."""

from __future__ import annotations

from domain.meetings import Answer
from domain.permissions import Do, Role, Seat
from domain.richtext import Key
from handlers._meetings import name as meeting_name
from handlers._roles import body_of, role_title
from handlers._shown import page_number, place_name
from handlers.talk import Act, Outcome, Refusal, Reply, Row, Talk, Turn, call, done
from storage import broadcasts, meetings, places, readers, rsvps
from storage.broadcasts import GOING, Broadcast


def start(turn: Turn, _: str) -> Outcome:
    """By its word: what was announced, to choose from."""
    return call("news")


def show(turn: Turn, about: str) -> Outcome:
    if about == "0":
        return done(Reply("why-preview"))
    one = broadcasts.get(turn.tx, page_number(about))
    because = _because(turn, one) if one is not None and one.begun is not None else None
    if one is None or because is None:
        raise Refusal("why-not-yours")
    more: tuple[Key, ...] = ()
    if one.urgent:
        more += (Key("why-urgent", {"reason": one.urgent}),)
    elif one.who == "residents" and turn.town.news_per_week:
        more += (Key("why-budget", {"n": turn.town.news_per_week}),)
    ways: Row = (Act("settings", "open", Key("broadcast-message.settings")),)
    if one.who == "residents":
        ways = (*ways, Act("join", "open", Key("settings.move")))
    return done(Reply("why", {"because": because}, more=more, buttons=(ways,)))


def _because(turn: Turn, one: Broadcast) -> Key | None:
    """What this person is that it was for; None for somebody whom it was not for, or not any more."""
    if one.who == GOING:
        meeting = meetings.get(turn.tx, one.going or 0)
        answer = rsvps.of(turn.tx, one.going or 0, turn.person.id)
        if meeting is None or answer not in (Answer.YES, Answer.MAYBE):
            return None
        return Key("why-going", {"answer": Key(f"rsvp-{answer.value}"), "what": meeting_name(turn, meeting)})
    seat = _seat(turn, one)
    if seat is None:
        return None
    place = places.get(turn.tx, seat.place)
    if seat.role is Role.RESIDENT:
        return Key("why-member", {"neighborhood": place_name(place)})
    return Key("why-role", {"role": role_title(seat.role), "body": body_of(place)})


def _seat(turn: Turn, one: Broadcast) -> Seat | None:
    chosen = readers.to(turn.tx, one).places
    for seat in turn.seats:
        there = seat.place in chosen if chosen else seat.path.startswith(one.path)
        if there and seat.role in broadcasts.GROUPS[one.who]:
            return seat
    return None


talk = Talk(name="why", rule=Do.TAKE_PART, start=start, actions={"show": show})
