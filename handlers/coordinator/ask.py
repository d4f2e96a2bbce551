"""Ask the reporter one question: the promise to them rests until they answer, or until the date has passed."""

from __future__ import annotations

from domain.cases import Move, Part, State
from domain.codes import as_code
from domain.permissions import Do
from domain.persian import has_words, tidy
from domain.richtext import Key
from handlers._shown import about, card, day, holder, keep_name, promise, tell_moderators, title
from handlers.coordinator._decide import Faster, begun, drafted, first_wins, lost, settled, unchanged
from handlers.talk import Act, Notice, Outcome, Refresh, Refusal, Reply, Step, Talk, Turn, Work, done, go
from storage import cases, jobs
from storage.audience import Unasked

#: Letters of a question, at most: it is the text of one message that a tired person reads.
LONGEST = 400
#: Working days for the answer.
DAYS = 5


@first_wins
def start(turn: Turn, rest: str) -> Outcome:
    """`/ask CODE question`: at once."""
    code, question = [*rest.split(maxsplit=1), "", ""][:2]
    if as_code(code) is None or not question:
        raise Refusal("ask-usage")
    _begun(turn, code)
    return _ask(turn, question)


@first_wins
def begin(turn: Turn, code: str) -> Outcome:
    _begun(turn, code)
    return go("question")


def _begun(turn: Turn, code: str) -> None:
    case = begun(turn, code)
    if case.state is State.NEEDS_INFO:
        raise Faster(case)  # one question at a time


def question(turn: Turn) -> Reply:
    return Reply("ask-question", {"title": title(drafted(turn)), "n": LONGEST})


@first_wins
def take(turn: Turn, text: str) -> Outcome:
    return _ask(turn, text)


def _ask(turn: Turn, text: str) -> Outcome:
    words = tidy(text)
    if not has_words(words) or len(words) > LONGEST:
        raise Refusal("ask-length", n=LONGEST)
    until = int(turn.town.calendar.due(turn.now, DAYS).timestamp())
    keep_name(turn)
    case = cases.move(turn.tx, unchanged(turn), Move.ASK, actor=turn.person.id, now=turn.seconds, due=until)
    cases.say(turn.tx, case.id, turn.person.id, "question", words, turn.seconds)
    refresh = settled(turn, case)
    jobs.put(turn.tx, "ask-over", f"ask:{case.id}", until + 1, {"case": case.id})
    asked = Reply(
        "case-asked",
        {"holder": holder(turn, case), "title": title(case), "question": words, "due": day(until)},
        buttons=((Act("answer", "begin", Key("case-asked.answer"), case.code),),),
    )
    reporters = [Notice(person, asked, Unasked.OWN_CASE) for person in cases.parties(turn.tx, case.id, Part.REPORTER)]
    return done(Reply("ask-done", {"title": title(case), "due": day(until)}), *reporters, refresh)


def over(work: Work, ids: dict[str, int]) -> list[Notice | Refresh]:
    """Nobody answered in time: the case goes back to those who asked, and they decide with what they have."""
    case = cases.by_id(work.tx, ids["case"])
    if case.state is not State.NEEDS_INFO or case.private or (case.asked_until or 0) > work.seconds:
        return []
    case = cases.move(work.tx, case, Move.TIME_OUT, actor=None, now=work.seconds, due=promise(work, case))
    due = day(case.due or work.seconds)
    news = Reply("case-unanswered", {"title": title(case), "due": due, "holder": holder(work, case)})
    reporters = [Notice(person, news, Unasked.OWN_CASE) for person in cases.parties(work.tx, case.id, Part.REPORTER)]
    # Cards that are there already change; those who decide hear of it, since it is their turn again.
    return [Refresh(about(case), card(work, case)), *reporters, *tell_moderators(work, case)]


talk = Talk(
    name="ask",
    rule=Do.MODERATE,
    command="ask",
    start=start,
    steps={"question": Step(question, text=take)},
    actions={"begin": begin},
    lost=lost,
    jobs={"ask-over": over},
)
