"""One messenger's whole state: who is there, what was said, what waits to be fetched by the bot."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

from sandbox import bale
from sandbox.buttons import Markup
from sandbox.dialect import Dialect
from sandbox.files import PHOTO_BYTES, SMALL_BYTES, UPLOAD_BYTES, media_of, new_file
from sandbox.model import ApiError, Call, Json, Message, Misuse, Person, Query, Sender, StoredFile, Upload
from sandbox.pulse import Pulse
from sandbox.store import Store
from sandbox.switches import settings

#: calls of one messenger that are remembered
CALLS = 50_000
#: updates that Bale keeps for a bot that does not fetch them
_BALE_KEEPS = 2000
#: never sent unless asked for by name in allowed_updates
_UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Messenger:
    def __init__(
        self, dialect: Dialect, token: str, cast: Json, store: Store, pulse: Pulse, clock: Callable[[], float],
        switches: Mapping[str, Any],
    ) -> None:  # fmt: skip
        self.dialect = dialect
        self.token = token
        self.bot_id = int(token.partition(":")[0]) if token.partition(":")[0].isdigit() else 1
        self.store = store
        self.pulse = pulse
        self.clock = clock
        self.cast = cast
        self._switches = settings(dialect.name, switches)
        self.blank()
        self._load()

    def blank(self) -> None:
        """Forgets everything but the token; the numbering of polls goes on."""
        name = self.dialect.name
        self.people = {one["id"]: Person(**one) for one in self.cast["people"]}
        self.messages: dict[int, Message] = {}
        self.by_chat: dict[int, list[Message]] = {}
        self.updates: dict[int, str] = {}
        self.queries: dict[str, Query] = {}
        self.files: dict[str, StoredFile] = {}
        self.calls: deque[Call] = deque(maxlen=CALLS)
        self.last_batch: list[str] = []
        self.facts: Json = {
            "next_update": self.dialect.first_update, "next_message": 1, "next_query": 1, "next_file": 1,
            "confirmed": 0, "delivered": 0, "blocked": [], "webhook": {}, "allowed": [], "commands": {},
            "switches": dict(self._switches),
        }  # fmt: skip
        self.poll_number = getattr(self, "poll_number", 0)
        self._sent: deque[tuple[float, int]] = deque()
        self._name = name

    # --- keeping -----------------------------------------------------------------------------------------------------

    def _load(self) -> None:
        rows = self.store.rows
        for _, body in rows(self._name, "fact"):
            self.facts.update(json.loads(body))
        # What was kept before a switch came into being knows nothing of it, or still of one that is gone.
        kept = self.facts["switches"]
        self.facts["switches"] = {name: kept.get(name, value) for name, value in self._switches.items()}
        for _, body in rows(self._name, "person"):
            person = Person(**json.loads(body))
            self.people[person.id] = person
        for _, body in sorted(rows(self._name, "message"), key=lambda row: int(row[0])):
            self._place(Message(**json.loads(body)))
        for key, body in sorted(rows(self._name, "update"), key=lambda row: int(row[0])):
            self.updates[int(key)] = body
        for key, body in rows(self._name, "query"):
            self.queries[key] = Query(**json.loads(body))
        for key, body in rows(self._name, "file"):
            self.files[key] = StoredFile(**json.loads(body))

    def keep_facts(self) -> None:
        self.store.put(self._name, "fact", "facts", json.dumps(self.facts))

    def keep_message(self, message: Message) -> None:
        self.store.put(self._name, "message", str(message.message_id), json.dumps(message.row()))

    def _place(self, message: Message) -> None:
        message.sender = Sender(message.sender)
        self.messages[message.message_id] = message
        self.by_chat.setdefault(message.chat, []).append(message)

    def number(self, name: str) -> int:
        """The next of "update", "message", "query", "file"; call inside `store.together()`."""
        value = int(self.facts[f"next_{name}"])
        self.facts[f"next_{name}"] = value + 1
        self.keep_facts()
        return value

    def switch(self, name: str) -> Any:
        return self.facts["switches"][name]

    def on(self, name: str) -> bool:
        """Whether a switch of Bale's is on; on Telegram none of them is."""
        return bool(self.facts["switches"].get(name))

    # --- people and chats --------------------------------------------------------------------------------------------

    def person(self, person_id: int) -> Person:
        """The person with this id; a new one comes into being on first use."""
        found = self.people.get(person_id)
        if found is None:
            if person_id <= 0:
                raise Misuse("a person's id is above 0; a group is named by chat")
            anybody = self.cast["anybody"]
            found = Person(person_id, f"{anybody['first_name']} {person_id}", phone=anybody["phone"])
            self.people[person_id] = found
            self.store.put(self._name, "person", str(person_id), json.dumps(asdict(found)))
        return found

    def user(self, person: Person) -> Json:
        user: Json = {"id": person.id, "is_bot": False, "first_name": person.first_name}
        if self.on("is_bot_missing"):
            del user["is_bot"]
        user |= {name: getattr(person, name) for name in ("last_name", "username") if getattr(person, name)}
        return user if self.dialect.own_markdown else {**user, "language_code": "fa"}

    def bot_user(self) -> Json:
        return {"id": self.bot_id, "is_bot": True, **self.cast["bot"]}

    def author(self, user_id: int) -> Json:
        """Whoever can write: the bot or a person."""
        return self.bot_user() if user_id == self.bot_id else self.user(self.person(user_id))

    def chat(self, chat_id: int) -> Json:
        if chat_id < 0:
            number = bale.group_told(chat_id, self.on)
            chat: Json = {"id": number, "type": self.dialect.group_type, **self.cast["group"]}
        else:
            user = self.user(self.person(chat_id))
            chat = {name: value for name, value in user.items() if name not in ("is_bot", "language_code")}
            chat["type"] = "private"
        if self.on("chat_type_missing"):
            del chat["type"]
        return chat

    def members(self, chat_id: int) -> dict[int, str]:
        """Whoever is known to be in a chat, with their standing: in a group whoever spoke, the first as creator."""
        if chat_id > 0:
            return {chat_id: "member", self.bot_id: "member"}
        spoke = [one.person for one in self.by_chat.get(chat_id, []) if one.sender is Sender.PERSON]
        creator = spoke[0] if spoke else 0
        standing = {person: "creator" if person == creator else "member" for person in spoke}
        return {**standing, self.bot_id: "administrator"}

    def bad_token(self) -> ApiError:
        """What is said to a token that is not or no longer good."""
        if self.on("token_not_found"):
            return ApiError(400, "Bad Request: Token not found")
        return ApiError(*self.dialect.bad_token)

    def reachable(self, chat_id: int) -> None:
        """Raises as the messenger does when the bot may not write there."""
        if chat_id not in self.by_chat:
            raise ApiError(*self.dialect.no_chat)
        if chat_id in self.facts["blocked"]:
            raise ApiError(*self.dialect.blocked)

    def flood(self, chat_id: int) -> None:
        """Counts one send in the last second against the limits, if any are switched on."""
        most, most_here = self.switch("flood_per_second"), self.switch("flood_per_chat")
        if not most and not most_here:
            return
        now = self.clock()
        while self._sent and self._sent[0][0] <= now - 1:
            self._sent.popleft()
        here = sum(1 for _, chat in self._sent if chat == chat_id)
        if (most and len(self._sent) >= most) or (most_here and here >= most_here):
            raise too_many(int(self.switch("flood_retry_after")))
        self._sent.append((now, chat_id))

    # --- messages ----------------------------------------------------------------------------------------------------

    def add(self, message: Message) -> Message:
        """Gives the message its number and puts it into its chat."""
        message.message_id = self.number("message")
        self._place(message)
        self.keep_message(message)
        self.pulse.happen("message", self._name, message.chat, message.message_id)
        return message

    def changed(self, message: Message, what: str) -> None:
        self.keep_message(message)
        self.pulse.happen(what, self._name, message.chat, message.message_id)

    def told(self, message: Message) -> Json:
        """The message as the Bot API writes it."""
        author = self.user(self.person(message.person)) if message.sender is Sender.PERSON else self.bot_user()
        told: Json = {
            "message_id": message.message_id, "from": author, "chat": self.chat(message.chat), "date": message.date,
        }  # fmt: skip
        if message.edited:
            told["edit_date"] = message.edited
        replied = self.messages.get(message.reply_to)
        if replied is not None:
            told["reply_to_message"] = self.told(replace_reply(replied))
        if message.album:
            told["media_group_id"] = message.album
        if message.forward:
            told |= self._origin(message.forward)
        told |= message.media
        name = "text" if message.kind == "text" else "caption"
        entities = self.shown_entities(message)
        if message.text:
            told[name] = message.text
        if entities:
            told["entities" if name == "text" else "caption_entities"] = entities
        if message.inline:
            told["reply_markup"] = {"inline_keyboard": message.inline}
        return bale.message(told, message.keyboard, self.on) if self.dialect.own_markdown else told

    def _origin(self, forward: Json) -> Json:
        """Who wrote a forwarded message first. Bale documents fields that Telegram has replaced by one."""
        date, known = forward["date"], not forward["hidden"]
        if known:
            origin = {"type": "user", "date": date, "sender_user": self.author(forward["author"])}
        else:
            origin = {"type": "hidden_user", "date": date, "sender_user_name": forward["name"]}
        if not self.dialect.own_markdown:
            return {"forward_origin": origin}
        told: Json = {"forward_date": date} | ({"forward_from": origin["sender_user"]} if known else {})
        return told | ({"forward_origin": origin} if known and self.on("forward_origin") else {})

    def origin(self, message: Message, hidden: bool = False) -> Json:
        """What a message that is passed on keeps of where it comes from."""
        return self.origin_by(self.bot_id if message.sender is Sender.BOT else message.person, message.date, hidden)

    def origin_by(self, author: int, date: int, hidden: bool) -> Json:
        user = self.author(author)
        name = " ".join(user[part] for part in ("first_name", "last_name") if user.get(part))
        return {"author": author, "name": name, "hidden": hidden, "date": date}

    def shown_entities(self, message: Message) -> list[Json]:
        if not self.dialect.own_markdown:
            return message.entities
        return [entity for entity in message.entities if entity["type"] in ("mention", "bot_command")]

    def apply(self, message: Message, markup: Markup) -> None:
        message.inline = markup.inline
        message.keyboard = markup.keyboard

    def store_file(self, kind: str, upload: Upload, extra: Json | None = None) -> StoredFile:
        own = self.dialect.own_markdown
        file = new_file(kind, upload, int(self.facts["next_file"]), self.bot_id, own, extra or {})
        self.number("file")
        self.files[file.file_id] = file
        self.store.put(self._name, "file", file.file_id, json.dumps(asdict(file)), upload.content)
        return file

    def file(self, file_id: str) -> StoredFile | None:
        return self.files.get(file_id) or self.files.get(file_id.removesuffix("s"))

    def path(self, file: StoredFile) -> str:
        """Where it is downloaded from."""
        return f"files/{file.unique_id}" if self.on("file_path_apart") else file.path

    def file_at(self, path: str) -> StoredFile | None:
        if self.on("file_path_apart") and not self.on("file_path_missing"):
            return next((file for file in self.files.values() if self.path(file) == path), None)
        return next((file for file in self.files.values() if file.path == path), None) or self.file(path)

    def upload_bytes(self, kind: str) -> int:
        """What one upload of the bot may have at most."""
        if not self.dialect.own_markdown:
            return UPLOAD_BYTES
        return PHOTO_BYTES if kind == "photo" else SMALL_BYTES if self.on("uploads_small") else UPLOAD_BYTES

    def file_content(self, file: StoredFile) -> bytes:
        return self.store.content(self._name, "file", file.file_id)

    def file_media(self, file: StoredFile) -> Json:
        return media_of(file)

    # --- updates -----------------------------------------------------------------------------------------------------

    def update(self, kind: str, body: Json) -> int | None:
        """Puts an update into the queue; None when the bot asked not to be told of this kind."""
        allowed = self.facts["allowed"] if not self.dialect.own_markdown or self.on("allowed_honoured") else []
        if (allowed and kind not in allowed) or (not allowed and kind in _UNASKED):
            return None
        number = self.number("update")
        self.queue(number, json.dumps({"update_id": number, kind: body}))
        return number

    def queue(self, number: int, body: str) -> None:
        """`body` is delivered as it is."""
        self.updates[number] = body
        self.store.put(self._name, "update", str(number), body)
        if number >= self.facts["next_update"]:
            self.facts["next_update"] = number + 1
            self.keep_facts()
        if self.dialect.own_markdown and len(self.updates) > _BALE_KEEPS:
            del self.updates[lost := min(self.updates)]
            self.store.drop(self._name, "update", str(lost))
        self.pulse.happen("update", self._name)

    def confirm(self, offset: int) -> None:
        """Forgets what the offset confirms; a negative one keeps only the last so many."""
        waiting = sorted(self.updates)
        if offset < 0:
            gone = waiting[:offset]
        elif offset > 0:
            gone = [number for number in waiting if number < offset]
        else:
            return
        if not gone:
            return
        with self.store.together():
            for number in gone:
                del self.updates[number]
                self.store.drop(self._name, "update", str(number))
            self.facts["confirmed"] = gone[-1] + 1
            self.keep_facts()
        self.pulse.happen("confirmed", self._name)

    def waiting(self, limit: int) -> list[str]:
        return [self.updates[number] for number in sorted(self.updates)[:limit]]

    def ask(self, message_id: int, person: int, query_id: str) -> Query:
        query = Query(query_id, message_id, person, self.clock())
        self.queries[query_id] = query
        self.store.put(self._name, "query", query_id, json.dumps(asdict(query)))
        return query


def replace_reply(message: Message) -> Message:
    """The message as quoted: without its own quote, as the Bot API never nests them."""
    return replace(message, reply_to=0)


def too_many(retry_after: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
