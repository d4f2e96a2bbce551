"""Writes docs/texts.md: every sentence as a person sees it, with sample values, for whoever checks the wording."""

from __future__ import annotations

import html
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from bot.platforms import PLATFORMS
from bot.platforms.base import Platform
from bot.render import Renderer
from bot.texts import Texts
from domain.moments import Form, Moment
from domain.persian import first_strong_is_rtl
from domain.richtext import Code, Key, Link, RichText, Style, Value, plain
from handlers.book import WHO
from handlers.talk import Reply
from tools.sentences import SEVERAL, Sentence, choices, is_label, sentences

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "texts.md"
SAMPLES = ROOT / "tools" / "texts_page.toml"
#: The columns, with the direction in which each is read.
LANGUAGES = {"fa": "rtl", "en": "ltr"}
#: Files that belong to no talk, and the heading they stand under.
SHARED = "shared"
_TAGS = {Style.BOLD: "b", Style.ITALIC: "i", Style.CODE: "code", Style.LINK: "u", Style.QUOTE: "q"}
_ISOLATED = re.compile("\u2068([^\u2068\u2069]*)\u2069")
_UNSEEN = re.compile("[\u200e\u200f\u2060\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Samples:
    """What is put into sentences to show them: values by name, some only for one key, and the page's own words."""

    words: Mapping[str, Any]
    #: Names of the values that no sample was found for, with a key that needs them.
    lacking: dict[str, str] = field(default_factory=dict)
    #: What was asked for: values by name, and those of one key as (key, name).
    used: set[str | tuple[str, str]] = field(default_factory=set)

    def value(self, texts: Texts, language: str, key: str, name: str) -> Value:
        """The value of this name in this sentence; its own name where none is kept, so that a gap is seen."""
        own = self.words["at"].get(key, {})
        self.used.add((key, name) if name in own else name)
        sample = own.get(name, self.words["values"].get(name))
        if sample is None:
            self.lacking.setdefault(name, key)
            return f"{{{name}}}"
        return self._typed(texts, language, sample)

    def values(self, texts: Texts, language: str, key: str) -> dict[str, Value]:
        """All values of a sentence."""
        return {name: self.value(texts, language, key, name) for name in sorted(texts.variables(language, key))}

    def _typed(self, texts: Texts, language: str, sample: Any) -> Value:
        match sample:
            case str() | int() | date():
                return sample
            case {"text": str(key)}:
                return Key(key, self.values(texts, language, key))
            case {"code": str(code)}:
                return Code(code)
            case {"link": str(href)}:
                return Link(href, href)
            case {"at": date() as at, "as": str(form)}:
                now: datetime | None = self.words["now"] if form == Form.RELATIVE else None
                return Moment(at, form, now)
        return str(sample[language])


def main() -> int:
    """Always 0: a value without a sample is shown by its name, and said."""
    samples = load()
    PAGE.write_text(page(samples), "utf-8")
    for name, key in sorted(samples.lacking.items()):
        print(f"no sample value for ${name} ({key}): add one to {SAMPLES.relative_to(ROOT)}")
    print(f"wrote {PAGE.relative_to(ROOT)}")
    return 0


def load() -> Samples:
    """The samples as they are kept."""
    return Samples(tomllib.loads(SAMPLES.read_text("utf-8")))


def page(samples: Samples) -> str:
    """The whole page. It says nothing of when or where it was made, so the same texts make the same page."""
    texts = Texts.load(ROOT / "bot" / "texts")
    written = sentences(ROOT / "bot" / "texts" / "fa")
    by_file = {file: list(found) for file, found in groupby(written, key=lambda one: one.file)}
    sheet = _Sheet(texts, Renderer(texts), next(iter(PLATFORMS.values())), samples)
    parts = [samples.words["page"]["intro"].strip()]
    for who, files in groupby(sorted(by_file, key=_place), key=lambda file: _place(file)[0]):
        name = WHO[who] if who < len(WHO) else SHARED
        parts.append(f"## {samples.words['page'][name]}")
        parts += [sheet.table(file, by_file[file]) for file in files]
    return "\n\n".join(parts) + "\n"


def _place(file: str) -> tuple[int, str]:
    """Where a file stands on the page: with the others of those whose talk it is."""
    for number, who in enumerate(WHO):
        if (ROOT / "handlers" / who / f"{file}.py").is_file():
            return number, file
    return len(WHO), file


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Sentences as they are sent, drawn as rows of a table."""

    texts: Texts
    renderer: Renderer
    platform: Platform
    samples: Samples

    def table(self, file: str, written: list[Sentence]) -> str:
        rows = [row for one in written for row in self._rows(one)]
        head = "<tr><th></th>" + "".join(f"<th>{self.samples.words['page'][one]}</th>" for one in LANGUAGES) + "</tr>"
        return "\n".join([f"### {self._heading(file)}", "", "<table>", head, *rows, "</table>"])

    def _heading(self, file: str) -> str:
        label = f"talk-{file}"
        if label in self.texts.keys("fa"):
            return f"{plain(self.texts.render('fa', label))} · {plain(self.texts.render('en', label))} (`{file}.ftl`)"
        return " · ".join([*self.samples.words["files"].get(file, {}).values(), f"`{file}.ftl`"])

    def _rows(self, one: Sentence) -> Iterator[str]:
        for number, chosen in enumerate(_forms(one)):
            values = {language: self._values(language, one.key, chosen) for language in LANGUAGES}
            named = [f"<code>{one.key}</code>"] if number == 0 else []
            said = [f"{name} = {values['fa'][name]}" for name in chosen]
            yield "\n".join(
                [
                    "<tr>",
                    f"<td>{'<br>'.join([*named, *said])}</td>",
                    *(f'<td dir="{way}">{self._cell(to, one.key, values[to])}</td>' for to, way in LANGUAGES.items()),
                    "</tr>",
                ]
            )

    def _values(self, language: str, key: str, chosen: Mapping[str, int | str]) -> dict[str, Value]:
        values = self.samples.values(self.texts, language, key)
        for name, choice in chosen.items():
            kept = values[name]
            if choice != SEVERAL or not isinstance(kept, int) or kept < 2:
                values[name] = choice
        return values

    def _cell(self, language: str, key: str, values: Mapping[str, Value]) -> str:
        if is_label(key):
            label = _UNSEEN.sub("", self.renderer.label(Key(key, values), self.platform, language))
            return f"[ {html.escape(label, quote=False)} ]"
        return as_html(self.renderer.text(Reply(key, values), self.platform, language), LANGUAGES[language] == "rtl")


def _forms(one: Sentence) -> list[dict[str, int | str]]:
    """Choices in which every variant of a sentence is seen at least once."""
    named = choices(one.pattern)
    most = max(map(len, named.values()), default=1)
    return [{name: values[min(number, len(values) - 1)] for name, values in named.items()} for number in range(most)]


def as_html(rich: RichText, right_to_left: bool) -> str:
    """Rich text as HTML that a page of a repository shows: styles, line ends, and values that run the other way."""

    def isolated(found: re.Match[str]) -> str:
        against = first_strong_is_rtl(found[1]) is (not right_to_left)
        return f'<span dir="auto">{found[1]}</span>' if against else found[1]

    drawn = ""
    for span in rich:
        text = _UNSEEN.sub("", _ISOLATED.sub(isolated, html.escape(span.text, quote=False)))
        text = text.replace("\n", "<br>\n")
        tag = _TAGS.get(span.style)
        drawn += f"<{tag}>{text}</{tag}>" if tag else text
    return drawn


if __name__ == "__main__":
    sys.exit(main())
