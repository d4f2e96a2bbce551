"""Two accounts part again: the one that asks keeps everything, the other begins anew."""

from __future__ import annotations

from domain.permissions import Do
from domain.richtext import Key
from handlers.talk import Choice, Notice, Outcome, Reply, Step, Talk, Turn, done, go
from storage import linking
from storage.audience import Unasked
from storage.linking import Side


def start(turn: Turn, _: str) -> Outcome:
    return go("sure") if _other(turn) is not None else done(Reply("unlink-none"))


def ask(turn: Turn) -> Reply:
    other = _other(turn)
    if other is None:
        return Reply("unlink-none")
    return Reply("unlink", {"other": _messenger(other)}, buttons=((Choice("part", Key("unlink.part")),),))


def part(turn: Turn, _: str) -> Outcome:
    here = linking.side(turn.tx, turn.account.id)
    strangers = linking.part(turn.tx, here, turn.seconds)
    if not strangers:
        return done(Reply("unlink-none"))
    told = Reply("unlink-told", {"other": _messenger(here)})
    return done(Reply("unlink-done"), *(Notice(one.person, told, Unasked.ASKED, one.bot) for one in strangers))


def _other(turn: Turn) -> Side | None:
    found = linking.sides(turn.tx, turn.person.id)
    return next((side for side in found if side.account != turn.account.id), None)


def _messenger(side: Side) -> Key:
    return Key("messenger-name", {"where": side.platform})


talk = Talk(
    name="unlink",
    rule=Do.TAKE_PART,
    command="unlink",
    start=start,
    steps={"sure": Step(ask, choices={"part": part})},
)
