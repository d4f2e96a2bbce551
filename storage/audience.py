"""Who gets a notice: an audience is a value, with one function that lists its members and one gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from domain import quiet
from domain.permissions import LEVEL, RULES, Do, Role
from domain.values import value
from storage import news
from storage.people import Reach
from storage.tx import Tx, numbers


class Unasked(StrEnum):
    """Why somebody hears from us without having just written."""

    OWN_CASE = "own_case"  # news of a case they belong to, or of a meeting that they mean to come to
    DUTY = "duty"  # staff: something waits for them
    NEWS = "news"  # everything else
    URGENT = "urgent"  # news that can wait neither for the morning nor for a digest, with a reason
    DIGEST = "digest"  # the news of a week in one message, for those who chose it
    REST = "rest"  # the same of what was more than their share of news
    ASKED = "asked"  # they asked for it a moment ago, and it took a job to make


class Answered(StrEnum):
    """Whom a message about a meeting is for, by their answer to its invitation."""

    ANYHOW = ""
    COMING = "coming"  # they said yes or maybe, wherever they live by now
    SILENT = "silent"  # of those it was for, who said nothing yet


@value(frozen=True, slots=True)
class Audience:
    """People with one of these roles, and why they are written to.

    Their place holds `path` (staff of a case), or, with `under`, it is there or below (everybody of a county). With
    `places` it is one of these.
    """

    path: str
    roles: tuple[Role, ...]
    why: Unasked
    under: bool = False
    #: Somebody who is left out, such as the one who writes; 0 is nobody.
    but: int = 0
    #: Only roles up to this one, by their number: who came later is left out. 0 is no limit.
    upto: int = 0
    #: Numbers of places; empty is everywhere in `path`.
    places: tuple[int, ...] = ()
    #: Those who answered the invitation to this meeting so. 0 is no meeting.
    meeting: int = 0
    answered: Answered = Answered.ANYHOW
    #: Who has one of these is written to for their duty, whatever the reason is for the others.
    duty: tuple[Role, ...] = ()


@value(frozen=True, slots=True)
class Count:
    """How many of an audience a message would reach now, and how many not, by reason."""

    reached: int = 0
    #: They have stopped messages of this kind.
    silent: int = 0
    #: They take the news once a week.
    weekly: int = 0
    #: Their chat is closed to us.
    closed: int = 0
    #: They have had their share of news for this week, and read it in a digest.
    later: int = 0

    @property
    def total(self) -> int:
        return self.reached + self.readers_of_digests + self.silent + self.closed

    @property
    def readers_of_digests(self) -> int:
        return self.weekly + self.later

    @property
    def readers(self) -> int:
        """Everybody who reads it, sooner or later."""
        return self.reached + self.readers_of_digests


def members(
    tx: Tx, audience: Audience, now: int, *, after: int = 0, through: int = 0, limit: int | None = None
) -> list[int]:
    """The persons of an audience, each once, in order of number: those behind `after`, up to `through`, so many."""
    query, values = _members(tx, audience, now)
    bounds = "AND r.person > :after " + ("AND r.person <= :through " if through else "")
    end = "ORDER BY r.person" + (" LIMIT :limit" if limit is not None else "")
    values |= {"after": after} | ({"through": through} if through else {})
    values |= {"limit": limit} if limit is not None else {}
    return [int(row["person"]) for row in tx.all(query + bounds + end, **values)]


def count(tx: Tx, audience: Audience, now: int, *, budget: int = 0) -> Count:
    """How many a message to this audience would reach now: each of its members at the one gate.

    `budget`: news that each gets in a week, at most; 0 is no limit.
    """
    query, values = _members(tx, audience, now)
    everybody = tx.one(f"SELECT count(*) AS n FROM ({query}) AS m", **values)
    found = dict.fromkeys(("reached", "silent", "weekly", "closed", "later"), 0)
    ordinary = left_out(Reach(0, 0, 0, "", ""), audience.why, now) or "reached"
    found[ordinary] = 0 if everybody is None else int(everybody["n"])
    limited = budget > 0 and audience.why is Unasked.NEWS
    # The gate looks at few things. Most people are alike in them; the others pass it in groups that are.
    on_duty = _members(tx, _on_duty(audience), now)[0] if audience.duty else "SELECT 0 AS person"
    particular = _PARTICULAR.format(spent=news.SPENT if limited else _NOBODY, members=query, on_duty=on_duty)
    values |= {"week": now - news.WEEK_S, "budget": budget} if limited else {}
    for row in tx.all(particular, **values):
        alike = Reach(0, 0, 0, "", row["stopped"], digest=bool(row["digest"]), spent=bool(row["spent"]))
        why = Unasked.DUTY if row["duty"] else audience.why
        found[left_out(alike if row["open"] else None, why, now) or "reached"] += int(row["n"])
        found[ordinary] -= int(row["n"])
    return Count(**found)


_NOBODY = "SELECT id AS person FROM persons WHERE 1 = 0"
_PARTICULAR = (
    "WITH spent AS ({spent}) "
    "SELECT p.stopped, p.digest, CASE WHEN EXISTS (SELECT 1 FROM accounts a WHERE a.person = p.id "
    "AND a.status = 'active') THEN 1 ELSE 0 END AS open, CASE WHEN p.id IN ({on_duty}) THEN 1 ELSE 0 END AS duty, "
    "CASE WHEN p.id IN (SELECT person FROM spent) THEN 1 ELSE 0 END AS spent, count(*) AS n FROM persons p "
    "WHERE p.id IN (SELECT id FROM persons WHERE stopped <> '' OR digest = 1 "
    "UNION SELECT person FROM accounts WHERE status <> 'active' UNION SELECT person FROM spent) "
    "AND p.id IN ({members}) GROUP BY 1, 2, 3, 4, 5"
)


def on_duty(tx: Tx, audience: Audience, now: int, *, after: int, through: int) -> set[int]:
    """Of the members behind `after`, up to `through`, those to whom it is a duty in any case."""
    return set(members(tx, _on_duty(audience), now, after=after, through=through)) if audience.duty else set()


def _on_duty(audience: Audience) -> Audience:
    return replace(audience, roles=audience.duty, duty=())


def left_out(reach: Reach | None, why: Unasked, now: int) -> str:
    """Why a message does not reach somebody (a field of `Count`); empty when it does, at once or later."""
    if reach is None:
        return "closed"
    if may_reach(reach, why, now) is not None:
        return ""
    if reach.stopped:
        return "silent"
    return "weekly" if reach.digest else "later"


def _members(tx: Tx, audience: Audience, now: int) -> tuple[str, dict[str, Any]]:
    """The query for an audience's persons, to be continued, and its values."""
    values: dict[str, Any] = {"now": now, "but": audience.but}
    if audience.answered is Answered.COMING:
        coming = "SELECT r.person FROM rsvps r WHERE r.meeting = :meeting AND r.answer <> 'no' AND r.person <> :but "
        return coming, {"meeting": audience.meeting, "but": audience.but}
    rest = (
        f"AND r.role IN ({_names(audience.roles)}) AND r.since <= :now AND (r.until IS NULL OR r.until > :now) "
        "AND r.person <> :but "
    )
    if audience.upto:
        rest += "AND r.id <= :upto "
        values["upto"] = audience.upto
    if audience.answered is Answered.SILENT:
        rest += "AND NOT EXISTS (SELECT 1 FROM rsvps s WHERE s.meeting = :meeting AND s.person = r.person) "
        values["meeting"] = audience.meeting
    if not audience.under:
        steps = [at for at, sign in enumerate(audience.path) if sign == "/"]
        values |= {f"path{n}": audience.path[: at + 1] for n, at in enumerate(steps)}
        above = ", ".join(f":path{n}" for n in range(len(steps)))
        return (
            "SELECT DISTINCT r.person FROM roles r WHERE r.place IN "
            f"(SELECT id FROM places WHERE path IN ({above})) {rest}",
            values,
        )
    if audience.places:
        # As below: by person, so that the pages together read everybody's roles once.
        return (
            "SELECT DISTINCT r.person FROM roles r CROSS JOIN places p WHERE p.id = r.place "
            f"AND p.id IN {tx.among('places')} {rest}",
            values | {"places": numbers(audience.places)},
        )
    inside = {"low": audience.path, "high": audience.path[:-1] + "0"}  # "0" is the sign behind "/"
    found = tx.all("SELECT id FROM places WHERE path >= :low AND path < :high LIMIT 2", **inside)
    if len(found) < 2:
        values["place"] = found[0]["id"] if found else 0
        return f"SELECT DISTINCT r.person FROM roles r WHERE r.place = :place {rest}", values
    # By person and not by place, so that a page of a large place needs no sorting; "CROSS" holds SQLite to that order.
    return (
        "SELECT DISTINCT r.person FROM roles r CROSS JOIN places p WHERE p.id = r.place "
        f"AND p.path >= :low AND p.path < :high {rest}",
        values | inside,
    )


