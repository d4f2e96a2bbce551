"""Calls reach a messenger over real HTTP; every failure is one of our own errors and holds nobody's words."""

import asyncio
import json
import logging
import traceback
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.platforms import Bale, Platform, Telegram
from bot.transport import (
    BotApi,
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
    Upload,
    Wait,
)

TELEGRAM, BALE = Telegram(), Bale()
TOKEN = "12345:AAmadeUpTokenOfAMadeUpBot_0123456789"
MARKED = "zirzamin"  # a resident's word; no error and no log line may ever show it
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Seen:
    """What the server was asked, in order."""

    url: str = ""
    asked: list[tuple[str, str, Any, dict[str, Any]]] = field(default_factory=list)  # verb, path, body, files
    peers: set[Any] = field(default_factory=set)


@asynccontextmanager
async def messenger(answer: Answer) -> AsyncIterator[Seen]:
    seen = Seen()

    async def handle(request: web.Request) -> web.StreamResponse:
        seen.peers.add(request.transport and request.transport.get_extra_info("peername"))
        body: Any = None
        files: dict[str, Any] = {}
        if request.content_type == "application/json":
            body = await request.json()
        elif request.method == "POST":
            fields = await request.post()
            body = {name: value for name, value in fields.items() if isinstance(value, str)}
            files = {
                name: (value.filename, value.content_type, value.file.read())
                for name, value in fields.items()
                if isinstance(value, web.FileField)
            }
        seen.asked.append((request.method, request.raw_path, body, files))
        return await answer(request)

    app = web.Application(client_max_size=2**24)
    app.router.add_route("*", "/{rest:.*}", handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    seen.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield seen
    finally:
        await runner.cleanup()


def says(
    body: object = None, status: int = 200, kind: str = "application/json", headers: dict[str, str] | None = None
) -> Answer:
    async def answer(request: web.Request) -> web.Response:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return web.Response(body=raw, status=status, content_type=kind, headers=headers)

    return answer


def good(result: object) -> Answer:
    return says({"ok": True, "result": result})


def bad(code: int, description: str, **parameters: Any) -> dict[str, Any]:
    return {"ok": False, "error_code": code, "description": description, "parameters": parameters}


@asynccontextmanager
async def talking(answer: Answer, platform: Platform = TELEGRAM, **options: Any) -> AsyncIterator[tuple[BotApi, Seen]]:
    async with messenger(answer) as seen, BotApi(platform, TOKEN, seen.url, **options) as api:
        yield api, seen


async def failure(
    answer: Answer, platform: Platform = TELEGRAM, method: str = "sendMessage", **params: Any
) -> BotApiError:
    async with talking(answer, platform, read=0.3) as (api, _):
        with pytest.raises(BotApiError) as caught:
            await api.call(method, {"chat_id": 5, "text": "سلام"} | params)
        return caught.value


# --- what is sent and what comes back


async def test_a_call_travels_as_json_on_telegram_and_as_form_fields_on_bale() -> None:
    params = {"chat_id": 5, "text": "سلام 😀", "parse_mode": "HTML", "reply_markup": {"remove_keyboard": True}}
    async with talking(good({"message_id": 9})) as (api, seen):
        assert await api.call("sendMessage", params) == {"message_id": 9}
        assert seen.asked == [("POST", f"/bot{TOKEN}/sendMessage", params, {})]
    async with talking(good(True), BALE) as (api, seen):
        assert await api.call("sendMessage", params) is True
        fields = {"chat_id": "5", "text": "سلام 😀", "reply_markup": '{"remove_keyboard": true}'}
        assert seen.asked == [("POST", f"/bot{TOKEN}/sendMessage", fields, {})]


@pytest.mark.parametrize("result", [None, False, 0, [], {}])
async def test_any_result_is_handed_on_as_it_is(result: object) -> None:
    async with talking(good(result)) as (api, _):
        assert await api.call("getMe", {}) == result


async def test_one_connection_serves_many_calls() -> None:
    async with talking(good(True)) as (api, seen):
        for _ in range(5):
            await api.call("getMe", {})
        assert len(seen.peers) == 1


async def test_many_calls_may_be_in_the_air_at_once() -> None:
    waiting, all_here = 0, asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        nonlocal waiting
        waiting += 1
        if waiting == 150:
            all_here.set()
        await all_here.wait()
        return web.json_response({"ok": True, "result": True})

    async with talking(answer) as (api, _):
        assert await asyncio.gather(*(api.call("getMe", {}) for _ in range(150))) == [True] * 150


async def test_half_an_emoji_does_not_break_the_sending() -> None:
    for platform in (TELEGRAM, BALE):
        async with talking(good(True), platform) as (api, seen):
            await api.call("sendMessage", {"chat_id": 5, "text": "a\ud83db"})
            assert len(seen.asked) == 1


async def test_updates_come_raw_and_ask_for_what_we_use() -> None:
    strange = [{"update_id": 1, "message": None}, {"update_id": 2, "x": "\ud83d\x00"}, 5]
    async with talking(good(strange)) as (api, seen):
        assert await api.updates(None, timeout=0, limit=100) == strange
        assert seen.asked[0][2] == {
            "timeout": 0,
            "limit": 100,
            "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member", "channel_post"],
        }
    async with talking(good([]), BALE) as (api, seen):
        assert await api.updates(7, timeout=3, limit=10) == []
        assert seen.asked[0][2] == {"timeout": "3", "limit": "10", "offset": "7"}


