"""Messages to many: who sends what to whom, how far it has got, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from domain.permissions import Role
from storage.audience import Answered, Audience, Count, Unasked
from storage.tx import Row, Tx


class State(StrEnum):
    """Where a broadcast stands."""

    ASKED = "asked"  # a second person is to say yes
    PLANNED = "planned"  # it begins at its time
    SENDING = "sending"
    PAUSED = "paused"
    STOPPING = "stopping"  # what was written is being taken back
    STOPPED = "stopped"
    DONE = "done"
    REFUSED = "refused"  # the second person said no
    LAPSED = "lapsed"  # nobody said anything in time
    UNSEATED = "unseated"  # whoever wrote it may not any more


#: It has not begun yet.
AHEAD = (State.ASKED, State.PLANNED)
#: It never began.
NEVER = (State.REFUSED, State.LAPSED, State.UNSEATED)

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
#: And those who said yes or maybe to a meeting, whatever they are.
GOING = "going"
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
    #: The meeting whose people it is for, if it is for these alone.
    going: int | None = None
    #: When it is to begin (None: at once), and when it has.
    due: int | None = None
    begun: int | None = None
    #: Why it waits for nothing; empty when it does wait.
    urgent: str = ""
    #: The second person: since when they are asked, who decided when, and why not.
    asked: int | None = None
    decided_by: int | None = None
    decided: int | None = None
    why_not: str = ""
    #: In channels and groups: 0 not posted, 1 to be posted, 2 written.
    posts: int = 0
    later: int = 0

    @property
    def is_of_its_own(self) -> bool:
        """It is what somebody sent, not what follows from that by itself, such as a reminder: a piece of news."""
        return self.part in ("", "invitation")

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

    @property
    def approval(self) -> str:
        """What the cards are about that ask a second person."""
        return f"approval:{self.id}"

    @property
    def post(self) -> str:
        """What its posts in channels and groups are about."""
        return f"post:{self.id}"


@dataclass(frozen=True, slots=True)
class Numbers:
    """What has become of it so far, in persons. `missed`: it was stopped before, or they have left the place."""

    sent: int
    silent: int
    weekly: int
    closed: int
    refused: int
    missed: int
    later: int = 0

    @property
    def failed(self) -> int:
        return self.silent + self.closed + self.refused + self.missed

    @property
    def digested(self) -> int:
        """Those who read it in a digest."""
        return self.weekly + self.later


@dataclass(frozen=True, slots=True)
class To:
    """What of a broadcast's readers its place and its kind of people do not say yet."""

    #: Numbers of places; empty is everywhere under the broadcast's own.
    places: tuple[int, ...] = ()
    #: The meeting that they said yes or maybe to, if it is for these (`GOING`).
    going: int | None = None
    #: Why it waits for nothing; empty when it does.
    urgent: str = ""


EVERYWHERE = To()


def audience(
    path: str,
    who: str,
    *,
    author: int,
    upto: int = 0,
    meeting: int = 0,
    answered: Answered = Answered.ANYHOW,
    to: To = EVERYWHERE,
) -> Audience:
    """Those under a place whom a broadcast is for. What goes to office holders belongs to their duty; whoever means to
    come to a meeting hears of it even if they take no news."""
    if who == GOING:
        who, meeting, answered = "everybody", to.going or 0, Answered.COMING
    meant = Audience(path, GROUPS[who], Unasked.DUTY, under=True, but=author, upto=upto, places=to.places)
    meant = replace(meant, meeting=meeting, answered=answered)
    if who not in _NEWS:
        return meant
    if to.urgent:
        return replace(meant, why=Unasked.URGENT)
    if answered is Answered.COMING:
        return replace(meant, why=Unasked.OWN_CASE)
    return replace(meant, why=Unasked.NEWS, duty=_DUTY.get(who, ()))


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
    to: To = EVERYWHERE,
    posts: bool = False,
    due: int | None = None,
    state: State = State.SENDING,
) -> Broadcast:
    """A confirmed broadcast, for those who are there at this moment. Nothing is written to them yet.

    Of an `author` of None nobody hears how it went. `expires`: epoch seconds after which it is not sent. In the state
    `ASKED` or `PLANNED` it waits for somebody's yes or for `due` (epoch seconds) until `begin`.
    """
    values: dict[str, str | int | None] = {
        "author": author,
        "place": place,
        "who": who,
        "words": words,
        "media": media,
        "state": state.value,
        "total": count.total,
        "aimed": count.reached,
        "created": now,
        "meeting": meeting,
        "part": part,
        "answered": answered.value,
        "expires": expires,
        "poll": poll,
        "going": to.going,
        "urgent": to.urgent,
        "posts": int(posts),
        "due": due,
        "asked": now if state is State.ASKED else None,
        "begun": now if state is State.SENDING else None,
    }
    return _written(tx, values, to.places)


