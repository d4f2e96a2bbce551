"""Time as rows: what is to be done, and when."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from storage.tx import Row, Tx


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to do at its time. `args` are ids, never words."""

    id: int
    kind: str
    key: str
    args: dict[str, int]
    tries: int


def put(
    tx: Tx, kind: str, key: str, due: int, args: Mapping[str, int] | None = None, *, expires: int | None = None
) -> None:
    """Set a job for a time; a job with this key is moved to the new time.

    `expires`: after this moment it makes no sense any more and is dropped unrun.
    """
    tx.run(
        "INSERT INTO jobs (kind, key, due, args, expires) VALUES (:kind, :key, :due, :args, :expires) "
        "ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, due = excluded.due, args = excluded.args, "
        "expires = excluded.expires, tries = 0, taken_until = 0",
        kind=kind,
        key=key,
        due=due,
        args=json.dumps(dict(args or {})),
        expires=expires,
    )


def plan(tx: Tx, kind: str, key: str, due: int, now: int) -> None:
    """Set a job that comes again and again, at the start: one that is due already, or in the middle, is left alone."""
    tx.run(
        "INSERT INTO jobs (kind, key, due, args) VALUES (:kind, :key, :due, '{}') "
        "ON CONFLICT (key) DO UPDATE SET due = excluded.due WHERE jobs.due > :now AND jobs.args = '{}'",
        kind=kind,
        key=key,
        due=due,
        now=now,
    )


def put_once(tx: Tx, kind: str, key: str, due: int, args: Mapping[str, int]) -> None:
    """Set a job for a time, unless one with this key waits already: however often it is asked for, it is done once."""
    tx.run(
        "INSERT INTO jobs (kind, key, due, args) VALUES (:kind, :key, :due, :args) ON CONFLICT (key) DO NOTHING",
        kind=kind,
        key=key,
        due=due,
        args=json.dumps(dict(args)),
    )


def drop(tx: Tx, key: str) -> None:
    """Forget a job."""
    tx.run("DELETE FROM jobs WHERE key = :key", key=key)


def take(tx: Tx, now: int) -> Job | None:
    """The job that is due longest; lapsed ones are dropped on the way."""
    tx.run("DELETE FROM jobs WHERE expires IS NOT NULL AND expires <= :now", now=now)
    lock = " FOR UPDATE SKIP LOCKED" if tx.dialect == "postgres" else ""
    row = tx.one(
        "SELECT id, kind, key, args, tries FROM jobs WHERE due <= :now AND taken_until <= :now ORDER BY due, id LIMIT 1"
        + lock,
        now=now,
    )
    return None if row is None else _job(row)


def hold(tx: Tx, job: Job, until: int) -> None:
    """Somebody is at it; nobody else takes it before then."""
    tx.run("UPDATE jobs SET taken_until = :until WHERE id = :id", id=job.id, until=until)


def let_go(tx: Tx) -> int:
    """Nobody is at anything any more: what was held by a process that is dead is due again. How many there were.

    Only for whoever has the database alone.
    """
    return tx.run("UPDATE jobs SET taken_until = 0 WHERE taken_until > 0")


def done(tx: Tx, job: Job, now: int) -> None:
    """It was done. One that was set anew for a later time meanwhile stays."""
    tx.run("DELETE FROM jobs WHERE id = :id AND due <= :now", id=job.id, now=now)


def failed(tx: Tx, job: Job, again: int) -> None:
    """It failed and is tried again then."""
    tx.run("UPDATE jobs SET tries = tries + 1, due = :again, taken_until = 0 WHERE id = :id", id=job.id, again=again)


def next_due(tx: Tx) -> int | None:
    """When the next job falls due."""
    row = tx.one("SELECT min(due) AS due FROM jobs")
    return None if row is None or row["due"] is None else int(row["due"])


def waiting(tx: Tx, now: int) -> dict[str, int]:
    """How many jobs there are, how many are due, and since how many seconds the oldest of those."""
    row = tx.one(
        "SELECT count(*) AS n, sum(CASE WHEN due <= :now THEN 1 ELSE 0 END) AS due, min(due) AS oldest FROM jobs",
        now=now,
    )
    if row is None or not row["n"]:
        return {"waiting": 0, "due": 0, "oldest_s": 0}
    return {"waiting": int(row["n"]), "due": int(row["due"]), "oldest_s": max(0, now - int(row["oldest"]))}


def _job(row: Row) -> Job:
    return Job(id=row["id"], kind=row["kind"], key=row["key"], args=json.loads(row["args"]), tries=row["tries"])
