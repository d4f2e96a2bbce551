"""The end of a poll: in time, before it or never; no trace of who voted; and what the council does with it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from domain.permissions import Role
from storage import people, personal
from storage.tx import Tx
from tests.sentences import said
from tests.storage.test_personal import columns
from tests.town import Person, Town
from tests.town_talks.many import staff
from tests.town_talks.polling import (
    DAY,
    DOGS,
    HOUR,
    LAMP,
    ROAD,
    asks_what_first,
    number_of,
    residents,
    rows,
    votes,
)

FIRST = "به نظر شما کدام مشکل باید زودتر پیگیری شود؟"
COUNCIL = "شورای پیشرفت محلهٔ شهر"
WHY = "این پیام برای اهالی محلهٔ شهر فرستاده شده است."


@pytest.fixture
def town(quiet_town: Town) -> Town:
    return quiet_town


async def closes(town: Town) -> None:
    """Eight days go by, and what came of it is told."""
    await town.passes(8 * DAY)
    await town.passes(5)


# --- in time ----------------------------------------------------------------------------------------------------------


async def test_voting_after_the_end_is_answered_and_shows_what_came_of_it(town: Town) -> None:
    one, two = await residents(town, 2)
    await asks_what_first(town)
    press = one.data_of(ROAD)
    await two.presses(DOGS)
    await closes(town)
    await one.forges(press)
    assert one.last == f"زمان رأی‌گیری «{FIRST}» تمام شده است و رأی شما ثبت نشد."
    assert await rows(town, "SELECT voters FROM polls") != []
    assert [row["voters"] for row in await rows(town, "SELECT voters FROM polls")] == [1]


async def test_a_vote_in_the_last_second_counts_and_one_after_it_does_not(town: Town) -> None:
    one, two = await residents(town, 2)
    await asks_what_first(town)
    (poll,) = await rows(town, "SELECT closes FROM polls")
    town.clock.move(poll["closes"] - town.clock.seconds())
    await one.presses(ROAD)
    assert len(await votes(town)) == 1
    town.clock.move(1)
    await two.presses(ROAD)  # nobody has looked at the clock yet
    assert two.last.startswith("زمان رأی‌گیری")
    await town.passes(0)
    assert [row["voters"] for row in await rows(town, "SELECT voters FROM polls")] == [1]


async def test_a_poll_that_ended_while_the_bot_was_away_is_closed_once(anywhere: Town) -> None:
    town = anywhere
    here = await residents(town, 2)
    coordinator = await asks_what_first(town)
    await here[0].presses(ROAD)
    town.clock.move(20 * DAY)
    await town.restart()
    for _ in range(3):
        await town.passes(5)
    told = [heard for heard in coordinator.heard if "رأی‌گیری تمام شد و یک نفر رأی داد." in heard]
    assert len(told) == 2  # the card, and the news of it
    assert here[1].last.startswith(f"رأی‌گیری مشورتی «{FIRST}» تمام شد و یک نفر رأی داد.")


@pytest.mark.parametrize(
    ("cast", "lines"),
    [
        ({}, [f"رأی‌گیری مشورتی «{FIRST}» تمام شد و کسی رأی نداد."]),
        (
            {ROAD: 4, DOGS: 5},
            [
                f"رأی‌گیری مشورتی «{FIRST}» تمام شد و ۹ نفر رأی دادند.",
                "چون کمتر از ۱۰ نفر رأی دادند، رأی هر گزینه گفته نمی‌شود تا رأی کسی شناخته نشود.",
            ],
        ),
        (
            {ROAD: 5, DOGS: 5},
            [
                f"رأی‌گیری مشورتی «{FIRST}» تمام شد و ۱۰ نفر رأی دادند.",
                f"{ROAD}: ۵ رأی",
                f"{DOGS}: ۵ رأی",
                f"{LAMP}: بدون رأی",
                f"رأی «{ROAD}» و «{DOGS}» برابر شد.",
            ],
        ),
        (
            {ROAD: 4, DOGS: 4, LAMP: 4},
            [
                f"رأی‌گیری مشورتی «{FIRST}» تمام شد و ۱۲ نفر رأی دادند.",
                f"{ROAD}: ۴ رأی",
                f"{DOGS}: ۴ رأی",
                f"{LAMP}: ۴ رأی",
                f"رأی «{ROAD}» و «{DOGS}» و «{LAMP}» برابر شد.",
            ],
        ),
    ],
)
async def test_what_came_of_it_is_told_to_everybody(town: Town, cast: dict[str, int], lines: list[str]) -> None:
    here = await residents(town, 13)
    coordinator = await asks_what_first(town)
    waiting = iter(here)
    for option, n in cast.items():
        for _ in range(n):
            await next(waiting).presses(option)
    await closes(town)
    due = f"{COUNCIL} تا پایان پنجشنبه ۵ آذر می‌گوید با این نتیجه چه می‌کند."
    for person in (here[0], here[12]):
        assert person.last.split("\n") == [*lines, due, WHY]
    assert coordinator.last.split("\n")[3:] == [*lines[1:], due]
    split = sum(cast.values()) >= 10
    assert (coordinator.chat[-1]["kind"] == "photo") is split
    assert here[0].buttons == [*(["نمودار نتیجه"] if split else []), "تنظیم خبرها"]


async def test_the_council_reads_it_too_and_only_who_may_can_answer(town: Town) -> None:
    await residents(town, 1)
    member = await staff(town, Role.COUNCIL_MEMBER, "kerman/n1", "bale", 1006)
    await asks_what_first(town)
    await closes(town)
    assert "رأی‌گیری تمام شد و کسی رأی نداد." in member.last
    assert member.chat[-1]["buttons"] in (None, [])


# --- nobody's ---------------------------------------------------------------------------------------------------------


def everything(tx: Tx) -> dict[str, list[dict[str, Any]]]:
    return {
        table: [{name: row[name] for name in names} for row in tx.all(f"SELECT * FROM {table}")]  # noqa: S608 - ours
        for table, names in columns(tx).items()
    }


def traces(kept: dict[str, list[dict[str, Any]]], person: int) -> list[str]:
    """Every row that leads to somebody, with all numbers that are theirs alone, or that only count rows, left out. What
    came from them is known to have come, and not what it was: the keys of received updates are no trace."""
    account = next(row for row in kept["accounts"] if row["person"] == person)
    ours = {"person": person, "account": account["id"], "lane": account["lane"]}
    found = []
    for table, its in kept.items():
        if table == "inbox":
            assert all(row["body"] == "" for row in its if row["lane"] == account["lane"])
            continue
        for row in its:
            themselves = table == "persons" and row["id"] == person
            if themselves or any(row.get(name) == number for name, number in ours.items()):
                left = {
                    name: value
                    for name, value in row.items()
                    if name not in {*ours, "id", "message", "edits", "user_id", "last_seen"}
                }
                found.append(f"{table} {json.dumps(left, sort_keys=True)}")
    return sorted(found)


async def test_after_the_end_no_table_tells_who_voted_or_for_what(anywhere: Town) -> None:
    town = anywhere
    await residents(town, 3, first=1900)  # whose cases they are
    here = await residents(town, 12)
    await asks_what_first(town)
    for n, person in enumerate(here[:11]):
        await person.presses((ROAD, DOGS, LAMP)[n % 3])
    await here[1].presses(LAMP)  # changed
    await here[2].presses("پس گرفتن رأی")
    await here[2].presses(ROAD)
    numbers = [await number_of(town, person) for person in here]
    before = await town.run(everything)
    assert len({str(traces(before, number)) for number in numbers}) == 4  # three choices and none
    await closes(town)
    after = await town.run(everything)
    assert after["ballots"] == []
    assert len({str(traces(after, number)) for number in numbers}) == 1
    assert not re.search("voted:|polls.vote", json.dumps(after["outbox"]) + json.dumps(after["bodies"]))
    assert [row["votes"] for row in after["poll_options"]] == [5, 3, 3]


async def test_a_person_reads_their_vote_in_their_data_as_long_as_it_is_open(town: Town) -> None:
    (person,) = await residents(town, 1)
    await asks_what_first(town)
    await person.presses(ROAD)

    def kept(tx: Tx) -> str:
        number = people.find_account(tx, person.platform, person.id)
        return json.dumps(personal.export(tx, number or 0))

    assert '"ballots": [{"poll": 1, "choices": "1"' in await town.run(kept)
    await closes(town)
    assert "ballots" not in await town.run(kept)


async def test_whoever_is_forgotten_takes_their_vote_along(town: Town) -> None:
    one, two = await residents(town, 2)
    await asks_what_first(town)
    for person in (one, two):
        await person.presses(ROAD)
    await one.says("/forget")
    await one.presses("حذف اطلاعات من")
    assert len(await votes(town)) == 1


# --- before its time --------------------------------------------------------------------------------------------------


async def opens_card(coordinator: Person) -> None:
    await coordinator.says("رأی‌گیری‌های پیشین")
    await coordinator.presses("به نظر شما کدام مشکل باید زودتر پیگیری…")


async def test_its_author_closes_it_early_with_a_reason_that_everybody_reads(anywhere: Town) -> None:
    town = anywhere
    one, two = (*await residents(town, 1), *await residents(town, 1, platform="bale"))
    coordinator = await asks_what_first(town)
    await one.presses(ROAD)
    await coordinator.presses("بستن رأی‌گیری")
    assert coordinator.last.startswith("این رأی‌گیری همین حالا بسته و نتیجه اعلام می‌شود:")
    await coordinator.says("جلسه زودتر برگزار می‌شود")
    await town.passes(5)
    for person in (one, two):
        assert "رأی‌گیری زودتر از موعد بسته شد.\nدلیل: جلسه زودتر برگزار می‌شود" in person.last
    assert await votes(town) == {}
    told = len(coordinator.heard)
    await closes(town)
    assert len(coordinator.heard) == told  # its own end comes to nothing


async def test_a_cancelled_poll_counts_nothing_and_says_why(anywhere: Town) -> None:
    town = anywhere
    one, two = (*await residents(town, 1), *await residents(town, 1, platform="bale"))
    coordinator = await asks_what_first(town)
    await one.presses(ROAD)
    await coordinator.presses("لغو رأی‌گیری")
    await coordinator.says("پرسش روشن نبود")
    await town.passes(5)
    for person in (one, two):
        assert person.last == f"رأی‌گیری مشورتی «{FIRST}» لغو شد و رأی‌ها پاک شد.\nدلیل: پرسش روشن نبود\n{WHY}"
        assert person.buttons == ["تنظیم خبرها"]
    assert await votes(town) == {}
    assert [row["voters"] for row in await rows(town, "SELECT voters FROM polls")] == [None]
    await one.says("/polls")
    assert one.last == said("polls-none", neighborhood="محلهٔ شهر")


async def test_a_colleague_closes_nothing_and_the_county_may(town: Town) -> None:
    (resident,) = await residents(town, 1)
    await asks_what_first(town)
    head = await staff(town, Role.COUNCIL_HEAD, "kerman/n1", "bale", 1006)
    officer = await staff(town, Role.COUNTY_OFFICER, "kerman", "bale", 1004)
    elsewhere = await staff(town, Role.COUNTY_OFFICER, "bam", "bale", 1005)
    for action in ("close", "cancel"):
        await head.forges(f"a:polled.{action}:1")
        assert head.last == said("polled-not-yours")
        await elsewhere.forges(f"a:polled.{action}:1")
        assert elsewhere.last == said("poll-unknown")
        await resident.forges(f"a:polled.{action}:1")
        assert resident.last.startswith("این بخش برای شما باز نیست.")
    await opens_card(officer)
    await officer.presses("لغو رأی‌گیری")
    await officer.says("با رأی‌گیری دیگری هم‌زمان است")
    assert [row["state"] for row in await rows(town, "SELECT state FROM polls")] == ["cancelled"]


async def test_of_two_who_end_it_the_first_counts_and_nothing_is_told_twice(town: Town) -> None:
    await residents(town, 1)
    coordinator = await asks_what_first(town)
    officer = await staff(town, Role.COUNTY_OFFICER, "kerman", "bale", 1004)
    await opens_card(officer)
    await officer.presses("لغو رأی‌گیری")
    await coordinator.presses("بستن رأی‌گیری")
    await coordinator.says("جلسه زودتر برگزار می‌شود")
    await officer.says("با رأی‌گیری دیگری هم‌زمان است")
    assert [row["state"] for row in await rows(town, "SELECT state FROM polls")] == ["closed"]
    assert "رأی‌گیری تمام شد و کسی رأی نداد." in officer.last
    moves = [row["move"] for row in await rows(town, "SELECT move FROM poll_moves ORDER BY id")]
    assert moves == ["open", "close"]


async def test_whoever_has_not_got_it_by_then_does_not_get_it_at_all(town: Town) -> None:
    (resident,) = await residents(town, 1)
    await town.passes(13.5 * HOUR)  # half past eleven at night in Tehran
    coordinator = await asks_what_first(town)
    assert not any("رأی‌گیری مشورتی" in heard for heard in resident.heard)
    await coordinator.presses("لغو رأی‌گیری")
    await coordinator.says("پرسش روشن نبود")
    await town.passes(5)
    await town.passes(10 * HOUR)
    assert not any("رأی‌گیری مشورتی" in heard for heard in resident.heard)


# --- the council's answer ---------------------------------------------------------------------------------------------


async def test_a_council_that_says_nothing_is_reminded_once(town: Town) -> None:
    await residents(town, 1)
    coordinator = await asks_what_first(town)
    await closes(town)
    reminded = "اهالی منتظرند بدانند با نتیجهٔ این رأی‌گیری چه می‌کنید:"
    await town.passes(10 * DAY)
    assert not any(reminded in heard for heard in coordinator.heard)
    for _ in range(8):
        await town.passes(DAY)
    assert sum(reminded in heard for heard in coordinator.heard) == 1
    assert coordinator.buttons == ["نوشتن پاسخ"]


async def test_a_council_that_answered_is_not_reminded_and_may_say_it_better(town: Town) -> None:
    (resident,) = await residents(town, 1)
    coordinator = await asks_what_first(town)
    await closes(town)
    for words in ("چراغ‌ها را درست می‌کنیم.", "چراغ‌ها را تا پایان آذر درست می‌کنیم."):
        await coordinator.forges("a:polled.answer:1")
        await coordinator.says(words)
        assert coordinator.last.endswith(words)
        await coordinator.presses("اعلام پاسخ")
        await town.passes(5)
        assert resident.last.endswith(f"پاسخ {COUNCIL}:\n{words}\n{WHY}")
    for _ in range(20):
        await town.passes(DAY)
    assert not any("اهالی منتظرند" in heard for heard in coordinator.heard)


async def test_when_the_author_left_somebody_else_answers(town: Town) -> None:
    await residents(town, 1)
    coordinator = await asks_what_first(town)
    head = await staff(town, Role.COUNCIL_HEAD, "kerman/n1", "bale", 1006)
    over = "UPDATE roles SET until = :now WHERE role = 'coordinator'"
    await town.run(lambda tx: tx.run(over, now=town.clock.seconds()))
    await town.passes(5)
    told = len(coordinator.heard)
    await closes(town)
    assert head.buttons == ["نوشتن پاسخ"]
    assert len(coordinator.heard) == told
    await coordinator.forges("a:polled.answer:1")
    assert coordinator.last.startswith("این بخش برای شما باز نیست.")
