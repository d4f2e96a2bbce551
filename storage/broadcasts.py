"""Messages to many: who sends what to whom, how far it has got, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.permissions import Role
from storage.audience import Answered, Audience, Count, Unasked
from storage.tx import Row, Tx


class State(StrEnum):
    """Where a broadcast stands."""

    SENDING = "sending"
    PAUSED = "paused"
    STOPPING = "stopping"  # what was written is being taken back
    STOPPED = "stopped"
    DONE = "done"


#: Whom a broadcast can be for, by the code that is kept.
GROUPS: dict[str, tuple[Role, ...]] = {
    "residents": (Role.RESIDENT,),
    "council": (Role.COUNCIL_HEAD, Role.COUNCIL_MEMBER, Role.COORDINATOR, Role.COMMITTEE_HEAD),
    "coordinators": (Role.COORDINATOR,),
    "officers": (Role.COUNTY_OFFICER,),
    # Those of a meeting: a public one is everybody's, and a board's are those who report to it.
    "everybody": (
        Role.RESIDENT,
        Role.COUNCIL_HEAD,
        Role.COUNCIL_MEMBER,
        Role.COORDINATOR,
        Role.COMMITTEE_HEAD,
    ),
    "county_board": (Role.COUNTY_OFFICER, Role.COUNCIL_HEAD, Role.COORDINATOR, Role.AGENCY_CONTACT),
    "province_board": (Role.PROVINCE_ADMIN, Role.COUNTY_OFFICER),
}
#: Groups with residents in them: to them it is news, which they may have stopped; to office holders it is their duty.
_NEWS = frozenset({"residents", "everybody"})
#: Those of a group to whom it is a duty, though it is news to the others.
_DUTY = {"everybody": tuple(role for role in GROUPS["everybody"] if role is not Role.RESIDENT)}


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One message to many. `path` is its place's; the numbers from `silent` on count persons."""

    id: int
    author: int | None
    place: int
    path: str
    who: str
    words: str
    media: int | None
    state: State
    #: How many it is for, and how many of them could be reached when it was confirmed.
    total: int
    aimed: int
    upto: int
    reached: int
    written: bool
    silent: int
    weekly: int
    closed: int
    sent: int
    refused: int
    shown: int
    created: int
    ended: int | None
    #: What it tells of which meeting, and whom of its readers it is for by their answer; 0 and empty for words.
    meeting: int = 0
    part: str = ""
    answered: Answered = Answered.ANYHOW
    expires: int | None = None
    poll: int = 0  #: the poll that it asks about; 0 for none

    @property
    def about(self) -> str:
        """What its messages are about, and what those about its progress are."""
        return f"broadcast:{self.id}"

    @property
    def progress(self) -> str:
        return f"sending:{self.id}"

    @property
    def watched(self) -> str:
        """What the same is about where it is shown to a colleague, who cannot correct it."""
        return f"watching:{self.id}"


@dataclass(frozen=True, slots=True)
class Numbers:
    """What has become of it so far, in persons. `missed`: it was stopped before, or they have left the place."""

    sent: int
    silent: int
    weekly: int
    closed: int
    refused: int
    missed: int

    @property
    def failed(self) -> int:
        return self.silent + self.weekly + self.closed + self.refused + self.missed


def audience(
    path: str, who: str, *, author: int, upto: int = 0, meeting: int = 0, answered: Answered = Answered.ANYHOW
) -> Audience:
    """Those under a place whom a broadcast is for. What goes to office holders belongs to their duty; whoever means to
    come to a meeting hears of it even if they take no news."""
    meant = Audience(path, GROUPS[who], Unasked.DUTY, under=True, but=author, upto=upto)
    meant = replace(meant, meeting=meeting, answered=answered)
    if who not in _NEWS:
        return meant
    if answered is Answered.COMING:
        return replace(meant, why=Unasked.OWN_CASE)
    return replace(meant, why=Unasked.NEWS, duty=_DUTY.get(who, ()))


def meant(one: Broadcast) -> Audience:
    """Those whom a broadcast is for, as they were when it was confirmed."""
    return audience(
        one.path, one.who, author=one.author or 0, upto=one.upto, meeting=one.meeting, answered=one.answered
    )


def create(
    tx: Tx,
    *,
    author: int | None,
    place: int,
    who: str,
    words: str,
    media: int | None,
    count: Count,
    now: int,
    meeting: int | None = None,
    part: str = "",
    answered: Answered = Answered.ANYHOW,
    expires: int | None = None,
    poll: int | None = None,
) -> Broadcast:
    """A confirmed broadcast, for those who are there at this moment. Nothing is written to them yet.

    Of an `author` of None nobody hears how it went. `expires`: epoch seconds after which it is not sent."""
    row = tx.one(
        "INSERT INTO broadcasts (author, place, who, words, media, state, total, aimed, upto, created, meeting, part, "
        "answered, expires, poll) SELECT CAST(:author AS bigint), :place, :who, :words, CAST(:media AS bigint), "
        "'sending', :total, :aimed, coalesce(max(id), 0), :now, CAST(:meeting AS bigint), :part, :answered, "
        "CAST(:expires AS bigint), CAST(:poll AS bigint) FROM roles RETURNING id",
        meeting=meeting,
        part=part,
        answered=answered.value,
        expires=expires,
        poll=poll,
        author=author,
        place=place,
        who=who,
        words=words,
        media=media,
        total=count.total,
        aimed=count.reached,
        now=now,
    )
    found = get(tx, int(row["id"])) if row is not None else None
    if found is None:
        raise LookupError("the database gave no number back")
    return found


