"""Bale in bad hours and in groups: whatever it says or leaves out there, everybody is answered once."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from storage import inbox, outbox
from tests.story.conftest import ALL_ON
from tests.town import QUIET_S, Person, Town, make_town

Opens = Callable[[Collection[str]], AbstractAsyncContextManager[Person]]
GROUP = -5
HELP = "مشکل محله را همین‌جا بنویسید؛ کد رهگیری می‌گیرید و پاسخ همین‌جا می‌رسد."


@pytest.fixture
def opens(tmp_path: Path) -> Opens:
    """A resident on Bale with these switches on; afterwards nothing may be left undone."""

    @asynccontextmanager
    async def opened(on: Collection[str]) -> AsyncIterator[Person]:
        async with make_town(tmp_path / named(tuple(on)), platforms=("bale",), switches=on) as town:
            resident = town.person("bale", 1001)
            await resident.settles()
            yield resident
            assert await town.run(inbox.count_parked) == 0
            assert await town.run(outbox.parked) == []

    return opened


async def goes_on(town: Town, truth: Callable[[], bool]) -> None:
    """Time passes until it is so. Nothing comes to rest while the bot is asked to wait."""
    end = time.monotonic() + QUIET_S
    while not truth():
        assert time.monotonic() < end, "it never came to that"
        town.clock.move(1)
        await town.sandbox.pulse.wait(0.02)


def named(on: tuple[str, ...]) -> str:
    return "all_on" if on == ALL_ON[2] else "-".join(on) or "all_off"


@pytest.mark.parametrize("on", [(), ("flood_bare",), ("flood_plain",), ("refused_with_200",), ALL_ON[2]], ids=named)
async def test_whoever_is_asked_to_wait_answers_later_and_once(opens: Opens, on: tuple[str, ...]) -> None:
    async with opens(on) as resident:
        town = resident.town
        before = len(resident.heard)
        town.sandbox.fault("bale", "flood", method="sendMessage", times=2)
        town.sandbox.say("bale", 1001, "/help")
        await goes_on(town, lambda: len(resident.heard) > before)
        await town.quiet()
        assert town.sandbox.faults() == []
        assert [said.splitlines()[0] for said in resident.heard[before:]] == [HELP]


@pytest.mark.parametrize("on", [(), ("token_not_found",), ("refused_with_200",), ALL_ON[2]], ids=named)
async def test_a_token_that_is_good_again_is_used_again(opens: Opens, on: tuple[str, ...]) -> None:
    async with opens(on) as resident:
        town = resident.town
        before, after = len(resident.heard), town.sandbox.pulse.seq
        town.sandbox.fault("bale", "token_revoked")
        town.sandbox.say("bale", 1001, "/help")
        await goes_on(town, lambda: sum(not call.ok for call in town.sandbox.calls("bale", after)) > 5)
        assert len(resident.heard) == before
        town.sandbox.clear_faults()
        await goes_on(town, lambda: len(resident.heard) > before)
        await town.quiet()
        assert len(resident.heard) == before + 1


@pytest.mark.parametrize(
    "on",
    [("groups_positive",), ("chat_type_missing",), ("posts_echoed", "edits_echoed"), ALL_ON[2]],
    ids=named,
)
async def test_a_group_hears_and_makes_the_bot_do_the_same(opens: Opens, on: tuple[str, ...]) -> None:
    heard = []
    for switched in ((), on):
        async with opens(switched) as resident:
            town = resident.town
            for text in ("/start", "سلام به همه", "/report چراغ کوچه خاموش است"):
                town.sandbox.say("bale", 1001, text, chat=GROUP)
                await town.quiet()
            heard.append([line["text"] for line in town.sandbox.transcript("bale", GROUP)])
            assert [said for said in resident.heard if "کوچه" in said] == []
    assert heard[0] == heard[1], heard


@pytest.mark.parametrize("on", [(), ("audio_as_document",), ALL_ON[2]], ids=named)
async def test_music_and_films_are_answered(opens: Opens, on: tuple[str, ...]) -> None:
    async with opens(on) as resident:
        for send in (resident.town.sandbox.audio, resident.town.sandbox.animation, resident.town.sandbox.sticker):
            before = len(resident.heard)
            send("bale", 1001)
            await resident.town.quiet()
            assert len(resident.heard) > before
