"""A meeting held once more: what is the same, when it is due in its rhythm, and who is asked about it."""

from __future__ import annotations

from domain.meetings import Repeats
from domain.permissions import Do, may
from domain.richtext import Key
from handlers._meetings import kind_name, slot, time_text, turn_after
from handlers.talk import Act, Notice, Refusal, Reply, Row, Turn, Values, Work
from storage import audience, jobs, meetings, people
from storage.audience import Unasked
from storage.meetings import Meeting

#: Days before the next meeting of a rhythm that its organiser is asked about it: the first reminder goes out two days
#: before a meeting, and people need notice of some days more.
ASKED_DAYS = 4
#: So many meetings of a rhythm are asked about when nobody calls any.
MOST_ASKED = 3


def watch(work: Work, meeting: Meeting, n: int) -> None:
    """See to it that somebody is asked about the n-th of a meeting's rhythm in time."""
    due = max(meeting.starts + 3600, slot(meeting, n) - ASKED_DAYS * 86400)
    jobs.put(work.tx, "meeting-again", f"meeting-again:{meeting.id}", due, {"meeting": meeting.id, "n": n})


def ask(work: Work, ids: dict[str, int]) -> list[Notice]:
    """The job that offers the next one of a rhythm with one tap. Nothing when it was called already, or is to come no
    more; without an answer the one after it is offered too, some times."""
    meeting, n = meetings.get(work.tx, ids["meeting"]), ids["n"]
    if meeting is None or meeting.repeats is Repeats.NEVER or meetings.later(work.tx, meeting) is not None:
        return []
    if n - meeting.nth < MOST_ASKED:
        watch(work, meeting, n + 1)
    if slot(meeting, n) <= work.seconds:
        return []
    shown = offer(work, meeting, n)
    return [Notice(person, shown, Unasked.DUTY) for person in _organisers(work, meeting)]


def offer(work: Work, meeting: Meeting, n: int, asked: str = "meeting-again") -> Reply:
    """The n-th of its rhythm as it would be. `asked`: the sentence that asks about it."""
    about = f"{meeting.id}:{n}"
    rows: tuple[Row, ...] = (
        (Act("meeting", "same", Key("meeting-repeat.same"), about),),
        (
            Act("meeting", "alter", Key("meeting-repeat.change"), about),
            Act("meeting", "end", Key("meeting-again.end"), about),
        ),
    )
    values: Values = {
        "what": kind_name(work, meeting.kind, meeting.place),
        "time": time_text(slot(meeting, n), meeting.label),
        "venue": meeting.venue,
    }
    return Reply(asked, values, buttons=rows, edit=False)


def _organisers(work: Work, meeting: Meeting) -> list[int]:
    """Whoever called the last one, as long as they may call another; else those who decide there."""
    if meeting.author is not None:
        seats = people.seats(work.tx, meeting.author, work.seconds)
        if may(Do.MEET, seats, consented=True, path=meeting.path):
            return [meeting.author]
    return audience.moderators(work.tx, meeting.path, work.seconds)


def named(turn: Turn, about: str) -> tuple[Meeting, int]:
    """A meeting and which one of its rhythm is meant, from a button's data, which can be forged."""
    number, _, said = about.partition(":")
    whole = all(part.isascii() and part.isdigit() and len(part) < 9 for part in (number, said))
    meeting = meetings.get(turn.tx, int(number)) if whole else None
    if meeting is None or not turn.may(Do.MEET, meeting.path):
        raise Refusal("meeting-unknown")
    if not meeting.nth < int(said) <= turn_after(meeting, turn.seconds):
        raise Refusal("meeting-unknown")
    return meeting, int(said)
