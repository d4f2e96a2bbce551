"""Reads the words that `grant` and `revoke` share: an account, a role and a place."""

from __future__ import annotations

import difflib
import re
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass

from bot.platforms import PLATFORMS
from bot.verbs import Refused
from domain.permissions import LEVEL, Role
from domain.persian import ascii_digits
from storage import people, places
from storage.places import Place
from storage.tx import Tx

#: Residents become members of a neighbourhood by joining it, never by an operator's word.
GIVEN = tuple(role for role in Role if role is not Role.RESIDENT)


@dataclass(frozen=True, slots=True)
class Account:
    """How the command line names somebody: `messenger:number`."""

    platform: str
    user: int

    def __str__(self) -> str:
        return f"{self.platform}:{self.user}"


def add(parser: ArgumentParser) -> None:
    """The three words, the place as far as it is needed."""
    parser.add_argument("account", metavar="ACCOUNT", help=f"{' or '.join(f'{name}:1001' for name in PLATFORMS)}")
    parser.add_argument("role", metavar="ROLE", help=", ".join(GIVEN))
    parser.add_argument("place", metavar="PLACE", nargs="?", help="county, or county/neighborhood")


def account(args: Namespace) -> Account:
    """The account that was typed. Raises `Refused`."""
    found = re.fullmatch(r"(\w+):([1-9]\d{0,18})", ascii_digits(args.account.strip()))
    if found is None or found[1] not in PLATFORMS:
        raise Refused(f"{args.account}: an account is written {' or '.join(f'{name}:1001' for name in PLATFORMS)}")
    return Account(found[1], int(found[2]))


def role(args: Namespace) -> Role:
    """The role that was typed. Raises `Refused`."""
    if args.role not in GIVEN:
        near = difflib.get_close_matches(args.role, GIVEN, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(GIVEN)}"
        raise Refused(f"{args.role}: no such role; {hint}")
    return Role(args.role)


def person(tx: Tx, named: Account) -> int:
    """Who is behind the account. Raises `Refused` for one that has never written."""
    found = people.find_account(tx, named.platform, named.user)
    if found is None:
        raise Refused(f"{named} has not written to the bot yet: ask them to send /start to it first")
    return found


def place(tx: Tx, typed: str | None, wanted: Role) -> Place:
    """The place that was typed, at the level of the role. Raises `Refused`."""
    level = LEVEL[wanted]
    if level == "province":
        if typed:
            raise Refused(f"{wanted} is for the whole province and takes no place")
        return places.province(tx)
    form = {"county": "county", "neighborhood": "county/neighborhood"}[level]
    if not typed:
        raise Refused(f"{wanted} needs a place, written {form}")
    found = places.written(tx, typed.strip().lower())
    if found is None:
        raise Refused(f"{typed}: no such place (a place is written {form}){_nearest(tx, typed)}")
    if found.kind != level:
        raise Refused(f"{typed} is a {found.kind}; {wanted} needs a {level}, written {form}")
    return found


def _nearest(tx: Tx, typed: str) -> str:
    """The slug that was probably meant, at the part that is wrong."""
    county, _, rest = typed.strip("/ ").lower().partition("/")
    root = places.inside(tx, places.province(tx).id)
    inside = places.written(tx, county)
    if rest and inside is not None:
        options = [found.written for town in places.inside(tx, inside.id) for found in places.inside(tx, town.id)]
        near = difflib.get_close_matches(f"{county}/{rest}", options, n=1)
    else:
        near = difflib.get_close_matches(county, [found.slug for found in root], n=1)
    return f"; did you mean {near[0]}?" if near else ""
