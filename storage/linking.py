"""One person with two accounts: the request that both sides confirm, the merge, and the way back.

Only hashes of the code and of the link are kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from storage import outbox, people, personal, places, rsvps, standby, talks
from storage.personal import TABLES, Once
from storage.tx import Row, Tx

#: Seconds for which a code is good, and again for the last yes after the other side said its own.
GOOD_S = 600


@dataclass(frozen=True, slots=True)
class Side:
    """One account, its messenger's bot and the person behind it."""

    account: int
    bot: int
    platform: str
    person: int


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody asks for two accounts to become one. `other` is the account that said yes on the other messenger."""

    id: int
    asker: Side
    expires: int
    #: open, answered (the other said yes), done (the last yes was said), refused.
    state: str
    other: Side | None


def ask(tx: Tx, account: int, token: str, new_code: Callable[[], str], now: int) -> tuple[int, str]:
    """Ask for it, in place of whatever this account has asked before. The request's number and its code."""
    tx.run("DELETE FROM links WHERE account = :account", account=account)
    while True:
        code = new_code()
        row = tx.one(
            "INSERT INTO links (account, code_hash, token_hash, expires, state) "
            "VALUES (:account, :code, :token, :expires, 'open') ON CONFLICT DO NOTHING RETURNING id",
            account=account,
            code=_hash(code),
            token=_hash(token),
            expires=now + GOOD_S,
        )
        if row is not None:
            return int(row["id"]), code


def look(tx: Tx, said: str) -> Request | None:
    """The request with this code, or this token; None when there is none."""
    row = tx.one(_REQUEST + "WHERE l.code_hash = :hash OR l.token_hash = :hash", hash=_hash(said))
    return None if row is None else _request(tx, row)


def by_id(tx: Tx, request: int) -> Request | None:
    """The same, by its number."""
    row = tx.one(_REQUEST + "WHERE l.id = :id", id=request)
    return None if row is None else _request(tx, row)


def of_account(tx: Tx, account: int) -> Request | None:
    """What an account has asked for last."""
    row = tx.one(_REQUEST + "WHERE l.account = :account", account=account)
    return None if row is None else _request(tx, row)


def say_yes(tx: Tx, request: int, account: int, now: int) -> bool:
    """The other side says yes. False when somebody was faster, or it is too late."""
    return bool(
        tx.run(
            "UPDATE links SET state = 'answered', opened_by = :account, expires = :expires "
            "WHERE id = :id AND state = 'open' AND expires > :now",
            id=request,
            account=account,
            expires=now + GOOD_S,
            now=now,
        )
    )


def say_no(tx: Tx, request: int) -> None:
    """Either side says no: the code is worth nothing any more."""
    tx.run("UPDATE links SET state = 'refused' WHERE id = :id", id=request)


def finish(tx: Tx, request: Request) -> None:
    """The last yes was said: whatever else the two asked for is over, and the code is known for a while as used."""
    for one in (request.asker, request.other):
        if one is not None:
            tx.run(
                "DELETE FROM links WHERE (account = :account OR opened_by = :account) AND id <> :id",
                account=one.account,
                id=request.id,
            )
    tx.run("UPDATE links SET state = 'done' WHERE id = :id", id=request.id)


def drop(tx: Tx, account: int) -> None:
    """Whatever this account asked for, or said yes to, is over."""
    tx.run("DELETE FROM links WHERE account = :account OR opened_by = :account", account=account)


def sweep(tx: Tx, before: int) -> None:
    """Forget requests that ended before this time."""
    tx.run("DELETE FROM links WHERE expires < :before", before=before)


def sides(tx: Tx, person: int) -> list[Side]:
    """A person's accounts, the oldest first."""
    rows = tx.all(_SIDE + "WHERE a.person = :person ORDER BY a.id", person=person)
    return [_side(row) for row in rows]


def others(tx: Tx, bot: int) -> list[tuple[int, str]]:
    """The bots on other messengers, with the messenger's name."""
    rows = tx.all("SELECT id, platform FROM bots WHERE id <> :bot ORDER BY id", bot=bot)
    return [(int(row["id"]), str(row["platform"])) for row in rows]


def chosen(tx: Tx, person: int) -> int:
    """The account that a person wants notices at; 0 is the one used last."""
    row = tx.one("SELECT id FROM accounts WHERE person = :person AND chosen = 1", person=person)
    return 0 if row is None else int(row["id"])


