"""Photos, voices and videos: what was sent, where its content lies, and under which number each bot knows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage import jobs, showings
from storage.tx import Row, Tx


@dataclass(frozen=True, slots=True)
class Media:
    """One thing that somebody sent. `state`: draft, wanted (to be fetched), kept, refused, gone."""

    id: int
    kind: str
    bot: int
    file_id: str
    sha256: str | None
    type: str
    state: str


@dataclass(frozen=True, slots=True)
class Found:
    """How a bot can send it: by a number it knows, or by uploading the content; neither while it is being fetched."""

    id: int
    kind: str
    file_id: str
    sha256: str
    #: Whether waiting helps: it is still being fetched.
    coming: bool
    #: What it is (application/pdf), and the file's name; both may be empty.
    type: str = ""
    name: str = ""


#: Stands for the content's type until it is fetched, and its file's own number with it.
_AS_FILE = "file"
_COLUMNS = "SELECT m.id, m.kind, m.bot, m.file_id, m.sha256, m.type, m.state FROM media m "


def add(tx: Tx, *, person: int, kind: str, bot: int, file_id: str, now: int, as_file: bool = False) -> int:
    """Note something that was sent, as part of a draft. Nothing is fetched yet.

    `as_file`: a photo that came as a file, or what the messenger keeps as another kind. Its number is for fetching
    only: the file may say where it was taken, and a messenger sends nothing as another kind by its number.
    """
    return tx.insert(
        "INSERT INTO media (person, kind, bot, file_id, type, state, created) "
        "VALUES (:person, :kind, :bot, :file_id, :type, 'draft', :now)",
        person=person,
        kind=kind,
        bot=bot,
        file_id=file_id,
        type=_AS_FILE if as_file else "",
        now=now,
    )


def attach(tx: Tx, case: int, media: Sequence[int], part: str, now: int) -> None:
    """Make drafts a part of a case and have them fetched."""
    for one in media:
        tx.run(
            "INSERT INTO attachments (case_id, media, part) VALUES (:case, :media, :part) ON CONFLICT DO NOTHING",
            case=case,
            media=one,
            part=part,
        )
        want(tx, one, now)


def want(tx: Tx, media: int, now: int) -> None:
    """Have a draft fetched into the store: every messenger is to show it."""
    tx.run("UPDATE media SET state = 'wanted' WHERE id = :media AND state = 'draft'", media=media)
    jobs.put(tx, "media-fetch", f"media:{media}", now, {"media": media})


def get(tx: Tx, media: int) -> Media | None:
    """One by its number."""
    row = tx.one(_COLUMNS + "WHERE m.id = :id", id=media)
    return None if row is None else _media(row)


def of_case(tx: Tx, case: int, part: str = "text") -> list[Media]:
    """What belongs to a part of a case and is not hidden, in the order it came."""
    rows = tx.all(
        _COLUMNS + "JOIN attachments a ON a.media = m.id WHERE a.case_id = :case AND a.part = :part "
        "AND a.hidden = 0 AND m.state IN ('wanted', 'kept') ORDER BY m.id",
        case=case,
        part=part,
    )
    return [_media(row) for row in rows]


def by_part(tx: Tx, case: int) -> dict[str, list[Media]]:
    """The same for every part of a case that has any."""
    rows = tx.all(
        _COLUMNS.replace("FROM", ", a.part FROM", 1) + "JOIN attachments a ON a.media = m.id WHERE a.case_id = :case "
        "AND a.hidden = 0 AND m.state IN ('wanted', 'kept') ORDER BY m.id",
        case=case,
    )
    found: dict[str, list[Media]] = {}
    for row in rows:
        found.setdefault(row["part"], []).append(_media(row))
    return found


def find(tx: Tx, media: int, bot: int) -> Found | None:
    """How this bot can send it; None when it is gone."""
    row = tx.one(
        "SELECT m.id, m.kind, m.bot, m.file_id, m.sha256, m.type, m.state, m.name, c.file_id AS copy FROM media m "
        "LEFT JOIN media_copies c ON c.media = m.id AND c.bot = :bot WHERE m.id = :id "
        # One that was redacted while its message waited does not leave any more.
        "AND NOT EXISTS (SELECT 1 FROM attachments a WHERE a.media = m.id AND a.hidden = 1)",
        id=media,
        bot=bot,
    )
    if row is None or row["state"] in ("refused", "gone"):
        return None
    # What we made ourselves has no number anywhere before it is uploaded.
    known = (row["file_id"] if row["bot"] == bot and row["type"] != _AS_FILE else "") or row["copy"] or ""
    coming = row["state"] in ("draft", "wanted")
    return Found(row["id"], row["kind"], known, row["sha256"] or "", coming, row["type"], row["name"])


def kept(tx: Tx, media: int, *, sha256: str, kind: str, size: int) -> None:
    """Its content lies in the store now. `kind` is what it is (image/jpeg), `size` in bytes."""
    tx.run(
        "UPDATE media SET state = 'kept', sha256 = :sha256, type = :kind, bytes = :size, "
        "file_id = CASE WHEN type = :as_file THEN '' ELSE file_id END WHERE id = :id AND state = 'wanted'",
        id=media,
        as_file=_AS_FILE,
        sha256=sha256,
        kind=kind,
        size=size,
    )


def refused(tx: Tx, media: int) -> None:
    """Its content is not what it should be, or cannot be had: it is never shown."""
    tx.run("UPDATE media SET state = 'refused' WHERE id = :id", id=media)


def copied(tx: Tx, media: int, bot: int, file_id: str) -> None:
    """A bot has uploaded it and can send it by this number from now on."""
    tx.run(
        "INSERT INTO media_copies (media, bot, file_id) VALUES (:media, :bot, :file_id) "
        "ON CONFLICT (media, bot) DO UPDATE SET file_id = excluded.file_id",
        media=media,
        bot=bot,
        file_id=file_id,
    )


def drop(tx: Tx, media: int) -> None:
    """Show a draft to nobody any more. It was never fetched, so the store holds nothing of it."""
    tx.run("DELETE FROM media_copies WHERE media = :id", id=media)
    tx.run("UPDATE media SET state = 'gone', file_id = '', bytes = 0 WHERE id = :id", id=media)


def let_go(tx: Tx, media: int, now: int) -> None:
    """Show it to nobody any more, from this moment, and have its content removed from the chats and from the store."""
    drop(tx, media)
    showings.take_out(tx, media, now)
    jobs.put(tx, "media-drop", f"media-drop:{media}", now, {"media": media})


def content_gone(tx: Tx, media: int) -> str:
    """The store's name for a content that nobody may see any more; empty while somebody else's is the same."""
    row = tx.one(
        "SELECT m.sha256 FROM media m WHERE m.id = :id AND m.state = 'gone' AND m.sha256 IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM media o WHERE o.sha256 = m.sha256 AND o.id <> m.id AND o.state <> 'gone')",
        id=media,
    )
    return "" if row is None else str(row["sha256"])


def emptied(tx: Tx, media: int) -> None:
    """Its content is removed, or somebody else's: nothing leads from here to it."""
    tx.run("UPDATE media SET sha256 = NULL WHERE id = :id AND state = 'gone'", id=media)


