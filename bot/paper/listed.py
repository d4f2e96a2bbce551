"""Lists that may go on over several pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.paper.sheet import ACCENT, GREY, Sheet

#: Points of an entry's words and of what stands below them; millimetres between two entries.
WORDS, FURTHER, BETWEEN = 13, 11.5, 1.8
#: Millimetres that a heading needs below it, so that it does not stand alone at the end of a page.
WITH_HEADING = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing, and short lines about it: who, by when, how it stands."""

    words: str
    further: Sequence[str] = field(default_factory=tuple)


def heading(sheet: Sheet, words: str, foot: str) -> None:
    """A heading with a line above it; on the next page where little room is left."""
    if sheet.left < WITH_HEADING:
        sheet.foot(foot)
        sheet.page()
    sheet.rule(2.5)
    sheet.write(words, 16, bold=True, colour=ACCENT, after=1)


def listed(sheet: Sheet, entries: Sequence[Entry], foot: str) -> None:
    """Entries below each other; one stands on one page where it has room there at all."""
    for entry in entries:
        high = sheet.height(entry.words, WORDS) + sum(sheet.height(line, FURTHER) for line in entry.further)
        if high > sheet.left:
            sheet.foot(foot)
            sheet.page()
        sheet.flow(entry.words, WORDS, foot)
        for line in entry.further:
            sheet.flow(line, FURTHER, foot, colour=GREY)
        sheet.y += BETWEEN
