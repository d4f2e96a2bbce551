"""What is not kept for ever: which cases have had their time, and what goes of them."""

from __future__ import annotations

from storage import media
from storage.tx import Tx


def rejected(tx: Tx, before: int, limit: int) -> list[int]:
    """Cases that were rejected, or hidden for what they said of a person, before this time and still have something."""
    rows = tx.all(
        "SELECT c.id FROM cases c WHERE (c.state = 'rejected' OR c.private = 1) AND c.since < :before "
        "AND (c.lat IS NOT NULL "
        "OR EXISTS (SELECT 1 FROM words w WHERE w.case_id = c.id) "
        "OR EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id)) ORDER BY c.id LIMIT :limit",
        before=before,
        limit=limit,
    )
    return [int(row["id"]) for row in rows]


def closed(tx: Tx, before: int, limit: int) -> list[int]:
    """Cases that nobody has dealt with since this time, came to their end otherwise, and still lead to somebody."""
    rows = tx.all(
        "SELECT c.id FROM cases c WHERE c.state = 'withdrawn' AND c.since < :before "
        "AND (EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id) "
        "OR EXISTS (SELECT 1 FROM words w WHERE w.case_id = c.id AND w.person IS NOT NULL)) "
        "ORDER BY c.id LIMIT :limit",
        before=before,
        limit=limit,
    )
    return [int(row["id"]) for row in rows]


def erase(tx: Tx, case: int, now: int) -> None:
    """Leave of a case what it was about and what became of it: no words, no photo, no voice, no place, nobody."""
    for one in media.all_of_case(tx, case):
        media.let_go(tx, one, now)
    anonymise(tx, case, now)
    tx.run("DELETE FROM words WHERE case_id = :case", case=case)
    tx.run("UPDATE cases SET lat = NULL, lon = NULL WHERE id = :case", case=case)


def anonymise(tx: Tx, case: int, now: int) -> None:
    """Let nothing lead from a case to a resident: the words stay, whose they were is gone, and voices go."""
    for row in tx.all(
        "SELECT m.id, m.kind FROM media m JOIN attachments a ON a.media = m.id WHERE a.case_id = :case", case=case
    ):
        if row["kind"] != "photo":
            media.let_go(tx, row["id"], now)
    tx.run(
        "UPDATE media SET person = NULL WHERE id IN (SELECT media FROM attachments WHERE case_id = :case)", case=case
    )
    tx.run(
        "UPDATE moves SET actor = NULL WHERE case_id = :case "
        "AND actor IN (SELECT p.id FROM parties q JOIN persons p ON q.person IN (p.id, p.merged_into) "
        "WHERE q.case_id = :case)",
        case=case,
    )
    tx.run("UPDATE words SET person = NULL WHERE case_id = :case", case=case)
    tx.run("DELETE FROM parties WHERE case_id = :case", case=case)
