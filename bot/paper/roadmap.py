"""A neighbourhood's roadmap on paper: what was accepted, who does what by when, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.paper.listed import Entry, heading, listed
from bot.paper.sheet import ACCENT, GREY, Sheet


@dataclass(frozen=True, slots=True)
class Part:
    """Entries of one kind; `nothing` stands where there is none."""

    heading: str
    entries: Sequence[Entry]
    nothing: str


@dataclass(frozen=True, slots=True)
class Roadmap:
    """`about` are lines under the title: the day, and in which meeting it was adopted."""

    made: int
    title: str
    about: Sequence[str]
    parts: Sequence[Part]
    foot: str


def draw(values: Roadmap) -> bytes:
    """As many pages A4 as it takes."""
    sheet = Sheet(values.title, values.made)
    sheet.write(values.title, 22, bold=True, align="C", colour=ACCENT, after=1)
    for line in values.about:
        sheet.write(line, 13, align="C", colour=GREY, after=0.5)
    sheet.y += 4
    for part in values.parts:
        heading(sheet, part.heading, values.foot)
        if not part.entries:
            sheet.write(part.nothing, 13)
        listed(sheet, part.entries, values.foot)
        sheet.y += 4
    sheet.foot(values.foot)
    return sheet.content()
