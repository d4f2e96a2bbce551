"""Give a role: to somebody brought by a contact card or a forwarded message, or by a link that works once."""

from __future__ import annotations

from string import ascii_letters, digits

from domain.permissions import LEVEL, Do, Role, Seat, gives
from domain.persian import cut, tidy
from domain.richtext import Key
from handlers import _places
from handlers._roles import (
    BRINGS,
    Somebody,
    account,
    body_of,
    brought,
    codes,
    end_of,
    first_second,
    last_second,
    may_do,
    next_steps,
    place_named,
    role_named,
    role_title,
    said_name,
    show_held,
    watch,
)
from handlers._shown import LABEL, PAGE, day, keep_name, name_of, page_number
from handlers.talk import Choice, Notice, Outcome, Refusal, Reply, Row, Says, Step, Talk, Turn, Values, Work, done, go
from storage import cards, invitations, people, places, roles
from storage.audience import Unasked
from storage.places import Place
from storage.roles import Held

#: Days that a link works.
LINK_DAYS = 7
#: Letters of a link's code; nobody guesses one.
CODE_LETTERS = 24
_SIGNS = ascii_letters + digits


def start(turn: Turn, rest: str) -> Outcome:
    """`/grant`; or at once `/grant [ACCOUNT] ROLE [PLACE] [DAY]`, without an account by link."""
    words = rest.split()
    if not words:
        return go("who")
    person = account(turn, words[0])
    if person is not None:
        words.pop(0)
        turn.draft.update(person=person, name=people.sealed_name(turn.tx, person))
    if not words:
        raise Refusal("grant-usage", roles=codes())
    role = role_named(words.pop(0), "grant-usage")
    place = place_named(turn, words, role, "grant-usage")
    turn.draft.update(role=role.value, place=place.id)
    if words:
        turn.draft["until"] = last_second(turn, " ".join(words))
    return give(turn, "")


# --- who, what, where ---------------------------------------------------------------------------------------------


def ask_who(turn: Turn) -> Reply:
    return Reply("grant-who", buttons=((Choice("link", Key("grant-who.link")),),))


def take_person(turn: Turn) -> Outcome:
    found = brought(turn)
    turn.draft.update(person=found.person, name=found.name)
    return go("role")


def by_link(turn: Turn, _: str) -> Outcome:
    turn.draft.pop("person", None)
    return go("role")


def ask_role(turn: Turn) -> Reply:
    offered = [role for role in Role if role in gives(turn.seats)]
    rows: tuple[Row, ...] = tuple((Choice(f"role:{role.value}", role_title(role)),) for role in offered)
    return Reply("grant-role", {"name": _name(turn)}, buttons=rows)


def take_role(turn: Turn, code: str) -> Outcome:
    if code not in gives(turn.seats):
        raise Refusal("not-understood")
    turn.draft["role"] = code
    for key in ("page", "key", "place"):
        turn.draft.pop(key, None)
    level = LEVEL[Role(code)]
    own = [places.get(turn.tx, seat.place) for seat in _giving(turn)]
    if level == "province":
        turn.draft["place"] = places.province(turn.tx).id
    elif len(own) == 1 and own[0].kind == level:
        turn.draft["place"] = own[0].id
    return go("confirm" if "place" in turn.draft else "place")


def ask_place(turn: Turn) -> Reply:
    level = LEVEL[Role(turn.draft["role"])]
    if "found" in turn.draft:
        found = [places.get(turn.tx, number) for number in turn.draft["found"]]
        return Reply("grant-place", {"level": level}, buttons=_places.apart(turn, found))
    page, path = int(turn.draft.get("page", 0)), _widest(turn)
    if level == "county":
        root = places.province(turn.tx).id
        total = places.count_inside(turn.tx, root)
        shown = places.inside(turn.tx, root, offset=page * PAGE, limit=PAGE)
    else:
        total = places.count_neighborhoods(turn.tx, path)
        shown = places.neighborhoods(turn.tx, path, offset=page * PAGE, limit=PAGE)
    return Reply("grant-place", {"level": level}, buttons=(*_places.apart(turn, shown), *_places.pages(page, total)))


