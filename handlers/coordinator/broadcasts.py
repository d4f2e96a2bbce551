"""Follow what was written to many: hold it, let it go on, stop it; and everything that was sent before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from domain.moments import Moment
from domain.permissions import Do
from domain.richtext import Key, Value
from handlers._shown import PAGE, day, name_of, page_number, pager
from handlers.broadcasting import look_now, named, own_places, progress, result, show, title, to_whom
from handlers.talk import Act, Outcome, Reply, Talk, Turn, done, moment
from storage import broadcasts, corrections, places
from storage.broadcasts import Broadcast, State

#: Messages that a press holds back or lets go by itself; the job does the rest, so that a turn stays short.
AT_ONCE = 500
#: Letters of a message's beginning on a button.
LABEL = 40


def _changed(turn: Turn, one: Broadcast, change: Callable[[], bool], at_once: Callable[[], int]) -> Outcome:
    """Change a broadcast's state if it still can be, and let everybody who looks at it see what it is now."""
    if change():
        at_once()
        look_now(turn, one)
    now = broadcasts.get(turn.tx, one.id) or one
    return done(*show(turn, now))


def pause(turn: Turn, about: str) -> Outcome:
    one = named(turn, about)
    return _changed(
        turn,
        one,
        lambda: broadcasts.turn(turn.tx, one.id, State.PAUSED, only=(State.SENDING,)),
        lambda: broadcasts.hold(turn.tx, one.id, AT_ONCE),
    )


def resume(turn: Turn, about: str) -> Outcome:
    one = named(turn, about)
    return _changed(
        turn,
        one,
        lambda: broadcasts.turn(turn.tx, one.id, State.SENDING, only=(State.PAUSED,)),
        lambda: broadcasts.release(turn.tx, one.id, AT_ONCE),
    )


def stop(turn: Turn, about: str) -> Outcome:
    one = named(turn, about)
    return _changed(
        turn,
        one,
        lambda: broadcasts.turn(turn.tx, one.id, State.STOPPING, only=(State.SENDING, State.PAUSED)),
        lambda: broadcasts.take_back(turn.tx, one.id, AT_ONCE),
    )


# --- what was sent before ---------------------------------------------------------------------------------------------


def history(turn: Turn, about: str) -> Outcome:
    """Every broadcast to a place in one's scope: what, where, when, to how many and by whom."""
    page = page_number(about)
    paths = [place.path for place in own_places(turn)]
    total = broadcasts.count_under(turn.tx, paths)
    edit = True if about else None
    if not total:
        return done(Reply("broadcast-history-none", edit=edit))
    found = broadcasts.under(turn.tx, paths, offset=page * PAGE, limit=PAGE)
    rows = tuple((Act("broadcasts", "show", _label(turn, one), str(one.id)),) for one in found)
    lines = tuple(_line(turn, one) for one in found)
    buttons = (*rows, *pager("broadcasts", "page", "", page, total))
    return done(Reply("broadcast-history", {"n": total}, more=lines, buttons=buttons, edit=edit))


def _label(turn: Turn, one: Broadcast) -> Key | str:
    found = title(turn, one)
    return found[:LABEL] if isinstance(found, str) else found


def _line(turn: Turn, one: Broadcast) -> Key:
    place = places.get(turn.tx, one.place)
    values: dict[str, Value] = {
        "date": day(one.created),
        "readers": to_whom(place, one.who),
        "n": broadcasts.numbers(turn.tx, one).sent,
        "author": _who(turn, one.author),
    }
    return Key("broadcast-history-line", values)


def look(turn: Turn, about: str) -> Outcome:
    one = named(turn, about)
    own = one.author == turn.person.id
    shown = progress(turn, one, own=own) if one.ended is None else result(turn, one, own=own)
    return done(replace(shown, more=(*shown.more, *_corrected(turn, one))))


def _corrected(turn: Turn, one: Broadcast) -> tuple[Key, ...]:
    """Who corrected it, and when: the newest first."""
    return tuple(
        Key(
            "broadcast-history-corrected",
            {"date": day(found.at), "time": Moment(moment(found.at), "clock"), "author": _who(turn, found.author)},
        )
        for found in corrections.of(turn.tx, one.id, limit=PAGE)
    )


def _who(turn: Turn, person: int | None) -> Key | str:
    return Key("you") if person == turn.person.id else name_of(turn, person)


talk = Talk(
    name="broadcasts",
    rule=Do.BROADCAST,
    start=history,
    actions={"pause": pause, "go_on": resume, "stop": stop, "page": history, "show": look},
)
