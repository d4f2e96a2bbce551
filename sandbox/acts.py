"""What a person can do in a chat, turned into the updates that the messenger would send for it."""

from __future__ import annotations

import json
import re
from typing import Any

from sandbox import bale
from sandbox.files import sample
from sandbox.markup import found_entities
from sandbox.messenger import Messenger
from sandbox.model import Json, Message, Misuse, Sender, Upload

#: direction marks that a label may carry and that nobody types
_UNSEEN = re.compile("[\u200e\u200f\u2066-\u2069]")


def write(
    messenger: Messenger, person: int, kind: str, *, chat: int | None, text: str = "", media: Json | None = None,
    album: str = "", reply_to: int = 0, forward: Json | None = None,
) -> Message:  # fmt: skip
    """A message from the person; whoever had blocked the bot lets it in again by writing, as in the real apps."""
    with messenger.store.together():
        messenger.person(person)
        where = person if chat is None else chat
        messenger.chat(where)  # refuses a number that neither a person nor a group has
        if where in messenger.facts["blocked"]:
            set_blocked(messenger, person, False)
        text = bale.started(text, messenger.on)
        message = Message(0, where, Sender.PERSON, person, int(messenger.clock()), kind, text)
        message.entities = _entities(messenger, text)
        message.media, message.album, message.reply_to = media or {}, album, reply_to
        message.forward = forward or {}
        messenger.add(message)
        messenger.update("message", messenger.told(message))
    return message


def send_file(
    messenger: Messenger, person: int, kind: str, upload: Upload | None, *, chat: int | None, caption: str, extra: Json,
    album: str = "",
) -> Message:  # fmt: skip
    with messenger.store.together():
        file = messenger.store_file(kind, upload or sample(kind), extra)
        media = messenger.file_media(file)
        return write(messenger, person, kind, chat=chat, text=caption, media=media, album=album)


def send_album(
    messenger: Messenger, person: int, photos: list[Upload | None], *, chat: int | None, caption: str
) -> list[Message]:
    """Photos that belong together arrive as separate messages with one media_group_id; the first has the caption."""
    with messenger.store.together():
        album = f"album{messenger.facts['next_message']}"
        return [
            send_file(messenger, person, "photo", one, chat=chat, caption="" if at else caption, extra={}, album=album)
            for at, one in enumerate(photos)
        ]


def forward(
    messenger: Messenger, person: int, author: int | None, text: str, message_id: int | None, *, hidden: bool,
    chat: int | None,
) -> Message:  # fmt: skip
    """Something that `author` wrote elsewhere, or a message of the person's own chat with the bot, passed on."""
    if (author is None) == (message_id is None):
        raise Misuse("name either author, who wrote the text, or message_id, what to pass on from this chat")
    if author is not None:
        if not text.strip():
            raise Misuse("text, what the author wrote, is missing")
        origin = messenger.origin_by(author, int(messenger.clock()), hidden)
        return write(messenger, person, "text", chat=chat, text=text, forward=origin)
    source = messenger.messages.get(message_id or 0)
    if source is None or source.deleted or source.chat != person:
        raise Misuse(f"there is no message {message_id} in the chat of person {person}")
    origin = source.forward or messenger.origin(source, hidden)
    return write(messenger, person, source.kind, chat=chat, text=source.text, media=source.media, forward=origin)


def edit(messenger: Messenger, person: int, message_id: int, text: str) -> Message:
    message = messenger.messages.get(message_id)
    if message is None or message.sender is not Sender.PERSON or message.person != person or message.forward:
        raise Misuse(f"person {person} wrote no message {message_id}")
    with messenger.store.together():
        message.text = text
        message.entities = _entities(messenger, text)
        message.edited = int(messenger.clock())
        messenger.changed(message, "edit")
        messenger.update("edited_message", messenger.told(message))
    return message


def _entities(messenger: Messenger, text: str) -> list[Json]:
    return found_entities(text, messenger.dialect.own_markdown, messenger.on("commands_persian"))


def set_blocked(messenger: Messenger, person: int, blocked: bool) -> None:
    messenger.person(person)
    others = [one for one in messenger.facts["blocked"] if one != person]
    with messenger.store.together():
        messenger.facts["blocked"] = [*others, person] if blocked else others
        messenger.keep_facts()
        if not messenger.dialect.own_markdown:
            _membership(messenger, person, blocked)
    messenger.pulse.happen("blocked" if blocked else "unblocked", messenger.dialect.name, person)


def _membership(messenger: Messenger, person: int, blocked: bool) -> None:
    states = ["member", "kicked"] if blocked else ["kicked", "member"]
    old, new = (
        {"user": messenger.bot_user(), "status": state} | ({"until_date": 0} if state == "kicked" else {})
        for state in states
    )
    who = messenger.user(messenger.person(person))
    body = {"chat": messenger.chat(person), "from": who, "date": int(messenger.clock())}
    messenger.update("my_chat_member", {**body, "old_chat_member": old, "new_chat_member": new})


# --- buttons ---------------------------------------------------------------------------------------------------------


def press_text(messenger: Messenger, person: int, text: str, chat: int, message_id: int | None) -> Json:
    """Presses the newest button with this label: an inline one, or one of the reply keyboard as it stands."""
    keyboard_seen = False
    for message in reversed(messenger.by_chat.get(chat, [])):
        if message.sender is not Sender.BOT or message.deleted or message_id not in (None, message.message_id):
            continue
        button = _labelled(message.inline, text)
        if button is not None:
            return _press_inline(messenger, person, message, button)
        if message.keyboard is not None and not keyboard_seen:
            keyboard_seen = True
            button = _labelled(message.keyboard, text)
            if button is not None:
                return _press_plain(messenger, person, chat, button)
    raise Misuse(f"there is no such button; there are: {', '.join(labels(messenger, chat)) or 'none'}")


