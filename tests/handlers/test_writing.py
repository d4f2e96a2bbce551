"""The rules of writing that a machine can check: letters, digits, joins, directions, buttons, lengths."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from domain.persian import first_strong_is_rtl, word_key
from domain.richtext import Key, plain
from handlers.book import Book
from handlers.talk import Reply
from tests.sentences import GAP, LANGUAGES, PATTERNS, TEXTS, file_of, is_label, on_buttons, variants
from tests.walk import Walk

KEYS = sorted(PATTERNS["fa"])
FILES = file_of("fa")
#: Talks that only people with an office read.
STAFF = {"accept", "case", "claim", "grant", "queue", "reject", "revoke", "roles"}
#: A language is named in itself, so that whoever reads only that one finds it.
NAMED_IN_ITSELF = {"language-en"}
#: Commands and programs are typed as they are.
TYPED = re.compile(r"^(/|python -m )")
LETTER = "[\u0621-\u06cc]"


def lines(key: str) -> list[str]:
    """The lines of a Persian sentence in all its forms, without those that show what is typed."""
    found = dict.fromkeys(line for form in variants("fa", key) for line in form.words.split("\n"))
    return [line for line in found if not TYPED.match(line)]


def breaking(rule: str, *, but: Iterable[str] = ()) -> list[str]:
    """Every Persian line in which this is found."""
    return [f"{key}: {line}" for key in KEYS if key not in set(but) for line in lines(key) if re.search(rule, line)]


# --- letters and signs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ("كوچه", "[يىكةۀ\u0640\u064a\u06c0\ufb50-\ufdff\ufe70-\ufefc]"),
        ("۱۲ یا 12", "[0-9\u0660-\u0669]"),
        ("چه شد?", "[?,;%*]"),
        ('"محله"', "[\"'“”]"),
        (f"از {GAP}-{GAP}", r"[\d\ufffc]\s*[-–—]\s*[\d\ufffc]"),
        ("۱۴۰۵-۱۲", r"[\d\ufffc]\s*[-–—]\s*[\d\ufffc]"),
        ("رسید .", r"\s[،؛:؟.!]|[،؛؟]\S"),
        ("آب،برق", r"\s[،؛:؟.!]|[،؛؟]\S"),
        ("« محله»", r"«\s|\s»"),
        ("دو  فاصله", " {2,}|^ | $"),
        ("صبر کنید...", r"\.\.\.|\.\."),
        ("خوش آمدید!", "!"),
        ("ﻣﺤﻠﻪ", "[\ufb50-\ufdff\ufe70-\ufefc]"),
    ],
)
def test_letters_and_signs_are_persian(wrong: str, rule: str) -> None:
    assert re.search(rule, wrong), "the rule itself finds nothing"
    assert breaking(rule, but=NAMED_IN_ITSELF) == []


def test_latin_letters_stand_only_in_what_is_typed() -> None:
    assert breaking("[A-Za-z]", but=NAMED_IN_ITSELF) == []


def test_no_sign_is_written_that_nobody_sees() -> None:
    """The half-space alone is written; marks of direction are put in when a text is shown."""
    unseen = "[\u00a0\u00ad\u200b\u200d-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
    assert re.search(unseen, "\u200fسلام")
    assert breaking(unseen) == []


def test_an_emoji_begins_a_line_stands_alone_and_never_where_somebody_needs_help() -> None:
    emoji = "[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
    assert re.search(f"(?<!^){emoji}", "رسید ✅")
    assert breaking(f"(?<!^){emoji}") == []
    many = [key for key in KEYS if any(len(re.findall(emoji, form.words)) > 1 for form in variants("fa", key))]
    grave = [
        key for key in KEYS if FILES[key] in {"care", "sensitive", "numbers"} and re.search(emoji, str(lines(key)))
    ]
    assert (many, grave) == ([], [])


# --- joins ------------------------------------------------------------------------------------------------------------

#: Verbs that begin with «می» in our texts, when it is glued to them.
GLUED = (
    "کن|شو|شد|توان|خواه|رس|فرست|بین|گوی|گیر|نویس|پذیر|خوان|دار|دان|مان|آور|آی|خور|زن|برد|بری|دهی|دهن|ده\\b|ساز|افت|گرد"
)
#: Nouns that end in a «ه» nobody speaks, and what follows them as their own: «محلهٔ شما».
_SILENT = "محل|شمار|نوشت|خان|جلس|ادار|کمیت|بقی|دکم|چهر|نسخ|نمون|خلاص|نتیج|نمایند|دارند|نقش|هم|کوچ|هفت|پوش"
_OWNS = f"شما|ما|خود|خودتان|من|کسی|همین|دیگری|تازه|درست|مسئول|راهبری|شهرستان|شورا|گزارش|{GAP}"


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ("می رسد", rf"\bن?می {LETTER}"),
        ("نمیشود", rf"\bن?می({GLUED})"),
        ("گزارش ها", r"(?<!\u200c)\bها(ی|یی|یم|یت|یش|یمان|یتان|یشان)?\b"),
        # After ا د ذ ر ز ژ و nothing is joined: «خبرها» is as right as «خبر‌ها». «تنها» is one word.
        ("گزارشهای", r"(?<=[بپتثجچحخسشصضطظعغفقکگلمنهی])(?<!\bتن)ها(ی|یی|یم|یت|یش|یمان|یتان|یشان)?\b(?!\u200c)"),
        ("کرده اید", r" (ای|اید|ایم|اند|ام)\b"),
        ("محله تان", r"ه (تان|شان|مان|اش|ات)\b"),
        ("بزرگ تر", r" تر(ین)?\b"),
        ("محله‌ی ما", r"ه‌ی\b|ه ی\b|ه\u0621"),
        ("محله شما", rf"\b({_SILENT})ه ({_OWNS})(?!\u200c?ی?\u200c?ا)"),
        ("درباره محله", r"\bدرباره(?![\u0654\u200c])"),
        ("محله‌ ما", r"\u200c(\s|$|[^\u0621-\u06cc])|(\s|^)\u200c"),
    ],
)
def test_half_spaces_and_hamzas_stand_where_they_belong(wrong: str, rule: str) -> None:
    assert re.search(rule, wrong), "the rule itself finds nothing"
    assert breaking(rule) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("گزارش دهنده", "گزارش‌دهنده"),
        ("نیمه کاره", "نیمه‌کاره"),
        ("پیام رسان", "پیام‌رسان"),
        ("محله یار", "محله‌یار"),
        ("صورت جلسه", "صورت‌جلسه"),
        ("گفت و گو", "گفت‌وگو"),
        ("رفت و آمد", "رفت‌وآمد"),
        ("هشت رقمی", "هشت‌رقمی"),
        ("توهین آمیز", "توهین‌آمیز"),
        ("دست کم", "دست‌کم"),
        ("بی خیال", "بی‌خیال"),
        ("پی گیری", "پیگیری"),
        ("پی‌گیری", "پیگیری"),
        ("نظر سنجی", "نظرسنجی"),
        ("پیش تر", "پیش‌تر"),
        ("همین جا", "همین‌جا"),
        ("همان جا", "همان‌جا"),
        ("این که", "اینکه"),
        ("پذیرفته‌نشد ", "پذیرفته نشد "),
        ("مساله", "مسئله"),
        ("مسوول", "مسئول"),
        ("تایید", "تأیید"),
        ("پنج‌شنبه", "پنجشنبه"),
        ("سه شنبه", "سه‌شنبه"),
        ("یک‌شنبه", "یکشنبه"),
        ("بعد از ظهر", "بعدازظهر"),
        ("کد پیگیری", "کد رهگیری"),
        ("رأی گیری", "رأی‌گیری"),
    ],
)
def test_well_known_words_are_spelt_as_we_spell_them(wrong: str, right: str) -> None:
    assert breaking(re.escape(wrong)) == [], f"write {right}"


def test_a_tanvin_is_written() -> None:
    rule = r"\b(لطف|قبل|فعل|مثل|حتم|واقع|معمول|موقت|اصل|مجدد|قطع|لزوم|ضمن)ا(?!\w|\u064b|\u200c)"
    assert all(re.search(rule, wrong) for wrong in ("لطفا بنویسید", "لطفا، بنویسید", "بنویسید لطفا"))
    assert not re.search(rule, "لطفاً بنویسید")
    assert breaking(rule) == []


# --- tone -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ("این گزارش بسته می‌باشد", r"می‌باش|\bن?می‌گرد(د|ند)"),
        ("بررسی گردید", r"\bگردید(ه|ند)?\b|\bنمود(ه|ند|ن|ید)?\b|\bنمایید\b|\bفرمایید\b|\bفرمودید\b"),
        ("به شرح ذیل", r"\b(ذیل|مذکور|فوق|لذا|جهت|بدین|بدین‌وسیله|خواهشمند|احتراماً|ایشان|متقاضی|مبذول)\b"),
        ("مورد بررسی قرار گرفت", "مورد .* قرار (گرفت|می)"),
        ("کاربر گرامی", "کاربر|گرامی|عزیز|محترم"),
        ("با سلام و احترام", "با سلام|با احترام|بسمه"),
        ("تو بنویس", rf"(^| )تو( |$)|\b(بنویس|بفرست|بزن|بگو|کن)(?!\u200c?\w|{LETTER})"),
    ],
)
def test_people_are_spoken_to_politely_and_plainly(wrong: str, rule: str) -> None:
    assert re.search(rule, wrong), "the rule itself finds nothing"
    assert breaking(rule) == []


def test_what_is_counted_stands_in_the_singular() -> None:
    rule = rf"[{GAP}۰-۹] {LETTER}+(\u200cها|(?<=[ادذرزژو])ها)\b"
    assert all(re.search(rule, wrong) for wrong in (f"{GAP} گزارش‌ها", "۳ خبرها"))
    assert breaking(rule) == []


def test_please_is_said_once() -> None:
    twice = [key for key in KEYS for form in variants("fa", key) if form.words.count("لطفاً") > 1]
    assert twice == []


#: A participle is no noun: «گزارش داده‌اید», «نشان داده نمی‌شود».
OFFICE = (
    "ارجاع|مصوبه|صورت‌جلسه|معابر|پسماند|نویسه|سامانه|عضو شورا|ذیل|مراجعه|کارشناس|مربوطه|ذی‌ربط|ابلاغ|استعلام|پرونده"
    "|شهروند|شکایت|داده\u200cها|داده(?!\u200c(ا|ب)| (شد|است|اید|ایم|ام|ن?می))"
)


def test_residents_read_no_office_words() -> None:
    # What people may type themselves is theirs, and a complaint is what those lines take.
    staff = {key for key in KEYS if FILES[key] in STAFF or key.endswith(".words") or key.startswith("staff-state-")}
    but = staff | {"help-staff", "need-complaints"}
    rule = rf"\b({OFFICE})\b"
    assert all(re.search(rule, wrong) for wrong in ("به اداره ارجاع شد", "داده‌های شما", "دو پرونده", "سامانه"))
    assert not any(re.search(rule, right) for right in ("نشان داده نمی‌شود", "گزارش داده‌اید", "پاسخ داده شد"))
    assert breaking(rule, but=but) == []


def test_residents_read_no_commands() -> None:
    """They have buttons and words; a command is the short way of those with an office."""
    commands = {
        key for key in KEYS for form in variants("fa", key) for line in form.words.split("\n") if line.startswith("/")
    }
    assert commands >= {"help-staff"}
    assert [key for key in commands if not key.endswith("-usage") and key not in {"help-staff", "help-grant"}] == []


# --- values -----------------------------------------------------------------------------------------------------------


def marked(key: str) -> list[str]:
    """The lines of a Persian sentence in all its forms, each value shown by its name."""
    found = []
    for form in variants("fa", key):
        rest = TEXTS.variables("fa", key) - form.choices.keys()
        shown = plain(TEXTS.render("fa", key, {**{name: f"[{name}]" for name in rest}, **form.choices}))
        found += re.sub("[\u200f\u2068\u2069]", "", shown).split("\n")
    return found


#: Somebody else's words, or what is copied.
FREE = r"\[(reason|explanation|reasons|roles|link|code|channel|summary)\]"


def test_free_words_stand_on_a_line_of_their_own_without_a_full_stop() -> None:
    alone = re.compile(rf"([{LETTER[1:-1]}\u200c]+: )?{FREE}")
    assert alone.fullmatch("دلیل: [reason]")
    assert not alone.fullmatch("دلیل: [reason].")
    assert not alone.fullmatch("از [link] بیایید")
    wrong = [
        f"{key}: {line}" for key in KEYS for line in marked(key) if re.search(FREE, line) and not alone.fullmatch(line)
    ]
    assert wrong == []


def test_a_place_is_named_without_a_second_neighbourhood_before_it() -> None:
    """Names carry their own noun: «محلهٔ شهر», «شهرک مطهری»."""
    twice = r"(محله\u0654|کوی|شهرک) \[(neighborhood|place)\]"
    assert re.search(twice, "در محلهٔ [neighborhood]")
    assert [f"{key}: {line}" for key in KEYS for line in marked(key) if re.search(twice, line)] == []


def test_a_county_and_a_council_are_named_in_full() -> None:
    lone = r"(?<!شهرستان )\[county\]"
    assert [f"{key}: {line}" for key in KEYS for line in marked(key) if re.search(lone, line)] == [
        "place-in: [place]، [county]"
    ]
    assert breaking("شورای (?!پیشرفت|درست|راهبری)") == []


def test_persian_counts_are_chosen_by_the_number_itself() -> None:
    """The category "one" of Persian takes none as well: nobody would read «یک گزارش» where there is not one."""
    source = [line for key in KEYS for line in names_of_variants(key)]
    assert {"0", "1", "other"} <= set(source)
    assert [f"{key}: {name}" for key in KEYS for name in names_of_variants(key) if name in {"one", "zero", "two"}] == []


def names_of_variants(key: str) -> list[str]:
    found = []
    for element in PATTERNS["fa"][key].elements:
        select = getattr(element, "expression", None)
        found += [str(getattr(one.key, "name", None) or one.key.value) for one in getattr(select, "variants", ())]
    return found


# --- direction --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["Main St 12", "48271905", "x", "https://x.ir", "سلام", "😀"])
def test_every_persian_text_begins_from_the_right(words: str) -> None:
    """Whatever the values are: the first strong sign outside them is Persian, or there is none at all."""
    wrong = []
    for key in KEYS:
        for form in variants("fa", key):
            rest = TEXTS.variables("fa", key) - form.choices.keys()
            text = plain(TEXTS.render("fa", key, {**dict.fromkeys(rest, words), **form.choices}))
            own = any(letter.isalpha() for letter in form.words)
            if own and key not in NAMED_IN_ITSELF and first_strong_is_rtl(text) is not True:
                wrong.append(f"{key}: {text}")
    assert wrong == []


BEGINS = re.compile(f"[«/{GAP}\u0621-\u06cc]")


def test_every_persian_text_begins_with_a_letter_or_a_quotation() -> None:
    wrong = [
        key
        for key in KEYS
        if key not in NAMED_IN_ITSELF and not all(BEGINS.match(form.words) for form in variants("fa", key))
    ]
    assert wrong == []


# --- buttons ----------------------------------------------------------------------------------------------------------

YES_OR_NO = {"بله", "خیر", "آره", "تأیید", "باشه"}


def labels(language: str) -> list[tuple[str, str]]:
    return [(key, form.words) for key in KEYS if is_label(key) for form in variants(language, key)]


def faults(label: str) -> list[str]:
    """What is wrong with a button, in any language."""
    rules = {
        "more than three words": len(label.split()) > 3,
        "longer than a button": len(label) > 24,
        "a sign or an end of a line": re.search(r"[.!:؛;\n]|^\s|\s$", label) is not None,
        "no words": not label.strip(),
        "yes or no, not what it does": label in YES_OR_NO,
    }
    return [what for what, wrong in rules.items() if wrong]


@pytest.mark.parametrize(
    ("label", "what"),
    [
        ("ثبت گزارش در محله", "more than three words"),
        ("نمایش‌دادن‌به‌همهٔ‌اهالی‌محله", "longer than a button"),
        ("ثبت.", "a sign or an end of a line"),
        ("ثبت ", "a sign or an end of a line"),
        ("", "no words"),
        ("بله", "yes or no, not what it does"),
    ],
)
def test_a_bad_button_is_found(label: str, what: str) -> None:
    assert what in faults(label)


def test_a_button_has_at_most_three_words_and_says_what_it_does() -> None:
    assert [f"{key}: {label}" for key, label in labels("fa") if faults(label)] == []


def test_an_english_button_is_one_short_line_without_a_full_stop() -> None:
    wrong = [(key, label, set(faults(label)) - {"more than three words"}) for key, label in labels("en")]
    assert [f"{key}: {label}" for key, label, what in wrong if what] == []


def test_everything_that_code_puts_on_a_button_is_looked_at() -> None:
    found = on_buttons()
    assert {"card.accept", "review.words", "category-roads", "redact-part-text", "talk-report"} <= found
    # A state of affairs, which no button brings about; its family is on buttons.
    assert {key for key in found if not is_label(key)} == {"news-none"}


# --- what a text tells people to say ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fa", r"«([^»«]+)»(?= را (?:بزنید|بنویسید))|از «([^»«]+)»"),
        ("en", r"(?:[Pp]ress|[Ww]rite) “([^”“]+)”|In “([^”“]+)”"),
    ],
)
def test_the_words_that_a_text_tells_people_to_say_open_a_talk(language: str, told: str, book: Book) -> None:
    opening = {word_key(word) for word in book_words(book, language)}
    said = {
        (key, "".join(found))
        for key in KEYS
        for form in variants(language, key)
        for found in re.findall(told, form.words)
        if GAP not in "".join(found)
    }
    assert len(said) >= 5
    assert [f"{key}: {word}" for key, word in sorted(said) if word_key(word) not in opening] == []


def book_words(book: Book, language: str) -> list[str]:
    keys = [key for name in book.talks for key in (f"talk-{name}", f"talk-{name}.words") if key in TEXTS.keys(language)]
    return [word.strip() for key in keys for word in plain(TEXTS.render(language, key)).split("|")]


# --- lengths ----------------------------------------------------------------------------------------------------------

#: Letters of our own on one screen; more where people agree to something.
ROOM, ROOM_TO_AGREE = 350, {"fa": 450, "en": 550}


def own(key: str, language: str = "fa") -> int:
    """Letters of our own in the longest form of a sentence: without values, and without what is typed after a «/»."""
    forms = [re.sub("^/.*$", "", form.words, flags=re.MULTILINE) for form in variants(language, key)]
    return max(len(words.replace(GAP, "")) for words in forms)


def too_long(key: str, letters: int, language: str = "fa") -> bool:
    return letters > (ROOM_TO_AGREE[language] if key == "welcome" else ROOM)


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_words_leave_room_on_a_screen(language: str) -> None:
    assert too_long("welcome-more", ROOM + 1, language)
    assert [key for key in KEYS if too_long(key, own(key, language), language)] == []


def on_screen(reply: Reply) -> int:
    """Our own letters in a whole message. The line of a list counts once; what a role may do is a list too."""
    sentences = {reply.key}
    waiting = [*reply.values.values(), *reply.more]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Key) and not value.name.startswith("does-"):
            sentences.add(value.name)
            waiting += value.values.values()
    return sum(map(own, sentences))


def test_whole_messages_leave_room_on_a_screen(walked: Walk) -> None:
    """A message is often several sentences; these are all that the walk through every talk was told."""
    both = Reply("welcome-more", more=(Key("report-what"),))
    assert too_long("welcome-more", on_screen(both))
    said = walked.desk.said
    assert len(said) > 150
    assert {"welcome", "review", "help", "mydata", "card-new", "grant-confirm"} <= {key for key, *_ in said}
    assert [keys for keys, reply in said.items() if too_long(reply.key, on_screen(reply))] == []
