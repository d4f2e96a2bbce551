"""A meeting as a file for the calendar of somebody's phone (iCalendar, RFC 5545)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.database import Database
from bot.render import Renderer
from bot.store import Store
from domain.meetings import State
from handlers.inviting import title
from handlers.talk import Town, Work, moment
from storage import jobs, media, meetings
from storage.meetings import Meeting
from storage.tx import Tx

TYPE = "text/calendar"
#: How long a meeting is taken to last where nothing else is known.
LASTS = timedelta(hours=1, minutes=30)


def written(meeting: Meeting, title: str, stamp: datetime) -> bytes:
    """The file: the same event under the same number each time, so that a later one replaces it; in UTC."""
    import icalendar  # on use: it is large, and few ask for it

    starts = moment(meeting.starts)
    event = icalendar.Event()
    event.add("uid", f"meeting-{meeting.code.lower()}@mahalleyar")
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", starts)
    event.add("dtend", starts + LASTS)
    event.add("sequence", meeting.revision)
    event.add("summary", title)
    event.add("location", meeting.venue)
    event.add("status", "CANCELLED" if meeting.state is State.CANCELLED else "CONFIRMED")
    if meeting.lat is not None and meeting.lon is not None:
        event.add("geo", (meeting.lat, meeting.lon))
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Mahalleyar//Mahalleyar//FA")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if meeting.state is State.CANCELLED else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


class CalendarFile:
    """The job that makes one: written, kept in the store, handed over to be sent."""

    def __init__(self, database: Database, store: Store, town: Town, clock: Clock, renderer: Renderer) -> None:
        self._database, self._store, self._town, self._clock, self._renderer = database, store, town, clock, renderer

    async def make(self, ids: dict[str, int]) -> None:
        """`ids`: the person, the bot they asked, and the meeting."""
        found = await self._database.read(lambda tx: self._facts(tx, ids["meeting"]))
        if found is None:
            return
        content = written(*found, self._clock.now())
        kept = self._store.put(content)
        await self._database.run(lambda tx: self._keep(tx, ids, kept, len(content)))

    def _facts(self, tx: Tx, number: int) -> tuple[Meeting, str] | None:
        meeting = meetings.get(tx, number)
        if meeting is None:
            return None
        work = Work(tx, self._clock.now(), self._town)
        return meeting, self._renderer.plainly(title(work, meeting), self._town.languages[0])

    def _keep(self, tx: Tx, ids: dict[str, int], kept: str, size: int) -> None:
        now = self._clock.seconds()
        person, bot = ids["person"], ids["bot"]
        number = media.made(
            tx,
            person=person,
            kind="document",
            bot=bot,
            sha256=kept,
            type=TYPE,
            size=size,
            now=now,
            name=f"meeting-{ids['meeting']}.ics",
        )
        given = {"person": person, "bot": bot, "media": number}
        jobs.put(tx, "meeting-calendar-send", f"meeting-calendar-send:{number}", now, given)
