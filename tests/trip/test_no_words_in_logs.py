"""A marked word, name and number are sent through every failure there is, and no log line holds them."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from bot import logs, sqlite
from bot.health import state
from storage import inbox, outbox, people
from storage.outbox import Class
from storage.tx import Tx
from tests.town import Town, make_town
from tests.trip.probe import Probe, answers, until
from tests.trip.process import Process

WORD, NAME, PHONE = "سپیدار-zarafshan", "Golbahar", "9132223344"
PERSON = 987654321987
#: As they are, as JSON writes them, and as Python's repr of bytes would.
MARKS = [
    WORD, "سپیدار", "zarafshan", NAME, PHONE,
    json.dumps("سپیدار").strip('"'), repr("سپیدار".encode())[2:-1],
]  # fmt: skip
#: Tokens are nobody's words and still nobody's business.
SECRETS = ["telegram-secret", "bale-secret"]


def spoken(printed: str) -> list[str]:
    """Lines that hold what they must not."""
    return [line[:300] for line in printed.splitlines() if any(mark in line for mark in (*MARKS, *SECRETS))]


def events(printed: str) -> list[str]:
    return [str(json.loads(line).get("event")) for line in printed.splitlines()]


def message(text: str, update: int | None = None, **more: Any) -> dict[str, Any]:
    sender = {"id": 1001, "first_name": NAME, "last_name": WORD, "username": NAME}
    body = {"message_id": 1, "date": 1, "text": text, "from": sender, "chat": {"id": 1001, "type": "private"}, **more}
    return {"message": body} | ({} if update is None else {"update_id": update})


def _open_wide() -> None:
    """As somebody might who looks for a fault: every library is to say everything."""
    for name in ("telegram", "aiosqlite", "aiohttp", "httpx", "psycopg", "asyncio"):
        logging.getLogger(f"{name}.deep.inside").setLevel(logging.DEBUG)


async def _failing_turns(town: Town, probe: Probe) -> None:
    """A bug whose message quotes the person, a broken rule, both again and again until they are set aside."""
    town.sandbox.raw("telegram", message(f"/probe bug {WORD} {PHONE}"))
    town.sandbox.raw("bale", message(f"/probe rule {WORD} {PHONE}"))
    town.sandbox.raw("telegram", message(f"/probe bug {WORD}", chat={"id": 1001}, contact={"phone_number": PHONE}))
    await town.quiet()
    for seconds in (1, 5, 25, 1, 5, 25):
        await town.passes(seconds)
    assert await town.run(inbox.count_parked) == 3


async def _unreadable_updates(town: Town) -> None:
    for bad in ({"message": {"text": WORD}}, {"callback_query": {"data": WORD, "from": {"first_name": NAME}}}):
        town.sandbox.raw("telegram", bad)
    town.sandbox.raw_text("telegram", json.dumps([WORD, PHONE]))
    town.sandbox.raw("telegram", message(f"/probe fine \x00\ud83d {WORD}"))
    await town.quiet()


async def _garbled_answers(town: Town) -> None:
    """An answer that quotes the person's words and is no JSON, half an answer, a page, a refusal that quotes."""
    box = town.sandbox
    for kind in ("html", "ok_false", "error500"):
        box.fault("telegram", kind, method="getUpdates", times=1, description=f"{{bad json {WORD} {PHONE}")
        box.raw("telegram", message(f"/probe one {WORD}"))
        await until(town, lambda: not box.faults() and not box.state()["telegram"]["pending"], tick=0.5)
    box.fault("telegram", "half", method="getUpdates", times=1)
    box.raw("telegram", message(f"/probe one {WORD}"))
    await until(town, lambda: not box.faults() and not box.state()["telegram"]["pending"], tick=0.5)


async def _troubled_sends(town: Town) -> None:
    box = town.sandbox
    for kind in ("drop_before", "drop_after", "error500", "html", "half", "flood", "ok_false"):
        for name in ("telegram", "bale"):
            box.fault(name, kind, method="sendMessage", times=1, description=f"Bad Request: can't parse {WORD}")
            box.say(name, 1001, f"/probe {kind} {WORD}")
    await until(town, lambda: not box.faults(), tick=0.5)
    done = lambda: len(box.calls(method="sendMessage")) > 14  # noqa: E731
    await until(town, done, tick=0.5)


async def _refused(town: Town, log: io.StringIO) -> None:
    """Refused for good: too long, markup that is wrong, a chat nobody knows, a bug of ours while sending."""

    def put(tx: Tx) -> None:
        lane, nowhere = people.lane_id(tx, 1, 1001), people.lane_id(tx, 1, PERSON)
        for to, params in (
            (lane, json.dumps({"text": WORD * 1000})),
            (lane, json.dumps({"text": f"<b>{WORD} {NAME}", "parse_mode": "HTML"})),
            (nowhere, json.dumps({"text": WORD})),
            (lane, f"{{no json {WORD}"),
        ):
            body = outbox.body(tx, "sendMessage", params)
            outbox.put(tx, bot=1, lane=to, cls=Class.ANSWER, body=body, now=town.clock.seconds())

    await town.run(put)
    for sender in town.app.senders.values():
        sender.wake()
    await until(town, lambda: '"message cannot be sent"' in log.getvalue(), tick=0.5)


