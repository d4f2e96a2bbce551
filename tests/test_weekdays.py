"""Every date that tests and samples write out has the weekday that a calendar on the wall gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
#: The weekday of each year's first day, copied from printed calendars: Saturday is 0. Nothing here is computed by what
#: the bot computes with.
NOWRUZ = {1402: 3, 1403: 4, 1404: 6, 1405: 0, 1406: 1, 1407: 2, 1408: 3}
#: What stands before «شنبه», Saturday.
COUNTED = ("", "یک", "دو", "سه", "چهار", "پنج")
FRIDAY = 6
MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"
)  # fmt: skip
ENGLISH_WEEKDAYS = ("Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
ENGLISH_MONTHS = (
    "Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman",
    "Esfand",
)  # fmt: skip
#: The year in which the tests' towns live.
YEAR = 1405
HERE = "tests/test_weekdays.py"
_DAY = r"(?P<day>[۰-۹\d]{1,2})"
_YEAR = r"(?:,? (?P<year>[۰-۹\d]{4}))?"
PERSIAN = re.compile(
    rf"(?:(?:(?P<count>{'|'.join(COUNTED[1:])})[ \u200c]?)?شنبه|(?P<friday>جمعه)) {_DAY} "
    rf"(?P<month>{'|'.join(MONTHS)}){_YEAR}"
)
ENGLISH = re.compile(
    rf"(?P<weekday>{'|'.join(ENGLISH_WEEKDAYS)}),? {_DAY} (?P<month>{'|'.join(ENGLISH_MONTHS)}){_YEAR}"
)
#: Written wrong on purpose, to see that it is asked about: by file, the words.
ON_PURPOSE = {
    ("tests/domain/test_jalali.py", "چهارشنبه ۵ آذر"),
    ("tests/domain/test_minutes.py", "شنبه ۵ آذر"),
    ("tests/domain/test_when.py", "چهارشنبه ۵ آذر"),
    ("tests/domain/test_when.py", "شنبه ۳۱ مهر"),
    ("tests/handlers/coordinator/test_decisions.py", "شنبه ۵ آذر"),
    ("tests/town_talks/test_announce_time.py", "شنبه ۵ آذر"),
    ("tests/town_talks/test_meeting_call.py", "چهارشنبه ۵ آذر"),
    ("tests/town_talks/test_minutes.py", "شنبه ۵ آذر"),
    ("tests/town_talks/test_poll.py", "شنبه ۵ آذر"),
    ("tests/town_talks/test_promise.py", "شنبه ۱۵ آذر"),
    ("tests/walk.py", "چهارشنبه ۵ آذر"),
}


def written() -> Iterator[tuple[str, str, bool]]:
    """Every date with its weekday in the tests, in the samples of texts, and in the texts themselves: the file, the
    words, and whether they agree."""
    files = [*(HOUSE / "tests").rglob("*.py"), *(HOUSE / "tools").glob("*.toml"), *(HOUSE / "bot/texts").rglob("*.ftl")]
    for file in sorted(files):
        text = file.read_text("utf-8").replace(r"\u200c", "\u200c")
        for found in (*PERSIAN.finditer(text), *ENGLISH.finditer(text)):
            yield str(file.relative_to(HOUSE)), found[0], agrees(found)


def agrees(found: re.Match[str]) -> bool:
    said = found.groupdict()
    if "weekday" in said:
        expected, month = ENGLISH_WEEKDAYS.index(said["weekday"]), ENGLISH_MONTHS.index(said["month"])
    else:
        expected = FRIDAY if said["friday"] else COUNTED.index(said["count"] or "")
        month = MONTHS.index(said["month"])
    return weekday(int(said["year"] or YEAR), month, int(said["day"])) == expected


def weekday(year: int, month: int, day: int) -> int:
    """By counting from the first day of the year: six months of 31 days, then of 30."""
    return (NOWRUZ[year] + min(month, 6) * 31 + max(0, month - 6) * 30 + day - 1) % 7


def test_every_date_that_is_written_out_has_its_own_weekday() -> None:
    dates = list(written())
    assert len(dates) > 200
    assert {(file, words) for file, words, right in dates if not right and file != HERE} == ON_PURPOSE


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [(1405, 8, 5, 5), (1405, 0, 1, 0), (1404, 11, 29, 6), (1406, 0, 13, 6), (1405, 6, 30, 5)],
)
def test_the_counting_agrees_with_a_calendar(year: int, month: int, day: int, expected: int) -> None:
    assert weekday(year, month, day) == expected
