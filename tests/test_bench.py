"""The bench itself: its stand-in counts and refuses rightly, and our own bot runs against it."""

from __future__ import annotations

import json
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from benchmarks import invitations, measures, report, town
from benchmarks.processes import HOUSE, Peer, Running, StubProcess, stub


@pytest.fixture(scope="module")
def messenger() -> Iterator[StubProcess]:
    with stub() as running:
        yield running


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("towns")
    with pytest.MonkeyPatch.context() as small:
        small.setattr(town, "RESIDENTS", 12)
        small.setattr(town, "CASES", 50)
        town.make(folder, crowd_size=3)
    return folder


def say(messenger: StubProcess, token: str, body: str, kind: str = "application/json") -> tuple[int, Any]:
    line = HTTPConnection("127.0.0.1", messenger.port, timeout=20)
    line.request("POST", f"/bot{token}/sendMessage", body, {"Content-Type": kind})
    answer = line.getresponse()
    found = answer.status, json.loads(answer.read())
    line.close()
    return found


@pytest.mark.parametrize(
    "body",
    [
        '{"text": "x", "chat_id": 77}',
        '{"chat_id":"77","text":"x"}',
        "text=x&chat_id=77",
        '--b\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n77\r\n--b--\r\n',
    ],
    ids=["json", "json-text", "form", "parts"],
)
def test_the_chat_is_found_however_a_library_writes_it(messenger: StubProcess, body: str) -> None:
    status, answer = say(messenger, "1:shapes", body)
    assert (status, answer["result"]["chat"]["id"]) == (200, 77)


def test_the_thirty_first_message_in_a_second_is_refused(messenger: StubProcess) -> None:
    messenger.ask("limit", "1:strict", most=30, window=3600)
    answers = [say(messenger, "1:strict", f'{{"chat_id":{n}}}') for n in range(31)]
    assert [status for status, _ in answers] == [200] * 30 + [429]
    assert answers[-1][1]["parameters"] == {"retry_after": 1}


def test_another_bot_has_a_limit_of_its_own(messenger: StubProcess) -> None:
    messenger.ask("limit", "1:full", most=1, window=3600)
    assert [say(messenger, token, '{"chat_id":1}')[0] for token in ("1:full", "1:full", "1:other")] == [200, 429, 200]


def test_our_bot_answers_everybody_once(messenger: StubProcess, towns: Path, tmp_path: Path) -> None:
    database = tmp_path / "town.db"
    shutil.copy(towns / "write.db", database)
    bot = Running(measures.ours(database), messenger, "1:ours", tmp_path / "log.txt")
    try:
        asked = [[town.RESIDENT + n % 12, "/mine"] for n in range(30)]
        read, _ = bot.run(asked)
        confirmed, _ = bot.run(measures.pressing(0, 12), messages=24)
    finally:
        bot.stop()
    assert (len(read["delays"]), len(read["sent"]), read["unanswered"]) == (30, 30, 0)
    # Each report brings its receipt, and its card to the coordinator of its neighbourhood.
    assert (len(confirmed["delays"]), len(confirmed["sent"]), confirmed["unanswered"]) == (12, 24, 0)
    assert bot.start_s > 0


def test_our_bot_answers_on_both_messengers_at_once(messenger: StubProcess, towns: Path, tmp_path: Path) -> None:
    database = tmp_path / "town.db"
    shutil.copy(towns / "both.db", database)
    bot = Running(measures.ours(database, "--bale", measures.BALE), messenger, "1:both", tmp_path / "log.txt")
    try:
        for first, token in enumerate((bot.token, measures.BALE)):
            asked = [[town.RESIDENT + n, "/mine"] for n in range(first, 12, 2)]
            found = messenger.ask("run", token, updates=asked)
            assert (len(found["delays"]), len(found["sent"]), found["unanswered"]) == (6, 6, 0)
    finally:
        bot.stop()


