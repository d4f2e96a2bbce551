"""Answer the council's question, or add something to a report: words, a voice or a photo."""

from __future__ import annotations

from domain.cases import UNDECIDED, Move, Part, State
from domain.incoming import Kind
from domain.permissions import Do
from domain.persian import has_words, tidy
from domain.richtext import Key
from handlers._shown import about, card, day, holder, label, promise, tell_moderators, title
from handlers.talk import Act, Choice, Outcome, Refresh, Refusal, Reply, Row, Step, Talk, Turn, done, go
from storage import cases, jobs, media
from storage.cases import Case, Moved

#: Letters of an answer, at most: with the report's own words it still fits on a card.
LONGEST = 1000
#: What else an answer may be.
SENT = frozenset({Kind.PHOTO, Kind.VOICE, Kind.VIDEO})


def expects(turn: Turn) -> bool:
    """Whether what comes without being asked for answers an open question of ours."""
    incoming = turn.incoming
    said = incoming.kind is Kind.TEXT and not incoming.command and has_words(incoming.text)
    return (said or incoming.kind in SENT) and bool(cases.asked(turn.tx, turn.person.id))


def start(turn: Turn, rest: str) -> Outcome:
    """Opened by its word (nothing follows it), or by whatever came while a question was open."""
    if turn.incoming.kind is Kind.PRESS and rest:
        return begin(turn, rest)
    open_ones = cases.asked(turn.tx, turn.person.id)
    if not open_ones:
        return done(Reply("answer-none", buttons=((Act("mine", "open", Key("talk-mine")),),)))
    kind = turn.incoming.kind
    came = kind in SENT or (kind is Kind.TEXT and bool(rest))
    if len(open_ones) == 1:
        turn.draft["code"] = open_ones[0].code
        return _take(turn, turn.incoming.text) if came else go("words")
    if came:
        _keep(turn)
    return go("which")


def begin(turn: Turn, code: str) -> Outcome:
    """The button under a question, or «add something» under a report."""
    case = _own(turn, code)
    turn.draft["code"] = case.code
    return go("words")


def _own(turn: Turn, code: str) -> Case:
    """The reporter's own case that still waits for its decision."""
    case = cases.by_code(turn.tx, code)
    if case is None or case.private or cases.part_of(turn.tx, case.id, turn.person.id) is not Part.REPORTER:
        raise Refusal("track-not-found")
    if case.state not in UNDECIDED:
        raise Refusal("answer-late")
    return case


# --- which question -----------------------------------------------------------------------------------------------


def ask_which(turn: Turn) -> Reply:
    rows: tuple[Row, ...] = tuple(
        (Choice(f"case:{case.code}", label(case)),) for case in cases.asked(turn.tx, turn.person.id)
    )
    return Reply("answer-which", buttons=rows)


def choose(turn: Turn, code: str) -> Outcome:
    turn.draft["code"] = _own(turn, code).code
    if turn.draft.get("text") or turn.draft.get("sent"):
        return _answered(turn, str(turn.draft.get("text", "")), turn.draft.get("sent"))
    return go("words")


def _keep(turn: Turn) -> None:
    """Keep what came until it is clear which question it answers."""
    turn.draft["text"] = _words(turn.incoming.text) if turn.incoming.text else ""
    turn.draft["sent"] = _sent(turn)


# --- the answer ---------------------------------------------------------------------------------------------------


def ask_words(turn: Turn) -> Reply:
    case = cases.by_code(turn.tx, str(turn.draft["code"]))
    if case is None:
        raise LookupError(turn.draft["code"])
    if case.state is State.NEEDS_INFO:
        return Reply("answer-words", {"question": cases.said(turn.tx, case.id, "question")})
    return Reply("answer-more", {"title": title(case)})


def take(turn: Turn, text: str) -> Outcome:
    return _take(turn, text)


def take_file(turn: Turn) -> Outcome:
    # What is no word under a photo takes nothing from it.
    return _take(turn, turn.incoming.text if has_words(turn.incoming.text) else "")


def _take(turn: Turn, text: str) -> Outcome:
    words = _words(text) if text else ""
    return _answered(turn, words, _sent(turn))


def _words(text: str) -> str:
    words = tidy(text)
    if not has_words(words) or len(words) > LONGEST:
        raise Refusal("answer-length", n=LONGEST)
    return words


def _sent(turn: Turn) -> int | None:
    if turn.incoming.kind not in SENT:
        return None
    return media.add(
        turn.tx,
        person=turn.person.id,
        kind=turn.incoming.kind.value,
        bot=turn.account.bot,
        file_id=turn.incoming.file_id,
        now=turn.seconds,
        as_file=turn.incoming.other_kind,
    )


def _answered(turn: Turn, words: str, sent: int | None) -> Outcome:
    case = _own(turn, str(turn.draft["code"]))
    asked = case.state is State.NEEDS_INFO
    if asked:
        due = promise(turn, case)
        try:
            case = cases.move(turn.tx, case, Move.ANSWER, actor=turn.person.id, now=turn.seconds, due=due)
        except Moved:
            raise Refusal("answer-late") from None
        jobs.drop(turn.tx, f"ask:{case.id}")
    if words:
        cases.say(turn.tx, case.id, turn.person.id, "answer", words, turn.seconds)
    if sent is not None:
        media.attach(turn.tx, case.id, [sent], "answer", turn.seconds)
    values = {"title": title(case), "due": day(case.due or turn.seconds), "holder": holder(turn, case)}
    thanks = Reply("answer-done", values) if asked else Reply("answer-added", {"title": title(case)})
    told = tell_moderators(turn, case) if asked else []
    return done(thanks, Refresh(about(case), card(turn, case)), *told)


_FILES = dict.fromkeys(SENT, take_file)

talk = Talk(
    name="answer",
    rule=Do.TAKE_PART,
    start=start,
    steps={
        "which": Step(ask_which, choices={"case": choose}),
        "words": Step(ask_words, text=take, kinds=_FILES),
    },
    actions={"begin": begin},
    expects=expects,
    watched=True,
)
