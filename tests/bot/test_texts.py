"""A sentence shows its values exactly as they are, whatever they hold, and says at once what it lacks."""

import random
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import Catalogue
from bot.plain_lines import LongWay, PlainLines
from bot.texts import TextError, Texts
from bot.town import HERE
from domain.moments import Form, Moment
from domain.richtext import Code, Key, Link, RichText, Span, Style, Value, plain

RLM, FSI, PDI = "\u200f", "\u2068", "\u2069"
NOON = datetime(2026, 11, 26, 13, 30, tzinfo=UTC)  # 17:00 in Tehran
BOLD, ITALIC, QUOTE, CODE, LINK = Style.BOLD, Style.ITALIC, Style.QUOTE, Style.CODE, Style.LINK

PERSIAN = """
# A comment.
-us = محله‌یار
greeting = سلام. به { -us } خوش آمدید.
    .button = شروع
    .other = برگشت
only-attributes =
    .label = گزارش مشکل
said = { $name } گفت: «{ $text }»
alone =
    متن شما:
    { $text }
    همین.
bold-alone = <b>{ $text }</b>
receipt =
    کد رهگیری:
    { $code }
    تا { $due } منتظر پاسخ { $holder } هستیم.
site = نشانی: { $link }
numbered = { $n }. { $item }
count = { $n ->
    [0] گزارشی نیست.
    [one] یک گزارش هست.
   *[other] { $n } گزارش هست.
  }
by-kind = { $kind ->
    [problem] مشکل { $n }
    [proposal] <i>پیشنهاد</i>
   *[other] { -us }
  }
styled = <b>مهم</b>: { $text } و <i>{ $text }</i>
quoted =
    پرسش:
    <q>{ $text }</q>
    همین.
quote = <q>{ $text }</q>
title = «{ $text }»
around = پیش { $inner } پس
optional =
    یک

    { $more }

    دو
ladder =
    یک
    { $step ->
        [yes] اگر نشد، { $next }.
       *[no] { "" }
    }
refers = { greeting } { greeting.button }!
moment = تا { $when }
bare-moment = { $when }
"""
ENGLISH = """
greeting = Hello.
    .button = Start
said = { $name } said: “{ $text }”
numbered = { $n }. { $item }
count = { $n ->
    [one] One report.
   *[other] { $n } reports.
  }
moment = By { $when }
"""


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Texts:
    return load(tmp_path_factory.mktemp("texts"), {"fa/all.ftl": PERSIAN, "en/all.ftl": ENGLISH})


def load(folder: Path, files: Mapping[str, str]) -> Texts:
    for name, source in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(source, encoding="utf-8")
    return Texts.load(folder)


def isolated(text: str) -> str:
    return f"{FSI}{text}{PDI}"


HOSTILE = [
    "<b>bold</b>",
    "</b></i></q>",
    "<q>",
    "&lt;b&gt; &amp;",
    "{ $name }",
    "{ -us }",
    "{",
    '"}{"',
    "*a* _b_ `c` [d](https://e)",
    "\ue000\ue001\ue002\uf8ff",
    "\U000f0000",
    "%s {0} $text",
    "حرف‌های فارسی و Latin ۱۲ 12",
    "😀👨‍👩‍👧",
    "greeting",
    "one",
    " ",
    "a" * 5000,
    f"{RLM}marked",
    "\u200eمتن",
]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_value_is_never_read(texts: Texts, language: str, value: str) -> None:
    (span,) = texts.render(language, "said", {"name": value, "text": value})
    shown = value if value.isspace() else isolated(value)
    words = {"fa": f"{shown} گفت: «{shown}»", "en": f"{shown} said: “{shown}”"}
    assert span == Span(words[language])


@pytest.mark.parametrize("value", [value for value in HOSTILE if not value.isspace()])
def test_a_value_keeps_to_the_style_it_stands_in(texts: Texts, value: str) -> None:
    rich = texts.render("fa", "styled", {"text": value})
    assert [(span.text.strip(RLM), span.style) for span in rich] == [
        ("مهم", BOLD),
        (f": {isolated(value)} و ", Style.PLAIN),
        (isolated(value), ITALIC),
    ]
    (alone,) = texts.render("fa", "bold-alone", {"text": value})
    assert (alone.text.removeprefix(RLM), alone.style) == (value.removeprefix(RLM), BOLD)


