"""What every messenger's adapter does, and in which points messengers differ."""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar, TypeAlias

from bot.platforms.reading import read_update
from domain.buttons import Button, Keyboard, Rows
from domain.incoming import Incoming
from domain.richtext import RichText, Style, plain, split, utf16_length
from domain.values import value

JSON: TypeAlias = Any  # what json.loads gives; looked at piece by piece
Params: TypeAlias = dict[str, JSON]


@value(frozen=True, slots=True)
class Capabilities:
    """The points in which messengers differ. Rates are first guesses; a refusal by the messenger always counts more."""

    text_limit: int = 4096  #: UTF-16 units of one message
    caption_limit: int = 1024  #: UTF-16 units under a photo or file
    answer_limit: int = 200  #: characters shown when a press is answered
    entity_limit: int | None = None  #: formatted places in one message beyond which formatting is lost
    edits_return_message: bool = True  #: else the answer to an edit says nothing and is not looked at
    replaces_media: bool = True  #: the photo of a message that was sent may be exchanged
    albums: bool = True  #: several photos go as one message
    albums_proven: bool = True  #: else a refused one is not tried again while we run: they may not work at all
    copy_button: bool = True  #: a button may put a text on the clipboard; else it is left out
    command_scopes: bool = True  #: the menu of commands may differ by language and by chat
    as_written: bool = False  #: takes a row's parameters as they are: JSON, and `adapt` would change nothing
    json_body: bool = True  #: else parameters travel as form fields, nested ones as JSON strings
    allowed_updates: tuple[str, ...] = ()  #: kinds of update to ask for; empty: cannot be chosen
    upload_limit: int = 50_000_000  #: bytes
    download_limit: int = 20_000_000  #: bytes
    per_second: float = 30  #: messages of the whole bot
    per_chat: float = 1  #: messages per second to one chat
    burst: int = 3  #: messages that one chat may get at once


_written = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


@value(frozen=True, slots=True)
class Call:
    """One request to a messenger; whose chat it goes to is added when it is sent."""

    method: str
    params: Params

    def written(self) -> str:
        """The parameters as JSON, as short as it can be: Persian letters as they are."""
        try:
            text = _written(self.params)
            text.encode()
        except UnicodeEncodeError:
            return json.dumps(self.params, separators=(",", ":"))  # half an emoji: no database would keep it
        return text


#: The methods that send what is kept, by its kind, which is also what the parameter is called.
_SENDS = {"photo": "sendPhoto", "voice": "sendVoice", "video": "sendVideo", "document": "sendDocument"}


class Failure(StrEnum):
    """What a refusal means for us. One word for each of the errors in bot/transport.py."""

    WAIT = "wait"
    UNREACHABLE = "unreachable"
    GONE = "gone"
    REJECTED = "rejected"
    NOT_MODIFIED = "not modified"
    MISSING = "missing"
    REVOKED = "revoked"
    CONFLICT = "conflict"
    UNSUPPORTED = "unsupported"


#: How messengers say that a message to be edited or deleted is no longer there, or no longer there to be changed.
_NOT_THERE = ("message to edit not found", "message to delete not found", "message_id_invalid", "message not found")
_MISSING = (*_NOT_THERE, "message can't be edited", "message can't be deleted")
_BY_CODE = {
    401: Failure.REVOKED,
    403: Failure.GONE,
    408: Failure.UNREACHABLE,
    409: Failure.CONFLICT,
    420: Failure.WAIT,
    429: Failure.WAIT,
    501: Failure.UNSUPPORTED,
}


