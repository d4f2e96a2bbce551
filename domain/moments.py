"""A point in time as a text shows it: the moment together with the form it is to be written in."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from domain.values import value


class Form(StrEnum):
    """The ways in which a moment is written; the sentences decide which one, never the code that shows them."""

    FULL = "full"  #: weekday, day, month and year
    COMPACT = "compact"  #: year/month/day in digits
    DAY_MONTH = "day_month"  #: day and month
    DAY_WORDS = "day_words"  #: weekday, day and month
    CLOCK = "clock"  #: time of day
    RELATIVE = "relative"  #: today, tomorrow, three days ago


@value(frozen=True, slots=True)
class Moment:
    """A value for a text. `relative` counts from `now` and cannot do without it; `clock` needs a time of day.

    Raises ValueError for a naive time, an unknown form and a form whose needs are not met.
    """

    at: datetime | date
    form: str = Form.FULL
    now: datetime | None = None

    def __post_init__(self) -> None:
        for moment in (self.at, self.now):
            if isinstance(moment, datetime) and moment.tzinfo is None:
                raise ValueError("a moment needs its time zone")
        form = Form(self.form)
        if form is Form.RELATIVE and self.now is None:
            raise ValueError("a relative moment needs the present one")
        if form is Form.CLOCK and not isinstance(self.at, datetime):
            raise ValueError("a date has no time of day")
