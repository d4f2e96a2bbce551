"""What each Bot API method does, told apart from how it is asked for and how it fails on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.buttons import read_markup
from sandbox.chats import CHAT_METHODS
from sandbox.files import DOWNLOAD_BYTES
from sandbox.messenger import Messenger
from sandbox.model import ApiError, Json, Message, Sender
from sandbox.sending import SENDERS, album_part, caption_of, chat_of, shown_text
from sandbox.webhooks import WEBHOOKS
from sandbox.wire import Params

#: seconds after which Telegram lets nobody delete a message for everyone
_DELETE_SECONDS = 48 * 3600
_ANSWER_CHARACTERS = 200
_MOST_COMMANDS = 100


def get_me(messenger: Messenger, _params: Params) -> Json:
    powers = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
    return messenger.bot_user() | ({} if messenger.dialect.own_markdown else powers)


def get_chat(messenger: Messenger, params: Params) -> Json:
    chat_id = chat_of(messenger, params)
    if chat_id not in messenger.by_chat:
        raise ApiError(*messenger.dialect.no_chat)
    needed = {"accent_color_id": 0, "max_reaction_count": 11}
    if messenger.dialect.own_markdown:
        return messenger.chat(chat_id) | (needed if messenger.on("chat_extra") else {})
    return messenger.chat(chat_id) | needed | {"accepted_gift_types": {}}


def get_file(messenger: Messenger, params: Params) -> Json:
    file = messenger.file(params.text("file_id"))
    if file is None:
        raise ApiError(400, "Bad Request: invalid file_id")
    if file.size > DOWNLOAD_BYTES:
        raise ApiError(400, "Bad Request: file is too big")
    told = {"file_id": params.text("file_id"), "file_unique_id": file.unique_id, "file_size": file.size}
    return told if messenger.on("file_path_missing") else {**told, "file_path": messenger.path(file)}


def _own_message(messenger: Messenger, params: Params, verb: str) -> Message:
    chat_id = chat_of(messenger, params)
    if chat_id not in messenger.by_chat:
        raise ApiError(*messenger.dialect.no_chat)
    message = messenger.messages.get(params.integer("message_id"))
    if message is None or message.deleted or message.chat != chat_id:
        raise ApiError(400, f"Bad Request: message to {verb} not found")
    if verb == "edit" and message.sender is not Sender.BOT:
        raise ApiError(400, "Bad Request: message can't be edited")
    return message


def edit_text(messenger: Messenger, params: Params) -> Any:
    text, entities = shown_text(messenger, params, too_long="MESSAGE_TOO_LONG")
    message = _own_message(messenger, params, "edit")
    if message.kind != "text":
        raise ApiError(400, "Bad Request: there is no text in the message to edit")
    return _edited(messenger, params, message, text, entities)


def edit_caption(messenger: Messenger, params: Params) -> Any:
    text, entities = caption_of(messenger, params)
    message = _own_message(messenger, params, "edit")
    if message.kind not in ("photo", "voice", "document", "video", "audio", "animation"):
        raise ApiError(400, "Bad Request: there is no caption in the message to edit")
    return _edited(messenger, params, message, text, entities)


def edit_media(messenger: Messenger, params: Params) -> Any:
    kind, text, entities, media = album_part(
        messenger, params, params.structure("media", "can't parse media JSON object")
    )
    message = _own_message(messenger, params, "edit")
    # Neither a voice nor a message without media, nor a part of an album into a file.
    if message.kind not in ("photo", "document", "video") or (message.album and kind == "document"):
        raise ApiError(400, "Bad Request: message can't be edited")
    inline = read_markup(params.values.get("reply_markup"), only_inline=True).inline
    messenger.reachable(message.chat)
    messenger.flood(message.chat)
    message.kind, message.media = kind, media()
    message.text, message.entities, message.inline = text, entities, inline
    message.edited = int(messenger.clock())
    messenger.changed(message, "edit")
    return messenger.told(message)


def edit_markup(messenger: Messenger, params: Params) -> Any:
    message = _own_message(messenger, params, "edit")
    return _edited(messenger, params, message, message.text, message.entities)


def _edited(messenger: Messenger, params: Params, message: Message, text: str, entities: list[Json]) -> Any:
    inline = read_markup(params.values.get("reply_markup"), only_inline=True).inline
    messenger.reachable(message.chat)
    if (text, entities, inline) == (message.text, message.entities, message.inline):
        same = "specified new message content and reply markup are exactly the same as a current content"
        raise ApiError(400, f"Bad Request: message is not modified: {same} and reply markup of the message")
    if message.inline and messenger.on("edits_refused"):
        raise ApiError(400, "Bad Request: this message is not changed")
    messenger.flood(message.chat)
    message.text, message.entities, message.inline = text, entities, inline
    message.edited = int(messenger.clock())
    messenger.changed(message, "edit")
    told = messenger.told(message)
    if messenger.on("edits_echoed"):
        messenger.update("edited_message", told)
    if not messenger.dialect.own_markdown:
        return told
    return True if messenger.on("edit_true") else told if messenger.on("edit_whole") else {"message_id": 0}


def delete_message(messenger: Messenger, params: Params) -> bool:
    message = _own_message(messenger, params, "delete")
    if messenger.clock() - message.date > _DELETE_SECONDS:
        raise ApiError(400, "Bad Request: message can't be deleted for everyone")
    message.deleted = True
    messenger.changed(message, "delete")
    return True


def answer_query(messenger: Messenger, params: Params) -> bool:
    text = params.text("text")
    query = messenger.queries.get(params.text("callback_query_id"))
    if query is None or messenger.clock() - query.date > messenger.switch("query_seconds"):
        why = "query is too old and response timeout expired or query ID is invalid"
        raise ApiError(400, f"Bad Request: {why}")
    if len(text) > _ANSWER_CHARACTERS:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    message = messenger.messages[query.message_id]
    # Old Bale clients, known by the first digit, cannot show an answer; the Bot API says yes all the same.
    shown = not (messenger.dialect.own_markdown and query.id.startswith("1"))
    answer = {"query": query.id, "person": query.person, "text": text, "alert": params.flag("show_alert")}
    message.answers.append({**answer, "shown": shown, "url": params.text("url")})
    messenger.changed(message, "answer")
    return True


def chat_action(messenger: Messenger, params: Params) -> bool:
    chat_id = chat_of(messenger, params)
    if params.text("action") not in messenger.dialect.actions:
        raise ApiError(400, "Bad Request: wrong parameter action in request")
    messenger.reachable(chat_id)
    return True


def _commands_key(params: Params) -> str:
    scope = params.structure("scope", "can't parse BotCommandScope") or {}
    return f"{scope.get('type', 'default')}/{params.text('language_code')}"


def set_commands(messenger: Messenger, params: Params) -> bool:
    commands = params.structure("commands", "can't parse commands JSON object")
    if not isinstance(commands, list):
        raise ApiError(400, "Bad Request: expected an Array of BotCommand")
    if len(commands) > _MOST_COMMANDS:
        raise ApiError(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not isinstance(command, dict):
            raise ApiError(400, "Bad Request: can't parse BotCommand: expected an Object")
        name, description = str(command.get("command", "")), str(command.get("description", ""))
        if not _good_command(name):
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(description.strip()) <= 256:
            raise ApiError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    messenger.facts["commands"][_commands_key(params)] = commands
    _commands_changed(messenger)
    return True


def _good_command(name: str) -> bool:
    name = name.removeprefix("/")
    return 1 <= len(name) <= 32 and name.isascii() and name.replace("_", "a").isalnum() and name == name.lower()


def get_commands(messenger: Messenger, params: Params) -> list[Json]:
    return list(messenger.facts["commands"].get(_commands_key(params), []))


def delete_commands(messenger: Messenger, params: Params) -> bool:
    messenger.facts["commands"].pop(_commands_key(params), None)
    _commands_changed(messenger)
    return True


def _commands_changed(messenger: Messenger) -> None:
    messenger.keep_facts()
    messenger.pulse.happen("commands", messenger.dialect.name)


def commands_menu(messenger: Messenger) -> list[Json]:
    """The commands that a person sees in a private chat: of the lists that the bot has set, the narrowest."""
    for key in ("all_private_chats/fa", "all_private_chats/", "default/fa", "default/"):
        if found := messenger.facts["commands"].get(key):
            return list(found)
    return []


#: every method but getUpdates, which waits and is therefore done in sandbox/botapi.py
METHODS: dict[str, Callable[[Messenger, Params], Any]] = {
    "getMe": get_me,
    "getChat": get_chat,
    **CHAT_METHODS,
    "getFile": get_file,
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_query,
    "sendChatAction": chat_action,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    **SENDERS,
    **WEBHOOKS,
}