@given(name=st.text(), text=st.text())
def test_whatever_people_write_is_shown_between_the_words(texts: Texts, name: str, text: str) -> None:
    rich = texts.render("en", "said", {"name": f"x{name}x", "text": f"y{text}y"})
    shown = plain(rich)
    for unseen in (FSI, PDI):
        shown = shown.replace(unseen, "")
    unfit = dict.fromkeys([0, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
    lines = str.maketrans(dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n"))
    expected = [part.replace("\r\n", "\n").translate(lines).translate(unfit) for part in (name, text)]
    assert shown == f"x{expected[0]}x said: “y{expected[1]}y”"
    assert {span.style for span in rich} == {Style.PLAIN}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (f"a{PDI}b{FSI}c", "abc"),
        ("\u202eevil\u202c", "evil"),
        ("a\x00b", "ab"),
        ("a\ud800b", "ab"),
        ("a\udfffbc", "abc"),
    ],
)
def test_a_value_cannot_leave_its_isolation_or_stop_the_sending(texts: Texts, value: str, shown: str) -> None:
    assert plain(texts.render("en", "said", {"name": value, "text": "-"})).startswith(f"{isolated(shown)} said")


def test_each_line_of_a_value_is_isolated_by_itself(texts: Texts) -> None:
    rich = texts.render("fa", "said", {"name": "علی", "text": "یک\r\ntwo\u2029سه"})
    assert plain(rich).split("\n") == [
        f"{isolated('علی')} گفت: «{isolated('یک')}",
        f"{RLM}two",
        f"{RLM}{isolated('سه')}»",
    ]


def test_what_stands_alone_on_its_line_needs_no_isolation_but_a_direction(texts: Texts) -> None:
    assert plain(texts.render("fa", "alone", {"text": "Street 12"})) == f"متن شما:\n{RLM}Street 12\nهمین."
    assert plain(texts.render("fa", "alone", {"text": "12"})) == "متن شما:\n12\nهمین."


def test_codes_links_and_other_messages_are_not_isolated(texts: Texts) -> None:
    rich = texts.render("fa", "receipt", {"code": Code("48271635"), "due": date(2026, 11, 26), "holder": "دبیر"})
    assert rich == (
        Span("کد رهگیری:\n"),
        Span("48271635", CODE),
        Span(f"\nتا {isolated('پنجشنبه ۵ آذر ۱۴۰۵')} منتظر پاسخ {isolated('دبیر')} هستیم."),
    )
    link = Link("<b>صفحه</b>", "https://example.org/?a=1&b={ $c }")
    assert texts.render("fa", "site", {"link": link}) == (
        Span("نشانی: "),
        Span("<b>صفحه</b>", LINK, "https://example.org/?a=1&b={ $c }"),
    )
    assert texts.render("fa", "around", {"inner": Key("greeting.button")}) == (Span("پیش شروع پس"),)


def test_a_message_inside_a_message_keeps_its_own_styles_and_values(texts: Texts) -> None:
    rich = texts.render("fa", "around", {"inner": Key("styled", {"text": "<b>"})})
    assert rich == (
        Span("پیش "),
        Span("مهم", BOLD),
        Span(f": {isolated('<b>')} و "),
        Span(isolated("<b>"), ITALIC),
        Span(" پس"),
    )
    assert texts.render("fa", "bold-alone", {"text": Key("greeting.button")}) == (Span("شروع", BOLD),)


def test_lines_whose_letters_stand_only_in_values_run_from_right_to_left(texts: Texts) -> None:
    def first(key: str, **values: Value) -> str:
        return plain(texts.render("fa", key, values))[0]

    assert first("title", text="Street 12") == RLM
    assert first("title", text="خیابان") == RLM
    assert first("title", text="۱۲") == "«"
    assert first("numbered", n=1, item="Street") == RLM
    assert first("bold-alone", text="Street") == RLM
    assert first("bold-alone", text=f"{RLM}خیابان") == RLM
    assert first("said", name="Ali", text="Hi") == FSI
    assert first("bare-moment", when=Code("A1")) == "A"
    assert first("bare-moment", when=Link("here", "https://example.org")) == "h"
    assert plain(texts.render("en", "numbered", {"n": 1, "item": "خیابان"}))[0] == FSI


def test_the_direction_mark_stands_inside_a_style_and_before_a_code(texts: Texts) -> None:
    assert texts.render("fa", "bold-alone", {"text": "Street"}) == (Span(f"{RLM}Street", BOLD),)
    assert texts.render("fa", "numbered", {"n": Code("12"), "item": "Street"}) == (
        Span(RLM),
        Span("12", CODE),
        Span(f". {isolated('Street')}"),
    )


def test_a_quotation_is_whole_lines_in_one_span(texts: Texts) -> None:
    assert texts.render("fa", "quoted", {"text": "کجا؟\n</>"}) == (
        Span("پرسش:\n"),
        Span(f"{RLM}کجا؟\n</>", QUOTE),
        Span("\nهمین."),
    )
    assert texts.render("fa", "quoted", {"text": Code("12")})[1] == Span("12", QUOTE)
    with pytest.raises(TextError, match="fa: quoted: "):
        texts.render("fa", "quoted", {"text": Link("a", "https://example.org")})
    with pytest.raises(TextError, match="fa: around: a quotation shares its line"):
        texts.render("fa", "around", {"inner": Key("quote", {"text": "کجا؟"})})


@pytest.mark.parametrize(
    ("language", "n", "shown"),
    [
        ("fa", 0, "گزارشی نیست."),
        ("fa", 1, "یک گزارش هست."),
        ("fa", 2, f"{isolated('۲')} گزارش هست."),
        ("fa", 12345, f"{isolated('۱۲۳۴۵')} گزارش هست."),
        ("en", 1, "One report."),
        ("en", 0, f"{isolated('0')} reports."),
        ("en", 12345, f"{isolated('12345')} reports."),
    ],
)
def test_counts_choose_their_words_and_are_written_in_the_digits_of_the_language(
    texts: Texts, language: str, n: int, shown: str
) -> None:
    assert plain(texts.render(language, "count", {"n": n})) == shown


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("problem", (Span(f"مشکل {isolated('۳')}"),)),
        ("proposal", (Span("پیشنهاد", ITALIC),)),
        ("else", (Span("محله‌یار"),)),
        ("problem }", (Span("محله‌یار"),)),
        (7, (Span("محله‌یار"),)),
    ],
)
def test_a_string_chooses_a_variant(texts: Texts, kind: str | int, shown: RichText) -> None:
    assert texts.render("fa", "by-kind", {"kind": kind, "n": 3}) == shown


