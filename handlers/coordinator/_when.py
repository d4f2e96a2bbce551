"""Asks for a day and an hour: by taps on a month, or typed in any words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

from domain.jalali import WeekdayMismatch, tehran_day
from domain.moments import Moment
from domain.persian import folded
from domain.richtext import Key
from domain.when import Doubt, Midnight, NoSuchDay, NoSuchHour, When, at, hour_in, parse_when, prayer_in
from handlers._calendar import (
    NOTHING,
    chosen_day,
    chosen_hour,
    day_choice,
    days_shown,
    hour_rows,
    month_rows,
    month_title,
)
from handlers.talk import Choice, Outcome, Refusal, Reply, Row, Step, Turn, go

#: Days ahead from which a typed day is asked about: somebody who forgot that it has passed this year. And the most.
FAR, FURTHEST = 270, 400


def starts_of(turn: Turn) -> int:
    """The moment that was chosen (epoch seconds)."""
    clock = time.fromisoformat(turn.draft["clock"])
    return int(at(date.fromisoformat(turn.draft["day"]), clock).timestamp())


def anew(turn: Turn) -> None:
    """Both are asked for once more; until then what was chosen stands, for whoever goes back."""
    turn.draft["anew"] = True
    turn.draft.pop("month", None)


@dataclass(frozen=True)
class Asked:
    """The steps `day`, `hour` and `doubt` of a talk, and how it goes on once both are known (`then`)."""

    then: Callable[[Turn], Outcome]
    #: The sentences that name what the time is for.
    day: str = "meeting-day"
    hour: str = "meeting-hour"
    unclear: str = "meeting-when-unclear"

    def steps(self) -> dict[str, Step]:
        return {
            "day": Step(
                self._ask_day,
                text=self._typed_day,
                choices={"day": self._day, "month": _turn_month, NOTHING: lambda turn, _: go("day")},
            ),
            "hour": Step(self._ask_hour, text=self.take, choices={"hour": self._hour, "hours": _turn_hours}),
            "doubt": Step(_ask_doubt, text=self.take, choices={"yes": self._settle, "day": self._day}),
        }

    def take(self, turn: Turn, text: str) -> Outcome:
        """A day, an hour or both, typed."""
        today = tehran_day(turn.now)
        if prayer := prayer_in(text):
            turn.draft["prayer"] = prayer
        try:
            found = parse_when(text, today)
            if found == When():
                raise Refusal(self.unclear)
            if found.day is not None and FAR < (found.day - today).days <= FURTHEST:
                return _doubt(turn, "far", found.day, found.clock)
            return self._known(turn, found)
        except WeekdayMismatch as error:
            return _doubt(turn, "weekday", error.day, hour_in(text), error.said)
        except Doubt as error:
            return _doubt(turn, error.why, error.day, error.clock)
        except Midnight:
            raise Refusal("meeting-midnight") from None
        except NoSuchHour:
            raise Refusal("meeting-no-hour") from None
        except NoSuchDay as error:
            if error.last is None:
                raise Refusal("meeting-no-date") from None
            month = month_title(error.last, "", turn.person.language)
            raise Refusal("meeting-no-day", month=month, n=error.day, last=Moment(error.last, "full")) from None

    def _typed_day(self, turn: Turn, text: str) -> Outcome:
        """Under a month a number alone is one of its days; anything else is read as it is everywhere."""
        number = folded(text)
        if number.isdigit() and len(number) <= 2:
            today = tehran_day(turn.now)
            days = days_shown(today, turn.draft.get("month", ""))
            if not 0 < int(number) <= len(days):
                return self.take(turn, f"{number} {month_title(days[0], '', 'fa')}")
            return self._known(turn, When(days[int(number) - 1]))
        return self.take(turn, text)

    def _day(self, turn: Turn, said: str) -> Outcome:
        day = chosen_day(said)
        if day is None:
            raise Refusal("not-understood")
        return self._known(turn, When(day, None))

    def _hour(self, turn: Turn, said: str) -> Outcome:
        clock = chosen_hour(said)
        if clock is None:
            raise Refusal("not-understood")
        return self._known(turn, When(None, clock))

    def _settle(self, turn: Turn, _: str) -> Outcome:
        return self._known(turn, When(date.fromisoformat(turn.draft["meant"]), None))

    def _known(self, turn: Turn, found: When) -> Outcome:
        """Take what is known of the day and the hour, and ask for the rest."""
        if found.day is not None:
            today = tehran_day(turn.now)
            if found.day < today:
                raise Refusal("meeting-past")
            if found.day > today + timedelta(FURTHEST):
                raise Refusal("meeting-far", n=FURTHEST)
            turn.draft["day"] = found.day.isoformat()
        turn.draft.pop("hours", None)
        if found.clock is not None:
            turn.draft["clock"] = found.clock.strftime("%H:%M")
            turn.draft.pop("anew", None)
        elif turn.draft.pop("anew", False):
            return go("hour")
        if "day" not in turn.draft:
            return go("day")
        if "clock" not in turn.draft:
            return go("hour")
        if starts_of(turn) <= turn.seconds:
            raise Refusal("meeting-past")
        return self.then(turn)

    def _ask_day(self, turn: Turn) -> Reply:
        today, shown = tehran_day(turn.now), turn.draft.get("month", "")
        title = month_title(today, shown, turn.person.language)
        return Reply(self.day, {"month": title}, buttons=month_rows(turn, today, shown))

    def _ask_hour(self, turn: Turn) -> Reply:
        day = date.fromisoformat(turn.draft["day"])
        rows = hour_rows(turn.person.language, turn.draft.get("hours", ""))
        return Reply(self.hour, {"day": Moment(day, "full")}, buttons=rows)


def _turn_month(turn: Turn, shown: str) -> Outcome:
    turn.draft["month"] = shown
    return go("day")


def _turn_hours(turn: Turn, shown: str) -> Outcome:
    turn.draft["hours"] = shown
    return go("hour")


def _doubt(turn: Turn, why: str, day: date, clock: time | None, said: int | None = None) -> Outcome:
    """Ask about a day before it is taken. `said`: the weekday that was said of it (Monday is 0)."""
    turn.draft.update({"doubt": why, "meant": day.isoformat()})
    turn.draft["instead"] = "" if said is None else _nearest(day, said).isoformat()
    if clock is not None:
        turn.draft["clock"] = clock.strftime("%H:%M")
        turn.draft.pop("anew", None)
    return go("doubt")


def _nearest(day: date, weekday: int) -> date:
    """The day of that weekday that lies nearest: whoever mistook a date is wrong by a day or two."""
    return day + timedelta((weekday - day.weekday() + 3) % 7 - 3)


def _ask_doubt(turn: Turn) -> Reply:
    """Which day is meant, with a button for each that can be."""
    draft, today = turn.draft, tehran_day(turn.now)
    meant = date.fromisoformat(draft["meant"])
    if not draft["instead"]:
        yes = Choice("yes", Key("meeting-doubt.yes"))
        return Reply(f"meeting-doubt-{draft['doubt']}", {"day": Moment(meant, "full")}, buttons=((yes,),), edit=False)
    instead = date.fromisoformat(draft["instead"])
    rows: tuple[Row, ...] = tuple(
        (Choice(day_choice(day), Key("meeting-doubt-day", {"day": Moment(day, "day_words")})),)
        for day in (meant, instead)
        if day >= today
    )
    return Reply("meeting-doubt-weekday", {"day": Moment(meant, "full")}, buttons=rows, edit=False)
