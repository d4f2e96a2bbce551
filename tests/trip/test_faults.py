"""Faults of a messenger, in a table: nothing lost, order held, the other one undisturbed, and well again by itself."""

from __future__ import annotations

import io
import json
import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot import receive, send
from bot.settings import Settings
from tests.town import TOKENS, Town, make_town
from tests.trip.faults import WELL_S, Watch
from tests.trip.probe import Probe, answers

NETWORK = "the platform does not answer: look at the network and the proxy"
WAIT = "it asks us to wait, and we do: if that goes on, lower per_second and per_chat in the settings"
TOKEN = "the token is not accepted: put a valid one in the environment and start again"
NAME = "its name cannot be looked up: look at the name server of this machine, api_url and the proxy"
LINES = ["sqlite"]


@dataclass(frozen=True)
class Fault:
    """What happens to calls of the messenger, and what the operator is told to do."""

    kind: str
    do: str = NETWORK
    method: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return "-".join([self.kind, *filter(None, [self.method]), *map(str, self.more.values())])


FAULTS = [
    Fault("stall", more={"seconds": 0.03}),
    Fault("stall", method="getUpdates", more={"seconds": 0.03}),
    Fault("stall", method="sendMessage", more={"seconds": 0.03}),
    Fault("drop_before"),
    Fault("drop_after"),
    Fault("drop_after", method="sendMessage"),
    Fault("flood", WAIT, more={"retry_after": 7}),
    Fault("flood", WAIT, method="sendMessage", more={"retry_after": 3}),
    Fault("flood", WAIT, more={"retry_after": 0}),
    Fault("error500"),
    Fault("html"),
    Fault("half"),
    Fault("token_revoked", TOKEN),
]


@pytest.fixture
def watch(town: Town, probe: Probe, log: io.StringIO) -> Watch:
    return Watch(town, probe, log)


@pytest.mark.parametrize("engine", LINES)
@pytest.mark.parametrize("platform", ["telegram", "bale"])
@pytest.mark.parametrize("fault", FAULTS, ids=str)
async def test_a_minute_of_trouble_with_a_messenger(watch: Watch, fault: Fault, platform: str) -> None:
    box = watch.town.sandbox
    (other,) = set(box.messengers) - {platform}
    for person in (*watch.people(platform), *watch.people(other)):
        watch.say(person, "before")
    await watch.until(lambda: all(map(watch.heard, watch.said)))

    box.fault(platform, fault.kind, method=fault.method, **fault.more)
    for n in range(3):
        for person in (*watch.people(platform), *watch.people(other)):
            watch.say(person, f"during-{n}")
    for person in (*watch.people(platform), *watch.people(other)):
        await watch.write(person, "1", "2")
    # The other one: at once, while the clock stands.
    await watch.until(lambda: all(map(watch.heard, watch.people(other))))
    await watch.minute()
    for person in watch.people(other):
        watch.say(person, "later")
    await watch.until(lambda: all(map(watch.heard, watch.people(other))))
    assert not any(map(watch.heard, watch.people(platform)))

    box.clear_faults()
    await watch.recovers()
    assert watch.why == {f"{platform}: {fault.do}"}
    assert fault.do in watch.advice()
    assert {line.get("messenger", platform) for line in _troubles(watch)} == {platform}
    assert all(map(watch.heard, watch.people(platform)))
    if fault.kind not in ("drop_after", "half"):
        # Only what arrived without our knowing may be there twice.
        words = [sorted(watch.said[person] + watch.written[person]) for person in watch.said]
        assert [sorted(answers(person)) for person in watch.said] == words


def _troubles(watch: Watch) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in watch.log.getvalue().splitlines()]
    return [line for line in lines if line["level"] in ("warning", "error", "critical")]


def test_not_even_a_try_that_hangs_keeps_us_longer_than_half_a_minute() -> None:
    """A try that began just before the end of a fault may hang as long as it is let, and one pause comes after it."""
    settings = Settings()
    for name in TOKENS:
        section = settings.messenger(name)
        hangs = receive.POLL_S + section.read_seconds
        assert hangs + max(receive.FIRST_PAUSE_S, receive.LONGEST_PAUSE_S - hangs) < WELL_S
        assert section.read_seconds + send._pause(99, section.read_seconds) < WELL_S
    assert max(receive.LONGEST_PAUSE_S, send._pause(99, 0), send.REVOKED_S) < WELL_S


