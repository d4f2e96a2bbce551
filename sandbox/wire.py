"""Reads the parameters of a Bot API request, whichever of the four ways it was written."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from sandbox.model import ApiError, Json, Upload


@dataclass(slots=True)
class Params:
    """The parameters as they came; each accessor reads one as the type the method wants."""

    values: Json = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)
    multipart: bool = False

    def text(self, name: str) -> str:
        """The parameter as text, "" when it is absent."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        text = value if isinstance(value, str) else json.dumps(value) if isinstance(value, dict | list) else str(value)
        try:
            text.encode()
        except UnicodeEncodeError as bad:
            raise ApiError(400, "Bad Request: strings must be encoded in UTF-8") from bad
        return text

    def integer(self, name: str, default: int = 0) -> int:
        try:
            return int(self.text(name) or default)
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def structure(self, name: str, refusal: str) -> Any:
        """The parameter read as JSON, None when absent; `refusal` is said when it is no JSON."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return decoded(value)
        except ValueError as bad:
            raise ApiError(400, f"Bad Request: {refusal}") from bad

    def shown(self) -> Json:
        """For the list of calls: files by name and size only."""
        files = {name: {"file": file.name, "bytes": len(file.content)} for name, file in self.files.items()}
        return {**self.values, **files}


def decoded(text: str | bytes) -> Any:
    """The JSON value. Raises ValueError when there is none, or none that can be read."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


async def read_params(request: web.Request) -> Params:
    """Query string and body together; of two values for a name the body's wins."""
    params = Params(dict(request.query))
    if request.method != "POST" or not request.can_read_body:
        return params
    kind = request.content_type
    if kind == "application/json":
        params.values.update(await _json_body(request))
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        for name, value in (await request.post()).items():
            _take(params, name, value)
        params.multipart = kind == "multipart/form-data"
    return params


async def _json_body(request: web.Request) -> Json:
    try:
        body = decoded(await request.read() or b"{}")
    except ValueError as bad:
        raise ApiError(400, "Bad Request: can't parse JSON object") from bad
    if not isinstance(body, dict):
        raise ApiError(400, "Bad Request: can't parse JSON object")
    return body


def _take(params: Params, name: str, value: Any) -> None:
    if isinstance(value, web.FileField):
        content = value.file.read()
        value.file.close()
        params.files[name] = Upload(value.filename or name, value.content_type or "", content)
    elif isinstance(value, bytes | bytearray):
        params.values[name] = bytes(value).decode("utf-8", "replace")
    else:
        params.values[name] = value
