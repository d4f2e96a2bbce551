"""What the desk promises to every talk, shown with talks made up for it."""

from __future__ import annotations

import pytest

from bot.render import Renderer
from domain.permissions import Do
from handlers.book import Book, find
from handlers.talk import Choice, Outcome, Refusal, Reply, Step, Talk, Turn, call, done, go, stay
from storage import people
from tests.desk import Desk

#: Any sentence without values: what is said here is of no matter.
SAYS = Reply("menu")


def writes_and_refuses(turn: Turn, text: str) -> Outcome:
    people.set_language(turn.tx, turn.person.id, "en")
    turn.draft["answer"] = text
    raise Refusal("not-understood")


def breaks(turn: Turn, text: str) -> Outcome:
    people.set_language(turn.tx, turn.person.id, "en")
    raise KeyError(text)


def keeps(turn: Turn, text: str) -> Outcome:
    turn.draft["answer"] = text
    return stay(SAYS)


def ask(turn: Turn) -> Reply:
    heard = turn.draft.get("answer")
    return Reply("draft-offer", {"title": str(heard)}, buttons=((Choice("keep:7", "7"), Choice("break", "!")),))


MADE_UP = Talk(
    name="parking",
    rule=Do.TAKE_PART,
    command="parking",
    start=lambda turn, rest: writes_and_refuses(turn, rest) if rest else go("one"),
    steps={
        "one": Step(
            ask, text=writes_and_refuses, choices={"keep": keeps, "break": breaks, "next": lambda t, _: go("two")}
        ),
        "two": Step(ask, choices={"on": lambda t, _: go("three")}),
        "three": Step(ask, choices={"join": lambda t, _: call("join", then="two"), "end": lambda t, _: done(SAYS)}),
    },
    actions={"keep": keeps},
)


@pytest.fixture(scope="module")
def desk(renderer: Renderer) -> Desk:
    return Desk(Book([*find(), MADE_UP], renderer.words), renderer)


def language(desk: Desk) -> str:
    row = desk.tx.one("SELECT language FROM persons WHERE id = :id", id=desk.persons["resident"])
    assert row is not None
    return str(row["language"])


def serial(desk: Desk) -> int:
    row = desk.tx.one("SELECT serial FROM talks WHERE state = 'open'")
    assert row is not None
    return int(row["serial"])


def presses(desk: Desk, value: str) -> tuple[list[str], str]:
    answer = desk.presses("resident", f"c:{serial(desk)}:{value}")
    return answer.keys, answer.step


def test_a_refusal_undoes_what_was_written_and_leaves_the_question_open(desk: Desk) -> None:
    with desk.undone():
        desk.says("resident", "/parking")
        before = serial(desk)
        answer = desk.says("resident", "هیچ")
        assert answer.keys == ["not-understood"]
        assert (answer.talk, answer.step) == ("parking", "one")
        assert language(desk) == "fa"
        assert serial(desk) == before, "the buttons above still work"
        assert {button.value for button, _ in answer.buttons if isinstance(button, Choice)} == {"keep:7", "break", "-"}


def test_a_refused_start_disturbs_nothing_that_was_open(desk: Desk) -> None:
    with desk.undone():
        open_before = desk.says("resident", "/track")
        answer = desk.says("resident", "/parking x")
        assert answer.keys == ["not-understood"]
        assert (answer.talk, answer.step) == (open_before.talk, open_before.step)
        assert language(desk) == "fa"


def test_a_bug_of_ours_is_not_hidden(desk: Desk) -> None:
    with desk.undone():
        desk.says("resident", "/parking")
        with pytest.raises(KeyError):
            presses(desk, "break:x")


def test_what_is_kept_in_the_draft_is_there_at_the_next_step(desk: Desk) -> None:
    with desk.undone():
        desk.says("resident", "/parking")
        presses(desk, "keep:7")
        then = desk.presses("resident", f"c:{serial(desk)}:next")
        assert then.says == (ask_of("7", then.says[0]),)


def ask_of(heard: str, said: object) -> Reply:
    assert isinstance(said, Reply)
    return Reply("draft-offer", {"title": heard}, said.buttons)


def test_back_goes_one_question_and_coming_again_makes_no_circle(desk: Desk) -> None:
    with desk.undone():
        desk.says("resident", "/parking")
        assert presses(desk, "<") == (["button-old"], "one"), "before the first question is none"
        assert presses(desk, "next")[1] == "two"
        assert presses(desk, "on")[1] == "three"
        assert presses(desk, "<")[1] == "two"
        assert presses(desk, "<")[1] == "one"
        assert presses(desk, "<") == (["button-old"], "one")


def test_a_talk_that_called_another_goes_on_afterwards(desk: Desk) -> None:
    with desk.undone():
        desk.says("resident", "/parking")
        for value in ("keep:7", "next", "on"):
            presses(desk, value)
        assert desk.presses("resident", f"c:{serial(desk)}:join").talk == "join"
        ended = desk.says("resident", "/cancel")
        assert (ended.keys, ended.talk) == (["cancelled"], "")
    with desk.undone():
        desk.says("resident", "/parking")
        for value in ("next", "on", "join"):
            presses(desk, value)
        desk.says("resident", "کرمان")
        then = desk.says("resident", "مطهری")
        assert (then.keys, then.talk, then.step) == (["moved", "draft-offer"], "parking", "two")


def test_an_action_that_only_says_something_leaves_the_open_question(desk: Desk) -> None:
    with desk.undone():
        before = desk.says("resident", "/track")
        after = desk.presses("resident", "a:parking.keep:1")
        assert (after.talk, after.step) == (before.talk, before.step)


def test_what_follows_join_is_a_name_however_long_it_is(desk: Desk) -> None:
    """The same words without the command are a report; with it they would come round for ever."""
    with desk.undone():
        answer = desk.says("newcomer", "/join چراغ کوچهٔ ما خاموش است")
        assert (answer.keys, answer.talk, answer.step) == (["join-not-found"], "join", "found")
    with desk.undone():
        desk.says("newcomer", "/join")
        assert desk.says("newcomer", "چراغ کوچهٔ ما خاموش است").talk == "report"
