"""A made-up talk that leaves one trace in the database for each turn, and fails as its message tells it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, cast

from domain.permissions import Do, Role
from handlers.talk import Outcome, Reply, Talk, Turn, done
from tests.town import Person, Town


class Bug(Exception):
    """A mistake of our own, with the person's words in it, as mistakes often have."""


class Probe:
    """`/probe WORD …` leaves WORD in the table `probe` and says «WORD …» back.

    While `broken`, words that begin with `bug` raise, with `rule` break a rule of the database, and with `big` write
    `size` letters.
    """

    def __init__(self, town: Town) -> None:
        self.town = town
        self.broken = True
        self.size = 1_000_000
        #: Seconds that a turn takes which breaks a rule.
        self.lasts = 0
        #: Every attempt, undone ones too: the word, and seconds on the town's clock since the probe was made.
        self.attempts: list[tuple[str, float]] = []
        self._since = town.clock.monotonic()

    async def settle_in(self) -> None:
        await self.town.run(lambda tx: tx.run("CREATE TABLE probe (nr BIGINT NOT NULL, word TEXT NOT NULL)"))
        self.join()

    def join(self) -> None:
        """Enter the running bot's book; to be done again after a restart, before anything is awaited."""
        book = self.town.app.book
        book.talks["probe"] = Talk(name="probe", rule=Do.BE_GREETED, command="probe", start=self._start)
        cast(dict[str, str], book.commands)["probe"] = "probe"

    def _start(self, turn: Turn, rest: str) -> Outcome:
        word = rest.split()[0]
        self.attempts.append((word, self.town.clock.monotonic() - self._since))
        turn.tx.run("INSERT INTO probe (nr, word) VALUES ((SELECT count(*) FROM probe), :word)", word=word)
        if self.broken:
            self._fail(turn, word, rest)
        return done(Reply("draft-offer", {"title": rest[:3000]}))

    def _fail(self, turn: Turn, word: str, rest: str) -> None:
        if word.startswith("bug"):
            raise Bug(f"cannot deal with {rest!r}")
        if word.startswith("rule"):
            self.town.clock.move(self.lasts)
            turn.tx.run("INSERT INTO lanes (bot, chat) VALUES (-1, :chat)", chat=len(rest))
        if word.startswith("big"):
            turn.tx.run("INSERT INTO probe (nr, word) VALUES (-1, :word)", word="x" * self.size)

    async def traces(self) -> list[str]:
        """Words of the turns that were done, in their order."""
        rows = await self.town.run(lambda tx: tx.all("SELECT word FROM probe WHERE nr >= 0 ORDER BY nr"))
        return [row["word"] for row in rows]

    async def rows(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """What a query finds, as plain tuples."""

        def found(tx: Any) -> list[tuple[Any, ...]]:
            return [tuple(row.values() if isinstance(row, dict) else row) for row in tx.all(sql, **values)]

        return await self.town.app.database.read(found)

    async def stop(self) -> None:
        await self.town.app.__aexit__(None, None, None)

    async def restart(self) -> None:
        await self.stop()
        await self.open()

    async def open(self) -> None:
        await self.town.open()
        self.join()

    async def admin(self, number: int = 1004) -> Person:
        """Somebody who hears what administrators are told."""
        person = self.town.person("telegram", number)
        await person.says("/start")
        await self.town.grant(person, Role.PROVINCE_ADMIN)
        return person


async def until(town: Town, wanted: Callable[[], Any], *, tick: float = 0) -> None:
    """Look again and again until it is so, while the clock goes by `tick` seconds each time."""
    end = time.monotonic() + 10
    while not wanted():
        assert time.monotonic() < end, "it never came to that"
        town.clock.move(tick)
        await town.sandbox.pulse.wait(0.01)


def answers(person: Person) -> list[str]:
    """What the probe said to somebody, without the frame around it."""
    return [line.split("«")[1].split("»")[0] for line in person.heard if "«" in line]


def word_of(params: str) -> str:
    """The text that a call's stored parameters carry."""
    return str(json.loads(params)["text"])
