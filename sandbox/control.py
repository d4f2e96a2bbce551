"""The control API: the sandbox's own methods over HTTP, JSON in and out, under /sandbox/."""

from __future__ import annotations

import base64
import binascii
import inspect
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from typing import Any

from aiohttp import web

from sandbox.model import ApiError, Json, Misuse, Unavailable
from sandbox.stage import Stage
from sandbox.wire import decoded

_LONGEST_WAIT = 60.0
#: the kinds of pictures that a browser shows and that hold no script, as SVG may
_PICTURES = ("image/png", "image/jpeg", "image/webp", "image/gif")
_KINDS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(
        ("person", "chat", "message_id", "reply_to", "owner", "author", "count", "duration", "retry_after"), int
    ),
    **dict.fromkeys(("latitude", "longitude", "move", "seconds"), (int, float)),
    **dict.fromkeys(("platform", "text", "data", "caption", "name", "phone", "raw_text", "kind", "method"), str),
}


def control_routes(stage: Stage) -> list[web.RouteDef]:
    views = _Views(stage)
    return [
        web.get("/sandbox/people", _answering(views.people)),
        web.get("/sandbox/transcript", _answering(views.transcript)),
        web.get("/sandbox/chat", _answering(views.chat)),
        web.get("/sandbox/unread", _answering(views.unread)),
        web.get("/sandbox/places", _answering(views.places)),
        web.get("/sandbox/calls", _answering(views.calls)),
        web.get("/sandbox/events", _answering(views.events)),
        web.get("/sandbox/state", _answering(views.state)),
        web.get("/sandbox/clock", _answering(views.clock)),
        web.get("/sandbox/faults", _answering(views.faults)),
        web.delete("/sandbox/faults", _answering(views.clear_faults)),
        web.get("/sandbox/file", views.file),
        web.post("/sandbox/{act}", _answering(views.act)),
    ]


def _answering(view: Callable[[web.Request], Awaitable[Any]]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        try:
            return _json(200, await view(request))
        except Unavailable as why:
            return _json(501, {"error": str(why)})
        except (Misuse, ApiError) as why:
            return _json(400, {"error": str(why)})

    return answer


def _json(status: int, body: Any) -> web.Response:
    return web.Response(status=status, body=json.dumps(body).encode(), content_type="application/json")


class _Views:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def act(self, request: web.Request) -> Json:
        name = request.match_info["act"]
        if name not in _ACTS:
            raise Misuse(f"there is no {name}; there are: {', '.join(_ACTS)}")
        method, result_name = _ACTS[name]
        body = _checked(await _body(request))
        try:
            inspect.signature(method).bind(self._stage, **body)
        except TypeError as wrong:
            raise Misuse(f"{name}: {wrong}") from wrong
        result = method(self._stage, **body)
        if result_name:
            return {result_name: result}
        return result if isinstance(result, dict) else {"ok": True}

    async def people(self, _request: web.Request) -> Json:
        names = {}
        for platform, messenger in self._stage.messengers.items():
            sample = messenger.cast["people"]
            names[platform] = [{"id": one["id"], "name": one["first_name"]} for one in sample]
        return names

    async def transcript(self, request: web.Request) -> list[Json]:
        query = request.query
        last, before = (_number(query[name], name) if name in query else None for name in ("last", "before"))
        ids = {_number(one, "ids") for one in query["ids"].split(",")} if "ids" in query else None
        return self._stage.transcript(query.get("platform", ""), _chat(query), last=last, before=before, ids=ids)

    async def chat(self, request: web.Request) -> Json:
        return self._stage.chat(request.query.get("platform", ""), _chat(request.query))

    async def unread(self, request: web.Request) -> Json:
        after = _number(request.query.get("after", "0"), "after")
        return self._stage.unread(request.query.get("platform", ""), _chat(request.query), after)

    async def places(self, _request: web.Request) -> list[Json]:
        """Sample places to send, for a picker without a map."""
        return list(next(iter(self._stage.messengers.values())).cast["places"])

    async def calls(self, request: web.Request) -> list[Json]:
        after = _number(request.query.get("after", "0"), "after")
        found = self._stage.calls(request.query.get("platform"), after, request.query.get("method"))
        return [asdict(call) for call in found]

    async def events(self, request: web.Request) -> Json:
        after = _number(request.query.get("after", "0"), "after")
        seconds = _number(request.query.get("timeout", "20"), "timeout")
        return await self._stage.events(after, min(seconds, _LONGEST_WAIT))

    async def state(self, _request: web.Request) -> Json:
        return self._stage.state()

    async def clock(self, _request: web.Request) -> Json:
        return self._stage.clock()

    async def faults(self, _request: web.Request) -> list[Json]:
        return self._stage.faults()

    async def clear_faults(self, _request: web.Request) -> Json:
        self._stage.clear_faults()
        return {"ok": True}

    async def file(self, request: web.Request) -> web.Response:
        """A file's bytes for the chat page."""
        messenger = self._stage.messengers.get(request.query.get("platform", ""))
        found = messenger.file(request.query.get("file_id", "")) if messenger else None
        if messenger is None or found is None:
            return _json(404, {"error": "no such file"})
        # Never as a page of ours, whatever somebody uploaded.
        safe = found.mime if found.mime.startswith((*_PICTURES, "audio/", "video/")) else ""
        return _part(request, messenger.file_content(found), safe or "application/octet-stream")


def _part(request: web.Request, body: bytes, content_type: str) -> web.Response:
    """The bytes that were asked for: a player learns a sound's length by looking at its end."""
    headers = {"X-Content-Type-Options": "nosniff", "Accept-Ranges": "bytes"}
    try:
        start, stop, _ = request.http_range.indices(len(body))
    except ValueError:
        start, stop = 0, len(body)
    if (start, stop) == (0, len(body)):
        return web.Response(body=body, content_type=content_type, headers=headers)
    if start >= stop:
        return web.Response(status=416, headers={"Content-Range": f"bytes */{len(body)}"})
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(body)}"
    return web.Response(status=206, body=body[start:stop], content_type=content_type, headers=headers)


