"""Kinds of values that settings have, and what is said of one that is of another kind."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

_TOKEN = re.compile(r"[0-9]{1,20}:[\x21-\x7e]+")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
ACCOUNT = re.compile(r"(telegram|bale):[1-9][0-9]{0,18}")
_HOST = re.compile(r"[A-Za-z0-9.:_-]{1,253}")
DATABASE = re.compile(r"sqlite:///.+|postgres(ql)?://\S*")


def _number(value: object) -> object:
    if isinstance(value, bool):  # Python takes true for 1
        raise ValueError("must be a number")
    return value


def address(*schemes: str) -> AfterValidator:
    """An address with one of these schemes, or nothing; kept without a slash at its end."""

    def check(value: str) -> str:
        if not value:
            return value
        parts = urlsplit(value)
        try:
            port_is_good = parts.port is None or parts.port > 0
        except ValueError:
            port_is_good = False
        if parts.scheme not in schemes or not parts.hostname or not port_is_good or re.search(r"\s", value):
            raise ValueError(f"must be an address such as {schemes[0]}://example.org")
        return value.rstrip("/")

    return AfterValidator(check)


def callable_from_outside(value: str) -> str:
    """Raises ValueError for an address that a messenger could not call: it needs https, but for one on this machine."""
    parts = urlsplit(value)
    here = ("127.0.0.1", "localhost", "::1")  # a Bot API server of one's own on the same machine calls without https
    if parts.query or parts.fragment or (parts.scheme == "http" and parts.hostname not in here):
        raise ValueError("must be an address such as https://example.org")
    return value


def matching(pattern: re.Pattern[str], what: str) -> AfterValidator:
    """Text, or a secret, of exactly this form; `what` follows "must be" in the complaint."""

    def check(value: Any) -> Any:
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if not pattern.fullmatch(text):
            raise ValueError(f"must be {what}")
        return value

    return AfterValidator(check)


def filled(value: str) -> str:
    """Raises ValueError for nothing."""
    if not value:
        raise ValueError("must not be empty")
    return value


def weekday_number(day: str) -> int:
    """The day as Python counts: Monday is 0."""
    return list(get_args(get_args(Weekday)[0])).index(day)


Whole = Annotated[int, BeforeValidator(_number)]
Port = Annotated[Whole, Field(ge=0, le=65535)]
Rate = Annotated[float, BeforeValidator(_number), Field(ge=0, le=1000, allow_inf_nan=False)]
#: Two of them, for connecting and for reading, must be over before a notice takes the other messenger
#: (LET_GO_S in storage/standby.py): else both could get it.
Seconds = Annotated[float, BeforeValidator(_number), Field(ge=1, le=120, allow_inf_nan=False)]
Megabytes = Annotated[int, BeforeValidator(_number), Field(ge=1, le=2000)]
Host = Annotated[str, matching(_HOST, "the name or number of a machine, such as 127.0.0.1")]
Token = Annotated[SecretStr, matching(_TOKEN, "a bot's token: digits, a colon and letters")]
WebhookSecret = Annotated[SecretStr, matching(_WEBHOOK_SECRET, "1 to 256 Latin letters, digits, _ or -")]
Weekday = Annotated[
    Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    BeforeValidator(lambda day: day.lower() if isinstance(day, str) else day),
]
ApiUrl = Annotated[str, AfterValidator(filled), address("https", "http")]
