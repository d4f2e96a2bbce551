"""A day and an hour as people type them: «پنجشنبه ۵ آذر ساعت ۵ عصر», «فردا ۱۸», «۱۴۰۵/۹/۵ ۱۷:۰۰»."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from domain.jalali import TEHRAN, WeekdayMismatch, from_jalali, named_day, parse_date, tehran_day, to_jalali
from domain.persian import folded


class When(NamedTuple):
    """What was understood of somebody's words: a day, an hour in Tehran, both or neither."""

    day: date | None = None
    clock: time | None = None


class NoSuchHour(ValueError):
    """An hour that no day has, such as 25:00."""


class Midnight(NoSuchHour):
    """Twelve at night, of which nobody knows whether it belongs to the day before or after."""


class NoSuchDay(ValueError):
    """A day that the month does not have. `last` is the last day of the month that was meant; None where there is no
    such month either, or in the other calendar."""

    def __init__(self, day: int, last: date | None) -> None:
        super().__init__(f"{day}: {last}")
        self.day, self.last = day, last


class Doubt(ValueError):
    """A day that is not taken without asking. `why`: gregorian (a date of that calendar), night («شب جمعه»: the evening
    before Friday)."""

    def __init__(self, why: str, day: date, clock: time | None) -> None:
        super().__init__(f"{why}: {day.isoformat()}")
        self.why, self.day, self.clock = why, day, clock


#: Letters that are read: no time is longer, and patterns stay quick whatever somebody sends.
_LONGEST = 120
# All of these are compared with folded text: without ZWNJ and diacritics, آ as ا.
_HOURS = {
    "یک": 1, "دو": 2, "سه": 3, "چهار": 4, "پنج": 5, "شش": 6, "هفت": 7, "هشت": 8, "نه": 9, "ده": 10, "یازده": 11,
    "دوازده": 12,
}  # fmt: skip
_TENS = {"ده": 10, "بیست": 20, "سی": 30, "چهل": 40, "پنجاه": 50}
_MINUTES_SAID = (
    {"نیم": 30, "ربع": 15, "یک ربع": 15, "پنج": 5, "پانزده": 15}
    | _TENS
    | {f"{ten} و پنج": n + 5 for ten, n in _TENS.items() if n > 10}
)
#: Hours of each part of the day, by what is said: 5 in the evening is 17. An hour that is not here is not that part's.
_PARTS: dict[str, dict[int, int]] = {
    "صبح": {hour: hour for hour in range(4, 12)},
    "بامداد": {hour: hour for hour in range(1, 6)},
    "ظهر": {11: 11, 12: 12, 1: 13, 2: 14},
    "بعدازظهر": {12: 12, **{hour: hour + 12 for hour in range(1, 8)}},
    "عصر": {hour: hour + 12 for hour in range(2, 10)},
    "غروب": {hour: hour + 12 for hour in range(4, 9)},
    "شب": {hour: hour + 12 for hour in range(6, 12)},
    "am": {hour: hour for hour in range(1, 12)} | {12: 0},
    "pm": {12: 12, **{hour: hour + 12 for hour in range(1, 12)}},
}


