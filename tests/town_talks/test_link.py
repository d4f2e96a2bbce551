"""One person on two messengers: connected by both sides' yes, and parted again."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from domain.permissions import Role
from storage import people
from storage.outbox import Class
from storage.standby import LET_GO_S
from tests.sentences import said
from tests.town import Person, Town
from tests.town_talks.two import (
    BALE,
    DAY,
    REPORT,
    TELEGRAM,
    asks,
    connects,
    connects_and_writes,
    is_one,
    other,
    rows,
    tells,
    told,
)

# --- the walk ---------------------------------------------------------------------------------------------------------


async def test_a_code_from_the_one_and_a_yes_on_both_make_one_person(two: tuple[Person, Person]) -> None:
    one, there = two
    town = one.town
    code, _ = await asks(one)
    assert one.last == said("link-waits", other=other(one))
    assert one.heard[-2].startswith(said("link-code", other=other(one), code=code, link="", time="").split("\n")[0])
    await there.says(f"/link {code}")
    assert there.last == said("link-sure", other=other(there))
    assert there.buttons == ["حساب خودم است", "حساب من نیست"]
    await there.presses("حساب خودم است")
    assert there.last.startswith(f"حالا در {other(there)} هم تأیید کنید")
    assert not await is_one(town, one, there), "the last word is with whoever asked"
    assert one.last == said("link-confirm", other=other(one))
    await one.presses("بله، من بودم")
    assert await is_one(town, one, there)
    done = said("link-done", neighborhood="محلهٔ شهر")
    assert (one.last, there.last) == (done, done)
    # What belongs to one is seen on both.
    await one.reports(REPORT)
    await there.says("/mine")
    assert "چراغ‌های کوچهٔ ۱۲" in there.last
    await there.says("/link")
    assert there.last.startswith(f"این حساب و حساب شما در {other(there)} به هم وصل‌اند.")


async def test_the_link_does_the_same_for_somebody_who_is_new_there(anywhere: Town) -> None:
    town = anywhere
    one, new = town.person("telegram", 1001), town.person("bale", 77)
    await one.settles()
    _, token = await asks(one)
    await new.says(f"/start {token}")
    await new.presses("می‌پذیرم")
    assert new.last == said("link-sure", other=TELEGRAM)
    await new.presses("حساب خودم است")
    await one.presses("بله، من بودم")
    assert await is_one(town, one, new)
    await new.says("/settings")
    assert new.last.startswith("محلهٔ شما: محلهٔ شهر")


async def test_whoever_asked_on_both_sides_writes_either_code_into_the_open_talk(pair: tuple[Person, Person]) -> None:
    one, there = pair
    code, _ = await asks(one)
    await asks(there)
    await there.says("نمی‌دانم کدام را")
    assert there.last.startswith(said("link-code-unclear"))
    await there.says(f"کد من {code} است")
    assert there.last == said("link-sure", other=TELEGRAM)
    await there.presses("حساب خودم است")
    await one.presses("بله، من بودم")
    assert await is_one(one.town, one, there)


async def test_only_hashes_are_kept_and_they_go_within_a_day_or_so(pair: tuple[Person, Person]) -> None:
    one, there = pair
    town = one.town
    code, token = await asks(one)
    (kept,) = await rows(town, "SELECT code_hash, token_hash FROM links")
    assert kept["code_hash"] == sha256(code.encode()).hexdigest()
    assert kept["token_hash"] == sha256(token.removeprefix("link_").encode()).hexdigest()
    for column, table in (("draft", "talks"), ("body", "inbox"), ("params", "bodies")):
        found = await rows(town, f"SELECT {column} AS said FROM {table}")  # noqa: S608 - ours
        assert [row for row in found if code in row["said"] or token in row["said"]] == [], table
    await there.says(f"/link {code}")
    await there.presses("حساب خودم است")
    await one.presses("بله، من بودم")
    await town.passes(DAY)
    await town.passes(DAY)
    assert await rows(town, "SELECT 1 AS found FROM links") == []


async def test_different_neighborhoods_are_said_and_the_one_joined_last_stays(quiet_town: Town) -> None:
    one, there = quiet_town.person("telegram", 1001), quiet_town.person("bale", 1001)
    await one.settles()
    await quiet_town.passes(60)
    await there.settles("شهرک مطهری")
    await connects(one, there)
    assert one.last == f"{said('link-done', neighborhood='شهرک مطهری')}\n{said('link-two-places')}"


async def test_a_name_of_staff_is_read_after_the_merge_whoever_stays(quiet_town: Town) -> None:
    """The name is sealed for one number: it has to be opened under the other one."""
    town = quiet_town
    elder, staff = town.person("bale", 1001), town.person("telegram", 1001)
    for person in (elder, staff):
        await person.settles()
    await town.run(lambda tx: people.keep_name(tx, *_sealed(town, tx, staff)))
    await connects(elder, staff)
    stays = await town.run(lambda tx: people.find_account(tx, "bale", 1001))
    sealed = await town.run(lambda tx: people.sealed_name(tx, stays or 0))
    assert town.app.town.seals.open(sealed, f"person:{stays}") == "زهرا"


def _sealed(town: Town, tx: Any, who: Person) -> tuple[int, str]:
    number = people.find_account(tx, who.platform, who.id) or 0
    return number, town.app.town.seals.seal("زهرا", f"person:{number}")


# --- a clear answer to everything else --------------------------------------------------------------------------------


async def test_either_side_can_refuse(pair: tuple[Person, Person]) -> None:
    one, there = pair
    code, _ = await asks(one)
    await there.says(f"/link {code}")
    await there.presses("حساب من نیست")
    assert (there.last, one.last) == (said("link-refused"), said("link-refused-there", other=BALE))
    await there.says(f"/link {code}")
    assert there.last == said("link-used")
    code, _ = await asks(one)
    await there.says(f"/link {code}")
    await there.presses("حساب خودم است")
    yes = one.data_of("بله، من بودم")
    await one.presses("نه، من نبودم")
    assert (one.last, there.last) == (said("link-refused"), said("link-refused-there", other=TELEGRAM))
    await one.forges(yes)
    assert one.last == said("link-expired")
    assert not await is_one(one.town, one, there)


async def test_after_ten_minutes_neither_code_nor_yes_is_worth_anything(pair: tuple[Person, Person]) -> None:
    one, there = pair
    town = one.town
    code, _ = await asks(one)
    await town.passes(599)
    await there.says(f"/link {code}")
    assert there.last == said("link-sure", other=TELEGRAM)
    await town.passes(1)
    await there.presses("حساب خودم است")
    assert there.last == said("link-expired")
    code, _ = await asks(one)
    await there.says(f"/link {code}")
    await there.presses("حساب خودم است")
    await town.passes(600)
    await one.presses("بله، من بودم")
    assert one.last == said("link-expired")
    assert not await is_one(town, one, there)


async def test_a_code_is_nothing_for_its_own_account_for_the_same_messenger_and_for_a_third(
    pair: tuple[Person, Person],
) -> None:
    one, there = pair
    town = one.town
    same, third = town.person("telegram", 1002), town.person("bale", 1002)
    for person in (same, third):
        await person.settles()
    code, _ = await asks(one)
    await one.says(code)
    assert one.heard[-2] == said("link-own")
    await same.says(f"/link {code}")
    assert same.last == said("link-same")
    await connects(one, there)
    code, _ = await asks(same)
    await there.says(f"/link {code}")
    assert there.last == said("link-third")
    await third.says(f"/link {code}")
    await third.presses("حساب خودم است")
    await same.presses("بله، من بودم")
    assert (await is_one(town, same, third), await is_one(town, one, there), await is_one(town, one, same)) == (
        True,
        True,
        False,
    )


async def test_of_two_who_use_one_code_the_first_yes_counts(pair: tuple[Person, Person]) -> None:
    one, there = pair
    late = one.town.person("bale", 1002)
    await late.settles()
    code, _ = await asks(one)
    for person in (there, late):
        await person.says(f"/link {code}")
        assert person.last == said("link-sure", other=TELEGRAM)
    await there.presses("حساب خودم است")
    await late.presses("حساب خودم است")
    assert late.last == said("link-used")
    await there.says(f"/link {code}")
    assert there.last.startswith(f"حالا در {TELEGRAM} هم تأیید کنید")
    await one.presses("بله، من بودم")
    assert (await is_one(one.town, one, there), await is_one(one.town, one, late)) == (True, False)


@pytest.mark.parametrize("way", ["button", "/cancel", "/link"])
async def test_a_code_that_its_owner_left_or_replaced_is_worth_nothing(pair: tuple[Person, Person], way: str) -> None:
    one, there = pair
    code, _ = await asks(one)
    if way == "button":
        await one.presses("انصراف")
        assert one.last == said("link-dropped")
    else:
        await one.says(way)
    await there.says(f"/link {code}")
    assert there.last == (said("link-expired") if way == "/cancel" else said("link-wrong"))
    assert not await is_one(one.town, one, there)


async def test_pressed_again_later_it_says_that_they_are_one(pair: tuple[Person, Person]) -> None:
    one, there = pair
    code, _ = await asks(one)
    await there.says(f"/link {code}")
    await there.presses("حساب خودم است")
    yes = one.data_of("بله، من بودم")
    await one.presses("بله، من بودم")
    await one.forges(yes)
    assert one.last.startswith(f"این حساب و حساب شما در {BALE} به هم وصل‌اند.")
    await there.says(f"/link {code}")
    assert there.last.startswith(f"این حساب و حساب شما در {TELEGRAM} به هم وصل‌اند.")
    stranger = one.town.person("bale", 1002)
    await stranger.settles()
    await stranger.says(f"/link {code}")
    assert stranger.last == said("link-used")


async def test_whoever_guesses_is_shut_out_for_a_while(pair: tuple[Person, Person]) -> None:
    one, there = pair
    code, _ = await asks(one)
    for guess in range(5):
        await there.says(f"/link 1000000{guess}")
        assert there.last == said("link-wrong")
    await there.says(f"/link {code}")
    assert there.last == said("link-shut")
    await one.town.passes(32 * 60 + 1)
    code, _ = await asks(one)
    await there.says(f"/link {code}")
    assert there.last == said("link-sure", other=TELEGRAM)


@pytest.mark.parametrize("data", ["a:link.confirm:{}", "a:link.deny:{}", "a:link.confirm:x", "a:link.where:{}"])
async def test_nobody_else_has_the_last_word(pair: tuple[Person, Person], data: str) -> None:
    one, there = pair
    code, _ = await asks(one)
    await there.says(f"/link {code}")
    await there.presses("حساب خودم است")
    (request,) = await rows(one.town, "SELECT id, state FROM links")
    await there.forges(data.format(request["id"]))
    assert not await is_one(one.town, one, there)
    assert [row["state"] for row in await rows(one.town, "SELECT state FROM links")] == ["answered"]


async def test_one_contact_on_two_accounts_connects_nothing(pair: tuple[Person, Person]) -> None:
    one, there = pair
    for person in (one, there):
        one.town.sandbox.contact(person.platform, person.id, phone="+989131234567", owner=person.id)
        await one.town.quiet()
    assert not await is_one(one.town, one, there)


# --- and apart --------------------------------------------------------------------------------------------------------


async def test_parted_the_asking_side_keeps_all_and_the_other_begins_anew(two: tuple[Person, Person]) -> None:
    one, there = two
    town = one.town
    await connects(one, there)
    code = await there.reports(REPORT)
    await town.grant(one, Role.COORDINATOR, "kerman/n1")
    await one.says("/unlink")
    assert one.last == said("unlink", other=other(one))
    await one.presses("جدا شود")
    assert one.last == said("unlink-done")
    assert there.last == said("unlink-told", other=other(there))
    assert not await is_one(town, one, there)
    await one.says(f"/track {code}")
    assert "چراغ‌های کوچهٔ ۱۲" in one.last
    await there.says(f"/track {code}")
    assert there.last.startswith("سلام. به محله‌یار خوش آمدید")
    await there.presses("می‌پذیرم")
    assert there.last == said("track-not-found")
    await there.says("/queue")
    assert there.last == said("not-allowed")
    await there.says("/unlink")
    assert there.last == said("unlink-none")
    # And once more together.
    await connects(one, there)
    assert await is_one(town, one, there)


async def test_parted_what_waits_for_the_other_is_told_where_everything_stays(pair: tuple[Person, Person]) -> None:
    one, there = pair
    town = one.town
    await connects_and_writes(one, there)
    town.waits_for = Class.ANSWER
    town.sandbox.fault("telegram", "error500", chat=one.id)
    await tells(town, one)
    await there.says("/unlink")
    await there.presses("جدا شود")
    town.sandbox.clear_faults()
    town.waits_for = Class.BROADCAST
    await town.passes(60)
    assert told(one, there) == [0, 0]
    await town.passes(LET_GO_S + 60)
    assert told(one, there) == [0, 1]
    await town.passes(DAY)
    assert told(one, there) == [0, 1]


async def test_forgotten_both_are_strangers_to_us_and_to_each_other(pair: tuple[Person, Person]) -> None:
    one, there = pair
    town = one.town
    await connects(one, there)
    await there.reports(REPORT)
    await one.says("/forget")
    assert one.last == f"{said('forget')}\n{said('forget-both')}"
    await one.presses("حذف اطلاعات من")
    assert one.last == said("forget-done")
    assert not await is_one(town, one, there)
    for person in (one, there):
        await person.says("/mine")
        assert person.last.startswith("سلام. به محله‌یار خوش آمدید")


async def test_a_role_given_to_either_account_is_the_persons(pair: tuple[Person, Person]) -> None:
    one, there = pair
    await connects(one, there)
    await one.town.grant(there, Role.COORDINATOR, "kerman/n1")
    for person in (one, there):
        await person.says("/queue")
        assert person.last == said("queue-none")
