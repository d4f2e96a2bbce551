"""Jalali dates and Tehran hours: as words and figures, in Persian and English, and as people type them."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import jdatetime

from domain.persian import folded, persian_digits

TEHRAN = ZoneInfo("Asia/Tehran")
_Table = TypeVar("_Table")

# Our own tables: jdatetime writes «پنج‌شنبه». Weekdays by Python's number, Monday first.
_WEEKDAYS = {
    "fa": ("دوشنبه", "سه\u200cشنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "fa": (
        "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"
    ),
    "en": (
        "Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar",
        "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand",
    ),
}  # fmt: skip
_NEAR = {"fa": {-1: "دیروز", 0: "امروز", 1: "فردا"}, "en": {-1: "yesterday", 0: "today", 1: "tomorrow"}}
#: (from this hour, word); hour 0 belongs to the night before.
_DAY_PARTS = ((20, "شب"), (17, "عصر"), (13, "بعدازظهر"), (12, "ظهر"), (5, "صبح"), (1, "بامداد"), (0, "شب"))


class JalaliDate(NamedTuple):
    """A day of the Iranian calendar; months from 1 (Farvardin) to 12 (Esfand)."""

    year: int
    month: int
    day: int


class WeekdayMismatch(ValueError):
    """A date was given with a weekday that it does not have; `said` is the weekday's Python number."""

    def __init__(self, day: date, said: int) -> None:
        super().__init__(f"{day.isoformat()} is not a {_WEEKDAYS['en'][said]}")
        self.day = day
        self.said = said


def tehran_day(moment: date) -> date:
    """The day it is in Tehran; a plain date is taken as it is, a datetime without zone raises ValueError."""
    if not isinstance(moment, datetime):
        return moment
    return _in_tehran(moment).date()


