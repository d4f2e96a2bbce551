"""Sends what is written: in order per chat and class, paced, each row until its fate is known."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine

import structlog

from bot.api_errors import BotApiError, Conflict, Gone, Revoked, Unreachable, Wait, advice
from bot.clock import Clock
from bot.database import Database
from bot.delivery import Coming, Delivery, Nothing, Unchanged
from bot.fates import Arrived, Fate, Settle, stopped, write_down
from bot.limiter import Limiter
from bot.messenger import Messenger
from bot.platforms.base import Call
from bot.store import Store
from storage import outbox
from storage.outbox import Outgoing
from storage.tx import DatabaseError, Tx

log = structlog.get_logger()

#: Rows read at once at most, and requests in the air when the rate is not limited.
BUFFER = 256
MOST_IN_AIR = 128
#: Seconds from one try in a chat to the next after a network failure, doubled each time up to the last; and after a
#: revoked token. Less than half a minute, so that we are well again by then.
FIRST_PAUSE_S, LONGEST_PAUSE_S, REVOKED_S = 0.5, 25.0, 25.0
#: Network failures in so many chats without a success between them, and the whole messenger waits. One chat alone says
#: nothing: its message may be at fault.
ALL_DOWN = 3
#: How often, and with how many seconds between, a row waits for a photo to be fetched from the other messenger.
FETCH_TRIES, FETCH_PAUSE_S = 15, 2


class Sender:
    """Sends one messenger's rows. A row's fate is committed before its chat's next row leaves, so that a kill repeats
    at most one message per chat: the one in the air."""

    def __init__(self, messenger: Messenger, database: Database, clock: Clock, store: Store) -> None:
        self._messenger, self._database, self._clock = messenger, database, clock
        self._delivery = Delivery(messenger, database, clock, store)
        self._limiter = Limiter(
            clock, per_second=messenger.per_second, per_chat=messenger.per_chat, burst=messenger.burst
        )
        self._wake = asyncio.Event()
        self._stale = True
        self._rows: list[Outgoing] = []
        # Of what was read last: chats that were left out, whether it was only a part; and when something else is due.
        self._skipped: set[int] = set()
        self._most, self._more = BUFFER, False
        self._due: int | None = None
        self._busy: set[int] = set()  # lanes with a row in the air or not yet settled
        self._tasks: set[asyncio.Task[None]] = set()
        self._fates: list[Fate] = []
        self._settling: asyncio.Task[None] | None = None
        self._failures: dict[int, int] = {}  # network failures in a row, per lane
        self._failed_lanes: set[int] = set()  # since the last success
        self._down = 0  # how often the whole messenger had to wait since then
        #: Called when something may go to somebody's other account instead, on another messenger.
        self.elsewhere: Callable[[], None] = lambda: None

    def wake(self) -> None:
        """There may be new rows."""
        self._stale = True
        self._wake.set()

    def answer(self, call: Call) -> None:
        """Give a button's answer at once, outside lanes and budget. It is worth nothing later and is never repeated."""
        self._spawn(self._answer(call))

    async def run(self) -> None:
        """Send until cancelled."""
        while True:
            self._wake.clear()
            try:
                pause = await self._pass()
            except DatabaseError as error:
                log.error(
                    "outbox unreadable", error=type(error).__name__, do="look at the disk and the database server"
                )
                self._stale, pause = True, 1.0
            with contextlib.suppress(TimeoutError):
                await self._wait(pause)

    async def close(self, seconds: float) -> None:
        """Let what is in the air arrive and write it down; give up after so many seconds."""
        end = asyncio.get_running_loop().time() + seconds
        while self._tasks:
            # A message that arrives starts another task, which writes it down.
            _, left = await asyncio.wait(self._tasks, timeout=max(0.0, end - asyncio.get_running_loop().time()))
            if left:
                for task in left:
                    task.cancel()
                await asyncio.gather(*left, return_exceptions=True)
                return

    # --- choosing ---------------------------------------------------------------------------------------------

    async def _pass(self) -> float | None:
        """Start what may go. How many seconds until something else may; None: only an event can tell."""
        now = self._clock.now().timestamp()
        if self._stale or (self._due is not None and self._due <= now):
            self._stale = False
            self._skipped = {*self._busy, *self._limiter.blocked()}
            # Not many more than may leave: what cannot would be read again the next time.
            self._most = min(BUFFER, 2 * (MOST_IN_AIR - len(self._busy)) + 16)
            self._rows, self._due = await self._database.read(self._look)
            self._more = len(self._rows) == self._most
        full = len(self._rows) == self._most
        pause = self._launch()
        if self._skipped and self._skipped - self._busy - {*self._limiter.blocked()}:
            self._stale = True  # a chat that was left out may go on since: nobody else would tell
            return 0.0
        if full and all(row.lane in self._busy for row in self._rows):
            self._stale = True  # there may be more behind these, for chats that are free
            return 0.0
        if pause is not None or self._rows:
            return pause
        return None if self._due is None else max(0.05, self._due - now)

    def _look(self, tx: Tx) -> tuple[list[Outgoing], int | None]:
        """What may go now; and when something else may, if that is all."""
        now = self._clock.seconds()
        rows = outbox.ready(tx, self._messenger.id, now, self._most, list(self._skipped))
        return rows, None if len(rows) == self._most else outbox.next_due(tx, self._messenger.id, now)

    def _launch(self) -> float | None:
        """Start the first row of every chat that may have one."""
        left: list[Outgoing] = []
        seen: set[int] = set()
        pauses: list[float] = []
        for n, row in enumerate(self._rows):
            if (pause := self._limiter.room()) > 0 or len(self._busy) >= MOST_IN_AIR:
                pauses.append(pause or 1.0)
                left += self._rows[n:]
                break
            if row.lane in self._busy or row.lane in seen:
                left.append(row)
                continue
            seen.add(row.lane)
            if (pause := self._limiter.room_in(row.lane)) > 0:
                pauses.append(pause)
                left.append(row)
                continue
            self._busy.add(row.lane)
            self._limiter.start()
            self._spawn(self._send(row))
        self._rows = left
        if blocked := self._limiter.blocked():
            # A chat that was skipped for its limit has rows that were not read: look again when it may go on.
            self._stale = True
            pauses += [self._limiter.room_in(lane) for lane in blocked]
        return min(pauses) if pauses else None

    async def _wait(self, pause: float | None) -> None:
        if pause is None:
            await self._wake.wait()
            return
        timer = asyncio.ensure_future(self._clock.wait(pause))
        event = asyncio.ensure_future(self._wake.wait())
        try:
            await asyncio.wait({timer, event}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            timer.cancel()
            event.cancel()

    # --- sending ----------------------------------------------------------------------------------------------

    async def _send(self, row: Outgoing) -> None:
        settle: Settle | None = None
        try:
            settle = await self._fate(row)
        finally:
            self._limiter.finish(row.lane)
            if settle is None:
                self._busy.discard(row.lane)
                self.wake()  # read anew: this row stands before what was read of its chat
        if settle is not None:
            self._fates.append(Fate(row, settle))
            self._settle_soon()

    async def _fate(self, row: Outgoing) -> Settle | None:
        """Send one row: what to write down about it, or None when it stays as it is and is tried again."""
        began = self._clock.monotonic()
        if row.expires is not None and row.expires <= self._clock.seconds():
            return lambda tx: outbox.lapse(tx, row.id)
        try:
            settle = await self._delivery.take(row)
        except Coming:
            # A photo still on its way from the other messenger. What it belongs to does not wait for ever.
            if row.tries >= FETCH_TRIES:
                return lambda tx: outbox.lapse(tx, row.id)
            again = self._clock.seconds() + FETCH_PAUSE_S
            return lambda tx: outbox.later(tx, row.id, again)
        except Nothing:
            return lambda tx: outbox.lapse(tx, row.id)
        except Unchanged:
            self._well(row.lane)
            return lambda tx: outbox.unchanged(tx, row.id)
        except Wait as error:
            self._limiter.refused(row.lane, error.seconds)
            what, name = advice(error), self._messenger.platform.name
            log.warning("asked to wait", messenger=name, seconds=error.seconds, do=what)
            self._messenger.sending = what
            return None
        except Gone:
            self._well(row.lane)
            return lambda tx: stopped(tx, row.lane)
        except (Unreachable, Revoked, Conflict) as error:
            self._unwell(row, error, self._clock.monotonic() - began)
            return None
        except BotApiError as error:
            self._well(row.lane)
            words = str(error)
            log.error("message refused", outbox=row.id, method=row.method, error=type(error).__name__)
            return lambda tx: outbox.park(tx, row.id, words)
        except Exception as error:
            # A bug of ours: the row would fail in the same way for ever and hold its chat.
            kind = type(error).__name__
            log.error("message cannot be sent", outbox=row.id, method=row.method, exc_info=error)
            return lambda tx: outbox.park(tx, row.id, kind)
        self._well(row.lane)
        return settle

    async def _answer(self, call: Call) -> None:
        # Too late or refused: the person has the message itself.
        with contextlib.suppress(BotApiError):
            await self._messenger.api.call(call.method, call.params)

    # --- settling ---------------------------------------------------------------------------------------------

    def _settle_soon(self) -> None:
        if self._settling is None or self._settling.done():
            self._settling = self._spawn(self._settle())

    async def _settle(self) -> None:
        """Write down what is known, all of it in one commit; on a failing database again until it takes it."""
        while self._fates:
            fates, self._fates = self._fates, []
            try:
                await self._database.run(lambda tx, fates=fates: write_down(tx, fates))  # type: ignore[misc]
            except DatabaseError as error:
                log.error(
                    "fates not written", error=type(error).__name__, do="look at the disk and the database server"
                )
                self._fates = fates + self._fates
                await self._clock.wait(1.0)
                continue
            for fate in fates:
                self._busy.discard(fate.row.lane)
                self._delivery.written_down(fate.settle)
            # Read anew only if there may be rows that were not read: mostly what follows in a chat is there already.
            self._stale = self._stale or self._more or any(self._reveals(fate) for fate in fates)
            self._wake.set()
            if not all(isinstance(fate.settle, Arrived) for fate in fates):
                self.elsewhere()

    def _reveals(self, fate: Fate) -> bool:
        """Whether rows may go now that could not when the rows were read."""
        return not isinstance(fate.settle, Arrived) or fate.row.shows or fate.row.lane in self._skipped

    def _spawn(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    # --- health -----------------------------------------------------------------------------------------------

    def _well(self, lane: int) -> None:
        self._failures.pop(lane, None)
        self._failed_lanes.clear()
        self._down = 0
        self._messenger.last_ok, self._messenger.sending = self._clock.seconds(), ""

    def _unwell(self, row: Outgoing, error: BotApiError, took: float) -> None:
        name = self._messenger.platform.name
        log.warning("send failed", messenger=name, error=type(error).__name__, do=advice(error))
        self._messenger.sending = advice(error)
        if not isinstance(error, Unreachable):
            self._limiter.hold_all(REVOKED_S)
            return
        failures = self._failures[row.lane] = self._failures.get(row.lane, 0) + 1
        self._limiter.hold(row.lane, _pause(failures, took))
        self._failed_lanes.add(row.lane)
        if len(self._failed_lanes) >= ALL_DOWN:
            self._failed_lanes.clear()
            self._down += 1
            self._limiter.hold_all(_pause(self._down, took))


def _pause(failures: int, took: float) -> float:
    """Seconds to wait after a try that took so long itself."""
    return max(FIRST_PAUSE_S, min(FIRST_PAUSE_S * 2.0 ** min(failures - 1, 16), LONGEST_PAUSE_S) - took)
