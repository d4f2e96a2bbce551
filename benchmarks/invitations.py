"""`python -m benchmarks.invitations [PEOPLE]`: a meeting is called and then moved, for a hundred thousand people and
with the bot killed twice in each: who was left out, and who heard twice without need."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks import town
from benchmarks.processes import HOUSE, Peer, Running, StubProcess, stub
from domain.jalali import compact_date

TOKEN = "1:invitations"  # noqa: S105 - a stand-in's
#: At which shares of the messages, and of their changes, the bot is killed.
KILLS = (1 / 3, 2 / 3)
#: Seconds until it is given up.
LONGEST_S = 1800
SENT, CHANGED = 0, 1
_MARKS = ("broadcast:1", "correction:1")
_UNDER_WAY = (
    "SELECT 1 FROM broadcasts WHERE ended IS NULL",
    "SELECT 1 FROM broadcasts WHERE ended IS NULL UNION ALL SELECT 1 FROM corrections WHERE ended IS NULL",
)


@dataclass
class Phase:
    """What came of one round of messages (`what`: sent or changed). `seconds` include the starts after each kill."""

    what: int
    seconds: float = 0.0
    #: At each kill: chats that had got theirs, which the bot had not yet noted.
    in_flight: list[set[int]] = field(default_factory=list)
    left_out: int = 0
    #: Chats that got theirs more often than once, and of these the ones that were in flight at no kill.
    repeated: int = 0
    needless: int = 0

    def line(self) -> str:
        """The figures in one line."""
        flying = ", ".join(str(len(found)) for found in self.in_flight)
        return (
            f"{('invitations', 'changes')[self.what]}: {self.seconds:.0f} s, left out {self.left_out}, "
            f"repeated {self.repeated} (in flight at the kills: {flying}), repeated without need {self.needless}"
        )


class Proof:
    """One run in a folder of its own."""

    def __init__(self, folder: Path, messenger: StubProcess, people: int) -> None:
        self.database, self.people = folder / "town.db", people
        self._folder, self._messenger = folder, messenger
        words = [sys.executable, "-m", "benchmarks.ours"]
        self._peer = Peer("mahalleyar", lambda address, token: [*words, address, token, str(self.database)])
        messenger.ask("chats", TOKEN)
        self.bot = self._start()

    def _start(self) -> Running:
        return Running(self._peer, self._messenger, TOKEN, self._folder / "log.txt")

    def says(self, *updates: str) -> None:
        """The coordinator writes or presses, each after the answer to the one before."""
        for said in updates:
            pressed = [town.MESSAGE] if said[1:2] == ":" else []
            found, _ = self.bot.run([[town.COORDINATOR, said, *pressed]])
            if found["unanswered"]:
                raise SystemExit(f"no answer to {said!r}: the log is in {self._folder}")

    def serial(self, talk: str, step: str) -> int:
        """The number of the coordinator's open question, once it is this one: an organiser's card that is brought up
        to date looks like an answer too."""
        asked = "SELECT serial FROM talks WHERE talk = ? AND step = ?"
        self._until(lambda: bool(self.rows(asked, talk, step)))
        return self.rows(asked, talk, step)[0][0]

    def follow(self, what: int) -> Phase:
        """Kill the bot at its shares, and go on until everything is over; then look at what everybody got."""
        phase = Phase(what)
        begin = time.monotonic()
        for share in KILLS:
            # In any case later than at the start: the bot is in the middle of it.
            least = max(share * self.people, self._reached(what) + 1)
            self._until(lambda least=least: self._reached(what) >= least)  # type: ignore[misc]
            self.bot.kill()
            phase.in_flight.append(self._in_flight(what))
            self.bot = self._start()
        self._until(lambda: not self.rows(_UNDER_WAY[what]))
        phase.seconds = time.monotonic() - begin
        got = {chat: counted[what] for chat, counted in self._chats().items() if chat != town.COORDINATOR}
        phase.left_out = sum(not got.get(town.RESIDENT + n) for n in range(self.people))
        repeated = {chat: n for chat, n in got.items() if n > 1}
        phase.repeated = len(repeated)
        phase.needless = sum(n - 1 > sum(chat in found for found in phase.in_flight) for chat, n in repeated.items())
        return phase

    def _until(self, over: Callable[[], bool]) -> None:
        end = time.monotonic() + LONGEST_S
        while not over():
            if time.monotonic() > end:
                raise SystemExit(f"not over after {LONGEST_S} s: the log is in {self._folder}")
            time.sleep(0.05)

    def _chats(self) -> dict[int, list[int]]:
        return dict(self._messenger.ask("chats", TOKEN)["chats"])

    def _reached(self, what: int) -> int:
        return int(self._messenger.ask("reached", TOKEN)["reached"][what])

    def _in_flight(self, what: int) -> set[int]:
        """Who has theirs, though the database does not know it."""
        noted = self.rows(
            "SELECT l.chat FROM outbox o JOIN lanes l ON l.id = o.lane WHERE o.about = ? AND o.state = 'sent'",
            _MARKS[what],
        )
        got = {chat for chat, counted in self._chats().items() if counted[what]} - {town.COORDINATOR}
        return got - {row[0] for row in noted}

    def rows(self, sql: str, *values: object) -> list[tuple[int, ...]]:
        """What the database holds."""
        line = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
        try:
            return line.execute(sql, values).fetchall()
        finally:
            line.close()


def run(folder: Path, people: int) -> list[Phase]:
    """Both rounds, in a folder that is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    asyncio.run(town.make_one(folder / "town.db", lambda maker: town.invited(maker, people)))
    with stub() as messenger:
        proof = Proof(folder, messenger, people)
        try:
            proof.says(f"c:{town.SERIAL}:announce")
            phases = [proof.follow(SENT)]
            ((starts,),) = proof.rows("SELECT starts FROM meetings")
            later = datetime.fromtimestamp(starts, UTC) + timedelta(days=1)
            proof.says("a:rearrange.time:1", f"{compact_date(later)} 10:00", "the mosque is closed that day")
            proof.says(f"c:{proof.serial('rearrange', 'confirm')}:go")
            return [*phases, proof.follow(CHANGED)]
        finally:
            proof.bot.stop()


def main() -> int:
    """The exit status: 1 when anybody was left out or heard twice without need."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else town.CROWD
    phases = run(HOUSE / ".cache" / "bench" / "invitations", people)
    for phase in phases:
        print(phase.line())
    return int(any(phase.left_out or phase.needless for phase in phases))


if __name__ == "__main__":
    sys.exit(main())
