"""The queue: what waits in scope, soonest first, filtered, and answered from an index however long it is."""

from __future__ import annotations

import pytest

from domain.cases import Kind, Move
from storage import cases, queue
from storage.queue import Filter, Fresh
from storage.tx import Tx
from tests.storage.made import DAY, NOW, account, case, town

MANY = 10_000


def test_it_holds_what_waits_in_scope_soonest_first(tx: Tx) -> None:
    found, who = town(tx), account(tx, 1).person
    late = case(tx, found["kerman/alavian"], who, due=NOW + 3 * DAY)
    soon = case(tx, found["kerman/zarisf"], who, due=NOW + DAY)
    far = case(tx, found["kermanshah/taq"], who, due=NOW + 2 * DAY)
    gone = case(tx, found["kerman/alavian"], who, due=NOW)
    cases.move(tx, gone, Move.ACCEPT, actor=who, now=NOW, due=NOW + DAY)

    def page(*paths: str, **more: int) -> list[int]:
        return [each.id for each in queue.page(tx, paths, **more)]

    assert page("/kerman/") == [soon.id, late.id]
    assert page("/kermanshah/") == [far.id]
    assert page("/") == [soon.id, far.id, late.id]
    assert page("/kerman/shahr/alavian/", "/kermanshah/") == [far.id, late.id]
    assert page("/kerman/", "/kerman/shahr/zarisf/") == [soon.id, late.id]
    assert page() == []
    assert page("/", offset=1, limit=1) == [far.id]
    assert [queue.count(tx, paths) for paths in (["/kerman/"], ["/"], [])] == [2, 3, 0]


def test_what_waits_for_a_resident_comes_last_and_is_never_overdue(tx: Tx) -> None:
    where, who = town(tx)["kerman/alavian"], account(tx, 1).person
    asked, late = case(tx, where, who, due=NOW + 10), case(tx, where, who, due=NOW + 20)
    cases.move(tx, asked, Move.ASK, actor=who, now=NOW, due=NOW + 5 * DAY)
    hidden = case(tx, where, who, due=NOW + 5)
    cases.move(tx, hidden, Move.HIDE, actor=who, now=NOW)
    assert [one.id for one in queue.page(tx, ["/"])] == [late.id, asked.id]
    assert [one.id for one in queue.page(tx, ["/"], Filter(overdue_at=NOW + DAY))] == [late.id]
    assert queue.count(tx, ["/"], Filter(overdue_at=NOW + 15)) == 0


def test_filters_narrow_it_and_categories_are_counted(tx: Tx) -> None:
    where, who = town(tx)["kerman/alavian"], account(tx, 1).person
    for n, (kind, category) in enumerate(
        [(Kind.PROBLEM, "roads"), (Kind.PROBLEM, "water"), (Kind.PROPOSAL, "roads"), (Kind.PROBLEM, "roads")]
    ):
        cases.submit(
            tx,
            kind=kind,
            place=where.id,
            path=where.path,
            person=who,
            text="x",
            category=category,
            due=NOW + n,
            now=NOW,
            new_code=lambda n=n: str(30_000_000 + n),  # type: ignore[misc]
        )
    assert queue.count(tx, ["/"], Filter(category="roads")) == 3
    assert queue.count(tx, ["/"], Filter(kind="problem", category="roads")) == 2
    assert queue.count(tx, ["/"], Filter(kind="proposal", category="water")) == 0
    assert queue.categories(tx, ["/"]) == [("roads", 3), ("water", 1)]


def test_what_is_fresh_is_counted_by_neighbourhood(tx: Tx) -> None:
    found, who = town(tx), account(tx, 1).person
    case(tx, found["kerman/alavian"], who, due=NOW + 10)
    case(tx, found["kerman/alavian"], who, due=NOW + DAY)
    case(tx, found["kerman/zarisf"], who, due=NOW + DAY)
    fresh = queue.fresh(tx, ["/kerman/"], since=NOW, until=NOW + 1, due_before=NOW + 60)
    assert fresh == [Fresh("/kerman/shahr/alavian/", 2, 1), Fresh("/kerman/shahr/zarisf/", 1, 0)]
    assert queue.fresh(tx, ["/kerman/"], since=NOW + 1, until=NOW + DAY, due_before=NOW) == []


def ten_thousand(tx: Tx) -> None:
    """As many cases in two neighbourhoods, each a second later than the one before."""
    found, who = town(tx), account(tx, 1).person
    places = [found["kerman/alavian"], found["kerman/zarisf"]]
    for n in range(MANY):
        place = places[n % 2]
        tx.run(
            "INSERT INTO cases (code, kind, place, path, category, state, holder_kind, holder, since, due, created) "
            "VALUES (:code, 'problem', :place, :path, 'roads', 'submitted', 'place', :place, :now, :due, :now)",
            code=str(40_000_000 + n),
            place=place.id,
            path=place.path,
            now=NOW,
            due=NOW + (n * 7919) % MANY,
        )
    assert who


def test_every_page_of_ten_thousand_is_reached_without_a_gap_or_a_repeat(tx: Tx) -> None:
    ten_thousand(tx)
    assert queue.count(tx, ["/kerman/"]) == MANY
    seen = [one.due for n in range(0, MANY, 500) for one in queue.page(tx, ["/kerman/"], offset=n, limit=500)]
    assert seen == [NOW + n for n in range(MANY)]
    assert [one.due for one in queue.page(tx, ["/kerman/shahr/zarisf/"], offset=MANY // 2 - 1)] == [NOW + MANY - 1]


@pytest.mark.parametrize("wanted", [Filter(), Filter(kind="problem"), Filter(category="roads"), Filter(overdue_at=NOW)])
def test_an_index_alone_answers_a_page_and_a_count(tx: Tx, wanted: Filter) -> None:
    """No row of a case is read to find out which ones a page shows."""
    if tx.dialect == "postgres":
        tx.run("SET LOCAL enable_seqscan = off")  # a table of few rows would be read whole, and rightly
        explain = "EXPLAIN "
    else:
        explain = "EXPLAIN QUERY PLAN "
    plans: list[str] = []

    class Explained:
        dialect = tx.dialect

        def all(self, sql: str, **values: object) -> list[object]:
            plans.append(" ".join(str(tuple(dict(row).values())) for row in tx.all(explain + sql, **values)))  # type: ignore[call-overload]
            return []

        def one(self, sql: str, **values: object) -> None:
            self.all(sql, **values)

    queue.page(Explained(), ["/kerman/", "/kermanshah/"], wanted)  # type: ignore[arg-type]
    queue.count(Explained(), ["/kerman/"], wanted)  # type: ignore[arg-type]
    assert len(plans) == 2
    for plan in plans:
        assert "cases_waiting" in plan
        assert "COVERING INDEX" in plan or tx.dialect == "postgres"
