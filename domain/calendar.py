"""Working days: which days count, and when a promise of so many working days falls due."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from domain.jalali import TEHRAN, from_jalali, tehran_day

#: Saturday to Wednesday, as Python numbers weekdays.
SATURDAY_TO_WEDNESDAY = frozenset({5, 6, 0, 1, 2})
#: A Jalali year has 22 to 27 public holidays; with this many imported dates its list is taken as whole. Fewer are
#: single closures, and the year's usual holidays still hold.
WHOLE_YEAR = 10
#: The longest closure that is believed, in days; beyond it the data must be wrong.
LONGEST_CLOSURE = 400
# Until 2022 clocks went back at midnight: of the two 23:59:59 of such a day the second (fold) is its end.
_LAST_SECOND = time(23, 59, 59, fold=1, tzinfo=TEHRAN)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Working week and holidays of a place; ValueError when a weekday is not 0 (Monday) to 6 (Sunday)."""

    working_days: frozenset[int] = SATURDAY_TO_WEDNESDAY
    #: Imported closed days and why. A Jalali year with WHOLE_YEAR of them or more takes none from the library.
    closed: Mapping[date, str] = field(default_factory=dict)
    #: Imported working days; they win over everything, a Friday too.
    opened: frozenset[date] = frozenset()
    #: Whether years that were not imported take their holidays from the `holidays` library.
    library: bool = True
    _imported_years: frozenset[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.working_days <= set(range(7)):
            raise ValueError("weekdays are numbers from 0 (Monday) to 6 (Sunday)")
        counts = Counter(map(_jalali_year, self.closed))
        whole = frozenset(year for year, count in counts.items() if count >= WHOLE_YEAR)
        object.__setattr__(self, "_imported_years", whole)

    def is_working(self, day: date) -> bool:
        """Whether offices are open on that day."""
        if day in self.opened:
            return True
        if day.weekday() not in self.working_days or day in self.closed:
            return False
        return not (self._asks_library(day) and day in _library_year(day.year).closed)

    def is_estimated(self, day: date) -> bool:
        """Whether that day's year is known only from the library and its lunar holidays are not yet announced."""
        return self._asks_library(day) and _library_year(day.year).estimated

    def add_working_days(self, start: date, n: int) -> date:
        """The n-th working day after `start`, itself not counted (n ≥ 1); ValueError when a closure never ends."""
        if n < 1:
            raise ValueError("the number of working days is at least 1")
        day, idle = start, 0
        while n:
            if idle == LONGEST_CLOSURE or day == date.max:
                raise ValueError(f"no working day within {LONGEST_CLOSURE} days before {day.isoformat()}")
            day += timedelta(1)
            worked = self.is_working(day)
            idle, n = (0, n - 1) if worked else (idle + 1, n)
        return day

    def due(self, now: datetime, days: int) -> datetime:
        """When `days` (≥ 1) working days from `now` are over: the last second in Tehran of the last one, in UTC."""
        last = self.add_working_days(tehran_day(now), days)
        return datetime.combine(last, _LAST_SECOND).astimezone(UTC)

    def _asks_library(self, day: date) -> bool:
        return self.library and not (self._imported_years and _jalali_year(day) in self._imported_years)


@lru_cache(maxsize=512)
def _nowruz(year: int) -> date:
    """First day of the Jalali year that begins in this Gregorian year."""
    return from_jalali(year - 621, 1, 1)


def _jalali_year(day: date) -> int:
    return day.year - (621 if day >= _nowruz(day.year) else 622)


@dataclass(frozen=True, slots=True)
class _LibraryYear:
    closed: frozenset[date]
    estimated: bool


@lru_cache(maxsize=512)
def _library_year(year: int) -> _LibraryYear:
    """Named holidays of a Gregorian year; the library's own week-end (Friday only) is not asked for."""
    # Imported here: it takes a sixth of a second, and imported years never need it.
    from holidays.countries.iran import Iran

    named = dict(Iran(years=year, expand=False, language="en_US"))
    # The library marks an estimate in the holiday's name; asked without marks, those names differ.
    unmarked = dict(Iran(years=year, expand=False, language="en_US", islamic_show_estimated=False))
    # Outside the years it knows (1980–2100) it gives nothing, which is no knowledge either.
    return _LibraryYear(frozenset(named), not named or named != unmarked)
