"""The hours in which nothing unasked is sent: when they end, and how people write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from domain.jalali import TEHRAN
from domain.persian import ascii_digits

#: Minutes of the Tehran day from which and until which nothing unasked is sent, unless a person chose other ones.
USUAL = (22 * 60, 7 * 60)
#: What "none" is kept as: hours that end where they begin.
NONE = (0, 0)
#: Seconds after their last message in which somebody is taken to be awake and talking.
TALKING_S = 15 * 60

_HOURS = re.compile(r"\D*(\d{1,2})(?:[:.](\d{2}))?\D+?(\d{1,2})(?:[:.](\d{2}))?\D*")


def ends(now: int, begin: int, end: int) -> int:
    """When the quiet hours that hold `now` are over (epoch seconds); `now` itself outside them.

    `begin` and `end` are minutes of the Tehran day; equal ones are no quiet hours at all.
    """
    local = datetime.fromtimestamp(now, UTC).astimezone(TEHRAN)
    minute = local.hour * 60 + local.minute
    quiet = begin <= minute < end if begin <= end else minute >= begin or minute < end
    if not quiet:
        return now
    day = local.date() + timedelta(minute >= begin > end)
    over = datetime(day.year, day.month, day.day, end // 60, end % 60, tzinfo=TEHRAN)
    return int(over.timestamp())


def next_end(now: int, begin: int, end: int) -> int:
    """When the quiet hours that hold `now`, or else the next ones, are over (epoch seconds)."""
    if begin == end:
        return now
    local = datetime.fromtimestamp(now, UTC).astimezone(TEHRAN)
    later = local.hour * 60 + local.minute >= end
    day = local.date() + timedelta(later)
    return int(datetime(day.year, day.month, day.day, end // 60, end % 60, tzinfo=TEHRAN).timestamp())


def parse(text: str) -> tuple[int, int] | None:
    """Two times of day in somebody's words ("from 22 to 7:30", "23-6", any digits) as minutes, else None."""
    found = _HOURS.fullmatch(ascii_digits(text))
    if found is None:
        return None
    begin, end = _minute(found[1], found[2]), _minute(found[3], found[4])
    return (begin, end) if begin is not None and end is not None and begin != end else None


def _minute(hour: str, minute: str | None) -> int | None:
    hours, minutes = int(hour), int(minute or 0)
    return hours % 24 * 60 + minutes if hours <= 24 and minutes < 60 and (hours < 24 or not minutes) else None
