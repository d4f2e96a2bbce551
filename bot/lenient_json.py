"""Reads JSON that Python's own reader gives up on, so that one odd update does not take all others with it."""

from __future__ import annotations

import json
import re
from typing import Any

#: Digits of a whole number and levels of nesting beyond which a value counts as missing. What we look at has a dozen
#: of either; Python refuses some thousands of digits, and about a thousand levels.
DIGITS, LEVELS = 400, 100
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)


def loads(text: str) -> Any:
    """As `json.loads`, with null in place of what is too long or too deep for it. Raises ValueError for no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        # Far slower, and only for the one answer in a lifetime that needs it.
        return json.loads(_flattened(text), parse_int=_number)


def _number(digits: str) -> int | None:
    return int(digits) if len(digits) <= DIGITS else None


def _flattened(text: str) -> str:
    """The text with null in place of everything deeper than `LEVELS`."""
    kept: list[str] = []
    level = upto = 0
    for found in _PIECE.finditer(text):
        if found[0] in "[{":
            level += 1
            if level == LEVELS + 1:
                kept += [text[upto : found.start()], "null"]
        elif found[0] in "]}":
            level -= 1
            if level == LEVELS:
                upto = found.end()
    # What never closes is no JSON: the reader says so.
    return "".join((*kept, text[upto:] if level <= LEVELS else ""))
