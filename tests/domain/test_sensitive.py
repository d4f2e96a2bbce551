"""What must leave no trace is known by its words, however it is spelt, and ordinary reports are left alone."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import sensitive
from bot.sensitive import COLUMNS, Wrong, load
from domain.lexicon import NotAWord, Spelling
from domain.persian import tidy
from domain.sensitive import Card, Example, Rule, Watch

SHIPPED = Path(sensitive.__file__).parent / "data" / "sensitive.csv"
LABELLED = Path(__file__).parents[1] / "data" / "sensitive"
ZWNJ = "\u200c"


@cache
def shipped() -> Watch:
    return load(SHIPPED)


def card(text: str) -> str:
    return shipped().card(text) or "none"


@dataclass(frozen=True, slots=True)
class Measured:
    """How the rules do on a labelled file; counts only, so that a failure tells nobody what the file says."""

    found: int
    missed: int
    false_alarms: int
    right_card: int

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed)

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false_alarms)

    @property
    def right(self) -> float:
        return self.right_card / self.found


def measured(name: str) -> Measured:
    found = missed = false_alarms = right = 0
    with (LABELLED / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            said, meant = card(row["text"]), row["label"]
            found += said != "none" and meant != "none"
            missed += said == "none" and meant != "none"
            false_alarms += said != "none" and meant == "none"
            right += said == meant != "none"
    return Measured(found, missed, false_alarms, right)


def test_the_sentences_that_the_file_was_written_from_are_told_apart() -> None:
    # The file's examples hold them too: this guards against a rule that breaks another. The measure is the next one.
    seen = measured("seen.csv")
    assert (seen.recall >= 0.98, seen.precision >= 0.97, seen.right >= 0.97) == (True, True, True), seen


def test_sentences_that_nobody_looked_at_are_told_apart() -> None:
    held_out = measured("held_out.csv")
    assert (held_out.recall >= 0.95, held_out.precision >= 0.8, held_out.right >= 0.9) == (True, True, True), held_out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("شوهرم هر شب منو کتک می‌زنه", "harm"),
        ("بچهٔ همسایه را با کمربند می‌زنند و گریه‌اش تا صبح می‌آید", "harm"),
        ("مادربزرگم را بدون غذا توی انباری نگه می‌دارند", "harm"),
        ("پسرم معتاد شده و نمی‌دانم کجا ببرمش", "addiction"),
        ("برادرم دو سال است تریاک می‌کشد", "addiction"),
        ("دیگر نمی‌خواهم زنده باشم", "self_harm"),
        ("خواهرم می‌گوید خودم را می‌کشم", "self_harm"),
        ("کارمند آنجا برای یک امضا رشوه می‌خواهد", "corruption"),
        ("دهیار زمین‌های روستا را به فامیلش داده", "corruption"),
    ],
)
def test_each_card_is_found_by_its_words(text: str, expected: str) -> None:
    assert card(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "سگ به کودک حمله کرد",
        "چراغ‌های کوچهٔ ۱۲ از هفتهٔ پیش خاموش است",
        "شوهرم هر روز زنگ می‌زنه ۱۳۷ کسی جواب نمی‌ده",
        "بچه توی چاله زمین خورد و صورتش کبود شد",
        "عقرب بچه‌ام را زده، دور خانه‌ها سم بپاشید",
        "از گرما مردیم، برق را وصل کنید",
        "مواد شوینده را توی جوی آب خالی می‌کنند",
        "شیشهٔ پنجرهٔ مدرسه شکسته",
        "دیوار خانه بعد از زلزله ترک خورده",
        "ساختمان نوساز به کوچه تجاوز کرده",
        "معتادها شب‌ها توی پارک جمع می‌شوند، چراغ بگذارید",
        "دیگر از این ترافیک خسته شدم",
        "بودجهٔ پارک محله کی تصویب می‌شود؟",
        "سلام",
        "بدون نشانی",
        "",
        "😀👍🏽",
        "\u202e\u200b\u200c",
        "12345678",
    ],
)
def test_what_only_sounds_alike_is_left_alone(text: str) -> None:
    assert card(text) == "none"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("معطاد شده داداشم", "addiction"),
        ("معتااااد شده داداشم", "addiction"),
        ("معتـــاد شده داداشم", "addiction"),
        ("مُعتاد شده داداشم", "addiction"),
        ("م.ع.ت.ا.د شده داداشم", "addiction"),
        ("م ع ت ا د شده داداشم", "addiction"),
        ("هروز کطک میخورم از شوهرم", "harm"),
        ("شوهرم منو ميزنه", "harm"),
        ("شوهرم منو می زنه", "harm"),
        ("شوهرم منو می‌زنه", "harm"),
        ("فكر خود كشي دارم", "self_harm"),
        ("فکر خودکوشی دارم", "self_harm"),
        ("فکر خود‌کشی دارم", "self_harm"),
        ("میخام خدمو بکشم", "self_harm"),
        ("رشفه میخان واسه یه امضا", "corruption"),
        ("اختلاص کرده مدیر تعاونی", "corruption"),
        ("khodkoshi", "self_harm"),
        ("motade shishe shode pesaram", "addiction"),
        ("reshve migire karmande edare", "corruption"),
    ],
)
def test_misspellings_are_read_as_what_was_meant(text: str, expected: str) -> None:
    assert card(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("شوهرم معتاده و منو کتک می‌زنه", "harm"),
        ("شوهرم کتکم می‌زنه و من می‌خوام خودمو بکشم", "self_harm"),
        ("مدیر مدرسه رشوه می‌گیره و بچه‌ها را کتک می‌زنه", "harm"),
    ],
)
def test_the_most_pressing_of_two_cards_is_given(text: str, expected: str) -> None:
    assert card(text) == expected


@given(st.text())
def test_any_text_is_read_and_tidying_it_first_changes_nothing(text: str) -> None:
    assert shipped().card(tidy(text)) == shipped().card(text)


@given(st.lists(st.sampled_from(["می", "زنه", "شوهرم", "منو", "بچه", "ها", "خود", "کشی", "معتاد", " ", ZWNJ])))
def test_a_joiner_makes_no_difference(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert shipped().card(text.replace(ZWNJ, "")) == shipped().card(text)


@given(st.sampled_from(["شوهرم منو کتک میزنه", "پسرم معتاد شده", "میخوام خودمو بکشم"]), st.data())
def test_letters_drawn_out_make_no_difference(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    assert shipped().card(text[:place] + text[place] * data.draw(st.integers(1, 9)) + text[place + 1 :]) is not None


def test_a_hundred_thousand_letters_are_read() -> None:
    assert shipped().card("چراغ کوچه خاموش است. " * 5_000) is None
    assert shipped().card("چراغ کوچه خاموش است. " * 5_000 + "شوهرم منو کتک می‌زنه") == Card.HARM


# How rules and words are written.

WORDS = Spelling(alike=("تط",), endings=frozenset({"م", "ها"}), beginnings=("می", "ن"))


def found(text: str, *words: str, spelling: Spelling = WORDS) -> bool:
    return Watch((Rule(Card.HARM, (frozenset(words),)),), spelling).card(text) is not None


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("کتاب", "کتابم", True),
        ("کتاب", "کتاب‌ها", True),
        ("کتاب", "کتابخانه", False),
        ("کتاب", "کطاب", True),
        ("کتاب!", "کتابم", False),
        ("کتاب!", "کتاب", True),
        ("کتاب*", "کتابخانه", True),
        ("کتاب*", "یک‌کتاب", False),
        ("+خوان", "می‌خوانند", True),
        ("+خوان", "می خوانند", True),
        ("+خوان", "بخوانند", False),
        ("~کتابخانه", "کتاخانه", True),
        ("~کتابخانه", "کتابخناه", True),
        ("~کتابخانه", "کارخانه", False),
        ("خانه_کتاب", "خانه کتاب", True),
        ("خانه_کتاب", "خانه‌کتاب", True),
        ("خانه_کتاب", "خانهکتاب", True),
        ("خانه_کتاب", "خانهٔ ما، کتاب", False),
        ("خانه_کتاب", "این خانه. کتاب", False),
        ("کتاب", "ک.ت.ا.ب", True),
        ("کتاب", "ک ت ا ب", True),
        ("شتر", "شت ر", False),
    ],
)
def test_a_word_is_found_as_it_says(word: str, text: str, expected: bool) -> None:
    assert found(text, word) is expected


@pytest.mark.parametrize("word", ["", "*", "+", "a*b", "!a", "a_", "~abcd", "a-b"])
def test_a_word_written_wrongly_is_refused(word: str) -> None:
    with pytest.raises(NotAWord):
        found("", word)


def near(within: int, *, before: bool = False) -> Watch:
    groups = (frozenset({"cat"}), frozenset({"dog"}))
    return Watch((Rule(Card.HARM, groups, frozenset({"fish"}), within, before),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cat dog", True),
        ("dog cat", True),
        ("cat a dog", True),
        ("cat a b dog", False),
        ("cat. dog", False),
        ("cat", False),
        ("cat dog fish", False),
        ("cat dog a fish", True),
    ],
)
def test_groups_must_stand_near_and_a_word_calls_off(text: str, expected: bool) -> None:
    assert (near(2).card(text) is not None) is expected


def test_a_rule_may_look_only_at_what_stands_before() -> None:
    watch = near(2, before=True)
    assert [watch.card(text) for text in ("dog cat", "cat dog", "dog cat fish")] == [Card.HARM, None, Card.HARM]


def test_what_is_harmless_is_hidden_from_other_rules_only_there() -> None:
    harmless = Rule(None, (frozenset({"hit"}), frozenset({"bell"})), within=2)
    watch = Watch((Rule(Card.HARM, (frozenset({"hit"}),)), harmless))
    assert [watch.card(text) for text in ("hit the bell", "hit", "hit the bell and then he hit me")] == [
        None,
        Card.HARM,
        Card.HARM,
    ]


def test_examples_speak_where_rules_are_silent_and_one_word_is_not_enough() -> None:
    rule = Rule(Card.ADDICTION, (frozenset({"syringe"}),))
    harm = ("he locks her into the cellar", "they locked him into the cellar", "she is locked into a dark cellar")
    plain = ("the lamp is dark", "a lamp in the street is broken", "the street is dark at night", "water in the street")
    examples = [Example(Card.HARM, text) for text in harm] + [Example(None, text) for text in plain]
    watch = Watch((rule,), examples=tuple(examples))
    said = ("my father locked me into our cellar", "the lamp in our street", "street", "a syringe in a cellar")
    assert [watch.card(text) for text in said] == [Card.HARM, None, None, Card.ADDICTION]


def test_without_rules_and_examples_nothing_is_sensitive() -> None:
    assert Watch(()).card("anything") is None


# The file.


def written(tmp_path: Path, *lines: str, head: str = ",".join(COLUMNS)) -> Path:
    file = tmp_path / "words.csv"
    file.write_text("\n".join((head, *lines)), encoding="utf-8")
    return file


def test_lists_spelling_and_examples_are_read(tmp_path: Path) -> None:
    watch = load(
        written(
            tmp_path,
            "endings,s",
            "alike,sz",
            "beginnings,un",
            "@pet,cat dog",
            "harm,+kick,@pet,,,3,he unkicked cats",
            "none,kick*,ball,,,-2,",
            "addiction,,,,,,cats again",
        )
    )
    assert [watch.card(text) for text in ("unkicks a dogz", "a cat", "unkick a bird")] == [Card.HARM, None, None]
    assert watch.examples == (Example(Card.HARM, "he unkicked cats"), Example(Card.ADDICTION, "cats again"))
    assert watch.rules[1] == Rule(None, (frozenset({"kick*"}), frozenset({"ball"})), within=2, before=True)


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ("violence,hit", "card must be self_harm, harm, addiction, corruption, none, alike, endings, beginnings or"),
        (",hit", "card must be"),
        ("harm", "has neither words nor an example"),
        ("harm,,dog", "words are missing"),
        ("harm,hit,,dog", "also needs near"),
        ("harm,hit,@pet", "no list @pet stands above"),
        ("harm,hit,,,,far", "within must be a whole number from 1 to 99, or the same with a minus"),
        ("harm,hit,,,,0", "within must be"),
        ("harm,hit,,,,100", "within must be"),
        ("harm,hit,,,,۵", "within must be"),
        ("harm,hi*t", "«hi*t» is not written as a word of a rule"),
        ("harm,~hit", "«~hit» is too short to be found misspelt"),
        ("harm,hit,,,dog?", "«dog?» is not written as a word of a rule"),
        ("harm,hit,,,,,,more", "has more cells than there are columns"),
        ("@pet", "@pet has no words"),
        ("@pet,do*g", "«do*g» is not written as a word of a rule"),
        ("@pet,dog,cat", "@pet has words and nothing else"),
        ("harm,hit,,,,,nobody does", "its example is given none"),
        ("none,hit,ball,,,,kick hit", ""),
    ],
)
def test_a_mistake_is_named_by_its_line(tmp_path: Path, line: str, mistake: str) -> None:
    file = written(tmp_path, "corruption,bribe", line)
    if not mistake:
        load(file)
        return
    with pytest.raises(Wrong) as error:
        load(file)
    assert str(error.value).startswith(f"words.csv line 3: {mistake}")


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(Wrong) as error:
        load(written(tmp_path, "harm,a!b", "harm,fine", "@pet,dog", "@pet,cat", "sad,cry"))
    assert [line.split(":")[0] for line in str(error.value).splitlines()] == [
        "words.csv line 2",
        "words.csv line 5",
        "words.csv line 6",
    ]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"\xff\xfe\x00")
    for file, reason in ((tmp_path / "missing.csv", "No such file or directory"), (broken, "is not CSV in UTF-8")):
        with pytest.raises(Wrong, match=reason):
            load(file)


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("card,words", "the columns must be card,words,near,also,unless,within,example"),
        (",".join(COLUMNS), "holds no rule"),
    ],
)
def test_a_file_that_holds_something_else_is_named(tmp_path: Path, head: str, reason: str) -> None:
    with pytest.raises(Wrong, match=reason):
        load(written(tmp_path, head=head))
