"""Call a meeting: one tap repeats the last one; else kind, day and hour, and a look at it to set the rest from."""

from __future__ import annotations

from domain.codes import check_in_code
from domain.jalali import TEHRAN
from domain.meetings import LEVEL, Kind, Repeats, State
from domain.permissions import Do
from domain.richtext import Key
from handlers._meetings import INVITED, kind_name, led, name, slot, time_text, turn_after
from handlers._shown import PAGE, keep_name
from handlers.broadcasting import area
from handlers.coordinator import _again, _agenda
from handlers.coordinator._venue import Where, fitting, house
from handlers.coordinator._when import Asked, anew, starts_of
from handlers.coordinator._whose import Whose, own_places
from handlers.inviting import announce, card, preview, remind, show_card
from handlers.talk import Choice, Outcome, Refusal, Reply, Row, Step, Take, Talk, Turn, Values, done, go, moment
from storage import audience, broadcasts, meetings, places
from storage.meetings import Meeting
from storage.places import Place

#: Letters of the words beside the hour.
LONGEST_LABEL = 60
#: Seconds around a meeting in which another one at the same place is pointed out.
NEAR_S = 2 * 3600
_REPEATS = (Repeats.NEVER, Repeats.WEEKLY, Repeats.FORTNIGHTLY, Repeats.MONTHLY)
_LABELS = ("evening", "noon", "friday")


# The rest is known once the day and the hour are.
_WHEN = Asked(lambda turn: _settled(turn))
_WHERE = Where(lambda turn: go("review"))
_WHOSE = Whose(lambda turn, place: _at(turn, place))


# --- what and where -------------------------------------------------------------------------------------------------


def start(turn: Turn, rest: str) -> Outcome:
    """`/meeting [when]`: offers the last one once more, or asks what is not known."""
    if rest:
        turn.draft["said"] = rest
    elif (last := _last(turn)) is not None:
        turn.draft.update({"last": last.id, "n": turn_after(last, turn.seconds)})
        return go("repeat")
    return _first(turn)


def _first(turn: Turn) -> Outcome:
    """Whose meeting it is, asked only of those who lead in several places; then its kind."""
    own = own_places(turn)
    return go("place") if len(own) > 1 else _at(turn, own[0])


def _at(turn: Turn, place: Place) -> Outcome:
    kinds = _kinds(place)
    turn.draft["place"] = place.id
    return go("kind") if len(kinds) > 1 else _with(turn, kinds[0])


def ask_kind(turn: Turn) -> Reply:
    place = places.get(turn.tx, turn.draft["place"])
    rows = tuple((Choice(f"kind:{kind.value}", Key(f"meeting-kind-{kind.value}")),) for kind in _kinds(place))
    return Reply("meeting-kind", {"place": area(place)}, buttons=rows)


def _kinds(place: Place) -> list[Kind]:
    return [kind for kind in Kind if LEVEL[kind] == place.kind]


def take_kind(turn: Turn, said: str) -> Outcome:
    found = [kind for kind in _kinds(places.get(turn.tx, turn.draft["place"])) if kind.value == said]
    if not found:
        raise Refusal("not-understood")
    return _with(turn, found[0])


def _with(turn: Turn, kind: Kind) -> Outcome:
    place = places.get(turn.tx, turn.draft["place"])
    turn.draft.update({"kind": kind.value, "items": [], "repeats": "", "label": ""})
    turn.draft.update({"venue": house(turn, place), "lat": place.lat, "lon": place.lon})
    if not turn.draft["venue"] and (earlier := meetings.venues(turn.tx, place.id, 1)):
        turn.draft.update({"venue": earlier[0].venue, "lat": earlier[0].lat, "lon": earlier[0].lon})
    turn.draft["invited"] = _invited(turn, place, kind)
    said = turn.draft.pop("said", "")
    return _WHEN.take(turn, said) if said else go("day")


def _invited(turn: Turn, place: Place, kind: Kind) -> int:
    """How many are invited. Counted once for a draft: the look at it is asked for again and again."""
    meant = broadcasts.audience(place.path, INVITED[kind], author=turn.person.id)
    return audience.count(turn.tx, meant, turn.seconds).reached


# --- once more ------------------------------------------------------------------------------------------------------


def _last(turn: Turn) -> Meeting | None:
    """The meeting that was called last at one of somebody's places."""
    found = [meetings.last(turn.tx, place.id) for place in own_places(turn)[:PAGE]]
    return max((one for one in found if one is not None), key=lambda one: one.id, default=None)


def ask_repeat(turn: Turn) -> Reply:
    last = _repeated(turn)
    values: Values = {
        "what": kind_name(turn, last.kind, last.place),
        "time": time_text(slot(last, turn.draft["n"]), last.label),
        "venue": last.venue,
    }
    rows: tuple[Row, ...] = (
        (Choice("same", Key("meeting-repeat.same")),),
        (Choice("change", Key("meeting-repeat.change")), Choice("other", Key("meeting-repeat.other"))),
    )
    return Reply("meeting-repeat", values, buttons=rows)


