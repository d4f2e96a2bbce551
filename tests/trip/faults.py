"""What every proof about a fault shares: what is said meanwhile, what must come of it, and what an operator sees."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import aiohttp

from storage import outbox, people
from storage.outbox import Class
from storage.tx import Tx
from tests.town import Person, Town
from tests.trip.probe import Probe, answers

NOTICE = "notice-"
_LEFT = (
    "SELECT (SELECT count(*) FROM inbox WHERE state <> 'done') AS inbox, "
    "(SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'lapsed')) AS outbox"
)
#: Seconds on the town's clock after the end of a fault within which everything must be as before.
WELL_S = 30


@dataclass
class Watch:
    """Somebody who looks at /health and the log as an operator does, while people go on writing."""

    town: Town
    probe: Probe
    log: io.StringIO
    #: What was said in each chat, in its order.
    said: dict[Person, list[str]] = field(default_factory=dict)
    written: dict[Person, list[str]] = field(default_factory=dict)
    #: Reasons that /health gave.
    why: set[str] = field(default_factory=set)
    _port: int = 0
    _of: object = None

    def people(self, platform: str) -> list[Person]:
        return [self.town.person(platform, number) for number in (1001, 1002)]

    def say(self, person: Person, word: str) -> None:
        self.said.setdefault(person, []).append(f"{word}-{person.platform}-{person.id}")
        self.town.sandbox.say(person.platform, person.id, f"/probe {self.said[person][-1]}")

    async def write(self, person: Person, *words: str, not_before: int = 0) -> None:
        """Rows to be sent that nobody asked for, as a turn writes them: work for a bot that hears nothing too."""

        def put(tx: Tx) -> None:
            bots = {messenger.platform.name: number for number, messenger in self.town.app.messengers.items()}
            bot, now = bots[person.platform], self.town.clock.seconds()
            for word in words:
                body = outbox.body(tx, "sendMessage", json.dumps({"text": f"«{NOTICE}{word}»"}))
                lane = people.lane_id(tx, bot, person.id)
                outbox.put(tx, bot=bot, lane=lane, cls=Class.NOTICE, body=body, now=now, not_before=not_before)

        await self.town.run(put)
        self.written.setdefault(person, []).extend(NOTICE + word for word in words)
        for sender in self.town.app.senders.values():
            sender.wake()

    def heard(self, person: Person) -> bool:
        """Whether everything was answered, in its order; a repeat of what was in the air counts as the one it is."""
        return self.hears(person, self.said) and self.hears(person, self.written)

    def hears(self, person: Person, words: dict[Person, list[str]]) -> bool:
        """The same of answers alone, or of what was written unasked."""
        found = [word for word in answers(person) if word.startswith(NOTICE) == (words is self.written)]
        return [word for word, _ in groupby(found)] == words.get(person, [])

    async def until(self, wanted: Callable[[], bool]) -> None:
        """While the clock stands still."""
        await self.town.sandbox.wait_for(wanted)

    async def health(self) -> tuple[int, dict[str, Any]]:
        if self._of is not self.town.app:
            self._of = self.town.app
            self._port = await self.town.app.health.start("127.0.0.1", 0)
        url = f"http://127.0.0.1:{self._port}/health"
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            told: dict[str, Any] = await answer.json()
            self.why |= set(told["why"])
            return answer.status, told

    async def minute(self, *, move: bool = True) -> None:
        """A minute goes by, second by second; what is due is done, and /health is looked at now and then."""
        for second in range(60):
            if move:
                self.town.clock.move(1)
            await self.town.sandbox.pulse.wait(0.004)
            if second % 10 == 9:
                await self.town.app.jobs.look()
                await self.health()

    async def rest(self) -> None:
        """Let what is on its way arrive."""
        for _ in range(20):
            await self.town.sandbox.pulse.wait(0.005)

    async def recovers(self) -> None:
        """From the end of the fault on: half a minute by the clock, and not a second more."""
        for _ in range(3):
            await self.rest()
            self.town.clock.move(WELL_S / 3)
        await self.town.app.jobs.look()
        await self.until(lambda: all(map(self.heard, self.said)))
        end = time.monotonic() + 10  # for a slow machine; by the town's clock no time goes by any more
        while not (await self.well() and await self.probe.rows(_LEFT) == [(0, 0)]):
            assert time.monotonic() < end, (await self.health(), await self.probe.rows(_LEFT))
            await self.town.sandbox.pulse.wait(0.01)
        words = [word for said in self.said.values() for word in said]
        assert sorted(await self.probe.traces()) == sorted(words)  # each had its turn once, and nothing else had one

    async def well(self) -> bool:
        self.town.app.turns.wake()
        return (await self.health())[0] == 200

    def advice(self, event: str = "") -> set[str]:
        """What log lines said to do, those of this event or of any."""
        lines = [json.loads(line) for line in self.log.getvalue().splitlines()]
        return {line["do"] for line in lines if "do" in line and event in ("", line["event"])}
