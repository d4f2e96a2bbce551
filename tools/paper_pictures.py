"""Takes the pictures of docs/pictures/ anew: papers of a made-up town (paper_pictures.toml), as the bot draws them."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import tomllib
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PIL import Image

from bot.papers import DRAFTS
from domain.actions import By, Move, Who, end_of_day
from domain.actions import Kind as Plan
from domain.meetings import Kind
from domain.papers import Paper
from domain.permissions import Role
from storage import actions, attendance, jobs, meetings, minutes, people, places
from storage.tx import Tx
from tests.papers import picture
from tests.town import Person, Town, make_town

ROOT = Path(__file__).resolve().parent.parent
TOWN = ROOT / "tools" / "paper_pictures.toml"
FOLDER = ROOT / "docs" / "pictures"
PLACE, CODE = "kerman/n1", "48271905"
#: Seconds until the papers are drawn, so that something is late.
LATER_S = 4 * 86_400
#: Pixels for each point of the paper, and shades: enough to read the smallest line, and small files.
SCALE, SHADES = 1.2, 24


def main() -> int:
    """The exit status."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    asyncio.run(_draw(tomllib.loads(TOWN.read_text("utf-8"))))
    return 0


async def _draw(given: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with make_town(Path(folder)) as town:
            person = await _furnished(town, given)
            number, place = await town.run(lambda tx: _called(tx, town, given))
            await town.run(lambda tx: _planned(tx, town, place, given["plans"]))
            held = await town.run(lambda tx: _held(tx, town, place, given["minutes"]))
            await town.passes(LATER_S)
            for paper in DRAFTS:
                about = {Paper.CHECK_IN: number, Paper.MINUTES: held}.get(paper, place)
                await town.run(partial(_wish, town=town, paper=paper, about=about))
                await town.passes(1)
                _keep(person, paper)


async def _furnished(town: Town, given: dict[str, Any]) -> Person:
    """A coordinator, residents' reports that were accepted, and the council's house."""
    person, resident = town.person("telegram", 1003), town.person("bale", 1001)
    await person.settles()
    await town.grant(person, Role.COORDINATOR, PLACE)
    await resident.settles()
    for words in given["reports"]:
        await resident.reports(words)
        for label in given["accept"]:
            await person.presses(label)
    sql = "UPDATE places SET house = :house, address = :address WHERE slug = 'n1'"
    await town.run(lambda tx: tx.run(sql, house=given["house"], address=given["address"]))
    return person


def _called(tx: Tx, town: Town, given: dict[str, Any]) -> tuple[int, int]:
    """A meeting that everybody may come to: its number and its place's."""
    place, meeting = places.written(tx, PLACE), given["meeting"]
    if place is None:
        raise LookupError(PLACE)
    now = town.clock.seconds()
    made = meetings.create(
        tx,
        place=place.id,
        kind=Kind(meeting["kind"]),
        starts=now + meeting["days"] * 86_400 + meeting["seconds"],
        venue=meeting["venue"],
        label=meeting["label"],
        code=CODE,
        author=None,
        now=now,
        agenda=[(words, None) for words in meeting["agenda"]],
    )
    return made.id, place.id


def _held(tx: Tx, town: Town, place: int, given: dict[str, Any]) -> int:
    """A council's meeting of the day before, with its minutes; its number."""
    now = town.clock.seconds()
    one = meetings.create(
        tx,
        place=place,
        kind=Kind.COUNCIL,
        starts=now - 86_400,
        venue=given["venue"],
        code="48271906",
        author=None,
        now=now,
        agenda=[(words, None) for words in given["agenda"]],
    )
    attendance.set_guests(tx, one.id, given["guests"])
    author = people.find_account(tx, "telegram", 1003) or 0
    minutes.publish(
        tx, one.id, author=author, present=given["present"], photos=[], everybody=False, now=now, council=5, quorum=4
    )
    _planned(tx, town, place, given["decisions"], one.id)
    return one.id


def _planned(
    tx: Tx, town: Town, place: int, plans: list[tuple[str, str, str, int, bool]], meeting: int | None = None
) -> None:
    now = town.clock.seconds()
    for what, who, name, days, done in plans:
        due = end_of_day(town.clock.now() + timedelta(days))
        made = actions.create(
            tx,
            place=place,
            kind=Plan.PROMISE if meeting is None else Plan.RESOLUTION,
            meeting=meeting,
            what=what,
            who_kind=Who(who),
            who_name=name,
            due=due,
            author=None,
            now=now,
        )
        if done:
            actions.move(tx, made, Move.KEEP, by=By.COUNCIL, actor=None, now=now)


def _wish(tx: Tx, town: Town, paper: Paper, about: int) -> None:
    person = people.find_account(tx, "telegram", 1003)
    ids = {"person": person or 0, "bot": next(iter(town.app.messengers)), "about": about}
    jobs.put(tx, f"paper-{paper.value}", f"picture:{paper.value}", town.clock.seconds(), ids)


def _keep(person: Person, paper: Paper) -> None:
    """The first page of the newest file that was sent, as a picture."""
    messenger = person.town.sandbox.messengers[person.platform]
    sent = [line["media"]["document"] for line in person.chat if line["kind"] == "document"]
    found = messenger.file(sent[-1]["file_id"])
    if found is None:
        raise LookupError(paper)
    shot = picture(messenger.file_content(found), scale=SCALE)
    file = FOLDER / f"{paper.value.replace('_', '-')}.png"
    shot.quantize(SHADES, dither=Image.Dither.NONE).save(file, optimize=True)
    sys.stdout.write(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1000} kB\n")


if __name__ == "__main__":
    raise SystemExit(main())
