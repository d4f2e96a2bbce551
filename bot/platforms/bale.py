"""Bale: its own Markdown, always on; narrower parameters; its links and its way of refusing."""

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import ClassVar

from bot.platforms.base import JSON, Capabilities, Failure, Params, Platform
from domain.richtext import RichText, Span, Style, merged, plain, utf16_length

_MARKER = {Style.BOLD: "*", Style.ITALIC: "_"}
_QUOTE_BAR = "\u258e "

#: There is no escape, so what could format is shown by a sign of the same look.
_LOOKALIKE = {"*": "\u2217", "_": "\uff3f", "[": "\uff3b", "]": "\uff3d", "`": "\u02cb", "~": "\u223c"}
_URL = re.compile(r"(https?://\S+)")
#: An underscore inside a word cannot format, since white space must stand outside the markers; #hashtags stay whole.
_RISKY = re.compile(r"[*\[\]`~]|_(?!(?<=[^\W_]_)[^\W_])")
_RISKY_IN_ITALIC = re.compile(r"[*_\[\]`~]")
_NOT_IN_LINK = re.compile(r"[()<>\"\s]")

#: Direction marks stand at a marker's outside without being seen, yet are no white space.
_UNSEEN = "\u200e\u200f\u2066\u2067\u2068\u2069"
_EDGE = " \t\n"

_REPLY = frozenset({"chat_id", "reply_to_message_id", "reply_markup"})
_KNOWN: dict[str, frozenset[str]] = {
    "getme": frozenset(),
    "getfile": frozenset({"file_id"}),
    "getwebhookinfo": frozenset(),
    "getchat": frozenset({"chat_id"}),
    "getchatmember": frozenset({"chat_id", "user_id"}),
    "getchatmemberscount": frozenset({"chat_id"}),
    "getupdates": frozenset({"offset", "limit", "timeout"}),
    "setwebhook": frozenset({"url"}),
    "deletewebhook": frozenset(),
    "setmycommands": frozenset({"commands"}),
    "sendmessage": _REPLY | {"text"},
    "sendphoto": _REPLY | {"photo", "caption"},
    "sendvoice": _REPLY | {"voice", "caption", "duration"},
    "sendaudio": _REPLY | {"audio", "caption", "duration", "title"},
    "senddocument": _REPLY | {"document", "caption"},
    "sendvideo": _REPLY | {"video", "caption", "duration", "width", "height"},
    "sendanimation": _REPLY | {"animation", "caption", "duration", "width", "height"},
    "sendlocation": _REPLY | {"latitude", "longitude", "horizontal_accuracy"},
    "sendcontact": _REPLY | {"phone_number", "first_name", "last_name"},
    "sendsticker": _REPLY | {"sticker"},
    "sendmediagroup": frozenset({"chat_id", "media", "reply_to_message_id"}),
    "sendchataction": frozenset({"chat_id", "action"}),
    "editmessagetext": frozenset({"chat_id", "message_id", "text", "reply_markup"}),
    "editmessagecaption": frozenset({"chat_id", "message_id", "caption", "reply_markup"}),
    "editmessagereplymarkup": frozenset({"chat_id", "message_id", "reply_markup"}),
    "deletemessage": frozenset({"chat_id", "message_id"}),
    "answercallbackquery": frozenset({"callback_query_id", "text", "show_alert"}),
}
_PART = frozenset({"type", "media", "caption"})
_BUTTON = frozenset({"text", "callback_data", "url", "web_app", "request_contact", "request_location"})
_MARKUP = frozenset(
    {"inline_keyboard", "keyboard", "resize_keyboard", "one_time_keyboard", "selective", "remove_keyboard"}
)


class Bale(Platform):
    name: ClassVar[str] = "bale"
    hosts: ClassVar[tuple[str, ...]] = ("ble.ir",)
    spellings: ClassVar[Mapping[str, str]] = MappingProxyType({"getChatMemberCount": "getChatMembersCount"})
    can: ClassVar[Capabilities] = Capabilities(
        edits_return_message=False,
        replaces_media=False,
        albums_proven=False,  # nobody says in which form it takes the files of one
        copy_button=False,  # newer clients only
        command_scopes=False,
        json_body=False,  # some report that numbers and nested objects in JSON are refused; form fields always work
        upload_limit=20_000_000,  # documented are 50 MB, but somebody measured refusals from 20 MB on
        per_second=10,  # nothing is published; others send 10 to 20
    )

    def body(self, text: RichText) -> Params:
        return {"text": self.render(text)}

    def render(self, text: RichText) -> str:
        spans = _marks_drawn_in(merged(text))
        whole = "\n" + plain(spans) + "\n"  # the ends of a message are as good as white space
        written, at = [], 1
        for span in spans:
            end = at + len(span.text)
            written.append(_written(span, whole[at - 1], whole[end]))
            at = end
        return "".join(written)

    def seen(self, text: RichText) -> str:
        return "".join(
            _written(span, "", "") if span.style is Style.QUOTE else _harmless(span.text, span.style)
            for span in merged(text)
        )

    def shown_length(self, text: RichText) -> int:
        return utf16_length(self.render(text))

    def adapt(self, method: str, params: Mapping[str, JSON]) -> Params:
        asked = dict(params)
        reply = asked.pop("reply_parameters", None)
        if isinstance(reply, dict) and "message_id" in reply:
            asked.setdefault("reply_to_message_id", reply["message_id"])
        known = _KNOWN.get(method.lower())
        if known is not None:
            asked = {name: value for name, value in asked.items() if name in known}
        if isinstance(asked.get("reply_markup"), dict):
            asked["reply_markup"] = _markup(asked["reply_markup"])
        if isinstance(asked.get("media"), list):
            asked["media"] = [{name: value for name, value in part.items() if name in _PART} for part in asked["media"]]
        return asked

    def answers_need_message(self, press_id: str) -> bool:
        """Old clients, whose presses are numbered from a 1 on, show nothing."""
        return press_id.startswith("1")

    def failure(self, method: str, code: int, description: str) -> Failure:
        said = description.lower()
        if "token not found" in said or (code == 404 and method.lower() == "getme"):
            return Failure.REVOKED
        if "limit exceed" in said or "rate_limited" in said:
            return Failure.WAIT
        if code == 404 and "method not found" in said:
            return Failure.UNSUPPORTED
        return super().failure(method, code, description)


