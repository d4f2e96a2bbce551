"""Change one of the decisions in the draft of minutes: its words, who, by when, the reports it is about; or drop it."""

from __future__ import annotations

from domain.incoming import Kind as Sent
from domain.richtext import Key
from handlers.coordinator._decided import (
    current,
    decisions,
    drop,
    fitting,
    for_cases,
    in_words,
    spoken,
    take_up,
)
from handlers.talk import Choice, Outcome, Refusal, Reply, Row, Step, Take, Turn, go


def pick(turn: Turn, _: str) -> Outcome:
    """Which decision is to be changed, where there are several."""
    made = decisions(turn.draft)
    if not made:
        raise Refusal("not-understood")
    if len(made) > 1:
        return go("pick")
    take_up(turn.draft, 0)
    return go("change")


def ask_pick(turn: Turn) -> Reply:
    made = decisions(turn.draft)
    more = tuple(Key("minutes-line", {"n": n, "plan": in_words(turn, one)}) for n, one in enumerate(made, 1))
    rows = tuple((Choice(f"n:{n}", Key("minutes-nth", {"n": n + 1})),) for n in range(len(made)))
    return Reply("minutes-pick", more=more, buttons=rows)


def take_pick(turn: Turn, number: str) -> Outcome:
    if number not in map(str, range(len(decisions(turn.draft)))):
        raise Refusal("not-understood")
    take_up(turn.draft, int(number))
    return go("change")


def ask_change(turn: Turn) -> Reply:
    one = current(turn.draft)
    if one is None:
        raise LookupError("nothing was taken up")
    rows: tuple[Row, ...] = (
        (Choice("words", Key("minutes-change.words")), Choice("who", Key("minutes-change.who"))),
        (Choice("date", Key("minutes-change.date")), Choice("cases", Key("minutes-change.cases"))),
        (Choice("drop", Key("minutes-change.drop")), Choice("done", Key("minutes-change.done"))),
    )
    return Reply("minutes-change", more=(in_words(turn, one), *for_cases(turn, one)), buttons=rows)


def forget_it(turn: Turn, _: str) -> Outcome:
    drop(turn.draft)
    return go("confirm")


def ask_words(turn: Turn) -> Reply:
    return Reply("minutes-words")


def reword(turn: Turn, text: str) -> Outcome:
    turn.draft["what"] = fitting(text)
    turn.draft.pop("voice", None)
    return go("confirm")


def say_again(turn: Turn) -> Outcome:
    turn.draft.update(what="", voice=spoken(turn))
    return go("confirm")


def _to(step: str) -> Take:
    return lambda turn, _: go(step)


STEPS = {
    "pick": Step(ask_pick, choices={"n": take_pick}),
    "change": Step(
        ask_change,
        choices={
            "words": _to("words"),
            "who": _to("who"),
            "date": _to("date"),
            "cases": _to("cases"),
            "drop": forget_it,
            "done": _to("confirm"),
        },
    ),
    "words": Step(ask_words, text=reword, kinds={Sent.VOICE: say_again}),
}
