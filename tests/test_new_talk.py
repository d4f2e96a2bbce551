"""A talk that was just made is whole: it is reached, tested and in order before a line of it is edited."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.new_talk import Refused, main, parsed, refuse_taken

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("bot", "handlers", "storage", "domain", "sandbox", "tests", "tools", "pyproject.toml", "settings.toml")
MADE = ("resident/parking", "coordinator/tea_round", "everyone/weather", "county/paving", "admin/walk")


def run(house: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=house,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house in which a talk was made for each folder."""
    copy = tmp_path_factory.mktemp("house")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, copy)
    for name in MADE:
        answer = run(copy, "tools/new_talk.py", name)
        assert answer.returncode == 0, answer.stderr
    return copy


def new_files(house: Path) -> list[str]:
    found = []
    for name in MADE:
        who, _, talk = name.partition("/")
        found += [f"handlers/{who}/{talk}.py", f"tests/handlers/{who}/test_{talk}.py"]
    assert all((house / name).is_file() for name in found)
    return found


def test_its_files_are_in_style(house: Path) -> None:
    for check in (("check",), ("format", "--check")):
        answer = run(house, "-m", "ruff", *check, "--no-cache", *new_files(house))
        assert answer.returncode == 0, answer.stdout


def test_its_types_are_right(house: Path) -> None:
    talks = [name for name in new_files(house) if name.startswith("handlers/")]
    answer = run(house, "-m", "mypy", "--no-error-summary", "--cache-dir", str(house / "types"), *talks)
    assert answer.returncode == 0, answer.stdout


def test_the_rules_for_talks_and_texts_hold_and_its_own_test_passes(house: Path) -> None:
    rules = [f"tests/handlers/test_{name}.py" for name in ("book", "texts", "writing")]
    walk = "test_an_opening_that_is_not_allowed_changes_nothing_and_is_answered_politely"
    rules += [f"tests/handlers/test_permissions.py::{walk}[{who}]" for who in ("resident", "coordinator")]
    own = [name for name in new_files(house) if name.startswith("tests/")]
    answer = run(house, "-m", "pytest", "-q", "-p", "no:cacheprovider", *rules, *own)
    assert answer.returncode == 0, answer.stdout[-4000:]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("", "NAME is who/name"),
        ("parking", "NAME is who/name"),
        ("resident/", "NAME is who/name"),
        ("nobody/parking", "one of everyone, resident, coordinator, county, admin"),
        ("resident/Parking", "cannot be a command"),
        ("resident/_parking", "cannot be a command"),
        ("resident/park-ing", "cannot be a command"),
        ("resident/park/ing", "cannot be a command"),
        ("resident/../parking", "cannot be a command"),
        ("resident/پارک", "cannot be a command"),
        ("resident/import", "word of Python's own"),
        ("resident/" + "x" * 33, "at most 32"),
    ],
)
def test_a_bad_name_is_refused_with_what_would_do(asked: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        parsed(asked)


@pytest.mark.parametrize("name", ["report", "start", "claim", "common", "card"])
def test_a_name_that_is_taken_is_refused_with_its_owner(name: str) -> None:
    with pytest.raises(Refused, match=rf"{name} is taken by .*\.(py|ftl)$"):
        refuse_taken(ROOT, name)


def test_a_refusal_is_one_line_and_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["resident/report"]) == 1
    assert capsys.readouterr().err == "report is taken by handlers/resident/report.py\n"


def test_made_twice_it_stays_as_it_was(house: Path) -> None:
    before = [(house / name).read_bytes() for name in new_files(house)]
    answer = run(house, "tools/new_talk.py", MADE[0])
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "taken" in answer.stderr
    assert [(house / name).read_bytes() for name in new_files(house)] == before