def press_data(messenger: Messenger, person: int, data: str, chat: int, message_id: int | None, forged: bool) -> Json:
    """Presses the newest button with this data; a forged press needs no button, only some message of the bot."""
    for message in reversed(messenger.by_chat.get(chat, [])):
        if message.sender is not Sender.BOT or message_id not in (None, message.message_id):
            continue
        if forged or (not message.deleted and _with_data(message, data)):
            return _callback(messenger, person, message, data)
    if forged:
        raise Misuse("a forged press needs a message of the bot in that chat")
    raise Misuse(f"there is no button with that data; there are: {', '.join(labels(messenger, chat)) or 'none'}")


def labels(messenger: Messenger, chat: int) -> list[str]:
    """Every label that could be pressed in the chat, newest message first."""
    found: list[str] = []
    keyboard_seen = False
    for message in reversed(messenger.by_chat.get(chat, [])):
        if message.sender is not Sender.BOT or message.deleted:
            continue
        rows = list(message.inline)
        if message.keyboard is not None and not keyboard_seen:
            keyboard_seen = True
            rows += message.keyboard
        found += [str(button["text"]) for row in rows for button in row]
    return found


def _labelled(rows: list[list[Json]], text: str) -> Json | None:
    wanted = _UNSEEN.sub("", text).strip()
    for row in rows:
        for button in row:
            if button["text"] == text or _UNSEEN.sub("", button["text"]).strip() == wanted:
                return button
    return None


def _with_data(message: Message, data: str) -> bool:
    return any(button.get("callback_data") == data for row in message.inline for button in row)


def _press_inline(messenger: Messenger, person: int, message: Message, button: Json) -> Json:
    if "callback_data" in button:
        return _callback(messenger, person, message, button["callback_data"])
    for name in ("url", "copy_text", "web_app"):
        if name in button:
            return {name: button[name]}
    raise Misuse("that button does nothing here")


def _press_plain(messenger: Messenger, person: int, chat: int, button: Json) -> Json:
    if button.get("request_contact"):
        return {"message_id": contact(messenger, person, None, None, chat=None).message_id}
    if button.get("request_location"):
        return {"message_id": location(messenger, person, None, None, chat=None).message_id}
    return {"message_id": write(messenger, person, "text", chat=chat, text=button["text"]).message_id}


def _callback(messenger: Messenger, person: int, message: Message, data: str) -> Json:
    with messenger.store.together():
        first = "1" if messenger.on("old_client") else "4"
        query_id = f"{first}{messenger.bot_id % 10**6:06d}{messenger.number('query'):011d}"
        messenger.ask(message.message_id, person, query_id)
        body: Json = {"id": query_id, "from": messenger.user(messenger.person(person))}
        told = messenger.told(message)
        if messenger.on("press_bare"):
            told = {name: told[name] for name in ("message_id", "chat")}
        body |= {"message": told, "data": data}
        if not messenger.dialect.own_markdown or messenger.on("chat_instance"):
            body["chat_instance"] = str(message.chat * 1_000_003)
        messenger.update("callback_query", body)
    return {"query": query_id, "message_id": message.message_id}


# --- places, contacts, and what no person could write ----------------------------------------------------------------


def location(
    messenger: Messenger, person: int, latitude: float | None, longitude: float | None, *, chat: int | None
) -> Message:
    place = dict(messenger.cast["place"])
    if latitude is not None and longitude is not None:
        place = {"latitude": latitude, "longitude": longitude}
    return write(messenger, person, "location", chat=chat, media={"location": place})


def contact(messenger: Messenger, person: int, phone: str | None, owner: int | None, *, chat: int | None) -> Message:
    """The person's own card, or somebody else's when a phone or an owner is named (owner 0: nobody's account)."""
    whose = messenger.person(person if owner is None else owner) if owner != 0 else None
    card: Json = {"phone_number": phone or (whose.phone if whose else messenger.cast["anybody"]["phone"])}
    card["first_name"] = whose.first_name if whose else messenger.cast["anybody"]["first_name"]
    if whose is not None:
        card["user_id"] = whose.id
    return write(messenger, person, "contact", chat=chat, media={"contact": card})


def raw(messenger: Messenger, update: Any) -> int:
    """Any JSON value as an update; an object without an update_id gets the next one. The number is returned."""
    if not isinstance(update, dict):
        return raw_text(messenger, json.dumps(update))
    try:
        json.dumps(update)
    except RecursionError:
        raise Misuse("update is nested too deeply") from None
    with messenger.store.together():
        if not isinstance(update.get("update_id"), int):
            update = {"update_id": messenger.number("update"), **update}
        messenger.queue(update["update_id"], json.dumps(update))
    return int(update["update_id"])


def raw_text(messenger: Messenger, body: str) -> int:
    """`body` is delivered letter by letter; an object without an update_id gets one written in at its start."""
    try:
        read = json.loads(body)
    except ValueError:
        read = None
    except RecursionError:
        raise Misuse("raw_text is nested too deeply for the sandbox to find its update_id") from None
    with messenger.store.together():
        if isinstance(read, dict) and isinstance(read.get("update_id"), int):
            number = int(read["update_id"])
        else:
            number = messenger.number("update")
            if isinstance(read, dict):
                comma = "," if read else ""
                body = body.replace("{", f'{{"update_id":{number}{comma}', 1)
        messenger.queue(number, body)
    return number
