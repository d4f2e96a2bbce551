"""Asks when an announcement is sent, and why it cannot wait if it cannot."""

from __future__ import annotations

from collections.abc import Callable

from domain import quiet
from domain.permissions import Do
from domain.persian import has_words, letters, tidy
from domain.richtext import Key
from handlers import announcing
from handlers.coordinator._readers import to_of
from handlers.coordinator._when import Asked, anew, starts_of
from handlers.talk import Choice, Outcome, Refusal, Reply, Step, Turn, go

#: Days ahead, at most; letters of a reason, at least and at most.
FURTHEST, LEAST, MOST = 60, 5, 200


def time_steps(then: Callable[[Turn], Outcome]) -> dict[str, Step]:
    """The steps `time`, `reason` and those of a day and hour; `then` is how the talk goes on."""

    def timed(turn: Turn) -> Outcome:
        due = starts_of(turn)
        if not turn.seconds < due <= turn.seconds + FURTHEST * 86400:
            raise Refusal("broadcast-time-far", n=FURTHEST)
        turn.draft["due"] = due
        return then(turn)

    def now(turn: Turn, _: str) -> Outcome:
        turn.draft.pop("due", None)
        return then(turn)

    def after(turn: Turn, _: str) -> Outcome:
        """When people have rested: this morning or tomorrow's."""
        turn.draft["due"] = quiet.next_end(turn.seconds, *quiet.USUAL)
        return then(turn)

    def at(turn: Turn, _: str) -> Outcome:
        anew(turn)
        return go("day")

    def reason(turn: Turn, text: str) -> Outcome:
        words = tidy(text)
        if not has_words(words) or not letters(words) >= LEAST or len(words) > MOST:
            raise Refusal("broadcast-urgent-why", least=LEAST, most=MOST)
        _check(turn)
        turn.draft["urgent"] = words
        return then(turn)

    asked = Asked(timed, day="broadcast-day", hour="broadcast-hour", unclear="broadcast-when-unclear")
    return {
        "time": Step(_ask_time, text=asked.take, choices={"now": now, "rested": after, "at": at}),
        "reason": Step(_ask_reason, text=reason),
        **asked.steps(),
    }


def _ask_time(turn: Turn) -> Reply:
    return Reply(
        "broadcast-when",
        buttons=(
            (Choice("now", Key("broadcast-when.now")), Choice("rested", Key("broadcast-when.rested"))),
            (Choice("at", Key("broadcast-when.at")),),
        ),
    )


def urgent_step(turn: Turn, _: str) -> Outcome:
    """What was urgent is not any more, or the reason is asked for."""
    if turn.draft.pop("urgent", ""):
        return go("confirm")
    _check(turn)
    return go("reason")


def _check(turn: Turn) -> None:
    """Only a county or the province calls something urgent, whatever a button says."""
    paths = announcing.paths(turn, turn.draft["place"], to_of(turn))
    if not all(turn.may(Do.URGE, path) for path in paths):
        raise Refusal("broadcast-urgent-not-yours")


def _ask_reason(turn: Turn) -> Reply:
    return Reply("broadcast-urgent-why", {"least": LEAST, "most": MOST})
