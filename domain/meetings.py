"""Meetings: their kinds, whose they are, and the hours in which people may check in."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What kind of meeting it is."""

    COUNCIL = "council"
    PUBLIC = "public"
    SERVICE_DESK = "service_desk"  # heads of agencies sit in the mosque
    COUNTY_BOARD = "county_board"
    PROVINCE_BOARD = "province_board"


class State(StrEnum):
    """Where a meeting stands. That it has passed is a property of its time."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class Repeats(StrEnum):
    """How it comes again, in Jalali terms."""

    NEVER = ""
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class Answer(StrEnum):
    """Whether somebody means to come."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


#: The kind of place that holds each kind of meeting.
LEVEL: dict[Kind, str] = {
    Kind.COUNCIL: "neighborhood",
    Kind.PUBLIC: "neighborhood",
    Kind.SERVICE_DESK: "neighborhood",
    Kind.COUNTY_BOARD: "county",
    Kind.PROVINCE_BOARD: "province",
}
