"""What waits for a decision in one's scope, what is due soonest first, with filters."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from domain.cases import Kind, State
from domain.categories import OTHER
from domain.permissions import RULES, Do
from domain.richtext import Key
from handlers._shown import PAGE, day, label, page_number, pager, title
from handlers.talk import Act, Outcome, Reply, Row, Talk, Turn, done
from storage import queue
from storage.cases import Case
from storage.queue import Filter


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the queue is looked at, as a button carries it: `kind/category/o`, each empty for everything."""

    kind: str = ""
    category: str = ""
    overdue: bool = False

    @classmethod
    def read(cls, text: str, categories: Collection[str]) -> Wanted:
        """From a button's data, which can be forged: what means nothing asks for everything."""
        kind, category, overdue = [*text.split("/"), "", "", ""][:3]
        return cls(kind if kind in set(Kind) else "", category if category in categories else "", overdue == "o")

    def written(self, **changed: str | bool) -> str:
        """The same with something changed, for a button."""
        kind, category = changed.get("kind", self.kind), changed.get("category", self.category)
        return f"{kind}/{category}/{'o' if changed.get('overdue', self.overdue) else ''}"

    def filter(self, now: int) -> Filter:
        return Filter(self.kind, self.category, now if self.overdue else None)


_ALL = Wanted()


def paths(turn: Turn) -> list[str]:
    """The paths under which this person decides."""
    return [seat.path for seat in turn.seats if seat.role in RULES[Do.MODERATE]]


def start(turn: Turn, _: str) -> Outcome:
    return done(_shown(turn, _ALL, 0))


def turn_page(turn: Turn, about: str) -> Outcome:
    wanted, _, page = about.rpartition(":")
    return done(_shown(turn, _read(turn, wanted), page_number(page), edit=True))


def _read(turn: Turn, text: str) -> Wanted:
    return Wanted.read(text, {OTHER, *(kind.code for kind in turn.town.categories)})


def _shown(turn: Turn, wanted: Wanted, page: int, *, edit: bool | None = None) -> Reply:
    scope, chosen = paths(turn), wanted.filter(turn.seconds)
    total = queue.count(turn.tx, scope, chosen)
    if not total and wanted == _ALL:
        return Reply("queue-none", buttons=((Act("cards", "open", Key("queue.cards")),),), edit=edit)
    found = queue.page(turn.tx, scope, chosen, offset=page * PAGE, limit=PAGE)
    rows = tuple((Act("case", "show", label(case), case.code),) for case in found)
    return Reply(
        "queue" if total else "queue-none-such",
        {"n": total} if total else {},
        more=(*_named(wanted), *(_line(turn, case) for case in found)),
        buttons=(*rows, *pager("queue", "page", wanted.written(), page, total), *_filters(wanted)),
        edit=edit,
    )


def _line(turn: Turn, case: Case) -> Key:
    if case.state is State.NEEDS_INFO:
        return Key("queue-line-asked", {"title": title(case), "until": day(case.asked_until or case.since)})
    due = case.due or case.since
    late = "yes" if due < turn.seconds else "no"
    return Key("queue-line", {"title": title(case), "due": day(due), "late": late})


def _named(wanted: Wanted) -> tuple[Key, ...]:
    """What is left out, so that nobody takes a part for the whole."""
    found = []
    if wanted.kind:
        found.append(Key("queue-only-kind", {"kind": wanted.kind}))
    if wanted.category:
        found.append(Key("queue-only-category", {"category": Key(f"category-{wanted.category}")}))
    if wanted.overdue:
        found.append(Key("queue-only-overdue"))
    return tuple(found)


def _filters(wanted: Wanted) -> tuple[Row, ...]:
    def to(name: str, key: Key, **changed: str | bool) -> Act:
        return Act("queue", name, key, f"{wanted.written(**changed)}:0")

    if wanted == _ALL:
        overdue = to("page", Key("queue.overdue"), overdue=True)
        topics = to("topics", Key("queue.topics"))
        problems = to("page", Key("queue.problems"), kind=str(Kind.PROBLEM))
        proposals = to("page", Key("queue.proposals"), kind=str(Kind.PROPOSAL))
        return ((overdue, topics), (problems, proposals), (Act("cards", "open", Key("queue.cards")),))
    overdue = to("page", Key("queue.overdue"), overdue=True)
    row: Row = (*(() if wanted.overdue else (overdue,)), Act("queue", "page", Key("queue.all"), f"{_ALL.written()}:0"))
    return ((to("topics", Key("queue.topics")),), row)


def topics(turn: Turn, about: str) -> Outcome:
    """What the waiting cases are about, with how many of each."""
    wanted = _read(turn, about.rpartition(":")[0])
    found = queue.categories(turn.tx, paths(turn))
    if not found:
        return start(turn, "")
    rows: list[Row] = []
    for category, n in found:
        shown = Key("queue-topic", {"category": Key(f"category-{category}"), "n": n})
        rows.append((Act("queue", "page", shown, f"{wanted.written(category=category)}:0"),))
    return done(Reply("queue-topics", buttons=tuple(rows), edit=True))


talk = Talk(name="queue", rule=Do.MODERATE, command="queue", start=start, actions={"page": turn_page, "topics": topics})
