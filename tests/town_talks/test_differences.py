"""What one messenger can and another cannot: declared in one table, obeyed everywhere, nothing lost or said twice."""

from __future__ import annotations

import io
import re
from dataclasses import fields
from pathlib import Path

import pytest
import structlog
from PIL import Image

from bot.platforms import PLATFORMS, Platform
from bot.platforms.base import Capabilities
from bot.settings import Settings
from sandbox.dialect import BALE
from storage.outbox import Class
from tests.town import Person, Town, plain
from tests.town_talks.test_hidden import TEXT, nothing_is_left, redacts, report, resident, seen, staff
from tests.trip.probe import until

pytestmark = pytest.mark.usefixtures("only_looks_of_ours")
ROOM = Path(__file__).parents[2] / "bot"
#: No two photos are alike.
COLOURS = ((red, green, 90) for red in range(0, 250, 30) for green in range(0, 250, 30))


# --- the table --------------------------------------------------------------------------------------------------------


def test_every_point_in_the_table_is_obeyed_somewhere() -> None:
    code = "\n".join(file.read_text("utf-8") for file in ROOM.rglob("*.py"))
    read = set(re.findall(r"(?:\bcan|_USUAL|_BALE|Capabilities\(\))\.(\w+)", code))
    assert {field.name for field in fields(Capabilities)} - read == set()


@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=PLATFORMS)
def test_the_settings_begin_with_what_the_table_says(platform: Platform) -> None:
    section, can = Settings().messenger(platform.name), platform.can
    pace = (section.per_second, section.per_chat, section.burst, section.upload_megabytes * 1_000_000)
    assert pace == (can.per_second, can.per_chat, can.burst, can.upload_limit)


def test_several_photos_are_one_message_only_where_there_are_albums() -> None:
    class Without(type(PLATFORMS["bale"])):  # type: ignore[misc]
        can = Capabilities(albums=False)

    media = [(1, "photo"), (2, "voice"), (3, "photo")]
    assert [call.method for call in PLATFORMS["bale"].carrying(media)] == ["sendMediaGroup", "sendVoice"]
    assert [(call.method, call.params) for call in Without().carrying(media)] == [
        ("sendPhoto", {"photo": {"own": 1}}),
        ("sendPhoto", {"photo": {"own": 3}}),
        ("sendVoice", {"voice": {"own": 2}}),
    ]


# --- albums that are refused ------------------------------------------------------------------------------------------


async def reports(who: Person, n: int) -> str:
    """A report with so many photos of which no two are alike; its code."""
    pictures = []
    for _ in range(n):
        written = io.BytesIO()
        Image.new("RGB", (90, 90), next(COLOURS)).save(written, "PNG")
        pictures.append(written.getvalue())
    who.town.sandbox.album(who.platform, who.id, contents=pictures)
    await who.town.quiet()
    await who.presses("بدون نشانی")
    await who.presses("نمی‌دانم")
    await who.says(TEXT)
    await who.presses("ثبت گزارش")
    await who.town.passes(1)
    await who.town.passes(3)
    return next(line for line in who.last.splitlines() if line.isdigit() and line.isascii())


def tried(town: Town, platform: str) -> int:
    return len(town.sandbox.calls(platform, method="sendMediaGroup"))


def photos(person: Person) -> list[str]:
    """The pictures in somebody's chat, in their order."""
    return [line["media"]["photo"][-1]["file_unique_id"] for line in seen(person, "photo")]


def order(person: Person) -> list[str]:
    """What came last: the kinds of messages from the first photo on."""
    kinds = [line["kind"] for line in person.chat if line["from"] == "bot"]
    return kinds[kinds.index("photo") :] if "photo" in kinds else []


async def test_photos_of_a_refused_album_come_one_by_one_and_it_is_not_tried_again(anywhere: Town) -> None:
    town = anywhere
    other, who = await staff(town, 1004, on="bale"), await resident(town, on="telegram")
    town.sandbox.fault("bale", "ok_false", method="sendMediaGroup", description="Bad Request: wrong media")
    with structlog.testing.capture_logs() as lines:
        await reports(who, 3)
        assert order(other) == ["photo", "photo", "photo", "text"]
        await reports(who, 4)
    assert (len(photos(other)), len(set(photos(other))), tried(town, "bale")) == (7, 7, 1)
    assert [line["messenger"] for line in lines if line["event"] == "no albums"] == ["bale"]
    assert [line["album"] for line in seen(other, "photo")] == [""] * 7
    await nothing_is_left(town)


