"""Reads reply_markup and refuses bad buttons in Telegram's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sandbox.model import ApiError, Json
from sandbox.wire import decoded

_ACTIONS = (
    "callback_data", "url", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip
_DATA_BYTES = 64
_MOST_BUTTONS = 100


@dataclass(frozen=True, slots=True)
class Markup:
    """`keyboard` None: the reply keyboard stays as it was; []: it goes away."""

    inline: list[list[Json]]
    keyboard: list[list[Json]] | None = None


def read_markup(value: Any, only_inline: bool = False) -> Markup:
    """`value` is JSON text or what came of it; None or "" means no markup."""
    if value in (None, ""):
        return Markup([])
    if isinstance(value, str):
        try:
            value = decoded(value)
        except ValueError as bad:
            raise ApiError(400, "Bad Request: can't parse reply keyboard markup JSON object") from bad
    if not isinstance(value, dict):
        raise ApiError(400, "Bad Request: object expected as reply markup")
    if "inline_keyboard" in value:
        return Markup(_rows(value["inline_keyboard"], "inline keyboard", _inline_button))
    if only_inline and value:
        raise ApiError(400, "Bad Request: inline keyboard expected")
    if "keyboard" in value:
        return Markup([], _rows(value["keyboard"], "keyboard", _plain_button))
    return Markup([], [] if value.get("remove_keyboard") is True else None)


def _rows(value: Any, name: str, read: Any) -> list[list[Json]]:
    article = "InlineKeyboardButton" if name == "inline keyboard" else "KeyboardButton"
    field = name.replace(" ", "_")
    if not isinstance(value, list):
        raise ApiError(400, f'Bad Request: field "{field}" of the {_markup_name(name)} must be an Array')
    rows = []
    for row in value:
        if not isinstance(row, list):
            where = f'field "{field}" of the {_markup_name(name)} must be an Array of Arrays'
            raise ApiError(400, f"Bad Request: {where} of {article}s")
        if row:
            rows.append([read(button) for button in row])
    if sum(map(len, rows)) > _MOST_BUTTONS:
        raise ApiError(400, "Bad Request: reply markup is too long")
    return rows


def _markup_name(name: str) -> str:
    return "InlineKeyboardMarkup" if name == "inline keyboard" else "ReplyKeyboardMarkup"


def _inline_button(button: Any) -> Json:
    where = "Bad Request: can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise ApiError(400, where + "InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise ApiError(400, where + 'Can\'t find field "text"')
    if not button["text"].strip():
        raise ApiError(400, where + "Text can't be empty")
    if not any(button.get(action) not in (None, "") for action in _ACTIONS):
        raise ApiError(400, where + "Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and (not isinstance(data, str) or not 0 < len(data.encode()) <= _DATA_BYTES):
        raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not (isinstance(url, str) and re.fullmatch(r"(https?|tg|tel|mailto):\S+", url)):
        raise ApiError(400, "Bad Request: BUTTON_URL_INVALID")
    return button


def _plain_button(button: Any) -> Json:
    where = "Bad Request: can't parse keyboard button: "
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise ApiError(400, where + "KeyboardButton must be an Object")
    if not isinstance(button.get("text"), str) or not button["text"].strip():
        raise ApiError(400, where + 'Can\'t find field "text"')
    return button
