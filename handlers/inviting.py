"""The invitation to a meeting: how it reads, who gets it, and how it stays current."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from domain.jalali import tehran_day
from domain.meetings import DOOR_OPENS_S, Answer, Repeats, State
from domain.moments import Moment
from domain.richtext import Key
from handlers import broadcasting, minuting, polling, voting
from handlers._meetings import (
    INVITED,
    OPEN,
    agenda_lines,
    essentials,
    name,
    next_of,
    numbered,
    time_of,
    time_text,
)
from handlers._shown import name_of
from handlers.talk import Act, Notice, Refresh, Reply, Row, Says, Turn, Values, Work, moment
from storage import attendance, audience, broadcasts, corrections, council, jobs, mailing, meetings, polls, rsvps
from storage.audience import Answered, Unasked
from storage.broadcasts import Broadcast
from storage.meetings import Meeting

#: What an invitation leads to, in its order.
ANSWERS = (Answer.YES, Answer.MAYBE, Answer.NO)
#: Seconds in which changes of the organiser's counts are put together into one.
CARD_S = 5
#: Messages that are taken back in the turn that changes a meeting; the job does the rest, so that a turn stays short.
AT_ONCE = 500


# --- how it reads -----------------------------------------------------------------------------------------------------


def told(work: Work, one: Broadcast, said: Answer | None = None) -> Reply:
    """What the readers of a message to many get: its own words, or what it tells of a meeting or asks in a poll as that
    is now.

    `said`: what they have answered to the invitation, for those whose message is changed."""
    if one.poll and (asked := polls.get(work.tx, one.poll)) is not None:
        return polling.message(work, asked)
    meeting = meetings.get(work.tx, one.meeting) if one.meeting else None
    if meeting is None:
        return broadcasting.letter(work, one)
    match one.part:
        case "reminder":
            return reminder(work, meeting)
        case "moved":
            return _moved(work, meeting, one.words)
        case "cancelled":
            return cancellation(work, meeting)
        case "minutes":
            return minuting.told(work, meeting, one.id)
    return page(work, meeting, said) if said is not None else invitation(work, meeting)


def title(work: Work, meeting: Meeting) -> Key:
    """What kind of meeting of whom it is."""
    return name(work, meeting)


def invitation(work: Work, meeting: Meeting) -> Reply:
    """The invitation as it is now, without anybody's answer."""
    if meeting.state is State.CANCELLED:
        return cancellation(work, meeting)
    more = about_it(work, meeting)
    return Reply(
        "invitation",
        essentials(work, meeting),
        more=(*more, Key("invitation-ask")),
        buttons=buttons(work, meeting),
        edit=False,
    )


def page(work: Work, meeting: Meeting, said: Answer | None) -> Reply:
    """A meeting as somebody sees it who has asked or answered: with what they said, and how many gave which answer."""
    if meeting.state is State.CANCELLED:
        return cancellation(work, meeting)
    more = about_it(work, meeting)
    if meeting.starts <= work.seconds:
        more += (Key("meeting-over"),)
    else:
        more += (Key(f"rsvp-said-{said.value}"),) if said is not None else (Key("invitation-ask"),)
    shown = buttons(work, meeting, rsvps.counts(work.tx, meeting.id)) or minuting.seen(work, meeting)
    return Reply("meeting-page", essentials(work, meeting), more=more, buttons=shown)


def preview(work: Work, planned: Meeting, words: Sequence[str]) -> tuple[Key, ...]:
    """The invitation to one that is only being planned, with these topics: as paragraphs of what asks about it."""
    return (Key("invitation", essentials(work, planned)), *about_it(work, planned, words), Key("invitation-ask"))


