"""The resident's own neighbourhood: its council, its house, and the ways to another one and out of it."""

from __future__ import annotations

from domain.permissions import Do
from domain.persian import listed
from domain.polls import SEEN
from domain.richtext import Key
from handlers._shown import county, place_name
from handlers.talk import Act, Outcome, Reply, Row, Talk, Turn, call, done
from storage import missing, places, polls
from storage.places import Place


def start(turn: Turn, _: str) -> Outcome:
    joined = places.of_person(turn.tx, turn.person.id)
    if joined is not None:
        return done(_shown(turn, joined))
    waiting = missing.of_person(turn.tx, turn.person.id)
    office = _office(turn, None)
    if not waiting and not office:
        return call("join")
    more = tuple(Key("neighborhood-waiting", {"name": one.name}) for one in waiting)
    choose: Row = (Act("join", "open", Key("talk-join")),)
    return done(Reply("neighborhood-none", more=more, buttons=(choose, *office)))


def _shown(turn: Turn, joined: Place) -> Reply:
    house = [part for part in (joined.house, joined.address) if part]
    more = (Key("neighborhood-house", {"house": listed(house, turn.person.language)}),) if house else ()
    council = (
        Key("neighborhood-council")
        if joined.has_council
        else Key("neighborhood-no-council", {"county": county(turn, joined).name})
    )
    buttons: tuple[Row, ...] = (
        (Act("issues", "open", Key("talk-issues")), Act("meetings", "open", Key("talk-meetings"))),
        (Act("promises", "open", Key("talk-promises")), Act("roadmap", "open", Key("talk-roadmap"))),
        *_polls(turn, joined),
        (Act("report", "open", Key("talk-report")), Act("join", "open", Key("settings.move"))),
        (Act("join", "leave", Key("neighborhood.leave")),),
    )
    return Reply(
        "neighborhood", {"name": place_name(joined)}, more=(council, *more), buttons=(*buttons, *_office(turn, joined))
    )


def _polls(turn: Turn, joined: Place) -> tuple[Row, ...]:
    """The way to what is asked here, as soon as anything was."""
    within = [place.id for place in places.around(turn.tx, joined)]
    return ((Act("polls", "open", Key("talk-polls")),),) if polls.count_at(turn.tx, within, SEEN) else ()


def _office(turn: Turn, joined: Place | None) -> tuple[Row, ...]:
    """What those with an office find here too."""
    rows: list[Row] = []
    if turn.may(Do.MODERATE):
        rows.append((Act("queue", "open", Key("talk-queue")),))
    if turn.may(Do.INVITE):
        own = joined is not None and turn.may(Do.INVITE, joined.path)
        named = joined.written if joined and own else ""
        papers = (Act("bulletin", "open", Key("talk-bulletin"), named),) if turn.may(Do.MEET) else ()
        rows.append((Act("invite", "open", Key("talk-invite"), named), *papers))
    if turn.may(Do.MEET):
        rows.append((Act("meeting", "open", Key("talk-meeting")),))
    if turn.may(Do.ASK_PUBLIC):
        rows.append((Act("poll", "open", Key("talk-poll")),))
    if turn.may(Do.GIVE_LEAVE):
        rows.append((Act("leave", "open", Key("talk-leave")),))
    if turn.may(Do.ANSWER_MISSING):
        rows.append((Act("missing", "open", Key("talk-missing")),))
    return tuple(rows)


talk = Talk(name="neighborhood", rule=Do.TAKE_PART, start=start)
