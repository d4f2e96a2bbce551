"""Logs without anybody's words: one line per event, made of ids, states and durations only."""

from __future__ import annotations

import logging
import re
import sys
import threading
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, TextIO, cast

import structlog
from structlog.stdlib import BoundLogger, ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

#: What a line may say beside its event. Anything else is printed as "…": a new field is added here or not shown.
# fmt: off
FIELDS = frozenset({
    "about", "account", "actor", "attempt", "batch", "bot", "bytes", "call", "case", "cases", "chat", "code",
    "committed", "count", "database", "done", "due", "duration_ms", "error", "expires", "failed",
    "from_version", "holder", "host", "http", "inbox", "job", "jobs", "kind", "lane", "level", "limit", "lines",
    "logger", "message", "messenger", "method", "migration", "ms", "oldest_s", "outbox", "parked", "part",
    "parts", "pending", "person", "persons", "pid", "place", "port", "process", "ready", "retry_s", "role",
    "row", "rows", "seconds", "send_class", "sent", "sent_s", "signal", "size", "slow", "state", "status",
    "step", "table", "talk", "task", "thread", "timestamp", "to_version", "tries", "turn", "turns", "update",
    "updates", "verb", "version", "waiting", "where", "why", "worker",
})
# fmt: on

#: Libraries that print parameters, answers or addresses with tokens when they talk freely; the rest may warn too.
FLOORS: Mapping[str, int] = {
    "telegram": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "aiohttp": logging.WARNING,
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "psycopg": logging.WARNING,
    "asyncio": logging.WARNING,
}

_ROOMS = frozenset({"bot", "handlers", "storage", "domain", "sandbox"})
_HOUSE = Path(__file__).resolve().parent.parent
_HIDDEN = "…"
_EVENT = re.compile(r"[a-z][a-z0-9 _.-]{0,59}")
_TOKEN = re.compile(r"[A-Za-z0-9_.:/@+<>,*\[\]-]{0,400}")
#: What to do about it: a sentence too, but one of ours, and in the letters of our code.
_ADVICE = re.compile(r"[A-Za-z0-9 _.,:;'()/-]{1,120}")
_TEMPLATE = re.compile(r"[\x20-\x7e]{1,160}")
_FRAMES = 6

Excinfo = tuple[type[BaseException], BaseException, types.TracebackType | None]


def get(name: str) -> BoundLogger:
    """The logger of a module, by its `__name__`. Events are lower-case names, facts are keywords out of FIELDS."""
    return cast(BoundLogger, structlog.get_logger(name))


