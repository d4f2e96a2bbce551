"""One person on two messengers: a code from the one, a yes on the other, and a last yes where it began."""

from __future__ import annotations

from dataclasses import replace

from domain.codes import as_code, tracking_code
from domain.moments import Form, Moment
from domain.permissions import Do
from domain.richtext import Code, Key, Link
from handlers._shown import place_name
from handlers.talk import (
    Act,
    Choice,
    Notice,
    Outcome,
    Refusal,
    Reply,
    Row,
    Step,
    Talk,
    Turn,
    Values,
    Work,
    done,
    go,
    moment,
)
from storage import linking, people, places, standby, talks, tries
from storage.audience import Unasked
from storage.linking import Request, Side

#: Rows that are looked at in one transaction.
SLICE = 500


def start(turn: Turn, rest: str) -> Outcome:
    """`/link` gives a code; `/link CODE`, and the link with the token, take one."""
    if rest:
        code = rest if turn.incoming.payload else as_code(rest)
        if code is None:
            raise Refusal("link-code-unclear")
        return _taken(turn, code)
    if len(linking.sides(turn.tx, turn.person.id)) > 1:
        return done(_linked(turn))
    asked = linking.of_account(turn.tx, turn.account.id)
    if asked is not None and asked.other is not None and _answered(turn, str(asked.id)) is not None:
        return done(_last_word(asked, asked.other))
    return _given(turn)


def _given(turn: Turn) -> Outcome:
    token = f"{turn.town.random(2**128):032x}"
    others = [(name, turn.town.link(bot, f"link_{token}")) for bot, name in linking.others(turn.tx, turn.account.bot)]
    there = [(name, link) for name, link in others if link]
    if not there:
        return done(Reply("link-nowhere"))
    random = turn.town.random
    request, code = linking.ask(turn.tx, turn.account.id, token, lambda: tracking_code(random), turn.seconds)
    name, link = there[0]
    turn.draft["request"], turn.draft["other"] = request, name
    until = _clock(turn.seconds + linking.GOOD_S)
    values: Values = {"other": _messenger(name), "code": Code(code), "link": Link(link, link), "time": until}
    return go("code", Reply("link-code", values, edit=False))


def ask_code(turn: Turn) -> Reply:
    """Where the code was given, another one can be taken: whoever asked on both sides sends either."""
    return Reply("link-waits", {"other": _messenger(turn.draft["other"])}, edit=False)


def take_code(turn: Turn, text: str) -> Outcome:
    code = as_code(text)
    if code is None:
        raise Refusal("link-code-unclear")
    return _taken(turn, code)


def drop(turn: Turn, _: str) -> Outcome:
    linking.drop(turn.tx, turn.account.id)
    return done(Reply("link-dropped", edit=True))


# --- the other side ---------------------------------------------------------------------------------------------------


def _taken(turn: Turn, code: str) -> Outcome:
    if tries.shut_until(turn.tx, turn.person.id, "link") > turn.seconds:
        return _told(turn, Reply("link-shut"))
    request = linking.look(turn.tx, code)
    if request is None:
        # Not a Refusal: that would undo the count.
        tries.wrong(turn.tx, turn.person.id, "link", turn.seconds)
        return _told(turn, Reply("link-wrong"))
    tries.right(turn.tx, turn.person.id, "link")
    why_not = _why_not(turn, request)
    if why_not is not None:
        return _told(turn, why_not)
    turn.draft["request"] = request.id
    return go("sure")


def _told(turn: Turn, reply: Reply) -> Outcome:
    """Say it; whoever has their own code open can still use that."""
    return go("code", replace(reply, edit=False)) if turn.talk.step == "code" else done(reply)


