"""Order in each chat, and what becomes of a turn that fails: again, again, again, then aside, and never half done."""

from __future__ import annotations

import contextlib
import io
import json
import sqlite3
from pathlib import Path

import pytest

from bot import sqlite
from domain.codes import as_code
from storage import inbox
from tests.storage.conftest import server
from tests.town import Town, make_town
from tests.trip.probe import Probe, answers, until


async def test_a_failing_message_holds_its_own_chat_and_no_other(town: Town, probe: Probe) -> None:
    one, other = town.person("telegram", 1001), town.person("bale", 1002)
    for word in ("a1", "bug-a2", "a3"):
        town.sandbox.say("telegram", one.id, f"/probe {word}")
        town.sandbox.say("bale", other.id, f"/probe other-{word[-1]}")
    await town.quiet()
    assert answers(one) == ["a1"]
    assert answers(other) == ["other-1", "other-2", "other-3"]
    probe.broken = False
    await town.passes(1)
    assert answers(one) == ["a1", "bug-a2", "a3"]
    assert sorted(await probe.traces()) == sorted(["a1", "bug-a2", "a3", "other-1", "other-2", "other-3"])


async def test_many_messages_of_many_chats_keep_the_order_of_each(town: Town, probe: Probe) -> None:
    people = [town.person(name, 2000 + n) for n in range(6) for name in ("telegram", "bale")]
    for n in range(12):
        for person in people:
            town.sandbox.say(person.platform, person.id, f"/probe {person.platform}-{person.id}-{n}")
    await town.quiet()
    for person in people:
        assert answers(person) == [f"{person.platform}-{person.id}-{n}" for n in range(12)]


async def test_a_failing_turn_is_tried_after_1_5_and_25_seconds_then_set_aside(town: Town, probe: Probe) -> None:
    admin = await probe.admin()
    one, other = town.person("telegram", 1001), town.person("bale", 1002)
    town.sandbox.say("telegram", one.id, "/probe bug-one")
    town.sandbox.say("telegram", one.id, "/probe after")
    town.sandbox.say("bale", other.id, "/probe bug-two")
    await town.quiet()
    before = len(admin.heard)
    for _ in range(32):
        await town.passes(1)
    assert [at for word, at in probe.attempts if word == "bug-one"] == [0, 1, 6, 31]

    aside = await town.run(inbox.parked)
    codes = [row["code"] for row in aside]
    assert [row["tries"] for row in aside] == [3, 3]
    assert [as_code(code) for code in codes] == codes  # eight digits that can be said on the telephone
    assert [line for line in one.heard if any(code in line for code in codes)]  # whichever came in first
    assert answers(one) == ["after"]  # the chat moves on
    await town.passes(60)
    assert len(admin.heard) - before == 1  # both in one message
    await town.passes(3600)
    assert len(admin.heard) - before == 1


async def test_what_was_set_aside_can_have_another_turn_and_the_person_hears_of_it(town: Town, probe: Probe) -> None:
    one = town.person("telegram", 1001)
    await one.says("/probe bug-one")
    for seconds in (1, 5, 25):
        await town.passes(seconds)
    (code,) = [row["code"] for row in await town.run(inbox.parked)]
    probe.broken = False
    assert await town.run(lambda tx: inbox.replay(tx, [code])) == 1
    await town.passes(1)
    assert answers(one) == ["bug-one"]
    assert await probe.traces() == ["bug-one"]
    assert await town.run(inbox.count_parked) == 0
    late, done = one.heard[-2:]
    assert "بابت دیر شدن" in late
    assert "bug-one" in done


async def test_what_fails_again_is_set_aside_under_the_same_number(town: Town, probe: Probe) -> None:
    one = town.person("telegram", 1001)
    await one.says("/probe bug-one")
    for seconds in (1, 5, 25):
        await town.passes(seconds)
    (code,) = [row["code"] for row in await town.run(inbox.parked)]
    await town.run(lambda tx: inbox.replay(tx, [code]))
    for seconds in (1, 1, 5, 25):
        await town.passes(seconds)
    assert [row["code"] for row in await town.run(inbox.parked)] == [code]
    assert "لطفاً دوباره بفرستید" in one.last


async def test_a_broken_rule_fails_alone_and_the_rest_of_its_batch_is_done_once(town: Town, probe: Probe) -> None:
    await probe.stop()  # so that all twenty come together
    people = [town.person("telegram", 3000 + n) for n in range(20)]
    for n, person in enumerate(people):
        town.sandbox.say("telegram", person.id, f"/probe {'rule' if n == 12 else 'fine'}-{n}")
    await probe.open()
    await town.quiet()
    good = [f"fine-{n}" for n in range(20) if n != 12]
    assert sorted(await probe.traces()) == sorted(good)
    assert [answers(person) for n, person in enumerate(people) if n != 12] == [[word] for word in good]
    if town.app.database.batch > 1:
        assert probe.attempts.count(("fine-0", 0.0)) == 2  # done, lost with the batch, done again
    assert await probe.rows("SELECT tries FROM inbox WHERE state = 'waiting'") == [(1,)]
    for seconds in (1, 5, 25):
        await town.passes(seconds)
    assert len(await town.run(inbox.parked)) == 1
    assert sorted(await probe.traces()) == sorted(good)


