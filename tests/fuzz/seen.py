"""What goes in, and what everybody got so far: all that chance may draw from."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

#: Most that is remembered of each: buttons of one chat, buttons of all chats, codes, links.
OWN, ALL, CODES, LINKS = 200, 20_000, 300, 100


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that reaches the bot. `body` is what the messenger delivers, letter by letter."""

    number: int
    what: str
    platform: str
    body: str
    update: Any


@dataclass(frozen=True, slots=True)
class Button:
    """A button that was sent: where it stands and what it carries."""

    message: int
    data: str


@dataclass
class Seen:
    """What everybody got so far, in an order that does not depend on how fast anything was."""

    own: dict[tuple[str, int], list[Button]] = field(default_factory=dict)
    last: dict[tuple[str, int], tuple[int, list[str]]] = field(default_factory=dict)
    every: list[str] = field(default_factory=list)
    said: dict[str, None] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def message(self, where: tuple[str, int], number: int, buttons: list[str], chance: random.Random) -> None:
        """A message of ours as it reads now."""
        if number >= self.last.get(where, (0, []))[0]:
            self.last[where] = number, buttons
        mine = self.own.setdefault(where, [])
        mine += [Button(number, data) for data in buttons]
        del mine[:-OWN]
        for data in buttons:
            if len(self.every) < ALL:
                self.every.append(data)
            else:
                self.every[chance.randrange(ALL)] = data

    def link(self, payload: str) -> None:
        self.links.append(payload)
        del self.links[:-LINKS]