def choose(tx: Tx, person: int, account: int) -> None:
    """Notices go to this account from now on; 0 is the one used last."""
    tx.run(
        "UPDATE accounts SET chosen = CASE WHEN id = :account THEN 1 ELSE 0 END WHERE person = :person",
        account=account,
        person=person,
    )


# --- one of two ---------------------------------------------------------------------------------------------------


def stays(tx: Tx, one: int, other: int, now: int) -> tuple[int, int]:
    """Who of two stays and who goes: staff before others, who has agreed before who has not, then the elder."""

    def rank(person: int) -> tuple[bool, bool, int]:
        found = people.by_number(tx, person)
        return not people.is_staff(tx, person, now), found is None or not found.consent, person

    stay, go = sorted((one, other), key=rank)
    return stay, go


def merge(tx: Tx, stay: int, gone: int, now: int) -> None:
    """Two persons turned out to be one: every row of `gone` is `stay`'s from now on, as the tables declare it.

    Of two neighbourhoods the one joined last stays. Names are the caller's: only it can open them.
    """
    _one_neighborhood(tx, stay, gone, now)
    for table, kept in TABLES.items():
        if kept is None:
            continue
        if isinstance(kept.merge, Once):
            _leave_one(tx, table, kept.person, kept.merge, stay, gone, now)
        moved = kept.merge == "move" or isinstance(kept.merge, Once)
        for column in (*((kept.person,) if moved else ()), *kept.also):
            tx.run(f"UPDATE {table} SET {column} = :stay WHERE {column} = :gone", stay=stay, gone=gone)
    rsvps.recount(tx, rsvps.meetings_of(tx, stay))
    _one_wish(tx, stay, gone)
    _jobs(tx, stay, gone)
    personal.empty(tx, gone)
    tx.run("UPDATE persons SET merged_into = :stay WHERE merged_into = :gone OR id = :gone", stay=stay, gone=gone)


def _one_neighborhood(tx: Tx, stay: int, gone: int, now: int) -> None:
    """A resident of two neighbourhoods is one of that which they joined last."""
    joined = tx.all(
        "SELECT id FROM roles WHERE person IN (:stay, :gone) AND role = 'resident' AND until IS NULL "
        "ORDER BY since DESC, id DESC",
        stay=stay,
        gone=gone,
    )
    last = places.of_person(tx, stay), places.of_person(tx, gone)
    if last[0] is not None and last[1] is not None and last[0].id != last[1].id:
        for row in joined[1:]:
            tx.run("UPDATE roles SET until = :now WHERE id = :id", id=row["id"], now=now)


def _leave_one(tx: Tx, table: str, person: str, once: Once, stay: int, gone: int, now: int) -> None:
    names = [name.strip() for name in once.alike.split(",")]
    values: dict[str, int] = {"stay": stay, "gone": gone} | ({"now": now} if ":now" in once.among else {})
    stays: dict[tuple[object, ...], int] = {}
    for row in tx.all(
        f"SELECT {once.alike}, {person} AS whose FROM {table} WHERE {person} IN (:stay, :gone) AND {once.among} "
        f"ORDER BY {once.first}",
        **values,
    ):
        key = tuple(row[name] for name in names)
        # What one person had twice was not the same to begin with.
        if stays.setdefault(key, row["whose"]) != row["whose"]:
            alike = " AND ".join(f"{name} = :{name}" for name in names)
            tx.run(
                f"DELETE FROM {table} WHERE {person} = :whose AND {alike} AND {once.among}",
                whose=row["whose"],
                **dict(zip(names, key, strict=True)),
                **({"now": now} if "now" in values else {}),
            )


def _one_wish(tx: Tx, stay: int, gone: int) -> None:
    """What they agreed to holds for both accounts, and what they stopped on either is stopped."""
    tx.run(
        "UPDATE persons SET linked = 1, "
        "consent_at = CASE WHEN g.consent_version > persons.consent_version THEN g.consent_at "
        "ELSE persons.consent_at END, "
        "consent_version = CASE WHEN g.consent_version > persons.consent_version THEN g.consent_version "
        "ELSE persons.consent_version END, "
        "created = CASE WHEN g.created < persons.created THEN g.created ELSE persons.created END, "
        "stopped = CASE WHEN 'all' IN (g.stopped, persons.stopped) THEN 'all' "
        "WHEN 'news' IN (g.stopped, persons.stopped) THEN 'news' ELSE '' END, "
        "digest = CASE WHEN g.digest = 1 THEN 1 ELSE persons.digest END, "
        "quiet_from = coalesce(persons.quiet_from, g.quiet_from), quiet_to = coalesce(persons.quiet_to, g.quiet_to), "
        "card_hours = CASE WHEN persons.card_hours = '' THEN g.card_hours ELSE persons.card_hours END "
        "FROM persons g WHERE persons.id = :stay AND g.id = :gone",
        stay=stay,
        gone=gone,
    )


