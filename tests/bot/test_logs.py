"""A log line holds ids, states and durations; a person's words get into none, whichever way they try."""

import asyncio
import gc
import io
import json
import logging
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal

import aiosqlite
import pytest
import structlog

from bot import logs

WORD = "Zahra-lives-here"
SENTENCE = f"{WORD} و چراغ کوچه خاموش است"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _same_logging_afterwards() -> Iterator[None]:
    names = [*logs.FLOORS, "bot", "handlers", "storage", "domain", "sandbox", "telegram.ext", ""]
    levels = {name: logging.getLogger(name).level for name in names}
    handlers = list(logging.getLogger().handlers)
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    structlog.reset_defaults()
    logging.raiseExceptions = True
    logging.getLogger().handlers[:] = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def written(
    speak: Callable[[], object], form: Literal["auto", "lines", "json"] = "auto", level: str = "info"
) -> list[str]:
    out = io.StringIO()
    logs.setup(form, level, out)
    speak()
    return out.getvalue().splitlines()


def fail(message: str = SENTENCE) -> None:
    raise ValueError(message)


def test_an_event_is_one_line_of_json_where_no_terminal_listens() -> None:
    (line,) = written(lambda: logs.get("bot.turn").info("turn done", bot=1, chat=1001, duration_ms=2.5, state="sent"))
    fields = json.loads(line)
    assert fields.pop("timestamp").endswith("Z")
    assert fields == {
        "event": "turn done",
        "level": "info",
        "logger": "bot.turn",
        "bot": 1,
        "chat": 1001,
        "duration_ms": 2.5,
        "state": "sent",
    }


def test_a_terminal_and_a_setting_get_key_and_value() -> None:
    out = Terminal()
    logs.setup(stream=out)
    logs.get("bot.turn").info("turn done", chat=1001)
    assert ' level=info logger=bot.turn event="turn done" chat=1001' in out.getvalue()
    (line,) = written(lambda: logs.get("bot.turn").info("turn done", chat=1001), "lines")
    assert line.endswith('event="turn done" chat=1001')
    out = Terminal()
    logs.setup("json", stream=out)
    logs.get("bot.turn").info("turn done")
    assert json.loads(out.getvalue())["event"] == "turn done"


@pytest.mark.parametrize(
    ("level", "shown"), [("debug", 4), ("info", 3), ("warning", 2), ("error", 1)], ids=lambda value: str(value)
)
def test_the_level_is_a_setting(level: str, shown: int) -> None:
    def speak() -> None:
        log = logs.get("storage.cases")
        for method in (log.debug, log.info, log.warning, log.error):
            method("case moved", case=1)

    assert len(written(speak, level=level)) == shown


@pytest.mark.parametrize("form", ["lines", "json"])
@pytest.mark.parametrize(
    "fields",
    [
        {"text": WORD},
        {"do": SENTENCE},
        {"do": ["look", WORD]},
        {"title": SENTENCE},
        {"state": SENTENCE},
        {"reason": WORD},
        {"status": "two words " + WORD},
        {"cases": [1, SENTENCE]},
        {"row": {"text": WORD}},
        {"error": ValueError(WORD)},
        {"update": b"bytes " + WORD.encode()},
        {f"{SENTENCE}": 1},
        {"kind": object()},
        {"state": f"a\nlevel=error {WORD}"},
    ],
    ids=lambda fields: next(iter(fields))[:12],
)
def test_a_field_that_is_not_an_id_or_a_state_is_hidden(fields: dict[str, object], form: Literal["lines"]) -> None:
    (line,) = written(lambda: logs.get("bot.turn").info("turn done", **fields), form)
    assert WORD not in line
    assert "turn done" in line


@pytest.mark.parametrize("event", [SENTENCE, f"said {WORD}", "", "سلام", "a" * 61, f"two\nlines {WORD}"])
def test_a_sentence_is_no_event(event: str) -> None:
    (line,) = written(lambda: logs.get("bot.turn").warning(event, chat=5))
    assert json.loads(line)["event"] == "…"
    assert json.loads(line)["chat"] == 5


def test_what_is_filled_into_an_event_is_hidden() -> None:
    (line,) = written(lambda: logs.get("bot.turn").info("person %s said", SENTENCE))
    assert WORD not in line


def test_advice_is_a_sentence_of_our_own() -> None:
    (line,) = written(lambda: logs.get("bot.turn").error("database refuses", do="look at the disk, then start again"))
    assert json.loads(line)["do"] == "look at the disk, then start again"


def test_lists_of_ids_and_plain_values_are_shown() -> None:
    (line,) = written(lambda: logs.get("bot.turn").info("batch done", cases=[1, 2], ready=True, where=None, code="a:b"))
    fields = json.loads(line)
    assert [fields[name] for name in ("cases", "ready", "where", "code")] == ["1,2", True, None, "a:b"]


def test_an_error_is_its_kind_its_causes_and_our_own_frames() -> None:
    def speak() -> None:
        try:
            try:
                fail()
            except ValueError as error:
                raise KeyError(SENTENCE) from error
        except KeyError:
            logs.get("bot.turn").exception("turn failed", update=7)

    (line,) = written(speak)
    fields = json.loads(line)
    assert fields["error"] == "KeyError<ValueError"
    assert fields["update"] == 7
    assert fields["where"].startswith("test_logs.py:")
    assert WORD not in line


