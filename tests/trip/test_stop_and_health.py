"""Starting, stopping and being watched: what an operator sees of the bot from outside."""

from __future__ import annotations

import asyncio
import contextlib
import io
import re
import signal
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp

from bot.app import App
from bot.settings import Bale, People, Settings, Storage, Telegram
from domain.permissions import Role
from sandbox.server import Sandbox
from storage import people
from tests.town import TOKENS, Town, make_town
from tests.trip.probe import Probe, answers, until
from tests.trip.process import Process

IDLE = {"waiting": 0, "oldest_s": 0}


@contextlib.asynccontextmanager
async def process(tmp_path: Path, url: str, **settings: str) -> AsyncIterator[Process]:
    sandbox = Sandbox({"telegram": TOKENS["telegram"]})
    await sandbox.start()
    made = Process(tmp_path, url, sandbox, **settings)
    try:
        yield made
    finally:
        await made.gone()
        await sandbox.stop()


# --- stopping ---------------------------------------------------------------------------------------------------------


async def test_sigterm_finishes_what_is_in_hand_and_loses_nothing(tmp_path: Path, url: str) -> None:
    async with process(tmp_path, url) as bot:
        await bot.up()
        chats = range(9000, 9100)
        for chat in chats:
            bot.sandbox.say("telegram", chat, "/numbers")
        await bot.sandbox.wait_for(lambda: bot.sandbox.calls("telegram", method="sendMessage"))
        async with asyncio.timeout(10):
            bot.send(signal.SIGTERM)
            assert await bot.ended() == 0
        assert not [line for line in bot.log if line["level"] in ("error", "critical")]
        await bot.up()
        await bot.sandbox.wait_for(lambda: all(_heard(bot, chat) for chat in chats))
        # In one life a message is in the air once; what was marked as sent is not sent again.
        assert [len(_heard(bot, chat)) for chat in chats] == [1] * len(chats)


def _heard(bot: Process, chat: int) -> list[Any]:
    return [line for line in bot.sandbox.transcript("telegram", chat) if line["from"] == "bot"]


async def test_sigterm_is_heard_while_a_send_hangs_and_before_a_messenger_ever_answered(
    tmp_path: Path, sqlite_url: str
) -> None:
    async with process(tmp_path, sqlite_url) as bot:
        bot.sandbox.fault("telegram", "error500")
        await bot.start()
        await bot.sandbox.wait_for(lambda: bot.sandbox.calls("telegram", method="getMe"))
        await until_logged(bot, "ready")
        bot.send(signal.SIGTERM)
        async with asyncio.timeout(10):
            assert await bot.ended() == 0
        bot.sandbox.clear_faults()
        await bot.up()
        bot.sandbox.fault("telegram", "stall", method="sendMessage")
        before = bot.sandbox.pulse.seq
        bot.sandbox.say("telegram", 1001, "/numbers")
        # The fault is met: the message has left, and its answer never comes.
        await bot.sandbox.wait_for(lambda: "fault" in [one["kind"] for one in bot.sandbox.pulse.after(before)])
        bot.send(signal.SIGTERM)
        async with asyncio.timeout(10):
            assert await bot.ended() == 0


async def until_logged(bot: Process, event: str) -> None:
    while not any(line["event"] == event for line in bot.log):
        await bot.sandbox.pulse.wait(0.02)


async def test_a_stopped_app_leaves_no_task_behind_and_can_be_opened_again(town: Town, probe: Probe) -> None:
    for n in range(3):
        town.sandbox.say("telegram", 1001, f"/probe word-{n}")
        await probe.restart()
    await town.quiet()
    assert answers(town.person("telegram", 1001)) == ["word-0", "word-1", "word-2"]


# --- what prevents a start: one line that says what to do -------------------------------------------------------------


async def test_a_second_process_is_refused_with_one_line(tmp_path: Path, url: str) -> None:
    async with process(tmp_path, url) as bot:
        await bot.up()
        second = Process(_folder(tmp_path, "second"), url, bot.sandbox)
        await second.start()
        assert await second.ended() == 1
        assert re.fullmatch(r"another process is at work on .*: stop it first\n", second.err)
        assert second.out == ""


