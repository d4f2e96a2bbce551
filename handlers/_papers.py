"""Having a paper drawn: drawing is no work for a turn, so a job does it and sends the file."""

from __future__ import annotations

from domain.papers import Paper
from domain.richtext import Key
from handlers.talk import Reply, Turn
from storage import jobs

#: Seconds after which a paper that could not be drawn is no longer waited for.
LAPSES_S = 3600


def wish(turn: Turn, paper: Paper, about: int) -> None:
    """Have a paper sent to whoever has the turn. `about` is the number of its place, or of its meeting (see `Paper`).

    The caller has authorised them; the job does it again when it draws. Asked twice in a row, it is sent once.
    """
    ids = {"person": turn.person.id, "bot": turn.account.bot, "about": about}
    kind = f"paper-{paper.value}"
    jobs.put(turn.tx, kind, f"{kind}:{turn.person.id}:{about}", turn.seconds, ids, expires=turn.seconds + LAPSES_S)


def ask_for(turn: Turn, paper: Paper, about: int) -> Reply:
    """The same, with the words that it is coming."""
    wish(turn, paper, about)
    return Reply("paper-coming", {"what": Key("paper-named", {"paper": paper.value})}, edit=False)
