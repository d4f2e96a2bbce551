"""The methods that tell of a chat and of who is in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.messenger import Messenger
from sandbox.model import ApiError, Json
from sandbox.sending import chat_of
from sandbox.wire import Params

#: what Telegram tells of an administrator beside their standing, and of whoever made the group
_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories",
)  # fmt: skip


def _chat(messenger: Messenger, params: Params) -> int:
    chat_id = chat_of(messenger, params)
    if chat_id not in messenger.by_chat:
        raise ApiError(*messenger.dialect.no_chat)
    return chat_id


def get_member(messenger: Messenger, params: Params) -> Json:
    standing = messenger.members(_chat(messenger, params))
    user_id = params.integer("user_id")
    if user_id not in standing:
        # Telegram knows whoever it has once seen; Bale says of a person what it says of a chat.
        known = user_id in messenger.people and not messenger.dialect.own_markdown
        if not known:
            refusal = (400, "Bad Request: user not found")
            raise ApiError(*(messenger.dialect.no_chat if messenger.dialect.own_markdown else refusal))
        return {"status": "left", "user": messenger.author(user_id)}
    return _told(messenger, user_id, standing[user_id])


def get_administrators(messenger: Messenger, params: Params) -> list[Json]:
    chat_id = _chat(messenger, params)
    if chat_id > 0:
        raise ApiError(400, "Bad Request: there are no administrators in the private chat")
    told = [_told(messenger, user, status) for user, status in messenger.members(chat_id).items() if status != "member"]
    with_bots = messenger.dialect.own_markdown or params.flag("return_bots")
    return [one for one in told if with_bots or one["user"]["id"] != messenger.bot_id]


def count_members(messenger: Messenger, params: Params) -> int:
    return len(messenger.members(_chat(messenger, params)))


def _told(messenger: Messenger, user_id: int, status: str) -> Json:
    told: Json = {"status": status, "user": messenger.author(user_id)}
    if messenger.dialect.own_markdown or status == "member":
        return told
    return {**told, **dict.fromkeys(_RIGHTS if status == "administrator" else ("is_anonymous",), False)}


CHAT_METHODS: dict[str, Callable[[Messenger, Params], Any]] = {
    "getChatMember": get_member,
    "getChatAdministrators": get_administrators,
    "getChatMemberCount": count_members,
    "getChatMembersCount": count_members,
}
