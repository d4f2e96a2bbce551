"""What is about harm to a person leaves no trace."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.town import Town, make_town

HARM = "همسایه‌مان هر شب بچه‌اش را با کمربند می‌زند"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with make_town(tmp_path) as opened:
        yield opened


def bytes_on_disk(town: Town) -> bytes:
    file = Path(town.url.removeprefix("sqlite:///"))
    return b"".join(path.read_bytes() for path in file.parent.glob(file.name + "*"))


async def test_the_card_is_shown_and_nothing_of_the_message_is_kept(town: Town) -> None:
    resident = town.person("telegram", 1001)
    await resident.settles()
    await resident.says(HARM)
    assert "۱۲۳" in resident.last
    assert resident.buttons == ["شماره‌های بیشتر", "گزارش کلی", "موضوع دیگری است"]
    counted = await town.run(lambda tx: tx.all("SELECT kind, n FROM sensitive_counts"))
    assert [(row["kind"], row["n"]) for row in counted] == [("harm", 1)]
    assert not await town.run(lambda tx: tx.all("SELECT 1 AS found FROM cases"))
    assert not await town.run(lambda tx: tx.all("SELECT 1 AS found FROM words"))
    assert not await town.run(lambda tx: tx.all("SELECT 1 AS found FROM talks"))
    await town.restart()  # closing writes the log back into the file
    for spelling in (HARM.encode(), HARM.encode("unicode_escape"), "کمربند".encode(), b"\\u06a9\\u0645\\u0631\\u0628"):
        assert spelling not in bytes_on_disk(town)


async def test_before_consent_too(town: Town) -> None:
    stranger = town.person("bale", 1002)
    await stranger.says(HARM)
    assert "۱۲۳" in stranger.last
    assert not await town.run(lambda tx: tx.all("SELECT 1 AS found FROM talks"))


async def test_in_the_middle_of_a_report_the_draft_goes_too(town: Town) -> None:
    resident = town.person("telegram", 1001)
    await resident.settles()
    await resident.says("کوچهٔ ما تاریک است و کسی نمی‌آید")
    await resident.says(HARM)
    assert "۱۲۳" in resident.last
    assert not await town.run(lambda tx: tx.all("SELECT 1 AS found FROM talks"))


async def test_help_asked_for_at_the_review_ends_the_draft_with_its_photo(town: Town) -> None:
    resident = town.person("telegram", 1001)
    await resident.settles()
    town.sandbox.photo("telegram", 1001)
    await town.quiet()
    await resident.presses("بدون نشانی")
    await resident.presses("نمی‌دانم")
    await resident.presses("کمک محرمانه")
    assert "۱۲۳" in resident.last
    assert not await town.run(lambda tx: tx.all("SELECT 1 AS found FROM talks"))
    assert [row["state"] for row in await town.run(lambda tx: tx.all("SELECT state FROM media"))] == ["gone"]
    counted = await town.run(lambda tx: tx.all("SELECT kind, n FROM sensitive_counts"))
    assert [(row["kind"], row["n"]) for row in counted] == [("asked", 1)]


async def test_something_else_leads_on_and_the_same_words_pass_once(town: Town) -> None:
    resident = town.person("telegram", 1001)
    await resident.settles()
    await resident.says(HARM)
    await resident.presses("موضوع دیگری است")
    assert resident.last == "ببخشید، اشتباه متوجه شدیم. چون پیام شما را پاک کرده‌ایم، لطفاً دوباره بنویسید."
    await resident.says(HARM)
    assert resident.last.startswith("جای دقیق مشکل کجاست؟")


async def test_an_ordinary_report_is_not_stopped(town: Town) -> None:
    resident = town.person("telegram", 1001)
    await resident.settles()
    await resident.says("سگ‌های ولگرد دیروز به یک کودک حمله کردند")
    assert resident.last.startswith("جای دقیق مشکل کجاست؟")
