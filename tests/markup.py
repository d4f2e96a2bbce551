"""How the messengers read what we write: Telegram's own parser, a model of Bale's Markdown, and words that try both."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest

from domain.richtext import RichText, Style, merged, plain, utf16_length

# Some machines have no build of it.
tdjson = pytest.importorskip("tdjson")

PLAIN, BOLD, ITALIC, CODE, LINK, QUOTE = Style

HOSTILE = [
    "<b>fat</b> <a href='https://evil.ir'>press</a>",
    "&lt;b&gt; &amp;amp; &quot; &nbsp; &#60;i&#62;",
    "<blockquote></code></b><tg-spoiler>x",
    "*fat* _thin_ ~gone~ `code` ```[a]b```",
    "[بانک](https://evil.ir) [x] (https://y.ir)",
    "[a](https://x.ir",
    "](https://evil.ir)",
    "\\*a\\* \\[b\\](c)",
    "* یک\n* دو\n_ سه _",
    "snake_case and _edge and edge_",
    "#خاموشی_برق @some_bot /start_now",
    "https://x.ir/_a_/*b*/~c~?d=[e](f)&g=`h`",
    "\u202eوارونه\u202c \u2067a\u2069 \u200f\u200e",
    "👩‍👩‍👧‍👦 😀🇮🇷 ✊🏽",
    "\U00020000 \U0001f600" * 3,
    "سلام، «چراغ‌های کوچهٔ ۱۲» خاموش است.",
    "\u2066*\u2069 \u200f_a_ \u200f[b](c)",
    "a\n\n\n*b\nc*\n\n`d\ne`",
    "tel:123 mailto:a@b.ir javascript:alert(1)",
    "{name} {{x}} %s $y",
]


# --- Telegram: its own parser, offline


def as_telegram_reads(html: str) -> tuple[str, list[tuple[str, int, int, str]]]:
    asked = {"@type": "parseTextEntities", "text": html, "parse_mode": {"@type": "textParseModeHTML"}}
    said = json.loads(tdjson.td_execute(json.dumps(asked).encode()))
    assert said["@type"] == "formattedText", said
    found = [
        (kind["@type"].removeprefix("textEntityType"), entity["offset"], entity["length"], kind.get("url", ""))
        for entity in said["entities"]
        if (kind := entity["type"])
    ]
    return said["text"], found


NAMES = {BOLD: "Bold", ITALIC: "Italic", CODE: "Code", LINK: "TextUrl", QUOTE: "BlockQuote"}


def meant_for_telegram(rich: RichText) -> list[tuple[str, int, int, str]]:
    at, meant = 0, []
    for span in merged(rich):
        length = utf16_length(span.text)
        if span.style is not PLAIN:
            meant.append((NAMES[span.style], at, length, span.href))
        at += length
    return meant


# --- Bale: a small model of its Markdown as documented, and one of a client that is less strict

STRICT = (
    ("Code", re.compile(r"```(?P<t>.+?)```", re.DOTALL)),
    ("Code", re.compile(r"`(?P<t>[^`\n]+)`")),
    ("Link", re.compile(r"\[(?P<t>[^\]]+)\]\((?P<u>[^)]+)\)")),
    ("Bold", re.compile(r"(?<!\S)\*(?P<t>[^\s*](?:[^*]*?[^\s*])?)\*(?!\S)")),
    ("Italic", re.compile(r"(?<!\S)_(?P<t>\S|\S.*?\S)_(?!\S)")),
    ("Struck", re.compile(r"(?<!\S)~(?P<t>[^~\n]+)~(?!\S)")),
)
#: No white space asked for around stars, brackets with room between them, pieces over several lines.
LAX = (
    ("Code", re.compile(r"`+(?P<t>[^`]+)`+")),
    ("Link", re.compile(r"\[(?P<t>[^\]]*)\]\s*\((?P<u>[^)]*)\)")),
    ("Bold", re.compile(r"\*(?P<t>[^*]+)\*")),
    ("Struck", re.compile(r"~(?P<t>[^~]+)~")),
)


def as_bale_reads(written: str, rules: tuple[tuple[str, re.Pattern[str]], ...] = STRICT) -> list[tuple[str, ...]]:
    """The formatted pieces in order: (kind, text, address)."""
    found = []
    at = 0
    while at < len(written):
        hits = [(hit.start(), kind, hit) for kind, rule in rules if (hit := rule.search(written, at))]
        if not hits:
            break
        _, kind, hit = min(hits, key=lambda entry: entry[0])
        found.append((kind, hit["t"], hit.groupdict().get("u") or ""))
        at = hit.end()
    return found


UNSEEN = frozenset("\u200e\u200f\u2066\u2067\u2068\u2069")


def meant_for_bale(rich: RichText) -> Iterator[tuple[str, str]]:
    """Bold and italic line by line where white space stands around them, and links: words only, signs aside."""
    spans = merged(rich)
    whole, at = plain(spans), 0
    unseen = "".join(UNSEEN)
    for span in spans:
        start = at
        at += len(span.text)
        if span.style is LINK and span.text.strip():
            yield "Link", span.text
        if span.style not in (BOLD, ITALIC):
            continue
        for line in re.finditer(r"[^\n]+", span.text):
            core = line[0].strip()
            if not core.strip(unseen + " "):
                continue
            first = start + line.start() + line[0].index(core)
            before, after = whole[:first], whole[first + len(core) :]
            before = before.rstrip(unseen) if first == start else before
            after = after.lstrip(unseen) if first + len(core) == at else after
            if before[-1:] in ("", " ", "\n") and after[:1] in ("", " ", "\n"):
                yield ("Bold" if span.style is BOLD else "Italic"), core


_BACK = str.maketrans("\u2217\uff3f\uff3b\uff3d\u02cb\u223c", "*_[]`~")


def bare(text: str) -> str:
    """Words without what differs by sign only: look-alikes, addresses written with %, white space, direction marks."""
    return re.sub(r"[\s\u200e\u200f\u2066-\u2069]", "", unquote(text.translate(_BACK), errors="replace"))
