"""Hide what shows a person: the words are written anew without the name, a photo is taken out of sight."""

from __future__ import annotations

from domain.cases import Move, Part
from domain.permissions import Do
from domain.persian import has_words, tidy
from domain.public import LONGEST as LONGEST_TITLE
from domain.richtext import Key
from handlers._shown import about, card, keep_name, title
from handlers.coordinator._decide import begun, by_code, drafted, first_wins, lost, unchanged
from handlers.coordinator._hidden import by_hand, said, take_out, words_hidden
from handlers.talk import Choice, Notice, Outcome, Refresh, Refusal, Reply, Row, Step, Talk, Turn, done, go
from storage import cases, media, public, showings
from storage.audience import Unasked
from storage.cases import Case

#: The words of a reporter in which a name may stand; beside them stands what everybody reads.
PARTS = ("text", "place", "answer")
#: What a photo may show that must not be seen.
SHOWN = ("face", "plate", "home")


@first_wins
def begin(turn: Turn, code: str) -> Outcome:
    begun(turn, code, open_too=True)
    return go("what")


def _said(turn: Turn, case: Case) -> dict[str, str]:
    found = {part: cases.said(turn.tx, case.id, part) for part in PARTS}
    copy = public.of(turn.tx, case.id)
    return {part: words for part, words in {**found, "public": copy.title if copy else ""}.items() if words}


def _photos(turn: Turn, case: Case) -> list[int]:
    sent = [*media.of_case(turn.tx, case.id), *media.of_case(turn.tx, case.id, "answer")]
    return [one.id for one in sent if one.kind in {"photo", "video"}]


def ask_what(turn: Turn) -> Reply:
    case = drafted(turn)
    rows: list[Row] = [(Choice(f"part:{part}", Key(f"redact-part-{part}")),) for part in _said(turn, case)]
    for n, number in enumerate(_photos(turn, case), 1):
        rows.append((Choice(f"photo:{number}", Key("redact-what.photo", {"n": n})),))
    return Reply("redact-what", {"title": title(case)}, buttons=tuple(rows))


# --- words --------------------------------------------------------------------------------------------------------


def choose_part(turn: Turn, part: str) -> Outcome:
    if part not in _said(turn, drafted(turn)):
        raise Refusal("not-understood")
    turn.draft["part"] = part
    return go("words")


def ask_words(turn: Turn) -> Reply:
    case, part = drafted(turn), str(turn.draft["part"])
    return Reply("redact-words", {"words": _said(turn, case).get(part, "")}, about=said(case, part))


@first_wins
def take_words(turn: Turn, text: str) -> Outcome:
    words, part = tidy(text), str(turn.draft["part"])
    longest = LONGEST_TITLE if part == "public" else turn.town.longest
    if not has_words(words) or len(words) > longest:
        raise Refusal("redact-length", n=longest)
    case = unchanged(turn, open_too=True)
    if words == _said(turn, case).get(part):
        raise Refusal("redact-same")
    if part == "public":
        public.retitle(turn.tx, case.id, " ".join(words.split()))
    else:
        cases.rewrite(turn.tx, case.id, part, words)
    return _redacted(turn, case, "name", part)


# --- photos -------------------------------------------------------------------------------------------------------


def choose_photo(turn: Turn, number: str) -> Outcome:
    if number not in map(str, _photos(turn, drafted(turn))):
        raise Refusal("not-understood")
    turn.draft["photo"] = int(number)
    return go("why")


def ask_why(turn: Turn) -> Reply:
    rows: tuple[Row, ...] = tuple((Choice(f"why:{shown}", Key(f"redacted-{shown}")),) for shown in SHOWN)
    # A new message: the photo must stand above the question about it.
    return Reply("redact-why", media=(int(turn.draft["photo"]),), buttons=rows, edit=False)


@first_wins
def hide_photo(turn: Turn, shown: str) -> Outcome:
    if shown not in SHOWN:
        raise Refusal("not-understood")
    case = unchanged(turn, open_too=True)
    photo = int(turn.draft["photo"])
    public.hide(turn.tx, case.id, photo)
    # Out of the chats too: of colleagues, and of residents who saw it with the public copy.
    showings.take_out(turn.tx, photo, turn.seconds)
    return _redacted(turn, case, shown)


def _redacted(turn: Turn, before: Case, what: str, part: str = "") -> Outcome:
    keep_name(turn)
    case = cases.move(turn.tx, before, Move.REDACT, actor=turn.person.id, now=turn.seconds)
    news = Reply("case-redacted", {"title": title(case), "what": Key(f"redacted-{what}")})
    told = [Notice(person, news, Unasked.OWN_CASE) for person in cases.parties(turn.tx, case.id, Part.REPORTER)]
    copy = public.of(turn.tx, case.id)
    # What everybody reads was written by a colleague; whether the name stands there too only a person can tell.
    more = (Key("redact-public", {"public": copy.title}),) if copy and what == "name" else ()
    cleared = words_hidden(turn, case, part) if part else []
    shown = Refresh(about(case), card(turn, case))
    return done(Reply("redact-done", {"title": title(case)}, more=more), *told, shown, *cleared)


talk = Talk(
    name="redact",
    rule=Do.MODERATE,
    start=by_code(begin),
    steps={
        "what": Step(ask_what, choices={"part": choose_part, "photo": choose_photo}),
        "words": Step(ask_words, text=take_words),
        "why": Step(ask_why, choices={"why": hide_photo}),
    },
    actions={"begin": begin},
    jobs={"take-out": take_out, "by-hand": by_hand},
    lost=lost,
)
