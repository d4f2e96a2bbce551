"""Webhooks: a hidden address, committed before the 200, everything else refused or repeated by the messenger."""

from __future__ import annotations

import asyncio
import io
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
from pydantic import SecretStr

from bot import arrivals, sqlite
from storage import inbox
from tests.trip.hooks import SECRET, Hooked, make_hooked, update
from tests.trip.line import writing_blocked
from tests.trip.probe import Probe, answers

BOTH = pytest.mark.parametrize("platform", ["telegram", "bale"])


@pytest.fixture
async def hooked(tmp_path: Path, url: str) -> AsyncIterator[Hooked]:
    async with make_hooked(tmp_path, url) as made:
        yield made


@pytest.fixture
async def probe(hooked: Hooked) -> Probe:
    made = Probe(hooked.town)
    await made.settle_in()
    return made


@BOTH
async def test_a_report_is_made_by_webhook_alone(hooked: Hooked, platform: str) -> None:
    person = hooked.town.person(platform, 1001)
    await person.settles()
    code = await person.reports("چراغ سر کوچهٔ ما از دیشب خاموش است")
    assert re.fullmatch(r"\d{8}", code)
    assert hooked.town.sandbox.calls(method="getUpdates") == []
    state = hooked.town.sandbox.state()[platform]
    assert (state["pending"], "error" in state["webhook"]) == (0, False)


async def test_each_messenger_is_told_what_it_knows(hooked: Hooked) -> None:
    (telegram,) = hooked.town.sandbox.calls("telegram", method="setWebhook")
    (bale,) = hooked.town.sandbox.calls("bale", method="setWebhook")
    assert telegram.params.keys() == {"url", "secret_token", "allowed_updates", "max_connections"}
    assert bale.params.keys() == {"url"}
    for name, call in (("telegram", telegram), ("bale", bale)):
        start, path = call.params["url"].rsplit("/", 1)
        assert start == f"{hooked.base}/hook/{name}"
        assert re.fullmatch(r"[0-9a-f]{64}", path)
    assert re.fullmatch(r"[0-9a-f]{64}", telegram.params["secret_token"])
    assert (
        len({telegram.params["secret_token"], *(urlsplit(c.params["url"]).path[-64:] for c in (telegram, bale))}) == 3
    )
    token = telegram.params["secret_token"]
    assert token not in hooked.town.out.getvalue()
    await hooked.town.restart()
    await hooked.listen()  # a start sets the very same again
    urls = {call.params["url"] for call in hooked.town.sandbox.calls(method="setWebhook")}
    secrets = {call.params["url"].rsplit("/", 1)[1] for call in (telegram, bale)} | {telegram.params["secret_token"]}
    assert len(secrets) == 3
    await hooked.town.restart()
    await hooked.listen()  # a start sets the very same again
    urls = {call.params["url"] for call in hooked.town.sandbox.calls(method="setWebhook")}
    assert len(urls) == 2


async def test_the_operators_own_secret_is_what_telegram_has_to_tell(hooked: Hooked) -> None:
    (before,) = hooked.town.sandbox.calls("telegram", method="setWebhook")
    chosen = hooked.town.settings.telegram.model_copy(update={"webhook_secret": SecretStr("town-hall_7")})
    hooked.town.settings = hooked.town.settings.model_copy(update={"telegram": chosen})
    await hooked.town.restart()
    await hooked.listen()
    told = hooked.town.sandbox
    await told.wait_for(lambda: len(told.calls("telegram", method="setWebhook")) == 2)
    after = hooked.town.sandbox.calls("telegram", method="setWebhook")[-1]
    assert after.params["secret_token"] == "town-hall_7"
    assert after.params["url"] != before.params["url"]
    assert await hooked.post("telegram", update(1, "/probe no"), {SECRET: before.params["secret_token"]}) == 403
    assert await hooked.post("telegram", update(1, "/probe yes"), {SECRET: "town-hall_7"}) == 200


