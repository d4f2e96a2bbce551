"""How plans stand on paper: what, who and by when, in words that everybody may read."""

from __future__ import annotations

from bot.paper.desk import Desk
from domain.actions import Who
from domain.moments import Form, Moment
from domain.richtext import Key
from handlers.talk import moment
from storage.places import Place


def title(desk: Desk, words: str, category: str) -> str:
    """What is planned; what was only said in a voice, by what it is about."""
    category = category or "other"
    return words or desk.words(Key("paper-spoken", {"category": Key(f"category-{category}")}))


def who(desk: Desk, place: Place, kind: Who | None, name: str) -> str:
    """Who does it. Papers hang where everybody passes: a person is not named on them."""
    if kind is Who.PERSON:
        return desk.words(Key("paper-somebody"))
    return desk.holder(place) if kind is Who.COUNCIL or not name else name


def by_when(desk: Desk, due: int, late: int, form: Form = Form.FULL) -> str:
    """Its date, and by how many days it is late."""
    day = Moment(moment(due), form)
    return desk.words(Key("paper-late", {"day": day, "n": late}) if late else Key("paper-until", {"day": day}))
