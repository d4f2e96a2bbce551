"""Where a paper is put together: rows become words before anything is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from bot.messenger import Messenger
from bot.paper.sheet import Code
from bot.texts import Texts
from domain import jalali
from domain.richtext import Key, plain
from handlers.talk import Work
from storage import places
from storage.places import Place

#: Papers hang where the town's people pass: they are in its language, whatever the one who had them made reads.
LANGUAGE = "fa"


@dataclass(slots=True)
class Desk(Work):
    """A transaction, the present moment, the town, and what words and links are made with."""

    texts: Texts
    messengers: Mapping[int, Messenger]

    def words(self, said: str | Key) -> str:
        """As it stands on paper. The marks that keep directions apart stay: the sheet goes by them."""
        return said if isinstance(said, str) else plain(self.texts.render(LANGUAGE, said.name, said.values))

    def codes(self, payload: str) -> tuple[Code, ...]:
        """A code for each messenger that we are on. One without a public name has no links."""
        found = []
        for messenger in self.messengers.values():
            if messenger.username:
                name = self.words(Key("invite-code", {"where": messenger.platform.name}))
                address = messenger.platform.deep_link(messenger.username).removeprefix("https://")
                found.append(Code(name, messenger.platform.deep_link(messenger.username, payload), address))
        return tuple(found)

    def name(self, place: Place) -> str:
        """A place's name; a made-up one carries its mark."""
        return self.words(Key("sample-place", {"name": place.name}) if place.sample else place.name)

    def holder(self, place: Place) -> str:
        """Who acts there: its council, or the county's committee where there is none."""
        if place.kind != "neighborhood" or place.has_council:
            return self.words(Key("holder-council", {"neighborhood": self.name(place)}))
        county = places.written(self.tx, place.path.strip("/").split("/")[0])
        return self.words(Key("holder-county", {"county": self.name(county or place)}))

    def day(self, at: datetime | None = None) -> str:
        """Weekday, day, month and year; today when nothing is said."""
        return jalali.full_date(at or self.now, LANGUAGE)

    def foot(self, place: Place) -> str:
        return self.words(Key("paper-foot", {"neighborhood": self.name(place), "day": self.day()}))

    @property
    def today(self) -> int:
        """When the day began in Tehran: what is drawn twice on one day is the same, byte by byte."""
        begun = datetime.combine(jalali.tehran_day(self.now), time(), jalali.TEHRAN)
        return int(begun.timestamp())


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper that is ready to be drawn: whose place it is of, its file's name, the function and its values, and what
    is said with it."""

    path: str
    file: str
    draw: Callable[[Any], bytes]
    values: Any
    said: Key


def file_name(what: str, place: Place, at: datetime) -> str:
    """In Latin letters, with the day: `bulletin_county_neighborhood_1405-09-05.pdf`."""
    day = jalali.compact_date(at, "en").replace("/", "-")
    return "_".join([what.replace("_", "-"), *([place.link] if place.link else []), day]) + ".pdf"


def kept(lines: Iterable[str]) -> tuple[str, ...]:
    """Those that say something."""
    return tuple(line for line in lines if line)
