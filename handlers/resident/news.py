"""What was announced in somebody's neighbourhood, the newest first, as it reads now."""

from __future__ import annotations

from domain.permissions import Do
from domain.persian import cut, cut_line
from domain.richtext import Key
from handlers._shown import LABEL, day, page_number, pager, place_name
from handlers.broadcasting import letter, sender
from handlers.talk import Act, Outcome, Refusal, Reply, Row, Talk, Turn, done
from storage import announced, broadcasts, places

#: Announcements on one page, and letters of each there.
SIZE, LETTERS = 5, 300


def start(turn: Turn, _: str) -> Outcome:
    return done(_list(turn, 0))


def turn_page(turn: Turn, about: str) -> Outcome:
    return done(_list(turn, page_number(about), edit=True))


def _list(turn: Turn, page: int, *, edit: bool | None = None) -> Reply:
    here = places.of_person(turn.tx, turn.person.id)
    if here is None:
        return Reply("news-nowhere", buttons=((Act("join", "open", Key("talk-join")),),), edit=edit)
    total = announced.count_at(turn.tx, here.id, here.path)
    if not total:
        return Reply("news-empty", {"neighborhood": place_name(here)}, edit=edit)
    found = announced.at(turn.tx, here.id, here.path, offset=page * SIZE, limit=SIZE)
    lines = tuple(
        Key(
            "news-line",
            {
                "date": day(one.at),
                "sender": sender(turn, places.get(turn.tx, one.place)),
                "words": cut(one.words, LETTERS),
            },
        )
        for one in found
    )
    rows: tuple[Row, ...] = tuple((Act("news", "show", cut_line(one.words, LABEL), str(one.id)),) for one in found)
    return Reply(
        "news",
        {"n": total, "neighborhood": place_name(here)},
        more=lines,
        buttons=(*rows, *pager("news", "page", "", page, total, size=SIZE)),
        edit=edit,
    )


def show(turn: Turn, about: str) -> Outcome:
    """The whole of it with what it carries, as it reads now."""
    here = places.of_person(turn.tx, turn.person.id)
    number = page_number(about)
    known = announced.one_at(turn.tx, number, here.id, here.path) if here is not None else None
    one = broadcasts.get(turn.tx, number) if known is not None else None
    if one is None:
        raise Refusal("news-gone")
    return done(letter(turn, one))


talk = Talk(
    name="news",
    rule=Do.TAKE_PART,
    command="news",
    start=start,
    actions={"page": turn_page, "show": show},
)
