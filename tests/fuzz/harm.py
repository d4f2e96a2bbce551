"""Damages updates as a messenger, a proxy or an enemy might, and says apart from our reader which cannot be read."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Iterator
from typing import Any

from tests.fuzz.shapes import Json

Path = tuple[str | int, ...]
#: Stands in for any value.
STRANGE: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, -(2**31), 2**53, 2**63 - 1, 2**63, -(2**63), 2**64, 10**30, 10**400, 0.0, -0.5,
    1e308, float("nan"), float("inf"), "", " ", "0", "-5", "17", "1001", "1e3", "null", "\x00", "\ud83d", "۱۰۰۱",
    "x" * 9000, "ب" * 5000, [], {}, [[]], [None], [{}], {"id": None}, {"": {}}, [1, "a", None, {"b": []}],
)  # fmt: skip
#: What a number outside of these is stored and confirmed by, nobody knows.
NUMBERS = range(0, 2**62)
#: No number at all, or none that could be stored.
NO_NUMBERS: tuple[Any, ...] = (None, "5", 5.0, True, [], {}, -1, 2**62, 2**80, "x")


def damaged(update: Json, chance: random.Random) -> Json:
    """The update with one to three things wrong; its number stays as it is."""
    made: Json = copy.deepcopy(update)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        places = [path for path in _paths(made, ()) if path[0] != "update_id"]
        if places:
            _harm(made, chance.choice(places), chance)
    return made


def _paths(value: Any, above: Path) -> Iterator[Path]:
    items: Iterator[tuple[str | int, Any]] = iter(())
    if isinstance(value, dict):
        items = iter(value.items())
    elif isinstance(value, list):
        items = iter(enumerate(value))
    for key, inner in items:
        yield (*above, key)
        if len(above) < 8:
            yield from _paths(inner, (*above, key))


def _harm(update: Json, path: Path, chance: random.Random) -> None:
    holder: Any = update
    for key in path[:-1]:
        holder = holder[key]
    last = path[-1]
    how = chance.choice(("drop", "null", "strange", "strange", "nest", "double", "swap", "rename"))
    if last == "file_id" and how in ("strange", "swap"):
        # Another file's number is a file that is not there: nobody could tell before the messenger does.
        holder[last] = chance.choice((None, 0, "", [], {}, True))
        return
    match how:
        case "drop":
            del holder[last]
        case "null":
            holder[last] = None
        case "strange":
            holder[last] = copy.deepcopy(chance.choice(STRANGE))
        case "nest":
            holder[last] = _nested(holder[last], chance.choice((1, 2, 40, 300)))
        case "double":
            holder[last] = [holder[last], copy.deepcopy(holder[last])]
        case "swap":
            # Numbers of messages depend on which chat was written to first, and a seed must repeat a run.
            others = [
                one for one in _paths(update, ()) if not {one[-1], one[0]} & {"file_id", "message_id", "update_id"}
            ]
            holder[last] = copy.deepcopy(_at(update, chance.choice(others)))
        case "rename" if isinstance(holder, dict) and last != "file_id":
            holder[f"{last}_"] = holder.pop(last)


def _nested(value: Any, depth: int) -> Any:
    for _ in range(depth):
        value = [value]
    return value


def _at(value: Any, path: Path) -> Any:
    for key in path:
        value = value[key]
    return value


# --- what cannot be read ------------------------------------------------------------------------------------------

_ORDER = (
    "callback_query",
    "message",
    "channel_post",
    "edited_message",
    "edited_channel_post",
    "my_chat_member",
    "chat_member",
)


def is_hopeless(update: Any) -> bool:
    """Whether an update may be set aside: it has no number that could be kept, or names neither person nor chat."""
    if not isinstance(update, dict):
        return True
    number = update.get("update_id")
    if type(number) is not int or number not in NUMBERS:
        return True
    happened = next((found for name in _ORDER if (found := _held(update, name))), None)
    if happened is None:
        happened = next((value for value in update.values() if isinstance(value, dict)), {})
    pressed = update.get("callback_query") is happened
    chat_in = happened.get("message") if pressed else happened
    places = [happened.get("from"), chat_in.get("chat") if isinstance(chat_in, dict) else None]
    who, chat = map(_id_of, places)
    return (who is None or who <= 0) and chat is None


def _id_of(place: Any) -> int | None:
    return (_whole(place.get("id")) or None) if isinstance(place, dict) else None  # nobody is number 0


def _held(update: Json, name: str) -> Json | None:
    found = update.get(name)
    return found if isinstance(found, dict) and found else None


def _whole(value: Any) -> int | None:
    if isinstance(value, str) and 0 < len(value) < 20 and value.isascii() and value.removeprefix("-").isdigit():
        value = int(value)
    return value if type(value) is int and abs(value) < 2**63 else None


def sender(update: Any, body: str) -> int | None:
    """Whose words these are: the one person in whose chat they may be shown again. None when nobody can tell."""
    if not isinstance(update, dict):
        found = re.search(r'"chat":\{"id":(\d+)', body)  # what Python cannot read is all of one make
        return int(found[1]) if found else None
    for happened in update.values():
        if isinstance(happened, dict):
            who, chat = (_id_of(happened.get(key)) for key in ("from", "chat"))
            return who if who is not None and who > 0 else chat
    return None


def chats_in(value: Any, depth: int = 0) -> Iterator[int]:
    """Every number that might be taken for a chat's: the messenger must know them all."""
    if depth > 8:
        return
    if isinstance(value, dict):
        if (number := _whole(value.get("id"))) is not None:
            yield number
        for inner in value.values():
            yield from chats_in(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from chats_in(inner, depth + 1)
