"""What everybody may read of a case: a title without numbers that lead to a person, and about where it is."""

from __future__ import annotations

import re

from domain.persian import ascii_digits, cut

#: Letters of a public title, at least and at most.
SHORTEST, LONGEST = 5, 120
#: Digits of a degree that are kept: a thousandth is about a hundred metres.
PLACES = 3
#: A run of digits as long as a telephone number or longer, parted or not.
_NUMBER = re.compile(r"\+?\d(?:[\s\-_.]?\d){6,}")


def proposed_title(text: str) -> str:
    """A public title from a reporter's words, cut at a word's end. Names in it only a person can find."""
    line = " ".join(text.split())
    # ascii_digits keeps every letter's place, so what is found there is taken out here.
    plain = ascii_digits(line)
    if len(plain) == len(line):
        for found in reversed(list(_NUMBER.finditer(plain))):
            line = line[: found.start()] + line[found.end() :]
    return cut(" ".join(line.split()), LONGEST) if line.strip() else ""


def rounded(degrees: float | None) -> float | None:
    """A latitude or longitude to about a hundred metres."""
    return None if degrees is None else round(degrees, PLACES)
