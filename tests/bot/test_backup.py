"""Saving a town and putting it back: all of it or nothing, and a line that says which."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot import backup, backup_sqlite
from bot.__main__ import main
from bot.clock import Clock
from bot.database import open_database
from bot.store import Store
from storage import cases, media
from storage.contents import Contents, look
from storage.tx import Tx
from tests.storage.conftest import drop_database, engine, migrated, new_database, server, url  # noqa: F401 - fixtures
from tests.storage.made import NOW, account, case, town

ROOT = Path(__file__).parents[2]
T = TypeVar("T")


@dataclass
class Place:
    """The command line in a folder of its own, on either database."""

    folder: Path
    url: str
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *words: str, status: int = 0) -> list[str]:
        """The lines that were said; those on standard error when the status is to be another than 0."""
        ended = main(list(words))
        told = self.capsys.readouterr()
        assert (ended, "Traceback" in told.err) == (status, False), told
        return (told.err if status else told.out).splitlines()

    def database(self, work: Callable[[Tx], T], *, alone: bool = False) -> T:
        """Do something in the town's database."""

        async def do() -> T:
            opened = await open_database(self.url, now=NOW, alone=alone)
            try:
                return await opened.run(work)
            finally:
                await opened.close()

        return asyncio.run(do())

    def texts(self) -> list[str]:
        return [one.text for one in self.database(lambda tx: cases.every(tx, 0, 100))]

    def names(self) -> set[str]:
        """What lies in the folder and in `data/`, the lock and what SQLite brings aside."""
        found = {path.name for path in [*self.folder.iterdir(), *self.folder.glob("data/*")]}
        return {name for name in found if not name.endswith((".lock", "-wal", "-shm"))}


