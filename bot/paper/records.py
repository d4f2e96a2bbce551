"""What stands on a neighbourhood's roadmap."""

from __future__ import annotations

from bot.paper import roadmap as sheet
from bot.paper.desk import Desk, Draft, file_name, kept
from bot.paper.listed import Entry
from bot.paper.plans import by_when, title, who
from bot.paper.roadmap import Part, Roadmap
from domain.moments import Form, Moment
from domain.papers import Paper
from domain.richtext import Key
from handlers.talk import moment
from storage import places, roadmap
from storage.places import Place
from storage.roadmap import Group, Row

#: Rows of a roadmap on paper at most; what is more is counted.
MOST = 200


def neighborhood_roadmap(desk: Desk, about: int) -> Draft:
    """For a neighbourhood: what is under way, what waits and what was done, in words that everybody may read."""
    place = places.get(desk.tx, about)
    found = roadmap.read(desk.tx, place.id, place.path, desk.seconds, limit=MOST)
    more = found.total - len(found.rows)
    values = Roadmap(
        made=desk.today,
        title=desk.words(Key("paper-roadmap", {"neighborhood": desk.name(place)})),
        about=kept((desk.day(), _adopted(desk, found), desk.words(Key("paper-rest", {"n": more})) if more else "")),
        parts=[_part(desk, place, found, group) for group in Group],
        foot=desk.foot(place),
    )
    said = Key("paper-roadmap-sent", {"neighborhood": desk.name(place)})
    return Draft(place.path, file_name(Paper.ROADMAP, place, desk.now), sheet.draw, values, said)


def _adopted(desk: Desk, found: roadmap.Roadmap) -> str:
    if found.adopted is None:
        return desk.words(Key("paper-not-adopted"))
    day = Moment(moment(found.adopted.held), Form.FULL)
    return desk.words(Key("paper-adopted", {"day": day, "changed": "yes" if found.adopted.changed else "no"}))


def _part(desk: Desk, place: Place, found: roadmap.Roadmap, group: Group) -> Part:
    rows = [row for row in found.rows if row.group is group]
    entries = [Entry(title(desk, row.title, row.category), _about(desk, place, row)) for row in rows]
    heading = Key("paper-part", {"group": group.value, "n": found.counts[group]})
    return Part(desk.words(heading), entries, desk.words(Key("paper-part-none")))


def _about(desk: Desk, place: Place, row: Row) -> tuple[str, ...]:
    """Who and by when; what was done says when."""
    does = who(desk, place, row.who_kind, row.who_name)
    if row.group is Group.DONE:
        day = Moment(moment(row.due), Form.FULL)
        return (desk.words(Key("paper-done-by", {"who": does, "day": day})),)
    until = by_when(desk, row.due, row.late)
    if row.group is Group.WAITING:
        return (desk.words(Key("paper-waits", {"who": does, "until": until})),)
    return (desk.words(Key("paper-does", {"who": does, "until": until})),)
