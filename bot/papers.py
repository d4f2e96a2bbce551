"""Has papers drawn, each in a process of its own, and sends them to whoever asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from bot.apart import apart
from bot.clock import Clock
from bot.database import Database
from bot.jobs import Outside
from bot.messenger import Messenger
from bot.paper import board, minuted, posters, records
from bot.paper.desk import Desk, Draft
from bot.store import Store
from bot.writer import Writer
from domain.papers import RULES, Paper
from domain.permissions import may
from handlers.talk import Notice, Reply, Town
from storage import jobs, media, people
from storage.audience import Unasked
from storage.tx import Tx

TYPE = "application/pdf"
#: Seconds that a paper lies in the store after it was asked for last. It stays in the chats it was sent to.
KEPT_S = 7 * 86400

#: What stands on each, by the number of its place or its meeting; None when there is nothing to draw.
DRAFTS: Mapping[Paper, Callable[[Desk, int], Draft | None]] = {
    Paper.JOIN: posters.join,
    Paper.CHECK_IN: posters.check_in,
    Paper.BULLETIN: board.bulletin,
    Paper.MINUTES: minuted.minutes_of,
    Paper.ROADMAP: records.neighborhood_roadmap,
}


class Papers:
    """The jobs that make papers. Each is asked for with `handlers/_papers.py`."""

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

    def jobs(self) -> dict[str, Outside]:
        """By the kind of job."""
        return {f"paper-{paper.value}": partial(self.make, paper) for paper in DRAFTS}

    async def make(self, paper: Paper, ids: dict[str, int]) -> None:
        """Draw and send one. `ids`: the person, the bot they asked, and the number it is about.

        Who may not have it, or not any more, is told so. What is the same as before goes by the number that the
        messenger knows it by.
        """
        drafted = await self._database.read(lambda tx: self._drafted(tx, paper, ids))
        if isinstance(drafted, Draft):
            content = await apart(drafted.draw, drafted.values)
            name, draft = self._store.put(content), drafted
            await self._database.run(lambda tx: self._send(tx, ids, draft, name, len(content)))
        elif drafted is not None:
            refused = drafted
            await self._database.run(lambda tx: self._say(tx, ids, refused))

    def _drafted(self, tx: Tx, paper: Paper, ids: Mapping[str, int]) -> Draft | Reply | None:
        now = self._clock.now()
        draft = DRAFTS[paper](Desk(tx, now, self._town, self._writer.renderer.texts, self._messengers), ids["about"])
        person = people.by_number(tx, ids["person"])
        if draft is None or person is None:
            return None
        seats = people.seats(tx, person.id, int(now.timestamp()))
        if not may(RULES[paper], seats, consented=person.consent > 0, path=draft.path):
            return Reply("not-allowed")
        return draft

    def _send(self, tx: Tx, ids: Mapping[str, int], draft: Draft, name: str, size: int) -> None:
        now = self._clock.seconds()
        number = media.own(tx, name) or media.made(
            tx,
            person=None,
            kind="document",
            bot=ids["bot"],
            sha256=name,
            type=TYPE,
            size=size,
            now=now,
            name=draft.file,
        )
        jobs.put(tx, "paper-gone", f"paper-gone:{number}", now + KEPT_S, {"media": number})
        self._say(tx, ids, Reply(draft.said.name, draft.said.values, media=(number,)))

    def _say(self, tx: Tx, ids: Mapping[str, int], reply: Reply) -> None:
        self._writer.notice(tx, Notice(ids["person"], reply, Unasked.ASKED, ids["bot"]), self._clock.seconds())
