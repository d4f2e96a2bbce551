"""Serves the chat page; nothing on it comes from anywhere else."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2"}
_RULES = "; ".join(
    (
        "default-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        # A chosen sound is measured before it is sent.
        "media-src 'self' blob:",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "connect", "font")),
    )
)


async def _page(request: web.Request) -> web.Response:
    file = Path(__file__).parent / request.match_info.get("name", "chat.html")
    if not file.is_file():
        raise web.HTTPNotFound
    headers = {"Content-Security-Policy": _RULES, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return web.Response(body=file.read_bytes(), content_type=_TYPES[file.suffix], headers=headers)


def page_routes() -> list[web.RouteDef]:
    """The page at /, and the files in this folder that it is made of; every other path is left to others."""
    return [
        web.get("/", _page),
        web.get("/{name:[a-z]+\\.(?:css|js)}", _page),
        web.get("/{name:fonts/[A-Za-z]+\\.woff2}", _page),
    ]
