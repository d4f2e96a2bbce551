"""The numbers that help, by need, always at hand: before consent too. Those for danger come first and unasked."""

from __future__ import annotations

from domain.moments import Form, Moment
from domain.permissions import Do
from domain.persian import said_digits
from domain.richtext import Key
from handlers.talk import Act, Line, Outcome, Reply, Row, Talk, Turn, done


def start(turn: Turn, _: str) -> Outcome:
    lines = tuple(
        Key("numbers-line", {"number": _number(turn, line), "purpose": line.purposes[turn.person.language]})
        for line in turn.town.emergency
    )
    return done(Reply("numbers", more=lines, buttons=_needs(turn), keyboard=turn.person.consent > 0))


def for_need(turn: Turn, need: str) -> Outcome:
    """The lines for one need, each with what it is for, when it answers and when somebody last looked."""
    lines = tuple(_in_full(turn, line) for line in turn.town.lines if need in line.needs)
    if not lines:
        return start(turn, "")
    return done(Reply("numbers-need", {"need": Key(f"need-{need}")}, more=lines, buttons=_needs(turn), edit=True))


def _in_full(turn: Turn, line: Line) -> Key:
    language = turn.person.language
    hours = line.hours.get(language, "")
    return Key(
        "numbers-full",
        {
            "number": _number(turn, line),
            "title": line.purposes[language],
            "purpose": line.details.get(language, ""),
            "hours": Key("numbers-hours", {"hours": hours}) if hours else Key("numbers-hours-unknown"),
            "scope": "all" if line.everywhere else "county",
            "verified": Moment(line.verified, Form.COMPACT) if line.verified else Key("numbers-never"),
        },
    )


def _number(turn: Turn, line: Line) -> str:
    return said_digits(line.number, turn.person.language)


def _needs(turn: Turn) -> tuple[Row, ...]:
    """A button for every need that some line is for, two in a row, in the order of the lines."""
    found = list(dict.fromkeys(need for line in turn.town.lines for need in line.needs))
    buttons = [Act("numbers", "need", Key(f"need-{need}"), need) for need in found]
    return tuple(tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2))


talk = Talk(name="numbers", rule=Do.BE_GREETED, command="numbers", start=start, actions={"need": for_need})