@pytest.mark.parametrize("engine", LINES)
async def test_a_messenger_that_is_well_again_is_known_to_be_so_although_nobody_writes(watch: Watch) -> None:
    box = watch.town.sandbox
    messenger = box.messenger("telegram")
    box.fault("telegram", "error500")
    messenger.poll_number += 1  # ends the open poll, as somebody else's would
    box.pulse.wake()
    await watch.minute()
    assert watch.why
    since = box.pulse.seq
    box.clear_faults()
    await watch.recovers()
    polls = [call for call in box.calls("telegram", since, "getUpdates") if call.ok]
    assert [int(call.params["timeout"]) for call in polls[:1]] == [0]


@pytest.mark.parametrize("engine", LINES)
async def test_updates_that_come_again_and_out_of_order_have_one_turn_each_in_the_order_of_writing(
    watch: Watch,
) -> None:
    town, box = watch.town, watch.town.sandbox
    one, other = watch.people("telegram")
    watch.say(one, "before")
    await watch.until(lambda: watch.heard(one))
    await watch.probe.stop()
    for n in range(4):
        watch.say(one, f"word-{n}")
        watch.say(other, f"word-{n}")
    # The messenger hands them out by these keys; what is inside keeps its own number.
    updates = box.messenger("telegram").updates
    keys = sorted(updates)
    for key, body in zip(keys, [updates[key] for key in reversed(keys)], strict=True):
        updates[key] = body
    box.fault("telegram", "repeat", method="getUpdates", times=3)
    await watch.probe.open()
    await watch.recovers()
    await watch.probe.restart()
    for n in range(3):
        watch.say(other, f"again-{n}")
    await watch.recovers()
    assert [answers(person) for person in (one, other)] == [watch.said[one], watch.said[other]]
    assert town.app.messengers


@pytest.mark.parametrize("engine", LINES)
async def test_a_name_that_cannot_be_looked_up(
    tmp_path: Path, url: str, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with make_town(tmp_path, url) as town:
        probe = Probe(town)
        await probe.settle_in()
        await probe.stop()
        # Telegram by its name, Bale by its number, so that one needs the name server and the other does not.
        by_name = town.sandbox.api_url("telegram").replace("127.0.0.1", "localhost")
        monkeypatch.setattr(
            type(town.sandbox), "api_url", lambda box, name: by_name if name == "telegram" else _url(box)
        )
        await probe.open()
        watch = Watch(town, probe, log)
        hit, undisturbed = watch.people("telegram"), watch.people("bale")
        for person in (*hit, *undisturbed):
            watch.say(person, "before")
        await watch.until(lambda: all(map(watch.heard, watch.said)))

        asked = _name_server_is_away(monkeypatch)
        for messenger in town.app.messengers.values():
            session = messenger.api._request._session
            assert session is not None
            session.connector.clear_dns_cache()  # type: ignore[union-attr]
        town.sandbox.fault(
            "telegram", "drop_before"
        )  # what is open is of no use any more, and a new one needs the name
        for person in (*hit, *undisturbed):
            watch.say(person, "during")
        await watch.until(lambda: all(map(watch.heard, undisturbed)))
        await watch.minute()
        assert len(asked) > 3
        town.sandbox.clear_faults()
        asked.ended = True
        await watch.recovers()
        assert f"telegram: {NAME}" in watch.why
        assert all(line.startswith("telegram: ") for line in watch.why)
        assert NAME in watch.advice("receive failed")


class _Asked(list[str]):
    ended = False


def _url(box: Any) -> str:
    return f"{box.base_url}/bale"


def _name_server_is_away(monkeypatch: pytest.MonkeyPatch) -> _Asked:
    real, asked = socket.getaddrinfo, _Asked()

    def looked_up(host: Any, *more: Any, **about: Any) -> Any:
        if host == "localhost" and not asked.ended:
            asked.append(host)
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return real(host, *more, **about)

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    return asked
