"""Links that staff type: those to our own bot lead each reader to it, all others stay what they are."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.permissions import Role
from domain.richtext import RichText, Span, Style, plain
from tests.town import Town, make_town

OURS, THEIRS = "mahalleyar_sandbox_bot", "mahalleyar_news"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with make_town(tmp_path) as made:
        yield made


async def test_a_link_to_our_bot_in_a_message_to_many_leads_each_reader_to_it(town: Town) -> None:
    readers = [town.person("telegram", 1001), town.person("bale", 1002)]
    for reader in readers:
        await reader.settles()
    sender = town.person("bale", 1003)
    await sender.settles()
    await town.grant(sender, Role.COORDINATOR, "kerman/n1")
    typed = f"گزارش دهید: https://t.me/{OURS}?start=join_kerman_n1 یا t.me/{OURS}. خبرها: https://t.me/{THEIRS}"
    await sender.says(f"/broadcast {typed}")
    await sender.presses("ارسال")
    await town.passes(60)
    for reader, host in zip(readers, ("t.me", "ble.ir"), strict=True):
        said = f"گزارش دهید: https://{host}/{OURS}?start=join_kerman_n1 یا {host}/{OURS}. خبرها: https://t.me/{THEIRS}"
        assert said in reader.last


@pytest.mark.parametrize(
    ("typed", "on_bale"),
    [
        (f"https://t.me/{OURS}", f"https://ble.ir/{OURS}"),
        (f"(t.me/{OURS.upper()}?start=a-1)", f"(ble.ir/{OURS}?start=a-1)"),
        (f"http://www.telegram.me/{OURS}/", f"https://ble.ir/{OURS}/"),
        (f"https://ble.ir/{OURS}", f"https://ble.ir/{OURS}"),
        *[
            (other, other)
            for other in (
                f"https://t.me/{OURS}2",
                f"https://t.me/{OURS}-x",
                f"https://t.me/{THEIRS}",
                f"https://xt.me/{OURS}",
                f"https://example.ir/t.me/{OURS}",
                f"a@t.me/{OURS}",
                f"@{OURS}",
                "t.me",
            )
        ],
    ],
)
async def test_only_links_to_our_own_account_change(town: Town, typed: str, on_bale: str) -> None:
    bale = next(one.platform for one in town.app.messengers.values() if one.platform.name == "bale")
    led = town.app.writer.renderer._led
    assert led is not None
    text: RichText = (Span("پیش "), Span(typed, Style.BOLD), Span(" پس"))
    assert plain(led(text, bale)) == f"پیش {on_bale} پس"
    assert led((Span("نشانی", Style.LINK, typed),), bale) == (Span("نشانی", Style.LINK, on_bale),)


async def test_a_reader_whose_bot_has_no_public_name_keeps_the_link_that_works(town: Town) -> None:
    led = town.app.writer.renderer._led
    bale = next(one for one in town.app.messengers.values() if one.platform.name == "bale")
    bale.username = ""
    assert led is not None
    assert plain(led((Span(f"https://t.me/{OURS}"),), bale.platform)) == f"https://t.me/{OURS}"
