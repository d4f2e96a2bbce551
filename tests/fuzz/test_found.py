"""What the fuzz has found, each as a story of its own that must not come back."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import carried, lenient_json
from bot.store import Store
from domain.permissions import Role
from sandbox.files import sample
from storage import cards, inbox, outbox, people, places
from storage.media import Found
from storage.tx import Tx
from tests.town import Person, Town, make_town
from tests.town_talks.test_moderation import TEXT, case_of, report, resident, staff

HELP = '{"message_id":1,"date":1,"text":"/help","chat":{"id":1001,"type":"private"}'


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with make_town(tmp_path) as opened:
        yield opened
        assert await opened.app.database.read(inbox.count_parked) == 0
        assert await opened.app.database.read(outbox.parked) == []


# --- what Python's own reader of JSON gives up on -------------------------------------------------------------------


@pytest.mark.parametrize(
    "odd", ["9" * 5000, "-" + "1" * 4301, "[" * 3000 + "]" * 3000, '{"a":' * 1500 + "1" + "}" * 1500]
)
async def test_one_unreadable_number_or_depth_does_not_hold_up_everybody_else(town: Town, odd: str) -> None:
    one, other = town.person("telegram", 1001), town.person("telegram", 1002)
    box = town.sandbox.messenger("telegram")
    box.by_chat[1001] = []
    number = box.number("update")
    box.queue(number, f'{{"update_id":{number},"message":{HELP},"odd":{odd}}}}}')
    await other.says("/help")
    assert len(one.heard) == len(other.heard) == 1


def test_what_is_too_long_or_too_deep_is_missing_and_the_rest_is_whole() -> None:
    text = '{"a": [1, %s], "b": {"deep": %s, "c": "[\\"]"}, "d": -7}'
    assert lenient_json.loads(text % ("8" * 5000, "[" * 2000 + "]" * 2000)) == {
        "a": [1, None],
        "b": {"deep": _nested(98, None), "c": '["]'},
        "d": -7,
    }


@pytest.mark.parametrize("bad", ["[" * 3000, '{"a":', '"', "]" * 3000, "", '{"a":' + "[" * 2000 + "]" * 1999 + "}"])
def test_what_is_no_json_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        lenient_json.loads(bad)


def _nested(depth: int, value: object) -> object:
    for _ in range(depth):
        value = [value]
    return value


# --- whose chat it is -----------------------------------------------------------------------------------------------


async def test_nothing_is_said_in_a_private_chat_that_is_not_the_persons_own(town: Town) -> None:
    await resident(town, 1001, on="telegram")
    other = town.person("telegram", 1002)
    await other.says("/start")
    before = len(other.heard)
    message = {"message_id": 1, "date": 1, "from": {"id": 1001}, "chat": {"id": 1002, "type": "private"}}
    town.sandbox.raw("telegram", {"message": {**message, "text": TEXT}})
    await town.quiet()
    assert len(other.heard) == before


# --- files ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["video_note", "animation"])
async def test_a_round_video_reaches_the_council_as_a_video(town: Town, kind: str) -> None:
    coordinator, who = await staff(town, 1003), await resident(town, on="telegram")
    box = town.sandbox.messenger("telegram")
    file = box.store_file("video", sample("video"))
    box.files[file.file_id] = dataclasses.replace(file, kind=kind)  # a messenger sends it as nothing else by its number
    chat = {"id": who.id, "type": "private"}
    sent = {"message_id": 900, "date": 1, "from": {"id": who.id}, "chat": chat, kind: {"file_id": file.file_id}}
    town.sandbox.raw("telegram", {"message": sent})
    await town.quiet()
    await who.presses("بدون نشانی")
    await who.presses("نمی‌دانم")
    await who.presses("ثبت گزارش")
    await town.passes(1)
    await town.passes(3)
    assert [line["kind"] for line in coordinator.chat if line["from"] == "bot"][-2:] == ["video", "text"]


def test_the_one_photo_that_is_left_of_several_goes_by_itself(tmp_path: Path) -> None:
    store = Store(tmp_path)
    name = store.put(b"a photo")
    album = {"media": [{"type": "photo", "media": {"own": number}} for number in (1, 2)]}
    known, kept = Found(2, "photo", "n2", "", coming=False), Found(2, "photo", "", name, coming=False)
    by_number = carried.load("sendMediaGroup", album, {2: known}, store)
    assert by_number is not None
    assert (by_number.method, by_number.params, by_number.files) == ("sendPhoto", {"photo": "n2"}, {})
    uploaded = carried.load("sendMediaGroup", album, {2: kept}, store)
    assert uploaded is not None
    assert (uploaded.method, uploaded.params, list(uploaded.files)) == ("sendPhoto", {}, ["photo"])
    assert carried.learned(uploaded, {"photo": [{"file_id": "small"}, {"file_id": "new"}]}) == {2: "new"}


# --- forged buttons -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data", ["a:queue.page:x/y/z:9", "a:queue.page:/y/:0", "a:queue.topics:/y/:0", "a:queue.page:///"]
)
async def test_a_filter_of_the_queue_that_does_not_exist_asks_for_everything(town: Town, data: str) -> None:
    coordinator, who = await staff(town, 1003), await resident(town)
    await report(who)
    await coordinator.forges(data)
    assert coordinator.last.startswith(("یک گزارش منتظر نظر شماست:", "گزارش‌های کدام موضوع را می‌خواهید؟"))


# --- seats that end -------------------------------------------------------------------------------------------------


async def end_seat(town: Town, person: Person, written: str) -> None:
    """As `revoke` does on the command line and in the chat."""

    def take(tx: Tx) -> None:
        number, place = people.find_account(tx, person.platform, person.id), places.written(tx, written)
        now = town.clock.seconds()
        assert number is not None
        assert place is not None
        people.revoke(tx, number, Role.COORDINATOR, place.id, now)
        cards.take_away(tx, number, now)

    await town.run(take)


@pytest.mark.parametrize("decision", ["پذیرش", "رد با دلیل", "پرسیدن"])
async def test_an_open_decision_ends_with_the_seat_even_if_another_seat_stays(town: Town, decision: str) -> None:
    coordinator, who = await staff(town, 1003), await resident(town)
    await town.grant(coordinator, Role.COORDINATOR, "kerman/n2")
    code = await report(who)
    await coordinator.presses(decision)
    await end_seat(town, coordinator, "kerman/n1")
    for attempt in ("متن تازه", "متن دیگر"):
        before = len(coordinator.heard)
        await coordinator.says(attempt)
        assert not any(TEXT[:12] in said for said in coordinator.heard[before:])
    assert (await case_of(town, code)).state == "submitted"


async def test_an_open_decision_shows_nothing_of_a_case_that_was_hidden_meanwhile(town: Town) -> None:
    first, second, who = await staff(town, 1003), await staff(town, 1004), await resident(town)
    code = await report(who)
    await second.presses("رد با دلیل")
    await first.says(f"/case {code}")
    await first.presses("بیشتر")
    await first.presses("حساس")
    await first.presses("حساس است")
    await second.presses("توضیح کافی نبود")
    assert second.last == "این گزارش حساس شناخته شد و پنهان است؛ کار شما ثبت نشد."


async def test_a_card_that_waits_for_the_morning_is_not_sent_when_the_seat_ends_at_night(town: Town) -> None:
    coordinator, colleague, who = await staff(town, 1003), await staff(town, 1004), await resident(town)
    town.clock.move(14 * 3600)  # half past eleven at night in Tehran
    town.sandbox.photo(who.platform, who.id, caption=TEXT)
    await town.quiet()
    for label in ("بدون نشانی", "نمی‌دانم", "ثبت گزارش"):
        await who.presses(label)
    await end_seat(town, coordinator, "kerman/n1")
    lines = {person.id: len(person.chat) for person in (coordinator, colleague)}
    await town.passes(10 * 3600)
    await town.passes(3)
    assert [line["kind"] for line in colleague.chat[lines[colleague.id] :]] == ["photo", "text"]
    assert coordinator.chat[lines[coordinator.id] :] == []


async def test_cards_in_the_chat_of_somebody_whose_seat_ended_tell_nothing_new(town: Town) -> None:
    coordinator, colleague, who = await staff(town, 1003), await staff(town, 1004), await resident(town)
    code = await report(who)
    await end_seat(town, coordinator, "kerman/n1")
    await colleague.says(f"/ask {code} نام خیابان چیست؟")
    await who.says("خیابان مهر")
    assert any("خیابان مهر" in said for said in colleague.heard)
    assert not any("خیابان" in said for said in coordinator.heard)


async def test_a_seat_that_still_covers_a_case_keeps_its_cards(town: Town) -> None:
    coordinator, who = await staff(town, 1003), await resident(town)
    await town.grant(coordinator, Role.COUNTY_OFFICER, "kerman")
    code = await report(who)
    await end_seat(town, coordinator, "kerman/n1")
    await coordinator.says(f"/ask {code} نام خیابان چیست؟")
    await who.says("خیابان مهر")
    assert any("خیابان مهر" in said for said in coordinator.heard)