async def test_a_messenger_without_the_method_gets_single_photos(
    quiet_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = quiet_town
    monkeypatch.delitem(BALE.methods, "sendMediaGroup")
    other = await staff(town, 1004, on="bale")
    await reports(await resident(town, on="telegram"), 2)
    assert order(other) == ["photo", "photo", "text"]
    await nothing_is_left(town)


async def test_where_albums_are_known_to_work_a_refused_one_says_nothing_about_the_next(quiet_town: Town) -> None:
    town = quiet_town
    one, who = await staff(town, 1003), await resident(town, on="bale")
    town.sandbox.fault("telegram", "ok_false", method="sendMediaGroup", times=1)
    await reports(who, 3)
    assert [bool(line["album"]) for line in seen(one, "photo")] == [False, True, True]
    await reports(who, 3)
    assert [bool(line["album"]) for line in seen(one, "photo")] == [False, *[True] * 5]
    assert len(set(photos(one))) == 6
    await nothing_is_left(town)


def strikes_after_the_first(town: Town, fault: str, times: int | None = None) -> None:
    """Albums are refused; the first photo arrives, and the second meets this."""
    box = town.sandbox
    box.fault("bale", "ok_false", method="sendMediaGroup")
    box.fault("bale", "latency", method="sendPhoto", seconds=0, times=1)
    box.fault("bale", fault, method="sendPhoto", times=times)


@pytest.mark.parametrize("fault", ["drop_before", "flood", "error500", "html"])
async def test_a_failure_between_two_of_the_photos_repeats_none(anywhere: Town, fault: str) -> None:
    town = anywhere
    other, who = await staff(town, 1004, on="bale"), await resident(town, on="telegram")
    strikes_after_the_first(town, fault, times=2)
    town.waits_for = Class.ANSWER
    await reports(who, 3)
    await until(town, lambda: "text" in order(other), tick=0.2)
    town.waits_for = Class.BROADCAST
    await town.quiet()
    assert len([call for call in town.sandbox.calls("bale", method="sendPhoto") if not call.ok]) == 2
    assert (len(photos(other)), len(set(photos(other)))) == (3, 3)
    assert order(other) == ["photo", "photo", "photo", "text"]
    await nothing_is_left(town)


async def test_after_a_restart_the_rest_comes_and_nothing_twice(anywhere: Town) -> None:
    town = anywhere
    other, who = await staff(town, 1004, on="bale"), await resident(town, on="telegram")
    strikes_after_the_first(town, "drop_before")
    town.waits_for = Class.ANSWER
    await reports(who, 3)
    await town.sandbox.wait_for(lambda: bool(photos(other)))
    await town.restart()
    assert len(photos(other)) == 1
    town.sandbox.clear_faults()
    town.waits_for = Class.BROADCAST
    await town.passes(60)
    assert (len(photos(other)), len(set(photos(other)))) == (3, 3)
    # Whether albums work is found out anew after a restart: the two that were left went as one.
    assert [bool(line["album"]) for line in seen(other, "photo")] == [False, True, True]
    assert order(other) == ["photo", "photo", "photo", "text"]
    await nothing_is_left(town)


async def test_one_photo_that_is_refused_costs_none_of_the_others(quiet_town: Town) -> None:
    town = quiet_town
    other, who = await staff(town, 1004, on="bale"), await resident(town, on="telegram")
    town.sandbox.fault("bale", "ok_false", method="sendMediaGroup")
    town.sandbox.fault("bale", "ok_false", method="sendPhoto", times=1, description="Bad Request: IMAGE_PROCESS_FAILED")
    with structlog.testing.capture_logs() as lines:
        await reports(who, 3)
    assert order(other) == ["photo", "photo", "text"]
    assert [line["error"] for line in lines if line["event"] == "photo refused"] == [
        "sendPhoto: 400 Bad Request: IMAGE_PROCESS_FAILED"
    ]
    await nothing_is_left(town)


async def test_photos_that_came_singly_are_taken_out_singly(anywhere: Town) -> None:
    town = anywhere
    one, other = await staff(town, 1003), await staff(town, 1004, on="bale")
    town.sandbox.fault("bale", "ok_false", method="sendMediaGroup")
    code = await reports(await resident(town, on="telegram"), 3)
    before = [line["message_id"] for line in seen(other, "photo")]
    await redacts(one, code)
    await town.passes(1)
    assert [line["message_id"] for line in seen(other, "photo")] == before[1:]
    await nothing_is_left(town)


# --- sizes ------------------------------------------------------------------------------------------------------------


async def test_a_file_that_is_too_long_for_a_messenger_stays_out_and_the_message_goes(quiet_town: Town) -> None:
    town = quiet_town
    bale = next(one for one in town.app.messengers.values() if one.platform.name == "bale")
    assert bale.upload_limit == 20_000_000
    bale.upload_limit = 10
    one, other = await staff(town, 1003), await staff(town, 1004, on="bale")
    with structlog.testing.capture_logs() as lines:
        await report(await resident(town, on="telegram"), "voice")
    assert [len(seen(person, "voice")) for person in (one, other)] == [1, 0]
    assert any("گزارش تازه در" in plain(said) for said in other.heard)
    assert [(line["most"], line["do"]) for line in lines if line["event"] == "file too long"] == [
        (10, "raise upload_megabytes")
    ]
    await nothing_is_left(town)


# --- changes ----------------------------------------------------------------------------------------------------------


async def test_a_change_that_is_refused_comes_as_a_new_message_where_it_matters(quiet_town: Town) -> None:
    """The next step of a talk matters; taking buttons away from an old question does not."""
    town = quiet_town
    for platform in PLATFORMS:
        who = await resident(town, 1001, on=platform)
        town.sandbox.fault(platform, "ok_false", method="editMessageText", description="Bad Request: cannot edit")
        before = len(who.heard)
        await who.says("چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است")
        *first, asked = who.heard[before:]
        await who.presses("بدون نشانی")
        *still, instead = who.heard[before:]
        assert still == first
        assert instead.startswith("این موضوع به کدام نزدیک")
        assert asked not in who.heard  # the new one stands in its place
    await nothing_is_left(town)
