"""A channel or group is connected to a place by a code that is written there."""

from __future__ import annotations

from domain.permissions import Do, may
from domain.persian import ascii_digits, cut_line, tidy
from domain.richtext import Key
from handlers.broadcasting import sender
from handlers.talk import Notice, Reply, Work
from storage import channels, people, places
from storage.audience import Unasked

#: The command that stands before the code there, without its slash.
CONNECT = "connect"
#: Letters of a channel's name that are kept.
TITLE = 60


def connected(work: Work, lane: int, title: str, written: str) -> tuple[Reply, list[Notice]]:
    """What is said in the chat where a code was written, and what whoever asked for the code is told."""
    asked = channels.take_code(work.tx, ascii_digits(written.strip()), work.seconds)
    place = places.get(work.tx, asked.place) if asked is not None else None
    if asked is None or place is None:
        return Reply("connect-wrong"), []
    seats = people.seats(work.tx, asked.person, work.seconds)
    if not may(Do.BROADCAST, seats, consented=True, path=place.path):
        return Reply("connect-wrong"), []
    name = cut_line(tidy(title), TITLE)
    channels.connect(work.tx, place.id, lane, name, asked.person, work.seconds)
    done = Reply("connect-done", {"sender": sender(work, place), "name": name or Key("channel-unnamed")})
    return Reply("connect-here", {"sender": sender(work, place)}), [Notice(asked.person, done, Unasked.ASKED)]
