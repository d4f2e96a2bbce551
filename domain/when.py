"""A day and an hour as people type them: «پنجشنبه ۵ آذر ساعت ۵ عصر», «فردا ۱۸», «۱۴۰۵/۹/۵ ۱۷:۰۰»."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from domain.jalali import TEHRAN, from_jalali, named_day, parse_date, tehran_day, to_jalali
from domain.persian import folded


class When(NamedTuple):
    """What was understood of somebody's words: a day, an hour in Tehran, both or neither."""

    day: date | None = None
    clock: time | None = None


class NoSuchHour(ValueError):
    """An hour that no day has, such as 25:00."""


class NoSuchDay(ValueError):
    """A day that the month does not have; `year` is None where none was said, `last` the month's last day."""

    def __init__(self, year: int | None, month: int, day: int) -> None:
        super().__init__(f"{year}-{month}-{day}")
        self.year, self.month, self.day = year, month, day


class Gregorian(ValueError):
    """A date of the other calendar, to be offered as it is called here."""

    def __init__(self, day: date, clock: time | None) -> None:
        super().__init__(day.isoformat())
        self.day, self.clock = day, clock


# All of these are compared with folded text: without ZWNJ and diacritics, آ as ا.
_HOURS = {
    "یک": 1, "دو": 2, "سه": 3, "چهار": 4, "پنج": 5, "شش": 6, "هفت": 7, "هشت": 8, "نه": 9, "ده": 10, "یازده": 11,
    "دوازده": 12,
}  # fmt: skip
#: Hours of each part of the day, by what is said: 5 in the evening is 17. An hour that is not here is not that part's.
_PARTS: dict[str, dict[int, int]] = {
    "صبح": {hour: hour for hour in range(4, 12)},
    "بامداد": {hour: hour for hour in range(1, 6)},
    "ظهر": {11: 11, 12: 12, 1: 13, 2: 14},
    "بعدازظهر": {12: 12, **{hour: hour + 12 for hour in range(1, 8)}},
    "عصر": {hour: hour + 12 for hour in range(3, 9)},
    "غروب": {hour: hour + 12 for hour in range(4, 9)},
    "شب": {hour: hour + 12 for hour in range(6, 12)},
    "am": {hour: hour for hour in range(1, 12)} | {12: 0},
    "pm": {12: 12, **{hour: hour + 12 for hour in range(1, 12)}},
}
_PART = rf"(?P<part>{'|'.join(_PARTS)})"
_HOUR = rf"(?P<hour>\d{{1,2}}|{'|'.join(sorted(_HOURS, key=len, reverse=True))})"
_MINUTES = r"(?: ?[:٫.] ?(?P<minute>\d{1,2})|(?: و (?P<more>نیم|ربع|\d{1,2}(?: دقیقه)?)))?"
_NOON = re.compile(r"بعد ?از ?ظهر")
_AT = r"(?:(?:راس |در )?(?:ساعت|at) )"
#: From the surest sign of an hour to the least: the word itself, a colon, a part of the day, a number left at the end.
_CLOCKS = (
    re.compile(rf"(?:\b{_PART} )?{_AT}{_HOUR}{_MINUTES}\b"),
    re.compile(rf"{_AT}{_HOUR}{_MINUTES}(?: {_PART})?\b"),
    re.compile(r"\b(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::00)?(?: " + _PART + r")?(?!\d)"),
    re.compile(rf"\b{_HOUR}{_MINUTES} ?{_PART}\b"),
    re.compile(r"(?:^|(?<= ))(?P<hour>\d{1,2})$"),
)
_GREGORIAN = re.compile(r"\b(?:19|20)\d\d[/.\-]\d{1,2}[/.\-]\d{1,2}\b|\b\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)\d\d\b")
#: Without a part of the day nobody means the small hours: «ساعت ۵» is five in the afternoon.
_SMALL = range(1, 7)


