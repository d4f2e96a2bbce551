"""The control API: every example of docs/sandbox.md, and what it says about mistakes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sandbox.control import control_routes
from sandbox.model import FaultKind
from sandbox.switches import switches

DOCS = Path(__file__).resolve().parents[2] / "docs" / "sandbox.md"


def examples() -> list[tuple[str, str, str | None, str | None]]:
    """Verb, path, body and answer of each indented example, in the order of the page."""
    text = DOCS.read_text("utf-8").split("## Control")[1]
    found = re.findall(r"^    (GET|POST|DELETE|BOT) (.+)\n((?:    .+\n)*)", text, re.MULTILINE)
    return [(verb, where, *_parts(rest)) for verb, where, rest in found]


def _parts(rest: str) -> tuple[str | None, str | None]:
    lines = [line.strip() for line in rest.splitlines()]
    body = next((line for line in lines if not line.startswith("→")), None)
    return body, next((line.removeprefix("→ ") for line in lines if line.startswith("→")), None)


def fits(told: Any, promised: Any) -> bool:
    """Same shape: the promised keys are there, and values are equal where the page does not leave them open with …"""
    if promised == "…":
        return isinstance(told, str)
    if promised == ["…"]:
        return isinstance(told, list)
    if isinstance(promised, dict):
        keys = isinstance(told, dict) and promised.keys() <= told.keys()
        return keys and all(key == "seq" or fits(told[key], value) for key, value in promised.items())
    return bool(told == promised)


async def test_every_example_of_the_docs_works(api: Any) -> None:
    seen = set()
    for verb, where, body, answer in examples():
        sent = json.loads(body) if body else None
        if verb == "BOT":
            platform, method = where.split()
            await api.ok(platform, method, **sent)
            continue
        status, told = await api.control(where.removeprefix("/sandbox/"), sent, verb)
        assert (status, fits(told, json.loads(answer))) == (200, True), (verb, where, told)
        seen.add((verb, where.removeprefix("/sandbox/").partition("?")[0]))
    acts = {"say", "photo", "voice", "document", "video", "sticker", "album", "location", "contact"}
    acts |= {"audio", "animation", "forward", "edit", "press", "block", "raw", "faults", "clock", "switch", "reset"}
    looks = {("GET", name) for name in ("people", "transcript", "calls", "events", "state", "faults", "clock")}
    looks |= {("GET", name) for name in ("chat", "unread", "places")}
    assert seen == {("POST", name) for name in acts} | looks | {("DELETE", "faults")}


def test_every_route_is_in_the_docs(box: Any) -> None:
    page = DOCS.read_text("utf-8")
    routes = {(route.method, route.path) for route in control_routes(box)} - {("POST", "/sandbox/{act}")}
    # The page's own way to a file's bytes is not for anybody else.
    assert {f"{verb} {path}" for verb, path in routes if f"{verb} {path}" not in page} == {"GET /sandbox/file"}


def test_every_fault_and_switch_is_in_the_docs() -> None:
    page = DOCS.read_text("utf-8")
    assert {str(name) for name in FaultKind if f"`{name}`" not in page} == set()
    for one in switches("bale").values():
        default = "off" if one.default is False else one.default
        assert f"| `{one.name}` | {default} | {one.says} | {one.point or ''} |".replace("|  |", "| |") in page


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("say", {"platform": "sms", "person": 1001, "text": "a"}, "platform must be one of: telegram, bale"),
        ("say", {"platform": "bale", "person": "1001", "text": "a"}, "person must be a number"),
        ("say", {"platform": "bale", "person": True, "text": "a"}, "person must be a number"),
        ("say", {"platform": "bale", "person": 1001, "text": 5}, "text must be text"),
        ("say", {"platform": "bale", "person": 1001}, "say: missing a required argument: 'text'"),
        ("say", {"platform": "bale", "person": 0, "text": "a"}, "a person's id is above 0"),
        ("shout", {}, "there is no shout; there are: say, photo,"),
        ("press", {"platform": "bale", "person": 1001}, "name the button by text or by data"),
        ("press", {"platform": "bale", "person": 1001, "text": "a"}, "there is no such button; there are: none"),
        ("press", {"platform": "bale", "person": 1001, "data": "a"}, "there is no button with that data"),
        ("press", {"platform": "bale", "person": 1001, "data": "a", "forged": True}, "a forged press needs a message"),
        ("edit", {"platform": "bale", "person": 1001, "message_id": 9, "text": "a"}, "person 1001 wrote no message 9"),
        ("forward", {"platform": "bale", "person": 1001}, "name either author, who wrote the text, or message_id"),
        ("forward", {"platform": "bale", "person": 1001, "author": 1002}, "text, what the author wrote, is missing"),
        ("forward", {"platform": "bale", "person": 1001, "message_id": 9}, "there is no message 9 in the chat of"),
        ("faults", {"platform": "bale", "kind": "rain"}, "kind must be one of: stall, drop_before"),
        ("switch", {"platform": "bale", "name": "x", "value": 1}, "bale has the switches: flood_per_second"),
        ("switch", {"platform": "bale", "name": "old_client", "value": 1}, "old_client must be true or false"),
        (
            "switch",
            {"platform": "bale", "name": "query_seconds", "value": True},
            "query_seconds must be a whole number",
        ),
        ("switch", {"platform": "telegram", "name": "old_client", "value": True}, "telegram has the switches: flood_"),
        ("raw", {"platform": "bale"}, "raw needs update or raw_text"),
        ("raw", {"platform": "bale", "raw_text": "[" * 99_999}, "raw_text is nested too deeply"),
        ("say", {"platform": "bale", "person": 1001, "text": "a", "chat": 0}, "a person's id is above 0; a group is"),
        ("block", {"platform": "bale", "person": 0}, "a person's id is above 0"),
        ("say", {"platform": "bale", "person": None, "text": "a"}, "person must be a number"),
        ("photo", {"platform": "bale", "person": 1001, "content": "?"}, "content must be base64"),
        ("transcript?platform=bale&person=x", None, "person must be a whole number"),
    ],
)
async def test_a_mistake_is_answered_with_what_is_possible(api: Any, path: str, body: Any, words: str) -> None:
    status, told = await api.control(path, body)
    assert (status, told["error"][: len(words)]) == (400, words)


async def test_a_refused_message_leaves_nothing_behind(box: Any, api: Any) -> None:
    assert (await api.control("say", {"platform": "bale", "person": 1001, "text": "a", "chat": 0}))[0] == 400
    assert (box.transcript("bale", 0), box.state()["bale"]["pending"]) == ([], 0)


async def test_json_that_is_nested_too_deeply_is_refused_with_a_reason(api: Any) -> None:
    body, kind = '{"update": ' + "[" * 99_999, {"Content-Type": "application/json"}
    async with api.session.post(f"{api.box.base_url}/sandbox/raw", data=body, headers=kind) as answer:
        told = await answer.json()
    assert (answer.status, told) == (400, {"error": "that is not JSON: it is nested too deeply"})


async def test_only_json_is_taken(api: Any) -> None:
    async with api.session.post(f"{api.box.base_url}/sandbox/reset", data="{}") as answer:
        assert answer.status == 400
