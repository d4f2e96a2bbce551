"""Roles as talks show and name them: titles, what each may do, and how a person and a role are written in a command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from domain.incoming import Kind
from domain.jalali import TEHRAN, WeekdayMismatch, parse_date
from domain.moments import Moment
from domain.permissions import LEVEL, RULES, Do, Role
from domain.persian import ascii_digits
from domain.richtext import Key, Value
from handlers._shown import day, place_name
from handlers.talk import Act, Refusal, Row, Turn, Work, moment
from storage import jobs, people, places, roles
from storage.places import Place
from storage.roles import Held

#: What only some roles may do, in the order in which it is told.
TOLD = (
    Do.MODERATE, Do.INVITE, Do.MEET, Do.PROMISE, Do.BROADCAST, Do.URGE, Do.ASK_PUBLIC, Do.GIVE_LEAVE, Do.GRANT,
    Do.FOLLOW_BOARDS, Do.ANSWER_MISSING,
)  # fmt: skip
#: Days before a role ends by itself that its holder is told, the hour in Tehran at which they are told once more on its
#: last day, and days ahead that its end may lie.
BEFORE_DAYS, LAST_DAY_HOUR, FURTHEST = 3, 9, 3660
#: Messages that may bring somebody: a contact card, or anything of theirs that was forwarded.
BRINGS = frozenset(Kind) - {Kind.PRESS, Kind.EDITED, Kind.MEMBER}


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who a role is about. `name` is encrypted; empty when none is known."""

    person: int
    name: str


def role_title(role: Role) -> Key:
    """What people call a role."""
    return Key(f"role-{role.value}")


def body_of(place: Place) -> Key:
    """The body in which somebody has a role at this place."""
    if place.kind == "neighborhood":
        return Key("role-in-council", {"neighborhood": place_name(place)})
    return Key("role-in-county", {"county": place_name(place)}) if place.kind == "county" else Key("role-in-province")


def may_do(role: Role) -> tuple[Key, ...]:
    """A line for everything that this role may do and residents may not, by the table."""
    found = tuple(Key(f"does-{do.value}") for do in TOLD if role in RULES[do])
    return found or (Key("does-nothing"),)


def end_of(until: int | None) -> Key:
    """Until when a role lasts, as words."""
    return Key("role-until", {"day": day(until)}) if until is not None else Key("role-no-end")


# --- who ----------------------------------------------------------------------------------------------------------


def brought(turn: Turn) -> Somebody:
    """Whom this message brings: by their contact card, or by something of theirs that was forwarded."""
    incoming = turn.incoming
    if incoming.kind is Kind.CONTACT:
        user = incoming.contact_user
    elif incoming.forwarded:
        user = incoming.forwarded_user
    else:
        raise Refusal("who-wrong")
    if user is None:
        raise Refusal("who-hidden")
    found = people.of_user(turn.tx, turn.account.bot, user)
    if found is None or not found.consent:
        raise Refusal("who-stranger")
    return Somebody(found.id, _name(turn, found.id, incoming.other_name))


def _name(turn: Turn, person: int, called: str) -> str:
    """The name that is kept of them, else the one they were brought with, encrypted."""
    kept = people.sealed_name(turn.tx, person)
    return kept or (turn.town.seals.seal(called[:64], f"person:{person}") if called else "")


def said_name(work: Work, somebody: Somebody) -> str | Key:
    """A name to show."""
    return work.town.seals.open(somebody.name, f"person:{somebody.person}") if somebody.name else Key("somebody")


# --- one-shot commands --------------------------------------------------------------------------------------------


def account(turn: Turn, word: str) -> int | None:
    """The person behind an account in a command: its number on this messenger, or messenger:number."""
    messenger, _, number = ascii_digits(word).rpartition(":")
    if not (number.isascii() and number.isdecimal() and 0 < len(number) < 19):
        return None
    if messenger:
        found = people.find_account(turn.tx, messenger.lower(), int(number))
        person = people.by_number(turn.tx, found) if found is not None else None
    else:
        person = people.of_user(turn.tx, turn.account.bot, int(number))
    if person is None or not person.consent:
        raise Refusal("who-stranger")
    return person.id


def role_named(word: str, usage: str) -> Role:
    """The role with this code. `usage` is the sentence that says how the command is written."""
    code = word.lower().replace("-", "_")
    if code not in set(Role) - {Role.RESIDENT}:
        raise Refusal(usage, roles=codes())
    return Role(code)


def codes() -> str:
    """Every role that can be given, as it is typed."""
    return "\n".join(role for role in Role if role is not Role.RESIDENT)


def place_named(turn: Turn, words: list[str], role: Role, usage: str) -> Place:
    """The place for a role, taken from the front of `words`."""
    level = LEVEL[role]
    if level == "province":
        return places.province(turn.tx)
    found = places.written(turn.tx, words.pop(0).lower()) if words else None
    if found is None or found.kind != level:
        raise Refusal(usage, roles=codes())
    return found


# --- days ---------------------------------------------------------------------------------------------------------


def last_second(turn: Turn, text: str) -> int:
    """The end of the day that somebody's words name, as epoch seconds."""
    today = turn.now.astimezone(TEHRAN).date()
    try:
        chosen = parse_date(text, today)
    except WeekdayMismatch as wrong:
        raise Refusal("role-day-weekday", date=Moment(wrong.day)) from None
    if chosen is None or not today <= chosen <= today + timedelta(days=FURTHEST):
        raise Refusal("role-day-wrong")
    return int(datetime.combine(chosen, time(23, 59, 59), TEHRAN).timestamp())


def first_second(turn: Turn, text: str) -> int:
    """The beginning of such a day; now, when it is today."""
    return max(turn.seconds, last_second(turn, text) - 86399)


def show_held(work: Work, held: Held) -> dict[str, Value | Moment]:
    """A role somebody has, as values for a text: its title and its body."""
    return {"role": role_title(held.role), "body": body_of(places.get(work.tx, held.place))}


def next_steps(role: Role) -> tuple[Row, ...]:
    """Where somebody goes from the news that they have a role."""
    queue = (Act("queue", "open", Key("role-given.queue")),) if role in RULES[Do.MODERATE] else ()
    return ((*queue, Act("help", "open", Key("role-given.help"))),)


def watch(work: Work, person: int, role: Role, place: int) -> None:
    """See to it that a role's end is told: days before, on the morning of its last day, and when it has come."""
    for held in roles.of_person(work.tx, person, work.seconds):
        if (held.role, held.place) != (role, place) or held.until is None:
            continue
        ids = {"role": held.id, "until": held.until}
        before = held.until - BEFORE_DAYS * 86400
        if before > work.seconds:
            jobs.put(work.tx, "role-ends", f"role-ends:{held.id}", before, ids, expires=held.until)
        morning = datetime.combine(moment(held.until).astimezone(TEHRAN), time(LAST_DAY_HOUR), TEHRAN)
        if (last := int(morning.timestamp())) > work.seconds:
            jobs.put(work.tx, "role-last-day", f"role-last-day:{held.id}", last, ids, expires=held.until)
        jobs.put(work.tx, "role-ended", f"role-ended:{held.id}", held.until, ids)
