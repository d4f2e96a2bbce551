"""The hours at which staff get what was collected for them: read from what they write, and when the next one is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from domain.jalali import TEHRAN
from domain.persian import ascii_digits, tidy

#: Hours that somebody may choose for one day, at most.
MOST = 4
_HOUR = re.compile(r"(?<![\d:])(\d{1,2})(?::00)?(?![\d:])")


def hours_in(text: str) -> tuple[int, ...]:
    """The full hours (0–23) in somebody's answer, each once and in order; empty when it is no such answer."""
    plain = ascii_digits(tidy(text))
    found = sorted({int(hour) for hour in _HOUR.findall(plain)})
    rest = re.sub(r"\W", "", _HOUR.sub("", plain))
    if any(letter.isdigit() for letter in rest) or not found or len(found) > MOST or found[-1] > 23:
        return ()
    return tuple(found)


def written(hours: Sequence[int]) -> str:
    """How hours are kept: `8,17`."""
    return ",".join(map(str, hours))


def kept(text: str) -> tuple[int, ...]:
    """The reverse of `written`; empty for «at once»."""
    return tuple(int(hour) for hour in text.split(",") if hour.isdigit())


def next_after(now: datetime, hours: Sequence[int]) -> datetime:
    """The first of these hours in Tehran that comes after `now`, in UTC."""
    return min(moment for moment in _around(now, hours) if moment > now)


def _around(now: datetime, hours: Sequence[int]) -> list[datetime]:
    """Today's and tomorrow's hours."""
    today = now.astimezone(TEHRAN).date()
    return [
        datetime.combine(today + timedelta(days), time(hour), TEHRAN).astimezone(UTC)
        for days in (0, 1)
        for hour in hours
    ]
