"""The minutes of a meeting in a few messages: a photo of the book, each decision with who and by when, a look, and out.

The same steps put published minutes right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from domain.actions import LONGEST_REASON, LONGEST_WHO
from domain.incoming import Kind as Sent
from domain.meetings import State
from domain.minutes import MOST_PHOTOS
from domain.permissions import Do
from domain.persian import cut, has_words, tidy
from domain.richtext import Key, Value
from handlers import minuting
from handlers._due import Due
from handlers._meetings import led, name
from handlers._shown import LABEL, PAGE, day
from handlers.coordinator import _changed, _doers, _touched
from handlers.coordinator._decided import (
    begin,
    current,
    decisions,
    for_cases,
    guess,
    in_words,
    keep,
    say,
    shown_name,
    spoken,
    take_up,
)
from handlers.coordinator._publishing import correct, publish, taken_up
from handlers.coordinator._whose import own_places
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
    stay,
)
from storage import media, meetings, minutes, places
from storage.meetings import Item, Meeting

# --- which meeting ----------------------------------------------------------------------------------------------------


def start(turn: Turn, rest: str) -> Outcome:
    """From a meeting's card, from a reminder or from its minutes; by its word, the meetings that lack some."""
    return _begin(turn, led(turn, rest)) if rest else done(_which(turn))


def _which(turn: Turn) -> Reply:
    found = minutes.lacking(turn.tx, [place.path for place in own_places(turn)], turn.seconds, PAGE)
    if not found:
        return Reply("minutes-nothing", buttons=((Act("meetings", "open", Key("talk-meetings")),),))
    held = [meeting for meeting in (meetings.get(turn.tx, one) for one in found) if meeting is not None]
    rows = tuple((Act("minutes", "open", _called(turn, one), str(one.id)),) for one in held)
    return Reply("minutes-which", buttons=rows)


def _called(work: Work, meeting: Meeting) -> Key:
    return Key("minutes-of", {"what": name(work, meeting), "day": day(meeting.starts)})


def _begin(turn: Turn, meeting: Meeting) -> Outcome:
    if meeting.state is State.CANCELLED or meeting.starts > turn.seconds:
        raise Refusal("minutes-early")
    title = turn.town.phrase("minutes-title")
    turn.draft.update(meeting=meeting.id, place=meeting.place, title=title, photos=[], everybody=False, made=[])
    found = minutes.of(turn.tx, meeting.id)
    if found is None:
        return go("photo")
    taken_up(turn, meeting, found)
    return go("confirm")


def _meeting(turn: Turn) -> Meeting:
    return led(turn, str(turn.draft["meeting"]))


def lost(turn: Turn) -> Reply | None:
    """What is said when the role was taken away meanwhile."""
    place = places.get(turn.tx, turn.draft["place"])
    return None if turn.may(Do.MEET, place.path) else Reply("not-allowed", keyboard=True)


# --- the book ---------------------------------------------------------------------------------------------------------


def ask_photo(turn: Turn) -> Reply:
    return Reply("minutes-photo", _heading(turn), buttons=((Choice("none", Key("minutes-photo.none")),),))


def _heading(turn: Turn) -> dict[str, Value]:
    return {"of": _called(turn, _meeting(turn))}


def take_photo(turn: Turn) -> Outcome:
    """A page of the minute book, or one more. One answer is enough for all parts of an album; words below it are a
    decision."""
    incoming = turn.incoming
    if incoming.kind is Sent.DOCUMENT and not incoming.picture:
        raise Refusal("kind-not-taken")
    if len(turn.draft["photos"]) >= MOST_PHOTOS:
        raise Refusal("minutes-photos-enough", n=MOST_PHOTOS)
    same = bool(incoming.album) and turn.draft.get("album") == incoming.album
    as_file = incoming.kind is Sent.DOCUMENT or incoming.other_kind
    number = media.add(
        turn.tx,
        person=turn.person.id,
        kind="photo",
        bot=turn.account.bot,
        file_id=incoming.file_id,
        now=turn.seconds,
        as_file=as_file,
    )
    turn.draft["photos"].append(number)
    turn.draft["album"] = incoming.album
    if has_words(tidy(incoming.text)):
        return take_words(turn, incoming.text)
    if turn.talk.step in ("photo", "confirm") and not same:
        return go("what" if turn.talk.step == "photo" else "confirm")
    return stay() if same else stay(Reply("minutes-photo-kept", {"n": len(turn.draft["photos"])}, edit=False))


