"""Reads a raw update field by field: what is missing or of a wrong type is passed over, nothing else is lost."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from domain.incoming import Incoming, Kind

Object: TypeAlias = Mapping[str, Any]

_NOTHING: Object = {}
_MOST = 2**63 - 1  # what a database's integer holds

#: Kinds of picture that we can draw anew.
_PICTURES = ("image/jpeg", "image/png", "image/webp")
#: Looked for in this order: an animation also carries a document, a venue also a location.
_FILES = (
    ("voice", Kind.VOICE),
    ("video", Kind.VIDEO),
    ("video_note", Kind.VIDEO),
    ("animation", Kind.VIDEO),
    ("audio", Kind.AUDIO),
    ("document", Kind.DOCUMENT),
    ("sticker", Kind.STICKER),
)
#: Videos to us, and not to a messenger: it refuses to send one as a video by its number.
_OTHER_KINDS = ("video_note", "animation")
#: What a file is that came as a plain document: some clients attach sound and films so.
_BY_MIME = {"video": Kind.VIDEO, "audio": Kind.AUDIO}
_FORWARDED = ("forward_origin", "forward_from", "forward_from_chat", "forward_sender_name", "forward_date")
_MEMBERS = ("new_chat_members", "new_chat_member", "left_chat_member")


class Unreadable(Exception):
    """An update that names neither a chat nor a person. `reason` is our own words and safe to log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_update(update: Object) -> Incoming:
    """Raises Unreadable if no chat and no person can be made out."""
    if not isinstance(update, dict):
        raise Unreadable("the update is not an object")
    number = _number(update.get("update_id")) or 0
    if press := _object(update, "callback_query"):
        return _press(number, press)
    for name in ("message", "channel_post"):
        if message := _object(update, name):
            return _message(number, message)
    for name in ("edited_message", "edited_channel_post"):
        if message := _object(update, name):
            return _message(number, message, edited=True)
    for name in ("my_chat_member", "chat_member"):
        if change := _object(update, name):
            status = _words(_object(change, "new_chat_member").get("status"))
            return Incoming(update=number, kind=Kind.MEMBER, data=status, date=_date(change), **_who(change))
    for value in update.values():
        if isinstance(value, dict):
            return Incoming(update=number, kind=Kind.OTHER, **_who(value))
    raise Unreadable("the update holds nothing that a person did")


def _press(number: int, press: Object) -> Incoming:
    message = _object(press, "message")
    return Incoming(
        update=number,
        kind=Kind.PRESS,
        message=_positive(message.get("message_id")),
        data=_words(press.get("data")),
        press=_label(press.get("id")),
        **_who({"from": press.get("from"), "chat": message.get("chat")}),
    )


def _message(number: int, message: Object, edited: bool = False) -> Incoming:
    who = _who(message)
    kind, found = _content(message)
    # The newer shape of a forwarded message counts more than the older one.
    author = _object(_object(message, "forward_origin"), "sender_user") or _object(message, "forward_from")
    return Incoming(
        update=number,
        kind=Kind.EDITED if edited else kind,
        message=_positive(message.get("message_id")),
        text=_words(message.get("text")) or _words(message.get("caption")),
        album=_label(message.get("media_group_id")),
        forwarded=any(message.get(name) for name in _FORWARDED),
        forwarded_user=None if author.get("is_bot") is True else _positive(author.get("id")),
        other_name=_words((_object(message, "contact") or author).get("first_name")),
        date=_date(message),
        **who,
        **found,
    )


def _who(source: Object) -> dict[str, Any]:
    """Chat and person. A private chat has the person's number, so that either stands in for the other.

    One that claims to be private and has another number is not taken for private: the answer would go to a stranger.
    """
    sender, place = _object(source, "from"), _object(source, "chat")
    user, chat, kind = _positive(sender.get("id")), _number(place.get("id")) or None, place.get("type")
    if user is None and chat is None:
        raise Unreadable("the update names neither a chat nor a person")
    if not isinstance(kind, str):
        kind = "private" if chat is None or chat == user else ""
    private = kind == "private" and (user if chat is None else chat) == (chat if user is None else user)
    return {
        "chat": user if chat is None else chat,
        "user": chat if user is None and private else user,
        "private": private,
        "name": _words(sender.get("first_name")),
        "language": _words(sender.get("language_code")),
        "title": _words(place.get("title")),
    }


def _content(message: Object) -> tuple[Kind, dict[str, Any]]:
    if isinstance(message.get("text"), str):
        return Kind.TEXT, {}
    if file_id := _largest_photo(message.get("photo")):
        return Kind.PHOTO, {"file_id": file_id}
    for name, kind in _FILES:
        file = _object(message, name)
        if file_id := _words(file.get("file_id")):
            mime = _words(file.get("mime_type"))
            if name == "document" and (found := _BY_MIME.get(mime.partition("/")[0])):
                kind = found
            picture = kind is Kind.DOCUMENT and mime in _PICTURES
            size = _positive(file.get("file_size")) or 0
            other = name in _OTHER_KINDS or (name == "document" and kind is not Kind.DOCUMENT)
            return kind, {"file_id": file_id, "picture": picture, "size": size, "other_kind": other}
    if contact := _object(message, "contact"):
        phone, user = _words(contact.get("phone_number")), _positive(contact.get("user_id"))
        return Kind.CONTACT, {"contact_phone": phone, "contact_user": user}
    if place := _object(message, "location") or _object(_object(message, "venue"), "location"):
        latitude, longitude = _degrees(place.get("latitude"), 90), _degrees(place.get("longitude"), 180)
        if latitude is not None and longitude is not None:
            return Kind.LOCATION, {"latitude": latitude, "longitude": longitude}
    return (Kind.MEMBER if any(message.get(name) for name in _MEMBERS) else Kind.OTHER), {}


def _largest_photo(photo: object) -> str:
    sizes = [size for size in photo if isinstance(size, dict)] if isinstance(photo, list) else []
    with_file = [size for size in sizes if _words(size.get("file_id"))]
    if not with_file:
        return ""
    # By area where it is told; the messengers list sizes from small to large, so the last of equals is right.
    best = max(reversed(with_file), key=lambda size: _positive(size.get("width")) or 0)
    return _words(best.get("file_id"))


def _object(source: Object, name: str) -> Object:
    value = source.get(name)
    return value if isinstance(value, dict) else _NOTHING


def _words(value: object) -> str:
    """The text without NUL and lone surrogates, which no database keeps; anything else than text is nothing."""
    if not isinstance(value, str):
        return ""
    if value.isascii():
        return value.replace("\0", "")
    return value.replace("\0", "").encode("utf-8", "ignore").decode()


def _label(value: object) -> str:
    number = _number(value)
    return _words(value) if number is None or isinstance(value, str) else str(number)


def _number(value: object) -> int | None:
    """A whole number, also when it came as digits in a string."""
    if isinstance(value, str) and len(value) < 20 and value.isascii() and value.removeprefix("-").isdigit():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and -_MOST <= value <= _MOST:
        return value
    return None


def _positive(value: object) -> int | None:
    number = _number(value)
    return number if number is not None and number > 0 else None


def _date(source: Object) -> int | None:
    return _positive(source.get("date"))


def _degrees(value: object, most: int) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and -most <= value <= most:
        return float(value)
    return None
