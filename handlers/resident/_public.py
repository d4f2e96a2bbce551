"""How the public copy of a case is shown to those who do not belong to it."""

from __future__ import annotations

from domain.cases import State
from domain.richtext import Code, Key
from handlers._actions import serving
from handlers._shown import day, holder, spot, state_text
from handlers.talk import Act, Reply, Row, Turn, Values
from storage import cases, public
from storage.public import PublicCase


def shown(turn: Turn, found: PublicCase) -> Reply:
    """Title, place and where it stands; «the same for me» for those who may still join it."""
    values: Values = {
        "title": found.title,
        "category": Key(f"category-{found.category}"),
        "neighborhood": spot(turn, found.place),
        "state": state_text(turn, found),
        "code": Code(found.code),
    }
    more: tuple[Key, ...] = ()
    if found.state is State.ACCEPTED:
        step = cases.said(turn.tx, found.case, "next_step")
        more += (
            Key("public-next", {"step": step, "due": day(found.due or found.since), "holder": holder(turn, found)}),
        )
    more += serving(turn, found.case)
    joined = cases.count_joined(turn.tx, found.case)
    if joined:
        more += (Key("public-joined", {"n": joined}),)
    media = tuple(public.released(turn.tx, found.case))
    return Reply("public-shown", values, more=more, buttons=_buttons(turn, found), media=media)


def _buttons(turn: Turn, found: PublicCase) -> tuple[Row, ...]:
    if found.state is not State.ACCEPTED or cases.is_party(turn.tx, found.case, turn.person.id):
        return ()
    return ((Act("issues", "same", Key("public-shown.same"), found.code),),)
