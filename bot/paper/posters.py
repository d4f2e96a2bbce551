"""What stands on the posters: to join a neighbourhood, and to be counted at a meeting."""

from __future__ import annotations

from bot.paper import check_in_poster, join_poster
from bot.paper.check_in_poster import CheckInPoster
from bot.paper.desk import LANGUAGE, Desk, Draft, file_name
from bot.paper.join_poster import JoinPoster
from domain.moments import Form, Moment
from domain.papers import Paper
from domain.persian import listed
from domain.richtext import Key
from handlers.talk import moment
from storage import meetings, places


def join(desk: Desk, about: int) -> Draft | None:
    """For a neighbourhood. None where we have no public name on any messenger."""
    place = places.get(desk.tx, about)
    codes = desk.codes(f"join_{place.link}")
    if not codes:
        return None
    where = [one for one in (place.house, place.address) if one]
    values = JoinPoster(
        made=desk.today,
        name=desk.words(Key("paper-us")),
        title=desk.name(place),
        about=(desk.words(Key("paper-about", {"holder": desk.holder(place)})), desk.words(Key("paper-about-news"))),
        how=desk.words(Key("paper-join")),
        codes=codes,
        house=desk.words(Key("paper-house", {"house": listed(where, LANGUAGE)})) if where else "",
        foot=desk.foot(place),
    )
    file = file_name(Paper.JOIN, place, desk.now)
    return Draft(place.path, file, join_poster.draw, values, Key("paper-join-sent", {"neighborhood": desk.name(place)}))


def check_in(desk: Desk, about: int) -> Draft | None:
    """For a meeting. None when there is no such meeting, or nothing that its code could lead to."""
    meeting = meetings.get(desk.tx, about)
    codes = desk.codes(f"meet_{meeting.code}") if meeting else ()
    if meeting is None or not codes:
        return None
    place = places.get(desk.tx, meeting.place)
    title = desk.words(meeting_title(desk, meeting))
    values = CheckInPoster(
        made=desk.today,
        title=title,
        when=meeting_time(desk, meeting),
        where=meeting.venue,
        welcome=desk.words(Key("paper-welcome")),
        how=desk.words(Key("paper-check-in")),
        codes=codes,
        foot=desk.foot(place),
    )
    file = file_name(Paper.CHECK_IN, place, moment(meeting.starts))
    said = Key("paper-check-in-sent", {"meeting": title, "time": meeting_time(desk, meeting)})
    return Draft(meeting.path, file, check_in_poster.draw, values, said)


def meeting_title(desk: Desk, meeting: meetings.Meeting) -> Key:
    """What a meeting is called, with its place."""
    place = places.get(desk.tx, meeting.place)
    return Key(f"meeting-name-{meeting.kind.value}", {"place": desk.name(place)})


def meeting_time(desk: Desk, meeting: meetings.Meeting) -> str:
    """Its day and hour, with the words that people say beside the hour."""
    values = {"day": Moment(moment(meeting.starts), Form.FULL), "clock": Moment(moment(meeting.starts), Form.CLOCK)}
    if meeting.label:
        return desk.words(Key("meeting-time-label", {**values, "label": meeting.label}))
    return desk.words(Key("meeting-time", values))
