"""When something that comes once a week comes next."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from domain.jalali import TEHRAN


def next_time(now: datetime, weekday: int, hour: int) -> datetime:
    """The next moment after `now` at which it is this weekday (Monday is 0) and hour in Tehran, in UTC."""
    local = now.astimezone(TEHRAN)
    day = local.date() + timedelta((weekday - local.weekday()) % 7)
    found = datetime.combine(day, time(hour), TEHRAN)
    if found <= local:
        found = datetime.combine(day + timedelta(7), time(hour), TEHRAN)
    return found.astimezone(UTC)
