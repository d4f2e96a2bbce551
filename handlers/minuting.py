"""The minutes of a meeting: how they read, who writes them, and who is reminded of those that nobody has written."""

from __future__ import annotations

from collections.abc import Iterator

from domain.meetings import State
from domain.minutes import READERS, REMINDED_DAYS
from domain.permissions import STAFF, Do, may
from domain.richtext import Key
from handlers import broadcasting
from handlers._actions import doer, label, line, standing, what
from handlers._meetings import name, time_of
from handlers._shown import day, name_of
from handlers.talk import Act, Notice, Reply, Row, Turn, Values, Work
from handlers.voting import agenda, quorum_was
from storage import actions, attendance, audience, broadcasts, corrections, jobs, meetings, minutes, people
from storage.actions import Action
from storage.audience import Unasked
from storage.broadcasts import GROUPS
from storage.council import Quorum
from storage.meetings import Meeting
from storage.minutes import Minutes

#: Meetings whose minutes a week's news names, at most.
IN_A_WEEK = 3
#: What each reminder says.
_REMINDERS = (Key("minutes-remind-first"), Key("minutes-remind-last"))


# --- how they read ----------------------------------------------------------------------------------------------------


def told(work: Work, meeting: Meeting, broadcast: int) -> Reply:
    """What everybody concerned gets with this message to many: the decisions in short, as they stand now."""
    made, found = actions.of_meeting(work.tx, meeting.id), minutes.of(work.tx, meeting.id)
    more = (*_counted(work, made), *(_numbered(n, line(work, one)) for n, one in enumerate(made, 1)))
    counted = _quorum(found)
    if counted is not None and not counted.met:
        more += (quorum_was(counted),)
    more += further(found)
    row: Row = (
        Act("results", "show", Key("minutes-told.see"), str(meeting.id)),
        Act("results", "paper", Key("minutes.paper"), str(meeting.id)),
    )
    why: Row = (Act("why", "show", Key("broadcast-message.why"), str(broadcast)),)
    values: Values = {"what": name(work, meeting), "day": day(meeting.starts)}
    return Reply("minutes-told", values, more=more, buttons=(row, why), edit=False)


def page(turn: Turn, meeting: Meeting, found: Minutes) -> Reply:
    """The minutes as anybody may read them, with what this person may do about them."""
    made = actions.of_meeting(turn.tx, meeting.id)
    more = (*present(turn, meeting, found), *agenda(turn, meeting), *_counted(turn, made))
    for n, one in enumerate(made, 1):
        more += (_numbered(n, _whole(turn, one)), *served(turn, one))
    number = str(meeting.id)
    rows: list[Row] = [(Act("promises", "show", label(one), str(one.id)),) for one in made]
    printed: Row = (Act("results", "paper", Key("minutes.paper"), number),)
    if minutes.photos(turn.tx, meeting.id) and sees_photos(turn, meeting, found):
        printed += (Act("results", "photos", Key("minutes.photos"), number),)
    rows.append(printed)
    if turn.may(Do.MEET, meeting.path):
        rows.append((Act("minutes", "open", Key("minutes.correct"), number),))
    return Reply(
        "minutes",
        {"what": name(turn, meeting), "time": time_of(meeting)},
        more=(*more, *further(found)),
        buttons=tuple(rows),
        edit=False,
    )


def present(work: Work, meeting: Meeting, found: Minutes) -> tuple[Key, ...]:
    """How many were there. Those who held an office then are named; nobody else is."""
    lines: tuple[Key, ...] = ()
    if found.present or meeting.guests:
        lines += (Key("minutes-present", {"n": found.present, "guests": meeting.guests}),)
    counted = _quorum(found)
    if counted is not None:
        lines += (quorum_was(counted),)
    office = attendance.named(work.tx, meeting, GROUPS["council"], meeting.starts)
    return lines + tuple(Key("meeting-card-named", {"name": name_of(work, person)}) for person in office)


def served(work: Work, action: Action) -> tuple[Key, ...]:
    """The cases that a decision is about, by their public titles."""
    titles = [one.title or Key("untitled", {"category": Key(f"category-{one.category}")}) for one in
              actions.served(work.tx, action.id)]  # fmt: skip
    return tuple(Key("action-for", {"title": title}) for title in titles)


def stands(work: Work, action: Action) -> Key:
    """How a decision stands by now, with its date."""
    return standing(work, action)


def sees_photos(turn: Turn, meeting: Meeting, found: Minutes) -> bool:
    """Whether somebody may see the pages of the minute book, on which residents' names may stand."""
    here = any(seat.role in STAFF and meeting.path.startswith(seat.path) for seat in turn.seats)
    return found.everybody or here


def _counted(work: Work, made: list[Action]) -> tuple[Key, ...]:
    about = sum(bool(actions.served(work.tx, one.id)) for one in made)
    return (Key("minutes-count", {"n": len(made)}), *((Key("minutes-about", {"n": about}),) if about else ()))


