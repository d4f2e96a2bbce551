"""Each messenger on its own feet: what one of them suffers, the other never feels."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pytest
from aiohttp import web

from bot.app import App
from bot.clock import Clock
from bot.health import state
from bot.platforms import PLATFORMS
from bot.settings import Bale, People, Settings, Storage, Telegram
from bot.transport import BotApi, Upload
from tests.bot.test_transport import messenger, socks_proxy
from tests.town import START, TOKENS, Town
from tests.trip.line import Line, make_lines, running
from tests.trip.probe import Probe, answers, until

OTHER = {"telegram": "bale", "bale": "telegram"}
#: What may be wrong with a messenger, for every request to it. A stalled one hangs until the faults are cleared.
TROUBLES = ("stall", "drop_before", "error500", "flood", "html", "token_revoked")
WORDS, PER_SECOND = 40, 10


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("ill", OTHER)
async def test_people_on_the_one_are_answered_at_once_whatever_is_wrong_with_the_other(
    town: Town, probe: Probe, ill: str, trouble: str
) -> None:
    """The clock stands: whoever had to wait for a pause, a time limit or another's turn would never be answered."""
    box, well = town.sandbox, OTHER[ill]
    people = [town.person(well, 2001 + n) for n in range(4)]
    sick = town.person(ill, 1001)
    await sick.says("/probe before")
    box.fault(ill, trouble, retry_after=3600)
    for n in range(10):
        box.say(ill, 1001, f"/probe lost-{n}")
        for person in people:
            box.say(well, person.id, f"/probe word-{n}")
    await box.wait_for(lambda: all(len(answers(person)) == 10 for person in people))
    assert [answers(person) for person in people] == [[f"word-{n}" for n in range(10)]] * 4
    # Buttons are answered there too, and /health tells which of the two is ill.
    box.press(well, people[0].id, data="a:nobody.knows:1", forged=True)
    await box.wait_for(lambda: box.calls(well, method="answerCallbackQuery"))
    told = (await state(town.app.database, town.app.messengers.values(), town.clock))["messengers"]
    assert (told[well]["receiving"], told[well]["sending"]) == ("", "")
    if trouble != "stall":
        await box.wait_for(lambda: _of(town, ill))
    assert answers(sick) == ["before"]
    box.clear_faults()
    await until(town, lambda: len(answers(sick)) == 11, tick=60)
    assert answers(sick) == ["before", *[f"lost-{n}" for n in range(10)]]


def _of(town: Town, name: str) -> str:
    return next(one.receiving or one.sending for one in town.app.messengers.values() if one.platform.name == name)


@pytest.mark.parametrize("trouble", [*TROUBLES, ""])
async def test_the_pace_of_the_one_is_the_same_with_and_without_the_other(url: str, trouble: str) -> None:
    async with make_lines(url, "telegram", "bale", per_second=PER_SECOND) as lines:
        ill, well = lines["telegram"], lines["bale"]
        chats = range(3001, 3001 + WORDS)
        for line in lines.values():
            line.meet(*chats)
            for chat in chats:
                await line.write(chat, f"to {chat}")
        if trouble:
            ill.sandbox.fault("telegram", trouble, retry_after=3600)
        began = well.clock.monotonic()
        async with running(ill, well):
            while len(well.sent()) < WORDS:
                await _rest(well)
                well.clock.move(0.1)
            took = well.clock.monotonic() - began
            ill.sandbox.clear_faults()
    assert took == pytest.approx(WORDS / PER_SECOND - 0.9, abs=0.35)


async def _rest(line: Line) -> None:
    """Until nothing of this line is in the air and nothing more may leave."""
    while True:
        before = len(line.sent())
        for _ in range(6):
            await line.database.read(lambda tx: tx.all("SELECT 1"))
            await line.sandbox.pulse.wait(0.004)
        if len(line.sent()) == before and not line.sender._busy:
            return


# --- ways out ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def closed_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proxies of the environment that lead nowhere."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
        monkeypatch.setenv(name.upper(), "http://127.0.0.1:1")


async def _answer(request: web.Request) -> web.StreamResponse:
    if request.path.endswith("/getMe"):
        return web.json_response({"ok": True, "result": {"id": 1, "is_bot": True, "username": "town_bot"}})
    if "/file/" in request.path:
        return web.Response(body=b"content")
    if request.path.endswith("/getUpdates"):
        await asyncio.Event().wait()
    return web.json_response({"ok": True, "result": {"message_id": 1}})


async def test_each_messenger_has_its_own_way_out_and_neither_the_environments(
    tmp_path: Path, closed_ways: None
) -> None:
    async with messenger(_answer) as telegram, messenger(_answer) as bale, socks_proxy(bale.url) as (socks, names):
        settings = Settings(
            storage=Storage(url=f"sqlite:///{tmp_path / 'data' / 'town.db'}"),
            telegram=Telegram(api_url="http://telegram.invalid", proxy=telegram.url.replace("//", "//ali:pass@")),
            bale=Bale(api_url="http://bale.invalid", proxy=f"socks5://ali:pass@{socks}"),
            people=People(key_path=str(tmp_path / "data" / "people.key")),
        )
        async with App(settings, Clock.fixed(START), tokens=TOKENS, out=io.StringIO()) as app:
            assert {one.platform.name for one in app.messengers.values()} == {"telegram", "bale"}
    assert {path.split("/bot")[0] for _, path, _, _ in telegram.asked} == {"http://telegram.invalid"}
    assert {path.split("/")[1] for _, path, _, _ in bale.asked} == {f"bot{TOKENS['bale']}"}
    assert set(names) == {"3 ali pass bale.invalid"}


@pytest.mark.parametrize("name", OTHER)
async def test_without_a_proxy_of_its_own_a_messenger_is_reached_directly(name: str, closed_ways: None) -> None:
    async with messenger(_answer) as seen, BotApi(PLATFORMS[name], TOKENS[name], seen.url) as api:
        assert (await api.call("getMe", {}))["id"] == 1
        await api.call("sendPhoto", {"chat_id": 1}, files={"photo": Upload("a.jpg", b"a", "image/jpeg")})
        assert await api.download("1:2:3") == b"content"
    assert len(seen.asked) == 3
