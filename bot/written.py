"""How one value of a sentence is written in a language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from bot.catalogue import Catalogue
from domain import jalali
from domain.moments import Form, Moment
from domain.persian import persian_digits
from domain.richtext import Value

#: What a value must not bring along: line ends of other systems, directions that reach beyond it, what no one can send.
UNFIT = re.compile("\r\n?|[\v\f\x85\u2028\u2029]|[\x00\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_DAYS: Mapping[Form, Callable[[date, str], str]] = MappingProxyType(
    {
        Form.FULL: jalali.full_date,
        Form.COMPACT: jalali.compact_date,
        Form.DAY_MONTH: jalali.day_month,
        Form.DAY_WORDS: jalali.day_words,
    }
)


def written(catalogue: Catalogue, key: str, name: str, value: Value) -> str:
    """A text, number or date as it stands in the sentence. Raises TextError for any other value."""
    if isinstance(value, str):
        return str(value) if UNFIT.search(value) is None else UNFIT.sub(_fitted, value)
    if isinstance(value, int) and not isinstance(value, bool):
        return persian_digits(value) if catalogue.language == "fa" else str(value)
    try:
        if isinstance(value, Moment):
            return _dated(value, catalogue.language)
        if isinstance(value, date):
            return jalali.full_date(value, catalogue.language)
    except ValueError as error:
        raise catalogue.error(key, f"${name} is a date that cannot be written") from error
    raise catalogue.error(key, f"${name} is of type {type(value).__name__}, which no text can show")


def _fitted(found: re.Match[str]) -> str:
    return "\n" if found[0][0] in "\r\v\f\x85\u2028\u2029" else ""


def _dated(moment: Moment, language: str) -> str:
    form = Form(moment.form)
    if form is Form.CLOCK and isinstance(moment.at, datetime):
        return jalali.clock_words(moment.at, language)
    if form is Form.RELATIVE and moment.now is not None:
        return jalali.relative_day(moment.at, moment.now, language)
    return _DAYS[form](moment.at, language)