def _in_tehran(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(TEHRAN)


def to_jalali(moment: date) -> JalaliDate:
    """The Jalali date of a day, or of a moment's day in Tehran."""
    return _to_jalali(tehran_day(moment))


@lru_cache(maxsize=4096)
def _to_jalali(day: date) -> JalaliDate:
    found = jdatetime.date.fromgregorian(date=day)
    return JalaliDate(found.year, found.month, found.day)


@lru_cache(maxsize=4096)
def from_jalali(year: int, month: int, day: int) -> date:
    """The Gregorian day; ValueError when that month has no such day."""
    found: date = jdatetime.date(year, month, day).togregorian()
    return found


def weekday_name(moment: date, language: str = "fa") -> str:
    """«پنجشنبه», or "Thursday" in any language but Persian."""
    return _table(_WEEKDAYS, language)[tehran_day(moment).weekday()]


def full_date(moment: date, language: str = "fa") -> str:
    """«پنجشنبه ۵ آذر ۱۴۰۵» or "Thursday 5 Azar 1405"."""
    return _digits(f"{day_words(moment, language)} {to_jalali(moment).year}", language)


def day_words(moment: date, language: str = "fa") -> str:
    """«پنجشنبه ۵ آذر» or "Thursday 5 Azar"."""
    return f"{weekday_name(moment, language)} {day_month(moment, language)}"


def day_month(moment: date, language: str = "fa") -> str:
    """«۵ آذر» or "5 Azar"."""
    jalali = to_jalali(moment)
    return _digits(f"{jalali.day} {_table(_MONTHS, language)[jalali.month - 1]}", language)


def compact_date(moment: date, language: str = "fa") -> str:
    """«۱۴۰۵/۰۹/۰۵» or "1405/09/05"."""
    jalali = to_jalali(moment)
    return _digits(f"{jalali.year:04d}/{jalali.month:02d}/{jalali.day:02d}", language)


def clock_words(moment: datetime, language: str = "fa") -> str:
    """The hour in Tehran: «۵ عصر (۱۷:۰۰)», «۵:۳۰ عصر (۱۷:۳۰)», or "17:00" in any language but Persian."""
    local = _in_tehran(moment)
    exact = f"{local.hour:02d}:{local.minute:02d}"
    if language != "fa":
        return exact
    part = next(word for start, word in _DAY_PARTS if local.hour >= start)
    hour = f"{local.hour % 12 or 12}" + (f":{local.minute:02d}" if local.minute else "")
    return persian_digits(f"{hour} {part} ({exact})")


def relative_day(moment: date, now: date, language: str = "fa") -> str:
    """«امروز», «فردا», «دیروز», «۳ روز پیش», «۳ روز دیگر»; from seven days on the full date."""
    days = (tehran_day(moment) - tehran_day(now)).days
    if abs(days) >= 7:
        return full_date(moment, language)
    if (word := _table(_NEAR, language).get(days)) is not None:
        return word
    if language != "fa":
        return f"in {days} days" if days > 0 else f"{-days} days ago"
    return persian_digits(f"{abs(days)} روز {'دیگر' if days > 0 else 'پیش'}")


def _table(tables: Mapping[str, _Table], language: str) -> _Table:
    return tables["fa" if language == "fa" else "en"]


def _digits(text: str, language: str) -> str:
    return persian_digits(text) if language == "fa" else text


#: Jalali years that are believed when typed, and Gregorian ones (up to the same day).
_JALALI_YEARS, _GREGORIAN_YEARS = range(1300, 1501), range(1900, 2123)
_SATURDAY = 5

# All of these are compared with folded text: without ZWNJ and diacritics, آ as ا.
_DAY_WORDS = {
    "پریروز": -2, "دیروز": -1, "امروز": 0, "امشب": 0, "فردا": 1, "پس فردا": 2, "پسفردا": 2,
    "yesterday": -1, "today": 0, "tomorrow": 1, "next week": 7,
}  # fmt: skip
_COUNTS = {
    "یک": 1, "دو": 2, "سه": 3, "چهار": 4, "پنج": 5, "شش": 6, "هفت": 7, "هشت": 8, "نه": 9, "ده": 10, "a": 1
}  # fmt: skip
#: Days of a month in words, as they look after folding: «پنج», «پنجم», «بیست و پنجم».
_UNITS = ("یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه")
_TEENS = ("ده", "یازده", "دوازده", "سیزده", "چهارده", "پانزده", "شانزده", "هفده", "هجده", "نوزده")
_WHOLE = (*_UNITS, *_TEENS, "بیست", *(f"بیست و {unit}" for unit in _UNITS), "سی", "سی و یک")
_DAY_NUMBERS = (
    {word: n for n, word in enumerate(_WHOLE, 1)}
    | {f"{word}م": n for n, word in enumerate(_WHOLE, 1)}
    | {"اول": 1, "سوم": 3, "بیست و سوم": 23, "سی ام": 30, "سیم": 30}
)
_BACK = {"پیش", "قبل", "قبلی", "گذشته", "ago"}
_WEEKDAY_NUMBERS = {folded(name): n for names in _WEEKDAYS.values() for n, name in enumerate(names)} | {"ادینه": 4}
_MONTH_NUMBERS = {folded(name): n for names in _MONTHS.values() for n, name in enumerate(names, 1)}
_PUNCTUATION = re.compile(r"[،,؛;؟?!«»\"()]+")
_LEADING = re.compile(r"^(?:(?:تا|برای|تاریخ|این|همین) )?(?:روز (?=\d|\w* ?شنبه|جمعه))?")
_DATED = re.compile(r" ?\b(?:مورخه?|به تاریخ)\b ?")
#: Weekdays as they are often written by ear.
_BY_EAR = (("شمبه", "شنبه"), ("چارشنبه", "چهارشنبه"), ("یه شنبه", "یکشنبه"), ("پنشنبه", "پنجشنبه"))
_JOINED = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_SPLIT_WEEKDAY = re.compile(r"\b(یک|دو|سه|چهار|پنج|[1-5]) ?شنبه")
_WEEKDAY = re.compile(f"(?P<name>{'|'.join(_WEEKDAY_NUMBERS)})(?: ?ی)?(?: (?P<rest>.+))?")
_COMING = re.compile("(?:بعد|بعدی|اینده)?")
_NEXT_WEEK = re.compile("هفته ?ی? ?(?:بعد|بعدی|اینده|دیگر|دیگه)")
_THIS_WEEK = re.compile("(?:همین|این) هفته")
_GAP = r"(?: ?[/.\-\u2010-\u2015] ?| )"
_FIGURES = re.compile(rf"(?P<year>\d{{4}}){_GAP}(?P<month>\d{{1,2}}){_GAP}(?P<day>\d{{1,2}})")
_FIGURES_TURNED = re.compile(rf"(?P<day>\d{{1,2}}){_GAP}(?P<month>\d{{1,2}}){_GAP}(?P<year>\d{{4}})")
_NAMED = re.compile(
    rf"(?P<day>\d{{1,2}}|{'|'.join(sorted(_DAY_NUMBERS, key=len, reverse=True))}) ?(?:ام|م)? ?(?:ماه )?"
    rf"(?P<month>{'|'.join(_MONTH_NUMBERS)})(?: ?ماه)?"
    r"(?: (?:سال )?(?P<year>\d{4}))?"
)
_MONTH_END = re.compile(
    rf"(?:پایان|اخر|اواخر|انتهای|end of) (?:(?P<this>همین ماه|این ماه|ماه|this month)|(?P<year_end>سال|امسال)"
    rf"|(?P<month>{'|'.join(_MONTH_NUMBERS)})(?: ?ماه)?(?: (?P<year>\d{{4}}))?)"
)
_JUMP = re.compile(
    rf"(?:(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)}) ?)?(?P<unit>روز|هفته|ماه)(?: ?ی)?"
    "(?: (?P<way>دیگر|دیگه|بعد|بعدی|اینده|پیش|قبل|قبلی|گذشته))?"
)
_JUMP_ENGLISH = re.compile(r"(?:in )?(?P<count>\d{1,3}|a) (?P<unit>day|week|month)s?(?: (?P<way>ago|later))?")


def parse_date(text: str, today: date) -> date | None:
    """The day that a person's words name, or None when they name none.

    Takes 1405/9/5, «۵ آذر», «پنجشنبه ۵ آذر ۱۴۰۵», «فردا», «شنبه», «۳ روز دیگر», «هفتهٔ بعد», «پایان آذر» and the
    like, digits of any script, the English forms of this module, and ISO dates (years 1900–2122). Without a year it is
    the next such day, today included; a weekday alone is the next one after today. Raises WeekdayMismatch when the
    weekday said is not that day's.
    """
    today, words = tehran_day(today), _plain(text)
    weekday = _WEEKDAY.fullmatch(words)
    if weekday is None:
        return _plain_day(words, today)
    number, rest = _WEEKDAY_NUMBERS[weekday["name"]], weekday["rest"] or ""
    if _COMING.fullmatch(rest):
        return _next_weekday(today, number)
    if _NEXT_WEEK.fullmatch(rest) or _THIS_WEEK.fullmatch(rest):
        week = _next_weekday(today, _SATURDAY) - timedelta(7 * bool(_THIS_WEEK.fullmatch(rest)))
        return week + timedelta((number - _SATURDAY) % 7)
    day = _plain_day(rest, today)
    if day is not None and day.weekday() != number:
        raise WeekdayMismatch(day, number)
    return day


def parse_figures(text: str) -> date | None:
    """A whole date in figures, for files: 1405/09/05, 5/9/1405 or ISO 2026-11-26; None for anything else."""
    words = folded(text)
    figures = _FIGURES.fullmatch(words) or _FIGURES_TURNED.fullmatch(words)
    if figures is None:
        return None
    return _dated(int(figures["year"]), int(figures["month"]), int(figures["day"]), figures.re is _FIGURES)


def named_day(text: str) -> tuple[int | None, int, int] | None:
    """The year (None: not said), month and day that the words name, whether or not there is such a day; None when they
    name none in this form."""
    words = _plain(text)
    weekday = _WEEKDAY.fullmatch(words)
    words = weekday["rest"] or "" if weekday else words
    if figures := _FIGURES.fullmatch(words) or _FIGURES_TURNED.fullmatch(words):
        return int(figures["year"]), int(figures["month"]), int(figures["day"])
    if named := _NAMED.fullmatch(words):
        return int(named["year"]) if named["year"] else None, _MONTH_NUMBERS[named["month"]], _number(named["day"])
    return None


def month_name(month: int, language: str = "fa") -> str:
    """«آذر» or "Azar"; months from 1."""
    return _table(_MONTHS, language)[month - 1]


def _plain(text: str) -> str:
    """The words without what only surrounds a date, each weekday and number as the forms above have it."""
    words = _JOINED.sub(" ", _PUNCTUATION.sub(" ", folded(text)))
    words = " ".join(_DATED.sub(" ", words).split())
    for heard, usual in _BY_EAR:
        words = words.replace(heard, usual)
    return _SPLIT_WEEKDAY.sub(_joined_weekday, _LEADING.sub("", words))


def _number(word: str) -> int:
    return _DAY_NUMBERS.get(word) or int(word)


def _joined_weekday(split: re.Match[str]) -> str:
    word = split[1] if not split[1].isdigit() else list(_COUNTS)[int(split[1]) - 1]
    return f"{word}شنبه"


def _next_weekday(today: date, number: int) -> date:
    return today + timedelta((number - today.weekday() - 1) % 7 + 1)


def _plain_day(words: str, today: date) -> date | None:
    if words in _DAY_WORDS:
        return today + timedelta(_DAY_WORDS[words])
    if figures := parse_figures(words):
        return figures
    if named := _NAMED.fullmatch(words):
        month, day = _MONTH_NUMBERS[named["month"]], _number(named["day"])
        return _dated(int(named["year"]), month, day) if named["year"] else _coming_day(month, day, today)
    if end := _MONTH_END.fullmatch(words):
        return _month_end(end, today)
    if jump := _JUMP.fullmatch(words) or _JUMP_ENGLISH.fullmatch(words):
        return _jumped(jump, today)
    return None


def _dated(year: int, month: int, day: int, gregorian: bool = False) -> date | None:
    try:
        if year in _JALALI_YEARS:
            return from_jalali(year, month, day)
        return date(year, month, day) if gregorian and year in _GREGORIAN_YEARS else None
    except ValueError:
        return None


def _coming_day(month: int, day: int, today: date) -> date | None:
    this_year = to_jalali(today).year
    found = (_dated(year, month, day) for year in (this_year, this_year + 1))
    return next((candidate for candidate in found if candidate is not None and candidate >= today), None)


def _jumped(jump: re.Match[str], today: date) -> date | None:
    if jump["count"] is None and jump["way"] is None:
        return None
    count = int(_COUNTS.get(jump["count"]) or jump["count"] or 1) * (-1 if jump["way"] in _BACK else 1)
    if jump["unit"] in {"ماه", "month"}:
        return _months_later(today, count)
    return today + timedelta(count if jump["unit"] in {"روز", "day"} else 7 * count)


def _month_end(end: re.Match[str], today: date) -> date | None:
    """The last day of the month that is named, of this one, or of the year."""
    here = to_jalali(today)
    if end["month"] is None:
        return _last_of(here.year, 12 if end["year_end"] else here.month)
    year, month = int(end["year"] or here.year), _MONTH_NUMBERS[end["month"]]
    return _last_of(year + (end["year"] is None and month < here.month), month)


def _last_of(year: int, month: int) -> date | None:
    return next((day for last in (31, 30, 29) if (day := _dated(year, month, last)) is not None), None)


def _months_later(today: date, months: int) -> date | None:
    start = to_jalali(today)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    days = (_dated(year, month + 1, day) for day in range(start.day, start.day - 3, -1))
    return next((day for day in days if day is not None), None)