async def test_a_long_poll_may_be_silent_for_longer_than_other_calls() -> None:
    released = asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        if request.path.endswith("getMe"):
            await asyncio.Event().wait()
        await released.wait()
        return web.json_response({"ok": True, "result": []})

    async with talking(answer, read=0.2) as (api, _):
        poll = asyncio.create_task(api.updates(None, timeout=30, limit=1))
        with pytest.raises(Unreachable):
            await api.call("getMe", {})
        assert not poll.done()
        released.set()
        assert await poll == []


async def test_updates_that_are_no_list_are_as_good_as_no_answer() -> None:
    async with talking(good({"update_id": 1})) as (api, _):
        with pytest.raises(Unreachable):
            await api.updates(None, timeout=0, limit=1)


async def test_files_go_up_with_persian_names_and_come_down_whole() -> None:
    async with talking(good({"message_id": 1})) as (api, seen):
        picture = bytes(range(256)) * 8000
        await api.call(
            "sendDocument",
            {"chat_id": 5, "caption": "گزارش", "reply_markup": {"inline_keyboard": []}},
            files={"document": Upload('گزارش "۱".pdf\r\n', picture, "application/pdf")},
        )
        _, _, body, files = seen.asked[0]
        assert body == {"chat_id": "5", "caption": "گزارش", "reply_markup": '{"inline_keyboard": []}'}
        assert files == {"document": ("گزارش ۱.pdf", "application/pdf", picture)}
    async with talking(says(picture, kind="image/jpeg")) as (api, seen):
        assert await api.download("photos/فایل 1:2.jpg") == picture
        path = "photos/%D9%81%D8%A7%DB%8C%D9%84%201:2.jpg"
        assert seen.asked == [("GET", f"/file/bot{TOKEN}/{path}", None, {})]
        with pytest.raises(Rejected, match="longer than 1000 bytes"):
            await api.download("photos/1.jpg", most=1000)


@pytest.mark.parametrize(
    ("status", "error"), [(404, Rejected), (400, Rejected), (401, Revoked), (429, Wait), (500, Unreachable)]
)
async def test_a_download_fails_like_a_call(status: int, error: type[BotApiError]) -> None:
    async with talking(says(bad(status, "x"), status)) as (api, _):
        with pytest.raises(error):
            await api.download("photos/1.jpg")


# --- failures


def hint(seconds: float, hinted: bool) -> dict[str, Any]:
    return {"seconds": seconds, "hinted": hinted}


