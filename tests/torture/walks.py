"""People who press whatever is there and say whatever comes to mind, through every talk that there is."""

from __future__ import annotations

from collections.abc import Callable

from handlers.book import find
from tests.torture.chats import Person, Story, data_of
from tests.torture.stories import DOT, Affairs

WORDS = (
    "برق کوچهٔ ۱۲ از هفتهٔ پیش قطع است",
    "کرمان",
    "محله",
    "شهر",
    "۱۵ دی",
    "۲۲ تا ۷",
    "48271905",
    "x",
    "راهنما",
    "لغو",
    "منو",
    "\u200b\u202e",
    "<b>*_`[x](y)",
    "خیلی " * 600,
    "😀" * 40,
)
AFTER = ("", "", "", " x", " 12345678", " kerman/n4", " 12345678 insufficient نشانی کافی نبود", " برق کوچه قطع است")
#: Steps after which somebody who hears nothing does something else.
PATIENCE = 40


def walker(person: Person, affairs: Affairs, *, settled: bool = False) -> Story:
    """One deed after another, each after an answer or a while. With `settled` they have agreed already (staff)."""
    commands = [f"/{talk.command}" for talk in find() if talk.command]
    if not settled:
        person.says(person.chance.choice(("/start", "سلام", "/start join_kerman_n4", "/report چراغ کوچه خاموش است")))
    while not affairs.closing:
        after = person.last
        for _ in range(PATIENCE):
            yield
            if any(True for _ in person.newer(after)):
                break
        person.chance.choice(_DEEDS)(person, commands)


def _presses(person: Person, _: list[str]) -> None:
    """A button of one of the newest messages; sometimes one that is long gone."""
    back = 4 if person.chance.random() < 0.8 else 60
    found = [(line.message_id, data) for line in person.lines[-back:] for data in data_of(line)]
    if found:
        person.presses(*person.chance.choice(found))


def _forges(person: Person, _: list[str]) -> None:
    line = next(person.newer(0), None)
    if line is not None:
        data = person.chance.choice(("c:1:yes", "a:nothing.at:all", "a:accept.begin:12345678", "x", "a:report.resume:"))
        person.presses(line.message_id, data, forged=True)


def _commands(person: Person, commands: list[str]) -> None:
    person.says(person.chance.choice(commands) + person.chance.choice(AFTER))


def _says(person: Person, _: list[str]) -> None:
    words = person.chance.choice(WORDS)
    person.says(f"{words} {person.ledger.mark()}" if person.chance.random() < 0.5 else words)


def _sends(person: Person, _: list[str]) -> None:
    match person.chance.choice(("photo", "photo", "voice", "document", "video", "sticker", "location", "contact")):
        case "photo":
            person.sends("photo", content=DOT, name="a.png", mime="image/png", caption=f"عکس {person.ledger.mark()}")
        case "location":
            person.shows_place(30.28, 57.08)
        case "contact":
            person.hands_card(person.id + 1)
        case kind:
            person.sends(kind)


def _edits(person: Person, _: list[str]) -> None:
    own = [line for line in person.lines[-10:] if line.person == person.id and line.kind == "text"]
    if own:
        person.edits(own[-1].message_id, f"نه، {person.chance.choice(WORDS)}")


_DEEDS: tuple[Callable[[Person, list[str]], None], ...] = (
    *[_presses] * 9,
    *[_commands] * 3,
    *[_says] * 4,
    *[_sends] * 3,
    _edits,
    _forges,
)
