"""Who may read what, written down apart from the code that decides it, from rows read with queries of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from storage.tx import Tx
from tests.fuzz.words import MARK

Chat = tuple[str, int]

#: Who looks at a case in their place: the neighbourhood's coordinators, the county's officers, the province.
LOOKS = frozenset({"coordinator", "county_officer", "province_admin"})
#: Who writes to a place's people, and who answers those who did not find their neighbourhood.
WRITES = LOOKS | {"council_head"}
ANSWERS = frozenset({"county_officer", "province_admin"})
#: What a reporter wrote: for themselves and those who look. The council's own words go to all who belong to the case.
REPORTERS_WORDS = frozenset({"text", "place", "answer"})
COUNCILS_WORDS = frozenset({"question", "next_step", "explanation"})
#: From where which move leads where; what only stands in the history leads back.
LIFE: dict[str | None, dict[str, str]] = {
    None: {"submit": "submitted"},
    "submitted": {"accept": "accepted", "reject": "rejected", "ask": "needs_info"},
    "under_review": {"accept": "accepted", "reject": "rejected", "ask": "needs_info"},
    "needs_info": {"accept": "accepted", "reject": "rejected", "answer": "under_review", "time_out": "under_review"},
    "accepted": {},
    "rejected": {},
    "withdrawn": {},
}
for _state in ("submitted", "under_review", "needs_info"):
    LIFE[_state] |= {"move": "submitted", "withdraw": "withdrawn"}
LIFE["accepted"]["withdraw"] = "withdrawn"
for _state in ("submitted", "under_review", "needs_info", "accepted", "rejected", "withdrawn"):
    LIFE[_state] |= {"redact": _state, "hide": _state}
#: Who may make which move. What time does has nobody.
MOVERS = {
    **dict.fromkeys(("submit", "answer", "withdraw"), "reporter"),
    **dict.fromkeys(("accept", "reject", "ask", "move", "redact", "hide"), "looks"),
    "time_out": "time",
}
#: Talks that only an office opens.
ASKED = {
    **dict.fromkeys(
        ("accept", "reject", "ask", "move", "redact", "sensitive", "queue", "case", "more", "cards"), LOOKS
    ),
    **dict.fromkeys(("invite", "broadcast"), WRITES),
    **dict.fromkeys(("grant", "revoke", "missing"), ANSWERS),
}
#: Who may give which role in their place.
GIVES = {
    "county_officer": frozenset({"council_member", "council_head", "coordinator", "committee_head", "agency_contact"}),
    "province_admin": frozenset(
        {"council_member", "council_head", "coordinator", "committee_head", "agency_contact", "county_officer"}
        | {"province_admin"}
    ),
}


@dataclass(frozen=True, slots=True)
class Seat:
    role: str
    path: str


@dataclass
class People:
    """Who everybody is at one moment: persons by chat, their seats, and whether they agreed."""

    person: dict[Chat, int] = field(default_factory=dict)
    seats: dict[int, set[Seat]] = field(default_factory=dict)
    agreed: set[int] = field(default_factory=set)

    def has(self, person: int, roles: frozenset[str], path: str) -> bool:
        """Whether this person has one of these roles at a place that holds `path`."""
        return any(seat.role in roles and path.startswith(seat.path) for seat in self.seats.get(person, ()))

    def has_any(self, person: int, roles: frozenset[str]) -> bool:
        return any(seat.role in roles for seat in self.seats.get(person, ()))

    def is_under(self, person: int, path: str) -> bool:
        """Whether this person has any role at `path` or below."""
        return any(seat.path.startswith(path) for seat in self.seats.get(person, ()))


def people(tx: Tx, since: int) -> People:
    """Everybody as they are; a seat that ended no earlier than `since` still counts."""
    found = People()
    for row in tx.all(
        "SELECT b.platform, a.user_id, a.person, p.consent_version FROM accounts a JOIN bots b ON b.id = a.bot "
        "JOIN persons p ON p.id = a.person"
    ):
        found.person[row["platform"], row["user_id"]] = row["person"]
        if row["consent_version"]:
            found.agreed.add(row["person"])
    for row in tx.all(
        "SELECT r.person, r.role, p.path FROM roles r JOIN places p ON p.id = r.place "
        "WHERE r.until IS NULL OR r.until >= :since",
        since=since,
    ):
        found.seats.setdefault(row["person"], set()).add(Seat(row["role"], row["path"]))
    return found


@dataclass(frozen=True, slots=True)
class Source:
    """One place where a followed word stands: part of a case, public title, broadcast, missing neighbourhood."""

    what: str
    about: int
    path: str = ""


class Words:
    """Where each followed word stands, or has stood."""

    def __init__(self) -> None:
        self._found: dict[str, set[Source]] = {}
        self._last = 0

    def look(self, tx: Tx) -> None:
        """Read what was said of cases since the last look."""
        for row in tx.all("SELECT id, case_id, part, words FROM words WHERE id > :last ORDER BY id", last=self._last):
            self._last = row["id"]
            self._note(row["words"], Source(row["part"], row["case_id"]))

    def publish(self, tx: Tx, cases: Iterable[int]) -> None:
        """Read what everybody may read of these cases."""
        for case in sorted(set(cases)):
            for row in tx.all("SELECT title FROM public_cases WHERE case_id = :case", case=case):
                self._note(row["title"], Source("public", case))

    def of(self, mark: str) -> set[Source]:
        return self._found.get(mark, set())

    def search(self, tx: Tx, mark: str) -> set[Source]:
        """Look wherever words are kept, for what was written anew since it was first read."""
        like = f"%{mark}%"
        for row in tx.all("SELECT case_id, part FROM words WHERE words LIKE :like", like=like):
            self._add(mark, Source(row["part"], row["case_id"]))
        for row in tx.all("SELECT case_id FROM public_cases WHERE title LIKE :like", like=like):
            self._add(mark, Source("public", row["case_id"]))
        for row in tx.all(
            "SELECT b.id, p.path FROM broadcasts b JOIN places p ON p.id = b.place WHERE b.words LIKE :like", like=like
        ):
            self._add(mark, Source("broadcast", row["id"], row["path"]))
        for row in tx.all(
            "SELECT m.id, p.path FROM missing_places m JOIN places p ON p.id = m.county WHERE m.name LIKE :like",
            like=like,
        ):
            self._add(mark, Source("missing", row["id"], row["path"]))
        return self.of(mark)

    def _note(self, text: str, source: Source) -> None:
        for mark in MARK.findall(text):
            self._add(mark, source)

    def _add(self, mark: str, source: Source) -> None:
        self._found.setdefault(mark, set()).add(source)


@dataclass(frozen=True, slots=True)
class Matter:
    """A case as far as reading it goes: every place that had it, who belongs to it, whether it is hidden."""

    paths: frozenset[str]
    reporters: frozenset[int]
    joined: frozenset[int]
    hidden: bool


def matter(tx: Tx, case: int) -> Matter:
    rows = tx.all(
        "SELECT DISTINCT p.path FROM moves m JOIN places p ON p.id = m.place WHERE m.case_id = :case", case=case
    )
    parties = tx.all("SELECT person, part FROM parties WHERE case_id = :case", case=case)
    one = tx.all("SELECT private FROM cases WHERE id = :case", case=case)
    return Matter(
        frozenset(row["path"] for row in rows),
        frozenset(row["person"] for row in parties if row["part"] == "reporter"),
        frozenset(row["person"] for row in parties if row["part"] == "joined"),
        bool(one and one[0]["private"]),
    )


def may_read(person: int, found: People, source: Source, of: Matter | None, *, hidden_before: bool) -> bool:
    """Whether the list lets this person read a word that stands there."""
    if source.what == "broadcast":
        return found.is_under(person, source.path) or found.has(person, WRITES, source.path)
    if source.what == "missing":
        return found.has(person, ANSWERS, source.path)
    if of is None:
        return False
    if source.what == "public":
        return person in found.agreed and not hidden_before
    if hidden_before:
        return False
    if person in of.reporters or any(found.has(person, LOOKS, path) for path in of.paths):
        return True
    return source.what in COUNCILS_WORDS and person in of.joined
