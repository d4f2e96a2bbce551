"""Requests over aiohttp, through a proxy and with files, with nothing of them in log lines or errors."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import urlencode, urlsplit

import aiohttp
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError

from bot import lenient_json

#: More than rate times round trip ever needs; waiting calls would count against their own time limit.
CONNECTIONS = 1000
_PROXY_SCHEMES = ("http", "https", "socks4", "socks5", "socks5h")

_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"

Body: TypeAlias = bytes | aiohttp.FormData | None
_NEVER_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    ProxyConnectionError,
    ProxyError,
    ProxyTimeoutError,
)
_TROUBLES = (*_NEVER_SENT, aiohttp.ClientError, TimeoutError, OSError)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send: its name as the receiver sees it, and its media type."""

    name: str
    content: bytes
    type: str = "application/octet-stream"


@dataclass(slots=True)
class Exchange:
    """One request and what came of it."""

    method: str
    params: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)
    written: str = ""  #: the parameters as JSON already, in place of `params`
    json_body: bool = True  #: else form fields; with files it is always a multipart form
    most: int | None = None  #: bytes of the answer; a longer one is not read to its end
    status: int | None = None  #: of the answer; None without one
    answer: bytes = b""
    retry_after: str = ""  #: the header of that name
    trouble: str = ""  #: the class of the error that left us without an answer
    sent: bool = False  #: the request may have reached the other side
    too_long: bool = False

    def multipart(self) -> aiohttp.FormData:
        """The body of a request with files."""
        return _multipart(form_fields(self.params), self.files)

    def body(self) -> tuple[bytes, str]:
        """The body of a request without files, and its media type. Raises TypeError for parameters that are no JSON."""
        if self.written:
            return self.written.encode(), _JSON
        if not self.json_body:
            return urlencode(form_fields(self.params), errors="replace").encode("ascii"), _FORM
        # ASCII only, so that half an emoji fails at the messenger and not here.
        return json.dumps(self.params, separators=(",", ":")).encode("ascii"), _JSON


class AiohttpRequest:
    """What `bot/plain_http.py` cannot: proxies, files up and down.

    Time limits in seconds: `connect` for reaching the server (and the proxy), `read` for its silence. `proxy` is a
    http, https, socks4, socks5 or socks5h address; with a SOCKS proxy names are looked up behind it. Proxies of the
    environment are not used: one messenger may need what breaks the other. Raises ValueError for a bad proxy address.
    """

    __slots__ = ("_connect", "_proxy", "_session")

    def __init__(self, proxy: str | None = None, connect: float = 10) -> None:
        self._proxy = _checked_proxy(proxy) if proxy else None
        self._connect = connect
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=self._connector(), cookie_jar=aiohttp.DummyCookieJar(), trust_env=False
            )

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def post(self, exchange: Exchange, url: str, read: float) -> None:
        """Post it; what came of it is in the exchange."""
        if exchange.files:
            await self._tried(exchange, url, "POST", exchange.multipart(), {}, read)
        else:
            body, kind = exchange.body()
            await self._tried(exchange, url, "POST", body, {"Content-Type": kind}, read)

    async def get(self, exchange: Exchange, url: str, read: float) -> None:
        """Fetch it; what came of it is in the exchange."""
        await self._tried(exchange, url, "GET", None, {}, read)

    async def _tried(
        self, exchange: Exchange, url: str, verb: str, body: Body, headers: dict[str, str], read: float
    ) -> None:
        short = isinstance(body, bytes)  # files may take long while bytes flow
        total = self._connect + read if short else None
        limits = aiohttp.ClientTimeout(total=total, connect=self._connect, sock_connect=self._connect, sock_read=read)
        try:
            await self._exchanged(exchange, url, verb, body, headers, limits)
        except _TROUBLES as error:
            # Its words quote addresses, and those hold the token: its kind is all that is kept.
            exchange.status = None  # half an answer is none
            exchange.trouble = type(error).__name__
            exchange.sent = not isinstance(error, _NEVER_SENT)

    async def _exchanged(
        self,
        exchange: Exchange,
        url: str,
        method: str,
        body: Body,
        headers: dict[str, str],
        limits: aiohttp.ClientTimeout,
    ) -> None:
        if self._session is None:
            raise RuntimeError("the request layer is not open")
        async with self._session.request(
            method,
            url,
            data=body,
            headers=headers,
            timeout=limits,
            proxy=self._proxy if self._proxy and self._proxy.startswith("http") else None,
            allow_redirects=False,  # whoever redirects us is not the messenger, and would be handed the token
        ) as response:
            exchange.status = response.status
            exchange.retry_after = response.headers.get("Retry-After", "")
            if exchange.most is None:
                exchange.answer = await response.read()
            else:
                exchange.answer, exchange.too_long = await _read_at_most(response, exchange.most)

    def _connector(self) -> aiohttp.TCPConnector:
        if self._proxy and self._proxy.startswith("socks"):
            address = self._proxy.replace("socks5h:", "socks5:", 1)
            return ProxyConnector.from_url(address, rdns=True, limit=CONNECTIONS)
        return aiohttp.TCPConnector(limit=CONNECTIONS, ttl_dns_cache=300)


