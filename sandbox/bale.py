"""What Bale makes of what is told and of what is asked: as documented, and as its switches say."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sandbox.model import ApiError, Json
from sandbox.wire import Params, decoded

#: Whether a switch is on.
On = Callable[[str], bool]

#: A group's number above 0, where groups have such: far from those of people.
_GROUPS_FROM = 6_000_000_000
#: What a message may have beside its number, its sender, its chat and its date.
_FIELDS = (
    "forward_from", "forward_from_chat", "forward_from_message_id", "forward_date", "reply_to_message", "edit_date",
    "text", "entities", "animation", "audio", "document", "photo", "sticker", "video", "voice", "caption",
    "caption_entities", "contact", "location", "new_chat_members", "left_chat_member", "invoice", "successful_payment",
    "web_app_data", "reply_markup", "sender_chat", "media_group_id",
)  # fmt: skip
_FILE = ("file_id", "file_unique_id", "file_name", "mime_type", "file_size")
_MARKUP = frozenset(
    {"inline_keyboard", "keyboard", "resize_keyboard", "one_time_keyboard", "selective", "remove_keyboard"}
)
_BUTTON = frozenset({"text", "callback_data", "url", "web_app", "copy_text", "request_contact", "request_location"})
_COUNTS = ("getChatMembersCount", "getChatMemberCount")


# --- what is told ----------------------------------------------------------------------------------------------------


def message(told: Json, keyboard: list[list[Json]] | None, on: On) -> Json:
    """The message as Bale tells it. It names the reply keyboard that came with it, as it does an inline one."""
    told = _content(dict(told), on)
    if keyboard:
        told["reply_markup"] = {"keyboard": keyboard, "resize_keyboard": True}
    if on("entities_missing"):
        told.pop("entities", None)
        told.pop("caption_entities", None)
    elif on("entities_in_letters"):
        for name, text in (("entities", told.get("text", "")), ("caption_entities", told.get("caption", ""))):
            if name in told:
                told[name] = [_in_letters(entity, text) for entity in told[name]]
    if on("date_null") or on("date_zero"):
        told["date"] = None if on("date_null") else 0
    return {**dict.fromkeys(_FIELDS), **told} if on("null_siblings") else told


def _content(told: Json, on: On) -> Json:
    if "sticker" in told:
        told["sticker"] = {name: told["sticker"][name] for name in told["sticker"] if not name.startswith("is_")}
    if "audio" in told and on("audio_as_document"):
        audio = told.pop("audio")
        told["document"] = {name: audio[name] for name in _FILE if name in audio}
    return told


def _in_letters(entity: Json, text: str) -> Json:
    units = text.encode("utf-16-le", "surrogatepass")

    def letters(at: int) -> int:
        return len(units[: 2 * at].decode("utf-16-le", "replace"))

    start, end = letters(entity["offset"]), letters(entity["offset"] + entity["length"])
    return {**entity, "offset": start, "length": end - start}


def group_told(chat_id: int, on: On) -> int:
    """The number of a group (below 0 in the sandbox) as the bot reads it."""
    return _GROUPS_FROM - chat_id if on("groups_positive") else chat_id


def group_asked(chat_id: int, on: On) -> int:
    """The other way round; other numbers stay as they are."""
    return _GROUPS_FROM - chat_id if on("groups_positive") and chat_id > _GROUPS_FROM else chat_id


def started(text: str, on: On) -> str:
    """What arrives of words that a link may have put into somebody's mouth."""
    found = re.fullmatch(r"/start ([A-Za-z0-9]*)\S*", text) if on("payload_cut") else None
    return f"/start {found[1]}".rstrip() if found else text


# --- what is asked ---------------------------------------------------------------------------------------------------


def effective(method: str, on: On) -> frozenset[str]:
    """Parameters that only Telegram documents and that have an effect all the same."""
    formats = method.startswith(("send", "edit")) and on("html_rendered")
    chooses = method in ("getUpdates", "setWebhook") and on("allowed_honoured")
    return frozenset({"parse_mode"} if formats else {"allowed_updates"} if chooses else ())


def check(method: str, params: Params, on: On) -> None:
    """Raises ApiError for what a switch has refused whatever it is about."""
    if method in _COUNTS and method != _COUNTS[on("count_as_telegram")]:
        raise ApiError(404, "Not Found: method not found")
    if method == "sendMediaGroup" and on("album_refused"):
        raise ApiError(501, "Not Implemented")
    if on("json_refused") and not all(isinstance(value, str | bool) for value in params.values.values()):
        raise ApiError(404, "Not Found")
    if method == "setMyCommands" and on("scopes_refused") and not params.values.keys().isdisjoint(_SCOPES):
        raise ApiError(400, "Bad Request: commands have neither a scope nor a language")
    if method == "getUpdates" and on("offset_refused") and params.integer("offset") < 0:
        raise ApiError(400, "Bad Request: invalid offset")
    if method == "sendAnimation" and not params.multipart:
        raise ApiError(400, "Bad Request: an animation is sent as multipart/form-data")
    _check_markup(params, on)


_SCOPES = frozenset({"scope", "language_code"})


def _check_markup(params: Params, on: On) -> None:
    """What nobody documents of keyboards, where it is refused; what is no keyboard at all is found later."""
    if not on("unknown_refused") and not on("copy_refused"):
        return
    markup = _structure(params.values.get("reply_markup"))
    if not isinstance(markup, dict):
        return
    buttons = [
        button
        for name in ("inline_keyboard", "keyboard")
        for row in _list(markup.get(name))
        for button in _list(row)
        if isinstance(button, dict)
    ]
    unknown = {*markup} - _MARKUP | {name for button in buttons for name in button} - _BUTTON
    if on("unknown_refused") and unknown:
        raise ApiError(400, f'Bad Request: unknown field "{min(unknown)}"')
    if on("copy_refused") and any("copy_text" in button for button in buttons):
        raise ApiError(400, "Bad Request: Text buttons are unallowed in the inline keyboard")


def _structure(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return decoded(value)
    except ValueError:
        return None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


# --- how it is refused -----------------------------------------------------------------------------------------------


def refusal(said: ApiError, on: On) -> tuple[int, ApiError | str]:
    """The HTTP status, and the refusal as it is told: a plain text where a server in front of Bale speaks."""
    if said.code == 429 and on("flood_plain"):
        return 429, "local_rate_limited"
    if said.code == 429 and on("flood_bare"):
        said = ApiError(429, "bot limit exceed")
    return (200 if on("refused_with_200") else said.code), said
