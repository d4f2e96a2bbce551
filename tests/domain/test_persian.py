"""What people write: cleaned, compared, searched, sorted and measured."""

import itertools
import sys
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.persian import (
    ascii_digits,
    cut,
    first_strong_is_rtl,
    folded,
    has_words,
    letters,
    listed,
    persian_digits,
    place_key,
    said_digits,
    search_key,
    sort_key,
    tidy,
    word_key,
)
from domain.richtext import utf16_length

patient = settings(deadline=None, max_examples=300, suppress_health_check=list(HealthCheck))

ZWNJ, ZWJ = "\u200c", "\u200d"
ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
JOINERS_AND_SELECTORS = {"\u200c", "\u200d", "\ufe0e", "\ufe0f"}
#: "Format" characters with a shape of their own: Arabic number signs, end of verse, and their like.
SEEN_FORMATS = {chr(c) for c in [*range(0x600, 0x606), 0x6DD, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD]}

awkward = st.sampled_from(
    [
        *"يىكةآأإؤئءـۀهٔ \u200c\u200d\u200b\u200e\u200f\u202e\u2066\u2069\ufeff",
        *"\u0651\u0653\u0654\u0655\u0301\u0344\u0f73\uff9e",
        *("\ud800", "\udfff", "\x00", "\t", "\r\n", "\n\n\n", "\u2028", "\u2800"),
        *("❤️\u200d🔥", "👩🏽\u200d🚀", "🇮🇷", "1️⃣", "ﷺ", "ﺁ", "½", "ß"),
    ]
)
anything = st.lists(st.one_of(awkward, st.text(max_size=5), st.characters(codec=None)), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  سلام   دنیا  ", "سلام دنیا"),
        ("چراغ‌هاي كوچهٔ ۱۲", "چراغ‌های کوچهٔ ۱۲"),
        ("علـــی", "علی"),
        ("مصطفى", "مصطفی"),
        ("یک\tدو", "یک دو"),
        ("یک\r\nدو\rسه\u2028چهار", "یک\nدو\nسه\nچهار"),
        ("یک \n\n\n\n دو", "یک\n\nدو"),
        ("الف\x00ب\x1fپ\x7f", "الفبپ"),
        ("بد\ud83dی", "بدی"),
        ("\u202eمعکوس\u202c \u2067x\u2069 \u200e\u200f\u061c", "معکوس x"),
        ("\ufeffا\u200bب\u2060پ\u00adت", "ابپت"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("می\u200c\u200cخواهم", "می\u200cخواهم"),
        ("می\u200c خواهم\u200c", "می خواهم"),
        ("۱۲\u200cمتری", "۱۲متری"),
        ("کتابِ\u200cمن", "کتابِ\u200cمن"),
        ("PDF\u200cها", "PDF\u200cها"),
        ("ه\u200d.ش", "ه.ش"),
        ("👩🏽‍🚀 ❤️‍🔥 1️⃣ 🇮🇷", "👩🏽‍🚀 ❤️‍🔥 1️⃣ 🇮🇷"),
        ("a\ufe0f 5\ufe0f", "a 5"),
        ("ا\u200b\u0653", "آ"),
        ("\u2800\u3164\u115f\u00a0", ""),
        ("؀ و \u06dd", "؀ و \u06dd"),
        ("\U000e0041پنهان\ue000\U0010ffff\uffff", "پنهان"),
    ],
)
def test_words_are_kept_and_what_hides_in_them_is_not(written, kept):
    assert tidy(written) == kept