@BOTH
async def test_a_repeated_update_has_no_second_turn(hooked: Hooked, probe: Probe, platform: str) -> None:
    once = update(77, "/probe once")
    assert await asyncio.gather(*(hooked.post(platform, once) for _ in range(5))) == [200] * 5
    assert await hooked.post(platform, once) == 200
    await hooked.town.quiet()
    assert await hooked.post(platform, once) == 200
    assert await hooked.post(platform, update(78, "/probe after")) == 200
    await hooked.town.quiet()
    assert await probe.traces() == ["once", "after"]


#: What no messenger should send: the body, and what is kept of it.
BAD = [
    (b"{broken", '"{broken"'),
    (b"", '""'),
    (b"\xff\xfe\x00", '"\\udcff\\udcfe\\u0000"'),
    (b"[1, 2]", "[1, 2]"),
    (b"17", "17"),
    (b'{"message": {"text": "who?"}}', '{"message": {"text": "who?"}}'),
    (b"[" * 100_000, json.dumps("[" * 100_000)),
]


@BOTH
async def test_what_is_no_update_is_parked_once_and_answered(hooked: Hooked, probe: Probe, platform: str) -> None:
    admin = await probe.admin()
    told = len(admin.heard)
    for body, _ in BAD * 2:
        assert await hooked.post(platform, body) == 200
    assert await hooked.post(platform, update(5, "/probe good")) == 200
    await hooked.town.passes(60)
    assert await probe.traces() == ["good"]
    kept = await probe.rows("SELECT body FROM inbox WHERE state = 'parked' ORDER BY id")
    assert [body for (body,) in kept] == [body for _, body in BAD]
    assert len(admin.heard) == told + 1


@BOTH
@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "text/plain", "application/x-www-form-urlencoded"])
async def test_the_content_type_does_not_matter(hooked: Hooked, probe: Probe, platform: str, kind: str) -> None:
    hooked.town.sandbox.switch(platform, "webhook_content_type", kind)
    person = hooked.town.person(platform, 1001)
    await person.says("/probe سلام")
    assert answers(person) == ["سلام"]


@BOTH
async def test_a_megabyte_is_read_and_not_a_byte_more(hooked: Hooked, probe: Probe, platform: str) -> None:
    body = json.dumps(update(1, "/probe whole")).encode()
    assert await hooked.post(platform, body + b" " * (1024 * 1024 - len(body))) == 200
    # Nothing of the body comes: the answer does not wait for it.
    assert await hooked.raw(platform, "Content-Length: 1048577") == "HTTP/1.1 413 Request Entity Too Large"
    chunk = b"100001\r\n" + b" " * 0x100001 + b"\r\n"  # and no end
    assert await hooked.raw(platform, "Transfer-Encoding: chunked", chunk) == "HTTP/1.1 413 Request Entity Too Large"
    await hooked.town.quiet()
    assert await probe.traces() == ["whole"]


async def test_a_stranger_learns_nothing(hooked: Hooked, probe: Probe) -> None:
    telegram, bale = (urlsplit(hooked.hook(name)["url"]).path for name in ("telegram", "bale"))
    crossed = telegram.replace("telegram", "bale")
    wrong = ["/hook/telegram/x", "/hook/telegram/" + "0" * 64, "/hook/soroush/x"]
    for path in (*wrong, crossed, telegram + "/x", telegram[:-1]):
        assert await hooked.post("telegram", update(1, "/probe no"), path=path) == 404, path
    async with aiohttp.ClientSession() as session:
        found = []
        for method, path in (("GET", telegram), ("PUT", bale), ("POST", "/hook/bale/%ff"), ("POST", "/nothing")):
            async with session.request(method, hooked.base + path) as answer:
                found.append((answer.status, await answer.text(), set(answer.headers)))
    assert found == [(404, "404: Not Found", found[-1][2])] * 4
    assert await probe.rows("SELECT id FROM inbox") == []


