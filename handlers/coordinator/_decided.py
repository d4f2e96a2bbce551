"""The decisions in the draft of minutes: the one that is being said, those before it, and who is meant by a name."""

from __future__ import annotations

from typing import Any

from domain.actions import FURTHEST, LONGEST, SHORTEST, Who, end_of_day
from domain.jalali import WeekdayMismatch, tehran_day
from domain.minutes import MOST_DECISIONS, Said, understood
from domain.permissions import STAFF
from domain.persian import clauses, has_words, letters, search_key, tidy
from domain.richtext import Key, Value
from handlers._actions import what, who
from handlers._shown import day, public_title
from handlers.coordinator._doers import agencies, staff
from handlers.talk import Refusal, Turn
from storage import cases, media, people, places

#: One decision as it lies in the draft.
Decision = dict[str, Any]
#: What a decision is made of. `at`: its place among the others, when it was taken up again; `action`: the plan that it
#: is already, in minutes that are corrected.
_PARTS = ("what", "voice", "who", "name", "owner", "due", "cases", "action", "at")
#: Steps of asking that belong to no other decision.
_ASKED = ("named", "doer", "month")


def current(draft: Decision) -> Decision | None:
    """The decision that is being said, if there is one; it may lack who does it, or by when."""
    return {part: draft[part] for part in _PARTS if part in draft} if "what" in draft else None


def decisions(draft: Decision) -> list[Decision]:
    """Everything that was decided and said whole, in its order."""
    made, now = list(draft["made"]), current(draft)
    if now is not None and _is_whole(now):
        made.insert(now.get("at", len(made)), now)
    return made


def keep(draft: Decision) -> None:
    """Put the decision that was said among the others; one that was not said to its end goes."""
    draft["made"] = [{part: one[part] for part in one if part != "at"} for one in decisions(draft)]
    drop(draft)


def drop(draft: Decision) -> None:
    """Forget the decision that is being said."""
    for part in (*_PARTS, *_ASKED):
        draft.pop(part, None)


def take_up(draft: Decision, n: int) -> None:
    """Go on with one that was said before."""
    keep(draft)
    draft.update(draft["made"].pop(n), at=n)


def _is_whole(one: Decision) -> bool:
    return "who" in one and "due" in one


# --- from words -------------------------------------------------------------------------------------------------------


def say(turn: Turn, text: str) -> None:
    """Begin a decision from somebody's words, with who and by when where they say so."""
    said = _understood(turn, text)
    begin(turn)
    meant = guess(turn, said.who) if said.who else None
    if meant is not None:
        turn.draft.update(who=meant[0].value, name=meant[1], owner=meant[2])
    elif said.who and said.due is not None:
        turn.draft["named"] = said.who
    whole = " ".join(tidy(text).split())
    turn.draft["what"] = fitting(whole if said.who and meant is None and said.due is None else said.what)
    if said.due is not None:
        turn.draft["due"] = end_of_day(said.due)


def begin(turn: Turn) -> None:
    """Make room for another decision."""
    keep(turn.draft)
    if len(turn.draft["made"]) >= MOST_DECISIONS:
        raise Refusal("minutes-enough", n=MOST_DECISIONS)
    turn.draft["cases"] = []


def spoken(turn: Turn) -> int:
    """Keep the voice of this message; its number."""
    return media.add(
        turn.tx,
        person=turn.person.id,
        kind="voice",
        bot=turn.account.bot,
        file_id=turn.incoming.file_id,
        now=turn.seconds,
        as_file=turn.incoming.other_kind,
    )


def _understood(turn: Turn, text: str) -> Said:
    today = tehran_day(turn.now)
    try:
        said = understood(tidy(text), today)
    except WeekdayMismatch as wrong:
        raise Refusal("due-weekday", date=wrong.day) from None
    if said.due is not None and not 0 <= (said.due - today).days <= FURTHEST:
        raise Refusal("due-wrong")
    return said


def fitting(text: str) -> str:
    """Words of a decision, or the refusal that says how long they may be."""
    words = " ".join(tidy(text).split())
    if not has_words(words) or letters(words) < SHORTEST or len(words) > LONGEST:
        raise Refusal("promise-what-length", least=SHORTEST, most=LONGEST)
    return words


# --- who is meant -----------------------------------------------------------------------------------------------------


def guess(turn: Turn, name: str) -> tuple[Who, str, int | None] | None:
    """Who is meant by a name, as far as that is sure: the council, somebody of it, or what was named before or says by
    its own words what it is; None otherwise."""
    key = search_key(name)
    if key in _keys(turn, "doer-council.words"):
        return Who.COUNCIL, "", None
    for one in turn.draft["made"]:
        if search_key(one["name"]) == key:
            return Who(one["who"]), one["name"], one.get("owner")
    for person, known in staff(turn):
        if search_key(known) == key:
            return Who.PERSON, known, person
    for known in agencies(turn):
        if search_key(known) == key:
            return Who.AGENCY, known, None
    for kind, words in ((Who.GROUP, "doer-group.words"), (Who.AGENCY, "doer-agency.words")):
        if search_key(name.split()[0]) in _keys(turn, words):
            return kind, name, None
    return None


def _keys(turn: Turn, words: str) -> set[str]:
    return {search_key(word) for word in clauses(turn.town.phrase(words))}


def shown_name(turn: Turn, one: Decision) -> str:
    """The name under which everybody reads of a decision: groups and agencies by theirs, of people only those who hold
    an office."""
    if Who(one["who"]) is not Who.PERSON:
        return str(one["name"])
    owner = one.get("owner")
    if owner is None:
        known = {search_key(name) for _, name in staff(turn)}
        return one["name"] if search_key(one["name"]) in known else ""
    return one["name"] if any(seat.role in STAFF for seat in people.seats(turn.tx, owner, turn.seconds)) else ""


# --- as they are shown ------------------------------------------------------------------------------------------------


def in_words(turn: Turn, one: Decision) -> Key:
    """A decision of the draft on one line."""
    values: dict[str, Value] = {
        "what": str(one["what"]) or what("", _category(turn, one)),
        "who": who(turn, places.get(turn.tx, turn.draft["place"]), Who(one["who"]), shown_name(turn, one)),
    }
    return Key("action-line", {**values, "state": Key("action-open", {"due": day(one["due"])})})


def for_cases(turn: Turn, one: Decision) -> tuple[Key, ...]:
    """The cases that it is about, by their public titles."""
    found = [cases.by_id(turn.tx, case) for case in one.get("cases", [])]
    return tuple(Key("action-for", {"title": public_title(turn, case)}) for case in found)


def _category(turn: Turn, one: Decision) -> str:
    return next((cases.by_id(turn.tx, case).category for case in one.get("cases", [])), "")
