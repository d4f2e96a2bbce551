"""The Bot API's published types as data, and updates made by them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

#: Written down from the published documentation: a type, then its fields. `?` marks what may be missing, `[]` a list.
PUBLISHED = """
Update: update_id int, message Message?, edited_message Message?, channel_post Message?, edited_channel_post Message?,
 business_message Message?, message_reaction Reaction?, inline_query InlineQuery?, chosen_inline_result Chosen?,
 callback_query CallbackQuery?, shipping_query Shipping?, pre_checkout_query Checkout?, poll Poll?,
 poll_answer PollAnswer?, my_chat_member ChatMemberUpdated?, chat_member ChatMemberUpdated?,
 chat_join_request JoinRequest?, chat_boost Boost?, purchased_paid_media PaidMediaPurchased?
User: id int, is_bot bool, first_name str, last_name str?, username str?, language_code str?, is_premium true?,
 added_to_attachment_menu true?
Chat: id int, type str, title str?, username str?, first_name str?, last_name str?, is_forum true?
Message: message_id int, message_thread_id int?, from User?, sender_chat Chat?, sender_boost_count int?,
 sender_business_bot User?, date int, business_connection_id str?, chat Chat, forward_origin MessageOrigin?,
 is_topic_message true?, is_automatic_forward true?, reply_to_message Message?, external_reply ExternalReply?,
 quote TextQuote?, via_bot User?, edit_date int?, has_protected_content true?, is_from_offline true?,
 media_group_id str?, author_signature str?, text str?, entities MessageEntity[]?, link_preview_options LinkPreview?,
 effect_id str?, animation Animation?, audio Audio?, document Document?, photo PhotoSize[]?, sticker Sticker?,
 story Story?, video Video?, video_note VideoNote?, voice Voice?, caption str?, caption_entities MessageEntity[]?,
 show_caption_above_media true?, has_media_spoiler true?, contact Contact?, dice Dice?, poll Poll?, venue Venue?,
 location Location?, new_chat_members User[]?, left_chat_member User?, new_chat_title str?, group_chat_created true?,
 migrate_to_chat_id int?, migrate_from_chat_id int?, pinned_message Message?, web_app_data WebAppData?,
 successful_payment Payment?, users_shared UsersShared?, write_access_allowed Allowed?, reply_markup InlineKeyboard?
MessageEntity: type str, offset int, length int, url str?, user User?, language str?, custom_emoji_id str?
TextQuote: text str, entities MessageEntity[]?, position int, is_manual true?
LinkPreview: is_disabled bool?, url str?, show_above_text bool?
ExternalReply: origin MessageOrigin, chat Chat?, message_id int?, photo PhotoSize[]?, voice Voice?
MessageOrigin: type str, date int, sender_user User?, sender_user_name str?, sender_chat Chat?, chat Chat?,
 message_id int?, author_signature str?
PhotoSize: file_id str, file_unique_id str, width int, height int, file_size int?
Animation: file_id str, file_unique_id str, width int, height int, duration int, thumbnail PhotoSize?, file_name str?,
 mime_type str?, file_size int?
Audio: file_id str, file_unique_id str, duration int, performer str?, title str?, file_name str?, mime_type str?,
 file_size int?, thumbnail PhotoSize?
Document: file_id str, file_unique_id str, thumbnail PhotoSize?, file_name str?, mime_type str?, file_size int?
Video: file_id str, file_unique_id str, width int, height int, duration int, thumbnail PhotoSize?, file_name str?,
 mime_type str?, file_size int?
