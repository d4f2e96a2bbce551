"""A messenger's Bot API as one object: calls, updates and downloads, with every failure as one of our own errors."""

import json
import re
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import quote

from bot.aiohttp_request import AiohttpRequest, Exchange, Upload, envelope
from bot.api_errors import (
    BotApiError,
    Conflict,
    Gone,
    Migrated,
    Missing,
    NotModified,
    Rejected,
    Revoked,
    Unreachable,
    Unsupported,
    Wait,
)
from bot.plain_http import Lost, PlainHttp
from bot.platforms.base import JSON, Failure, Platform

__all__ = [
    "BotApi",
    "BotApiError",
    "Conflict",
    "Gone",
    "Migrated",
    "Missing",
    "NotModified",
    "Rejected",
    "Revoked",
    "Unreachable",
    "Unsupported",
    "Upload",
    "Wait",
]

#: Seconds to wait when a messenger says "too many" without saying how long.
WAIT_UNHINTED: Final = 2.0
#: Seconds; a hint beyond it is taken as this much, so that no answer can silence the bot for good.
WAIT_MOST: Final = 86_400.0
#: Seconds that a long poll may take beyond the time it was asked to wait.
_POLL_GRACE: Final = 10.0
#: Characters of a messenger's description that are kept.
_DESCRIPTION: Final = 200

_PLAIN: Final[dict[Failure, type[BotApiError]]] = {
    Failure.GONE: Gone,
    Failure.REJECTED: Rejected,
    Failure.NOT_MODIFIED: NotModified,
    Failure.MISSING: Missing,
    Failure.REVOKED: Revoked,
    Failure.CONFLICT: Conflict,
    Failure.UNSUPPORTED: Unsupported,
}


class BotApi:
    """One bot on one messenger. Used as `async with`; calls may run side by side.

    `connect` and `read` are in seconds; `proxy` as in AiohttpRequest. Every method raises BotApiError and its kinds
    (see bot/api_errors.py) for whatever goes wrong outside, and nothing else.
    """

    def __init__(
        self,
        platform: Platform,
        token: str,
        api_url: str,
        proxy: str | None = None,
        connect: float = 10,
        read: float = 20,
    ) -> None:
        self.platform = platform
        self._token = token
        self._read = read
        self._calls = f"{api_url.rstrip('/')}/bot{token}/"
        self._files = f"{api_url.rstrip('/')}/file/bot{token}/"
        self._request = AiohttpRequest(proxy, connect)
        self._plain = None if proxy else PlainHttp(self._calls, connect)

    def __repr__(self) -> str:
        return f"BotApi({self.platform.name})"

    async def __aenter__(self) -> Self:
        await self._request.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._request.close()
        if self._plain is not None:
            await self._plain.close()

    async def call(
        self,
        method: str,
        params: Mapping[str, JSON],
        *,
        timeout: float | None = None,  # noqa: ASYNC109  # the connection's own limit of silence, not a deadline
        files: Mapping[str, Upload] | None = None,
    ) -> JSON:
        """The raw result. `timeout` (seconds of silence) replaces the read limit; `files` go by parameter name."""
        name = self.platform.spellings.get(method, method)
        exchange = Exchange(name, self.platform.adapt(name, params), files or {}, json_body=self.platform.can.json_body)
        return await self._posted(exchange, self._read if timeout is None else timeout)

    async def call_written(self, method: str, chat: int, written: str) -> JSON:
        """The same for parameters that are JSON already (an object that is not empty), all but the chat."""
        if not self.platform.can.as_written:
            return await self.call(method, {"chat_id": chat, **json.loads(written)})
        return await self._posted(Exchange(method, written=f'{{"chat_id":{chat},{written[1:]}'), self._read)

    async def _posted(self, exchange: Exchange, read: float) -> JSON:
        if self._plain is None or exchange.files:
            await self._request.post(exchange, self._calls + exchange.method, read)
        else:
            await _post_plainly(self._plain, exchange, read)
        if exchange.status is not None and 200 <= exchange.status <= 299:
            said = envelope(exchange.answer)
            if "result" in said:
                return said["result"]
        failure = self._failure(exchange)
        if isinstance(failure, Rejected) and failure.code == 404 and failure.description.casefold() == "not found":
            # Said of what is not there and, by some, of a token that is no longer good: then nothing is wrong with this
            # request, and it must not be given up. Who we are is told as long as the token is good.
            await self.call("getMe", {})
        raise failure

    async def updates(self, offset: int | None, timeout: int, limit: int) -> list[JSON]:  # noqa: ASYNC109
        """Raw updates from `offset` on, at most `limit` (1 to 100), after at most `timeout` seconds of waiting: the
        entries as they came, one that is no object too."""
        params: dict[str, JSON] = {"timeout": timeout, "limit": limit}
        if offset is not None:
            params["offset"] = offset
        if self.platform.can.allowed_updates:
            params["allowed_updates"] = list(self.platform.can.allowed_updates)
        found = await self.call("getUpdates", params, timeout=timeout + max(_POLL_GRACE, self._read))
        if not isinstance(found, list):
            raise Unreachable("getUpdates", 200, "the answer is not a list", sent=False)
        return found

    async def download(self, file_path: str, *, most: int | None = None) -> bytes:
        """A file by the path that getFile gave. Rejected if it is longer than `most` bytes, or than the messenger's."""
        limit = self.platform.can.download_limit if most is None else most
        exchange = Exchange("download", most=limit)
        await self._request.get(exchange, self._files + quote(file_path), self._read)
        status, content = exchange.status or 0, exchange.answer
        if exchange.too_long:
            raise Rejected("download", status, f"the file is longer than {limit} bytes")
        if 200 <= status <= 299:
            return content
        if status in (400, 404):
            raise Rejected("download", status, "there is no such file, or its link has run out")
        raise self._failure(exchange)

    def _failure(self, exchange: Exchange) -> BotApiError:
        method, status = exchange.method, exchange.status
        if status is None:
            return Unreachable(method, 0, f"no answer ({exchange.trouble})", sent=exchange.sent)
        said = envelope(exchange.answer)
        spoken = _is_envelope(said)
        code = _named_code(said) if spoken and status <= 299 else status
        description = said.get("description", "")
        parameters = said.get("parameters", {})
        safe = self._scrubbed(description, json.loads(exchange.written) if exchange.written else exchange.params)
        if chat := parameters.get("migrate_to_chat_id"):
            return Migrated(method, code, safe, chat)
        failure = self.platform.failure(method, code, description) if spoken else _without_envelope(code)
        if failure is Failure.WAIT or (parameters.get("retry_after") and code < 500):
            return _wait(method, code, safe, parameters.get("retry_after") or exchange.retry_after)
        if failure is Failure.UNREACHABLE:
            return Unreachable(method, code, safe or "not a messenger's answer", sent=True)
        return _PLAIN[failure](method, code, safe)

    def _scrubbed(self, description: str, params: Mapping[str, JSON]) -> str:
        """The messenger's words without the token and without anything that stood in the request's own texts."""
        text = _QUOTED.sub("\u2026", description.replace(self._token, "\u2026"))
        asked = "\n".join(_texts(params)).casefold()
        text = _WORD.sub(lambda word: "\u2026" if _is_residents(word[0], asked) else word[0], text)
        return " ".join(text.split())[:_DESCRIPTION]