def drop_photos(turn: Turn, _: str) -> Outcome:
    turn.draft.update(photos=[], everybody=False)
    return go("confirm")


def open_photos(turn: Turn, _: str) -> Outcome:
    turn.draft["everybody"] = not turn.draft["everybody"]
    return go("confirm")


# --- a decision -------------------------------------------------------------------------------------------------------


def ask_what(turn: Turn) -> Reply:
    """The next decision; items of the agenda can be pressed to say what it is about."""
    said = len(decisions(turn.draft))
    item = _item(turn, str(turn.draft.get("asked", "")))
    rows: list[Row] = [(Choice(f"item:{one.id}", cut(one.words, LABEL)),) for one in _agenda(turn)]
    rows.append((Choice("end", Key("minutes-what.end" if said else "minutes-what.none")),))
    if item is not None:
        return Reply("minutes-about-item", {"words": item.words}, buttons=tuple(rows))
    return Reply("minutes-what", {"n": said + 1}, buttons=tuple(rows))


def _agenda(turn: Turn) -> list[Item]:
    return meetings.agenda(turn.tx, turn.draft["meeting"])[:PAGE]


def _item(turn: Turn, number: str) -> Item | None:
    return next((one for one in _agenda(turn) if str(one.id) == number), None)


def take_item(turn: Turn, number: str) -> Outcome:
    if _item(turn, number) is None:
        raise Refusal("not-understood")
    turn.draft["asked"] = number
    return go("what")


def take_words(turn: Turn, text: str) -> Outcome:
    """A decision in words; with who and by when if they are said too."""
    say(turn, text)
    return _about(turn)


def take_voice(turn: Turn) -> Outcome:
    """A decision that was said: everybody can listen to it."""
    begin(turn)
    turn.draft.update(what="", voice=spoken(turn))
    return _about(turn)


def _about(turn: Turn) -> Outcome:
    """It is about the case of the agenda that was pressed before it."""
    item = _item(turn, str(turn.draft.pop("asked", "")))
    if item is not None and item.case is not None and item.case in _touched.offered(turn, _meeting(turn)):
        turn.draft["cases"] = [item.case]
    if "who" not in turn.draft:
        return go("who")
    return go("confirm" if "due" in turn.draft else "date")


def take_name(turn: Turn, text: str) -> Outcome:
    """A name that says by itself what it is needs no further question."""
    words = " ".join(tidy(text).split())
    meant = guess(turn, words) if has_words(words) and len(words) <= LONGEST_WHO else None
    return _doers.chosen(turn, *meant) if meant is not None else _doers.name_first(turn, text)


def ask_date(turn: Turn) -> Reply:
    return Reply("promise-date")


def take_due(turn: Turn, due: int) -> Outcome:
    turn.draft["due"] = due
    return go("confirm")


# --- a look at it -----------------------------------------------------------------------------------------------------


def ask_confirm(turn: Turn) -> Reply:
    draft, made = turn.draft, decisions(turn.draft)
    more: tuple[Key, ...] = () if made else (Key("minutes-count", {"n": 0}),)
    for n, one in enumerate(made, 1):
        more += (Key("minutes-line", {"n": n, "plan": in_words(turn, one)}), *for_cases(turn, one))
    if any(one["name"] and not shown_name(turn, one) for one in made):
        more += (Key("minutes-unnamed"),)
    if draft["photos"]:
        who = Key("minutes-photos-all" if draft["everybody"] else "minutes-photos-staff")
        more += (Key("minutes-photos-kept", {"n": len(draft["photos"]), "who": who}),)
    more += (Key("minutes-next"),)
    return Reply("minutes-look", _heading(turn), more=more, buttons=tuple(_ways(turn, bool(made))))


