"""Who may do what, and where: one table of action × role, read together with a role's place."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from domain.values import value


class Role(StrEnum):
    """What a person is in a place. The titles people read are texts; these are the codes."""

    RESIDENT = "resident"
    COUNCIL_MEMBER = "council_member"
    COUNCIL_HEAD = "council_head"
    COORDINATOR = "coordinator"
    COMMITTEE_HEAD = "committee_head"
    AGENCY_CONTACT = "agency_contact"
    COUNTY_OFFICER = "county_officer"
    PROVINCE_ADMIN = "province_admin"


class Do(StrEnum):
    """Everything a talk or a button can be for. Each one has a row in `RULES`."""

    BE_GREETED = "be_greeted"  # welcome, help, emergency numbers, cancel, stop: before consent too
    CLAIM = "claim"  # take the first administrator's seat by a one-time link
    TAKE_PART = "take_part"  # menu, settings, join, report, propose, own cases, tracking
    MODERATE = "moderate"  # see a neighbourhood's cases and decide about them
    INVITE = "invite"  # a neighbourhood's link and poster
    GRANT = "grant"  # give and take roles below one's own
    BROADCAST = "broadcast"  # write to the residents under one's place
    URGE = "urge"  # write what passes quiet hours and the week's budget of news
    MEET = "meet"  # call a meeting, change it, decide about its agenda, see who comes
    PROMISE = "promise"  # record what somebody will do by when, and what became of it
    ASK_PUBLIC = "ask_public"  # a poll among the residents
    FOLLOW_BOARDS = "follow_boards"  # see what became of the boards' decisions, agency by agency
    GIVE_LEAVE = "give_leave"  # let a council ask something of its own
    ANSWER_MISSING = "answer_missing"  # answer those who did not find their neighbourhood


#: Anybody who writes, even before consent.
ANYBODY = frozenset({"anybody"})
#: Anybody who has consented; a role is not needed.
CONSENTED = frozenset({"consented"})

#: Who speaks for a council, a county or the province.
_LEADS = frozenset({Role.COUNCIL_HEAD, Role.COORDINATOR, Role.COUNTY_OFFICER, Role.PROVINCE_ADMIN})

RULES: dict[Do, frozenset[str]] = {
    Do.BE_GREETED: ANYBODY,
    Do.CLAIM: CONSENTED,
    Do.TAKE_PART: CONSENTED,
    Do.MODERATE: frozenset({Role.COORDINATOR, Role.COUNTY_OFFICER, Role.PROVINCE_ADMIN}),
    Do.INVITE: _LEADS,
    Do.GRANT: frozenset({Role.COUNTY_OFFICER, Role.PROVINCE_ADMIN}),
    Do.BROADCAST: _LEADS,
    Do.URGE: frozenset({Role.COUNTY_OFFICER, Role.PROVINCE_ADMIN}),
    Do.MEET: _LEADS,
    Do.PROMISE: _LEADS,
    Do.ASK_PUBLIC: _LEADS,
    Do.FOLLOW_BOARDS: frozenset({Role.COUNTY_OFFICER, Role.PROVINCE_ADMIN}),
    Do.GIVE_LEAVE: frozenset({Role.COUNTY_OFFICER, Role.PROVINCE_ADMIN}),
    Do.ANSWER_MISSING: frozenset({Role.COUNTY_OFFICER, Role.PROVINCE_ADMIN}),
}

#: Roles that answer to residents. Their names are kept (encrypted), so that a colleague reads who was faster.
STAFF = frozenset(Role) - {Role.RESIDENT}

#: The level of place each role is given at (see `Kind` in places).
LEVEL: dict[Role, str] = {
    Role.RESIDENT: "neighborhood",
    Role.COUNCIL_MEMBER: "neighborhood",
    Role.COUNCIL_HEAD: "neighborhood",
    Role.COORDINATOR: "neighborhood",
    Role.COMMITTEE_HEAD: "neighborhood",
    Role.AGENCY_CONTACT: "county",
    Role.COUNTY_OFFICER: "county",
    Role.PROVINCE_ADMIN: "province",
}


_OF_A_NEIGHBORHOOD = frozenset(
    {Role.COUNCIL_MEMBER, Role.COUNCIL_HEAD, Role.COORDINATOR, Role.COMMITTEE_HEAD, Role.AGENCY_CONTACT}
)
#: Who gives and takes which role, at their own place or under it. Nobody gives more than they have themselves: an
#: officer gives what lies below them. The province's own seat has nobody above it, so those who hold it pass it on.
GIVES: dict[Role, frozenset[Role]] = {
    Role.COUNTY_OFFICER: _OF_A_NEIGHBORHOOD,
    Role.PROVINCE_ADMIN: _OF_A_NEIGHBORHOOD | {Role.COUNTY_OFFICER, Role.PROVINCE_ADMIN},
}


@value(frozen=True, slots=True)
class Seat:
    """One role in one place. `path` is the place's path: everything that begins with it is in scope."""

    role: Role
    place: int
    path: str


def by_seat(do: Do) -> bool:
    """Whether it depends on somebody's roles at all."""
    return RULES[do] is not ANYBODY and RULES[do] is not CONSENTED


def may(do: Do, seats: Iterable[Seat], *, consented: bool, path: str | None = None) -> bool:
    """Whether somebody with these seats may do this at `path` (None: anywhere at all)."""
    allowed = RULES[do]
    if allowed is ANYBODY:
        return True
    if not consented:
        return False
    if allowed is CONSENTED:
        return True
    return any(seat.role in allowed and (path is None or path.startswith(seat.path)) for seat in seats)


def gives(seats: Iterable[Seat], path: str | None = None) -> frozenset[Role]:
    """The roles that somebody with these seats may give and take at `path` (None: somewhere)."""
    at = [seat.role for seat in seats if path is None or path.startswith(seat.path)]
    return frozenset().union(*(GIVES.get(role, frozenset()) for role in at))