def get(tx: Tx, broadcast: int) -> Broadcast | None:
    """One by its number."""
    row = tx.one(_COLUMNS + "WHERE b.id = :id", id=broadcast)
    return None if row is None else _broadcast(row)


def under(tx: Tx, paths: Sequence[str], *, offset: int, limit: int) -> list[Broadcast]:
    """The history: every broadcast to a place at or below one of these paths, the newest first."""
    where, values = _below(paths)
    rows = tx.all(
        f"{_COLUMNS}WHERE {_OF_ITS_OWN} AND ({where}) ORDER BY b.id DESC LIMIT :limit OFFSET :offset",
        **values,
        limit=limit,
        offset=offset,
    )
    return [_broadcast(row) for row in rows]


def count_under(tx: Tx, paths: Sequence[str]) -> int:
    """How many there are."""
    where, values = _below(paths)
    row = tx.one(
        f"SELECT count(*) AS n FROM broadcasts b JOIN places p ON p.id = b.place WHERE {_OF_ITS_OWN} AND ({where})",
        **values,
    )
    return 0 if row is None else int(row["n"])


def turn(tx: Tx, broadcast: int, state: State, *, only: Iterable[State]) -> bool:
    """Give it another state, if it is in one of these. False when it was not."""
    before = ", ".join(f"'{one.value}'" for one in only)
    return bool(
        tx.run(
            f"UPDATE broadcasts SET state = :state WHERE id = :id AND state IN ({before})",
            state=state.value,
            id=broadcast,
        )
    )


def of_meeting(tx: Tx, meeting: int, part: str) -> list[Broadcast]:
    """What was written to many about a meeting, the newest first."""
    rows = tx.all(
        f"{_COLUMNS}WHERE b.meeting = :meeting AND b.part = :part ORDER BY b.id DESC", meeting=meeting, part=part
    )
    return [_broadcast(row) for row in rows]


# --- its messages -------------------------------------------------------------------------------------------------


def body(tx: Tx, broadcast: int, reader: str) -> int | None:
    """The words kept for readers of one kind (bot, language and number of the message), or None."""
    row = tx.one(
        "SELECT id FROM bodies WHERE broadcast = :broadcast AND reader = :reader", broadcast=broadcast, reader=reader
    )
    return None if row is None else int(row["id"])


def keep_body(tx: Tx, broadcast: int, reader: str, method: str, params: str) -> int:
    """Keep words for readers of one kind until the broadcast is over."""
    return tx.insert(
        "INSERT INTO bodies (method, params, broadcast, reader) VALUES (:method, :params, :broadcast, :reader)",
        method=method,
        params=params,
        broadcast=broadcast,
        reader=reader,
    )


def advance(tx: Tx, broadcast: int, reached: int, left_out: dict[str, int]) -> None:
    """Everybody up to this person has their row, or was left out for a reason (a field of `Count`)."""
    tx.run(
        "UPDATE broadcasts SET reached = :reached, silent = silent + :silent, weekly = weekly + :weekly, "
        "closed = closed + :closed WHERE id = :id",
        reached=reached,
        silent=left_out.get("silent", 0),
        weekly=left_out.get("weekly", 0),
        closed=left_out.get("closed", 0),
        id=broadcast,
    )


def all_written(tx: Tx, broadcast: int) -> None:
    """There is nobody left to write to."""
    tx.run("UPDATE broadcasts SET written = 1 WHERE id = :id", id=broadcast)


def hold(tx: Tx, broadcast: int, limit: int) -> int:
    """Keep back so many of its messages that have not left, the next ones first. How many there were."""
    return tx.run(f"UPDATE outbox SET state = 'held' WHERE id IN ({_OWN})", **_own(broadcast, "waiting", limit))


def release(tx: Tx, broadcast: int, limit: int) -> int:
    """Let so many of those go that were kept back. How many there were."""
    return tx.run(f"UPDATE outbox SET state = 'waiting' WHERE id IN ({_OWN})", **_own(broadcast, "held", limit))


def rest_until(tx: Tx, broadcast: int, at: int, now: int, limit: int) -> int:
    """Let so many that would leave now wait until then. How many there were."""
    where = _OWN.replace("ORDER BY", "AND o.not_before <= :now ORDER BY")
    return tx.run(
        f"UPDATE outbox SET not_before = :at WHERE id IN ({where})",
        **_own(broadcast, "waiting", limit),
        at=at,
        now=now,
    )


def take_back(tx: Tx, broadcast: int, limit: int) -> int:
    """Let so many of its messages that have not left lapse. How many there were."""
    gone = f"UPDATE outbox SET state = 'lapsed', body = NULL WHERE id IN ({_OWN})"
    taken = 0
    for state in ("waiting", "held", "standby"):
        taken += tx.run(gone, **_own(broadcast, state, limit - taken))
    return taken


