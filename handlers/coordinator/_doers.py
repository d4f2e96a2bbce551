"""Who is to do a plan: the council, somebody of it, a group or an agency, chosen or written."""

from __future__ import annotations

from domain.actions import LONGEST_WHO, Who
from domain.incoming import Kind as Sent
from domain.permissions import Role
from domain.persian import has_words, tidy
from domain.richtext import Key
from handlers._roles import brought, said_name
from handlers._shown import PAGE, name_of
from handlers.talk import Choice, Outcome, Refusal, Reply, Row, Step, Turn, go
from storage import action_choices, places, roles

#: Who of a place can be chosen by name: those who speak and act for it.
_STAFF = (
    Role.COUNCIL_HEAD, Role.COORDINATOR, Role.COUNCIL_MEMBER, Role.COMMITTEE_HEAD, Role.COUNTY_OFFICER,
)  # fmt: skip
#: Letters of a name on a button.
_SHORT = 40
_KINDS = {
    Who.PERSON: Key("doer.person"),
    Who.GROUP: Key("doer.group"),
    Who.AGENCY: Key("doer.agency"),
}


def ask(turn: Turn) -> Reply:
    """The question; when a name was written straight away, only what it is the name of."""
    kinds: Row = tuple(Choice(f"kind:{kind.value}", key) for kind, key in _KINDS.items())
    if turn.draft.get("named"):
        return Reply("doer-kind", {"name": str(turn.draft["named"])}, buttons=(kinds,))
    return Reply("doer", buttons=((Choice("council", Key("doer.council")), Choice("me", Key("doer.me"))), kinds))


def ask_name(turn: Turn) -> Reply:
    """Its name: those that are known here can be pressed."""
    kind = Who(turn.draft["doer"])
    rows: tuple[Row, ...] = ()
    if kind is Who.AGENCY:
        rows = tuple((Choice(f"agency:{n}", name[:_SHORT]),) for n, name in enumerate(_agencies(turn)))
    if kind is Who.PERSON:
        rows = tuple((Choice(f"person:{person}", name[:_SHORT]),) for person, name in _staff(turn))
    return Reply(f"doer-name-{kind.value}", {"n": LONGEST_WHO}, buttons=rows)


def _agencies(turn: Turn) -> list[str]:
    """Those that were named in the same county before, the latest first."""
    county = places.get(turn.tx, turn.draft["place"]).path.strip("/").split("/")[0]
    return action_choices.agencies_at(turn.tx, [f"/{county}/" if county else "/"], PAGE)


def _staff(turn: Turn) -> list[tuple[int, str]]:
    """People with an office at this very place whose names are kept."""
    place = places.get(turn.tx, turn.draft["place"])
    held = roles.holders(turn.tx, [(place.path, _STAFF)], turn.seconds, offset=0, limit=3 * PAGE)
    there = dict.fromkeys(one.person for one in held if one.place == place.id)
    names = [(person, name_of(turn, person)) for person in there]
    return [(person, name[:LONGEST_WHO]) for person, name in names if isinstance(name, str)][:PAGE]


def chosen(turn: Turn, kind: Who, name: str, owner: int | None = None) -> Outcome:
    """Keep in the draft who it is, and go on: to the date, or back to the look at everything."""
    turn.draft.update(who=kind.value, name=name, owner=owner)
    turn.draft.pop("named", None)
    turn.draft.pop("doer", None)
    return go("confirm" if "due" in turn.draft else "date")


def council(turn: Turn, _: str) -> Outcome:
    return chosen(turn, Who.COUNCIL, "")


def me(turn: Turn, _: str) -> Outcome:
    return chosen(turn, Who.PERSON, _shown_name(turn.incoming.name), turn.person.id)


def kind(turn: Turn, value: str) -> Outcome:
    if value not in {one.value for one in _KINDS}:
        raise Refusal("not-understood")
    if turn.draft.get("named"):
        return chosen(turn, Who(value), str(turn.draft["named"]))
    turn.draft["doer"] = value
    return go("name")


def name_first(turn: Turn, text: str) -> Outcome:
    """A name written before it was said what it is the name of."""
    turn.draft["named"] = _name(text)
    return go("who")


def name(turn: Turn, text: str) -> Outcome:
    return chosen(turn, Who(turn.draft["doer"]), _name(text))


def agency(turn: Turn, number: str) -> Outcome:
    known = {str(n): name for n, name in enumerate(_agencies(turn))}
    if number not in known:
        raise Refusal("not-understood")
    return chosen(turn, Who.AGENCY, known[number])


def person(turn: Turn, number: str) -> Outcome:
    known = {str(one): name for one, name in _staff(turn)}
    if number not in known:
        raise Refusal("not-understood")
    return chosen(turn, Who.PERSON, known[number], int(number))


def contact(turn: Turn) -> Outcome:
    """Somebody with an account, by their contact card."""
    somebody = brought(turn)
    found = said_name(turn, somebody)
    return chosen(turn, Who.PERSON, _shown_name(found) if isinstance(found, str) else "", somebody.person)


def _shown_name(name: str) -> str:
    """A name as its bearer wrote it in a messenger, on one line and not too long."""
    words = " ".join(tidy(name).split())[:LONGEST_WHO]
    return words if has_words(words) else ""


def _name(text: str) -> str:
    words = " ".join(tidy(text).split())
    if not has_words(words) or len(words) > LONGEST_WHO:
        raise Refusal("doer-length", n=LONGEST_WHO)
    return words


WHO = Step(ask, text=name_first, choices={"council": council, "me": me, "kind": kind}, kinds={Sent.CONTACT: contact})
NAME = Step(ask_name, text=name, choices={"agency": agency, "person": person}, kinds={Sent.CONTACT: contact})