async def test_a_refused_token_ends_the_start_with_one_line(tmp_path: Path, sqlite_url: str) -> None:
    async with process(tmp_path, sqlite_url) as bot:
        bot.sandbox.fault("telegram", "token_revoked")
        await bot.start()
        assert await bot.ended() == 1
        assert bot.err == "telegram does not accept the token: put a valid one in the environment\n"


async def test_a_newer_database_is_refused_with_one_line(tmp_path: Path, url: str) -> None:
    async with make_town(tmp_path, url, platforms=("telegram",)) as town:
        await town.run(lambda tx: tx.run("INSERT INTO migrations (number, name, applied) VALUES (9999, 'later', 0)"))
    async with process(tmp_path, url) as bot:
        await bot.start()
        assert await bot.ended() == 1
        assert len(bot.err.splitlines()) == 1
        assert "9999" in bot.err or "newer" in bot.err


async def test_a_port_in_use_is_named(tmp_path: Path, sqlite_url: str) -> None:
    async with process(tmp_path, sqlite_url) as bot:
        bot._env["MAHALLEYAR_WEB__PORT"] = bot.sandbox.base_url.rpartition(":")[2]
        await bot.start()
        assert await bot.ended() == 1
        assert re.search(r"^\[web\] port \d+ cannot be used: ", bot.err, re.MULTILINE)


def _folder(where: Path, name: str) -> Path:
    (where / name).mkdir()
    return where / name


# --- being watched ----------------------------------------------------------------------------------------------------


async def health(app: App) -> tuple[int, dict[str, Any]]:
    if not hasattr(app, "test_port"):
        app.test_port = await app.health.start("127.0.0.1", 0)  # type: ignore[attr-defined]
    url = f"http://127.0.0.1:{app.test_port}/health"  # type: ignore[attr-defined]
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.json()


async def test_an_idle_bot_shows_zeros(town: Town) -> None:
    await town.person("telegram", 1001).says("/numbers")
    await town.passes(1)
    now = town.clock.seconds()
    status, told = await health(town.app)
    assert status == 200
    assert told.pop("messengers") == {
        name: {"last_ok": now, "receiving": "", "sending": ""} | {"last_ok": told_at}
        for name, told_at in ((m.platform.name, m.last_ok) for m in town.app.messengers.values())
    }
    assert told == {
        "ready": True,
        "why": [],
        "inbox": IDLE,
        "outbox": {"answer": IDLE, "notice": IDLE, "broadcast": IDLE},
        "jobs": IDLE,
        "parked": 0,
    }


async def test_what_waits_is_counted_with_its_age(town: Town, probe: Probe) -> None:
    town.sandbox.fault("telegram", "stall", method="sendMessage")
    await town.person("bale", 1001).says("/probe bug-one")
    town.sandbox.say("telegram", 1002, "/probe word")
    await until(town, lambda: len(probe.attempts) == 2)
    told: dict[str, Any] = {"outbox": {"answer": IDLE}}
    while not told["outbox"]["answer"]["waiting"]:  # the turn was tried; now it is committed
        _, told = await health(town.app)
    _, told = await health(town.app)  # that one may have looked at the inbox before the commit, at the outbox after it
    assert told["inbox"] == {"waiting": 1, "oldest_s": 0}
    town.clock.move(0.9)
    town.sandbox.clear_faults()
    await until(town, lambda: answers(town.person("telegram", 1002)) == ["word"], tick=0.05)
    for seconds in (1, 5, 25):
        await town.passes(seconds)
    _, told = await health(town.app)
    assert (told["parked"], told["inbox"]) == (1, IDLE)