def about_it(work: Work, meeting: Meeting, words: Sequence[str] | None = None) -> tuple[Key, ...]:
    """What else is to be known of it: agenda (`words`: of one that is only planned), rhythm, who may come, why it was
    changed."""
    more = agenda_lines(work, meeting) if words is None else numbered(words)
    if meeting.kind in OPEN:
        more += (Key("invitation-open"),)
    following = next_of(meeting)
    if following is not None and meeting.repeats is not Repeats.NEVER:
        day = Moment(moment(following), "full")
        more += (Key(f"invitation-repeats-{meeting.repeats.value}", {"day": day}),)
    if meeting.revision and meeting.reason:
        more += (Key("invitation-changed", {"reason": meeting.reason}),)
    return more


def buttons(work: Work, meeting: Meeting, counts: rsvps.Counts | None = None) -> tuple[Row, ...]:
    """The answers to an invitation, with how many gave each once they are known to the reader; and what else it offers.

    Nothing to press once it has begun or was cancelled."""
    if meeting.state is State.CANCELLED or meeting.starts <= work.seconds:
        return ()
    number = str(meeting.id)

    def label(answer: Answer) -> Key:
        n = getattr(counts, answer.value, 0) if counts is not None else 0
        return Key(f"rsvp-{answer.value}-n", {"n": n}) if n else Key(f"rsvp-{answer.value}")

    answers: Row = tuple(Act("meetings", answer.value, label(answer), number) for answer in ANSWERS)
    pin: Row = (Act("meetings", "pin", Key("invitation.pin"), number),) if meeting.lat is not None else ()
    more: Row = (*pin, Act("meetings", "calendar", Key("invitation.calendar"), number))
    return (answers, (Act("meetings", "propose", Key("invitation.propose"), number),), more)


def reminder(work: Work, meeting: Meeting) -> Reply:
    """That it is held soon. It may wait for the end of somebody's night, when «tomorrow» would be wrong; «today» is
    right until the beginning, after which it is not sent."""
    if meeting.state is State.CANCELLED:
        return cancellation(work, meeting)
    here, then = (tehran_day(when) for when in (work.now, moment(meeting.starts)))
    shown = buttons(work, meeting)
    return Reply("reminder-today" if here == then else "reminder", essentials(work, meeting), buttons=shown, edit=False)


def _moved(work: Work, meeting: Meeting, was: str) -> Reply:
    """Was and now, with the reason. `was`: the former time and place, as kept by `rearranged`."""
    if meeting.state is State.CANCELLED:
        return cancellation(work, meeting)
    former = json.loads(was)
    more: tuple[Key, ...] = ()
    if former["starts"] != meeting.starts:
        more += (
            Key("meeting-moved-time", {"was": time_text(former["starts"], former["label"]), "now": time_of(meeting)}),
        )
    if former["venue"] != meeting.venue:
        more += (Key("meeting-moved-venue", {"was": former["venue"], "now": meeting.venue}),)
    return Reply(
        "meeting-moved",
        {"what": name(work, meeting)},
        more=(*more, Key("meeting-moved-why", {"reason": meeting.reason})),
        buttons=buttons(work, meeting),
        edit=False,
    )


def cancellation(work: Work, meeting: Meeting) -> Reply:
    """That it is not held, and why."""
    values: Values = {"what": name(work, meeting), "time": time_of(meeting), "reason": meeting.reason}
    return Reply("meeting-cancelled", values, edit=False)


def card(work: Work, meeting: Meeting) -> Reply:
    """What the organisers see of it: how it stands, who means to come, and what they can do."""
    counts = rsvps.counts(work.tx, meeting.id)
    sent = broadcasts.of_meeting(work.tx, meeting.id, "invitation")
    reached = sum(broadcasts.numbers(work.tx, one).sent for one in sent)
    more = (*agenda_lines(work, meeting), Key("meeting-card-sent", {"n": reached}))
    answers = {"yes": counts.yes, "maybe": counts.maybe, "no": counts.no}
    more += (Key("meeting-card-answers", answers),) if any(answers.values()) else (Key("meeting-card-silent"),)
    if meeting.state is State.CANCELLED:
        more += (Key("meeting-card-cancelled", {"reason": meeting.reason}),)
    elif meeting.starts - DOOR_OPENS_S <= work.seconds:
        more += _present(work, meeting)
    return Reply(
        "meeting-card",
        essentials(work, meeting),
        more=more,
        buttons=_tools(work, meeting),
        about=meeting.about,
        edit=False,
    )


