"""The Persian language in characters: cleaning what people write, digits, keys to compare, search and sort by."""

import re
import unicodedata
from collections.abc import Iterable

_PERSIAN_DIGITS = str.maketrans("0123456789٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹" * 2)
_ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Characters nobody can see (or that turn text around), which therefore hide, fake or break words. The visible
# signs that Unicode also calls "format" (Arabic number signs, end of verse) stay. A test holds this list against
# the whole of Unicode. The joiners U+200C and U+200D and the emoji selectors have rules of their own below.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u0640\u034f\u061c\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b"
    "\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffc"
    "\ufffe\uffff\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xF0000, 0x10000))
    + "\U000f0000-\U0010ffff]"
)
_SPACES = re.compile("[\t \xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]+")
_LINE_BREAK = re.compile(" ?\n ?")
_MANY_BREAKS = re.compile("\n{3,}")

#: No script needs more marks on one letter. Piles of them cover the lines around, and Unicode's normal form takes
#: quadratic time to order them: 100,000 would stop the process for seconds.
_MOST_MARKS = 8
_MAYBE_PILE = re.compile(r"[^\w\s\x00-\x7f]{9,}")

_ZWNJ, _ZWJ, _KEYCAP = "\u200c", "\u200d", "\u20e3"
_JOINERS = re.compile("[\u200c\u200d\ufe0e\ufe0f]+")
_SELECTORS = re.compile("[\ufe0e\ufe0f]")
#: Emoji whose character is not a symbol to Unicode: ‼ ⁉ 〰 ℹ.
_ODD_EMOJI = frozenset("\u203c\u2049\u3030\u2139")
#: What only colours or continues the emoji before it.
_EMOJI_TAIL = re.compile("\u200d.|[\U0001f3fb-\U0001f3ff]")
#: A digit in a key, and the two letters of a flag: seen as one sign.
_ONE_SIGN = re.compile("[0-9#*]\ufe0f?\u20e3|[\U0001f1e6-\U0001f1ff]{2}")

_FOLDS: dict[int, str | None] = {
    **dict.fromkeys(map(ord, "يىېۍے"), "ی"),
    **dict.fromkeys(map(ord, "كڪ"), "ک"),
    **dict.fromkeys(map(ord, "ةہھەۃ"), "ه"),
    ord("ٱ"): "ا",
    **dict.fromkeys(map(ord, "ءـ\u200c\u200d"), None),
}
#: Spellings of one word that no rule of letters makes equal; written as they look after folding.
_SPELLINGS = {"مساله": "مسیله"}
#: What a place is, said before its name; as it looks after folding.
_PLACE_NOUNS = frozenset({"محله", "محلهی", "شهرک", "کوی", "روستا", "روستای", "شهر", "شهرستان", "بخش", "دهستان"})
_NOT_WORD = re.compile(r"[\W_]+")
_WORD_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
#: What no line is cut behind.
_HANGING = " \u200c،,؛;:.–—-"
_HALF = frozenset("\u200d\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
_DIGIT = re.compile(r"\d")

#: Stands for آ while marks are dropped; no tidy text holds a private character.
_MADDA = "\ue000"
_MADDAS = dict.fromkeys(map(ord, "آ\ufe81\ufe82"), _MADDA)
_RANK = {letter: ("p" if place < 26 else "q") + chr(ord("a") + place % 26) for place, letter in enumerate(_ALPHABET)}


def tidy(text: str) -> str:
    """A person's words made safe to keep and to show.

    Unseen characters go (control, direction, zero width, private, lone surrogates); a ZWNJ stays between letters,
    a ZWJ inside an emoji; Arabic ي ى ك become Persian; spaces and line breaks are folded; the result is NFC.
    Takes any str, never fails, and changes nothing when used again.
    """
    text = _composed(_UNSEEN.sub("", _LINE_ENDS.sub("\n", text)))
    joined = _JOINERS.sub(_joiners_kept, text)
    if joined != text:
        # Taking a joiner out can bring a letter and its mark together.
        text = _composed(joined)
    text = _LINE_BREAK.sub("\n", _SPACES.sub(" ", text))
    text = _MANY_BREAKS.sub("\n\n", text).strip(" \n")
    return text.replace("ي", "ی").replace("ى", "ی").replace("ك", "ک")


def _composed(text: str) -> str:
    # Once more afterwards: a few signs become two marks in normal form.
    return _MAYBE_PILE.sub(_few_marks, unicodedata.normalize("NFC", _MAYBE_PILE.sub(_few_marks, text)))


def _few_marks(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for char in run[0]:
        marks = marks + 1 if unicodedata.category(char)[0] == "M" else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def _joiners_kept(run: re.Match[str]) -> str:
    before = run.string[run.start() - 1 : run.start()]
    after = run.string[run.end() : run.end() + 1]
    kept = ""
    if _is_emoji(before) or (after == _KEYCAP and before in tuple("0123456789#*")):
        selector = _SELECTORS.search(run[0])
        kept = selector[0] if selector else ""
    if _ZWJ in run[0] and _is_emoji(before) and _is_emoji(after):
        return kept + _ZWJ
    if _ZWNJ in run[0] and _ends_word(before) and after.isalpha():
        return kept + _ZWNJ
    return kept


def _is_emoji(char: str) -> bool:
    if char in _ODD_EMOJI:
        return True
    # Cn: emoji newer than this Python's tables are still emoji.
    return char >= "\xa9" and unicodedata.category(char) in {"So", "Sk", "Sm", "Cn"}


def _ends_word(char: str) -> bool:
    return char.isalpha() or (char != "" and unicodedata.category(char) == "Mn")


def has_words(text: str) -> bool:
    """True when it holds at least one letter or digit; emoji, punctuation and blank texts do not."""
    return any(char.isalnum() for char in _ONE_SIGN.sub("", tidy(text)))


def letters(text: str) -> int:
    """How many characters a person sees: without spaces and marks, an emoji of several parts counted once."""
    return sum(map(_is_seen, _EMOJI_TAIL.sub("", _ONE_SIGN.sub("*", tidy(text)))))


def _is_seen(char: str) -> bool:
    kind = unicodedata.category(char)
    return kind == "Cn" or kind[0] not in "MZC"


def persian_digits(value: int | str) -> str:
    """Latin and Arabic digits as Persian ones; everything else stays."""
    return str(value).translate(_PERSIAN_DIGITS)


def ascii_digits(text: str) -> str:
    """Digits of any script (Persian, Arabic, Latin, full-width, …) as 0–9; everything else stays."""
    return text if text.isascii() else _DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)


def folded(text: str) -> str:
    """One spelling for many: letters folded, diacritics and joiners dropped, small letters, digits 0–9, single spaces.

    For comparing and reading, never for showing.
    """
    return " ".join(_fold(tidy(text)).split())


def _fold(text: str) -> str:
    # Marks go before NFKD too: signs that become marks there would make piles of them (see _MOST_MARKS) again.
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", _without_marks(text)).casefold())
    return ascii_digits(_without_marks(spread).translate(_FOLDS))


def _without_marks(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char) != "Mn" and not unicodedata.combining(char))


