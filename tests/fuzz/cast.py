"""Who is in the fuzzed town, what they are there, and how it is made so again when chance has changed too much."""

from __future__ import annotations

from dataclasses import dataclass

from domain.permissions import Role
from storage import cards, people, places
from storage.tx import Tx


@dataclass(frozen=True, slots=True)
class One:
    """Somebody with an account on each messenger. `name` is a followed word: no other resident may ever read it."""

    user: int
    role: Role | None
    place: str
    agreed: bool
    name: str


def _cast() -> tuple[One, ...]:
    n1, n2, n3, arg = "kerman/n1", "kerman/n2", "kerman/n3", "bam/arg"
    seats: list[tuple[Role | None, str, bool]] = [
        *[(Role.RESIDENT, place, True) for place in (n1, n1, n1, n1, n2, n2, n2, n3, arg, arg)],
        *[(Role.COORDINATOR, place, True) for place in (n1, n1, n2, arg)],
        (Role.COUNTY_OFFICER, "kerman", True),
        (Role.COUNTY_OFFICER, "bam", True),
        (Role.PROVINCE_ADMIN, "", True),
        (Role.COUNCIL_HEAD, n1, True),
        (Role.COUNCIL_MEMBER, n1, True),
        (Role.COMMITTEE_HEAD, n2, True),
        (Role.AGENCY_CONTACT, "kerman", True),
        *[(None, "", True)] * 3,
        *[(None, "", False)] * 4,
    ]
    letters = "abcdefghijklmnopqrstuvwxyz"
    return tuple(
        One(1001 + n, role, place, agreed, f"zqname{letters[n // 26]}{letters[n % 26]}xqz")
        for n, (role, place, agreed) in enumerate(seats)
    )


CAST = _cast()
#: Who only asks for help, once a round: that an answer comes shows that the bot is alive.
WATCHER = 1999
#: Messages of these are worth more: they decide.
DECIDERS = tuple(one.user for one in CAST if one.role in (Role.COORDINATOR, Role.COUNTY_OFFICER, Role.PROVINCE_ADMIN))
RESIDENTS = tuple(one.user for one in CAST if one.role is Role.RESIDENT)


def seat(tx: Tx, platforms: tuple[str, ...], now: int) -> None:
    """Bring everybody in and give them their seats; every other seat ends. May be done again at any time."""
    wanted: set[tuple[int, str, int]] = set()
    for platform in platforms:
        row = tx.one("SELECT id FROM bots WHERE platform = :platform", platform=platform)
        assert row is not None
        for one in CAST:
            lane = people.lane_id(tx, row["id"], one.user)
            _, person = people.arrive(tx, bot=row["id"], user=one.user, lane=lane, language="fa", now=now)
            if one.agreed and not person.consent:
                people.consent(tx, person.id, 2, now)
            if one.role is not None:
                place = places.written(tx, one.place)
                assert place is not None
                people.grant(tx, person.id, one.role, place.id, now)
                wanted.add((person.id, one.role, place.id))
    for held in tx.all("SELECT id, person, role, place FROM roles WHERE until IS NULL OR until > :now", now=now):
        if (held["person"], held["role"], held["place"]) not in wanted:
            people.revoke(tx, held["person"], Role(held["role"]), held["place"], now)
            cards.take_away(tx, held["person"], now)
