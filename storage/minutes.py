"""What a meeting came to, once it is published. Its decisions are plans (`storage.actions.of_meeting`)."""

from __future__ import annotations

from collections.abc import Sequence

from domain.actions import Who
from domain.persian import search_key
from domain.values import value
from storage.media import want
from storage.tx import Row, Tx


@value(frozen=True, slots=True)
class Minutes:
    """The minutes of one meeting. Times are epoch seconds; `council` and `quorum` are None where no quorum counts."""

    meeting: int
    author: int | None
    published: int
    present: int
    #: Whether everybody may see the photos of the minute book.
    everybody: bool
    council: int | None
    quorum: int | None
    revision: int
    reason: str
    corrected: int | None


def of(tx: Tx, meeting: int) -> Minutes | None:
    """The published minutes of a meeting; None while there are none."""
    row = tx.one(
        "SELECT meeting, author, published, present, everybody, council, quorum, revision, reason, corrected "
        "FROM minutes WHERE meeting = :meeting",
        meeting=meeting,
    )
    return None if row is None else _minutes(row)


def publish(
    tx: Tx,
    meeting: int,
    *,
    author: int,
    present: int,
    photos: Sequence[int],
    everybody: bool,
    now: int,
    council: int | None = None,
    quorum: int | None = None,
) -> bool:
    """Make them public and have the photos (numbers of media) fetched. False when somebody published them first."""
    made = tx.run(
        "INSERT INTO minutes (meeting, author, published, present, everybody, council, quorum) VALUES (:meeting, "
        ":author, :now, :present, :everybody, CAST(:council AS bigint), CAST(:quorum AS bigint)) "
        "ON CONFLICT (meeting) DO NOTHING",
        meeting=meeting,
        author=author,
        now=now,
        present=present,
        everybody=int(everybody),
        council=council,
        quorum=quorum,
    )
    if made:
        _keep_photos(tx, meeting, photos, now)
    return bool(made)


def correct(tx: Tx, was: Minutes, *, photos: Sequence[int], everybody: bool, reason: str, now: int) -> bool:
    """Note that they were corrected, why, and which photos belong to them now. False when somebody did so first."""
    changed = tx.run(
        "UPDATE minutes SET revision = revision + 1, reason = :reason, corrected = :now, everybody = :everybody "
        "WHERE meeting = :meeting AND revision = :revision",
        reason=reason,
        now=now,
        everybody=int(everybody),
        meeting=was.meeting,
        revision=was.revision,
    )
    if changed:
        tx.run("DELETE FROM minutes_photos WHERE meeting = :meeting", meeting=was.meeting)
        _keep_photos(tx, was.meeting, photos, now)
    return bool(changed)


def photos(tx: Tx, meeting: int) -> list[int]:
    """The pages of the minute book, as numbers of media."""
    rows = tx.all("SELECT media FROM minutes_photos WHERE meeting = :meeting ORDER BY position", meeting=meeting)
    return [int(row["media"]) for row in rows]


def lacking(tx: Tx, paths: Sequence[str], now: int, limit: int) -> list[int]:
    """Meetings that were held exactly at one of these places and have no minutes, as numbers, the last one first."""
    places = {f"path{n}": path for n, path in enumerate(paths)}
    rows = tx.all(
        "SELECT m.id FROM meetings m JOIN places p ON p.id = m.place "
        f"WHERE p.path IN ({', '.join(f':{name}' for name in places) or 'NULL'}) AND m.starts <= :now "
        "AND m.state = 'planned' AND NOT EXISTS (SELECT 1 FROM minutes x WHERE x.meeting = m.id) "
        "ORDER BY m.starts DESC, m.id DESC LIMIT :limit",
        now=now,
        limit=limit,
        **places,
    )
    return [int(row["id"]) for row in rows]


def published(tx: Tx, meetings: Sequence[int]) -> dict[int, int]:
    """Those of these meetings that have minutes, and how many decisions each came to."""
    numbers = {f"n{n}": meeting for n, meeting in enumerate(meetings)}
    rows = tx.all(
        "SELECT x.meeting, (SELECT count(*) FROM actions a WHERE a.meeting = x.meeting) AS n FROM minutes x "
        f"WHERE x.meeting IN ({', '.join(f':{name}' for name in numbers) or 'NULL'})",
        **numbers,
    )
    return {int(row["meeting"]): int(row["n"]) for row in rows}


def between(tx: Tx, path: str, since: int, until: int, *, limit: int) -> list[int]:
    """Meetings of exactly this place whose minutes were published after one moment and up to the other, as numbers."""
    rows = tx.all(
        "SELECT x.meeting FROM minutes x JOIN meetings m ON m.id = x.meeting JOIN places p ON p.id = m.place "
        "WHERE p.path = :path AND x.published > :since AND x.published <= :until ORDER BY x.published, x.meeting "
        "LIMIT :limit",
        path=path,
        since=since,
        until=until,
        limit=limit,
    )
    return [int(row["meeting"]) for row in rows]


def reword(
    tx: Tx, action: int, *, what: str, media: int | None, who_kind: Who, who_name: str, owner: int | None, now: int
) -> None:
    """Put right what a decision says, and who does it."""
    tx.run(
        "UPDATE actions SET what = :what, media = CAST(:media AS bigint), who_kind = :who_kind, who_name = :who_name, "
        "who_key = :who_key, owner = CAST(:owner AS bigint) WHERE id = :action",
        what=what,
        media=media,
        who_kind=who_kind.value,
        who_name=who_name,
        who_key=search_key(who_name),
        owner=owner,
        action=action,
    )
    if media is not None:
        want(tx, media, now)


def serve(tx: Tx, action: int, cases: Sequence[int]) -> None:
    """Which cases a decision serves from now on."""
    tx.run("DELETE FROM action_cases WHERE action = :action", action=action)
    for case in dict.fromkeys(cases):
        tx.run("INSERT INTO action_cases (action, case_id) VALUES (:action, :case)", action=action, case=case)


def cases_of(tx: Tx, action: int) -> list[int]:
    """All cases that a decision serves, hidden ones too, as numbers."""
    rows = tx.all("SELECT case_id FROM action_cases WHERE action = :action ORDER BY case_id", action=action)
    return [int(row["case_id"]) for row in rows]


def _keep_photos(tx: Tx, meeting: int, photos: Sequence[int], now: int) -> None:
    for position, media in enumerate(photos, 1):
        tx.run(
            "INSERT INTO minutes_photos (meeting, position, media) VALUES (:meeting, :position, :media)",
            meeting=meeting,
            position=position,
            media=media,
        )
        want(tx, media, now)


def _minutes(row: Row) -> Minutes:
    return Minutes(
        meeting=row["meeting"],
        author=row["author"],
        published=row["published"],
        present=row["present"],
        everybody=bool(row["everybody"]),
        council=row["council"],
        quorum=row["quorum"],
        revision=row["revision"],
        reason=row["reason"],
        corrected=row["corrected"],
    )
