"""The small HTML check that stands in where Telegram's parser is not installed."""

from __future__ import annotations

import pytest

from sandbox.markup import cleaned, formatted, found_entities, html_parsed, utf16
from sandbox.model import ApiError

GOOD = [
    "plain &amp; &lt;b&gt; «متن»",
    "<b>a</b> <i>b</i> <u>c</u> <s>d</s> <code>e</code> <pre>f</pre>",
    "😀 <b>x <i>y</i></b>",
    '<a href="https://town.example/a?b=1&amp;c=2">متن</a>',
    "<blockquote>a\n<b>b</b></blockquote>",
    "<strong></strong>a",
    '<tg-spoiler>a</tg-spoiler> <span class="tg-spoiler">b</span>',
    "a > b",
]
BAD = ["<b>a", "a</b>", "<b>a</i>", "<p>a</p>", "a < b", "<b><i>a</b></i>", "«<div>»"]


@pytest.mark.parametrize("text", GOOD)
def test_the_small_check_reads_good_html_as_telegrams_parser_does(text: str) -> None:
    assert html_parsed(text, "html") == formatted(text, "HTML", [])


@pytest.mark.parametrize("text", BAD)
def test_the_small_check_refuses_what_telegrams_parser_refuses(text: str) -> None:
    with pytest.raises(ApiError) as small:
        html_parsed(text, "html")
    with pytest.raises(ApiError) as theirs:
        formatted(text, "HTML", [])
    assert small.value.description == theirs.value.description


def test_the_small_check_knows_no_markdown() -> None:
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        html_parsed("*a*", "markdownv2")


def test_markdown_is_read_by_telegrams_parser() -> None:
    assert formatted("*a* \\. b", "MarkdownV2", [])[0] == "a . b"
    with pytest.raises(ApiError, match="can't parse entities"):
        formatted("a. b", "MarkdownV2", [])


def test_control_characters_and_overrides_are_taken_out() -> None:
    assert cleaned("a\x00b\r\n\u202ec\u2066d\u2069") == "a b\nc\u2066d\u2069"


@pytest.mark.parametrize(("text", "units"), [("abc", 3), ("سلام", 4), ("😀", 2), ("\ud800", 1), ("", 0)])
def test_lengths_are_counted_in_utf16(text: str, units: int) -> None:
    assert utf16(text) == units


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("/start", ["bot_command"]),
        ("a/b", []),
        ("/سلام", []),
        ("/a/b", []),
        ("mail@host.example", []),
        ("a /b", ["bot_command"]),
    ],
)
def test_commands_are_found_where_telegram_finds_them(text: str, kinds: list[str]) -> None:
    assert [one["type"] for one in found_entities(text, only_bale=False)] == kinds
