"""How what is written to many is worded: the message, its progress and its result."""

from __future__ import annotations

from collections.abc import Iterator

from domain import quiet
from domain.moments import Moment
from domain.permissions import RULES, Do
from domain.persian import has_words, letters, tidy
from domain.richtext import Key, Value, utf16_length
from handlers._meetings import name as meeting_name
from handlers._shown import in_short, place_name
from handlers.talk import Act, Refresh, Refusal, Reply, Row, Turn, Work, moment
from storage import broadcasts, corrections, jobs, meetings, outbox, places
from storage.broadcasts import Broadcast, State
from storage.places import Place

#: Whom a broadcast can be for (storage/broadcasts.py), as it is said.
WHO = {
    "residents": Key("broadcast-who-residents"),
    "council": Key("broadcast-who-council"),
    "coordinators": Key("broadcast-who-coordinators"),
    "officers": Key("broadcast-who-officers"),
    "everybody": Key("broadcast-who-everybody"),
    "county_board": Key("broadcast-who-county-board"),
    "province_board": Key("broadcast-who-province-board"),
}
_STATES = {
    State.SENDING: Key("broadcast-state-sending"),
    State.PAUSED: Key("broadcast-state-paused"),
    State.STOPPING: Key("broadcast-state-stopping"),
    State.STOPPED: Key("broadcast-state-stopped"),
    State.DONE: Key("broadcast-state-done"),
}


#: Letters of a message, at least and at most: with its first and last line it still is one message everywhere.
SHORTEST, LONGEST = 10, 3500


def fitting(text: str) -> str:
    """Words as they can be sent to many, or the refusal that says how long they may be."""
    words = tidy(text)
    if not has_words(words) or letters(words) < SHORTEST or utf16_length(words) > LONGEST:
        raise Refusal("broadcast-length", least=SHORTEST, most=LONGEST)
    return words


def own_places(turn: Turn, do: Do = Do.BROADCAST) -> list[Place]:
    """The places somebody may write to (or do that) by their seats, the widest first."""
    seats = {seat.place: seat.path for seat in turn.seats if seat.role in RULES[do]}
    return [places.get(turn.tx, place) for place in sorted(seats, key=lambda place: (seats[place].count("/"), place))]


def named(turn: Turn, about: str) -> Broadcast:
    """A broadcast in one's scope, from a button's data, which can be forged."""
    one = broadcasts.get(turn.tx, int(about)) if about.isascii() and about.isdigit() and len(about) < 16 else None
    if one is None or not turn.may(Do.BROADCAST, one.path):
        raise Refusal("broadcast-unknown")
    return one


def title(work: Work, one: Broadcast) -> Key | str:
    """A broadcast in a few words: its own, or the meeting that it tells of."""
    meeting = meetings.get(work.tx, one.meeting) if one.meeting else None
    return in_short(one.words) if meeting is None else meeting_name(work, meeting)


def message(work: Work, place: Place, who: str, words: str, photo: int | None) -> Reply:
    """What the readers of a broadcast get."""
    return Reply(
        "broadcast-message",
        {"sender": sender(work, place), "words": words},
        more=(Key("broadcast-why", {"readers": to_whom(place, who)}),),
        buttons=((Act("settings", "open", Key("broadcast-message.settings")),),),
        edit=False,
        media=(photo,) if photo is not None else (),
        together=True,
        own_links=True,
    )


def sender(work: Work, place: Place) -> Key | str:
    """Who speaks to the residents of a place: its council, its county's committee or the province."""
    if place.kind == "province":
        return work.town.operator or Key("broadcast-province")
    if place.kind != "neighborhood":
        return Key("holder-county", {"county": place_name(place)})
    return Key("holder-council", {"neighborhood": place_name(place)})


def area(place: Place) -> Key | str:
    """A place by its name, the larger ones with what they are."""
    if place.kind == "province":
        return Key("broadcast-province")
    return Key("broadcast-county", {"county": place_name(place)}) if place.kind == "county" else place_name(place)


def to_whom(place: Place, who: str) -> Key:
    """Whom a broadcast is for, in a few words."""
    return Key("broadcast-readers", {"who": WHO[who], "place": area(place)})


