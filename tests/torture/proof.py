"""What must hold after any number of kills, read from the chats, the ledger and the database's own notes."""

from __future__ import annotations

import bisect
import json
from collections import Counter, defaultdict
from dataclasses import dataclass

from bot.send import MOST_IN_AIR
from sandbox.model import Call
from tests.torture import facts
from tests.torture.chats import Deed
from tests.torture.claims import Proof, Who
from tests.torture.town import Town
from tests.torture.witness import Noted, key_of

Key = tuple[str, str, str]
#: Calls that carry a row of the outbox.
CARRIES = frozenset(
    ("sendMessage", "sendPhoto", "sendVoice", "sendVideo", "sendDocument", "sendMediaGroup", "editMessageText")
) | {"editMessageReplyMarkup"}
#: Deeds to which the bot says nothing of its own.
UNANSWERED = frozenset({"edits"})


@dataclass
class Row:
    """One row of the outbox, as it was noted."""

    id: int
    who: Who
    cls: int
    edits: int | None
    matters: bool
    #: What it said, the newest last.
    said: list[Key]
    put: int
    fate: str = ""

    @property
    def short(self) -> str:
        return f"row {self.id} {self.fate} of {self.who}: {_short(self.said[-1])}"


def _short(key: Key) -> str:
    method, words, buttons = key
    return f"{method} {' '.join(words.split())[:60]!r} {buttons.split(chr(10))[0]}"


def prove(town: Town) -> Proof:
    """Hold everything that was seen against everything that was promised."""
    proof = Proof()
    noted = list(town.witness.noted())
    chats = town.witness.chats()
    rows = _rows(noted, chats)
    _updates(proof, town, noted, chats)
    _deliveries(proof, town, noted, rows)
    _arrivals(proof, town, rows)
    _order(proof, noted, rows)
    facts.hold(proof, town)
    _database(proof, town)
    _log(proof, town)
    return proof


# --- what came in -----------------------------------------------------------------------------------------------------


def _updates(proof: Proof, town: Town, noted: list[Noted], chats: dict[int, Who]) -> None:
    """Every confirmed update has exactly one turn, in the order of its chat, and its answer is written in that turn."""
    bots = dict(town.witness.rows("SELECT platform, id FROM bots"))
    kept = Counter((one.bot, one.update) for one in noted if one.what == "kept")
    turns = Counter((one.bot, one.update) for one in noted if one.what == "turn done")
    deeds = {(bots[deed.platform], deed.update): deed for deed in town.ledger.deeds}
    for key, deed in deeds.items():
        proof.claim("every confirmed update is kept, once", kept[key] == 1, f"{deed}: kept {kept[key]} times")
        proof.claim("every confirmed update has its turn, once", turns[key] == 1, f"{deed}: {turns[key]} turns")
    strangers = set(kept) - set(deeds)
    proof.claim("nothing is kept that nobody did", not strangers, sorted(strangers)[:5])
    proof.counts["updates confirmed"] = len(deeds)
    parked = [one for one in noted if one.what in ("turn parked", "parked")]
    proof.claim("nothing is parked", not parked, parked[:3])
    last: dict[int | None, int] = {}
    wrote: list[Noted] = []
    ended: list[Noted] = []
    for one in noted:
        if one.what == "put":
            if ended:
                _turns(proof, deeds, wrote, ended)
                wrote, ended = [], []
            wrote.append(one)
        elif one.what == "turn done":
            ordered = last.get(one.lane, 0) < one.row
            where = f"{chats.get(one.lane or 0)} {one}"
            proof.claim("turns of a chat come in the order of its messages", ordered, where)
            last[one.lane] = one.row
            ended.append(one)
    _turns(proof, deeds, wrote, ended)


def _turns(proof: Proof, deeds: dict[tuple[int, int], Deed], wrote: list[Noted], ended: list[Noted]) -> None:
    """What was written before one turn or several of a batch were done, and committed with them."""
    turns = Counter(one.lane for one in ended)
    rows = Counter(one.lane for one in wrote)
    told = Counter(
        (one.lane, key_of(one.method or "", json.loads(one.params or "{}"))) for one in wrote if one.cls == 1
    )
    silent = Counter(one.lane for one in ended if _is_silent(deeds.get((one.bot or 0, one.update or 0))))
    for lane, n in turns.items():
        evidence = (
            f"{n} turns, {rows[lane]} rows: {[deeds.get((e.bot or 0, e.update or 0)) for e in ended if e.lane == lane]}"
        )
        proof.claim("an answer is written in the turn itself", rows[lane] >= n - silent[lane], evidence)
    for (lane, key), n in told.items():
        # Changes of cards may be alike; answers in words are not.
        if lane in turns and key[1]:
            proof.claim("a turn writes its answer once", n <= turns[lane], f"lane {lane}: {_short(key)} {n} times")


