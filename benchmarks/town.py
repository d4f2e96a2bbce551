"""Made-up towns for the bench, built through the storage's own functions: the same ones each time."""

from __future__ import annotations

import asyncio
import csv
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from bot.database import open_database
from domain.cases import Kind, Move, Reason
from domain.meetings import Answer
from domain.meetings import Kind as Meets
from domain.permissions import Role
from domain.persian import search_key, sort_key
from storage import cases, jobs, meetings, people, places, rsvps, talks
from storage.places import NewPlace
from storage.talks import Conversation
from storage.tx import Tx

RESIDENTS, CASES, NEIGHBORHOODS = 1000, 10_000, 20
CROWD, ASKING = 100_000, 200
#: The users' numbers: residents, those who ask during the broadcast, coordinators, the officer.
RESIDENT, ASKER, COORDINATOR, OFFICER = 1_000_000, 2_000_000, 3_000_000, 4_000_000
#: Seconds from the start of the bench until the reminder of a meeting is due.
DUE_S = 10
#: The number of every open question, and of the message whose button is pressed.
SERIAL, MESSAGE = 7, 900
_WORDS = Path(__file__).parent.parent / "bot" / "data" / "categories.csv"


def morning(now: datetime) -> timedelta:
    """How long it is until the next ten o'clock in Tehran: at night notices would wait, and turns cost less."""
    at = now.replace(hour=6, minute=30, second=0, microsecond=0)
    return (at if at > now else at + timedelta(days=1)) - now


@dataclass
class Maker:
    """What everything is made with. `now` is before the morning on which the bench takes place."""

    tx: Tx
    random: Random
    now: int
    bot: int

    def place(self, kind: str, path: str) -> int:
        parts = path.strip("/").split("/")
        parent = "/" if len(parts) == 1 else f"/{'/'.join(parts[:-1])}/"
        name = " ".join(word for word in self.words(2))
        council = kind == "neighborhood"
        keys = sort_key(name), search_key(name)
        places.put(self.tx, [NewPlace(kind, parts[-1], path, parent, name, *keys, has_council=council)])
        row = self.tx.one("SELECT id FROM places WHERE path = :path", path=path)
        return int(row["id"]) if row else 0

    def person(self, user: int, role: Role, place: int) -> tuple[int, int]:
        """The numbers of the account and the person."""
        lane = people.lane_id(self.tx, self.bot, user)
        account, person = people.arrive(self.tx, bot=self.bot, user=user, lane=lane, language="fa", now=self.now)
        people.consent(self.tx, person.id, 1, self.now)
        people.grant(self.tx, person.id, role, place, self.now)
        return account.id, person.id

    def words(self, most: int) -> list[str]:
        return self.random.choices(_vocabulary(), k=most)

    def code(self) -> str:
        return f"{self.random.randrange(10**8):08d}"

    def case(self, person: int, place: int, path: str) -> None:
        """One case, somewhat old; four in ten were decided. None so old that it is erased in the midst of the bench."""
        made = self.now - self.random.randrange(2, 25) * 86400
        case = cases.submit(
            self.tx,
            kind=Kind.PROBLEM,
            place=place,
            path=path,
            person=person,
            text=" ".join(self.words(self.random.randrange(5, 20))),
            where=" ".join(self.words(3)),
            category="roads",
            due=made + 3 * 86400,
            now=made,
            new_code=self.code,
        )
        lot, later = self.random.random(), made + 86400
        if lot < 0.3:
            cases.move(self.tx, case, Move.ACCEPT, actor=person, now=later, due=later + 20 * 86400)
            cases.say(self.tx, case.id, person, "next_step", " ".join(self.words(8)), later)
        elif lot < 0.4:
            cases.move(self.tx, case, Move.REJECT, actor=person, now=later, reason=Reason.NOT_FEASIBLE)

    def open(self, account: int, talk: str, step: str, draft: dict[str, object]) -> None:
        """A conversation in the middle of which the bench finds somebody."""
        here = Conversation(0, account, talk, step, draft, serial=SERIAL)
        talks.save(self.tx, here, self.now)


def _vocabulary() -> list[str]:
    with _WORDS.open(encoding="utf-8-sig", newline="") as file:
        return [word for row in csv.DictReader(file) for word in row["words"].split()]


def neighborhood(maker: Maker, *, drafts: bool = False, bots: Sequence[int]) -> None:
    """A county with its residents and their cases; with `drafts`, everybody has a report ready to be confirmed.

    `bots`: who the residents write to, in turns.
    """
    maker.place("county", "/county/")
    maker.place("settlement", "/county/city/")
    paths = [f"/county/city/n{n}/" for n in range(NEIGHBORHOODS)]
    numbers = [maker.place("neighborhood", path) for path in paths]
    for n, number in enumerate(numbers):
        maker.person(COORDINATOR + n, Role.COORDINATOR, number)
    made = []
    for n in range(RESIDENTS):
        maker.bot = bots[n % len(bots)]
        made.append(maker.person(RESIDENT + n, Role.RESIDENT, numbers[n % NEIGHBORHOODS]))
    for n in range(CASES):
        # Three for everybody first, then as chance has it.
        resident = n % RESIDENTS if n < 3 * RESIDENTS else maker.random.randrange(RESIDENTS)
        maker.case(made[resident][1], numbers[resident % NEIGHBORHOODS], paths[resident % NEIGHBORHOODS])
    for account, _ in made if drafts else ():
        draft: dict[str, object] = {
            "text": " ".join(maker.words(12)),
            "where": " ".join(maker.words(3)),
            "category": "roads",
        }
        maker.open(account, "report", "review", draft)