def _jobs(tx: Tx, stay: int, gone: int) -> None:
    """What is set for them is done for the one who stays; where that one has the same, once."""
    for row in tx.all("SELECT id, kind, key, args FROM jobs WHERE args LIKE :like", like=f'%"person": {gone}%'):
        args = json.loads(row["args"])
        if args.get("person") != gone:
            continue
        key = f"{row['kind']}:{stay}" if row["key"] == f"{row['kind']}:{gone}" else row["key"]
        if key != row["key"] and tx.one("SELECT 1 AS found FROM jobs WHERE key = :key", key=key) is not None:
            tx.run("DELETE FROM jobs WHERE id = :id", id=row["id"])
            continue
        given = json.dumps({**args, "person": stay})
        tx.run("UPDATE jobs SET args = :args, key = :key WHERE id = :id", id=row["id"], args=given, key=key)


# --- two again ----------------------------------------------------------------------------------------------------


def part(tx: Tx, stays: Side, now: int) -> list[Side]:
    """The person keeps this account and all they have; each other one becomes a stranger's, as it then is.

    Nothing leads from the one to the other any more: what waited for the others lapses, and what they got shows
    nothing of a case's later life.
    """
    strangers = []
    for side in sides(tx, stays.person):
        drop(tx, side.account)
        if side.account == stays.account:
            continue
        for talk in talks.of_account(tx, side.account):
            talks.end(tx, talk.id)
        _quieten(tx, side.account, now)
        strangers.append(Side(side.account, side.bot, side.platform, personal.cut_loose(tx, side.account, now)))
    tx.run("UPDATE persons SET linked = 0 WHERE id = :person", person=stays.person)
    tx.run("UPDATE accounts SET chosen = 0 WHERE person = :person", person=stays.person)
    return strangers


def _quieten(tx: Tx, account: int, now: int) -> None:
    """What was on its way here goes to the account that stays, if it stands by there, or to nobody."""
    lane = "lane = (SELECT lane FROM accounts WHERE id = :account)"
    for row in tx.all(
        f"SELECT id, state, covered, not_before FROM outbox WHERE {lane} AND class > 1 AND edits IS NULL "
        "AND state IN ('waiting', 'held', 'standby') ORDER BY id",
        account=account,
    ):
        if row["covered"] and row["state"] == "waiting":
            standby.let_go(tx, row["id"], now)  # it may be in the air
            continue
        if row["covered"]:
            outbox.take_over(tx, row["id"], row["not_before"], row["state"])
        outbox.lapse(tx, row["id"])
    # Photos stay known, to be taken out; what went to many is counted and corrected by its rows.
    tx.run(
        f"UPDATE outbox SET about = NULL WHERE {lane} AND about IS NOT NULL AND substr(about, 1, 6) <> 'media:' "
        "AND substr(about, 1, 8) <> 'leaving:' AND substr(about, 1, 10) <> 'broadcast:' "
        "AND substr(about, 1, 11) <> 'correction:'",
        account=account,
    )


# --- pieces -------------------------------------------------------------------------------------------------------

_SIDE = "SELECT a.id AS account, a.bot, b.platform, a.person FROM accounts a JOIN bots b ON b.id = a.bot "
_REQUEST = "SELECT l.id, l.account, l.expires, l.state, l.opened_by FROM links l "


def side(tx: Tx, account: int) -> Side:
    """An account by its number. Raises `LookupError`."""
    row = tx.one(_SIDE + "WHERE a.id = :account", account=account)
    if row is None:
        raise LookupError(f"no account {account}")
    return _side(row)


def _side(row: Row) -> Side:
    return Side(row["account"], row["bot"], row["platform"], row["person"])


def _request(tx: Tx, row: Row) -> Request:
    other = None if row["opened_by"] is None else side(tx, row["opened_by"])
    return Request(row["id"], side(tx, row["account"]), row["expires"], row["state"], other)


def _hash(code: str) -> str:
    return sha256(code.encode()).hexdigest()
