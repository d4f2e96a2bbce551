"""Follow what was written to many: hold it, let it go on, stop it; and everything that was sent before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from domain.moments import Moment
from domain.permissions import Do
from domain.richtext import Key, Value
from handlers import announcing
from handlers._shown import PAGE, day, name_of, page_number, pager
from handlers.broadcasting import (
    look_now,
    named,
    own_places,
    progress,
    readers_of,
    result,
    second,
    sender,
    show,
    state_of,
    title,
)
from handlers.talk import Act, Outcome, Refusal, Reply, Talk, Turn, Values, done, moment
from storage import broadcasts, corrections, mailing, places, planned, readers
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
        lambda: mailing.hold(turn.tx, one.id, AT_ONCE),
    )


def resume(turn: Turn, about: str) -> Outcome:
    one = named(turn, about)
    return _changed(
        turn,
        one,
        lambda: broadcasts.turn(turn.tx, one.id, State.SENDING, only=(State.PAUSED,)),
        lambda: mailing.release(turn.tx, one.id, AT_ONCE),
    )


def stop(turn: Turn, about: str) -> Outcome:
    """Send no more of it; one that has not begun never will."""
    one = named(turn, about)
    if planned.end_early(turn.tx, one.id, State.STOPPED, turn.seconds):
        now = broadcasts.get(turn.tx, one.id) or one
        return done(result(turn, now, own=one.author == turn.person.id), *show(turn, now), *announcing.cards(turn, now))
    return _changed(
        turn,
        one,
        lambda: broadcasts.turn(turn.tx, one.id, State.STOPPING, only=(State.SENDING, State.PAUSED)),
        lambda: mailing.take_back(turn.tx, one.id, AT_ONCE),
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
    heads: dict[str, Value] = {
        "date": day(one.begun or one.created),
        "readers": readers_of(turn, one),
        "author": _who(turn, one.author),
    }
    if one.begun is None:
        return Key("broadcast-history-ahead", {**heads, "state": state_of(turn, one)})
    return Key("broadcast-history-line", {**heads, "n": broadcasts.numbers(turn.tx, one).sent})


def plain(turn: Turn, about: str) -> Outcome:
    """Its words alone, to paste elsewhere; where they lead to us differently on another messenger, those too."""
    one = named(turn, about)
    if one.meeting or one.poll:
        raise Refusal("broadcast-unknown")
    to = readers.to(turn.tx, one)
    place = places.get(turn.tx, one.place)
    pasted: Values = {"sender": sender(turn, place, to), "words": one.words}
    shown = Reply("broadcast-plain", pasted, edit=False, own_links=True)
    looks = turn.town.looks(shown, turn.person.language)
    here = [look.words for look in looks if look.bot == turn.account.bot]
    others = [
        Reply("broadcast-elsewhere", {"elsewhere": look.messenger, "words": look.words, "n": 1}, edit=False)
        for look in looks
        if here and look.words not in here
    ]
    return done(shown, *others)


def look(turn: Turn, about: str) -> Outcome:
    one = named(turn, about)
    own = one.author == turn.person.id
    shown = progress(turn, one, own=own) if one.ended is None else result(turn, one, own=own)
    return done(replace(shown, more=(*shown.more, *_noted(turn, one), *_corrected(turn, one))))


def _noted(turn: Turn, one: Broadcast) -> tuple[Key, ...]:
    """What else was decided about it: that it was urgent, and who said yes to it besides its author."""
    more: tuple[Key, ...] = (Key("broadcast-urgent", {"reason": one.urgent}),) if one.urgent else ()
    if one.decided_by is not None and one.state is not State.REFUSED and one.decided is not None:
        more += (Key("broadcast-history-second", {"who": second(turn, one), "date": day(one.decided)}),)
    return more


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
    command="broadcasts",
    start=history,
    actions={"pause": pause, "go_on": resume, "stop": stop, "page": history, "show": look, "plain": plain},
)