def crowd(maker: Maker, size: int) -> None:
    """A county of `size` residents with an officer about to write to all of them, and another one where people ask."""
    county = maker.place("county", "/county/")
    maker.place("settlement", "/county/city/")
    numbers = [maker.place("neighborhood", f"/county/city/n{n}/") for n in range(NEIGHBORHOODS)]
    for n in range(size):
        maker.person(RESIDENT + n, Role.RESIDENT, numbers[n % NEIGHBORHOODS])
    account, _ = maker.person(OFFICER, Role.COUNTY_OFFICER, county)
    draft = {"place": county, "who": "residents", "words": " ".join(maker.words(30))}
    maker.open(account, "broadcast", "confirm", draft)
    _asking(maker)


def _asking(maker: Maker) -> None:
    """People of another place, who ask for their cases meanwhile."""
    maker.place("county", "/other/")
    maker.place("settlement", "/other/city/")
    other = maker.place("neighborhood", "/other/city/n/")
    for n in range(ASKING):
        _, person = maker.person(ASKER + n, Role.RESIDENT, other)
        for _ in range(3):
            maker.case(person, other, "/other/city/n/")


def _neighborhood_of(maker: Maker, size: int) -> tuple[int, int, int]:
    """One with so many residents; its number, and the account and the person of its coordinator."""
    maker.place("county", "/county/")
    maker.place("settlement", "/county/city/")
    place = maker.place("neighborhood", "/county/city/n0/")
    for n in range(size):
        maker.person(RESIDENT + n, Role.RESIDENT, place)
    return place, *maker.person(COORDINATOR, Role.COORDINATOR, place)


def reminded(maker: Maker, size: int) -> None:
    """A neighbourhood of `size` residents before a public meeting, of whom one in five has answered. They are reminded
    of it `DUE_S` after the morning of the bench begins."""
    place, _, person = _neighborhood_of(maker, size)
    due = maker.now + 86_400 + DUE_S
    meeting = meetings.create(
        maker.tx,
        place=place,
        kind=Meets.PUBLIC,
        starts=due + 2 * 86_400,
        venue="mosque",
        code="BENCH",
        author=person,
        now=maker.now,
    )
    row = maker.tx.one("SELECT min(id) AS least FROM persons")
    first = int(row["least"]) if row else 0
    for n in range(0, size, 5):
        rsvps.answer(maker.tx, meeting.id, first + n, (Answer.YES, Answer.MAYBE, Answer.NO)[n % 3], maker.now)
    ids = {"meeting": meeting.id, "revision": 0, "last": 0}
    jobs.put(maker.tx, "meeting-remind", "remind:1:0", due, ids, expires=meeting.starts)
    _asking(maker)


def invited(maker: Maker, size: int) -> None:
    """A neighbourhood of `size` residents, and its coordinator about to call a public meeting in ten days."""
    place, account, _ = _neighborhood_of(maker, size)
    day = (datetime.fromtimestamp(maker.now, UTC) + timedelta(days=10)).date()
    draft: dict[str, object] = {"place": place, "kind": "public", "items": [], "repeats": "", "label": ""}
    draft |= {"venue": "mosque", "lat": None, "lon": None, "day": day.isoformat(), "clock": "17:00"}
    maker.open(account, "meeting", "review", draft)
    _asking(maker)


async def make_one(path: Path, build: Callable[[Maker], None]) -> None:
    now = datetime.now(UTC)
    seconds = int((now + morning(now)).timestamp()) - 86400
    database = await open_database(f"sqlite:///{path}", now=seconds)

    def make(tx: Tx) -> None:
        build(Maker(tx, Random(7), seconds, people.bot_id(tx, "telegram", 1, "bench_bot")))

    try:
        await database.run(make)
    finally:
        await database.close()


def make(folder: Path, crowd_size: int = CROWD) -> None:
    """Make in the folder, each as NAME.db: read, write, both (every second resident is on Bale), crowd, invited and
    reminded."""
    builds: dict[str, Callable[[Maker], None]] = {
        "read": lambda maker: neighborhood(maker, bots=[maker.bot]),
        "write": lambda maker: neighborhood(maker, drafts=True, bots=[maker.bot]),
        "both": lambda maker: neighborhood(maker, bots=[maker.bot, people.bot_id(maker.tx, "bale", 1, "bench_bot")]),
        "crowd": lambda maker: crowd(maker, crowd_size),
        "invited": lambda maker: invited(maker, crowd_size),
        "reminded": lambda maker: reminded(maker, crowd_size),
    }
    for name, build in builds.items():
        asyncio.run(make_one(folder / f"{name}.db", build))


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
