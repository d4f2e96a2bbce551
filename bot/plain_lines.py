"""The short way from a message to rich text: words and values in lines, as most messages are, without building runs.

It says the same as `bot/runs.py` or nothing at all; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from bot.catalogue import Catalogue
from bot.runs import FSI, PDI, RLM, has_letter
from bot.written import written
from domain.richtext import Code, Key, Link, RichText, Span, Style, Value

_DEPTH = 8


class Piece(NamedTuple):
    """Words of the sentence (a line end is a piece of its own), or the name of the value that stands here."""

    text: str
    value: str = ""
    speaks: bool = False  #: the words have letters


class Sentence(NamedTuple):
    """A message with its variants chosen."""

    pieces: Sequence[Piece] | None  #: None when it takes the long way: it has styles
    needs: frozenset[str]  #: the values that it cannot do without


#: The sentence of a key, by the values that choose its variants.
Sentences = Callable[[Catalogue, str, Mapping[str, Value]], Sentence]


class LongWay(Exception):
    """This message is not one of words and values in lines."""


class _Line:
    """What stands in a line so far."""

    __slots__ = ("alone", "code", "empty", "letters", "speaks", "texts", "values", "words")

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.speaks = self.letters = self.words = self.empty = False
        self.values = 0
        self.alone = self.code = ""

    def end(self, right_to_left: bool) -> str:
        """The line with its direction. Raises LongWay where that depends on more than the line itself."""
        text = "".join(self.texts)
        if not text or text.isspace():
            if self.empty or self.texts:
                raise LongWay  # it may have to be left out
            return ""
        if not self.values:
            return text
        if self.values == 1 and not self.words:
            text = text.replace(f"{FSI}{self.alone}{PDI}", self.alone)
        return RLM + text if right_to_left and not self.speaks and self.letters and text[0] != RLM else text


class PlainLines:
    """One message on its way. Made for each, used once."""

    def __init__(self, catalogue: Catalogue, sentences: Sentences, right_to_left: bool) -> None:
        self._catalogue, self._sentences, self._right_to_left = catalogue, sentences, right_to_left
        self._spans: list[Span] = []
        self._said: list[str] = []
        self._line = _Line()

    def rendered(self, paragraphs: Sequence[tuple[str, Mapping[str, Value]]]) -> RichText:
        """Messages below each other, each with its values. Raises LongWay, or TextError as the long way does."""
        for number, (key, values) in enumerate(paragraphs):
            if number:
                self._said.append("\n")
            self._add(key, values, 0)
            self._close()
        if self._said:
            self._spans.append(Span("".join(self._said)))
        return tuple(self._spans)

    def _add(self, key: str, values: Mapping[str, Value], depth: int) -> None:
        pieces, needs = self._sentences(self._catalogue, key, values)
        if pieces is None or depth > _DEPTH or (needs and not needs <= values.keys()):
            raise LongWay
        for text, name, speaks in pieces:
            if name:
                value = values[name]
                if isinstance(value, Key):
                    self._add(value.name, value.values, depth + 1)
                else:
                    self._fill(key, name, value)
            elif text == "\n":
                self._close()
                self._said.append("\n")
            elif not text:
                self._line.empty = True
            else:
                line = self._line
                if line.code:
                    raise LongWay
                line.texts.append(text)
                if speaks:
                    line.speaks = line.words = True
                elif not line.words:
                    line.words = not text.isspace()

    def _fill(self, key: str, name: str, value: Value) -> None:
        line = self._line
        if line.code or isinstance(value, Link):
            raise LongWay
        if isinstance(value, Code):
            if line.texts or not value.text or "\n" in value.text or value.text.isspace():
                raise LongWay
            line.code = value.text
            return
        text = written(self._catalogue, key, name, value)
        if not text:
            line.empty = True
            return
        if "\n" in text or text.isspace():
            raise LongWay
        if not line.texts and text[0] == RLM:
            line.speaks = True  # it brings the mark along
        line.values += 1
        line.alone = text
        line.letters = line.letters or has_letter(text)
        line.texts.append(f"{FSI}{text}{PDI}")

    def _close(self) -> None:
        line, self._line = self._line, _Line()
        if not line.code:
            self._said.append(line.end(self._right_to_left))
            return
        if self._said:
            self._spans.append(Span("".join(self._said)))
            self._said = []
        self._spans.append(Span(line.code, Style.CODE))
