"""Draws what came of a poll and tells it: those who asked, the council, and everybody who was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import structlog

from bot.apart import Broken, apart
from bot.charts import Bar, Bars, drawn
from bot.clock import Clock
from bot.database import Database
from bot.messenger import Messenger
from bot.store import Clean, Store, cleaned
from bot.writer import Writer
from domain.permissions import Do, may
from domain.richtext import Value, plain
from handlers.poll_course import council, organizers, tell_readers
from handlers.polling import card, option_words
from handlers.talk import Notice, Refresh, Town, Work
from storage import media, people, polls
from storage.audience import Unasked
from storage.polls import Poll
from storage.tx import Tx

log = structlog.get_logger()

_ISOLATES = {ord(mark): None for mark in "\u200e\u200f\u2066\u2067\u2068\u2069"}


class PollResult:
    """The job that follows the end of a poll. The picture comes first, so that everybody is told once; without one the
    words still say everything."""

    def __init__(
        self,
        database: Database,
        messengers: Mapping[int, Messenger],
        store: Store,
        writer: Writer,
        clock: Clock,
        town: Town,
    ) -> None:
        self._database, self._messengers, self._store = database, messengers, store
        self._writer, self._clock, self._town = writer, clock, town

    async def make(self, ids: dict[str, int]) -> None:
        """Draw and tell the result of `ids` (poll)."""
        chart = await self._database.read(lambda tx: self._chart(tx, ids["poll"]))
        picture = await self._drawn(chart) if chart is not None else None
        content = self._store.put(picture.content) if picture is not None else ""
        await self._database.run(lambda tx: self._tell(tx, ids["poll"], picture, content))

    async def _drawn(self, chart: Bars) -> Clean | None:
        try:
            return cleaned("photo", await apart(drawn, chart))
        except Broken as error:
            log.error("chart not drawn", error=str(error), do="look whether matplotlib is installed as in the lock")
            return None

    def _chart(self, tx: Tx, poll: int) -> Bars | None:
        """What is drawn, in the town's own language; None where nothing may be split."""
        one = polls.get(tx, poll)
        result = polls.result(tx, one) if one is not None else None
        if one is None or result is None or not result.split:
            return None
        words = {option.position: option_words(option) for option in polls.options(tx, poll)}
        most = result.ranked[0][1]
        bars = tuple(
            Bar(self._said("poll-bar", option=words[position]), n, self._said("poll-figure", n=n), leads=0 < n == most)
            for position, n in result.ranked
        )
        return Bars(one.question, bars, self._said("poll-chart", n=result.voters))

    def _said(self, key: str, **values: Value) -> str:
        texts = self._writer.renderer.texts
        return plain(texts.render(self._town.languages[0], key, values)).translate(_ISOLATES)

    def _tell(self, tx: Tx, poll: int, picture: Clean | None, content: str) -> None:
        work = Work(tx, self._clock.now(), self._town)
        if picture is not None:
            polls.keep_chart(tx, poll, self._kept(tx, picture, content, work.seconds))
        one = polls.get(tx, poll)
        if one is None:
            return
        tell_readers(work, one)
        self._writer.unasked(tx, Refresh(one.card, card(work, one)), work.seconds)
        for person in dict.fromkeys([*organizers(work, one), *council(work, one)]):
            self._writer.notice(tx, self._notice(work, one, person), work.seconds)

    def _kept(self, tx: Tx, picture: Clean, content: str, now: int) -> int:
        return media.own(tx, content) or media.made(
            tx,
            person=None,
            kind="photo",
            bot=next(iter(self._messengers)),
            sha256=content,
            type=picture.type,
            size=len(picture.content),
            now=now,
        )

    def _notice(self, work: Work, one: Poll, person: int) -> Notice:
        """The card with the picture; what may be done about it only for those who may."""
        shown = card(work, one)
        seats = people.seats(work.tx, person, work.seconds)
        buttons = shown.buttons if may(Do.ASK_PUBLIC, seats, consented=True, path=one.path) else ()
        # A message with a photo is never changed: it is no card that is kept in step.
        shown = replace(shown, buttons=buttons, about="")
        photo = (one.chart,) if one.chart is not None else ()
        return Notice(person, replace(shown, media=photo, together=True), Unasked.DUTY)
