"""Make a proposal: the same way as a report, under its own kind."""

from __future__ import annotations

from domain.cases import Kind
from domain.permissions import Do
from handlers.resident import _submit
from handlers.talk import Reply, Talk, Turn


def ask_what(turn: Turn) -> Reply:
    return Reply("propose-what")


talk = Talk(
    name="propose",
    rule=Do.TAKE_PART,
    command="propose",
    start=_submit.begin,
    steps=_submit.steps(Kind.PROPOSAL, ask_what),
    keeps_draft=True,
    watched=True,
    title=_submit.draft_title,
)
