"""The smoke test walked wholly against the sandbox on both messengers, with a person of it as the operator."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.clock import Clock
from bot.settings import Bale, Telegram
from bot.smoke import smoke
from bot.smoke_line import CannotTry, Wish
from sandbox.dialect import BALE
from sandbox.server import Sandbox
from tests.town import TOKENS

OPERATOR = 1003
PLATFORMS = ("telegram", "bale")


@pytest.fixture
async def box() -> AsyncIterator[Sandbox]:
    made = Sandbox(TOKENS)
    await made.start()
    yield made
    await made.stop()


class Operator:
    """Reads what the smoke test says and does it."""

    def __init__(self, box: Sandbox, platform: str) -> None:
        self.box, self.platform = box, platform
        self.lines: list[str] = []
        self.lazy = False

    def __call__(self, said: str) -> None:
        self.lines.append(said)
        if self.lazy:
            return
        if said.startswith("now send this"):
            self.box.say(self.platform, OPERATOR, said.split("\n")[1])
        if said.startswith("now open this link"):
            self.box.say(self.platform, OPERATOR, "/start " + said.partition("?start=")[2])
        if said.startswith("now press"):
            self.box.press(self.platform, OPERATOR, "press this")

    @property
    def points(self) -> dict[str, str]:
        """What was said of each point: «held», «did not hold» or «not tried»."""
        found = (re.match(r"(held|did not hold|not tried) +([^:]+): ", line) for line in self.lines)
        return {one[2]: one[1] for one in found if one}

    def words(self, point: str) -> str:
        return next(line.partition(f"{point}: ")[2] for line in self.lines if f" {point}: " in line)


async def walk(box: Sandbox, platform: str, out: Path, **wish: Any) -> tuple[bool, Operator]:
    operator = Operator(box, platform)
    section = (Telegram if platform == "telegram" else Bale)(api_url=box.api_url(platform))
    good = await smoke(platform, TOKENS[platform], section, Wish(patience=5, **wish), out, operator, Clock())
    return good, operator


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_everything_that_the_bot_needs_holds_in_the_sandbox(box: Sandbox, platform: str, tmp_path: Path) -> None:
    is_bale = platform == "bale"
    if is_bale:
        box.switch("bale", "is_bot_missing", True)
    good, operator = await walk(box, platform, tmp_path / "out.json", webhook="https://town.example/x", large=True)
    # The sandbox refuses what nobody documents.
    assert {name: state for name, state in operator.points.items() if state != "held"} == {
        f"3 getChatMember{'' if is_bale else 's'}Count": "did not hold",
        "7 sign of groups' numbers": "not tried",
        "10 rate limits": "not tried",
        "15 unknown parameters are ignored": "did not hold",
    } | ({"1 is_bot and chat.type": "did not hold"} if is_bale else {})
    assert good
    numbers = {int(found[1]) for name in operator.points if (found := re.match(r"(\d+) ", name))}
    assert numbers == set(range(1, 17))
    assert ("stub" in operator.words("2 edit")) == is_bale
    assert operator.words("6 entities") == "counted in UTF-16 units"
    # The operator's chat is as it was, and the bot will not read what was done.
    left = [line for line in box.transcript(platform, OPERATOR) if line["from"] == "bot" and not line["deleted"]]
    assert left == []
    assert box.state()[platform]["pending"] == 0
    assert box.state()[platform]["webhook"] == {}


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_the_file_of_shapes_is_for_the_operator_alone_and_holds_nobody(
    box: Sandbox, platform: str, tmp_path: Path
) -> None:
    out = tmp_path / "out.json"
    out.touch(0o644)
    await walk(box, platform, out)
    assert out.stat().st_mode & 0o777 == 0o600
    text = out.read_text("utf-8")
    person = box.messengers[platform].person(OPERATOR)
    assert person.first_name
    secrets = (*TOKENS[platform].split(":"), str(OPERATOR), person.first_name, "smoke-", "mahalleyar")
    assert [secret for secret in secrets if secret in text] == []
    calls = json.loads(text)
    updates = [one for call in calls if call["method"] == "getUpdates" for one in call.get("result", [])]
    shapes = [sorted(update) for update in updates]
    assert ["message", "update_id"] in shapes
    assert ["callback_query", "update_id"] in shapes
    said = next(update["message"] for update in updates if "message" in update)
    assert said["from"]["id"] == said["chat"]["id"]
    assert re.fullmatch(r"<number \d+>", said["chat"]["id"])
    assert (said["text"], said["from"]["first_name"], said["chat"]["type"]) == ("<text>", "<text>", "private")


async def test_a_method_that_is_missing_makes_it_fail_and_all_others_are_tried(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for method in ("sendLocation", "sendMediaGroup"):
        monkeypatch.delitem(BALE.methods, method)
    good, operator = await walk(box, "bale", tmp_path / "out.json")
    assert not good
    assert operator.points["sendLocation"] == operator.points["4 sendMediaGroup by attach"] == "did not hold"
    assert operator.points["sendDocument"] == operator.points["13 setMyCommands"] == "held"
    assert operator.lines[-1] == "something that the bot needs did not hold"


async def test_without_albums_all_that_is_needed_holds(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(BALE.methods, "sendMediaGroup")
    good, _ = await walk(box, "bale", tmp_path / "out.json")
    assert good


async def test_what_residents_said_is_thrown_away_only_when_that_is_asked_for(box: Sandbox, tmp_path: Path) -> None:
    for n in range(150):
        box.say("bale", 1001, f"a report {n}")
    with pytest.raises(CannotTry, match="100 messages wait for the bot and would be lost: start it once"):
        await walk(box, "bale", tmp_path / "out.json")
    assert box.state()["bale"]["pending"] == 150
    good, operator = await walk(box, "bale", tmp_path / "out.json", drain=True)
    assert (good, operator.words("backlog")) == (True, "150 messages thrown away")


async def test_a_message_of_somebody_else_meanwhile_is_told(box: Sandbox, tmp_path: Path) -> None:
    operator = Operator(box, "bale")

    def say(said: str) -> None:
        if said.startswith("now press"):
            box.say("bale", 1001, "a report")
        operator(said)

    section = Bale(api_url=box.api_url("bale"))
    assert await smoke("bale", TOKENS["bale"], section, Wish(patience=5), tmp_path / "out", say, Clock())
    assert "1 other messages came meanwhile and are lost to the bot" in operator.lines


async def test_without_the_word_nothing_is_tried(box: Sandbox, tmp_path: Path) -> None:
    operator = Operator(box, "telegram")
    operator.lazy = True
    section = Telegram(api_url=box.api_url("telegram"))
    with pytest.raises(CannotTry, match="the word did not come"):
        await smoke("telegram", TOKENS["telegram"], section, Wish(patience=0), tmp_path / "out", operator, Clock())
    assert [call.method for call in box.calls("telegram") if call.method.startswith("send")] == []


# --- the verb ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def settings(box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A folder of its own with these settings for both messengers."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("MAHALLEYAR_")]:
        monkeypatch.delenv(name)

    def given(**more: str) -> None:
        for name in PLATFORMS:
            monkeypatch.setenv(f"MAHALLEYAR_{name.upper()}__API_URL", box.api_url(name))
            monkeypatch.setenv(f"MAHALLEYAR_{name.upper()}__TOKEN", more.get(name, TOKENS[name]))

    return given


async def verb(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = await asyncio.to_thread(main, ["smoke", *words])
    said = capsys.readouterr()
    return status, said.out + said.err


async def test_it_refuses_while_the_bot_polls_with_the_same_token(
    box: Sandbox, settings: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    from bot.platforms import PLATFORMS as ADAPTERS
    from bot.transport import BotApi, BotApiError

    settings()

    async def polls() -> None:
        async with BotApi(ADAPTERS["telegram"], TOKENS["telegram"], box.api_url("telegram")) as api:
            while True:
                with contextlib.suppress(BotApiError):
                    await api.updates(None, 8, 100)

    bot = asyncio.create_task(polls())
    try:
        status, said = await verb(capsys, "--platform", "telegram")
    finally:
        bot.cancel()
    assert status == 1
    assert said.splitlines()[-1] == "another program polls with this token: stop the bot, then try again"


async def test_it_refuses_while_the_bot_of_this_folder_runs(
    settings: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    """Bale may not refuse a second poll: then the first sign would be messages that get lost."""
    from bot.database import open_database

    settings()
    held = await open_database("sqlite:///data/mahalleyar.db", now=1)
    try:
        status, said = await verb(capsys, "--platform", "bale")
    finally:
        await held.close()
    assert status == 1
    assert "another process is at work on" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "token", "said"),
    [
        (("--platform", "bale"), "8001:wrong", "the token is not accepted: put a valid one in the environment"),
        (("--platform", "bale"), "", "bale has no token: set MAHALLEYAR_BALE__TOKEN or …__TOKEN_FILE"),
        (("--platform", "bale", "--webhook", "http://x.ir"), TOKENS["bale"], "--webhook takes an https address"),
        (("--platform", "bale", "--out", "/nowhere/x"), "8001:wrong", "/nowhere/x: cannot be written"),
    ],
)
async def test_what_cannot_be_tried_is_one_line_that_says_what_to_do(
    settings: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    token: str,
    said: str,
) -> None:
    settings(bale=token)
    if not token:
        monkeypatch.delenv("MAHALLEYAR_BALE__TOKEN")
    status, told = await verb(capsys, *words)
    assert status == 1
    assert told.splitlines()[-1].startswith(said)


async def test_a_webhook_that_is_set_is_named(
    box: Sandbox, settings: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    settings()
    box.messengers["bale"].facts["webhook"] = {"url": "https://town.example/x"}
    status, said = await verb(capsys, "--platform", "bale")
    assert (status, said.splitlines()[-1]) == (1, "a webhook is set for this token: call deleteWebhook and try again")
