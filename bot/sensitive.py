"""Reads the town's rules for messages that must leave no trace, checked when they are read."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from domain.lexicon import NotAWord, Spelling, read
from domain.sensitive import Card, Example, Rule, Watch

COLUMNS = ("card", "words", "near", "also", "unless", "within", "example")
#: In words; for a rule that names no other.
WITHIN = 6
#: A rule that tells what is harmless.
HARMLESS = "none"
#: Lines that are no rules: what the language allows.
SPELLING = ("alike", "endings", "beginnings")

_DISTANCE = re.compile("-?[1-9][0-9]?")

_Lists = dict[str, frozenset[str]]


class Wrong(Exception):
    """The file cannot be used; the message has a line for every mistake."""


class _Mistake(Exception):
    pass


@dataclass(slots=True)
class _Taken:
    """What the lines above have brought."""

    lists: _Lists = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    #: Examples that stand beside words, and their lines.
    promised: list[tuple[int, Example]] = field(default_factory=list)


def load(path: Path) -> Watch:
    """The rules of a UTF-8 CSV file. Raises `Wrong`.

    `card` says what a line is: a card or `none` for a rule (domain/sensitive.py tells how rules and words are
    written); `@name` for a list of words that lines below it call by that name; `alike`, `endings` or `beginnings`
    for what the language allows. Words are parted by spaces. `example` may hold a message that teaches; a line may
    be nothing but a card and an example. Where it stands beside words, it is also tried: the file must give it the
    card of its line (none: no card).
    """
    taken = _Taken()
    mistakes: list[str] = []
    for line, row in _rows(path):
        try:
            _take(line, row, taken)
        except (_Mistake, NotAWord) as mistake:
            mistakes.append(f"{path.name} line {line}: {mistake}")
    if not taken.rules and not mistakes:
        mistakes.append(f"{path.name}: holds no rule")
    if mistakes:
        raise Wrong("\n".join(mistakes))
    watch = Watch(tuple(taken.rules), _spelling(taken.lists), tuple(taken.examples))
    for line, example in taken.promised:
        if (found := watch.card(example.text)) != example.card:
            mistakes.append(f"{path.name} line {line}: its example is given {found or HARMLESS}")
    if mistakes:
        raise Wrong("\n".join(mistakes))
    return watch


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="", strict=True)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise Wrong(f"{path}: the columns must be {','.join(COLUMNS)}")
            return [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not CSV in UTF-8"
        raise Wrong(f"{path}: {reason}") from None


def _take(line: int, row: Mapping[str, str], taken: _Taken) -> None:
    if None in row:
        raise _Mistake("has more cells than there are columns")
    kind = row["card"].strip()
    if kind in SPELLING or kind.startswith("@"):
        _keep_list(kind, row, taken.lists)
        return
    example = Example(_card(kind), row["example"]) if row["example"].strip() else None
    if any(row[column].strip() for column in COLUMNS[1:-1]):
        taken.rules.append(_rule(row, taken.lists))
        if example:
            taken.promised.append((line, example))
    elif not example:
        raise _Mistake("has neither words nor an example")
    if example:
        taken.examples.append(example)


def _keep_list(name: str, row: Mapping[str, str], lists: _Lists) -> None:
    if name in lists:
        raise _Mistake(f"{name} stands there twice")
    # Kept before it is looked at, so that one mistake is not told again by each line that uses the list.
    lists[name] = frozenset()
    if any(row[column].strip() for column in COLUMNS[2:]):
        raise _Mistake(f"{name} has words and nothing else")
    if not row["words"].split():
        raise _Mistake(f"{name} has no words")
    lists[name] = _words(row["words"], lists)
    if name.startswith("@"):
        _check(row["words"])


def _card(kind: str) -> Card | None:
    if kind != HARMLESS and kind not in set(Card):
        raise _Mistake(f"card must be {', '.join((*Card, HARMLESS, *SPELLING))} or @ and a list's name")
    return None if kind == HARMLESS else Card(kind)


def _rule(row: Mapping[str, str], lists: _Lists) -> Rule:
    card = _card(row["card"].strip())
    if not row["words"].split():
        raise _Mistake("words are missing")
    if row["also"].split() and not row["near"].split():
        raise _Mistake("also needs near")
    within = row["within"].strip() or str(WITHIN)
    if not _DISTANCE.fullmatch(within):
        raise _Mistake("within must be a whole number from 1 to 99, or the same with a minus")
    groups = tuple(_words(row[column], lists) for column in ("words", "near", "also") if row[column].split())
    for column in ("words", "near", "also", "unless"):
        _check(row[column])
    return Rule(card, groups, _words(row["unless"], lists), abs(int(within)), before=int(within) < 0)


def _words(cell: str, lists: _Lists) -> frozenset[str]:
    words: set[str] = set()
    for word in cell.split():
        if word.startswith("@"):
            if word not in lists:
                raise _Mistake(f"no list {word} stands above")
            words |= lists[word]
        else:
            words.add(word)
    return frozenset(words)


def _check(cell: str) -> None:
    """Raises `NotAWord`; the words of a list were looked at where it stands."""
    for word in cell.split():
        if not word.startswith("@"):
            read(word)


def _spelling(lists: _Lists) -> Spelling:
    return Spelling(
        alike=tuple(sorted(lists.get("alike", ()))),
        endings=lists.get("endings", frozenset()),
        beginnings=tuple(sorted(lists.get("beginnings", ()))),
    )
