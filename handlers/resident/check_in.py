"""At the meeting: whoever scans the code at the door is counted, once, while the door is open."""

from __future__ import annotations

from domain.meetings import DOOR_CLOSES_S, DOOR_OPENS_S, State
from domain.permissions import Do
from domain.richtext import Key
from handlers._meetings import OPEN, is_invited, name, time_of
from handlers._shown import spot
from handlers.inviting import follow
from handlers.talk import Act, Outcome, Reply, Row, Talk, Turn, done
from handlers.voting import asked
from storage import attendance, meetings
from storage.meetings import Meeting

_MEETINGS: Row = (Act("meetings", "open", Key("talk-meetings")),)


def start(turn: Turn, code: str) -> Outcome:
    """By the link at the door (`meet_CODE`)."""
    meeting = meetings.by_code(turn.tx, code) if len(code) == 8 else None
    if meeting is None:
        return done(Reply("check-in-unknown", buttons=(_MEETINGS,)))
    if not is_invited(turn, meeting):
        return done(_elsewhere(turn, meeting))
    if meeting.state is State.CANCELLED:
        return done(Reply("check-in-cancelled", {"what": name(turn, meeting), "reason": meeting.reason}))
    if turn.seconds < meeting.starts - DOOR_OPENS_S:
        return done(Reply("check-in-early", {"what": name(turn, meeting), "time": time_of(meeting)}))
    if turn.seconds > meeting.starts + DOOR_CLOSES_S:
        return done(Reply("check-in-late", {"what": name(turn, meeting), "time": time_of(meeting)}))
    if not attendance.check_in(turn.tx, meeting.id, turn.person.id, turn.seconds):
        return done(Reply("check-in-again", {"what": name(turn, meeting)}))
    follow(turn, meeting.id)
    return done(Reply("check-in", {"what": name(turn, meeting)}), *asked(turn, meeting, turn.person.id))


def _elsewhere(turn: Turn, meeting: Meeting) -> Reply:
    """The meeting of another place: those who live there join first, and scan the code again."""
    values = {"what": name(turn, meeting), "neighborhood": spot(turn, meeting.place)}
    if meeting.kind not in OPEN:
        return Reply("check-in-not-invited", values, buttons=(_MEETINGS,))
    join = Act("join", "at", Key("check-in.join"), str(meeting.place))
    return Reply("check-in-elsewhere", values, buttons=((join,),))


talk = Talk(name="check_in", rule=Do.TAKE_PART, payload="meet", start=start)
