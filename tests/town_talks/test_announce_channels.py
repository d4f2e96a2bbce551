"""Announcements in a neighbourhood's own channel or group: connected by a code, corrected there, and as plain text."""

from __future__ import annotations

from typing import Any

import pytest

from domain.permissions import Role
from storage import channels
from tests.town import Person, Town, plain
from tests.town_talks.announcing import news, sends
from tests.town_talks.many import staff, until_over
from tests.town_talks.test_correct import until_corrected

GROUP = -100_777


@pytest.fixture
def town(anywhere: Town) -> Town:
    return anywhere


def there(town: Town, platform: str, chat: int = GROUP) -> list[str]:
    """What the bot said in a group, as it reads now."""
    lines: list[dict[str, Any]] = town.sandbox.transcript(platform, chat)
    return [plain(line["text"]) for line in lines if line["from"] == "bot" and not line["deleted"]]


async def asks_for_a_code(author: Person) -> str:
    """The words that connect a channel to their only neighbourhood."""
    await author.says("/channels")
    await author.presses("وصل کردن")
    return next(line for line in author.last.split("\n") if line.startswith("/connect "))


async def connects_group(author: Person, platform: str = "telegram", chat: int = GROUP) -> str:
    """Connects a group; what it is called."""
    words = await asks_for_a_code(author)
    author.town.sandbox.say(platform, 1001, words, chat=chat)
    await author.town.quiet()
    await author.town.passes(1)
    found = await author.town.run(lambda tx: channels.under(tx, ["/"]))
    return found[-1].title


@pytest.mark.parametrize("platform", ["telegram", "bale"])
async def test_a_group_gets_what_is_announced_and_its_correction(town: Town, platform: str) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    near = town.person("bale", 1002)
    await near.settles()
    name = await connects_group(author, platform)
    assert there(town, platform) == ["این کانال وصل شد. از این پس پیام‌های شورای پیشرفت محلهٔ شهر اینجا هم گذاشته می‌شود."]
    assert f"«{name}» وصل شد." in author.last
    await author.says(f"/broadcast {news(1)}")
    assert f"در «{name}» هم گذاشته می‌شود." in author.last
    await author.presses("ارسال")
    await until_over(town, 1)
    assert there(town, platform)[-1] == f"پیام شورای پیشرفت محلهٔ شهر:\n{news(1)}"
    assert author.last.endswith("فرستاده شد: ۱ نفر"), "a post is not counted as a person"
    await author.presses("اصلاح متن")
    await author.says(news(2))
    await author.presses("اصلاح شود")
    await until_corrected(town)
    assert there(town, platform)[-1] == f"پیام شورای پیشرفت محلهٔ شهر:\n{news(2)}"
    assert news(2) in near.last


async def test_a_channel_is_connected_by_its_own_post(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    await town.person("bale", 1002).settles()
    words = await asks_for_a_code(author)
    town.sandbox.say("telegram", 1001, "سلام", chat=GROUP)  # the sandbox knows a chat in which something was said
    chat = {"id": GROUP, "type": "channel", "title": "کانال محلهٔ شهر"}
    town.sandbox.raw("telegram", {"channel_post": {"message_id": 5, "date": 1, "chat": chat, "text": words}})
    await town.quiet()
    await town.passes(1)
    await author.says("/channels")
    assert author.last.split("\n")[1:] == ["کانال محلهٔ شهر، محلهٔ شهر، در تلگرام"]
    await sends(author, news(1), 1)
    assert there(town, "telegram")[-1].endswith(news(1))


async def test_a_code_works_once_and_for_an_hour(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    words = await asks_for_a_code(author)
    town.sandbox.say("telegram", 1001, words, chat=GROUP)
    await town.quiet()
    for written in (words, "/connect 12345678", "/connect", "/connect ' OR 1=1"):
        town.sandbox.say("telegram", 1001, written, chat=GROUP - 1)
        await town.quiet()
        assert there(town, "telegram", GROUP - 1)[-1].startswith("این کد درست نیست یا زمانش گذشته است.")
    words = await asks_for_a_code(author)
    await town.passes(3601)
    town.sandbox.say("telegram", 1001, words, chat=GROUP - 1)
    await town.quiet()
    assert there(town, "telegram", GROUP - 1)[-1].startswith("این کد درست نیست")


async def test_one_that_does_not_take_it_is_told_once_and_tried_no_more(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    await town.person("bale", 1002).settles()
    name = await connects_group(author)
    town.sandbox.fault("telegram", "ok_false", method="sendMessage", chat=GROUP, times=1)
    await sends(author, news(1), 1)
    line = f"در «{name}» گذاشته نشد و ارتباط با آن قطع شد."
    assert author.last.split("\n")[1] == "فرستاده شد: ۱ نفر"
    assert author.last.split("\n")[2].startswith(line)
    await sends(author, news(2), 2)
    assert line not in author.last
    assert len(there(town, "telegram")) == 1


async def test_it_can_be_left_out_and_disconnected(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    other = await staff(town, Role.COORDINATOR, "kerman/n2", "bale", 1004)
    await town.person("bale", 1002).settles()
    name = await connects_group(author)
    await author.says(f"/broadcast {news(1)}")
    await author.presses("بدون کانال")
    assert "هم گذاشته می‌شود" not in author.last
    assert "در کانال هم" in author.buttons
    await author.presses("ارسال")
    await until_over(town, 1)
    assert len(there(town, "telegram")) == 1
    await other.says("/channels")
    assert other.last.startswith("هنوز کانال یا گروهی وصل نیست.")
    await other.forges("a:channels.drop:1")
    assert other.last == "این کانال دیگر وصل نیست."
    await author.says("/channels")
    await author.presses(f"قطع «{name}»")
    assert author.last == f"«{name}» دیگر وصل نیست و پیامی آنجا گذاشته نمی‌شود."
    await author.says(f"/broadcast {news(2)}")
    assert "هم گذاشته می‌شود" not in author.last


async def test_a_resident_connects_nothing(town: Town) -> None:
    resident = town.person("telegram", 1001)
    await resident.settles()
    for said in ("/channels", "کانال‌ها"):
        await resident.says(said)
        assert resident.last.startswith("این بخش برای شما باز نیست.")


async def test_the_words_alone_are_had_to_paste_elsewhere(town: Town) -> None:
    author = await staff(town, Role.COORDINATOR, "kerman/n1")
    await town.person("bale", 1002).settles()
    bot = town.app.messengers[1].username
    await sends(author, f"{news(1)} https://t.me/{bot}", 1)
    await author.presses("متن ساده")
    here, elsewhere = author.heard[-2:]
    assert here == f"شورای پیشرفت محلهٔ شهر:\n{news(1)} https://t.me/{bot}"
    assert elsewhere.startswith("در بله این‌طور دیده می‌شود:\nشورای پیشرفت محلهٔ شهر:")
    assert "https://ble.ir/" in elsewhere
