"""The poster at a meeting's door: whoever comes opens the code and is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.paper.sheet import ACCENT, Code, Sheet


@dataclass(frozen=True, slots=True)
class CheckInPoster:
    """`when` are day and hour, `where` the venue."""

    made: int
    title: str
    when: str
    where: str
    welcome: str
    how: str
    codes: Sequence[Code]
    foot: str


def draw(values: CheckInPoster) -> bytes:
    """One page A4."""
    sheet = Sheet(values.title, values.made)
    sheet.y += 8
    sheet.write(values.welcome, 40, bold=True, align="C", colour=ACCENT, after=3)
    sheet.write(values.title, 26, bold=True, align="C", most=3, after=5)
    sheet.write(values.when, 18, align="C", most=2, after=1)
    sheet.write(values.where, 18, align="C", most=2, after=6)
    sheet.rule(6)
    sheet.codes(values.codes, 104, sheet.height(values.how, 17) + 10)
    sheet.y += 6
    sheet.write(values.how, 17, align="C", most=4)
    sheet.foot(values.foot)
    return sheet.content()
