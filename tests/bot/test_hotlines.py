"""The hotlines that are shipped, and what is refused in such a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import hotlines
from bot.hotlines import COLUMNS, DANGER, NEEDS, Hotline, Wrong, load

SHIPPED = Path(hotlines.__file__).parent / "data" / "hotlines.csv"
GOOD = dict(
    zip(
        COLUMNS,
        ("1", "110", "danger", "1", "2026-11-01", "national", "پلیس", "Police", "خطر", "danger", "", "", "known"),
        strict=True,
    )
)


def written(tmp_path: Path, *rows: dict[str, str]) -> tuple[Hotline, ...]:
    file = tmp_path / "lines.csv"
    lines = [",".join(COLUMNS), *(",".join(row[column] for column in COLUMNS) for row in rows)]
    file.write_text("\n".join(lines), encoding="utf-8")
    return load(file)


def test_the_emergency_lines_are_enabled_and_come_first() -> None:
    found = load(SHIPPED)
    assert [line.number for line in found if DANGER in line.needs] == ["110", "115", "125", "112", "123"]
    assert [line.number for line in found[:5]] == ["110", "115", "125", "112", "123"]
    assert all(line.enabled for line in found if DANGER in line.needs)


def test_what_nobody_confirmed_or_what_was_stopped_is_not_shown() -> None:
    by_number = {line.number: line for line in load(SHIPPED)}
    assert [number for number, line in by_number.items() if line.enabled and not line.verified_at] == []
    off = ("09628", "1888", "124", "141", "136", "129", "1420")
    assert [by_number[number].enabled for number in off] == [False] * len(off)


def test_titles_and_purposes_are_in_both_languages() -> None:
    persian = re.compile("[\u0600-\u06ff]")
    for line in load(SHIPPED):
        for words in (line.titles, line.purposes):
            assert (bool(persian.search(words["fa"])), bool(persian.search(words["en"]))) == (True, False), line.number


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        ({"number": "11"}, "number must be 3 to 11 digits"),
        ({"number": "۱۱۰"}, "number must be 3 to 11 digits"),
        ({"order": "first"}, "order must be a whole number"),
        ({"scope": "town"}, "scope must be national or county"),
        ({"title_en": ""}, "a title is missing"),
        ({"purpose_fa": ""}, "a purpose is missing"),
        ({"enabled": "yes"}, "enabled must be 0 or 1"),
        ({"verified_at": ""}, "a line that is not verified must not be enabled"),
        ({"verified_at": "yesterday"}, "verified_at must be a day such as 2026-11-26, or empty"),
        ({"needs": ""}, "needs must be some of danger, illness, family, utilities, city, complaints"),
        ({"needs": "danger fun"}, "needs must be some of danger"),
        ({"source_note": "https://example.org"}, "web addresses do not belong here"),
    ],
)
def test_a_mistake_is_named_by_its_line(tmp_path: Path, change: dict[str, str], mistake: str) -> None:
    with pytest.raises(Wrong, match=f"lines.csv line 3: {mistake}"):
        written(tmp_path, GOOD, GOOD | {"number": "115"} | change)


def test_a_number_stands_there_once_and_somebody_can_be_called(tmp_path: Path) -> None:
    with pytest.raises(Wrong, match="110 stands there twice"):
        written(tmp_path, GOOD, GOOD)
    with pytest.raises(Wrong, match="no emergency line is enabled"):
        written(tmp_path, GOOD | {"enabled": "0"})


def test_a_file_that_is_not_there_or_of_another_kind_is_named(tmp_path: Path) -> None:
    with pytest.raises(Wrong, match="No such file"):
        load(tmp_path / "none.csv")
    (tmp_path / "other.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(Wrong, match="the columns must be"):
        load(tmp_path / "other.csv")


def test_every_need_has_a_line_that_can_be_called() -> None:
    found = [line for line in load(SHIPPED) if line.enabled]
    assert {need for line in found for need in line.needs} == set(NEEDS)
