"""A resident's own cases: where each stands, with whom, and until when."""

from __future__ import annotations

from domain.cases import Part
from domain.permissions import Do
from domain.persian import cut_line
from domain.richtext import Key
from handlers._shown import LABEL, page_number, pager, public_title, state_text, title
from handlers.talk import Act, Outcome, Reply, Row, Talk, Turn, done
from storage import own
from storage.own import Listed

#: Cases on one page, each with a button: what a small screen shows at once.
LINES = 5


def start(turn: Turn, _: str) -> Outcome:
    return done(_shown(turn, 0))


def turn_page(turn: Turn, about: str) -> Outcome:
    return done(_shown(turn, page_number(about), edit=True))


def _shown(turn: Turn, page: int, *, edit: bool | None = None) -> Reply:
    found, total = own.page(turn.tx, turn.person.id, offset=page * LINES, limit=LINES)
    if not total:
        return Reply("mine-none", buttons=((Act("report", "open", Key("talk-report")),),))
    shown = [(case, _title(turn, case)) for case in found]
    lines = tuple(Key("mine-line", {"title": words, "state": state_text(turn, case)}) for case, words in shown)
    rows: tuple[Row, ...] = tuple((Act("track", "show", _label(words), case.code),) for case, words in shown)
    pages = pager("mine", "page", "", page, total, size=LINES)
    return Reply("mine", {"n": total}, more=lines, buttons=(*rows, *pages), edit=edit)


def _title(turn: Turn, case: Listed) -> str | Key:
    """A case in a few words: one's own, or the public ones for a case that one joined."""
    return public_title(turn, case) if case.part is Part.JOINED else title(case)


def _label(words: str | Key) -> str | Key:
    return cut_line(words, LABEL) if isinstance(words, str) else words


talk = Talk(name="mine", rule=Do.TAKE_PART, command="mine", start=start, actions={"page": turn_page})