def _repeated(turn: Turn) -> Meeting:
    return led(turn, str(turn.draft.get("last", 0)))


def _load(turn: Turn, last: Meeting, n: int) -> None:
    """The last one at its n-th time, as a draft; its agenda is its own."""
    starts = moment(slot(last, n)).astimezone(TEHRAN)
    turn.draft.update({"last": last.id, "n": n, "kind": last.kind.value, "place": last.place, "items": []})
    turn.draft.update({"repeats": last.repeats.value, "label": last.label})
    turn.draft.update({"venue": last.venue, "lat": last.lat, "lon": last.lon})
    turn.draft.update({"day": starts.date().isoformat(), "clock": starts.strftime("%H:%M")})
    turn.draft["invited"] = _invited(turn, places.get(turn.tx, last.place), last.kind)


def same(turn: Turn, _: str) -> Outcome:
    """The same once more at its next time; with a look at it first when another meeting is held around then."""
    _load(turn, _repeated(turn), turn.draft["n"])
    near = meetings.near(turn.tx, turn.draft["place"], starts_of(turn), NEAR_S)
    return go("review") if near and not _called(turn) else announce_it(turn, "")


def change(turn: Turn, _: str) -> Outcome:
    _load(turn, _repeated(turn), turn.draft["n"])
    return go("review")


def retime(turn: Turn, text: str) -> Outcome:
    """The same at another time."""
    _load(turn, _repeated(turn), turn.draft["n"])
    return _WHEN.take(turn, text)


def other(turn: Turn, _: str) -> Outcome:
    turn.draft.clear()
    return _first(turn)


def next_again(turn: Turn, about: str) -> Outcome:
    """What comes after a meeting in its rhythm, before anybody is asked about it."""
    meeting = led(turn, about)
    if meeting.repeats is Repeats.NEVER:
        raise Refusal("meeting-unknown")
    last = meetings.later(turn.tx, meeting) or meeting
    return done(_again.offer(turn, last, turn_after(last, turn.seconds), "meeting-repeat"))


def same_again(turn: Turn, about: str) -> Outcome:
    """From the question about the next one of a rhythm: the same, with this one tap."""
    last, n = _again.named(turn, about)
    turn.draft.update({"last": last.id, "n": n})
    return same(turn, "")


def alter_again(turn: Turn, about: str) -> Outcome:
    last, n = _again.named(turn, about)
    turn.draft.update({"last": last.id, "n": n})
    return change(turn, "")


def end_again(turn: Turn, about: str) -> Outcome:
    """It is held no more by itself; nobody is asked again."""
    last, _ = _again.named(turn, about)
    meetings.end_rhythm(turn.tx, last)
    return done(Reply("meeting-again-ended", {"what": name(turn, last)}, edit=True))


def _series(turn: Turn) -> tuple[int, int] | None:
    """The anchor of the rhythm that the draft goes on with, and which one of it it is; None where it has one of its own
    or none: it is no repetition, or was set to another time or rhythm."""
    last = meetings.get(turn.tx, turn.draft.get("last", 0))
    if last is None or last.repeats is Repeats.NEVER or last.repeats.value != turn.draft["repeats"]:
        return None
    n = int(turn.draft["n"])
    return (last.anchor, n) if slot(last, n) == starts_of(turn) else None


def _called(turn: Turn) -> Meeting | None:
    """The one that a colleague, or an earlier tap, has called already for this turn of the rhythm."""
    last = meetings.get(turn.tx, turn.draft.get("last", 0))
    if last is None or _series(turn) is None:
        return None
    meetings.hold(turn.tx, last)
    later = meetings.later(turn.tx, last)
    return later if later is not None and later.nth >= turn.draft["n"] else None


# --- the look at it, and the rest, set from there -------------------------------------------------------------------


def _settled(turn: Turn) -> Outcome:
    """The day and the hour are known, and perhaps the prayer after which it is."""
    if prayer := turn.draft.pop("prayer", ""):
        turn.draft["label"] = turn.town.phrase(f"meeting-label-{prayer}")
    return go("review" if turn.draft["venue"] else "venue")


def ask_review(turn: Turn) -> Reply:
    """The invitation as it will be read, with what whoever calls it should know before."""
    draft, planned = turn.draft, _planned(turn)
    notes = [
        Key("meeting-near", {"what": kind_name(turn, one.kind, one.place), "time": time_text(one.starts)})
        for one in meetings.near(turn.tx, planned.place, planned.starts, NEAR_S)
    ]
    if not draft["items"]:
        notes.append(Key("meeting-no-agenda"))
    rows: tuple[Row, ...] = (
        (Choice("announce", Key("meeting-review.announce")),),
        (Choice("when", Key("meeting-review.when")), Choice("venue", Key("meeting-review.venue"))),
        (Choice("items", Key("meeting-review.items")), Choice("label", Key("meeting-review.label"))),
        (Choice("rhythm", Key("meeting-review.rhythm")),),
    )
    shown = preview(turn, planned, _agenda.words_of(turn))
    more = (*notes, Key("meeting-reads"), *shown)
    return Reply("meeting-review", {"n": int(draft.get("invited", 0))}, more=more, buttons=rows)


