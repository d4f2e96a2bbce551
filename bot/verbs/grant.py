"""give an account a role in a place"""

from __future__ import annotations

from argparse import ArgumentParser

from bot.verbs import Order, _seats
from bot.verbs._database import within
from storage import people
from storage.tx import Tx


def add(parser: ArgumentParser) -> None:
    _seats.add(parser)


def run(order: Order) -> int:
    account, role = _seats.account(order.args), _seats.role(order.args)

    def give(tx: Tx) -> str:
        place = _seats.place(tx, order.args.place, role)
        given = people.grant(tx, _seats.person(tx, account), role, place.id, order.clock.seconds())
        where = f" in {place.written}" if place.written else ""
        return f"{account} is {role}{where} from now on" if given else f"{account} is {role}{where} already"

    order.say(within(order, give))
    return 0