def turn_page(turn: Turn, page: str) -> Outcome:
    turn.draft.pop("found", None)
    turn.draft["page"] = page_number(page)
    return go("place")


def find_place(turn: Turn, text: str) -> Outcome:
    level = LEVEL[Role(turn.draft["role"])]
    written = places.written(turn.tx, text.strip().lower()) if text.isascii() and text.strip() else None
    hits = [written] if written else _places.found(turn, text, _widest(turn))
    hits = [place for place in hits if place.kind == level]
    if not hits:
        raise Refusal("grant-place-not-found", name=cut(tidy(text), LABEL))
    if len(hits) == 1:
        return take_place(turn, str(hits[0].id))
    turn.draft["found"] = [place.id for place in hits]
    return go("place")


def take_place(turn: Turn, about: str) -> Outcome:
    try:
        place = places.get(turn.tx, page_number(about))
    except LookupError:
        raise Refusal("not-understood") from None
    _within_reach(turn, Role(turn.draft["role"]), place)
    turn.draft.pop("found", None)
    turn.draft["place"] = place.id
    return go("confirm")


# --- confirm ------------------------------------------------------------------------------------------------------


def ask_confirm(turn: Turn) -> Reply:
    draft = turn.draft
    role, place = Role(draft["role"]), places.get(turn.tx, draft["place"])
    values: Values = {
        "name": _name(turn),
        "role": role_title(role),
        "body": body_of(place),
        "from": day(draft["since"]) if "since" in draft else Key("role-from-today"),
        "end": end_of(draft.get("until")),
    }
    begin = () if "person" not in draft else (Choice("begin", Key("grant-confirm.begin")),)
    buttons: tuple[Row, ...] = (
        (Choice("give", Key("grant-confirm.give" if "person" in draft else "grant-confirm.link")),),
        (*begin, Choice("end", Key("grant-confirm.end"))),
    )
    return Reply("grant-confirm", values, buttons=buttons, more=may_do(role))


def ask_begin(turn: Turn) -> Reply:
    return Reply("grant-begin", buttons=((Choice("today", Key("grant-begin.today")),),))


def take_begin(turn: Turn, text: str) -> Outcome:
    turn.draft["since"] = first_second(turn, text)
    return _ordered(turn)


def from_today(turn: Turn, _: str) -> Outcome:
    turn.draft.pop("since", None)
    return _ordered(turn)


def ask_end(turn: Turn) -> Reply:
    return Reply("grant-end", buttons=((Choice("open", Key("grant-end.open")),),))


def take_end(turn: Turn, text: str) -> Outcome:
    turn.draft["until"] = last_second(turn, text)
    return _ordered(turn)


def without_end(turn: Turn, _: str) -> Outcome:
    turn.draft.pop("until", None)
    return go("confirm")


def _ordered(turn: Turn) -> Outcome:
    if turn.draft.get("until", 2**60) <= turn.draft.get("since", turn.seconds):
        raise Refusal("role-day-order")
    return go("confirm")


# --- done ---------------------------------------------------------------------------------------------------------


def give(turn: Turn, _: str) -> Outcome:
    draft = turn.draft
    role, place = Role(draft["role"]), places.get(turn.tx, draft["place"])
    _within_reach(turn, role, place)
    keep_name(turn)
    if "person" not in draft:
        return done(*_link(turn, role, place))
    person, until = int(draft["person"]), draft.get("until")
    given = people.grant(
        turn.tx, person, role, place.id, turn.seconds, by=turn.person.id, since=draft.get("since"), until=until
    )
    if not given:
        raise Refusal("grant-already", name=_name(turn), role=role_title(role), body=body_of(place))
    if draft.get("name") and not people.sealed_name(turn.tx, person):
        people.keep_name(turn.tx, person, str(draft["name"]))
    watch(turn, person, role, place.id)
    said: Values = {
        "role": role_title(role),
        "body": body_of(place),
        "from": day(draft["since"]) if "since" in draft else Key("role-from-today"),
        "end": end_of(until),
    }
    news = Reply("role-given", said, more=may_do(role), buttons=next_steps(role))
    return done(Reply("grant-done", {**said, "name": _name(turn)}), Notice(person, news, Unasked.DUTY))