def test_messages_may_refer_to_each_other_and_to_terms(texts: Texts) -> None:
    assert plain(texts.render("fa", "refers")) == "سلام. به محله‌یار خوش آمدید. شروع!"


def test_a_line_left_empty_is_left_out(texts: Texts) -> None:
    assert plain(texts.render("fa", "optional", {"more": ""})) == "یک\n\nدو"
    assert plain(texts.render("fa", "optional", {"more": "سه"})) == f"یک\n\n{RLM}سه\n\nدو"
    assert plain(texts.render("fa", "ladder", {"step": "no", "next": "x"})) == "یک"
    assert plain(texts.render("fa", "ladder", {"step": "yes", "next": "x"})) == f"یک\nاگر نشد، {isolated('x')}."


def test_an_empty_line_that_a_person_wrote_stays(texts: Texts) -> None:
    assert plain(texts.render("fa", "alone", {"text": "یک\n\nدو"})) == f"متن شما:\n{RLM}یک\n\n{RLM}دو\nهمین."


@pytest.mark.parametrize(
    ("value", "persian", "english"),
    [
        (NOON, "پنجشنبه ۵ آذر ۱۴۰۵", "Thursday 5 Azar 1405"),
        (date(2026, 11, 26), "پنجشنبه ۵ آذر ۱۴۰۵", "Thursday 5 Azar 1405"),
        (Moment(NOON), "پنجشنبه ۵ آذر ۱۴۰۵", "Thursday 5 Azar 1405"),
        (Moment(NOON, Form.COMPACT), "۱۴۰۵/۰۹/۰۵", "1405/09/05"),
        (Moment(NOON, "day_month"), "۵ آذر", "5 Azar"),
        (Moment(NOON, "day_words"), "پنجشنبه ۵ آذر", "Thursday 5 Azar"),
        (Moment(NOON, "clock"), "۵ عصر (۱۷:۰۰)", "17:00"),
        (Moment(NOON, "relative", NOON), "امروز", "today"),
    ],
)
def test_moments_are_written_in_the_calendar_and_words_of_the_reader(
    texts: Texts, value: Value, persian: str, english: str
) -> None:
    assert plain(texts.render("fa", "moment", {"when": value})) == f"تا {isolated(persian)}"
    assert plain(texts.render("en", "moment", {"when": value})) == f"By {isolated(english)}"


