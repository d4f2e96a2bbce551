"""Asks for a day and an hour: by taps on a month, or typed in any words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

from domain.jalali import WeekdayMismatch, tehran_day
from domain.moments import Moment
from domain.richtext import Key
from domain.when import Gregorian, NoSuchDay, NoSuchHour, When, at, hour_in, parse_when
from handlers._calendar import NOTHING, chosen_day, hour_rows, month_rows, month_title
from handlers.talk import Choice, Outcome, Refusal, Reply, Step, Turn, go


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

    def steps(self) -> dict[str, Step]:
        return {
            "day": Step(
                _ask_day,
                text=self.take,
                choices={"day": self._day, "month": _turn_month, NOTHING: lambda turn, _: go("day")},
            ),
            "hour": Step(_ask_hour, text=self.take, choices={"hour": self._hour}),
            "doubt": Step(_ask_doubt, text=self.take, choices={"yes": self._settle}),
        }

    def take(self, turn: Turn, text: str) -> Outcome:
        """A day, an hour or both, typed."""
        try:
            found = parse_when(text, tehran_day(turn.now))
            if found == When():
                raise Refusal("meeting-when-unclear")
            return self._known(turn, found)
        except WeekdayMismatch as error:
            return _doubt(turn, "weekday", error.day, hour_in(text))
        except Gregorian as error:
            return _doubt(turn, "gregorian", error.day, error.clock)
        except NoSuchHour:
            raise Refusal("meeting-no-hour") from None
        except NoSuchDay:
            raise Refusal("meeting-no-day") from None

    def _day(self, turn: Turn, said: str) -> Outcome:
        day = chosen_day(said)
        if day is None:
            raise Refusal("not-understood")
        return self._known(turn, When(day, None))

    def _hour(self, turn: Turn, said: str) -> Outcome:
        if not (said.isascii() and said.isdigit() and len(said) < 3 and int(said) < 24):
            raise Refusal("not-understood")
        return self._known(turn, When(None, time(int(said))))

    def _settle(self, turn: Turn, _: str) -> Outcome:
        return self._known(turn, When(date.fromisoformat(turn.draft["meant"]), None))

    def _known(self, turn: Turn, found: When) -> Outcome:
        """Take what is known of the day and the hour, and ask for the rest."""
        if found.day is not None:
            if found.day < tehran_day(turn.now):
                raise Refusal("meeting-past")
            turn.draft["day"] = found.day.isoformat()
        if found.clock is not None:
            turn.draft["clock"] = found.clock.strftime("%H:%M")
        elif turn.draft.pop("anew", False):
            return go("hour")
        if "day" not in turn.draft:
            return go("day")
        if "clock" not in turn.draft:
            return go("hour")
        if starts_of(turn) <= turn.seconds:
            raise Refusal("meeting-past")
        return self.then(turn)


def _ask_day(turn: Turn) -> Reply:
    today, shown = tehran_day(turn.now), turn.draft.get("month", "")
    title = month_title(today, shown, turn.person.language)
    return Reply("meeting-day", {"month": title}, buttons=month_rows(turn, today, shown))


def _turn_month(turn: Turn, shown: str) -> Outcome:
    turn.draft["month"] = shown
    return go("day")


def _ask_hour(turn: Turn) -> Reply:
    day = date.fromisoformat(turn.draft["day"])
    return Reply("meeting-hour", {"day": Moment(day, "full")}, buttons=hour_rows(turn.person.language))


def _doubt(turn: Turn, why: str, day: date, clock: time | None) -> Outcome:
    turn.draft.update({"doubt": why, "meant": day.isoformat()})
    if clock is not None:
        turn.draft["clock"] = clock.strftime("%H:%M")
    return go("doubt")


def _ask_doubt(turn: Turn) -> Reply:
    meant = Moment(date.fromisoformat(turn.draft["meant"]), "full")
    yes = Choice("yes", Key("meeting-doubt.yes"))
    return Reply(f"meeting-doubt-{turn.draft['doubt']}", {"day": meant}, buttons=((yes,),), edit=False)
