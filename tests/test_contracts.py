"""The import rules refuse what they name, the detours included: through a module between, and for types only."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GOOD = {
    "domain/cases.py": "",
    "storage/cases.py": "import domain.cases\n",
    "handlers/book.py": "import storage.cases\n",
    "handlers/resident/_cards.py": "import handlers.book\n",
    "handlers/resident/report.py": "from handlers.resident import _cards\n",
    "handlers/resident/mine.py": "from handlers.resident import _cards\n",
    "handlers/coordinator/queue.py": "import handlers.book\n",
    "bot/app.py": "import handlers.book, aiosqlite, asyncio, telegram\n",
    "bot/__main__.py": "import bot.app, sandbox.server\n",
    "sandbox/server.py": "import aiohttp\n",
}
TYPES = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    "
# What is written into one file of a house in order, and the one contract that must break.
BAD = {
    "upwards": ("domain/cases.py", "import storage.places", "one way down"),
    "upwards for types only": ("storage/cases.py", TYPES + "import handlers.book", "one way down"),
    "a database in the domain": ("domain/cases.py", "import sqlite3", "the domain knows"),
    "a driver in storage": ("storage/cases.py", "import aiosqlite", "only bot knows"),
    "the other driver, for types only": ("storage/cases.py", TYPES + "import psycopg", "only bot knows"),
    "HTTP in a talk": ("handlers/resident/report.py", "import aiohttp", "only bot knows"),
    "the sandbox looks into a room": ("sandbox/server.py", "import domain.cases", "the sandbox knows none"),
    "a room looks into the sandbox": ("bot/app.py", "import sandbox.server", "no room knows the sandbox"),
    "talk to talk": ("handlers/resident/report.py", "import handlers.resident.mine", "talks do not know"),
    "across folders": ("handlers/resident/report.py", "import handlers.coordinator.queue", "talks do not know"),
    "through a shared piece": ("handlers/resident/_cards.py", "import handlers.coordinator.queue", "talks do not know"),
    "talk to talk for types only": ("handlers/resident/report.py", TYPES + "import handlers.resident.mine", "talks do"),
    "somebody else's private piece": (
        "handlers/coordinator/queue.py",
        "import handlers.resident._cards",
        "what starts with an underscore",
    ),
    "a circle": ("storage/places.py", "import storage.cases", "no circles"),
}


def write(house: Path, name: str, content: str) -> None:
    path = house / name
    path.parent.mkdir(parents=True, exist_ok=True)
    for folder in path.relative_to(house).parents[:-1]:
        (house / folder / "__init__.py").touch()
    path.write_text(content, "utf-8")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    for name, content in {**GOOD, "storage/places.py": ""}.items():
        write(tmp_path, name, content)
    return tmp_path


def broken(house: Path) -> list[str]:
    program = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    answer = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, '.'); {program}"],
        cwd=house,
        capture_output=True,
        text=True,
        env={"COLUMNS": "200", "NO_COLOR": "1", "PATH": ""},
    )
    assert "Contracts:" in answer.stdout, answer.stdout + answer.stderr
    return re.findall(r"^(.+) BROKEN\b", answer.stdout, re.MULTILINE)


def test_a_house_in_order_keeps_every_contract(house: Path) -> None:
    assert broken(house) == []


@pytest.mark.parametrize("case", BAD)
def test_a_contract_refuses(house: Path, case: str) -> None:
    name, line, contract = BAD[case]
    # The circle needs its other half.
    write(house, "storage/cases.py", "import domain.cases, storage.places\n")
    write(house, name, (house / name).read_text("utf-8") + line + "\n")
    (found,) = broken(house)
    assert found.startswith(contract)