@pytest.mark.parametrize(
    "make",
    [
        lambda: Moment(NOON.replace(tzinfo=None)),
        lambda: Moment(NOON, "relative"),
        lambda: Moment(NOON, "relative", NOON.replace(tzinfo=None)),
        lambda: Moment(date(2026, 11, 26), "clock"),
        lambda: Moment(NOON, "some day"),
    ],
)
def test_a_moment_without_what_its_form_needs_is_refused(make: Callable[[], Moment]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        make()


@pytest.mark.parametrize(
    ("key", "values", "reason"),
    [
        ("nothing", {}, "no such text"),
        ("greeting.nothing", {}, "no such text"),
        ("only-attributes", {}, "no such text"),
        ("-us", {}, "no such text"),
        ("said", {"name": "SECRET"}, r"missing: \$text"),
        ("said", {}, r"missing: \$name, \$text"),
        ("count", {}, r"missing: \$n"),
        ("by-kind", {"kind": "other"}, r"missing: \$n"),
        ("count", {"n": Code("SECRET")}, "of type Code cannot choose"),
        ("count", {"n": None}, r"\$n"),
        ("count", {"n": True}, "of type bool"),
        ("title", {"text": True}, "of type bool"),
        ("title", {"text": None}, "of type NoneType"),
        ("title", {"text": 1.5}, "of type float"),
        ("title", {"text": b"SECRET"}, "of type bytes"),
        ("title", {"text": NOON.replace(tzinfo=None)}, r"\$text is a date"),
        ("around", {"inner": Key("nothing")}, "no such text"),
        ("around", {"inner": Key("title")}, r"missing: \$text"),
    ],
)
def test_what_is_missing_or_wrong_is_named_and_never_shown_raw(
    texts: Texts, key: str, values: dict[str, Value], reason: str
) -> None:
    with pytest.raises(TextError, match=reason) as caught:
        texts.render("fa", key, values)
    named = values["inner"].name if isinstance(values.get("inner"), Key) else key
    assert str(caught.value).startswith(f"fa: {named}: ")
    assert "SECRET" not in str(caught.value)


def test_a_language_without_texts_is_named(texts: Texts) -> None:
    with pytest.raises(TextError, match="de: no texts"):
        texts.render("de", "greeting")


def test_texts_that_contain_themselves_through_a_value_end(texts: Texts) -> None:
    inner: Value = "x"
    for _ in range(20):
        inner = Key("around", {"inner": inner})
    with pytest.raises(TextError, match="too deep"):
        texts.render("fa", "around", {"inner": inner})


def test_keys_labels_and_variables_are_there_for_other_tests(texts: Texts) -> None:
    assert texts.languages == ("en", "fa")
    assert {"greeting", "greeting.button", "only-attributes.label"} <= texts.keys("fa")
    assert not {"-us", "only-attributes"} & texts.keys("fa")
    assert texts.labels("greeting.button") == {"en": "Start", "fa": "شروع"}
    assert texts.labels("only-attributes.label") == {"fa": "گزارش مشکل"}
    assert texts.labels("nothing") == {}
    assert texts.variables("fa", "by-kind") == {"kind", "n"}
    assert texts.variables("fa", "ladder") == {"step", "next"}
    assert texts.variables("fa", "greeting") == set()


REFERENCES = """
a = { b } { b.c }
b = { $x ->
   *[one] { $y }
  }
    .c = { $z }
-t = { $case ->
   *[one] t
  }
d = { -t(case: "one") }
"""


def test_variables_are_found_through_references(tmp_path: Path) -> None:
    texts = load(tmp_path, {"en/all.ftl": REFERENCES})
    assert texts.variables("en", "a") == {"x", "y", "z"}
    assert texts.variables("en", "d") == set()
    assert plain(texts.render("en", "a", {"x": "q", "y": "1", "z": "2"})) == f"{isolated('1')} {isolated('2')}"
    assert plain(texts.render("en", "d")) == "t"


def test_a_person_s_word_used_for_choosing_and_showing_is_shown_as_it_is(tmp_path: Path) -> None:
    texts = load(tmp_path, {"en/all.ftl": "a = { $x ->\n    [yes] Yes, { $x }\n   *[no] No, { $x }\n  }\n"})
    assert plain(texts.render("en", "a", {"x": "<b>\ue000{ $x }"})) == f"No, {isolated('<b>' + chr(0xE000) + '{ $x }')}"


def test_empty_folders_and_other_files_are_fine(tmp_path: Path) -> None:
    (tmp_path / "fa").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "README").write_text("not a language")
    texts = load(tmp_path, {"en/empty.ftl": "", "en/comment.ftl": "### Only a remark.\n"})
    assert texts.languages == ("en", "fa")
    assert texts.keys("en") == texts.keys("fa") == frozenset()


