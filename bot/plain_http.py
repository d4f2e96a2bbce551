"""Short requests to one server over connections that are kept open: for what we say all day, and for nothing else.

No proxy, no redirect, no cookie, no compression, no upload: those go over `bot/aiohttp_request.py`. Answers are read by
the parser of aiohttp's own client.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections import deque
from typing import Final, NamedTuple
from urllib.parse import quote, urlsplit

from aiohappyeyeballs import start_connection
from aiohttp.base_protocol import BaseProtocol
from aiohttp.client_exceptions import ClientError
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.http_parser import HttpResponseParser, RawResponseMessage
from aiohttp.streams import StreamReader

#: Seconds a connection may rest. Servers close theirs later, and one that closes just now loses what is asked on it.
KEEP_S: Final = 15.0
#: Seconds that one address of a host has to itself before the next is tried beside it (RFC 8305).
HEAD_START_S: Final = 0.25
#: Bytes of an answer. A hundred updates take a tenth of it.
MOST: Final = 2**25
#: Of one line and of one header, in bytes, and how many headers.
_LINE, _FIELD, _FIELDS = 8190, 8190, 128


class Lost(Exception):
    """There is no answer. `sent` tells that the request may have reached the other side; the message is our own."""

    def __init__(self, trouble: str, sent: bool) -> None:
        super().__init__(trouble)
        self.trouble, self.sent = trouble, sent


class Answer(NamedTuple):
    """What a server said to one request."""

    status: int
    retry_after: str  #: the header of that name
    content: bytes


class _Line(BaseProtocol):
    """One connection. One request at a time."""

    def __init__(self, lines: set[_Line]) -> None:
        super().__init__(asyncio.get_running_loop())
        self._lines = lines
        self._answers = HttpResponseParser(
            self,
            self._loop,
            MOST,
            max_line_size=_LINE,
            max_headers=_FIELDS,
            max_field_size=_FIELD,
            read_until_eof=True,
            auto_decompress=False,
        )
        self._waits: asyncio.Future[Answer] | None = None
        self._message: RawResponseMessage | None = None
        self._content: StreamReader | None = None
        self._length = 0
        self._timer: asyncio.TimerHandle | None = None
        self._read = self._until = self._end = 0.0
        self.rests_since = 0.0

    async def ask(self, request: bytes, read: float, end: float) -> Answer:
        """Send it and wait for the answer: `read` seconds of silence at most, and until `end` on the loop's clock."""
        waits: asyncio.Future[Answer] = self._loop.create_future()
        self._waits = waits
        self._read, self._end, self._length = read, end, 0
        self._wait()
        if self.transport is not None:
            self.transport.write(request)
        try:
            return await waits
        finally:
            self._waits = self._message = self._content = None

    @property
    def is_open(self) -> bool:
        return self.transport is not None and not self.transport.is_closing()

    def cut(self) -> None:
        """Close it at once, whatever is on the way."""
        if self.transport is not None:
            self.transport.abort()

    # --- what the loop tells ------------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._lines.add(self)

    def connection_lost(self, exc: BaseException | None) -> None:
        super().connection_lost(exc)
        self._lines.discard(self)
        if self._timer is not None:
            self._timer.cancel()
        if exc is None and self._content is not None:
            # The end of an answer that has no length of its own; one that has is cut off.
            with contextlib.suppress(HttpProcessingError, ClientError):
                self._answers.feed_eof()
                self._take()
        self._fail("ServerDisconnected" if exc is None else type(exc).__name__)

    def data_received(self, data: bytes) -> None:
        if self._waits is None:
            self.cut()  # nobody asked
            return
        self._length += len(data)
        try:
            messages, upgraded, rest = self._answers.feed_data(data)
        except HttpProcessingError as error:
            self._fail(type(error).__name__)
            return
        # «Go on» and its like come before the answer.
        answers = [answer for answer in messages if not 100 <= answer[0].code <= 199]
        if self._length > MOST or upgraded or rest or len(answers) > (self._message is None):
            self._fail("AnswerUnasked")
            return
        if answers:
            self._message, self._content = answers[0]
        self._wait()
        self._take()

    def pause_reading(self) -> None:
        """Never: an answer is taken whole."""

    def resume_reading(self, resume_parser: bool = True) -> None:
        """As above; the reader of an answer asks for it all the same."""

    # --- pieces -------------------------------------------------------------------------------------------------------

    def _take(self) -> None:
        """Hand over the answer if it is whole."""
        message, content, waits = self._message, self._content, self._waits
        if message is None or content is None or waits is None or waits.done() or not content.is_eof():
            return
        if (error := content.exception()) is not None:
            self._fail(type(error).__name__)
            return
        waits.set_result(Answer(message.code, message.headers.get("Retry-After", ""), content.read_nowait(-1)))
        if message.should_close:
            self.cut()

    def _fail(self, trouble: str) -> None:
        if self._waits is not None and not self._waits.done():
            self._waits.set_exception(Lost(trouble, sent=True))
        self.cut()

    def _wait(self) -> None:
        """Move the time limit. One timer serves many requests: when it goes off too early, it is set anew."""
        self._until = min(self._loop.time() + self._read, self._end)
        if self._timer is not None and self._timer.when() > self._until:
            self._timer.cancel()
            self._timer = None
        if self._timer is None:
            self._timer = self._loop.call_at(self._until, self._look)

    def _look(self) -> None:
        self._timer = None
        if self._waits is None:
            return
        if self._loop.time() < self._until:
            self._timer = self._loop.call_at(self._until, self._look)
        else:
            self._fail("TimeoutError")


