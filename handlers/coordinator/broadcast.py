"""Write to many: to whom, the words and perhaps a photo, a look at it, and then its progress until it is over."""

from __future__ import annotations

from domain import quiet
from domain.incoming import Kind
from domain.moments import Moment
from domain.permissions import Do
from domain.persian import search_key
from domain.richtext import Key, Value
from handlers._shown import PAGE, in_short, keep_name
from handlers.broadcasting import (
    LONGEST,
    SHORTEST,
    area,
    fitting,
    look_now,
    message,
    own_places,
    progress,
    reasons,
    to_whom,
)
from handlers.talk import Act, Choice, Outcome, Refusal, Reply, Row, Step, Talk, Turn, done, go, moment
from storage import audience, broadcasts, media, places
from storage.places import Place

_TO_HISTORY: Row = (Act("broadcasts", "open", Key("broadcast-history.label")),)
_LABELS = {
    "residents": Key("broadcast-who-residents.label"),
    "council": Key("broadcast-who-council.label"),
    "coordinators": Key("broadcast-who-coordinators.label"),
    "officers": Key("broadcast-who-officers.label"),
}


# --- where, to whom, what ---------------------------------------------------------------------------------------------


def start(turn: Turn, rest: str) -> Outcome:
    """`/broadcast [text]`: asks where only those who have a choice."""
    if rest:
        turn.draft["words"] = fitting(rest)
    own = own_places(turn)
    if len(own) == 1 and own[0].kind == "neighborhood":
        return _at(turn, own[0])
    return go("place")


def ask_place(turn: Turn) -> Reply:
    offered = [places.get(turn.tx, place) for place in turn.draft.get("found", [])] or own_places(turn)
    rows = tuple((Choice(f"at:{place.id}", area(place)),) for place in offered[:PAGE])
    return Reply("broadcast-place", buttons=(*rows, _TO_HISTORY))


def take_place(turn: Turn, number: str) -> Outcome:
    offered = [place.id for place in own_places(turn)] + turn.draft.get("found", [])
    if number not in map(str, offered):
        raise Refusal("not-understood")
    return _at(turn, places.get(turn.tx, int(number)))


def search_place(turn: Turn, text: str) -> Outcome:
    key = search_key(text)
    found: dict[int, Place] = {}
    for own in own_places(turn) if key else ():
        found |= {place.id: place for place in places.search(turn.tx, key, under=own.path, limit=PAGE)}
    if not found:
        raise Refusal("broadcast-place-none")
    if len(found) == 1:
        return _at(turn, next(iter(found.values())))
    turn.draft["found"] = list(found)[:PAGE]
    return go("place")


def _at(turn: Turn, place: Place) -> Outcome:
    if not turn.may(Do.BROADCAST, place.path):
        raise Refusal("broadcast-place-none")
    turn.draft["place"] = place.id
    turn.draft.pop("found", None)
    turn.draft["who"] = "residents"
    return _to_confirm(turn) if turn.draft.get("words") else go("words")


def ask_words(turn: Turn) -> Reply:
    values: dict[str, Value] = {"readers": _readers(turn), "least": SHORTEST, "most": LONGEST}
    return Reply("broadcast-words", values, buttons=(_TO_HISTORY,))


def take_words(turn: Turn, text: str) -> Outcome:
    turn.draft["words"] = fitting(text)
    return _to_confirm(turn)


def take_photo(turn: Turn) -> Outcome:
    """One photo goes with a message; what is written under it is the message, if there is none yet."""
    album = turn.incoming.album
    if album and turn.draft.get("album") == album:
        raise Refusal("broadcast-one-photo")
    turn.draft["album"] = album
    turn.draft["photo"] = media.add(
        turn.tx,
        person=turn.person.id,
        kind="photo",
        bot=turn.account.bot,
        file_id=turn.incoming.file_id,
        now=turn.seconds,
    )
    if turn.incoming.text:
        turn.draft["words"] = fitting(turn.incoming.text)
    return _to_confirm(turn) if turn.draft.get("words") else go("words", Reply("broadcast-photo-kept", edit=False))


def drop_photo(turn: Turn, _: str) -> Outcome:
    turn.draft.pop("photo", None)
    turn.draft.pop("album", None)
    return _to_confirm(turn)


