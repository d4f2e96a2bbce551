"""What the sandbox remembers: people, messages, button presses, files, calls and faults."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


class ApiError(Exception):
    """A refusal in the messenger's own words; `code` is both the HTTP status and the error_code."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class Misuse(Exception):
    """The sandbox itself was asked for something impossible; the message says what would be possible."""


class Unavailable(Exception):
    """The sandbox was started without what this request needs, e.g. a clock that can be moved."""


class Sender(StrEnum):
    BOT = "bot"
    PERSON = "person"


class FaultKind(StrEnum):
    STALL = "stall"
    DROP_BEFORE = "drop_before"
    DROP_AFTER = "drop_after"
    FLOOD = "flood"
    ERROR500 = "error500"
    HTML = "html"
    HALF = "half"
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - the name of a fault
    OK_FALSE = "ok_false"
    REPEAT = "repeat"
    LATENCY = "latency"


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    phone: str = ""


@dataclass(slots=True)
class Message:
    """One line of a chat. `text` is the caption where `kind` is not text; `date` and `edited` are Unix seconds."""

    message_id: int
    chat: int
    sender: Sender
    person: int
    date: int
    kind: str = "text"
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    #: the fields that the Bot API adds for this kind, e.g. {"photo": [...]}
    media: Json = field(default_factory=dict)
    inline: list[list[Json]] = field(default_factory=list)
    #: None: says nothing about the reply keyboard; []: takes it away
    keyboard: list[list[Json]] | None = None
    reply_to: int = 0
    album: str = ""
    #: who wrote it first, {"author", "name", "hidden", "date"}; empty when it was not forwarded
    forward: Json = field(default_factory=dict)
    edited: int = 0
    deleted: bool = False
    answers: list[Json] = field(default_factory=list)

    def row(self) -> Json:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Query:
    """A button press that waits for its answer."""

    id: str
    message_id: int
    person: int
    date: float


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in a request, before it has an id."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file the messenger keeps; `fields` is what the Bot API tells of it beside its ids and size."""

    file_id: str
    unique_id: str
    kind: str
    path: str
    mime: str
    size: int
    fields: Json


@dataclass(frozen=True, slots=True)
class Call:
    """One Bot API call as the bot made it; `duration` in seconds, `at` on the sandbox's clock."""

    seq: int
    at: float
    platform: str
    method: str
    params: Json
    chat: int | None
    ok: bool
    error_code: int | None
    description: str
    duration: float


@dataclass(slots=True)
class Fault:
    """A trouble to come. Without `times` it stays until cleared; without `method` or `chat` it meets every call."""

    platform: str
    kind: FaultKind
    method: str = ""
    chat: int | None = None
    times: int | None = None
    seconds: float | None = None
    retry_after: int = 1
    description: str = ""

    def meets(self, method: str, chat: int | None) -> bool:
        if self.method and self.method.lower() != method.lower():
            return False
        return self.chat is None or self.chat == chat
