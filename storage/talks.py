"""Where each conversation stands: a row, so that a restart or another process goes on with it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from storage.tx import Row, Tx


@dataclass(slots=True)
class Conversation:
    """One conversation of one account. `draft` is what was said so far; steps change it in place."""

    id: int
    account: int
    talk: str
    step: str
    draft: dict[str, Any]
    #: The steps before this one, for the way back.
    trail: list[str] = field(default_factory=list)
    #: Number of the last question; a button of an older one is refused.
    serial: int = 0
    #: open, waiting (for the talk it called) or kept (a draft to go on with).
    state: str = "open"
    updated: int = 0


_COLUMNS = "SELECT id, account, talk, step, draft, trail, serial, state, updated FROM talks "


def open_one(tx: Tx, account: int) -> Conversation | None:
    """The conversation an account is in the middle of."""
    row = tx.one(_COLUMNS + "WHERE account = :account AND state = 'open'", account=account)
    return None if row is None else _talk(row)


def of_account(tx: Tx, account: int) -> list[Conversation]:
    """Every conversation of an account, the newest first."""
    rows = tx.all(_COLUMNS + "WHERE account = :account ORDER BY updated DESC, id DESC", account=account)
    return [_talk(row) for row in rows]


def others(tx: Tx, account: int) -> list[Conversation]:
    """Conversations that wait or were put aside, the newest first."""
    rows = tx.all(
        _COLUMNS + "WHERE account = :account AND state <> 'open' ORDER BY updated DESC, id DESC", account=account
    )
    return [_talk(row) for row in rows]


def find(tx: Tx, account: int, talk: str) -> Conversation | None:
    """An account's conversation of this name, in whatever state."""
    row = tx.one(_COLUMNS + "WHERE account = :account AND talk = :talk", account=account, talk=talk)
    return None if row is None else _talk(row)


def by_id(tx: Tx, talk: int) -> Conversation | None:
    """A conversation by its number."""
    row = tx.one(_COLUMNS + "WHERE id = :id", id=talk)
    return None if row is None else _talk(row)


def save(tx: Tx, talk: Conversation, now: int) -> Conversation:
    """Write where a conversation stands now; `id` 0 makes a new one in place of an older one of that name."""
    values = {
        "account": talk.account,
        "talk": talk.talk,
        "step": talk.step,
        "draft": json.dumps(talk.draft, ensure_ascii=True),
        "trail": json.dumps(talk.trail),
        "serial": talk.serial,
        "state": talk.state,
        "now": now,
    }
    row = tx.one(
        "INSERT INTO talks (account, talk, step, draft, trail, serial, state, updated) "
        "VALUES (:account, :talk, :step, :draft, :trail, :serial, :state, :now) "
        "ON CONFLICT (account, talk) DO UPDATE SET step = excluded.step, draft = excluded.draft, "
        "trail = excluded.trail, serial = excluded.serial, state = excluded.state, updated = excluded.updated "
        "RETURNING id",
        **values,
    )
    if row is not None:
        talk.id = int(row["id"])
    talk.updated = now
    return talk


def set_state(tx: Tx, talk: int, state: str) -> None:
    """Open it, let it wait, or put it aside."""
    tx.run("UPDATE talks SET state = :state WHERE id = :id", id=talk, state=state)


def end(tx: Tx, talk: int) -> None:
    """The conversation is over; its draft goes."""
    tx.run("DELETE FROM talks WHERE id = :id", id=talk)


def _talk(row: Row) -> Conversation:
    return Conversation(
        id=row["id"],
        account=row["account"],
        talk=row["talk"],
        step=row["step"],
        draft=json.loads(row["draft"]),
        trail=json.loads(row["trail"]),
        serial=row["serial"],
        state=row["state"],
        updated=row["updated"],
    )
