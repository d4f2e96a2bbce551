"""The roadmap of a neighbourhood in words: the same rows for the chat and for paper."""

from __future__ import annotations

from domain.richtext import Key
from handlers._actions import what, who
from handlers._shown import day
from handlers.talk import Work
from storage import roadmap
from storage.places import Place
from storage.roadmap import Adoption, Group, Roadmap, Row

HEADINGS = {
    Group.UNDER_WAY: Key("roadmap-under-way"),
    Group.WAITING: Key("roadmap-waiting"),
    Group.DONE: Key("roadmap-done"),
}


def read(work: Work, place: Place, *, offset: int = 0, limit: int = 200) -> Roadmap:
    """The roadmap of a neighbourhood: plain values, from `offset` on and at most so many rows."""
    return roadmap.read(work.tx, place.id, place.path, work.seconds, offset=offset, limit=limit)


def line(work: Work, place: Place, row: Row) -> Key:
    """One row in words."""
    title = what(row.title, row.category)
    if row.group is Group.WAITING or row.who_kind is None:
        return Key("roadmap-line-waiting", {"title": title, "due": day(row.due)})
    doer = who(work, place, row.who_kind, row.who_name)
    if row.group is Group.DONE:
        return Key("roadmap-line-done", {"what": title, "who": doer, "date": day(row.due)})
    if row.late:
        return Key("roadmap-line-late", {"what": title, "who": doer, "due": day(row.due), "n": row.late})
    return Key("roadmap-line", {"what": title, "who": doer, "due": day(row.due)})


def lines(work: Work, place: Place, rows: tuple[Row, ...]) -> tuple[Key, ...]:
    """Rows in words, each part under its heading."""
    found: list[Key] = []
    group: Group | None = None
    for row in rows:
        if row.group is not group:
            group = row.group
            found.append(HEADINGS[group])
        found.append(line(work, place, row))
    return tuple(found)


def adopted(one: Adoption | None) -> tuple[Key, ...]:
    """In which meeting it was adopted, and whether it has changed since."""
    if one is None:
        return ()
    key = Key("roadmap-adopted", {"date": day(one.held)})
    return (key, Key("roadmap-changed")) if one.changed else (key,)
