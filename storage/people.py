"""Bots, chats, accounts and the persons behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from domain import quiet
from domain.permissions import Role, Seat
from domain.values import value
from storage import outbox, roles
from storage.tx import Row, Tx, numbers


@value(frozen=True, slots=True)
class Person:
    """Somebody who writes to us. No name: only staff's is kept, encrypted, in its own column."""

    id: int
    language: str
    #: The wording of the consent they gave; 0 is none.
    consent: int
    #: '' every notice, 'news' only about their own cases, 'all' nothing unasked.
    stopped: str


@value(frozen=True, slots=True)
class Account:
    """A person's account at one bot, with its private chat's lane."""

    id: int
    bot: int
    lane: int
    user: int
    person: int


@value(frozen=True, slots=True)
class Reach:
    """Where a notice to a person goes: the account they chose, or the one they used last."""

    bot: int
    lane: int
    person: int
    language: str
    stopped: str
    #: When they last wrote, to within `SEEN_S` seconds.
    last_seen: int = 0
    #: They take the news once a week.
    digest: bool = False
    #: They have had their share of this week's news; told by whoever asks (`storage/news.py`).
    spent: bool = False
    #: Minutes of the Tehran day from which and until which nothing unasked is sent.
    quiet: tuple[int, int] = quiet.USUAL
    #: Their account on the other messenger, if they have two that are open.
    other: Reach | None = None


#: How exactly it is kept when somebody last wrote, in seconds: a write for every message is not free.
SEEN_S = 300


def bot_id(tx: Tx, platform: str, self_id: int, username: str) -> int:
    """Our number for a bot, made when it is seen for the first time."""
    row = tx.one(
        "INSERT INTO bots (platform, self_id, username) VALUES (:platform, :self_id, :username) "
        "ON CONFLICT (platform, self_id) DO UPDATE SET username = excluded.username RETURNING id",
        platform=platform,
        self_id=self_id,
        username=username,
    )
    return _id(row)


def platform_of(tx: Tx, bot: int) -> str:
    """The name of the messenger that a bot is on; empty for none of ours."""
    row = tx.one("SELECT platform FROM bots WHERE id = :bot", bot=bot)
    return "" if row is None else str(row["platform"])


def lane_id(tx: Tx, bot: int, chat: int) -> int:
    """The lane of a chat, made when the chat is seen for the first time."""
    row = tx.one("SELECT id FROM lanes WHERE bot = :bot AND chat = :chat", bot=bot, chat=chat)
    if row is None:
        row = tx.one(
            "INSERT INTO lanes (bot, chat) VALUES (:bot, :chat) "
            "ON CONFLICT (bot, chat) DO UPDATE SET chat = excluded.chat RETURNING id",
            bot=bot,
            chat=chat,
        )
    return _id(row)


def arrive(tx: Tx, *, bot: int, user: int, lane: int, language: str, now: int) -> tuple[Account, Person]:
    """The account that wrote, and its person; both are made on the first message.

    Whoever writes is reachable again, even if they had blocked the bot.
    """
    row = _account(tx, bot, user)
    if row is None:
        person = tx.insert(
            "INSERT INTO persons (language, created) VALUES (:language, :now)", language=language, now=now
        )
        tx.run(
            "INSERT INTO accounts (bot, user_id, lane, person, last_seen) VALUES (:bot, :user, :lane, :person, :now)",
            bot=bot,
            user=user,
            lane=lane,
            person=person,
            now=now,
        )
        row = _account(tx, bot, user)
    if row is None:
        raise LookupError("an account vanished while it was made")
    # Of two accounts it is kept to the second which was used last.
    seen = now if row["linked"] else now - SEEN_S
    if row["status"] != "active" or row["last_seen"] < seen or row["lane"] != lane:
        tx.run(
            "UPDATE accounts SET status = 'active', last_seen = :now, lane = :lane WHERE id = :id",
            id=row["id"],
            now=now,
            lane=lane,
        )
    account = Account(id=row["id"], bot=bot, lane=lane, user=user, person=row["person"])
    return account, _person(row)


def _account(tx: Tx, bot: int, user: int) -> Row | None:
    return tx.one(
        "SELECT a.id, a.lane, a.person, a.status, a.last_seen, p.language, p.consent_version, p.stopped, p.linked "
        "FROM accounts a JOIN persons p ON p.id = a.person WHERE a.bot = :bot AND a.user_id = :user",
        bot=bot,
        user=user,
    )


