"""When cards come: each at once, or what was collected at hours that a coordinator chooses."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from domain import card_hours
from domain.jalali import TEHRAN
from domain.moments import Moment
from domain.permissions import RULES, Do
from domain.persian import listed, said_digits
from domain.richtext import Key
from handlers.talk import Act, Choice, Notice, Outcome, Refusal, Reply, Step, Talk, Turn, Values, Work, done, go, moment
from storage import audience, cards, jobs, people, queue
from storage.audience import Unasked

#: Hours offered by button: the beginning and the end of a working day.
OFFERED = (8, 17)


def start(turn: Turn, _: str) -> Outcome:
    return go("hours")


def ask(turn: Turn) -> Reply:
    kept = card_hours.kept(cards.hours(turn.tx, turn.person.id))
    now = Key("cards-now", {"hours": _said(turn, kept)}) if kept else Key("cards-at-once")
    offered = Key("cards-when.offered", {"hours": _said(turn, OFFERED)})
    buttons = ((Choice("now", Key("cards-when.now")),), (Choice("offered", offered),))
    return Reply("cards-when", {"now": now}, buttons=buttons)


def _said(turn: Turn, hours: tuple[int, ...]) -> str | Key:
    """Hours in one line: eight, twelve and seventeen."""
    language = turn.person.language
    *first, last = [said_digits(str(hour), language) for hour in hours]
    return Key("cards-hours", {"first": listed(first, language), "last": last}) if first else last


def at_once(turn: Turn, _: str) -> Outcome:
    cards.set_hours(turn.tx, turn.person.id, "")
    jobs.drop(turn.tx, _key(turn.person.id))
    return done(Reply("cards-at-once-done"))


def offered(turn: Turn, _: str) -> Outcome:
    return _collect(turn, OFFERED)


def take(turn: Turn, text: str) -> Outcome:
    hours = card_hours.hours_in(text)
    if not hours:
        raise Refusal("cards-wrong", n=card_hours.MOST)
    return _collect(turn, hours)


def _collect(turn: Turn, hours: tuple[int, ...]) -> Outcome:
    cards.set_hours(turn.tx, turn.person.id, card_hours.written(hours))
    _set(turn, turn.person.id, hours)
    return done(Reply("cards-done", {"hours": _said(turn, hours)}))


def _key(person: int) -> str:
    return f"cards:{person}"


def _set(work: Work, person: int, hours: tuple[int, ...]) -> None:
    due = int(card_hours.next_after(work.now, hours).timestamp())
    jobs.put(work.tx, "cards", _key(person), due, {"person": person, "since": work.seconds})


def collected(work: Work, ids: dict[str, int]) -> list[Notice]:
    """What came since the last time for this one to decide; nothing when nothing came."""
    person = ids["person"]
    hours = card_hours.kept(cards.hours(work.tx, person))
    seats = [seat for seat in people.seats(work.tx, person, work.seconds) if seat.role in RULES[Do.MODERATE]]
    if not hours:
        return []
    # Without a role too: whoever gets one again gets what they chose, and would else hear of nothing.
    _set(work, person, hours)
    if not seats:
        return []
    since = moment(ids["since"])
    today = work.now.astimezone(TEHRAN).date()
    tonight = int(datetime.combine(today + timedelta(1), time(0), TEHRAN).timestamp())
    fresh = queue.fresh(
        work.tx, [seat.path for seat in seats], since=ids["since"], until=work.seconds, due_before=tonight
    )
    # What a neighbourhood's own coordinators decide is not told to the county as well.
    mine = [one for one in fresh if person in audience.moderators(work.tx, one.path, work.seconds)]
    n, due = sum(one.n for one in mine), sum(one.due for one in mine)
    if not n:
        return []
    values: Values = {"n": n, "m": due, "day": Moment(since, "relative", work.now), "time": Moment(since, "clock")}
    buttons = ((Act("queue", "open", Key("cards-collected.see")),),)
    return [Notice(person, Reply("cards-collected", values, buttons=buttons), Unasked.DUTY)]


talk = Talk(
    name="cards",
    rule=Do.MODERATE,
    start=start,
    steps={"hours": Step(ask, text=take, choices={"now": at_once, "offered": offered})},
    jobs={"cards": collected},
)
