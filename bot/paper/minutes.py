"""What a meeting decided, on paper: for the wall, the drawer and whoever was not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.paper.listed import Entry, heading, listed
from bot.paper.sheet import ACCENT, Sheet


@dataclass(frozen=True, slots=True)
class Minutes:
    """`facts` are lines such as number, day, place and how many were present. What is counted brings its numbers along.
    `nothing` stands where there is no decision."""

    made: int
    title: str
    facts: Sequence[str]
    agenda_heading: str
    agenda: Sequence[str]
    decisions_heading: str
    decisions: Sequence[Entry]
    nothing: str
    foot: str


def draw(values: Minutes) -> bytes:
    """As many pages A4 as it takes."""
    sheet = Sheet(values.title, values.made)
    sheet.write(values.title, 22, bold=True, align="C", colour=ACCENT, after=3)
    for fact in values.facts:
        sheet.flow(fact, 13, values.foot, after=0.5)
    sheet.y += 3
    if values.agenda:
        heading(sheet, values.agenda_heading, values.foot)
        listed(sheet, [Entry(words) for words in values.agenda], values.foot)
        sheet.y += 3
    heading(sheet, values.decisions_heading, values.foot)
    if not values.decisions:
        sheet.write(values.nothing, 13)
    listed(sheet, values.decisions, values.foot)
    sheet.foot(values.foot)
    return sheet.content()
