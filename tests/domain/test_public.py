"""What everybody may read: a title without numbers that lead to a person, a place within a hundred metres."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.public import LONGEST, proposed_title, rounded


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("چراغ‌های کوچهٔ ۱۲ خاموش است", "چراغ‌های کوچهٔ ۱۲ خاموش است"),
        ("چراغ خاموش است\n\nلطفاً بیایید", "چراغ خاموش است لطفاً بیایید"),
        ("آب قطع است، تماس ۰۹۱۲۳۴۵۶۷۸۹", "آب قطع است، تماس"),
        ("تماس: ٠٩١٢ ٣٤٥ ٦٧٨٩ لطفاً", "تماس: لطفاً"),
        ("زنگ بزنید 0912-345-6789 سریع", "زنگ بزنید سریع"),
        ("۰۳۴۳۲۱۲۳۴۵۶", ""),
        ("", ""),
    ],
)
def test_a_title_is_proposed_without_numbers_that_lead_to_a_person(text: str, title: str) -> None:
    assert proposed_title(text) == title


@given(st.text(max_size=400))
def test_a_proposed_title_is_one_short_line(text: str) -> None:
    title = proposed_title(text)
    assert len(title) <= LONGEST
    assert "\n" not in title


@given(st.floats(25, 40), st.floats(44, 63))
def test_a_place_is_off_by_no_more_than_about_fifty_metres_and_never_exact(lat: float, lon: float) -> None:
    near = rounded(lat)
    assert near is not None
    assert abs(near - lat) * 111_000 <= 56
    assert round(near * 1000) / 1000 == near
    assert rounded(lon) == round(lon, 3)


def test_no_place_stays_no_place() -> None:
    assert rounded(None) is None
