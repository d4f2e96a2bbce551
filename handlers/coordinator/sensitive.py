"""A report about harm to a person: nobody sees it any more, and whoever sent it is told where help is."""

from __future__ import annotations

from domain.cases import Move, Part
from domain.permissions import Do
from domain.persian import said_digits
from domain.richtext import Key
from handlers._shown import keep_name, title
from handlers.coordinator._decide import begun, by_code, drafted, first_wins, lost, settled, unchanged
from handlers.coordinator._hidden import all_hidden
from handlers.talk import Act, Choice, Notice, Outcome, Reply, Step, Talk, Turn, done, go
from storage import cases, media, people, public
from storage.audience import Unasked


@first_wins
def begin(turn: Turn, code: str) -> Outcome:
    begun(turn, code, open_too=True)
    return go("confirm")


def ask(turn: Turn) -> Reply:
    """The duty to report is said before the words are out of sight."""
    buttons = ((Choice("hide", Key("sensitive-confirm.hide")),),)
    lines = _lines(turn, turn.person.language)
    return Reply("sensitive-confirm", {"title": title(drafted(turn))}, more=lines, buttons=buttons)


@first_wins
def hide(turn: Turn, _: str) -> Outcome:
    before = unchanged(turn, open_too=True)
    keep_name(turn)
    case = cases.move(turn.tx, before, Move.HIDE, actor=turn.person.id, now=turn.seconds)
    for number in media.all_of_case(turn.tx, case.id):
        media.let_go(turn.tx, number, turn.seconds)
    public.drop(turn.tx, case.id)
    told = [_help(turn, person) for person in cases.parties(turn.tx, case.id, Part.REPORTER)]
    answer = Reply("sensitive-done", more=_lines(turn, turn.person.language))
    return done(answer, *told, settled(turn, case), *all_hidden(turn, case))


def _help(turn: Turn, person: int) -> Notice:
    """The help card, in the language of whoever gets it."""
    found = people.reach(turn.tx, person)
    language = found.language if found else turn.town.languages[0]
    buttons = (
        (Act("numbers", "open", Key("help-hidden.numbers")),),
        (Act("report", "open", Key("help-hidden.general")),),
    )
    card = Reply("help-hidden", more=(*_lines(turn, language), Key("help-hidden-rest")), buttons=buttons)
    return Notice(person, card, Unasked.OWN_CASE)


def _lines(turn: Turn, language: str) -> tuple[Key, ...]:
    """The lines for danger, each with what it is for."""
    return tuple(
        Key("numbers-line", {"number": said_digits(line.number, language), "purpose": line.purposes[language]})
        for line in turn.town.emergency
    )


talk = Talk(
    name="sensitive",
    rule=Do.MODERATE,
    start=by_code(begin),
    steps={"confirm": Step(ask, choices={"hide": hide})},
    actions={"begin": begin},
    lost=lost,
)
