"""The sentences of one language as translators write them: .ftl files read, checked as a whole and made ready to fill.

A value never passes through Fluent or the markup. Before Fluent sees a message, each gap for a value becomes a slot,
one private-use character; values are put in when everything else is done. Only what chooses between variants goes in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast

#: Stands where a choice between variants stands, so that a line whose choice came out empty can be left out.
CHOICE = "\uf8ff"
_FIRST_SLOT = 0xE000
_NONE: Mapping[str, int | str] = MappingProxyType({})
#: Formatted messages that are kept: every text, and the variants met first of those that choose by a number.
_MOST_KEPT = 8192
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_TAG = re.compile(r"</?[A-Za-z][^>]*>?|<!")
_MARKUP = frozenset({"<b>", "</b>", "<i>", "</i>", "<q>", "</q>"})


class TextError(Exception):
    """A sentence cannot be shown. Names language, key and reason, one per line, and never a value."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A message or one of its attributes."""

    pattern: ast.Pattern
    line: str  #: file and line, for whoever has to mend it
    variables: frozenset[str]  #: all gaps, those of messages it refers to included
    choices: frozenset[str]  #: those of them that choose between variants


@dataclass(slots=True)
class _Reading:
    """What has been gathered while the files of one language are read."""

    language: str
    resource: ast.Resource = field(default_factory=ast.Resource)
    patterns: dict[str, tuple[ast.Pattern, str]] = field(default_factory=dict)  #: by key, with file and line
    slots: dict[str, str] = field(default_factory=dict)  #: variable -> slot
    mistakes: list[str] = field(default_factory=list)

    def mistake(self, line: str, reason: str) -> None:
        self.mistakes.append(f"{line}: {reason}")


class Catalogue:
    """All messages of a language. Keys are `message` and `message.attribute`."""

    __slots__ = ("_bundle", "_entries", "_formatted", "language", "slots")

    def __init__(self, folder: Path) -> None:
        """Read every .ftl file of the folder, whose name is the language. Raises TextError with all that is wrong."""
        reading = _Reading(folder.name)
        for file in sorted(folder.glob("*.ftl")):
            _read(reading, file)
        self.language = folder.name
        self._entries = dict(_entries(reading))
        if reading.mistakes:
            raise TextError("\n".join(reading.mistakes))
        self.slots = {slot: variable for variable, slot in reading.slots.items()}
        self._bundle = FluentBundle([folder.name], use_isolating=False)
        self._bundle.add_resource(reading.resource)
        self._formatted: dict[str | tuple[int | str, ...], str] = {}

    def keys(self) -> frozenset[str]:
        return frozenset(self._entries)

    def variables(self, key: str) -> frozenset[str]:
        """The values that a key needs, whichever of its variants is chosen."""
        return self._entry(key).variables

    def chooses(self, key: str) -> bool:
        """Whether a value decides which words are shown."""
        return bool(self._entry(key).choices)

    def formatted(self, key: str, values: Mapping[str, object]) -> str:
        """The message's text and markup with slots for its values; the variants are chosen by ints and strings."""
        entry = self._entry(key)
        choices = {name: self._choice(key, name, values) for name in entry.choices} if entry.choices else _NONE
        at = (key, *choices.values()) if choices else key
        ready = self._formatted.get(at)
        if ready is None:
            ready = self._format(key, choices)
            if len(self._formatted) < _MOST_KEPT:
                self._formatted[at] = ready
        return ready

    def error(self, key: str, reason: str) -> TextError:
        return TextError(f"{self.language}: {key}: {reason}")

    def _entry(self, key: str) -> _Entry:
        try:
            return self._entries[key]
        except KeyError:
            raise self.error(key, "no such text") from None

    def _choice(self, key: str, name: str, values: Mapping[str, object]) -> int | str:
        value = values.get(name)
        if isinstance(value, bool) or not isinstance(value, int | str):
            what = "is missing" if value is None else f"of type {type(value).__name__} cannot choose a variant"
            raise self.error(key, f"${name} {what}")
        return value

    def _format(self, key: str, choices: Mapping[str, int | str]) -> str:
        name, _, attribute = key.partition(".")
        message = self._bundle.get_message(name)
        pattern = message.attributes[attribute] if attribute else message.value
        if pattern is None:
            raise self.error(key, "no such text")
        text, errors = self._bundle.format_pattern(pattern, dict(choices))
        if errors or not isinstance(text, str):
            raise self.error(key, "; ".join(type(error).__name__ for error in errors) or "no text came out")
        return text


def _read(reading: _Reading, file: Path) -> None:
    """Parse one file, note its messages and turn their gaps into slots."""
    name = f"{file.parent.name}/{file.name}"
    try:
        source = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return reading.mistake(f"{name}:{error.object[: error.start].count(10) + 1}", "is not UTF-8")
    for entry in FluentParser().parse(source).body:
        line = f"{name}:{source.count(chr(10), 0, entry.span.start if entry.span else 0) + 1}"
        if isinstance(entry, ast.Junk):
            mistake = entry.annotations[0]
            at = source.count("\n", 0, mistake.span.start if mistake.span else 0) + 1
            reading.mistake(f"{name}:{at}", f"cannot be read: {mistake.message}")
        elif isinstance(entry, ast.Message | ast.Term):
            _note(reading, entry, line)
    return None


