"""Papers are drawn from plain values: every word is there, on as many pages as it should, and the codes can be read."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from bot.apart import HOUSE, Broken, apart
from bot.paper import bulletin, check_in_poster, join_poster, minutes, roadmap
from bot.paper.bulletin import Bulletin, Section
from bot.paper.check_in_poster import CheckInPoster
from bot.paper.join_poster import JoinPoster
from bot.paper.listed import Entry
from bot.paper.minutes import Minutes
from bot.paper.roadmap import Part, Roadmap
from bot.paper.sheet import Code, Sheet
from tests.papers import codes, letters, matrix, pages, picture, says

#: Thursday 5 Azar 1405, in Tehran.
MADE = 1795725000
CODES = (
    Code("تلگرام", "https://t.me/mahalleyar_bot?start=join_kerman_n1", "t.me/mahalleyar_bot"),
    Code("بله", "https://ble.ir/mahalleyar_bot?start=join_kerman_n1", "ble.ir/mahalleyar_bot"),
)
LONG = "محلهٔ شهدای گمنام خیابان شهید سپهبد قرنی پشت میدان بزرگ تره‌بار جنوبی و کوی فرهنگیان شمالی"
ONE_WORD = "بی‌فاصله" * 40
FOOT = "محله‌یار، محلهٔ شهر، پنجشنبه ۵ آذر ۱۴۰۵"

POSTER = JoinPoster(
    MADE, "محله‌یار", "محلهٔ شهر", ("مشکل را بنویسید.", "پاسخ همان‌جا می‌رسد."), "کد را بخوانید.", CODES,
    "خانهٔ شورا: مسجد جامع", FOOT,
)  # fmt: skip
DOOR = CheckInPoster(
    MADE, "جلسهٔ شورای پیشرفت محلهٔ شهر", "پنجشنبه ۵ آذر ۱۴۰۵، ساعت ۵ عصر (۱۷:۰۰)", "مسجد جامع", "خوش آمدید",
    "کد را بخوانید.", CODES, FOOT,
)  # fmt: skip
PAPER = Minutes(
    MADE, "نتیجهٔ جلسه", ("شماره: ۱۲", "حاضران: ۱۷ نفر"), "موضوع‌ها", ("۱. پارک",), "تصمیم‌ها",
    (Entry("۱. چراغ‌ها عوض شود", ("شهرداری، تا شنبه ۷ آذر",)),), "تصمیمی گرفته نشد.", FOOT,
)  # fmt: skip
ROAD = Roadmap(
    MADE, "نقشهٔ راه محلهٔ شهر", ("پنجشنبه ۵ آذر ۱۴۰۵",),
    (Part("کارها", (Entry("آسفالت کوچهٔ ۱۲", ("شهرداری، تا شنبه ۷ آذر",)),), ""), Part("گزارش‌ها", (), "گزارشی نیست.")),
    FOOT,
)  # fmt: skip


def entries(count: int, words: str = "چالهٔ کوچه") -> list[str]:
    return [f"{words} شمارهٔ {n}" for n in range(1, count + 1)]


def section(heading: str, found: list[str], total: int) -> Section:
    rests = [f"و {total - n} مورد دیگر" if total > n else "" for n in range(len(found) + 1)]
    return Section(heading, found, rests)


def board(*sections: Section, shown: tuple[Code, ...] = CODES) -> Bulletin:
    meeting = ("جلسهٔ بعدی: جلسهٔ شورا", "پنجشنبه ۱۲ آذر ۱۴۰۵", "مسجد جامع")
    return Bulletin(MADE, "تابلوی محلهٔ شهر", "پنجشنبه ۵ آذر ۱۴۰۵", meeting, sections, "کد را بخوانید", shown, FOOT)


BOARD = board(section("در حال پیگیری", entries(3), 3), section("قول‌ها", [], 0))


@pytest.mark.parametrize(
    ("draw", "values", "words"),
    [
        (join_poster.draw, POSTER, ("محله‌یار", "محلهٔ شهر", *POSTER.about, POSTER.how, POSTER.house, FOOT)),
        (check_in_poster.draw, DOOR, ("خوش آمدید", DOOR.title, "پنجشنبه ۵ آذر ۱۴۰۵", "مسجد جامع", DOOR.how, FOOT)),
        (bulletin.draw, BOARD, (BOARD.title, BOARD.day, *BOARD.meeting, *entries(3), "قول‌ها", BOARD.join, FOOT)),
        (minutes.draw, PAPER, (PAPER.title, *PAPER.facts, "پارک", "چراغ‌ها عوض شود", "شهرداری، تا شنبه ۷ آذر", FOOT)),
        (roadmap.draw, ROAD, (ROAD.title, "آسفالت کوچهٔ ۱۲", "شهرداری، تا شنبه ۷ آذر", "گزارشی نیست.", FOOT)),
    ],
    ids=["join", "check in", "bulletin", "minutes", "roadmap"],
)
def test_every_word_stands_on_one_page_and_equal_papers_are_equal_bytes(
    draw: Any, values: Any, words: tuple[str, ...]
) -> None:
    drawn = draw(values)
    assert len(pages(drawn)) == 1
    assert [one for one in words if not says(drawn, one)] == []
    assert draw(values) == drawn
    assert draw(replace(values, made=MADE + 86_400)) != drawn, "another day's paper says another day inside"


@pytest.mark.parametrize("shown", [CODES, CODES[1:]], ids=["two messengers", "one"])
@pytest.mark.parametrize(
    ("draw", "values"), [(join_poster.draw, POSTER), (check_in_poster.draw, DOOR), (bulletin.draw, BOARD)]
)
def test_each_messenger_has_its_code_name_and_address_from_right_to_left(
    draw: Any, values: Any, shown: tuple[Code, ...]
) -> None:
    drawn = draw(replace(values, codes=shown))
    assert [one for one in shown if not says(drawn, one.label)] == []
    assert [one.address for one in shown if one.address not in "".join(pages(drawn))] == []
    assert codes(drawn, len(shown)) == [matrix(one.link) for one in shown]


@pytest.mark.parametrize("link", ["https://t.me/b?start=join_a_b", "https://ble.ir/" + "b" * 30 + "?start=" + "a" * 64])
def test_a_code_is_the_links_code_module_by_module(link: str) -> None:
    sheet = Sheet("x", MADE)
    sheet.code(link, 60, 60, 70)
    assert codes(sheet.content(), 1) == [matrix(link)]


@pytest.mark.parametrize("name", [LONG, ONE_WORD, "محلهٔ ۱۲ (Phase 2)", "😀 کوی 🏡 گل‌ها", "\u202eچپ"])
@pytest.mark.parametrize("shown", [CODES, CODES[:1]])
def test_the_longest_and_strangest_names_stay_on_one_page_inside_its_margins(
    name: str, shown: tuple[Code, ...]
) -> None:
    house = f"خانهٔ شورا: {name}، {name}"
    for drawn in (
        join_poster.draw(replace(POSTER, title=name, house=house, codes=shown)),
        check_in_poster.draw(replace(DOOR, title=f"جلسهٔ {name}", where=name, codes=shown)),
        bulletin.draw(replace(BOARD, title=name, meeting=(name, name, name), codes=shown)),
    ):
        assert len(pages(drawn)) == 1
        assert inked(drawn), "nothing runs over the edge of the paper"


def inked(drawn: bytes) -> bool:
    """Whether the margins of every page are white and something stands between them."""
    for number in range(len(pages(drawn))):
        page = picture(drawn, number, 1).convert("L").point(lambda tone: 255 if tone < 250 else 0)
        left, top, right, bottom = page.getbbox() or (0, 0, page.width, page.height)
        edge = 28  # points: 10 mm
        if min(left, top, page.width - right, page.height - bottom) < edge:
            return False
    return True


def test_without_a_house_nothing_is_said_of_one() -> None:
    drawn = join_poster.draw(replace(POSTER, house=""))
    assert not says(drawn, "خانهٔ شورا")
    assert says(drawn, FOOT)


@pytest.mark.parametrize("words", ["چاله", LONG * 2])
@pytest.mark.parametrize("total", [0, 1, 20, 200])
def test_the_board_is_one_page_whatever_there_is_and_counts_what_has_no_room(total: int, words: str) -> None:
    found = entries(min(total, 20), words)
    drawn = bulletin.draw(board(*(section(heading, found, total) for heading in ("انجام شد", "باز", "قول‌ها"))))
    assert len(pages(drawn)) == 1
    assert inked(drawn)
    assert says(drawn, FOOT)
    said = letters(pages(drawn)[0])
    shown = said.count(letters("شمارهٔ")) if words == "چاله" else None
    if total == 0:
        assert "مورددیگر" not in said
    if total == 200 and shown is not None:
        assert shown >= 9, "each section has its share"
        # Three sections: what stands there and what is counted is all there is.
        rests = sum(int(n) for n in re.findall(r"و(\d+)مورددیگر", said))
        assert shown + rests == 600


@pytest.mark.parametrize("count", [0, 200])
def test_minutes_and_roadmaps_go_on_over_pages_with_every_entry_and_a_foot_on_each(count: int) -> None:
    many = [Entry(f"{words} {LONG}", ("شهرداری، تا شنبه ۷ آذر",)) for words in entries(count)]
    for drawn, nothing in (
        (minutes.draw(replace(PAPER, decisions=many)), PAPER.nothing),
        (roadmap.draw(replace(ROAD, parts=(Part("کارها", many, "کاری نیست."),))), "کاری نیست."),
    ):
        said = pages(drawn)
        assert (len(said) > 5) == (count > 0)
        assert [page for page in said if letters(FOOT) not in letters(page)] == []
        assert [one for one in entries(count) if letters(f"{one} {LONG}") not in letters("".join(said))] == []
        assert inked(drawn)
        assert says(drawn, nothing) == (count == 0)


def test_one_decision_longer_than_a_page_goes_on_over_the_next() -> None:
    drawn = minutes.draw(replace(PAPER, decisions=[Entry(" ".join(f"کلمهٔ{n}" for n in range(1500)))]))
    assert len(pages(drawn)) > 1
    assert inked(drawn)
    assert says(drawn, "کلمهٔ1499")


async def test_drawing_happens_in_another_process() -> None:
    assert await apart(join_poster.draw, POSTER) == join_poster.draw(POSTER)


async def test_what_goes_wrong_there_says_where_and_nothing_of_what_it_was_about() -> None:
    with pytest.raises(Broken) as found:
        await apart(join_poster.draw, replace(POSTER, codes=(Code("راز", "https://t.me/" + "ر" * 9000, "t.me"),)))
    assert "draw: " in str(found.value)
    assert ".py:" in str(found.value)
    assert "ر" not in str(found.value)


def test_nothing_heavy_is_loaded_with_the_bot() -> None:
    """Measured at the start: what draws takes more memory than all the rest."""
    heavy = ("fpdf", "uharfbuzz", "fontTools", "matplotlib", "segno", "PIL", "numpy")
    code = f"import sys, bot.app, bot.demo; print([name for name in {heavy!r} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"