async def test_a_messenger_that_fails_is_a_reason_and_the_other_is_not(town: Town) -> None:
    town.sandbox.fault("telegram", "error500")
    town.sandbox.say("telegram", 1001, "/numbers")  # ends the open poll
    await town.sandbox.wait_for(lambda: [c for c in town.sandbox.calls("telegram") if c.error_code == 500])
    found: dict[str, Any] = {}
    status = 200
    while status == 200:
        status, found = await health(town.app)
    assert status == 503
    assert found["ready"] is False
    assert len(found["why"]) == 1
    assert found["why"][0].startswith("telegram: ")
    town.sandbox.clear_faults()
    await until(town, lambda: len(town.person("telegram", 1001).heard) == 1, tick=0.5)
    assert (await health(town.app))[0] == 200


async def test_receiving_and_sending_are_told_apart_and_each_clears_its_own(town: Town) -> None:
    box = town.sandbox
    one = town.person("telegram", 1001)
    box.fault("telegram", "error500", method="sendMessage")
    box.say("telegram", 1001, "/numbers")
    await box.wait_for(lambda: [c for c in box.calls("telegram", method="sendMessage") if c.error_code == 500])
    # Messages go on coming in, and that says nothing about those that do not go out.
    box.say("telegram", 1002, "/numbers")
    await box.wait_for(lambda: box.state()["telegram"]["pending"] == 0)
    status, found = await health(town.app)
    assert (status, found["messengers"]["telegram"]["receiving"]) == (503, "")
    advice = "the platform does not answer: look at the network and the proxy"
    assert found["messengers"]["telegram"]["sending"] == advice
    assert found["why"] == [f"telegram: {advice}"]

    box.fault("telegram", "error500", method="getUpdates")
    box.say("telegram", 1001, "/numbers")  # ends the open poll
    await box.wait_for(lambda: [c for c in box.calls("telegram", method="getUpdates") if c.error_code == 500])
    while not found["messengers"]["telegram"]["receiving"]:
        _, found = await health(town.app)
    assert found["messengers"]["telegram"]["sending"] == advice
    assert found["why"] == [f"telegram: {advice}"]  # said once

    # Sending works again while receiving does not: only its own trouble goes.
    box.clear_faults()
    box.fault("telegram", "error500", method="getUpdates")
    await until(town, lambda: one.heard and town.person("telegram", 1002).heard, tick=0.5)
    while found["messengers"]["telegram"]["sending"]:
        _, found = await health(town.app)
    assert found["why"] == [f"telegram: {advice}"]
    box.clear_faults()
    await until(town, lambda: len(one.heard) == 2, tick=0.5)
    assert (await health(town.app))[0] == 200


async def test_a_messenger_that_is_down_at_the_start_does_not_keep_the_other_waiting(tmp_path: Path, url: str) -> None:
    sandbox = Sandbox(TOKENS)
    await sandbox.start()
    sandbox.fault("telegram", "drop_before")
    async with make_app(tmp_path, url, sandbox) as (app, out):
        sandbox.say("bale", 1001, "/numbers")
        await sandbox.wait_for(lambda: [line for line in sandbox.transcript("bale", 1001) if line["from"] == "bot"])
        status, found = await health(app)
        assert status == 503
        assert found["why"] == ["telegram: no answer yet: look at the network and the proxy"]
        assert out.getvalue().count("https://") == 1
        sandbox.say("telegram", 1001, "/numbers")
        sandbox.clear_faults()
        app.clock.move(60)
        await sandbox.wait_for(lambda: [line for line in sandbox.transcript("telegram", 1001) if line["from"] == "bot"])
        assert (await health(app))[0] == 200
        assert out.getvalue().count("https://") == 2
    await sandbox.stop()


async def test_a_database_that_is_gone_is_a_reason(tmp_path: Path, sqlite_url: str) -> None:
    async with make_town(tmp_path, sqlite_url, platforms=("telegram",)) as town:
        assert (await health(town.app))[0] == 200
        with contextlib.closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as beside:
            beside.execute("ALTER TABLE jobs RENAME TO elsewhere")
            status, found = await health(town.app)
            beside.execute("ALTER TABLE elsewhere RENAME TO jobs")
        assert status == 503
        assert "database" in found["why"][0]
        assert (await health(town.app))[0] == 200


