"""Blanks, signs and emoji where words are asked for: said so, with the question once more, at every step there is."""

from __future__ import annotations

import pytest

from bot.platforms import PLATFORMS
from bot.render import Renderer
from domain.richtext import plain
from handlers.book import Book
from handlers.talk import Reply
from tests.desk import Answer, Desk
from tests.walk import Walk

BLANK = ("\u200b\u202e", "\u2800", "\n \u200c \n", "😀", "👍🏽", "؟؟؟", "«»", "…")


@pytest.fixture(scope="module")
def desk(book: Book, renderer: Renderer) -> Desk:
    return Desk(book, renderer)


def test_every_question_that_takes_words_is_asked_once_more(desk: Desk) -> None:
    """Walked as people who together meet every question that there is."""
    met = set()

    def blank(who: str, answer: Answer, talk: str, step: str) -> None:
        if desk.book[talk].steps[step].text is None or desk.book[talk].greets:
            return
        met.add((talk, step))
        for typed in BLANK:
            with desk.undone():
                before = desk.kept(who)
                then = desk.says(who, typed)
                assert (then.keys, then.talk, then.step) == (["words-none"], talk, step), typed
                (reply,) = then.says
                assert isinstance(reply, Reply)
                for platform in PLATFORMS.values():
                    words = plain(desk.renderer.text(reply, platform, "fa"))
                    assert words.count("\n") >= 1, "the question stands under it"
                    assert "«»" not in words.replace("\u2068", "").replace("\u2069", ""), (talk, step)
                assert then.buttons, "there is a way out"
                assert desk.kept(who) == before

    for somebody in ("resident", "coordinator", "county officer"):
        Walk(desk, blank).all(somebody)
    there = {
        (talk.name, name)
        for talk in desk.book.talks.values()
        for name, step in talk.steps.items()
        if step.text is not None and not talk.greets
    }
    assert there - met == set()


@pytest.mark.parametrize("who", ["resident", "coordinator", "county officer"])
def test_after_a_command_they_are_as_if_nothing_stood_there(desk: Desk, who: str) -> None:
    for talk in desk.book.talks.values():
        if not talk.command:
            continue
        with desk.undone():
            alone = desk.says(who, f"/{talk.command}")
        for typed in BLANK:
            with desk.undone():
                then = desk.says(who, f"/{talk.command} {typed}")
                assert (then.keys, then.talk, then.step) == (alone.keys, alone.talk, alone.step), (talk.name, typed)
