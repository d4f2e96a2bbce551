"""Receiving: kept before it is confirmed, a repeat dropped, garbage set aside, the words gone after the turn."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot import arrivals, sqlite
from bot.health import state
from storage import inbox
from tests.town import Town, make_town
from tests.trip.line import writing_blocked
from tests.trip.probe import Probe, answers, until


async def test_nothing_is_confirmed_before_it_is_kept(town: Town, probe: Probe) -> None:
    box = town.sandbox
    with writing_blocked(town.url, "inbox") as let_go:
        for n in range(3):
            box.say("telegram", 1001, f"/probe word-{n}")
        await box.wait_for(lambda: box.state()["telegram"]["delivered"] > 0)
        offsets = [call.params.get("offset") for call in box.calls("telegram", method="getUpdates")]
        assert box.state()["telegram"]["pending"] == 3
        assert not any(offsets)
        let_go()
        await box.wait_for(lambda: box.state()["telegram"]["pending"] == 0)
    assert len(await probe.rows("SELECT id FROM inbox")) == 3
    await town.quiet()
    assert answers(town.person("telegram", 1001)) == ["word-0", "word-1", "word-2"]


async def test_what_could_not_be_kept_is_fetched_again(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_S", 0.02)
    async with make_town(tmp_path, sqlite_url, platforms=("telegram",)) as town:
        probe, box = Probe(town), town.sandbox
        await probe.settle_in()
        with writing_blocked(town.url, "inbox") as let_go:
            box.say("telegram", 1001, "/probe one")
            await until(town, lambda: box.state()["telegram"]["delivered"] >= 3, tick=0.5)
            await probe.stop()  # a bot that is stopped in the midst of it has confirmed nothing either
            assert box.state()["telegram"] | {"pending": 1, "confirmed": 0} == box.state()["telegram"]
            let_go()
        await probe.open()
        await town.quiet()
        assert answers(town.person("telegram", 1001)) == ["one"]


async def test_a_repeated_update_has_no_second_turn(town: Town, probe: Probe) -> None:
    one = town.person("telegram", 1001)
    await one.says("/probe first")
    town.sandbox.fault("telegram", "repeat", method="getUpdates", times=3)
    for n in range(3):
        await one.says(f"/probe again-{n}")
    # A start asks without an offset: what was received but not confirmed comes once more.
    await probe.restart()
    await one.says("/probe last")
    assert answers(one) == ["first", "again-0", "again-1", "again-2", "last"]
    assert await probe.traces() == answers(one)


async def test_two_bots_may_count_alike(town: Town, probe: Probe) -> None:
    update = {"update_id": 77, "message": _text(1001, "/probe here")}
    town.sandbox.raw("telegram", update)
    town.sandbox.raw("bale", {**update, "message": _text(1001, "/probe there")})
    await town.quiet()
    assert sorted(await probe.traces()) == ["here", "there"]


def _text(user: int, text: str) -> dict[str, Any]:
    return {
        "message_id": 1,
        "date": 1,
        "text": text,
        "from": {"id": user, "first_name": "x"},
        "chat": {"id": user, "type": "private"},
    }


#: What cannot be read at all, and must not hold up anybody.
BAD: dict[str, dict[str, Any]] = {
    "empty": {},
    "nobody": {"message": {"text": "/probe lost"}},
    "wrong types": {"message": ["text"], "callback_query": 7, "my_chat_member": None},
    "a number too large": {"message": {"chat": {"id": 2**70}, "from": {"id": -5}, "text": "/probe lost"}},
    "an unknown kind": {"chat_boost": {"boost": {"boost_id": "x"}}},
}
#: What looks wrong and can be read all the same.
ODD = {
    "nul": '{"message": {"message_id": 1, "text": "/probe n\\u0000ul", "chat": {"id": 1002, "type": "private"}}}',
    "half an emoji": '{"message": {"message_id": 1, "text": "/probe ha\\ud83dlf", "chat": {"id": 1002}, '
    '"from": {"id": 1002, "first_name": "\\udc00"}}}',
    "huge": json.dumps({"message": _text(1002, "/probe huge " + "ب" * 1_000_000)}),
    "unknown fields": '{"message": {"text": "/probe more", "chat": {"id": 1002, "type": "private"}, "from": '
    '{"id": 1002}, "gift": {"a": [1, {"b": 1e400}]}}}',
}


#: What is no update at all and carries no number by which it could be confirmed.
NO_UPDATE = ("[1, 2]", '"a word of somebody"', "null", "17")


async def test_what_is_no_update_is_kept_aside_once_told_and_counted(town: Town, probe: Probe) -> None:
    admin = await probe.admin()
    told = len(admin.heard)
    with structlog.testing.capture_logs() as lines:
        for value in NO_UPDATE:
            town.sandbox.fault("telegram", "repeat", method="getUpdates", times=1)
            town.sandbox.raw_text("telegram", value)
            await town.person("telegram", 1001).says("/probe beside")
        await town.passes(60)
    assert answers(town.person("telegram", 1001)) == ["beside"] * len(NO_UPDATE)
    kept = await town.run(lambda tx: tx.all("SELECT body FROM inbox WHERE state = 'parked' ORDER BY id"))
    assert sorted(row["body"] for row in kept) == sorted(NO_UPDATE)
    assert (await state(town.app.database, town.app.messengers.values(), town.clock))["parked"] == len(NO_UPDATE)
    assert len(admin.heard) == told + 1
    said = [line for line in lines if line["event"] == "unreadable update parked"]
    assert len(said) == len({line["code"] for line in said}) == len(NO_UPDATE)
    for line in said:
        assert line["do"].startswith("nobody waits for it: look at it with the verb parked")
        assert "somebody" not in str(line)


async def test_bad_updates_among_good_ones_hold_up_nobody(town: Town, probe: Probe) -> None:
    admin = await probe.admin()
    told = len(admin.heard)
    await probe.stop()
    for n, bad in enumerate(BAD.values()):
        town.sandbox.say("telegram", 1001, f"/probe good-{n}")
        town.sandbox.raw("telegram", bad)
    for odd in ODD.values():
        town.sandbox.raw_text("telegram", odd)
    for value in NO_UPDATE:
        town.sandbox.raw_text("telegram", value)
    town.sandbox.say("telegram", 1001, "/probe good-5")
    await probe.open()
    await town.quiet()
    await town.passes(60)
    assert answers(town.person("telegram", 1001)) == [f"good-{n}" for n in range(6)]
    assert sorted(word for word in await probe.traces() if not word.startswith("good")) == [
        "half", "huge", "more", "nul",
    ]  # fmt: skip
    aside = await town.run(inbox.parked)
    assert len([row for row in aside if row["lane"] is None]) == len(BAD) + len(NO_UPDATE)
    assert len({row["code"] for row in aside}) == len(aside)
    assert len(admin.heard) == told + 1
    assert not await town.run(lambda tx: inbox.replay(tx, [row["code"] for row in aside]))


async def test_updates_that_cannot_be_confirmed_do_not_spin(town: Town, probe: Probe) -> None:
    """An update without a number is set aside once, and the platform that repeats it is asked with growing pauses."""
    number = town.sandbox.raw_text("telegram", "{}")
    town.sandbox.messenger("telegram").updates[number] = '{"message": {"text": "who?"}}'
    await until(town, lambda: town.sandbox.state()["telegram"]["delivered"] >= 4, tick=0.25)
    asked = len(town.sandbox.calls("telegram", method="getUpdates"))
    for _ in range(20):
        await town.sandbox.pulse.wait(0.01)
    assert len(town.sandbox.calls("telegram", method="getUpdates")) == asked  # the clock stands, and so does it
    town.sandbox.say("telegram", 1001, "/probe after")
    await until(town, lambda: answers(town.person("telegram", 1001)) == ["after"], tick=0.5)
    assert await town.run(inbox.count_parked) == 1


async def test_a_chat_with_a_group_is_kept_in_order_too(town: Town) -> None:
    town.sandbox.say("telegram", 1001, "/start", chat=-100)
    await town.quiet()
    said = [line["text"] for line in town.sandbox.transcript("telegram", -100) if line["from"] == "bot"]
    assert len(said) == 1


async def test_the_words_are_gone_when_the_turn_is_done(tmp_path: Path, sqlite_url: str) -> None:
    mark = "zarafshan-4711"
    async with make_town(tmp_path, sqlite_url) as town:
        probe = Probe(town)
        await probe.settle_in()
        for n in range(20):
            town.sandbox.say("telegram", 1001, f"/probe word {mark} {'x' * 1000 * n}")
        town.sandbox.block("telegram", 1002)  # what waits for somebody who is gone must go too
        await town.person("bale", 1002).says(f"/probe word {mark}")
        await town.quiet()
        assert answers(town.person("telegram", 1001))[0] == f"word {mark}"
        assert {row[0] for row in await probe.rows("SELECT body FROM inbox")} == {""}
        assert await probe.rows("SELECT id FROM bodies") == []
        path = Path(sqlite_url.removeprefix("sqlite:///"))
        with contextlib.closing(sqlite3.connect(path)) as beside:
            beside.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        for file in path.parent.iterdir():
            assert mark.encode() not in file.read_bytes(), file.name


async def test_a_person_who_blocked_the_bot_leaves_no_words_behind(town: Town, probe: Probe) -> None:
    town.sandbox.fault("telegram", "latency", method="sendMessage", seconds=0.05, times=1)
    for n in range(5):
        town.sandbox.say("telegram", 1001, f"/probe word-{n}")
    await until(town, lambda: len(probe.attempts) == 5)
    town.sandbox.block("telegram", 1001)
    await town.quiet()
    assert await probe.rows("SELECT status FROM accounts") == [("stopped",)]
    assert await probe.rows("SELECT id FROM bodies") == []


async def test_with_too_much_waiting_no_more_is_fetched(
    town: Town, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "MOST_WAITING", 5)
    for n in range(8):
        town.sandbox.say("telegram", 1001, f"/probe {'bug' if n == 0 else 'word'}-{n}")
    await until(town, lambda: probe.attempts)  # it fails and holds the rest
    assert (await town.run(inbox.waiting))[0] == 8
    for n in range(3):
        town.sandbox.say("telegram", 1002, f"/probe later-{n}")
    await until(town, lambda: len(probe.attempts) == 3, tick=1)  # seconds later it still is so
    state = town.sandbox.state()["telegram"]
    assert (state["delivered"], state["pending"]) == (8, 11)
    probe.broken = False
    one, other = town.person("telegram", 1001), town.person("telegram", 1002)
    await until(town, lambda: len(answers(one)) == 8 and len(answers(other)) == 3, tick=1)
    assert len(await probe.traces()) == 11
