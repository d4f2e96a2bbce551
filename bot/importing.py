"""Reads places from a CSV file and writes them: all of them, or none with every mistake named by its line."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from bot import csv_text
from domain.persian import ascii_digits, has_words, place_key, search_key, sort_key, tidy
from storage import jobs, missing, places
from storage.places import LONGEST_LINK, NewPlace
from storage.tx import Tx

#: Parents before children, as they are written.
Rows: TypeAlias = list[NewPlace]

REQUIRED = ("county", "county_slug", "settlement", "neighborhood", "slug", "has_council")
OPTIONAL = ("settlement_slug", "kind", "house", "address", "lat", "lon", "inhabitants", "first", "sample")
#: The levels a row can be for, with the names they have together. A row is for a neighbourhood unless it says so.
PLURALS = {"county": "counties", "settlement": "settlements", "neighborhood": "neighborhoods"}
LEVELS = tuple(PLURALS)

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TRUTHS = {"": False, "0": False, "no": False, "1": True, "yes": True}
#: Letters: of a name (it must fit a button) and of an address.
_NAME, _ADDRESS = 60, 200
#: Bytes; the largest province has a few thousand neighbourhoods.
_LARGEST = 10_000_000
_MOST_PEOPLE = 20_000_000
#: Rows between two words of progress: a shorter file needs none.
PROGRESS = 1000

Say: TypeAlias = Callable[[str], None]


def _silent(_: str) -> None:
    """For whoever wants no progress."""


class Wrong(Exception):
    """The file cannot be imported; the message has a line for every mistake."""


def read(path: Path, say: Say = _silent) -> Rows:
    """The places of a CSV file as a spreadsheet saves it, nothing written yet. Raises `Wrong`.

    The columns are REQUIRED and, where wanted, OPTIONAL (docs/operate.md says what each holds). `say` hears in which
    letters the file is written, if not in UTF-8, and how far a long one is read.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise Wrong(f"{path}: is larger than {_LARGEST // 1_000_000} MB: this is no list of places")
        content = path.read_bytes()
    except OSError as error:
        raise Wrong(f"{path}: {error.strerror}") from None
    found = _Found(path.name)
    for n, (line, cells) in enumerate(_lines(found, content, say), 1):
        found.take(line, cells)
        if n % PROGRESS == 0:
            say(f"{path.name}: {n} rows read")
    if found.mistakes:
        raise Wrong("\n".join(text for _, text in sorted(found.mistakes)))
    if not found.places:
        raise Wrong(f"{path.name}: there is not a single place in it")
    return [place for level in LEVELS for place in found.places.values() if place.kind == level]


def write(tx: Tx, rows: Rows, now: int, say: Say = _silent) -> int:
    """Write what was read, in the transaction given; those known are brought up to date. How many are new.

    Whoever had not found a neighbourhood that this list brings will be told by the running bot (`now`: epoch seconds).
    Raises `Wrong` when a neighbourhood is already known in another settlement: its links would become ambiguous.
    """
    mistakes = []
    brought: dict[str, set[str]] = {}
    for row in rows:
        if row.kind != "neighborhood":
            continue
        written = f"{row.path.split('/')[1]}/{row.slug}"
        known = places.written(tx, written)
        if known is not None and known.path != row.path:
            mistakes.append(f"{written} is known at {known.path} and cannot be at {row.path} too")
        if known is None or place_key(known.name) != place_key(row.name):
            brought.setdefault(written.partition("/")[0], set()).add(place_key(row.name))
    if mistakes:
        raise Wrong("\n".join(mistakes))
    new = 0
    for start in range(0, len(rows), PROGRESS):
        new += places.put(tx, rows[start : start + PROGRESS])
        if len(rows) > PROGRESS:
            say(f"{min(start + PROGRESS, len(rows))} of {len(rows)} places written")
    for county, names in brought.items():
        _tell_who_missed(tx, county, names, now)
    return new


def _tell_who_missed(tx: Tx, county: str, names: set[str], now: int) -> None:
    """Set a job for every question about one of these names (keys) in a county."""
    place = places.written(tx, county)
    for one in missing.open_in(tx, place.id) if place else ():
        if place_key(one.name) in names:
            jobs.put(tx, "missing-listed", f"missing-listed:{one.id}", now, {"missing": one.id})


