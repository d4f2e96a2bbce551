"""What stands on the minutes of a meeting."""

from __future__ import annotations

from bot.paper import minutes as sheet
from bot.paper.desk import Desk, Draft, file_name, kept
from bot.paper.listed import Entry
from bot.paper.minutes import Minutes
from bot.paper.plans import title, who
from bot.paper.posters import meeting_time, meeting_title
from domain.papers import Paper
from domain.richtext import Key
from handlers.minuting import further, present, served, stands
from handlers.talk import moment
from handlers.voting import agenda
from storage import actions, meetings, minutes, places
from storage.actions import Action
from storage.places import Place


def minutes_of(desk: Desk, about: int) -> Draft | None:
    """For a meeting, in words that everybody may read. None while nothing is published."""
    meeting, found = meetings.get(desk.tx, about), minutes.of(desk.tx, about)
    if meeting is None or found is None:
        return None
    place = places.get(desk.tx, meeting.place)
    called = desk.words(meeting_title(desk, meeting))
    made = actions.of_meeting(desk.tx, meeting.id)
    items = agenda(desk, meeting)[1:]  # without its heading
    facts = (meeting_time(desk, meeting), meeting.venue, *map(desk.words, present(desk, meeting, found)))
    values = Minutes(
        made=desk.today,
        title=desk.words(Key("paper-minutes", {"meeting": called})),
        facts=kept([*facts, *map(desk.words, further(found))]),
        agenda_heading=desk.words(Key("paper-agenda")),
        agenda=[desk.words(line) for line in items],
        decisions_heading=desk.words(Key("paper-decisions")),
        decisions=[_entry(desk, place, n, one) for n, one in enumerate(made, 1)],
        nothing=desk.words(Key("minutes-count", {"n": 0})),
        foot=desk.foot(place),
    )
    said = Key("paper-minutes-sent", {"meeting": called, "time": meeting_time(desk, meeting)})
    return Draft(meeting.path, file_name(Paper.MINUTES, place, moment(meeting.starts)), sheet.draw, values, said)


def _entry(desk: Desk, place: Place, n: int, one: Action) -> Entry:
    """A decision with who does it, how it stands by now, and the reports that it is about."""
    words = desk.words(Key("meeting-item", {"n": n, "words": title(desk, one.what, one.category)}))
    doer = who(desk, place, one.who_kind, one.who_name)
    line = desk.words(Key("paper-decision", {"who": doer, "state": stands(desk, one)}))
    return Entry(words, (line, *map(desk.words, served(desk, one))))
