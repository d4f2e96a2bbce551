"""What a killed sandbox still knows when it is started again on the same file."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from sandbox.server import Sandbox

TOKENS = {"telegram": "7001:a", "bale": "8001:b"}
PROGRAM = """
import asyncio, sys
from pathlib import Path
from sandbox.server import Sandbox
async def main():
    print(await Sandbox({"telegram": "7001:a", "bale": "8001:b"}, store=Path(sys.argv[1])).start(), flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""
ROOT = Path(__file__).resolve().parents[2]


class Run:
    """The sandbox in a process of its own, killed at the end without warning."""

    def __init__(self, path: Path) -> None:
        self.path = path

    async def __aenter__(self) -> Run:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", PROGRAM, str(self.path), cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        assert self.process.stdout is not None
        self.base = (await self.process.stdout.readline()).decode().strip()
        self.session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        verb = "GET" if body is None else "POST"
        async with self.session.request(verb, f"{self.base}/{path}", json=body) as answer:
            return json.loads(await answer.read())

    async def api(self, method: str, **params: Any) -> Any:
        return (await self.ask(f"telegram/bot7001:a/{method}", params))["result"]


async def test_a_kill_between_any_two_steps_loses_nothing(tmp_path: Path) -> None:
    store = tmp_path / "sandbox.db"
    markup = {"inline_keyboard": [[{"text": "بله", "callback_data": "yes"}]]}
    async with Run(store) as run:
        assert await run.ask("sandbox/say", {"platform": "telegram", "person": 1001, "text": "a\x00\ud800"}) == {
            "message_id": 1
        }
        await run.ask("sandbox/document", {"platform": "telegram", "person": 55, "content": "AAEC", "name": "a.bin"})
        await run.ask("sandbox/switch", {"platform": "bale", "name": "old_client", "value": True})
    async with Run(store) as run:
        updates = await run.api("getUpdates")
        assert updates[0]["message"]["text"] == "a\x00\ud800"
        file = await run.api("getFile", file_id=updates[1]["message"]["document"]["file_id"])
        async with run.session.get(f"{run.base}/telegram/file/bot7001:a/{file['file_path']}") as answer:
            assert await answer.read() == b"\x00\x01\x02"
        await run.api("getUpdates", offset=updates[-1]["update_id"] + 1)
        sent = await run.api("sendMessage", chat_id=1001, text="<b>؟</b>", parse_mode="HTML", reply_markup=markup)
        assert sent["message_id"] == 3
    async with Run(store) as run:
        lines = await run.ask("sandbox/transcript?platform=telegram&person=1001")
        assert [line["text"] for line in lines] == ["a\x00\ud800", "؟"]
        assert lines[1]["entities"] == [{"type": "bold", "offset": 0, "length": 1}]
        assert await run.api("getUpdates") == []
        query = (await run.ask("sandbox/press", {"platform": "telegram", "person": 1001, "text": "بله"}))["query"]
    async with Run(store) as run:
        assert (await run.api("getUpdates"))[0]["callback_query"]["id"] == query
        assert await run.api("answerCallbackQuery", callback_query_id=query, text="ok") is True
        state = await run.ask("sandbox/state")
        assert (state["telegram"]["pending"], state["bale"]["switches"]["old_client"]) == (1, True)


@pytest.mark.parametrize("kept", [True, False])
async def test_stop_and_start_in_one_process_keep_everything(tmp_path: Path, kept: bool) -> None:
    box = Sandbox({"bale": "8001:b"}, store=tmp_path / "s.db" if kept else None)
    box.say("bale", 1001, "before the start")
    await box.start()
    await box.stop()
    await box.start()
    box.say("bale", 1001, "after")
    assert [line["message_id"] for line in box.transcript("bale", 1001)] == [1, 2]
    assert box.state()["bale"]["pending"] == 2
    await box.stop()


async def test_a_reset_is_kept_too(tmp_path: Path) -> None:
    box = Sandbox(TOKENS, store=tmp_path / "s.db")
    await box.start()
    box.photo("telegram", 1001)
    box.reset()
    await box.stop()
    again = Sandbox(TOKENS, store=tmp_path / "s.db")
    await again.start()
    assert (again.transcript("telegram", 1001), again.state()["telegram"]["pending"]) == ([], 0)
    await again.stop()


@pytest.mark.parametrize("bots", [{}, {"sms": "1:a"}])
def test_only_known_messengers_are_played(bots: dict[str, str]) -> None:
    with pytest.raises(Exception, match="telegram, bale"):
        Sandbox(bots)


async def test_a_messenger_that_was_not_asked_for_is_not_there() -> None:
    box = Sandbox({"telegram": "7001:a"})
    base = await box.start()
    async with aiohttp.ClientSession() as session, session.get(f"{base}/bale/bot8001:b/getMe") as answer:
        assert answer.status == 404
    await box.stop()


async def test_a_clock_that_nobody_handed_over_cannot_be_moved() -> None:
    box = Sandbox({"telegram": "7001:a"})
    base = await box.start()
    async with aiohttp.ClientSession() as session, session.post(f"{base}/sandbox/clock", json={"move": 5}) as answer:
        assert answer.status == 501
    await box.stop()
