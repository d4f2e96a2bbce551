"""Contents of photos, voices and videos: named by what they are, cleaned before they are kept."""

from __future__ import annotations

import io
import os
import secrets
import warnings
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

#: Pixels of a picture, at most: a small file can unfold to gigabytes. And the longer side that is kept.
MOST_PIXELS, LONGEST_SIDE = 60_000_000, 2560
#: Bytes; the messengers let bots fetch no more.
MOST_BYTES = 20_000_000

#: What each kind must turn out to be.
_FAMILIES = {"voice": "audio/", "video": "video/", "document": "application/pdf"}


class Refused(Exception):
    """The content is not what it says, too large, or a trap. The message is our own words."""


@dataclass(frozen=True, slots=True)
class Clean:
    """A content that may be kept and shown."""

    type: str
    content: bytes


def cleaned(kind: str, content: bytes) -> Clean:
    """What may be kept of a content. Raises `Refused`.

    Pictures are drawn anew, so that nothing but the picture is left: no place, no time, nothing behind its end.
    """
    if len(content) > MOST_BYTES:
        raise Refused("too large")
    if kind == "photo":
        return Clean("image/jpeg", _picture(content))
    found = _sniffed(content)
    if not found.startswith(_FAMILIES.get(kind, "?")):
        raise Refused(f"not a {kind}")
    return Clean(found, content)


def _picture(content: bytes) -> bytes:
    from PIL import Image, ImageOps  # heavy, and not needed before the first picture

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise Refused("too many pixels")
                upright = ImageOps.exif_transpose(picture).convert("RGB")
    except Refused:
        raise
    except Exception as error:  # a picture library raises whatever its decoders raise
        raise Refused("not a picture") from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = io.BytesIO()
    upright.save(written, "JPEG", quality=85, optimize=True)
    return written.getvalue()


def _sniffed(content: bytes) -> str:
    """What a file is by its first bytes."""
    if content[:4] == b"OggS":
        return "audio/ogg"
    if content[:5] == b"%PDF-":
        return "application/pdf"
    if content[:3] == b"ID3" or content[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return "audio/mpeg"
    if content[4:8] == b"ftyp":
        return "audio/mp4" if content[8:11] == b"M4A" else "video/mp4"
    raise Refused("a kind of file that we do not keep")


class Store:
    """A folder of contents, each under its SHA-256, readable by us alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep a content; its name. What is there already is not written again."""
        name = sha256(content).hexdigest()
        path = self._path(name)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # A kill in the middle must not leave half a content under a whole name.
            half = path.with_name(f".{secrets.token_hex(8)}")
            with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            half.replace(path)
        return name

    def get(self, name: str) -> bytes | None:
        """A content, or None when it is not there."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None

    def size(self, name: str) -> int | None:
        """How many bytes a content has, or None when it is not there."""
        try:
            return self._path(name).stat().st_size
        except FileNotFoundError:
            return None

    def drop(self, name: str) -> None:
        """Let a content go; one that is not there is gone already."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
            raise ValueError("not the name of a content")
        return self._folder / name[:2] / name