async def test_no_failure_of_the_trip_writes_anybodys_words(
    town: Town, probe: Probe, log: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    _open_wide()
    await probe.admin()
    for name in ("telegram", "bale"):
        await town.person(name, 1001).says("/numbers")
    await _failing_turns(town, probe)
    probe.broken = False
    await _unreadable_updates(town)
    await _garbled_answers(town)
    await _troubled_sends(town)
    await _refused(town, log)
    listed = [f"{row['code']} {row['platform']}" for row in await town.run(inbox.parked)] + [
        row["error"] for row in await town.run(outbox.parked)
    ]
    told = str(await state(town.app.database, town.app.messengers.values(), town.clock))
    await probe.stop()
    printed = capfd.readouterr()
    assert {"turn failed", "turn parked", "unreadable update parked", "receive failed", "send failed"} <= set(
        events(log.getvalue())
    )
    assert {"message refused", "message cannot be sent", "asked to wait"} <= set(events(log.getvalue()))
    assert spoken(log.getvalue()) == []
    assert spoken(printed.out + printed.err) == []
    assert spoken("\n".join(listed) + told) == []
    await probe.open()


async def test_no_failure_of_the_database_writes_anybodys_words(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_S", 0.02)
    async with make_town(tmp_path, sqlite_url, platforms=("telegram",)) as town:
        probe = Probe(town)
        await probe.settle_in()
        path = sqlite_url.removeprefix("sqlite:///")
        town.sandbox.say("telegram", 1001, "/numbers")
        town.sandbox.raw("telegram", message(f"/probe first {WORD}"))
        await town.quiet()
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as beside:
            beside.execute("BEGIN IMMEDIATE")
            town.sandbox.raw("telegram", message(f"/probe locked {WORD}"))
            await until(town, lambda: '"receive failed"' in log.getvalue(), tick=0.1)
            beside.execute("ROLLBACK")
            await until(town, lambda: len(answers(town.person("telegram", 1001))) == 2, tick=0.5)
            pages = beside.execute("PRAGMA page_count").fetchone()[0]
        await town.run(lambda tx: tx.all(f"PRAGMA max_page_count = {pages + 50}"))
        town.sandbox.raw("telegram", message(f"/probe big {WORD} {PHONE}"))
        await until(town, lambda: '"database refuses"' in log.getvalue(), tick=0.1)
        await town.run(lambda tx: tx.all("PRAGMA max_page_count = 1000000"))
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as beside:
            beside.execute("ALTER TABLE bodies RENAME COLUMN params TO elsewhere")  # a statement that cannot work
            town.sandbox.raw("telegram", message(f"/probe rule {WORD}"))
            await until(town, lambda: "BadStatement" in log.getvalue(), tick=0.5)
            beside.execute("ALTER TABLE bodies RENAME COLUMN elsewhere TO params")
        probe.broken = False
        await until(town, lambda: len(answers(town.person("telegram", 1001))) == 4, tick=1)
        assert spoken(log.getvalue()) == []


async def test_what_kills_a_part_of_the_bot_is_told_without_words(log: io.StringIO) -> None:
    def deep() -> None:
        names = {"first_name": NAME, "text": WORD}
        raise ValueError(f"cannot read {names} of {PHONE}") from KeyError(WORD)

    try:
        deep()
    except ValueError as error:
        logs.get("bot.app").error("a part of the bot ended", exc_info=error)
        logging.getLogger("asyncio").error("Task exception was never retrieved", exc_info=error)
        logging.getLogger("aiohttp.server").exception("Error handling %s", WORD)
    assert len(log.getvalue().splitlines()) == 3
    assert spoken(log.getvalue()) == []


async def test_the_process_prints_nobodys_words_on_either_stream(tmp_path: Path, sqlite_url: str) -> None:
    from sandbox.server import Sandbox
    from tests.town import TOKENS

    sandbox = Sandbox(TOKENS)
    await sandbox.start()
    bot = Process(tmp_path, sqlite_url, sandbox)
    try:
        await bot.up()
        for name, kind in (("telegram", "html"), ("bale", "half")):
            sandbox.say(name, 1001, "/start")
            for method in ("getUpdates", "sendMessage"):
                sandbox.fault(name, kind, method=method, times=1, description=f"{{Bad Request {WORD} {NAME}")
            sandbox.raw(name, message(f"{kind} {WORD}", contact={"phone_number": PHONE}))
            sandbox.raw(name, {"message": {"text": WORD}})
        await sandbox.wait_for(lambda: not sandbox.faults(), timeout=20)
        await sandbox.wait_for(lambda: all(len(sandbox.transcript(name, 1001)) >= 3 for name in TOKENS), timeout=20)
        await bot.kill()
        assert {"unreadable update parked", "receive failed"} <= {line["event"] for line in bot.log}
        assert spoken(bot.err) == []
        assert spoken(bot.out) == []
    finally:
        await bot.gone()
        await sandbox.stop()
