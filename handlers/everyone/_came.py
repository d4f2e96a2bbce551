"""What somebody came with before they agreed: kept for a day at most, and taken up after their yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from domain.incoming import Incoming, Kind
from domain.persian import letters, tidy
from handlers.talk import Turn, Work
from storage import jobs, talks

#: What a person may come with besides words. Only its number is kept, and nothing is fetched before their yes.
BESIDES_WORDS = (Kind.PHOTO, Kind.VOICE, Kind.VIDEO, Kind.DOCUMENT, Kind.LOCATION)
_FILES = frozenset(BESIDES_WORDS) - {Kind.LOCATION}


def keep(turn: Turn) -> None:
    """Keep this message with what came before, unless it says no more than «start».

    A later text, link, place or voice stands for the earlier one; photos join each other.
    """
    incoming = turn.incoming
    slot = _slot(incoming)
    if not slot:
        return
    kept = _still(turn.draft.get("came", []), turn)
    same = [one for one in kept if _slot(_incoming(one)) == slot]
    if slot == "photo":
        # One more than a report takes: so that whoever sent too many is told.
        if len(same) > turn.town.photos:
            return
    elif same:
        if slot == "words" and letters(incoming.text) < turn.town.shortest <= letters(_incoming(same[0]).text):
            return  # a greeting after the report
        kept = [one for one in kept if one not in same]
    turn.draft["came"] = [*kept, {"at": turn.seconds, "said": incoming.as_dict()}]
    _erase_in_time(turn, turn.account.id, turn.draft["came"])


def has_album(turn: Turn, album: str) -> bool:
    """Whether other parts of this album are kept already."""
    return bool(album) and any(one.album == album for one in _kept(turn))


def link(turn: Turn) -> str:
    """The neighbourhood in the link that a person came by, if it was one."""
    prefix, _, rest = next((one.payload for one in _kept(turn) if one.payload), "").partition("_")
    return rest if prefix == "join" else ""


def texts(turn: Turn) -> list[str]:
    """The words of each message that is kept."""
    return [one.text for one in _kept(turn) if one.text]


def opened(turn: Turn) -> list[Incoming]:
    """The link by which they came, if something else than their neighbourhood waits behind it or nothing was said."""
    found = [one for one in _kept(turn) if one.payload]
    return found if not link(turn) or not said(turn) else []


def said(turn: Turn) -> list[Incoming]:
    """Everything but the link, in the order in which it makes one report: words with the photos, the place last."""
    words = [one for one in _kept(turn) if _slot(one) == "words"]
    files = [one for one in _kept(turn) if one.kind in _FILES]
    places = [one for one in _kept(turn) if one.kind is Kind.LOCATION]
    if files:
        # One answer is enough for all of them, as for the parts of an album; a late part joins without a word.
        album = next((one.album for one in reversed(files) if one.album), "came")
        files = [replace(one, album=album) for one in files]
        together = "\n".join(filter(None, (*(one.text for one in words), files[0].text)))
        if not any(one.command for one in words) and len(tidy(together)) <= turn.town.longest:
            files[0], words = replace(files[0], text=together), []
    return [*words, *files, *places]


def waits_no_more(turn: Turn) -> None:
    """They have answered: nothing is left to be erased."""
    jobs.drop(turn.tx, _job(turn.account.id))


def erase(work: Work, account: int) -> None:
    """Erase what has waited its day; with the last of it the open question goes."""
    found = talks.find(work.tx, account, "welcome")
    if found is None:
        return
    left = _still(found.draft.get("came", []), work)
    if not left:
        talks.end(work.tx, found.id)
        return
    found.draft["came"] = left
    talks.save(work.tx, found, found.updated)
    _erase_in_time(work, account, left)


def _erase_in_time(work: Work, account: int, kept: Sequence[dict[str, Any]]) -> None:
    """Said by somebody who has agreed to nothing yet: each of it goes after a day, whatever came after it."""
    due = min(one["at"] for one in kept) + work.town.consent_hours * 3600
    jobs.put(work.tx, "arrived-erase", _job(account), due, {"account": account})


def _still(kept: Sequence[dict[str, Any]], work: Work) -> list[dict[str, Any]]:
    return [one for one in kept if one["at"] > work.seconds - work.town.consent_hours * 3600]


def _job(account: int) -> str:
    return f"arrived:{account}"


def _kept(turn: Turn) -> list[Incoming]:
    return [_incoming(one) for one in turn.draft.get("came", [])]


def _incoming(one: dict[str, Any]) -> Incoming:
    return Incoming.from_dict(one["said"])


def _slot(incoming: Incoming) -> str:
    """What it stands for among what is kept; empty for what says nothing."""
    if incoming.kind is Kind.TEXT:
        if incoming.payload:
            return "link"
        return "words" if tidy(incoming.text) and incoming.command != "start" else ""
    if incoming.kind in (Kind.PHOTO, Kind.DOCUMENT):
        return "photo"
    if incoming.kind in (Kind.VOICE, Kind.VIDEO):
        return "sound"
    return "place" if incoming.kind is Kind.LOCATION else ""
