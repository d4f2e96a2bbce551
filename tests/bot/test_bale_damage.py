"""Ten thousand updates as Bale sends them, many of them damaged: the good ones have exactly their effect."""

from __future__ import annotations

import collections
import contextlib
import copy
import json
import random
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from sandbox.model import Sender
from storage import inbox
from tests.fuzz import harm
from tests.listening import listened
from tests.town import Town, make_town, plain
from tests.trip.probe import Probe

SEED, COUNT, ROUND = 20_260_921, 10_000, 1_000
PEOPLE, GROUP, BOT = range(2001, 2121), -77, 8001
Json = dict[str, Any]

KEYS = {"keyboard": [[{"text": "گزارش", "request_contact": True}]], "resize_keyboard": True}
#: Never an update, and with no number by which it could be confirmed.
NO_UPDATES = ("[{n}]", '"{n}"', "{n}.5", '["update_id", {n}]')


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with make_town(tmp_path, platforms=("bale",)) as made:
        yield made


class Bale:
    """Makes updates in the shapes that Bale documents or was seen to send, and knows what each must lead to."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.said: dict[int, list[str]] = collections.defaultdict(list)  # words that must be answered, by person
        self.presses: list[str] = []  # presses that must be answered
        self.in_group = 0  # commands in a group, each answered with the way in
        self.set_aside: list[str] = []
        self.damaged = 0

    def body(self, n: int) -> str:
        """The next update as it is delivered."""
        if n % 400 == 0:
            body = self.chance.choice(NO_UPDATES).format(n=n)
            self.set_aside.append(body)
            return body
        if self.chance.random() < 0.6:
            return json.dumps({"update_id": n, **self._good(n)})
        update = self._broken({"update_id": n, **self._spoilt(n)})
        self.damaged += 1
        body = json.dumps(update)
        if harm.is_hopeless(json.loads(body)):
            self.set_aside.append(body)
        return body

    # --- good ones ----------------------------------------------------------------------------------------------------

    def _good(self, n: int) -> Json:
        kinds: list[Callable[[int, int], Json]] = [self._words] * 6 + [
            self._press,
            self._press,
            self._group,
            self._idle,
        ]
        person = self.chance.choice(PEOPLE)
        return self.chance.choice(kinds)(n, person)

    def _words(self, n: int, person: int) -> Json:
        self.said[person].append(f"good-{n}")
        return {"message": self._message(n, person, f"/probe good-{n}")}

    def _press(self, n: int, person: int) -> Json:
        self.presses.append(f"2good-{n}")
        return {"callback_query": self._pressed(n, person, f"2good-{n}")}

    def _group(self, n: int, person: int) -> Json:
        self.in_group += 1
        chat = {"id": GROUP, "type": "group", "title": "محله"}
        return {"message": {**self._message(n, person, "/report"), "chat": chat}}

    def _idle(self, n: int, person: int) -> Json:
        """What nobody answers: our own words come back, a payment, somebody joins, a poll in a channel."""
        ours = self._message(n, person, f"/probe echo-{n}") | {"from": {"id": BOT, "is_bot": True, "first_name": "bot"}}
        joined = {"message_id": n, "chat": {"id": GROUP, "type": "group"}, "new_chat_members": [{"id": person}]}
        paid = {"id": str(n), "from": {"id": person}, "currency": "IRR", "total_amount": 1}
        poll = {
            **self._message(n, person, ""),
            "chat": {"id": GROUP, "type": "group"},
            "poll": {"id": n, "options": [{}]},
        }
        return self.chance.choice(
            [{"message": ours}, {"message": joined}, {"pre_checkout_query": paid}, {"channel_post": poll}]
        )

    def _message(self, n: int, person: int, text: str) -> Json:
        chance = self.chance.random
        sender: Json = {"id": person, "first_name": "مریم"}
        sender |= {"is_bot": False} if chance() < 0.5 else {}
        sender |= {"last_name": None, "username": None, "language_code": None} if chance() < 0.2 else {}
        chat: Json = {"id": person, "type": "private"} if chance() < 0.8 else {"id": person}
        made: Json = {"message_id": n, "from": sender, "chat": chat, "date": 1_790_000_000, "text": text}
        made |= {"reply_markup": KEYS} if chance() < 0.1 else {}
        made |= {"entities": [{"type": "bot_command", "offset": 0, "length": 6}]} if chance() < 0.3 else {}
        made |= (
            {"entities": self.chance.choice([None, [], [{"type": "mention", "offset": 99}]])} if chance() < 0.1 else {}
        )
        made |= {"reply_to_message": {"message_id": 0}} if chance() < 0.1 else {}
        made |= {"photo": None, "voice": None, "contact": None, "caption": None} if chance() < 0.1 else {}
        if chance() < 0.1:
            del made["date"]
        return made

    def _pressed(self, n: int, person: int, name: str) -> Json:
        stub = self.chance.choice([{"message_id": 0}, {"message_id": n, "chat": {"id": person}}, None])
        made: Json = {
            "id": name,
            "from": {"id": person, "first_name": "رضا"},
            "data": "a:nobody.knows:1",
            "message": stub,
        }
        return made | ({"chat_instance": str(n)} if self.chance.random() < 0.3 else {})

    # --- damage -------------------------------------------------------------------------------------------------------

    def _spoilt(self, n: int) -> Json:
        person = self.chance.choice(PEOPLE)
        message = self._message(n, person, f"/probe bad-{n}")
        more: list[Json] = [
            {"photo": [{"file_id": "1:2:3"}], "caption": "x"},
            {"forward_from": {"id": 9}, "forward_date": 1},
            {"forward_origin": {"type": "chat"}},
            {"contact": {"phone_number": "0913"}},
            {"location": {"latitude": 30, "longitude": 57}},
            {"web_app_data": {"data": "x"}},
            {"sticker": {"file_id": "1:2:3", "type": "regular"}},
        ]
        shapes = [
            {"message": message | self.chance.choice(more)},
            {"edited_message": message},
            {"callback_query": self._pressed(n, person, f"3{n}")},
            {"message": {"message_id": 0}},  # the stub of an edit
            {"message": {"message_id": 0, "chat": {"id": person}}},
        ]
        return self.chance.choice(shapes)

    def _broken(self, update: Json) -> Json:
        whole = update
        while True:
            with contextlib.suppress(RecursionError):  # nested so deep that even a copy is too much for Python
                update = harm.damaged(whole, self.chance)
                break
        for name, value in list(update.items()):
            if isinstance(value, dict) and self.chance.random() < 0.2:
                field = self.chance.choice(
                    ["from", "chat", "message", "text", "date", "entities", "reply_markup", "photo"]
                )
                value[field] = copy.deepcopy(self.chance.choice(harm.STRANGE))
                update[name] = value
        return update


async def test_the_good_ones_of_ten_thousand_updates_are_all_handled(town: Town) -> None:
    with listened("info") as log:
        probe, bale, box = Probe(town), Bale(SEED), town.sandbox
        await probe.settle_in()
        for person in PEOPLE:
            box.say("bale", person, "/probe here")
        box.say("bale", PEOPLE[0], "hello", chat=GROUP)
        await town.quiet()
        first = box.state()["bale"]["next_update"]
        for start in range(first, first + COUNT, ROUND):
            for n in range(start, start + ROUND):
                box.messengers["bale"].queue(n, bale.body(n))
            await town.quiet()
        assert await town.app.database.read(inbox.count_parked) == len(bale.set_aside)

    # Each good one has had its turn once, in its person's order, and its answer stands in their chat in that order.
    traces = await probe.traces()
    assert len(set(traces)) == len(traces) - (len(PEOPLE) - 1)  # but for the first word of everybody
    assert {word for word in traces if word.startswith("good")} == {
        word for said in bale.said.values() for word in said
    }
    for person, said in bale.said.items():
        lines = [message for message in box.messengers["bale"].by_chat[person] if message.sender is Sender.BOT]
        texts = [plain(message.text) for message in lines]
        heard = [text.split("«")[1].split("»")[0] for text in texts if "«good-" in text]
        assert heard == said
    assert not any("echo" in word for word in traces)
    # Each good press was answered once; so was each command in the group.
    answered = [call.params["callback_query_id"] for call in box.calls("bale", method="answerCallbackQuery")]
    assert sorted(press for press in answered if press.startswith("2good")) == sorted(bale.presses)
    in_group = [message for message in box.messengers["bale"].by_chat[GROUP] if message.sender is Sender.BOT]
    assert len(in_group) >= bale.in_group  # a damaged one may still be a command there
    # What nobody can read lies aside, as it came.
    kept = await town.run(lambda tx: tx.all("SELECT body FROM inbox WHERE state = 'parked'"))
    assert sorted(row["body"] for row in kept) == sorted(bale.set_aside)
    told = log.getvalue()
    assert "Traceback" not in told
    assert "turn failed" not in told
    assert told.count("unreadable update parked") == len(bale.set_aside)
    assert bale.damaged > COUNT / 3
    assert len(bale.set_aside) > 200
