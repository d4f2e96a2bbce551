"""Does what falls due: looks at the job rows, runs each in a transaction of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from typing import TypeAlias

import structlog

from bot.clock import Clock
from bot.database import Database
from bot.writer import Writer
from domain.weekly import next_time
from handlers.talk import Notice, Told, Town, Work
from storage import inbox, jobs, news, outbox, waits
from storage.jobs import Job
from storage.tx import BadStatement, DatabaseError, Tx

log = structlog.get_logger()

#: Seconds between two looks.
LOOK_S = 1
#: Seconds until a failed job is tried again, doubled each time up to a day.
AGAIN_S, LONGEST_S = 30, 86400

#: Seconds that a job working outside is held before another may take it up.
HOLD_S = 300

Outside: TypeAlias = Callable[[dict[str, int]], Awaitable[None]]
Does: TypeAlias = Callable[[Work, dict[str, int]], Iterable[Told]]


#: Seconds between two sweeps, and days that what was sent or refused is remembered: a card may be edited that long.
#: Where a case's photos and voices are to be seen is remembered until every case with one has had its time.
SWEEP_S, SENT_DAYS, SHOWN_DAYS = 6 * 3600, 30, 400


def sweep(inbox_days: int) -> Does:
    """The job that drops what is no longer needed: keys of received updates, rows of what was sent."""

    def swept(work: Work, _: dict[str, int]) -> list[Notice]:
        inbox.forget_keys(work.tx, work.seconds - inbox_days * 86400)
        outbox.sweep(work.tx, work.seconds - SENT_DAYS * 86400, work.seconds - SHOWN_DAYS * 86400)
        news.forget(work.tx, work.seconds - news.WEEK_S)
        jobs.put(work.tx, "sweep", "sweep", work.seconds + SWEEP_S)
        return []

    return swept


def plan(tx: Tx, town: Town, now: datetime) -> None:
    """Set what comes again and again: the sweep, the digest of the week, the end of what is not kept for ever."""
    seconds = int(now.timestamp())
    digest = next_time(now, town.digest_weekday, town.digest_hour)
    # The database is ours alone. A photo that was being fetched when we were killed is waited for by messages that go
    # without it in the end: it must not stay held.
    jobs.let_go(tx)
    jobs.put(tx, "sweep", "sweep", seconds)
    jobs.plan(tx, "digest", "digest", int(digest.timestamp()), seconds)
    jobs.plan(tx, "retention", "retention", seconds, seconds)


class Jobs:
    """The clock that looks. Any number of processes may look; the row's lock lets one act."""

    def __init__(
        self,
        database: Database,
        kinds: Mapping[str, Does],
        town: Town,
        writer: Writer,
        clock: Clock,
        *,
        wrote: Callable[[], None],
    ) -> None:
        self._database, self._kinds, self._town, self._writer, self._clock = database, kinds, town, writer, clock
        self._wrote = wrote
        self._looking = asyncio.Lock()
        self._over = False
        #: Jobs that work outside a transaction (the network, files): by kind, with the job's ids.
        self.outside: dict[str, Outside] = {}
        self._at: Job | None = None
        self._set_back = 0.0  # seconds that the wall clock was set back and nothing was made of yet

    async def run(self) -> None:
        """Look every second until cancelled; a look that is going on is finished first."""
        while True:
            await self._clock.wait(LOOK_S)
            await self.look()

    async def settle(self) -> None:
        """Return when no look is going on, and let no further one begin."""
        self._over = True
        async with self._looking:
            return

    async def look(self) -> None:
        """Do everything that is due now. One that fails waits and lets the others pass."""
        async with self._looking:
            if self._over:
                return
            try:
                await self._right_the_waits()
                while await self._next():
                    pass
            except DatabaseError as error:
                log.error("jobs not done", error=type(error).__name__, do="look at the disk and the database server")
                return
        self._wrote()

    async def _right_the_waits(self) -> None:
        """When the wall clock was set back: what was to wait for seconds must not wait for an hour."""
        if back := self._clock.notice():
            log.warning("clock set back", seconds=round(back), do="look at the time service of this machine (NTP)")
            self._set_back += back
        if by := int(self._set_back):
            await self._database.run(lambda tx: waits.set_back(tx, self._clock.seconds(), by))
            self._set_back = 0.0

    async def _next(self) -> bool:
        if self.outside and (job := await self._database.run(self._lent)) is not None:
            await self._do_outside(job)
            return True
        try:
            return await self._database.run(self._one)
        except BadStatement as error:
            # The transaction is lost with the job that broke a rule; noted in another one, so that the rest pass.
            job, bad = self._at, error
            if job is None:
                raise
            await self._database.run(lambda tx: self._failed(tx, job, self._clock.seconds(), bad))
            return True

    def _lent(self, tx: Tx) -> Job | None:
        """The next job, if it works outside; held for it so that nobody else takes it meanwhile."""
        now = self._clock.seconds()
        job = jobs.take(tx, now)
        if job is None or job.kind not in self.outside:
            return None
        jobs.hold(tx, job, now + HOLD_S)
        return job

    async def _do_outside(self, job: Job) -> None:
        try:
            await self.outside[job.kind](job.args)
        except DatabaseError:
            raise
        except Exception as error:
            failed = error
            await self._database.run(lambda tx: self._failed(tx, job, self._clock.seconds(), failed))
        else:
            await self._database.run(lambda tx: jobs.done(tx, job, self._clock.seconds()))

    def _one(self, tx: Tx) -> bool:
        now = self._clock.now()
        seconds = int(now.timestamp())
        self._at = None
        job = self._at = jobs.take(tx, seconds)
        if job is None:
            return False
        if job.kind in self.outside:
            return True  # it was set since we looked for those: it is lent out next, and has not failed
        tx.mark()
        try:
            if job.kind not in self._kinds:
                raise LookupError(job.kind)
            # Noted first: a job may set itself anew, even for this very moment.
            jobs.done(tx, job, seconds)
            for say in self._kinds[job.kind](Work(tx, now, self._town), job.args):
                self._writer.unasked(tx, say, seconds)
        except DatabaseError:
            raise
        except Exception as error:
            tx.undo()
            self._failed(tx, job, seconds, error)
        tx.keep()
        return True

    def _failed(self, tx: Tx, job: Job, now: int, error: Exception) -> None:
        pause = min(AGAIN_S * 2**job.tries, LONGEST_S)
        log.error("job failed", kind=job.kind, job=job.id, tries=job.tries + 1, exc_info=error)
        jobs.failed(tx, job, now + pause)
