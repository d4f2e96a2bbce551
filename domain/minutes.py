"""What a meeting came to: the limits of its minutes, and a decision said in one line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.actions import LONGEST_WHO
from domain.jalali import parse_date
from domain.meetings import Kind
from domain.persian import clauses

#: Decisions of one meeting, and photos of its minute book, at most.
MOST_DECISIONS, MOST_PHOTOS = 12, 6
#: Days after a meeting on which its organiser is reminded of the minutes that nobody has published.
REMINDED_DAYS = (3, 7)
#: Words of a name in a decision said in one line: more of them are part of what was decided.
_WORDS_OF_A_NAME = 5
#: Whom the minutes of each kind of meeting are for (a key of `storage.broadcasts.GROUPS`): what a council or its
#: residents decide concerns all of the neighbourhood, whoever was invited.
READERS: dict[Kind, str] = {
    Kind.COUNCIL: "everybody",
    Kind.PUBLIC: "everybody",
    Kind.SERVICE_DESK: "everybody",
    Kind.COUNTY_BOARD: "county_board",
    Kind.PROVINCE_BOARD: "province_board",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What was understood of a decision in one line. `who` may be a name or still a part of what was decided: it is
    sure only with a date behind it."""

    what: str
    who: str = ""
    due: date | None = None


def understood(words: str, today: date) -> Said:
    """What was decided, by whom it is done and by when, as far as the words between commas say so.

    The date stands last, the name before it. Raises `WeekdayMismatch` when the date has another weekday.
    """
    parts = clauses(words)
    due, parts = _dated(parts, today)
    if len(parts) < 2 or not _is_name(parts[-1]):
        return Said(_joined(words, parts, due), "", due)
    return Said(_joined(words, parts[:-1], due), parts[-1], due)


def _dated(parts: list[str], today: date) -> tuple[date | None, list[str]]:
    """The date at the end (its weekday may be parted from it by a comma), and what stands before it."""
    for n in (2, 1):
        if len(parts) > n and (day := parse_date(" ".join(parts[-n:]), today)) is not None:
            return day, parts[:-n]
    return None, parts


def _is_name(words: str) -> bool:
    return len(words) <= LONGEST_WHO and len(words.split()) <= _WORDS_OF_A_NAME


def _joined(words: str, parts: list[str], due: date | None) -> str:
    """The words up to the end of these parts, as they were written."""
    end = 0
    for part in parts:
        end = words.index(part, end) + len(part)
    return " ".join(words[:end].split())
