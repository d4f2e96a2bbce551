"""Asks what a meeting is about: topics typed one by one, and open cases by how many people have them and how long."""

from __future__ import annotations

from collections.abc import Sequence

from domain.permissions import Do
from domain.persian import cut
from domain.richtext import Key
from handlers._meetings import numbered
from handlers._places import pages
from handlers._shown import LABEL, PAGE, day, in_short, page_number
from handlers.coordinator._venue import fitting
from handlers.talk import Choice, Outcome, Refusal, Reply, Row, Step, Take, Turn, go
from storage import agenda, cases, places
from storage.agenda import Proposal

#: Letters of an item of the agenda; items at most.
LONGEST, MOST = 200, 12


def steps(back: str) -> dict[str, Step]:
    """The steps `items`, `cases` and `wording` of a talk whose draft knows the `place` and has `items`: words, case.
    `back`: the step to which it goes on."""
    done: Take = lambda turn, _: go(back)  # noqa: E731 - a row of the table below
    return {
        "items": Step(_ask, text=_typed, choices={"drop": _drop, "cases": _to_cases, "done": done}),
        "cases": Step(_ask_cases, choices={"case": _take, "page": _turn_page}),
        "wording": Step(_ask_wording, text=_worded),
    }


def words_of(turn: Turn) -> list[str]:
    """The topics so far."""
    return [item[0] for item in turn.draft["items"]]


def _ask(turn: Turn) -> Reply:
    items = turn.draft["items"]
    rows: list[Row] = []
    if len(items) < MOST and agenda.count(turn.tx, _path(turn), waiting=_knows(turn)):
        rows.append((Choice("cases", Key("meeting-items.cases")),))
    drops = [Choice(f"drop:{n}", Key("meeting-item-drop", {"n": n})) for n in range(1, len(items) + 1)]
    rows += [tuple(drops[at : at + 3]) for at in range(0, len(drops), 3)]
    if items:
        rows.append((Choice("done", Key("meeting-items.done")),))
    more = numbered(words_of(turn))
    if len(items) >= MOST:
        return Reply("meeting-items-full", more=more, buttons=tuple(rows))
    return Reply("meeting-items", {"most": LONGEST}, more=more, buttons=tuple(rows))


def _typed(turn: Turn, text: str) -> Outcome:
    return _add(turn, text, None)


def _add(turn: Turn, text: str, case: int | None) -> Outcome:
    if len(turn.draft["items"]) >= MOST:
        raise Refusal("meeting-items-full")
    turn.draft["items"].append([fitting(text, LONGEST), case])
    return go("items")


def _drop(turn: Turn, said: str) -> Outcome:
    n = page_number(said)
    if not 1 <= n <= len(turn.draft["items"]):
        raise Refusal("not-understood")
    del turn.draft["items"][n - 1]
    return go("items")


# --- cases ------------------------------------------------------------------------------------------------------------


def _to_cases(turn: Turn, _: str) -> Outcome:
    turn.draft["page"] = 0
    return go("cases")


def _turn_page(turn: Turn, page: str) -> Outcome:
    turn.draft["page"] = page_number(page)
    return go("cases")


def _ask_cases(turn: Turn) -> Reply:
    """What is open here: of most people first, of these the oldest."""
    page, knows = int(turn.draft.get("page", 0)), _knows(turn)
    total = agenda.count(turn.tx, _path(turn), waiting=knows)
    found = agenda.proposals(turn.tx, _path(turn), waiting=knows, offset=page * PAGE, limit=PAGE)
    lines = tuple(
        Key("meeting-case", {"n": n, "title": _title(turn, one), "people": one.people, "since": day(one.since)})
        for n, one in enumerate(found, page * PAGE + 1)
    )
    rows: Sequence[Row] = [(Choice(f"case:{one.id}", _label(turn, one)),) for one in found if not _chosen(turn, one.id)]
    return Reply("meeting-cases", more=lines, buttons=(*rows, *pages(page, total)))


def _take(turn: Turn, said: str) -> Outcome:
    """A case with a public copy goes by its title; for another one words are asked that everybody may read."""
    found = agenda.proposal(turn.tx, _path(turn), page_number(said), waiting=_knows(turn))
    if found is None or _chosen(turn, found.id):
        raise Refusal("not-understood")
    if found.title:
        return _add(turn, cut(found.title, LONGEST), found.id)
    turn.draft["case"] = found.id
    return go("wording")


def _ask_wording(turn: Turn) -> Reply:
    found = agenda.proposal(turn.tx, _path(turn), turn.draft["case"], waiting=_knows(turn))
    values = {"title": Key("no-words") if found is None else _title(turn, found), "most": LONGEST}
    return Reply("meeting-wording", values)


def _worded(turn: Turn, text: str) -> Outcome:
    found = agenda.proposal(turn.tx, _path(turn), turn.draft["case"], waiting=_knows(turn))
    return _add(turn, text, None if found is None or _chosen(turn, found.id) else found.id)


def _chosen(turn: Turn, case: int) -> bool:
    return any(item[1] == case for item in turn.draft["items"])


def _title(turn: Turn, one: Proposal) -> str | Key:
    """What the organiser may read of it: public words, for those who decide about cases the reporter's too."""
    if one.title:
        return in_short(one.title)
    words = cases.by_id(turn.tx, one.id).text if _knows(turn) else ""
    return in_short(words) if words else Key(f"category-{one.category}")


def _label(turn: Turn, one: Proposal) -> str | Key:
    found = _title(turn, one)
    return cut(found, LABEL) if isinstance(found, str) else found


def _path(turn: Turn) -> str:
    return places.get(turn.tx, turn.draft["place"]).path


def _knows(turn: Turn) -> bool:
    """Whether they decide about the cases there: only then those that wait are shown, and what reporters wrote."""
    return turn.may(Do.MODERATE, _path(turn))