VideoNote: file_id str, file_unique_id str, length int, duration int, thumbnail PhotoSize?, file_size int?
Voice: file_id str, file_unique_id str, duration int, mime_type str?, file_size int?
Sticker: file_id str, file_unique_id str, type str, width int, height int, is_animated bool, is_video bool, emoji str?
Story: chat Chat, id int
Contact: phone_number str, first_name str, last_name str?, user_id int?, vcard str?
Dice: emoji str, value int
Location: latitude degrees, longitude degrees, horizontal_accuracy float?, live_period int?, heading int?
Venue: location Location, title str, address str, foursquare_id str?
PollOption: text str, voter_count int
Poll: id str, question str, options PollOption[], total_voter_count int, is_closed bool, is_anonymous bool, type str
PollAnswer: poll_id str, voter_chat Chat?, user User?, option_ids int[]
WebAppData: data str, button_text str
Payment: currency str, total_amount int, invoice_payload str, telegram_payment_charge_id str
UsersShared: request_id int, users SharedUser[]
SharedUser: user_id int, first_name str?, photo PhotoSize[]?
Allowed: from_request bool?, web_app_name str?
InlineKeyboard: inline_keyboard Button[]
Button: text str, callback_data str?, url str?
CallbackQuery: id str, from User, message Message?, inline_message_id str?, chat_instance str, data str?,
 game_short_name str?
InlineQuery: id str, from User, query str, offset str, chat_type str?, location Location?
Chosen: result_id str, from User, location Location?, inline_message_id str?, query str
Shipping: id str, from User, invoice_payload str, shipping_address Address
Address: country_code str, state str, city str, street_line1 str, street_line2 str, post_code str
Checkout: id str, from User, currency str, total_amount int, invoice_payload str
Reaction: chat Chat, message_id int, user User?, actor_chat Chat?, date int, old_reaction Emoji[], new_reaction Emoji[]
Emoji: type str, emoji str?, custom_emoji_id str?
ChatMemberUpdated: chat Chat, from User, date int, old_chat_member ChatMember, new_chat_member ChatMember,
 via_join_request bool?
ChatMember: status str, user User, until_date int?, is_anonymous bool?, custom_title str?
JoinRequest: chat Chat, from User, user_chat_id int, date int, bio str?
Boost: chat Chat, boost BoostFacts
BoostFacts: boost_id str, add_date int, expiration_date int
PaidMediaPurchased: from User, paid_media_payload str
"""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a type: of which type it is, whether it is a list, and whether it may be missing."""

    name: str
    type: str
    many: bool
    optional: bool


def _read(published: str) -> dict[str, tuple[Field, ...]]:
    types: dict[str, tuple[Field, ...]] = {}
    for line in published.strip().replace("\n ", " ").splitlines():
        name, _, rest = line.partition(": ")
        fields = []
        for written in rest.split(","):
            field, kind = written.split()
            bare = kind.rstrip("?").removesuffix("[]")
            fields.append(Field(field, bare, kind.rstrip("?").endswith("[]"), kind.endswith("?")))
        types[name] = tuple(fields)
    return types


TYPES = _read(PUBLISHED)
#: Every kind of update there is.
KINDS = tuple(field.name for field in TYPES["Update"] if field.optional)

Leaf = Callable[[str, Field], Any]


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes objects of the published types. `leaf` may give a value for (type, field); None leaves it to chance."""

    chance: random.Random
    leaf: Leaf
    words: tuple[str, ...]

    def make(self, name: str, given: Mapping[str, Any] | None = None, *, spare: float = 0.0, depth: int = 0) -> Json:
        """An object of this type with what is given; other optional fields come with a chance of `spare`."""
        made: Json = dict(given or {})
        for field in TYPES[name]:
            if field.name in made or (field.optional and self.chance.random() >= spare):
                continue
            if depth >= 3 and field.type in TYPES and field.optional:
                continue
            if field.many:
                count = self.chance.choice((0, 1, 1, 2))
                made[field.name] = [self._value(name, field, spare, depth) for _ in range(count)]
            else:
                made[field.name] = self._value(name, field, spare, depth)
        return made

    def _value(self, name: str, field: Field, spare: float, depth: int) -> Any:
        if field.type in TYPES:
            return self.make(field.type, spare=spare / 2, depth=depth + 1)
        found = self.leaf(name, field)
        if found is not None:
            return found
        match field.type:
            case "int":
                return self.chance.choice((0, 1, 2, 5, 90, 1280, 1_790_000_000))
            case "float":
                return round(self.chance.uniform(0, 90), 5)
            case "degrees":
                return round(
                    self.chance.uniform(28, 32) if field.name == "latitude" else self.chance.uniform(54, 60), 5
                )
            case "bool":
                return self.chance.random() < 0.5
            case "true":
                return True
        return self.chance.choice(self.words)
