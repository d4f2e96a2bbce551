"""Turns what a bot sends into the text and entities that a person sees, by the messenger's own rules."""

from __future__ import annotations

import functools
import html
import importlib
import json
import re
from collections.abc import Callable
from typing import Any

from sandbox.model import ApiError, Json

_TD_MODES: dict[str, Json] = {
    "html": {"@type": "textParseModeHTML"},
    "markdown": {"@type": "textParseModeMarkdown", "version": 1},
    "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
}
_TD_ENTITIES = {
    "Bold": "bold", "Italic": "italic", "Underline": "underline", "Strikethrough": "strikethrough",
    "Spoiler": "spoiler", "Code": "code", "Pre": "pre", "PreCode": "pre", "TextUrl": "text_link",
    "MentionName": "text_mention", "CustomEmoji": "custom_emoji", "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote", "DateTime": "date_time",
}  # fmt: skip
_GIVEN = frozenset(_TD_ENTITIES.values())
#: kinds that Telegram finds by itself; when a bot names them they are passed over
_FOUND = frozenset(("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"))
_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler", "span": "spoiler",
    "tg-emoji": "custom_emoji",
}  # fmt: skip


def utf16(text: str) -> int:
    """Length in UTF-16 units, which is how the Bot API counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def formatted(text: str, parse_mode: str, entities: list[Any]) -> tuple[str, list[Json]]:
    """The shown text, trimmed, and its entities; raises ApiError as Telegram does for broken markup."""
    text = cleaned(text)
    mode = parse_mode.lower()
    if text and mode not in ("", "none"):
        text, found = _parsed(text, mode)
    else:
        found = [entity for entity in map(_checked, entities) if entity is not None]
    return _trimmed(text, found)


def cleaned(text: str) -> str:
    """Without what Telegram takes out of every text: control characters become blanks, bidi overrides vanish."""
    text = text.replace("\r", "")
    text = re.sub("[\x00-\x08\x0b-\x1f]", " ", text)
    return re.sub("[\u2028-\u202e]", "", text)


@functools.cache
def telegram_parser() -> Any:
    """The module with Telegram's own parser, or None where it is not installed."""
    try:
        module = importlib.import_module("tdjson")
    except ImportError:
        return None
    module.td_execute(json.dumps({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}).encode())
    return module


def _parsed(text: str, mode: str) -> tuple[str, list[Json]]:
    if mode not in _TD_MODES:
        raise ApiError(400, "Bad Request: unsupported parse_mode")
    parser = telegram_parser()
    if parser is None:
        return html_parsed(text, mode)
    question = {"@type": "parseTextEntities", "text": text, "parse_mode": _TD_MODES[mode]}
    answer = json.loads(parser.td_execute(json.dumps(question).encode()))
    if answer["@type"] == "error":
        raise ApiError(400, f"Bad Request: {_small(answer['message'])}")
    return answer["text"], [_from_td(entity) for entity in answer["entities"]]


def _small(message: str) -> str:
    return message[:1].lower() + message[1:]


def _from_td(entity: Json) -> Json:
    kind = entity["type"]["@type"].removeprefix("textEntityType")
    found: Json = {"type": _TD_ENTITIES.get(kind, kind.lower()), "offset": entity["offset"], "length": entity["length"]}
    if kind == "TextUrl":
        found["url"] = entity["type"]["url"]
    if kind == "PreCode":
        found["language"] = entity["type"]["language"]
    if kind == "MentionName":
        found["user"] = {"id": entity["type"]["user_id"], "is_bot": False, "first_name": ""}
    if kind == "CustomEmoji":
        found["custom_emoji_id"] = str(entity["type"]["custom_emoji_id"])
    return found


def _checked(entity: Any) -> Json | None:
    where = "Bad Request: can't parse MessageEntity: "
    if not isinstance(entity, dict):
        raise ApiError(400, where + "expected an Object")
    for name, kind in (("type", str), ("offset", int), ("length", int)):
        if not isinstance(entity.get(name), kind):
            raise ApiError(400, f'{where}Can\'t find field "{name}"')
    if entity["type"] in _FOUND:
        return None
    if entity["type"] not in _GIVEN:
        raise ApiError(400, where + "Unsupported type specified")
    return dict(entity)


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    shown = text.rstrip()
    cut = utf16(shown) - utf16(shown.lstrip())
    shown = shown.lstrip()
    end = utf16(shown)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        stop = min(entity["offset"] + entity["length"] - cut, end)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return shown, kept


