"""What is hidden goes from where it was shown before: from cards, from questions about it, and out of the chats."""

from __future__ import annotations

from collections.abc import Iterator

from domain.moments import Moment
from domain.richtext import Key
from handlers._shown import PAGE, about, card, day, spot, title
from handlers.talk import Notice, Refresh, Remove, Reply, Turn, Work, moment
from storage import cards, jobs, people, showings
from storage.audience import Unasked
from storage.cases import Case


def said(case: Case, part: str) -> str:
    """What a question that shows a part of a case's words is marked with."""
    return f"{about(case)}:said:{part}"


def all_hidden(turn: Turn, case: Case) -> list[Refresh]:
    """Nothing that ever showed this case shows anything of it any more: cards that others had before it was moved, and
    questions with its words, too."""
    shown = card(turn, case)
    return [Refresh(mark, Reply(shown.key, shown.values, about=mark)) for mark in cards.parted(turn.tx, about(case))]


def words_hidden(turn: Turn, case: Case, part: str) -> list[Refresh]:
    """The former words of one part are gone from questions about them, and from cards that say where it went."""
    mark = said(case, part)
    changed = [Refresh(mark, Reply("redact-words-gone", about=mark))]
    values = {"title": title(case), "neighborhood": spot(turn, case.place)}
    for left in cards.parted(turn.tx, f"{about(case)}:left"):
        changed.append(Refresh(left, Reply("card-moved", values, about=left)))
    return changed


def take_out(work: Work, ids: dict[str, int]) -> Iterator[Remove]:
    """The job that takes a photo or voice out of every chat, some at a time."""
    yield Remove(ids["media"], Key("media-removed"))
    if showings.is_shown(work.tx, ids["media"]):
        jobs.put(work.tx, "take-out", f"take-out:{ids['media']}", work.seconds, ids)


def by_hand(work: Work, ids: dict[str, int]) -> list[Notice]:
    """Ask somebody of the staff to delete what no messenger let us delete. Residents are not sent looking for it."""
    found = showings.left(work.tx, ids["lane"])
    person, bot = showings.reader(work.tx, ids["lane"])
    if not found or person is None or not people.is_staff(work.tx, person, work.seconds):
        return []
    lines = [
        Key(
            "by-hand-line",
            {
                "date": day(one.at),
                "time": Moment(moment(one.at), "clock"),
                "neighborhood": spot(work, one.place),
            },
        )
        for one in found[:PAGE]
    ]
    if len(found) > PAGE:
        lines.append(Key("by-hand-rest", {"n": len(found) - PAGE}))
    return [Notice(person, Reply("by-hand", {"n": len(found)}, more=tuple(lines)), Unasked.DUTY, bot)]
