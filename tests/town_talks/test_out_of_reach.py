"""A person with two accounts is told in one place: where they wrote last, or chose, or can be reached at all."""

from __future__ import annotations

from domain.permissions import Role
from storage.audience import Unasked
from storage.outbox import Class
from storage.standby import LET_GO_S, OUT_OF_REACH_S
from tests.sentences import said
from tests.town import Person, Town
from tests.town_talks.two import DAY, HOUR, NAMES, REPORT, connects_and_writes, rows, tells, told


def falls_silent(one: Person) -> None:
    """Nothing can be sent on this messenger from here on."""
    one.town.waits_for = Class.ANSWER
    one.town.sandbox.fault(one.platform, "error500", method="sendMessage")


async def is_back(town: Town) -> None:
    """Every messenger takes everything again, and nothing is on its way any more that will have failed."""
    town.sandbox.clear_faults()
    town.waits_for = Class.BROADCAST
    while any(sender._busy for sender in town.app.senders.values()):
        await town.sandbox.pulse.wait(0.01)


# --- where they are told ----------------------------------------------------------------------------------------------


async def test_a_notice_goes_to_the_account_used_last_and_never_to_both(linked: tuple[Person, Person]) -> None:
    last, first = linked
    town = last.town
    await tells(town, last)
    await town.quiet()
    assert told(last, first) == [1, 0]
    await town.passes(1)
    await first.says("/menu")  # within five minutes of what was noted for the other
    await tells(town, last)
    await town.quiet()
    assert told(last, first) == [1, 1]
    await town.passes(OUT_OF_REACH_S + LET_GO_S)
    await town.passes(LET_GO_S)
    assert told(last, first) == [1, 1]
    assert await rows(town, "SELECT 1 AS found FROM outbox WHERE state = 'standby'") == []


async def test_a_chosen_messenger_is_taken_whatever_was_used_last(linked: tuple[Person, Person]) -> None:
    last, first = linked
    await last.says("/settings")
    await last.presses("پیام‌رسان خبرها")
    assert last.last == said("link-where", now=said("link-where.last"))
    await last.presses(said("link-where-at", where=first.platform))
    assert last.last == said("link-where", now=NAMES[first.platform])
    await tells(last.town, last)
    await last.town.quiet()
    assert told(last, first) == [0, 1]
    await last.presses(said("link-where.last"))
    await tells(last.town, last)
    await last.town.quiet()
    assert told(last, first) == [1, 1]


async def test_after_six_hours_out_of_reach_the_other_is_told_and_never_both(
    linked: tuple[Person, Person],
) -> None:
    last, first = linked
    town = last.town
    town.waits_for = Class.ANSWER  # what cannot leave is not waited for
    town.sandbox.fault(last.platform, "error500", method="sendMessage")
    await tells(town, last)
    await town.passes(OUT_OF_REACH_S - 120)
    assert told(last, first) == [0, 0]
    await town.passes(180)
    assert told(last, first) == [0, 0], "it is made sure first that the other one is not in the air"
    await is_back(town)
    await town.passes(LET_GO_S + 60)
    assert told(last, first) == [0, 1]
    await town.passes(DAY)
    assert told(last, first) == [0, 1]


async def test_what_is_back_within_six_hours_is_told_there_alone(linked: tuple[Person, Person]) -> None:
    last, first = linked
    town = last.town
    falls_silent(last)
    await tells(town, last)
    await town.passes(OUT_OF_REACH_S - 120)
    await is_back(town)
    await town.passes(60)
    assert told(last, first) == [1, 0]
    await town.passes(DAY)
    assert told(last, first) == [1, 0]


