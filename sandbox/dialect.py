"""What each messenger's Bot API knows: methods, their parameters, first numbers and words of refusal."""

from __future__ import annotations

from dataclasses import dataclass

_SEND = (
    "business_connection_id chat_id message_thread_id direct_messages_topic_id disable_notification protect_content "
    "allow_paid_broadcast message_effect_id suggested_post_parameters reply_parameters reply_to_message_id "
    "allow_sending_without_reply reply_markup"
)
_CAPTION = "caption parse_mode caption_entities"
_LINKS = "link_preview_options disable_web_page_preview"
_PASSED = (
    "chat_id from_chat_id message_id message_thread_id direct_messages_topic_id disable_notification protect_content "
    "message_effect_id suggested_post_parameters video_start_timestamp"
)
_MESSAGE = "business_connection_id chat_id message_id inline_message_id"

_TELEGRAM = {
    "getMe": "",
    "getUpdates": "offset limit timeout allowed_updates",
    "setWebhook": "url certificate ip_address max_connections allowed_updates drop_pending_updates secret_token",
    "deleteWebhook": "drop_pending_updates",
    "getWebhookInfo": "",
    "sendMessage": f"{_SEND} text parse_mode entities {_LINKS}",
    "sendPhoto": f"{_SEND} {_CAPTION} photo show_caption_above_media has_spoiler",
    "sendVoice": f"{_SEND} {_CAPTION} voice duration",
    "sendDocument": f"{_SEND} {_CAPTION} document thumbnail disable_content_type_detection",
    "sendVideo": f"{_SEND} {_CAPTION} video duration width height thumbnail cover start_timestamp "
    "show_caption_above_media has_spoiler supports_streaming",
    "sendAudio": f"{_SEND} {_CAPTION} audio duration performer title thumbnail",
    "sendAnimation": f"{_SEND} {_CAPTION} animation duration width height thumbnail "
    "show_caption_above_media has_spoiler",
    "sendSticker": f"{_SEND} sticker emoji",
    "sendLocation": f"{_SEND} latitude longitude horizontal_accuracy live_period heading proximity_alert_radius",
    "sendContact": f"{_SEND} phone_number first_name last_name vcard",
    "sendMediaGroup": f"{_SEND} media",
    "sendChatAction": "business_connection_id chat_id message_thread_id action",
    "forwardMessage": _PASSED,
    "copyMessage": f"{_SEND} {_PASSED} {_CAPTION} show_caption_above_media",
    "editMessageText": f"{_MESSAGE} text parse_mode entities {_LINKS} reply_markup",
    "editMessageCaption": f"{_MESSAGE} {_CAPTION} show_caption_above_media reply_markup",
    "editMessageMedia": f"{_MESSAGE} media reply_markup",
    "editMessageReplyMarkup": f"{_MESSAGE} reply_markup",
    "deleteMessage": "chat_id message_id",
    "answerCallbackQuery": "callback_query_id text show_alert url cache_time",
    "setMyCommands": "commands scope language_code",
    "getMyCommands": "scope language_code",
    "deleteMyCommands": "scope language_code",
    "getFile": "file_id",
    "getChat": "chat_id",
    "getChatAdministrators": "chat_id return_bots",
    "getChatMember": "chat_id user_id",
    "getChatMemberCount": "chat_id",
}