def _marks_drawn_in(spans: RichText) -> RichText:
    """Direction marks around a bold or italic run move inside it, where they do the same and hide no white space."""
    out = list(spans)
    for here, span in enumerate(out):
        if span.style not in _MARKER:
            continue
        if here and out[here - 1].style is Style.PLAIN:
            before = out[here - 1].text
            kept = before.rstrip(_UNSEEN)
            out[here - 1] = Span(kept)
            out[here] = replace(out[here], text=before[len(kept) :] + out[here].text)
        if here + 1 < len(out) and out[here + 1].style is Style.PLAIN:
            after = out[here + 1].text
            kept = after.lstrip(_UNSEEN)
            out[here + 1] = Span(kept)
            out[here] = replace(out[here], text=out[here].text + after[: len(after) - len(kept)])
    return tuple(out)


def _written(span: Span, before: str, after: str) -> str:
    if span.style in _MARKER:
        lines = span.text.split("\n")
        edges = [before, *"\n" * (len(lines) - 1)], [*"\n" * (len(lines) - 1), after]
        return "\n".join(_marked(line, span.style, *around) for line, *around in zip(lines, *edges, strict=True))
    if span.style is Style.QUOTE:
        return "\n".join(_QUOTE_BAR + line if line else line for line in _harmless(span.text).split("\n"))
    if span.style is Style.LINK:
        return _link(span)
    return _harmless(span.text)


def _marked(line: str, style: Style, before: str, after: str) -> str:
    """One line of a bold or italic run; plain where the messenger would not see the markers as such."""
    core = line.strip()
    lead, tail = _white_edges(line)
    text = _harmless(core, style)
    free = (lead or before)[-1] in _EDGE and (tail or after)[0] in _EDGE
    if not free or not core.strip(_UNSEEN + _EDGE):
        return lead + text + tail
    return f"{lead}{_MARKER[style]}{text}{_MARKER[style]}{tail}"


def _white_edges(text: str) -> tuple[str, str]:
    """White space before and after the words; markers have to stand inside of it."""
    core = text.strip()
    start = text.find(core)
    return text[:start], text[start + len(core) :]


def _link(span: Span) -> str:
    label = _harmless(" ".join(span.text.strip().splitlines()), span.style)
    if not label or not span.href.startswith(("https://", "http://")):
        return _harmless(span.text)
    href = _NOT_IN_LINK.sub(_percent, _RISKY.sub(_percent, span.href))
    lead, tail = _white_edges(span.text)
    return f"{lead}[{label}]({href}){tail}"


def _harmless(text: str, style: Style = Style.PLAIN) -> str:
    """A person's words so that nothing in them formats or makes a link; addresses keep working."""
    risky = _RISKY_IN_ITALIC if style is Style.ITALIC else _RISKY
    if not risky.search(text):
        return text
    pieces = _URL.split(text)  # every second piece is an address
    return "".join(risky.sub(_percent if at % 2 else _lookalike, piece) for at, piece in enumerate(pieces))


def _lookalike(found: re.Match[str]) -> str:
    return _LOOKALIKE[found[0]]


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def _markup(markup: Mapping[str, JSON]) -> Params:
    kept = {name: value for name, value in markup.items() if name in _MARKUP}
    for name in ("inline_keyboard", "keyboard"):
        if name in kept:
            rows = [[_button(button) for button in row] for row in kept[name]]
            # What is left of an unknown button would be one with nothing to do, which is refused.
            kept[name] = (
                rows if name == "keyboard" else [good for row in rows if (good := [b for b in row if len(b) > 1])]
            )
    return kept


def _button(button: JSON) -> JSON:
    if not isinstance(button, dict):
        return button
    return {name: value for name, value in button.items() if name in _BUTTON}
