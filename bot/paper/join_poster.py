"""The poster by which people join their neighbourhood: what this is, and a code for each messenger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.paper.sheet import ACCENT, GREY, LINE, Code, Sheet


@dataclass(frozen=True, slots=True)
class JoinPoster:
    """`about` are the lines that say what this is, `house` where the council can be found (empty: nowhere known)."""

    made: int
    name: str
    title: str
    about: Sequence[str]
    how: str
    codes: Sequence[Code]
    house: str
    foot: str


def draw(values: JoinPoster) -> bytes:
    """One page A4."""
    sheet = Sheet(values.title, values.made)
    sheet.y += 6
    sheet.write(values.name, 40, bold=True, align="C", colour=ACCENT, after=1)
    sheet.write(values.title, 26, bold=True, align="C", most=3, after=7)
    for line in values.about:
        sheet.write(line, 16, align="C", most=3, after=2)
    sheet.y += 4
    sheet.rule(5)
    below = sheet.height(values.how, 15) + min(sheet.height(values.house, 14), 3 * 14 * LINE)
    sheet.codes(values.codes, 96, below + 16)
    sheet.y += 5
    sheet.write(values.how, 15, align="C", after=4)
    if values.house:
        sheet.rule(3)
        sheet.write(values.house, 14, align="C", colour=GREY, most=3)
    sheet.foot(values.foot)
    return sheet.content()
