"""Take a role back: from a list of those within one's reach, or from somebody brought by card or forwarded message."""

from __future__ import annotations

from domain.permissions import GIVES, RULES, Do, Role, gives
from domain.richtext import Key
from handlers import _places
from handlers._roles import (
    BRINGS,
    account,
    brought,
    codes,
    end_of,
    place_named,
    role_named,
    role_title,
    show_held,
)
from handlers._shown import PAGE, keep_name, name_of, page_number, place_name
from handlers.talk import Choice, Notice, Outcome, Refusal, Reply, Row, Step, Talk, Turn, done, go
from storage import cards, people, places, roles
from storage.audience import Unasked
from storage.roles import Held


def start(turn: Turn, rest: str) -> Outcome:
    """`/revoke`; or at once `/revoke ACCOUNT ROLE [PLACE]`."""
    words = rest.split()
    if not words:
        return go("who")
    person = account(turn, words.pop(0))
    if person is None or not words:
        raise Refusal("revoke-usage", roles=codes())
    role = role_named(words.pop(0), "revoke-usage")
    place = place_named(turn, words, role, "revoke-usage")
    for held in roles.of_person(turn.tx, person, turn.seconds):
        if (held.role, held.place) == (role, place.id):
            turn.draft["role"] = held.id
            return end(turn, "")
    raise Refusal("revoke-none")


def ask_who(turn: Turn) -> Reply:
    reach = [(seat.path, GIVES[seat.role]) for seat in turn.seats if seat.role in RULES[Do.GRANT]]
    page = int(turn.draft.get("page", 0))
    total = roles.count_holders(turn.tx, reach, turn.seconds)
    shown = roles.holders(turn.tx, reach, turn.seconds, offset=page * PAGE, limit=PAGE)
    return Reply("revoke-who", {"n": total}, buttons=(*_rows(turn, shown), *_places.pages(page, total)))


def _rows(turn: Turn, found: list[Held]) -> tuple[Row, ...]:
    return tuple((Choice(f"held:{held.id}", _line(turn, held)),) for held in found)


def _line(turn: Turn, held: Held) -> Key:
    name, title = name_of(turn, held.person), role_title(held.role)
    if held.path == "/":
        return Key("revoke-line-province", {"name": name, "role": title})
    where = place_name(places.get(turn.tx, held.place))
    return Key("revoke-line", {"name": name, "role": title, "place": where})


def turn_page(turn: Turn, page: str) -> Outcome:
    turn.draft["page"] = page_number(page)
    return go("who")


def take_person(turn: Turn) -> Outcome:
    turn.draft["person"] = brought(turn).person
    found = _roles(turn)
    if not found:
        raise Refusal("revoke-none")
    if len(found) == 1:
        return choose(turn, str(found[0].id))
    return go("which")


def _roles(turn: Turn) -> list[Held]:
    """What the person brought has within one's reach."""
    found = roles.of_person(turn.tx, int(turn.draft["person"]), turn.seconds)
    return [held for held in found if held.role in gives(turn.seats, held.path)]


def ask_which(turn: Turn) -> Reply:
    return Reply("revoke-which", buttons=_rows(turn, _roles(turn)))


def choose(turn: Turn, about: str) -> Outcome:
    turn.draft["role"] = _within_reach(turn, page_number(about)).id
    return go("confirm")


def _within_reach(turn: Turn, role: int) -> Held:
    """A role that lasts and lies within one's reach. One elsewhere is as unknown as one that is not."""
    held = roles.by_id(turn.tx, role)
    if held is None or (held.until is not None and held.until <= turn.seconds):
        raise Refusal("revoke-none")
    if held.role not in gives(turn.seats, held.path):
        raise Refusal("revoke-none")
    return held


def ask_confirm(turn: Turn) -> Reply:
    held = roles.by_id(turn.tx, int(turn.draft["role"]))
    if held is None:
        raise LookupError(turn.draft["role"])
    shown = {**show_held(turn, held), "name": name_of(turn, held.person), "end": end_of(held.until)}
    return Reply("revoke-confirm", shown, buttons=((Choice("end", Key("revoke-confirm.end")),),))


def end(turn: Turn, _: str) -> Outcome:
    held = _within_reach(turn, int(turn.draft["role"]))
    last = held.role is Role.PROVINCE_ADMIN
    if last and not people.anybody_with(turn.tx, held.role, turn.seconds, but=held.person):
        raise Refusal("revoke-last")
    keep_name(turn)
    people.revoke(turn.tx, held.person, held.role, held.place, turn.seconds, by=turn.person.id)
    cards.take_away(turn.tx, held.person, turn.seconds)
    told = Reply("revoke-done", {**show_held(turn, held), "name": name_of(turn, held.person)})
    return done(told, Notice(held.person, Reply("role-taken", show_held(turn, held)), Unasked.DUTY))


talk = Talk(
    name="revoke",
    rule=Do.GRANT,
    command="revoke",
    start=start,
    steps={
        "who": Step(
            ask_who,
            choices={"held": choose, "page": turn_page},
            kinds=dict.fromkeys(BRINGS, take_person),
        ),
        "which": Step(ask_which, choices={"held": choose}),
        "confirm": Step(ask_confirm, choices={"end": end}),
    },
)