async def _post_plainly(plain: PlainHttp, exchange: Exchange, read: float) -> None:
    body, kind = exchange.body()
    try:
        exchange.status, exchange.retry_after, exchange.answer = await plain.post(exchange.method, kind, body, read)
    except Lost as error:
        exchange.trouble, exchange.sent = error.trouble, error.sent


#: Messengers quote the piece of a text they stumble over, between these.
_QUOTED = re.compile(
    r"""\"[^"]*("|$)|(?<!\w)'[^']*('|$)|`[^`]*(`|$)|\u00ab[^\u00bb]*(\u00bb|$)|\u201c[^\u201d]*(\u201d|$)"""
)
_WORD = re.compile(r"[^\s.,:;!?()\[\]{}<>/=]+")


#: Words of the refusals themselves. They tell nothing about a text, even if they stood in it too.
_OFFICIAL = frozenset(
    re.findall(
        r"\S+",
        """a and are at bad be blocked bot bots button by byte can can't chat conversation data deactivated empty
        entities entity error exceed failed file forbidden found from have id identifier in initiate internal invalid
        is it limit long many markup message method modified must no not of offset parse query request retry rights send
        sent server specified start stopped such tag text the to token too unauthorized upgraded user was with wrong""",
    )
)


def _is_residents(word: str, asked: str) -> bool:
    if not word.isascii():
        return True
    return len(word) > 1 and word.casefold() in asked and word.casefold() not in _OFFICIAL


def _texts(value: JSON) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _is_envelope(answer: Mapping[str, Any]) -> bool:
    """Whether the messenger itself speaks: a filter's or proxy's 403 must not make a resident look gone."""
    return answer.get("ok") is False or "error_code" in answer


def _named_code(answer: Mapping[str, Any]) -> int:
    code = answer.get("error_code", 0)
    return code if 400 <= code <= 599 else 400


def _without_envelope(code: int) -> Failure:
    if code in (413, 414):  # a front server's word for too long, and true every time
        return Failure.REJECTED
    return {420: Failure.WAIT, 429: Failure.WAIT, 501: Failure.UNSUPPORTED}.get(code, Failure.UNREACHABLE)


def _wait(method: str, code: int, description: str, hint: int | str) -> Wait:
    seconds = float(hint) if isinstance(hint, int) or (hint.isascii() and hint.isdigit()) else 0.0
    if seconds <= 0:
        return Wait(method, code, description, WAIT_UNHINTED, hinted=False)
    return Wait(method, code, description, min(seconds, WAIT_MOST), hinted=True)
