"""Hold a meeting at another time or place, or call it off: with a reason, a look at it, and then everybody is told."""

from __future__ import annotations

from domain.jalali import TEHRAN
from domain.meetings import State
from domain.permissions import Do
from domain.richtext import Key
from handlers._meetings import led, name, time_of, time_text
from handlers._shown import keep_name
from handlers.coordinator._venue import Where, fitting
from handlers.coordinator._when import Asked, anew, starts_of
from handlers.inviting import cancelled, rearranged
from handlers.talk import Choice, Outcome, Refusal, Reply, Row, Step, Talk, Turn, call, done, go, moment
from storage import meetings
from storage.meetings import Meeting

#: Letters of a reason.
LONGEST_REASON = 200

_WHEN = Asked(lambda turn: go("reason"))
_WHERE = Where(lambda turn: go("reason"))


def start(turn: Turn, _: str) -> Outcome:
    """By its word: the meetings, to choose from."""
    return call("meetings")


def _begin(turn: Turn, about: str, what: str) -> Meeting:
    meeting = _open(turn, led(turn, about))
    turn.draft.update({"meeting": meeting.id, "revision": meeting.revision, "what": what, "place": meeting.place})
    return meeting


def _open(turn: Turn, meeting: Meeting) -> Meeting:
    if meeting.state is State.CANCELLED:
        raise Refusal("rsvp-cancelled", time=time_of(meeting))
    if meeting.starts <= turn.seconds:
        raise Refusal("rsvp-over")
    return meeting


def begin_time(turn: Turn, about: str) -> Outcome:
    meeting = _begin(turn, about, "time")
    starts = moment(meeting.starts).astimezone(TEHRAN)
    turn.draft.update({"day": starts.date().isoformat(), "clock": starts.strftime("%H:%M")})
    anew(turn)
    return go("day")


def begin_venue(turn: Turn, about: str) -> Outcome:
    _begin(turn, about, "venue")
    return go("venue")


def begin_cancel(turn: Turn, about: str) -> Outcome:
    _begin(turn, about, "cancel")
    return go("reason")


def _drafted(turn: Turn) -> Meeting:
    meeting = meetings.get(turn.tx, turn.draft["meeting"])
    if meeting is None:
        raise LookupError("meetings are never deleted")
    return meeting


def lost(turn: Turn) -> Reply | None:
    """A colleague may have been faster, the meeting may have begun meanwhile."""
    if "meeting" not in turn.draft:
        return None
    meeting = _drafted(turn)
    if meeting.state is State.CANCELLED:
        return Reply("rsvp-cancelled", {"time": time_of(meeting)})
    if meeting.starts <= turn.seconds:
        return Reply("rsvp-over")
    if meeting.revision == turn.draft["revision"]:
        return None
    return Reply("rearrange-late", {"time": time_of(meeting), "venue": meeting.venue})


def ask_reason(turn: Turn) -> Reply:
    return Reply(f"rearrange-reason-{turn.draft['what']}", {"most": LONGEST_REASON}, edit=False)


def take_reason(turn: Turn, text: str) -> Outcome:
    turn.draft["reason"] = fitting(text, LONGEST_REASON)
    return go("confirm")


def ask_confirm(turn: Turn) -> Reply:
    meeting, draft = _drafted(turn), turn.draft
    go_on = Choice("go", Key(f"rearrange-confirm-{draft['what']}.go"))
    rows: tuple[Row, ...] = ((go_on,), (Choice("reason", Key("rearrange-confirm.reason")),))
    what, reason = name(turn, meeting), draft["reason"]
    if draft["what"] == "cancel":
        return Reply(
            "rearrange-confirm-cancel", {"what": what, "time": time_of(meeting), "reason": reason}, buttons=rows
        )
    if draft["what"] == "venue":
        return Reply(
            "rearrange-confirm-venue",
            {"what": what, "was": meeting.venue, "now": draft["venue"], "reason": reason},
            buttons=rows,
        )
    now = time_text(starts_of(turn), meeting.label)
    return Reply(
        "rearrange-confirm-time", {"what": what, "was": time_of(meeting), "now": now, "reason": reason}, buttons=rows
    )


def confirm(turn: Turn, _: str) -> Outcome:
    meeting, draft = led(turn, str(turn.draft["meeting"])), turn.draft
    keep_name(turn)
    if draft["what"] == "cancel":
        meetings.cancel(turn.tx, meeting, draft["reason"])
        return done(*cancelled(turn, meetings.get(turn.tx, meeting.id) or meeting))
    moved = draft["what"] == "time"
    if moved and starts_of(turn) <= turn.seconds:
        raise Refusal("meeting-past")
    meetings.rearrange(
        turn.tx,
        meeting,
        starts=starts_of(turn) if moved else meeting.starts,
        venue=meeting.venue if moved else draft["venue"],
        lat=meeting.lat if moved else draft["lat"],
        lon=meeting.lon if moved else draft["lon"],
        reason=draft["reason"],
    )
    return done(*rearranged(turn, meeting, meetings.get(turn.tx, meeting.id) or meeting))


talk = Talk(
    name="rearrange",
    rule=Do.MEET,
    start=start,
    steps={
        **_WHEN.steps(),
        "venue": _WHERE.step(),
        "reason": Step(ask_reason, text=take_reason),
        "confirm": Step(ask_confirm, text=take_reason, choices={"go": confirm, "reason": lambda turn, _: go("reason")}),
    },
    lost=lost,
    actions={"time": begin_time, "venue": begin_venue, "cancel": begin_cancel},
)
