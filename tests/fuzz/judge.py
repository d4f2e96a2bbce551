"""Looks at the whole town after every round: what must never be, whatever came in."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.model import Call
from storage.tx import Tx
from tests.fuzz import harm, readers
from tests.fuzz.cast import CAST
from tests.fuzz.readers import Chat, Matter, People, Words, may_read
from tests.fuzz.seen import Step
from tests.fuzz.words import MARK

#: What the log may say although something was refused: each is about what came in, and none is a fault of ours.
EXPECTED = frozenset({"unreadable update parked", "media refused", "updates without numbers"})
#: Refusals that a person can bring about alone: by a press under a message that is not there (any more), a button that
#: changes nothing, a number of a file or a press that was never given.
BROUGHT_ABOUT = (
    ("answerCallbackQuery", "query is too old"),
    ("editMessage", "message is not modified"),
    ("editMessage", "message to edit not found"),
    ("editMessage", "message can't be edited"),
    ("editMessage", "there is no text in the message to edit"),
    # What cannot be changed is sent anew and taken away; a made-up press may name what is too old for that, or a
    # person's own words.
    ("deleteMessage", "message can't be deleted for everyone"),
    # And what was taken away so cannot be taken away once more when its photo is hidden.
    ("deleteMessage", "message to delete not found"),
    ("getFile", "invalid file_id"),
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that must not be, with what belongs to it."""

    why: str
    about: str


