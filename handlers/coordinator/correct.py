"""Correct what was sent to many: other words, a look at them, and then every message that was sent is changed."""

from __future__ import annotations

from domain.permissions import Do
from domain.richtext import Key
from handlers._shown import in_short, keep_name
from handlers.broadcasting import LONGEST, SHORTEST, fitting, letter, look_now, named, progress, readers_of
from handlers.talk import Choice, Look, Outcome, Refusal, Reply, Row, Step, Talk, Turn, Values, call, done, go
from storage import corrections
from storage.broadcasts import Broadcast

#: Letters that stand under a photo with our own first and last line on every messenger.
UNDER_PHOTO = 700


def start(turn: Turn, _: str) -> Outcome:
    """By its word: what was sent before, to choose from."""
    return call("broadcasts")


def begin(turn: Turn, about: str) -> Outcome:
    one = _own(turn, about)
    turn.draft["broadcast"] = one.id
    return go("words")


def _own(turn: Turn, about: str) -> Broadcast:
    """One that this person wrote and still may write to, as long as anybody's message can be changed."""
    one = named(turn, about)
    if one.author != turn.person.id or one.meeting or one.poll:
        raise Refusal("correct-not-yours")
    if not corrections.can_be(turn.tx, one.id, one.about):
        raise Refusal("correct-late")
    return one


def _drafted(turn: Turn) -> Broadcast:
    return _own(turn, str(turn.draft["broadcast"]))


def ask_words(turn: Turn) -> Reply:
    one = _drafted(turn)
    return Reply("correct-words", {"words": one.words, "least": SHORTEST, "most": LONGEST}, edit=False)


def take_words(turn: Turn, text: str) -> Outcome:
    """Shows the new words just as their readers will see them; on the other messenger too where that is different."""
    one = _drafted(turn)
    words = fitting(text)
    if words == one.words:
        raise Refusal("correct-same")
    _check_form(turn, one, words)
    turn.draft["words"] = words
    language = turn.person.language
    looks = turn.town.looks(_message(turn, one, words), language)
    here = [look.words for look in looks if look.bot == turn.account.bot]
    others = [
        Reply("broadcast-elsewhere", {"elsewhere": look.messenger, "words": look.words, "n": look.messages}, edit=False)
        for look in looks
        if here and look.words not in here
    ]
    return go("confirm", _message(turn, one, words), *others)


def _message(turn: Turn, one: Broadcast, words: str) -> Reply:
    return letter(turn, one, words)


def _check_form(turn: Turn, one: Broadcast, words: str) -> None:
    """Words that stood under a photo have to fit there again: no message can be turned into two."""
    if one.media is None:
        return
    first = corrections.first_words(turn.tx, one.id) or one.words
    for language in turn.town.languages:
        were = {look.bot: look.messages for look in turn.town.looks(_message(turn, one, first), language)}
        for look in turn.town.looks(_message(turn, one, words), language):
            if look.messages > were[look.bot]:
                raise Refusal("correct-under-photo", n=max(UNDER_PHOTO, len(first)))


def ask_confirm(turn: Turn) -> Reply:
    one = _drafted(turn)
    known = corrections.readers(turn.tx, one.about)
    looks = turn.town.looks(_message(turn, one, turn.draft["words"]), turn.person.language)
    more = tuple(_unsure(look, known[look.bot]) for look in looks if not look.sure and known.get(look.bot))
    if one.ended is None:
        more = (Key("correct-rest"), *more)
    row: Row = (Choice("correct", Key("correct-confirm.correct")), Choice("words", Key("correct-confirm.words")))
    values: Values = {
        "n": sum(known.values()),
        "readers": readers_of(turn, one),
        "title": in_short(turn.draft["words"]),
    }
    return Reply("correct-confirm", values, more=more, buttons=(row,), edit=False)


def _unsure(look: Look, n: int) -> Key:
    return Key("correct-unsure", {"elsewhere": look.messenger, "n": n})


def confirm(turn: Turn, _: str) -> Outcome:
    one = _drafted(turn)
    keep_name(turn)
    corrections.create(turn.tx, one.id, author=turn.person.id, words=turn.draft["words"], now=turn.seconds)
    look_now(turn, one)
    return done(progress(turn, named(turn, str(one.id))))


talk = Talk(
    name="correct",
    rule=Do.BROADCAST,
    start=start,
    steps={
        "words": Step(ask_words, text=take_words),
        "confirm": Step(
            ask_confirm, text=take_words, choices={"correct": confirm, "words": lambda turn, _: go("words")}
        ),
    },
    actions={"begin": begin},
)
