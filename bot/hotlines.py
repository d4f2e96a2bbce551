"""The hotlines that residents are shown: a small data file, checked when it is read."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handlers.talk import Line

LANGUAGES = ("fa", "en")
COLUMNS = (
    "order",
    "number",
    "needs",
    "enabled",
    "verified_at",
    "scope",
    *(f"{word}_{language}" for word in ("title", "purpose", "hours") for language in LANGUAGES),
    "source_note",
)
SCOPES = ("national", "county")
#: For danger to life: named in the first message already.
DANGER = "danger"
#: What people need a number for; the words for each are texts (`need-…`).
NEEDS = (DANGER, "illness", "family", "utilities", "city", "complaints")


class Wrong(Exception):
    """The file cannot be used; the message has a line for every mistake."""


@dataclass(frozen=True, slots=True)
class Hotline:
    """One line. Titles, purposes and hours are by language; hours may be empty where nobody has confirmed them."""

    number: str
    titles: Mapping[str, str]
    purposes: Mapping[str, str]
    hours: Mapping[str, str]
    #: national, or county where it is answered only there.
    scope: str
    #: Shown to residents.
    enabled: bool
    #: The day on which somebody last found it named by those who run it or by the news; without one it is never shown.
    verified_at: date | None
    #: Where that is known from, for the operator.
    source_note: str
    needs: tuple[str, ...]
    order: int


def load(path: Path) -> tuple[Hotline, ...]:
    """Every hotline of a UTF-8 CSV file, in its order, the ones that are not enabled too. Raises `Wrong`."""
    found: list[Hotline] = []
    mistakes: list[str] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="", strict=True)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise Wrong(f"{path}: the columns must be {','.join(COLUMNS)}")
            for row in reader:
                mistakes += [f"{path.name} line {reader.line_num}: {mistake}" for mistake in _mistakes(row)]
                found.append(_hotline(row))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not CSV in UTF-8"
        raise Wrong(f"{path}: {reason}") from None
    twice = [number for number, times in Counter(line.number for line in found).items() if times > 1]
    mistakes += [f"{path.name}: {number} stands there twice" for number in twice]
    if not any(DANGER in line.needs and line.enabled for line in found):
        mistakes.append(f"{path.name}: no emergency line is enabled")
    if mistakes:
        raise Wrong("\n".join(mistakes))
    return tuple(sorted(found, key=lambda line: line.order))


def _mistakes(row: dict[str, str]) -> list[str]:
    if None in row:
        return ["has more cells than there are columns"]
    rules = {
        "order must be a whole number": row["order"].isascii() and row["order"].isdecimal(),
        "number must be 3 to 11 digits": re.fullmatch(r"[0-9]{3,11}", row["number"]) is not None,
        f"scope must be {' or '.join(SCOPES)}": row["scope"] in SCOPES,
        "a title is missing": all(row[f"title_{language}"] for language in LANGUAGES),
        "a purpose is missing": all(row[f"purpose_{language}"] for language in LANGUAGES),
        f"needs must be some of {', '.join(NEEDS)}": row["needs"].split() and set(row["needs"].split()) <= set(NEEDS),
        "verified_at must be a day such as 2026-11-26, or empty": not row["verified_at"] or _day(row["verified_at"]),
        "a line that is not verified must not be enabled": row["enabled"] == "0" or row["verified_at"],
        "enabled must be 0 or 1": row["enabled"] in {"0", "1"},
        "web addresses do not belong here": not any("://" in cell or "www." in cell for cell in row.values()),
    }
    return [mistake for mistake, kept in rules.items() if not kept]


def _hotline(row: dict[str, str]) -> Hotline:
    return Hotline(
        number=row["number"],
        titles=_by_language(row, "title"),
        purposes=_by_language(row, "purpose"),
        hours=_by_language(row, "hours"),
        scope=row["scope"],
        enabled=row["enabled"] == "1",
        verified_at=_day(row["verified_at"]),
        source_note=row["source_note"],
        needs=tuple(row["needs"].split()),
        order=int(row["order"]) if row["order"].isdecimal() else 0,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def shown(line: Hotline) -> Line:
    """A hotline as the talks know it."""
    return Line(
        line.number,
        line.titles,
        needs=line.needs,
        details=line.purposes,
        hours=line.hours,
        everywhere=line.scope == "national",
        verified=line.verified_at,
    )


def _by_language(row: dict[str, str], word: str) -> dict[str, str]:
    return {language: row[f"{word}_{language}"] for language in LANGUAGES}
