"""Votes of a council about the items of its agenda. What each member said goes when a vote is closed."""

from __future__ import annotations

from domain.council import Vote
from domain.values import value
from storage.tx import Row, Tx


@value(frozen=True, slots=True)
class Voting:
    """A vote about one item of an agenda, with how many said what so far, or in the end."""

    item: int
    meeting: int
    words: str
    closed: bool
    yes: int
    no: int
    abstained: int


_VOTINGS = (
    "SELECT v.item, a.meeting, a.words, v.closed, v.yes, v.no, v.abstained, "
    "(SELECT count(*) FROM item_votes w WHERE w.item = v.item AND w.choice = 'yes') AS y, "
    "(SELECT count(*) FROM item_votes w WHERE w.item = v.item AND w.choice = 'no') AS n, "
    "(SELECT count(*) FROM item_votes w WHERE w.item = v.item AND w.choice = 'abstained') AS a "
    "FROM item_votings v JOIN agenda_items a ON a.id = v.item "
)


def begin(tx: Tx, item: int, now: int) -> bool:
    """Open the vote about an item. False when there was one before."""
    return bool(
        tx.run(
            "INSERT INTO item_votings (item, opened) VALUES (:item, :now) ON CONFLICT (item) DO NOTHING",
            item=item,
            now=now,
        )
    )


def close(tx: Tx, item: int, now: int) -> bool:
    """Count once and for all, and forget who said what. False when it was closed before."""
    found = of(tx, item)
    closed = found is not None and tx.run(
        "UPDATE item_votings SET closed = :now, yes = :yes, no = :no, abstained = :abstained "
        "WHERE item = :item AND closed IS NULL",
        now=now,
        yes=found.yes,
        no=found.no,
        abstained=found.abstained,
        item=item,
    )
    if closed:
        tx.run("DELETE FROM item_votes WHERE item = :item", item=item)
    return bool(closed)


def cast(tx: Tx, item: int, person: int, vote: Vote, now: int) -> bool:
    """What a member says; what they said before does not count any more. False when the vote is not open."""
    return bool(
        tx.run(
            "INSERT INTO item_votes (item, person, choice, at) SELECT v.item, :person, :vote, :now FROM item_votings v "
            "WHERE v.item = :item AND v.closed IS NULL "
            "ON CONFLICT (item, person) DO UPDATE SET choice = excluded.choice, at = excluded.at",
            item=item,
            person=person,
            vote=vote.value,
            now=now,
        )
    )


def of(tx: Tx, item: int) -> Voting | None:
    """The vote about an item; None when there is none."""
    row = tx.one(f"{_VOTINGS}WHERE v.item = :item", item=item)
    return None if row is None else _voting(row)


def of_meeting(tx: Tx, meeting: int) -> dict[int, Voting]:
    """Every vote of a meeting, by item, in the order of the agenda."""
    rows = tx.all(f"{_VOTINGS}WHERE a.meeting = :meeting ORDER BY a.position, a.id", meeting=meeting)
    return {int(row["item"]): _voting(row) for row in rows}


def _voting(row: Row) -> Voting:
    over = row["closed"] is not None
    counts = (row["yes"], row["no"], row["abstained"]) if over else (row["y"], row["n"], row["a"])
    return Voting(row["item"], row["meeting"], row["words"], over, *map(int, counts))
