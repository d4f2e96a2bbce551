"""Every sentence that code names exists in every language, none is left over, and each gets the values it needs."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from bot.platforms import PLATFORMS
from bot.texts import TextError
from domain.richtext import plain
from tests.sentences import COMMAND, FAMILIES, LANGUAGES, PATTERNS, TEXTS, referred, uses, variants

USES = uses()
#: Given to every text by the renderer, whether it needs it or not.
ALWAYS = {"messenger"}
KEYS = sorted(PATTERNS["fa"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_that_is_named_exists(language: str) -> None:
    assert [f"{use.where}: {use.key}" for use in USES if use.key not in TEXTS.keys(language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_left_over(language: str) -> None:
    assert TEXTS.keys(language) - {use.key for use in USES} - referred(language) == set()


def test_what_the_bot_is_called_stands_in_one_place_with_a_word_for_each_messenger() -> None:
    called = {"fa": r"ربات|بات\b|بازو", "en": r"(?i)(?<!-m )\bbots?\b"}  # `python -m bot` is a command
    for language, word in called.items():
        naming = {key for key in KEYS if any(re.search(word, form.words) for form in variants(language, key))}
        assert naming == {"bot-of"}
    given = {"link": "https://example.ir"}
    said = [plain(TEXTS.render("fa", "private-only", {"messenger": name, **given})) for name in PLATFORMS]
    assert [words.split()[0].lstrip("\u200f") for words in said] == ["ربات", "بازوی"]


def test_every_language_has_the_same_sentences() -> None:
    assert TEXTS.languages == tuple(sorted(LANGUAGES))
    assert TEXTS.keys("fa") ^ TEXTS.keys("en") == set()


def test_every_language_needs_the_same_values() -> None:
    differ = [key for key in KEYS if TEXTS.variables("fa", key) != TEXTS.variables("en", key)]
    assert differ == []


def test_every_language_knows_the_same_variants() -> None:
    def choices(language: str, key: str) -> set[tuple[str, str]]:
        return {(name, str(value)) for form in variants(language, key) for name, value in form.choices.items()}

    assert [key for key in KEYS if choices("fa", key) != choices("en", key)] == []


def test_a_sentence_is_given_every_value_it_needs() -> None:
    lacking = [
        f"{use.where}: {use.key} lacks {', '.join(sorted(missing))}"
        for use in USES
        if use.values is not None and (missing := TEXTS.variables("fa", use.key) - use.values - ALWAYS)
    ]
    assert lacking == []


def test_no_value_is_given_in_vain() -> None:
    """A value that no sentence of the call shows is a sentence that forgot something."""
    at: dict[tuple[str, frozenset[str]], set[str]] = defaultdict(set)
    for use in USES:
        if use.values is not None:
            at[use.where, use.values] |= TEXTS.variables("fa", use.key)
    assert [f"{where}: {sorted(given - shown)}" for (where, given), shown in at.items() if given - shown] == []


def test_most_values_are_known_where_a_sentence_is_named() -> None:
    """Guards the two tests above: they look at calls whose values they can read."""
    named = {(use.where, use.key) for use in USES}
    read = {(use.where, use.key) for use in USES if use.values is not None}
    assert len(read) > 0.5 * len(named)
    assert {"card-what", "track-shown", "submitted", "case-accepted", "review"} <= {key for _, key in read}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", [key for key in KEYS if TEXTS.variables("fa", key)])
def test_a_missing_value_is_an_error_and_never_a_gap(language: str, key: str) -> None:
    needed = TEXTS.variables(language, key)
    for left_out in needed:
        given = {name: "other" for name in needed if name != left_out}
        with pytest.raises(TextError, match=rf"\${left_out}"):
            TEXTS.render(language, key, given)


def test_families_name_only_what_code_puts_together() -> None:
    used = {use.key for use in USES}
    assert [
        family for family, members in FAMILIES.items() if not {family.replace("{}", one) for one in members} <= used
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_in_a_sentence_exists(language: str, commands: frozenset[str]) -> None:
    named = {(key, name) for key in KEYS for form in variants(language, key) for name in COMMAND.findall(form.words)}
    assert {key for key, _ in named} >= {"help-staff", "accept-usage", "reject-usage", "case-usage"}
    assert [f"{key}: /{name}" for key, name in sorted(named) if name not in commands] == []