def made(
    tx: Tx, *, person: int | None, kind: str, bot: int, sha256: str, type: str, size: int, now: int, name: str = ""
) -> int:
    """Note something that we made ourselves and keep in the store; a bot uploads it under this name when it is sent."""
    return tx.insert(
        "INSERT INTO media (person, kind, bot, file_id, sha256, type, bytes, state, created, name) "
        "VALUES (:person, :kind, :bot, '', :sha256, :type, :size, 'kept', :now, :name)",
        person=person,
        kind=kind,
        bot=bot,
        sha256=sha256,
        type=type,
        size=size,
        now=now,
        name=name,
    )


def own(tx: Tx, sha256: str) -> int | None:
    """A picture of nobody's, made by us, if its content is kept already: it was uploaded once, and goes by number."""
    row = tx.one(
        "SELECT id FROM media WHERE sha256 = :sha256 AND person IS NULL AND file_id = '' AND state = 'kept' "
        "ORDER BY id LIMIT 1",
        sha256=sha256,
    )
    return None if row is None else int(row["id"])


def unpublished_of(tx: Tx, person: int) -> list[int]:
    """What somebody sent that nobody has released, and every recording of their voice."""
    rows = tx.all(
        "SELECT m.id FROM media m WHERE m.person = :person AND m.state <> 'gone' AND (m.kind <> 'photo' "
        "OR NOT EXISTS (SELECT 1 FROM attachments a WHERE a.media = m.id AND a.released = 1)) "
        # What was sent to a whole neighbourhood is published too, and a page of the minute book is the council's.
        "AND NOT EXISTS (SELECT 1 FROM broadcasts b WHERE b.media = m.id) "
        "AND NOT EXISTS (SELECT 1 FROM minutes_photos x WHERE x.media = m.id) ORDER BY m.id",
        person=person,
    )
    return [int(row["id"]) for row in rows]


def stray(tx: Tx, before: int, limit: int) -> list[int]:
    """What was sent before this time as part of a draft, by somebody who has no draft any more."""
    rows = tx.all(
        "SELECT m.id FROM media m WHERE m.state = 'draft' AND m.created < :before "
        "AND NOT EXISTS (SELECT 1 FROM attachments a WHERE a.media = m.id) "
        "AND NOT EXISTS (SELECT 1 FROM talks t JOIN accounts a ON a.id = t.account WHERE a.person = m.person) "
        "ORDER BY m.id LIMIT :limit",
        before=before,
        limit=limit,
    )
    return [int(row["id"]) for row in rows]


def all_of_case(tx: Tx, case: int) -> list[int]:
    """Everything that ever belonged to a case and is still there."""
    rows = tx.all(
        "SELECT m.id FROM media m JOIN attachments a ON a.media = m.id WHERE a.case_id = :case AND m.state <> 'gone' "
        "ORDER BY m.id",
        case=case,
    )
    return [int(row["id"]) for row in rows]


def _media(row: Row) -> Media:
    return Media(
        id=row["id"],
        kind=row["kind"],
        bot=row["bot"],
        file_id=row["file_id"],
        sha256=row["sha256"],
        type=row["type"],
        state=row["state"],
    )