def _is_silent(deed: Deed | None) -> bool:
    return deed is None or deed.kind in UNANSWERED


# --- what went out ----------------------------------------------------------------------------------------------------


def _rows(noted: list[Noted], chats: dict[int, Who]) -> dict[int, Row]:
    rows: dict[int, Row] = {}
    for one in noted:
        if one.what in ("put", "said"):
            said = key_of(one.method or "", json.loads(one.params or "{}"))
            if one.what == "put":
                who = chats[one.lane or 0]
                rows[one.row] = Row(one.row, who, one.cls or 0, one.edits, bool(one.matters), [said], one.id)
            else:
                rows[one.row].said.append(said)
        elif one.what in ("sent", "lapsed", "gone", "parked", "waiting", "held") and one.row in rows:
            rows[one.row].fate = one.what
    return rows


def _arrivals(proof: Proof, town: Town, rows: dict[int, Row]) -> None:
    """Every reply and notice arrived. Only a change of a card that is outdated or gone may be let go, what a broadcast
    took back, and what was for somebody who had everything of theirs erased."""
    fates = Counter(row.fate or "waiting" for row in rows.values())
    proof.counts.update({f"rows {fate}": n for fate, n in fates.items()})
    written = Counter((row.who, row.said[0]) for row in rows.values() if row.cls == 3 and row.said[0][1])
    for (who, key), n in written.items():
        proof.claim("a broadcast is written once for each reader", n == 1, f"{who}: {_short(key)} {n} times")
    for row in rows.values():
        spared = not row.matters or row.cls == 3 or row.who in town.ledger.erased
        holds = row.fate == "sent" or (row.fate in ("lapsed", "dropped") and spared)
        proof.claim("every reply and notice arrived", holds, row.short)


def _lives(starts: list[int], at: int) -> int:
    return bisect.bisect_left(starts, at) - 1  # a number is the last one before its life


def _deliveries(proof: Proof, town: Town, noted: list[Noted], rows: dict[int, Row]) -> None:
    """In each life a chat hears exactly what was marked as sent, in that order, and at its end at most one more: what
    was in the air when the kill came. That one is all that may be repeated."""
    starts = [note for _, note in town.lives]
    marked: dict[tuple[int, Who], list[Row]] = defaultdict(list)
    for one in noted:
        if one.what in ("sent", "gone") and one.row in rows:
            marked[_lives(starts, one.id), rows[one.row].who].append(rows[one.row])
    heard = _heard(town, {key for row in rows.values() if not row.matters for key in row.said})
    proof.counts["messages sent"] = sum(len(calls) for calls in heard.values())
    per_kill: Counter[int] = Counter()
    for place in sorted(set(marked) | set(heard)):
        life, who = place
        repeats = _compared(proof, f"life {life}, {who}", marked[place], heard[place], life == len(starts) - 1)
        per_kill[life] += repeats
        proof.repeats[who] += repeats
    proof.counts["repeats"] = sum(per_kill.values())
    proof.counts["most repeats after one kill"] = max(per_kill.values(), default=0)
    for life, n in per_kill.items():
        most = MOST_IN_AIR * len(town.sandbox.messengers)
        proof.claim("never more repeats than sends in flight", n <= most, f"life {life}: {n}")


def _heard(town: Town, idle: set[Key]) -> dict[tuple[int, Who], list[tuple[Key, bool]]]:
    """By life and chat: what arrived, in its order, and whether its answer was cut off.

    A refused change counts as done where it changes nothing, or where it does not matter (`idle`)."""
    starts = [seq for seq, _ in town.lives]
    found: dict[tuple[int, Who], list[tuple[Key, bool]]] = defaultdict(list)
    for messenger in town.sandbox.messengers.values():
        for call in messenger.calls:
            if call.method not in CARRIES or call.chat is None:
                continue
            key = key_of(call.method, call.params)
            if call.ok or _is_as_good(call, key, idle):
                place = (_lives(starts, call.seq), (call.platform, call.chat))
                found[place].append((key, call.description == "drop_after"))
    return found