@pytest.fixture
def here(
    tmp_path: Path,
    url: str,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Place:
    """A town of one case."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("MAHALLEYAR_")]:
        monkeypatch.delenv(name)
    address = "sqlite:///data/town.db" if url.startswith("sqlite") else url
    monkeypatch.setenv("MAHALLEYAR_STORAGE__URL", address)
    made = Place(tmp_path, address, capsys)
    made.database(lambda tx: _case(tx, town(tx), "first"))
    return made


def _case(tx: Tx, places: Any, text: str) -> None:
    case(tx, places["kerman/alavian"], account(tx, 1001).person, text=text)


def _another(here: Place, text: str) -> None:
    from storage.places import written

    here.database(lambda tx: _case(tx, {"kerman/alavian": written(tx, "kerman/alavian")}, text))


# --- there and back ---------------------------------------------------------------------------------------------------


def test_what_was_saved_comes_back_and_what_came_after_is_gone(here: Place) -> None:
    before = here.database(look)
    said = here("backup", "town.backup")
    assert re.fullmatch(
        r"saved \d{4}-\d\d-\d\d \d\d:\d\dZ, opened and counted: town\.backup, [\d.]+ [kM]B: "
        r"1 cases, 1 people, 0 photos and voices, step \d+",
        said[0],
    )
    assert said[1].startswith("not in it: the people key (data/people.key). Keep a copy of it in another place")
    _another(here, "second")
    assert here.texts() == ["first", "second"]
    said = here("restore", "town.backup", "--force")
    assert said[0].startswith("restored from town.backup: 1 cases, 1 people, ")
    assert said[0].endswith("; the last who wrote to it did so at 2026-05-28 20:26Z")
    assert said[1].startswith("before the start: put the copy of the people key back at data/people.key")
    assert here.database(look) == before
    _another(here, "third")  # it counts on from where it was
    assert here.texts() == ["first", "third"]


def test_a_backup_and_its_list_are_for_their_owner_alone_and_can_be_checked_by_anybody(here: Place) -> None:
    here("backup", "town.backup")
    assert here.names() >= {"town.backup", "town.backup.list"}
    for name in ("town.backup", "town.backup.list"):
        assert stat.S_IMODE((here.folder / name).stat().st_mode) == 0o600
    checked = subprocess.run(["sha256sum", "--check", "town.backup.list"], capture_output=True, text=True)
    assert (checked.returncode, checked.stdout) == (0, "town.backup: OK\n")


def test_a_second_backup_takes_the_place_of_the_first(here: Place) -> None:
    here("backup", "town.backup")
    names = here.names()
    _another(here, "second")
    assert "2 cases" in here("backup", "town.backup")[0]
    assert here.names() == names
    assert here("restore", "town.backup", "--force")[0].startswith("restored from town.backup: 2 cases")


def test_an_empty_place_needs_no_force(here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    here("backup", "town.backup")
    _emptied(here)
    here("restore", "town.backup")
    assert here.texts() == ["first"]


def _emptied(here: Place) -> None:
    if here.url.startswith("sqlite"):
        shutil.rmtree(here.folder / "data")
        return
    name = here.url.rpartition("/")[2]
    drop_database(name)
    with server() as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")


def test_a_town_of_a_newer_program_leaves_nothing_behind_when_an_older_one_is_put_back(here: Place) -> None:
    here("backup", "town.backup")
    before = here.database(look)
    here.database(lambda tx: tx.run("CREATE TABLE later (id BIGINT)"))
    here("restore", "town.backup", "--force")
    assert here.database(look) == before


def test_the_backup_may_be_taken_under_a_running_bot(here: Place) -> None:
    async def beside() -> list[str]:
        running = await open_database(here.url, now=NOW)
        try:
            return await asyncio.to_thread(here, "backup", "town.backup")
        finally:
            await running.close()

    assert "1 cases" in asyncio.run(beside())[0]


def test_a_database_that_is_written_to_all_the_time_is_saved_as_of_one_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A turn is committed between any two pages that are copied; a copy that began anew each time would never end."""
    monkeypatch.setattr(backup_sqlite, "PAGES", 1)
    made = Place(tmp_path, f"sqlite:///{tmp_path}/data/town.db", None)  # type: ignore[arg-type]
    made.database(lambda tx: _case(tx, town(tx), "first"))
    before = made.database(look)
    path, turns = tmp_path / "data" / "town.db", 0

    def told(done: int, whole: int) -> None:
        nonlocal turns
        turns += 1
        assert turns < 10 * whole
        with closing(backup_sqlite._opened(path.as_uri())) as beside:
            beside.execute("INSERT INTO tries (person, what, failed) VALUES (1, ?, 1)", (f"turn {turns}",))

    found = backup_sqlite.save(path, tmp_path / "copy", told)
    assert turns > 20
    assert found == backup_sqlite.inside(tmp_path / "copy") == before
    assert made.database(look).rows["tries"] == turns


def test_a_long_one_says_how_far_it_is(here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    clock = Clock.fixed(Clock().now())
    pace = backup.Pace("saving", said.append, clock)
    for done in range(0, 101, 10):
        pace.told(done, 100)
        clock.move(2)
    pace.told(5_300_000, 0)
    assert said == ["saving: 30 %", "saving: 60 %", "saving: 90 %"]
    clock.move(2)
    pace.told(5_300_000, 0)
    assert said[3:] == ["saving: 5.3 MB so far"]
    monkeypatch.setattr(backup, "SPEAK_S", 0)
    assert [line for line in here("backup", "town.backup") if line.startswith("saving: ")] or "postgres" in here.url
    assert [line for line in here("restore", "town.backup", "--force") if line.startswith("putting back: ")]


# --- photos and voices ------------------------------------------------------------------------------------------------


def _photo(here: Place, content: bytes) -> str:
    name = Store(here.folder / "data" / "media").put(content)

    def note(tx: Tx) -> None:
        bot = account(tx, 1001).bot
        media.made(tx, person=None, kind="photo", bot=bot, sha256=name, type="image/jpeg", size=len(content), now=NOW)

    here.database(note)
    return name


def test_photos_are_listed_and_those_that_are_missing_after_a_restore_are_named(here: Place) -> None:
    one, other = _photo(here, b"one picture"), _photo(here, b"another picture")
    said = here("backup", "town.backup")
    assert "2 photos and voices" in said[0]
    assert said[1] == ("not in it: the photos and voices (0.0 kB), listed in town.backup.list; --media copies them too")
    listed = (here.folder / "town.backup.list").read_text().splitlines()[1:]
    assert listed == [f"{name}  media/{name[:2]}/{name}" for name in sorted((one, other))]
    (here.folder / "data" / "media" / one[:2] / one).unlink()
    (here.folder / "data" / "media" / other[:2] / other).write_bytes(b"half")
    said = here("restore", "town.backup", "--force")
    assert said[1] == "2 photos and voices are missing; put them into the store by these names:"
    assert said[2:4] == [f"  {name}" for name in sorted((one, other))]
    assert here("backup", "town.backup")[2] == "2 photos and voices are not in the store:"


def test_photos_that_were_copied_come_back_whole_or_are_named(here: Place) -> None:
    one, other = _photo(here, b"one picture"), _photo(here, b"another picture")
    for _ in range(2):  # the second time they are there already
        assert here("backup", "town.backup", "--media")[1].startswith("with it: media, the photos and voices")
    checked = subprocess.run(["sha256sum", "--check", "--quiet", "town.backup.list"], capture_output=True)
    assert checked.returncode == 0
    (here.folder / "media" / other[:2] / other).write_bytes(b"ANOTHER picture")
    shutil.rmtree(here.folder / "data" / "media")
    said = here("restore", "town.backup", "--force")
    assert said[1:3] == ["1 photos and voices are missing; put them into the store by these names:", f"  {other}"]
    store = Store(here.folder / "data" / "media")
    assert (store.get(one), store.get(other)) == (b"one picture", None)
    assert sha256(b"one picture").hexdigest() == one


# --- what is refused, and changes nothing -----------------------------------------------------------------------------


@pytest.fixture
def saved(here: Place) -> Place:
    """Saved with one case, at work with two."""
    here("backup", "town.backup")
    _another(here, "second")
    return here


def _refused(here: Place, *words: str) -> str:
    """The one line of a refusal; the town is as it was."""
    names, before = here.names(), here.database(look)
    (said,) = here(*words, status=1)
    assert (here.names(), here.database(look)) == (names, before)
    assert here.texts() == ["first", "second"]
    return said


def test_a_town_is_not_overwritten_without_force(saved: Place) -> None:
    assert re.fullmatch(r"there is a town .*already: --force overwrites it", _refused(saved, "restore", "town.backup"))


def test_nothing_is_put_back_under_a_running_bot(saved: Place) -> None:
    async def beside() -> list[str]:
        running = await open_database(saved.url, now=NOW)
        try:
            return await asyncio.to_thread(saved, "restore", "town.backup", "--force", status=1)
        finally:
            await running.close()

    (said,) = asyncio.run(beside())
    assert re.fullmatch("another process is at work on .*: stop it first", said)
    assert saved.texts() == ["first", "second"]


def test_a_backup_of_a_newer_program_is_refused(saved: Place) -> None:
    saved.database(lambda tx: tx.run("INSERT INTO migrations (number, name, applied) VALUES (99, 'later', 0)"))
    saved("backup", "later.backup")
    _forget_99(saved)
    said = _refused(saved, "restore", "later.backup", "--force")
    assert re.fullmatch(r"later\.backup is at step 99, this program knows \d+: install the newer version", said)


def _forget_99(here: Place) -> None:
    """Directly, since our own program refuses to open it."""
    sql = "DELETE FROM migrations WHERE number = 99"
    if here.url.startswith("sqlite"):
        with closing(backup_sqlite._opened((here.folder / "data" / "town.db").as_uri())) as opened:
            opened.execute(sql)
        return
    import psycopg

    with psycopg.connect(here.url, autocommit=True) as connection:
        connection.execute(sql)


@pytest.mark.parametrize("listed", [True, False], ids=["with its list", "alone"])
@pytest.mark.parametrize("how", ["cut", "scratched"])
def test_a_damaged_backup_is_refused(saved: Place, how: str, listed: bool) -> None:
    file = saved.folder / "town.backup"
    content = bytearray(file.read_bytes())
    if how == "cut":
        del content[len(content) * 2 // 3 :]
    else:
        middle = len(content) // 2
        content[middle : middle + 9000] = bytes(9000)
    file.write_bytes(content)
    if not listed:
        (saved.folder / "town.backup.list").unlink()
    said = _refused(saved, "restore", "town.backup", "--force")
    assert said.startswith("town.backup: damaged: ")


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_page_that_no_counting_reads_is_looked_at_too(saved: Place) -> None:
    file = saved.folder / "town.backup"
    with closing(backup_sqlite._opened(file.as_uri())) as opened:
        (size,) = opened.execute("PRAGMA page_size").fetchone()
        (page,) = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'inbox_parked'").fetchone()
    content = bytearray(file.read_bytes())
    content[(page - 1) * size : page * size] = bytes(size)
    file.write_bytes(content)
    (saved.folder / "town.backup.list").unlink()
    assert _refused(saved, "restore", "town.backup", "--force").startswith("town.backup: damaged: ")


def test_one_wrong_letter_in_a_backup_is_seen_by_its_list(saved: Place) -> None:
    file = saved.folder / "town.backup"
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    said = _refused(saved, "restore", "town.backup", "--force")
    assert said == "town.backup: damaged: it is not what town.backup.list says"


def test_what_is_no_backup_is_refused(saved: Place) -> None:
    (saved.folder / "letter").write_text("dear council " * 100)
    assert _refused(saved, "restore", "letter", "--force") == "letter: this is no backup"
    assert _refused(saved, "restore", "nowhere", "--force") == "nowhere: No such file or directory"
    assert _refused(saved, "backup", "letter") == "letter: this is no backup"
    assert _refused(saved, "backup", "no/where") == "no/where: there is no folder no"


def test_a_backup_of_the_other_database_is_refused(saved: Place) -> None:
    other = b"PGDMP" if saved.url.startswith("sqlite") else b"SQLite format 3\0"
    (saved.folder / "other").write_bytes(other + bytes(100))
    assert _refused(saved, "restore", "other", "--force").endswith(": set [storage] url")


def test_an_empty_database_is_no_town(saved: Place) -> None:
    if saved.url.startswith("sqlite"):
        with closing(backup_sqlite._opened((saved.folder / "bare").as_uri())) as opened:
            opened.execute("CREATE TABLE x (a)")
    else:
        name = new_database()
        subprocess.run(["pg_dump", "--format=custom", "--file=bare", name], check=True, cwd=saved.folder)
        drop_database(name)
    assert _refused(saved, "restore", "bare", "--force") == "bare: there is no town in it"


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_database_itself_is_no_place_for_its_backup(saved: Place) -> None:
    said = _refused(saved, "backup", "data/town.db")
    assert said == "data/town.db: this is the database itself: give another name"


@pytest.mark.parametrize("engine", ["sqlite"])
def test_what_a_killed_bot_left_beside_its_database_is_not_mixed_into_the_one_put_back(saved: Place) -> None:
    path = saved.folder / "data" / "town.db"
    beside = path.with_name("town.db-wal")
    with closing(backup_sqlite._opened(path.as_uri())) as opened:
        opened.execute("UPDATE words SET words = 'of the killed one'")
        left = beside.read_bytes()
    beside.write_bytes(left)  # closed politely it would be gone
    saved("restore", "town.backup", "--force")
    assert not beside.exists()
    assert saved.texts() == ["first"]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_database_in_use_is_no_backup(saved: Place) -> None:
    shutil.copy(saved.folder / "data" / "town.db", saved.folder / "raw")
    (saved.folder / "raw-wal").write_bytes(b"the newest turns")
    assert _refused(saved, "restore", "raw", "--force").startswith("raw: ")
    (saved.folder / "raw-wal").unlink()
    assert saved("restore", "raw", "--force")[0].startswith("restored from raw: 2 cases")


@pytest.mark.parametrize("engine", [pytest.param("postgres", marks=pytest.mark.postgres)])
@pytest.mark.parametrize(
    ("words", "program"), [(("backup", "new"), "pg_dump"), (("restore", "town.backup", "--force"), "pg_restore")]
)
def test_without_the_programs_of_postgresql_a_line_says_what_to_install(
    saved: Place, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], program: str
) -> None:
    monkeypatch.setenv("PATH", str(saved.folder))
    assert f"{program} is not on PATH: install PostgreSQL's client programs" in _refused(saved, *words)


def test_without_a_database_there_is_nothing_to_save(here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    if here.url.startswith("sqlite"):
        shutil.rmtree(here.folder / "data")
    monkeypatch.setenv("MAHALLEYAR_STORAGE__URL", here.url if here.url.startswith("sqlite") else here.url + "_no")
    (said,) = here("backup", "town.backup", status=1)
    assert "there is no database" in said or "does not exist" in said
    assert not list(here.folder.iterdir())


#: Runs a verb with so little room that no file may grow beyond it, as on a full disk.
_CRAMPED = (
    "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2); "
    "from bot.__main__ import main; sys.exit(main(sys.argv[2:]))"
)


def _cramped(here: Place, *words: str) -> None:
    kept = {path.name: path.read_bytes() for path in here.folder.iterdir() if path.is_file()}
    room = len(kept["town.backup"]) // 2
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", _CRAMPED, str(room), *words], env=environment, capture_output=True, text=True
    )
    assert ended.returncode == 1
    assert re.fullmatch(r"town\.backup: .+\n", ended.stderr), ended.stderr
    assert {path.name: path.read_bytes() for path in here.folder.iterdir() if path.is_file()} == kept
    assert here.texts() == ["first", "second"]


def test_a_full_disk_costs_no_earlier_backup(saved: Place) -> None:
    _cramped(saved, "backup", "town.backup")


@pytest.mark.parametrize("engine", ["sqlite"])  # of the other one the disk is the server's
def test_a_full_disk_costs_no_town(saved: Place) -> None:
    _cramped(saved, "restore", "town.backup", "--force")


def test_what_was_written_must_be_what_was_read(here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    real = backup._taken

    def more(*about: Any) -> Contents:
        found = real(*about)
        return Contents(found.step, {**found.rows, "cases": found.rows["cases"] + 1}, found.media, found.newest)

    monkeypatch.setattr(backup, "_taken", more)
    (said,) = here("backup", "town.backup", status=1)
    assert said == "town.backup: what was written is not what was read; nothing was kept"
    assert "town.backup" not in here.names()