def _any_of(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_PART = rf"(?P<part>{'|'.join(_PARTS)})"
_HOUR = rf"(?P<hour>\d{{1,2}}|{_any_of(_HOURS)})"
_MINUTES = rf"(?: ?[:٫.] ?(?P<minute>\d{{1,2}})| و (?P<more>\d{{1,2}}|{_any_of(_MINUTES_SAID)})(?: دقیقه)?)?"
_BEFORE = rf"(?:(?P<less>\d{{1,2}}|{_any_of(_MINUTES_SAID)})(?: دقیقه)? به )?"
_AT = r"(?:(?:از |راس |سر |در |حدود |حوالی )*(?:ساعت|at) )"
#: From the surest sign of an hour to the least: the word itself, a colon, a part of the day, a number left at the end.
_CLOCKS = (
    re.compile(rf"(?:\b{_PART} )?{_AT}{_BEFORE}{_HOUR}{_MINUTES}\b"),
    re.compile(rf"{_AT}{_BEFORE}{_HOUR}{_MINUTES}(?: {_PART})?\b"),
    re.compile(r"\b(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::00)?(?: " + _PART + r")?(?!\d)"),
    re.compile(rf"\b{_BEFORE}{_HOUR}{_MINUTES} ?{_PART}\b"),
    re.compile(rf"\b(?P<less>\d{{1,2}}|{_any_of(_MINUTES_SAID)})(?: دقیقه)? به {_HOUR}(?: {_PART})?\b"),
    re.compile(r"(?:^|(?<= ))(?P<hour>\d{1,2})$"),
)
#: Prayers that meetings are called after, by what tells them apart.
_PRAYERS = (("جمعه", "friday"), ("مغرب", "evening"), ("عشا", "evening"), ("ظهر", "noon"), ("عصر", "noon"))
_PRAYER = re.compile(r"(?:پس|بعد) از (?:اقامه )?نماز(?: جماعت)?(?P<which>(?:(?: و)? (?:جمعه|ظهر|عصر|مغرب|عشا)\b)*)")
#: One spelling for what is written in several, and what says nothing more, in this order.
_CLEANED = (
    (_PRAYER, " "),
    (re.compile(r"\(\d{1,2}:\d\d\)"), " "),  # as we write it ourselves: ۵ عصر (۱۷:۰۰)
    (re.compile(r"بعد ?از ?ظهر|\bب[. ]ظ\b\.?"), "بعدازظهر"),
    (re.compile(r"\bق[. ]ظ\b\.?"), "صبح"),
    (re.compile(r"امشب"), "امروز شب"),
    (re.compile(r"نیمه ?شب"), "ساعت 12 شب"),
    (re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)"), " "),  # ساعت۵عصر
    (re.compile(rf"(?<=\d) (?:تا|الی) (?:ساعت )?{_HOUR}{_MINUTES}(?![/\d])(?: ?{_PART}$)?"), r" \g<part>"),
)
_NIGHT_BEFORE = re.compile(r"^(?:روز )?شب (?=\w* ?شنبه|جمعه)")
_ISO = r"(?:19|20)\d\d"
_GREGORIAN = re.compile(
    rf"\b(?P<year>{_ISO})(?P<gap>[/.\-])(?P<month>\d{{1,2}})(?P=gap)(?P<day>\d{{1,2}})\b"
    rf"|\b(?P<day2>\d{{1,2}})(?P<gap2>[/.\-])(?P<month2>\d{{1,2}})(?P=gap2)(?P<year2>{_ISO})\b"
)
_MONTHS = (
    "ژانویه|january|jan", "فوریه|february|feb", "مارس|march|mar", "اوریل|april|apr", "مه|می|may", "ژوین|june|jun",
    "ژوییه|جولای|july|jul", "اوت|اگوست|august|aug", "سپتامبر|september|sept|sep", "اکتبر|october|oct",
    "نوامبر|november|nov", "دسامبر|december|dec",
)  # fmt: skip
_MONTH = "|".join(f"(?P<m{n}>{names})" for n, names in enumerate(_MONTHS, 1))
_GREGORIAN_NAMED = (
    re.compile(rf"(?:\S+ )??(?P<day>\d{{1,2}}) (?:{_MONTH})(?: (?P<year>{_ISO}))?"),
    re.compile(rf"(?:\S+ )??(?:{_MONTH}) (?P<day>\d{{1,2}})(?: (?P<year>{_ISO}))?"),
)
#: Without a part of the day nobody means the small hours: «ساعت ۵» is five in the afternoon.
_SMALL = range(1, 7)


def parse_when(text: str, today: date) -> When:
    """What a person's words say of a day and an hour; of two hours («۵ تا ۷») the first.

    Raises `WeekdayMismatch`, `NoSuchDay`, `NoSuchHour`, and `Doubt` for what has to be asked about.
    """
    today = tehran_day(today)
    words = _cleaned(text)
    clock, rest = _clock(words)
    rest = " ".join(rest.split())
    if not rest:
        return When(None, clock)
    if night := _NIGHT_BEFORE.match(rest):
        before = parse_date(rest[night.end() :], today + timedelta(1))
        raise Doubt("night", before - timedelta(1), clock) if before is not None else NoSuchDay(0, None)
    day = _day(rest, today, clock)
    if day is None and clock is not None and (whole := parse_date(words, today)) is not None:
        return When(whole, None)  # what looked like an hour belongs to the date
    return When(day, clock if day is not None else None)


def hour_in(text: str) -> time | None:
    """The hour that somebody's words say, whatever they say of the day. Raises `NoSuchHour`."""
    return _clock(_cleaned(text))[0]


def prayer_in(text: str) -> str:
    """The prayer that is said beside an hour («پس از نماز مغرب»): evening, noon, friday; empty for none."""
    found = _PRAYER.search(folded(text[: 4 * _LONGEST]))
    which = found["which"] if found else ""
    return next((code for word, code in _PRAYERS if word in which), "")


def _cleaned(text: str) -> str:
    """The words as the forms above have them, without the prayer beside the hour; empty for what is too long."""
    words = folded(text[: 4 * _LONGEST])
    if len(words) > _LONGEST:
        return ""
    for form, usual in _CLEANED:
        words = form.sub(usual, words)
    return " ".join(words.split())


# --- the day ----------------------------------------------------------------------------------------------------------


def _day(words: str, today: date, clock: time | None) -> date | None:
    if (other := _gregorian(words, today)) is not None:
        raise Doubt("gregorian", other, clock)
    named = named_day(words)
    try:
        day = parse_date(words, today)
    except WeekdayMismatch as error:
        # «یکشنبه ۳ آبان» said a week later is that Sunday, not some other day of next year's ۳ آبان.
        if named is not None and named[0] is None:
            passed = _jalali(to_jalali(today).year, named[1], named[2])
            if passed is not None and passed.weekday() == error.said:
                return passed
        raise
    if day is None and named is not None:
        year, month, number = named
        raise NoSuchDay(number, _last_of(year, month, number, today))
    return day


def _jalali(year: int, month: int, day: int) -> date | None:
    try:
        return from_jalali(year, month, day)
    except ValueError:
        return None


def _last_of(year: int | None, month: int, day: int, today: date) -> date | None:
    """The last day of the month that was meant: without a year, of the next such month."""
    here = to_jalali(today)
    year = year if year is not None else here.year + (month < here.month)
    return month_days(year, month)[-1] if 1300 <= year <= 1500 and 1 <= month <= 12 and day > 0 else None


def _gregorian(words: str, today: date) -> date | None:
    """A day of the other calendar, in figures or with the name of its month."""
    if found := _GREGORIAN.search(words):
        said = [found[name] or found[f"{name}2"] for name in ("year", "month", "day")]
        return _of_other(*map(int, said))
    for form in _GREGORIAN_NAMED:
        if found := form.fullmatch(words):
            month = next(n for n in range(1, 13) if found[f"m{n}"])
            if found["year"]:
                return _of_other(int(found["year"]), month, int(found["day"]))
            this = _of_other(today.year, month, int(found["day"]))
            return this if this >= today else _of_other(today.year + 1, month, int(found["day"]))
    return None


def _of_other(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NoSuchDay(day, None) from None


# --- the hour ---------------------------------------------------------------------------------------------------------


def _clock(words: str) -> tuple[time | None, str]:
    """The hour in the words, and the words without it. Of a part of the day alone only noon is an hour."""
    if _is_date(words):
        return None, words
    for form in _CLOCKS:
        if (found := form.search(words)) is not None:
            part, left = _part_of(words, found)
            return _time(found.groupdict(), part), left
    if (alone := re.search(rf"(?:^| ){_PART}$", words)) is not None:
        return (time(12) if alone["part"] == "ظهر" else None), words[: alone.start()]
    return None, words


def _is_date(words: str) -> bool:
    """Whether the words are a date in figures and nothing else: «۱۴۰۵ ۹ ۵» ends with no hour."""
    return re.fullmatch(r"\d{4}[ /.\-]\d{1,2}[ /.\-]\d{1,2}|\d{1,2}[ /.\-]\d{1,2}[ /.\-]\d{4}", words) is not None


def _part_of(words: str, found: re.Match[str]) -> tuple[str, str]:
    """The part of the day, said with the hour or anywhere beside it («عصر فردا ساعت ۵»), and the words without both."""
    left = words[: found.start()] + " " + words[found.end() :]
    if part := found.groupdict().get("part"):
        return part, left
    if _NIGHT_BEFORE.match(left):
        return "شب", left
    beside = re.search(rf"\b{_PART}\b", left)
    return (beside["part"], left[: beside.start()] + " " + left[beside.end() :]) if beside else ("", left)


def _time(said: dict[str, str | None], part: str) -> time:
    spoken = said["hour"] or ""
    h = _HOURS.get(spoken) or int(spoken)
    m = int(said.get("minute") or 0) + _minutes(said.get("more"))
    less = _minutes(said.get("less"))
    if part == "شب" and h == 12:
        raise Midnight
    if part and h <= 12:
        if h not in _PARTS[part]:
            raise NoSuchHour(f"{h} {part}")
        h = _PARTS[part][h]
    elif not part and h in _SMALL and not spoken.startswith("0"):
        h += 12
    if h > 23 or m > 59 or less > 59 or (less and not h):
        raise NoSuchHour(f"{h}:{m}")
    return time(h - 1, 60 - less) if less else time(h, m)


def _minutes(said: str | None) -> int:
    return 0 if said is None else _MINUTES_SAID.get(said) or int(said)


# --- days of a month --------------------------------------------------------------------------------------------------


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


def occurrence(first: date, repeats: str, n: int) -> date:
    """The day of something held weekly, fortnightly or monthly, n times after its first: monthly is the same day of the
    Jalali month, or the last one where that month is shorter."""
    if repeats != "monthly":
        return first + timedelta((14 if repeats == "fortnightly" else 7) * n)
    here = to_jalali(first)
    days = month_days(*month_later(here.year, here.month, n))
    return days[min(here.day, len(days)) - 1]
