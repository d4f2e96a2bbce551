"""Learns from labelled sentences, by the pieces of their words, what another sentence is most like."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

#: Letters: few enough to see a stem in all its forms, enough to be telling.
_PIECES = (4, 5)
#: As if every piece had stood once in every kind of sentence; what was seen once tells nothing yet.
_SMOOTH = 1.0
_LEAST = 2

#: The pieces of one word, or of one pair of words.
_Unit = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What was learnt. A piece weighs the logarithm of odds.

    Pieces of one word say much the same, so a word weighs the mean of them and cannot decide alone; the words of a
    sentence are summed. Such a sum is no probability: only `bar` gives it a meaning.
    """

    kinds: tuple[str, ...]
    #: For each telling piece: how it speaks for any kind against harmless, and for each of `kinds`.
    weights: Mapping[str, tuple[float, ...]]
    #: A sentence above it is of some kind.
    bar: float

    def kind(self, words: Sequence[str]) -> str | None:
        """The kind of sentence that these words are most like, or None for a harmless one."""
        told = [
            (known, len(known))
            for unit in _units(words, {})
            if (known := [weight for piece in unit if (weight := self.weights.get(piece))])
        ]
        if sum(sum(weight[0] for weight in known) / size for known, size in told) <= self.bar:
            return None
        sums = [
            sum(sum(weight[column] for weight in known) / size for known, size in told)
            for column in range(1, len(self.kinds) + 1)
        ]
        return self.kinds[sums.index(max(sums))]


def learnt(sentences: Sequence[tuple[Sequence[str], str | None]], mistaken: float) -> Likeness | None:
    """What sentences and their kinds (None: harmless) teach; None when either sort is missing.

    `mistaken` is the share of harmless sentences (0–1) that may be taken for something else: the bar is set so that
    no more of them are, each judged by what the others teach.
    """
    kinds = tuple(sorted({kind for _, kind in sentences if kind is not None}))
    made: dict[str, _Unit] = {}
    of_kind: dict[str | None, list[list[_Unit]]] = {kind: [] for kind in (None, *kinds)}
    for words, kind in sentences:
        of_kind[kind].append(_units(words, made))
    harmless_sentences = of_kind[None]
    if not kinds or not harmless_sentences:
        return None
    counts = {kind: Counter(p for units in told for p in frozenset().union(*units)) for kind, told in of_kind.items()}
    sizes = {kind: len(told) for kind, told in of_kind.items()}
    harmless, telling = counts[None], sum((counts[kind] for kind in kinds), Counter[str]())
    total = sum(sizes[kind] for kind in kinds)
    weights = {
        piece: (
            _odds(telling[piece], total, harmless[piece], sizes[None]),
            *(_odds(counts[kind][piece], sizes[kind], harmless[piece], sizes[None]) for kind in kinds),
        )
        for piece in harmless | telling
        if harmless[piece] + telling[piece] >= _LEAST
    }

    def alone(units: Sequence[_Unit]) -> float:
        """What a harmless sentence would reach, had it not been learnt from."""
        told = [
            [
                _odds(telling[piece], total, harmless[piece] - 1, sizes[None] - 1)
                for piece in unit
                if harmless[piece] - 1 + telling[piece] >= _LEAST
            ]
            for unit in units
        ]
        return sum(sum(known) / len(known) for known in told if known)

    reached = sorted(map(alone, harmless_sentences))
    return Likeness(kinds, weights, reached[max(0, math.ceil(len(reached) * (1 - mistaken)) - 1)])


def _odds(count: int, size: int, other_count: int, other_size: int) -> float:
    share = (count + _SMOOTH) / (size + 2 * _SMOOTH)
    return math.log(share * (other_size + 2 * _SMOOTH) / (other_count + _SMOOTH))


def _units(words: Sequence[str], made: dict[str, _Unit]) -> list[_Unit]:
    """Each different word as itself and its runs of letters, its ends marked; each pair of neighbours as one piece.

    `made` keeps what was made of each word: the sentences learnt from share most of theirs.
    """
    units: list[_Unit] = []
    for word in dict.fromkeys(words):
        unit = made.get(word)
        if unit is None:
            marked = f" {word} "
            runs = (marked[start : start + size] for size in _PIECES for start in range(len(marked) - size + 1))
            unit = made[word] = tuple(dict.fromkeys((word, *runs)))
        units.append(unit)
    for first, second in dict.fromkeys(pairwise(words)):
        pair = f"{first} {second}"
        if pair not in made:
            made[pair] = (pair,)
        units.append(made[pair])
    return units
