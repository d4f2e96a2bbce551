"""What staff do all day: they decide, ask, move, write to everybody, and give roles."""

from __future__ import annotations

from collections import deque

from tests.torture.chats import Ledger, Person, Story
from tests.torture.stories import DOT, Affairs, asks_for_words, press, says


def coordinator(person: Person, affairs: Affairs, place: str, elsewhere: str) -> Story:
    """Decides whatever comes; writes to everybody now and then."""
    while True:
        yield from _asked_for(person)
        todo = affairs.waiting(place)
        if todo and person.chance.random() < 0.8:
            yield from decides(person, affairs, todo.popleft(), place, elsewhere)
        elif affairs.closing:
            return
        elif person.chance.random() < 0.02 and elsewhere:
            yield from broadcasts(person, affairs, place)
        elif person.chance.random() < 0.05:
            person.says(person.chance.choice(("/queue", "/numbers", "/invite", "/mine")))
        yield


def _asked_for(person: Person) -> Story:
    """What others want of them comes first."""
    while person.orders:
        person.says(person.orders.pop(0))
        yield
    while person.aside:
        yield from person.aside.pop(0)


def decides(person: Person, affairs: Affairs, code: str, place: str, elsewhere: str) -> Story:
    yield from person.until(lambda: person.sees(code), f"the card of {code}")
    chance, ledger = person.chance, affairs.ledger
    mark, reporter = ledger.mark(), ledger.cases[code][1]
    way = chance.choice(("accept", "accept", "reject", "accept by buttons", "reject by buttons", "ask", "move", "race"))
    if way == "move" and (not elsewhere or affairs.closing):
        way = "accept"
    if way == "race" and len(affairs.coordinators[place]) < 2:
        way = "reject"
    if way == "ask" and affairs.closing:
        way = "reject"
    match way:
        case "accept":
            person.says(f"/accept {code} بازدید فردا {mark}")
            _decided(ledger, code, "accepted", mark, "next_step", reporter)
        case "reject":
            person.says(f"/reject {code} insufficient نشانی کافی نبود {mark}")
            _decided(ledger, code, "rejected", mark, "explanation", reporter)
        case "accept by buttons":
            yield from _accepts(person, affairs, code, mark, reporter)
        case "reject by buttons":
            yield from _rejects(person, affairs, code, mark, reporter)
        case "ask":
            person.says(f"/ask {code} کدام کوچه؟ {mark}")
            ledger.words[mark], ledger.read[mark] = "question", reporter
            affairs.questions.setdefault(reporter, deque()).append((code, mark, place))
        case "move":
            said = person.says(f"/move {code} {elsewhere}")
            yield from person.until(lambda: says(person, said, ledger.cases[code][0]), f"{code} to be moved")
            affairs.waiting(elsewhere).append(code)
        case "race":
            other = next(one for one in affairs.coordinators[place] if one is not person)
            second = ledger.mark()
            person.says(f"/accept {code} بازدید فردا {mark}")
            other.orders.append(f"/reject {code} not_feasible اکنون نمی‌شود {second}")
            ledger.taken[code] = (mark, second)


def _decided(ledger: Ledger, code: str, state: str, mark: str, part: str, reporter: tuple[str, int]) -> None:
    ledger.decided[code] = state
    ledger.words[mark], ledger.read[mark] = part, reporter


def _accepts(person: Person, affairs: Affairs, code: str, mark: str, reporter: tuple[str, int]) -> Story:
    begun, about = person.last, affairs.ledger.cases[code][0]
    yield from press(person, rf"^a:accept\.begin:{code}$", 0)
    yield from press(person, r"^c:\d+:step$", begun, about)
    yield from person.until(lambda: asks_for_words(person, begun), "the question of the next step")
    said = person.says(f"گشت ویژه {mark}")
    yield from press(person, r"^c:\d+:accept$", said, mark)
    _decided(affairs.ledger, code, "accepted", mark, "next_step", reporter)


def _rejects(person: Person, affairs: Affairs, code: str, mark: str, reporter: tuple[str, int]) -> Story:
    begun, about = person.last, affairs.ledger.cases[code][0]
    yield from press(person, rf"^a:reject\.begin:{code}$", 0)
    yield from press(person, r"^c:\d+:reason:other_channel$", begun, about)
    yield from person.until(lambda: person.button(r"^c:\d+:fine$", begun), "the question of the explanation")
    person.says(f"جای دیگری باید گفت {mark}")
    _decided(affairs.ledger, code, "rejected", mark, "explanation", reporter)


def broadcasts(person: Person, affairs: Affairs, place: str, *, photo: bool | None = None) -> Story:
    """Writes to everybody of the neighbourhood, with a photo or without."""
    if not set(affairs.joined.get(place, ())) - {person.who}:
        return
    mark = affairs.ledger.mark()
    said = person.says(f"/broadcast جلسهٔ شورا فردا ساعت پنج است {mark}")
    yield from person.until(lambda: person.button(r"^c:\d+:send$", said, mark), "a look at the broadcast")
    if photo or (photo is None and person.chance.random() < 0.3):
        person.sends("photo", content=DOT, name="a.png", mime="image/png")
        yield from person.until(lambda: person.button(r"^c:\d+:photo$", said, mark), "a look at its photo")
    # Whoever has joined by now is in it for certain, for nobody leaves.
    there = set(affairs.joined.get(place, ())) - {person.who}
    yield from press(person, r"^c:\d+:send$", said, mark)
    affairs.ledger.broadcasts[mark] = there


def officer(person: Person, affairs: Affairs, targets: list[Person], place: str, beside: str) -> Story:
    """Gives roles and takes them back, and decides where there is no council."""
    held: set[tuple[str, int]] = set()
    while True:
        yield from _asked_for(person)
        todo = affairs.waiting(beside)
        if todo and person.chance.random() < 0.7:
            yield from decides(person, affairs, todo.popleft(), beside, "")
        elif affairs.closing:
            return
        elif person.chance.random() < 0.2:
            ready = [one for one in targets if one.who in affairs.joined.get(place, ())]
            if ready:
                target = person.chance.choice(ready)
                told = affairs.ledger.roles.setdefault(target.who, [0, 0])
                verb = "revoke" if target.who in held else "grant"
                person.says(f"/{verb} {target.platform}:{target.id} council_member {place}")
                told[verb == "revoke"] += 1
                held ^= {target.who}
        yield