def setup(
    form: Literal["auto", "lines", "json"] = "auto", level: str = "info", stream: TextIO | None = None
) -> logging.Handler:
    """Send every log of the process to the stream (standard error), and nowhere else.

    "auto" writes key=value to a terminal and JSON elsewhere. The level is for our own rooms; libraries are never
    heard below their floor. Returns the handler, so that a caller may take it off again.
    """
    out = stream if stream is not None else sys.stderr
    lines = form == "lines" or (form == "auto" and out.isatty())
    handler = logging.StreamHandler(out)
    handler.addFilter(_is_welcome)
    handler.setFormatter(_formatter(lines))
    root = logging.getLogger()
    for former in list(root.handlers):
        if isinstance(former.formatter, ProcessorFormatter):
            root.removeHandler(former)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for room in _ROOMS:
        logging.getLogger(room).setLevel(level.upper())
    for name, floor in FLOORS.items():
        logging.getLogger(name).setLevel(floor)
    logging.raiseExceptions = False  # a line that cannot be written would otherwise be printed raw, words and all
    structlog.configure(
        processors=[structlog.stdlib.add_log_level, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=BoundLogger,
        cache_logger_on_first_use=False,
    )
    return handler


def guard_uncaught() -> None:
    """Print what nobody caught as a log line too: Python's own traceback would show the message of the error."""
    log = get("bot.uncaught")

    def crashed(kind: type[BaseException], error: BaseException, trace: types.TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        log.critical("crashed", exc_info=(kind, error, trace))

    def thread_crashed(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            log.critical("thread crashed", exc_info=(args.exc_type, args.exc_value, args.exc_traceback))

    def unraisable(args: Any) -> None:
        if args.exc_value is not None:
            log.error("error while cleaning up", exc_info=(args.exc_type, args.exc_value, args.exc_traceback))

    sys.excepthook, threading.excepthook, sys.unraisablehook = crashed, thread_crashed, unraisable


def described(error: BaseException) -> dict[str, str]:
    """An error without its words: its kind and causes, its code where it has one, and the way through our rooms."""
    chain = list(_chain(error))
    facts = {"error": "<".join(_kind(each) for each in chain)}
    if code := next(filter(None, map(_code, chain)), ""):
        facts["code"] = code
    if where := _where(error.__traceback__):
        facts["where"] = where
    return facts


def _is_welcome(record: logging.LogRecord) -> bool:
    """A last gate at the door: a library's child logger may have been opened wide by somebody."""
    return record.levelno >= FLOORS.get(record.name.partition(".")[0], logging.NOTSET)


def _formatter(lines: bool) -> ProcessorFormatter:
    render: Processor
    if lines:
        render = structlog.processors.LogfmtRenderer(
            key_order=["timestamp", "level", "logger", "event"], drop_missing=True, bool_as_flag=False
        )
    else:
        render = structlog.processors.JSONRenderer()
    return ProcessorFormatter(
        processors=[
            _add_origin,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_words,
            render,
        ],
        foreign_pre_chain=[structlog.stdlib.add_log_level],
        use_get_message=False,
        pass_foreign_args=True,
    )


def _add_origin(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Who speaks; and of a library only the template of its message, since what it fills in may be words."""
    record: logging.LogRecord = event.pop("_record")
    event["logger"] = record.name
    if not event.pop("_from_structlog"):
        template = record.msg if event.pop("positional_args", None) and isinstance(record.msg, str) else ""
        event["event"] = template if _TEMPLATE.fullmatch(template) else "library message"
        event["where"] = f"{Path(record.pathname).name}:{record.lineno}:{record.funcName}"
        event["_template"] = True
    event.pop("stack", None)
    error = _error_in(event.pop("exc_info", None))
    if error is not None:
        event.update(described(error))
    return event


def _error_in(info: Any) -> BaseException | None:
    if isinstance(info, BaseException):
        return info
    if isinstance(info, tuple):
        return cast(Excinfo, info)[1]
    return sys.exception() if info else None


def _without_words(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    from_library = event.pop("_template", False)
    name = event.pop("event", "")
    safe: EventDict = {"event": name if from_library or _is_event(name) else _HIDDEN}
    for key, value in event.items():
        if not _TOKEN.fullmatch(str(key)):
            continue
        if key == "do":
            safe[key] = value if isinstance(value, str) and _ADVICE.fullmatch(value) else _HIDDEN
        else:
            safe[key] = _shown(value) if key in FIELDS else _HIDDEN
    return safe


def _is_event(name: object) -> bool:
    return isinstance(name, str) and _EVENT.fullmatch(name) is not None


def _shown(value: object) -> object:
    """Numbers, truth and short tokens as they are, lists of them joined; anything that could be a sentence hidden."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return ",".join(str(_shown(each)) for each in value)
    text = str(value) if isinstance(value, str | Path) else ""
    return text if (text or value == "") and _TOKEN.fullmatch(text) else _HIDDEN


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, then what caused it, nearest first; a ring of causes ends."""
    seen: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in seen and len(seen) < _FRAMES:
        seen.append(current)
        yield current
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def _kind(error: BaseException) -> str:
    name = type(error).__qualname__.replace("<locals>", "")
    if isinstance(error, BaseExceptionGroup):
        return f"{name}[{','.join(_kind(each) for each in error.exceptions[:_FRAMES])}]"
    return name


def _code(error: BaseException) -> str:
    """What a database or the system calls it: these names are constants of theirs and hold no data."""
    for attribute in ("sqlite_errorname", "sqlstate"):
        found = getattr(error, attribute, None)
        if isinstance(found, str):
            return found
    if isinstance(error, OSError) and isinstance(error.errno, int):
        return f"errno:{error.errno}"
    return ""


def _where(trace: types.TracebackType | None) -> str:
    """Frames of our own rooms, innermost first; where there is none, the innermost one of all."""
    frames = [(code.co_filename, line, code.co_name) for code, line in _frames(trace)]
    own = [(room, line, name) for file, line, name in frames if (room := _in_house(file))]
    if not own and frames:
        file, line, name = frames[-1]
        own = [(Path(file).name, line, name)]
    return "<".join(f"{file}:{line}:{name.strip('<>')}" for file, line, name in reversed(own[-_FRAMES:]))


def _frames(trace: types.TracebackType | None) -> Iterator[tuple[types.CodeType, int]]:
    while trace is not None:
        yield trace.tb_frame.f_code, trace.tb_lineno
        trace = trace.tb_next


def _in_house(file: str) -> str:
    try:
        path = Path(file).relative_to(_HOUSE)
    except ValueError:
        return ""
    return path.as_posix() if path.parts[0] in _ROOMS else ""