def word_key(text: str) -> str:
    """Key for button labels and command words: «گزارش‌های من» and « گزارشهاي من! » have the same; "" when no word."""
    return _WORD_EDGES.sub("", folded(text).replace(" ", ""))


def search_key(text: str) -> str:
    """Key for finding names, whole or by their beginning: as word_key, without any punctuation."""
    key = _NOT_WORD.sub("", folded(text))
    for spelling, usual in _SPELLINGS.items():
        key = key.replace(spelling, usual)
    return key


def place_key(text: str) -> str:
    """The search key of a place's name alone: «محلهٔ علویان» and «علویان» have the same; a bare noun stays itself."""
    noun, _, name = folded(text).partition(" ")
    return search_key(name.removeprefix("ی ") if noun in _PLACE_NOUNS and has_words(name) else text)


def sort_key(text: str) -> str:
    """Key whose plain order is Persian alphabetical order: numbers by value, Persian words, then other scripts.

    Only a–z and 0–9, digits before letters, so that every database and collation agrees. ZWNJ counts for nothing,
    a space comes before every letter. Texts that differ only in diacritics or punctuation have the same key.
    """
    words = _NOT_WORD.sub(" ", _fold(tidy(text).translate(_MADDAS)).replace(_MADDA, "آ"))
    return "".join(map(_rank, re.findall(r"\d+|\D", words.strip())))


def _rank(piece: str) -> str:
    if piece == " ":
        return "a"
    if piece.isdecimal():
        value = piece.lstrip("0") or "0"
        # The length before the digits makes 2 come before 10; a longer run than 999 digits is no number.
        return f"d{min(len(value), 999):03d}{value[:999]}"
    if piece in _RANK:
        return _RANK[piece]
    return f"t{piece}" if "a" <= piece <= "z" else f"x{ord(piece):06x}"


def cut(text: str, limit: int) -> str:
    """The text on one line, at most `limit` (≥ 1) characters, shortened at a word's end with «…»."""
    return cut_line(" ".join(text.split()), limit)


def cut_line(line: str, limit: int) -> str:
    """The same of a text that `cut` has given."""
    if limit < 1:
        raise ValueError("a limit is at least 1")
    if len(line) <= limit:
        return line
    head = line[:limit]
    space = head.rfind(" ", limit // 2)
    # One word longer than half the room is cut inside, yet never between a letter and its mark or joined emoji.
    end = space if space > 0 else limit - 1
    while end > 0 and (line[end] in _HALF or line[end - 1] == _ZWJ or unicodedata.combining(line[end])):
        end -= 1
    return line[:end].rstrip(_HANGING) + "…"


def first_strong_is_rtl(text: str) -> bool | None:
    """Direction a line takes from its first strong character outside isolates; None when it has none."""
    depth = 0
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in {"LRI", "RLI", "FSI"}:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in {"L", "R", "AL"}:
            return kind != "L"
    return None


def said_digits(number: str, language: str) -> str:
    """A telephone number as readers of a language write it; it is one run of digits in either."""
    return persian_digits(number) if language == "fa" else ascii_digits(number)


def listed(items: Iterable[str], language: str) -> str:
    """Several things in one line. A list of numbers has no letter to tell its direction, so a mark does."""
    return "\u200f" + "، ".join(items) if language == "fa" else ", ".join(items)


def clauses(text: str) -> list[str]:
    """The parts of a sentence between its commas, semicolons and line ends, without those that are blank."""
    return [part for part in map(str.strip, re.split("[،؛,;\n]", text)) if part]
