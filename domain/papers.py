"""The papers that the bot draws, and who may have each."""

from __future__ import annotations

from enum import StrEnum

from domain.permissions import Do


class Paper(StrEnum):
    """What is drawn, and what it is about: a place, or a meeting where it says so."""

    JOIN = "join"
    CHECK_IN = "check_in"  # a meeting
    BULLETIN = "bulletin"
    MINUTES = "minutes"  # a meeting
    ROADMAP = "roadmap"


#: What somebody must be allowed to do at the place.
RULES: dict[Paper, Do] = {
    Paper.JOIN: Do.INVITE,
    Paper.CHECK_IN: Do.MEET,
    Paper.BULLETIN: Do.MEET,
    Paper.MINUTES: Do.TAKE_PART,
    Paper.ROADMAP: Do.TAKE_PART,
}
