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

#: Letters of a reason; seconds around a meeting in which another one at the same place is pointed out.
LONGEST_REASON, NEAR_S = 200, 2 * 3600

_WHEN = Asked(lambda turn: _another(turn))
_WHERE = Where(lambda turn: _elsewhere(turn))


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


def _another(turn: Turn) -> Outcome:
    if starts_of(turn) == _drafted(turn).starts:
        raise Refusal("rearrange-same-time")
    return go("reason")


def _elsewhere(turn: Turn) -> Outcome:
    if turn.draft["venue"] == _drafted(turn).venue and turn.draft["lat"] == _drafted(turn).lat:
        raise Refusal("rearrange-same-venue")
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
    if meeting.state is not State.CANCELLED and meeting.starts <= turn.seconds:
        return Reply("rsvp-over")
    return None if meeting.revision == turn.draft["revision"] else _late(meeting)


def _late(meeting: Meeting) -> Reply:
    """What a colleague has made of it meanwhile."""
    if meeting.state is State.CANCELLED:
        return Reply("rsvp-cancelled", {"time": time_of(meeting)})
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
    starts = starts_of(turn)
    near = tuple(
        Key("meeting-near", {"what": name(turn, one), "time": time_of(one)})
        for one in meetings.near(turn.tx, meeting.place, starts, NEAR_S, but=meeting.id)
    )
    values = {"what": what, "was": time_of(meeting), "now": time_text(starts, _label(turn, meeting)), "reason": reason}
    return Reply("rearrange-confirm-time", values, more=near, buttons=rows)


def _label(turn: Turn, meeting: Meeting) -> str:
    """The words beside the new hour: those that were said with it. The former ones hold for the former hour alone."""
    if prayer := turn.draft.get("prayer", ""):
        return turn.town.phrase(f"meeting-label-{prayer}")
    was = moment(meeting.starts).astimezone(TEHRAN).strftime("%H:%M")
    return meeting.label if turn.draft["clock"] == was else ""


def confirm(turn: Turn, _: str) -> Outcome:
    meeting, draft = led(turn, str(turn.draft["meeting"])), turn.draft
    keep_name(turn)
    if draft["what"] == "cancel":
        if not meetings.cancel(turn.tx, meeting, draft["reason"]):
            return done(_late(_drafted(turn)))
        return done(*cancelled(turn, _drafted(turn)))
    moved = draft["what"] == "time"
    if moved and starts_of(turn) <= turn.seconds:
        raise Refusal("meeting-past")
    changed = meetings.rearrange(
        turn.tx,
        meeting,
        starts=starts_of(turn) if moved else meeting.starts,
        label=_label(turn, meeting) if moved else meeting.label,
        venue=meeting.venue if moved else draft["venue"],
        lat=meeting.lat if moved else draft["lat"],
        lon=meeting.lon if moved else draft["lon"],
        reason=draft["reason"],
    )
    if not changed:
        return done(_late(_drafted(turn)))
    return done(*rearranged(turn, meeting, _drafted(turn)))


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