def _person(row: Row) -> Person:
    return Person(id=row["person"], language=row["language"], consent=row["consent_version"], stopped=row["stopped"])


def account_stopped(tx: Tx, lane: int) -> None:
    """The messenger says that this chat is closed to us (403): nothing is sent until they write again."""
    tx.run("UPDATE accounts SET status = 'stopped' WHERE lane = :lane", lane=lane)
    for row in tx.all("SELECT id FROM outbox WHERE lane = :lane AND state = 'waiting'", lane=lane):
        outbox.lapse(tx, row["id"])


def reach(tx: Tx, person: int, at: int = 0) -> Reach | None:
    """Where a person is reached: at this bot if they are there, else at the active account that they chose or used
    last; None when every one is closed."""
    rows = tx.all(
        _REACH + "WHERE a.person = :person AND a.status = 'active' "
        "ORDER BY (CASE WHEN a.bot = :at THEN 1 ELSE 0 END), a.chosen, a.last_seen, a.id",
        person=person,
        at=at,
    )
    return _together(rows).get(person)


def reaches(tx: Tx, persons: Iterable[int]) -> dict[int, Reach]:
    """The same for many persons at once, by person; who cannot be reached is missing."""
    rows = tx.all(
        _REACH
        + f"WHERE a.status = 'active' AND a.person IN {tx.among('persons')} ORDER BY a.chosen, a.last_seen, a.id",
        persons=numbers(persons),
    )
    return _together(rows)


def _together(rows: Iterable[Row]) -> dict[int, Reach]:
    """By person: of their accounts the last of these rows, with the one before it as the other."""
    found: dict[int, Reach] = {}
    for row in rows:
        here = as_reach(row)
        if (other := found.get(here.person)) is not None:
            # They are awake wherever they wrote last.
            here = replace(here, last_seen=max(here.last_seen, other.last_seen), other=replace(other, other=None))
        found[here.person] = here
    return found


_REACH = (
    "SELECT a.bot, a.lane, a.person, a.last_seen, p.language, p.stopped, p.digest, p.quiet_from, p.quiet_to "
    "FROM accounts a JOIN persons p ON p.id = a.person "
)


def as_reach(row: Row) -> Reach:
    """A row with the columns of `Reach` (quiet_from and quiet_to for `quiet`)."""
    chosen = row["quiet_from"] is not None and row["quiet_to"] is not None
    return Reach(
        bot=row["bot"],
        lane=row["lane"],
        person=row["person"],
        language=row["language"],
        stopped=row["stopped"],
        last_seen=row["last_seen"],
        digest=bool(row["digest"]),
        quiet=(row["quiet_from"], row["quiet_to"]) if chosen else quiet.USUAL,
    )


def find_account(tx: Tx, platform: str, user: int) -> int | None:
    """The person behind an account named on the command line."""
    row = tx.one(
        "SELECT a.person FROM accounts a JOIN bots b ON b.id = a.bot "
        "WHERE b.platform = :platform AND a.user_id = :user ORDER BY a.id DESC LIMIT 1",
        platform=platform,
        user=user,
    )
    return None if row is None else int(row["person"])


def of_user(tx: Tx, bot: int, user: int) -> Person | None:
    """The person behind a messenger's number, as one bot knows them; None when they never wrote to it."""
    row = _account(tx, bot, user)
    return None if row is None else _person(row)


def by_number(tx: Tx, person: int) -> Person | None:
    """A person by our own number."""
    row = tx.one(
        "SELECT id AS person, language, consent_version, stopped FROM persons WHERE id = :person", person=person
    )
    return None if row is None else _person(row)


def consent(tx: Tx, person: int, version: int, now: int) -> None:
    """Note which wording a person agreed to, and when."""
    tx.run(
        "UPDATE persons SET consent_version = :version, consent_at = :now WHERE id = :person",
        person=person,
        version=version,
        now=now,
    )


def set_language(tx: Tx, person: int, language: str) -> None:
    """The catalogue a person reads from now on."""
    tx.run("UPDATE persons SET language = :language WHERE id = :person", person=person, language=language)


def set_stopped(tx: Tx, person: int, stopped: str) -> None:
    """What a person no longer wants unasked: '', 'news' or 'all'."""
    tx.run("UPDATE persons SET stopped = :stopped WHERE id = :person", person=person, stopped=stopped)


def set_news(tx: Tx, person: int, *, stopped: str, digest: bool) -> None:
    """What a person wants to hear: every news (stopped '' and no digest), once a week, or less."""
    tx.run(
        "UPDATE persons SET stopped = :stopped, digest = :digest WHERE id = :person",
        person=person,
        stopped=stopped,
        digest=int(digest),
    )