def _planned(turn: Turn) -> Meeting:
    """What the draft says, as the meeting that it becomes."""
    draft, place, starts = turn.draft, places.get(turn.tx, turn.draft["place"]), starts_of(turn)
    anchor, nth = _series(turn) or (starts, 0)
    return Meeting(
        id=0,
        place=place.id,
        path=place.path,
        kind=Kind(draft["kind"]),
        starts=starts,
        label=draft["label"],
        venue=draft["venue"],
        lat=draft["lat"],
        lon=draft["lon"],
        repeats=Repeats(draft["repeats"]),
        state=State.PLANNED,
        reason="",
        revision=0,
        code="",
        guests=0,
        author=turn.person.id,
        anchor=anchor,
        nth=nth,
    )


def change_when(turn: Turn, _: str) -> Outcome:
    anew(turn)
    return go("day")


def ask_label(turn: Turn) -> Reply:
    rows: tuple[Row, ...] = tuple((Choice(f"label:{one}", Key(f"meeting-label-{one}.label")),) for one in _LABELS)
    return Reply("meeting-label", buttons=(*rows, (Choice("none", Key("meeting-label.none")),)))


def take_label(turn: Turn, which: str) -> Outcome:
    if which not in _LABELS:
        raise Refusal("not-understood")
    turn.draft["label"] = turn.town.phrase(f"meeting-label-{which}")
    return go("review")


def type_label(turn: Turn, text: str) -> Outcome:
    turn.draft["label"] = fitting(text, LONGEST_LABEL)
    return go("review")


def no_label(turn: Turn, _: str) -> Outcome:
    turn.draft["label"] = ""
    return go("review")


def ask_rhythm(turn: Turn) -> Reply:
    rows = tuple(
        (Choice(f"every:{one.value or 'never'}", Key(f"meeting-every-{one.value or 'never'}")),) for one in _REPEATS
    )
    return Reply("meeting-rhythm", buttons=rows)


def take_rhythm(turn: Turn, said: str) -> Outcome:
    found = [one for one in _REPEATS if (one.value or "never") == said]
    if not found:
        raise Refusal("not-understood")
    turn.draft["repeats"] = found[0].value
    return go("review")


# --- announced ------------------------------------------------------------------------------------------------------


def announce_it(turn: Turn, _: str) -> Outcome:
    planned = _planned(turn)
    if not turn.may(Do.MEET, planned.path):
        raise Refusal("meeting-unknown")
    if planned.starts <= turn.seconds:
        raise Refusal("meeting-past")
    if (called := _called(turn)) is not None:
        return done(Reply("meeting-called", {"what": name(turn, called)}, edit=False), card(turn, called))
    keep_name(turn)
    meeting = meetings.create(
        turn.tx,
        place=planned.place,
        kind=planned.kind,
        starts=planned.starts,
        label=planned.label,
        venue=planned.venue,
        lat=planned.lat,
        lon=planned.lon,
        repeats=planned.repeats,
        series=_series(turn),
        code=check_in_code(turn.town.random),
        author=turn.person.id,
        agenda=[(words, case) for words, case in turn.draft["items"]],
        now=turn.seconds,
    )
    if meeting.repeats is not Repeats.NEVER:
        _again.watch(turn, meeting, meeting.nth + 1)
    return done(*announce(turn, meeting))


def lost(turn: Turn) -> Reply | None:
    """Whoever leads in several places may have lost the one that this is about."""
    last = meetings.get(turn.tx, turn.draft.get("last", 0))
    place = turn.draft.get("place", last.place if last is not None else 0)
    gone = place and not turn.may(Do.MEET, places.get(turn.tx, place).path)
    return Reply("meeting-unknown") if gone else None


def _to(step: str) -> Take:
    return lambda turn, _: go(step)


talk = Talk(
    name="meeting",
    rule=Do.MEET,
    command="meeting",
    start=start,
    steps={
        "repeat": Step(ask_repeat, text=retime, choices={"same": same, "change": change, "other": other}),
        "place": _WHOSE.step(),
        "kind": Step(ask_kind, choices={"kind": take_kind}),
        **_WHEN.steps(),
        "review": Step(
            ask_review,
            text=_WHEN.take,
            choices={
                "announce": announce_it,
                "when": change_when,
                "venue": _to("venue"),
                "items": _to("items"),
                "label": _to("label"),
                "rhythm": _to("rhythm"),
            },
        ),
        "venue": _WHERE.step(),
        "label": Step(ask_label, text=type_label, choices={"label": take_label, "none": no_label}),
        **_agenda.steps("review"),
        "rhythm": Step(ask_rhythm, choices={"every": take_rhythm}),
    },
    lost=lost,
    actions={"next": next_again, "same": same_again, "alter": alter_again, "end": end_again},
    jobs={"meeting-again": _again.ask, "meeting-card": show_card, "meeting-remind": remind},
)
