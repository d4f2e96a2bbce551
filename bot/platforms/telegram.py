"""Telegram: HTML for formatting, and its links."""

from collections.abc import Mapping
from typing import ClassVar

from bot.platforms.base import JSON, Capabilities, Failure, Params, Platform
from domain.richtext import RichText, Span, Style, merged, plain, utf16_length

#: Requests at a time over the webhook.
CONNECTIONS = 20
_TAGS = {Style.BOLD: "b", Style.ITALIC: "i", Style.CODE: "code", Style.QUOTE: "blockquote"}


class Telegram(Platform):
    name: ClassVar[str] = "telegram"
    hosts: ClassVar[tuple[str, ...]] = ("t.me", "telegram.me")
    can: ClassVar[Capabilities] = Capabilities(
        entity_limit=100,
        as_written=True,
        allowed_updates=("message", "edited_message", "callback_query", "my_chat_member", "channel_post"),
    )
    tells_secret: ClassVar[bool] = True

    def webhook(self, url: str, secret: str) -> Params:
        # Within one chat it waits for each answer, so that these are different chats at the same time.
        allowed = list(self.can.allowed_updates)
        return {"url": url, "secret_token": secret, "allowed_updates": allowed, "max_connections": CONNECTIONS}

    def body(self, text: RichText) -> Params:
        # A picture fetched from an address that a resident wrote would open by itself before the reader's eyes.
        return {"text": self.render(text), "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}

    def render(self, text: RichText) -> str:
        return "".join(_written(span) for span in merged(text))

    def shown_length(self, text: RichText) -> int:
        return utf16_length(plain(text))

    def adapt(self, method: str, params: Mapping[str, JSON]) -> Params:
        return dict(params)

    def failure(self, method: str, code: int, description: str) -> Failure:
        if code == 404:
            # A method that does not exist is told apart from a token that does not.
            return Failure.UNSUPPORTED if "method not found" in description.lower() else Failure.REVOKED
        return super().failure(method, code, description)


def _written(span: Span) -> str:
    text = _escaped(span.text)
    if span.style is Style.LINK:
        return f'<a href="{_escaped(span.href)}">{text}</a>' if span.href.startswith(("https://", "http://")) else text
    tag = _TAGS.get(span.style)
    return f"<{tag}>{text}</{tag}>" if tag else text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
