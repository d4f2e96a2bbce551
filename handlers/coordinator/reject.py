"""Reject a case: a reason from the list and an explanation, proposed, typed or spoken; then the resident is told."""

from __future__ import annotations

from domain.cases import Move, Reason
from domain.codes import as_code
from domain.incoming import Kind
from domain.permissions import Do
from domain.persian import has_words, tidy
from domain.richtext import Key
from handlers._shown import explanation, holder, keep_name, reason_text, spoken, tell_parties, title
from handlers.coordinator._decide import begun, drafted, first_wins, lost, settled, unchanged
from handlers.talk import Choice, Outcome, Refusal, Reply, Step, Talk, Turn, Values, done, go
from storage import cases, media

#: Letters of an explanation, at least and at most.
SHORTEST, LONGEST = 5, 1000


@first_wins
def start(turn: Turn, rest: str) -> Outcome:
    """`/reject CODE REASON text`: at once."""
    code, reason, text = [*rest.split(maxsplit=2), "", "", ""][:3]
    if as_code(code) is None or reason not in set(Reason) or not text:
        raise Refusal("reject-usage", reasons=", ".join(Reason))
    begun(turn, code)
    turn.draft["reason"] = reason
    return _reject(turn, text)


@first_wins
def begin(turn: Turn, code: str) -> Outcome:
    begun(turn, code)
    return go("reason")


def ask_reason(turn: Turn) -> Reply:
    case = drafted(turn)
    buttons = tuple(
        (Choice(f"reason:{reason}", Key(f"reason-{reason.value.replace('_', '-')}.label")),) for reason in Reason
    )
    return Reply("reject-reason", {"title": title(case)}, buttons=buttons)


def take_reason(turn: Turn, reason: str) -> Outcome:
    if reason not in set(Reason):
        raise Refusal("not-understood")
    turn.draft["reason"] = reason
    return go("explanation")


def ask_explanation(turn: Turn) -> Reply:
    values: Values = {"reason": reason_text(Reason(turn.draft["reason"])), "proposed": _proposed(turn)}
    return Reply("reject-explanation", values, buttons=((Choice("fine", Key("reject-explanation.fine")),),))


def _proposed(turn: Turn) -> str:
    return turn.town.phrase(f"reason-{str(turn.draft['reason']).replace('_', '-')}.explanation")


@first_wins
def take_explanation(turn: Turn, text: str) -> Outcome:
    return _reject(turn, text)


@first_wins
def take_proposed(turn: Turn, _: str) -> Outcome:
    return _reject(turn, _proposed(turn))


def take_voice(turn: Turn) -> Outcome:
    """Spoken: the reporter hears the voice itself."""
    return _spoken(turn, "")


@first_wins
def _spoken(turn: Turn, _: str) -> Outcome:
    incoming = turn.incoming
    number = media.add(
        turn.tx,
        person=turn.person.id,
        kind=incoming.kind.value,
        bot=turn.account.bot,
        file_id=incoming.file_id,
        now=turn.seconds,
    )
    return _decide(turn, "", number)


def _reject(turn: Turn, text: str) -> Outcome:
    words = tidy(text)
    if not has_words(words) or not SHORTEST <= len(words) <= LONGEST:
        raise Refusal("reject-explanation-length", n=LONGEST)
    return _decide(turn, words, None)


def _decide(turn: Turn, words: str, voice: int | None) -> Outcome:
    before, reason = unchanged(turn), Reason(turn.draft["reason"])
    keep_name(turn)
    case = cases.move(turn.tx, before, Move.REJECT, actor=turn.person.id, now=turn.seconds, reason=reason)
    if words:
        cases.say(turn.tx, case.id, turn.person.id, "explanation", words, turn.seconds)
    if voice is not None:
        media.attach(turn.tx, case.id, [voice], "explanation", turn.seconds)
    told: Values = {
        "holder": holder(turn, case),
        "title": title(case),
        "reason": reason_text(reason),
        "explanation": explanation(turn, case),
    }
    news = Reply("case-rejected", told, media=spoken(turn, case))
    return done(Reply("reject-done", {"title": title(case)}), *tell_parties(turn, case, news), settled(turn, case))


talk = Talk(
    name="reject",
    rule=Do.MODERATE,
    command="reject",
    start=start,
    steps={
        "reason": Step(ask_reason, choices={"reason": take_reason}),
        "explanation": Step(
            ask_explanation,
            text=take_explanation,
            choices={"fine": take_proposed},
            kinds={Kind.VOICE: take_voice},
        ),
    },
    actions={"begin": begin},
    lost=lost,
)
