"""What tests of announcements share: who may write, a town with other limits, and the way to a look at a message."""

from __future__ import annotations

from datetime import datetime

from bot.settings import Limits
from domain.jalali import TEHRAN
from storage import broadcasts
from storage.broadcasts import Broadcast
from tests.town import Person, Town
from tests.town_talks.many import until_over

HOUR, DAY = 3600, 86400
#: What every author reads before sending.
RULE = "تبلیغ انتخاباتی یا حزبی با این پیام‌ها مجاز نیست."


async def limited(town: Town, **limits: int) -> None:
    """The same town with other limits."""
    town.settings = town.settings.model_copy(update={"limits": Limits(**limits)})
    await town.restart()


async def sends(author: Person, words: str, broadcast: int) -> None:
    """Writes to their only neighbourhood and waits until it is over."""
    await author.says(f"/broadcast {words}")
    await author.presses("ارسال")
    await until_over(author.town, broadcast)


async def one(town: Town, broadcast: int) -> Broadcast:
    found = await town.run(lambda tx: broadcasts.get(tx, broadcast))
    assert found is not None
    return found


async def until(town: Town, hour: int) -> None:
    """Let time pass to the next full hour of this number in Tehran."""
    local = datetime.fromtimestamp(town.clock.seconds(), TEHRAN)
    await town.passes((hour * HOUR - local.hour * HOUR - local.minute * 60 - local.second) % DAY)


def news(number: int) -> str:
    return f"خبر شمارهٔ {number}: برنامهٔ این هفتهٔ خانهٔ محله عوض شد."
