"""Photos and voices on their way out: a row names them by our own number, and each bot sends what it knows them by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog

from bot.platforms.base import JSON, Params
from bot.store import Store
from bot.transport import Upload
from storage import media
from storage.media import Found
from storage.tx import Tx

log = structlog.get_logger()

#: Where a call names its file, and the messenger's answer its number.
_FIELDS = {"sendPhoto": "photo", "sendVoice": "voice", "sendVideo": "video", "sendDocument": "document"}
#: A file's ending and type, by kind; of documents the ending, by type.
_ENDINGS = {"photo": ("jpg", "image/jpeg"), "voice": ("ogg", "audio/ogg"), "video": ("mp4", "video/mp4")}
_DOCUMENTS = {"application/json": "json", "application/pdf": "pdf", "text/calendar": "ics"}


@dataclass(slots=True)
class Load:
    """A call ready to go. `carries` are our numbers of its parts in order, `uploaded` of those that go up with it."""

    method: str
    params: Params
    files: dict[str, Upload] = field(default_factory=dict)
    carries: list[int] = field(default_factory=list)
    uploaded: list[int | None] = field(default_factory=list)
    most: int | None = None


def named(params: Mapping[str, JSON]) -> list[int]:
    """Our numbers of everything that a row carries."""
    if isinstance(params.get("media"), list):
        return [part["media"]["own"] for part in params["media"]]
    return [value["own"] for value in params.values() if isinstance(value, dict) and "own" in value]


def found(tx: Tx, wanted: Sequence[int], bot: int) -> dict[int, Found]:
    """What is known of these, by our numbers, with the messenger's own number where it has it already."""
    there = [media.find(tx, number, bot) for number in wanted]
    return {one.id: one for one in there if one is not None}


def load(method: str, params: Params, found: Mapping[int, Found], store: Store, most: int | None = None) -> Load | None:
    """The call with files in place of numbers; what is gone is left out, and what has more than `most` bytes. None when
    nothing is left to send."""
    made = Load(method, dict(params), most=most)
    if method == "sendMediaGroup":
        parts = [_part(made, part, found, store) for part in params["media"]]
        left = [part for part in parts if part is not None]
        if len(left) == 1:
            return _alone(made, left[0])
        made.params["media"] = left
        return made if left else None
    name = _FIELDS[method]
    value = _file(made, found.get(params[name]["own"]), store, name)
    if value is None:
        return None
    if value:
        made.params[name] = value
    else:
        del made.params[name]  # it goes up as a part of the request
    return made


def _alone(made: Load, part: Params) -> Load:
    """The one photo that is left of several: messengers take no album of one."""
    made.method = "sendPhoto"
    del made.params["media"]
    if made.files:
        (file,) = made.files.values()
        made.files = {"photo": file}
    else:
        made.params["photo"] = part["media"]
    return made


def messages(made: Load, result: JSON) -> list[tuple[int, int | None]]:
    """As which message each part arrived, by our numbers; None where the messenger does not say."""
    answers: Sequence[JSON] = result if isinstance(result, list) else [result]
    known = [message_id(answer) for answer in answers]
    return list(zip(made.carries, [*known, *[None] * len(made.carries)], strict=False))


def message_id(answer: JSON) -> int | None:
    """The number of a message that was sent; None where the messenger does not say."""
    number = answer.get("message_id") if isinstance(answer, dict) else None
    return number if isinstance(number, int) and number > 0 else None


def learned(made: Load, result: JSON) -> dict[int, str]:
    """The messenger's numbers for what went up with a call, by ours."""
    answers: Sequence[JSON] = result if isinstance(result, list) else [result]
    numbers = {}
    kind = _FIELDS.get(made.method, "photo")
    for ours, answer in zip(made.uploaded, answers, strict=False):
        number = _number(answer, kind) if ours is not None else ""
        if ours is not None and number:
            numbers[ours] = number
    return numbers


def _part(made: Load, part: Mapping[str, Any], found: Mapping[int, Found], store: Store) -> Params | None:
    name = f"part{len(made.uploaded)}"
    value = _file(made, found.get(part["media"]["own"]), store, name)
    if value is None:
        return None
    return {**part, "media": value or f"attach://{name}"}


def _file(made: Load, one: Found | None, store: Store, name: str) -> str | None:
    """The number to send it by; an empty text when it goes up under `name`; None when it cannot be had."""
    if one is None:
        return None
    if one.file_id:
        made.carries.append(one.id)
        made.uploaded.append(None)
        return one.file_id
    content = store.get(one.sha256) if one.sha256 else None
    if content is None:
        return None
    if made.most is not None and len(content) > made.most:
        log.error("file too long", media=one.id, bytes=len(content), most=made.most, do="raise upload_megabytes")
        return None
    ending, kind = _ENDINGS.get(one.kind) or (_DOCUMENTS.get(one.type, "bin"), one.type)
    made.files[name] = Upload(one.name or f"{one.id}.{ending}", content, kind)
    made.carries.append(one.id)
    made.uploaded.append(one.id)
    return ""


def _number(answer: JSON, kind: str) -> str:
    """A sent message's own number for its file: of a photo the largest size. None for what the messenger made another
    kind: it would not send it as this one by its number."""
    value = answer.get(kind) if isinstance(answer, dict) else None
    if isinstance(value, list) and value:
        value = value[-1]
    return str(value["file_id"]) if isinstance(value, dict) and isinstance(value.get("file_id"), str) else ""
