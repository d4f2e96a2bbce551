"""Tracking codes: how they are made, and read from what people type."""

import random
import secrets

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.codes import as_code, tracking_code
from domain.persian import persian_digits

patient = settings(deadline=None, max_examples=300, suppress_health_check=list(HealthCheck))
codes = st.integers(10_000_000, 99_999_999).map(str)


def test_a_code_is_eight_digits_and_does_not_begin_with_zero():
    asked = []

    def lowest(limit):
        asked.append(limit)
        return 0

    assert tracking_code(lowest) == "10000000"
    assert tracking_code(lambda limit: limit - 1) == "99999999"
    assert asked == [90_000_000]
    made = {tracking_code(secrets.randbelow) for _ in range(1000)}
    assert all(len(code) == 8 and code.isdecimal() and as_code(code) == code for code in made)
    assert len(made) > 990


@patient
@given(codes, st.integers(0, 7), st.sampled_from(["", " ", "-", "‌", "–", "\u200f", "ـ", "\n"]))
def test_a_code_is_read_in_any_digits_and_groups(code, place, gap):
    for shown in (code, persian_digits(code), code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))):
        assert as_code(shown[:place] + gap + shown[place:]) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("۱۲۳۴۵۶۷۸", "12345678"),
        ("کد رهگیری: ۱۲۳۴۵۶۷۸", "12345678"),
        ("کد رهگیری:\n۱۲۳۴-۵۶۷۸.", "12345678"),
        ("12 34 56 78", "12345678"),
        ("#12345678", "12345678"),
        ("/track 12345678", "12345678"),
        ("«۱۲۳۴۵۶۷۸»", "12345678"),
        ("۱۲۳۴۵۶۷۸ و باز هم ۱۲۳۴۵۶۷۸", "12345678"),
        ("گزارش ۲ کد ۱۲۳۴۵۶۷۸", "12345678"),
        ("گزارش شما ثبت شد.\nکد رهگیری:\n۱۲۳۴۵۶۷۸\nتا شنبه ۷ آذر ۱۴۰۵ منتظر پاسخ دبیر هستیم.", "12345678"),
        ("", None),
        ("سلام", None),
        ("۱۲۳۴۵۶۷", None),
        ("۱۲۳۴۵۶۷۸۹", None),
        ("۰۱۲۳۴۵۶۷", None),
        ("12345678 87654321", None),
        ("۱۴۰۵/۰۹/۰۵", None),
        ("0912-345-6789", None),
        ("1 2345678 9", None),
    ],
)
def test_one_code_is_found_or_none(typed, code):
    assert as_code(typed) == code


@patient
@given(st.text())
def test_any_text_gives_a_code_or_none(text):
    code = as_code(text)
    assert code is None or (len(code) == 8 and code.isascii() and code.isdecimal() and code[0] != "0")


def test_long_texts_are_read_at_once():
    assert as_code("1 " * 50_000) is None
    assert as_code("متن " * 20_000 + str(random.Random(1).randint(10**7, 10**8 - 1))) is not None
