"""The switches of each messenger: numbers that a test sets, and what nobody could establish about Bale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.model import Json, Misuse


@dataclass(frozen=True, slots=True)
class Switch:
    """`point` numbers the open questions listed in docs/sandbox.md; 0 stands for what is known to differ by client,
    or is told by somebody and documented by nobody."""

    name: str
    #: off is what is documented or, where that is silent, seen live; a number where the default is one
    default: bool | int | str
    says: str
    point: int = 0

    def read(self, value: Any) -> bool | int | str:
        """The value as it may be set. Raises Misuse."""
        if type(value) is type(self.default) and (not isinstance(value, int) or value >= 0):
            return value
        wanted = {bool: "true or false", int: "a whole number from 0 on", str: "text"}[type(self.default)]
        raise Misuse(f"{self.name} must be {wanted}")


COMMON = (
    Switch("flood_per_second", 0, "sends and edits allowed in any second; 0 is no limit"),
    Switch("flood_per_chat", 0, "the same in any one chat"),
    Switch("flood_retry_after", 1, "seconds told when above"),
    Switch("query_seconds", 300, "how long a press may be answered"),
    Switch("webhook_any_port", False, "webhooks may stand on any port"),
    Switch("webhook_content_type", "application/json", "what a webhook's requests say they are"),
)

#: On or off, and off by default. Where two contradict each other, the one that stands first wins.
BALE = (
    # What comes in.
    Switch("is_bot_missing", False, "people come without `is_bot`", 1),
    Switch("chat_type_missing", False, "chats come without `type`", 1),
    Switch("chat_instance", False, "presses carry `chat_instance`", 1),
    Switch("press_bare", False, "the message of a press is only its number and its chat, without a date"),
    Switch("old_client", False, "press ids begin with 1, and answers to them are not shown"),
    Switch("date_null", False, "messages have the date null"),
    Switch("date_zero", False, "messages have the date 0"),
    Switch("null_siblings", False, "fields that a message does not have come as null"),
    Switch("entities_missing", False, "no entities at all, as before May 2025", 6),
    Switch("entities_in_letters", False, "offsets and lengths of entities count letters, not UTF-16 units", 6),
    Switch("commands_persian", False, "a command in Persian letters is a `bot_command` entity too", 6),
    Switch("forward_origin", False, "forwarded messages carry this field too, as newer libraries read it"),
    Switch("groups_positive", False, "numbers of groups are above 0", 7),
    Switch("audio_as_document", False, "a piece of music arrives as a document"),
    Switch("payload_cut", False, "of what stands behind `?start=` only the first letters and digits arrive", 12),
    Switch("edits_echoed", False, "what the bot edits comes back to it as `edited_message`"),
    Switch("posts_echoed", False, "what the bot sends to a group comes back to it as `channel_post`"),
    Switch("allowed_honoured", False, "`allowed_updates` narrows what is delivered", 11),
    Switch("offset_refused", False, "a negative offset is refused", 11),
    Switch("polls_race", False, "a second getUpdates does not end the first", 11),
    # What goes out.
    Switch("unknown_refused", False, "what only Telegram documents is refused, in keyboards too", 15),
    Switch("json_refused", False, "a number or an object that does not come as text is refused with 404", 15),
    Switch("copy_refused", False, "buttons that copy a text are refused"),
    Switch("album_refused", False, "sendMediaGroup answers 501", 4),
    Switch("album_bare", False, "albums name their uploads without `attach://`", 4),
    Switch("captions_short", False, "captions up to 200 UTF-16 units"),
    Switch("captions_long", False, "captions up to 4096 UTF-16 units"),
    Switch("uploads_small", False, "uploads up to 20 MB", 9),
    Switch("edits_refused", False, "a message with buttons cannot be changed"),
    Switch("scopes_refused", False, "setMyCommands with a scope or a language is refused", 13),
    Switch("count_as_telegram", False, "getChatMemberCount answers in place of getChatMembersCount", 3),
    # What formats.
    Switch("backslash_escapes", False, "a backslash takes the force from the mark behind it", 5),
    Switch("code_shown", False, "words between backquotes are shown as code", 5),
    Switch("nested_marks", False, "marks inside marks and in the words of a link are read", 5),
    Switch("html_rendered", False, "parse_mode HTML is honoured", 15),
    # What is answered.
    Switch("edit_true", False, "an edit is answered with true", 2),
    Switch("edit_whole", False, "an edit is answered with the whole message", 2),
    Switch("file_path_missing", False, "getFile tells no `file_path`; the file_id serves as one"),
    Switch("file_path_apart", False, "files have a path of their own, and are not found by file_id"),
    Switch("webhook_counts", False, "getWebhookInfo tells more than `url`", 8),
    Switch("chat_extra", False, "getChat tells `accent_color_id` and `max_reaction_count`", 14),
    Switch("refused_with_200", False, "refusals come with HTTP 200"),
    Switch("flood_plain", False, "a 429 is the plain text `local_rate_limited`", 10),
    Switch("flood_bare", False, "a 429 says `bot limit exceed` and not how long to wait", 10),
    Switch("token_not_found", False, "an unknown token is 400 `Bad Request: Token not found`"),
)

_BY_MESSENGER = {"telegram": COMMON, "bale": COMMON + BALE}


def switches(messenger: str) -> dict[str, Switch]:
    """The switches of "telegram" or "bale" by name."""
    return {switch.name: switch for switch in _BY_MESSENGER[messenger]}


def settings(messenger: str, given: Mapping[str, Any]) -> Json:
    """Every switch with its value, as given or by default. Raises Misuse."""
    known = switches(messenger)
    return {name: switch.default for name, switch in known.items()} | {
        name: chosen(messenger, name).read(value) for name, value in given.items()
    }


def chosen(messenger: str, name: str) -> Switch:
    """Raises Misuse for a name that the messenger has not."""
    known = switches(messenger)
    if name not in known:
        raise Misuse(f"{messenger} has the switches: {', '.join(known)}")
    return known[name]
