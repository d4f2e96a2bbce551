"""Where each table keeps what belongs to a person: export, erasure and the merge of two accounts run from here."""

from __future__ import annotations

from dataclasses import dataclass

from storage import media, rsvps
from storage.tx import Row, Tx


@dataclass(frozen=True, slots=True)
class Once:
    """Of two people's rows that are alike in `alike`, one stays when these people turn out to be the same.

    `first`: the order (SQL) in which the one that stays comes first; `among`: which rows are compared at all.
    """

    alike: str
    first: str
    among: str = "1 = 1"


@dataclass(frozen=True, slots=True)
class Personal:
    """What of a table is a person's.

    `person`: the column that names them (with `through`: a query for that column's values instead of the person's
    number). `show`: columns a person is shown of their own rows. `erase`: what /forget does with them:
    'delete' the row, 'unlink' it (empty the person column), or 'keep' it as it is.
    `merge`: what happens when somebody's two accounts become one person: every row gets the number of the one who
    stays ('move'), the same with one of each pair (`Once`), the row belongs to an account and stays with it
    ('account'), or it is the person itself ('person').
    `also`: further columns that hold a person's number, for what they did with the row.
    """

    person: str
    erase: str
    merge: str | Once
    show: tuple[str, ...] = ()
    through: str = ""
    also: tuple[str, ...] = ()


_ACCOUNTS = "SELECT id FROM accounts WHERE person = :person"
_LANES = "SELECT lane FROM accounts WHERE person = :person"
_REPORTER_FIRST = "CASE WHEN part = 'reporter' THEN 0 ELSE 1 END, since, person"
#: Of one role in one place the one that lasts longest.
_LONGEST_FIRST = "CASE WHEN until IS NULL THEN 0 ELSE 1 END, until DESC, since, id"

#: Every table answers. None: nothing in it belongs to one person. The order is the order of erasing.
TABLES: dict[str, Personal | None] = {
    "migrations": None,
    "bots": None,
    "places": None,
    "bodies": None,  # erased with the outbox rows that need them
    "jobs": None,  # ids only; a job whose row is gone, or whose person was forgotten, does nothing
    "cases": None,  # the case stays without its reporter (see parties and words)
    "attachments": None,  # which media belong to a case; the media answer for themselves
    "media_copies": None,
    "public_cases": None,  # written without anybody's name
    "sensitive_counts": None,
    "moves": None,  # append-only: the number in it leads to a row that is empty after erasing, and to no account
    "action_cases": None,
    "action_moves": None,  # append-only likewise
    "action_pairs": None,
    "links": Personal("account", "delete", "account", ("expires", "state"), through=_ACCOUNTS),
    "talks": Personal("account", "delete", "account", ("talk", "step", "draft"), through=_ACCOUNTS),
    "inbox": Personal("lane", "delete", "account", ("received", "state"), through=_LANES),
    "outbox": Personal("lane", "delete", "account", ("created", "state"), through=_LANES),
    "parties": Personal("person", "delete", Once("case_id", _REPORTER_FIRST), ("case_id", "part", "since")),
    "words": Personal("person", "unlink", "move", ("case_id", "part", "words", "at")),
    "tries": Personal("person", "delete", Once("what", "shut_until DESC, failed DESC, person"), ("what", "failed")),
    "media": Personal("person", "unlink", "move", ("kind", "type", "state", "created")),
    "missing_places": Personal("person", "unlink", "move", ("name", "at"), also=("answered_by",)),
    "broadcast_places": None,
    "broadcasts": Personal("author", "unlink", "move", ("words", "state", "created"), also=("decided_by",)),
    # Two accounts have one budget: what reached either counts, and nothing twice.
    "news_given": Personal("person", "delete", Once("broadcast", "late, at, person"), ("broadcast", "at")),
    "channels": Personal("person", "unlink", "move", ("title", "since")),
    "channel_codes": Personal("person", "delete", "move", ("place", "expires")),
    "corrections": Personal("author", "unlink", "move", ("words", "at")),
    "actions": Personal("author", "unlink", "move", ("what", "due", "state"), also=("owner",)),
    "action_reasons": Personal("person", "unlink", "move", ("words", "at")),
    "roadmaps": Personal("author", "unlink", "move", ("meeting", "at")),
    "meetings": Personal("author", "unlink", "move", ("kind", "starts")),
    "minutes": Personal("author", "unlink", "move", ("meeting", "published")),
    "minutes_photos": None,  # the minute book is the council's; who sent its photo is unlinked with the media
    "council_options": None,
    "item_votings": None,
    "item_votes": Personal("person", "delete", Once("item", "at, person"), ("item", "choice", "at")),
    "agenda_items": Personal("person", "unlink", "move", ("meeting", "words")),
    # Whoever answered from both accounts meant what they said last; whoever came, came once.
    "rsvps": Personal("person", "delete", Once("meeting", "at DESC, person"), ("meeting", "answer", "at")),
    "attendances": Personal("person", "delete", Once("meeting", "at, person"), ("meeting", "at")),
    "polls": Personal("author", "unlink", "move", ("question", "state", "created")),
    "poll_options": None,
    # Of two accounts' votes the earlier counts, with all that was chosen in it.
    "ballots": Personal("person", "delete", Once("poll", "at, person"), ("poll", "choices", "at")),
    "poll_moves": Personal("person", "unlink", "move", ("poll", "move", "at")),
    "roles": Personal(
        "person",
        "delete",
        Once("role, place", _LONGEST_FIRST, among="(until IS NULL OR until > :now)"),
        ("role", "place", "since", "until"),
        also=("granted_by", "ended_by"),
    ),
    "invitations": Personal("used_by", "unlink", "move", ("role", "used_at"), also=("invited_by",)),
    "accounts": Personal("person", "keep", "move", ("user_id", "status", "last_seen")),
    "lanes": Personal("id", "keep", "account", (), through=_LANES),
    "persons": Personal(
        "id",
        "keep",
        "person",
        (
            "language",
            "created",
            "consent_version",
            "consent_at",
            "stopped",
            "digest",
            "quiet_from",
            "quiet_to",
            "card_hours",
        ),
    ),
}