def is_unseen(char):
    not_a_character = ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
    return not_a_character or (unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"} and char not in SEEN_FORMATS)


def test_every_unseen_character_of_unicode_is_removed():
    unseen = filter(is_unseen, map(chr, range(sys.maxunicode + 1)))
    assert set(tidy("|".join(unseen))) <= {"|", " ", "\n"}


def test_no_letter_digit_or_symbol_of_unicode_is_removed():
    fillers = set("\u115f\u1160\u3164\uffa0\u2800\u0640\ufffc|")
    seen = [
        char
        for char in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(char)[0] in "LNPS" and char not in fillers
    ]
    kept = tidy("|".join(seen)).split("|")
    assert [hex(ord(char)) for char, left in zip(seen, kept, strict=True) if not left] == []


@patient
@given(anything)
def test_tidying_twice_is_tidying_once_and_leaves_clean_text(text):
    once = tidy(text)
    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()
    assert "  " not in once
    assert "\n\n\n" not in once
    once.encode()
    for char in once:
        if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"}:
            assert char in SEEN_FORMATS | JOINERS_AND_SELECTORS | {"\n"}


@patient
@given(anything)
def test_nothing_written_makes_any_of_them_fail(text):
    for key in (word_key(text), search_key(text)):
        assert not set(key) & {" ", ZWNJ, "ي", "ك", "ة", "آ"}
    assert word_key(word_key(text)) == word_key(text)
    assert search_key(word_key(text)) == search_key(text)
    assert folded(folded(text)) == folded(text)
    assert letters(text) <= len(tidy(text))
    assert not has_words(text) or letters(text)
    assert first_strong_is_rtl(text) in (True, False, None)
    assert len(cut(text, 10)) <= 10
    assert set(sort_key(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789")


@pytest.mark.parametrize("base", ["a", "ا", "😀", ""])
@pytest.mark.parametrize("marks", ["\u0301\u0316", "\u0344\u0f73", "ﾞ\u0301\u0316"])
def test_piles_of_marks_are_cleared_before_they_cost_anything(base, marks):
    pile = base + marks * 30_000
    runs = itertools.groupby(tidy(pile), lambda char: unicodedata.category(char)[0] == "M")
    assert max((len(list(run)) for is_mark, run in runs if is_mark), default=0) <= 8
    # Without the limit these take many seconds each.
    assert [key(pile) for key in (word_key, search_key, sort_key)] == [
        key(base) for key in (word_key, search_key, sort_key)
    ]


@pytest.mark.parametrize(
    ("text", "words", "seen"),
    [
        ("", False, 0),
        (" \n\t ", False, 0),
        ("\u200b\u200c\u200d\u2060\ufeff", False, 0),
        ("\u0301", False, 0),
        ("\ud800", False, 0),
        ("سلام", True, 4),
        ("سلامٌ علیکم", True, 9),
        ("می‌روم", True, 5),
        ("۱۲", True, 2),
        ("!!!", False, 3),
        ("😀", False, 1),
        ("👩🏽‍🚀", False, 1),
        ("👨‍👩‍👧‍👦", False, 1),
        ("🇮🇷🇮🇷", False, 2),
        ("1️⃣2️⃣", False, 2),
        ("❤️", False, 1),
        ("👍 باشد", True, 5),
        ("\U0001fae8", False, 1),
    ],
)
def test_what_a_person_can_see_is_counted(text, words, seen):
    assert (has_words(text), letters(text)) == (words, seen)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "۰"), (1405, "۱۴۰۵"), (-3, "-۳"), ("12:30", "۱۲:۳۰"), ("٤٥٦", "۴۵۶"), ("۷ روز", "۷ روز"), ("", "")],
)
def test_digits_go_out_persian(value, shown):
    assert persian_digits(value) == shown


@pytest.mark.parametrize(
    ("text", "plain"),
    [("۱۴۰۵", "1405"), ("١٤٠٥", "1405"), ("1405", "1405"), ("１４", "14"), ("کد ۱۲", "کد 12"), ("²", "²")],
)
def test_digits_come_in_as_any(text, plain):
    assert ascii_digits(text) == plain


@given(st.integers())
@patient
def test_a_number_survives_its_persian_digits(number):
    assert int(ascii_digits(persian_digits(number))) == number


@pytest.mark.parametrize(
    "variants",
    [
        [
            "گزارش‌های من",
            "گزارش های من",
            "گزارشهای من",
            "گزارشهاي من",
            " گزارش‌های  من! ",
            "«گزارش‌های من»",
            "📋 گزارش‌های من",
        ],
        ["لغو", "لغو.", "لـغو", "لَغو", "/لغو"],
        ["راهنما", "راهنما؟", "ر\u200bاهنما"],
        ["محلهٔ ما", "محله ما", "محله‌ما", "محلۀ ما", "محلة ما", "محلهٔ\u200fما"],
        ["آسفالت", "اسفالت", "أسفالت", "إسفالت", "ٱسفالت", "ﺁسفالت"],
        ["مسئول", "مسیول", "مسيول"],
        ["مؤمن", "مومن"],
        ["Menu", "menu", "MENU", "/menu"],
        ["کوچهٔ ۱۲", "کوچه 12", "كوچه ١٢"],
    ],
)
def test_one_word_has_one_key_however_it_is_typed(variants):
    assert {word_key(variant) for variant in variants} == {word_key(variants[0])}
    assert word_key(variants[0]) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("بازگشت", "بازگشتن"), ("ثبت", "ثبت گزارش"), ("نه", "نه خیر"), ("کار", "گار")]
)
def test_different_words_keep_different_keys(one, other):
    assert word_key(one) != word_key(other)


@pytest.mark.parametrize(
    "variants",
    [
        ["ارزوئیه", "ارزوییه", "ارزوئيه"],
        ["قلعه‌گنج", "قلعه گنج", "قلعهٔ گنج", "قلعه-گنج", "قلعۀ‌گنج"],
        ["شهربابک", "شهر بابک", "شهر‌بابك"],
        ["مسئله", "مساله", "مسأله"],
        ["محلهٔ ۱۴ معصوم (کرمان)", "محله 14 معصوم کرمان"],
    ],
)
def test_a_place_is_found_by_each_of_its_spellings(variants):
    assert {search_key(variant) for variant in variants} == {search_key(variants[0])}


def test_a_name_is_found_by_its_beginning():
    assert search_key("رودبار جنوب").startswith(search_key("رودبار"))


