"""The way out of any talk, and the end of those that nobody went on with."""

from __future__ import annotations

from domain.permissions import Do
from domain.richtext import Key
from handlers import desk
from handlers.talk import Act, Notice, Outcome, Reply, Talk, Turn, Work, stay
from storage import jobs, people, talks
from storage.audience import Unasked


def start(turn: Turn, _: str) -> Outcome:
    return stay(*desk.cancel(turn))


def close(work: Work, ids: dict[str, int]) -> list[Notice]:
    """A talk that nobody went on with for days ends with a word; one that moved meanwhile gets its full time again."""
    found = talks.by_id(work.tx, ids["talk"])
    if found is None:
        return []
    due = found.updated + work.town.talk_days * 86400
    if due > work.seconds:
        jobs.put(work.tx, "talk-close", f"talk:{found.id}", due, {"talk": found.id})
        return []
    talks.end(work.tx, found.id)
    person = people.person_of_account(work.tx, found.account)
    if person is None or not person.consent:
        return []
    bot = people.bot_of_account(work.tx, found.account)
    buttons = ((Act(found.talk, "open", Key("talk-closed.anew")), Act("menu", "open", Key("talk-closed.no"))),)
    return [Notice(person.id, Reply("talk-closed", buttons=buttons), Unasked.OWN_CASE, bot)]


talk = Talk(name="cancel", rule=Do.BE_GREETED, command="cancel", start=start, jobs={"talk-close": close})
