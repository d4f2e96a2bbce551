"""What a report is about, proposed from its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.persian import search_key

#: The category of what fits nowhere.
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Category:
    """One category. Its label is a text (`category-CODE`); the rest is a town's data."""

    code: str
    #: The council's committee that deals with it.
    committee: str
    #: The emergency line that is faster when it happens right now; empty for none.
    line: str
    #: Words that say it happens right now, and words that speak of it, as search keys.
    urgent: tuple[str, ...]
    words: tuple[str, ...]


def keys(text: str) -> tuple[str, ...]:
    """Words of a data file, parted by spaces, as search keys."""
    return tuple(filter(None, (search_key(word) for word in text.split())))


def proposed(text: str, categories: Sequence[Category]) -> list[Category]:
    """The categories whose words stand in the text, the one with most of them first."""
    said = _said(text)
    scored = [(sum(any(one.startswith(word) for one in said) for word in kind.words), kind) for kind in categories]
    return [kind for score, kind in sorted(scored, key=lambda pair: -pair[0]) if score]


def is_urgent(text: str, category: Category) -> bool:
    """Whether the text says that it happens right now, so that a line is faster."""
    said = _said(text)
    return bool(category.line) and any(one.startswith(word) for one in said for word in category.urgent)


def _said(text: str) -> set[str]:
    """Every word, and every two words as one: people part words where they like."""
    words = [key for key in (search_key(word) for word in text.split()) if key]
    return {*words, *(first + second for first, second in pairwise(words))}
