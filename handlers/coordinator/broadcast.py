"""Write to many: to whom, the words and perhaps a photo or file, a look at it, then its progress until it is over."""

from __future__ import annotations

from domain.incoming import Kind
from domain.permissions import Do
from domain.richtext import Key, Value
from handlers import announcing
from handlers._shown import keep_name
from handlers.broadcasting import LONGEST, SHORTEST, fitting, look_now, named, own_places, progress, show, to_whom
from handlers.coordinator import _letter
from handlers.coordinator._letter import counted, drafted, target_paths
from handlers.coordinator._own import OwnPlace
from handlers.coordinator._readers import Readers, several, to_of
from handlers.coordinator._time import time_steps, urgent_step
from handlers.talk import Act, Choice, Outcome, Refusal, Reply, Row, Step, Talk, Told, Turn, done, go
from storage import audience, broadcasts, media, places, planned, readers
from storage.broadcasts import Broadcast, State
from storage.places import Place

_TO_HISTORY: Row = (Act("broadcasts", "open", Key("broadcast-history.label")),)
_WHERE = OwnPlace(
    Do.BROADCAST,
    "broadcast-place",
    "broadcast-place-none",
    lambda turn, place: _at(turn, place),
    more=lambda turn: _further(turn),
    choices={"several": several},
)


# --- where and what ---------------------------------------------------------------------------------------------------


def start(turn: Turn, rest: str) -> Outcome:
    """`/broadcast [text]`: asks where only those who have a choice."""
    if rest:
        turn.draft["words"] = fitting(rest)
    return _WHERE.begin(turn)


def _further(turn: Turn) -> tuple[Row, ...]:
    """What else the question for the place leads to."""
    several_of_them = sum(place.kind == "neighborhood" for place in own_places(turn)) > 1
    more: tuple[Row, ...] = ((Choice("several", Key("broadcast-who.several")),),) if several_of_them else ()
    return (*more, _TO_HISTORY)


def _at(turn: Turn, place: Place) -> Outcome:
    for former in ("chosen", "county", "going"):
        turn.draft.pop(former, None)
    turn.draft.update({"place": place.id, "who": "residents"})
    return _go_on(turn)


def _go_on(turn: Turn) -> Outcome:
    return to_confirm(turn) if turn.draft.get("words") else go("words")


def ask_words(turn: Turn) -> Reply:
    place = places.get(turn.tx, turn.draft["place"])
    to_them = to_whom(turn, place, turn.draft["who"], to_of(turn))
    values: dict[str, Value] = {"readers": to_them, "least": SHORTEST, "most": LONGEST}
    return Reply("broadcast-words", values, buttons=(_TO_HISTORY,))


def take_words(turn: Turn, text: str) -> Outcome:
    turn.draft["words"] = fitting(text)
    return to_confirm(turn)


