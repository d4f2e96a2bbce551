"""Each messenger shows exactly the words and the formatting that were meant, whatever a person wrote."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.platforms import PLATFORMS, Bale, Telegram
from domain.buttons import Button, Keyboard
from domain.richtext import RichText, Span, Style, merged, plain, split, utf16_length
from tests.markup import (
    BOLD,
    CODE,
    HOSTILE,
    ITALIC,
    LAX,
    LINK,
    PLAIN,
    QUOTE,
    STRICT,
    UNSEEN,
    as_bale_reads,
    as_telegram_reads,
    bare,
    meant_for_bale,
    meant_for_telegram,
)

TELEGRAM, BALE = Telegram(), Bale()

words = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], include_characters="\n"), max_size=12),
    st.text(alphabet="*_[]()`~<>&\"' \na\\ا.,!/😀\u200f\u2068\u2069", max_size=14),
)
links = st.sampled_from(["https://example.ir/", "https://example.ir/a_b/_c?d=(e)&f=%22", "http://127.0.0.1:8080/x"])


@st.composite
def rich_texts(draw: st.DrawFn) -> RichText:
    spans: list[Span] = []
    for style in draw(st.lists(st.sampled_from(list(Style)), min_size=1, max_size=6)):
        text = draw(words)
        if style is QUOTE:
            before = "" if not spans or plain(tuple(spans)).endswith("\n") else "\n"
            spans += [Span(before), Span(text.strip("\n"), QUOTE), Span("\n")]
        else:
            spans.append(Span(text, style, draw(links) if style is LINK else ""))
    return tuple(spans)


# --- Telegram: its own parser, offline


@settings(max_examples=300, deadline=None)
@given(rich_texts())
@example((Span("a", BOLD), Span("b", BOLD), Span("😀", ITALIC), Span("x", CODE)))
def test_telegram_reads_exactly_the_text_and_the_entities_that_were_meant(rich: RichText) -> None:
    assert as_telegram_reads(TELEGRAM.render(rich)) == (plain(rich), meant_for_telegram(rich))


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("style", list(Style))
def test_no_words_in_any_style_become_something_else_on_telegram(words: str, style: Style) -> None:
    rich = (Span("پیش "), Span(words, style, "https://example.ir/" if style is LINK else ""), Span(" پس"))
    assert as_telegram_reads(TELEGRAM.render(rich)) == (plain(rich), meant_for_telegram(rich))


def test_a_link_with_quotes_and_signs_stays_one_link() -> None:
    rich = (Span("x", LINK, 'https://example.ir/?a="><b>&lt;'),)
    text, entities = as_telegram_reads(TELEGRAM.render(rich))
    assert text == "x"
    assert entities == [("TextUrl", 0, 1, 'https://example.ir/?a="><b>&lt;')]


# --- Bale


@settings(max_examples=300, deadline=None)
@given(rich_texts())
@example((Span("\u200f\u2068"), Span("سلام *x*", BOLD), Span("\u2069\nb")))
@example((Span("a_b c", ITALIC),))
@example((Span("[x "), Span("y", LINK, "https://example.ir/"), Span("(z)")))
@example((Span("الف", BOLD), Span(".")))
@example((Span("\xa0", BOLD), Span("\n"), Span(" \u2003b", BOLD), Span("\xa0", LINK, "https://example.ir/")))
def test_bale_formats_what_was_meant_and_nothing_else(rich: RichText) -> None:
    shown = as_bale_reads(BALE.render(rich))
    actual = [(kind, bare(text)) for kind, text, _ in shown]
    meant = [(kind, bare(text)) for kind, text in meant_for_bale(rich)]
    if UNSEEN.isdisjoint(plain(rich)):
        assert actual == meant
    else:  # between two marked runs nothing is free to give way, so one of them may stay plain
        left = iter(meant)
        assert all(piece in left for piece in actual)
    addresses = [span.href for span in merged(rich) if span.style is LINK and span.text.strip()]
    assert [unquote(address) for kind, _, address in shown if kind == "Link"] == [unquote(a) for a in addresses]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("\u200f", ""), ("x\n\u200f\u2068", "\u2069\ny"), ("\u2068", "\u2069 x"), ("\u200e ", " ")],
)
def test_direction_marks_do_not_cost_bale_its_bold(before: str, after: str) -> None:
    written = BALE.render((Span(before), Span("سلام", BOLD), Span(after)))
    assert [(kind, bare(text)) for kind, text, _ in as_bale_reads(written)] == [("Bold", "سلام")]
    assert written.replace("*", "") == f"{before}سلام{after}"


@settings(max_examples=200, deadline=None)
@given(words)
def test_a_persons_words_format_nothing_even_on_a_lax_client_of_bale(said: str) -> None:
    for style in (PLAIN, CODE, QUOTE):
        assert as_bale_reads(BALE.render((Span(said, style),)), LAX) == []
        assert as_bale_reads(BALE.render((Span(said, style),)), STRICT) == []
    label = as_bale_reads(BALE.render((Span(said + "x", LINK, "https://example.ir/"),)), LAX)
    assert [(kind, address) for kind, _, address in label] == [("Link", "https://example.ir/")]


@settings(max_examples=200, deadline=None)
@given(rich_texts())
def test_bale_loses_no_words(rich: RichText) -> None:
    written = BALE.render(rich)
    for kind, text, address in as_bale_reads(written):
        marked = {"Bold": f"*{text}*", "Italic": f"_{text}_", "Link": f"[{text}]({address})"}[kind]
        written = written.replace(marked, text, 1)
    assert bare(written.replace("\u258e ", "")) == bare(plain(rich).replace("\u258e ", ""))
    assert bare(BALE.seen(rich)) == bare(written)


@pytest.mark.parametrize("platform", [TELEGRAM, BALE])
def test_words_stand_under_a_photo_where_there_is_room_for_them(platform: Telegram | Bale) -> None:
    call = platform.captioned(7, (Span("سلام", BOLD), Span(" " + "x" * 1000)))
    assert call is not None
    assert call.method == "sendPhoto"
    assert call.params.keys() - {"parse_mode"} == {"photo", "caption"}
    assert call.params["photo"] == {"own": 7}
    assert call.params["caption"] == platform.render((Span("سلام", BOLD), Span(" " + "x" * 1000)))
    assert platform.captioned(7, (Span("x" * 1025),)) is None


@pytest.mark.parametrize("code", ["48270915", "۱۲۳", "10000000"])
def test_codes_and_digits_reach_bale_as_they_are(code: str) -> None:
    assert BALE.render((Span("کد:\n"), Span(code, CODE), Span("\n"))) == f"کد:\n{code}\n"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("#خاموشی_برق", "#خاموشی_برق"),
        ("https://x.ir/a_b", "https://x.ir/a_b"),
        ("https://x.ir/_a*", "https://x.ir/%5Fa%2A"),
        ("کوچه (۱۲)", "کوچه (۱۲)"),
        ("*x*", "\u2217x\u2217"),
        ("_x_", "\uff3fx\uff3f"),
    ],
)
def test_words_change_on_bale_only_where_they_could_format(said: str, written: str) -> None:
    assert BALE.render((Span(said),)) == written


# --- splitting and calls


@settings(max_examples=300, deadline=None)
@given(rich_texts(), st.integers(min_value=2, max_value=40))
def test_parts_fit_and_together_are_the_whole(rich: RichText, limit: int) -> None:
    def letters(text: RichText) -> list[tuple[str, Style, str]]:
        spans = merged(text)
        return [(letter, span.style, span.href) for span in spans for letter in span.text if letter not in " \t\n\r"]

    parts = split(rich, limit)
    assert all(0 < utf16_length(plain(part)) <= limit for part in parts)
    assert all(plain(part).strip(" \t\n\r") for part in parts)
    assert [letter for part in parts for letter in letters(part)] == letters(rich)


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("", 10, []),
        (" \n ", 10, []),
        ("یک\n\nدو", 100, ["یک\n\nدو"]),
        ("aaaa\n\nbbb\nccc ddd", 12, ["aaaa", "bbb\nccc ddd"]),
        ("aaaa\nbbb ccc", 9, ["aaaa", "bbb ccc"]),
        ("aaaa bbb", 6, ["aaaa", "bbb"]),
        ("aaaabbbb", 4, ["aaaa", "bbbb"]),
        ("a\n\nbbbbbbbbbbbb cc", 14, ["a\n\nbbbbbbbbbbb", "b cc"]),
        ("😀😀😀", 5, ["😀😀", "😀"]),
        ("abc👩‍👧", 6, ["abc", "👩‍👧"]),
        ("abcde\u0654f", 5, ["abcd", "e\u0654f"]),
        ("abcd efgh", 4, ["abcd", "efgh"]),
        ("abcd\n\nefgh", 4, ["abcd", "efgh"]),
    ],
)
def test_long_text_is_cut_where_a_reader_pauses(text: str, limit: int, parts: list[str]) -> None:
    assert [plain(part) for part in split((Span(text),), limit)] == parts


def test_a_code_and_a_link_are_not_cut_in_two() -> None:
    code = (Span("کد شما "), Span("4827 0915", CODE), Span(" است"))
    assert [plain(part) for part in split(code, 12)] == ["کد شما", "4827 0915", "است"]
    assert [plain(part) for part in split((Span("aaaaa"), Span("bbbb", LINK, "https://x.ir")), 7)] == ["aaaaa", "bbbb"]
    assert [plain(part) for part in split((Span("1234567890", CODE),), 4)] == ["1234", "5678", "90"]


@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=PLATFORMS)
def test_a_long_text_goes_in_several_messages_with_the_buttons_under_the_last(platform: Telegram | Bale) -> None:
    text = (Span("خط *یک* <b>\n\n" * 900),)
    rows = ((Button("بله", data="yes"),), (Button("راهنما", url="https://example.ir"),))
    calls = platform.messages(text, rows, edit=7)
    assert [call.method for call in calls] == ["editMessageText"] + ["sendMessage"] * (len(calls) - 1)
    assert calls[0].params["message_id"] == 7
    assert len(calls) > 1
    assert ["reply_markup" in call.params for call in calls] == [False] * (len(calls) - 1) + [True]
    assert calls[-1].params["reply_markup"] == {
        "inline_keyboard": [
            [{"text": "بله", "callback_data": "yes"}],
            [{"text": "راهنما", "url": "https://example.ir"}],
        ]
    }


def test_on_bale_the_marks_count_and_the_parts_still_fit() -> None:
    calls = BALE.messages(tuple(Span(f"{n}\n", BOLD if n % 2 else QUOTE) for n in range(1500)))
    assert all(utf16_length(call.params["text"]) <= 4096 for call in calls)
    assert re.findall(r"\d+", "\n".join(call.params["text"] for call in calls)) == [str(n) for n in range(1500)]
    tight = BALE.messages((Span("https://x.ir/" + "*" * 4000),))
    assert all(utf16_length(call.params["text"]) <= 4096 for call in tight)


def test_on_telegram_no_message_has_more_entities_than_are_shown() -> None:
    calls = TELEGRAM.messages(tuple(Span(f"{n}\n", BOLD if n % 2 else PLAIN) for n in range(700)))
    assert all(call.params["text"].count("<b>") <= 100 for call in calls)
    assert sum(call.params["text"].count("<b>") for call in calls) == 350


@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=PLATFORMS)
def test_what_no_messenger_can_show_is_refused(platform: Telegram | Bale) -> None:
    rows, keyboard = ((Button("x", data="y"),),), Keyboard((("x",),))
    for wrong in ({"buttons": rows, "keyboard": keyboard}, {"keyboard": keyboard, "edit": 5}):
        with pytest.raises(ValueError, match="keyboard"):
            platform.messages((Span("a"),), **wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="words"):
        platform.messages((Span(" \n"),))


@pytest.mark.parametrize(
    ("text", "data", "url"), [("", "x", ""), ("x", "", ""), ("x", "y", "https://z.ir"), ("x", "ن" * 33, "")]
)
def test_a_button_that_messengers_refuse_cannot_be_made(text: str, data: str, url: str) -> None:
    with pytest.raises(ValueError, match="button"):
        Button(text, data, url)


def test_the_permanent_keyboard_in_both_notations() -> None:
    keyboard = Keyboard((("گزارش", "پیگیری"), ("جای من",)), location="جای من", once=True)
    keys = [[{"text": "گزارش"}, {"text": "پیگیری"}], [{"text": "جای من", "request_location": True}]]
    (call,) = TELEGRAM.messages((Span("a"),), keyboard=keyboard)
    assert call.params["reply_markup"] == {"keyboard": keys, "resize_keyboard": True, "one_time_keyboard": True}
    (call,) = TELEGRAM.messages((Span("a"),), keyboard=Keyboard((("x",),)))
    assert call.params["reply_markup"]["is_persistent"] is True
    assert "is_persistent" not in BALE.adapt(call.method, call.params)["reply_markup"]
    (call,) = BALE.messages((Span("a"),), keyboard=Keyboard())
    assert call.params["reply_markup"] == {"remove_keyboard": True}


def test_an_answer_is_cut_and_left_without_words_where_they_would_not_be_seen() -> None:
    assert TELEGRAM.answer("12", "x" * 300, alert=True).params == {
        "callback_query_id": "12",
        "text": "x" * 200,
        "show_alert": True,
    }
    assert BALE.answer("12", "x").params == {"callback_query_id": "12"}
    assert BALE.answers_need_message("12")
    assert not BALE.answers_need_message("22")
    assert BALE.answer("22", "x").params == {"callback_query_id": "22", "text": "x"}


def test_menus_and_links_differ_by_messenger() -> None:
    listed = [("report", "گزارش")]
    menu = {"commands": [{"command": "report", "description": "گزارش"}]}
    assert TELEGRAM.commands(listed, "en").params == menu | {"language_code": "en"}
    assert BALE.commands(listed, "en").params == menu
    assert TELEGRAM.deep_link("some_bot", "a-1") == "https://t.me/some_bot?start=a-1"
    assert BALE.deep_link("some_bot", "a-1") == "https://ble.ir/some_bot?start=a-1"
    assert BALE.deep_link("some_bot") == "https://ble.ir/some_bot"


def test_bale_gets_only_parameters_that_it_knows() -> None:
    asked = {
        "chat_id": 5,
        "text": "a",
        "parse_mode": "HTML",
        "reply_parameters": {"message_id": 9},
        "link_preview_options": {"is_disabled": True},
        "protect_content": True,
        "reply_markup": {
            "inline_keyboard": [[{"text": "x", "url": "https://t.me/some_bot?start=1", "style": "danger"}]],
            "input_field_placeholder": "…",
        },
    }
    assert BALE.adapt("sendMessage", asked) == {
        "chat_id": 5,
        "text": "a",
        "reply_to_message_id": 9,
        "reply_markup": {"inline_keyboard": [[{"text": "x", "url": "https://t.me/some_bot?start=1"}]]},
    }
    assert BALE.adapt("getUpdates", {"offset": 1, "allowed_updates": ["message"]}) == {"offset": 1}
    assert BALE.adapt("deleteWebhook", {"drop_pending_updates": True}) == {}
    assert TELEGRAM.adapt("sendMessage", asked) == asked