async def test_what_is_in_the_air_for_long_is_not_told_twice(pair: tuple[Person, Person]) -> None:
    """The messenger has the call and is silent; it arrives just while the other account would take over."""
    one, there = pair
    town = one.town
    await connects_and_writes(one, there)
    town.waits_for = Class.ANSWER
    town.sandbox.fault("telegram", "latency", chat=one.id, times=1, seconds=3600)
    await tells(town, one)
    await town.sandbox.wait_for(lambda: not town.sandbox.faults())
    await town.passes(OUT_OF_REACH_S + 60)
    assert told(one, there) == [0, 0]
    await is_back(town)
    await town.sandbox.wait_for(lambda: told(one) == [1])
    while await rows(town, "SELECT 1 AS found FROM outbox WHERE state IN ('waiting', 'standby')"):
        await town.sandbox.pulse.wait(0.01)
    await town.passes(2 * LET_GO_S)
    assert told(one, there) == [1, 0]


async def test_a_blocked_bot_hands_over_at_once(linked: tuple[Person, Person]) -> None:
    last, first = linked
    town = last.town
    town.sandbox.block(last.platform, last.id)
    await tells(town, last)
    await town.quiet()
    assert told(last, first) == [0, 1]
    await tells(town, last)
    await town.quiet()
    assert told(last, first) == [0, 2]


async def test_a_night_is_not_out_of_reach_and_nobody_is_woken_by_the_change(linked: tuple[Person, Person]) -> None:
    last, first = linked
    town = last.town
    await town.passes(13 * HOUR)  # half past ten in the evening
    await tells(town, last, Unasked.OWN_CASE)
    await town.quiet()
    falls_silent(last)
    await town.passes(8 * HOUR)
    await town.passes(5 * HOUR)
    assert told(last, first) == [0, 0]
    await town.passes(2 * HOUR)
    await is_back(town)
    await town.passes(LET_GO_S + 60)
    assert told(last, first) == [0, 1]


async def test_stopped_meanwhile_it_reaches_neither(pair: tuple[Person, Person]) -> None:
    one, there = pair
    town = one.town
    await connects_and_writes(one, there)
    town.waits_for = Class.ANSWER
    town.sandbox.fault("telegram", "error500", chat=one.id)
    await tells(town, one, Unasked.OWN_CASE)
    await there.says("/stop")
    await there.presses("هیچ پیامی نفرستید")
    await is_back(town)
    await town.passes(60)
    await town.passes(OUT_OF_REACH_S + LET_GO_S)
    await town.passes(2 * LET_GO_S)
    assert told(one, there) == [0, 0]
    assert await rows(town, "SELECT 1 AS found FROM outbox WHERE state IN ('waiting', 'standby')") == []


async def test_an_answer_goes_where_the_person_wrote(linked: tuple[Person, Person]) -> None:
    last, first = linked
    await last.says("/settings")
    await first.says("/mydata")
    assert "و شمارهٔ حساب‌های شما در ۲ پیام‌رسان" in first.last
    await last.says("/menu")
    before = len(last.heard)
    await first.presses("دریافت فایل")
    await last.says("/menu")
    await last.town.passes(1)
    assert any(line["kind"] == "document" for line in first.chat if line["from"] == "bot")
    assert not any(line["kind"] == "document" for line in last.chat if line["from"] == "bot")
    assert len(last.heard) == before + 1


# --- cards, messages to many ------------------------------------------------------------------------------------------


async def a_coordinator(town: Town, one: Person, there: Person) -> None:
    """A coordinator with two accounts, who wrote last on the first."""
    await connects_and_writes(one, there)
    await town.grant(one, Role.COORDINATOR, "kerman/n1")


def cards(person: Person) -> list[str]:
    return [line["text"] for line in person.chat if line["from"] == "bot" and line["text"].startswith("گزارش تازه")]


async def test_a_card_comes_on_one_messenger_and_both_accounts_may_decide(pair: tuple[Person, Person]) -> None:
    one, there = pair
    town = one.town
    await a_coordinator(town, one, there)
    resident = town.person("bale", 2002)
    await resident.settles()
    code = await resident.reports(REPORT)
    assert (len(cards(one)), len(cards(there))) == (1, 0)
    await there.says("/queue")
    assert "چراغ‌های کوچهٔ ۱۲" in there.last
    await there.says(f"/reject {code} insufficient نشانی دقیق نیست")
    assert any("نتوانست آن را بپذیرد" in text for text in resident.heard)
    assert cards(one) == [], "it is kept in step"


