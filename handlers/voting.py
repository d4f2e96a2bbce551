"""Quorum and votes of a council's meeting, as its organisers, its members and its minutes show them."""

from __future__ import annotations

from collections.abc import Iterator

from domain.council import MEMBERS, Vote
from domain.meetings import DOOR_OPENS_S, Kind
from domain.richtext import Key, Value
from handlers._meetings import name
from handlers.talk import Act, Refresh, Reply, Row, Work
from storage import attendance, council, meetings, votes
from storage.council import Quorum
from storage.meetings import Item, Meeting
from storage.votes import Voting


def quorum_line(found: Quorum | None) -> tuple[Key, ...]:
    """Whether enough of the council are there now; nothing where nobody asks for that."""
    if found is None:
        return ()
    counted: dict[str, Value] = {"n": found.there, "needed": found.needed}
    return (Key("quorum-met", counted) if found.met else Key("quorum-missed", counted),)


def quorum_was(found: Quorum) -> Key:
    """Whether enough of them were, for the minutes."""
    counted: dict[str, Value] = {"n": found.there, "needed": found.needed}
    return Key("quorum-was-met", counted) if found.met else Key("quorum-was-missed", counted)


def tools(work: Work, meeting: Meeting) -> tuple[Row, ...]:
    """What the organisers of a council's meeting find on its card about how it is held."""
    if meeting.kind is not Kind.COUNCIL:
        return ()
    about = str(meeting.id)
    if meeting.starts - DOOR_OPENS_S > work.seconds:
        return ((Act("council", "open", Key("talk-council"), str(meeting.place)),),)
    if council.options(work.tx, meeting.place).votes and meetings.agenda(work.tx, meeting.id):
        return ((Act("vote", "items", Key("talk-vote"), about),),)
    return ()


def agenda(work: Work, meeting: Meeting) -> tuple[Key, ...]:
    """The agenda with what was voted about it."""
    lines: list[Key] = []
    found = votes.of_meeting(work.tx, meeting.id)
    for n, item in enumerate(meetings.agenda(work.tx, meeting.id), 1):
        lines.append(Key("meeting-item", {"n": n, "words": item.words}))
        if item.id in found:
            lines.append(counts(found[item.id]))
    return (Key("meeting-agenda"), *lines) if lines else ()


def counts(found: Voting) -> Key:
    """How many said what."""
    values: dict[str, Value] = {"yes": found.yes, "no": found.no, "abstained": found.abstained}
    return Key("vote-result", values) if found.closed else Key("vote-counts", values)


def items(work: Work, meeting: Meeting, *, edit: bool | None = None) -> Reply:
    """The agenda, each item to be voted about, for the organisers."""
    found = votes.of_meeting(work.tx, meeting.id)
    ways = [_way(n, one, found.get(one.id)) for n, one in enumerate(meetings.agenda(work.tx, meeting.id), 1)]
    return Reply(
        "vote-items",
        {"what": name(work, meeting)},
        more=agenda(work, meeting),
        buttons=tuple((way,) for way in ways if way is not None),
        about=f"votes:{meeting.id}",
        edit=edit,
    )


def _way(n: int, item: Item, found: Voting | None) -> Act | None:
    if found is None:
        return Act("vote", "begin", Key("vote-begin", {"n": n}), str(item.id))
    return None if found.closed else Act("vote", "close", Key("vote-close", {"n": n}), str(item.id))


def ballot(work: Work, found: Voting, said: Vote | None = None, *, edit: bool | None = None) -> Reply:
    """What a member of the council is asked, or has answered."""
    rows: tuple[Row, ...] = ()
    if not found.closed:
        rows = (tuple(Act("vote", one.value, Key(f"vote-{one.value}"), str(found.item)) for one in Vote),)
    more = (counts(found), *((Key("vote-said", {"vote": Key(f"vote-{said.value}")}),) if said is not None else ()))
    key = "vote-over" if found.closed else "vote-ask"
    return Reply(key, {"words": found.words}, more=more, buttons=rows, about=f"vote:{found.item}", edit=edit)


def may_vote(work: Work, meeting: Meeting, person: int) -> bool:
    """Whether somebody is of the council and checked in."""
    return person in attendance.named(work.tx, meeting, MEMBERS, work.seconds)


def asked(work: Work, meeting: Meeting, person: int) -> tuple[Reply, ...]:
    """What is voted about just now, for a member who comes in."""
    if meeting.kind is not Kind.COUNCIL or not may_vote(work, meeting, person):
        return ()
    return tuple(ballot(work, one) for one in votes.of_meeting(work.tx, meeting.id).values() if not one.closed)


def close_all(work: Work, meeting: Meeting) -> Iterator[Refresh]:
    """The meeting is over: what is still voted about is counted as it is."""
    for one in votes.of_meeting(work.tx, meeting.id).values():
        if not one.closed:
            yield from closed(work, one)


def closed(work: Work, one: Voting) -> Iterator[Refresh]:
    """Close a vote; everybody who was asked reads what came of it."""
    votes.close(work.tx, one.item, work.seconds)
    over = votes.of(work.tx, one.item) or one
    yield Refresh(f"vote:{one.item}", ballot(work, over))