def _written(tx: Tx, values: dict[str, str | int | None], places: Sequence[int]) -> Broadcast:
    row = tx.one(_INSERT, **values)
    found = get(tx, int(row["id"])) if row is not None else None
    if found is None:
        raise LookupError("the database gave no number back")
    for place in places:
        tx.run("INSERT INTO broadcast_places (broadcast, place) VALUES (:id, :place)", id=found.id, place=place)
    return found


def get(tx: Tx, broadcast: int) -> Broadcast | None:
    """One by its number."""
    row = tx.one(_COLUMNS + "WHERE b.id = :id", id=broadcast)
    return None if row is None else _broadcast(row)


def under(tx: Tx, paths: Sequence[str], *, offset: int, limit: int) -> list[Broadcast]:
    """The history: every broadcast to a place at or below one of these paths, the newest first."""
    where, values = below(paths)
    rows = tx.all(
        f"{_COLUMNS}WHERE {_OF_ITS_OWN} AND ({where}) ORDER BY b.id DESC LIMIT :limit OFFSET :offset",
        **values,
        limit=limit,
        offset=offset,
    )
    return [_broadcast(row) for row in rows]


def count_under(tx: Tx, paths: Sequence[str]) -> int:
    """How many there are."""
    where, values = below(paths)
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


# --- what became of it ---------------------------------------------------------------------------------------------


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
    known = sent + one.silent + one.weekly + one.later + closed + refused
    return Numbers(sent, one.silent, one.weekly, closed, refused, max(0, one.total - known), one.later)


# --- pieces -------------------------------------------------------------------------------------------------------

_NUMBERS = ("author", "media", "meeting", "expires", "poll", "going", "due", "asked", "begun")
_WRITTEN = (
    "author", "place", "who", "words", "media", "state", "total", "aimed", "created", "meeting", "part", "answered",
    "expires", "poll", "going", "urgent", "posts", "due", "asked", "begun",
)  # fmt: skip
#: A new row, and the last role there is now. A number that may be missing has to say that it is one.
_INSERT = (
    f"INSERT INTO broadcasts (upto, {', '.join(_WRITTEN)}) SELECT coalesce(max(id), 0), "
    + ", ".join(f"CAST(:{name} AS bigint)" if name in _NUMBERS else f":{name}" for name in _WRITTEN)
    + " FROM roles RETURNING id"
)
_COLUMNS = (
    "SELECT b.id, b.author, b.place, p.path, b.who, b.words, b.media, b.state, b.total, b.aimed, b.upto, b.reached, "
    "b.written, b.silent, b.weekly, b.closed, b.sent, b.refused, b.shown, b.created, b.ended, b.meeting, b.part, "
    "b.answered, b.expires, b.poll, b.going, b.due, b.begun, b.urgent, b.asked, b.decided_by, b.decided, b.why_not, "
    "b.posts, b.later "
    "FROM broadcasts b JOIN places p ON p.id = b.place "
)
#: What somebody sent, not what follows from it by itself.
_OF_ITS_OWN = "b.part IN ('', 'invitation')"


def below(paths: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The condition (SQL) that a place `p` is at or below one of these paths, with its values."""
    values = {f"path{n}": path for n, path in enumerate(paths)}
    tests = [f"substr(p.path, 1, length(CAST(:{name} AS text))) = :{name}" for name in values]
    return " OR ".join(tests) or "1 = 0", values


def _broadcast(row: Row) -> Broadcast:
    kept = {one.name: row[one.name] for one in fields(Broadcast)}
    kept |= {"state": State(row["state"]), "written": bool(row["written"]), "answered": Answered(row["answered"])}
    return Broadcast(**kept | {"meeting": row["meeting"] or 0, "poll": row["poll"] or 0})
