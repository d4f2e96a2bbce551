"""What stands on a neighbourhood's roadmap."""

from __future__ import annotations

from bot.paper import roadmap as sheet
from bot.paper.desk import Desk, Draft, file_name, kept
from bot.paper.listed import Entry
from bot.paper.roadmap import Part, Roadmap
from domain.papers import Paper
from domain.richtext import Key
from handlers._actions import who
from handlers._roadmap import HEADINGS, adopted, read
from handlers._shown import day
from storage import places
from storage.places import Place
from storage.roadmap import Group, Row

#: Rows on paper at most; how many more there are is said.
MOST = 200


def roadmap(desk: Desk, about: int) -> Draft:
    """For a neighbourhood, in words that everybody may read."""
    place = places.get(desk.tx, about)
    found = read(desk, place, limit=MOST)
    left = found.total - len(found.rows)
    values = Roadmap(
        made=desk.today,
        title=desk.words(Key("roadmap", {"neighborhood": desk.name(place)})),
        about=kept([desk.day(), *(desk.words(line) for line in adopted(found.adopted))]),
        parts=[_part(desk, place, group, [row for row in found.rows if row.group is group]) for group in Group],
        foot=" · ".join(kept([desk.words(Key("paper-rest", {"n": left})) if left else "", desk.foot(place)])),
    )
    said = Key("paper-roadmap-sent", {"neighborhood": desk.name(place)})
    return Draft(place.path, file_name(Paper.ROADMAP, place, desk.now), sheet.draw, values, said)


def _part(desk: Desk, place: Place, group: Group, rows: list[Row]) -> Part:
    entries = [_entry(desk, place, row) for row in rows]
    return Part(desk.words(HEADINGS[group]), entries, desk.words(Key("paper-road-nothing")))


def _entry(desk: Desk, place: Place, row: Row) -> Entry:
    title = row.title or desk.words(Key("action-spoken", {"category": Key(f"category-{row.category}")}))
    return Entry(title, (desk.words(_further(desk, place, row)),))


def _further(desk: Desk, place: Place, row: Row) -> Key:
    """Who, by when, and how late it is."""
    if row.who_kind is None:
        return Key("paper-road-waiting", {"due": day(row.due)})
    doer = who(desk, place, row.who_kind, row.who_name)
    if row.group is Group.DONE:
        return Key("paper-road-done", {"who": doer, "date": day(row.due)})
    if row.late:
        return Key("paper-road-late", {"who": doer, "due": day(row.due), "n": row.late})
    return Key("paper-road-due", {"who": doer, "due": day(row.due)})