@pytest.mark.parametrize(
    ("source", "mistakes"),
    [
        ("a = b\n\nc = { $d\ne = f\n", ["fa/x.ftl:4: cannot be read"]),
        ("no equals sign\n", ["fa/x.ftl:1: cannot be read"]),
        ("a = b\nc = { $n ->\n    [one] x\n  }\n", ["fa/x.ftl:4: cannot be read"]),
        ("a = b\na = c\n", ["fa/x.ftl:2: a is already in fa/x.ftl:1"]),
        ("a = { b }\n", ["fa/x.ftl:1: a: refers to b, which does not exist"]),
        ("a = { -b }\n", ["fa/x.ftl:1: a: refers to -b, which does not exist"]),
        ("a = { b.c }\nb = d\n", ["fa/x.ftl:1: a: refers to b.c, which does not exist"]),
        ("a =\n    .c = { b }\nb =\n    .d = e\n", ["fa/x.ftl:1: a.c: refers to b, which does not exist"]),
        ("a = { a }\n", ["fa/x.ftl:1: a: refers to itself through a"]),
        (
            "a = { b }\nb = { a }\n",
            ["fa/x.ftl:1: a: refers to itself through a", "fa/x.ftl:2: b: refers to itself through b"],
        ),
        ("a = <b>x\n", ["fa/x.ftl:1: a: <b> is not closed"]),
        ("a = x</i>\n", ["fa/x.ftl:1: a: </i> closes nothing"]),
        ("a = <b>x</i>\n", ["fa/x.ftl:1: a: </i> closes nothing"]),
        ("a = <b>x<i>y</i>z\n", ["fa/x.ftl:1: a: <i> stands inside <b>"]),
        ("a = <u>x</u>\n", ["<u> is no markup of ours", "</u> is no markup of ours"]),
        ('a = <a href="x">y</a>\n', ['<a href="x"> is no markup', "</a> is no markup"]),
        ('a = { "<b" }>x\n', ["<b> is not closed"]),
        ("a = { $n ->\n   *[one] <b>x\n  }</b>\n", ["<b> is not closed", "</b> closes nothing"]),
        ("a = x\ue000\n", ["private-use characters"]),
        ('a = { "\\uE000" }\n', ["private-use characters"]),
        ("a = { NUMBER($n) }\n", ["functions are not used"]),
        ("a = { NUMBER($n) ->\n   *[one] x\n  }\n", ["functions are not used"]),
        ("-a = x { $b }\n", ["$b may only choose a variant in a term"]),
    ],
)
def test_a_mistake_in_a_catalogue_is_named_by_file_and_line(source: str, mistakes: list[str], tmp_path: Path) -> None:
    with pytest.raises(TextError) as caught:
        load(tmp_path, {"fa/x.ftl": source})
    lines = str(caught.value).splitlines()
    for mistake in mistakes:
        assert any(mistake in line for line in lines), lines
    assert all(line.startswith("fa/x.ftl:") for line in lines)


