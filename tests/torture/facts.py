"""What must stand in the database and in the chats after any number of kills: each word once, each case in order."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

from domain.cases import TABLE, UNDECIDED, Kind, Move, State, is_open
from sandbox.model import Message, Sender
from tests.torture.chats import data_of
from tests.torture.claims import Proof, Who
from tests.torture.town import Town

_MARK = re.compile(r"zq[a-z]+?qz")
#: A case's code on a line of its own, as its card and its receipt have it.
_CARD = re.compile(r"(?m)^\W*(\d{8})\W*$")


def hold(proof: Proof, town: Town) -> None:
    """Hold the facts and the chats against the ledger."""
    _facts(proof, town)
    _cases(proof, town)
    _broadcasts(proof, town)
    _chats(proof, town)


# --- what is kept -----------------------------------------------------------------------------------------------------


def _facts(proof: Proof, town: Town) -> None:
    """Every marked word stands where it must, once; and no word of anybody stands anywhere twice."""
    ledger = town.ledger
    stands: dict[str, list[str]] = defaultdict(list)
    for part, words in town.witness.rows("SELECT part, words FROM words"):
        for mark in _MARK.findall(words):
            stands[mark].append(part)
    for _, words in town.witness.rows("SELECT id, words FROM broadcasts"):
        for mark in _MARK.findall(words):
            stands[mark].append("broadcast")
    for mark, part in ledger.words.items():
        proof.claim(
            "every word said stands where it belongs, once",
            stands[mark] == [part],
            f"{mark}: {stands[mark]}, not {part}",
        )
    for mark, parts in stands.items():
        proof.claim("no word stands twice", len(set(parts)) == len(parts), f"{mark}: {parts}")
    proof.counts["words followed"] = len(ledger.words)
    for code, marks in ledger.taken.items():
        found = [mark for mark in marks if stands[mark]]
        proof.claim("of two who decide at once exactly one is kept", len(found) == 1, f"{code}: {marks} {found}")
    for (platform, user), (given, taken) in ledger.roles.items():
        sql = (
            "SELECT count(*), count(r.until) FROM roles r JOIN accounts a ON a.person = r.person JOIN bots b "
            "ON b.id = a.bot WHERE b.platform = ? AND a.user_id = ? AND r.role = 'council_member'"
        )
        held = town.witness.rows(sql, platform, user)[0]
        proof.claim(
            "roles are given and taken once", tuple(held) == (given, taken), f"{platform} {user}: {held} {given, taken}"
        )


def _cases(proof: Proof, town: Town) -> None:
    """Every report is one case; every case has walked by the table, and an open one has an owner and a next step."""
    ledger = town.ledger
    moves: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for case, *move in town.witness.rows("SELECT case_id, move, from_state, to_state, reason FROM moves ORDER BY id"):
        moves[case].append(tuple(move))
    found = town.witness.rows(
        "SELECT c.id, c.code, c.kind, c.state, c.holder, c.due, c.asked_until, p.kind, "
        "(SELECT count(*) FROM jobs j WHERE j.key = 'ask:' || c.id) FROM cases c LEFT JOIN places p ON p.id = c.holder "
        "ORDER BY c.id"
    )
    codes = Counter(row[1] for row in found)
    states = {row[1]: row[3] for row in found}
    for code, (mark, who) in ledger.cases.items():
        proof.claim("every receipt has its case", codes[code] == 1, f"{code} {mark} {who}")
    for code, state in ledger.decided.items():
        proof.claim("every decision is in force", states.get(code) == state, f"{code}: {states.get(code)}, not {state}")
    proof.counts["cases"] = len(found)
    for case, code, kind, state, _, due, asked, place, jobs in found:
        walked = _walk(Kind(kind), moves[case])
        proof.claim("every case walks by the table", walked is State(state), f"{code}: {moves[case]}, is {state}")
        if is_open(Kind(kind), State(state)):
            proof.claim("no case without an owner", place is not None, code)
            proof.claim("no case without a next step", due is not None, f"{code} is {state}")
        if State(state) is State.NEEDS_INFO:
            proof.claim("no question without an end", asked is not None and jobs == 1, f"{code} {asked} {jobs}")
    _owners(proof, town)


def _walk(kind: Kind, made: list[tuple[Any, ...]]) -> State | None:
    """Where these moves lead; None when the table does not know one of them, or they do not follow each other."""
    at: State | None = None
    for move, before, after, reason in made:
        known = TABLE[kind].get(at, {}).get(Move(move))
        if before != at or known is None or known.to != after or (known.reason and not reason):
            return None
        at = State(after)
    return at


def _owners(proof: Proof, town: Town) -> None:
    """Somebody who can decide is there for every undecided case: at its place, or at one above it."""
    seats = town.witness.rows(
        "SELECT p.path FROM roles r JOIN places p ON p.id = r.place WHERE r.until IS NULL "
        "AND r.role IN ('coordinator', 'county_officer', 'province_admin')"
    )
    paths = {row[0] for row in seats}
    for code, path, state in town.witness.rows("SELECT code, path, state FROM cases"):
        if State(state) not in UNDECIDED:
            continue
        there = any(path.startswith(seat) for seat in paths)
        proof.claim("no case without somebody to decide", there or path.startswith("/bam/"), f"{code} at {path}")


def _broadcasts(proof: Proof, town: Town) -> None:
    """Whoever a broadcast was for has it; and the numbers told of it are those that arrived."""
    got: dict[str, set[Who]] = defaultdict(set)
    marks = set(town.ledger.broadcasts)
    for name, messenger in town.sandbox.messengers.items():
        for chat, lines in messenger.by_chat.items():
            for line in lines:
                if line.sender is Sender.BOT and line.inline and not line.edited:
                    for mark in marks.intersection(_MARK.findall(line.text)):
                        got[mark].add((name, chat))
    proof.counts["broadcasts"] = len(marks)
    proof.counts["broadcast messages"] = sum(len(found) for found in got.values())
    for mark, wanted in town.ledger.broadcasts.items():
        proof.claim(
            "everybody has a broadcast that was for them",
            wanted <= got[mark],
            f"{mark}: {sorted(wanted - got[mark])[:5]}",
        )
    open_ones = town.witness.rows("SELECT id, state FROM broadcasts WHERE ended IS NULL AND state <> 'paused'")
    proof.claim("every broadcast comes to its end", not open_ones, open_ones)


# --- what people saw --------------------------------------------------------------------------------------------------


def _chats(proof: Proof, town: Town) -> None:
    """From the chats alone: receipts, decisions and questions are there, and what is asked is answered once."""
    ledger = town.ledger
    words = {who: _said_to(town, who) for who in {who for _, who in ledger.cases.values()} | set(ledger.read.values())}
    for code, (mark, who) in ledger.cases.items():
        there = any(code in text for text in words[who])
        proof.claim("the reporter has the receipt", there, f"{code} {mark} {who}")
    decided = {code for code, state in ledger.decided.items() if state in ("accepted", "rejected")}
    cards = _cards(town)
    for person in {one for them in town.affairs.coordinators.values() for one in them}:
        for code, message in sorted(_still_asked(person.lines).items()):
            known = cards.get((*person.who, code), set())
            # A card that was repeated stands there twice, and only the last of them can be kept in step.
            repeated = bool(known) and message not in known
            there = code not in decided or repeated
            proof.claim("no card asks what is decided", there, f"{code} at {person.who}")
    for mark, who in ledger.read.items():
        n = sum(mark in text for text in words[who])
        proof.claim("the reporter has read every decision and question", n >= 1, f"{mark} {who}")
    for who, asked in ledger.asked.items():
        lines = town.sandbox.messengers[who[0]].by_chat.get(who[1], [])
        n = sum("a:numbers.need:danger" in data_of(line) for line in lines)
        held = asked <= n <= asked + proof.repeats[who]
        told = f"{who}: asked {asked}, heard {n}, of them {proof.repeats[who]} repeats at most"
        proof.claim("whoever asks is answered, once each time", held, told)


def _still_asked(lines: list[Message]) -> dict[str, int]:
    """Codes whose newest card still offers to decide, each with the number of that message."""
    asks: dict[str, int] = {}
    for line in lines:
        if line.sender is Sender.BOT and not line.deleted and (found := _CARD.search(line.text)):
            asks.pop(found[1], None)
            if any(data.startswith(("a:accept.", "a:reject.")) for data in data_of(line)):
                asks[found[1]] = line.message_id
    return asks


def _cards(town: Town) -> dict[tuple[str, int, str], set[int]]:
    """The messages that the bot knows to show a case: by messenger, chat and code."""
    found: dict[tuple[str, int, str], set[int]] = defaultdict(set)
    rows = town.witness.rows(
        "SELECT b.platform, l.chat, c.code, o.message FROM outbox o JOIN lanes l ON l.id = o.lane "
        "JOIN bots b ON b.id = o.bot JOIN cases c ON o.about = 'case:' || c.id OR o.about LIKE 'case:' || c.id || ':%' "
        "WHERE o.edits IS NULL AND o.message IS NOT NULL"
    )
    for platform, chat, code, message in rows:
        found[platform, chat, str(code)].add(message)
    return found


def _said_to(town: Town, who: Who) -> list[str]:
    platform, chat = who
    lines = town.sandbox.messengers[platform].by_chat.get(chat, [])
    return [line.text for line in lines if line.sender is Sender.BOT]