def _lines(found: _Found, content: bytes, say: Say) -> Iterator[tuple[int, dict[str, str]]]:
    """Every row with the line it begins on."""
    try:
        text, letters = csv_text.read(content)
    except csv_text.Unreadable as error:
        found.wrong(error.line, str(error))
        return
    if letters != csv_text.USUAL:
        say(f"{found.file}: read as {letters}")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=csv_text.delimiter(text), strict=True)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        if not _header_is_good(found, header):
            return
        begins = reader.line_num + 1
        for row in reader:
            if any(cell.strip() for cell in row):
                if len(row) == len(header):
                    yield begins, dict(zip(header, row, strict=True))
                else:
                    found.wrong(begins, f"has {len(row)} cells, the first line names {len(header)} columns")
            begins = reader.line_num + 1
    except csv.Error as error:
        found.wrong(reader.line_num, f"is not CSV: {error}")


def _header_is_good(found: _Found, header: list[str]) -> bool:
    for name in sorted({name for name in header if header.count(name) > 1}):
        found.wrong(1, f"column {name or '(without a name)'} stands there twice")
    for name in header:
        if name not in REQUIRED + OPTIONAL:
            found.wrong(1, f"no such column: {name or '(without a name)'}; there are: {', '.join(REQUIRED + OPTIONAL)}")
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        found.wrong(1, f"missing: {', '.join(missing)}")
    return not found.mistakes


