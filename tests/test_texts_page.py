"""The page of all texts is what the texts make of it, whole and without signs that nobody sees."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.sentences import LANGUAGES, PATTERNS, TEXTS, is_label, said, variants
from tools.sentences import SEVERAL, choices
from tools.texts_page import PAGE, Samples, load, page

#: A row: what stands in front, the Persian and the English.
ROW = re.compile(r'<tr>\n<td>(.*?)</td>\n<td dir="rtl">(.*?)</td>\n<td dir="ltr">(.*?)</td>\n</tr>', re.DOTALL)
#: A count that is neither none nor one.
SOME = r"(?!0|1\b)\d+"
KEY = re.compile(r"<code>([^<]+)</code>")


@pytest.fixture(scope="module")
def samples() -> Samples:
    return load()


@pytest.fixture(scope="module")
def drawn(samples: Samples) -> str:
    return page(samples)


@pytest.fixture(scope="module")
def rows(drawn: str) -> list[tuple[str, str, str]]:
    return ROW.findall(drawn)


def test_the_page_is_up_to_date(drawn: str) -> None:
    assert PAGE.read_text("utf-8") == drawn, "run `make texts`"


def test_every_sentence_stands_on_it_once(rows: list[tuple[str, str, str]]) -> None:
    shown = Counter(key for front, _, _ in rows for key in KEY.findall(front))
    assert shown == Counter(PATTERNS["fa"].keys())
    assert len(shown) > 600


def test_every_form_of_a_sentence_is_shown(rows: list[tuple[str, str, str]]) -> None:
    """A form is named by what leads to it; a count other than none and one may be any."""
    fronts: dict[str, list[str]] = {}
    for front, _, _ in rows:
        key = KEY.findall(front)
        fronts.setdefault(key[0] if key else list(fronts)[-1], []).append(front)
    lacking = [
        f"{key}: {name} = {value}"
        for key, pattern in PATTERNS["fa"].items()
        for name, values in choices(pattern).items()
        for value in values
        if not any(re.search(rf"\b{name} = {SOME if value == SEVERAL else value}\b", one) for one in fronts[key])
    ]
    assert lacking == []


def test_a_person_who_reads_it_sees_words_and_nothing_else(rows: list[tuple[str, str, str]]) -> None:
    cells = [cell for _, *both in rows for cell in both]
    assert [cell for cell in cells if not re.sub("<.*?>", "", cell).strip()] == []
    # A gap without its value, a mark of direction, markup of ours, and a value by its name in code.
    assert [cell for cell in cells if re.search("[\ufffc\ue000-\uf8ff\u200e\u200f\u2060-\u2069]|\\$|None", cell)] == []
    assert {tag for cell in cells for tag in re.findall("</?([a-z]+)", cell)} <= {"br", "code", "span", "u"}


def test_what_is_written_in_lines_is_read_in_lines(rows: list[tuple[str, str, str]]) -> None:
    assert [fa for _, *both in rows for fa in both if fa.count("\n") != fa.count("<br>\n")] == []
    welcome = next(fa for front, fa, _ in rows if KEY.findall(front) == ["welcome"])
    assert welcome.count("<br>\n") == 2


def test_buttons_stand_in_brackets_and_texts_as_they_are_said(rows: list[tuple[str, str, str]]) -> None:
    shown = {key: both for front, *both in rows for key in KEY.findall(front)}
    plain = [key for key in PATTERNS["fa"] if len(variants("fa", key)) == 1 and not TEXTS.variables("fa", key)]
    assert len(plain) > 300
    for key in plain:
        said_here = [said(key, language).replace("\n", "<br>\n") for language in LANGUAGES]
        assert shown[key] == ([f"[ {one} ]" for one in said_here] if is_label(key) else said_here)


def test_samples_are_words_that_a_text_asks_for(samples: Samples, drawn: str) -> None:
    """One that nothing needs any more is taken out of tools/texts_page.toml; one that lacks is shown by its name."""
    kept: set[str | tuple[str, str]] = set(samples.words["values"])
    kept |= {(key, name) for key, values in samples.words["at"].items() for name in values}
    assert drawn
    assert kept - samples.used == set()


def test_a_value_without_a_sample_is_seen(samples: Samples) -> None:
    bare = Samples({**samples.words, "values": {}, "at": {}})
    assert "{neighborhood}" in page(bare)
    assert {"neighborhood", "title", "due"} <= bare.lacking.keys()
