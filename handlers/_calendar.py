"""A day and an hour by taps: a month of the Iranian calendar as buttons, and the hours that meetings begin at."""

from __future__ import annotations

from datetime import date, time

from domain.jalali import month_name, to_jalali
from domain.persian import persian_digits
from domain.richtext import Key
from domain.when import month_days, month_later
from handlers.talk import Choice, Row, Turn

#: Months ahead that can be turned to.
FURTHEST = 12
#: Hours offered first, all that can be tapped, and the minutes of each; any other is typed.
HOURS, ALL_HOURS, MINUTES = (16, 17, 18, 19, 20, 9, 10, 11), range(7, 23), (0, 15, 30, 45)
#: A button that does nothing: the name of a weekday, a day that has passed.
NOTHING = "."
_BLANK = "·"
_THURSDAY = 3


def month_rows(turn: Turn, today: date, shown: str) -> tuple[Row, ...]:
    """The buttons of one month: `day:1405-9-5` for a day, `month:1405-10` for another month.

    `shown`: the month (1405-9), or empty for the present one. Days that have passed cannot be chosen; days off are
    marked.
    """
    year, month = _month(today, shown)
    days = month_days(year, month)
    heads: Row = tuple(Choice(NOTHING, Key(f"weekday-short-{n}")) for n in range(7))
    cells: list[Choice] = [Choice(NOTHING, _BLANK)] * ((days[0].weekday() + 2) % 7)
    for n, day in enumerate(days, 1):
        if day < today:
            cells.append(Choice(NOTHING, _BLANK))
        else:
            # Offices rest on Thursdays, but that is the day of meetings: only the other days off are marked.
            off = not turn.town.calendar.is_working(day) and day.weekday() != _THURSDAY
            label = _figure(f"{n}•" if off else str(n), turn.person.language)
            cells.append(Choice(day_choice(day), label))
    cells += [Choice(NOTHING, _BLANK)] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7))
    weeks = tuple(week for week in weeks if any(cell.value != NOTHING for cell in week))
    return (heads, *weeks, *_turning(today, year, month))


def month_title(today: date, shown: str, language: str) -> str:
    """The name of the month that is shown (empty: the one of `today`), with its year."""
    year, month = _month(today, shown)
    name = f"{month_name(month, language)} {year}"
    return _figure(name, language)


def days_shown(today: date, shown: str) -> list[date]:
    """The days of the month that is shown."""
    return month_days(*_month(today, shown))


def _turning(today: date, year: int, month: int) -> tuple[Row, ...]:
    here = to_jalali(today)
    ahead = (year - here.year) * 12 + month - here.month
    row: list[Choice] = []
    if ahead > 0:
        row.append(Choice("month:{}-{}".format(*month_later(year, month, -1)), Key("calendar-previous")))
    if ahead < FURTHEST:
        row.append(Choice("month:{}-{}".format(*month_later(year, month, 1)), Key("calendar-next")))
    return (tuple(row),)


def _month(today: date, shown: str) -> tuple[int, int]:
    """The year and month shown; the present one for anything that no button says."""
    here = to_jalali(today)
    first, _, second = shown.partition("-")
    if not (first.isascii() and first.isdigit() and second.isascii() and second.isdigit() and len(shown) < 8):
        return here.year, here.month
    year, month = int(first), int(second)
    ahead = (year - here.year) * 12 + month - here.month
    return (year, month) if 1 <= month <= 12 and 0 <= ahead <= FURTHEST else (here.year, here.month)


def day_choice(day: date) -> str:
    """What the button of a day carries: day:1405-9-5."""
    return "day:{}-{}-{}".format(*to_jalali(day))


def chosen_day(said: str) -> date | None:
    """The day behind a button of the month (1405-9-5); None for anything else."""
    parts = said.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts):
        return None
    year, month, day = map(int, parts)
    days = month_days(year, month) if 1300 <= year <= 1500 and 1 <= month <= 12 else []
    return days[day - 1] if 1 <= day <= len(days) else None


def _figure(text: str, language: str) -> str:
    return persian_digits(text) if language == "fa" else text


def hour_rows(language: str, shown: str = "") -> tuple[Row, ...]:
    """The buttons of hours: `hour:17:30` for one, `hours:all` and `hours:17` for others.

    `shown`: empty for the usual ones, `all` for every full hour, or one hour (17) for its quarters.
    """

    def button(hour: int, minute: int) -> Choice:
        return Choice(f"hour:{hour:02d}:{minute:02d}", _figure(f"{hour}:{minute:02d}", language))

    hours = {str(hour): hour for hour in ALL_HOURS}
    if shown in hours:
        found = [button(hours[shown], minute) for minute in MINUTES]
    elif shown == "all":
        found = [Choice(f"hours:{hour}", _figure(f"{hour}", language)) for hour in ALL_HOURS]
    else:
        found = [button(hour, 0) for hour in HOURS]
    rows: tuple[Row, ...] = tuple(tuple(found[at : at + 4]) for at in range(0, len(found), 4))
    return (*rows, (Choice("hours:all", Key("calendar-hours")),)) if shown != "all" else rows


def chosen_hour(said: str) -> time | None:
    """The hour behind a button (17:30); None for anything else."""
    hour, _, minute = said.partition(":")
    if not all(part.isascii() and part.isdigit() and len(part) == 2 for part in (hour, minute)):
        return None
    return time(int(hour), int(minute)) if int(hour) < 24 and int(minute) < 60 else None
