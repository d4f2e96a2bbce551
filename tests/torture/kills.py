"""Kills the bot where it hurts: each kill has an aim, and notes what proves from outside that it struck there."""

from __future__ import annotations

import contextlib
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tests.torture import staff
from tests.torture.town import Town

#: Seconds after which an aim that nothing comes of becomes a kill at any moment.
AIMING_S = 4.0
#: How often so many ask at once, until a batch is met.
BURSTS = 4
#: Seconds within which nothing is left of a dead bot, however slow the machine.
PATIENCE_S = 60.0


class Aim(StrEnum):
    """Where a kill is to strike."""

    MIGRATION = "migration"  # inside the transaction of a migration
    BATCH = "open batch"  # inside the transaction of a batch of turns
    AIR = "send in the air"  # a message has left and the messenger has not answered
    ARRIVED = "arrived, not marked"  # a message is there, and nobody wrote it down
    BROADCAST = "broadcast"  # some of its readers have it, others not
    FETCH = "media fetch"  # a photo or voice is on its way home
    CONFIRM = "not confirmed"  # updates are committed, and the messenger does not know
    ANY = "any moment"


#: What the third of all kills must be made of.
INSIDE = frozenset(Aim) - {Aim.CONFIRM, Aim.ANY}
#: Of how many kills in a hundred each aim is.
SHARES = {
    Aim.BATCH: 14,
    Aim.AIR: 10,
    Aim.ARRIVED: 10,
    Aim.BROADCAST: 8,
    Aim.FETCH: 8,
    Aim.CONFIRM: 8,
    Aim.ANY: 42,
}


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: what it was aimed at, and whether it was proved to strike there."""

    aim: Aim
    proved: bool
    evidence: str = ""


@dataclass
class Killer:
    """Strikes at a town."""

    town: Town
    chance: random.Random
    kills: list[Kill] = field(default_factory=list)

    def proved(self) -> Counter[Aim]:
        return Counter(kill.aim for kill in self.kills if kill.proved)

    def inside(self) -> int:
        """How many kills struck inside something that must not be torn apart."""
        return sum(n for aim, n in self.proved().items() if aim in INSIDE)

    # --- while the database is made -----------------------------------------------------------------------------------

    async def in_migrations(self, count: int) -> None:
        """Kill so many starts inside a migration of the town's own, new database."""
        process, witness = self.town.process, self.town.witness
        tries = 0
        while sum(kill.aim is Aim.MIGRATION and kill.proved for kill in self.kills) < count:
            tries += 1
            assert tries < 6 * count + 12, "migrations are too fast to be met"
            await process.start()
            struck = await self._inside(lambda: witness.transaction_is_open(), seconds=20)
            await process.kill()
            step = witness.step()
            witness.close()
            if not struck and step:
                # It was through before we looked: once more, on a new database.
                _anew(witness.url, witness.path)
                continue
            self.kills.append(Kill(Aim.MIGRATION, struck, f"after step {step}"))
            await self._let_go()

    async def _inside(
        self, is_there: Callable[[], bool], seconds: float, hope: Callable[[], bool] = lambda: True
    ) -> bool:
        """Stop the bot again and again until it stands inside of something; it is left standing there.

        False when it comes to nothing in time, or as soon as there is no hope of it.
        """
        process, until = self.town.process, time.monotonic() + seconds
        while time.monotonic() < until and not process.is_over and hope():
            process.freeze()
            if is_there():
                return True
            process.thaw()
            if (
                any(messenger.poll_number for messenger in self.town.sandbox.messengers.values())
                and not self.town.lives
            ):
                return False
            await self.town.sandbox.pulse.wait(0.0005 + self.chance.random() * 0.003)
        return False

    async def _let_go(self) -> None:
        assert await self._seen(self.town.witness.is_let_go, PATIENCE_S, every=0.01), (
            "the database holds on to a dead bot"
        )

    # --- while people live --------------------------------------------------------------------------------------------

    def aims(self, count: int) -> list[Aim]:
        """So many aims, in an order of chance."""
        found: list[Aim] = []
        for aim, share in SHARES.items():
            found += [aim] * max(1, count * share // 100) if aim is not Aim.ANY else []
        found = (found + [Aim.ANY] * count)[:count]
        self.chance.shuffle(found)
        return found

    async def strike(self, aim: Aim) -> None:
        """Kill the bot, see what became of it, and start it again."""
        town = self.town
        strikes = {
            Aim.BATCH: self._batch,
            Aim.AIR: self._air,
            Aim.ARRIVED: self._arrived,
            Aim.BROADCAST: self._broadcast,
            Aim.FETCH: self._fetch,
            Aim.CONFIRM: self._confirm,
            Aim.ANY: self._any,
        }
        kill = await strikes[aim]()
        town.resting = False
        town.sandbox.clear_faults()
        await self._buried()
        await self._let_go()
        self.kills.append(kill)
        await self.revive()

    async def revive(self) -> None:
        """Start a new life, and wait until it listens."""
        town = self.town
        town.lives.append((town.sandbox.pulse.seq, town.witness.newest() if town.lives else 0))
        await town.process.up()

    async def _buried(self) -> None:
        """What the dead one had written to its connections still arrives, and counts as its own."""
        runner = self.town.sandbox._runner
        assert runner is not None
        assert runner.server is not None
        server = runner.server
        assert await self._seen(lambda: not server.connections, PATIENCE_S, every=0.005), (
            "a dead bot is still connected"
        )

    async def _any(self) -> Kill:
        moment = self.town.sandbox.pulse.seq + self.chance.randrange(1, 700)
        await self._seen(lambda: self.town.sandbox.pulse.seq >= moment, 2.0)
        await self.town.process.kill()
        return Kill(Aim.ANY, True)

    async def _batch(self) -> Kill:
        """With no message able to arrive and nothing coming in, the only long transaction is a batch of turns."""
        town, witness = self.town, self.town.witness
        for name in town.sandbox.messengers:
            for method in ("sendMessage", "editMessageText", "editMessageReplyMarkup", "sendPhoto", "sendVoice"):
                town.sandbox.fault(name, "stall", method=method)
        town.resting = True

        def waiting() -> int:
            return int(witness.one("SELECT count(*) FROM inbox WHERE state = 'waiting'"))

        def inside() -> bool:
            return not town.pending() and witness.transaction_is_open() and waiting() > 0

        struck, tries = False, 0
        while not struck and tries < BURSTS:
            tries += 1
            town.burst(60)
            struck = await self._inside(inside, AIMING_S, lambda: bool(town.pending() or waiting()))
        before = waiting()
        await town.process.kill()
        await self._let_go()
        after = waiting()
        return Kill(Aim.BATCH, struck and after >= before > 0, f"{after} turns waited")

    async def _air(self) -> Kill:
        """A message is held back on its way: sent, without an answer and without effect."""
        return await self._met(Aim.AIR, "stall")

    async def _arrived(self) -> Kill:
        """A message arrives, and the line is cut before the answer."""
        return await self._met(Aim.ARRIVED, "drop_after")

    async def _met(self, aim: Aim, trouble: str) -> Kill:
        """The next message of one messenger meets this, whoever it is for."""
        town, before = self.town, self.town.sandbox.pulse.seq
        name = self.chance.choice(sorted(town.sandbox.messengers))
        chats: list[int] = []

        def met() -> bool:
            happened = town.sandbox.pulse.after(before)
            chats[:] = [one["chat"] for one in happened if one["kind"] == "fault"]
            return bool(chats) and (aim is Aim.AIR or self._is_cut(name, before))

        town.sandbox.fault(name, trouble, method="sendMessage", times=1)
        seen = await self._seen(met, AIMING_S)
        await town.process.kill()
        waits = self._waiting_for(name, chats[0]) if seen else 0
        return Kill(aim, seen and waits > 0, f"{waits} rows waited for {name} {chats[:1]}")

    def _is_cut(self, name: str, after: int) -> bool:
        """Whether a message has arrived whose answer was cut off."""
        for call in reversed(self.town.sandbox.messengers[name].calls):
            if call.seq <= after:
                return False
            if call.description == "drop_after":
                return True
        return False

    def _waiting_for(self, platform: str, chat: int) -> int:
        return int(
            self.town.witness.one(
                "SELECT count(*) FROM outbox o JOIN lanes l ON l.id = o.lane JOIN bots b ON b.id = o.bot "
                "WHERE o.state = 'waiting' AND l.chat = ? AND b.platform = ?",
                chat,
                platform,
            )
        )

    async def _broadcast(self) -> Kill:
        """A broadcast is under way: one reader's copy is held up, so that it cannot be over."""
        town, witness = self.town, self.town.witness
        writer = self.chance.choice(
            town.affairs.coordinators[self.chance.choice(sorted(town.affairs.coordinators)[:2])]
        )
        place = next(place for place, them in town.affairs.coordinators.items() if writer in them)
        readers = sorted(town.affairs.joined.get(place, set()))
        before = witness.one("SELECT coalesce(max(id), 0) FROM broadcasts")
        if not readers:
            return await self._any()
        reader = self.chance.choice(readers)
        for method in ("sendMessage", "sendPhoto"):
            town.sandbox.fault(reader[0], "stall", method=method, chat=reader[1])
        writer.interrupt(staff.broadcasts(writer, town.affairs, place))

        def under_way() -> bool:
            sql = "SELECT state, count(*) FROM outbox WHERE about = (SELECT 'broadcast:' || max(id) FROM broadcasts "
            states = dict(witness.rows(sql + "WHERE id > ?) GROUP BY state", before))
            return bool(states.get("sent") and states.get("waiting"))

        seen = await self._seen(under_way, AIMING_S * 2, every=0.01)
        await town.process.kill()
        open_one = witness.one("SELECT count(*) FROM broadcasts WHERE ended IS NULL AND id > ?", before)
        return Kill(Aim.BROADCAST, seen and under_way() and open_one > 0, f"{open_one} broadcasts under way")

    async def _fetch(self) -> Kill:
        """A photo or a voice is being fetched, and does not come."""
        town, before = self.town, self.town.sandbox.pulse.seq
        method = self.chance.choice(("download", "download", "getFile"))
        for name in town.sandbox.messengers:
            town.sandbox.fault(name, "stall", method=method)

        def met() -> bool:
            return any(one["kind"] == "fault" for one in town.sandbox.pulse.after(before))

        seen = await self._seen(met, AIMING_S * 2)
        await town.process.kill()
        wanted = town.witness.one(
            "SELECT count(*) FROM media m JOIN jobs j ON j.key = 'media:' || m.id WHERE m.state = 'wanted' "
            "AND j.taken_until > 0"
        )
        return Kill(Aim.FETCH, seen and wanted > 0, f"{wanted} on their way, stalled at {method}")

    async def _confirm(self) -> Kill:
        """Updates were brought and committed; the poll that would confirm them is held up."""
        town, before = self.town, self.town.sandbox.pulse.seq
        name = self.chance.choice(sorted(town.sandbox.messengers))
        messenger = town.sandbox.messengers[name]
        brought = messenger.facts["delivered"]
        # Ordered in the moment in which a batch goes out: the next poll is the one that confirms it.
        until = time.monotonic() + AIMING_S
        while messenger.facts["delivered"] == brought and time.monotonic() < until:
            await town.sandbox.pulse.wait(0.05)
        town.sandbox.fault(name, "stall", method="getUpdates")

        def met() -> bool:
            return any(one["kind"] == "fault" for one in town.sandbox.pulse.after(before))

        await self._seen(met, 2)
        await town.process.kill()
        sql = "SELECT i.update_id FROM inbox i JOIN bots b ON b.id = i.bot WHERE b.platform = ? "
        kept = {row[0] for row in town.witness.rows(sql + "ORDER BY i.id DESC LIMIT 300", name)}
        twice = sum(number in kept for number in messenger.updates)
        return Kill(Aim.CONFIRM, twice > 0, f"{twice} updates will come again")

    async def _seen(self, wanted: Callable[[], bool], seconds: float, every: float = 0.05) -> bool:
        """Whether it comes to that in time."""
        until = time.monotonic() + seconds
        while not (found := wanted()) and time.monotonic() < until:
            await self.town.sandbox.pulse.wait(every)
        return found


def _anew(url: str, path: Path) -> None:
    """An empty database in place of one that is made already."""
    if url.startswith("sqlite"):
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            with contextlib.suppress(FileNotFoundError):
                path.with_name(name).unlink()
        return
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