def _is_as_good(call: Call, key: Key, idle: set[Key]) -> bool:
    if not call.method.startswith("edit") or call.error_code is None:
        return False
    return "not modified" in call.description or key in idle


def _compared(proof: Proof, where: str, marked: list[Row], heard: list[tuple[Key, bool]], last: bool) -> int:
    """Hold one chat's messages of one life against what was marked. How many were heard and not marked.

    A row that was deleted while it waited is taken for arrived when it was heard where it stood, else for dropped."""
    at = repeats = allowed = 0
    for key, cut in heard:
        there = _found(marked, at, key)
        if there is None:
            repeats += 1
        else:
            for row in marked[at:there]:
                row.fate = "dropped"
            marked[there].fate = "sent"
            at = there + 1
        allowed += cut
    left = [row for row in marked[at:] if row.fate != "gone"]
    for row in marked[at:]:
        row.fate = "dropped" if row.fate == "gone" else "marked, never heard"
    newest = [_short(key) for key, _ in heard[-3:]]
    told = f"{where}: left {[row.short for row in left][:3]}, heard last {newest}, {repeats} more"
    proof.claim("what is marked as sent arrived, in its order", not left, told)
    most = 0 if last else 1
    # Where the line was cut and the kill came late, the same life has sent it again already.
    proof.claim("at most one repeat for each chat and kill", repeats <= most + allowed, told)
    return repeats


def _found(marked: list[Row], at: int, key: Key) -> int | None:
    """Where this message stands among what was marked, with nothing before it that must have been heard first."""
    while at < len(marked):
        if key in marked[at].said:
            return at
        if marked[at].fate != "gone":
            return None
        at += 1
    return None


def _order(proof: Proof, noted: list[Noted], rows: dict[int, Row]) -> None:
    """Per chat and class messages are marked in the order in which they were written. A change of a card comes after
    the card, and changes of one card in their order."""
    last: dict[tuple[Who, int, int | None], int] = {}
    sent: set[int] = set()
    for one in noted:
        row = rows.get(one.row)
        if row is None or row.fate != "sent" or one.what not in ("sent", "gone"):
            continue
        sent.add(row.id)
        lane = (row.who, row.cls, row.edits)
        proof.claim("order per chat and class", last.get(lane, 0) < row.id, f"{row.short} after {last.get(lane)}")
        last[lane] = row.id
        after = row.edits is None or row.edits in sent or row.edits not in rows
        proof.claim("a change comes after what it changes", after, row.short)


# --- the rest ---------------------------------------------------------------------------------------------------------


def _database(proof: Proof, town: Town) -> None:
    damage = town.witness.damage()
    proof.claim("the database is whole", not damage, damage)
    made, fresh = town.witness.schema(), town.witness.fresh_schema()
    proof.claim("a database made under kills is as any other", made == fresh, set(made) ^ set(fresh))
    waiting = town.witness.rows(
        "SELECT state, count(*) FROM outbox WHERE state NOT IN ('sent', 'lapsed') GROUP BY state"
    )
    proof.claim("the outbox is empty", not waiting, waiting)
    parked = town.witness.rows("SELECT state, count(*) FROM inbox WHERE state <> 'done' GROUP BY state")
    proof.claim("the inbox is empty", not parked, parked)
    refused = town.witness.rows(
        "SELECT kind, count(*) FROM media WHERE state = 'refused' AND kind <> 'video' GROUP BY kind"
    )
    proof.claim("everything sent could be fetched", not refused, refused)
    failing = town.witness.rows("SELECT kind, tries FROM jobs WHERE tries > 0")
    proof.claim("no job has failed", not failing, failing)


def _log(proof: Proof, town: Town) -> None:
    """The bot itself complained of nothing that is not the kills' doing."""
    bad = ("turn failed", "turn parked", "message refused", "message cannot be sent", "job failed", "a part of the bot")
    lines = [line for line in town.process.err.splitlines() if any(one in line for one in bad) or "Traceback" in line]
    proof.claim("the log tells of no failure of ours", not lines, lines[:2])