def set_quiet(tx: Tx, person: int, begin: int, end: int) -> None:
    """A person's quiet hours, as minutes of the Tehran day; equal ones are none."""
    tx.run(
        "UPDATE persons SET quiet_from = :begin, quiet_to = :end WHERE id = :person",
        person=person,
        begin=begin,
        end=end,
    )


def keep_name(tx: Tx, person: int, sealed: str) -> None:
    """Keep a staff member's name, already encrypted."""
    tx.run("UPDATE persons SET sealed_name = :sealed WHERE id = :person", person=person, sealed=sealed)


def sealed_name(tx: Tx, person: int) -> str:
    """The encrypted name of a staff member; empty when none is kept."""
    row = tx.one("SELECT sealed_name FROM persons WHERE id = :person", person=person)
    return (row["sealed_name"] or "") if row else ""


def seats(tx: Tx, person: int, now: int) -> tuple[Seat, ...]:
    """Every role a person has now, with the path it reaches."""
    rows = tx.all(
        "SELECT r.role, r.place, p.path FROM roles r JOIN places p ON p.id = r.place "
        "WHERE r.person = :person AND r.since <= :now AND (r.until IS NULL OR r.until > :now) ORDER BY r.id",
        person=person,
        now=now,
    )
    return tuple(Seat(Role(row["role"]), row["place"], row["path"]) for row in rows)


def grant(
    tx: Tx,
    person: int,
    role: Role,
    place: int,
    now: int,
    *,
    by: int | None = None,
    since: int | None = None,
    until: int | None = None,
) -> bool:
    """Give a role from `since` (None: from now) to `until` (None: without end). False when they have just that already.

    One they have there with another end is closed, so that the history shows both.
    """
    begins = max(now, since or now)
    for held in roles.of_person(tx, person, now):
        if (held.role, held.place) == (role, place) and held.since <= begins:
            if held.until == until:
                return False
            tx.run("UPDATE roles SET until = :now WHERE id = :id", id=held.id, now=begins)
    return bool(
        tx.run(
            "INSERT INTO roles (person, role, place, since, until, granted_by) "
            "VALUES (:person, :role, :place, :since, :until, :by) "
            "ON CONFLICT (person, role, place) WHERE until IS NULL DO NOTHING",
            person=person,
            role=str(role),
            place=place,
            since=begins,
            until=until,
            by=by,
        )
    )


def revoke(tx: Tx, person: int, role: Role, place: int | None, now: int, *, by: int | None = None) -> int:
    """End a role at a place (None: wherever they have it). How many were ended."""
    return tx.run(
        "UPDATE roles SET until = :now, ended_by = :by WHERE person = :person AND role = :role "
        "AND (until IS NULL OR until > :now) AND place = coalesce(CAST(:place AS bigint), place)",
        person=person,
        role=str(role),
        place=place,
        now=now,
        by=by,
    )


def is_staff(tx: Tx, person: int, now: int) -> bool:
    """Whether a person has any role now besides that of a resident."""
    row = tx.one(
        "SELECT 1 AS found FROM roles WHERE person = :person AND role <> 'resident' AND since <= :now "
        "AND (until IS NULL OR until > :now) LIMIT 1",
        person=person,
        now=now,
    )
    return row is not None


def anybody_with(tx: Tx, role: Role, now: int, *, but: int = 0) -> bool:
    """Whether anyone at all (`but` for one person) has this role now."""
    row = tx.one(
        "SELECT 1 AS found FROM roles WHERE role = :role AND since <= :now AND (until IS NULL OR until > :now) "
        "AND person <> :but LIMIT 1",
        role=str(role),
        now=now,
        but=but,
    )
    return row is not None


def _id(row: Row | None) -> int:
    if row is None:
        raise LookupError("the database gave no number back")
    return int(row["id"])


def bot_of_account(tx: Tx, account: int) -> int:
    """The bot that an account is at; 0 for none of ours."""
    row = tx.one("SELECT bot FROM accounts WHERE id = :account", account=account)
    return 0 if row is None else int(row["bot"])


def person_of_account(tx: Tx, account: int) -> Person | None:
    """Whose account this is."""
    row = tx.one(
        "SELECT a.person, p.language, p.consent_version, p.stopped FROM accounts a JOIN persons p ON p.id = a.person "
        "WHERE a.id = :account",
        account=account,
    )
    return None if row is None else _person(row)
