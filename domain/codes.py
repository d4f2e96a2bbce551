"""Tracking codes: eight random digits, as they are made and as people type them."""

import re
from collections.abc import Callable

from domain.persian import ascii_digits, tidy

_UNBROKEN = re.compile(r"(?<!\d)[1-9]\d{7}(?!\d)")
# No slash or full stop: «1405/09/05» is a date.
_GAP = r"[\s_\-\u00b7\u2010-\u2015\u2212]*"
_BROKEN = re.compile(rf"(?<!\d)[1-9](?:{_GAP}\d){{7}}(?!{_GAP}\d)")
_BEFORE = re.compile(rf"\d{_GAP}$")
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
#: Longer texts (a forwarded receipt) are searched for unbroken codes only.
_SHORT = 100


def tracking_code(random: Callable[[int], int]) -> str:
    """Eight digits, the first not zero; `random(n)` answers 0 … n-1 and must not be guessable (secrets.randbelow)."""
    return str(10_000_000 + random(90_000_000))


def check_in_code(random: Callable[[int], int]) -> str:
    """Eight signs that a link to a meeting's door carries; without O, I, 0 and 1, which are read for each other."""
    return "".join(_SIGNS[random(len(_SIGNS))] for _ in range(8))


def as_code(text: str) -> str | None:
    """The one code in an answer to "which code?", as eight digits 0–9; None when there is none, or more than one.

    Takes digits of any script, in one run or in groups (spaces, hyphens), with words around them.
    """
    plain = ascii_digits(tidy(text))
    found = set(_UNBROKEN.findall(plain))
    if not found and len(plain) <= _SHORT:
        groups = (group for group in _BROKEN.finditer(plain) if not _BEFORE.search(plain[: group.start()]))
        found = {re.sub(r"\D", "", group[0]) for group in groups}
    return found.pop() if len(found) == 1 else None
