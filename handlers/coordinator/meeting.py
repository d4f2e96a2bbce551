"""Call a meeting: one tap repeats the last one; else kind, day and hour, and a look at it to set the rest from."""

from __future__ import annotations

from domain.codes import check_in_code
from domain.jalali import TEHRAN
from domain.meetings import LEVEL, Kind, Repeats
from domain.permissions import Do
from domain.richtext import Key
from handlers._meetings import following, kind_name, time_text
from handlers._shown import PAGE, in_short, keep_name
from handlers.broadcasting import area
from handlers.coordinator._venue import Where, fitting, house
from handlers.coordinator._when import Asked, anew, starts_of
from handlers.coordinator._whose import Whose, own_places
from handlers.inviting import announce, remind, show_card
from handlers.talk import (
    Act,
    Choice,
    Notice,
    Outcome,
    Refusal,
    Reply,
    Row,
    Step,
    Take,
    Talk,
    Turn,
    Work,
    done,
    go,
    moment,
)
from storage import agenda, jobs, meetings, places
from storage.agenda import Proposal
from storage.audience import Unasked
from storage.meetings import Meeting
from storage.places import Place

#: Letters of the words beside the hour and of an item of the agenda; items at most.
LONGEST_LABEL, LONGEST_ITEM, MOST_ITEMS = 60, 200, 12
#: Seconds around a meeting in which another one at the same place is pointed out.
NEAR_S = 2 * 3600
#: Days before the next meeting of a rhythm that its organiser is asked about it: invitations go out 48 hours before it.
ASKED_DAYS = 4
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
        turn.draft["last"] = last.id
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
    said = turn.draft.pop("said", "")
    return _WHEN.take(turn, said) if said else go("day")


# --- once more ------------------------------------------------------------------------------------------------------


def _last(turn: Turn) -> Meeting | None:
    """The meeting that was called last at one of somebody's places."""
    found = [meetings.last(turn.tx, place.id) for place in own_places(turn)[:PAGE]]
    return max((one for one in found if one is not None), key=lambda one: one.id, default=None)


def ask_repeat(turn: Turn) -> Reply:
    last = _repeated(turn)
    values = {"what": kind_name(turn, last.kind, last.place), "time": time_text(_next(turn, last), last.label)}
    rows: tuple[Row, ...] = (
        (Choice("same", Key("meeting-repeat.same")),),
        (Choice("change", Key("meeting-repeat.change")), Choice("other", Key("meeting-repeat.other"))),
    )
    return Reply("meeting-repeat", {**values, "venue": last.venue}, buttons=rows)


def _repeated(turn: Turn) -> Meeting:
    last = meetings.get(turn.tx, turn.draft.get("last", 0))
    if last is None or not turn.may(Do.MEET, last.path):
        raise Refusal("meeting-unknown")
    return last


def _next(work: Work, last: Meeting) -> int:
    """The next time in its rhythm that has not passed; one without a rhythm is held a week later."""
    rhythm = last.repeats if last.repeats is not Repeats.NEVER else Repeats.WEEKLY
    found = following(last.starts, rhythm)
    while found <= work.seconds:
        found = following(found, rhythm)
    return found


def same(turn: Turn, _: str) -> Outcome:
    """The same once more, at its next time."""
    _load(turn, _repeated(turn))
    return announce_it(turn, "")


def change(turn: Turn, _: str) -> Outcome:
    _load(turn, _repeated(turn))
    return go("review")


def _load(turn: Turn, last: Meeting) -> None:
    starts = moment(_next(turn, last)).astimezone(TEHRAN)
    turn.draft.update({"kind": last.kind.value, "place": last.place, "items": [], "repeats": last.repeats.value})
    turn.draft.update({"label": last.label, "venue": last.venue, "lat": last.lat, "lon": last.lon})
    turn.draft.update({"day": starts.date().isoformat(), "clock": starts.strftime("%H:%M")})


def retime(turn: Turn, text: str) -> Outcome:
    """The same at another time."""
    _load(turn, _repeated(turn))
    return _WHEN.take(turn, text)


def other(turn: Turn, _: str) -> Outcome:
    turn.draft.clear()
    return _first(turn)


def ask_again(work: Work, ids: dict[str, int]) -> list[Notice]:
    """The job that asks the organiser of a rhythm about its next meeting; nothing if that was called already."""
    last = meetings.get(work.tx, ids["meeting"])
    if last is None or last.author is None or meetings.coming(work.tx, last.path, work.seconds, limit=1):
        return []
    values = {"what": kind_name(work, last.kind, last.place), "time": time_text(_next(work, last), last.label)}
    row: Row = (Act("meeting", "open", Key("meeting-again.offer")),)
    return [Notice(last.author, Reply("meeting-again", values, buttons=(row,)), Unasked.DUTY)]


def _settled(turn: Turn) -> Outcome:
    """The day and the hour are known."""
    return go("review" if turn.draft["venue"] else "venue")


