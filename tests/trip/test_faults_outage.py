"""A day without the messenger, replayed: what waited goes out by its rank, in its order, at the pace, once."""

from __future__ import annotations

from storage import outbox, people
from storage.outbox import Class
from storage.tx import Tx
from tests.trip.line import Line, make_lines, running

NOTICES, ANSWERS, LAPSING = 10_000, 500, 50
#: People who wait for notices, four each; those who wait for an answer are among them.
EACH, FIRST = 4, 20_001
A_DAY = 86_400
#: What Telegram allows, and what the sandbox refuses strictly here.
PER_SECOND = 30


async def test_a_day_of_outage_is_made_good_without_haste_and_without_a_repeat(url: str, full: bool) -> None:
    day = Day(1 if full or url.startswith("sqlite") else 10)  # PostgreSQL sees a tenth of it, and all with FULL=1
    async with make_lines(url, "telegram", per_second=PER_SECOND, per_chat=1, burst=3) as lines:
        line = lines["telegram"]
        line.meet(*day.crowd)
        line.sandbox.switch("telegram", "flood_per_second", PER_SECOND)
        line.sandbox.switch("telegram", "flood_per_chat", 3)
        await line.database.run(lambda tx: _waiting(tx, line, day))
        line.sandbox.fault("telegram", "drop_before")
        async with running(line):
            for _ in range(24):
                await line.rest()
                line.clock.move(A_DAY / 24)
            assert line.sent() == []
            line.sandbox.clear_faults()
            ended = line.clock.monotonic()
            await _all_out(line)
        sent = line.sent()
        assert len(sent) == day.notices + day.answers
        assert set(sent[: day.answers]) == {f"answer {n}" for n in range(day.answers)}  # before any notice
        assert set(sent[day.answers :]) == {f"notice {n}" for n in range(day.notices)}  # each once, none that lapsed
        for chat in day.crowd:
            notices = [int(text.removeprefix("notice ")) for text in line.heard(chat) if text.startswith("notice")]
            assert notices == sorted(notices)
            assert len(notices) == EACH
        assert {call.error_code for call in line.sandbox.calls(method="sendMessage")} == {None}  # no 429
        assert await line.rows("SELECT state, count(*) AS n FROM outbox GROUP BY state") == [("lapsed", day.lapsing)]
        assert await line.rows("SELECT id FROM bodies") == []
        # The limit is kept and not only not broken: it takes as long as it must, and the pause after the last failure.
        assert line.clock.monotonic() - ended < 2 * len(sent) / PER_SECOND


class Day:
    """How much waited when the messenger came back, by a divisor."""

    def __init__(self, part: int) -> None:
        self.notices, self.answers, self.lapsing = NOTICES // part, ANSWERS // part, LAPSING // part
        self.crowd = range(FIRST, FIRST + self.notices // EACH)


def _waiting(tx: Tx, line: Line, day: Day) -> None:
    """Notices first and answers after them, so that their numbers alone would send them in the wrong order."""
    now, bot = line.clock.seconds(), line.messenger.id
    lanes = [people.lane_id(tx, bot, chat) for chat in day.crowd]

    def put(lane: int, text: str, cls: Class, expires: int | None = None) -> None:
        body = outbox.body(tx, "sendMessage", f'{{"text": "{text}"}}')
        outbox.put(tx, bot=bot, lane=lane, cls=cls, body=body, now=now, expires=expires)

    for n in range(day.notices):
        if n % (day.notices // day.lapsing) == 0:
            put(lanes[n % len(lanes)], f"lapsed {n}", Class.NOTICE, now + 3600 + n)
        put(lanes[n % len(lanes)], f"notice {n}", Class.NOTICE, None if n % 2 else now + 2 * A_DAY)
    for n in range(day.answers):
        put(lanes[n], f"answer {n}", Class.ANSWER)


async def _all_out(line: Line) -> None:
    """Let the clock go by as the pace asks for, and only when what is in the air has arrived."""
    while (await line.rows("SELECT count(*) AS n FROM outbox WHERE state = 'waiting'")) != [(0,)]:
        while line.sender._busy:
            await line.sandbox.pulse.wait(0.001)
        line.clock.move(0.25)
        await line.sandbox.pulse.wait(0.001)
