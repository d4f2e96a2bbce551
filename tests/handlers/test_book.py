"""Talks are found by being there, none takes what is another's, and every button leads somewhere."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import pytest

import handlers
from bot.platforms import PLATFORMS
from bot.render import Renderer
from domain.incoming import Incoming, Kind
from domain.permissions import RULES, Do
from domain.persian import word_key
from handlers.book import BUILT_IN, WHO, Book, Clash, find
from handlers.desk import BACK, CANCEL
from handlers.everyone.menu import KEYBOARD, LISTED
from handlers.talk import Act, Choice, Outcome, Reply, Talk, Turn, done
from tests.desk import data_of
from tests.sentences import LANGUAGES, TEXTS
from tests.walk import Walk


def start(turn: Turn, rest: str) -> Outcome:
    return done()


def made_up(name: str = "parking", **more: object) -> Talk:
    return Talk(**{"name": name, "rule": Do.TAKE_PART, "start": start, **more})  # type: ignore[arg-type]


GREETER = made_up("greeter", greets=True)
TAKER = made_up("taker", takes_anything=True)


def words(name: str) -> list[str]:
    return {"one": ["پارک", "جای پارک"], "other": ["جاي‌پارك"]}.get(name, [])


# --- found, not listed ------------------------------------------------------------------------------------------------


def test_every_file_beside_the_private_ones_is_a_talk_of_its_own_name() -> None:
    for who in WHO:
        folder = import_module(f"{handlers.__name__}.{who}")
        for module in pkgutil.iter_modules(folder.__path__):
            found = getattr(import_module(f"{folder.__name__}.{module.name}"), "talk", None)
            assert isinstance(found, Talk) != module.name.startswith("_"), f"{who}/{module.name}"
            assert found is None or found.name == module.name


def test_every_folder_of_talks_is_looked_into() -> None:
    assert {module.name for module in pkgutil.iter_modules(handlers.__path__) if module.ispkg} == set(WHO)


def test_the_whole_book_can_be_opened(book: Book) -> None:
    assert len(book.talks) == len(find()) > 15


@pytest.mark.parametrize(
    ("clashing", "what"),
    [
        ([made_up("one"), made_up("one")], "talk one"),
        ([made_up("one", command="park"), made_up("two", command="park")], "command park"),
        ([made_up("one"), made_up("other")], "word"),
        ([made_up("one", payload="p"), made_up("two", payload="p")], "link p"),
        ([made_up("one", jobs={"j": start}), made_up("two", jobs={"j": start})], "job j"),
        ([made_up("one", greets=True)], "greets"),
        ([made_up("one", takes_anything=True)], "takes anything"),
    ],
)
def test_two_talks_that_own_the_same_thing_are_refused(clashing: list[Talk], what: str) -> None:
    with pytest.raises(Clash, match=what):
        Book([GREETER, TAKER, *clashing], words)


def test_one_talk_may_say_its_word_in_several_ways() -> None:
    book = Book([GREETER, TAKER, made_up("one")], lambda name: ["پارک", "پارك", " پا‌رک! "] if name == "one" else [])
    assert book.named(Incoming(kind=Kind.TEXT, text="پارک"))[0] == "one"


# --- rules ------------------------------------------------------------------------------------------------------------


def test_every_talk_has_a_rule_and_every_rule_is_somebodys(book: Book) -> None:
    assert {talk.name for talk in book.talks.values() if talk.rule not in RULES} == set()
    # That something is urgent is said within the talk that writes to many.
    assert set(RULES) == set(Do) == {talk.rule for talk in book.talks.values()} | {Do.URGE}


# --- commands, words, keys --------------------------------------------------------------------------------------------


def test_the_six_listed_commands_exist_and_say_what_they_are_for(book: Book) -> None:
    assert LISTED == ("menu", "report", "mine", "help", "cancel", "stop")
    assert set(LISTED) <= set(book.commands)
    assert all(TEXTS.labels(f"talk-{name}.about").keys() == set(LANGUAGES) for name in LISTED)


def test_the_permanent_keyboard_has_six_keys(book: Book) -> None:
    keys = [name for row in KEYBOARD for name in row]
    assert len(keys) == len(set(keys)) == 6
    assert set(keys) <= set(book.talks)


def spellings(label: str) -> list[str]:
    arabic = label.replace("ی", "ي").replace("ک", "ك")
    return [
        label,
        arabic,
        label.replace("\u200c", ""),
        label.replace("\u200c", " "),
        arabic.replace("\u200c", ""),
        f"  {label.replace(' ', '   ')}  ",
        f"{label}!",
        f"\u200f{label}",
        label.upper(),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for row in KEYBOARD for name in row])
def test_a_key_opens_its_talk_however_it_is_typed(book: Book, renderer: Renderer, language: str, name: str) -> None:
    label = TEXTS.labels(f"talk-{name}")[language]
    assert label in [key for row in renderer.keyboard(language).rows for key in row]
    for typed in spellings(label):
        assert book.named(Incoming(kind=Kind.TEXT, text=typed)) == (name, ""), typed


@pytest.mark.parametrize("text", ["", "x" * 65, "گزارش مشکل آب و برق", "/nothing", "/start nothing_x", "سلام علیکم"])
def test_what_names_no_talk_opens_none_by_itself(book: Book, text: str) -> None:
    assert book.named(Incoming(kind=Kind.TEXT, text=text))[0] in {"", "welcome"}
    assert word_key(text) == "" or book.named(Incoming(kind=Kind.TEXT, text=text))[1] in {"", "nothing_x"}


# --- buttons ----------------------------------------------------------------------------------------------------------


def test_the_walk_meets_every_question_of_every_talk(walked: Walk, book: Book) -> None:
    """Its buttons and the few texts it types must lead to each; a question nobody reaches is one nobody needs."""
    asked = {(talk.name, step) for talk in book.talks.values() for step in talk.steps}
    assert asked - walked.seen == set()


def test_every_button_names_a_talk_and_an_action_that_exist(walked: Walk, book: Book) -> None:
    acts = [button for button, _, _ in walked.buttons if isinstance(button, Act)]
    assert {act.talk for act in acts} >= {"report", "track", "accept", "reject", "queue", "settings"}
    lost = {
        (act.talk, act.action)
        for act in acts
        if act.talk not in book or act.action not in {*book[act.talk].actions, *BUILT_IN}
    }
    assert lost == set()


def test_every_choice_is_taken_by_the_question_it_stands_under(walked: Walk, book: Book) -> None:
    lost = {
        (talk, step, button.value)
        for button, talk, step in walked.buttons
        if isinstance(button, Choice)
        if button.value.partition(":")[0] not in {*book[talk].steps[step].choices, BACK, CANCEL}
    }
    assert lost == set()


def test_every_choice_and_action_is_offered_somewhere(walked: Walk, book: Book) -> None:
    """What no button leads to is dead."""
    offered = {
        (talk, step, button.value.partition(":")[0])
        for button, talk, step in walked.buttons
        if isinstance(button, Choice)
    }
    acted = {(button.talk, button.action) for button, _, _ in walked.buttons if isinstance(button, Act)}
    choices = {
        (talk.name, name, one)
        for talk in book.talks.values()
        for name, step in talk.steps.items()
        for one in step.choices
    }
    actions = {(talk.name, action) for talk in book.talks.values() for action in talk.actions}
    # Pages turn where a list is longer than one: the talks' own tests have such lists.
    assert {one for one in choices - offered if one[2] not in {"page", "all"}} == set()
    assert {one for one in actions - acted if one[1] != "page"} == set()


def test_every_question_can_be_left(walked: Walk) -> None:
    left = {
        (talk, step) for button, talk, step in walked.buttons if isinstance(button, Choice) and button.value == CANCEL
    }
    assert walked.seen - left == set()


def test_what_a_button_carries_fits_and_is_what_the_walk_presses(walked: Walk, renderer: Renderer) -> None:
    for button, _, _ in walked.buttons:
        data = data_of(button, 2**31 - 1)
        assert len(data.encode()) <= 64
        for platform in PLATFORMS.values():
            (call,) = renderer.calls(Reply("menu", buttons=((button,),)), platform, "fa", serial=2**31 - 1)
            assert call.params["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == data
