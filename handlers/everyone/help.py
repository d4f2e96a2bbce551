"""What can be done here, by what a person may do."""

from __future__ import annotations

from domain.permissions import RULES, Do, Role
from domain.richtext import Key
from handlers._roles import TOLD, body_of, role_title
from handlers.talk import Outcome, Reply, Talk, Turn, done
from storage import places

#: Roles that are named one by one.
SHOWN = 5


def start(turn: Turn, _: str) -> Outcome:
    return done(Reply("help", more=(*_roles(turn), *_commands(turn)), keyboard=True))


def _roles(turn: Turn) -> tuple[Key, ...]:
    """What the person is here, and what that allows by the table."""
    held = [seat for seat in turn.seats if seat.role is not Role.RESIDENT]
    named = tuple(
        Key("help-role", {"role": role_title(seat.role), "body": body_of(places.get(turn.tx, seat.place))})
        for seat in held[:SHOWN]
    )
    rest = (Key("help-more-roles", {"n": len(held) - SHOWN}),) if len(held) > SHOWN else ()
    does = tuple(Key(f"does-{do.value}") for do in TOLD if any(seat.role in RULES[do] for seat in held))
    return (*named, *rest, *(does or ((Key("does-nothing"),) if held else ())))


def _commands(turn: Turn) -> tuple[Key, ...]:
    """What no key leads to, and the short ways of those who decide and of those who give roles."""
    staff = (Key("help-staff"),) if turn.may(Do.MODERATE) else ()
    grant = (Key("help-grant"),) if turn.may(Do.GRANT) else ()
    return (*((Key("help-link"),) if turn.may(Do.TAKE_PART) else ()), *staff, *grant)


talk = Talk(name="help", rule=Do.BE_GREETED, command="help", start=start)
