"""Webhooks of the sandbox: updates are brought in their order, each until it is taken."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from sandbox import webhooks

FIRST = 730_000_001


class Ear:
    """A bot that is called: what it was told, and how it answers."""

    def __init__(self) -> None:
        self.url = ""
        self.heard: list[tuple[dict[str, str], bytes]] = []
        #: statuses of the next answers; 200 after them
        self.statuses: list[int] = []
        self.hang_up = False

    @property
    def numbers(self) -> list[int]:
        return [json.loads(body)["update_id"] for _, body in self.heard]

    async def listen(self, request: web.Request) -> web.Response:
        self.heard.append((dict(request.headers), await request.read()))
        if self.hang_up:
            self.hang_up = False
            assert request.transport is not None
            request.transport.abort()
        status = self.statuses.pop(0) if self.statuses else 200
        return web.Response(status=status, headers={"Location": "/elsewhere"})

    async def take(self, _: web.Request) -> web.Response:
        return web.Response()


@pytest.fixture
async def ear(box: Any) -> AsyncIterator[Ear]:
    made = Ear()
    app = web.Application()
    app.router.add_post("/hook", made.listen)
    app.router.add_route("*", "/elsewhere", made.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    for name in box.messengers:
        box.switch(name, "webhook_any_port", True)
    yield made
    await runner.cleanup()


def pending(box: Any, platform: str = "telegram") -> int:
    return int(box.state()[platform]["pending"])


async def test_what_waited_and_what_comes_is_brought_in_order(box: Any, api: Any, ear: Ear) -> None:
    for text in "ab":
        box.say("telegram", 1001, text)
    await api.ok("telegram", "setWebhook", url=ear.url, secret_token="Aa_0-")
    await box.wait_for(lambda: pending(box) == 0)
    box.say("telegram", 1002, "c")
    await box.wait_for(lambda: pending(box) == 0)
    assert ear.numbers == [FIRST, FIRST + 1, FIRST + 2]
    assert json.loads(ear.heard[0][1])["message"]["text"] == "a"
    headers = ear.heard[0][0]
    assert (headers["Content-Type"], headers["X-Telegram-Bot-Api-Secret-Token"]) == ("application/json", "Aa_0-")
    state = box.state()["telegram"]
    assert (state["confirmed"], state["delivered"]) == (FIRST + 3, 3)
    status, answer = await api("telegram", "getUpdates")
    assert (status, answer["error_code"]) == (409, 409)


@pytest.mark.parametrize("status", [302, 403, 404, 503])
async def test_anything_but_a_success_is_tried_again_and_told(box: Any, api: Any, ear: Ear, status: int) -> None:
    ear.statuses = [status, status]
    await api.ok("telegram", "setWebhook", url=ear.url, max_connections=3, allowed_updates=["message"])
    for text in "ab":
        box.say("telegram", 1001, text)
    await box.wait_for(lambda: "error" in box.state()["telegram"]["webhook"])
    told = await api.ok("telegram", "getWebhookInfo")
    assert told.pop("last_error_message").startswith(f"Wrong response from the webhook: {status} ")
    assert told == {
        "url": ear.url,
        "has_custom_certificate": False,
        "pending_update_count": 2,
        "max_connections": 3,
        "allowed_updates": ["message"],
        "last_error_date": 1_800_000_000,
    }
    await box.wait_for(lambda: pending(box) == 0)
    assert ear.numbers == [FIRST, FIRST, FIRST, FIRST + 1]


async def test_a_lost_answer_brings_the_same_again(box: Any, api: Any, ear: Ear) -> None:
    ear.hang_up = True
    await api.ok("telegram", "setWebhook", url=ear.url)
    box.say("telegram", 1001, "a")
    await box.wait_for(lambda: pending(box) == 0)
    assert ear.numbers == [FIRST, FIRST]
    assert box.state()["telegram"]["webhook"]["error"] == "Webhook connection closed"


async def test_nobody_there_is_told_and_another_address_is_tried_at_once(
    box: Any, api: Any, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "_FIRST_PAUSE", 3600)
    await box.stop()
    await box.start()
    await api.ok("telegram", "setWebhook", url="http://127.0.0.1:9/hook")
    box.say("telegram", 1001, "a")
    await box.wait_for(lambda: box.state()["telegram"]["webhook"].get("error") == "Connection refused")
    await api.ok("telegram", "setWebhook", url=ear.url)
    assert "last_error_message" not in await api.ok("telegram", "getWebhookInfo")
    await box.wait_for(lambda: pending(box) == 0)
    assert ear.numbers == [FIRST]


async def test_without_a_webhook_nothing_is_brought_and_nothing_is_lost(box: Any, api: Any, ear: Ear) -> None:
    await api.ok("telegram", "setWebhook", url=ear.url)
    await api.ok("telegram", "deleteWebhook")
    box.say("telegram", 1001, "a")
    assert [one["update_id"] for one in await api.ok("telegram", "getUpdates")] == [FIRST]
    assert await api.ok("telegram", "getWebhookInfo") == {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": 1,
    }
    await api.ok("telegram", "setWebhook", url=ear.url, drop_pending_updates=True)
    box.say("telegram", 1001, "b")
    await box.wait_for(lambda: pending(box) == 0)
    assert ear.numbers == [FIRST + 1]


async def test_bale_is_told_an_address_and_nothing_else(box: Any, api: Any, ear: Ear) -> None:
    await api.ok("bale", "setWebhook", url=ear.url, secret_token="s", max_connections=1)
    for kind in ("application/json", "application/json; charset=utf-8", "text/plain"):
        box.switch("bale", "webhook_content_type", kind)
        box.say("bale", 1001, "a")
        await box.wait_for(lambda: pending(box, "bale") == 0)
        headers, body = ear.heard[-1]
        assert (headers["Content-Type"], json.loads(body)["message"]["text"]) == (kind, "a")
        assert "X-Telegram-Bot-Api-Secret-Token" not in headers
    assert await api.ok("bale", "getWebhookInfo") == {"url": ear.url}
    box.switch("bale", "webhook_counts", True)
    told = await api.ok("bale", "getWebhookInfo")
    assert (told["url"], told["has_custom_certificate"], told["pending_update_count"]) == (ear.url, False, 0)


@pytest.mark.parametrize(
    ("platform", "good", "bad"), [("telegram", (443, 80, 88, 8443), (8080, 8444)), ("bale", (443, 88), (80, 8443))]
)
async def test_only_some_ports_are_called(
    box: Any, api: Any, platform: str, good: tuple[int, ...], bad: tuple[int, ...]
) -> None:
    for port in good:
        await api.ok(platform, "setWebhook", url=f"https://bot.example:{port}/hook")
    await api.ok(platform, "setWebhook", url="https://bot.example/hook")
    for port in bad:
        status, answer = await api(platform, "setWebhook", url=f"https://bot.example:{port}/hook")
        assert (status, "only on ports" in answer["description"]) == (400, True)
    assert (await api.ok(platform, "getWebhookInfo"))["url"] == "https://bot.example/hook"
    box.switch(platform, "webhook_any_port", True)
    await api.ok(platform, "setWebhook", url=f"https://bot.example:{bad[0]}/hook")


async def test_raw_text_is_brought_letter_by_letter(box: Any, api: Any, ear: Ear) -> None:
    await api.ok("telegram", "setWebhook", url=ear.url)
    box.raw_text("telegram", '{"message": "ب \\ud800"')
    await box.wait_for(lambda: pending(box) == 0)
    assert ear.heard[0][1] == '{"message": "ب \\ud800"'.encode()


async def test_a_stop_ends_what_is_on_its_way(box: Any, api: Any, ear: Ear) -> None:
    ear.statuses = [500] * 1000
    await api.ok("telegram", "setWebhook", url=ear.url)
    box.say("telegram", 1001, "a")
    await box.wait_for(lambda: ear.heard)
    async with asyncio.timeout(5):
        await box.stop()
    assert pending(box) == 1
    ear.statuses = []
    await box.start()
    await box.wait_for(lambda: pending(box) == 0)
