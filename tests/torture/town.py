"""The whole of a run: a sandbox, the bot as a process beside it, a town full of people, and time for them."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections import deque
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from bot.database import open_database
from domain.permissions import Role
from sandbox.server import Sandbox
from storage import people, places
from storage.tx import Tx
from tests.torture import staff, stories, walks
from tests.torture.chats import Ledger, Person
from tests.torture.life import SHIFT
from tests.torture.stories import Affairs
from tests.torture.witness import BOT_NAME, Witness
from tests.town import TOKENS, _places
from tests.trip.process import Process

#: A Wednesday morning in Tehran: whenever the run begins, nobody sleeps in it.
MORNING = datetime(2026, 11, 4, 5, 0, tzinfo=UTC)
#: Neighbourhoods: two with their coordinators, one without a council, one where people walk about.
NAMES = ("محلهٔ شهر", "شهرک مطهری", "خواجه خضر", "پامنار")
FIRST, SECOND, BESIDE, WALKED = "kerman/n1", "kerman/n2", "kerman/n3", "kerman/n4"
PLATFORMS = ("telegram", "bale")
#: Of a hundred people: who walks about, who only asks; the rest are residents with business of their own.
WALKERS, ASKERS = 25, 25
#: Seconds within which the first have come, however slow the machine.
ARRIVING_S = 60.0
#: What may wait, so that people do not run ahead of the bot for ever: updates in the sandbox and in the inbox,
#: messages in the outbox, photos and voices to be fetched.
MOST_PENDING, MOST_WAITING, MOST_UNSENT, MOST_WANTED = 80, 60, 400, 15


class Town:
    """People and the bot. `play` lets them live; the kills are somebody else's work."""

    def __init__(self, sandbox: Sandbox, process: Process, witness: Witness, seed: int, folder: Path) -> None:
        self.sandbox, self.process, self.witness = sandbox, process, witness
        self.seed, self.folder = seed, folder
        self.chance = random.Random(f"{seed}:town")
        self.ledger = Ledger()
        self.affairs = Affairs(self.ledger)
        self.people: list[Person] = []
        #: Number of the last happening in the sandbox before each life, and of the last change noted before it.
        self.lives: list[tuple[int, int]] = []
        self.resting = self.over = False

    def person(self, platform: str, number: int) -> Person:
        return Person(self.sandbox, self.ledger, platform, number, self.seed)

    async def cast(self, count: int) -> None:
        """Fill the town with people, staff first: these get their seats as the command line gives them."""
        coordinators = {
            place: [self.person(name, 2000 + n) for name in PLATFORMS] for n, place in enumerate((FIRST, SECOND))
        }
        officers = [self.person(name, 2010) for name in PLATFORMS]
        walking = [
            (self.person("telegram", 2020), Role.COORDINATOR, WALKED),
            (self.person("bale", 2020), Role.COUNCIL_HEAD, WALKED),
        ]
        walking += [(self.person("bale", 2021), Role.COUNTY_OFFICER, "bam")]
        seats = [(one, Role.COORDINATOR, place) for place, them in coordinators.items() for one in them]
        seats += [(one, Role.COUNTY_OFFICER, "kerman") for one in officers] + walking
        await self._arrive([person for person, _, _ in seats], seats)
        self.affairs.coordinators = coordinators | {BESIDE: officers}
        homes = cycle((FIRST, SECOND, BESIDE, FIRST, SECOND))
        targets: dict[str, list[Person]] = {name: [] for name in PLATFORMS}
        for n in range(max(0, count - len(seats))):
            person = self.person(PLATFORMS[n % 2], 3000 + n)
            share = n * 37 % 100
            if share < WALKERS:
                person.story = walks.walker(person, self.affairs)
            elif share < WALKERS + ASKERS:
                person.story = stories.asker(person, self.affairs, FIRST)
                targets[person.platform].append(person)
            else:
                person.story = stories.resident(person, self.affairs, next(homes))
            self.people.append(person)
        for place, other in ((FIRST, SECOND), (SECOND, FIRST)):
            for person in coordinators[place]:
                person.story = staff.coordinator(person, self.affairs, place, other)
        for person in officers:
            person.story = staff.officer(person, self.affairs, targets[person.platform], FIRST, BESIDE)
        for person, _, _ in walking:
            person.story = walks.walker(person, self.affairs, settled=True)
        self.people += [person for person, _, _ in seats]

    async def _arrive(self, them: list[Person], seats: list[tuple[Person, Role, str]]) -> None:
        for person in them:
            person.story = stories.arrives(person, self.affairs)
        self.people = list(them)
        until = time.monotonic() + ARRIVING_S
        while not all(person.done for person in them):
            assert time.monotonic() < until, self.waiting()
            self.step(len(them))
            await self.sandbox.pulse.wait(0.01)
        for person in them:
            person.done = False

        def seat(tx: Tx) -> None:
            for person, role, written in seats:
                number, place = people.find_account(tx, *person.who), places.written(tx, written)
                assert number is not None
                assert place is not None
                people.grant(tx, number, role, place.id, 0)

        database = await open_database(self.process.url, now=0, migrate=False, alone=False)
        try:
            await database.run(seat)
        finally:
            await database.close()
        self.people = []

    async def settle(self) -> None:
        """Put the places where the bot finds them, and begin to note."""
        database = await open_database(self.process.url, now=0, migrate=False, alone=False)
        try:
            await database.run(lambda tx: places.put(tx, _places(NAMES)))
        finally:
            await database.close()
        sql = "SELECT id, path, name, has_council FROM places WHERE kind IN ('county', 'neighborhood')"
        for number, path, name, council in self.witness.rows(sql):
            parts = path.strip("/").split("/")
            written = "/".join((parts[0], parts[-1])) if len(parts) > 1 else parts[0]
            self.affairs.places[written], self.affairs.names[written] = number, name
            if not council:
                self.affairs.without_council.add(written)
        self.witness.install()

    # --- living -------------------------------------------------------------------------------------------------------

    def pending(self) -> int:
        return sum(len(messenger.updates) for messenger in self.sandbox.messengers.values())

    def step(self, most: int) -> None:
        """Let so many people go on, whoever chance names."""
        for _ in range(most):
            if self.pending() > MOST_PENDING:
                return
            self.chance.choice(self.people).goes_on()

    async def play(self) -> None:
        """Let them live until it is over (told by a word: a cancellation can be lost in a wait that ends just then)."""
        looked = 0.0
        behind = False
        while not self.over:
            if time.monotonic() - looked > 0.1:
                behind = self._is_behind()
                looked = time.monotonic()
            if not self.resting and not behind:
                self.step(10)
            await self.sandbox.pulse.wait(0.01)

    def _is_behind(self) -> bool:
        """Whether the bot has more to do than it can soon have done: photos are not waited for by messages for ever."""
        inbox = self.witness.one("SELECT count(*) FROM inbox WHERE state = 'waiting'")
        outbox = self.witness.one("SELECT count(*) FROM outbox WHERE state = 'waiting'")
        media = self.witness.one("SELECT count(*) FROM media WHERE state = 'wanted'")
        return bool(inbox > MOST_WAITING or outbox > MOST_UNSENT or media > MOST_WANTED)

    async def begins(self) -> None:
        """Until the first have joined: before that there is nothing to be torn apart."""
        until = time.monotonic() + ARRIVING_S
        while not all(self.affairs.joined.get(place) for place in (FIRST, SECOND)):
            assert time.monotonic() < until, self.waiting()
            await self.sandbox.pulse.wait(0.05)

    def burst(self, count: int) -> None:
        """Many ask something short at once: they make a batch long."""
        askers = [person for person in self.people if person.who in self.ledger.asked]
        for n in range(count if askers else 0):
            person = askers[n % len(askers)]
            person.says("/numbers")
            self.ledger.asked[person.who] += 1

    def waiting(self) -> list[str]:
        """Who is in the middle of a story, and what for."""
        return [f"{person.platform} {person.id}: {person.waits}" for person in self.people if person.waits]

    async def close(self, seconds: float) -> list[str]:
        """Let every story come to its end and everything be sent. What is still open after so many seconds."""
        self.affairs.closing = True
        until = time.monotonic() + seconds
        while not all(person.done for person in self.people):
            if time.monotonic() > until:
                return [f"still waits: {one}" for one in self.waiting()] or ["somebody never comes to an end"]
            await self.sandbox.pulse.wait(0.05)
        while left := self._left():
            if time.monotonic() > until:
                return left
            await self.sandbox.pulse.wait(0.05)
        return []

    def _left(self) -> list[str]:
        """What is not received, done or sent yet."""
        inbox = self.witness.one("SELECT count(*) FROM inbox WHERE state = 'waiting'")
        outbox = self.witness.one("SELECT count(*) FROM outbox WHERE state IN ('waiting', 'held')")
        broadcasts = self.witness.one("SELECT count(*) FROM broadcasts WHERE ended IS NULL AND state <> 'paused'")
        media = self.witness.one("SELECT count(*) FROM media WHERE state = 'wanted'")
        named = {"received": self.pending(), "in the inbox": inbox, "in the outbox": outbox, "broadcasts": broadcasts}
        return [f"left {what}: {n}" for what, n in (named | {"to be fetched": media}).items() if n]


@contextlib.asynccontextmanager
async def make_town(folder: Path, url: str, seed: int) -> AsyncIterator[Town]:
    """A sandbox and the program to be killed, on an empty database; neither is started with people yet."""
    begun = time.time()
    sandbox = Sandbox(TOKENS, None, lambda: MORNING.timestamp() + time.time() - begun)
    for messenger in sandbox.messengers.values():
        messenger.calls = deque()  # of a long run every call is looked at in the end
    await sandbox.start()
    process = Process(
        folder,
        url,
        sandbox,
        program=("-m", "tests.torture.life"),
        extra={SHIFT: str(MORNING.timestamp() - begun), "PGAPPNAME": BOT_NAME},
        LIMITS__REPORTS_PER_DAY="1000",
        LOGS__LEVEL="info",
    )
    witness = Witness(url)
    try:
        yield Town(sandbox, process, witness, seed, folder)
    finally:
        await process.gone()
        witness.close()
        await sandbox.stop()


@contextlib.asynccontextmanager
async def living(town: Town) -> AsyncIterator[None]:
    """People at their screens."""
    task = asyncio.create_task(town.play())
    try:
        yield
    finally:
        town.over = True
        await task