async def _body(request: web.Request) -> Json:
    # JSON only: a foreign page in the same browser cannot send that without asking first.
    if request.content_type != "application/json":
        raise Misuse("send JSON with Content-Type: application/json")
    try:
        body = decoded(await request.read() or b"{}")
    except ValueError as wrong:
        raise Misuse(f"that is not JSON: {wrong}") from wrong
    if not isinstance(body, dict):
        raise Misuse("send a JSON object")
    return body


def _chat(query: Mapping[str, str]) -> int:
    return _number(query.get("chat") or query.get("person", ""), "person")


def _number(written: str, name: str) -> int:
    try:
        return int(written)
    except ValueError:
        raise Misuse(f"{name} must be a whole number") from None


def _checked(body: Json) -> Json:
    """The fields as the methods want them; `content` travels as base64, `contents` as a list of it."""
    if "person" in body and body["person"] is None:
        raise Misuse("person must be a number")
    for name, kinds in _KINDS.items():
        if body.get(name) is not None and (not isinstance(body[name], kinds) or isinstance(body[name], bool)):
            raise Misuse(f"{name} must be {'text' if kinds is str else 'a number'}")
    if body.get("contents") is not None and not isinstance(body["contents"], list):
        raise Misuse("contents must be a list of base64")
    read = dict(body)
    if "content" in body:
        read["content"] = _decoded(body["content"])
    if body.get("contents") is not None:
        read["contents"] = [_decoded(one) for one in body["contents"]]
    return read


def _decoded(content: Any) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError, TypeError) as wrong:
        raise Misuse("content must be base64") from wrong


def _raw(stage: Stage, platform: str, update: Any = None, raw_text: str | None = None) -> int:
    if raw_text is not None:
        return stage.raw_text(platform, raw_text)
    if update is None:
        raise Misuse("raw needs update or raw_text")
    return stage.raw(platform, update)


def _move(stage: Stage, move: float) -> Json:
    return stage.move_clock(move)


#: what may be POSTed → the method, whose arguments are the body's fields, and the name of its result
_ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    "say": (Stage.say, "message_id"),
    "photo": (Stage.photo, "message_id"),
    "voice": (Stage.voice, "message_id"),
    "document": (Stage.document, "message_id"),
    "video": (Stage.video, "message_id"),
    "sticker": (Stage.sticker, "message_id"),
    "audio": (Stage.audio, "message_id"),
    "animation": (Stage.animation, "message_id"),
    "location": (Stage.location, "message_id"),
    "contact": (Stage.contact, "message_id"),
    "album": (Stage.album, "message_ids"),
    "forward": (Stage.forward, "message_id"),
    "edit": (Stage.edit, "message_id"),
    "press": (Stage.press, ""),
    "raw": (_raw, "update_id"),
    "block": (Stage.block, ""),
    "faults": (Stage.fault, ""),
    "clock": (_move, ""),
    "switch": (Stage.switch, ""),
    "reset": (Stage.reset, ""),
}