SENT = {"sent": True}
BOTH = (TELEGRAM, BALE)
HTML = b"<html><body>403 Forbidden</body></html>"
TABLE: list[tuple[tuple[Platform, ...], str, int, object, type[BotApiError], dict[str, Any]]] = [
    (BOTH, "sendMessage", 429, bad(429, "Too Many Requests: retry after 7", retry_after=7), Wait, hint(7, True)),
    (BOTH, "sendMessage", 429, bad(429, "Too Many Requests", retry_after="7"), Wait, hint(7, True)),
    (BOTH, "sendMessage", 429, bad(429, "Too Many Requests", retry_after=1.5), Wait, hint(2, True)),
    (BOTH, "sendMessage", 429, bad(429, "x", retry_after=10**9), Wait, hint(86_400, True)),
    (BOTH, "sendMessage", 429, bad(429, "bot limit exceed"), Wait, hint(2, False)),
    (BOTH, "sendMessage", 429, bad(429, "x", retry_after=0), Wait, hint(2, False)),
    (BOTH, "sendMessage", 429, b"local_rate_limited", Wait, hint(2, False)),
    (BOTH, "sendMessage", 200, bad(429, "x", retry_after=4), Wait, hint(4, True)),
    (BOTH, "sendMessage", 420, bad(420, "x"), Wait, hint(2, False)),
    ((BALE,), "sendMessage", 400, bad(400, "local_rate_limited"), Wait, hint(2, False)),
    (BOTH, "sendMessage", 500, bad(500, "Internal Server Error"), Unreachable, SENT),
    (BOTH, "sendMessage", 502, HTML, Unreachable, SENT),
    (BOTH, "sendMessage", 504, b"", Unreachable, SENT),
    (BOTH, "sendMessage", 200, b"", Unreachable, SENT),
    (BOTH, "sendMessage", 200, b'{"ok":true,"result":{"mess', Unreachable, SENT),
    (BOTH, "sendMessage", 200, b"[1]", Unreachable, SENT),
    (BOTH, "sendMessage", 200, b"[" * 100_000, Unreachable, SENT),
    (BOTH, "sendMessage", 200, {"ok": True}, Unreachable, SENT),
    (BOTH, "sendMessage", 200, HTML, Unreachable, SENT),
    (BOTH, "sendMessage", 302, HTML, Unreachable, SENT),
    (BOTH, "sendMessage", 403, HTML, Unreachable, SENT),
    (BOTH, "sendMessage", 401, HTML, Unreachable, SENT),
    (BOTH, "sendMessage", 404, HTML, Unreachable, SENT),
    (BOTH, "sendMessage", 403, {"message": "denied"}, Unreachable, SENT),
    (BOTH, "sendMessage", 403, bad(403, "Forbidden: bot was blocked by the user"), Gone, {}),
    (BOTH, "sendMessage", 403, bad(403, "Forbidden: user is deactivated"), Gone, {}),
    (BOTH, "sendMessage", 403, bad(403, "permission_denied"), Gone, {}),
    (BOTH, "sendMessage", 200, bad(403, "Forbidden: bot was blocked by the user"), Gone, {"code": 403}),
    (BOTH, "sendMessage", 400, bad(400, "Bad Request: chat not found"), Rejected, {}),
    (BOTH, "sendMessage", 200, {"ok": False}, Rejected, {"code": 400}),
    (BOTH, "sendMessage", 200, {"ok": False, "error_code": "x", "parameters": [1]}, Rejected, {"code": 400}),
    (BOTH, "sendMessage", 400, {"ok": False, "description": None, "parameters": {"retry_after": {}}}, Rejected, {}),
    (BOTH, "sendDocument", 413, bad(413, "Request Entity Too Large"), Rejected, {}),
    (BOTH, "sendDocument", 413, HTML, Rejected, {}),
    ((BALE,), "sendMessage", 404, bad(404, "no such group or user"), Rejected, {}),
    ((BALE,), "getUpdates", 404, bad(404, "Not Found"), Revoked, {}),
    ((BALE,), "sendMessage", 404, bad(404, "Not Found"), Revoked, {}),
    (BOTH, "editMessageText", 400, bad(400, "Bad Request: message is not modified: specified new …"), NotModified, {}),
    (BOTH, "editMessageText", 400, bad(400, "Bad Request: message to edit not found"), Missing, {}),
    (BOTH, "editMessageText", 400, bad(400, "Bad Request: message can't be edited"), Missing, {}),
    (BOTH, "deleteMessage", 400, bad(400, "Bad Request: message to delete not found"), Missing, {}),
    ((BALE,), "editMessageText", 404, bad(404, "message not found"), Missing, {}),
    (BOTH, "sendMessage", 400, bad(400, "x", migrate_to_chat_id=-1001), Migrated, {"new_chat": -1001}),
    (BOTH, "getUpdates", 401, bad(401, "Unauthorized"), Revoked, {}),
    (BOTH, "getMe", 404, bad(404, "Not Found"), Revoked, {}),
    ((TELEGRAM,), "getUpdates", 404, bad(404, "Not Found"), Revoked, {}),
    ((BALE,), "getUpdates", 400, bad(400, "Bad Request: Token not found"), Revoked, {}),
    ((TELEGRAM,), "sendMassage", 404, bad(404, "Not Found: method not found"), Unsupported, {}),
    (BOTH, "getUpdates", 409, bad(409, "Conflict: terminated by other getUpdates request"), Conflict, {}),
    (BOTH, "setMyName", 501, bad(501, "Not Implemented"), Unsupported, {}),
    (BOTH, "setMyName", 501, b"Not Implemented", Unsupported, {}),
]