class PlainHttp:
    """POSTs to one server. Requests may run side by side, each on a connection of its own.

    `url` is http(s)://HOST[:PORT][/PATH], `connect` the seconds to reach it. Raises ValueError for another kind of url.
    """

    def __init__(self, url: str, connect: float) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("an address is written http(s)://HOST[:PORT][/PATH]")
        self._host, self._port = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
        self._tls = parts.scheme == "https"
        self._trust: ssl.SSLContext | None = None
        self._path = quote(parts.path, safe="/:%")
        named = parts.netloc.rpartition("@")[2]
        self._named = named.encode("ascii" if named.isascii() else "idna")
        self._connect = connect
        self._heads: dict[tuple[str, str], bytes] = {}
        self._lines: set[_Line] = set()
        self._resting: deque[_Line] = deque()

    async def post(self, method: str, kind: str, body: bytes, read: float) -> Answer:
        """Post a body of this media type to the url's path with `method` behind it. Raises `Lost`."""
        loop = asyncio.get_running_loop()
        end = loop.time() + self._connect + read
        line = self._rested(loop.time() - KEEP_S) or await self._connected()
        head = self._heads.get((method, kind)) or self._head(method, kind)
        whole = False
        try:
            answer = await line.ask(b"%b%d\r\n\r\n%b" % (head, len(body), body), read, end)
            whole = True
        finally:
            if whole and line.is_open:
                line.rests_since = loop.time()
                self._resting.append(line)
            else:
                line.cut()
        return answer

    async def close(self) -> None:
        """Close every connection; what is on the way is lost."""
        for line in list(self._lines):
            line.cut()
        self._resting.clear()
        await asyncio.sleep(0)  # the loop takes leave of them

    def _rested(self, since: float) -> _Line | None:
        """The connection that was used last, so that those which are not needed grow old and go."""
        while self._resting and self._resting[0].rests_since < since:
            self._resting.popleft().cut()
        while self._resting:
            line = self._resting.pop()
            if line.is_open:
                return line
        return None

    async def _connected(self) -> _Line:
        try:
            async with asyncio.timeout(self._connect):
                # Not by create_connection's own race between addresses: cancelled, it forgets the socket that won.
                loop = asyncio.get_running_loop()
                found = await loop.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
                _, line = await loop.create_connection(
                    lambda: _Line(self._lines),
                    sock=await start_connection(found, happy_eyeballs_delay=HEAD_START_S),
                    ssl=self._trusted() if self._tls else None,
                    server_hostname=self._host if self._tls else None,
                )
        except (OSError, UnicodeError) as error:
            # Not chained: the other one may quote the address, and that of a request holds the token.
            trouble = "DNSError" if isinstance(error, socket.gaierror | UnicodeError) else type(error).__name__
        else:
            return line
        raise Lost(trouble, sent=False)

    def _trusted(self) -> ssl.SSLContext:
        if self._trust is None:
            self._trust = ssl.create_default_context()
        return self._trust

    def _head(self, method: str, kind: str) -> bytes:
        head = (
            b"POST %b%b HTTP/1.1\r\nHost: %b\r\nAccept: */*\r\nAccept-Encoding: identity\r\nContent-Type: %b\r\n"
            b"Content-Length: "
        ) % (self._path.encode("ascii"), quote(method).encode("ascii"), self._named, kind.encode("ascii"))
        self._heads[method, kind] = head
        return head
