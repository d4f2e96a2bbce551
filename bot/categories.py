"""Reads the town's categories: which words speak of them, which committee and which line."""

from __future__ import annotations

import csv
from pathlib import Path

from domain.categories import Category, keys


def load(path: Path) -> tuple[Category, ...]:
    """Every category of the file, in its order. UTF-8 CSV: code, committee, line, urgent, words (parted by spaces)."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(
            Category(row["code"], row["committee"], row["line"], keys(row["urgent"]), keys(row["words"]))
            for row in csv.DictReader(file)
        )