def parse_when(text: str, today: date) -> When:
    """What a person's words say of a day and an hour.

    Raises `WeekdayMismatch`, `NoSuchDay`, `NoSuchHour`, and `Gregorian` for a date of that calendar in figures.
    """
    words = _NOON.sub("بعدازظهر", folded(text))
    clock, rest = _clock(words)
    rest = " ".join(rest.split())
    if not rest:
        return When(None, clock)
    day = parse_date(rest, today)
    if day is None and clock is not None and (whole := parse_date(words, today)) is not None:
        return When(whole, None)  # what looked like an hour belongs to the date
    if day is not None and _GREGORIAN.search(rest):
        raise Gregorian(day, clock)
    if day is None and (named := named_day(rest)) is not None:
        raise NoSuchDay(*named)
    return When(day, clock if day is not None else None)


def hour_in(text: str) -> time | None:
    """The hour that somebody's words say, whatever they say of the day. Raises `NoSuchHour`."""
    return _clock(_NOON.sub("بعدازظهر", folded(text)))[0]


def _clock(words: str) -> tuple[time | None, str]:
    """The hour in the words, and the words without it."""
    if _is_date(words):
        return None, words
    for form in _CLOCKS:
        if (found := form.search(words)) is not None:
            said = found.groupdict()
            clock = _time(said["hour"], said.get("minute"), said.get("more"), _part_of(words, found))
            left = words[: found.start()] + " " + words[found.end() :]
            return clock, re.sub(rf"\b{_PART}\b", " ", left) if said.get("part") is None else left
    return None, words


def _is_date(words: str) -> bool:
    """Whether the words are a date in figures and nothing else: «۱۴۰۵ ۹ ۵» ends with no hour."""
    return re.fullmatch(r"\d{4}[ /.\-]\d{1,2}[ /.\-]\d{1,2}|\d{1,2}[ /.\-]\d{1,2}[ /.\-]\d{4}", words) is not None


def _part_of(words: str, found: re.Match[str]) -> str:
    """The part of the day, said with the hour or anywhere beside it («عصر فردا ساعت ۵»)."""
    if part := found.groupdict().get("part"):
        return part
    beside = re.search(rf"\b{_PART}\b", words[: found.start()] + " " + words[found.end() :])
    return beside["part"] if beside else ""


def _time(hour: str, minute: str | None, more: str | None, part: str) -> time:
    h = _HOURS.get(hour) or int(hour)
    m = int(minute or 0)
    if more:
        m = {"نیم": 30, "ربع": 15}.get(more) or int(more.split()[0])
    if part and h <= 12:
        if h not in _PARTS[part]:
            raise NoSuchHour(f"{h} {part}")
        h = _PARTS[part][h]
    elif not part and h in _SMALL and not hour.startswith("0"):
        h += 12
    if h > 23 or m > 59:
        raise NoSuchHour(f"{h}:{m}")
    return time(h, m)


def at(day: date, clock: time) -> datetime:
    """That hour of that day in Tehran."""
    return datetime.combine(day, clock, TEHRAN)


def month_days(year: int, month: int) -> list[date]:
    """The days of a Jalali month, in their order."""
    first = from_jalali(year, month, 1)
    following = from_jalali(year + month // 12, month % 12 + 1, 1)
    return [first + timedelta(n) for n in range((following - first).days)]


def month_later(year: int, month: int, by: int) -> tuple[int, int]:
    """The Jalali month that lies so many after (or, below 0, before) this one."""
    years, months = divmod(year * 12 + month - 1 + by, 12)
    return years, months + 1


def again(day: date, repeats: str) -> date:
    """The next day of something that is held weekly, fortnightly or monthly: then on the same day of the next Jalali
    month, or on its last where that one is shorter."""
    if repeats == "weekly":
        return day + timedelta(7)
    if repeats == "fortnightly":
        return day + timedelta(14)
    here = to_jalali(tehran_day(day))
    days = month_days(*month_later(here.year, here.month, 1))
    return days[min(here.day, len(days)) - 1]