def html_parsed(text: str, mode: str) -> tuple[str, list[Json]]:
    """A small stand-in for Telegram's parser: its HTML tags, checked for nesting; the Markdowns are refused."""
    if mode != "html":
        raise ApiError(400, "Bad Request: unsupported parse_mode")
    shown, at = "", 0
    entities: list[Json] = []
    open_tags: list[tuple[str, int, str]] = []
    for match in re.finditer(r"<(/?)([^\s<>]*)([^<>]*)>|<", text):
        shown += html.unescape(text[at : match.start()])
        at = match.end()
        byte = len(text[: match.start()].encode())
        closing, tag, rest = match.group(1), (match.group(2) or "").lower(), match.group(3) or ""
        if closing:
            if not open_tags:
                raise _bad_markup(f"Unexpected end tag at byte offset {byte}")
            name, start, extra = open_tags.pop()
            if tag != name:
                raise _bad_markup(f'Unmatched end tag at byte offset {byte}, expected "</{name}>", found "</{tag}>"')
            _close(entities, name, start, utf16(shown), extra)
        elif tag in _TAGS:
            open_tags.append((tag, utf16(shown), rest))
        else:
            raise _bad_markup(f'Unsupported start tag "{tag}" at byte offset {byte}')
    if open_tags:
        raise _bad_markup(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return shown + html.unescape(text[at:]), sorted(entities, key=lambda one: (one["offset"], -one["length"]))


def _close(entities: list[Json], tag: str, start: int, end: int, rest: str) -> None:
    entity: Json = {"type": _TAGS[tag], "offset": start, "length": end - start}
    if tag == "a":
        href = re.search(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""", rest)
        url = html.unescape(next((part for part in href.groups() if part), "")) if href else ""
        if not re.match(r"(https?|tg|tel|mailto):", url):
            return
        entity["url"] = url
    if end > start:
        entities.append(entity)


def _bad_markup(why: str) -> ApiError:
    return ApiError(400, f"Bad Request: can't parse entities: {why}")


_BALE_MARKS = (
    r"(?<!\S)\*(?P<bold>[^\s*](?:[^*\n]*[^\s*])?)\*(?!\S)"
    r"|(?<!\S)_(?P<italic>[^\s_](?:[^_\n]*[^\s_])?)_(?!\S)"
    r"|```\[(?P<title>[^\]\n]*)\](?P<fold>.*?)```"
    r"|\[(?P<label>[^\[\]\n]+)\]\((?P<href>[^()\s]+)\)"
)
_BALE = re.compile(_BALE_MARKS, re.DOTALL)
_BALE_WITH_CODE = re.compile(_BALE_MARKS + r"|(?<!`)`(?P<code>[^`\n]+)`(?!`)", re.DOTALL)
#: Signs whose force a backslash takes, and what stands for them meanwhile: no characters at all.
_FORCED = "\\*_[]()`"
_POWERLESS = {sign: chr(0xFDD0 + at) for at, sign in enumerate(_FORCED)}
_AS_WRITTEN = {ord(stand_in): sign for sign, stand_in in _POWERLESS.items()}


def bale_formatted(text: str, on: Callable[[str], bool] = lambda switch: False) -> tuple[str, list[Json]]:
    """Bale's always-on Markdown: *bold* and _italic_ with blanks outside, [text](url), ```[title]text```.

    `on` tells of the switches for what nobody documents: backslash_escapes, code_shown, nested_marks.
    """
    if on("backslash_escapes"):
        text = re.sub(r"\\([\\*_\[\]()`])", lambda found: _POWERLESS[found[1]], text)
    shown, entities = _bale_pieces(text, _BALE_WITH_CODE if on("code_shown") else _BALE, on("nested_marks"))
    return _trimmed(shown.translate(_AS_WRITTEN), entities)


def _bale_pieces(text: str, marks: re.Pattern[str], nested: bool) -> tuple[str, list[Json]]:
    shown, at = "", 0
    entities: list[Json] = []
    for match in marks.finditer(text):
        shown += text[at : match.start()]
        at = match.end()
        inner, entity = _bale_entity(match)
        start = utf16(shown)
        inside: list[Json] = []
        if nested and entity["type"] in ("bold", "italic", "text_link"):
            inner, inside = _bale_pieces(inner, marks, nested)
        shown += inner
        entities.append({**entity, "offset": start, "length": utf16(inner)})
        entities += [{**one, "offset": one["offset"] + start} for one in inside]
    return shown + text[at:], entities


def _bale_entity(match: re.Match[str]) -> tuple[str, Json]:
    found = match.groupdict()
    if found["label"]:
        person = re.fullmatch(r"uid:(\d+)", found["href"])
        if person is not None:
            return found["label"], {"type": "text_mention", "user": {"id": int(person[1])}}
        return found["label"], {"type": "text_link", "url": found["href"].translate(_AS_WRITTEN)}
    if found["title"] is not None:
        return f"{found['title']}\n{found['fold']}", {"type": "expandable_blockquote"}
    kind = next(name for name in ("bold", "italic", "code") if found.get(name))
    return found[kind], {"type": kind}


_SIGNS = re.compile(
    r"(?<!\S)(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)(?![/\w])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z0-9_]{4,32})\b"
    r"|(?<!\S)(?P<hashtag>\#\w+)"
    r"|\b(?P<url>https?://[^\s]+)"
)


_PERSIAN_SIGNS = re.compile(_SIGNS.pattern.replace("/[A-Za-z0-9_]{1,64}", r"/\w{1,64}"))


def found_entities(text: str, only_bale: bool, persian_commands: bool = False) -> list[Json]:
    """What a messenger marks by itself in a person's words; Bale knows commands and mentions only."""
    found = []
    for match in (_PERSIAN_SIGNS if persian_commands else _SIGNS).finditer(text):
        kind = str(match.lastgroup)
        if not only_bale or kind in ("mention", "bot_command"):
            found.append({"type": kind, "offset": utf16(text[: match.start()]), "length": utf16(match.group())})
    return found
