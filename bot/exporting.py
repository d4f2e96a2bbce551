"""Writes cases for spreadsheets and programs: what they are and what became of them, never who."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TextIO

from bot.database import Database
from storage import cases as kept
from storage import places
from storage.cases import Case, Step
from storage.tx import Tx

#: Cases read at once, so that no export holds the database for long.
SLICE = 500
#: A spreadsheet takes a cell that begins so for a formula, and a formula can call out (full-width ones too).
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
COLUMNS = ("code", "kind", "state", "place", "text", "submitted", "since", "due", "history")

Facts = dict[str, Any]


async def cases(database: Database, out: TextIO, form: str) -> int:
    """Write every case as `jsonl` or `csv`, in order of arrival, and return how many. Times are ISO 8601 in UTC."""
    write = FORMATS[form](out)
    after, count = 0, 0
    while True:
        last = after
        found, after = await database.read(lambda tx, last=last: _slice(tx, last))  # type: ignore[misc]
        for facts in found:
            write(facts)
        count += len(found)
        if len(found) < SLICE:
            return count


def _slice(tx: Tx, after: int) -> tuple[list[Facts], int]:
    found = kept.every(tx, after, SLICE)
    written = {place: places.get(tx, place).written for place in {case.place for case in found}}
    rows = [_facts(case, written[case.place], kept.history(tx, case.id)) for case in found]
    return rows, found[-1].id if found else after


def _facts(case: Case, place: str, history: list[Step]) -> Facts:
    return {
        "code": case.code,
        "kind": case.kind.value,
        "state": case.state.value,
        "place": place,
        "text": case.text,
        "submitted": _iso(case.created),
        "since": _iso(case.since),
        "due": _iso(case.due),
        "history": [_move(step) for step in history],
    }


def _move(step: Step) -> Facts:
    return {
        "at": _iso(step.at),
        "move": step.move.value,
        "to": step.to.value,
        "reason": step.reason and step.reason.value,
        "due": _iso(step.due),
    }


def _iso(seconds: int | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _jsonl(out: TextIO) -> Callable[[Facts], None]:
    def write(facts: Facts) -> None:
        out.write(json.dumps(facts, ensure_ascii=False) + "\n")

    return write


def _csv(out: TextIO) -> Callable[[Facts], None]:
    out.write("\ufeff")  # by this mark Excel knows that it is UTF-8
    writer = csv.writer(out)
    writer.writerow(COLUMNS)

    def write(facts: Facts) -> None:
        cells = {**facts, "history": "\n".join(map(_sentence, facts["history"]))}
        writer.writerow([_harmless(cells[column]) for column in COLUMNS])

    return write


def _sentence(move: Facts) -> str:
    """A move in one line of a cell."""
    words = [move["at"], move["move"], "->", move["to"]]
    words += [f"({move['reason']})"] if move["reason"] else []
    return " ".join([*words, *(["until", move["due"]] if move["due"] else [])])


def _harmless(cell: str | None) -> str:
    text = cell or ""
    return f"'{text}" if text.startswith(_FORMULA) else text


FORMATS: dict[str, Callable[[TextIO], Callable[[Facts], None]]] = {"jsonl": _jsonl, "csv": _csv}
