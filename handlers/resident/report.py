"""Report a problem: words, a look at them, the tracking code and the date of the answer."""

from __future__ import annotations

from domain.cases import Kind
from domain.permissions import Do
from handlers.resident import _submit
from handlers.talk import Reply, Talk, Turn


def ask_what(turn: Turn) -> Reply:
    return Reply("report-what")


talk = Talk(
    name="report",
    rule=Do.TAKE_PART,
    command="report",
    start=_submit.begin,
    steps=_submit.steps(Kind.PROBLEM, ask_what),
    keeps_draft=True,
    watched=True,
    title=_submit.draft_title,
    takes=_submit.TAKES,
    takes_anything=True,
    adds=_submit.add_to_draft,
)
