"""How many came to a meeting without an account, as the secretary counts them."""

from __future__ import annotations

from domain.meetings import MOST_GUESTS
from domain.permissions import Do
from domain.persian import ascii_digits, tidy
from domain.richtext import Key
from handlers._meetings import led, name
from handlers.inviting import card, follow
from handlers.talk import Choice, Outcome, Refusal, Reply, Step, Talk, Turn, call, done, go
from storage import attendance, meetings

#: What a tap adds.
STEPS = (1, 5, 10)


def start(turn: Turn, _: str) -> Outcome:
    """By its word: the meetings, to choose from."""
    return call("meetings")


def begin(turn: Turn, about: str) -> Outcome:
    meeting = led(turn, about)
    if meeting.starts > turn.seconds:
        raise Refusal("guests-early")
    turn.draft["meeting"] = meeting.id
    return go("count")


def ask(turn: Turn) -> Reply:
    meeting = meetings.get(turn.tx, turn.draft["meeting"])
    if meeting is None:
        raise LookupError("meetings are never deleted")
    more = tuple(Choice(f"more:{n}", Key("guests-more", {"n": n})) for n in STEPS)
    end = Choice("done", Key("guests.done"))
    return Reply("guests", {"n": meeting.guests, "what": name(turn, meeting)}, buttons=(more, (end,)))


def _set(turn: Turn, guests: int) -> Outcome:
    meeting = led(turn, str(turn.draft["meeting"]))
    if not 0 <= guests <= MOST_GUESTS:
        raise Refusal("guests-wrong", most=MOST_GUESTS)
    attendance.set_guests(turn.tx, meeting.id, guests)
    follow(turn, meeting.id)
    return go("count")


def more(turn: Turn, said: str) -> Outcome:
    if said not in map(str, STEPS):
        raise Refusal("not-understood")
    return _set(turn, led(turn, str(turn.draft["meeting"])).guests + int(said))


def typed(turn: Turn, text: str) -> Outcome:
    figures = ascii_digits(tidy(text))
    if not (figures.isascii() and figures.isdigit() and len(figures) < 6):
        raise Refusal("guests-wrong", most=MOST_GUESTS)
    return _set(turn, int(figures))


def end(turn: Turn, _: str) -> Outcome:
    return done(card(turn, led(turn, str(turn.draft["meeting"]))))


talk = Talk(
    name="guests",
    rule=Do.MEET,
    start=start,
    steps={"count": Step(ask, text=typed, choices={"more": more, "done": end})},
    actions={"begin": begin},
)
