"""A neighbourhood that is asked: accepted cases, people who vote, and what they read."""

from __future__ import annotations

from typing import Any

from domain.cases import Kind, Move
from domain.permissions import Role
from storage import cases, people, places, public
from storage.tx import Tx
from tests.town import Person, Town
from tests.town_talks.many import crowd, staff

DAY, HOUR = 86_400, 3600
LAMP, ROAD, DOGS = "چراغ‌های کوچهٔ ۱۲ خاموش است", "آسفالت خیابان باهنر خراب است", "سگ‌های ولگرد کنار مدرسه"
QUESTION = "جشن نیمهٔ شعبان را کجا برگزار کنیم؟"
OPTIONS = ("پارک محله", "حیاط مسجد", "سالن مدرسه")


async def accepted(town: Town, title: str, *, people_too: int = 0, at: str = "kerman/n1") -> int:
    """A case that everybody there may read of, with so many who said the same; its number."""

    def make(tx: Tx) -> int:
        place = places.written(tx, at)
        assert place is not None
        now = town.clock.seconds()
        account = tx.one("SELECT min(person) AS person FROM accounts")
        assert account is not None
        row = tx.one("SELECT count(*) AS n FROM cases")
        code = iter(f"{40_000_000 + (row['n'] if row else 0)}" for _ in range(1))
        case = cases.submit(
            tx,
            kind=Kind.PROBLEM,
            place=place.id,
            path=place.path,
            person=account["person"],
            text=title,
            due=now + DAY,
            now=now,
            new_code=code.__next__,
        )
        case = cases.move(tx, case, Move.ACCEPT, actor=None, now=now, due=now + 7 * DAY)
        public.write(tx, case.id, title=title, lat=None, lon=None, now=now)
        joined = tx.all(
            "SELECT id FROM persons WHERE id <> :one ORDER BY id LIMIT :n", one=account["person"], n=people_too
        )
        for one in joined:
            cases.join(tx, case.id, one["id"], now)
        return case.id

    return await town.run(make)


async def three_cases(town: Town) -> None:
    await accepted(town, LAMP)
    await accepted(town, ROAD, people_too=2)
    await accepted(town, DOGS, people_too=1)


async def asks_what_first(town: Town, platform: str = "telegram") -> Person:
    """The coordinator who asked it; the question is on its way."""
    coordinator = await staff(town, Role.COORDINATOR, "kerman/n1", platform)
    await three_cases(town)
    await coordinator.says("/poll")
    await coordinator.presses("کدام زودتر؟")
    await coordinator.presses("فرستادن")
    await town.passes(2)
    return coordinator


async def writes_own(coordinator: Person, *, question: str = QUESTION, options: tuple[str, ...] = OPTIONS) -> None:
    await coordinator.says("/poll")
    await coordinator.presses("پرسش دیگر")
    await coordinator.says(question)
    await coordinator.says("\n".join(options))


async def residents(town: Town, n: int, *, platform: str = "telegram", first: int = 2001) -> list[Person]:
    await crowd(town, n, platform=platform, first=first)
    return [town.person(platform, number) for number in range(first, first + n)]


async def rows(town: Town, sql: str, **values: Any) -> list[Any]:
    return await town.run(lambda tx: tx.all(sql, **values))


async def number_of(town: Town, person: Person) -> int:
    found = await town.run(lambda tx: people.find_account(tx, person.platform, person.id))
    assert found is not None
    return found


async def votes(town: Town) -> dict[int, str]:
    return {row["person"]: row["choices"] for row in await rows(town, "SELECT person, choices FROM ballots")}
