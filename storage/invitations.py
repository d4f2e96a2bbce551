"""One-time links to a role. Only a hash of the code is kept."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from domain.permissions import Role
from storage.tx import Row, Tx


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that can still be used. `by`: who made it; None for the first seat, which nobody gave."""

    id: int
    role: Role
    place: int
    by: int | None
    #: Until when the role lasts (epoch seconds), None without end.
    until: int | None


def put(
    tx: Tx,
    code: str,
    role: Role,
    place: int,
    *,
    bot: int | None,
    expires: int,
    by: int | None = None,
    until: int | None = None,
) -> None:
    """Make a link that gives a role at a place (to `until`) until `expires`, at one bot or at any."""
    tx.run(
        "INSERT INTO invitations (code_hash, role, place, bot, expires, invited_by, role_until) "
        "VALUES (:hash, :role, :place, CAST(:bot AS bigint), :expires, :by, :until)",
        hash=_hash(code),
        role=str(role),
        place=place,
        bot=bot,
        expires=expires,
        by=by,
        until=until,
    )


_LEFT = (
    "SELECT id, role, place, invited_by, role_until FROM invitations WHERE used_by IS NULL AND used_at IS NULL "
    "AND expires > :now AND (bot IS NULL OR bot = :bot) "
)


def look(tx: Tx, code: str, *, bot: int, now: int) -> Invitation | None:
    """What a link offers; None when it is unknown, used or too old."""
    row = tx.one(_LEFT + "AND code_hash = :hash", hash=_hash(code), bot=bot, now=now)
    return None if row is None else _invitation(row)


def by_id(tx: Tx, invitation: int, *, bot: int, now: int) -> Invitation | None:
    """The same, by its number."""
    row = tx.one(_LEFT + "AND id = :id", id=invitation, bot=bot, now=now)
    return None if row is None else _invitation(row)


def use(tx: Tx, invitation: int, person: int, now: int) -> bool:
    """Use a link up, to take the role or to decline it. False when somebody was faster."""
    return bool(
        tx.run(
            "UPDATE invitations SET used_by = :person, used_at = :now "
            "WHERE id = :id AND used_by IS NULL AND used_at IS NULL",
            id=invitation,
            person=person,
            now=now,
        )
    )


def drop_unused(tx: Tx, role: Role) -> int:
    """Make every unused link to the first seat of this role worthless. How many there were."""
    return tx.run(
        "DELETE FROM invitations WHERE role = :role AND used_by IS NULL AND invited_by IS NULL", role=str(role)
    )


def _hash(code: str) -> str:
    return sha256(code.encode()).hexdigest()


def _invitation(row: Row) -> Invitation:
    return Invitation(
        id=row["id"],
        role=Role(row["role"]),
        place=row["place"],
        by=row["invited_by"],
        until=row["role_until"],
    )