def next_leaves(tx: Tx, broadcast: int) -> int | None:
    """From when its next message may leave (seconds; 0 is at once); None when none waits."""
    row = tx.one(
        "SELECT min(o.not_before) AS at FROM outbox o JOIN bodies b ON b.id = o.body "
        "WHERE b.broadcast = :id AND o.state = 'waiting'",
        id=broadcast,
    )
    return None if row is None or row["at"] is None else int(row["at"])


def is_tried(tx: Tx, broadcast: Broadcast, bot: int) -> bool | None:
    """Whether the fate of any of its messages through this bot is known; None when none was written."""
    row = tx.one(
        "SELECT count(*) AS n, sum(CASE WHEN o.state IN ('sent', 'parked', 'lapsed') THEN 1 ELSE 0 END) AS known "
        "FROM outbox o WHERE o.about = :about AND o.bot = :bot AND o.state <> 'standby'",
        about=broadcast.about,
        bot=bot,
    )
    return None if row is None or not row["n"] else bool(row["known"])


def numbers(tx: Tx, one: Broadcast) -> Numbers:
    """What has become of it so far; as it was noted, once it is over."""
    sent, refused, closed = one.sent, one.refused, one.closed
    if one.ended is None:
        rows = tx.all("SELECT state, count(*) AS n FROM outbox WHERE about = :about GROUP BY state", about=one.about)
        found = {row["state"]: int(row["n"]) for row in rows}
        sent, refused = found.get("sent", 0), found.get("parked", 0)
        shut = tx.one(
            "SELECT count(*) AS n FROM outbox WHERE about = :about AND state = 'lapsed' AND error = 'closed'",
            about=one.about,
        )
        closed += int(shut["n"]) if shut is not None else 0
    known = sent + one.silent + one.weekly + closed + refused
    return Numbers(sent, one.silent, one.weekly, closed, refused, max(0, one.total - known))


def finish(tx: Tx, one: Broadcast, state: State, now: int) -> None:
    """It is over: note what has become of it, and let its words go."""
    found = numbers(tx, one)
    tx.run(
        "UPDATE broadcasts SET state = :state, ended = :now, sent = :sent, refused = :refused, closed = :closed "
        "WHERE id = :id",
        state=state.value,
        now=now,
        sent=found.sent,
        refused=found.refused,
        closed=found.closed,
        id=one.id,
    )
    tx.run(
        "DELETE FROM bodies WHERE broadcast = :id AND NOT EXISTS (SELECT 1 FROM outbox WHERE body = bodies.id)",
        id=one.id,
    )


def shown(tx: Tx, broadcast: int, now: int) -> None:
    """Its progress was shown."""
    tx.run("UPDATE broadcasts SET shown = :now WHERE id = :id", now=now, id=broadcast)


# --- pieces -------------------------------------------------------------------------------------------------------

_COLUMNS = (
    "SELECT b.id, b.author, b.place, p.path, b.who, b.words, b.media, b.state, b.total, b.aimed, b.upto, b.reached, "
    "b.written, b.silent, b.weekly, b.closed, b.sent, b.refused, b.shown, b.created, b.ended, b.meeting, b.part, "
    "b.answered, b.expires, b.poll "
    "FROM broadcasts b JOIN places p ON p.id = b.place "
)
#: What somebody sent, not what follows from it by itself.
_OF_ITS_OWN = "b.part IN ('', 'invitation')"
#: Its messages in one state, those that leave first before the others.
_OWN = (
    "SELECT o.id FROM outbox o JOIN bodies b ON b.id = o.body "
    "WHERE b.broadcast = :id AND o.state = :state ORDER BY o.id LIMIT :limit"
)


def _own(broadcast: int, state: str, limit: int) -> dict[str, int | str]:
    return {"id": broadcast, "state": state, "limit": limit}


def _below(paths: Sequence[str]) -> tuple[str, dict[str, str]]:
    values = {f"path{n}": path for n, path in enumerate(paths)}
    tests = [f"substr(p.path, 1, length(CAST(:{name} AS text))) = :{name}" for name in values]
    return " OR ".join(tests) or "1 = 0", values


def _broadcast(row: Row) -> Broadcast:
    return Broadcast(
        id=row["id"],
        author=row["author"],
        place=row["place"],
        path=row["path"],
        who=row["who"],
        words=row["words"],
        media=row["media"],
        state=State(row["state"]),
        total=row["total"],
        aimed=row["aimed"],
        upto=row["upto"],
        reached=row["reached"],
        written=bool(row["written"]),
        silent=row["silent"],
        weekly=row["weekly"],
        closed=row["closed"],
        sent=row["sent"],
        refused=row["refused"],
        shown=row["shown"],
        created=row["created"],
        ended=row["ended"],
        meeting=row["meeting"] or 0,
        part=row["part"],
        answered=Answered(row["answered"]),
        expires=row["expires"],
        poll=row["poll"] or 0,
    )
