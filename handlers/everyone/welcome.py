"""Welcome and consent in one message; what a person came with waits for their yes."""

from __future__ import annotations

from dataclasses import replace

from domain.permissions import Do
from domain.persian import listed, said_digits
from domain.richtext import Key
from handlers._care import taken_up
from handlers._joining import enter, linked
from handlers.everyone import _came
from handlers.talk import Choice, Notice, Outcome, Reply, Step, Talk, Turn, Work, again, call, done, go, stay
from storage import people, places, talks

#: Number of the wording people agree to (texts `welcome` and `welcome-more`): raise it when what they say changes.
VERSION = 2


def start(turn: Turn, _: str) -> Outcome:
    if turn.person.consent:
        if turn.person.stopped == "all":
            people.set_stopped(turn.tx, turn.person.id, "")
        joined = places.of_person(turn.tx, turn.person.id)
        return done(Reply("menu", keyboard=True)) if joined else call("join", Reply("welcome-back", keyboard=True))
    before = talks.find(turn.tx, turn.account.id, "welcome")
    if before is not None:
        turn.draft.update(before.draft)
    _came.keep(turn)
    return go("consent")


def ask(turn: Turn) -> Reply:
    more = () if turn.draft.get("more") else (Choice("more", Key("welcome.more")),)
    return Reply(
        "welcome",
        {"operator": turn.town.operator or Key("operator-unset"), "lines": Key("emergency-lines", _lines(turn))},
        buttons=((Choice("yes", Key("welcome.accept")),), (*more, Choice("-", Key("welcome.refuse")))),
        more=_marks(turn),
        edit=False,
    )


def _marks(turn: Turn) -> tuple[Key, ...]:
    """What must be known before anybody trusts it: a demonstration, or a body that is not named."""
    if turn.town.demo:
        return (Key("demo-mark"),)
    return () if turn.town.operator else (Key("operator-warning"),)


def _lines(turn: Turn) -> dict[str, str]:
    language = turn.person.language
    return {"numbers": listed((said_digits(line.number, language) for line in turn.town.emergency), language)}


def accept(turn: Turn, _: str) -> Outcome:
    people.consent(turn.tx, turn.person.id, VERSION, turn.seconds)
    turn.person = replace(turn.person, consent=VERSION)
    _came.waits_no_more(turn)
    thanks = Reply("consent-taken", keyboard=True)
    link, said = _came.link(turn), _came.said(turn)
    if (card := taken_up(turn, _came.texts(turn), [one.text for one in said])) is not None:
        return done(thanks, card)
    place = linked(turn, link) if link and said else None
    if place is not None:
        # Whoever came by a poster and wrote before agreeing came with both.
        return again(*said, says=(thanks, enter(turn, place)))
    opened = _came.opened(turn)
    return again(*said, *opened, says=(thanks,)) if said or opened else call("join", thanks)


def more(turn: Turn, _: str) -> Outcome:
    turn.draft["more"] = True
    values = {
        "operator": turn.town.operator or Key("operator-unset"),
        "days": turn.town.rejected_days,
        "months": turn.town.closed_months,
    }
    buttons = ((Choice("yes", Key("welcome.accept")), Choice("-", Key("welcome.refuse"))),)
    return stay(Reply("welcome-more", values, buttons=buttons, edit=False))


def refuse(turn: Turn, _: str) -> Outcome:
    _came.waits_no_more(turn)
    return done(Reply("welcome-refused", edit=False))


def wrote(turn: Turn, _: str) -> Outcome:
    _came.keep(turn)
    return go("consent")


def sent(turn: Turn) -> Outcome:
    """A photo and the like. The parts of an album are kept each, and welcomed once."""
    known = _came.has_album(turn, turn.incoming.album)
    _came.keep(turn)
    return stay() if known else go("consent")


def erase_arrived(work: Work, ids: dict[str, int]) -> list[Notice]:
    """A day without a yes: what waited goes without a word, since nothing was agreed to."""
    _came.erase(work, ids["account"])
    return []


#: What a person may come with besides words. Only its number is kept, and nothing is fetched before their yes.
_SENT = dict.fromkeys(_came.BESIDES_WORDS, sent)

talk = Talk(
    name="welcome",
    rule=Do.BE_GREETED,
    command="start",
    start=start,
    steps={"consent": Step(ask, text=wrote, choices={"yes": accept, "more": more, "-": refuse}, kinds=_SENT)},
    greets=True,
    watched=True,
    jobs={"arrived-erase": erase_arrived},
)