def _link(turn: Turn, role: Role, place: Place) -> list[Says]:
    code = "".join(_SIGNS[turn.town.random(len(_SIGNS))] for _ in range(CODE_LETTERS))
    expires = turn.seconds + LINK_DAYS * 86400
    invitations.put(
        turn.tx,
        code,
        role,
        place.id,
        bot=None,
        expires=expires,
        by=turn.person.id,
        until=turn.draft.get("until"),
    )
    link = turn.town.link(turn.account.bot, f"claim_{code}")
    return [Reply("grant-link", {"date": day(expires), "link": link})]


def tell_end(work: Work, ids: dict[str, int]) -> list[Notice]:
    """A role ends by itself in a few days: its holder and whoever gave it are told."""
    held = roles.by_id(work.tx, ids["role"])
    if held is None or held.until != ids["until"]:
        return []
    last = day(ids["until"])
    told = [Notice(held.person, Reply("role-ends", {**show_held(work, held), "day": last}), Unasked.DUTY)]
    if (giver := _giver(held)) is not None:
        ends = {**show_held(work, held), "day": last, "name": name_of(work, held.person)}
        told.append(Notice(giver, Reply("role-ends-given", ends), Unasked.DUTY))
    return told


def tell_last_day(work: Work, ids: dict[str, int]) -> list[Notice]:
    """A role ends by itself tonight: its holder reads it in the morning, while there is still time."""
    held = roles.by_id(work.tx, ids["role"])
    if held is None or held.until != ids["until"]:
        return []
    return [Notice(held.person, Reply("role-last-day", show_held(work, held)), Unasked.DUTY)]


def tell_ended(work: Work, ids: dict[str, int]) -> list[Notice]:
    """A role has ended by itself; one that was taken back, or given anew with another end, was told then."""
    held = roles.by_id(work.tx, ids["role"])
    if held is None or held.until != ids["until"]:
        return []
    cards.take_away(work.tx, held.person, work.seconds)
    told = [Notice(held.person, Reply("role-ended", show_held(work, held)), Unasked.DUTY)]
    if (giver := _giver(held)) is not None:
        ended = {**show_held(work, held), "name": name_of(work, held.person)}
        told.append(Notice(giver, Reply("role-ended-given", ended), Unasked.DUTY))
    return told


def _giver(held: Held) -> int | None:
    """Whoever gave the role, if that is somebody else."""
    return held.granted_by if held.granted_by != held.person else None


# --- pieces -------------------------------------------------------------------------------------------------------


def _giving(turn: Turn) -> list[Seat]:
    return [seat for seat in turn.seats if gives([seat])]


def _widest(turn: Turn) -> str:
    """The place under which names are looked for; what lies outside one's reach is refused when it is chosen."""
    return min((seat.path for seat in _giving(turn)), key=len)


def _within_reach(turn: Turn, role: Role, place: Place) -> None:
    """Nobody gives more than their own reach."""
    if place.kind != LEVEL[role] or role not in gives(turn.seats, place.path):
        raise Refusal("grant-beyond")


def _name(turn: Turn) -> str | Key:
    if "person" not in turn.draft:
        return Key("somebody-by-link")
    return said_name(turn, Somebody(int(turn.draft["person"]), str(turn.draft.get("name", ""))))


talk = Talk(
    name="grant",
    rule=Do.GRANT,
    command="grant",
    start=start,
    steps={
        "who": Step(
            ask_who,
            choices={"link": by_link},
            kinds=dict.fromkeys(BRINGS, take_person),
        ),
        "role": Step(ask_role, choices={"role": take_role}),
        "place": Step(ask_place, text=find_place, choices={"place": take_place, "page": turn_page}),
        "confirm": Step(
            ask_confirm,
            choices={"give": give, "begin": lambda t, _: go("begin"), "end": lambda t, _: go("end")},
        ),
        "begin": Step(ask_begin, text=take_begin, choices={"today": from_today}),
        "end": Step(ask_end, text=take_end, choices={"open": without_end}),
    },
    jobs={"role-ends": tell_end, "role-last-day": tell_last_day, "role-ended": tell_ended},
)