def test_the_meter_finds_where_a_turns_time_goes(messenger: StubProcess, towns: Path, tmp_path: Path) -> None:
    database, found = tmp_path / "town.db", tmp_path / "costs.json"
    shutil.copy(towns / "read.db", database)
    words = [sys.executable, "-m", "benchmarks.costs"]
    peer = Peer("metered", lambda address, token: [*words, address, token, str(database), str(found)])
    bot = Running(peer, messenger, "1:meter", tmp_path / "log.txt")
    bot.run([[town.RESIDENT + n, "/mine"] for n in range(12)])
    bot.stop()
    parts = json.loads(found.read_text("utf-8"))["spent"]
    wanted = {
        "receiving",
        "reading",
        "the talk",
        "SQL for the talk",
        "wording",
        "commit",
        "looking what to send",
        "sending",
    }
    assert wanted <= parts.keys()
    assert all(seconds > 0 for seconds in parts.values())


def test_a_peer_echoes(messenger: StubProcess, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "benchmarks.peers.ptb_aiohttp"]
    peer = Peer("ptb-aiohttp", lambda address, token: [*words, address, token])
    bot = Running(peer, messenger, "1:peer", tmp_path / "log.txt")
    try:
        found, _ = bot.run([[n, "word"] for n in range(20)])
    finally:
        bot.stop()
    assert (len(found["delays"]), found["unanswered"]) == (20, 0)


def figures() -> measures.Figures:
    made = measures.Figures()
    for name in report.NAMES:
        if name.startswith("latency."):
            made.delays[name] = defaultdict(list, {measures.OURS: [2.0, 6.0], "ptb-aiohttp": [1.0, 2.0]})
        else:
            made.add(name, measures.OURS, 40.0)
            made.add(name, "ptb-stock", 10.0)
    made.extra = {name: {"refused": 0, "longest_wait": 0.5} for name in report.NAMES}
    return made


def test_a_ratio_is_ours_to_theirs_and_ours_comes_first() -> None:
    rows = report.results(figures())
    assert [(row["peer"], row["value"], row["ratio"]) for row in rows if row["name"] == "roundtrip.read"] == [
        ("mahalleyar", 40.0, 1.0),
        ("ptb-stock", 10.0, 4.0),
    ]
    assert {row["name"] for row in rows} == set(report.NAMES)


def test_a_missed_target_is_called_missed() -> None:
    judged = {one.words: one.holds for one in report.verdicts(report.results(figures()))}
    assert judged["roundtrip.read: ratio of ptb-stock at least 4"]
    assert not judged["cpu.read: ratio of ptb-stock at most 0.25"]
    assert not judged["start.first_poll: value at most 2"]


def test_what_was_measured_is_written_between_the_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    shutil.copy(HOUSE / "docs" / "performance.md", page)
    made = figures()
    report.write(made, tmp_path / "results.json", page)
    report.write(made, tmp_path / "results.json", page)
    text = page.read_text("utf-8")
    assert text.count("| `limit.30` | mahalleyar |") == 1
    assert text.count("<!-- figures: written by the bench -->") == text.count("<!-- end of figures -->") == 1
    assert json.loads((tmp_path / "results.json").read_text("utf-8"))[0]["name"] == "roundtrip.read"


def test_the_lock_of_the_peer_in_node_holds_hashes_and_no_addresses() -> None:
    lock = json.loads((HOUSE / "benchmarks" / "node" / "package-lock.json").read_text("utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert packages
    assert [name for name, one in packages.items() if "integrity" not in one or "resolved" in one] == []
    assert "://" not in json.dumps(lock)


def test_a_crowd_is_invited_and_told_of_a_change_through_kills(tmp_path: Path) -> None:
    """The short form of `python -m benchmarks.invitations`, in the folder of the test."""
    for phase in invitations.run(tmp_path / "invitations", 1200):
        assert (len(phase.in_flight), phase.left_out, phase.needless) == (2, 0, 0), phase.line()
