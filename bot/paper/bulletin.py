"""The board on the wall: one page with what comes, what was done, what is open and what was promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.paper.sheet import ACCENT, BOTTOM, GREY, LINE, Code, Sheet

#: Points of the letters of headings, lists and what stands below them; millimetres between two sections.
HEADING, ITEM, REST, GAP = 15, 12.5, 11, 3.5
#: Lines of one entry at most, millimetres after it.
LINES, AFTER = 2, 0.8
#: Millimetres of a code's side, and what the codes need with the line above them.
SIDE, CODES = 32, 43


@dataclass(frozen=True, slots=True)
class Section:
    """One list of the board. `rests[n]` stands below when only the first `n` entries have room (empty: nothing); there
    is one for each number of entries, up to all of them."""

    heading: str
    entries: Sequence[str]
    rests: Sequence[str]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """`meeting` are the lines about the next meeting, the first of them its title."""

    made: int
    title: str
    day: str
    meeting: Sequence[str]
    sections: Sequence[Section]
    join: str
    codes: Sequence[Code] = field(default_factory=tuple)
    foot: str = ""


def draw(values: Bulletin) -> bytes:
    """One page A4, always: what has no room is counted."""
    sheet = Sheet(values.title, values.made)
    sheet.write(values.title, 26, bold=True, align="C", colour=ACCENT, most=2, after=0.5)
    sheet.write(values.day, 13, align="C", colour=GREY, after=2)
    sheet.rule(3, ACCENT, 0.8)
    first, *lines = values.meeting
    sheet.write(first, HEADING + 1, bold=True, most=2, after=1)
    for line in lines:
        sheet.write(line, 13, most=1, after=0.3)
    sheet.y += GAP
    bottom = BOTTOM - (CODES if values.codes else 0)
    shown = _shares(sheet, values.sections, bottom - sheet.y)
    for section, count in zip(values.sections, shown, strict=True):
        _section(sheet, section, count)
    if values.codes:
        _codes(sheet, values, bottom)
    sheet.foot(values.foot)
    return sheet.content()


def _section(sheet: Sheet, section: Section, count: int) -> None:
    sheet.rule(2)
    sheet.write(section.heading, HEADING, bold=True, colour=ACCENT, most=1, after=0.8)
    for entry in section.entries[:count]:
        sheet.write(f"\u2022 {entry}", ITEM, most=LINES, after=AFTER)
    if section.rests[count]:
        sheet.write(section.rests[count], REST, colour=GREY, most=1)
    sheet.y += GAP


def _shares(sheet: Sheet, sections: Sequence[Section], room: float) -> list[int]:
    """How many entries of each section have room: one of each in turn, so that none crowds out another."""
    shown = [0] * len(sections)
    room -= sum(2 + HEADING * LINE + 0.8 + GAP + _rest(section, 0) for section in sections)
    waiting = [n for n, section in enumerate(sections) if section.entries]
    while waiting:
        for n in tuple(waiting):
            section, count = sections[n], shown[n] + 1
            high = min(sheet.height(f"\u2022 {section.entries[count - 1]}", ITEM), LINES * ITEM * LINE) + AFTER
            high += _rest(section, count) - _rest(section, count - 1)
            if high <= room:
                room -= high
                shown[n] = count
            if shown[n] < count or count == len(section.entries):
                waiting.remove(n)
    return shown


def _rest(section: Section, count: int) -> float:
    """Millimetres of the line that counts what has no room."""
    return REST * LINE if section.rests[count] else 0


def _codes(sheet: Sheet, values: Bulletin, top: float) -> None:
    sheet.y = top
    sheet.rule(1.5, ACCENT, 0.8)
    sheet.write(values.join, 12.5, bold=True, align="C", most=1)
    sheet.small_codes(values.codes, SIDE)