async def test_telegram_must_prove_itself_and_bale_where_it_tries(
    hooked: Hooked, probe: Probe, log: io.StringIO
) -> None:
    secret = hooked.hook("telegram")["secret"]
    for headers in ({}, {SECRET: ""}, {SECRET: "wrong-value"}, {SECRET: secret[:-1]}, {SECRET: secret.upper()}):
        assert await hooked.post("telegram", update(1, "/probe no"), headers) == 403
    assert await hooked.post("bale", update(1, "/probe no"), {SECRET: secret}) == 403  # the other bot's
    assert await hooked.post("bale", update(2, "/probe yes"), {SECRET: ""}) == 200
    await hooked.town.quiet()
    assert await probe.traces() == ["yes"]
    lines = [line for line in log.getvalue().splitlines() if "webhook refused" in line]
    assert len(lines) == 2  # one for each messenger
    hooked.town.clock.move(60)
    assert await hooked.post("telegram", update(1, "/probe no"), {}) == 403
    assert log.getvalue().count("webhook refused") == 3
    assert "wrong-value" not in log.getvalue()
    assert secret not in log.getvalue()


async def test_nothing_is_confirmed_before_it_is_kept(hooked: Hooked, probe: Probe) -> None:
    """What comes while a commit takes its time is committed together, in the order of its numbers."""
    with writing_blocked(hooked.town.url, "inbox") as let_go:
        posts, hook = [], hooked.town.app.door.hooks["telegram"]
        for number in (1, 5, 3, 2, 4):
            posts.append(asyncio.create_task(hooked.post("telegram", update(number, f"/probe word-{number}"))))
            async with asyncio.timeout(10):
                while hook._writer is None or len(hook._group) < len(posts) - 1:
                    await hooked.town.sandbox.pulse.wait(0.01)
        assert not any(post.done() for post in posts)
        let_go()
        assert await asyncio.gather(*posts) == [200] * 5
    await hooked.town.quiet()
    assert await probe.traces() == [f"word-{number}" for number in range(1, 6)]


async def test_what_could_not_be_kept_is_brought_again(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_S", 0.02)
    async with make_hooked(tmp_path, sqlite_url) as hooked:
        probe, box = Probe(hooked.town), hooked.town.sandbox
        await probe.settle_in()
        people = [hooked.town.person(name, 1001) for name in ("telegram", "bale")]
        with writing_blocked(hooked.town.url, "inbox") as let_go:
            for person in people:
                box.say(person.platform, person.id, "/probe one")
                box.say(person.platform, person.id, "/probe two")
                trouble = "Wrong response from the webhook: 503 Service Unavailable"
                await box.wait_for(lambda: hooked.hook(person.platform).get("error") == trouble)  # noqa: B023
                assert box.state()[person.platform]["pending"] == 2
            let_go()
        await hooked.town.quiet()
        assert [answers(person) for person in people] == [["one", "two"]] * 2


async def test_with_too_much_waiting_no_more_is_taken(
    hooked: Hooked, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "MOST_WAITING", 5)
    statuses = [await hooked.post("bale", update(n, f"/probe {'bug' if n == 0 else 'word'}-{n}")) for n in range(8)]
    assert statuses == [200] * 6 + [503] * 2  # the first fails and holds the rest
    assert (await hooked.town.run(inbox.waiting))[0] == 6
    probe.broken = False
    await hooked.town.passes(1)
    assert await hooked.post("bale", update(8, "/probe word-8")) == 200


async def test_a_messenger_that_does_not_answer_yet_may_bring_nothing_yet(hooked: Hooked, probe: Probe) -> None:
    path, box = hooked.hook("telegram")["url"], hooked.town.sandbox
    await probe.stop()
    box.fault("telegram", "error500", method="getMe")
    await hooked.town.open()
    probe.join()
    await hooked.town.app.health.start("127.0.0.1", hooked.port)
    assert await hooked.post("telegram", update(1, "/probe early")) == 503
    box.clear_faults()
    hooked.town.clock.move(1)
    await box.wait_for(lambda: len(box.calls("telegram", method="setWebhook")) == 2)
    assert hooked.hook("telegram")["url"] == path
    await hooked.town.person("telegram", 1001).says("/probe word")
    assert await probe.traces() == ["word"]
