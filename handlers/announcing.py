"""What happens to an announcement before it is sent: a second person says yes or no, its time comes, it begins."""

from __future__ import annotations

from domain.permissions import Do, may
from domain.richtext import Key
from handlers._meetings import time_text
from handlers._shown import name_of
from handlers.broadcasting import letter, look_now, readers_of, second, show, state_of, title
from handlers.talk import Act, Notice, Refresh, Reply, Row, Told, Values, Work
from storage import audience, broadcasts, jobs, people, places, planned, readers
from storage.audience import Unasked
from storage.broadcasts import Broadcast, State

__all__ = ["ask", "begin", "cards", "does", "is_due", "nobody_said", "paths", "say_no", "say_yes", "seconds", "wait"]

#: Seconds after which those who may say yes are asked once more, and after which it is over.
AGAIN_S, ASKED_S = 4 * 3600, 24 * 3600


def paths(work: Work, place: int, to: broadcasts.To) -> tuple[str, ...]:
    """The paths of every place that it is for: whoever sends it must be allowed to at each."""
    return tuple(places.get(work.tx, one).path for one in (to.places or (place,)))


def does(to: broadcasts.To) -> Do:
    """What sending it is."""
    return Do.URGE if to.urgent else Do.BROADCAST


def seconds(work: Work, place: int, to: broadcasts.To, author: int) -> list[int]:
    """Who may say yes to it besides its author: colleagues of the same body, else the next higher one."""
    return audience.others(work.tx, does(to), paths(work, place, to), author, work.seconds)


def _seconds(work: Work, one: Broadcast) -> list[int]:
    return seconds(work, one.place, readers.to(work.tx, one), one.author or 0)


# --- a second person ------------------------------------------------------------------------------------------------


def ask(work: Work, one: Broadcast) -> list[Told]:
    """Ask for a second person's yes, and set the time for asking once more."""
    _look_again(work, one, AGAIN_S)
    return [Notice(person, card(work, one), Unasked.DUTY) for person in _seconds(work, one)]


def _look_again(work: Work, one: Broadcast, after: int, **more: int) -> None:
    due = (one.asked or work.seconds) + after
    jobs.put(work.tx, "announce-asked", f"announce-asked:{one.id}", due, {"broadcast": one.id, **more})


def card(work: Work, one: Broadcast) -> Reply:
    """What a second person sees of it: the message as its readers would get it, to how many, and what can be said."""
    values = {"author": name_of(work, one.author), "n": one.aimed, "readers": readers_of(work, one)}
    shown = letter(work, one)
    more: tuple[Key, ...] = (Key(shown.key, dict(shown.values)), *shown.more)
    if one.due is not None:
        more += (Key("broadcast-time", {"time": time_text(one.due)}),)
    number = str(one.id)
    buttons: tuple[Row, ...] = ()
    if one.state is State.ASKED:
        more += (Key("broadcast-rule"),)
        buttons = (
            (Act("approve", "yes", Key("approve.yes"), number), Act("approve", "no", Key("approve.no"), number)),
        )
    else:
        more += (outcome(work, one),)
    return Reply("approve", values, more=more, buttons=buttons, about=one.approval, media=shown.media)


def outcome(work: Work, one: Broadcast) -> Key:
    """What became of the question."""
    if one.decided_by is not None and one.state is not State.REFUSED:
        return Key("approve-done", {"who": second(work, one)})
    return state_of(work, one)


def say_yes(work: Work, one: Broadcast, by: int) -> list[Told] | None:
    """It goes on; None when somebody was faster."""
    if not planned.decide(work.tx, one.id, State.PLANNED, by=by, why_not="", now=work.seconds):
        return None
    now = _again(work, one)
    told: list[Told] = []
    if now.author is not None:
        words = Reply("approve-said-yes", {"title": title(work, now), "who": second(work, now)})
        told.append(Notice(now.author, words, Unasked.ASKED))
    return [*told, *(wait(work, now) if (now.due or 0) > work.seconds else begin(work, now)), *cards(work, now)]


