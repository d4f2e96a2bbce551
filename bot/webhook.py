"""The door for what messengers bring themselves: a hidden address each, and 200 only for what has been committed."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self

import aiohttp
import structlog
from aiohttp import web

from bot.arrivals import Arrivals, read_body
from bot.clock import Clock
from bot.messenger import Messenger
from bot.platforms.base import JSON
from storage.tx import DatabaseError

log = structlog.get_logger()

#: Longest body that is read, in bytes, and seconds that it may take to come.
MOST_BYTES, BODY_S = 1024 * 1024, 20
#: Seconds in which one kind of trouble is logged once, and after which the messenger is to try again.
QUIET_S, AGAIN_S = 60, 1
_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """Where one bot's updates are brought, and the secret that proves who brings them.

    Made from the token and the operator's own secret: the same in every process, and in no file.
    """

    messenger: str
    path: str
    secret: str

    @classmethod
    def of(cls, messenger: str, token: str, secret: str = "") -> Self:
        """`secret` is the setting webhook_secret, which the messenger then has to tell; another one makes another
        path. Without it there is one of 256 bits, like the path."""
        key = f"{token}\n{secret}".encode()
        path, made = (
            hmac.new(key, f"webhook {part}".encode(), hashlib.sha256).hexdigest() for part in ("path", "secret")
        )
        return cls(messenger, path, secret or made)

    def url(self, base: str) -> str:
        """What the messenger is told to call, below the setting webhook_url."""
        return f"{base}/hook/{self.messenger}/{self.path}"


class Hook:
    """One messenger's entrance. Closed until `open`, since nothing can be kept before we know who we are there."""

    def __init__(self, messenger: Messenger, address: Address, clock: Clock) -> None:
        self.messenger, self.address, self._clock = messenger, address, clock
        self._arrivals: Arrivals | None = None
        self._arrived: Callable[[], None] = lambda: None
        self._group: list[tuple[JSON, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None
        self._quiet: dict[str, float] = {}

    def open(self, arrivals: Arrivals, arrived: Callable[[], None]) -> None:
        """Let updates in; `arrived` is called when some were kept."""
        self._arrivals, self._arrived = arrivals, arrived

    def close(self) -> None:
        """Let no more in: the messenger tries again later, or at another process."""
        self._arrivals = None

    def trusts(self, headers: Mapping[str, str]) -> bool:
        """Whether the secret is right; one that no messenger promises to send is looked at only when it came."""
        told = headers.get(_SECRET, "")
        if not told and not self.messenger.platform.tells_secret:
            return True
        if _equal(told, self.address.secret):
            return True
        self.warn("webhook refused", "somebody knows the path but not the secret: give a new webhook_secret")
        return False

    async def take(self, body: bytes) -> bool:
        """Keep what came. True when it is committed, or was before; False when it has to come again."""
        arrivals = self._arrivals
        try:
            if arrivals is None or not await arrivals.has_room():
                return False
            await self._kept(arrivals, read_body(body))
        except DatabaseError:
            self.warn("receive failed", "the database does not take writes: look at the disk and the database server")
            return False
        self.messenger.last_ok = self.messenger.last_arrival = self._clock.seconds()
        self.messenger.receiving = ""
        self._arrived()
        return True

    async def _kept(self, arrivals: Arrivals, update: JSON) -> None:
        """Return when it is committed, together with whatever else came while the last commit was going on."""
        kept = asyncio.get_running_loop().create_future()
        self._group.append((update, kept))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write(arrivals))
        await kept

    async def _write(self, arrivals: Arrivals) -> None:
        while self._group:
            group, self._group = self._group, []
            failed: Exception | None = None
            try:
                await arrivals.keep([update for update, _ in group])
            except Exception as error:  # each of those who wait hears of it
                failed = error
            for _, kept in group:
                if kept.done():
                    continue
                if failed is None:
                    kept.set_result(None)
                else:
                    kept.set_exception(failed)

    def warn(self, event: str, do: str) -> None:
        """Log it, at most once a minute."""
        now = self._clock.monotonic()
        if now >= self._quiet.get(event, now):
            self._quiet[event] = now + QUIET_S
            log.warning(event, messenger=self.messenger.platform.name, do=do)


class Door:
    """All entrances, as routes of the web server that answers /health too."""

    def __init__(self) -> None:
        self.hooks: dict[str, Hook] = {}

    def routes(self) -> list[web.RouteDef]:
        # Whatever the method: a stranger is told "not found" and nothing else.
        return [web.route("*", "/hook/{messenger}/{path}", self._answer)]

    def close(self) -> None:
        """Let nothing more in anywhere."""
        for hook in self.hooks.values():
            hook.close()

    async def _answer(self, request: web.Request) -> web.Response:
        hook = self.hooks.get(request.match_info["messenger"])
        known = hook is not None and _equal(request.match_info["path"], hook.address.path)
        if hook is None or not known or request.method != "POST":
            raise web.HTTPNotFound
        if not hook.trusts(request.headers):
            return web.Response(status=403)
        try:
            body = await _read(request)
        except TimeoutError:
            return _closing(408)
        except (web.RequestPayloadError, aiohttp.ClientError, ConnectionError):
            return _closing(400)
        if body is None:
            hook.warn("webhook body too long", "no messenger sends so much: look at who knows the path")
            return _closing(413)
        if not await hook.take(body):
            return web.Response(status=503, headers={"Retry-After": str(AGAIN_S)})
        return web.Response()


async def _read(request: web.Request) -> bytes | None:
    """The body, whatever its Content-Type says; None when it is too long, and then the rest is not kept."""
    if (request.content_length or 0) > MOST_BYTES:
        return None
    body = bytearray()
    async with asyncio.timeout(BODY_S):
        async for part in request.content.iter_any():
            body += part
            if len(body) > MOST_BYTES:
                return None
    return bytes(body)


def _closing(status: int) -> web.Response:
    response = web.Response(status=status)
    response.force_close()  # what is still to come of the body is nobody's next request
    return response


def _equal(told: str, right: str) -> bool:
    """In a time that does not depend on how much of it is right."""
    return hmac.compare_digest(told.encode("utf-8", "replace"), right.encode())