def _ways(turn: Turn, any_made: bool) -> Iterator[Row]:
    if "seen" in turn.draft:
        yield (Choice("correct", Key("minutes-look.correct")),)
    else:
        yield (Choice("publish", Key("minutes-look.publish")),)
    if any_made:
        yield (Choice("cases", Key("minutes-look.cases")), Choice("change", Key("minutes-look.change")))
    if _agenda(turn):
        yield (Choice("next", Key("minutes-look.next")),)
    if turn.draft["photos"]:
        shut = Key("minutes-look.shut") if turn.draft["everybody"] else Key("minutes-look.open")
        yield (Choice("photos", shut), Choice("unphotographed", Key("minutes-look.drop")))


def ask_next(turn: Turn, _: str) -> Outcome:
    keep(turn.draft)
    return go("what")


def to_cases(turn: Turn, _: str) -> Outcome:
    """For the decision that was said last, or is being changed."""
    if current(turn.draft) is None:
        if not turn.draft["made"]:
            raise Refusal("not-understood")
        take_up(turn.draft, len(turn.draft["made"]) - 1)
    return go("cases")


# --- out --------------------------------------------------------------------------------------------------------------


def take_publish(turn: Turn, _: str) -> Outcome:
    meeting = _meeting(turn)
    if meeting.state is State.CANCELLED:
        raise Refusal("minutes-early")
    told = publish(turn, meeting)
    if told is None:
        return _taken(turn, meeting)
    return done(Reply("minutes-done", _heading(turn), buttons=_see(meeting)), *told)


def take_correct(turn: Turn, _: str) -> Outcome:
    return go("reason")


def ask_reason(turn: Turn) -> Reply:
    return Reply("minutes-reason", {"n": LONGEST_REASON})


def take_reason(turn: Turn, text: str) -> Outcome:
    words = " ".join(tidy(text).split())
    if not has_words(words) or len(words) > LONGEST_REASON:
        raise Refusal("outcome-reason-length", n=LONGEST_REASON)
    meeting = _meeting(turn)
    found = minutes.of(turn.tx, meeting.id)
    told = correct(turn, meeting, found, words) if found is not None else None
    if told is None:
        return _taken(turn, meeting)
    return done(Reply("minutes-corrected-done", _heading(turn), buttons=_see(meeting)), *told)


def _taken(turn: Turn, meeting: Meeting) -> Outcome:
    """Somebody else was faster: nothing of this draft is stored."""
    return done(Reply("minutes-taken", _heading(turn), buttons=_see(meeting)))


def _see(meeting: Meeting) -> tuple[Row, ...]:
    number = str(meeting.id)
    see = Act("results", "show", Key("minutes-told.see"), number)
    return ((see, Act("results", "paper", Key("minutes.paper"), number)),)


def remind(work: Work, ids: dict[str, int]) -> Iterator[Notice]:
    """The job of one reminder."""
    meeting = meetings.get(work.tx, ids["meeting"])
    if meeting is not None:
        yield from minuting.reminders(work, meeting, ids)


def _to(step: str) -> Take:
    return lambda turn, _: go(step)


_PHOTO = {Sent.PHOTO: take_photo, Sent.DOCUMENT: take_photo}
_SAID = {**_PHOTO, Sent.VOICE: take_voice}

talk = Talk(
    name="minutes",
    rule=Do.MEET,
    start=start,
    keeps_draft=True,
    title=lambda draft: str(draft.get("title", "")),
    steps={
        "photo": Step(ask_photo, text=take_words, choices={"none": _to("what")}, kinds=_SAID),
        "what": Step(ask_what, text=take_words, choices={"item": take_item, "end": _to("confirm")}, kinds=_SAID),
        "who": replace(_doers.WHO, text=take_name, kinds={**_doers.WHO.kinds, **_PHOTO}),
        "name": _doers.NAME,
        **Due(ask_date, take_due).steps,
        "confirm": Step(
            ask_confirm,
            text=take_words,
            kinds=_SAID,
            choices={
                "publish": take_publish,
                "correct": take_correct,
                "cases": to_cases,
                "change": _changed.pick,
                "next": ask_next,
                "photos": open_photos,
                "unphotographed": drop_photos,
            },
        ),
        "cases": Step(
            _touched.ask, text=_touched.SERVES.type, choices={"case": _touched.SERVES.press, "done": _to("confirm")}
        ),
        **_changed.STEPS,
        "reason": Step(ask_reason, text=take_reason),
    },
    jobs={"minutes-remind": remind},
    lost=lost,
)