def say_no(work: Work, one: Broadcast, by: int, reason: str) -> list[Told] | None:
    """It is not sent; None when somebody was faster."""
    if not planned.decide(work.tx, one.id, State.REFUSED, by=by, why_not=reason, now=work.seconds):
        return None
    jobs.drop(work.tx, f"announce-asked:{one.id}")
    now = _again(work, one)
    told: list[Told] = [*cards(work, now), *show(work, now)]
    if now.author is not None:
        refused: Values = {"title": title(work, now), "who": second(work, now), "reason": reason}
        told.append(Notice(now.author, Reply("approve-said-no", refused), Unasked.ASKED))
    return told


def nobody_said(work: Work, ids: dict[str, int]) -> list[Told]:
    """Nobody has said anything yet: they are asked once more, and in the end it is over."""
    one = broadcasts.get(work.tx, ids["broadcast"])
    if one is None or one.state is not State.ASKED:
        return []
    if not ids.get("last"):
        _look_again(work, one, ASKED_S, last=1)
        return [Notice(person, card(work, one), Unasked.DUTY) for person in _seconds(work, one)]
    planned.end_early(work.tx, one.id, State.LAPSED, work.seconds)
    now = _again(work, one)
    told: list[Told] = [*cards(work, now), *show(work, now)]
    if now.author is not None:
        told.append(Notice(now.author, Reply("approve-nobody-said", {"title": title(work, now)}), Unasked.DUTY))
    return told


def cards(work: Work, one: Broadcast) -> list[Refresh]:
    """Bring the cards that asked a second person up to date."""
    return [Refresh(one.approval, card(work, one))]


# --- its time ---------------------------------------------------------------------------------------------------------


def wait(work: Work, one: Broadcast) -> list[Told]:
    """It begins at its time."""
    jobs.put(work.tx, "announce", f"announce:{one.id}", one.due or work.seconds, {"broadcast": one.id})
    return list(show(work, one))


def is_due(work: Work, ids: dict[str, int]) -> list[Told]:
    """Its time has come, if it still waits for it."""
    one = broadcasts.get(work.tx, ids["broadcast"])
    if one is None or one.state is not State.PLANNED or (one.due or 0) > work.seconds:
        return []
    return begin(work, one)


def begin(work: Work, one: Broadcast) -> list[Told]:
    """Send it to those who are there now, if whoever wrote it still may; else their colleagues learn that it was not
    sent."""
    to = readers.to(work.tx, one)
    if not _still_may(work, one, to):
        planned.end_early(work.tx, one.id, State.UNSEATED, work.seconds)
        now = _again(work, one)
        told = [
            Notice(
                person, Reply("broadcast-unseated", {"title": title(work, now), "readers": readers_of(work, now)}), why
            )
            for person, why in _to_be_told(work, now)
        ]
        return [*told, *show(work, now)]
    meant = readers.meant(work.tx, one)
    count = audience.count(work.tx, meant, work.seconds, budget=work.town.news_per_week)
    if not planned.begin(work.tx, one.id, count, work.seconds):
        return []  # another process took it back at this moment, and has shown that
    now = _again(work, one)
    look_now(work, now)
    return list(show(work, now))


def _to_be_told(work: Work, one: Broadcast) -> list[tuple[int, Unasked]]:
    """Whoever wrote it, and the colleagues that are left."""
    author = [] if one.author is None else [(one.author, Unasked.ASKED)]
    return author + [(person, Unasked.DUTY) for person in _seconds(work, one)]


def _still_may(work: Work, one: Broadcast, to: broadcasts.To) -> bool:
    if one.author is None:
        return False
    seats = people.seats(work.tx, one.author, work.seconds)
    return all(may(does(to), seats, consented=True, path=path) for path in paths(work, one.place, to))


def _again(work: Work, one: Broadcast) -> Broadcast:
    return broadcasts.get(work.tx, one.id) or one
