"""Every sentence with hostile values: each messenger shows the words and the formatting that were meant."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import pytest

from bot.platforms import PLATFORMS, Bale, Telegram
from bot.render import Renderer
from domain.richtext import Code, Key, Link, RichText, Style, Value, merged, plain
from handlers.talk import Reply
from tests.markup import (
    HOSTILE,
    LAX,
    STRICT,
    as_bale_reads,
    as_telegram_reads,
    bare,
    meant_for_bale,
    meant_for_telegram,
)
from tests.sentences import LANGUAGES, PATTERNS, TEXTS, variants

WORST = [
    *HOSTILE,
    '{ $title } {{ }} { -term } { "x" }',
    "\ue000\ue001\uf8ff private",
    "ی" * 300,
    "یک\nدو\n\nسه",
    "a" * 150 + " " + "ب" * 150,
    "<q>x</q> </b><b>",
    "\u2068\u2068\u2068 open",
    "\u2069\u2069 closed",
]
TELEGRAM, BALE = Telegram(), Bale()
#: What a value is where it is not a person's words.
TYPED: Mapping[str, Value] = {"code": Code("48271905"), "link": Link("<b>*x*</b>", "https://example.ir/?a=1&b=<c>_d_")}
#: Values that are sentences themselves where handlers give one.
INSIDE: Mapping[str, str] = {
    "body": "role-in-council",
    "end": "role-until",
    "holder": "holder-council",
    "neighborhood": "sample-place",
    "place": "sample-place",
    "readers": "broadcast-readers",
    "sender": "holder-council",
    "state": "state-accepted",
    "title": "untitled",
    "what": "card-what",
}


def fillings(language: str, key: str, words: str) -> Iterator[dict[str, Value]]:
    """Values for every variant: bare words everywhere, then sentences and codes where handlers give them."""
    needed = TEXTS.variables(language, key)
    for form in variants(language, key):
        rest = needed - form.choices.keys()
        yield {**dict.fromkeys(rest, words), **form.choices}
        typed: dict[str, Value] = {name: TYPED.get(name, words) for name in rest}
        typed |= {name: inside(language, INSIDE[name], words) for name in rest & INSIDE.keys()}
        yield {**typed, **form.choices}


def inside(language: str, key: str, words: str) -> Key:
    return Key(key, dict.fromkeys(TEXTS.variables(language, key), words))


def everything(language: str, words: str) -> Iterator[tuple[str, RichText]]:
    for key in sorted(PATTERNS[language]):
        for values in fillings(language, key, words):
            yield key, TEXTS.render(language, key, values)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", WORST)
def test_telegram_reads_exactly_what_was_meant(language: str, words: str) -> None:
    for key, rich in everything(language, words):
        assert as_telegram_reads(TELEGRAM.render(rich)) == (plain(rich), meant_for_telegram(rich)), key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", WORST)
def test_bale_formats_nothing_that_was_not_meant(language: str, words: str) -> None:
    for key, rich in everything(language, words):
        written = BALE.render(rich)
        meant = iter([(kind, bare(text)) for kind, text in meant_for_bale(rich)])
        shown = [(kind, bare(text)) for kind, text, _ in as_bale_reads(written, STRICT)]
        assert all(piece in meant for piece in shown), key
        links = [span for span in merged(rich) if span.style is Style.LINK]
        assert len([kind for kind, *_ in as_bale_reads(written, LAX) if kind == "Link"]) == len(links), key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", [words for words in WORST if words.isprintable()])
def test_a_persons_words_are_shown_whole_and_in_the_sentences_own_style(language: str, words: str) -> None:
    for key in sorted(PATTERNS[language]):
        for form in variants(language, key):
            # The messenger may choose in a sentence that this one refers to; it is never shown.
            rest = TEXTS.variables(language, key) - form.choices.keys() - {"messenger"}
            rich = TEXTS.render(language, key, {"messenger": "bale", **dict.fromkeys(rest, words), **form.choices})
            assert plain(rich).count(words) >= len(rest), key
            assert {span.style for span in rich} <= {Style.PLAIN, Style.BOLD, Style.ITALIC, Style.QUOTE}, key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=PLATFORMS)
def test_a_code_is_copied_as_bare_digits_alone_on_its_line(
    language: str, platform: Telegram | Bale, renderer: Renderer
) -> None:
    shown = [key for key in sorted(PATTERNS[language]) if "code" in TEXTS.variables(language, key)]
    assert len(shown) >= 6
    for key in shown:
        for values in fillings(language, key, "«سلام»"):
            calls = renderer.calls(Reply(key, {**values, "code": Code("48271905")}), platform, language)
            said = json.dumps([call.params["text"] for call in calls], ensure_ascii=False)
            lines = [line for call in calls for line in call.params["text"].split("\n")]
            assert {"<code>48271905</code>", "48271905"} & set(lines), said