def form_fields(params: Mapping[str, Any]) -> dict[str, str]:
    """Parameters as form fields: text as it is, everything else as JSON."""
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}


def _multipart(fields: Mapping[str, str], files: Mapping[str, Upload]) -> aiohttp.FormData:
    form = aiohttp.FormData(fields, quote_fields=False)  # quoted, a Persian file name arrives as %DA%AF…
    for name, file in files.items():
        shown = "".join(letter for letter in file.name if letter.isprintable() and letter not in '"\\/') or "file"
        form.add_field(name, io.BytesIO(file.content), filename=shown, content_type=file.type)
    return form


async def _read_at_most(response: aiohttp.ClientResponse, most: int) -> tuple[bytes, bool]:
    content = bytearray()
    async for piece in response.content.iter_any():
        content += piece
        if len(content) > most:
            response.close()  # else the rest would be read to keep the connection
            return b"", True
    return bytes(content), False


def envelope(payload: bytes) -> dict[str, Any]:
    """The messenger's own envelope around an answer, with only what is well formed; an empty one for anything else."""
    try:
        answer = lenient_json.loads(payload.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(answer, dict):
        return {}
    kept: dict[str, Any] = {}
    if isinstance(answer.get("ok"), bool):
        kept["ok"] = answer["ok"]
    if "result" in answer and answer.get("ok") is not False:
        kept["result"] = answer["result"]
    if isinstance(answer.get("description"), str):
        kept["description"] = answer["description"]
    if (code := _whole(answer.get("error_code"))) is not None:
        kept["error_code"] = code
    parameters = answer.get("parameters")
    if isinstance(parameters, dict):
        hints = {name: _whole(parameters.get(name)) for name in ("retry_after", "migrate_to_chat_id")}
        kept["parameters"] = {name: number for name, number in hints.items() if number}
    return kept


def _whole(value: object) -> int | None:
    if isinstance(value, str) and len(value) < 20 and value.isascii() and value.removeprefix("-").isdigit():
        return int(value)
    if isinstance(value, float) and abs(value) < 2**53:
        return int(value + 0.999)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _checked_proxy(address: str) -> str:
    """The address itself; the error does not repeat it, since it may hold a password."""
    try:
        parts = urlsplit(address)
        good = parts.scheme in _PROXY_SCHEMES and bool(parts.hostname) and parts.port is not None
    except ValueError:
        good = False
    if not good:
        raise ValueError(f"a proxy is written SCHEME://HOST:PORT with one of {', '.join(_PROXY_SCHEMES)}")
    return address