def export(tx: Tx, person: int) -> dict[str, list[dict[str, object]]]:
    """Everything that is kept of a person, table by table."""
    found: dict[str, list[dict[str, object]]] = {}
    for table, kept in TABLES.items():
        if kept is None or not kept.show:
            continue
        rows = tx.all(f"SELECT {', '.join(kept.show)} FROM {table} WHERE {_theirs(kept)}", person=person)
        if rows:
            found[table] = [_as_dict(row, kept.show) for row in rows]
    return found


def forget(tx: Tx, person: int, now: int) -> None:
    """Erase a person: nothing links them to their cases any more, and they are a stranger when they write again.

    What they sent and nobody released goes, and every recording of their voice.
    The account itself stays, so that the answer to this very request still arrives; it gets a person of its own, since
    history for ever holds the number of the former one.
    """
    answered = rsvps.meetings_of(tx, person)
    for one in media.unpublished_of(tx, person):
        media.let_go(tx, one, now)
    # A link that nobody stands behind any more opens nothing.
    tx.run("DELETE FROM invitations WHERE invited_by = :person AND used_at IS NULL", person=person)
    tx.run(f"DELETE FROM links WHERE opened_by IN ({_ACCOUNTS})", person=person)
    # What somebody promised stays to be kept; their name goes.
    tx.run(
        "UPDATE actions SET who_name = '', who_key = '' WHERE owner = :person AND who_kind = 'person'", person=person
    )
    for table, kept in TABLES.items():
        for column in kept.also if kept is not None else ():
            tx.run(f"UPDATE {table} SET {column} = NULL WHERE {column} = :person", person=person)
        if kept is None or kept.erase == "keep":
            continue
        if table == "outbox":
            _free_bodies(tx, person)
        if kept.erase == "delete":
            # The message that asks for this is in its turn, which empties it; what is done is empty already, and its
            # key must stay, or a repeat would be taken for new.
            spare = " AND state = 'parked'" if table == "inbox" else ""
            tx.run(f"DELETE FROM {table} WHERE {_theirs(kept)}{spare}", person=person)
        else:
            tx.run(f"UPDATE {table} SET {kept.person} = NULL WHERE {_theirs(kept)}", person=person)
    rsvps.recount(tx, answered)
    for n, account in enumerate(tx.all(_ACCOUNTS + " ORDER BY id", person=person)):
        # Two accounts part for ever, and nothing is to lead from the one to the other either.
        cut_loose(tx, account["id"], now if n else None)
    tx.run("UPDATE persons SET merged_into = NULL WHERE merged_into = :person", person=person)
    empty(tx, person)


def cut_loose(tx: Tx, account: int, created: int | None) -> int:
    """Give an account a person of its own, a stranger. Its number. `created` None: first seen when this one was."""
    stranger = tx.one(
        "INSERT INTO persons (language, created) SELECT p.language, coalesce(CAST(:created AS bigint), p.created) "
        "FROM persons p JOIN accounts a ON a.person = p.id WHERE a.id = :account RETURNING id",
        account=account,
        created=created,
    )
    if stranger is None:
        raise LookupError(f"no account {account}")
    tx.run("UPDATE accounts SET person = :new, chosen = 0 WHERE id = :account", new=stranger["id"], account=account)
    return int(stranger["id"])


def empty(tx: Tx, person: int) -> None:
    """Leave nothing in a person's row but its number, which history holds for ever."""
    # `created` goes too: equal times would lead from the one row to the other.
    tx.run(
        "UPDATE persons SET created = 0, consent_version = 0, consent_at = NULL, stopped = '', sealed_name = NULL, "
        "digest = 0, quiet_from = NULL, quiet_to = NULL, card_hours = '', linked = 0 WHERE id = :person",
        person=person,
    )


def _free_bodies(tx: Tx, person: int) -> None:
    bodies = tx.all(f"SELECT DISTINCT body FROM outbox WHERE body IS NOT NULL AND lane IN ({_LANES})", person=person)
    tx.run(f"UPDATE outbox SET body = NULL WHERE lane IN ({_LANES})", person=person)
    for row in bodies:
        tx.run(
            "DELETE FROM bodies WHERE id = :body AND broadcast IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM outbox WHERE body = :body)",
            body=row["body"],
        )


def _theirs(kept: Personal) -> str:
    return f"{kept.person} IN ({kept.through})" if kept.through else f"{kept.person} = :person"


def _as_dict(row: Row, columns: tuple[str, ...]) -> dict[str, object]:
    return {column: row[column] for column in columns}