async def test_a_card_that_stood_by_shows_the_case_as_it_is_and_is_kept_in_step(pair: tuple[Person, Person]) -> None:
    one, there = pair
    town = one.town
    await a_coordinator(town, one, there)
    resident = town.person("bale", 2002)
    await resident.settles()
    town.waits_for = Class.ANSWER
    town.sandbox.fault("telegram", "error500", chat=one.id)
    code = await resident.reports(REPORT)
    await resident.says("/mine")
    await resident.says(f"/track {code}")
    await resident.presses("افزودن توضیح")
    await resident.says("تیر شمارهٔ ۴۲ هم خاموش است")
    await town.passes(OUT_OF_REACH_S + 60)
    assert cards(there) == []
    changes = "SELECT 1 AS found FROM outbox e JOIN outbox t ON t.id = e.edits WHERE t.state = 'standby'"
    assert await rows(town, changes) == [], "it is worded anew, and nothing is to be changed"
    await is_back(town)
    await town.passes(LET_GO_S + 60)
    (card,) = cards(there)
    assert "تیر شمارهٔ ۴۲" in card
    assert cards(one) == []
    await resident.says(f"/track {code}")
    await resident.presses("پس گرفتن")
    await resident.presses("پس گرفتن")
    await town.passes(1)
    assert cards(there) == [], "it changed where it stands"


async def test_a_message_to_many_reaches_a_person_once_and_is_counted_once(pair: tuple[Person, Person]) -> None:
    one, there = pair
    town = one.town
    await connects_and_writes(one, there)
    author = town.person("telegram", 3003)
    await author.settles()
    await town.grant(author, Role.COORDINATOR, "kerman/n1")
    words = "فردا از ساعت ۹ تا ۱۲ آب قطع است"
    await author.says(f"/broadcast {words}")
    await author.presses("ارسال")
    for _ in range(4):
        await town.passes(1)
    got = [sum(words in text for text in person.heard) for person in (one, there)]
    assert got == [1, 0]
    (kept,) = await rows(town, "SELECT state, total, sent, ended FROM broadcasts")
    assert (kept["state"], kept["total"], kept["sent"]) == ("done", 1, 1)
    await town.passes(DAY)
    assert [sum(words in text for text in person.heard) for person in (one, there)] == [1, 0]


async def test_a_message_to_many_takes_the_other_way_and_is_counted_where_it_went(pair: tuple[Person, Person]) -> None:
    one, there = pair
    town = one.town
    await connects_and_writes(one, there)
    author = town.person("telegram", 3003)
    await author.settles()
    await town.grant(author, Role.COORDINATOR, "kerman/n1")
    words = "فردا از ساعت ۹ تا ۱۲ آب قطع است"
    town.sandbox.block("telegram", one.id)
    await author.says(f"/broadcast {words}")
    await author.presses("ارسال")
    for _ in range(6):
        await town.passes(1)
    assert [sum(words in text for text in person.heard) for person in (one, there)] == [0, 1]
    (kept,) = await rows(town, "SELECT state, sent, closed, refused FROM broadcasts")
    assert (kept["state"], kept["sent"], kept["closed"], kept["refused"]) == ("done", 1, 0, 0)


async def test_what_is_for_a_messenger_that_has_not_answered_since_the_start_waits_for_it(
    pair: tuple[Person, Person],
) -> None:
    coordinator, resident = pair
    town = coordinator.town
    await town.grant(coordinator, Role.COORDINATOR, "kerman/n1")
    code = await resident.reports(REPORT)
    town.sandbox.fault("bale", "error500", method="getMe")
    await town.restart()
    before = len(resident.heard)
    await coordinator.says(f"/accept {code} تعمیر چراغ‌ها")
    assert len(resident.heard) == before
    town.sandbox.clear_faults()
    while len(town.app.messengers) < 2:
        town.clock.move(1)
        await town.sandbox.pulse.wait(0.01)
    await town.quiet()
    (news,) = resident.heard[before:]
    assert news.startswith("شورای پیشرفت محلهٔ شهر نوشتهٔ شما را پذیرفت:\n«چراغ‌های کوچهٔ ۱۲")
