"""The Bot API over HTTP: finds the messenger, lets faults happen, calls the method, writes the answer."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox import bale
from sandbox.messenger import Messenger, too_many
from sandbox.methods import METHODS
from sandbox.model import ApiError, Call, Fault, FaultKind
from sandbox.pulse import Pulse
from sandbox.trouble import AFTER_EFFECT, Troubles
from sandbox.webhooks import remember_allowed
from sandbox.wire import Params, read_params

#: the longest a getUpdates may wait, as on Telegram, in seconds
_LONGEST_POLL = 50
_MOST_UPDATES = 100
_HTML = "<html><head><title>502 Bad Gateway</title></head><body><center>502 Bad Gateway</center></body></html>"


class _Hangup(Exception):
    """The connection is to be cut without an answer."""


@dataclass(slots=True)
class _Asked:
    """One call on its way through."""

    messenger: Messenger
    method: str
    params: Params
    chat: int | None
    fault: Fault | None = None


class BotApi:
    def __init__(self, messengers: dict[str, Messenger], troubles: Troubles, pulse: Pulse) -> None:
        self._messengers = messengers
        self._troubles = troubles
        self._pulse = pulse

    def routes(self) -> list[web.RouteDef]:
        call = "/{platform:telegram|bale}/bot{token:[^/]+}/{method:[^/]*}"
        return [
            web.get(call, self.call),
            web.post(call, self.call),
            web.get("/{platform:telegram|bale}/file/bot{token:[^/]+}/{path:.+}", self.download),
        ]

    async def download(self, request: web.Request) -> web.StreamResponse:
        messenger = self._messengers.get(request.match_info["platform"])
        if messenger is None or request.match_info["token"] != messenger.token:
            return _written(404, _refused(ApiError(404, "Not Found")))
        path = request.match_info["path"]
        fault = self._troubles.take(messenger.dialect.name, "download", None)
        found = messenger.file_at(path)
        if found is None:
            return _written(404, _refused(ApiError(404, "Not Found")))
        body = messenger.file_content(found)
        if fault is not None:
            return await self._troubled_download(request, fault, body)
        return web.Response(body=body, content_type="application/octet-stream")

    async def _troubled_download(self, request: web.Request, fault: Fault, body: bytes) -> web.StreamResponse:
        asked = _Asked(self._messengers[request.match_info["platform"]], "download", Params(), None)
        try:
            early = await self._before(asked, fault)
        except _Hangup:
            return _hang_up(request)
        if early is not None:
            return early
        if fault.kind is FaultKind.HALF:
            return await _half(request, body)
        return _hang_up(request) if fault.kind is FaultKind.DROP_AFTER else web.Response(body=body)

    async def call(self, request: web.Request) -> web.StreamResponse:
        messenger = self._messengers.get(request.match_info["platform"])
        if messenger is None:
            return _written(404, _refused(ApiError(404, "Not Found")))
        if request.match_info["token"] != messenger.token:
            return _refusal(messenger, messenger.bad_token())
        started = time.perf_counter()
        try:
            params = await read_params(request)
        except ApiError as refusal:
            return _refusal(messenger, refusal)
        name = request.match_info["method"]
        asked = _Asked(messenger, messenger.dialect.canonical(name) or name, params, _chat(messenger, params))
        return await self._answered(request, asked, started)

    async def _answered(self, request: web.Request, asked: _Asked, started: float) -> web.StreamResponse:
        fault = asked.fault = self._troubles.take(asked.messenger.dialect.name, asked.method, asked.chat)
        try:
            if fault is not None and (early := await self._before(asked, fault)) is not None:
                self._note(asked, started, None, fault.kind)
                return early
            body = await self._done(asked)
            if fault is None and asked.method == "getUpdates":
                # A fault that was ordered while this poll waited meets the poll itself and not only the next one.
                fault = self._troubles.take(asked.messenger.dialect.name, asked.method, asked.chat)
                if fault is not None and (early := await self._before(asked, fault)) is not None:
                    self._note(asked, started, None, fault.kind)
                    return early
        except _Hangup:
            self._note(asked, started, None, asked.fault.kind if asked.fault else "")
            return _hang_up(request)
        except ApiError as refusal:
            self._note(asked, started, refusal)
            return _refusal(asked.messenger, refusal)
        except asyncio.CancelledError:
            self._note(asked, started, None, "the bot hung up")
            raise
        self._note(asked, started, None, fault.kind if fault else "", done=True)
        if fault is not None and fault.kind in AFTER_EFFECT:
            return _hang_up(request) if fault.kind is FaultKind.DROP_AFTER else await _half(request, body)
        return _written(200, body)

    async def _before(self, asked: _Asked, fault: Fault) -> web.StreamResponse | None:
        """What the fault does before the method: an answer in its place, an ApiError, a cut connection or nothing."""
        asked.fault = fault
        words = fault.description
        match fault.kind:
            case FaultKind.STALL:
                await self._troubles.stall(fault)
                raise _Hangup
            case FaultKind.DROP_BEFORE:
                raise _Hangup
            case FaultKind.LATENCY:
                await self._troubles.stall(fault, 1.0)
            case FaultKind.FLOOD:
                refusal = too_many(fault.retry_after)
                raise ApiError(429, words or refusal.description, refusal.parameters)
            case FaultKind.ERROR500:
                raise ApiError(500, words or "Internal Server Error")
            case FaultKind.TOKEN_REVOKED:
                raise asked.messenger.bad_token()
            case FaultKind.HTML:
                return web.Response(status=502, text=words or _HTML, content_type="text/html")
            case FaultKind.OK_FALSE:
                return _written(200, _refused(ApiError(400, words or "Bad Request: something went wrong")))
        return None

    async def _done(self, asked: _Asked) -> bytes:
        messenger, method = asked.messenger, asked.method
        if method.lower() in messenger.dialect.unbuilt:
            raise ApiError(501, "Not Implemented")
        if method not in messenger.dialect.methods:
            raise ApiError(404, "Not Found: method not found")
        if messenger.dialect.own_markdown:
            bale.check(method, asked.params, messenger.on)
        params = _known(messenger, method, asked.params)
        if method == "getUpdates":
            return await self._updates(asked, params)
        with messenger.store.together():
            result = METHODS[method](messenger, params)
        return b'{"ok":true,"result":%s}' % json.dumps(result, separators=(",", ":")).encode()

    async def _updates(self, asked: _Asked, params: Params) -> bytes:
        messenger = asked.messenger
        if messenger.facts["webhook"]:
            why = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            raise ApiError(409, f"Conflict: {why}")
        remember_allowed(messenger, params)
        messenger.confirm(params.integer("offset"))
        limit = min(max(params.integer("limit", _MOST_UPDATES), 1), _MOST_UPDATES)
        batch = await self._waited(messenger, limit, min(params.integer("timeout"), _LONGEST_POLL))
        if asked.fault is not None and asked.fault.kind is FaultKind.REPEAT:
            batch = [*messenger.last_batch, *(body for body in batch if body not in messenger.last_batch)]
        if batch:
            messenger.last_batch = batch
            messenger.facts["delivered"] += len(batch)
        return b'{"ok":true,"result":[%s]}' % ",".join(batch).encode()

    async def _waited(self, messenger: Messenger, limit: int, seconds: int) -> list[str]:
        messenger.poll_number += 1
        mine, until = messenger.poll_number, time.monotonic() + seconds
        self._pulse.wake()
        while True:
            if messenger.poll_number != mine and not messenger.on("polls_race"):
                why = "terminated by other getUpdates request; make sure that only one bot instance is running"
                raise ApiError(409, f"Conflict: {why}")
            if messenger.facts["webhook"]:
                raise ApiError(409, "Conflict: terminated by setWebhook request")
            left = until - time.monotonic()
            batch = messenger.waiting(limit)
            if batch or left <= 0:
                return batch
            await self._pulse.wait(left)

    def _note(
        self, asked: _Asked, started: float, refusal: ApiError | None, words: str = "", done: bool = False
    ) -> None:
        messenger = asked.messenger
        seq = self._pulse.happen("call", messenger.dialect.name, asked.chat)
        call = Call(
            seq, messenger.clock(), messenger.dialect.name, asked.method, asked.params.shown(), asked.chat, done,
            refusal.code if refusal else None, refusal.description if refusal else words, time.perf_counter() - started,
        )  # fmt: skip
        messenger.calls.append(call)


def _chat(messenger: Messenger, params: Params) -> int | None:
    try:
        return bale.group_asked(int(params.values.get("chat_id") or 0), messenger.on) or None
    except (TypeError, ValueError):
        return None


def _known(messenger: Messenger, method: str, params: Params) -> Params:
    """Only what has an effect; a parameter that nobody documents is refused, lest a misspelling go unseen."""
    effective = messenger.dialect.methods[method] | bale.effective(method, messenger.on)
    ignored = frozenset() if messenger.on("unknown_refused") else messenger.dialect.ignored[method]
    attached = json.dumps(params.values)
    before = "" if messenger.on("album_bare") else "attach://"
    for name in (*params.values, *params.files):
        if name not in effective and name not in ignored and f"{before}{name}" not in attached:
            raise ApiError(400, f'Bad Request: unknown parameter "{name}"')
    values = {name: value for name, value in params.values.items() if name in effective}
    return Params(values, params.files, params.multipart)


def _refusal(messenger: Messenger, said: ApiError) -> web.Response:
    status, told = bale.refusal(said, messenger.on)
    return web.Response(status=status, text=told) if isinstance(told, str) else _written(status, _refused(told))


def _refused(refusal: ApiError) -> bytes:
    body: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return json.dumps(body).encode()


def _written(status: int, body: bytes) -> web.Response:
    return web.Response(status=status, body=body, content_type="application/json")


def _hang_up(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def _half(request: web.Request, body: bytes) -> web.StreamResponse:
    response = web.StreamResponse()
    response.content_type = "application/json"
    response.content_length = len(body)
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response
