"""A short request gets its answer in whatever form HTTP allows; without one it is told whether it may have arrived."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import pytest

from bot.plain_http import Answer, Lost, PlainHttp

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@dataclass
class Server:
    """Says the next of its answers to each request; «close» in place of one ends the connection."""

    answers: list[bytes]
    url: str = ""
    heads: list[bytes] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    connections: int = 0
    slowly: bool = False  #: byte by byte
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    tasks: set[asyncio.Task[None] | None] = field(default_factory=set)
    left: asyncio.Event = field(default_factory=asyncio.Event)  #: somebody has closed a connection

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.tasks.add(asyncio.current_task())
        try:
            while self.answers:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
                self.heads.append(head)
                self.bodies.append(await reader.readexactly(length))
                self.asked.set()
                answer = self.answers.pop(0)
                said = answer.removesuffix(b"close")
                for piece in (said[n : n + 1] for n in range(len(said))) if self.slowly else (said,):
                    writer.write(piece)
                    await asyncio.sleep(0)
                if answer.endswith(b"close"):
                    return
            await reader.read()
        except (asyncio.IncompleteReadError, ConnectionResetError):
            pass
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()
            self.left.set()


@asynccontextmanager
async def server(*answers: bytes) -> AsyncIterator[tuple[Server, PlainHttp]]:
    made = Server(list(answers))
    listening = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/bot1:x/"
    plain = PlainHttp(made.url, connect=5)
    try:
        yield made, plain
    finally:
        await plain.close()
        listening.close()
        await asyncio.gather(*filter(None, made.tasks))


async def ask(plain: PlainHttp, read: float = 5) -> Answer:
    return await plain.post("getMe", "application/json", b"{}", read)


async def test_a_request_says_where_it_goes_and_what_it_carries() -> None:
    async with server(OK) as (there, plain):
        await plain.post("sendMessage", "application/json", '{"text":"سلام"}'.encode(), 5)
        lines = there.heads[0].decode().split("\r\n")
        assert lines[0] == "POST /bot1:x/sendMessage HTTP/1.1"
        assert f"Host: {there.url.split('/')[2]}" in lines
        assert "Content-Type: application/json" in lines
        assert there.bodies == ['{"text":"سلام"}'.encode()]


@pytest.mark.parametrize(
    ("answer", "content"),
    [
        (OK, b"ok"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1;x=y\r\nk\r\n0\r\n\r\n", b"ok"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", b""),
        (b"HTTP/1.1 204 No Content\r\n\r\n", b""),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + OK, b"ok"),
        (b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK, b"ok"),
        (b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", b"ok"),
        (b"HTTP/1.1 200 OK\r\n\r\nokclose", b"ok"),
        (b"HTTP/1.0 200 OK\r\n\r\nokclose", b"ok"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + b"x" * 300_000, b"x" * 300_000),
    ],
)
async def test_every_form_of_an_answer_is_read_and_the_next_request_works(answer: bytes, content: bytes) -> None:
    async with server(answer, OK) as (_, plain):
        assert (await ask(plain)).content == content
        assert (await ask(plain)).content == b"ok"


async def test_an_answer_may_come_byte_by_byte() -> None:
    async with server(OK, OK) as (there, plain):
        there.slowly = True
        assert (await ask(plain)).content == b"ok"
        assert (await ask(plain)).content == b"ok"


async def test_status_and_the_time_to_wait_are_told() -> None:
    async with server(b"HTTP/1.1 429 Slow\r\nRetry-After: 9\r\nContent-Length: 1\r\n\r\nx") as (_, plain):
        assert await ask(plain) == Answer(429, "9", b"x")


@pytest.mark.parametrize(
    "answer",
    [
        b"close",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalfclose",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhaclose",
        b"HTTP/1.1 200 OK\r\nContent-Leclose",
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 20_000 + b"\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nx",
        OK + OK,
    ],
)
async def test_what_is_no_whole_answer_is_none_and_may_have_taken_effect(answer: bytes) -> None:
    async with server(answer, OK) as (there, plain):
        with pytest.raises(Lost) as lost:
            await ask(plain, read=0.3)
        assert lost.value.sent
        assert lost.value.__context__ is None
        assert (await ask(plain)).content == b"ok"  # on a connection of its own
        assert there.connections == 2


async def test_silence_ends_the_waiting_and_the_connection() -> None:
    async with server(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx") as (there, plain):
        with pytest.raises(Lost, match="TimeoutError") as lost:
            await ask(plain, read=0.05)
        assert lost.value.sent
        async with asyncio.timeout(5):
            await there.left.wait()


async def test_a_request_given_up_leaves_no_connection_that_another_could_take_its_answer_from() -> None:
    async with server(b"", OK) as (there, plain):
        waiting = asyncio.create_task(ask(plain))
        await there.asked.wait()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert (await ask(plain)).content == b"ok"
        assert there.connections == 2


async def test_a_connection_closed_while_it_rested_is_not_used_again() -> None:
    async with server(OK + b"close", OK) as (there, plain):
        await ask(plain)
        async with asyncio.timeout(5):
            await there.left.wait()
        assert (await ask(plain)).content == b"ok"
        assert there.connections == 2


async def test_requests_one_after_the_other_share_a_connection_and_side_by_side_they_do_not() -> None:
    async with server(*[OK] * 5) as (there, plain):
        await ask(plain)
        await ask(plain)
        assert there.connections == 1
        await asyncio.gather(ask(plain), ask(plain))
        assert there.connections == 2


async def test_who_was_not_reached_got_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with server(OK) as (there, _):
        pass
    with pytest.raises(Lost) as lost:
        await ask(PlainHttp(there.url, connect=5))
    assert not lost.value.sent
    for name in ("no-such-host.invalid", f"{'x' * 64}.ir"):
        with pytest.raises(Lost, match="DNSError") as lost:
            await ask(PlainHttp(f"http://{name}/", connect=5))
        assert not lost.value.sent


async def test_a_server_that_cannot_prove_its_name_gets_nothing() -> None:
    async with server(OK) as (there, _):
        plain = PlainHttp(there.url.replace("http:", "https:"), connect=5)
        with pytest.raises(Lost) as lost:
            await ask(plain)
        assert not lost.value.sent
        assert there.bodies == []
        assert plain._trusted().verify_mode == ssl.CERT_REQUIRED


@pytest.mark.parametrize("url", ["ftp://x/", "http:///x", "x"])
def test_another_kind_of_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="HOST"):
        PlainHttp(url, connect=5)