def _present(work: Work, meeting: Meeting) -> tuple[Key, ...]:
    """Who is there: residents are counted, those with an office are named."""
    there = attendance.count(work.tx, meeting.id)
    office = attendance.named(work.tx, meeting, broadcasts.GROUPS["council"], work.seconds)
    found: tuple[Key, ...] = (Key("meeting-card-present", {"n": there, "guests": meeting.guests}),)
    found += voting.quorum_line(council.quorum(work.tx, meeting, work.seconds))
    names = tuple(Key("meeting-card-named", {"name": name_of(work, person)}) for person in office)
    return found + names


def _tools(work: Work, meeting: Meeting) -> tuple[Row, ...]:
    number = str(meeting.id)
    again: tuple[Row, ...] = ()
    if meeting.repeats is not Repeats.NEVER:
        again = ((Act("meeting", "next", Key("meeting-card.next"), number),),)
    if meeting.state is State.CANCELLED:
        return again
    if meeting.starts <= work.seconds:
        guests: Row = (Act("guests", "begin", Key("meeting-card.guests"), number),)
        return (*minuting.tools(work, meeting), *voting.tools(work, meeting), guests, *again)
    waiting = len(meetings.agenda(work.tx, meeting.id, "proposed"))
    label = Key("meeting-card-proposals", {"n": waiting})
    proposals: tuple[Row, ...] = ((Act("meetings", "proposals", label, number),),) if waiting else ()
    return (
        *proposals,
        (
            Act("rearrange", "time", Key("meeting-card.time"), number),
            Act("rearrange", "venue", Key("meeting-card.venue"), number),
        ),
        (Act("meetings", "poster", Key("meeting-card.poster"), number),),
        *voting.tools(work, meeting),
        *again,
        (Act("rearrange", "cancel", Key("meeting-card.cancel"), number),),
    )


# --- who is told ------------------------------------------------------------------------------------------------------


def announce(turn: Turn, meeting: Meeting) -> tuple[Says, ...]:
    """Invite everybody it is for. What the one who announces it is shown: its card."""
    _write(turn, meeting, "invitation", author=turn.person.id)
    _remind(turn, meeting)
    return (card(turn, meeting),)


def rearranged(turn: Turn, was: Meeting, meeting: Meeting) -> tuple[Says, ...]:
    """Every invitation says what holds now; those who come, or may, are told what was, what is and why."""
    _right(turn, meeting)
    former = {"starts": was.starts, "label": was.label, "venue": was.venue}
    _write(turn, meeting, "moved", answered=Answered.COMING, words=json.dumps(former, ensure_ascii=False))
    _remind(turn, meeting)
    return _shown(turn, meeting)


def cancelled(turn: Turn, meeting: Meeting) -> tuple[Says, ...]:
    """Every invitation says that it is not held; those who come, or may, are told so with the reason. Who was not
    invited yet never is."""
    _stop(turn, meeting, "invitation")
    _right(turn, meeting)
    _write(turn, meeting, "cancelled", answered=Answered.COMING, expires=None)
    return _shown(turn, meeting)


def refreshed(work: Work, meeting: Meeting, *parts: str) -> None:
    """Bring every invitation (and these other parts) up to date with the meeting; nobody is told by a message of its
    own."""
    for part in ("invitation", *parts):
        for one in broadcasts.of_meeting(work.tx, meeting.id, part):
            if corrections.can_be(work.tx, one.id, one.about):
                corrections.create(work.tx, one.id, author=None, words="", now=work.seconds)
                broadcasting.look_now(work, one)
    follow(work, meeting.id)


def follow(work: Work, meeting: int) -> None:
    """Something about it is new (an answer, how many it reached): the organisers' cards follow, many at once."""
    jobs.put_once(work.tx, "meeting-card", f"meeting-card:{meeting}", work.seconds + CARD_S, {"meeting": meeting})