@patient
@given(st.lists(st.text(ALPHABET, min_size=1, max_size=6), max_size=8))
def test_persian_words_sort_by_the_alphabet(words):
    by_alphabet = sorted(words, key=lambda word: [ALPHABET.index(letter) for letter in word])
    assert sorted(words, key=sort_key) == by_alphabet


def test_a_list_of_names_comes_in_the_order_people_expect():
    expected = [
        "۲",
        "۱۰",
        "آبنوس",
        "ارزوئیه",
        "انار",
        "بلوار ۲",
        "بلوار ۱۰",
        "بلوار آزادی",
        "پارس",
        "جیرفت",
        "چهارسو",
        "ژاله",
        "کرمان",
        "گنبکی",
        "لاله‌زار",
        "لاله‌ها",
        "منوجان",
        "نرماشیر",
        "والفجر",
        "هفت‌باغ",
        "یزد",
        "Alpha",
        "beta",
    ]
    for rotation in range(len(expected)):
        shuffled = expected[rotation:] + expected[:rotation]
        assert sorted(reversed(shuffled), key=sort_key) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("لاله‌زار", "لالهزار"), ("كرمان", "کرمان"), ("خیابان ۰۷", "خیابان 7"), ("بَم", "بم"), ("«بم»", "بم")],
)
def test_spelling_does_not_change_the_place_in_the_order(one, other):
    assert sort_key(one) == sort_key(other)


@patient
@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_numbers_sort_by_value(one, other):
    assert (sort_key(f"کوچه {one}") < sort_key(f"کوچه {persian_digits(other)}")) == (one < other)


def test_a_shorter_name_comes_before_the_longer_one_and_a_space_before_letters():
    names = ["شهر", "شهر بابک", "شهرآباد"]
    assert all(sort_key(first) < sort_key(second) for first, second in itertools.pairwise(names))


@pytest.mark.parametrize(("text", "units"), [("", 0), ("سلام", 4), ("😀", 2), ("a😀b", 4), ("\ud800", 1), ("👩‍🚀", 5)])
def test_length_is_counted_as_messengers_do(text, units):
    assert utf16_length(text) == units


@pytest.mark.parametrize(
    ("text", "limit", "title"),
    [
        ("چراغ کوچه", 20, "چراغ کوچه"),
        ("چراغ کوچه خاموش است", 12, "چراغ کوچه…"),
        ("چراغ کوچه، خاموش است", 12, "چراغ کوچه…"),
        ("یک\nدو\n\nسه", 20, "یک دو سه"),
        ("چراغ‌های‌خیابان", 9, "چراغ‌های…"),
        ("aaaaaaaaaaaaaaaa", 5, "aaaa…"),
        ("ab👩🏽‍🚀👩🏽‍🚀", 6, "ab…"),
        ("کککٌک", 4, "کک…"),
        ("دراز", 1, "…"),
        ("", 5, ""),
    ],
)
def test_a_title_ends_at_a_word(text, limit, title):
    assert cut(text, limit) == title


def test_a_title_without_room_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        cut("سلام", 0)


@pytest.mark.parametrize(
    ("line", "direction"),
    [
        ("سلام Ali", True),
        ("Ali سلام", False),
        ("۱۲ 😀 سلام", True),
        ("123 - ۴", None),
        ("", None),
        ("\u200fAli", True),
        ("\u2068Ali\u2069 سلام", True),
        ("\u2068Ali \u2067x\u2069\u2069 سلام", True),
        ("\u2068سلام\u2069", None),
        ("\u2069\u2069Ali", False),
    ],
)
def test_direction_is_that_of_the_first_strong_letter_outside_isolates(line, direction):
    assert first_strong_is_rtl(line) is direction


def test_a_telephone_number_is_written_for_its_reader() -> None:
    assert said_digits("110", "fa") == "۱۱۰"
    assert said_digits("۱۱۰", "en") == "110"


def test_several_things_are_listed_with_the_reader_s_comma() -> None:
    assert listed(["۱۱۰", "۱۱۵"], "fa") == "\u200f۱۱۰، ۱۱۵"
    assert listed(["110", "115"], "en") == "110, 115"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("محلهٔ علویان", "علویان"),
        ("محله‌ی علویان", "علویان"),
        ("محله ي علويان", "علویان"),
        ("شهرک مطهری", "کوی مطهری"),
        ("شهرستان ارزوییه", "ارزوئیه"),
        ("شهر", "شهر "),
        ("روستا", "«روستا»"),
    ],
)
def test_the_key_of_a_place_leaves_out_what_it_is(one: str, other: str) -> None:
    assert place_key(one) == place_key(other) != ""


def test_a_noun_that_is_a_part_of_the_name_stays() -> None:
    assert place_key("شهربابک") == search_key("شهربابک")
    assert place_key("کویر") == "کویر"


@given(st.text(max_size=40))
def test_the_key_of_a_place_ends_its_whole_key(text: str) -> None:
    assert search_key(text).endswith(place_key(text))
