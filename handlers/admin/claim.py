"""A role by a one-time link: the first administrator's seat at once, any other after saying who invites to what."""

from __future__ import annotations

from domain.permissions import RULES, Do, Role, gives
from domain.richtext import Key
from handlers._roles import body_of, end_of, may_do, next_steps, role_title, watch
from handlers._shown import keep_name, name_of
from handlers.talk import Choice, Notice, Outcome, Reply, Step, Talk, Turn, Values, Work, done, go
from storage import audience, inbox, invitations, people, places, tries
from storage import queue as waiting
from storage.audience import Audience, Unasked
from storage.invitations import Invitation


def start(turn: Turn, code: str) -> Outcome:
    if tries.shut_until(turn.tx, turn.person.id, "claim") > turn.seconds:
        return done(Reply("claim-used"))
    found = invitations.look(turn.tx, code, bot=turn.account.bot, now=turn.seconds)
    if found is None:
        tries.wrong(turn.tx, turn.person.id, "claim", turn.seconds)
        return done(Reply("claim-used"))
    if found.by is None:
        return _first_seat(turn, found)
    turn.draft["invitation"] = found.id
    return go("answer") if _stands(turn, found) else done(Reply("claim-used"))


def _first_seat(turn: Turn, found: Invitation) -> Outcome:
    invitations.use(turn.tx, found.id, turn.person.id, turn.seconds)
    people.grant(turn.tx, turn.person.id, found.role, found.place, turn.seconds)
    keep_name(turn)
    # The other messenger's link served the same seat.
    invitations.drop_unused(turn.tx, found.role)
    return done(Reply("claim-done", keyboard=True))


def _stands(turn: Turn, found: Invitation) -> bool:
    """Whether whoever invites could still give this role: what they lost meanwhile nobody gets from them."""
    if found.by is None or (found.until is not None and found.until <= turn.seconds):
        return False
    seats = people.seats(turn.tx, found.by, turn.seconds)
    return found.role in gives(seats, places.get(turn.tx, found.place).path)


def _open(turn: Turn) -> Invitation | None:
    number = int(turn.draft["invitation"])
    found = invitations.by_id(turn.tx, number, bot=turn.account.bot, now=turn.seconds)
    return found if found is not None and _stands(turn, found) else None


def ask(turn: Turn) -> Reply:
    found = _open(turn)
    if found is None:
        return Reply("claim-used")
    values: Values = {**_shown(turn, found), "inviter": name_of(turn, found.by), "end": end_of(found.until)}
    buttons = ((Choice("yes", Key("claim-ask.accept")), Choice("-", Key("claim-ask.refuse"))),)
    return Reply("claim-ask", values, more=may_do(found.role), buttons=buttons)


def accept(turn: Turn, _: str) -> Outcome:
    found = _open(turn)
    if found is None or found.by is None or not invitations.use(turn.tx, found.id, turn.person.id, turn.seconds):
        return done(Reply("claim-used"))
    people.grant(turn.tx, turn.person.id, found.role, found.place, turn.seconds, by=found.by, until=found.until)
    keep_name(turn)
    watch(turn, turn.person.id, found.role, found.place)
    shown = _shown(turn, found)
    told = {**shown, "name": turn.incoming.name[:64] or Key("a-colleague")}
    return done(
        Reply("claim-accepted", shown, more=_waiting(turn, found), buttons=next_steps(found.role)),
        Notice(found.by, Reply("claim-taken", told), Unasked.DUTY),
    )


def decline(turn: Turn, _: str) -> Outcome:
    found = _open(turn)
    if found is None or found.by is None:
        return done(Reply("claim-used"))
    invitations.use(turn.tx, found.id, turn.person.id, turn.seconds)
    return done(Reply("claim-refused"), Notice(found.by, Reply("claim-declined", _shown(turn, found)), Unasked.DUTY))


def _shown(turn: Turn, found: Invitation) -> dict[str, Key]:
    return {"role": role_title(found.role), "body": body_of(places.get(turn.tx, found.place))}


def _waiting(turn: Turn, found: Invitation) -> tuple[Key, ...]:
    if found.role not in RULES[Do.MODERATE]:
        return ()
    n = waiting.count(turn.tx, [places.get(turn.tx, found.place).path])
    return (Key("claim-waiting", {"n": n}),) if n else ()


def tell_parked(work: Work, _: dict[str, int]) -> list[Notice]:
    """Tell the administrators that something is kept aside; one message, however many there are."""
    n = inbox.count_parked(work.tx)
    if not n:
        return []
    admins = audience.members(work.tx, Audience("/", (Role.PROVINCE_ADMIN,), Unasked.DUTY), work.seconds)
    return [Notice(person, Reply("parked-admin", {"n": n}), Unasked.DUTY) for person in admins]


talk = Talk(
    name="claim",
    rule=Do.CLAIM,
    start=start,
    steps={"answer": Step(ask, choices={"yes": accept, "-": decline})},
    payload="claim",
    jobs={"parked-notice": tell_parked},
)