@pytest.mark.parametrize(
    ("platform", "method", "status", "body", "error", "tells"),
    [(platform, *case) for platforms, *case in TABLE for platform in platforms],
    ids=lambda value: value.name if isinstance(value, Platform) else None,
)
async def test_each_refusal_has_its_meaning(
    platform: Platform, method: str, status: int, body: object, error: type[BotApiError], tells: dict[str, Any]
) -> None:
    told = await failure(says(body, status), platform, method)
    assert type(told) is error
    assert {name: getattr(told, name) for name in tells} == tells
    assert told.method in (method, "getMe")  # which is asked when a 404 may mean the token


async def test_the_header_tells_how_long_to_wait_where_the_body_does_not() -> None:
    told = await failure(says(b"slow down", 429, "text/plain", {"Retry-After": "9"}))
    assert isinstance(told, Wait)
    assert (told.seconds, told.hinted) == (9, True)


async def _drops(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def _stalls(request: web.Request) -> web.Response:
    await asyncio.Event().wait()
    return web.Response()


async def _half(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(f'{{"ok":false,"error_code":403,"description":"{MARKED}'.encode())
    assert request.transport is not None
    request.transport.close()
    return response


async def _trickles(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(MARKED.encode())
    await asyncio.Event().wait()
    return response


@pytest.mark.parametrize("answer", [_drops, _stalls, _half, _trickles])
async def test_a_lost_answer_may_have_taken_effect(answer: Answer) -> None:
    told = await failure(answer)
    assert isinstance(told, Unreachable)
    assert (told.sent, told.code) == (True, 0)


async def _nobody(url: str, **options: Any) -> BotApiError:
    async with BotApi(TELEGRAM, TOKEN, url, **options) as api:
        with pytest.raises(BotApiError) as caught:
            await api.call("sendMessage", {"chat_id": 5, "text": MARKED})
        return caught.value


async def test_a_messenger_that_was_never_reached_got_nothing() -> None:
    async with messenger(good(True)) as seen:
        closed = seen.url
    for url, options in [
        (closed, {}),
        ("http://no-such-host.invalid", {}),
        ("http://127.0.0.1:1", {"proxy": closed}),
        ("http://127.0.0.1:1", {"proxy": closed.replace("http", "socks5")}),
    ]:
        told = await _nobody(url, **options)
        assert isinstance(told, Unreachable)
        assert (told.sent, told.code) == (False, 0)


# --- nobody's words


def everything(error: BaseException) -> str:
    """All that a careless logger could print of an error: itself, what it came from, and their parts."""
    texts = ["".join(traceback.format_exception(error))]
    chain: list[BaseException | None] = [error]
    while chain:
        link = chain.pop()
        if link is not None:
            texts += [repr(link), str(link), repr(link.args), repr(vars(link))]
            chain += [link.__cause__, link.__context__]
    return "\n".join(texts)


LEAKS: list[Answer] = [
    says(f"{MARKED} {TOKEN}".encode()),
    says(f'{{"ok":true,"result":"{MARKED}'.encode()),
    says(f"<html>{MARKED} {TOKEN}".encode(), 502, "text/html"),
    says(f"{MARKED}".encode(), 429, "text/plain"),
    says(f"{MARKED}".encode(), 403, "text/plain"),
    says([MARKED]),
    says({"ok": True, "echo": MARKED}),
    says({"ok": False, "description": [MARKED], "parameters": {"x": MARKED}}),
    says(bad(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{MARKED[:4]}" at byte offset 3'), 400),
    says(bad(400, f"Bad Request: what is {MARKED}? see bot{TOKEN}/sendMessage"), 400),
    says(bad(400, f"Bad Request: «{MARKED}» نامعتبر است"), 400),
    says(bad(400, "x", **{"what": MARKED}), 400),
    says(bad(401, MARKED), 401),
    says(bad(403, MARKED), 403),
    says(bad(404, MARKED), 404),
    says(bad(409, MARKED), 409),
    says(bad(429, MARKED, retry_after=3), 429),
    says(bad(429, MARKED), 429),
    says(bad(400, MARKED, migrate_to_chat_id=-5), 400),
    says(bad(500, MARKED), 500),
    says(bad(501, MARKED), 501),
    says(MARKED.encode(), 302, "text/plain", {"Location": f"http://127.0.0.1:1/{MARKED}"}),
    _drops,
    _stalls,
    _half,
    _trickles,
]


@pytest.mark.parametrize("platform", BOTH, ids=lambda platform: platform.name)
async def test_a_residents_word_and_the_token_are_in_no_error_and_no_log(
    platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    markup = {"inline_keyboard": [[{"text": f"{MARKED} 2", "callback_data": "x"}]]}
    for answer in LEAKS:
        told = await failure(answer, platform, text=f"<b>{MARKED}</b> خیابان", reply_markup=markup)
        for secret in (MARKED, MARKED[:4] + '"', TOKEN, TOKEN.partition(":")[2], "خیابان"):
            assert secret not in everything(told)
            assert secret not in caplog.text
    told = await _nobody(f"http://127.0.0.1:1/{MARKED}")
    assert MARKED not in everything(told)
    assert TOKEN not in everything(told)


async def test_an_operator_still_reads_what_the_messenger_means() -> None:
    told = await failure(says(bad(400, "Bad Request: chat not found"), 400), text="chat not found, chat")
    assert str(told) == "sendMessage: 400 Bad Request: chat not found"
    told = await failure(says(bad(400, "Bad Request: can't parse entities: Unsupported start tag"), 400))
    assert told.description == "Bad Request: can't parse entities: Unsupported start tag"
    told = await failure(says(bad(400, "x " * 500), 400))
    assert len(told.description) <= 200


def test_a_bot_does_not_print_its_token_and_a_bad_proxy_not_its_password() -> None:
    assert TOKEN not in repr(BotApi(TELEGRAM, TOKEN, "https://example.ir"))
    for proxy in ("ftp://user:secret@x:1", "socks5://user:secret@host", "http://user:secret@:80", "http://[secret"):
        with pytest.raises(ValueError, match="SCHEME") as caught:
            BotApi(TELEGRAM, TOKEN, "https://example.ir", proxy=proxy)
        assert "secret" not in everything(caught.value)


# --- proxies


async def _relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(65536):
        writer.write(piece)
        await writer.drain()
    writer.close()


@asynccontextmanager
async def socks_proxy(target: str) -> AsyncIterator[tuple[str, list[str]]]:
    """Takes user and password, notes the name it is asked for, and connects to `target` instead."""
    names: list[str] = []
    tasks: list[asyncio.Task[None]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, count = await reader.readexactly(2)
        await reader.readexactly(count)
        writer.write(b"\x05\x02")
        _, length = await reader.readexactly(2)
        user = await reader.readexactly(length)
        password = await reader.readexactly((await reader.readexactly(1))[0])
        writer.write(b"\x01\x00")
        head = await reader.readexactly(5)
        name = await reader.readexactly(head[4])
        await reader.readexactly(2)
        names.append(f"{head[3]} {user.decode()} {password.decode()} {name.decode()}")
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        host, port = target.removeprefix("http://").split(":")
        there_reads, there_writes = await asyncio.open_connection(host, int(port))
        tasks.append(asyncio.create_task(_relay(there_reads, writer)))
        await _relay(reader, there_writes)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}", names
    finally:
        server.close()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
async def test_a_socks_proxy_is_asked_for_the_name_and_not_for_an_address(scheme: str) -> None:
    async with (
        messenger(good(True)) as seen,
        socks_proxy(seen.url) as (proxy, names),
        BotApi(TELEGRAM, TOKEN, "http://api.invalid", proxy=f"{scheme}://ali:pass@{proxy}") as api,
    ):
        assert await api.call("getMe", {}) is True
    assert names == ["3 ali pass api.invalid"]
    assert seen.asked == [("POST", f"/bot{TOKEN}/getMe", {}, {})]


async def test_a_http_proxy_is_used_and_those_of_the_environment_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    allowed: list[str | None] = []

    async def answer(request: web.Request) -> web.Response:
        allowed.append(request.headers.get("Proxy-Authorization"))
        return web.json_response({"ok": True, "result": True})

    async with messenger(answer) as seen:
        proxy = seen.url.replace("http://", "http://ali:pass@")
        async with BotApi(TELEGRAM, TOKEN, "http://api.invalid", proxy=proxy) as api:
            assert await api.call("getMe", {}) is True
        async with BotApi(TELEGRAM, TOKEN, seen.url) as api:
            assert await api.call("getMe", {}) is True
    assert allowed == ["Basic YWxpOnBhc3M=", None]
    assert seen.asked[0][1] == f"http://api.invalid/bot{TOKEN}/getMe"


async def test_nothing_is_left_open() -> None:
    with warnings.catch_warnings(record=True) as left:
        async with talking(good(True)) as (api, _):
            await api.call("getMe", {})
        del api
    assert left == []
