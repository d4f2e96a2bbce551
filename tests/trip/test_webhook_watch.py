"""Webhooks from the start to the stop: set, looked after, taken down where the bot polls; and a kill in between."""

from __future__ import annotations

import asyncio
import contextlib
import io
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.health import state
from bot.settings import Bale, Telegram
from sandbox.server import Sandbox
from tests.town import TOKENS, Town
from tests.trip.hooks import NO_LIMITS, Hooked, free_port, local, make_hooked
from tests.trip.probe import until
from tests.trip.process import Process

BOTH = pytest.mark.parametrize("platform", ["telegram", "bale"])
WELL = {"set": True, "pending": 0, "last_error": ""}


@pytest.fixture
async def hooked(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Hooked]:
    async with make_hooked(tmp_path, sqlite_url) as made:
        yield made


async def call(town: Town, platform: str, method: str, **params: str) -> Any:
    """As another program with the same token."""
    url = f"{town.sandbox.api_url(platform)}/bot{TOKENS[platform]}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=params) as answer:
        return (await answer.json())["result"]


def looks(town: Town, platform: str) -> int:
    return len(town.sandbox.calls(platform, method="getWebhookInfo"))


async def minute(town: Town, platform: str) -> None:
    """Until the bot has looked once more."""
    before = looks(town, platform)
    await until(town, lambda: looks(town, platform) > before, tick=20)


async def test_health_shows_the_webhooks(hooked: Hooked) -> None:
    told = await hooked.health()
    assert (told["ready"], told["why"]) == (True, [])
    assert [told["messengers"][name]["webhook"] for name in ("telegram", "bale")] == [WELL, WELL]
    assert "/hook/" not in str(told)
    hooked.town.clock.move(59)
    assert looks(hooked.town, "telegram") == 1
    hooked.town.clock.move(1)
    await hooked.town.sandbox.wait_for(lambda: looks(hooked.town, "telegram") == 2)
    for _ in range(3):  # with nothing to bring it is not silent
        for name in ("telegram", "bale"):
            await minute(hooked.town, name)
    assert (await hooked.health())["ready"]


@BOTH
async def test_a_webhook_that_was_taken_away_is_set_again(hooked: Hooked, platform: str, log: io.StringIO) -> None:
    ours = hooked.hook(platform)
    if platform == "bale":
        hooked.town.sandbox.switch("bale", "webhook_counts", True)
    await call(hooked.town, platform, "deleteWebhook")
    hooked.town.sandbox.say(platform, 1001, "/numbers")
    await minute(hooked.town, platform)
    await hooked.town.quiet()
    assert len(hooked.town.person(platform, 1001).heard) == 1
    await call(hooked.town, platform, "setWebhook", url="https://elsewhere.example/hook")
    await minute(hooked.town, platform)
    await hooked.town.sandbox.wait_for(lambda: hooked.hook(platform)["url"] == ours["url"])
    assert log.getvalue().count("webhook was taken away") == 2
    assert (await hooked.health())["ready"]


async def test_what_a_messenger_cannot_bring_is_a_reason(hooked: Hooked) -> None:
    town = hooked.town
    await town.app.health.stop()
    town.sandbox.say("telegram", 1001, "/numbers")
    await town.sandbox.wait_for(lambda: hooked.hook("telegram").get("error") == "Connection refused")
    await minute(town, "telegram")
    words = "cannot bring messages (Connection refused): look at webhook_url, the reverse proxy and its certificate"
    await town.sandbox.wait_for(lambda: _receiving(town, "telegram") == words)
    told = await state(town.app.database, town.app.messengers.values(), town.clock)
    assert told["why"] == [f"telegram: {words}"]
    assert told["messengers"]["telegram"]["webhook"] == {"set": True, "pending": 1, "last_error": "Connection refused"}
    await hooked.listen()  # and the messenger's next try arrives
    await town.quiet()
    assert len(town.person("telegram", 1001).heard) == 1
    assert (await hooked.health())["why"] == []
    await minute(town, "telegram")  # it still tells of the last failure, which is over
    assert (await hooked.health())["why"] == []


def _receiving(town: Town, platform: str) -> str:
    return next(m.receiving for m in town.app.messengers.values() if m.platform.name == platform)


@BOTH
async def test_a_messenger_that_refuses_or_is_away_is_asked_again(hooked: Hooked, platform: str) -> None:
    town = hooked.town
    await town.app.__aexit__(None, None, None)
    town.sandbox.switch(platform, "webhook_any_port", False)
    await town.open()
    await town.app.health.start("127.0.0.1", hooked.port)
    await town.sandbox.wait_for(lambda: _receiving(town, platform).startswith("the webhook is refused: look at"))
    assert (await hooked.health())["messengers"][platform]["webhook"]["set"] is False
    town.sandbox.fault(platform, "error500", method="setWebhook")
    await until(town, lambda: _receiving(town, platform).startswith("the platform does not answer"), tick=1)
    town.sandbox.clear_faults()
    local(town.sandbox)
    await until(town, lambda: _receiving(town, platform) == "", tick=1)
    await town.person(platform, 1001).says("/numbers")
    assert len(town.person(platform, 1001).heard) == 1


