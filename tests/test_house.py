"""The house rules that a machine can check: where words, clocks and names may stand, and what the papers say."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("bot", "handlers", "storage", "domain")
BELOW_BOT = ("handlers", "storage", "domain")
PRODUCT = (*ROOMS, "sandbox")
# Language and dates are these two files' subject.
PERSIAN_BY_RIGHT = {"domain/persian.py", "domain/jalali.py", "domain/when.py"}
PERSIAN = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
CLOCKS |= {("time", "monotonic"), ("time", "perf_counter"), ("time", "time_ns"), ("jdatetime", "now")}
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}


def tracked() -> list[str]:
    """What is in the repository or about to be; a copy without git has no such list, and every file counts."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listed.returncode == 0:
        names = listed.stdout.split("\0")
    else:
        names = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*")]
        names = [name for name in names if not re.search(r"(^|/)(\.(?!ci/)[^/]+|__pycache__|build|dist|data)/", name)]
    return sorted({name for name in names if name and (ROOT / name).is_file()})


FILES = tracked()
PYTHON = [name for name in FILES if name.endswith(".py")]
PRODUCT_FILES = [name for name in PYTHON if name.split("/")[0] in PRODUCT]
BELOW_FILES = [name for name in PYTHON if name.split("/")[0] in BELOW_BOT]
CODE_FILES = [name for name in PYTHON if not name.startswith("tests/")]
TEXT_FILES = [name for name in FILES if b"\0" not in (ROOT / name).read_bytes()]


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def tree(name: str) -> ast.Module:
    return ast.parse(text(name), name)


