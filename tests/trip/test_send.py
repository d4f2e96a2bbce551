"""Sending: who goes first, how fast, and what becomes of a message that the messenger does not simply take."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest

from bot.clock import Clock
from bot.limiter import Limiter
from storage import outbox, people
from storage.outbox import Class
from tests.town import START, Town, make_town, plain
from tests.trip.line import Line, make_lines, running, writing_blocked
from tests.trip.probe import Probe, answers, until

A, B, C = 5001, 5002, 5003
#: What a messenger's default is, as settings.toml says it.
DEFAULTS = {"per_second": 30, "per_chat": 1, "burst": 3}


# --- who goes first ---------------------------------------------------------------------------------------------------


async def test_answers_go_before_notices_and_notices_before_broadcasts(url: str) -> None:
    async with make_lines(url, "telegram", per_second=1) as lines:
        line = lines["telegram"]
        line.meet(*range(6001, 6010))
        for n, cls in enumerate([Class.BROADCAST] * 3 + [Class.NOTICE] * 3 + [Class.ANSWER] * 3):
            await line.write(6001 + n, f"{cls.name} {n}", cls=cls)
        async with running(line):
            await line.until(lambda: len(line.sent()) == 7, tick=0.3)
            await line.write(A := 6001, "an answer in between", cls=Class.ANSWER)
            await line.until(lambda: len(line.sent()) == 10, tick=0.3)
    assert line.sent()[:6] == ["ANSWER 6", "ANSWER 7", "ANSWER 8", "NOTICE 3", "NOTICE 4", "NOTICE 5"]
    # At most the one that was leaving when the answer was written stands before it.
    assert "an answer in between" in line.sent()[7:9]
    assert line.heard(A)[-1] in {"BROADCAST 0", "an answer in between"}


async def test_a_chat_gets_what_is_written_in_the_order_of_writing(url: str) -> None:
    async with make_lines(url, "telegram", "bale") as lines:
        for line in lines.values():
            line.meet(A, B, C)
        async with running(*lines.values()):
            for n in range(10):
                for line in lines.values():
                    for chat in (A, B, C):
                        await line.write(chat, f"{chat} {n}")
            for line in lines.values():
                await line.until(lambda line=line: len(line.sent()) == 30)  # type: ignore[misc]
        for line in lines.values():
            for chat in (A, B, C):
                assert line.heard(chat) == [f"{chat} {n}" for n in range(10)]


async def test_the_next_message_leaves_when_the_fate_of_the_last_is_written_and_not_before(url: str) -> None:
    """So that a kill repeats one message of a chat at most."""
    async with make_lines(url, "telegram") as lines:
        line = lines["telegram"]
        line.meet(A, B)
        await line.write(A, "a1", "a2", "a3")
        await line.write(B, "b1", "b2")
        with writing_blocked(url, "outbox") as let_go:
            async with running(line):
                await line.until(lambda: len(line.sent()) == 2)
                await line.rest()
                assert sorted(line.sent()) == ["a1", "b1"]
                let_go()
                await line.until(lambda: len(line.sent()) == 5)
        assert (line.heard(A), line.heard(B)) == (["a1", "a2", "a3"], ["b1", "b2"])


async def test_one_chat_with_hundreds_of_messages_keeps_no_other_waiting(url: str) -> None:
    async with make_lines(url, "telegram") as lines:
        line = lines["telegram"]
        line.meet(A, B)
        await line.write(A, *(f"flood {n}" for n in range(400)))
        await line.write(B, "one word")
        async with running(line):
            await line.until(lambda: line.heard(B))
            assert len(line.heard(A)) < 100


async def test_a_message_that_waits_for_its_time_holds_those_behind_it_in_its_class(url: str) -> None:
    async with make_lines(url, "telegram") as lines:
        line = lines["telegram"]
        line.meet(A, B)
        await line.write(A, "tomorrow", cls=Class.NOTICE, not_before=line.clock.seconds() + 60)
        await line.write(A, "after it", cls=Class.NOTICE)
        await line.write(A, "an answer", cls=Class.ANSWER)
        await line.write(B, "elsewhere", cls=Class.NOTICE)
        async with running(line):
            await line.until(lambda: len(line.sent()) == 2)
            await line.rest()
            assert sorted(line.sent()) == ["an answer", "elsewhere"]
            line.clock.move(61)
            await line.until(lambda: len(line.sent()) == 4)
        assert line.heard(A) == ["an answer", "tomorrow", "after it"]


async def test_what_is_no_longer_worth_sending_lapses_and_leaves_no_words(url: str) -> None:
    async with make_lines(url, "telegram") as lines:
        line = lines["telegram"]
        line.meet(A)
        await line.write(A, "too late", expires=line.clock.seconds() + 10)
        await line.write(A, "still good", expires=line.clock.seconds() + 100)
        line.clock.move(10)
        async with running(line):
            await line.until(lambda: line.heard(A))
        assert line.heard(A) == ["still good"]
        assert await line.rows("SELECT state FROM outbox") == [("lapsed",)]
        assert await line.rows("SELECT id FROM bodies") == []


# --- how fast ---------------------------------------------------------------------------------------------------------


async def test_with_the_default_limits_the_messenger_never_says_too_many(sqlite_url: str) -> None:
    async with make_lines(sqlite_url, "telegram", clock=Clock(), **DEFAULTS) as lines:
        line = lines["telegram"]
        line.sandbox.switch("telegram", "flood_per_second", 30)
        line.sandbox.switch("telegram", "flood_per_chat", 3)
        crowd = range(7001, 7051)
        line.meet(A, *crowd)
        await line.write(A, *(f"word {n}" for n in range(5)))
        for chat in crowd:
            await line.write(chat, "hello", cls=Class.BROADCAST)
        async with running(line):
            await line.until(lambda: len(line.sent()) == 55)
        assert line.heard(A) == [f"word {n}" for n in range(5)]
        assert [call for call in line.sandbox.calls() if call.error_code] == []


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("per_second", [1, 10, 30])
def test_no_second_ever_sees_more_than_the_limit_whatever_the_round_trips(seed: int, per_second: int) -> None:
    """The messenger counts a message somewhere between its leaving and its answer; no such count may exceed."""
    chance, clock = random.Random(seed), Clock.fixed(START)
    limiter = Limiter(clock, per_second=per_second, per_chat=0, burst=0)
    counted: list[float] = []
    flying: list[float] = []  # when their answers come
    while len(counted) < per_second * 6:
        now = clock.monotonic()
        for end in sorted(flying):
            if end <= now:
                flying.remove(end)
                limiter.finish(1)
        if limiter.room() == 0:
            trip = chance.choice([0.01, 0.05, chance.random(), 2.5])
            limiter.start()
            flying.append(now + trip)
            counted.append(now + trip * chance.random())
        else:
            wakes = [end - now for end in flying] + [limiter.room()]
            clock.move(max(1e-6, min(wakes)))
    counted.sort()
    for n in range(len(counted) - per_second):
        assert counted[n + per_second] - counted[n] > 1.0
    assert counted[-1] < 6 * 4  # and it does not sleep either


def test_a_chat_gets_three_at_once_and_then_one_a_second() -> None:
    clock = Clock.fixed(START)
    limiter = Limiter(clock, per_second=0, per_chat=1, burst=3)
    sent: list[float] = []
    while len(sent) < 6:
        if limiter.room_in(1) == 0:
            limiter.start()
            limiter.finish(1)
            sent.append(round(clock.monotonic(), 3))
        assert limiter.room_in(2) == 0
        clock.move(0.125)
    assert sent == [0, 0.125, 0.25, 1.0, 2.0, 3.0]
    clock.move(60)
    assert limiter.blocked() == []


# --- what is asked to wait --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hint", "waits"), [(3, 3), (0, 2)])
async def test_a_chat_that_is_refused_waits_and_another_goes_on(sqlite_url: str, hint: int, waits: int) -> None:
    async with make_lines(sqlite_url, "telegram") as lines:
        line = lines["telegram"]
        line.meet(A, B)
        line.sandbox.fault("telegram", "flood", method="sendMessage", chat=A, times=1, retry_after=hint)
        await line.write(A, "a1", "a2", "a3")
        async with running(line):
            await line.until(lambda: _refusals(line) == 1)
            await line.write(B, "b1", "b2")
            await line.until(lambda: line.heard(B) == ["b1", "b2"])
            line.clock.move(waits - 0.1)
            await line.rest()
            assert line.heard(A) == []
            line.clock.move(0.2)
            await line.until(lambda: line.heard(A) == ["a1", "a2", "a3"])
        assert _refusals(line) == 1


@pytest.mark.parametrize("refused", [{A: 3, B: 3}, {A: 6}], ids=["a second chat", "more than 5 s"])
async def test_the_whole_bot_waits_when_a_second_chat_is_refused_or_it_is_long(
    sqlite_url: str, refused: dict[int, int]
) -> None:
    async with make_lines(sqlite_url, "telegram", "bale") as lines:
        line, other = lines["telegram"], lines["bale"]
        line.meet(A, B, C)
        other.meet(C)
        for chat, seconds in refused.items():
            line.sandbox.fault("telegram", "flood", method="sendMessage", chat=chat, times=1, retry_after=seconds)
        async with running(line, other):
            for chat in refused:
                await line.write(chat, f"to {chat}")
            await line.until(lambda: _refusals(line) == len(refused))
            await line.write(C, "c")
            await other.write(C, "undisturbed")
            await other.until(lambda: other.heard(C) == ["undisturbed"])
            await line.rest()
            assert line.sent() == []
            line.clock.move(max(refused.values()) + 0.1)
            await line.until(lambda: len(line.sent()) == len(refused) + 1)
        assert _refusals(line) == len(refused)


def _refusals(line: Line) -> int:
    return sum(call.error_code == 429 for call in line.sandbox.calls(line.platform))


# --- what goes wrong on the way ---------------------------------------------------------------------------------------

#: What happens to the first message, and whether it may have arrived all the same.
TROUBLE = [
    ("drop_before", False),
    ("drop_after", True),
    ("half", True),
    ("stall", False),
    ("error500", False),
    ("html", False),
]


@pytest.mark.parametrize(("kind", "arrives"), TROUBLE)
async def test_trouble_on_the_way_repeats_one_message_at_most_and_keeps_the_order(
    sqlite_url: str, kind: str, arrives: bool
) -> None:
    async with make_lines(sqlite_url, "telegram", "bale") as lines:
        line, other = lines["telegram"], lines["bale"]
        line.meet(A, B)
        other.meet(A)
        seconds = {"seconds": 0.05} if kind == "stall" else {}
        line.sandbox.fault("telegram", kind, method="sendMessage", chat=A, times=2, **seconds)  # type: ignore[arg-type]
        await line.write(A, "a1", "a2", "a3", "a4")
        async with running(line, other):
            await line.until(lambda: len(line.sandbox.calls("telegram", method="sendMessage")) == 1)
            await line.write(B, "b1", "b2")
            await other.write(A, "undisturbed")
            await line.until(lambda: line.heard(B) == ["b1", "b2"])
            await other.until(lambda: other.heard(A) == ["undisturbed"])
            assert set(line.heard(A)) <= {"a1"}
            await line.until(lambda: line.heard(A)[-1:] == ["a4"], tick=0.1)
        repeats = 3 if arrives else 1
        assert line.heard(A) == ["a1"] * repeats + ["a2", "a3", "a4"]
        assert line.messenger.sending == ""


async def test_one_chat_whose_message_always_fails_does_not_stop_the_others(sqlite_url: str) -> None:
    async with make_lines(sqlite_url, "telegram") as lines:
        line = lines["telegram"]
        line.meet(A, B)
        line.sandbox.fault("telegram", "error500", method="sendMessage", chat=A)
        await line.write(A, "poison")
        async with running(line):
            await line.until(lambda: len(line.sandbox.calls("telegram", method="sendMessage")) >= 6, tick=0.5)
            await line.write(B, "b1")
            await line.until(lambda: line.heard(B) == ["b1"])
            line.sandbox.clear_faults()
            await line.until(lambda: line.heard(A) == ["poison"], tick=0.5)


async def test_when_nobody_can_be_reached_the_messenger_is_asked_less_and_less(sqlite_url: str) -> None:
    async with make_lines(sqlite_url, "telegram") as lines:
        line = lines["telegram"]
        chats = range(7001, 7011)
        line.meet(*chats)
        line.sandbox.fault("telegram", "error500", method="sendMessage")
        for chat in chats:
            await line.write(chat, f"to {chat}")
        async with running(line):
            for _ in range(600):
                line.clock.move(0.1)
                await line.sandbox.pulse.wait(0.001)
            # In a minute, ten chats at a growing pause each: far from ten every half second.
            assert len(line.sandbox.calls("telegram", method="sendMessage")) < 200
            assert line.messenger.sending
            line.sandbox.clear_faults()
            await line.until(lambda: len(line.sent()) == 10, tick=0.5)
        assert line.messenger.sending == ""


async def test_a_bug_of_ours_in_one_row_sets_it_aside_and_later_rows_flow(sqlite_url: str) -> None:
    async with make_lines(sqlite_url, "telegram") as lines:
        line = lines["telegram"]
        line.meet(A)
        await line.write(A, "broken")
        await line.database.run(lambda tx: tx.run("UPDATE bodies SET params = 'no json'"))
        await line.write(A, "whole")
        async with running(line):
            await line.until(lambda: line.heard(A) == ["whole"])
        ((error,),) = await line.rows("SELECT error FROM outbox WHERE state = 'parked'")
        assert error == "JSONDecodeError"


# --- what is refused --------------------------------------------------------------------------------------------------


async def test_who_blocked_the_bot_gets_nothing_until_they_write(town: Town, probe: Probe) -> None:
    one = town.person("telegram", 1001)
    await one.says("/probe before")
    lane = (await probe.rows("SELECT lane FROM accounts"))[0][0]
    town.sandbox.block("telegram", 1001)

    async def write(*texts: str) -> None:
        def put(tx: Any) -> None:
            for text in texts:
                body = outbox.body(tx, "sendMessage", f'{{"text": "«{text}»"}}')
                outbox.put(tx, bot=1, lane=lane, cls=Class.NOTICE, body=body, now=town.clock.seconds())

        await town.run(put)
        for sender in town.app.senders.values():
            sender.wake()
        await town.quiet()

    await write("n1", "n2", "n3")
    assert await probe.rows("SELECT status FROM accounts") == [("stopped",)]
    assert await probe.rows("SELECT state, body FROM outbox WHERE state <> 'sent'") == [("lapsed", None)] * 3
    assert await town.run(lambda tx: people.reach(tx, 1)) is None
    # The messenger's own word of it, coming late, is not a word of theirs.
    change = {"from": {"id": 1001}, "chat": {"id": 1001, "type": "private"}, "new_chat_member": {"status": "kicked"}}
    town.sandbox.raw("telegram", {"my_chat_member": change})
    await town.quiet()
    assert await probe.rows("SELECT status FROM accounts") == [("stopped",)]
    await one.says("/probe back")
    await write("n4")
    assert await probe.rows("SELECT status FROM accounts") == [("active",)]
    assert answers(one) == ["before", "back", "n4"]


async def test_what_the_messenger_refuses_is_set_aside_with_its_words_and_later_rows_flow(url: str) -> None:
    async with make_lines(url, "telegram") as lines:
        line = lines["telegram"]
        line.meet(A, B)
        await line.write(A, "x" * 5000, "short")
        await line.write(9999, "to nobody")
        async with running(line):
            await line.until(lambda: line.heard(A) == ["short"])
            await line.until(lambda: _refused(line) == 2)
        errors = [error for (error,) in await line.rows("SELECT error FROM outbox WHERE state = 'parked' ORDER BY id")]
        assert errors == [
            "sendMessage: 400 Bad Request: message is too long",
            "sendMessage: 400 Bad Request: chat not found",
        ]
        assert await line.rows("SELECT id FROM bodies") == []


def _refused(line: Line) -> int:
    return sum(call.error_code == 400 for call in line.sandbox.calls(line.platform))


# --- edits ------------------------------------------------------------------------------------------------------------


async def _card(line: Line, text: str = "card") -> int:
    """A card that was sent; the outbox row that shows it."""
    await line.write(A, text, about="case:1")
    await line.until(lambda: text in line.heard(A))
    found: list[tuple[Any, ...]] = []
    while not found:
        found = await line.rows("SELECT id FROM outbox WHERE state = 'sent' AND about = 'case:1' ORDER BY id DESC")
    return int(found[0][0])


async def test_an_edit_changes_the_message_and_one_that_changes_nothing_is_as_good(url: str) -> None:
    async with make_lines(url, "telegram", "bale") as lines:
        async with running(*lines.values()):
            for line in lines.values():
                line.meet(A)
                card = await _card(line)
                for _ in range(2):
                    await line.write(A, "changed", method="editMessageText", edits=card, matters=False)
                await line.write(A, "behind")
                await line.until(lambda line=line: line.heard(A) == ["changed", "behind"])  # type: ignore[misc]
        assert await lines["bale"].rows("SELECT state, message IS NULL FROM outbox ORDER BY id") == [
            ("sent", False),
            ("sent", False),
        ]


@pytest.mark.parametrize("matters", [True, False])
async def test_an_edit_that_cannot_be_made_is_a_new_message_if_it_matters_and_else_nothing(
    url: str, matters: bool
) -> None:
    async with make_lines(url, "telegram") as lines:
        line = lines["telegram"]
        line.meet(A)
        async with running(line):
            card = await _card(line)
            line.sandbox.messenger("telegram").messages[2].deleted = True
            await line.write(A, "changed", method="editMessageText", edits=card, matters=matters)
            await line.write(A, "behind")
            await line.until(lambda: line.heard(A)[-1] == "behind")
        assert line.heard(A) == (["card", "changed", "behind"] if matters else ["card", "behind"])
        assert await line.rows("SELECT state FROM outbox WHERE state = 'parked'") == []


@pytest.mark.parametrize("matters", [True, False])
async def test_an_edit_of_a_card_that_never_arrived(url: str, matters: bool) -> None:
    async with make_lines(url, "telegram") as lines:
        line = lines["telegram"]
        line.meet(A)
        await line.write(A, "x" * 5000, about="case:1")
        ((card,),) = await line.rows("SELECT id FROM outbox")
        await line.write(A, "changed", method="editMessageText", edits=card, matters=matters)
        await line.write(A, "behind")
        async with running(line):
            await line.until(lambda: line.heard(A)[-1:] == ["behind"])
        assert line.heard(A) == (["changed", "behind"] if matters else ["behind"])


async def test_every_press_gets_its_answer_and_a_refused_one_does_no_harm(town: Town) -> None:
    one = town.person("telegram", 1001)
    await one.says("/start")
    town.sandbox.fault("telegram", "error500", method="answerCallbackQuery", times=1)
    town.sandbox.fault("telegram", "stall", method="sendMessage")  # the answer does not wait for the words
    town.sandbox.press("telegram", one.id, data="c:1:old", forged=True)
    town.sandbox.press("telegram", one.id, data="c:2:old", forged=True)
    await town.sandbox.wait_for(lambda: len(town.sandbox.calls("telegram", method="answerCallbackQuery")) == 2)
    town.sandbox.clear_faults()
    await until(town, lambda: len(one.heard) == 3, tick=0.5)
    oks = [call.ok for call in town.sandbox.calls("telegram", method="answerCallbackQuery")]
    assert sorted(oks) == [False, True]


async def test_a_long_text_arrives_in_order_with_its_buttons_under_the_last_part(tmp_path: Path, url: str) -> None:
    async with make_town(tmp_path, url) as town:
        probe = Probe(town)
        await probe.settle_in()
        for platform in ("telegram", "bale"):
            one = town.person(platform, 1001)
            await one.says("/probe long " + "\n\n".join(f"part-{n} " + "x" * 900 for n in range(20)))
            lines = [line for line in one.chat if line["from"] == "bot"]
            parts = [n for line in lines for n in re.findall(r"part-(\d+)", line["text"])]
            assert parts == sorted(parts, key=int)
            assert "0" in parts
            assert all(len(line["text"].encode("utf-16-le")) // 2 <= 4096 for line in lines)


async def test_a_card_is_kept_in_step_after_a_restart(tmp_path: Path, url: str) -> None:
    from domain.permissions import Role

    async with make_town(tmp_path, url) as town:
        first, second = town.person("telegram", 1003), town.person("bale", 1004)
        for person in (first, second):
            await person.says("/start")
            await person.presses("می‌پذیرم")
            await person.presses("انصراف")
            await town.grant(person, Role.COORDINATOR, "kerman/n1")
        resident = town.person("telegram", 1001)
        await resident.settles()
        code = await resident.reports("چراغ‌های کوچهٔ ۱۲ خاموش است")
        assert "پذیرش" in second.buttons
        await town.restart()
        await first.says(f"/accept {code}")
        card = next(line for line in second.chat if code in line["text"])
        assert card["edited"]
        assert [plain(button["text"]) for row in card["buttons"] for button in row] == ["بیشتر"]
        assert len([line for line in second.chat if code in line["text"]]) == 1