async def test_whoever_broke_a_rule_hears_of_it_though_nothing_else_is_to_be_sent(town: Town, probe: Probe) -> None:
    one = town.person("telegram", 1001)
    await one.says("/probe rule-alone")
    for seconds in (1, 5, 25):
        town.clock.move(seconds)
        await town.quiet()
    assert len(await town.run(inbox.parked)) == 1
    await town.quiet()  # no job is due and nobody writes: the turn itself sets the sender going
    assert "لازم نیست دوباره بفرستید؛ خبر می‌دهیم" in one.last


async def test_the_message_at_fault_is_blamed_and_not_one_that_came_due_meanwhile(
    town: Town, probe: Probe, log: io.StringIO
) -> None:
    probe.lasts = 2  # so the first, held for a second, may go on by the time the second has failed
    await town.person("telegram", 1001).says("/probe bug-early")
    await town.person("telegram", 1002).says("/probe rule-late")
    await until(town, lambda: log.getvalue().count('"turn parked"') == 2, tick=1)
    failed = [line for line in map(json.loads, log.getvalue().splitlines()) if line["event"] == "turn failed"]
    assert [(line["inbox"], line["error"]) for line in failed if line["inbox"] == 1] == [(1, "Bug")] * 3
    assert [(line["inbox"], line["error"]) for line in failed if line["inbox"] == 2] == [(2, "BadStatement")] * 3


async def test_a_full_disk_undoes_the_whole_batch_and_it_goes_on_by_itself(tmp_path: Path, sqlite_url: str) -> None:
    async with make_town(tmp_path, sqlite_url) as town:
        probe = Probe(town)
        await probe.settle_in()
        await probe.stop()
        people = [town.person("telegram", 3000 + n) for n in range(20)]
        for n, person in enumerate(people):
            town.sandbox.say("telegram", person.id, f"/probe {'big' if n == 5 else 'fine'}-{n}")
        await probe.open()
        # Room for what is received, and not for the million letters that the sixth turn writes.
        with contextlib.closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as beside:
            pages = beside.execute("PRAGMA page_count").fetchone()[0]
        await town.run(lambda tx: tx.all(f"PRAGMA max_page_count = {pages + 100}"))
        # Tried as a whole, again and again: six turns each time, since nothing goes on after the lost one.
        await until(town, lambda: len(probe.attempts) >= 24, tick=1)
        assert await probe.rows("SELECT word FROM probe") == []
        assert await probe.rows("SELECT count(*), max(tries) FROM inbox WHERE state = 'waiting'") == [(20, 0)]
        assert not town.sandbox.calls("telegram", method="sendMessage")
        assert "fine-6" not in [word for word, _ in probe.attempts]

        await town.run(lambda tx: tx.all("PRAGMA max_page_count = 1000000"))
        town.clock.move(1)
        await town.quiet()
        assert await probe.traces() == [f"{'big' if n == 5 else 'fine'}-{n}" for n in range(20)]
        assert [len(answers(person)) for person in people] == [1] * 20
        assert await probe.rows("SELECT max(tries) FROM inbox") == [(0,)]


async def test_a_locked_database_costs_no_try_and_loses_nothing(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_S", 0.02)
    async with make_town(tmp_path, sqlite_url, platforms=("telegram",)) as town:
        probe = Probe(town)
        await probe.settle_in()
        one = town.person("telegram", 1001)
        await one.says("/probe bug-held")
        with contextlib.closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as beside:
            beside.execute("BEGIN IMMEDIATE")
            town.sandbox.say("telegram", 1002, "/probe new")
            await until(town, lambda: town.sandbox.state()["telegram"]["delivered"] > 4, tick=0.5)
            assert town.sandbox.state()["telegram"]["pending"] == 1  # delivered again and again, never confirmed
            assert [word for word, _ in probe.attempts] == ["bug-held"]
            assert await probe.rows("SELECT tries FROM inbox") == [(1,)]
            probe.broken = False
            beside.execute("ROLLBACK")
        town.clock.move(60)
        await town.quiet()
        assert sorted(await probe.traces()) == ["bug-held", "new"]
        assert await probe.rows("SELECT state, tries FROM inbox ORDER BY id") == [("done", 1), ("done", 0)]


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgres"])
async def test_a_lost_connection_is_opened_again_and_nothing_is_lost(town: Town, probe: Probe) -> None:
    one = town.person("telegram", 1001)
    await one.says("/probe before")
    for n in range(3):
        with server() as connection:
            name = town.url.rpartition("/")[2]
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
            ).fetchall()
        town.sandbox.say("telegram", one.id, f"/probe after-{n}")
        await until(town, lambda word=f"after-{n}": answers(one)[-1] == word, tick=0.5)  # type: ignore[misc]
    assert answers(one) == ["before", "after-0", "after-1", "after-2"]
    assert await probe.traces() == answers(one)
    assert await probe.rows("SELECT max(tries) FROM inbox") == [(0,)]