def test_all_mistakes_of_all_languages_are_told_together(tmp_path: Path) -> None:
    files = {"fa/a.ftl": "a = <b>\nb = { c }\n", "fa/b.ftl": "a = x\n", "en/a.ftl": "junk\n"}
    with pytest.raises(TextError) as caught:
        load(tmp_path, files)
    assert [line.split(": ")[0] for line in str(caught.value).splitlines()] == [
        "en/a.ftl:1",
        "fa/a.ftl:1",
        "fa/b.ftl:1",
        "fa/a.ftl:2",
    ]


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "fa").mkdir()
    (tmp_path / "fa" / "x.ftl").write_bytes(b"a = b\nc = \xff\xfe\n")
    with pytest.raises(TextError, match=r"fa/x\.ftl:2: is not UTF-8"):
        Texts.load(tmp_path)


@pytest.mark.parametrize("source", ["a = 3 < 4\n", "a = <3\n", "a = x <- y\n", "a = a > b\n"])
def test_a_sign_that_is_no_markup_is_a_sign(source: str, tmp_path: Path) -> None:
    texts = load(tmp_path, {"en/x.ftl": source})
    assert texts.render("en", "a") == (Span(source.removeprefix("a = ").strip()),)


def test_a_quotation_must_have_its_lines_to_itself(tmp_path: Path) -> None:
    texts = load(tmp_path, {"en/x.ftl": "a = Said: <q>{ $x }</q>\nb = <q>{ $x }</q>\nc = <q>{ d }</q>\nd = <b>x</b>\n"})
    with pytest.raises(TextError, match="en: a: a quotation shares its line"):
        texts.render("en", "a", {"x": "y"})
    assert texts.render("en", "b", {"x": "y"}) == (Span("y", QUOTE),)
    with pytest.raises(TextError, match="inside another style"):
        texts.render("en", "c")


def test_files_from_other_systems_are_read(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "x.ftl").write_bytes(b"\xef\xbb\xbfa =\r\n    one\r\n    two\r\n")
    assert plain(Texts.load(tmp_path).render("en", "a")) == "one\ntwo"


# --- the short way and the long way


HOUSE = Texts.load(HERE / "texts")
ODD: list[Value] = [
    *("", " ", "خیابان", "شمارهٔ 12", "12", "?", "a\nb", "\u200fالف", "\u200f", "\u2068x\u2069", "a\u2028b", "<b>"),
    *(0, 1, 12, Code("12345678"), Code("AB"), Code(""), Link("x", "https://example.ir/"), Link("", "https://x.ir")),
    *(
        Key("mine-none"),
        Key("no-words"),
        Key("button-back"),
        Moment(datetime(2026, 11, 25, 9, tzinfo=UTC), "day_words"),
    ),
    Key("card-what", {"text": "چراغ", "category": "", "where": Key("where-none")}),
    Key("card-what", {"text": "12", "category": Code("1"), "where": "a\nb"}),
]


def test_the_short_way_says_what_the_long_way_says() -> None:
    house, chance, short = Texts.load(HERE / "texts"), random.Random(7), 0
    for language in house.languages:
        catalogue = house._catalogue(language)
        for key in sorted(house.keys(language)):
            for _ in range(8):
                values = {name: chance.choice(ODD) for name in sorted(house.variables(language, key))}
                said = _said(partial(house.render, language, key, values))
                assert said == _said(partial(house._rendered, catalogue, key, values)), key
                short += _is_short(house, catalogue, key, values)
    assert short > 1000  # else nothing was compared


def _said(render: Callable[[], RichText]) -> RichText | str:
    try:
        return render()
    except TextError as error:
        return str(error)


def _is_short(house: Texts, catalogue: Catalogue, key: str, values: dict[str, Value]) -> bool:
    try:
        return bool(PlainLines(catalogue, house._sentence, catalogue.language == "fa").rendered([(key, values)]))
    except (LongWay, TextError):
        return False
