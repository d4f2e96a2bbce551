"""Buttons under a message and the permanent keyboard, before any messenger's notation."""

from typing import TypeAlias

from domain.values import value

DATA_LIMIT = 64  # bytes of UTF-8; the messengers refuse more
COPY_LIMIT = 256  # characters


@value(frozen=True, slots=True)
class Button:
    """A button under a message: a press brings `data` back, opens `url` or copies `copy`. One of them is given."""

    text: str
    data: str = ""
    url: str = ""
    copy: str = ""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a button without a label")
        if [bool(self.data), bool(self.url), bool(self.copy)].count(True) != 1:
            raise ValueError("a button carries either data or a url or what it copies")
        if len(self.data.encode()) > DATA_LIMIT:
            raise ValueError(f"button data is longer than {DATA_LIMIT} bytes")
        if len(self.copy) > COPY_LIMIT:
            raise ValueError(f"what a button copies is longer than {COPY_LIMIT} characters")


Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@value(frozen=True, slots=True)
class Keyboard:
    """The keyboard that stays below the chat: a press says its label. Without rows it takes the present one away."""

    rows: tuple[tuple[str, ...], ...] = ()
    location: str = ""  #: the label among the rows that shares where the phone is, instead of saying itself
    once: bool = False  #: folds away after one press
