"""The catalogues as they are written: every sentence with its forms, for the tests and for the page of all texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TypeAlias

from fluent.syntax import FluentParser, ast

#: Stands in a sentence's own words where a value stands.
GAP = "\ufffc"
#: Any count that is neither none nor one.
SEVERAL = 12
_COUNTS = {"0": 0, "1": 1, "one": 1, "other": SEVERAL}

#: Messages that are labels: the names of talks, of what can be chosen from, and of what is everywhere.
_ON_BUTTONS = re.compile(
    "(action-kind|button|calendar|category|language|need|redact-part|redacted|talk|weekday-short)-"
    "|role-([a-z]+_[a-z]+|coordinator)$|settings-quiet-offer$|link-where-at$"
    "|news-(all|weekly|own|none)$|broadcast-meeting-of$|guests-more$|meeting-(card-proposals$|doubt-day$|item-drop$"
    "|every-|kind-)|meetings-label$|minutes-(nth|of)$|rsvp-(yes|maybe|no)(-n)?$|vote-(yes|no|abstained|begin|close)$"
)
_ELSEWHERE = {"button-old", "news-none", "talk-closed"}

#: What chooses, with a value that leads to each of its variants.
Choices: TypeAlias = dict[str, list[int | str]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message or one of its attributes, as written in `file` (the name without its ending)."""

    key: str
    file: str
    pattern: ast.Pattern


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of a sentence: the choices that lead to it, and its own words with `GAP` for each value."""

    choices: dict[str, int | str]
    words: str


def sentences(folder: Path) -> list[Sentence]:
    """Every key of a language in the order in which files and lines have them."""
    return [one for file in sorted(folder.glob("*.ftl")) for one in _in_file(file)]


def _in_file(file: Path) -> Iterator[Sentence]:
    for entry in FluentParser().parse(file.read_text("utf-8")).body:
        if isinstance(entry, ast.Message):
            if entry.value is not None:
                yield Sentence(entry.id.name, file.stem, entry.value)
            for one in entry.attributes:
                yield Sentence(f"{entry.id.name}.{one.id.name}", file.stem, one.value)


def variants(pattern: ast.Pattern) -> list[Variant]:
    """Every form of a sentence; one without choices has one."""
    named = dict(_choices(pattern))
    found = []
    for chosen in product(*named.values()):
        picked = dict(zip(named, chosen, strict=True))
        values = {name: _value(variant, named[name]) for name, variant in picked.items()}
        found.append(Variant(values, _words(pattern, picked)))
    return found


def choices(pattern: ast.Pattern) -> Choices:
    """What chooses between the variants of a sentence, in the order in which it does."""
    return {name: [_value(one, names) for one in names] for name, names in _choices(pattern)}


def is_label(key: str) -> bool:
    """Whether a key is what a button says, at least in one place."""
    message, _, attribute = key.partition(".")
    if attribute:
        # Of a talk: what is typed and what the messenger's menu says. Of a reason: what is proposed to be written.
        return (message.partition("-")[0], attribute) not in {
            ("talk", "words"),
            ("doer", "words"),
            ("talk", "about"),
            ("reason", "explanation"),
        }
    return _ON_BUTTONS.match(message) is not None and message not in _ELSEWHERE


def _choices(pattern: ast.Pattern) -> Iterator[tuple[str, list[str]]]:
    """Each variable that chooses, with the names of its variants."""
    for element in pattern.elements:
        inner = getattr(element, "expression", None)
        if isinstance(inner, ast.SelectExpression):
            yield _chooser(inner), [_name(variant) for variant in inner.variants]
            for variant in inner.variants:
                yield from _choices(variant.value)


def _chooser(select: ast.SelectExpression) -> str:
    if not isinstance(select.selector, ast.VariableReference):
        raise TypeError("only values choose between variants")
    return str(select.selector.id.name)


def _name(variant: ast.Variant) -> str:
    return str(variant.key.name if isinstance(variant.key, ast.Identifier) else variant.key.value)


def _value(name: str, names: list[str]) -> int | str:
    counted = not {"0", "1", "one"}.isdisjoint(names)
    return _COUNTS[name] if counted else name


def _words(pattern: ast.Pattern, picked: dict[str, str]) -> str:
    words = ""
    for element in pattern.elements:
        inner = getattr(element, "expression", None)
        if isinstance(element, ast.TextElement):
            words += element.value
        elif isinstance(inner, ast.SelectExpression):
            name = picked[_chooser(inner)]
            words += _words(next(one.value for one in inner.variants if _name(one) == name), picked)
        elif isinstance(inner, ast.StringLiteral):
            words += str(inner.parse()["value"])
        else:
            words += GAP
    return words
