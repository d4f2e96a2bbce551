"""The people at their screens: what they see, what they do, and a ledger of every deed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, TypeVar

from sandbox.model import Message, Sender
from sandbox.server import Sandbox

T = TypeVar("T")
Story = Iterator[None]
_LETTERS = "bcdfghjkmnprstvwx"


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that somebody did, and the number of the update that it became."""

    platform: str
    update: int
    person: int
    kind: str


@dataclass(slots=True)
class Ledger:
    """What was done and what must have come of it, written by those who do it."""

    deeds: list[Deed] = field(default_factory=list)
    marks: int = 0
    #: mark → the part of `words` in which it must stand, exactly once.
    words: dict[str, str] = field(default_factory=dict)
    #: mark → who must have read it (messenger, chat).
    read: dict[str, tuple[str, int]] = field(default_factory=dict)
    #: tracking code → the mark of its report, and whose it is.
    cases: dict[str, tuple[str, tuple[str, int]]] = field(default_factory=dict)
    #: tracking code → the state that was decided; `taken`: by the first of two, of whom each left a mark.
    decided: dict[str, str] = field(default_factory=dict)
    taken: dict[str, tuple[str, str]] = field(default_factory=dict)
    #: mark → whom a broadcast was for at least.
    broadcasts: dict[str, set[tuple[str, int]]] = field(default_factory=dict)
    #: (messenger, person) → how many roles were given them, and how many taken back.
    roles: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    #: (messenger, person): whoever had everything of theirs erased.
    erased: set[tuple[str, int]] = field(default_factory=set)
    #: (messenger, person) → how often they asked something that is answered by one message.
    asked: dict[tuple[str, int], int] = field(default_factory=dict)

    def mark(self) -> str:
        """A word that nobody else says: letters only, so that no spelling rule touches it."""
        self.marks += 1
        n, word = self.marks, ""
        while n:
            n, rest = divmod(n, len(_LETTERS))
            word = _LETTERS[rest] + word
        return f"zq{word:b>5}qz"


class Person:
    """Somebody at their chat with the bot. Their chances are their own, so that a seed gives them the same ones."""

    def __init__(self, sandbox: Sandbox, ledger: Ledger, platform: str, number: int, seed: int) -> None:
        self.sandbox, self.ledger, self.platform, self.id = sandbox, ledger, platform, number
        self.messenger = sandbox.messengers[platform]
        self.chance = random.Random(f"{seed}:{platform}:{number}")
        self.story: Story = iter(())
        #: What they wait for, in words; empty when they do not.
        self.waits = ""
        #: Tracking codes that their chat shows with a button, and up to where it was looked through.
        self.shown: set[str] = set()
        self._looked = 0
        #: Commands that somebody else asked them to say.
        self.orders: list[str] = []
        #: Stories that wait for the end of the one they are in.
        self.aside: list[Story] = []
        self.done = False

    @property
    def who(self) -> tuple[str, int]:
        return self.platform, self.id

    def goes_on(self) -> None:
        """Go on with the story by one deed at most."""
        if not self.done and next(self.story, self) is self:
            self.done = True

    def interrupt(self, story: Story) -> None:
        """Do something else when what they are at is over, before anything new."""
        self.aside.append(story)

    def until(self, wanted: Callable[[], T | None], what: str) -> Iterator[None]:
        """Wait, without ever giving up: what was promised comes, or the run shows who still waits."""
        self.waits = what
        while wanted() is None:
            yield
        self.waits = ""

    # --- seeing -------------------------------------------------------------------------------------------------------

    @property
    def lines(self) -> list[Message]:
        return self.messenger.by_chat.get(self.id, [])

    @property
    def last(self) -> int:
        return self.lines[-1].message_id if self.lines else 0

    def newer(self, after: int) -> Iterator[Message]:
        """What the bot said after this message, the newest first."""
        newest_first = takewhile(lambda line: line.message_id > after, reversed(self.lines))
        return (line for line in newest_first if line.sender is Sender.BOT and not line.deleted)

    def button(self, pattern: str, after: int = 0, text: str = "") -> tuple[int, str] | None:
        """The newest button whose data reads so, under a message that holds the text: its message and its data.

        Without the text, what a kill has repeated of an older question could be taken for the one that is open.
        """
        wanted = re.compile(pattern)
        for line in self.newer(after):
            for data in data_of(line) if text in line.text else ():
                if wanted.search(data):
                    return line.message_id, data
        return None

    def receipt(self, after: int, known: dict[str, Any]) -> str | None:
        """A tracking code that nobody knows yet."""
        for line in self.newer(after):
            for code in re.findall(r"(?m)^\W*(\d{8})\W*$", line.text):
                if code not in known:
                    return str(code)
        return None

    def sees(self, code: str) -> bool | None:
        """Whether a case was brought to them, with something to press."""
        lines = self.lines
        for line in lines[self._looked :]:
            if line.sender is Sender.BOT:
                self.shown.update(found[1] for data in data_of(line) if (found := re.search(r":(\d{8})$", data)))
        self._looked = len(lines)
        return True if code in self.shown else None

    # --- doing --------------------------------------------------------------------------------------------------------

    def says(self, text: str) -> int:
        return self._does("says", lambda: self.sandbox.say(self.platform, self.id, text))

    def sends(self, kind: str, **about: Any) -> int:
        return self._does(kind, lambda: self.sandbox.send(self.platform, self.id, kind, **about))

    def shows_place(self, latitude: float, longitude: float) -> int:
        return self._does("location", lambda: self.sandbox.location(self.platform, self.id, latitude, longitude))

    def hands_card(self, owner: int) -> int:
        return self._does("contact", lambda: self.sandbox.contact(self.platform, self.id, owner=owner))

    def edits(self, message: int, text: str) -> int:
        return self._does("edits", lambda: self.sandbox.edit(self.platform, self.id, message, text))

    def presses(self, message: int, data: str, *, forged: bool = False) -> int:
        def press() -> int:
            self.sandbox.press(self.platform, self.id, data=data, message_id=message, forged=forged)
            return message

        if data.endswith(":erase"):
            self.ledger.erased.add(self.who)
        return self._does("presses", press)

    def _does(self, kind: str, deed: Callable[[], int]) -> int:
        before = self.messenger.facts["next_update"]
        message = deed()
        for update in range(before, self.messenger.facts["next_update"]):
            self.ledger.deeds.append(Deed(self.platform, update, self.id, kind))
        return message


def data_of(line: Message) -> list[str]:
    """What the buttons under a message carry."""
    return [str(button["callback_data"]) for row in line.inline for button in row if "callback_data" in button]
