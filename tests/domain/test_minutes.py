"""A decision said in one line: what, who and by when, and what is none of it."""

from __future__ import annotations

from datetime import date

import pytest

from domain.council import needed
from domain.jalali import WeekdayMismatch, parse_date, to_jalali
from domain.meetings import Kind
from domain.minutes import READERS, Said, understood
from domain.persian import clauses

#: ۱۳ آبان ۱۴۰۵. From a printed calendar: ۳۰ آذر is 21 December, ۱۵ آذر 6 December, ۵ آذر Thursday 26 November.
TODAY = date(2026, 11, 4)
AZAR_30, AZAR_15, AZAR_5 = date(2026, 12, 21), date(2026, 12, 6), date(2026, 11, 26)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("آسفالت کوچهٔ ۱۲، شهرداری، تا پایان آذر", Said("آسفالت کوچهٔ ۱۲", "شهرداری", AZAR_30)),
        ("آسفالت کوچهٔ ۱۲, شهرداری, ۱۵ آذر", Said("آسفالت کوچهٔ ۱۲", "شهرداری", AZAR_15)),
        ("آسفالت کوچهٔ ۱۲\nشهرداری\n1405/9/15", Said("آسفالت کوچهٔ ۱۲", "شهرداری", AZAR_15)),
        ("جشن، شورا، پنجشنبه، ۵ آذر", Said("جشن", "شورا", AZAR_5)),
        ("خرید میز، صندلی و فرش، شورا، ۱۵ آذر", Said("خرید میز، صندلی و فرش", "شورا", AZAR_15)),
        ("تعمیر لوله، تا ۱۵ آذر", Said("تعمیر لوله", "", AZAR_15)),
        ("نصب نیمکت، شهرداری", Said("نصب نیمکت", "شهرداری", None)),
        ("نصب نیمکت", Said("نصب نیمکت", "", None)),
        ("۱۵ آذر", Said("۱۵ آذر", "", None)),
        ("", Said("", "", None)),
        ("نامه به اداره، که خیلی وقت است جواب ما را نداده است، ۱۵ آذر", Said(
            "نامه به اداره، که خیلی وقت است جواب ما را نداده است", "", AZAR_15
        )),
        ("نصب تابلو، شهرداری، هر وقت شد", Said("نصب تابلو، شهرداری", "هر وقت شد", None)),
    ],
)  # fmt: skip
def test_a_decision_in_one_line(words: str, expected: Said) -> None:
    assert understood(words, TODAY) == expected


def test_a_weekday_that_does_not_fit_is_asked_about() -> None:
    with pytest.raises(WeekdayMismatch):
        understood("جشن، شورا، شنبه ۵ آذر", TODAY)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("پایان ماه", (1405, 8, 30)),
        ("آخر همین ماه", (1405, 8, 30)),
        ("تا پایان آذر", (1405, 9, 30)),
        ("آخر آذرماه", (1405, 9, 30)),
        ("تا آخر اسفند", (1405, 12, 29)),
        ("پایان اسفند ۱۴۰۸", (1408, 12, 30)),  # a leap year
        ("پایان شهریور", (1406, 6, 31)),  # this year's is over
        ("پایان سال", (1405, 12, 29)),
        ("end of Azar", (1405, 9, 30)),
    ],
)
def test_the_end_of_a_month(words: str, expected: tuple[int, int, int]) -> None:
    found = parse_date(words, TODAY)
    assert found is not None
    assert tuple(to_jalali(found)) == expected


@pytest.mark.parametrize("words", ["پایان", "پایان هفته", "پایان کار", "پایان ۱۵ آذر"])
def test_what_is_no_end_of_a_month(words: str) -> None:
    assert parse_date(words, TODAY) is None


def test_clauses_leave_out_what_is_blank() -> None:
    assert clauses(" یک، دو؛ ,سه; \n چهار ") == ["یک", "دو", "سه", "چهار"]


@pytest.mark.parametrize(("members", "chosen", "expected"), [(0, None, 1), (4, None, 3), (7, None, 4), (7, 5, 5)])
def test_how_many_of_a_council_must_be_there(members: int, chosen: int | None, expected: int) -> None:
    assert needed(members, chosen) == expected


def test_the_minutes_of_every_kind_of_meeting_have_readers() -> None:
    assert set(READERS) == set(Kind)
