"""An A4 sheet in Persian: words from right to left, wrapped and measured, and QR codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

_DATA = Path(__file__).resolve().parent.parent / "data"
_FAMILY = "Vazirmatn"

#: Millimetres: the paper, its margins, and the foot that is kept free for the last line.
WIDTH, HEIGHT, MARGIN, FOOT = 210.0, 297.0, 18.0, 9.0
ROOM = WIDTH - 2 * MARGIN
BOTTOM = HEIGHT - MARGIN - FOOT
#: Millimetres of one line for each point of its letters; points are 0.3528 mm, and Persian needs air above and below.
LINE = 0.3528 * 1.6
#: White around a code, in its own modules: with less, phones do not see it.
QUIET = 4

Align = Literal["R", "C", "L"]
Colour = tuple[int, int, int]
BLACK: Colour = (20, 24, 28)
GREY: Colour = (95, 103, 110)
ACCENT: Colour = (10, 92, 99)
RULE: Colour = (200, 207, 212)

#: What steers the direction of its neighbours; it is not drawn, so no typeface needs it.
_STEERS = frozenset("\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: the messenger's name, the link in the code, and the address in letters."""

    label: str
    link: str
    address: str


class Sheet:
    """A document that is written from top to bottom. Lengths are millimetres, letters' sizes points."""

    def __init__(self, title: str, made: int) -> None:
        """`made`: seconds since 1970 that the document says it was made at; equal papers are equal bytes."""
        from fpdf import FPDF  # heavy: only where something is drawn

        self._pdf = pdf = FPDF(format="A4")
        pdf.set_margin(MARGIN)
        pdf.set_auto_page_break(False)
        pdf.set_creation_date(datetime.fromtimestamp(made, UTC))
        pdf.set_title(title)
        pdf.set_lang("fa")
        pdf.add_font(_FAMILY, "", _DATA / "Vazirmatn-Regular.ttf")
        pdf.add_font(_FAMILY, "B", _DATA / "Vazirmatn-Bold.ttf")
        pdf.set_font(_FAMILY, size=12)
        pdf.set_text_shaping(True, direction="rtl", script="arab", language="fas")
        self._known: frozenset[int] = frozenset(getattr(pdf.current_font, "cmap", ()))
        self._wrapped: dict[tuple[str, float, bool, float], list[str]] = {}
        pdf.add_page()
        self.y = MARGIN

    @property
    def pages(self) -> int:
        return int(self._pdf.page_no())

    @property
    def left(self) -> float:
        """Millimetres down to where the foot begins."""
        return BOTTOM - self.y

    def page(self) -> None:
        self._pdf.add_page()
        self.y = MARGIN

    def height(self, words: str, size: float, *, bold: bool = False, width: float = ROOM) -> float:
        """How high these words would be, wrapped."""
        return len(self._lines(words, size, bold, width)) * size * LINE

    def write(
        self,
        words: str,
        size: float,
        *,
        bold: bool = False,
        align: Align = "R",
        x: float = MARGIN,
        width: float = ROOM,
        colour: Colour = BLACK,
        most: int = 0,
        after: float = 0,
    ) -> None:
        """Words from here on, wrapped; at most so many lines (0: all), the last of them cut with an ellipsis."""
        words = self._fit(words)
        if most and len(self._lines(words, size, bold, width)) > most:
            words = self._cut(words, size, bold, width, most)
        self._style(size, bold)
        self._pdf.set_text_color(*colour)
        self._pdf.set_xy(x, self.y)
        self._pdf.multi_cell(width, size * LINE, words, align=align, new_x="LMARGIN", new_y="NEXT")
        self.y = float(self._pdf.get_y()) + after

    def flow(self, words: str, size: float, foot: str, *, colour: Colour = BLACK, after: float = 0) -> None:
        """Words that may go on over the next pages, each page with its last line."""
        for line in self._lines(words, size, False, ROOM):
            if self.left < size * LINE:
                self.foot(foot)
                self.page()
            self.write(line, size, colour=colour)
        self.y += after

    def address(self, words: str, size: float, *, x: float, width: float) -> None:
        """An address in Latin letters, from left to right, in one line: small enough to have room."""
        self._pdf.set_text_shaping(False)
        self._style(size, False)
        wide = float(self._pdf.get_string_width(words))
        if wide > width - 2:
            self._style(size * (width - 2) / wide, False)
        self._pdf.set_text_color(*BLACK)
        self._pdf.set_xy(x, self.y)
        self._pdf.cell(width, size * LINE, words, align="C")
        self._pdf.set_text_shaping(True, direction="rtl", script="arab", language="fas")
        self.y += size * LINE

    def rule(self, after: float = 3, colour: Colour = RULE, thick: float = 0.3) -> None:
        """A line across."""
        self._pdf.set_draw_color(*colour)
        self._pdf.set_line_width(thick)
        self._pdf.line(MARGIN, self.y, WIDTH - MARGIN, self.y)
        self.y += after

    def code(self, link: str, x: float, y: float, side: float) -> None:
        """A QR code with its white border. A quarter of it may be dirty or torn."""
        import segno

        rows = [bytes(row) for row in segno.make_qr(link, error="q").matrix]
        step = side / (len(rows) + 2 * QUIET)
        self._pdf.set_fill_color(0, 0, 0)
        for down, row in enumerate(rows):
            for first, length in _runs(row):
                # A hair higher than its row: viewers show white lines between what only touches.
                top, left = y + (down + QUIET) * step, x + (first + QUIET) * step
                self._pdf.rect(left, top, length * step, step * 1.03, style="F")

    def codes(self, codes: Sequence[Code], most: float, below: float, letters: float = 18) -> None:
        """Codes beside each other, from right to left, each over its messenger's name and its address; each side has
        `most` millimetres at most, and leaves so many `below` them."""
        top, wide = self.y, ROOM / len(codes)
        side = min(most, wide, self.left - below - (2 * letters - 2) * LINE)
        for n, code in enumerate(codes, 1):
            x = WIDTH - MARGIN - n * wide
            self.code(code.link, x + (wide - side) / 2, top, side)
            self.y = top + side
            self.write(code.label, letters, bold=True, align="C", x=x, width=wide, most=1)
            self.address(code.address, letters - 2, x=x, width=wide)

    def small_codes(self, codes: Sequence[Code], side: float, letters: float = 12) -> None:
        """The same, lower: each has its name and address at its left."""
        top, wide = self.y, ROOM / len(codes)
        for n, code in enumerate(codes, 1):
            x = WIDTH - MARGIN - n * wide
            self.code(code.link, x + wide - side, top, side)
            self.y = top + side / 2 - letters * LINE
            self.write(code.label, letters, bold=True, align="C", x=x, width=wide - side, most=1)
            self.address(code.address, letters, x=x, width=wide - side)
        self.y = top + side

    def foot(self, words: str, size: float = 9) -> None:
        """The last line of this page."""
        y, self.y = self.y, HEIGHT - MARGIN - size * LINE
        self.write(words, size, colour=GREY, align="C", most=1)
        self.y = y

    def content(self) -> bytes:
        """The document."""
        return bytes(self._pdf.output())

    def _style(self, size: float, bold: bool) -> None:
        self._pdf.set_font(_FAMILY, "B" if bold else "", size)

    def _fit(self, words: str) -> str:
        """Without what the typeface cannot show: pictures in people's words would leave holes."""
        shown = "".join(one for one in words if ord(one) in self._known or one in _STEERS or one == "\n")
        return "\n".join(" ".join(line.split()) for line in shown.split("\n"))

    def _lines(self, words: str, size: float, bold: bool, width: float) -> list[str]:
        asked = (words, size, bold, width)
        if asked not in self._wrapped:  # what is measured is mostly written next
            self._style(size, bold)
            fitting: Any = self._pdf.multi_cell(width, size * LINE, self._fit(words), dry_run=True, output="LINES")
            self._wrapped[asked] = list(fitting)
        return self._wrapped[asked]

    def _cut(self, words: str, size: float, bold: bool, width: float, most: int) -> str:
        """The longest beginning, at a word's end, that has room in so many lines."""
        low, high = 0, len(words)
        while low < high:
            middle = (low + high + 1) // 2
            if len(self._lines(f"{words[:middle]}\u2026", size, bold, width)) <= most:
                low = middle
            else:
                high = middle - 1
        whole = words[:low].rsplit(" ", 1)[0] if " " in words[:low] else words[:low]
        return f"{whole.rstrip()}\u2026"


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Where dark modules begin in a row, and how many there are."""
    found: list[tuple[int, int]] = []
    for at, dark in enumerate(row):
        if dark and found and sum(found[-1]) == at:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((at, 1))
    return found