def show_card(work: Work, ids: dict[str, int]) -> Iterator[Refresh]:
    """The job that brings the organisers' cards up to date."""
    meeting = meetings.get(work.tx, ids["meeting"])
    if meeting is not None:
        yield Refresh(meeting.about, card(work, meeting))


def remind(work: Work, ids: dict[str, int]) -> tuple[Notice, ...]:
    """The job of one reminder: the first is for all who did not say no, the last for those who come or may.

    Nothing for a meeting that was moved, cancelled or has begun meanwhile."""
    meeting = meetings.get(work.tx, ids["meeting"])
    stands = meeting is not None and meeting.state is State.PLANNED and meeting.revision == ids["revision"]
    if meeting is not None and stands and meeting.starts > work.seconds:
        _write(work, meeting, "reminder", answered=Answered.COMING)
        if not ids["last"]:
            _write(work, meeting, "reminder", answered=Answered.SILENT)
    return ()


def _remind(turn: Turn, meeting: Meeting) -> None:
    """Set the reminders. One whose time has passed already is not sent, nor one that could not be sent until the next
    is due."""
    minuting.remind_later(turn, meeting)
    dues = [meeting.starts - before * 3600 for before in turn.town.remind_hours]
    for n, (due, following) in enumerate(zip(dues, [*dues[1:], meeting.starts], strict=True)):
        key = f"remind:{meeting.id}:{n}"
        jobs.drop(turn.tx, key)
        if due > turn.seconds:
            ids = {"meeting": meeting.id, "revision": meeting.revision, "last": int(n == len(dues) - 1)}
            jobs.put(turn.tx, "meeting-remind", key, due, ids, expires=following)


def _write(
    work: Work,
    meeting: Meeting,
    part: str,
    *,
    author: int | None = None,
    answered: Answered = Answered.ANYHOW,
    words: str = "",
    expires: int | None = 0,
) -> None:
    """Write to many about a meeting. Worth nothing once that has begun, unless `expires` says otherwise."""
    who = INVITED[meeting.kind]
    meant = broadcasts.audience(meeting.path, who, author=author or 0, meeting=meeting.id, answered=answered)
    budget = work.town.news_per_week if part == "invitation" else 0
    one = broadcasts.create(
        work.tx,
        author=author,
        place=meeting.place,
        who=who,
        words=words,
        media=None,
        count=audience.count(work.tx, meant, work.seconds, budget=budget),
        now=work.seconds,
        meeting=meeting.id,
        part=part,
        answered=answered,
        expires=meeting.starts if expires == 0 else expires,
    )
    broadcasting.look_now(work, one)


def _right(turn: Turn, meeting: Meeting) -> None:
    """What was written of it before is not sent any more; the invitations are corrected, and what reminded of it."""
    for part in ("reminder", "moved"):
        _stop(turn, meeting, part)
    refreshed(turn, meeting, "reminder")


def _stop(turn: Turn, meeting: Meeting, part: str) -> None:
    """What is under way to many goes no further: the next messages at once, the rest with the job."""
    under_way = (broadcasts.State.SENDING, broadcasts.State.PAUSED)
    for one in broadcasts.of_meeting(turn.tx, meeting.id, part):
        if broadcasts.turn(turn.tx, one.id, broadcasts.State.STOPPING, only=under_way):
            mailing.take_back(turn.tx, one.id, AT_ONCE)
            broadcasting.look_now(turn, one)


def _shown(turn: Turn, meeting: Meeting) -> tuple[Says, ...]:
    """The cards of the organisers as they are now; another one than whoever changed it is told so."""
    said: list[Says] = [Refresh(meeting.about, card(turn, meeting))]
    if meeting.author is not None and meeting.author != turn.person.id:
        said.append(Notice(meeting.author, card(turn, meeting), Unasked.DUTY))
    return (card(turn, meeting), *said)
