"""Knows a message about harm, addiction, self-harm or corruption by its words, before anything of it is kept.

The words are a town's data (`bot/data/sensitive.csv`); this file knows only how rules are written and compared.

**A rule** is a card, one to three groups of words, and words that call it off. It speaks when a word of its first
group stands in the text, a word of every other group stands no more than `within` words away from it, and no word
of `unless` does. Order does not matter, unless `within` is written with a minus: then only words before it count.
A rule without a card (`none` in the file) speaks the other way: the word of its first group means something
harmless there, and no other rule sees it (a phone that rings is no blow), though it still calls off.
When rules of several cards speak, the one first in `Card` counts.

**A word** is written as it is spelt, and is found in every spelling of it: letters that sound alike (`alike` in
the file), letters drawn out, Arabic letters, vowel signs, joiners, and spaces or dots inside it make no difference.

    word        also with the usual endings (the file's `endings`: my, his, plural, object, is …)
    word!       without any ending
    word*       with anything after it
    +stem       a verb: the file's `beginnings` before the stem, anything after it
    ~word       also with one letter missing, repeated elsewhere or swapped, and with anything after it (≥ 5 letters)
    one_two     words that follow one another, however they are parted

**An example** is a sentence and its card, or none. Rules know what they name; people find other words. Where no
rule speaks, a text is given the card of the examples that it is most like (domain/likeness.py), if it is more like
them than almost all harmless examples are.

So an official who meets a new way to say it adds one line: the card, the word, and if it has harmless uses too,
what must stand near it; or only the card and a sentence that says it in words of one's own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from domain.lexicon import Lexicon, Place, Spelling
from domain.likeness import Likeness, learnt

#: The share of harmless examples that likeness alone may take for something else. A false alarm costs a person the
#: writing again, a miss may cost much more.
_MISTAKEN = 0.05


class Card(StrEnum):
    """What the person is shown instead of a report; the first of several counts."""

    SELF_HARM = "self_harm"
    HARM = "harm"
    ADDICTION = "addiction"
    CORRUPTION = "corruption"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the file; see the head of this module."""

    #: None takes the first group's word out of every other rule's sight.
    card: Card | None
    #: Each a set of words as they are written in the file.
    groups: tuple[frozenset[str], ...]
    unless: frozenset[str] = frozenset()
    #: In words, counted from the first group's word to each other.
    within: int = 6
    #: Only what stands before the first group's word counts.
    before: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that teaches; no person's own words belong here."""

    card: Card | None
    text: str


@dataclass(frozen=True, slots=True)
class Watch:
    """All rules and examples, ready to read messages. Raises `NotAWord` for a word that is written wrongly."""

    rules: tuple[Rule, ...]
    spelling: Spelling = field(default_factory=Spelling)
    examples: tuple[Example, ...] = ()
    _lexicon: Lexicon = field(init=False, repr=False, compare=False)
    #: The numbers that the lexicon has for a rule's groups and for its `unless`.
    _numbers: Sequence[tuple[Rule, Sequence[int], int]] = field(init=False, repr=False, compare=False)
    _likeness: Likeness | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        lists = list(dict.fromkeys(group for rule in self.rules for group in (*rule.groups, rule.unless)))
        number = {group: place for place, group in enumerate(lists)}
        numbers = [(rule, [number[group] for group in rule.groups], number[rule.unless]) for rule in self.rules]
        object.__setattr__(self, "_lexicon", Lexicon(lists, self.spelling))
        object.__setattr__(self, "_numbers", numbers)
        taught = [([*filter(None, self._lexicon.words(one.text))], one.card) for one in self.examples]
        object.__setattr__(self, "_likeness", learnt(taught, _MISTAKEN))

    def card(self, text: str) -> Card | None:
        """The card that the text asks for, or None. Takes any text, and time in proportion to its length."""
        words = self._lexicon.words(text)
        card = self._ruled(words)
        if card or not self._likeness:
            return card
        kind = self._likeness.kind([*filter(None, words)])
        return Card(kind) if kind else None

    def _ruled(self, words: Sequence[str]) -> Card | None:
        places = self._lexicon.find(words)
        written = _Reading(places)
        numbers = frozenset().union(*places)
        possible = [rule for rule in self._numbers if numbers.issuperset(rule[1])]
        hidden = {
            piece
            for rule, groups, unless in possible
            if rule.card is None
            for place in _spoken(rule, written, groups, written, unless)
            for piece in range(*place)
        }
        seen = _Reading(places, hidden) if hidden else written
        for card in Card:
            for rule, groups, unless in possible:
                if rule.card is card and any(_spoken(rule, seen, groups, written, unless)):
                    return card
        return None


class _Reading:
    """Where the words of a list stand in a text, gathered when they are asked for; some pieces may be hidden."""

    def __init__(self, places: Mapping[frozenset[int], list[Place]], hidden: set[int] | None = None) -> None:
        self._places = places
        self._hidden = hidden or set()
        self._known: dict[int, list[Place]] = {}

    def of(self, number: int) -> list[Place]:
        if number not in self._known:
            found = [place for numbers, places in self._places.items() if number in numbers for place in places]
            if self._hidden:
                found = [place for place in found if self._hidden.isdisjoint(range(*place))]
            self._known[number] = sorted(found)
        return self._known[number]


def _spoken(rule: Rule, seen: _Reading, groups: Sequence[int], written: _Reading, unless: int) -> Iterator[Place]:
    """Where the rule speaks: the places of its first group's words."""
    first, *others = groups
    for place in seen.of(first):
        if all(_near(place, seen.of(other), rule) for other in others) and not _near(place, written.of(unless), rule):
            yield place


def _near(place: Place, others: list[Place], rule: Rule) -> bool:
    """Whether another word, not a part of this one, starts no farther away than the rule says."""
    start, end = place
    last = start - 1 if rule.before else end - 1 + rule.within
    for position in range(bisect_left(others, (start - rule.within, 0)), len(others)):
        other = others[position][0]
        if other > last:
            return False
        if not start <= other < end:
            return True
    return False
