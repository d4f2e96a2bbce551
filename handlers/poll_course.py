"""How a poll goes on: it is opened, closed in time or before, cancelled, answered, and its council reminded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from domain.jalali import TEHRAN
from domain.permissions import Do, Role, may
from domain.polls import ANSWER_DAYS, REMIND_DAYS, Move, State
from handlers.broadcasting import look_now
from handlers.polling import card, leave_card, leave_due, outcome
from handlers.talk import Notice, Refresh, Reply, Told, Work, moment
from storage import audience, ballots, broadcasts, corrections, jobs, outbox, people, polls
from storage.audience import Audience, Unasked
from storage.broadcasts import Broadcast
from storage.polls import Poll

#: The hour in Tehran at which a council is reminded that it owes an answer.
REMIND_HOUR = 9


def last_second(work: Work, days: int) -> int:
    """The end of the day that lies so many days ahead in Tehran, as epoch seconds."""
    day = work.now.astimezone(TEHRAN).date() + timedelta(days=days)
    return int(datetime.combine(day, time(23, 59, 59), TEHRAN).timestamp())


def begin(work: Work, one: Poll) -> Broadcast:
    """It is open: everybody who lives there is asked, and it closes in its time."""
    meant = broadcasts.audience(one.path, "residents", author=one.author or 0)
    count = audience.count(work.tx, meant, work.seconds, budget=work.town.news_per_week)
    sent = broadcasts.create(
        work.tx,
        author=one.author,
        place=one.place,
        who="residents",
        words=one.question,
        media=None,
        count=count,
        now=work.seconds,
        poll=one.id,
        expires=one.closes,
    )
    look_now(work, sent)
    jobs.put(work.tx, "poll-close", f"poll-close:{one.id}", one.closes + 1, {"poll": one.id})
    return sent


def close(work: Work, one: Poll, *, person: int | None = None, reason: str = "") -> list[Told] | None:
    """Count, and let the votes go in the same breath: from here on nothing says who voted, or for what. What is told
    at once; drawing it and telling everybody is a job's. None when somebody was faster."""
    tx = work.tx
    if not polls.move(tx, one, Move.CLOSE, State.CLOSED, person=person, now=work.seconds, reason=reason):
        return None
    polls.keep_result(
        tx, one.id, ballots.count(tx, one.id, len(polls.options(tx, one.id))), last_second(work, ANSWER_DAYS)
    )
    jobs.put(tx, "poll-result", f"poll-result:{one.id}", work.seconds, {"poll": one.id})
    remind = moment(last_second(work, ANSWER_DAYS - REMIND_DAYS)).astimezone(TEHRAN).replace(hour=REMIND_HOUR)
    jobs.put(tx, "poll-remind", f"poll-remind:{one.id}", int(remind.timestamp()), {"poll": one.id})
    return list(_over(work, one))


def cancel(work: Work, one: Poll, *, person: int | None, reason: str) -> list[Told] | None:
    """It is not to be: nothing is counted, and everybody who was asked reads why. None when somebody was faster."""
    if not polls.move(work.tx, one, Move.CANCEL, State.CANCELLED, person=person, now=work.seconds, reason=reason):
        return None
    tell_readers(work, one)
    return list(_over(work, one))


def _over(work: Work, one: Poll) -> Iterator[Told]:
    ballots.burn(work.tx, one.id)
    # A message with somebody's own choice that has not arrived yet does not leave any more.
    outbox.drop_waiting(work.tx, one.voted)
    jobs.drop(work.tx, f"poll-close:{one.id}")
    now = polls.get(work.tx, one.id) or one
    yield Refresh(one.about, outcome(work, now))
    yield Refresh(one.card, card(work, now))
    yield Refresh(one.leave, leave_card(work, now))


def tell_readers(work: Work, one: Poll) -> None:
    """Everybody who was asked reads in that message what became of it; whoever has not got it yet does not get it."""
    number = polls.broadcast(work.tx, one.id)
    sent = broadcasts.get(work.tx, number) if number is not None else None
    if sent is None:
        return
    states = broadcasts.State
    broadcasts.turn(work.tx, sent.id, states.STOPPING, only=(states.SENDING, states.PAUSED))
    if corrections.can_be(work.tx, sent.id, sent.about):
        corrections.create(work.tx, sent.id, author=None, words=sent.words, now=work.seconds)
    look_now(work, sent)


# --- those who answer for it --------------------------------------------------------------------------------------


def organizers(work: Work, one: Poll) -> list[int]:
    """Who answers for a poll: whoever asked, as long as they may; else those who speak for the place."""
    if one.author is not None:
        seats = people.seats(work.tx, one.author, work.seconds)
        if may(Do.ASK_PUBLIC, seats, consented=True, path=one.path):
            return [one.author]
    for roles in ((Role.COORDINATOR, Role.COUNCIL_HEAD), (Role.COUNTY_OFFICER,), (Role.PROVINCE_ADMIN,)):
        found = audience.members(work.tx, Audience(one.path, roles, Unasked.DUTY), work.seconds)
        if found:
            return found
    return []


def council(work: Work, one: Poll) -> list[int]:
    """Who else is to know what came of it: the council of the place."""
    return audience.members(work.tx, Audience(one.path, broadcasts.GROUPS["council"], Unasked.DUTY), work.seconds)


def leave_givers(work: Work, one: Poll) -> list[int]:
    """Who may allow a poll: the county's officers; where there are none, the province."""
    for role in (Role.COUNTY_OFFICER, Role.PROVINCE_ADMIN):
        found = audience.members(work.tx, Audience(one.path, (role,), Unasked.DUTY), work.seconds)
        if found:
            return found
    return []


def ask_leave(work: Work, one: Poll) -> list[Told]:
    """Ask those who may allow it, and look again when they were expected to have answered."""
    due = leave_due(work, one) + 1
    jobs.put(work.tx, "poll-leave", f"poll-leave:{one.id}", due, {"poll": one.id})
    shown = leave_card(work, one)
    return [Notice(person, shown, Unasked.DUTY) for person in leave_givers(work, one)]


# --- jobs ---------------------------------------------------------------------------------------------------------


def close_in_time(work: Work, ids: dict[str, int]) -> list[Told]:
    """Its last day is over."""
    one = polls.get(work.tx, ids["poll"])
    if one is None or one.state is not State.OPEN or one.closes >= work.seconds:
        return []
    return close(work, one) or []


def remind_of_leave(work: Work, ids: dict[str, int]) -> list[Told]:
    """Nobody has decided about it: those who may are shown it once more, and whoever asked knows that."""
    one = polls.get(work.tx, ids["poll"])
    if one is None or one.state is not State.ASKING:
        return []
    shown = leave_card(work, one)
    told: list[Told] = [Notice(person, shown, Unasked.DUTY) for person in leave_givers(work, one)]
    if one.author is not None:
        told.append(Notice(one.author, Reply("poll-leave-late", {"question": one.question}), Unasked.DUTY))
    return told


def remind(work: Work, ids: dict[str, int]) -> list[Told]:
    """The council owes its residents an answer."""
    one = polls.get(work.tx, ids["poll"])
    if one is None or one.state is not State.CLOSED or one.answer:
        return []
    shown = card(work, one)
    told = Reply("poll-remind", {"question": one.question}, more=shown.more, buttons=shown.buttons)
    return [Notice(person, told, Unasked.DUTY) for person in organizers(work, one)]
