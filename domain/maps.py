"""Distances between points on the map, as people say them."""

from __future__ import annotations

from math import cos, hypot, radians

from domain.persian import persian_digits

#: Metres of a degree of latitude.
DEGREE_M = 111_195


def metres(lat: float, lon: float, other_lat: float, other_lon: float) -> int:
    """How far two points lie apart. Flat-earth: within a county it errs by less than one in a thousand."""
    north = (other_lat - lat) * DEGREE_M
    east = ((other_lon - lon + 180) % 360 - 180) * DEGREE_M * cos(radians((lat + other_lat) / 2))
    return round(hypot(north, east))


def said_metres(distance: int) -> int:
    """A distance as exactly as anybody needs it: to 50 metres, from a kilometre on to 100, from ten on to 1000."""
    step = 50 if distance < 1000 else 100 if distance < 10_000 else 1000
    return max(step, round(distance / step) * step)


def said_kilometres(distance: int, language: str) -> str:
    """A distance in metres as kilometres, as readers of a language write it: with one decimal below ten."""
    whole, tenths = divmod(round(distance / 100), 10)
    text = str(whole) if distance >= 10_000 or not tenths else f"{whole}.{tenths}"
    # U+066B is the Persian decimal point.
    return persian_digits(text).replace(".", "\u066b") if language == "fa" else text
