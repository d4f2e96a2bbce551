"""What a messenger answered during a smoke test, written down by its shape: nobody's words, names or numbers in it."""

from __future__ import annotations

import io
import json
import os
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.platforms.base import JSON
from bot.transport import BotApi, BotApiError, Upload

#: Words that say what something is, and never who: they stay as they are.
_KINDS = {"type", "status", "mime_type"}
#: Numbers that tell nothing about anybody.
_PLAIN = {
    "message_id", "update_id", "date", "edit_date", "offset", "length", "width", "height", "duration", "file_size",
    "retry_after", "max_reaction_count", "accent_color_id", "pending_update_count", "max_connections",
}  # fmt: skip
#: Bytes of the largest file that --large tries: the ceiling which is documented everywhere.
LARGE = (19_000_000, 21_000_000, 49_000_000)


#: Seconds that a poll may take beyond what it was asked to wait.
GRACE_S = 10


class Record:
    """Every call with what came of it. The same number gets the same stand-in all through."""

    def __init__(self) -> None:
        self._calls: list[dict[str, Any]] = []
        self._stand_ins: dict[str, str] = {}

    async def call(
        self, api: BotApi, method: str, params: Mapping[str, JSON], files: Mapping[str, Upload] | None = None
    ) -> JSON:
        """Make a call and note it. Raises `BotApiError`, which is noted too."""
        noted: dict[str, Any] = {"method": method, "asked": sorted({*params, *(files or {})})}
        self._calls.append(noted)
        try:
            wait = params.get("timeout")
            result = await api.call(method, params, files=files, timeout=None if wait is None else wait + GRACE_S)
        except BotApiError as error:
            noted["refused"] = {"kind": type(error).__name__, "code": error.code, "said": error.description}
            raise
        noted["result"] = self.redacted(result)
        return result

    def redacted(self, value: JSON, name: str = "") -> JSON:
        """The shape of a value: keys, kinds and plain numbers; everything else by a stand-in."""
        if isinstance(value, dict):
            return {key: self.redacted(inner, key) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.redacted(inner, name) for inner in value]
        if value is None or isinstance(value, bool) or name in _PLAIN:
            return value if not isinstance(value, str) else "<text>"
        if name in _KINDS and isinstance(value, str):
            return value
        if name == "id" or name.endswith(("_id", "_instance")):
            return self._stand_in(value)
        return "<text>" if isinstance(value, str) else "<number>"

    def _stand_in(self, value: JSON) -> str:
        """Tells a number from a text and shows its sign, since both differ between messengers."""
        sign = "-" if str(value).startswith("-") else ""
        kind = "text" if isinstance(value, str) else "number"
        known = str(value).removeprefix("-")
        return f"<{kind} {sign}{self._stand_ins.setdefault(known, str(len(self._stand_ins) + 1))}>"

    def write(self, file: Path) -> None:
        """Write it all, readable by its owner alone. Raises OSError."""
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            os.fchmod(descriptor, 0o600)  # it may have been there before
            json.dump(self._calls, out, ensure_ascii=False, indent=1)


# --- what is sent -----------------------------------------------------------------------------------------------------


def photo(shade: int) -> Upload:
    """A small picture of one colour."""
    from PIL import Image

    made = io.BytesIO()
    Image.new("RGB", (320, 240), (shade, 120, 90)).save(made, "JPEG")
    return Upload("sample.jpg", made.getvalue(), "image/jpeg")


def voice() -> Upload:
    """A second of silence as messengers record it: Opus in Ogg."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 4) + b"none" + struct.pack("<I", 0)
    pages = [_page([head], 0, 0, 2), _page([tags], 1, 0, 0), _page([b"\xf8\xff\xfe"] * 50, 2, 48_000, 4)]
    return Upload("sample.ogg", b"".join(pages), "audio/ogg")


def document(size: int = 0) -> Upload:
    """A text file, of so many bytes."""
    return Upload("sample.txt", b"a sample\n".ljust(size), "text/plain")


def _page(packets: list[bytes], number: int, position: int, kind: int) -> bytes:
    sizes = bytes(len(packet) for packet in packets)
    head = b"OggS" + struct.pack("<BBqIII", 0, kind, position, 1, number, 0) + bytes([len(sizes)]) + sizes
    body = head + b"".join(packets)
    return body[:22] + struct.pack("<I", _checksum(body)) + body[26:]


def _checksum(content: bytes) -> int:
    found = 0
    for byte in content:
        found ^= byte << 24
        for _ in range(8):
            found = (found << 1 ^ 0x04C11DB7 if found & 0x80000000 else found << 1) & 0xFFFFFFFF
    return found
