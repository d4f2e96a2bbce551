"""Distances on the map, and how they are said."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.maps import metres, said_kilometres, said_metres

LAT, LON = st.floats(-89, 89), st.floats(-180, 180)


def on_a_globe(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The great circle between two points, by the haversine formula."""
    lat, lon, other_lat, other_lon = map(radians, (*one, *other))
    half = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    return 2 * 6_371_000 * asin(sqrt(half))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((30.2839, 57.0834), (30.2839, 57.0834)),
        ((30.28, 57.08), (30.29, 57.08)),
        ((30.28, 57.08), (30.28, 57.09)),
        ((30.2839, 57.0834), (29.1060, 58.3570)),
        ((30.2839, 57.0834), (27.5230, 57.8810)),
        ((0.0, 179.9), (0.0, -179.9)),
    ],
)
def test_a_distance_within_a_province_is_that_on_a_globe(one: tuple[float, float], other: tuple[float, float]) -> None:
    assert metres(*one, *other) == pytest.approx(on_a_globe(one, other), rel=0.001, abs=1)


@given(LAT, LON, LAT, LON)
def test_there_is_as_far_as_back(lat: float, lon: float, other_lat: float, other_lon: float) -> None:
    there = metres(lat, lon, other_lat, other_lon)
    assert there == metres(other_lat, other_lon, lat, lon) >= 0


@given(st.integers(0, 2_000_000))
def test_what_is_said_is_never_nothing_and_near_the_truth(distance: int) -> None:
    said = said_metres(distance)
    assert said >= 50
    assert abs(said - distance) <= max(50, distance * 0.05)


@pytest.mark.parametrize(
    ("distance", "fa", "en"),
    [(1000, "۱", "1"), (1200, "۱٫۲", "1.2"), (7400, "۷٫۴", "7.4"), (12_000, "۱۲", "12"), (50_000, "۵۰", "50")],
)
def test_kilometres_are_written_as_the_language_does(distance: int, fa: str, en: str) -> None:
    assert (said_kilometres(distance, "fa"), said_kilometres(distance, "en")) == (fa, en)
