"""What a person did, as every room understands it: no messenger's shape is left in it."""

import re
from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Self, TypeAlias

from domain.values import value

Scalar: TypeAlias = str | int | float | bool | None

#: Commands are found by their look: not every messenger marks them. Direction marks before the slash are overlooked.
_COMMAND = re.compile(r"[\s\u200e\u200f]*/(\w{1,64})(?:@\w+)?(?:\s+|$)")
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Kind(StrEnum):
    TEXT = "text"
    PRESS = "press"  #: of a button under a message
    PHOTO = "photo"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO = "video"
    DOCUMENT = "document"
    LOCATION = "location"
    CONTACT = "contact"
    STICKER = "sticker"
    EDITED = "edited"  #: an earlier message, as it reads now
    MEMBER = "member"  #: somebody came, left, stopped the bot or started it again
    OTHER = "other"  #: anything we have no use for


@value(frozen=True, slots=True)
class Incoming:
    """One thing a person did. Only what was really said is filled in; everything else has its default."""

    update: int = 0  #: the messenger's number of the update
    kind: Kind = Kind.OTHER
    chat: int | None = None
    user: int | None = None
    private: bool = False  #: a chat of one person with the bot
    message: int | None = None  #: for a press, the message under which the button stands
    text: str = ""  #: the words, or what is written under a photo or file
    data: str = ""  #: what the pressed button carries; for MEMBER the new status, such as "kicked"
    press: str = ""  #: the number under which a press has to be answered
    name: str = ""  #: first name: for rows about staff only
    language: str = ""  #: of the person's phone, such as "fa" or "en-GB"; often missing
    file_id: str = ""  #: good on this bot only
    size: int = 0  #: of the file in bytes, where the messenger says so
    picture: bool = False  #: a file that is a picture, by what the messenger says of it
    other_kind: bool = False  #: the messenger keeps it as another kind than we do: its number is for fetching only
    album: str = ""  #: the same for all pictures sent together
    latitude: float | None = None
    longitude: float | None = None
    contact_phone: str = ""
    contact_user: int | None = None  #: whose number it is; a person's own only if this equals `user`
    forwarded: bool = False
    forwarded_user: int | None = None  #: who wrote it first, where the messenger says so; many people hide it
    other_name: str = ""  #: first name on a contact card or of a forwarded message's author: for rows about staff only
    title: str = ""  #: what a group or channel is called
    date: int | None = None  #: seconds since 1970

    @property
    def command(self) -> str | None:
        """The command's name in lower case, without the slash and the bot's name."""
        found = _COMMAND.match(self.text)
        return found[1].lower() if found else None

    @property
    def arguments(self) -> str:
        """What is written after a command, or nothing."""
        found = _COMMAND.match(self.text)
        return self.text[found.end() :].strip() if found else ""

    @property
    def payload(self) -> str:
        """What a link to the bot carried: letters, digits, - and _, at most 64; else nothing."""
        arguments = self.arguments if self.command == "start" else ""
        return arguments if _PAYLOAD.fullmatch(arguments) else ""

    def as_dict(self) -> dict[str, Scalar]:
        """For keeping as JSON; what has its default is left out."""
        return {known.name: value for known in fields(self) if (value := getattr(self, known.name)) != known.default}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Scalar]) -> Self:
        """The reverse of `as_dict`; entries that this version does not know are overlooked."""
        known = {name: value for name, value in kept.items() if name in _NAMES}
        known["kind"] = Kind(str(known.get("kind", Kind.OTHER)))
        return cls(**known)  # type: ignore[arg-type]  # as_dict wrote each under its own type


_NAMES = frozenset(known.name for known in fields(Incoming))