def progress(work: Work, one: Broadcast, *, own: bool = True) -> Reply:
    """How far a broadcast has got, with what can be done about it, as its author sees it or (not `own`) a colleague."""
    rows: list[Row] = []
    about = str(one.id)
    stop = Act("broadcasts", "stop", Key("broadcast-progress.stop"), about)
    if one.state is State.SENDING:
        rows.append((Act("broadcasts", "pause", Key("broadcast-progress.pause"), about), stop))
    elif one.state is State.PAUSED:
        rows.append((Act("broadcasts", "go_on", Key("broadcast-progress.go"), about), stop))
    if own and one.state is not State.STOPPING:
        rows += _correct(work, one)
    over = quiet.ends(work.seconds, *quiet.USUAL)
    rests = one.state is State.SENDING and over != work.seconds
    state = Key("broadcast-state-quiet", {"time": Moment(moment(over), "clock")}) if rests else _STATES[one.state]
    values: dict[str, Value] = {
        "title": title(work, one),
        "sent": broadcasts.numbers(work.tx, one).sent,
        "n": one.aimed,
        "state": state,
    }
    mark = one.progress if own else one.watched
    return Reply("broadcast-progress", values, more=_correcting(work, one), buttons=tuple(rows), about=mark)


def show(work: Work, one: Broadcast) -> Iterator[Refresh]:
    """Bring every message about its progress up to date; an earlier change that has not left is not sent."""
    outbox.drop_changes(work.tx, one.progress)
    yield Refresh(one.progress, progress(work, one))
    outbox.drop_changes(work.tx, one.watched)
    yield Refresh(one.watched, progress(work, one, own=False))


def _correct(work: Work, one: Broadcast) -> tuple[Row, ...]:
    """The button that corrects it, as long as there is anybody whose message can be changed."""
    if one.meeting or one.poll or not corrections.can_be(work.tx, one.id, one.about):
        return ()  # an invitation is changed with its meeting, a question not at all
    return ((Act("correct", "begin", Key("broadcast-progress.correct"), str(one.id)),),)


def _correcting(work: Work, one: Broadcast) -> tuple[Key, ...]:
    """How far its newest correction has got, if there is one."""
    found = corrections.latest(work.tx, one.id)
    if found is None:
        return ()
    n = corrections.numbers(work.tx, found, set()).changed
    return (Key("broadcast-correcting" if found.ended is None else "broadcast-corrected-so-far", {"n": n}),)


def result(work: Work, one: Broadcast, *, own: bool = True) -> Reply:
    """What became of a broadcast, by reason."""
    numbers = broadcasts.numbers(work.tx, one)
    ended = one.state is State.STOPPED
    why = reasons(
        numbers.silent,
        numbers.weekly,
        numbers.closed,
        numbers.refused,
        left=0 if ended else numbers.missed,
        taken=numbers.missed if ended else 0,
    )
    more = (Key("broadcast-failed", {"n": numbers.failed}), *why) if why else ()
    buttons = _correct(work, one) if own else ()
    return Reply("broadcast-result", {"n": numbers.sent, "title": title(work, one)}, more=more, buttons=buttons)


def corrected(work: Work, one: Broadcast, numbers: corrections.Numbers) -> Reply:
    """What became of a correction. A messenger that does not say whether a change took is not counted as sure."""
    more: tuple[Key, ...] = ()
    if numbers.unsure:
        more += (Key("broadcast-corrected-unsure", {"n": numbers.unsure}),)
    if numbers.refused:
        more += (Key("broadcast-corrected-not", {"n": numbers.refused}),)
    buttons = _correct(work, one)
    return Reply("broadcast-corrected", {"title": title(work, one), "n": numbers.changed}, more=more, buttons=buttons)


def reasons(silent: int, weekly: int, closed: int, refused: int = 0, left: int = 0, taken: int = 0) -> tuple[Key, ...]:
    """Why some do not get it, a line for each reason there is."""
    found = (
        (silent, Key("broadcast-reason-silent", {"n": silent})),
        (weekly, Key("broadcast-reason-weekly", {"n": weekly})),
        (closed, Key("broadcast-reason-closed", {"n": closed})),
        (refused, Key("broadcast-reason-refused", {"n": refused})),
        (left, Key("broadcast-reason-left", {"n": left})),
        (taken, Key("broadcast-reason-taken", {"n": taken})),
    )
    return tuple(line for n, line in found if n)


def look_now(work: Work, one: Broadcast) -> None:
    """Let the job look at it now."""
    jobs.put(work.tx, "broadcast", f"broadcast:{one.id}", work.seconds, {"broadcast": one.id})
