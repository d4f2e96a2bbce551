"""What residents do all day: stories that must come to their end however often the bot dies in them."""

from __future__ import annotations

import base64
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.torture.chats import Ledger, Person, Story, data_of

PROBLEMS = (
    "چراغ کوچه خاموش است",
    "جوی آب گرفته و بو می‌دهد",
    "آسفالت سر کوچه فرو رفته",
    "سطل زباله روزهاست خالی نشده",
    "فاضلاب بیرون زده، فوری است",
)
#: A picture that can be drawn anew: a red dot.
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mP8z8BQz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC"
)


@dataclass
class Affairs:
    """What the people of the town know of each other."""

    ledger: Ledger
    #: Place → number, place → name, and place → codes that wait for a decision.
    places: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    without_council: set[str] = field(default_factory=set)
    todo: dict[str, deque[str]] = field(default_factory=dict)
    #: Whose report was asked about: place, code and the question's mark, until they have answered.
    questions: dict[tuple[str, int], deque[tuple[str, str, str]]] = field(default_factory=dict)
    coordinators: dict[str, list[Person]] = field(default_factory=dict)
    #: Residents whose place does not change, once they have joined.
    joined: dict[str, set[tuple[str, int]]] = field(default_factory=dict)
    #: Nobody begins anything new.
    closing: bool = False

    def waiting(self, place: str) -> deque[str]:
        return self.todo.setdefault(place, deque())


# --- arriving ---------------------------------------------------------------------------------------------------------


def arrives(person: Person, affairs: Affairs, place: str = "") -> Story:
    """Agrees, and joins: through the lists, or by a neighbourhood's link. Staff only agree."""
    by_link = bool(place) and person.chance.random() < 0.4
    said = person.says(f"/start join_{place.replace('/', '_')}" if by_link else "/start")
    yield from press(person, r"^c:\d+:yes$", said)
    if not place:
        yield from press(person, r"^c:\d+:-$", said)
        yield from person.until(lambda: True if _is_free(person, said) else None, "an end of joining")
        return
    if not by_link:
        county = place.partition("/")[0]
        yield from press(person, rf"^c:\d+:place:{affairs.places[county]}$", said)
        yield from press(person, rf"^c:\d+:place:{affairs.places[place]}$", said)
        if place in affairs.without_council:
            yield from press(person, r"^c:\d+:on$", said)
    yield from person.until(lambda: _has_joined(person, said, affairs.names[place]), f"to have joined {place}")
    affairs.joined.setdefault(place, set()).add(person.who)


def _is_free(person: Person, said: int) -> bool:
    newest = next(person.newer(said), None)
    return newest is not None and not newest.inline


def _has_joined(person: Person, said: int, name: str) -> bool | None:
    return True if any(name in line.text and not line.inline for line in person.newer(said)) else None


def says(person: Person, after: int, text: str) -> bool | None:
    """Whether the bot has said this since."""
    return True if any(text in line.text for line in person.newer(after)) else None


def press(person: Person, pattern: str, after: int, text: str = "") -> Iterator[None]:
    """Press a button as soon as it is there."""
    yield from person.until(lambda: person.button(pattern, after, text), f"the button {pattern} {text} after {after}")
    found = person.button(pattern, after, text)
    assert found is not None
    person.presses(*found)
    yield


# --- residents --------------------------------------------------------------------------------------------------------


def resident(person: Person, affairs: Affairs, place: str) -> Story:
    yield from arrives(person, affairs, place)
    mine: list[str] = []
    while not affairs.closing:
        if affairs.questions.get(person.who):
            yield from answers(person, affairs)
            continue
        roll = person.chance.random()
        if roll < 0.55:
            yield from reports(person, affairs, place, mine)
        elif roll < 0.63:
            yield from withdraws(person, affairs, mine)
        elif roll < 0.8:
            yield from asks(person)
        else:
            yield from looks(person)
    while affairs.questions.get(person.who):
        yield from answers(person, affairs)