def ask_who(turn: Turn) -> Reply:
    return Reply("broadcast-who", buttons=tuple((Choice(f"for:{who}", _LABELS[who]),) for who in _groups(turn)))


def _groups(turn: Turn) -> list[str]:
    """Whom one can write to there: those whose place lies in it."""
    place = places.get(turn.tx, turn.draft["place"])
    if place.kind == "province":
        return list(_LABELS)
    return ["residents", "council"] if place.kind == "neighborhood" else ["residents", "council", "coordinators"]


def take_who(turn: Turn, who: str) -> Outcome:
    if who not in _groups(turn):
        raise Refusal("not-understood")
    turn.draft["who"] = who
    return _to_confirm(turn)


# --- a look at it -----------------------------------------------------------------------------------------------------


def _to_confirm(turn: Turn) -> Outcome:
    """Shows the message just as its readers will see it; on the other messenger too where that looks different."""
    place = places.get(turn.tx, turn.draft["place"])
    shown = message(turn, place, turn.draft["who"], turn.draft["words"], turn.draft.get("photo"))
    looks = turn.town.looks(shown, turn.person.language)
    here = [(look.words, look.messages) for look in looks if look.bot == turn.account.bot]
    others = [
        Reply(
            "broadcast-elsewhere",
            {"elsewhere": look.messenger, "words": look.words, "n": look.messages},
            edit=False,
        )
        for look in looks
        if here and (look.words, look.messages) not in here
    ]
    return go("confirm", shown, *others)


def _readers(turn: Turn) -> Key:
    return to_whom(places.get(turn.tx, turn.draft["place"]), turn.draft["who"])


def ask_confirm(turn: Turn) -> Reply:
    counted = _counted(turn)
    more = reasons(counted.silent, counted.weekly, counted.closed)
    if more:
        more = (Key("broadcast-left-out", {"n": counted.total - counted.reached}), *more)
    over = quiet.ends(turn.seconds, *quiet.USUAL)
    if over != turn.seconds:
        more += (Key("broadcast-quiet", {"time": Moment(moment(over), "clock")}),)
    words: Row = (Choice("words", Key("broadcast-confirm.words")), Choice("who", Key("broadcast-confirm.who")))
    photo: Row = (Choice("photo", Key("broadcast-confirm.photo")),) if "photo" in turn.draft else ()
    if not counted.reached:
        return Reply("broadcast-nobody", more=more, buttons=(words,), edit=False)
    return Reply(
        "broadcast-confirm",
        {"n": counted.reached, "readers": _readers(turn), "title": in_short(turn.draft["words"])},
        more=more,
        buttons=((Choice("send", Key("broadcast-confirm.send")),), words, *((photo,) if photo else ())),
        edit=False,
    )


def _counted(turn: Turn) -> audience.Count:
    place = places.get(turn.tx, turn.draft["place"])
    meant = broadcasts.audience(place.path, turn.draft["who"], author=turn.person.id)
    return audience.count(turn.tx, meant, turn.seconds)


def send(turn: Turn, _: str) -> Outcome:
    place = places.get(turn.tx, turn.draft["place"])
    if not turn.may(Do.BROADCAST, place.path):
        raise Refusal("broadcast-place-none")
    counted = _counted(turn)
    if not counted.reached:
        raise Refusal("broadcast-nobody")
    keep_name(turn)
    one = broadcasts.create(
        turn.tx,
        author=turn.person.id,
        place=place.id,
        who=turn.draft["who"],
        words=turn.draft["words"],
        media=turn.draft.get("photo"),
        count=counted,
        now=turn.seconds,
    )
    if one.media is not None:
        media.want(turn.tx, one.media, turn.seconds)
    look_now(turn, one)
    return done(progress(turn, one))


talk = Talk(
    name="broadcast",
    rule=Do.BROADCAST,
    command="broadcast",
    start=start,
    steps={
        "place": Step(ask_place, text=search_place, choices={"at": take_place}),
        "words": Step(ask_words, text=take_words, kinds={Kind.PHOTO: take_photo}),
        "who": Step(ask_who, choices={"for": take_who}),
        "confirm": Step(
            ask_confirm,
            text=take_words,
            choices={
                "send": send,
                "words": lambda turn, _: go("words"),
                "who": lambda turn, _: go("who"),
                "photo": drop_photo,
            },
            kinds={Kind.PHOTO: take_photo},
        ),
    },
)