_BALE_SEND = "chat_id reply_to_message_id reply_markup"
_BALE = {
    "getMe": "",
    "getUpdates": "offset limit timeout",
    "setWebhook": "url",
    "deleteWebhook": "",
    "getWebhookInfo": "",
    "sendMessage": f"{_BALE_SEND} text",
    "sendPhoto": f"{_BALE_SEND} photo caption",
    "sendVoice": f"{_BALE_SEND} voice caption duration",
    "sendDocument": f"{_BALE_SEND} document caption",
    "sendVideo": f"{_BALE_SEND} video caption duration width height",
    "sendAudio": f"{_BALE_SEND} audio caption duration title",
    "sendAnimation": f"{_BALE_SEND} animation caption duration width height",
    "sendSticker": f"{_BALE_SEND} sticker",
    "sendLocation": f"{_BALE_SEND} latitude longitude horizontal_accuracy",
    "sendContact": f"{_BALE_SEND} phone_number first_name last_name",
    "sendMediaGroup": "chat_id media reply_to_message_id",
    "sendChatAction": "chat_id action",
    "forwardMessage": "chat_id from_chat_id message_id",
    "copyMessage": "chat_id from_chat_id message_id",
    "editMessageText": "chat_id message_id text reply_markup",
    "editMessageCaption": "chat_id message_id caption reply_markup",
    "editMessageReplyMarkup": "chat_id message_id reply_markup",
    "deleteMessage": "chat_id message_id",
    "answerCallbackQuery": "callback_query_id text show_alert",
    "setMyCommands": "commands",
    "getMyCommands": "",
    "deleteMyCommands": "",
    "getFile": "file_id",
    "getChat": "chat_id",
    "getChatAdministrators": "chat_id",
    "getChatMember": "chat_id user_id",
    "getChatMembersCount": "chat_id",
    "getChatMemberCount": "chat_id",
}
_BALE_UNBUILT = "setMyName setMyDescription setMyShortDescription getMyName getMyDescription getMyShortDescription"

_TELEGRAM_ACTIONS = (
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note"
)
_BALE_ACTIONS = "typing upload_photo record_video upload_video record_voice upload_voice choose_sticker"


@dataclass(frozen=True, slots=True)
class Dialect:
    name: str
    #: method in lower case → method as documented
    names: dict[str, str]
    #: method → parameters that have an effect
    methods: dict[str, frozenset[str]]
    #: method → further parameters that are taken without a word and without effect
    ignored: dict[str, frozenset[str]]
    #: lower case, answered with 501
    unbuilt: frozenset[str]
    actions: frozenset[str]
    bad_token: tuple[int, str]
    no_chat: tuple[int, str]
    blocked: tuple[int, str]
    first_update: int
    group_type: str
    #: every text is Bale Markdown, whatever parse_mode says
    own_markdown: bool

    def canonical(self, method: str) -> str | None:
        """The method as documented, whatever its case; None when it is unknown."""
        return self.names.get(method.lower())


def _table(methods: dict[str, str]) -> dict[str, frozenset[str]]:
    return {name: frozenset(parameters.split()) for name, parameters in methods.items()}


TELEGRAM = Dialect(
    name="telegram",
    names={name.lower(): name for name in _TELEGRAM},
    methods=_table(_TELEGRAM),
    ignored={name: frozenset() for name in _TELEGRAM},
    unbuilt=frozenset(),
    actions=frozenset(_TELEGRAM_ACTIONS.split()),
    bad_token=(401, "Unauthorized"),
    no_chat=(400, "Bad Request: chat not found"),
    blocked=(403, "Forbidden: bot was blocked by the user"),
    first_update=730_000_001,
    group_type="supergroup",
    own_markdown=False,
)

BALE = Dialect(
    name="bale",
    names={name.lower(): name for name in _BALE},
    methods=_table(_BALE),
    # Many public bots send Bale what only Telegram documents and are not refused, so it is ignored there.
    ignored=_table({name: _TELEGRAM.get(name, "") for name in _BALE}),
    unbuilt=frozenset(_BALE_UNBUILT.lower().split()),
    actions=frozenset(_BALE_ACTIONS.split()),
    bad_token=(404, "Not Found"),
    no_chat=(404, "no such group or user"),
    blocked=(403, "Forbidden: permission_denied"),
    first_update=0,
    group_type="group",
    own_markdown=True,
)

DIALECTS = {dialect.name: dialect for dialect in (TELEGRAM, BALE)}
