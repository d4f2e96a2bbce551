"""A meeting as people read of it: its name, its time and place, its agenda."""

from __future__ import annotations

from collections.abc import Sequence

from domain.jalali import TEHRAN
from domain.meetings import Kind, Repeats
from domain.moments import Moment
from domain.permissions import Do
from domain.richtext import Key, Value
from domain.when import at, occurrence
from handlers._shown import place_name
from handlers.talk import Refusal, Turn, Work, moment
from storage import meetings, places
from storage.broadcasts import GROUPS
from storage.meetings import Meeting

#: Whom an invitation is for (a key of `GROUPS`).
INVITED: dict[Kind, str] = {
    Kind.COUNCIL: "council",
    Kind.PUBLIC: "everybody",
    Kind.SERVICE_DESK: "everybody",
    Kind.COUNTY_BOARD: "county_board",
    Kind.PROVINCE_BOARD: "province_board",
}
#: Those to which everybody may come.
OPEN = frozenset({Kind.PUBLIC, Kind.SERVICE_DESK})


def name(work: Work, meeting: Meeting) -> Key:
    """What kind of meeting of whom it is."""
    return kind_name(work, meeting.kind, meeting.place)


def kind_name(work: Work, kind: Kind, place: int) -> Key:
    """The same for one that is only being planned."""
    return Key(f"meeting-name-{kind.value}", {"place": place_name(places.get(work.tx, place))})


def time_of(meeting: Meeting) -> Key:
    """Day, hour and the words beside it."""
    return time_text(meeting.starts, meeting.label)


def time_text(starts: int, label: str = "") -> Key:
    """The same for any moment (epoch seconds)."""
    values: dict[str, Value | Moment] = {
        "day": Moment(moment(starts), "full"),
        "clock": Moment(moment(starts), "clock"),
    }
    if label:
        return Key("meeting-time-label", {**values, "label": label})
    return Key("meeting-time", values)


def essentials(work: Work, meeting: Meeting) -> dict[str, Value | Moment]:
    """Its name, time and place, as the values of a sentence."""
    return {"what": name(work, meeting), "time": time_of(meeting), "venue": meeting.venue}


def agenda_lines(work: Work, meeting: Meeting) -> tuple[Key, ...]:
    """What it is about, numbered; nothing where there is no agenda yet."""
    return numbered([item.words for item in meetings.agenda(work.tx, meeting.id)])


def numbered(words: Sequence[str]) -> tuple[Key, ...]:
    """An agenda with its heading, for one that is only being planned too."""
    lines = tuple(Key("meeting-item", {"n": n, "words": item}) for n, item in enumerate(words, 1))
    return (Key("meeting-agenda"), *lines) if lines else ()


def next_of(meeting: Meeting) -> int | None:
    """When one that repeats is held again (epoch seconds), at the same hour in Tehran."""
    return None if meeting.repeats is Repeats.NEVER else slot(meeting, turn_after(meeting, meeting.starts))


def slot(meeting: Meeting, n: int) -> int:
    """When the n-th of its rhythm is due (epoch seconds). One without a rhythm is taken for a weekly one."""
    first = moment(meeting.anchor or meeting.starts).astimezone(TEHRAN)
    return int(at(occurrence(first.date(), meeting.repeats.value, n), first.time()).timestamp())


def turn_after(meeting: Meeting, now: int) -> int:
    """Which one of its rhythm comes first after this one and after a moment."""
    n = meeting.nth + 1
    while slot(meeting, n) <= now:
        n += 1
    return n


def is_invited(turn: Turn, meeting: Meeting) -> bool:
    """Whether somebody may answer the invitation: those it is for, and those who may call such a meeting."""
    roles = GROUPS[INVITED[meeting.kind]]
    seated = any(seat.role in roles and seat.path.startswith(meeting.path) for seat in turn.seats)
    return seated or turn.may(Do.MEET, meeting.path)


def named(turn: Turn, about: str) -> Meeting:
    """A meeting from a button's or a link's data, which can be forged, for somebody who may see it."""
    number = int(about) if about.isascii() and about.isdigit() and len(about) < 16 else 0
    meeting = meetings.get(turn.tx, number) if number else None
    if meeting is None or not is_invited(turn, meeting):
        raise Refusal("meeting-unknown")
    return meeting


def led(turn: Turn, about: str) -> Meeting:
    """The same for somebody who organises it."""
    meeting = named(turn, about)
    if not turn.may(Do.MEET, meeting.path):
        raise Refusal("meeting-unknown")
    return meeting
