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


#: Seconds before its beginning from which, and after it until which, people may check in.
DOOR_OPENS_S, DOOR_CLOSES_S = 30 * 60, 2 * 3600
#: The most guests that a secretary may count: more is a slip of the finger.
MOST_GUESTS = 5000

#: The kind of place that holds each kind of meeting.
LEVEL: dict[Kind, str] = {
    Kind.COUNCIL: "neighborhood",
    Kind.PUBLIC: "neighborhood",
    Kind.SERVICE_DESK: "neighborhood",
    Kind.COUNTY_BOARD: "county",
    Kind.PROVINCE_BOARD: "province",
}