# --- the rest, set from the look at it ------------------------------------------------------------------------------


def ask_review(turn: Turn) -> Reply:
    draft = turn.draft
    kind, place = Kind(draft["kind"]), places.get(turn.tx, draft["place"])
    starts = starts_of(turn)
    more = tuple(Key("meeting-item", {"n": n, "words": item[0]}) for n, item in enumerate(draft["items"], 1))
    more = (Key("meeting-agenda"), *more) if more else (Key("meeting-no-agenda"),)
    if draft["repeats"]:
        more += (Key(f"meeting-repeats-{draft['repeats']}"),)
    more += tuple(
        Key("meeting-near", {"what": kind_name(turn, one.kind, one.place), "time": time_text(one.starts)})
        for one in meetings.near(turn.tx, place.id, starts, NEAR_S)
    )
    rows: tuple[Row, ...] = (
        (Choice("announce", Key("meeting-review.announce")),),
        (Choice("when", Key("meeting-review.when")), Choice("venue", Key("meeting-review.venue"))),
        (Choice("items", Key("meeting-review.items")), Choice("label", Key("meeting-review.label"))),
        (Choice("rhythm", Key("meeting-review.rhythm")),),
    )
    return Reply(
        "meeting-review",
        {
            "what": kind_name(turn, kind, place.id),
            "time": time_text(starts, draft["label"]),
            "venue": draft["venue"],
        },
        more=more,
        buttons=rows,
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


def ask_items(turn: Turn) -> Reply:
    items = turn.draft["items"]
    more = tuple(Key("meeting-item", {"n": n, "words": item[0]}) for n, item in enumerate(items, 1))
    chosen = {item[1] for item in items}
    rows: list[Row] = [
        (Choice(f"case:{one.id}", Key("meeting-case", {"title": in_short(_title(turn, one)), "n": one.people})),)
        for one in agenda.proposals(turn.tx, places.get(turn.tx, turn.draft["place"]).path, limit=PAGE)
        if one.id not in chosen
    ]
    if items:
        rows.append((Choice("drop", Key("meeting-items.drop")), Choice("done", Key("meeting-items.done"))))
    key = "meeting-items" if len(items) < MOST_ITEMS else "meeting-items-full"
    return Reply(key, {"most": LONGEST_ITEM}, more=more, buttons=tuple(rows))


def take_item(turn: Turn, text: str) -> Outcome:
    return _add(turn, fitting(text, LONGEST_ITEM), None)


def take_case(turn: Turn, said: str) -> Outcome:
    path = places.get(turn.tx, turn.draft["place"]).path
    found = [one for one in agenda.proposals(turn.tx, path, limit=PAGE) if str(one.id) == said]
    if not found:
        raise Refusal("not-understood")
    return _add(turn, _title(turn, found[0]), found[0].id)


def _title(turn: Turn, case: Proposal) -> str:
    """What everybody may read of a case: its public words, or what it is about."""
    return case.title or turn.town.phrase(f"category-{case.category}")


def _add(turn: Turn, words: str, case: int | None) -> Outcome:
    if len(turn.draft["items"]) >= MOST_ITEMS:
        raise Refusal("meeting-items-full")
    turn.draft["items"].append([words, case])
    return go("items")


def drop_item(turn: Turn, _: str) -> Outcome:
    if turn.draft["items"]:
        turn.draft["items"].pop()
    return go("items")


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
    draft = turn.draft
    place, starts = places.get(turn.tx, draft["place"]), starts_of(turn)
    if not turn.may(Do.MEET, place.path):
        raise Refusal("meeting-unknown")
    if starts <= turn.seconds:
        raise Refusal("meeting-past")
    keep_name(turn)
    meeting = meetings.create(
        turn.tx,
        place=place.id,
        kind=Kind(draft["kind"]),
        starts=starts,
        label=draft["label"],
        venue=draft["venue"],
        lat=draft["lat"],
        lon=draft["lon"],
        repeats=Repeats(draft["repeats"]),
        code=check_in_code(turn.town.random),
        author=turn.person.id,
        agenda=[(words, case) for words, case in draft["items"]],
        now=turn.seconds,
    )
    if meeting.repeats is not Repeats.NEVER:
        due = max(meeting.starts + 3600, following(meeting.starts, meeting.repeats) - ASKED_DAYS * 86400)
        jobs.put(turn.tx, "meeting-again", f"meeting-again:{meeting.id}", due, {"meeting": meeting.id})
    return done(*announce(turn, meeting))


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
        "items": Step(ask_items, text=take_item, choices={"case": take_case, "drop": drop_item, "done": _to("review")}),
        "rhythm": Step(ask_rhythm, choices={"every": take_rhythm}),
    },
    jobs={"meeting-again": ask_again, "meeting-card": show_card, "meeting-remind": remind},
)
