"""Two accounts of one person: what is written to one of them stands by at the other until its fate is known.

Never both. The first row alone is sent; when it arrives, or is not wanted any more, what stands by for it goes too.
What stands by takes its place at once where the first can never leave again (its chat is closed, or the messenger
refused it), and else when it could not leave for `OUT_OF_REACH_S`. The first is kept from leaving then for `LET_GO_S`,
in which whatever is in the air arrives or fails, and only after that does the other go. So a person reads it twice only
where a message arrived and nobody could ever learn of it, as with any message that is sent again.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain import quiet
from storage import jobs, outbox
from storage.outbox import Class
from storage.people import Reach
from storage.tx import Row, Tx

#: Seconds for which a message may try to leave before the other messenger is taken.
OUT_OF_REACH_S = 6 * 3600
#: Seconds for what is in the air to arrive or to fail: more than a messenger is waited for, by any settings. Only a
#: file that goes up slowly may take longer.
LET_GO_S = 300
#: Looks are put together into one in so many seconds.
_TOGETHER_S = 60


def write(
    tx: Tx,
    reach: Reach,
    body: int,
    bodies: Sequence[int],
    *,
    cls: Class,
    about: str,
    leaves: int,
    now: int,
) -> None:
    """Let these words stand by at somebody's other account for the row that says `body` at the first.

    That one may leave from `leaves` on (seconds). Where there are several, the last is what is about something.
    """
    first = tx.one(
        "UPDATE outbox SET covered = 1 WHERE body = :body AND lane = :lane AND state = 'waiting' RETURNING id",
        body=body,
        lane=reach.lane,
    )
    if first is None or reach.other is None:
        return
    due = max(now, leaves) + OUT_OF_REACH_S
    for n, one in enumerate(bodies, 1):
        tx.run(
            "INSERT INTO outbox (bot, lane, class, body, about, state, not_before, created, instead_of) "
            "VALUES (:bot, :lane, :cls, :body, :about, 'standby', :due, :now, :first)",
            bot=reach.other.bot,
            lane=reach.other.lane,
            cls=int(cls),
            body=one,
            about=about if about and n == len(bodies) else None,
            due=due,
            now=now,
            first=first["id"],
        )
    _look_at(tx, due)


def look(tx: Tx, now: int, limit: int) -> None:
    """Deal with what has stood by for long enough, so many at most; sets the next look by itself."""
    found = tx.all(
        "SELECT s.instead_of AS first, min(s.tries) AS phase, f.state, f.not_before FROM outbox s "
        "LEFT JOIN outbox f ON f.id = s.instead_of WHERE s.state = 'standby' AND s.not_before <= :now "
        "GROUP BY s.instead_of, f.state, f.not_before ORDER BY s.instead_of LIMIT :limit",
        now=now,
        limit=limit,
    )
    for row in found:
        _decide(tx, row, now)
    following = tx.one("SELECT min(not_before) AS due FROM outbox WHERE state = 'standby'")
    if following is not None and following["due"] is not None:
        _look_at(tx, int(following["due"]))


def let_go(tx: Tx, first: int, now: int) -> None:
    """Keep a row that waits from leaving, and let what stands by for it go once nothing can be in the air any more."""
    # It must outlast the exchange: were it free at that moment, it might have left again.
    tx.run("UPDATE outbox SET not_before = :at WHERE id = :id", id=first, at=now + 2 * LET_GO_S)
    _again(tx, first, now + LET_GO_S, phase=1)
    _look_at(tx, now + LET_GO_S)


def _decide(tx: Tx, row: Row, now: int) -> None:
    first, leaves = int(row["first"]), row["not_before"]
    if row["state"] not in ("waiting", "held"):
        outbox.stand_down(tx, first)  # nobody waits for it any more
    elif row["state"] == "held":
        _again(tx, first, now + OUT_OF_REACH_S, phase=0)  # it is kept back for everybody
    elif row["phase"] and leaves > now:
        _exchange(tx, first, now)
    elif leaves > now:
        _again(tx, first, leaves + OUT_OF_REACH_S, phase=0)  # it waits for the morning
    else:
        let_go(tx, first, now)


def _again(tx: Tx, first: int, due: int, *, phase: int) -> None:
    tx.run(
        "UPDATE outbox SET not_before = :due, tries = :phase WHERE instead_of = :first AND state = 'standby'",
        due=due,
        phase=phase,
        first=first,
    )


def _exchange(tx: Tx, first: int, now: int) -> None:
    """The first is not in the air and does not leave any more: the other goes, though nobody is woken by it."""
    rest = tx.one(
        "SELECT s.class, p.quiet_from, p.quiet_to FROM outbox s JOIN accounts a ON a.lane = s.lane "
        "JOIN persons p ON p.id = a.person WHERE s.instead_of = :first AND s.state = 'standby' LIMIT 1",
        first=first,
    )
    hours = quiet.USUAL
    if rest is not None and rest["quiet_from"] is not None and rest["quiet_to"] is not None:
        hours = (rest["quiet_from"], rest["quiet_to"])
    outbox.take_over(tx, first, quiet.ends(now, *hours))
    outbox.lapse(tx, first)


def _look_at(tx: Tx, due: int) -> None:
    at = -(-due // _TOGETHER_S) * _TOGETHER_S
    jobs.put(tx, "standby", f"standby:{at}", at)
