"""Gives files their ids and fields, and makes small ones where a person sends none."""

from __future__ import annotations

import hashlib
import mimetypes
import struct
import zlib

from sandbox.model import ApiError, Json, StoredFile, Upload

#: getFile of the Bot API refuses more
DOWNLOAD_BYTES = 20_000_000
UPLOAD_BYTES = 50_000_000
#: Bale's own limits: of a photo, and of any file where somebody measured it
PHOTO_BYTES, SMALL_BYTES = 10_000_000, 20_000_000
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_FOLDERS = {
    "photo": "photos", "voice": "voice", "document": "documents", "video": "videos", "sticker": "stickers",
    "audio": "music", "animation": "animations",
}  # fmt: skip
_DEFAULT_MIME = {
    "photo": "image/jpeg", "voice": "audio/ogg", "video": "video/mp4", "sticker": "image/webp",
    "audio": "audio/mpeg", "animation": "video/mp4",
}  # fmt: skip
_DOCUMENT = ("file_id", "file_unique_id", "file_size", "mime_type", "file_name")


def new_file(kind: str, upload: Upload, number: int, bot_id: int, bale: bool, extra: Json) -> StoredFile:
    """`number` must be new for this messenger; `extra` carries duration, width or height where they were told."""
    if not upload.content:
        raise ApiError(400, "Bad Request: file must be non-empty")
    if len(upload.content) > UPLOAD_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    if kind == "photo" and not upload.content.startswith(_IMAGES):
        raise ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED")
    digest = hashlib.sha256(upload.content).hexdigest()
    suffix = upload.name.rpartition(".")[2] if "." in upload.name else "bin"
    file_id = f"{bot_id}:{number}:{digest[:24]}" if bale else f"AgAC{bot_id:x}-{number:x}-{digest[:24]}"
    path = file_id if bale else f"{_FOLDERS[kind]}/file_{number}.{suffix if suffix.isascii() else 'bin'}"
    mime = upload.mime
    if mime in ("", "application/octet-stream"):
        mime = _DEFAULT_MIME.get(kind) or mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
    fields = _fields(kind, upload, mime, extra)
    return StoredFile(file_id, digest[24:40], kind, path, mime, len(upload.content), fields)


def _fields(kind: str, upload: Upload, mime: str, extra: Json) -> Json:
    if kind == "photo":
        width, height = image_size(upload.content)
        return {"width": width, "height": height}
    if kind == "sticker":
        return {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    fields: Json = {"mime_type": mime}
    if kind in ("document", "video", "audio", "animation"):
        fields["file_name"] = upload.name
    if kind in ("voice", "video", "audio", "animation"):
        fields["duration"] = extra.get("duration", 0)
    if kind in ("video", "animation"):
        fields |= {"width": extra.get("width", 320), "height": extra.get("height", 240)}
    return fields


def media_of(file: StoredFile) -> Json:
    """The message field that carries the file, e.g. {"voice": {...}}."""
    told = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size, **file.fields}
    if file.kind == "animation":
        # For programs that know no animations it is a document too.
        return {"animation": told, "document": {name: told[name] for name in _DOCUMENT}}
    if file.kind != "photo":
        return {file.kind: told}
    small = {**told, "file_id": f"{file.file_id}s", "file_unique_id": f"{file.unique_id}s", "width": 90, "height": 90}
    return {"photo": [small, told]}


def image_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG; 320 by 240 is claimed for every other format."""
    if content.startswith(_IMAGES[0]) and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    return 320, 240


def sample(kind: str) -> Upload:
    """A small file of the kind, for a person who sends "a photo" without saying which."""
    if kind == "photo":
        return Upload("sample.png", "image/png", _png(48, 36))
    if kind == "voice":
        return Upload("sample.ogg", "audio/ogg", _silence())
    if kind == "video":
        return Upload("sample.mp4", "video/mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(48))
    if kind == "audio":
        return Upload("sample.mp3", "audio/mpeg", b"ID3\x04\x00\x00\x00\x00\x00\x00")
    if kind == "animation":
        return Upload("sample.mp4", "video/mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(48))
    if kind == "sticker":
        return Upload("sample.webp", "image/webp", b"RIFF\x1a\x00\x00\x00WEBPVP8L" + bytes(14))
    return Upload("sample.txt", "text/plain", b"sample\n")


def _silence() -> bytes:
    """Three seconds of nothing to hear, as Ogg Opus: a player shows its length and plays it to the end."""
    packets = 150
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48000, 0, 0)
    tags = b"OpusTags" + struct.pack("<II", 0, 0)
    # 20 ms each: the shortest packet that says "silence".
    sound = [b"\xf8\xff\xfe"] * packets
    return _ogg_page(2, 0, 0, [head]) + _ogg_page(0, 0, 1, [tags]) + _ogg_page(4, packets * 960, 2, sound)


def _ogg_page(flags: int, position: int, number: int, packets: list[bytes]) -> bytes:
    """One page of packets under 255 bytes each; `position` counts samples at 48 kHz."""
    start = b"OggS" + struct.pack("<BBqII", 0, flags, position, 1, number)
    rest = bytes((len(packets), *map(len, packets))) + b"".join(packets)
    return start + struct.pack("<I", _ogg_checksum(start + bytes(4) + rest)) + rest


def _ogg_checksum(page: bytes) -> int:
    """Ogg's CRC-32: not zlib's, which reflects its bits."""
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
    return crc


def _png(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = b"".join(
        b"\x00" + b"".join(bytes((70 + 3 * x, 120, 90 + 3 * y)) for x in range(width)) for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return _IMAGES[0] + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
