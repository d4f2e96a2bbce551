"""The cases that a meeting's decisions are about: chosen for each, and moved on by the table when it is public."""

from __future__ import annotations

from collections.abc import Iterator

from domain.actions import State as Planned
from domain.cases import UNDECIDED, CannotMove, Move, State, is_open, may_move
from domain.permissions import Do
from domain.richtext import Key
from handlers._actions import line, what
from handlers._shown import PAGE, day, label, public_title, tell_parties, title
from handlers.coordinator._decide import settled
from handlers.coordinator._serving import Serving
from handlers.talk import Act, Choice, Notice, Reply, Row, Told, Turn, Values
from storage import action_choices, cases, meetings, places
from storage.actions import Action
from storage.cases import Case
from storage.meetings import Meeting

#: Cases that one decision is about, at most.
MOST = 5
SERVES = Serving(lambda turn, case: may_touch(turn, _meeting(turn), case), MOST)


def may_touch(turn: Turn, meeting: Meeting, case: Case) -> bool:
    """Whether a decision of this meeting may be about a case: an accepted one of its place; one that nobody has decided
    about only if whoever writes decides about such."""
    here = case.path.startswith(meeting.path) and not case.private
    if case.state in UNDECIDED:
        return here and turn.may(Do.MODERATE, case.path)
    return here and case.state is State.ACCEPTED and turn.may(Do.MEET, case.path)


# --- choosing ---------------------------------------------------------------------------------------------------------


def ask(turn: Turn) -> Reply:
    meeting, mine = _meeting(turn), turn.draft.get("cases", [])
    found = dict.fromkeys([*mine, *offered(turn, meeting)])
    rows: list[Row] = []
    for case in [cases.by_id(turn.tx, number) for number in found][: max(PAGE, len(mine))]:
        short = label(case) if case.state in UNDECIDED else public_title(turn, case)
        values = {"title": short if isinstance(short, Key) else short[:40]}
        chosen = Key("promise-cases.off", values) if case.id in mine else Key("promise-cases.on", values)
        rows.append((Choice(f"case:{case.id}", chosen),))
    done_: Row = (Choice("done", Key("promise-cases.done")),)
    return Reply("promise-cases", {"n": len(mine)}, buttons=(*rows, done_))


def offered(turn: Turn, meeting: Meeting) -> list[int]:
    """Those on the agenda first."""
    listed = [item.case for item in meetings.agenda(turn.tx, meeting.id) if item.case is not None]
    path = places.get(turn.tx, meeting.place).path
    found = [*listed, *action_choices.could_serve(turn.tx, path, limit=PAGE)]
    return [one for one in found if may_touch(turn, meeting, cases.by_id(turn.tx, one))]


def _meeting(turn: Turn) -> Meeting:
    found = meetings.get(turn.tx, turn.draft["meeting"])
    if found is None:
        raise LookupError("meetings are never deleted")
    return found


# --- moving on --------------------------------------------------------------------------------------------------------


def moved_on(turn: Turn, meeting: Meeting, decided: dict[int, list[Action]], *, again: bool = False) -> Iterator[Told]:
    """Every case that was decided about goes on by the table, and its people read once what was decided on it, from
    whom and by when. `again`: the decision was told before and was wrong."""
    for number, made in decided.items():
        case = cases.by_id(turn.tx, number)
        if case.private:
            continue
        case = _move(turn, meeting, case, made)
        values: Values = {"title": title(case), "date": day(meeting.starts)}
        see: Row = (Act("results", "show", Key("minutes-told.see"), str(meeting.id)),)
        key = "minutes-case-again" if again else "minutes-case"
        reply = Reply(key, values, more=tuple(line(turn, one) for one in made), buttons=(see,))
        yield from (one for one in tell_parties(turn, case, reply) if not _is_own(turn, one))
        yield settled(turn, case)


def _is_own(turn: Turn, notice: Notice) -> bool:
    return notice.person == turn.person.id


def _move(turn: Turn, meeting: Meeting, case: Case, made: list[Action]) -> Case:
    """One that nobody has decided about is accepted; an accepted one has another next step and date."""
    made = [one for one in made if one.state is Planned.OPEN]
    if not made or not is_open(case.kind, case.state) or not may_touch(turn, meeting, case):
        return case
    move = Move.ACCEPT if may_move(case.kind, case.state, Move.ACCEPT) else Move.DECIDE
    first = min(made, key=lambda one: one.due)
    try:
        case = cases.move(turn.tx, case, move, actor=turn.person.id, now=turn.seconds, due=first.due)
    except CannotMove:
        return case
    step = what(first.what, first.category)
    words = step if isinstance(step, str) else turn.town.phrase("accept-proposed-step")
    cases.say(turn.tx, case.id, turn.person.id, "next_step", words, turn.seconds)
    return case
