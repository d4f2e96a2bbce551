"""What stands on the board on the wall."""

from __future__ import annotations

from collections.abc import Sequence

from bot.paper import bulletin as sheet
from bot.paper.bulletin import Bulletin, Section
from bot.paper.desk import LANGUAGE, Desk, Draft, file_name
from bot.paper.plans import by_when, title, who
from bot.paper.posters import meeting_time, meeting_title
from domain.actions import State, days_late
from domain.moments import Form, Moment
from domain.papers import Paper
from domain.persian import listed
from domain.richtext import Key
from handlers.talk import moment
from storage import actions, meetings, places, public, roadmap
from storage.places import Place
from storage.roadmap import DONE_DAYS, Group

#: Entries of a list that are read at most: more never have room on one page. And things on an agenda that are named.
MOST, ITEMS = 20, 4


def bulletin(desk: Desk, about: int) -> Draft:
    """For a neighbourhood, in words that everybody may read."""
    place = places.get(desk.tx, about)
    counts = roadmap.read(desk.tx, place.id, place.path, desk.seconds, limit=0).counts
    values = Bulletin(
        made=desk.today,
        title=desk.words(Key("paper-board", {"neighborhood": desk.name(place)})),
        day=desk.day(),
        meeting=_meeting(desk, place),
        sections=(
            _done(desk, place, counts[Group.DONE]),
            _promised(desk, place, counts[Group.UNDER_WAY]),
            _open(desk, place),
        ),
        join=desk.words(Key("paper-join-short")),
        codes=desk.codes(f"join_{place.link}"),
        foot=desk.foot(place),
    )
    said = Key("paper-board-sent", {"neighborhood": desk.name(place)})
    return Draft(place.path, file_name(Paper.BULLETIN, place, desk.now), sheet.draw, values, said)


def _meeting(desk: Desk, place: Place) -> tuple[str, ...]:
    """The next meeting: what, when, where, and the first things on its agenda."""
    coming = meetings.coming(desk.tx, place.path, desk.seconds, limit=1)
    if not coming:
        return (desk.words(Key("paper-no-meeting")),)
    (meeting,) = coming
    items = [item.words for item in meetings.agenda(desk.tx, meeting.id)[:ITEMS]]
    return (
        desk.words(Key("paper-next", {"meeting": meeting_title(desk, meeting)})),
        meeting_time(desk, meeting),
        meeting.venue,
        *([desk.words(Key("paper-items", {"items": listed(items, LANGUAGE)}))] if items else []),
    )


def _done(desk: Desk, place: Place, total: int) -> Section:
    """Plans that were kept lately, the last first."""
    since = desk.seconds - DONE_DAYS * 86400
    found = actions.in_state(desk.tx, place.id, State.KEPT, since, 0, MOST)
    entries = [
        desk.words(
            Key(
                "paper-done-entry",
                {
                    "title": title(desk, one.what, one.category),
                    "who": who(desk, place, one.who_kind, one.who_name),
                    "day": Moment(moment(one.since), Form.DAY_MONTH),
                },
            )
        )
        for one in found
    ]
    return _section(desk, Key("paper-done", {"n": total}), Key("paper-done-none"), entries, total)


def _promised(desk: Desk, place: Place, total: int) -> Section:
    """Plans that are open, by their dates."""
    found = actions.in_state(desk.tx, place.id, State.OPEN, 0, 0, MOST)
    entries = [
        desk.words(
            Key(
                "paper-entry",
                {
                    "title": title(desk, one.what, one.category),
                    "who": who(desk, place, one.who_kind, one.who_name),
                    "until": by_when(desk, one.due, days_late(one.due, desk.now), Form.DAY_WORDS),
                },
            )
        )
        for one in found
    ]
    return _section(desk, Key("paper-promised", {"n": total}), Key("paper-promised-none"), entries, total)


def _open(desk: Desk, place: Place) -> Section:
    """What the neighbourhood's people wait for, by its public words."""
    total = public.count_open_at(desk.tx, place.path)
    found = public.open_at(desk.tx, place.path, limit=MOST)
    entries = [desk.words(_waiting(case.title, case.due)) for case in found]
    return _section(desk, Key("paper-open", {"n": total}), Key("paper-open-none"), entries, total)


def _waiting(title: str, due: int | None) -> Key:
    if due is None:
        return Key("paper-case", {"title": title})
    return Key("paper-case-due", {"title": title, "due": Moment(moment(due), Form.DAY_WORDS)})


def _section(desk: Desk, heading: Key, nothing: Key, entries: Sequence[str], total: int) -> Section:
    """A list with what stands below it, however many of its entries have room."""
    left = [total - shown for shown in range(len(entries) + 1)]
    rests = [desk.words(Key("paper-rest", {"n": n})) if n else "" for n in left]
    return Section(desk.words(heading if total else nothing), entries, rests)
