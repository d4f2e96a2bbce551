"""Asking the residents through the front door: from one tap to the council's answer."""

from __future__ import annotations

import pytest

from tests.town import Town
from tests.town_talks.polling import (
    DAY,
    DOGS,
    LAMP,
    ROAD,
    asks_what_first,
    residents,
)

FIRST = "به نظر شما کدام مشکل باید زودتر پیگیری شود؟"
COUNCIL = "شورای پیشرفت محلهٔ شهر"
#: The town begins on Wednesday ۱۳ آبان ۱۴۰۵; by the table of the year: ۲۰ آبان is a Wednesday, ۴ آذر too.
ENDS, ANSWERS = "چهارشنبه ۲۰ آبان", "پنجشنبه ۵ آذر"


@pytest.fixture
def town(quiet_town: Town) -> Town:
    return quiet_town


# --- from one tap to the answer ---------------------------------------------------------------------------------------


async def test_what_comes_first_is_asked_by_one_tap_counted_told_and_answered(anywhere: Town) -> None:
    town = anywhere
    here, there = await residents(town, 6), await residents(town, 6, platform="bale")
    coordinator = await asks_what_first(town)
    question = here[0].last
    assert question.split("\n") == [
        f"رأی‌گیری مشورتی {COUNCIL}:",
        FIRST,
        f"۱. {ROAD}",  # most people first
        f"۲. {DOGS}",
        f"۳. {LAMP}",
        f"تا پایان {ENDS} رأی بدهید؛ یک گزینه را انتخاب کنید. نام شما کنار رأی دیده نمی‌شود. "
        f"این رأی برای مشورت است و تصمیم با {COUNCIL} است.",
        "این پیام برای اهالی محلهٔ شهر فرستاده شده است.",
    ]
    assert there[0].last == question
    assert here[0].buttons == there[0].buttons == [ROAD, DOGS, LAMP, "تنظیم خبرها"]
    for person in (*here[:4], *there[:4]):
        await person.presses(LAMP)
    for person in (*here[4:], *there[4:5]):
        await person.presses(DOGS)
    assert there[4].last.endswith(f"تا حالا ۱۱ نفر رأی داده‌اند.\n{LAMP}: ۸ رأی\n{DOGS}: ۳ رأی\n{ROAD}: بدون رأی")
    await town.passes(8 * DAY)
    await town.passes(5)
    result = [
        f"رأی‌گیری مشورتی «{FIRST}» تمام شد و ۱۱ نفر رأی دادند.",
        f"{LAMP}: ۸ رأی",
        f"{DOGS}: ۳ رأی",
        f"{ROAD}: بدون رأی",
    ]
    for person in (here[0], there[0], there[5]):  # the last has not voted
        assert person.last.split("\n")[:-1] == result
        assert person.buttons == ["نمودار نتیجه"]
    assert "می‌گوید با این نتیجه چه می‌کند." in here[0].last
    photo = coordinator.chat[-1]
    assert photo["kind"] == "photo"
    assert "رأی‌گیری تمام شد و ۱۱ نفر رأی دادند." in coordinator.last
    assert coordinator.buttons == ["نوشتن پاسخ"]
    await coordinator.presses("نوشتن پاسخ")
    await coordinator.says("چراغ‌های کوچهٔ ۱۲ را تا پایان آذر درست می‌کنیم.")
    await coordinator.presses("اعلام پاسخ")
    await town.passes(5)
    for person in (here[0], there[5]):
        assert person.last.endswith(f"پاسخ {COUNCIL}:\nچراغ‌های کوچهٔ ۱۲ را تا پایان آذر درست می‌کنیم.")
    await there[0].presses("نمودار نتیجه")
    assert there[0].chat[-1]["kind"] == "photo"
