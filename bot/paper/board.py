"""What stands on the board on the wall."""

from __future__ import annotations

from collections.abc import Sequence

from bot.paper import bulletin as sheet
from bot.paper.bulletin import Bulletin, Section
from bot.paper.desk import LANGUAGE, Desk, Draft, file_name
from bot.paper.posters import meeting_time, meeting_title
from domain.actions import State
from domain.moments import Form, Moment
from domain.papers import Paper
from domain.persian import listed
from domain.richtext import Key
from handlers._actions import line
from handlers.talk import moment
from storage import actions, meetings, places, public
from storage.places import Place
from storage.roadmap import DONE_DAYS

#: Entries of a list that are read at most: more never have room on one page. And things on an agenda that are named.
MOST, ITEMS = 20, 4


def bulletin(desk: Desk, about: int) -> Draft:
    """For a neighbourhood, in words that everybody may read."""
    place = places.get(desk.tx, about)
    values = Bulletin(
        made=desk.today,
        title=desk.words(Key("paper-board", {"neighborhood": desk.name(place)})),
        day=desk.day(),
        meeting=_meeting(desk, place),
        sections=(_done(desk, place), _open(desk, place), _promised(desk, place)),
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


def _open(desk: Desk, place: Place) -> Section:
    """What the neighbourhood's people wait for, by its public words."""
    total = public.count_open_at(desk.tx, place.path)
    found = public.open_at(desk.tx, place.path, limit=MOST)
    entries = [desk.words(_waiting(case.title, case.due)) for case in found]
    heading = Key("paper-open", {"n": total}) if total else Key("paper-open-none")
    return section(desk, desk.words(heading), entries, total)


def _waiting(title: str, due: int | None) -> Key:
    if due is None:
        return Key("paper-case", {"title": title})
    return Key("paper-case-due", {"title": title, "due": Moment(moment(due), Form.DAY_WORDS)})


def _done(desk: Desk, place: Place) -> Section:
    """What was done lately."""
    since = desk.seconds - DONE_DAYS * 86400
    total = actions.count_since(desk.tx, place.id, State.KEPT, since)
    found = actions.in_state(desk.tx, place.id, State.KEPT, since, 0, MOST)
    heading = Key("paper-done", {"n": total}) if total else Key("paper-done-none")
    return section(desk, desk.words(heading), [desk.words(line(desk, one)) for one in found], total)


def _promised(desk: Desk, place: Place) -> Section:
    """What is promised, by whom and by when."""
    total = actions.count_since(desk.tx, place.id, State.OPEN, 0)
    found = actions.in_state(desk.tx, place.id, State.OPEN, 0, 0, MOST)
    heading = Key("paper-promised", {"n": total}) if total else Key("paper-promised-none")
    return section(desk, desk.words(heading), [desk.words(line(desk, one)) for one in found], total)


def section(desk: Desk, heading: str, entries: Sequence[str], total: int, nothing: str = "") -> Section:
    """A list with what stands below it, however many of its entries have room."""
    left = (total - shown for shown in range(len(entries) + 1))
    rests = [desk.words(Key("paper-rest", {"n": n})) if n else "" for n in left]
    return Section(heading, entries, rests if entries else [nothing])
