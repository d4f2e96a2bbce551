"""Draws numbers as pictures for a phone's screen, in Persian from right to left. To be run apart (bot/apart.py)."""

from __future__ import annotations

import io
import textwrap
from dataclasses import dataclass
from pathlib import Path

FONT = Path(__file__).parent / "data" / "Vazirmatn-Regular.ttf"
#: Pixels across, and dots per inch, by which points of letters become pixels.
WIDE, DPI = 1080, 150
#: Points of letters, and how many of them stand on a line of the title and of a label.
TITLE, LABEL, NOTE = 17, 14, 11
TITLE_LINE, LABEL_LINE = 44, 52
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
    from matplotlib.figure import Figure  # heavy, and not needed where nothing is drawn
    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font

    def face(points: int) -> FontProperties:
        return FontProperties(fname=str(FONT), size=points)

    known = FT2Font(str(FONT)).get_charmap()

    def lines(words: str, long: int) -> list[str]:
        """What the typeface has no letter for, such as an emoji, would be an empty box."""
        return textwrap.wrap("".join(letter for letter in words if ord(letter) in known), long)

    title = lines(chart.title, TITLE_LINE)
    labels = [lines(bar.label, LABEL_LINE) for bar in chart.bars]
    line = {points: points * DPI / 72 * 1.6 for points in (TITLE, LABEL, NOTE)}  # pixels from one line to the next
    margin, thick = 60.0, 44.0
    high = 2 * margin + len(title) * line[TITLE] + sum(len(one) * line[LABEL] + 2 * thick for one in labels)
    high += line[NOTE] if chart.note else 0
    figure = Figure(figsize=(WIDE / DPI, high / DPI), dpi=DPI, facecolor=GROUND)
    page = figure.add_axes((0, 0, 1, 1))
    page.set_xlim(0, WIDE)
    page.set_ylim(high, 0)  # from the top, in pixels
    page.axis("off")
    right, room = WIDE - margin, WIDE - 2 * margin - 120  # the number stands behind the bar

    def write(words: str, x: float, y: float, points: int, colour: str) -> None:
        # What people write is never a formula, whatever stands between two signs of money.
        page.text(x, y, words, fontproperties=face(points), color=colour, ha="right", va="center", parse_math=False)

    y = margin
    for words in title:
        write(words, right, y + line[TITLE] / 2, TITLE, INK)
        y += line[TITLE]
    most = max((bar.value for bar in chart.bars), default=0) or 1
    for bar, label in zip(chart.bars, labels, strict=True):
        y += thick / 2
        for words in label:
            write(words, right, y + line[LABEL] / 2, LABEL, INK)
            y += line[LABEL]
        long = room * bar.value / most
        page.barh(y + thick / 2, -long, height=thick, left=right, color=FIRST if bar.leads else OTHERS)
        write(bar.figure, right - long - 14, y + thick / 2, LABEL, FIRST if bar.leads else INK)
        y += 1.5 * thick
    if chart.note:
        write(chart.note, right, y + line[NOTE] / 2, NOTE, PALE)
    made = io.BytesIO()
    figure.savefig(made, format="png")
    return made.getvalue()
