"""The set-up says what is missing in one line, and `make run` picks the messengers or the demo."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SUDO = "" if os.geteuid() == 0 else "sudo "


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A checkout without an environment, and a folder for the Pythons of a made-up machine."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    (tmp_path / "bin").mkdir()
    return tmp_path


def set_up(house: Path, python: str) -> subprocess.CompletedProcess[str]:
    program = house / "bin" / "python"
    program.write_text(f"#!/bin/sh\n{python}\n", "utf-8")
    program.chmod(0o755)
    # Named in PYTHON, so that no other Python of this machine is taken in its place.
    environment = {"PATH": f"{house / 'bin'}:/usr/bin:/bin", "PYTHON": "python"}
    script = ["sh", house / "tools" / "setup.sh", "run"]
    return subprocess.run(script, capture_output=True, text=True, env=environment)


def test_a_missing_venv_is_answered_with_the_line_that_installs_it(house: Path) -> None:
    answer = set_up(house, f'case "$2" in *ensurepip*) exit 1;; esac; exec {sys.executable} "$@"')
    assert answer.returncode == 1
    assert answer.stdout + answer.stderr == f"{SUDO}apt-get install -y python3.{sys.version_info.minor}-venv\n"
    assert not (house / ".venv").exists()


def test_an_old_python_is_named_with_what_is_needed(house: Path) -> None:
    answer = set_up(house, 'case "$1" in -V) echo "Python 3.9.2";; *) exit 1;; esac')
    assert answer.returncode == 1
    first, second = answer.stderr.splitlines()
    assert first == "Python 3.11 or newer is needed; python here is Python 3.9.2."
    assert second.endswith(f"{SUDO}apt-get install -y python3 python3-venv")


def test_what_was_set_up_is_not_set_up_again_until_the_lock_changes(house: Path) -> None:
    """A venv whose mark fits is left alone; a changed lock is noticed, here by a pip that cannot do anything."""
    (house / ".venv" / "bin").mkdir(parents=True)
    inside = house / ".venv" / "bin" / "python"
    inside.write_text('#!/bin/sh\ncase "$1" in -V) echo "Python 3.11.2";; -m) exit 1;; esac\n', "utf-8")
    inside.chmod(0o755)
    both = (house / "requirements" / "run.txt").read_bytes() * 2
    sums = subprocess.run(["cksum"], input=both, capture_output=True, check=True).stdout.decode()
    (house / ".venv" / "run.mark").write_text(f"Python 3.11.2 {sums}", "utf-8")

    untouched = set_up(house, "exit 1")
    assert (untouched.returncode, untouched.stdout + untouched.stderr) == (0, "")

    with (house / "requirements" / "run.txt").open("a") as lock:
        lock.write("# changed\n")
    noticed = set_up(house, "exit 1")
    assert noticed.returncode == 1
    assert "pip could not install everything" in noticed.stderr


@pytest.mark.parametrize(
    ("tokens", "verb"),
    [
        ({}, "demo"),
        ({"MAHALLEYAR_TELEGRAM__TOKEN": ""}, "demo"),
        ({"MAHALLEYAR_TELEGRAM__TOKEN": "1:a"}, "run"),
        ({"MAHALLEYAR_TELEGRAM__TOKEN_FILE": "token"}, "run"),
        ({"MAHALLEYAR_BALE__TOKEN": "1:a"}, "run"),
        ({"MAHALLEYAR_BALE__TOKEN_FILE": "token"}, "run"),
    ],
)
def test_a_token_decides_between_messengers_and_demo(tokens: dict[str, str], verb: str) -> None:
    environment = {"PATH": os.environ["PATH"], **tokens}
    plan = subprocess.run(
        ["make", "--dry-run", "run"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert plan.stdout.splitlines()[-1] == f"exec .venv/bin/python -m bot {verb}"
    assert "1:a" not in plan.stdout
