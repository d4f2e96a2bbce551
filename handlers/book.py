"""Finds every talk: a file in handlers/<who>/ is registered by existing."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import handlers
from domain.incoming import Incoming
from domain.persian import word_key
from handlers.talk import Talk, Told, Work

T = TypeVar("T")

WHO = ("everyone", "resident", "coordinator", "county", "admin")
#: What every talk has without listing it: open it, go on with its draft, begin anew, throw the draft away.
BUILT_IN = ("open", "resume", "anew", "drop")


class Clash(Exception):
    """Two talks claim the same name, command, word, link or job."""


def find() -> list[Talk]:
    """Every talk in the house. A file whose name begins with `_` is a shared piece and holds none."""
    found: list[Talk] = []
    for who in WHO:
        package = importlib.import_module(f"{handlers.__name__}.{who}")
        for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
            if not module.name.startswith("_"):
                found.append(importlib.import_module(f"{package.__name__}.{module.name}").talk)
    return found


class Book:
    """The talks by everything that opens them."""

    def __init__(self, talks: Iterable[Talk], words: Callable[[str], Iterable[str]]) -> None:
        """`words`: the words that open a talk of this name, in every language. Raises `Clash`."""
        self.talks: dict[str, Talk] = {}
        self._commands: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._payloads: dict[str, str] = {}
        self.jobs: dict[str, Callable[[Work, dict[str, int]], Iterable[Told]]] = {}
        for talk in talks:
            _claim(self.talks, talk.name, talk, "talk")
            if talk.command:
                _claim(self._commands, talk.command, talk.name, "command")
            if talk.payload:
                _claim(self._payloads, talk.payload, talk.name, "link")
            for word in {word_key(word) for word in words(talk.name)}:
                _claim(self._words, word, talk.name, "word")
            for kind, job in talk.jobs.items():
                _claim(self.jobs, kind, job, "job")
        self.greeter = self._only(lambda talk: talk.greets, "greets")
        self.taker = self._only(lambda talk: talk.takes_anything, "takes anything")
        #: Those that may be waiting for just what comes.
        self.expecting = [talk for talk in self.talks.values() if talk.expects]

    def __getitem__(self, name: str) -> Talk:
        return self.talks[name]

    def __contains__(self, name: str) -> bool:
        return name in self.talks

    def named(self, incoming: Incoming) -> tuple[str, str]:
        """The talk that a message names by command, link or word, and what follows; two empty strings if none."""
        if incoming.forwarded:
            return "", ""  # somebody else's words: they ask for nothing here
        if command := incoming.command:
            if incoming.payload:
                prefix, _, rest = incoming.payload.partition("_")
                if prefix in self._payloads:
                    return self._payloads[prefix], rest
            return self._commands.get(command, ""), incoming.arguments
        # The key of a label is short; a long text is never one.
        if incoming.text and len(incoming.text) <= 64:
            return self._words.get(word_key(incoming.text), ""), ""
        return "", ""

    @property
    def commands(self) -> Mapping[str, str]:
        """Command → talk name."""
        return self._commands

    def _only(self, wanted: Callable[[Talk], bool], what: str) -> Talk:
        found = [talk for talk in self.talks.values() if wanted(talk)]
        if len(found) != 1:
            raise Clash(f"exactly one talk {what}, found {[talk.name for talk in found]}")
        return found[0]


def _claim(owners: dict[str, T], key: str, value: T, what: str) -> None:
    if key in owners:
        raise Clash(f"two talks own the {what} {key}")
    owners[key] = value
