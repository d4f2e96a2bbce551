"""Asks by when: some days from now, the end of the month, a day of the month's calendar, or a date in any words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.actions import FURTHEST, end_of_day, end_of_month
from domain.jalali import WeekdayMismatch, parse_date, tehran_day
from domain.richtext import Key
from handlers._calendar import NOTHING, chosen_day, month_rows, month_title
from handlers.talk import Choice, Outcome, Refusal, Reply, Row, Step, Turn, go

#: Days from today that are offered.
DAYS = (7, 14, 30)


@dataclass(frozen=True, slots=True)
class Due:
    """The steps `date` and `calendar` of a talk. `ask` words the question; `then` gets the last second of the day."""

    ask: Callable[[Turn], Reply]
    then: Callable[[Turn, int], Outcome]

    @property
    def steps(self) -> dict[str, Step]:
        to_calendar = {"days": self._days, "end": self._end, "calendar": _to_calendar}
        on_calendar = {"day": self._day, "month": _turn_month, NOTHING: lambda turn, _: go("calendar")}
        return {
            "date": Step(self._ask, text=self.take, choices=to_calendar),
            "calendar": Step(self._ask_day, text=self.take, choices=on_calendar),
        }

    def _ask(self, turn: Turn) -> Reply:
        asked = self.ask(turn)
        days = tuple(Choice(f"days:{n}", Key("due.days", {"n": n})) for n in DAYS)
        rows: tuple[Row, ...] = (days, (Choice("end", Key("due.end")), Choice("calendar", Key("due.calendar"))))
        return Reply(asked.key, asked.values, more=(*asked.more, Key("due")), buttons=rows)

    def take(self, turn: Turn, text: str) -> Outcome:
        """A date in words."""
        try:
            chosen = parse_date(text, turn.now)
        except WeekdayMismatch as wrong:
            raise Refusal("due-weekday", date=wrong.day) from None
        return self._settle(turn, chosen)

    def _settle(self, turn: Turn, chosen: date | None) -> Outcome:
        today = tehran_day(turn.now)
        if chosen is None or not today <= chosen <= today + timedelta(days=FURTHEST):
            raise Refusal("due-wrong")
        turn.draft.pop("month", None)
        return self.then(turn, end_of_day(chosen))

    def _days(self, turn: Turn, days: str) -> Outcome:
        if days not in map(str, DAYS):
            raise Refusal("due-wrong")
        return self._settle(turn, tehran_day(turn.now) + timedelta(days=int(days)))

    def _end(self, turn: Turn, _: str) -> Outcome:
        return self.then(turn, end_of_month(turn.now))

    def _ask_day(self, turn: Turn) -> Reply:
        today, shown = tehran_day(turn.now), str(turn.draft.get("month", ""))
        title = month_title(today, shown, turn.person.language)
        return Reply("due-day", {"month": title}, buttons=month_rows(turn, today, shown))

    def _day(self, turn: Turn, said: str) -> Outcome:
        return self._settle(turn, chosen_day(said))


def _to_calendar(turn: Turn, _: str) -> Outcome:
    turn.draft.pop("month", None)
    return go("calendar")


def _turn_month(turn: Turn, shown: str) -> Outcome:
    turn.draft["month"] = shown
    return go("calendar")