def _why_not(turn: Turn, request: Request) -> Reply | None:
    """Why this request is nothing for this account; None when it is."""
    asker = request.asker
    if asker.person == turn.person.id:
        return Reply("link-own") if len(linking.sides(turn.tx, asker.person)) < 2 else _linked(turn)
    if asker.platform == _here(turn).platform:
        return Reply("link-same")
    if request.state == "answered" and request.other is not None and request.other.account == turn.account.id:
        return _waits(request)
    if request.state != "open":
        return Reply("link-used")
    # A code is good for as long as whoever got it waits for it.
    if request.expires <= turn.seconds or talks.find(turn.tx, asker.account, talk.name) is None:
        return Reply("link-expired")
    return _third(turn, asker.person, turn.person.id)


def _third(turn: Turn, *persons: int) -> Reply | None:
    taken = any(len(linking.sides(turn.tx, person)) > 1 for person in persons)
    return Reply("link-third") if taken else None


def _waits(request: Request) -> Reply:
    return Reply("link-waits-there", {"other": _messenger(request.asker.platform), "time": _clock(request.expires)})


def ask_sure(turn: Turn) -> Reply:
    request = linking.by_id(turn.tx, int(turn.draft["request"]))
    if request is None:
        return Reply("link-expired")
    buttons = ((Choice("yes", Key("link-sure.yes")),), (Choice("-", Key("link-sure.no")),))
    return Reply("link-sure", {"other": _messenger(request.asker.platform)}, buttons=buttons)


def yes(turn: Turn, _: str) -> Outcome:
    request = linking.by_id(turn.tx, int(turn.draft["request"]))
    if request is None:
        return done(Reply("link-expired"))
    why_not = _why_not(turn, request)
    if why_not is not None:
        return done(why_not)
    if not linking.say_yes(turn.tx, request.id, turn.account.id, turn.seconds):
        return done(Reply("link-used"))
    asked = _last_word(request, _here(turn))
    answered = replace(request, expires=turn.seconds + linking.GOOD_S)
    return done(_waits(answered), Notice(request.asker.person, asked, Unasked.ASKED, request.asker.bot))


def no(turn: Turn, _: str) -> Outcome:
    request = linking.by_id(turn.tx, int(turn.draft["request"]))
    if request is None or _why_not(turn, request) is not None:
        return done(Reply("link-refused"))
    linking.say_no(turn.tx, request.id)
    return done(Reply("link-refused"), _refused_to(turn, request.asker))


def _refused_to(turn: Turn, side: Side) -> Notice:
    reply = Reply("link-refused-there", {"other": _messenger(_here(turn).platform)})
    return Notice(side.person, reply, Unasked.ASKED, side.bot)


# --- the last yes -----------------------------------------------------------------------------------------------------


def _last_word(request: Request, other: Side) -> Reply:
    about = str(request.id)
    buttons = (
        (Act("link", "confirm", Key("link-confirm.yes"), about),),
        (Act("link", "deny", Key("link-confirm.no"), about),),
    )
    return Reply("link-confirm", {"other": _messenger(other.platform)}, buttons=buttons)


def confirm(turn: Turn, about: str) -> Outcome:
    request = _answered(turn, about)
    if request is None or request.other is None:
        linked = len(linking.sides(turn.tx, turn.person.id)) > 1
        return done(_linked(turn) if linked else Reply("link-expired"))
    other = request.other
    third = _third(turn, turn.person.id, other.person)
    if third is not None:
        return done(third)
    told = _merged(turn, request, other)
    return done(replace(told, edit=True), Notice(turn.person.id, told, Unasked.ASKED, other.bot))


def deny(turn: Turn, about: str) -> Outcome:
    request = _answered(turn, about)
    if request is None or request.other is None:
        return done(Reply("link-expired"))
    linking.say_no(turn.tx, request.id)
    return done(Reply("link-refused", edit=True), _refused_to(turn, request.other))


def _answered(turn: Turn, about: str) -> Request | None:
    """The request that this account has the last word about, while it has."""
    number = int(about) if about.isascii() and about.isdigit() and len(about) < 12 else 0
    request = linking.by_id(turn.tx, number)
    if request is None or request.asker.account != turn.account.id or request.expires <= turn.seconds:
        return None
    return request if request.state == "answered" else None


