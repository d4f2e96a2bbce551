"""How updates wait, are fetched, confirmed, filtered and injected."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest


async def ids(api: Any, **params: Any) -> list[int]:
    return [update["update_id"] for update in await api.ok("telegram", "getUpdates", **params)]


FIRST = 730_000_001


async def test_updates_stay_until_a_later_offset_confirms_them(box: Any, api: Any) -> None:
    for text in "abc":
        box.say("telegram", 1001, text)
    assert await ids(api) == await ids(api) == [FIRST, FIRST + 1, FIRST + 2]
    assert await ids(api, offset=FIRST + 1, limit=1) == [FIRST + 1]
    told = box.state()["telegram"]
    assert (told["pending"], told["confirmed"]) == (2, FIRST + 1)
    assert await ids(api, offset=FIRST + 3) == []


async def test_a_negative_offset_keeps_only_the_last(box: Any, api: Any) -> None:
    for text in "abc":
        box.say("telegram", 1001, text)
    assert await ids(api, offset=-1) == [FIRST + 2]
    assert await ids(api) == [FIRST + 2]


async def test_a_long_poll_is_answered_when_something_is_said(box: Any, api: Any) -> None:
    poll = asyncio.create_task(ids(api, timeout=30))
    await box.wait_for(lambda: box.messengers["telegram"].poll_number == 1)
    box.say("telegram", 1001, "a")
    assert await poll == [FIRST]


async def test_a_poller_that_left_takes_nothing_along(box: Any, api: Any) -> None:
    poll = asyncio.create_task(ids(api, timeout=30))
    await box.wait_for(lambda: box.messengers["telegram"].poll_number == 1)
    poll.cancel()
    await box.wait_for(lambda: box.calls(method="getUpdates"))
    box.say("telegram", 1001, "a")
    assert await ids(api) == [FIRST]
    assert box.state()["telegram"]["delivered"] == 1


async def test_a_webhook_ends_the_waiting_poll_until_it_is_deleted(box: Any, api: Any) -> None:
    poll = asyncio.create_task(api("telegram", "getUpdates", timeout=30))
    await box.wait_for(lambda: box.messengers["telegram"].poll_number == 1)
    await api.ok("telegram", "setWebhook", url="https://bot.example/hook", secret_token="s")
    assert (await poll)[0] == 409
    box.say("telegram", 1001, "a")
    info = await api.ok("telegram", "getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == ("https://bot.example/hook", 1)
    await api.ok("telegram", "deleteWebhook", drop_pending_updates=True)
    assert await ids(api) == []


async def test_allowed_updates_hold_for_what_comes_later(box: Any, api: Any) -> None:
    await ids(api, allowed_updates=json.dumps(["callback_query"]))
    message_id = box.say("telegram", 1001, "a")
    assert await ids(api) == []
    await ids(api, allowed_updates=[])
    box.edit("telegram", 1001, message_id, "b")
    assert "edited_message" in (await api.ok("telegram", "getUpdates"))[0]


async def test_a_block_is_told_as_membership_and_writing_ends_it(box: Any, api: Any) -> None:
    box.say("telegram", 1001, "a")
    box.block("telegram", 1001)
    box.say("telegram", 1001, "b")
    updates = await api.ok("telegram", "getUpdates")
    states = [one["my_chat_member"]["new_chat_member"]["status"] for one in updates if "my_chat_member" in one]
    assert states == ["kicked", "member"]
    await api.ok("telegram", "sendMessage", chat_id=1001, text="a")


RAW = '{"update_id": 730000099,  "message": {"text": "a\\u0000b \\ud800 \\u0628"}}'


async def body(api: Any) -> str:
    async with api.session.get(api.url("telegram", "getUpdates")) as answer:
        return (await answer.read()).decode()


async def test_raw_text_arrives_letter_by_letter(box: Any, api: Any) -> None:
    assert box.raw_text("telegram", RAW) == 730_000_099
    assert await body(api) == f'{{"ok":true,"result":[{RAW}]}}'
    box.say("telegram", 1001, "a")
    assert await ids(api) == [730_000_099, 730_000_100]


@pytest.mark.parametrize(
    ("text", "arrives"),
    [
        ('{"message": 5}', '{"update_id":730000001,"message": 5}'),
        ("{}", '{"update_id":730000001}'),
        ("[7]", "[7]"),
        ("{broken", "{broken"),
    ],
)
async def test_raw_text_without_a_number_gets_one_where_it_can(box: Any, api: Any, text: str, arrives: str) -> None:
    assert box.raw_text("telegram", text) == FIRST
    assert await body(api) == f'{{"ok":true,"result":[{arrives}]}}'
    assert await ids(api, offset=FIRST + 1) == []


async def test_raw_updates_of_any_shape_stand_in_the_queue(box: Any, api: Any) -> None:
    box.raw("telegram", {"message": None})
    box.raw("telegram", [1, 2])
    box.raw("telegram", {"update_id": 730_000_050, "x": "\ud800"})
    expected = [{"update_id": FIRST, "message": None}, [1, 2], {"update_id": 730_000_050, "x": "\ud800"}]
    assert await api.ok("telegram", "getUpdates") == expected


async def test_a_person_can_say_what_no_encoder_takes(box: Any, api: Any) -> None:
    box.say("telegram", 1001, "a\x00\ud800")
    assert (await api.ok("telegram", "getUpdates"))[0]["message"]["text"] == "a\x00\ud800"
    _, lines = await api.control("transcript?platform=telegram&person=1001")
    assert lines[0]["text"] == "a\x00\ud800"


async def test_a_persons_message_is_told_with_its_marks(box: Any, api: Any) -> None:
    box.say("telegram", 1001, "/start@bot 😀 @some_body #محله https://town.example/a")
    message = (await api.ok("telegram", "getUpdates"))[0]["message"]
    assert [(one["type"], one["offset"], one["length"]) for one in message["entities"]] == [
        ("bot_command", 0, 10),
        ("mention", 14, 10),
        ("hashtag", 25, 5),
        ("url", 31, 22),
    ]
    assert message["from"] == {
        "id": 1001,
        "is_bot": False,
        "first_name": "مریم",
        "last_name": "نمونه",
        "username": "maryam_sample",
        "language_code": "fa",
    }


async def test_events_wait_for_something_new(box: Any, api: Any) -> None:
    _, first = await api.control("events?after=0&timeout=0")
    assert first == {"seq": 0, "events": []}
    waiting = asyncio.create_task(api.control("events?after=0&timeout=30"))
    await asyncio.sleep(0)
    message_id = box.say("telegram", 1001, "a")
    _, told = await waiting
    assert ("message", message_id) in {(one["kind"], one["message_id"]) for one in told["events"]}
    _, restarted = await api.control("events?after=999999&timeout=30")
    assert restarted["events"] == []


async def test_waiting_in_vain_says_what_was_seen(box: Any, api: Any) -> None:
    await api.ok("telegram", "getMe")
    with pytest.raises(TimeoutError, match="telegram getMe"):
        await box.wait_for(lambda: False, timeout=0.01)