async def test_a_start_in_polling_takes_webhooks_down_and_loses_nothing(tmp_path: Path, url: str) -> None:
    async with make_hooked(tmp_path, url) as hooked:
        town = hooked.town
        await town.app.__aexit__(None, None, None)
        assert hooked.hook("telegram")["url"]  # a stop leaves it: others may be listening
        people = [town.person(name, 1001) for name in ("telegram", "bale")]
        for person in people:
            town.sandbox.say(person.platform, 1001, "/numbers")
        plain = {"telegram": Telegram(**NO_LIMITS), "bale": Bale(**NO_LIMITS)}
        town.settings = town.settings.model_copy(update=plain)
        await town.open()
        await town.quiet()
        assert [len(person.heard) for person in people] == [1, 1]
        assert [hooked.hook(person.platform) for person in people] == [{}, {}]
        for person in people:
            (taken,) = town.sandbox.calls(person.platform, method="deleteWebhook")
            assert taken.params == {}
        await town.restart()
        assert len(town.sandbox.calls(method="deleteWebhook")) == 2  # where none is set there is nothing to take down


async def test_a_polling_bot_whose_place_is_taken_says_so(town: Town, log: io.StringIO) -> None:
    local(town.sandbox)
    await town.person("telegram", 1001).says("/numbers")
    await call(town, "telegram", "setWebhook", url="https://elsewhere.example/hook")
    words = "another program polls with this token, or a webhook is set: stop it"
    await town.sandbox.wait_for(lambda: _receiving(town, "telegram") == words)
    town.clock.move(60)
    await town.sandbox.wait_for(lambda: log.getvalue().count(words) > 1)
    assert town.sandbox.state()["telegram"]["webhook"]["url"] == "https://elsewhere.example/hook"


async def test_a_messenger_that_cannot_tell_of_webhooks_is_polled_all_the_same(town: Town) -> None:
    town.sandbox.fault("telegram", "error500", method="getWebhookInfo")
    await town.app.__aexit__(None, None, None)
    await town.open()
    town.sandbox.say("telegram", 1001, "/numbers")
    await until(town, lambda: town.person("telegram", 1001).heard, tick=0.5)
    assert looks(town, "telegram") == 4  # once at the first start, three times at this one


async def test_a_messenger_that_tells_nothing_is_believed(hooked: Hooked, log: io.StringIO) -> None:
    town = hooked.town
    await town.app.__aexit__(None, None, None)
    town.sandbox.fault("bale", "ok_false", method="getWebhookInfo")
    await town.open()
    await hooked.listen()
    await until(town, lambda: looks(town, "bale") == 4, tick=20)
    assert (await hooked.health())["messengers"]["bale"]["webhook"] == WELL
    assert len(town.sandbox.calls("bale", method="setWebhook")) == 2  # once at each start
    assert "taken away" not in log.getvalue()


# --- a process, killed between the commit and the 200 -----------------------------------------------------------------


class Swallowing:
    """Stands between messenger and bot; while `armed`, the bot is killed once it has answered, and nobody hears it."""

    def __init__(self, port: int) -> None:
        self.port, self.armed = port, False
        self.kill: Callable[[], None] = lambda: None
        self.answers: list[bytes] = []

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            body = await reader.readexactly(length)
            theirs, ours = await asyncio.open_connection("127.0.0.1", self.port)
            ours.write(head + body)
            answer = await theirs.readuntil(b"\r\n\r\n")
            ours.close()
            self.answers.append(answer.split(b"\r\n")[0])
            if self.armed:
                self.armed = False
                self.kill()
            else:
                writer.write(answer.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
                await writer.drain()
        writer.close()


@BOTH
async def test_a_kill_between_commit_and_answer_repeats_nothing(tmp_path: Path, url: str, platform: str) -> None:
    sandbox = Sandbox({platform: TOKENS[platform]})
    await sandbox.start()
    local(sandbox)
    port = free_port()
    between = Swallowing(port)
    server = await asyncio.start_server(between, "127.0.0.1", 0)
    outside = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    name = platform.upper()
    hook = {f"{name}__MODE": "webhook", f"{name}__WEBHOOK_URL": outside, "WEB__PORT": str(port)}
    bot = Process(tmp_path, url, sandbox, **hook)
    between.kill = lambda: bot.send(signal.SIGKILL)
    try:
        await bot.start()
        await sandbox.wait_for(lambda: sandbox.calls(method="getWebhookInfo"), timeout=20)
        between.armed = True
        sandbox.fault(platform, "stall", method="sendMessage")  # lest a message be in the air, which is sent again
        sandbox.say(platform, 1001, "/numbers")
        await bot.ended()
        sandbox.clear_faults()
        assert between.answers == [b"HTTP/1.1 200 OK"]  # it was committed, and nobody has heard of it
        assert sandbox.state()[platform]["pending"] == 1
        sandbox.say(platform, 1002, "/numbers")
        await bot.start()
        await sandbox.wait_for(lambda: sandbox.state()[platform]["pending"] == 0, timeout=20)
        await sandbox.wait_for(lambda: all(_heard(sandbox, platform, n) for n in (1001, 1002)))
        bot.send(signal.SIGTERM)
        assert await bot.ended() == 0
        assert [_heard(sandbox, platform, n) for n in (1001, 1002)] == [1, 1]
        assert between.answers[1:] == [b"HTTP/1.1 200 OK"] * 2  # the repeat, and the other
        assert "/hook/" not in bot.err
    finally:
        await bot.gone()
        server.close()
        await sandbox.stop()


def _heard(sandbox: Sandbox, platform: str, chat: int) -> int:
    return sum(line["from"] == "bot" for line in sandbox.transcript(platform, chat))
