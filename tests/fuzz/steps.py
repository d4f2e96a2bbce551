"""What may happen next: made of chance, of what was seen so far, and of nothing else, so that a seed repeats it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from typing import Any

from sandbox.messenger import Messenger
from tests.fuzz import harm, words
from tests.fuzz.cast import CAST, DECIDERS, RESIDENTS
from tests.fuzz.seen import Button, Seen, Step
from tests.fuzz.shapes import KINDS, TYPES, Field, Json, Maker

#: Rounds after which others are left in peace.
PEACE = 20
#: Which kind of file stands in each type.
FILES = {
    "PhotoSize": "photo",
    "Voice": "voice",
    "Video": "video",
    "Document": "document",
    "VideoNote": "video_note",
    "Animation": "animation",
    "Audio": "audio",
    "Sticker": "sticker",
}
#: Places on the map: in the town, far away, and none.
SPOTS = ((30.28, 57.05), (29.1, 58.3), (0, 0), (-90, 180.0), (91, 0), ("30", 57), (30.28, None))

#: What happens, and how often beside the rest.
WAYS = {
    "go on": 50,
    "press something shown": 6,
    "press anything ever shown": 8,
    "forge a press": 4,
    "report": 6,
    "say something short": 6,
    "say something known": 5,
    "say something hostile": 6,
    "command": 9,
    "send a file": 5,
    "send a place": 3,
    "send a contact": 2,
    "forward": 2,
    "edit": 2,
    "in a group": 2,
    "in a channel": 1,
    "a bot speaks": 1,
    "stop or start": 1,
    "any kind": 3,
    "damaged": 13,
    "no such update": 1,
}


class Player:
    """Draws steps. `files` are the numbers of files each messenger really has, by their kind; `commands` are ours."""

    def __init__(
        self, seed: int, messengers: dict[str, Messenger], files: dict[str, dict[str, str]], commands: Iterable[str]
    ) -> None:
        self.chance = random.Random(seed)
        self.seen = Seen()
        self.now = 0
        self._messengers, self._files = messengers, files
        self._commands = (*sorted(commands), *words.UNKNOWN)
        self._platform, self._rounds = "", 0
        self._ready: list[int] = []
        self._calm: frozenset[int] = frozenset()
        self._maker = Maker(self.chance, self._leaf, words.ODD[:30])
        self._make: dict[str, Callable[[], Any]] = {
            "go on": self._go_on,
            "press something shown": self._press_own,
            "press anything ever shown": self._press_any,
            "forge a press": self._press_forged,
            "report": self._report,
            "say something short": lambda: self._says(words.short(self.chance)),
            "say something known": self._says_known,
            "say something hostile": lambda: self._says(words.hostile(self.chance)),
            "command": self._command,
            "send a file": self._sends,
            "send a place": self._place,
            "send a contact": self._contact,
            "forward": self._forward,
            "edit": self._edit,
            "in a group": self._group,
            "in a channel": self._channel,
            "a bot speaks": self._bot,
            "stop or start": self._member,
            "any kind": self._any_kind,
            "damaged": self._damaged,
            "no such update": self._nonsense,
        }

    def step(self, number: int) -> Step:
        """The next thing that happens in this round."""
        platform = self._platform
        what = self.chance.choices(list(WAYS), list(WAYS.values()))[0]
        made = self._make[what]()
        update_id = self._messengers[platform].number("update")
        if what == "no such update":
            body = made.replace("NUMBER", str(update_id))
            return Step(number, what, platform, body, None)
        update = {"update_id": update_id, **made}
        return Step(number, what, platform, json.dumps(update), update)

    # --- people -----------------------------------------------------------------------------------------------

    def round(self, platform: str) -> None:
        """A new round: everybody may go on once in it. A third of the people is left in peace by all that disturbs."""
        self._platform = platform
        self._ready = [one.user for one in CAST]
        self.chance.shuffle(self._ready)
        self._rounds += 1
        if self._rounds % PEACE == 1:
            calm = self.chance.sample([one.user for one in CAST], len(CAST) // 3)
            self._calm = frozenset((*calm, self.chance.choice(DECIDERS)))

    def _who(self) -> int:
        """Somebody who may be disturbed in what they are at."""
        while True:
            user = self.chance.choice(DECIDERS) if self.chance.random() < 0.25 else self.chance.choice(CAST).user
            if user not in self._calm:
                return user

    def _user(self, user: int) -> Json:
        name = next((one.name for one in CAST if one.user == user), "x")
        called = f"{name} {self.chance.choice(words.ODD)}" if self.chance.random() < 0.15 else name
        return self._maker.make("User", {"id": user, "is_bot": False, "first_name": called}, spare=0.2)

    def _chat(self, chat: int) -> Json:
        kind = "private" if chat > 0 else ("group" if self._platform == "bale" else "supergroup")
        return {"id": chat, "type": kind}

    def _message(self, user: int, chat: int | None = None, **given: Any) -> Json:
        where = user if chat is None else chat
        about = {"message_id": self.chance.randrange(1, 10**6), "date": self.now}
        spare = self.chance.choice((0.0, 0.0, 0.0, 0.03))
        between = {"from": self._user(user), "chat": self._chat(where)}
        return self._maker.make("Message", {**about, **between, **given}, spare=spare)

    def _says(self, text: str) -> Json:
        return self._said(self._who(), text)

    def _report(self) -> Json:
        return self._says(words.report(self.chance))

    def _said(self, user: int, text: str) -> Json:
        return {"message": self._message(user, text=text)}

    def _leaf(self, kind: str, field: Field) -> Any:
        """What cannot be left to chance: numbers of people and files."""
        match field.name:
            case "file_id":
                return self._files[self._platform][FILES[kind]]
            case "id" if kind in ("User", "Chat"):
                return self._who()
            case "date":
                return self.now
            case "user_id":
                return self._who()
        return None

    # --- presses ----------------------------------------------------------------------------------------------

    def _press(self, user: int, message: int, data: str) -> Json:
        messenger = self._messengers[self._platform]
        query = f"4{messenger.number('query'):017d}"
        if message in messenger.messages:
            messenger.ask(message, user, query)
        body = {"id": query, "from": self._user(user), "chat_instance": "1", "data": data}
        body["message"] = {"message_id": message, "date": self.now, "chat": self._chat(user), "text": "x"}
        return {"callback_query": body}

    def _go_on(self) -> Json:
        """Somebody does what they are asked to: presses a button of what they were shown last, or writes."""
        user = self._ready.pop() if self._ready else self._who()
        message, shown = self.seen.last.get((self._platform, user), (0, []))
        if not shown:
            if user in DECIDERS and self.chance.random() < 0.7:
                code = self.chance.choice(self.seen.codes[:20] or ["12345678"])
                return self._said(user, self.chance.choice(("/queue", f"/case {code}", f"/case {code}", "/broadcast")))
            if self.chance.random() < 0.3 or user not in RESIDENTS:
                looks = ("/mine", "/issues", "/menu", "/report", "/settings", "/propose")
                return self._said(user, self.chance.choice(looks))
            return self._said(user, words.report(self.chance))
        if self.chance.random() < 0.15:
            return self._said(user, words.short(self.chance))
        # What leads on mostly stands first.
        chosen = shown[0] if self.chance.random() < 0.5 else self.chance.choice(shown)
        return self._press(user, message, chosen)

    def _press_own(self) -> Json:
        user = self._who()
        mine = self.seen.own.get((self._platform, user))
        if not mine:
            return self._says(words.report(self.chance))
        # What was shown last is what people press; older ones are still there above.
        back = min(len(mine), self.chance.choice((1, 2, 3, 4, 5, 6, 8, 12, 40)))
        chosen = mine[-self.chance.randint(1, back)]
        return self._press(user, chosen.message, chosen.data)

    def _press_any(self) -> Json:
        user = self._who()
        data = self.chance.choice(self.seen.every) if self.seen.every else "c:1:yes"
        mine = self.seen.own.get((self._platform, user))
        return self._press(user, self.chance.choice(mine).message if mine else 1, data)

    def _press_forged(self) -> Json:
        user = self._who()
        mine = self.seen.own.get((self._platform, user)) or [Button(1, "c:1:yes")]
        last = self.chance.choice(mine)
        forged = self.chance.choice(words.FORGED)
        if self.chance.random() < 0.6:
            head, _, rest = last.data.rpartition(":")
            values = ("", "0", "-1", "x", "99999999999999999999", "\u06f1", "<b>", rest + "0", "1" * 30)
            junk = self.chance.choice(values)
            forged = f"{head}:{junk}"
        elif self.seen.codes and self.chance.random() < 0.5:
            talk = self.chance.choice(("accept", "reject", "ask", "move", "redact", "sensitive", "answer", "withdraw"))
            forged = f"a:{talk}.begin:{self.chance.choice(self.seen.codes)}"
        return self._press(user, last.message, forged)

    # --- words ------------------------------------------------------------------------------------------------

    def _says_known(self) -> Json:
        known = (*words.SPOKEN, *self.seen.said)
        return self._says(self.chance.choice(known))

    def _command(self) -> Json:
        name = self.chance.choice(self._commands)
        code = self.chance.choice(self.seen.codes) if self.seen.codes else "12345678"
        short = words.short(self.chance)
        after = self.chance.choice(
            (
                "", "", code, code, f"{code} {short}", f"{code} {self.chance.choice(words.REASONS)} {short}",
                f"{code} {self.chance.choice(words.PLACES)}", self.chance.choice(words.PLACES),
                self.chance.choice(words.ODD),
                f"{self._who()} coordinator kerman/n1", f"telegram:{self._who()} resident kerman/n2",
            )
        )  # fmt: skip
        if name == "start" and self.seen.links and self.chance.random() < 0.7:
            after = self.chance.choice(self.seen.links)
        if name in ("grant", "revoke"):
            # Rarely: with every seat given away there would be nobody left who may not see.
            after = after if self.chance.random() < 0.3 else ""
        return self._says(f"/{name} {after}".rstrip())

    # --- other things -----------------------------------------------------------------------------------------

    def _sends(self) -> Json:
        kind = self.chance.choice(("PhotoSize", "PhotoSize", *FILES))
        made = self._maker.make(kind)
        given: Json = {FILES[kind]: [made] if kind == "PhotoSize" else made}
        if kind == "Document" and self.chance.random() < 0.5:
            made["mime_type"] = "image/png"
        if self.chance.random() < 0.4:
            given["caption"] = words.report(self.chance)
        if self.chance.random() < 0.3:
            given["media_group_id"] = self.chance.choice(("a1", "a2", "77"))
        return {"message": self._message(self._who(), **given)}

    def _place(self) -> Json:
        latitude, longitude = self.chance.choice(SPOTS)
        return {"message": self._message(self._who(), location={"latitude": latitude, "longitude": longitude})}

    def _contact(self) -> Json:
        other = self.chance.choice(CAST)
        card = {"phone_number": "+989130000000", "first_name": other.name, "user_id": other.user}
        return {"message": self._message(self._who(), contact=card)}

    def _forward(self) -> Json:
        other = self._user(self._who())
        origin = self._maker.make("MessageOrigin", {"type": "user", "date": self.now, "sender_user": other})
        given = {"forward_origin": origin} if self.chance.random() < 0.7 else {"forward_from": other, "forward_date": 1}
        return {"message": self._message(self._who(), text=words.short(self.chance), **given)}

    def _edit(self) -> Json:
        kind = self.chance.choice(("edited_message", "edited_message", "edited_channel_post"))
        return {kind: self._message(self._who(), text=words.report(self.chance), edit_date=self.now)}

    def _group(self) -> Json:
        said = ("/menu", "/report چاله", "سلام همه", words.report(self.chance), words.hostile(self.chance))
        text = self.chance.choice(said)
        if self.chance.random() < 0.2:
            # It says that it is private, and is somebody else's: an answer would be read by them.
            made = self._message(self._who(), text=words.report(self.chance))
            return {"message": {**made, "chat": self._chat(self._who())}}
        group = -1000 - self.chance.randrange(3)
        if self.chance.random() < 0.3:
            made = self._press(self._who(), 1, self.chance.choice(self.seen.every or ["c:1:yes"]))
            made["callback_query"]["message"]["chat"] = self._chat(group)
            return made
        return {"message": self._message(self._who(), group, text=text)}

    def _channel(self) -> Json:
        chat = {"id": -1009, "type": "channel", "title": "x"}
        post = {"message_id": 5, "date": self.now, "chat": chat, "sender_chat": chat, "text": words.report(self.chance)}
        return {"channel_post": post}

    def _bot(self) -> Json:
        number = 5000 + self.chance.randrange(2)
        bot = {"id": number, "is_bot": True, "first_name": "bot"}
        text = self.chance.choice(("/start", "/menu", words.report(self.chance)))
        where = self.chance.choice((self._chat(number), self._chat(-1001)))
        return {"message": {"message_id": 6, "date": self.now, "from": bot, "chat": where, "text": text}}

    def _member(self) -> Json:
        user = self._who()
        bot = {"id": 1, "is_bot": True, "first_name": "b"}
        status = self.chance.choice(("kicked", "member", "left", "restricted"))
        old, new = {"status": "member", "user": bot}, {"status": status, "user": bot}
        change = {"chat": self._chat(user), "from": self._user(user), "date": self.now}
        return {"my_chat_member": {**change, "old_chat_member": old, "new_chat_member": new}}

    def _any_kind(self) -> Json:
        """An update of any published kind with many of its fields."""
        kind = self.chance.choice((*KINDS, "a_kind_of_tomorrow"))
        type_ = next((one.type for one in TYPES["Update"] if one.name == kind), "Poll")
        made = self._maker.make(type_, spare=0.15)
        user = self._who()
        if "from" in made:
            made["from"] = self._user(user)
        if "chat" in made:
            made["chat"] = self._chat(user)
        if kind == "callback_query":
            return self._press(user, 1, self.chance.choice(words.FORGED))
        return {kind: made}

    def _damaged(self) -> Json:
        """One of the others, broken."""
        whole = self.chance.choice(
            (self._press_own, self._press_own, self._press_any, self._command, self._sends, self._place, self._contact,
             self._forward, self._edit, self._group, self._member, self._any_kind, self._report)
        )()  # fmt: skip
        made = harm.damaged(whole, self.chance)
        if self.chance.random() < 0.04:
            made["update_id"] = self.chance.choice(harm.NO_NUMBERS)
        return made

    def _nonsense(self) -> str:
        """What is no update, or one that Python's own reader of JSON gives up on."""
        user = self._who()
        text = words.report(self.chance)
        start = f'{{"update_id":NUMBER,"message":{{"message_id":1,"date":1,"chat":{{"id":{user},"type":"private"}},'
        end = f'"text":{json.dumps(text)}}}}}'
        deep, long = self.chance.choice((50, 900, 1100, 5000)), self.chance.choice((20, 400, 4301, 9000))
        return self.chance.choice(
            (
                "null", "17", '"NUMBER"', "[]", "[[1]]", "{}", '{"update_id":NUMBER}', "true", "1e999", "NaN",
                f'{start}"x":{"[" * deep}{"]" * deep},{end}', f'{start}"x":{"9" * long},{end}',
                f'{start}"x":0.1e-99999,{end}', f'{start}"edit_date":-{"1" * long},{end}', f'{start}"text":null,{end}',
            )
        )  # fmt: skip