def take_file(turn: Turn) -> Outcome:
    """One photo, voice or file goes with a message; what is written under it is the message, if there is none yet."""
    incoming = turn.incoming
    album = incoming.album
    if album and turn.draft.get("album") == album:
        raise Refusal("broadcast-one-photo")
    largest = turn.town.largest()
    if incoming.size > largest:
        raise Refusal("file-too-large", mb=largest // 1_000_000)
    picture = incoming.kind is Kind.PHOTO or incoming.picture
    turn.draft["album"] = album
    turn.draft["kind"] = "photo" if picture else incoming.kind.value
    turn.draft["photo"] = media.add(
        turn.tx,
        person=turn.person.id,
        kind=turn.draft["kind"],
        bot=turn.account.bot,
        file_id=incoming.file_id,
        now=turn.seconds,
        as_file=incoming.picture,
    )
    if incoming.text:
        turn.draft["words"] = fitting(incoming.text)
    return _go_on(turn) if turn.draft.get("words") else go("words", Reply(_KEPT[turn.draft["kind"]], edit=False))


_KEPT = {"photo": "broadcast-photo-kept", "voice": "broadcast-voice-kept", "document": "broadcast-file-kept"}
_FILES = {kind: take_file for kind in (Kind.PHOTO, Kind.VOICE, Kind.DOCUMENT)}


def drop_photo(turn: Turn, _: str) -> Outcome:
    for part in ("photo", "album", "kind"):
        turn.draft.pop(part, None)
    return to_confirm(turn)


def to_confirm(turn: Turn) -> Outcome:
    return go("confirm", *_letter.looks(turn))


def toggle_posts(turn: Turn, _: str) -> Outcome:
    turn.draft["posts"] = not turn.draft.get("posts", True)
    return go("confirm")


# --- sending it -------------------------------------------------------------------------------------------------------


def send(turn: Turn, _: str) -> Outcome:
    """It begins, waits for its time, or waits for a second person's yes."""
    place, to = places.get(turn.tx, turn.draft["place"]), to_of(turn)
    if not all(turn.may(announcing.does(to), path) for path in target_paths(turn)):
        raise Refusal("broadcast-place-none")
    count, due = counted(turn), turn.draft.get("due")
    if not count.readers:
        raise Refusal("broadcast-nobody")
    if due is not None and due <= turn.seconds:
        raise Refusal("broadcast-time-past")
    state = State.PLANNED if due is not None else State.SENDING
    if turn.town.alone and count.readers > turn.town.alone:
        state = State.ASKED
        if not announcing.seconds(turn, place.id, to, turn.person.id):
            raise Refusal("approve-nobody", n=turn.town.alone)
    replaced = _replace_former(turn)
    keep_name(turn)
    return _sent(turn, _create(turn, count, state), replaced)


def _replace_former(turn: Turn) -> list[Told]:
    """What this was written to change is not sent, and whoever was asked about it sees that."""
    former = turn.draft.get("former")
    if former is None:
        return []
    if not planned.end_early(turn.tx, former, State.STOPPED, turn.seconds):
        raise Refusal("broadcast-begun")
    one = named(turn, str(former))
    return [*show(turn, one), *announcing.cards(turn, one)]


def _create(turn: Turn, count: audience.Count, state: State) -> Broadcast:
    draft = turn.draft
    one = broadcasts.create(
        turn.tx,
        author=turn.person.id,
        place=draft["place"],
        who=draft["who"],
        words=draft["words"],
        media=draft.get("photo"),
        count=count,
        now=turn.seconds,
        to=to_of(turn),
        posts=bool(_letter.channels_of(turn)),
        due=draft.get("due"),
        state=state,
    )
    if one.media is not None:
        media.want(turn.tx, one.media, turn.seconds)
    return one


def _sent(turn: Turn, one: Broadcast, replaced: list[Told]) -> Outcome:
    told: list[Told] = []
    match one.state:
        case State.ASKED:
            told = announcing.ask(turn, one)
        case State.PLANNED:
            told = announcing.wait(turn, one)
        case _:
            look_now(turn, one)
    return done(progress(turn, one), *replaced, *told)


def change(turn: Turn, about: str) -> Outcome:
    """Change one that has not begun: it stays as it is until the new one is confirmed."""
    one = named(turn, about)
    if one.author != turn.person.id:
        raise Refusal("correct-not-yours")
    if one.state not in broadcasts.AHEAD:
        raise Refusal("broadcast-begun")
    to = readers.to(turn.tx, one)
    kept = {
        "former": one.id,
        "place": one.place,
        "who": one.who,
        "words": one.words,
        "photo": one.media,
        "chosen": list(to.places),
        "going": to.going,
        "urgent": to.urgent,
        "due": one.due,
        "posts": one.posts,
    }
    turn.draft.update({name: value for name, value in kept.items() if value is not None})
    file = media.get(turn.tx, one.media) if one.media is not None else None
    turn.draft["kind"] = file.kind if file is not None else ""
    return to_confirm(turn)


def confirm_step() -> Step:
    return Step(
        lambda turn: _letter.ask(turn, drafted(turn)),
        text=take_words,
        choices={
            "send": send,
            "words": lambda turn, _: go("words"),
            "who": lambda turn, _: go("who"),
            "time": lambda turn, _: go("time"),
            "urgent": urgent_step,
            "posts": toggle_posts,
            "photo": drop_photo,
        },
        kinds=_FILES,
    )


talk = Talk(
    name="broadcast",
    rule=Do.BROADCAST,
    command="broadcast",
    start=start,
    steps={
        "place": _WHERE.step(),
        "words": Step(ask_words, text=take_words, kinds=_FILES),
        "confirm": confirm_step(),
        **Readers(_go_on).steps(),
        **time_steps(to_confirm),
    },
    actions={"change": change},
    jobs={"announce": announcing.is_due, "announce-asked": announcing.nobody_said},
)
