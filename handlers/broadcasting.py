"""How what is written to many is worded: the message, its progress and its result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain import quiet
from domain.moments import Moment
from domain.permissions import RULES, Do
from domain.persian import has_words, letters, tidy
from domain.richtext import Key, utf16_length
from handlers._meetings import name as meeting_name
from handlers._meetings import time_text
from handlers._roles import body_of, role_title
from handlers._shown import in_short, place_name
from handlers.talk import Act, Refresh, Refusal, Reply, Row, Turn, Values, Work, moment
from storage import broadcasts, corrections, jobs, meetings, outbox, people, places, readers
from storage.broadcasts import AHEAD, EVERYWHERE, NEVER, Broadcast, State, To
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
#: Places that are named one by one.
NAMED = 3
_STATES = {
    State.SENDING: Key("broadcast-state-sending"),
    State.PAUSED: Key("broadcast-state-paused"),
    State.STOPPING: Key("broadcast-state-stopping"),
    State.STOPPED: Key("broadcast-state-stopped"),
    State.DONE: Key("broadcast-state-done"),
    State.LAPSED: Key("broadcast-state-lapsed"),
    State.UNSEATED: Key("broadcast-state-unseated"),
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


def message(
    work: Work, place: Place, who: str, words: str, carried: int | None, *, to: To = EVERYWHERE, about: int = 0
) -> Reply:
    """What the readers of a broadcast get. `carried`: its photo, voice or file; `about`: its number, 0 of a look."""
    urgent = (Key("broadcast-urgent", {"reason": to.urgent}),) if to.urgent else ()
    why = Act("why", "show", Key("broadcast-message.why"), str(about))
    return Reply(
        "broadcast-message",
        {"sender": sender(work, place, to), "words": words},
        more=(*urgent, Key("broadcast-why", {"readers": to_whom(work, place, who, to)})),
        buttons=((why, Act("settings", "open", Key("broadcast-message.settings"))),),
        edit=False,
        media=(carried,) if carried is not None else (),
        together=True,
        own_links=True,
    )


def letter(work: Work, one: Broadcast, words: str | None = None) -> Reply:
    """What the readers of this broadcast get, or would get with other words."""
    place = places.get(work.tx, one.place)
    said = one.words if words is None else words
    return message(work, place, one.who, said, one.media, to=readers.to(work.tx, one), about=one.id)


def sender(work: Work, place: Place, to: To = EVERYWHERE) -> Key | str:
    """In whose name it is written."""
    if to.places and place.kind == "neighborhood":
        return Key("broadcast-councils", {"places": names(work, to.places)})
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


def names(work: Work, several: Sequence[int]) -> Key:
    """Several places by their names, or how many where these are too many to read."""
    found = [area(places.get(work.tx, place)) for place in several[: NAMED + 1]]
    match found:
        case [one, other]:
            return Key("broadcast-two", {"a": one, "b": other})
        case [one, other, another]:
            return Key("broadcast-three", {"a": one, "b": other, "c": another})
    return Key("broadcast-several", {"n": len(several)})


def to_whom(work: Work, place: Place, who: str, to: To = EVERYWHERE) -> Key:
    """Whom a broadcast is for, in a few words."""
    if who == broadcasts.GOING:
        meeting = meetings.get(work.tx, to.going or 0)
        what = meeting_name(work, meeting) if meeting is not None else Key("broadcast-a-meeting")
        return Key("broadcast-readers-going", {"what": what})
    where = names(work, to.places) if to.places else area(place)
    return Key("broadcast-readers", {"who": WHO[who], "place": where})


def readers_of(work: Work, one: Broadcast) -> Key:
    """Whom this broadcast is for, in a few words."""
    return to_whom(work, places.get(work.tx, one.place), one.who, readers.to(work.tx, one))


def state_of(work: Work, one: Broadcast) -> Key:
    """How it stands, in a sentence."""
    if one.state is State.ASKED:
        return Key("broadcast-state-asked")
    if one.state is State.PLANNED:
        return Key("broadcast-state-planned", {"time": time_text(one.due or work.seconds)})
    if one.state is State.REFUSED:
        return Key("broadcast-state-refused", {"who": second(work, one), "reason": one.why_not})
    over = quiet.ends(work.seconds, *quiet.USUAL)
    if one.state is State.SENDING and over != work.seconds and not one.urgent:
        return Key("broadcast-state-quiet", {"time": Moment(moment(over), "clock")})
    return _STATES[one.state]


def second(work: Work, one: Broadcast) -> Key:
    """Who decided about it as the second person: by their office, never by their name."""
    held = people.seats(work.tx, one.decided_by, work.seconds) if one.decided_by is not None else ()
    for seat in held:
        if seat.role in RULES[Do.BROADCAST] and one.path.startswith(seat.path):
            body = body_of(places.get(work.tx, seat.place))
            return Key("broadcast-second", {"role": role_title(seat.role), "body": body})
    return Key("a-colleague")


def progress(work: Work, one: Broadcast, *, own: bool = True) -> Reply:
    """How far a broadcast has got, with what can be done about it, as its author sees it or (not `own`) a colleague."""
    rows: list[Row] = []
    about = str(one.id)
    stop = Act("broadcasts", "stop", Key("broadcast-progress.stop"), about)
    mark = one.progress if own else one.watched
    if one.state in AHEAD:
        change: Row = (Act("broadcast", "change", Key("broadcast-ahead.change"), about),) if own else ()
        ahead: Values = {
            "title": title(work, one),
            "state": state_of(work, one),
            "readers": readers_of(work, one),
            "n": one.aimed,
        }
        return Reply("broadcast-ahead", ahead, buttons=((*change, stop),), about=mark)
    if one.state is State.SENDING:
        rows.append((Act("broadcasts", "pause", Key("broadcast-progress.pause"), about), stop))
    elif one.state is State.PAUSED:
        rows.append((Act("broadcasts", "go_on", Key("broadcast-progress.go"), about), stop))
    if own and one.state is not State.STOPPING:
        rows += _correct(work, one)
    values = {
        "title": title(work, one),
        "sent": broadcasts.numbers(work.tx, one).sent,
        "n": one.aimed,
        "state": state_of(work, one),
    }
    return Reply("broadcast-progress", values, more=_correcting(work, one), buttons=tuple(rows), about=mark)


def _plain(one: Broadcast) -> tuple[Row, ...]:
    """The button that gives its words for other messengers."""
    if one.meeting or one.poll:
        return ()
    return ((Act("broadcasts", "plain", Key("broadcast-progress.plain"), str(one.id)),),)


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
    if one.state in NEVER:
        return Reply("broadcast-never", {"title": title(work, one), "state": state_of(work, one)})
    numbers = broadcasts.numbers(work.tx, one)
    ended = one.state is State.STOPPED
    why = reasons(
        numbers.silent,
        numbers.closed,
        numbers.refused,
        left=0 if ended else numbers.missed,
        taken=numbers.missed if ended else 0,
    )
    more = digested(numbers.weekly, numbers.later)
    more += (Key("broadcast-failed", {"n": numbers.failed}), *why) if why else ()
    buttons = (*(_correct(work, one) if own else ()), *_plain(one))
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


def digested(weekly: int, later: int) -> tuple[Key, ...]:
    """How many read it in a digest, and why, a line for each reason there is."""
    found = (
        (weekly, Key("broadcast-reason-weekly", {"n": weekly})),
        (later, Key("broadcast-reason-later", {"n": later})),
    )
    lines = tuple(line for n, line in found if n)
    return (Key("broadcast-digested", {"n": weekly + later}), *lines) if lines else ()


def reasons(silent: int, closed: int, refused: int = 0, left: int = 0, taken: int = 0) -> tuple[Key, ...]:
    """Why some do not get it, a line for each reason there is."""
    found = (
        (silent, Key("broadcast-reason-silent", {"n": silent})),
        (closed, Key("broadcast-reason-closed", {"n": closed})),
        (refused, Key("broadcast-reason-refused", {"n": refused})),
        (left, Key("broadcast-reason-left", {"n": left})),
        (taken, Key("broadcast-reason-taken", {"n": taken})),
    )
    return tuple(line for n, line in found if n)


def look_now(work: Work, one: Broadcast) -> None:
    """Let the job look at it now."""
    jobs.put(work.tx, "broadcast", f"broadcast:{one.id}", work.seconds, {"broadcast": one.id})
