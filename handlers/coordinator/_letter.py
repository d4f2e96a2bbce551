"""The last look at an announcement: the message as its readers get it, how many they are, and what goes with it."""

from __future__ import annotations

from domain import quiet
from domain.moments import Moment
from domain.permissions import Do
from domain.richtext import Key
from handlers import announcing
from handlers._meetings import time_text
from handlers._shown import in_short
from handlers.broadcasting import digested, message, reasons, to_whom
from handlers.coordinator._readers import to_of
from handlers.talk import Choice, Reply, Row, Turn, Values, moment
from storage import audience, broadcasts, channels, places
from storage.channels import Channel

_DROPS = {
    "photo": Key("broadcast-confirm.photo"),
    "voice": Key("broadcast-confirm.voice"),
    "document": Key("broadcast-confirm.file"),
}


def drafted(turn: Turn) -> Reply:
    """The message as it would be sent now."""
    draft = turn.draft
    place = places.get(turn.tx, draft["place"])
    return message(turn, place, draft["who"], draft["words"], draft.get("photo"), to=to_of(turn))


def looks(turn: Turn) -> list[Reply]:
    """The message just as its readers will see it; on the other messenger too where that looks different."""
    shown = drafted(turn)
    found = turn.town.looks(shown, turn.person.language)
    here = [(look.words, look.messages) for look in found if look.bot == turn.account.bot]
    return [shown] + [
        Reply("broadcast-elsewhere", {"elsewhere": look.messenger, "words": look.words, "n": look.messages}, edit=False)
        for look in found
        if here and (look.words, look.messages) not in here
    ]


def target_paths(turn: Turn) -> tuple[str, ...]:
    """The places that it is for."""
    return announcing.paths(turn, turn.draft["place"], to_of(turn))


def counted(turn: Turn) -> audience.Count:
    """How many get it, and how many not."""
    place = places.get(turn.tx, turn.draft["place"])
    meant = broadcasts.audience(place.path, turn.draft["who"], author=turn.person.id, to=to_of(turn))
    return audience.count(turn.tx, meant, turn.seconds, budget=turn.town.news_per_week)


def offered_channels(turn: Turn) -> list[Channel]:
    """Channels and groups of those places, for what all the residents may read."""
    return channels.under(turn.tx, target_paths(turn)) if turn.draft["who"] == "residents" else []


def channels_of(turn: Turn) -> list[Channel]:
    """Those it is posted in."""
    return offered_channels(turn) if turn.draft.get("posts", True) else []


def ask(turn: Turn, shown: Reply) -> Reply:
    """The question whether it is to be sent."""
    count = counted(turn)
    draft = turn.draft
    edit: Row = (Choice("words", Key("broadcast-confirm.words")), Choice("who", Key("broadcast-confirm.who")))
    if not count.readers:
        return Reply("broadcast-nobody", more=_left_out(count), buttons=(edit,), edit=False)
    when: Row = (Choice("time", Key("broadcast-confirm.time")),)
    if all(turn.may(Do.URGE, path) for path in target_paths(turn)):
        urgent = "broadcast-confirm.calm" if draft.get("urgent") else "broadcast-confirm.urgent"
        when += (Choice("urgent", Key(urgent)),)
    with_it: Row = (Choice("photo", _DROPS.get(draft.get("kind", ""), _DROPS["photo"])),) if "photo" in draft else ()
    if offered_channels(turn):
        label = "broadcast-confirm.no-posts" if draft.get("posts", True) else "broadcast-confirm.posts"
        with_it += (Choice("posts", Key(label)),)
    place = places.get(turn.tx, draft["place"])
    values: Values = {
        "n": count.reached,
        "readers": to_whom(turn, place, draft["who"], to_of(turn)),
        "title": in_short(draft["words"]),
    }
    more = (*digested(count.weekly, count.later), *_left_out(count), *_how(turn, shown), *_when(turn, count))
    rows: tuple[Row, ...] = ((Choice("send", Key("broadcast-confirm.send")),), edit, when)
    return Reply(
        "broadcast-confirm",
        values,
        more=(*more, Key("broadcast-rule")),
        buttons=(*rows, *((with_it,) if with_it else ())),
        edit=False,
    )


def _left_out(count: audience.Count) -> tuple[Key, ...]:
    more = reasons(count.silent, count.closed)
    return (Key("broadcast-left-out", {"n": count.silent + count.closed}), *more) if more else ()


def _how(turn: Turn, shown: Reply) -> tuple[Key, ...]:
    """That it does not fit under its photo, and where it is posted besides."""
    more: tuple[Key, ...] = ()
    apart = [look for look in turn.town.looks(shown, turn.person.language) if look.messages > 1]
    if shown.media and any(look.bot == turn.account.bot for look in apart):
        more += (Key("broadcast-apart"),)
    posts = channels_of(turn)
    if posts:
        one = Key("broadcast-post", {"name": posts[0].title})
        more += (one if len(posts) == 1 else Key("broadcast-posts", {"n": len(posts)}),)
    return more


def _when(turn: Turn, count: audience.Count) -> tuple[Key, ...]:
    """When it is sent, and whether somebody else has to say yes before."""
    draft = turn.draft
    more: tuple[Key, ...] = ()
    due = draft.get("due")
    if due is not None:
        more += (Key("broadcast-time", {"time": time_text(due)}),)
    at = max(turn.seconds, due or 0)
    over = quiet.ends(at, *quiet.USUAL)
    if over != at and not draft.get("urgent"):
        more += (Key("broadcast-quiet", {"time": Moment(moment(over), "clock")}),)
    if turn.town.alone and count.readers > turn.town.alone:
        more += (Key("broadcast-second-person", {"n": turn.town.alone}),)
    return more