class Platform(ABC):
    """One messenger: reads what it sends, words what we send. Keeps no state and does no network."""

    name: ClassVar[str]
    can: ClassVar[Capabilities]
    #: Hosts of links that open an account, the one that we write first.
    hosts: ClassVar[tuple[str, ...]]
    #: Methods that are spelled otherwise here than on Telegram.
    spellings: ClassVar[Mapping[str, str]] = MappingProxyType({})
    #: Whether a request that comes over the webhook must carry the secret which `webhook` told.
    tells_secret: ClassVar[bool] = False

    def webhook(self, url: str, secret: str) -> Params:
        """The parameters of setWebhook. `secret` stands in a header of what comes, where the messenger knows that."""
        return {"url": url}

    def read(self, update: Mapping[str, JSON]) -> Incoming:
        """What a person did. Raises Unreadable only if the update names neither a chat nor a person."""
        return read_update(update)

    def messages(
        self, text: RichText, buttons: Rows | None = None, keyboard: Keyboard | None = None, edit: int | None = None
    ) -> list[Call]:
        """The calls that show `text`, in order: more than one when it is long, buttons then stand under the last.

        With `edit` the first call changes that message instead of sending one. Raises ValueError for blank text, and
        for a keyboard together with buttons or with `edit`, which no messenger can show.
        """
        if keyboard is not None and (buttons is not None or edit is not None):
            raise ValueError("a keyboard comes with a new message and without buttons")
        parts = self._parts(text, self.can.text_limit)
        if not parts:
            raise ValueError("a message without words")
        calls = [Call("sendMessage", self.body(part)) for part in parts]
        if edit is not None:
            calls[0] = Call("editMessageText", {"message_id": edit, **calls[0].params})
        if buttons is not None:
            calls[-1].params["reply_markup"] = self._inline(buttons)
        if keyboard is not None:
            calls[-1].params["reply_markup"] = _reply_keyboard(keyboard)
        return calls

    def carrying(self, media: Sequence[tuple[int, str]]) -> list[Call]:
        """The calls that send what is kept under our own numbers, each with its kind: photos together, the rest singly.

        Where a file stands, the call says {"own": number}; `bot/carried.py` fills it in when it is sent.
        """
        photos = [number for number, kind in media if kind == "photo"]
        if len(photos) > 1 and self.can.albums:
            parts = [{"type": "photo", "media": {"own": number}} for number in photos]
            calls = [Call("sendMediaGroup", {"media": parts})]
        else:
            calls = [Call("sendPhoto", {"photo": {"own": number}}) for number in photos]
        others = [(number, kind) for number, kind in media if kind in _SENDS and kind != "photo"]
        return calls + [Call(_SENDS[kind], {kind: {"own": number}}) for number, kind in others]

    def captioned(self, media: int, text: RichText, kind: str = "photo") -> Call | None:
        """The call that sends a photo or file (kept under our own number) with the text under it; None where it is too
        long."""
        marks = sum(span.style is not Style.PLAIN for span in text)
        if self.shown_length(text) > self.can.caption_limit or marks > (self.can.entity_limit or marks):
            return None
        params = self.body(text)
        caption = params.pop("text")
        params.pop("link_preview_options", None)  # there is no preview under a photo
        return Call(_SENDS[kind], {kind: {"own": media}, "caption": caption, **params})

    def changed(self, call: Call) -> Call:
        """The call that lets a message which was sent say what this one would; whose number is added when it is sent.

        Only the words change: a photo or file that they stand under stays as it is.
        """
        method = "editMessageText" if call.method == "sendMessage" else "editMessageCaption"
        return Call(method, {name: value for name, value in call.params.items() if name not in _SENDS})

    def emptied(self, text: RichText) -> Params | None:
        """What a photo or video that cannot be deleted is exchanged for: `bot/removing.py` puts a blank picture in it.

        None where no messenger's message can be changed so.
        """
        call = self.captioned(0, text) if self.can.replaces_media else None
        if call is None:
            return None
        said = {name: value for name, value in call.params.items() if name != "photo"}
        return {"media": {"type": "photo", "media": "attach://blank", **said}}

    def is_not_there(self, description: str) -> bool:
        """Whether a refusal means that the message is gone already, not that it is too old to be touched."""
        return any(words in description.lower() for words in _NOT_THERE)

    def seen(self, text: RichText) -> str:
        """The letters that a reader sees of a text, without its formatting."""
        return plain(text)

    def without_buttons(self, message: int) -> Call:
        """Takes the buttons from a message whose question is answered, so that nobody presses them again."""
        return Call("editMessageReplyMarkup", {"message_id": message, "reply_markup": self._inline(())})

    def answer(self, press_id: str, text: str = "", alert: bool = False) -> Call:
        """Ends the waiting sign on a pressed button; `text` is cut to what can be shown."""
        params: Params = {"callback_query_id": press_id}
        if text and not self.answers_need_message(press_id):
            params |= {"text": text[: self.can.answer_limit]} | ({"show_alert": True} if alert else {})
        return Call("answerCallbackQuery", params)

    def answers_need_message(self, press_id: str) -> bool:
        """Whether the words of an answer to this press would not be seen and have to go as a message."""
        return False

    def commands(self, listed: Sequence[tuple[str, str]], language: str = "") -> Call:
        """Sets the menu of (command, description); for one language only where `can.command_scopes`."""
        params: Params = {"commands": [{"command": name, "description": said} for name, said in listed]}
        if language:
            params["language_code"] = language
        return Call("setMyCommands", self.adapt("setMyCommands", params))

    @abstractmethod
    def body(self, text: RichText) -> Params:
        """The parameters that carry a text which fits into one message."""

    @abstractmethod
    def render(self, text: RichText) -> str:
        """The text in this messenger's notation."""

    @abstractmethod
    def shown_length(self, text: RichText) -> int:
        """UTF-16 units that count towards `can.text_limit`."""

    @abstractmethod
    def adapt(self, method: str, params: Mapping[str, JSON]) -> Params:
        """The parameters as this messenger knows them; what it does not know is left out."""

    def deep_link(self, username: str, payload: str = "") -> str:
        """A link that opens the bot; `payload` (letters, digits, - and _, at most 64) comes back with /start."""
        return f"https://{self.hosts[0]}/{username}" + (f"?start={payload}" if payload else "")

    def failure(self, method: str, code: int, description: str) -> Failure:
        """What a refusal in the messenger's own envelope means; `code` is the HTTP status, or the one it names."""
        if code >= 500 and code != 501:
            return Failure.UNREACHABLE
        said = description.lower()
        if code in (400, 404):
            if "not modified" in said:
                return Failure.NOT_MODIFIED
            if any(words in said for words in _MISSING):
                return Failure.MISSING
        return _BY_CODE.get(code, Failure.REJECTED)

    def _inline(self, rows: Rows) -> Params:
        copies = self.can.copy_button
        shown = ([_shown(button) for button in row if copies or not button.copy] for row in rows)
        return {"inline_keyboard": [row for row in shown if row]}

    def _parts(self, text: RichText, limit: int) -> list[RichText]:
        parts: list[RichText] = []
        for part in split(text, limit):
            if self._fits(part) or limit < 64:
                parts.append(part)
            else:
                # Marks count on some messengers and are known only when written: the same part, cut smaller.
                parts += self._parts(part, min(limit, utf16_length(plain(part))) * 3 // 4)
        return parts

    def _fits(self, part: RichText) -> bool:
        most = self.can.entity_limit
        few_enough = most is None or sum(span.style is not Style.PLAIN for span in part) <= most
        return few_enough and self.shown_length(part) <= self.can.text_limit


def _shown(button: Button) -> Params:
    if button.data:
        return {"text": button.text, "callback_data": button.data}
    return {"text": button.text} | ({"url": button.url} if button.url else {"copy_text": {"text": button.copy}})


def _reply_keyboard(keyboard: Keyboard) -> Params:
    if not keyboard.rows:
        return {"remove_keyboard": True}
    rows = [
        [{"text": label} | ({"request_location": True} if label == keyboard.location else {}) for label in row]
        for row in keyboard.rows
    ]
    markup: Params = {"keyboard": rows, "resize_keyboard": True}
    return markup | ({"one_time_keyboard": True} if keyboard.once else {"is_persistent": True})
