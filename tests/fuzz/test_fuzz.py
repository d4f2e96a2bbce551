"""Whatever comes in, from anybody and in any order: no fault, nothing lost, nobody reads what is not theirs."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.platforms import reading, telegram
from handlers.talk import Turn
from tests.fuzz import harm, words
from tests.fuzz.play import Found, play
from tests.fuzz.readers import Matter, People, Seat, Source, may_read
from tests.fuzz.shapes import KINDS, TYPES, Maker
from tests.fuzz.steps import WAYS
from tests.storage.conftest import engine, migrated, url  # noqa: F401 - fixtures

#: Steps on each database; the long version takes so many times more.
STEPS = {"sqlite": 2000, "postgres": 240}
FULL = 10


async def test_odd_updates_and_presses_of_everything_by_anybody_do_no_harm(
    tmp_path: Path,
    engine: str,  # noqa: F811
    url: str,  # noqa: F811
    full: bool,
) -> None:
    count = STEPS[engine] * (FULL if full else 1)
    report = await play(tmp_path, 1405, count, url=url)
    assert report.steps == count
    assert report.counted["parked"] <= report.counted["hopeless"]
    if engine == "sqlite":
        # It went deep enough to mean something: everything was tried, and words of others were shown and looked at.
        assert report.whats.keys() == WAYS.keys()
        assert report.counted["foreign"] >= count / 40
        assert report.counted["moves"] >= count / 240
        assert report.counted["parked"]


async def test_a_seed_repeats_a_run(tmp_path: Path) -> None:
    # One round: what is pressed in later ones hangs on what was sent first, which a busy machine may change.
    traces = [(await play(tmp_path / str(n), seed, 60)).trace for n, seed in enumerate((7, 7, 8))]
    assert traces[0] == traces[1] != traces[2]


# --- it finds what it is to find ----------------------------------------------------------------------------------

Patch = tuple[Any, str, Callable[..., Any]]
GUARDS: dict[str, tuple[Patch, set[str]]] = {
    "who may do what": (
        (Turn, "may", lambda *_, **__: True),
        {"a word of somebody else's", "an office's question", "a decision by somebody", "a role that nobody"},
    ),
    "escaping": ((telegram, "_escaped", str), {"the messenger refuses"}),
    "words of another type": ((reading, "_words", lambda value: value or ""), {"the log tells of a fault"}),
}


@pytest.mark.parametrize("guard", GUARDS)
async def test_a_guard_that_is_missing_is_found(guard: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patch, expected = GUARDS[guard]
    monkeypatch.setattr(*patch)
    with pytest.raises(Found, match=r"again: python -m tests\.fuzz --seed 1405 --count") as found:
        await play(tmp_path, 1405, 2000)
    assert {why for why in expected for one in found.value.wrong if one.why.startswith(why)}


@pytest.mark.parametrize(
    ("who", "source", "allowed"),
    [
        ("reporter", "text", True),
        ("coordinator", "text", True),
        ("officer", "text", True),
        ("province", "text", True),
        ("neighbor", "text", False),
        ("joined", "text", False),
        ("joined", "explanation", True),
        ("neighbor", "explanation", False),
        ("elsewhere", "text", False),
        ("neighbor", "public", True),
        ("stranger", "public", False),
    ],
)
def test_the_list_of_readers_says_who_reads_what(who: str, source: str, allowed: bool) -> None:
    everybody = ("reporter", "coordinator", "officer", "province", "neighbor", "joined", "elsewhere", "stranger")
    number = {name: n for n, name in enumerate(everybody)}
    seats = {
        "coordinator": Seat("coordinator", "/k/c/n1/"),
        "officer": Seat("county_officer", "/k/"),
        "province": Seat("province_admin", "/"),
        "neighbor": Seat("resident", "/k/c/n1/"),
        "elsewhere": Seat("coordinator", "/k/c/n10/"),
    }
    people = People(seats={number[name]: {seat} for name, seat in seats.items()}, agreed=set(number.values()))
    people.agreed.discard(number["stranger"])
    case = Matter(frozenset({"/k/c/n1/"}), frozenset({number["reporter"]}), frozenset({number["joined"]}), False)
    assert may_read(number[who], people, Source(source, 1), case, hidden_before=False) is allowed
    assert not may_read(number[who], people, Source(source, 1), case, hidden_before=True)


# --- what it is made of -------------------------------------------------------------------------------------------


def test_every_published_type_is_made_with_what_it_must_have() -> None:
    maker = Maker(random.Random(1), lambda kind, field: None, ("x",))
    assert len(KINDS) >= 15
    for name, fields in TYPES.items():
        bare, full = maker.make(name), maker.make(name, spare=1)
        assert bare.keys() == {field.name for field in fields if not field.optional}
        assert full.keys() == {field.name for field in fields}


def test_damage_leaves_the_number_and_changes_the_rest() -> None:
    whole = {"update_id": 5, "message": {"text": "x", "from": {"id": 1}, "chat": {"id": 1, "type": "private"}}}
    seen = {json.dumps(harm.damaged(whole, random.Random(seed))) for seed in range(300)}
    assert len(seen) > 150
    assert all(json.loads(one)["update_id"] == 5 for one in seen)
    assert any(harm.is_hopeless(json.loads(one)) for one in seen)
    assert not harm.is_hopeless(whole)


@pytest.mark.parametrize(
    "update",
    [
        7,
        {},
        {"update_id": -1, "message": {"chat": {"id": 5}}},
        {"update_id": True, "message": {"chat": {"id": 5}}},
        {"update_id": 1, "message": {"chat": {"id": None}, "from": {"id": -4}}},
        {"update_id": 1, "callback_query": {"message": {"from": {"id": 5}}}},
    ],
)
def test_what_names_nobody_is_hopeless(update: object) -> None:
    assert harm.is_hopeless(update)


def test_followed_words_pass_through_everything_that_is_written_around_them() -> None:
    chance = random.Random(1)
    assert all(len(words.MARK.findall(words.report(chance))) == 2 for _ in range(200))
    assert words.MARK.findall(words.short(chance))