@dataclass(slots=True)
class _Found:
    """What the file holds so far, and what is wrong with it."""

    file: str
    places: dict[str, NewPlace] = field(default_factory=dict)
    #: The line each path was first named on.
    lines: dict[str, int] = field(default_factory=dict)
    #: The line and path of each neighbourhood by its written form, which must be the only one.
    slugs: dict[str, tuple[int, str]] = field(default_factory=dict)
    #: The line and path of each name inside its parent: two equal buttons in one list help nobody.
    names: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    #: Paths that a row of their own describes.
    own: set[str] = field(default_factory=set)
    mistakes: list[tuple[int, str]] = field(default_factory=list)

    def wrong(self, line: int, what: str) -> None:
        self.mistakes.append((line, f"{self.file} line {line}: {what}"))

    def take(self, line: int, cells: dict[str, str]) -> None:
        """One row: its place and, where they are new, the places it lies in."""
        row = _Row(self, line, cells)
        kind = row.kind()
        before = len(self.mistakes)
        depth = LEVELS.index(kind) + 1
        names = [row.name(level) for level in LEVELS[:depth]]
        slugs = row.slugs(depth, names)
        details = row.details()
        for level in LEVELS[depth:]:
            if cells[level].strip():
                self.wrong(line, f"a row for a {kind} has no {level}")
        if len(self.mistakes) == before:
            self._put(line, names, slugs, details)

    def _put(self, line: int, names: list[str], slugs: list[str], details: NewPlace) -> None:
        parent = "/"
        for level, name, slug in zip(LEVELS, names, slugs, strict=False):
            path = f"{parent}{slug}/"
            is_own = len(names) == LEVELS.index(level) + 1
            known = self.places.get(path)
            if known is not None and known.name != name:
                self.wrong(line, f"{level} {slug} has another name on line {self.lines[path]}")
            elif is_own and path in self.own:
                self.wrong(line, f"{level} {slug} stands on line {self.lines[path]} already")
            elif is_own or known is None:
                self._remember(line, level, _placed(level, slug, path, parent, name, details if is_own else None))
            if is_own:
                self.own.add(path)
            parent = path

    def _remember(self, line: int, level: str, place: NewPlace) -> None:
        if level == "neighborhood":
            written = f"{place.path.split('/')[1]}/{place.slug}"
            first, path = self.slugs.setdefault(written, (line, place.path))
            if path != place.path:
                self.wrong(line, f"slug {place.slug} is taken in this county by line {first}")
        first, path = self.names.setdefault((place.parent, place.search_key), (line, place.path))
        if path != place.path:
            self.wrong(line, f"{level} {place.name} has another slug on line {first}")
        self.places[place.path] = place
        self.lines[place.path] = line


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the file, read cell by cell; what is wrong is noted and a harmless value returned."""

    found: _Found
    line: int
    cells: dict[str, str]

    def kind(self) -> str:
        kind = self.cells.get("kind", "").strip().lower() or "neighborhood"
        if kind not in LEVELS:
            self.found.wrong(self.line, f"kind must be one of {', '.join(LEVELS)}")
            return "neighborhood"
        return kind

    def name(self, column: str) -> str:
        name = tidy(self.cells[column])
        if not has_words(name):
            self.found.wrong(self.line, f"{column} is empty")
        elif "\n" in name or len(name) > _NAME:
            self.found.wrong(self.line, f"{column} must be one line of at most {_NAME} letters")
        return name

    def slugs(self, depth: int, names: list[str]) -> list[str]:
        """The slugs down to this row's level. A settlement without one gets one made from its name."""
        slugs = [self._slug("county_slug")]
        if depth > 1:
            given = self.cells.get("settlement_slug", "").strip()
            slugs.append(self._slug("settlement_slug") if given else _made(names[1]))
        if depth > 2:
            slugs.append(self._slug("slug"))
            if len(slugs[0]) + len(slugs[-1]) > LONGEST_LINK:
                self.found.wrong(
                    self.line, f"county_slug and slug have more than {LONGEST_LINK} letters: no link holds them"
                )
        return slugs

    def _slug(self, column: str) -> str:
        slug = self.cells[column].strip()
        if not _SLUG.fullmatch(slug) or len(slug) > 40:
            problem = "is not" if slug else "is empty; it must be"
            self.found.wrong(self.line, f"{column} {problem} made of a-z, 0-9 and single hyphens, at most 40")
        return slug

    def details(self) -> NewPlace:
        """What the row says about its own place; name, slug and path are filled in later."""
        lat, lon = self._number("lat", 90), self._number("lon", 180)
        if (lat is None) != (lon is None):
            self.found.wrong(self.line, "lat and lon belong together: give both or neither")
        return NewPlace(
            kind="",
            slug="",
            path="",
            parent="",
            name="",
            # Before every letter and digit, so that it leads its list: the provincial centre, a county's main town.
            sort_key="!" if self._truth("first") else "",
            search_key="",
            has_council=self._truth("has_council"),
            house=self._text("house", _NAME),
            address=self._text("address", _ADDRESS),
            lat=lat,
            lon=lon,
            inhabitants=self._count("inhabitants"),
            sample=self._truth("sample"),
        )

    def _truth(self, column: str) -> bool:
        cell = ascii_digits(self.cells.get(column, "").strip().lower())
        if cell not in _TRUTHS:
            self.found.wrong(self.line, f"{column} must be 1 or 0")
        return _TRUTHS.get(cell, False)

    def _text(self, column: str, longest: int) -> str:
        text = " ".join(tidy(self.cells.get(column, "")).split())
        if len(text) > longest:
            self.found.wrong(self.line, f"{column} is longer than {longest} letters")
        return text

    def _number(self, column: str, most: float) -> float | None:
        # U+066B is how Persian writes the decimal point.
        cell = ascii_digits(self.cells.get(column, "").strip()).replace("\u066b", ".")
        if not cell:
            return None
        if not re.fullmatch(r"-?\d{1,3}(\.\d{1,20})?", cell) or abs(float(cell)) > most:
            self.found.wrong(self.line, f"{column} must be degrees such as 30.2839, from -{most} to {most}")
            return None
        return float(cell)

    def _count(self, column: str) -> int | None:
        cell = ascii_digits(self.cells.get(column, "").strip())
        if not cell:
            return None
        if not re.fullmatch(r"\d{1,9}", cell) or int(cell) > _MOST_PEOPLE:
            self.found.wrong(self.line, f"{column} must be a whole number from 0 to {_MOST_PEOPLE}")
            return None
        return int(cell)


def _placed(kind: str, slug: str, path: str, parent: str, name: str, details: NewPlace | None) -> NewPlace:
    """A place with its keys. Without details it is only known as where another one lies."""
    return NewPlace(
        kind=kind,
        slug=slug,
        path=path,
        parent=parent,
        name=name,
        sort_key=(details.sort_key if details else "") + sort_key(name),
        search_key=search_key(name),
        has_council=details is not None and details.has_council,
        house=details.house if details else "",
        address=details.address if details else "",
        lat=details.lat if details else None,
        lon=details.lon if details else None,
        inhabitants=details.inhabitants if details else None,
        sample=details is not None and details.sample,
    )


def _made(name: str) -> str:
    """A slug that depends on the name alone, so that another file or another order of rows finds the same place."""
    return "s-" + hashlib.sha256(search_key(name).encode()).hexdigest()[:10]
