"""Charts: Persian from right to left and whole, whatever people write, and drawn in a process of their own."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from PIL import Image

from bot.apart import Broken, apart
from bot.charts import FIRST, OTHERS, WIDE, Bar, Bars, drawn
from bot.store import cleaned
from tests.sentences import ROOT

WORDS = "چراغ‌های کوچهٔ ۱۲ خاموش است"


def chart(*values: int, label: str = WORDS, title: str = "کدام زودتر؟") -> Bars:
    most = max(values, default=0)
    bars = tuple(Bar(label, n, str(n), leads=n == most > 0) for n in values)
    return Bars(title, bars, "رأی مشورتی")


def picture(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def longest_run(image: Image.Image, colour: str) -> int:
    """Pixels of the longest bar of this colour."""
    wanted = tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
    rows = image.width, image.height
    pixels = image.load()
    assert pixels is not None
    return max(sum(pixels[x, y] == wanted for x in range(rows[0])) for y in range(0, rows[1], 5))


async def test_a_chart_is_drawn_apart_and_kept_like_any_picture() -> None:
    made = await apart(drawn, chart(8, 3, 0))
    image = picture(made)
    assert image.width == WIDE
    assert cleaned("photo", made).type == "image/jpeg"


def test_bars_are_as_long_as_their_numbers_and_none_has_no_bar() -> None:
    image = picture(drawn(chart(8, 4, 0)))
    first, second = longest_run(image, FIRST), longest_run(image, OTHERS)
    assert abs(first - 2 * second) <= 4
    assert longest_run(picture(drawn(chart(0, 0))), OTHERS) == 0


def test_bars_grow_from_the_right_as_persian_is_read() -> None:
    image = picture(drawn(chart(10, 1)))
    wanted = tuple(int(OTHERS[at : at + 2], 16) for at in (1, 3, 5))
    pixels = image.load()
    assert pixels is not None
    there = [x for x in range(image.width) for y in range(0, image.height, 5) if pixels[x, y] == wanted]
    assert min(there) > image.width * 0.8


def test_nothing_is_cut_off_however_long_it_is() -> None:
    image = picture(drawn(chart(3, 2, label=" ".join([WORDS] * 4), title=" ".join([WORDS] * 6))))
    edge = [image.getpixel((x, y)) for y in range(image.height) for x in (*range(20), *range(WIDE - 20, WIDE))]
    assert set(edge) == {(255, 255, 255)}


@pytest.mark.parametrize("words", ["$x$ و $\\frac{1}{0}$", "a_b^c", "<b>&", "😀 پارک", "\u202eپارک", "[]", " "])
def test_what_people_write_is_never_taken_for_a_formula(words: str) -> None:
    assert picture(drawn(chart(2, 1, label=words, title=words))).width == WIDE


def test_persian_letters_are_joined_without_any_library_of_the_system() -> None:
    """Joined and from right to left a word is narrower than its letters one by one."""
    joined = drawn(chart(1, label="ببببببب"))
    apart_ = drawn(chart(1, label="ب\u200cب\u200cب\u200cب\u200cب\u200cب\u200cب"))
    assert ink(joined) < ink(apart_)


def ink(content: bytes) -> int:
    image = picture(content).convert("L")
    return sum(image.histogram()[:128])


async def test_work_that_fails_is_told_without_what_it_was_about() -> None:
    with pytest.raises(Broken) as failed:
        await apart(drawn, chart(1, label=5))  # type: ignore[arg-type]
    assert "Error in" in str(failed.value)
    assert "کدام" not in str(failed.value)


def test_the_drawing_library_is_not_loaded_before_something_is_drawn() -> None:
    asked = "import sys, bot.app; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=False).returncode == 0
