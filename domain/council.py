"""How a council holds its meetings, where it has chosen so: how many must be there, and votes about its agenda."""

from __future__ import annotations

from enum import StrEnum

from domain.permissions import Role

#: Who is of the council. Its secretary is one whom the members chose among themselves.
MEMBERS = (Role.COUNCIL_HEAD, Role.COUNCIL_MEMBER, Role.COORDINATOR)
#: The highest number that can be asked for: more is a slip of the finger.
MOST = 99


class Vote(StrEnum):
    """What a member says about an item of the agenda."""

    YES = "yes"
    NO = "no"
    ABSTAINED = "abstained"


def needed(members: int, chosen: int | None) -> int:
    """How many must be there: as many as was chosen, else more than half of the members."""
    return members // 2 + 1 if chosen is None else chosen