# --- the first administrator ------------------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def make_app(
    tmp_path: Path, url: str, sandbox: Sandbox, admins: tuple[str, ...] = (), clock: Any = None
) -> AsyncIterator[tuple[App, io.StringIO]]:
    from bot.clock import Clock
    from tests.town import START

    pace: dict[str, Any] = {"per_second": 0, "per_chat": 0, "burst": 0}
    settings = Settings(
        storage=Storage(url=url),
        telegram=Telegram(**pace),
        bale=Bale(**pace),
        people=People(operator="x", key_path=str(tmp_path / "people.key"), admins=admins),
    )
    out = io.StringIO()
    urls = {name: sandbox.api_url(name) for name in sandbox.messengers}
    app = App(settings, clock or Clock.fixed(START), api_urls=urls, tokens=TOKENS, out=out)
    async with app:
        yield app, out


def claims(town: Town) -> dict[str, str]:
    """What the links that were printed last carry, by messenger."""
    lines = re.findall(r"https://\S+", town.out.getvalue())[-2:]
    return {"telegram" if "t.me" in line else "bale": line.partition("start=")[2] for line in lines}


async def _consents(town: Town, platform: str, number: int) -> Any:
    person = town.person(platform, number)
    await person.says("/start")
    await person.presses("می‌پذیرم")
    await person.presses("انصراف")
    return person


async def is_admin(town: Town, platform: str, number: int) -> bool:
    def look(tx: Any) -> bool:
        person = people.find_account(tx, platform, number)
        seats = people.seats(tx, person, town.clock.seconds()) if person is not None else ()
        return any(seat.role is Role.PROVINCE_ADMIN for seat in seats)

    return await town.run(look)


async def test_a_claim_link_is_printed_for_each_messenger_and_works_once(town: Town) -> None:
    links = claims(town)
    assert sorted(links) == ["bale", "telegram"]
    assert all(len(code) <= 64 for code in links.values())
    first, second = await _consents(town, "telegram", 1001), await _consents(town, "telegram", 1002)
    await first.says(f"/start {links['bale']}")  # the other messenger's link is worth nothing here
    assert not await is_admin(town, "telegram", 1001)
    await first.says(f"/start {links['telegram']}")
    assert await is_admin(town, "telegram", 1001)
    await second.says(f"/start {links['telegram']}")
    assert not await is_admin(town, "telegram", 1002)
    third = await _consents(town, "bale", 1003)
    await third.says(f"/start {links['bale']}")  # it served the same seat, which is taken
    assert not await is_admin(town, "bale", 1003)
    before = town.out.getvalue()
    await town.restart()
    assert town.out.getvalue() == before


async def test_a_claim_link_is_worth_nothing_after_a_day_and_the_next_start_prints_a_new_one(town: Town) -> None:
    links = claims(town)
    person = await _consents(town, "telegram", 1001)
    town.clock.move(24 * 3600)
    await person.says(f"/start {links['telegram']}")
    assert not await is_admin(town, "telegram", 1001)
    await town.restart()
    assert claims(town) != links
    await person.says(f"/start {claims(town)['telegram']}")
    assert await is_admin(town, "telegram", 1001)


async def test_accounts_of_the_settings_have_their_seat_with_their_first_word(tmp_path: Path, url: str) -> None:
    sandbox = Sandbox(TOKENS)
    await sandbox.start()
    async with make_app(tmp_path, url, sandbox, admins=("telegram:1001", "bale:1002")) as (app, out):
        assert out.getvalue() == ""
        for number in (1001, 1002):
            sandbox.say("telegram", number, "/start")
        await sandbox.wait_for(lambda: all(len(sandbox.transcript("telegram", number)) == 2 for number in (1001, 1002)))
        found = await app.database.run(
            lambda tx: tx.all("SELECT a.user_id, r.role FROM roles r JOIN accounts a ON a.person = r.person")
        )
        assert [(row["user_id"], row["role"]) for row in found] == [(1001, "province_admin")]
    await sandbox.stop()