def moderators(tx: Tx, path: str, now: int) -> list[int]:
    """Who decides about a case at this path: its coordinators; where there are none, the county; then the province.

    So no case is without an owner.
    """
    for role in (Role.COORDINATOR, Role.COUNTY_OFFICER, Role.PROVINCE_ADMIN):
        if role not in RULES[Do.MODERATE]:
            continue
        found = members(tx, Audience(path, (role,), Unasked.DUTY), now)
        if found:
            return found
    return []


def others(tx: Tx, do: Do, paths: Sequence[str], but: int, now: int) -> list[int]:
    """Who else than `but` may do this at each of these paths: those of the smallest body that has anybody."""
    for level in ("neighborhood", "county", "province"):
        roles = tuple(sorted(role for role in Role if role in RULES[do] and LEVEL[role] == level))
        there = [set(members(tx, Audience(path, roles, Unasked.DUTY, but=but), now)) for path in paths] if roles else []
        if there and (all_of_them := set.intersection(*there)):
            return sorted(all_of_them)
    return []


def may_reach(reach: Reach, why: Unasked, now: int) -> int | None:
    """The one gate that every unasked message passes: from when it may be sent, or None for never.

    What the person stopped they do not get; who takes the news once a week gets them with the digest, and so does who
    had their share of this week already. In their quiet hours it waits until these are over, unless they are talking
    with us right now. What is urgent waits for nothing.
    """
    if why is Unasked.ASKED:
        return now
    is_news = why in (Unasked.NEWS, Unasked.URGENT, Unasked.DIGEST, Unasked.REST)
    if why is not Unasked.DUTY and (reach.stopped == "all" or (is_news and reach.stopped == "news")):
        return None
    if why is Unasked.URGENT:
        return now
    if is_news and (reach.digest is not (why is Unasked.DIGEST) or (reach.spent and why is Unasked.NEWS)):
        return None
    if not is_news and now - reach.last_seen < quiet.TALKING_S:
        return now
    return quiet.ends(now, *reach.quiet)


def is_quiet(reach: Reach, now: int) -> bool:
    """Whether it is this person's time of rest."""
    return quiet.ends(now, *reach.quiet) != now


def _names(roles: Sequence[Role]) -> str:
    return ", ".join(f"'{role.value}'" for role in roles)