def calls(name: str) -> Iterator[tuple[int, str, str]]:
    """Every call as line, what it is called on ("" for a plain name) and the name called."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=called):
                    yield node.lineno, "", called
                case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=called):
                    yield node.lineno, owner, called


def lines_with(pattern: re.Pattern[str], names: list[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name in names
        for number, line in enumerate(text(name).splitlines(), 1)
        if pattern.search(line)
    ]


def test_every_room_is_there() -> None:
    assert [room for room in PRODUCT if not (ROOT / room / "__init__.py").is_file()] == []


def test_no_persian_letter_in_code() -> None:
    assert lines_with(PERSIAN, [name for name in CODE_FILES if name not in PERSIAN_BY_RIGHT]) == []


def test_below_bot_nobody_knows_a_messenger_by_name() -> None:
    assert lines_with(re.compile(r"telegram|\bbale", re.IGNORECASE), BELOW_FILES) == []


def test_no_place_is_named_in_code() -> None:
    counties = r"\b(kerman|bam|jiroft|rafsanjan|sirjan|zarand|shahdad)\b"
    assert lines_with(re.compile(counties, re.IGNORECASE), PRODUCT_FILES) == []


def test_nobody_prints() -> None:
    assert [
        f"{name}:{line}"
        for name in PRODUCT_FILES
        for line, owner, called in calls(name)
        if (owner, called) == ("", "print")
    ] == []


def test_nobody_sleeps_where_turns_are_made_nor_blocks_the_loop() -> None:
    found = [
        f"{name}:{line}"
        for name in PRODUCT_FILES
        for line, owner, called in calls(name)
        if called == "sleep" and (owner == "time" or name in BELOW_FILES)
    ]
    assert found == []


def test_tests_wait_for_events_not_for_time() -> None:
    """`sleep(0)` only lets others run."""
    found = [
        f"{name}:{node.lineno}"
        for name in PYTHON
        if name.startswith("tests/")
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"sleep", "time.sleep", "asyncio.sleep"}
        if ast.unparse(node) not in {"asyncio.sleep(0)", "sleep(0)"}
    ]
    assert found == []


def test_only_bot_asks_what_time_it_is() -> None:
    found = [
        f"{name}:{line}" for name in BELOW_FILES for line, owner, called in calls(name) if (owner, called) in CLOCKS
    ]
    assert found == []


def test_below_bot_everything_is_a_plain_function() -> None:
    waiting = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    assert [name for name in BELOW_FILES if any(isinstance(node, waiting) for node in ast.walk(tree(name)))] == []


def test_no_failure_is_swallowed() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name in CODE_FILES
        for node in ast.walk(tree(name))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and all(isinstance(step, ast.Pass | ast.Continue) for step in node.body)
    ]
    assert found == []


def test_every_module_says_what_it_is_for() -> None:
    assert [name for name in PYTHON if not ast.get_docstring(tree(name))] == []


def test_files_and_functions_stay_readable() -> None:
    long_files = [name for name in CODE_FILES if len(text(name).splitlines()) > 400]
    long_functions = [
        f"{name}:{node.lineno} {node.name}"
        for name in CODE_FILES
        for node in ast.walk(tree(name))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 50
    ]
    assert (long_files, long_functions) == ([], [])


def test_names_say_what_a_file_holds() -> None:
    assert [
        name for name in PYTHON if VAGUE & {part.removeprefix("_") for part in Path(name).with_suffix("").parts}
    ] == []


def test_nothing_is_left_for_later() -> None:
    mark = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError")
    assert (
        lines_with(
            mark,
            [
                name
                for name in FILES
                if Path(name).suffix in {".py", ".sh", ".js", ".html", ".ftl"} and name != "tests/test_house.py"
            ],
        )
        == []
    )


def test_no_path_of_one_machine() -> None:
    assert (
        lines_with(
            re.compile(r"(?<![\w./-])/(root|home|work)/"),
            [name for name in TEXT_FILES if name != "tests/test_house.py"],
        )
        == []
    )


def test_no_registry_is_named() -> None:
    host = re.compile("py" + r"pi\.org|python" + r"hosted|npm" + r"js|deb\.debian\.org", re.IGNORECASE)
    assert lines_with(host, TEXT_FILES) == []


def locks() -> list[str]:
    return [name for name in FILES if name.startswith("requirements/")]


def pins(name: str) -> dict[str, set[str]]:
    """By library its versions: one, or one for each range of Pythons."""
    found: dict[str, set[str]] = {}
    for library, version in re.findall(r"^([a-z0-9._-]+)==([^\\\n]+?) ?\\?$", text(name), re.MULTILINE):
        found.setdefault(library, set()).add(version)
    return found


def test_locks_hold_hashes_and_no_addresses() -> None:
    assert locks() == ["requirements/bench.txt", "requirements/dev.txt", "requirements/run.txt"]
    assert lines_with(re.compile(r"://|^-|--(extra-)?index|--find-links"), locks()) == []
    for name in locks():
        blocks = re.split(r"^(?=[a-z0-9])", text(name), flags=re.MULTILINE)[1:]
        assert len(blocks) == sum(len(versions) for versions in pins(name).values())
        assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_what_is_tested_is_what_runs() -> None:
    dev = pins("requirements/dev.txt")
    assert {name: dev.get(name) for name in pins("requirements/run.txt")} == pins("requirements/run.txt")


def test_every_library_that_is_asked_for_is_locked() -> None:
    project = tomllib.loads(text("pyproject.toml"))
    asked = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["postgres"]]

    def names(requirements: list[str]) -> set[str]:
        return {re.sub(r"[._]", "-", re.split(r"[\[<>=!~; ]", one)[0]).lower() for one in requirements}

    assert names(asked) - set(pins("requirements/run.txt")) == set()
    assert names(project["dependency-groups"]["dev"]) - set(pins("requirements/dev.txt")) == set()


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):(?!=)", text("Makefile"), re.MULTILINE))


def test_make_alone_lists_every_word() -> None:
    answer = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = re.findall(r"^  make ([a-z-]+) +\S", answer.stdout, re.MULTILINE)
    assert set(listed) == targets()
    assert {"run", "test", "check", "fix", "bundle", "new-talk"} <= targets()


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CONTRIBUTING.md",
        *(f"docs/{page}.md" for page in ("map", "why", "add-a-talk", "operate", "privacy", "reliability", "sandbox")),
    ],
)
def test_papers_are_there_and_their_links_lead_somewhere(name: str) -> None:
    shown_as_code = r"```.*?```|`[^`\n]*`|^    [^\n]*$"
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", re.sub(shown_as_code, "", text(name), flags=re.DOTALL | re.MULTILINE))
    dead = [link for link in links if "://" not in link and not ((ROOT / name).parent / link).exists()]
    assert dead == []


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".md")])
def test_papers_name_only_words_that_make_knows(name: str) -> None:
    named = set(re.findall(r"(?:^    |`)make ([a-z-]+)", text(name), re.MULTILINE))
    assert named - targets() == set()


def test_the_map_shows_every_room() -> None:
    assert [room for room in (*PRODUCT, "tests", "tools") if f"{room}/" not in text("docs/map.md")] == []


def test_the_licence_is_the_one_that_is_declared() -> None:
    assert text("LICENSE").startswith("Mozilla Public License Version 2.0")
    assert tomllib.loads(text("pyproject.toml"))["project"]["license"] == "MPL-2.0"


def test_no_file_is_a_link() -> None:
    """A link (a borrowed .venv, say) leads into one machine, and breaks the next one."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout
    assert [name for name in listed.splitlines() if (ROOT / name).is_symlink()] == []