def reports(person: Person, affairs: Affairs, place: str, mine: list[str]) -> Story:
    """A report or a proposal through all its questions, with a photo, a voice, a place or second thoughts."""
    chance, ledger = person.chance, affairs.ledger
    mark, spot = ledger.mark(), ""
    kind = "propose" if chance.random() < 0.15 else "report"
    said = person.says(f"/{kind} {chance.choice(PROBLEMS)} {mark}")
    way = chance.choice(("plain", "plain", "photo", "photos", "voice", "map", "where"))
    yield from person.until(lambda: person.button(r"^c:\d+:nowhere$", said), "the question where")
    if way in ("photo", "photos"):
        for _ in range(2 if way == "photos" else 1):
            person.sends("photo", content=DOT, name="a.png", mime="image/png")
            yield
    elif way == "voice":
        person.sends("voice")
    if way == "map":
        person.shows_place(30.28 + chance.random() / 100, 57.08)
    elif way == "where":
        spot = ledger.mark()
        person.says(f"پشت مدرسه {spot}")
    else:
        yield from press(person, r"^c:\d+:nowhere$", said)
    categories = r"^c:\d+:category:"
    yield from person.until(lambda: person.button(categories, said), "the question of the subject")
    yield from press(person, categories + chance.choice(("", "", "other$")), said)
    if chance.random() < 0.15:
        yield from press(person, r"^c:\d+:words$", said)
        yield from person.until(lambda: asks_for_words(person, said), "the question what")
        mark = ledger.mark()
        said = person.says(f"درست‌ترش این است: {chance.choice(PROBLEMS)} {mark}")
    yield from press(person, r"^c:\d+:submit$", said)
    yield from person.until(lambda: person.receipt(said, ledger.cases), f"the receipt of {mark}")
    code = person.receipt(said, ledger.cases)
    assert code is not None
    ledger.cases[code] = (mark, person.who)
    ledger.words[mark] = "text"
    if spot:
        ledger.words[spot] = "place"
    if chance.random() < 0.12:
        mine.append(code)
    else:
        affairs.waiting(place).append(code)


def asks_for_words(person: Person, said: int) -> bool | None:
    """A question for words alone has no button but the ways out."""
    ways = [data_of(line) for line in person.newer(said) if line.inline]
    return True if any(all(one.endswith((":<", ":-")) for one in data) for data in ways) else None


def withdraws(person: Person, affairs: Affairs, mine: list[str]) -> Story:
    """Takes a report of their own back, by its card."""
    if not mine:
        return
    code = mine.pop()
    said = person.says(f"/track {code}")
    yield from press(person, rf"^a:withdraw\.begin:{code}$", said)
    yield from press(person, r"^c:\d+:yes$", said, affairs.ledger.cases[code][0])
    affairs.ledger.decided[code] = "withdrawn"


def answers(person: Person, affairs: Affairs) -> Story:
    """Answers a question of the council under its button."""
    # Whoever asked decides: the report may have been moved to another council than the resident's own.
    code, question, place = affairs.questions[person.who][0]
    asked = person.last
    yield from press(person, rf"^a:answer\.begin:{code}$", 0)
    yield from person.until(lambda: _is_asked(person, asked, question), f"to be asked about {code}")
    mark = affairs.ledger.mark()
    said = person.says(f"بله همان‌جاست {mark}")
    affairs.ledger.words[mark] = "answer"
    affairs.questions[person.who].popleft()
    # Whoever decides meanwhile would be told that something has changed: it is theirs again once this is taken.
    yield from person.until(lambda: says(person, said, affairs.ledger.cases[code][0]), f"thanks for {mark}")
    affairs.waiting(place).append(code)


def _is_asked(person: Person, after: int, question: str) -> bool | None:
    found = any(line.inline and question in line.text for line in person.newer(after))
    return True if found else None


def asks(person: Person) -> Story:
    """Short questions, each answered by one message."""
    for _ in range(person.chance.randrange(1, 4)):
        person.says("/numbers")
        yield


def looks(person: Person) -> Story:
    """Looks around, and says things that fit nowhere."""
    chance = person.chance
    words = chance.choice(("/mine", "/menu", "/help", "/issues", "/settings", "/track", "ها", "؟", "/cancel"))
    said = person.says(words)
    if words == "/track":
        person.says("/cancel")
    if chance.random() < 0.3:
        person.edits(said, "/help")
    yield


def asker(person: Person, affairs: Affairs, place: str) -> Story:
    """Somebody who only ever asks what one message answers: what they hear can be counted."""
    yield from arrives(person, affairs, place)
    heard = person.last
    person.ledger.asked[person.who] = 0
    while not affairs.closing:
        for _ in range(person.chance.randrange(1, 4)):
            person.says("/numbers")
            person.ledger.asked[person.who] += 1
            yield
        wanted = person.ledger.asked[person.who]
        yield from person.until(
            lambda wanted=wanted: True if sum(1 for _ in person.newer(heard)) >= wanted else None,  # type: ignore[misc]
            f"{wanted} answers",
        )
