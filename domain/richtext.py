"""Text with its meaning marked, in no messenger's notation: spans, the values that go into texts, splitting."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from domain.moments import Moment
from domain.values import value

TEXT_LIMIT = 4096  # UTF-16 units in one message; the same on every messenger we know

_ZWJ = "\u200d"
_SPACE = " \t\n\r"


class Style(StrEnum):
    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"  #: one tap copies it
    LINK = "link"
    QUOTE = "quote"  #: whole lines


#: Never cut in the middle while that can be avoided: half a code or half a link is of no use.
_UNBROKEN = frozenset({Style.CODE, Style.LINK})


@value(frozen=True, slots=True)
class Span:
    """A run of text in one style. Spans stand side by side and never nest; only a LINK has an href."""

    text: str
    style: Style = Style.PLAIN
    href: str = ""


RichText: TypeAlias = tuple[Span, ...]


@value(frozen=True, slots=True)
class Code:
    """Something to copy, shown as it is: a tracking code in bare ASCII digits."""

    text: str


@value(frozen=True, slots=True)
class Link:
    label: str
    href: str


@value(frozen=True, slots=True)
class Key:
    """Another message's text, put in where this value stands."""

    name: str
    values: "Mapping[str, Value]" = field(default_factory=dict)


#: What a handler may put into a text. A plain str is a person's words or data and is never read as markup.
Value: TypeAlias = str | int | datetime | date | Moment | Code | Link | Key


def plain(rich: RichText) -> str:
    return "".join(span.text for span in rich)


def merged(rich: RichText) -> RichText:
    """The same text with empty spans left out and like neighbours made one."""
    spans: list[Span] = []
    alike: list[Span] = []
    for span in rich:
        if not span.text:
            continue
        if alike and (alike[0].style is not span.style or alike[0].href != span.href):
            spans.append(_one(alike))
            alike = []
        alike.append(span)
    if alike:
        spans.append(_one(alike))
    return tuple(spans)


def _one(alike: list[Span]) -> Span:
    first = alike[0]
    return first if len(alike) == 1 else Span("".join([span.text for span in alike]), first.style, first.href)


def utf16_length(text: str) -> int:
    """Length as messengers count it: an emoji outside the basic plane counts as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(rich: RichText, limit_utf16: int = TEXT_LIMIT) -> list[RichText]:
    """Parts that fit, in order; no part is blank, and blank text gives none.

    Cuts at the last paragraph end that leaves at least a quarter of the room used, else at a line end, else at a
    space, else between two characters. The white space at a cut is left out. Codes and links stay whole if they fit.
    """
    if limit_utf16 < 2:
        raise ValueError("a part needs room for at least one character of two UTF-16 units")
    parts = []
    rest = _trimmed(merged(rich))
    while utf16_length(plain(rest)) > limit_utf16:
        head, rest = _divided(rest, _cut(rest, limit_utf16))
        head, rest = _trimmed(head), _trimmed(rest)
        if head:
            parts.append(head)
    return [*parts, rest] if rest else parts


def _cut(rich: RichText, limit: int) -> int:
    """Where the first part ends, as an index into the plain text; always between 1 and what fits."""
    text = plain(rich)
    room = _fitting(text, limit)
    whole = [(start, end) for start, end, span in _placed(rich) if span.style in _UNBROKEN]
    for mark in ("\n\n", "\n", " "):
        at = _last(text, mark, room, whole)
        if at * 4 >= room:
            return at
    for start, end in whole:
        if 0 < start < room < end and utf16_length(text[start:end]) <= limit:
            return start
    return _between_characters(text, room)


def _last(text: str, mark: str, room: int, whole: list[tuple[int, int]]) -> int:
    """The last place before `room` where `mark` stands outside codes and links; 0 if there is none."""
    at = text.rfind(mark, 0, room + len(mark))
    while at > 0 and any(start <= at < end for start, end in whole):
        at = text.rfind(mark, 0, at)
    return max(at, 0)


def _between_characters(text: str, room: int) -> int:
    """`room`, or a little less where a letter and its marks, or the pieces of one emoji, would be torn apart."""
    for at in range(room, max(room - 32, 0), -1):
        joins = unicodedata.category(text[at]).startswith("M") or text[at] == _ZWJ or text[at - 1] == _ZWJ
        if not joins:
            return at
    return room


def _fitting(text: str, limit: int) -> int:
    """How many characters from the start have room in `limit` UTF-16 units."""
    room = min(limit, len(text))
    while (over := utf16_length(text[:room]) - limit) > 0:
        room -= (over + 1) // 2
    return room


def _placed(rich: RichText) -> Iterator[tuple[int, int, Span]]:
    at = 0
    for span in rich:
        yield at, at + len(span.text), span
        at += len(span.text)


def _divided(rich: RichText, at: int) -> tuple[RichText, RichText]:
    head, rest = [], []
    for start, end, span in _placed(rich):
        if start < at:
            head.append(replace(span, text=span.text[: at - start]))
        if end > at:
            rest.append(replace(span, text=span.text[max(at - start, 0) :]))
    return tuple(head), tuple(rest)


def _trimmed(rich: RichText) -> RichText:
    spans = list(rich)
    while spans and not (text := spans[0].text.lstrip(_SPACE)):
        del spans[0]
    if spans and len(text) < len(spans[0].text):
        spans[0] = replace(spans[0], text=text)
    while spans and not (text := spans[-1].text.rstrip(_SPACE)):
        del spans[-1]
    if spans and len(text) < len(spans[-1].text):
        spans[-1] = replace(spans[-1], text=text)
    return tuple(spans)
