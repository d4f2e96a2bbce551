"""Each fault as the bot meets it: what is answered, and whether the method was done."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest

GONE = (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, aiohttp.ClientPayloadError)


def heard(box: Any) -> list[str]:
    return [line["text"] for line in box.transcript("telegram", 1001) if line["from"] == "bot"]


async def send(api: Any) -> tuple[int, Any]:
    async with api.session.post(api.url("telegram", "sendMessage"), json={"chat_id": 1001, "text": "a"}) as answer:
        kind, body = answer.content_type, await answer.read()
    return answer.status, json.loads(body) if kind == "application/json" else body.decode()


@pytest.mark.parametrize(
    ("about", "status", "words"),
    [
        ({"kind": "flood", "retry_after": 9}, 429, "Too Many Requests: retry after 9"),
        ({"kind": "error500"}, 500, "Internal Server Error"),
        ({"kind": "error500", "description": "melted"}, 500, "melted"),
        ({"kind": "token_revoked"}, 401, "Unauthorized"),
        ({"kind": "ok_false"}, 200, "Bad Request: something went wrong"),
    ],
)
async def test_a_refusing_fault_answers_and_does_nothing(
    box: Any, api: Any, about: dict[str, Any], status: int, words: str
) -> None:
    box.say("telegram", 1001, "hello")
    box.fault("telegram", times=1, **about)
    told = await send(api)
    assert (told[0], told[1]["ok"], told[1]["description"]) == (status, False, words)
    assert told[1].get("parameters") == ({"retry_after": 9} if status == 429 else None)
    assert heard(box) == []
    await send(api)
    assert heard(box) == ["a"]


async def test_a_page_instead_of_json(box: Any, api: Any) -> None:
    box.fault("telegram", "html")
    status, body = await send(api)
    assert (status, body.startswith("<html>")) == (502, True)


@pytest.mark.parametrize(("kind", "done"), [("drop_before", []), ("drop_after", ["a"]), ("half", ["a"])])
async def test_a_cut_connection_gives_no_answer(box: Any, api: Any, kind: str, done: list[str]) -> None:
    box.say("telegram", 1001, "hello")
    box.fault("telegram", kind, times=1)
    with pytest.raises(GONE):
        await send(api)
    assert heard(box) == done
    call = box.calls(method="sendMessage")[0]
    assert (call.description, call.ok) == (kind, bool(done))


async def test_a_stalled_call_is_let_go_when_faults_are_cleared(box: Any, api: Any) -> None:
    box.say("telegram", 1001, "hello")
    box.fault("telegram", "stall", times=1)
    stalled = asyncio.create_task(send(api))
    await box.wait_for(lambda: not box.faults())
    box.clear_faults()
    with pytest.raises(GONE):
        await stalled
    assert heard(box) == []


async def test_a_late_answer_is_a_good_one(box: Any, api: Any) -> None:
    box.say("telegram", 1001, "hello")
    box.fault("telegram", "latency", seconds=0.01)
    assert (await send(api))[0] == 200
    assert box.calls(method="sendMessage")[0].duration >= 0.01


async def test_a_late_call_goes_on_as_soon_as_faults_are_cleared(box: Any, api: Any) -> None:
    box.say("telegram", 1001, "hello")
    box.fault("telegram", "latency", times=1, seconds=3600)
    late = asyncio.create_task(send(api))
    await box.wait_for(lambda: not box.faults())
    assert heard(box) == []
    box.clear_faults()
    assert (await late)[0] == 200
    assert len(heard(box)) == 1


async def test_a_fault_meets_only_its_method_and_chat(box: Any, api: Any) -> None:
    for person in (1001, 1002):
        box.say("telegram", person, "hello")
    box.fault("telegram", "error500", method="sendmessage", chat=1002)
    assert (await send(api))[0] == 200
    assert (await api("telegram", "sendMessage", chat_id=1002, text="a"))[0] == 500
    assert (await api("telegram", "sendChatAction", chat_id=1002, action="typing"))[0] == 200
    assert (await api("bale", "getMe"))[0] == 200
    box.clear_faults()
    assert (await api("telegram", "sendMessage", chat_id=1002, text="a"))[0] == 200


async def test_confirmed_updates_come_again(box: Any, api: Any) -> None:
    box.say("telegram", 1001, "one")
    first = await api.ok("telegram", "getUpdates")
    box.fault("telegram", "repeat", times=1)
    box.say("telegram", 1001, "two")
    again = await api.ok("telegram", "getUpdates", offset=first[0]["update_id"] + 1)
    assert [one["message"]["text"] for one in again] == ["one", "two"]


async def test_a_lost_poll_loses_no_update(box: Any, api: Any) -> None:
    box.say("telegram", 1001, "one")
    box.fault("telegram", "drop_after", method="getUpdates", times=1)
    with pytest.raises(GONE):
        await api("telegram", "getUpdates")
    assert len(await api.ok("telegram", "getUpdates")) == 1


async def test_a_fault_meets_the_poll_that_already_waits(box: Any, api: Any) -> None:
    poll = asyncio.create_task(api("telegram", "getUpdates", timeout=30))
    await box.wait_for(lambda: box.messengers["telegram"].poll_number == 1)
    box.fault("telegram", "drop_before", method="getUpdates", times=1)
    box.say("telegram", 1001, "one")
    with pytest.raises(GONE):
        await poll
    assert len(await api.ok("telegram", "getUpdates")) == 1


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "half"])
async def test_a_download_can_fail_too(box: Any, api: Any, kind: str) -> None:
    messenger = box.messengers["telegram"]
    media = messenger.messages[box.document("telegram", 1001, content=bytes(1000))].media["document"]
    url = f"{box.base_url}/telegram/file/bot7001:telegram-secret/{messenger.file(media['file_id']).path}"
    # Not once only: the client asks again by itself when a GET is cut off.
    box.fault("telegram", kind, method="download")
    with pytest.raises(GONE):
        async with api.session.get(url) as answer:
            await answer.read()
    box.clear_faults()
    async with api.session.get(url) as answer:
        assert len(await answer.read()) == 1000


async def test_stopping_does_not_wait_for_pollers_or_stalls(box: Any, api: Any) -> None:
    box.fault("telegram", "stall")
    waiting = [
        asyncio.create_task(api("telegram", "getMe")),
        asyncio.create_task(api("bale", "getUpdates", timeout=50)),
    ]
    await box.wait_for(lambda: box.messengers["bale"].poll_number == 1)
    port = int(box.base_url.rpartition(":")[2])
    async with asyncio.timeout(5):
        await box.stop()
    answers = await asyncio.gather(*waiting, return_exceptions=True)
    assert [isinstance(one, GONE) for one in answers] == [True, True]
    await box.start(port=port)
    await api.ok("telegram", "getMe")
