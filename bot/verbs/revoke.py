"""take a role back; without a place, wherever the account has it"""

from __future__ import annotations

from argparse import ArgumentParser

from bot.verbs import Order, Refused, _seats
from bot.verbs._database import within
from domain.permissions import Role
from storage import cards, people
from storage.tx import Tx


def add(parser: ArgumentParser) -> None:
    _seats.add(parser)


def run(order: Order) -> int:
    account, role = _seats.account(order.args), _seats.role(order.args)

    def take(tx: Tx) -> list[str]:
        place = _seats.place(tx, order.args.place, role) if order.args.place else None
        person, now = _seats.person(tx, account), order.clock.seconds()
        ended = people.revoke(tx, person, role, place.id if place else None, now)
        where = f" in {place.written}" if place else ""
        if not ended:
            raise Refused(f"{account} is not {role}{where}")
        cards.take_away(tx, person, now)
        lines = [f"{account} is no longer {role}{where}" + (f" ({ended} places)" if ended > 1 else "")]
        if role is Role.PROVINCE_ADMIN and not people.anybody_with(tx, role, now):
            lines.append(f"nobody is {role} now: grant it to somebody, or use the link that the next start prints")
        return lines

    for line in within(order, take):
        order.say(line)
    return 0