def test_the_way_through_our_rooms_is_shown_innermost_first() -> None:
    try:
        logs.setup(level=SENTENCE)
    except ValueError as error:
        facts = logs.described(error)
    assert facts["error"] == "ValueError"
    assert facts["where"].startswith("bot/logs.py:")
    assert facts["where"].endswith(":setup")


def test_databases_and_the_system_say_by_their_code_what_happened(tmp_path: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as database, pytest.raises(sqlite3.Error) as refused:
        database.execute("SELECT nothing FROM nowhere")
    assert logs.described(refused.value)["code"] == "SQLITE_ERROR"
    with pytest.raises(OSError, match=WORD) as missing:
        (tmp_path / WORD).read_text()
    assert logs.described(missing.value)["code"] == "errno:2"
    assert WORD not in str(logs.described(missing.value))


def test_a_group_of_errors_and_a_ring_of_causes_are_described_too() -> None:
    first, second = ValueError(WORD), KeyError(WORD)
    first.__cause__, second.__cause__ = second, first
    first.add_note(WORD)
    group = ExceptionGroup(WORD, [first, second])
    assert logs.described(group) == {"error": "ExceptionGroup[ValueError,KeyError]"}
    assert logs.described(first) == {"error": "ValueError<KeyError"}


@pytest.mark.parametrize(
    "speak",
    [
        lambda log: log.error('Can not load invalid JSON data: "%s"', SENTENCE),
        lambda log: log.error(f"cannot send {WORD}"),
        lambda log: log.warning(SENTENCE),
        lambda log: log.error({"text": WORD}),
        lambda log: log.error("broken template %s %s", WORD),
        lambda log: log.error(SENTENCE + " %s", 1),
        lambda log: log.error("words", extra={"text": WORD}, stack_info=True),
    ],
)
@pytest.mark.parametrize("name", ["telegram.ext", "aiohttp.server", "something.else", "bot.careless"])
def test_a_library_is_heard_without_what_it_fills_in(speak: Callable[[logging.Logger], None], name: str) -> None:
    (line,) = written(lambda: speak(logging.getLogger(name)))
    fields = json.loads(line)
    assert WORD not in line
    assert fields["logger"] == name
    assert fields["where"].startswith("test_logs.py:")


def test_a_library_s_own_template_is_shown() -> None:
    (line,) = written(lambda: logging.getLogger("telegram").error('Can not load invalid JSON data: "%s"', WORD))
    assert json.loads(line)["event"] == 'Can not load invalid JSON data: "%s"'


@pytest.mark.parametrize("name", sorted(logs.FLOORS))
def test_talkative_libraries_stay_below_their_floor_even_when_somebody_opens_them(name: str) -> None:
    def speak() -> None:
        child = logging.getLogger(f"{name}.inner")
        child.setLevel(logging.DEBUG)
        try:
            for level in range(logging.DEBUG, logs.FLOORS[name], 10):
                child.log(level, "talk")
            logging.getLogger(name).info("talk")
        finally:
            child.setLevel(logging.NOTSET)

    assert written(speak, level="debug") == []


async def test_a_database_at_work_prints_no_parameters() -> None:
    out = io.StringIO()
    logs.setup("json", "debug", out)
    async with aiosqlite.connect(":memory:") as database:
        await database.execute("SELECT ?", (SENTENCE,))
    assert out.getvalue() == ""


def test_what_nobody_caught_is_a_line_without_words(capsys: pytest.CaptureFixture[str]) -> None:
    out = io.StringIO()
    logs.setup("json", stream=out)
    logs.guard_uncaught()
    try:
        fail()
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    Careless()
    gc.collect()
    events = [json.loads(line)["event"] for line in out.getvalue().splitlines()]
    assert events == ["crashed", "thread crashed", "error while cleaning up"]
    assert WORD not in out.getvalue()
    assert capsys.readouterr().err == ""


async def test_a_task_that_nobody_awaited_leaves_no_words() -> None:
    out = io.StringIO()
    logs.setup("json", stream=out)

    async def failing() -> None:
        fail()

    task = asyncio.create_task(failing())
    await asyncio.wait([task])
    del task
    gc.collect()
    (line,) = out.getvalue().splitlines()
    assert json.loads(line)["error"] == "ValueError"
    assert WORD not in line


def test_a_line_that_cannot_be_written_is_not_printed_raw(capsys: pytest.CaptureFixture[str]) -> None:
    out = io.StringIO()
    logs.setup("json", stream=out)
    out.close()
    logging.getLogger("telegram").error("template %s", WORD)
    logs.get("bot.turn").error("turn failed", exc_info=ValueError(WORD))
    assert WORD not in capsys.readouterr().err


def test_setting_up_twice_writes_each_line_once() -> None:
    logs.setup(stream=io.StringIO())
    assert len(written(lambda: logs.get("bot.turn").info("turn done"))) == 1


class Careless:
    def __del__(self) -> None:
        fail()
