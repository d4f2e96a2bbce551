"""Somebody with an account on each messenger: how they connect them, and how they are told."""

from __future__ import annotations

import re
from typing import Any

from handlers.talk import Notice, Reply
from storage import people
from storage.audience import Unasked
from tests.sentences import said
from tests.town import Person, Town

TELEGRAM, BALE = said("messenger-name", where="telegram"), said("messenger-name", where="bale")
NAMES = {"telegram": TELEGRAM, "bale": BALE}
HOUR, DAY = 3600, 86400
REPORT = "چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است"


def other(person: Person) -> str:
    """The name of the messenger that somebody is not on."""
    return NAMES["bale" if person.platform == "telegram" else "telegram"]


async def asks(person: Person) -> tuple[str, str]:
    """Asks to be connected; the code and what the link carries."""
    await person.says("/link")
    told = next(text for text in reversed(person.heard) if re.search(r"^\d{8}$", text, re.MULTILINE | re.ASCII))
    code = re.search(r"^(\d{8})$", told, re.MULTILINE | re.ASCII)
    token = re.search(r"start=(link_[0-9a-f]{32})", told)
    assert code is not None
    assert token is not None
    return code[1], token[1]


async def connects(one: Person, two: Person) -> None:
    code, _ = await asks(one)
    await two.says(f"/link {code}")
    await two.presses("حساب خودم است")
    await one.presses("بله، من بودم")


async def connects_and_writes(one: Person, two: Person) -> None:
    """The same, and the first of both is the one that was used last."""
    await connects(one, two)
    await one.town.passes(1)
    await one.says("/menu")


async def persons(town: Town, *who: Person) -> list[int | None]:
    return [await town.run(lambda tx, one=one: people.find_account(tx, one.platform, one.id)) for one in who]


async def is_one(town: Town, *who: Person) -> bool:
    return len(set(await persons(town, *who))) == 1


async def rows(town: Town, sql: str, **values: Any) -> list[Any]:
    return await town.run(lambda tx: tx.all(sql, **values))


async def tells(town: Town, person: Person, why: Unasked = Unasked.DUTY) -> None:
    """Tell somebody something unasked."""
    (who,) = await persons(town, person)
    notice = Notice(who or 0, Reply("forget-done"), why)
    await town.run(lambda tx: town.app.writer.notice(tx, notice, town.clock.seconds()))
    for sender in town.app.senders.values():
        sender.wake()


def told(*who: Person) -> list[int]:
    """How often each was told."""
    return [person.heard.count(said("forget-done")) for person in who]
