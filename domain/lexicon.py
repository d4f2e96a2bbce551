"""Finds written words in a text in all their spellings: misspelt, drawn out, parted, glued, with endings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from domain.persian import folded

#: Where a word stands: its first piece, and the piece after its last.
Place = tuple[int, int]

#: A word may be parted into this many pieces («a . b c» for «abc»).
_MOST_PIECES = 4
#: Fewer letters have too many neighbours that are words of their own.
_LEAST_MISSPELT = 5
#: A shorter word is found parted only when it is written with «_»: two short words often make a third.
_LEAST_PARTED = 5
#: What ends a sentence keeps its words apart as so many words would.
_PAUSE = ("",) * 3

_DRAWN_OUT = re.compile(r"([^\W\d_])\1+")
_WORD = re.compile(r"[^\W_]+|[.!?;\u061b\u061f]+(?!\S)")
_SPELT_OUT = re.compile(r"(?<![^\W_])[^\W\d_](?:[\W_]{1,3}[^\W\d_](?![^\W_])){2,}")
_PARTING = re.compile(r"[\W_]+")
_WRITTEN = re.compile(r"(?P<sign>[+~]?)(?P<word>[^\W_]+(?:_[^\W_]+)*)(?P<end>[*!]?)")


class NotAWord(ValueError):
    """A word is written in a way that this module does not know."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """What the language allows; all of it data."""

    #: Letters that sound alike, as words of such letters.
    alike: tuple[str, ...] = ()
    endings: frozenset[str] = frozenset()
    #: What a verb begins with.
    beginnings: tuple[str, ...] = ()


_NOWHERE: frozenset[int] = frozenset()


class _End(IntEnum):
    NOTHING = 0
    USUAL = 1
    ANYTHING = 2


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lists of written words (domain/sensitive.py tells how), found in texts by their numbers.

    Raises `NotAWord` for a word that is written wrongly.
    """

    lists: Sequence[Collection[str]]
    spelling: Spelling = field(default_factory=Spelling)
    _letters: Mapping[int, str] = field(init=False, repr=False, compare=False)
    _endings: frozenset[str] = field(init=False, repr=False, compare=False)
    #: What words begin with, what may follow, and which lists they stand on.
    _stems: Mapping[str, Sequence[tuple[_End, frozenset[int]]]] = field(init=False, repr=False, compare=False)
    #: Beginnings of the words that may be parted.
    _heads: frozenset[str] = field(init=False, repr=False, compare=False)
    _longest: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        letters = {ord(letter): kind[0] for kind in self.spelling.alike for letter in kind}
        object.__setattr__(self, "_letters", letters)
        object.__setattr__(self, "_endings", frozenset(map(self._heard, self.spelling.endings)))
        stems: dict[str, dict[_End, set[int]]] = {}
        heads: set[str] = set()
        for written, numbers in self._numbered().items():
            for stem, end, parted in self._spellings(written):
                stems.setdefault(stem, {}).setdefault(end, set()).update(numbers)
                if parted:
                    heads.update(stem[:length] for length in range(1, len(stem)))
        frozen = {stem: tuple((end, frozenset(on)) for end, on in ends.items()) for stem, ends in stems.items()}
        object.__setattr__(self, "_stems", frozen)
        object.__setattr__(self, "_heads", frozenset(heads))
        object.__setattr__(self, "_longest", max(map(len, stems), default=0))

    def words(self, text: str) -> list[str]:
        """The words of a text as they are heard, with empty ones where a sentence ends."""
        spelt_out = _SPELT_OUT.sub(lambda run: _PARTING.sub("", run[0]), self._heard(text))
        words: list[str] = []
        for word in _WORD.findall(spelt_out):
            if word[0].isalnum():
                words.append(word)
            else:
                words += _PAUSE
        return words

    def find(self, words: Sequence[str]) -> dict[frozenset[int], list[Place]]:
        """The places of all words that stand on lists, in order, by the numbers of their lists."""
        places: dict[frozenset[int], list[Place]] = {}
        known: dict[tuple[str, int], frozenset[int]] = {}
        for start, word in enumerate(words):
            joined, seen, end = word, 0, start + 1
            while True:
                lists = known.get((joined, seen))
                if lists is None:
                    lists = known[joined, seen] = self._lists_of(joined, seen)
                if lists:
                    places.setdefault(lists, []).append((start, end))
                if joined not in self._heads or end - start == _MOST_PIECES or end == len(words) or not words[end]:
                    break
                seen = len(joined)
                # Two words that run into one another are heard with one letter where they meet, as inside a word.
                joined += words[end].removeprefix(joined[-1:])
                end += 1
        return places

    def _heard(self, text: str) -> str:
        return _DRAWN_OUT.sub(r"\1", folded(text).translate(self._letters))

    def _numbered(self) -> dict[str, set[int]]:
        numbered: dict[str, set[int]] = {}
        for number, written in enumerate(self.lists):
            for word in written:
                numbered.setdefault(word, set()).add(number)
        return numbered

    def _spellings(self, written: str) -> Iterator[tuple[str, _End, bool]]:
        """What a written word may begin with in a text, what may follow, and whether it may be parted."""
        parts = read(written)
        word = self._heard(parts["word"].replace("_", ""))
        if parts["sign"] == "+":
            yield from ((self._heard(start) + word, _End.ANYTHING, True) for start in self.spelling.beginnings)
        elif parts["sign"] == "~":
            yield from ((spelling, _End.ANYTHING, True) for spelling in _misspelt(word))
        else:
            end = {"": _End.USUAL, "*": _End.ANYTHING, "!": _End.NOTHING}[parts["end"]]
            yield word, end, "_" in parts["word"] or len(word) >= _LEAST_PARTED

    def _lists_of(self, word: str, seen: int) -> frozenset[int]:
        """The lists that the word is on by a stem longer than what was `seen` before."""
        on = _NOWHERE
        for length in range(seen + 1, min(len(word), self._longest) + 1):
            ends = self._stems.get(word[:length])
            if ends is None:
                continue
            rest = word[length:]
            # A letter that stem and ending share was heard once.
            usual = rest in self._endings or word[length - 1] + rest in self._endings
            for end, lists in ends:
                if not rest or end == _End.ANYTHING or (usual and end == _End.USUAL):
                    on |= lists
        return on


def read(written: str) -> re.Match[str]:
    """The `sign`, `word` and `end` of a written word. Raises `NotAWord`."""
    # Folding takes the joiners out, which most words are written without.
    parts = _WRITTEN.fullmatch(written) or _WRITTEN.fullmatch(folded(written))
    if parts is None:
        raise NotAWord(f"«{written}» is not written as a word of a rule")
    if parts["sign"] == "~" and len(parts["word"]) < _LEAST_MISSPELT:
        raise NotAWord(f"«{written}» is too short to be found misspelt")
    return parts


def _misspelt(word: str) -> set[str]:
    """The word and what a slip makes of it. People seldom miss the first letter, so it stays."""
    spellings = {word}
    for place in range(1, len(word)):
        before, after = word[:place], word[place:]
        spellings |= {before + after[1:], before + after[1:2] + after[:1] + after[2:]}
        spellings |= {before + letter + after for letter in set(word)}
    return spellings