def _merged(turn: Turn, request: Request, other: Side) -> Reply:
    """Both are one from here on: what is said of it, on both sides."""
    before = {place.id for one in (turn.person.id, other.person) if (place := places.of_person(turn.tx, one))}
    stay, gone = linking.stays(turn.tx, turn.person.id, other.person, turn.seconds)
    _hand_on_name(turn, stay, gone)
    linking.merge(turn.tx, stay, gone, turn.seconds)
    linking.finish(turn.tx, request)
    for account in (turn.account.id, other.account):
        waits = talks.find(turn.tx, account, talk.name)
        if waits is not None:
            talks.end(turn.tx, waits.id)
    turn.person = people.by_number(turn.tx, stay) or turn.person
    joined = places.of_person(turn.tx, stay)
    shown = place_name(joined) if joined else Key("settings-nowhere")
    more = (Key("link-two-places"),) if len(before) > 1 else ()
    buttons = ((Act("link", "where", Key("link-done.where")),),)
    return Reply("link-done", {"neighborhood": shown}, more=more, buttons=buttons)


def _hand_on_name(turn: Turn, stay: int, gone: int) -> None:
    """A name is sealed for one person: who stays keeps their own, or gets the other one sealed anew."""
    sealed = people.sealed_name(turn.tx, gone)
    if sealed and not people.sealed_name(turn.tx, stay):
        name = turn.town.seals.open(sealed, f"person:{gone}")
        people.keep_name(turn.tx, stay, turn.town.seals.seal(name, f"person:{stay}"))


# --- where notices go -------------------------------------------------------------------------------------------------


def where(turn: Turn, about: str) -> Outcome:
    """Show the choice, or take it: the account used last, or one of both."""
    found = linking.sides(turn.tx, turn.person.id)
    if len(found) < 2:
        return done(Reply("unlink-none"))
    by_name = {"last": 0, **{str(side.account): side.account for side in found}}
    if about in by_name:
        linking.choose(turn.tx, turn.person.id, by_name[about])
    rows: tuple[Row, ...] = ((Act("link", "where", Key("link-where.last"), "last"),),)
    rows += (tuple(_at(side) for side in found),)
    return done(Reply("link-where", {"now": _goes_to(turn, found)}, buttons=rows, edit=True))


def _at(side: Side) -> Act:
    return Act("link", "where", Key("link-where-at", {"where": side.platform}), str(side.account))


def _goes_to(turn: Turn, found: list[Side]) -> Key:
    chosen = linking.chosen(turn.tx, turn.person.id)
    return next((_messenger(side.platform) for side in found if side.account == chosen), Key("link-where.last"))


def _linked(turn: Turn) -> Reply:
    found = linking.sides(turn.tx, turn.person.id)
    other = next(side.platform for side in found if side.account != turn.account.id)
    buttons = (
        (Act("link", "where", Key("link-done.where")),),
        (Act("unlink", "open", Key("link-already.unlink")),),
    )
    return Reply("link-already", {"other": _messenger(other), "where": _goes_to(turn, found)}, buttons=buttons)


def look(work: Work, _: dict[str, int]) -> list[Notice]:
    """What stands by for a messenger that stays out of reach."""
    standby.look(work.tx, work.seconds, SLICE)
    return []


def _here(turn: Turn) -> Side:
    return linking.side(turn.tx, turn.account.id)


def _messenger(platform: str) -> Key:
    return Key("messenger-name", {"where": platform})


def _clock(seconds: int) -> Moment:
    return Moment(moment(seconds), Form.CLOCK)


talk = Talk(
    name="link",
    rule=Do.TAKE_PART,
    command="link",
    start=start,
    steps={
        "code": Step(ask_code, text=take_code, choices={"-": drop}),
        "sure": Step(ask_sure, choices={"yes": yes, "-": no}),
    },
    actions={"confirm": confirm, "deny": deny, "where": where},
    payload="link",
    jobs={"standby": look},
)