class Judge:
    """Remembers what was judged already. `log` is where the bot writes its lines."""

    def __init__(self, log: io.StringIO) -> None:
        self._log = log
        self._carried: dict[str, set[Chat]] = {}
        self._words = Words()
        self._before = People()
        self._hidden: set[int] = set()
        self._hopeless: set[str] = set()
        self._last: dict[str, int] = {"moves": 0, "inbox": 0, "outbox": 0, "roles": 0}
        self._names = {one.name: one.user for one in CAST}
        self._staff: set[int] = set()
        self._askers: set[tuple[int, str]] = set()
        self.counted = {"calls": 0, "foreign": 0, "moves": 0, "parked": 0, "hopeless": 0}

    # --- before a round ---------------------------------------------------------------------------------------

    def sent(self, step: Step) -> None:
        """Note what goes in: whose words they are, and whether it may be set aside."""
        update = _read(step.body)
        if not isinstance(update, dict):
            self._hopeless.add(json.dumps(update))
            self.counted["hopeless"] += 1
        elif harm.is_hopeless(update):
            self._hopeless |= {json.dumps(update), str((step.platform, update.get("update_id")))}
            self.counted["hopeless"] += 1
        sender = harm.sender(update, step.body)
        if sender is not None:
            for mark in MARK.findall(step.body):
                self._carried.setdefault(mark, set()).add((step.platform, sender))

    def seated(self, tx: Tx) -> None:
        """The seats that are given now are the town's own."""
        self._last["roles"] = _last(tx, "roles")

    # --- after a round ----------------------------------------------------------------------------------------

    def round(self, tx: Tx, calls: Iterable[Call], started: int) -> Iterator[Wrong]:
        """Everything that is wrong after a round that began at this second."""
        now = readers.people(tx, started)
        self._staff |= {person for person, seats in now.seats.items() if any(s.role != "resident" for s in seats)}
        calls = list(calls)
        yield from self._logged(tx)
        yield from self._parked(tx)
        yield from self._refused(calls)
        touched: list[int] = []
        yield from self._moved(tx, now, touched)
        yield from self._given(tx, now)
        yield from self._opened(tx, now, started)
        self._words.look(tx)
        self._words.publish(tx, touched)
        yield from self._read(tx, calls, now)
        self._hidden |= {row["id"] for row in tx.all("SELECT id FROM cases WHERE private = 1")}
        self._before = now
        rows = tx.all("SELECT m.person, p.path FROM missing_places m JOIN places p ON p.id = m.county")
        self._askers |= {(row["person"], row["path"]) for row in rows if row["person"] is not None}

    def _logged(self, tx: Tx) -> Iterator[Wrong]:
        said = self._log.getvalue()
        self._log.seek(0)
        self._log.truncate()
        for line in said.splitlines():
            told = json.loads(line)
            odd = told.get("level") not in ("debug", "info") and told.get("event") not in EXPECTED
            if odd or "Traceback" in line or told.get("where"):
                rows = tx.all("SELECT body FROM inbox WHERE id = :id", id=told.get("inbox", 0))
                yield Wrong("the log tells of a fault", "\n    ".join((line, *(row["body"] for row in rows))))

    def _parked(self, tx: Tx) -> Iterator[Wrong]:
        rows = tx.all(
            "SELECT i.body, b.platform FROM inbox i JOIN bots b ON b.id = i.bot "
            "WHERE i.state = 'parked' AND i.id > :last",
            last=self._last["inbox"],
        )
        for row in rows:
            self.counted["parked"] += 1
            number = json.loads(row["body"]).get("update_id") if row["body"].startswith("{") else None
            if not {row["body"], str((row["platform"], number))} & self._hopeless:
                yield Wrong("set aside although it can be read", row["body"])
        # A turn that failed waits and is parked much later; its log line tells of it at once.
        self._last["inbox"] = _last(tx, "inbox")
        refused = "SELECT id, error FROM outbox WHERE state = 'parked' AND id > :last"
        for row in tx.all(refused, last=self._last["outbox"]):
            yield Wrong("a message was refused and set aside", str(_dict(row)))
            self._last["outbox"] = max(self._last["outbox"], row["id"])

    def _refused(self, calls: Iterable[Call]) -> Iterator[Wrong]:
        for call in calls:
            self.counted["calls"] += 1
            brought = any(call.method.startswith(m) and why in call.description for m, why in BROUGHT_ABOUT)
            if call.error_code not in (None, 403) and not brought:
                yield Wrong("the messenger refuses what we sent", f"{call.description}: {_shown(call)}")

    # --- the life of cases ------------------------------------------------------------------------------------

    def _moved(self, tx: Tx, now: People, touched: list[int]) -> Iterator[Wrong]:
        rows = tx.all("SELECT * FROM moves WHERE id > :last ORDER BY id", last=self._last["moves"])
        for row in rows:
            self._last["moves"] = row["id"]
            self.counted["moves"] += 1
            touched.append(row["case_id"])
            yield from self._one_move(tx, _dict(row), now)
        for case in sorted(set(touched)):
            yield from self._stands(tx, case)

    def _one_move(self, tx: Tx, move: dict[str, Any], now: People) -> Iterator[Wrong]:
        if readers.LIFE.get(move["from_state"], {}).get(move["move"]) != move["to_state"]:
            yield Wrong("a move that the table does not have", str(move))
        who = readers.MOVERS[move["move"]]
        actor = move["actor"]
        if who == "time":
            if actor is not None:
                yield Wrong("time has an actor", str(move))
            return
        if actor is None:
            return  # anonymised already
        if who == "reporter":
            of = readers.matter(tx, move["case_id"])
            if of.reporters and actor not in of.reporters:
                yield Wrong("a reporter's move by somebody else", str(move))
            return
        path = self._path_at(tx, move)
        if not any(found.has(actor, readers.LOOKS, path) for found in (now, self._before)):
            yield Wrong("a decision by somebody without a seat there", f"{move} at {path}")

    def _path_at(self, tx: Tx, move: dict[str, Any]) -> str:
        rows = tx.all(
            "SELECT p.path FROM moves m JOIN places p ON p.id = m.place WHERE m.case_id = :case AND m.id < :id "
            "ORDER BY m.id DESC LIMIT 1",
            case=move["case_id"],
            id=move["id"],
        )
        return str(rows[0]["path"]) if rows else ""

    def _stands(self, tx: Tx, case: int) -> Iterator[Wrong]:
        """The case is where its history has led it, and somebody has it."""
        one = tx.all("SELECT * FROM cases WHERE id = :id", id=case)[0]
        last = tx.all("SELECT to_state FROM moves WHERE case_id = :id ORDER BY id DESC LIMIT 1", id=case)[0]
        place = tx.all(
            "SELECT place FROM moves WHERE case_id = :id AND place IS NOT NULL ORDER BY id DESC LIMIT 1", id=case
        )[0]
        if one["state"] not in readers.LIFE or one["state"] != last["to_state"]:
            yield Wrong("a case stands where no move led it", str(_dict(one)))
        if one["place"] != place["place"] or one["holder"] != place["place"]:
            yield Wrong("a case is held by a place that did not get it", str(_dict(one)))
        if one["state"] in ("submitted", "under_review", "needs_info", "accepted") and one["due"] is None:
            yield Wrong("an open case without a next step", str(_dict(one)))
        accepted = tx.all("SELECT 1 FROM moves WHERE case_id = :id AND move = 'accept'", id=case)
        if tx.all("SELECT 1 FROM public_cases WHERE case_id = :id", id=case) and (not accepted or one["private"]):
            yield Wrong("a public copy of what was not accepted, or is hidden", str(_dict(one)))

    def _given(self, tx: Tx, now: People) -> Iterator[Wrong]:
        rows = tx.all(
            "SELECT r.*, p.path FROM roles r JOIN places p ON p.id = r.place "
            "WHERE r.id > :last AND r.role <> 'resident'",
            last=self._last["roles"],
        )
        for row in rows:
            by = row["granted_by"]
            may = by is not None and any(
                row["role"] in readers.GIVES.get(seat.role, ()) and row["path"].startswith(seat.path)
                for found in (now, self._before)
                for seat in found.seats.get(by, ())
            )
            forgotten = by is None and self._before.seats.keys() - set(now.person.values())
            if not may and not forgotten:
                yield Wrong("a role that nobody could give", str(_dict(row)))
        self._last["roles"] = _last(tx, "roles")

    def _opened(self, tx: Tx, now: People, started: int) -> Iterator[Wrong]:
        """Nobody is asked what only an office is asked: not even the first question."""
        rows = tx.all(
            "SELECT t.talk, t.step, a.person FROM talks t JOIN accounts a ON a.id = t.account "
            "WHERE t.state = 'open' AND t.updated >= :started",
            started=started,
        )
        for row in rows:
            roles = readers.ASKED.get(row["talk"])
            if roles and not any(found.has_any(row["person"], roles) for found in (now, self._before)):
                yield Wrong("an office's question to somebody without that office", str(_dict(row)))

    # --- who read what ----------------------------------------------------------------------------------------

    def _read(self, tx: Tx, calls: Iterable[Call], now: People) -> Iterator[Wrong]:
        matters: dict[int, Matter] = {}
        for call in calls:
            if call.chat is None or not call.ok:
                continue
            chat = (call.platform, call.chat)
            for mark in sorted(set(MARK.findall(json.dumps(call.params, ensure_ascii=False)))):
                if chat in self._carried.get(mark, ()):
                    continue
                self.counted["foreign"] += 1
                if not self._allowed(tx, chat, mark, now, matters):
                    found = [str(one) for one in self._words.of(mark)] or "nowhere"
                    yield Wrong(f"a word of somebody else's: {mark}, which stands in {found}", _shown(call))

    def _allowed(self, tx: Tx, chat: Chat, mark: str, now: People, matters: dict[int, Matter]) -> bool:
        if mark in self._names:
            owner = now.person.get((chat[0], self._names[mark]))
            return any(
                person in self._staff
                for found in (now, self._before)
                for platform in ("telegram", "bale")
                if (person := found.person.get((platform, self._names[mark]), owner)) is not None
            )
        if self._is_answer(chat, mark, now):
            return True
        for search in (False, True):
            for source in self._words.search(tx, mark) if search else self._words.of(mark):
                of = None
                if not source.path:
                    if source.about not in matters:
                        matters[source.about] = readers.matter(tx, source.about)
                    of = matters[source.about]
                hidden = source.about in self._hidden and not source.path
                for found in (now, self._before):
                    person = found.person.get(chat)
                    if person is not None and may_read(person, found, source, of, hidden_before=hidden):
                        return True
                    public = source.what == "next_step" and person in found.agreed and not hidden
                    if public and _is_public(tx, source.about):
                        return True
        return False

    def _is_answer(self, chat: Chat, mark: str, now: People) -> bool:
        """Whether an officer answers somebody whose neighbourhood is not in the list: that is kept nowhere."""
        writers = [now.person.get(one) for one in self._carried.get(mark, ())]
        return any(
            found.has(writer, readers.ANSWERS, path)
            for found in (now, self._before)
            for person, path in self._askers
            if person == found.person.get(chat)
            for writer in writers
            if writer is not None
        )


def _is_public(tx: Tx, case: int) -> bool:
    return bool(tx.all("SELECT 1 FROM public_cases WHERE case_id = :case", case=case))


def _dict(row: Any) -> dict[str, Any]:
    return dict(row)


def _last(tx: Tx, table: str) -> int:
    return int(tx.all(f"SELECT coalesce(max(id), 0) AS last FROM {table}")[0]["last"])  # noqa: S608 - our own names


def _read(body: str) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _shown(call: Call) -> str:
    return f"{call.platform} {call.method} to {call.chat}: {json.dumps(call.params, ensure_ascii=False)[:1500]}"
