"""Papers as a reader's phone shows them: words, pages, pictures and codes."""

from __future__ import annotations

import unicodedata

import pypdfium2
import segno
from PIL import Image

#: Pixels for each point; the smallest code's modules are some pixels wide then.
SCALE = 3.0


def pages(content: bytes) -> list[str]:
    """The words of each page, as they are taken out of it."""
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_range() for page in document]


def letters(words: str) -> str:
    """Letters and digits alone: readers differ in where they put marks, brackets and spaces of right-to-left lines, and
    two letters that are one sign are read either way round."""
    return "".join(one for one in unicodedata.normalize("NFD", words) if one.isalnum()).replace("ال", "لا")


def says(content: bytes, words: str) -> bool:
    """Whether these words stand on it, wherever the lines end."""
    return letters(words) in letters("".join(pages(content)))


def picture(content: bytes, page: int = 0, scale: float = SCALE) -> Image.Image:
    """One page as it looks."""
    with pypdfium2.PdfDocument(content) as document:
        drawn: Image.Image = document[page].render(scale=scale).to_pil()
        return drawn.convert("RGB")


def codes(content: bytes, count: int) -> list[list[list[int]]]:
    """The QR codes beside each other on the first page, from right to left, module by module. Letters on our papers are
    never quite black, so what is black is a code."""
    whole = picture(content).convert("L").point(lambda tone: 255 if tone < 8 else 0)
    wide = whole.width / count
    found = []
    for n in range(count):
        part = whole.crop((round(whole.width - (n + 1) * wide), 0, round(whole.width - n * wide), whole.height))
        left, top, right, bottom = part.getbbox() or (0, 0, 0, 0)
        found.append(_modules(part.crop((left, top, right, bottom))))
    return found


def matrix(link: str) -> list[list[int]]:
    """The code that a link should have."""
    return [list(row) for row in segno.make_qr(link, error="q").matrix]


def _modules(code: Image.Image) -> list[list[int]]:
    # The mark in the corner is seven modules wide, then comes a white one. Codes have 17 modules and some fours.
    edge = next(x for x in range(code.width // 9, code.width) if not code.getpixel((x, 2)))
    count = 17 + 4 * round((code.width / (edge / 7) - 17) / 4)
    step = code.width / count
    return [
        [int(bool(code.getpixel((int((x + 0.5) * step), int((y + 0.5) * step))))) for x in range(count)]
        for y in range(count)
    ]