def _numbered(n: int, plan: Key) -> Key:
    return Key("minutes-line", {"n": n, "plan": plan})


def _whole(work: Work, one: Action) -> Key:
    """A decision in all of its words."""
    words = one.what or what("", one.category)
    return Key("action-line", {"what": words, "who": doer(work, one), "state": standing(work, one)})


def _quorum(found: Minutes | None) -> Quorum | None:
    """As it was counted when they were published, if it was."""
    if found is None or found.council is None or found.quorum is None:
        return None
    return Quorum(found.council, found.quorum)


def further(found: Minutes | None) -> tuple[Key, ...]:
    """That they were corrected, and why."""
    if found is None or found.corrected is None:
        return ()
    return (Key("minutes-corrected", {"date": day(found.corrected), "reason": found.reason}),)


# --- who hears of them ------------------------------------------------------------------------------------------------


def announce(turn: Turn, meeting: Meeting) -> None:
    """Tell everybody whom the meeting's decisions concern."""
    who = READERS[meeting.kind]
    meant = broadcasts.audience(meeting.path, who, author=turn.person.id)
    one = broadcasts.create(
        turn.tx,
        author=turn.person.id,
        place=meeting.place,
        who=who,
        words="",
        media=None,
        count=audience.count(turn.tx, meant, turn.seconds),
        now=turn.seconds,
        meeting=meeting.id,
        part="minutes",
    )
    broadcasting.look_now(turn, one)


def of_week(work: Work, path: str, since: int, until: int) -> tuple[Key, ...]:
    """What came of a place's meetings in that time, for those who take the news once a week."""
    found = minutes.between(work.tx, path, since, until, limit=IN_A_WEEK)
    known = minutes.published(work.tx, found)
    held = [one for one in (meetings.get(work.tx, number) for number in found) if one is not None]
    return tuple(
        Key("digest-minutes", {"what": name(work, one), "day": day(one.starts), "n": known[one.id]}) for one in held
    )


def renew(work: Work, meeting: Meeting) -> None:
    """What was told to many says what holds now; nobody is told by a message of its own."""
    for one in broadcasts.of_meeting(work.tx, meeting.id, "minutes"):
        if corrections.can_be(work.tx, one.id, one.about):
            corrections.create(work.tx, one.id, author=None, words="", now=work.seconds)
            broadcasting.look_now(work, one)


# --- who writes them --------------------------------------------------------------------------------------------------


def tools(work: Work, meeting: Meeting) -> tuple[Row, ...]:
    """What the organisers of a meeting that has begun can do about its minutes."""
    return seen(work, meeting) or ((Act("minutes", "open", Key("minutes.write"), str(meeting.id)),),)


def seen(work: Work, meeting: Meeting) -> tuple[Row, ...]:
    """The way to the minutes of a meeting, once there are some."""
    if minutes.of(work.tx, meeting.id) is None:
        return ()
    return ((Act("results", "show", Key("minutes-told.see"), str(meeting.id)),),)


def organisers(work: Work, meeting: Meeting) -> list[int]:
    """Who is to write them: whoever called the meeting and still may, or else those who lead there."""
    if meeting.author is not None and people.reach(work.tx, meeting.author) is not None:
        seats = people.seats(work.tx, meeting.author, work.seconds)
        if may(Do.MEET, seats, consented=True, path=meeting.path):
            return [meeting.author]
    return audience.moderators(work.tx, meeting.path, work.seconds)


def remind_later(work: Work, meeting: Meeting) -> None:
    """Set the reminders of the minutes, by the time at which the meeting is held now."""
    dues = [meeting.starts + days * 86400 for days in REMINDED_DAYS]
    for n, (due, until) in enumerate(zip(dues, [*dues[1:], dues[-1] + 7 * 86400], strict=True)):
        ids = {"meeting": meeting.id, "revision": meeting.revision, "n": n}
        jobs.put(work.tx, "minutes-remind", _job(meeting, n), due, ids, expires=until)


def written(work: Work, meeting: Meeting) -> None:
    """They are there: nobody is reminded any more."""
    for n in range(len(REMINDED_DAYS)):
        jobs.drop(work.tx, _job(meeting, n))


def reminders(work: Work, meeting: Meeting, ids: dict[str, int]) -> Iterator[Notice]:
    """One reminder; nothing for a meeting that was moved or called off, or whose minutes are there."""
    stands = meeting.state is State.PLANNED and meeting.revision == ids["revision"]
    if not stands or minutes.of(work.tx, meeting.id) is not None:
        return
    values: Values = {"what": name(work, meeting), "day": day(meeting.starts)}
    reply = Reply("minutes-remind", values, more=(_REMINDERS[ids["n"]],), buttons=tools(work, meeting))
    for person in organisers(work, meeting):
        yield Notice(person, reply, Unasked.DUTY)


def _job(meeting: Meeting, n: int) -> str:
    return f"minutes-remind:{meeting.id}:{n}"