def _note(reading: _Reading, entry: ast.Message | ast.Term, line: str) -> None:
    is_term = isinstance(entry, ast.Term)
    name = f"-{entry.id.name}" if is_term else entry.id.name
    parts = [(name, entry.value)] if entry.value is not None else []
    parts += [(f"{name}.{attribute.id.name}", attribute.value) for attribute in entry.attributes]
    for key, pattern in parts:
        if key in reading.patterns:
            reading.mistake(line, f"{key} is already in {reading.patterns[key][1]}")
            continue
        reading.patterns[key] = (pattern, line)
        for reason in _prepare(pattern, None if is_term else reading.slots):
            reading.mistake(line, f"{key}: {reason}")
    reading.resource.body.append(entry)


def _prepare(pattern: ast.Pattern, slots: dict[str, str] | None) -> Iterator[str]:
    """Put slots in the place of gaps, in this pattern and its variants; yields what is wrong with it.

    A term has no slots: its variables are arguments written in the catalogue, and may only choose.
    """
    elements: list[ast.TextElement | ast.Placeable] = []
    for element in pattern.elements:
        inner = _unwrapped(element)
        if isinstance(inner, ast.SelectExpression):
            elements.append(ast.TextElement(CHOICE))
            for variant in inner.variants:
                yield from _prepare(variant.value, slots)
        if isinstance(inner, ast.VariableReference) and slots is not None:
            elements.append(ast.TextElement(slots.setdefault(inner.id.name, chr(_FIRST_SLOT + len(slots)))))
            continue
        if isinstance(inner, ast.VariableReference):
            yield f"${inner.id.name} may only choose a variant in a term, not be shown"
        if isinstance(inner, ast.FunctionReference) or isinstance(
            getattr(inner, "selector", None), ast.FunctionReference
        ):
            yield "functions are not used here: dates and numbers are written by their values"
        elements.append(element)
    yield from _markup_mistakes("".join(map(_literal, pattern.elements)))
    pattern.elements = elements


def _unwrapped(element: Any) -> Any:
    while isinstance(element, ast.Placeable):
        element = element.expression
    return element


def _literal(element: ast.TextElement | ast.Placeable) -> str:
    inner = _unwrapped(element)
    if isinstance(inner, ast.TextElement):
        return inner.value
    return str(inner.parse()["value"]) if isinstance(inner, ast.StringLiteral) else ""


def _markup_mistakes(text: str) -> Iterator[str]:
    if _PRIVATE.search(text):
        yield "private-use characters stand for values and cannot be written"
    opened = ""
    for tag in _TAG.findall(text):
        if tag not in _MARKUP:
            yield f"{tag} is no markup of ours: <b>, <i> and <q> are"
        elif tag.startswith("</"):
            if opened != tag[2:-1]:
                yield f"{tag} closes nothing that is open in the same variant"
            opened = ""
        elif opened:
            yield f"{tag} stands inside <{opened}>, but styles do not nest"
        else:
            opened = tag[1:-1]
    if opened:
        yield f"<{opened}> is not closed in the same variant"


def _entries(reading: _Reading) -> Iterator[tuple[str, _Entry]]:
    slots = {slot: variable for variable, slot in reading.slots.items()}
    for key, (pattern, line) in reading.patterns.items():
        shown: set[str] = set()
        choices: set[str] = set()
        for reason in _follow(reading, pattern, (key,), shown, choices):
            reading.mistake(line, f"{key}: {reason}")
        if not key.startswith("-"):
            variables = choices | {slots[slot] for slot in shown if slot in slots}
            yield key, _Entry(pattern, line, frozenset(variables), frozenset(choices))


def _follow(
    reading: _Reading, pattern: ast.Pattern, path: tuple[str, ...], shown: set[str], choices: set[str]
) -> Iterator[str]:
    """Gather the slots and choices of a pattern and of all it refers to; yields dead and circular references."""
    for element in pattern.elements:
        inner = _unwrapped(element)
        if isinstance(inner, ast.TextElement):
            shown.update(_PRIVATE.findall(inner.value.replace(CHOICE, "")))
        if isinstance(inner, ast.SelectExpression):
            if isinstance(inner.selector, ast.VariableReference) and not path[-1].startswith("-"):
                choices.add(inner.selector.id.name)
            yield from _follow_reference(reading, inner.selector, path, shown, choices)
            for variant in inner.variants:
                yield from _follow(reading, variant.value, path, shown, choices)
        else:
            yield from _follow_reference(reading, inner, path, shown, choices)


def _follow_reference(
    reading: _Reading, node: Any, path: tuple[str, ...], shown: set[str], choices: set[str]
) -> Iterator[str]:
    if not isinstance(node, ast.MessageReference | ast.TermReference):
        return
    name = f"-{node.id.name}" if isinstance(node, ast.TermReference) else node.id.name
    target = f"{name}.{node.attribute.name}" if node.attribute else name
    if target in path:
        yield f"refers to itself through {target}"
    elif target not in reading.patterns:
        yield f"refers to {target}, which does not exist"
    else:
        yield from _follow(reading, reading.patterns[target][0], (*path, target), shown, choices)
