"""Draws numbers as pictures for a phone's screen, in Persian from right to left. To be run apart (bot/apart.py)."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FONT = Path(__file__).parent / "data" / "Vazirmatn-Regular.ttf"
#: Pixels across, and dots per inch, by which points of letters become pixels.
WIDE, DPI = 1080, 150
#: Points of letters, and how many of them stand on a line of the title and of a label.
TITLE, LABEL, NOTE = 17, 14, 11
TITLE_LINE, LABEL_LINE = 44, 52
#: Pixels: around the sheet, of a bar from its top to its foot, between a bar and its number, and for the number.
MARGIN, THICK, GAP, FIGURE_ROOM = 60.0, 44.0, 14.0, 120.0
#: Colours: what leads, the rest, the letters and what is said beside.
FIRST, OTHERS, INK, PALE, GROUND = "#0f766e", "#94a3b8", "#0f172a", "#64748b", "#ffffff"


@dataclass(frozen=True, slots=True)
class Bar:
    """One number. `figure` is what is written for it, in the reader's digits; `leads`: it stands out."""

    label: str
    value: int
    figure: str
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture of numbers beside each other, the first on top, with a title and a line of small print."""

    title: str
    bars: tuple[Bar, ...]
    note: str = ""


def drawn(chart: Bars) -> bytes:
    """The picture as a PNG. Each label stands over its bar, where it has the whole width however long it is; there is
    no axis, since every bar says its number."""
    title = _lines(chart.title, TITLE_LINE)
    labels = [_lines(bar.label, LABEL_LINE) for bar in chart.bars]
    high = 2 * MARGIN + len(title) * _high(TITLE) + sum(len(one) * _high(LABEL) + 2 * THICK for one in labels)
    sheet = _Sheet(high + (_high(NOTE) if chart.note else 0))
    sheet.write(title, TITLE, INK)
    most = max((bar.value for bar in chart.bars), default=0) or 1
    for bar, label in zip(chart.bars, labels, strict=True):
        sheet.y += THICK / 2
        sheet.write(label, LABEL, INK)
        sheet.bar(bar, bar.value / most)
        sheet.y += THICK / 2
    if chart.note:
        sheet.write([chart.note], NOTE, PALE)
    return sheet.png()


class _Sheet:
    """A white sheet so many pixels high that is written from the top down, from its right edge; `y` is how far."""

    def __init__(self, high: float) -> None:
        from matplotlib.figure import Figure  # heavy, and not needed where nothing is drawn

        self.y = MARGIN
        self._figure = Figure(figsize=(WIDE / DPI, high / DPI), dpi=DPI, facecolor=GROUND)
        self._page = self._figure.add_axes((0, 0, 1, 1))
        self._page.set_xlim(0, WIDE)
        self._page.set_ylim(high, 0)
        self._page.axis("off")

    def write(self, lines: Sequence[str], points: int, colour: str) -> None:
        for words in lines:
            self._say(words, WIDE - MARGIN, self.y + _high(points) / 2, points, colour)
            self.y += _high(points)

    def bar(self, bar: Bar, part: float) -> None:
        """A bar this part of the longest one, with its number behind it."""
        long, middle = part * (WIDE - 2 * MARGIN - FIGURE_ROOM), self.y + THICK / 2
        colour = FIRST if bar.leads else OTHERS
        self._page.barh(middle, -long, height=THICK, left=WIDE - MARGIN, color=colour)
        self._say(bar.figure, WIDE - MARGIN - long - GAP, middle, LABEL, FIRST if bar.leads else INK)
        self.y += THICK

    def _say(self, words: str, x: float, y: float, points: int, colour: str) -> None:
        from matplotlib.font_manager import FontProperties

        face = FontProperties(fname=str(FONT), size=points)
        # What people write is never a formula, whatever stands between two signs of money.
        self._page.text(x, y, words, fontproperties=face, color=colour, ha="right", va="center", parse_math=False)

    def png(self) -> bytes:
        made = io.BytesIO()
        self._figure.savefig(made, format="png")
        return made.getvalue()


def _high(points: int) -> float:
    """Pixels from one line of such letters to the next."""
    return points * DPI / 72 * 1.6


def _lines(words: str, long: int) -> list[str]:
    """Words on lines of so many letters. What the typeface has no letter for, such as an emoji, would be a box."""
    from matplotlib.ft2font import FT2Font

    known = FT2Font(str(FONT)).get_charmap()
    return textwrap.wrap("".join(letter for letter in words if ord(letter) in known), long)
