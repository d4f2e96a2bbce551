"""Reads a list of holidays that wins over the library's: dates a government announced, and working exceptions."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from domain.jalali import parse_figures


class Wrong(Exception):
    """The file cannot be used; the message names every line at fault."""


def load(path: Path) -> tuple[dict[date, str], frozenset[date]]:
    """Closed days with their names, and days that are worked although the week says otherwise.

    CSV in UTF-8 with the columns date (1405/01/01 or 2026-03-21), name and, if wanted, working (1 for a working
    exception). Raises `Wrong`.
    """
    closed: dict[date, str] = {}
    opened: set[date] = set()
    mistakes: list[str] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in (reader := csv.DictReader(file)):
                day = parse_figures(row.get("date") or "")
                if day is None:
                    mistakes.append(f"{path.name} line {reader.line_num}: no date that we can read")
                elif (row.get("working") or "0").strip() == "1":
                    opened.add(day)
                else:
                    closed[day] = (row.get("name") or "").strip()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Wrong(f"{path}: {type(error).__name__}; it should be CSV in UTF-8 with the columns date,name") from None
    if mistakes:
        raise Wrong("\n".join(mistakes))
    return closed, frozenset(opened)
