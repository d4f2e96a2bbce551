"""Sentences in every language: a key and its values become rich text, values shown exactly as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from bot.catalogue import CHOICE, Catalogue, TextError
from bot.plain_lines import LongWay, Piece, PlainLines, Sentence
from bot.runs import Kind, Run, add, has_letter, is_broken_quotation, set_in_lines, spans_of
from bot.written import UNFIT, written
from domain.richtext import Code, Key, Link, RichText, Span, Style, Value, plain

__all__ = ["TextError", "Texts"]

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "ur"})
_PIECES = re.compile(r"(</?[biq]>|[\ue000-\uf8ff])")
_OPENING = {"<b>": Style.BOLD, "<i>": Style.ITALIC, "<q>": Style.QUOTE}
_DEPTH = 8
_NOTHING: Mapping[str, Value] = MappingProxyType({})


class _Gap(NamedTuple):
    """Where a value stands in a message, and in which style."""

    value: str
    style: Style


class Texts:
    """Every catalogue under one folder, a folder in it for each language. Rendering is safe from several threads."""

    __slots__ = ("_catalogues", "_lines", "_pieces", "_sentences")

    def __init__(self, catalogues: Mapping[str, Catalogue]) -> None:
        self._catalogues = dict(catalogues)
        self._pieces: dict[tuple[str, str], tuple[Run | _Gap, ...]] = {}
        self._lines: dict[tuple[str, str], tuple[Piece, ...] | None] = {}
        self._sentences: dict[tuple[str, str], Sentence] = {}  # by key, of those without variants

    @classmethod
    def load(cls, folder: Path) -> Texts:
        """Read all languages. Raises TextError that names each mistake by file and line."""
        catalogues, mistakes = {}, []
        for place in sorted(folder.iterdir()):
            if not (place.is_dir() and _LANGUAGE.fullmatch(place.name)):
                continue
            try:
                catalogues[place.name] = Catalogue(place)
            except TextError as error:
                mistakes.append(str(error))
        if mistakes:
            raise TextError("\n".join(mistakes))
        return cls(catalogues)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._catalogues)

    def keys(self, language: str) -> frozenset[str]:
        """Every key of the language: `message` where it has a text of its own, `message.attribute`."""
        return self._catalogue(language).keys()

    def variables(self, language: str, key: str) -> frozenset[str]:
        """Names of all values that the key needs, in whichever variant."""
        return self._catalogue(language).variables(key)

    def labels(self, key: str) -> dict[str, str]:
        """The key's words in each language that has it: what a button says, to be known again when it is typed."""
        return {
            language: plain(self.render(language, key))
            for language, catalogue in self._catalogues.items()
            if key in catalogue.keys()  # noqa: SIM118 - a method of ours, not of a dict
        }

    def render(self, language: str, key: str, values: Mapping[str, Value] = _NOTHING) -> RichText:
        """The text of a key, its values put in as they are: no character of a value is markup.

        Each value is isolated from the direction of the words around it, except codes, links, other messages and
        what stands alone on its line. A line left empty by an empty value or choice is left out. Raises TextError
        for a key or value that is missing, or a value that the sentence cannot take.
        """
        catalogue = self._catalogue(language)
        try:
            return PlainLines(catalogue, self._sentence, language in _RIGHT_TO_LEFT).rendered([(key, values)])
        except LongWay:
            return self._rendered(catalogue, key, values)

    def render_all(self, language: str, paragraphs: Sequence[tuple[str, Mapping[str, Value]]]) -> RichText:
        """The same for several keys with their values, one below the other."""
        catalogue = self._catalogue(language)
        try:
            return PlainLines(catalogue, self._sentence, language in _RIGHT_TO_LEFT).rendered(paragraphs)
        except LongWay:
            spans: list[Span] = []
            for key, values in paragraphs:
                spans += [*([Span("\n")] if spans else ()), *self.render(language, key, values)]
            return tuple(spans)

    def _rendered(self, catalogue: Catalogue, key: str, values: Mapping[str, Value]) -> RichText:
        """The long way, which knows everything."""
        runs: list[Run] = []
        self._gather(runs, catalogue, key, values, 0)
        lines = set_in_lines(runs)
        if any(is_broken_quotation(line) for line in lines):
            raise catalogue.error(key, "a quotation shares its line with other words")
        return spans_of(lines, catalogue.language in _RIGHT_TO_LEFT)

    def _catalogue(self, language: str) -> Catalogue:
        try:
            return self._catalogues[language]
        except KeyError:
            raise TextError(f"{language}: no texts in this language") from None

    def _gather(self, runs: list[Run], catalogue: Catalogue, key: str, values: Mapping[str, Value], depth: int) -> None:
        """Add a message's runs, its values put in."""
        if depth > _DEPTH:
            raise catalogue.error(key, "texts inside texts go too deep")
        needed = catalogue.variables(key)
        if not needed <= values.keys():
            missing = sorted(needed - values.keys())
            raise catalogue.error(key, f"missing: {', '.join(f'${name}' for name in missing)}")
        for piece in self._cut(catalogue, catalogue.formatted(key, values)):
            if type(piece) is Run:
                runs.append(piece)
            elif type(piece) is _Gap:
                self._fill(runs, catalogue, key, piece, values[piece.value], depth)

    def _fill(self, runs: list[Run], catalogue: Catalogue, key: str, gap: _Gap, value: Value, depth: int) -> None:
        """Add one value in the style that the sentence gives it."""
        name, style = gap
        if isinstance(value, Key):
            begin = len(runs)
            self._gather(runs, catalogue, value.name, value.values, depth + 1)
            if style is not Style.PLAIN:
                runs[begin:] = [
                    run if run.style is not Style.PLAIN else run._replace(style=style) for run in runs[begin:]
                ]
        elif isinstance(value, Code):
            inside = style is Style.QUOTE  # one quotation is one span: a code in it is shown, but not tapped
            kind, speaks = (Kind.PATTERN, has_letter(value.text)) if inside else (Kind.FIXED, False)
            add(runs, Run(value.text, style if inside else Style.CODE, kind, "", speaks))
        elif isinstance(value, Link):
            if style is Style.QUOTE:
                raise catalogue.error(key, f"${name} is a link and cannot stand in a quotation")
            add(runs, Run(UNFIT.sub("", value.label), Style.LINK, Kind.FIXED, value.href))
        else:
            text = written(catalogue, key, name, value)
            add(runs, Run(text, style, Kind.VALUE if text else Kind.EMPTY))

    def _cut(self, catalogue: Catalogue, formatted: str) -> tuple[Run | _Gap, ...]:
        """Texts and gaps of a formatted message. Kept: without its values there are few different ones."""
        at = (catalogue.language, formatted)
        ready = self._pieces.get(at)
        if ready is None:
            ready = self._pieces[at] = tuple(_pieces(catalogue, formatted))
        return ready

    def _sentence(self, catalogue: Catalogue, key: str, values: Mapping[str, Value]) -> Sentence:
        """A message for the short way. Kept by its key where that alone says it all."""
        at = (catalogue.language, key)
        ready = self._sentences.get(at)
        if ready is None:
            needs = catalogue.variables(key)
            if not needs <= values.keys():
                raise LongWay
            ready = Sentence(self._in_lines(catalogue, catalogue.formatted(key, values)), needs)
            if not catalogue.chooses(key):
                self._sentences[at] = ready
        return ready

    def _in_lines(self, catalogue: Catalogue, formatted: str) -> tuple[Piece, ...] | None:
        at = (catalogue.language, formatted)
        if at not in self._lines:
            self._lines[at] = _plain(self._cut(catalogue, formatted))
        return self._lines[at]


def _plain(pieces: tuple[Run | _Gap, ...]) -> tuple[Piece, ...] | None:
    """The same for messages of one style; None for those of more."""
    if any(piece.style is not Style.PLAIN for piece in pieces):
        return None
    return tuple(
        Piece(piece.text, "", piece.speaks) if isinstance(piece, Run) else Piece("", piece.value) for piece in pieces
    )


def _pieces(catalogue: Catalogue, formatted: str) -> list[Run | _Gap]:
    style = Style.PLAIN
    pieces: list[Run | _Gap] = []
    for part in _PIECES.split(formatted):
        if part in _OPENING:
            if style is not Style.PLAIN:
                raise TextError(f"{catalogue.language}: {part} inside another style, through a reference")
            style = _OPENING[part]
        elif part.startswith("</") and len(part) == 4:
            style = Style.PLAIN
        elif part == CHOICE:
            pieces.append(Run("", style, Kind.EMPTY))
        elif part in catalogue.slots:
            pieces.append(_Gap(catalogue.slots[part], style))
        elif part:
            runs: list[Run] = []
            add(runs, Run(part, style, Kind.PATTERN))
            pieces += [run._replace(speaks=has_letter(run.text)) for run in runs]
    return pieces
