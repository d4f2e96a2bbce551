"""The send methods: text, files, places, contacts and albums."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from sandbox import bale
from sandbox.buttons import read_markup
from sandbox.markup import bale_formatted, cleaned, formatted, utf16
from sandbox.messenger import Messenger
from sandbox.model import ApiError, Json, Message, Sender, Upload
from sandbox.wire import Params

#: UTF-16 units
TEXT_UNITS = 4096
CAPTION_UNITS = 1024
_ALBUM = (2, 10)
_ALBUM_KINDS = ("photo", "video", "document")


def chat_of(messenger: Messenger, params: Params) -> int:
    written = params.text("chat_id").strip()
    if not written:
        raise ApiError(400, "Bad Request: chat_id is empty")
    try:
        return bale.group_asked(int(written), messenger.on)
    except ValueError:
        raise ApiError(*messenger.dialect.no_chat) from None


def _formatted(messenger: Messenger, params: Params, name: str, entities_name: str) -> tuple[str, list[Json]]:
    text = params.text(name)
    html = messenger.on("html_rendered") and params.text("parse_mode").lower() == "html"
    if messenger.dialect.own_markdown and not html:
        return bale_formatted(cleaned(text), messenger.on)
    entities = params.structure(entities_name, "can't parse entities JSON object")
    return formatted(text, params.text("parse_mode"), entities if isinstance(entities, list) else [])


def shown_text(messenger: Messenger, params: Params, too_long: str = "message is too long") -> tuple[str, list[Json]]:
    text, entities = _formatted(messenger, params, "text", "entities")
    if not text:
        raise ApiError(400, "Bad Request: message text is empty")
    if _units(messenger, params, "text", text) > TEXT_UNITS:
        raise ApiError(400, f"Bad Request: {too_long}")
    return text, entities


def caption_of(messenger: Messenger, params: Params) -> tuple[str, list[Json]]:
    text, entities = _formatted(messenger, params, "caption", "caption_entities")
    most = 200 if messenger.on("captions_short") else 4096 if messenger.on("captions_long") else CAPTION_UNITS
    if _units(messenger, params, "caption", text) > most:
        raise ApiError(400, "Bad Request: message caption is too long")
    return text, entities


def _units(messenger: Messenger, params: Params, name: str, shown: str) -> int:
    """What counts towards a limit: on Bale, whose apps read the marks, these too."""
    return utf16(cleaned(params.text(name)).strip() if messenger.dialect.own_markdown else shown)


def send_text(messenger: Messenger, params: Params) -> Json:
    text, entities = shown_text(messenger, params)
    return _sent(messenger, params, "text", text, entities, dict)


def send_file(kind: str, messenger: Messenger, params: Params) -> Json:
    text, entities = caption_of(messenger, params)
    source = _source(messenger, params, kind, params.text(kind), kind)
    return _sent(messenger, params, kind, text, entities, source)


def _source(messenger: Messenger, params: Params, kind: str, named: str, field: str) -> Callable[[], Json]:
    """Checks where the file comes from; what is returned stores it and tells its message field."""
    if named.startswith("attach://"):
        field = named.removeprefix("attach://")
        if field not in params.files:
            raise ApiError(400, f"Bad Request: there is no {kind} in the request")
    upload = params.files.get(field)
    if upload is not None:
        if len(upload.content) > messenger.upload_bytes(kind):
            raise ApiError(413, "Request Entity Too Large")
        return functools.partial(_store, messenger, params, kind, upload)
    if not named:
        raise ApiError(400, f"Bad Request: there is no {kind} in the request")
    if named.startswith(("http://", "https://")):
        raise ApiError(400, "Bad Request: failed to get HTTP URL content")
    file = messenger.file(named)
    if file is None:
        raise ApiError(400, "Bad Request: wrong remote file identifier specified: Wrong string length")
    if file.kind != kind:
        raise ApiError(400, f"Bad Request: can't use file of type {file.kind.title()} as {kind.title()}")
    return functools.partial(messenger.file_media, file)


def _store(messenger: Messenger, params: Params, kind: str, upload: Upload) -> Json:
    extra = {name: params.integer(name) for name in ("duration", "width", "height") if params.text(name)}
    return messenger.file_media(messenger.store_file(kind, upload, extra))


def _coordinate(params: Params, name: str, limit: int) -> float:
    written = params.text(name)
    if not written:
        raise ApiError(400, f"Bad Request: {name} is empty")
    try:
        value = float(written)
    except ValueError:
        value = limit + 1.0
    if not -limit <= value <= limit:
        raise ApiError(400, "Bad Request: wrong location specified")
    return value


def send_location(messenger: Messenger, params: Params) -> Json:
    place = {"latitude": _coordinate(params, "latitude", 90), "longitude": _coordinate(params, "longitude", 180)}
    return _sent(messenger, params, "location", "", [], lambda: {"location": place})


def send_contact(messenger: Messenger, params: Params) -> Json:
    contact = {name: params.text(name) for name in ("phone_number", "first_name", "last_name")}
    for name in ("phone_number", "first_name"):
        if not contact[name]:
            raise ApiError(400, f'Bad Request: parameter "{name}" is required')
    filled = {name: value for name, value in contact.items() if value}
    return _sent(messenger, params, "contact", "", [], lambda: {"contact": filled})


def send_album(messenger: Messenger, params: Params) -> list[Json]:
    items = params.structure("media", "can't parse media JSON object")
    if not isinstance(items, list):
        raise ApiError(400, "Bad Request: expected an Array of InputMedia")
    if not _ALBUM[0] <= len(items) <= _ALBUM[1]:
        few = "few" if len(items) < _ALBUM[0] else "many"
        raise ApiError(400, f"Bad Request: too {few} messages to send as an album")
    parts = [album_part(messenger, params, item) for item in items]
    _permitted(messenger, params)
    album = str(messenger.facts["next_message"])
    return [
        messenger.told(messenger.add(_message(messenger, params, kind, text, entities, media(), album)))
        for kind, text, entities, media in parts
    ]


def album_part(messenger: Messenger, params: Params, item: Any) -> tuple[str, str, list[Json], Callable[[], Json]]:
    """An InputMedia: its kind, its caption with entities, and what stores it and tells its message field."""
    if not isinstance(item, dict):
        raise ApiError(400, "Bad Request: can't parse InputMedia: expected an Object")
    kind = str(item.get("type", ""))
    if kind not in _ALBUM_KINDS:
        raise ApiError(400, f"Bad Request: can't parse InputMedia: type \"{kind}\" can't be used in sendMediaGroup")
    own = Params(item, params.files)
    text, entities = caption_of(messenger, own)
    named = own.text("media")
    bare = messenger.on("album_bare")
    if bare and named.startswith("attach://"):
        raise ApiError(400, "Bad Request: wrong file identifier/HTTP URL specified")
    return kind, text, entities, _source(messenger, own, kind, named, named if bare else "")


def _permitted(messenger: Messenger, params: Params) -> int:
    """The chat id, after everything that can be refused was looked at."""
    chat_id = chat_of(messenger, params)
    messenger.reachable(chat_id)
    reply_to = _reply_to(messenger, params)
    known = messenger.messages.get(reply_to)
    if reply_to and (known is None or known.chat != chat_id or known.deleted) and not _careless(params):
        raise ApiError(400, "Bad Request: message to be replied not found")
    messenger.flood(chat_id)
    return chat_id


def _reply_to(messenger: Messenger, params: Params) -> int:
    if messenger.dialect.own_markdown:
        return params.integer("reply_to_message_id")
    named = params.structure("reply_parameters", "can't parse reply parameters JSON object")
    if isinstance(named, dict):
        return int(named.get("message_id") or 0)
    return params.integer("reply_to_message_id")


def _careless(params: Params) -> bool:
    named = params.structure("reply_parameters", "can't parse reply parameters JSON object")
    return params.flag("allow_sending_without_reply") or (
        isinstance(named, dict) and named.get("allow_sending_without_reply") is True
    )


def _message(
    messenger: Messenger, params: Params, kind: str, text: str, entities: list[Json], media: Json, album: str = ""
) -> Message:
    message = Message(0, chat_of(messenger, params), Sender.BOT, messenger.bot_id, int(messenger.clock()), kind)
    message.text, message.entities, message.media, message.album = text, entities, media, album
    message.reply_to = _reply_to(messenger, params)
    return message


def _sent(
    messenger: Messenger, params: Params, kind: str, text: str, entities: list[Json], media: Callable[[], Json]
) -> Json:
    markup = read_markup(params.values.get("reply_markup"))
    _permitted(messenger, params)
    message = _message(messenger, params, kind, text, entities, media())
    messenger.apply(message, markup)
    told = messenger.told(messenger.add(message))
    if message.chat < 0 and messenger.on("posts_echoed"):
        messenger.update("channel_post", told)
    return told


def pass_on(copied: bool, messenger: Messenger, params: Params) -> Json:
    """forwardMessage and copyMessage: what stands in one chat, once more in another."""
    source = messenger.messages.get(params.integer("message_id"))
    origin = params.text("from_chat_id").strip()
    from_chat = chat_of(messenger, Params({"chat_id": origin}))
    if from_chat not in messenger.by_chat:
        raise ApiError(*messenger.dialect.no_chat)
    if source is None or source.deleted or source.chat != from_chat:
        raise ApiError(400, f"Bad Request: message to {'copy' if copied else 'forward'} not found")
    text, entities, media = source.text, source.entities, source.media
    if copied:
        if params.text("caption"):
            text, entities = caption_of(messenger, params)
        return {"message_id": _sent(messenger, params, source.kind, text, entities, lambda: media)["message_id"]}
    _permitted(messenger, params)
    message = _message(messenger, Params({"chat_id": params.text("chat_id")}), source.kind, text, entities, media)
    message.forward = source.forward or messenger.origin(source)
    return messenger.told(messenger.add(message))


SENDERS: dict[str, Callable[[Messenger, Params], Any]] = {
    "sendMessage": send_text,
    "sendPhoto": functools.partial(send_file, "photo"),
    "sendVoice": functools.partial(send_file, "voice"),
    "sendDocument": functools.partial(send_file, "document"),
    "sendVideo": functools.partial(send_file, "video"),
    "sendAudio": functools.partial(send_file, "audio"),
    "sendAnimation": functools.partial(send_file, "animation"),
    "sendSticker": functools.partial(send_file, "sticker"),
    "forwardMessage": functools.partial(pass_on, False),
    "copyMessage": functools.partial(pass_on, True),
    "sendLocation": send_location,
    "sendContact": send_contact,
    "sendMediaGroup": send_album,
}
