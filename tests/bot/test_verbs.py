"""The command line as an operator meets it: what it does, what it says, and how it ends."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot import importing, verbs
from bot.__main__ import main
from bot.database import open_database
from bot.webhook import Address
from domain.cases import Move, Reason
from domain.permissions import Role
from sandbox.server import Sandbox
from storage import cases, inbox, outbox, people, places
from storage.tx import Tx
from tests.storage.made import NOW, account, bot, case, received, written

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "bot" / "data" / "places.csv"
HEADER = "county,county_slug,settlement,neighborhood,slug,has_council\n"
T = TypeVar("T")


@dataclass
class Line:
    """The command line in a folder of its own."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *words: str, status: int = 0) -> str:
        """What was said on standard output; on standard error when the status is to be another than 0."""
        try:
            ended = main(list(words))
        except SystemExit as stop:
            ended = int(stop.code or 0)
        told = self.capsys.readouterr()
        assert (ended, "Traceback" in told.err) == (status, False), told
        return told.err if status else told.out

    def database(self, work: Callable[[Tx], T]) -> T:
        """Do something in the database that the settings name."""

        async def do() -> T:
            opened = await open_database("sqlite:///data/mahalleyar.db", now=NOW, alone=False)
            try:
                return await opened.run(work)
            finally:
                await opened.close()

        return asyncio.run(do())


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Line:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("MAHALLEYAR_")]:
        monkeypatch.delenv(name)
    return Line(tmp_path, capsys)


@pytest.fixture
def town(line: Line) -> Line:
    """The sample places are imported, and 1001 and 1002 have written to the bot."""
    line("import", "places", str(SAMPLE))
    line.database(lambda tx: [account(tx, user) for user in (1001, 1002)])
    return line


# --- the words themselves -------------------------------------------------------------------------------------------


def test_these_verbs_exist_and_no_other() -> None:
    expected = "backup check demo export grant import migrate parked restore revoke run smoke"
    assert list(verbs.find()) == expected.split()


def test_help_has_a_line_for_each_verb(line: Line) -> None:
    told = line("--help").splitlines()
    for name in verbs.find():
        assert [text for text in told if text.startswith(f"    {name} ")] != []
        assert len([text for text in told if text.strip().startswith(f"{name} ")]) == 1


@pytest.mark.parametrize("words", [(), ("backup",), ("grant",), ("import", "hotlines", "x"), ("export", "cases")])
def test_words_that_cannot_be_right_are_answered_with_the_right_ones(line: Line, words: tuple[str, ...]) -> None:
    assert line(*words, status=2).startswith("usage: mahalleyar")


@pytest.mark.parametrize("words", [("parked",), ("migrate",), ("import", "places", str(SAMPLE)), ("run",), ("demo",)])
def test_wrong_settings_stop_every_verb_with_a_line_each(
    line: Line, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("MAHALLEYAR_WBE__PORT", "1")
    monkeypatch.setenv("MAHALLEYAR_WEB__PORT", "many")
    told = line(*words, status=2).splitlines()
    assert [text.partition(":")[0] for text in told] == ["MAHALLEYAR_WBE__PORT", "MAHALLEYAR_WEB__PORT"]
    assert list(line.folder.iterdir()) == []


@pytest.mark.parametrize(
    "words", [("parked",), ("export", "cases", "--format", "csv"), ("grant", "telegram:1", "province_admin")]
)
def test_without_a_database_nothing_is_made_and_the_way_is_named(line: Line, words: tuple[str, ...]) -> None:
    told = line(*words, status=1)
    assert told == "there is no database at data/mahalleyar.db yet: start the bot once, or run `migrate`\n"
    assert list(line.folder.iterdir()) == []


def test_the_program_runs_as_a_module_without_a_locale(line: Line) -> None:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "bot", "import", "places", "no-such.csv"]
    told = subprocess.run(command, env=environment, cwd=line.folder, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == "no-such.csv: No such file or directory\nnothing was imported\n"


def test_a_database_of_a_newer_version_is_refused_in_one_line(town: Line) -> None:
    town.database(lambda tx: tx.run("INSERT INTO migrations (number, name, applied) VALUES (99, 'later', 0)"))
    for words in (("parked",), ("migrate",)):
        assert town(*words, status=1).count("\n") == 1


# --- migrate --------------------------------------------------------------------------------------------------------


def test_migrate_makes_the_database_once(line: Line) -> None:
    assert line("migrate").startswith("done: the database went from step 0 to ")
    assert line("migrate").startswith("nothing to do: the database is at step ")


def test_migrate_does_nothing_under_a_running_bot(town: Line) -> None:
    async def hold() -> str:
        running = await open_database("sqlite:///data/mahalleyar.db", now=NOW)
        try:
            return await asyncio.to_thread(town, "migrate", status=1)
        finally:
            await running.close()

    assert asyncio.run(hold()) == "another process is at work on mahalleyar.db: stop it first\n"


# --- places ---------------------------------------------------------------------------------------------------------


def test_the_sample_places_are_imported_once_and_again_without_a_change(line: Line) -> None:
    first, second = line("import", "places", str(SAMPLE)), line("import", "places", str(SAMPLE))
    assert first.startswith("imported: 25 counties, ")
    assert second.endswith("; 0 of them new\n")


def test_every_county_can_be_walked_and_one_needs_paging(town: Line) -> None:
    def walk(tx: Tx) -> dict[str, list[int]]:
        root = places.province(tx).id
        return {
            county.slug: [places.count_inside(tx, settlement.id) for settlement in places.inside(tx, county.id)]
            for county in places.inside(tx, root)
        }

    found = town.database(walk)
    assert len(found) == 25
    assert [slug for slug, counts in found.items() if not counts or 0 in counts] == []
    assert max(max(counts) for counts in found.values()) >= 12


def test_sample_neighbourhoods_say_that_they_are_samples(town: Line) -> None:
    rows = town.database(lambda tx: tx.all("SELECT name, sample FROM places WHERE kind = 'neighborhood'"))
    assert {row["sample"] for row in rows} == {1}
    assert [row["name"] for row in rows if "نمونه" in row["name"]] == []


def imported(line: Line, text: str | bytes, *, status: int = 0) -> str:
    file = line.folder / "town.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return line("import", "places", str(file), status=status)


@pytest.mark.parametrize(
    ("row", "mistake"),
    [
        ("ج,c,ش,م", "line 2: has 4 cells, the first line names 6 columns"),
        (",c,ش,م,m,1", "line 2: county is empty"),
        ("ج,c,\u200f ,م,m,1", "line 2: settlement is empty"),
        ("ج,c,ش,!!,m,1", "line 2: neighborhood is empty"),
        ("ج,c,ش,م,,1", "line 2: slug is empty; it must be made of a-z, 0-9 and single hyphens, at most 40"),
        ("ج,c,ش,م,Big_Slug,1", "line 2: slug is not made of a-z, 0-9 and single hyphens, at most 40"),
        ("ج,,ش,م,m,1", "line 2: county_slug is empty; it must be made of a-z, 0-9 and single hyphens, at most 40"),
        ("ج,c,ش,م,m,maybe", "line 2: has_council must be 1 or 0"),
        ("ج,c,ش," + "م" * 61 + ",m,1", "line 2: neighborhood must be one line of at most 60 letters"),
        ("ج,c,ش,م,m,1\nج,c,ش,ن,m,1", "line 3: neighborhood m has another name on line 2"),
        ("ج,c,ش,م,m,1\nج,c,ش,م,m,1", "line 3: neighborhood m stands on line 2 already"),
        ("ج,c,ش,م,m,1\nج,c,ه,ن,m,1", "line 3: slug m is taken in this county by line 2"),
        ("ج,c,ش,م,m,1\nچ,c,ش,ن,n,1", "line 3: county c has another name on line 2"),
        ("ج,c,ش,م,m,1\nج,d,ش,ن,n,1", "line 3: county ج has another slug on line 2"),
        ("ج,c,ش,م,m,1\nج,c,ش,م,n,1", "line 3: neighborhood م has another slug on line 2"),
        ('ج,c,ش,"م', "line 2: is not CSV: unexpected end of data"),
        (
            f"ج,{'c' * 30},ش,م,{'m' * 29},1",
            "line 2: county_slug and slug have more than 58 letters: no link holds them",
        ),
    ],
)
def test_a_mistake_is_named_by_its_line_and_nothing_is_imported(line: Line, row: str, mistake: str) -> None:
    told = imported(line, HEADER + row + "\n", status=1)
    assert told == f"town.csv {mistake}\nnothing was imported\n"
    assert not (line.folder / "data").exists()


@pytest.mark.parametrize(
    ("column", "cell", "mistake"),
    [
        ("lat,lon", "91,57", "lat must be degrees such as 30.2839, from -90 to 90"),
        ("lat,lon", "nan,57", "lat must be degrees such as 30.2839, from -90 to 90"),
        ("lat,lon", "30,181", "lon must be degrees such as 30.2839, from -180 to 180"),
        ("lat,lon", "30.2,", "lat and lon belong together: give both or neither"),
        ("inhabitants", "-1", "inhabitants must be a whole number from 0 to 20000000"),
        ("inhabitants", "1e3", "inhabitants must be a whole number from 0 to 20000000"),
        ("sample", "2", "sample must be 1 or 0"),
        ("kind", "town", "kind must be one of county, settlement, neighborhood"),
        ("kind", "county", "a row for a county has no settlement"),
    ],
)
def test_wanted_columns_are_checked_too(line: Line, column: str, cell: str, mistake: str) -> None:
    told = imported(line, f"{HEADER.strip()},{column}\nج,c,ش,م,m,1,{cell}\n", status=1)
    assert f"town.csv line 2: {mistake}\n" in told


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        (b"", "town.csv line 1: missing: county, county_slug, settlement, neighborhood, slug, has_council"),
        (b"county;slug\n", "town.csv line 1: missing: county_slug, settlement, neighborhood, has_council"),
        (HEADER.encode(), "town.csv: there is not a single place in it"),
        (
            HEADER.encode() + "ج,c,ش,محله,m,1".encode()[:-6] + b"\xd9",
            "town.csv line 2: is not UTF-8 text: save the file as CSV in UTF-8",
        ),
        (
            HEADER.encode("utf-16") + b"\x41",
            "town.csv line 2: is not whole UTF-16 text: save the file as CSV in UTF-8",
        ),
        (b"name," + HEADER.encode(), "town.csv line 1: no such column: name; there are: county, "),
        (b"slug," + HEADER.encode(), "town.csv line 1: column slug stands there twice"),
    ],
)
def test_a_file_of_another_kind_is_named_in_its_first_lines(line: Line, content: bytes, mistake: str) -> None:
    assert imported(line, content, status=1).startswith(mistake)


def test_every_mistake_is_said_at_once_in_order(line: Line) -> None:
    told = imported(line, HEADER + ",,ش,م,m,1\n\nج,c,ش,,n,x\nج,c,ش,م,m,1\n", status=1).splitlines()
    assert [text.split(":")[0] for text in told[:-1]] == ["town.csv line 2"] * 2 + ["town.csv line 4"] * 2


def test_a_spreadsheets_mark_persian_digits_and_loose_spelling_are_taken(line: Line) -> None:
    text = f"\ufeff{HEADER.strip()},lat,lon,inhabitants\r\nج,c,شهر,  محلهٔ   علي ,m,yes,۳۰٫۲۵,۵۷,۱۲۰۰\r\n"
    assert imported(line, text) == "imported: 1 counties, 1 settlements, 1 neighborhoods; 3 of them new\n"
    row = line.database(lambda tx: tx.all("SELECT * FROM places WHERE kind = 'neighborhood'"))[0]
    found = [row[name] for name in ("name", "has_council", "lat", "lon", "inhabitants")]
    assert found == ["محلهٔ علی", 1, 30.25, 57.0, 1200]


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", "town.csv: read as UTF-16\n"),
        ("utf-16-le", "town.csv: read as UTF-16\n"),
        ("cp1256", "town.csv: read as Windows-1256\n"),
    ],
)
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_file_is_read_as_spreadsheets_save_it(line: Line, letters: str, said: str, sign: str) -> None:
    text = HEADER + "كرمان,c,شهر کرمان,شهرك گل‌پونه‌چي,m,1\r\n"
    told = imported(line, text.replace(",", sign).encode(letters))
    assert told == said + "imported: 1 counties, 1 settlements, 1 neighborhoods; 3 of them new\n"
    rows = line.database(lambda tx: tx.all("SELECT name FROM places WHERE kind <> 'province' ORDER BY path"))
    assert [row["name"] for row in rows] == ["کرمان", "شهر کرمان", "شهرک گل‌پونه‌چی"]


def test_a_long_file_says_how_far_it_is(line: Line) -> None:
    told = imported(line, HEADER + "".join(f"ج,c,ش,محلهٔ {n},m-{n},1\n" for n in range(2500))).splitlines()
    assert told == [
        "town.csv: 1000 rows read",
        "town.csv: 2000 rows read",
        "1000 of 2502 places written",
        "2000 of 2502 places written",
        "2502 of 2502 places written",
        "imported: 1 counties, 1 settlements, 2500 neighborhoods; 2502 of them new",
    ]


def test_a_settlement_without_a_slug_keeps_the_one_made_from_its_name(line: Line) -> None:
    imported(line, HEADER + "ج,c,شهر كرمان,م,m,1\n")
    told = imported(line, HEADER + "ج,c,شهر دیگر,و,w,1\nج,c,شهر کرمان,ن,n,1\n")
    assert told == "imported: 1 counties, 2 settlements, 2 neighborhoods; 3 of them new\n"


def test_counties_and_settlements_may_have_rows_of_their_own(line: Line) -> None:
    head = f"{HEADER.strip()},kind,inhabitants\n"
    imported(line, head + "ج,c,ش,م,m,1,,\nج,c,ش,,,,settlement,500\nج,c,,,,,county,900\n")
    rows = line.database(lambda tx: tx.all("SELECT kind, inhabitants FROM places WHERE kind <> 'province'"))
    assert {row["kind"]: row["inhabitants"] for row in rows} == {"county": 900, "settlement": 500, "neighborhood": None}


def test_a_neighbourhood_is_not_imported_into_a_second_settlement(line: Line) -> None:
    imported(line, HEADER + "ج,c,ش,م,m,1\n")
    told = imported(line, HEADER + "ج,c,ه,م,m,1\nج,c,ه,ن,n,1\n", status=1)
    assert told.startswith("c/m is known at /c/s-")
    counts = line.database(places.count)
    assert counts["neighborhood"] == 1


# --- roles ----------------------------------------------------------------------------------------------------------


def seats(line: Line, user: int = 1001) -> list[tuple[str, str]]:
    def read(tx: Tx) -> list[tuple[str, str]]:
        who = people.find_account(tx, "telegram", user)
        assert who is not None
        return [(str(seat.role), places.get(tx, seat.place).written) for seat in people.seats(tx, who, 2**40)]

    return line.database(read)


def test_a_role_is_given_and_taken_back(town: Line) -> None:
    words = ("telegram:1001", "coordinator", "kerman/alavian")
    assert town("grant", *words) == "telegram:1001 is coordinator in kerman/alavian from now on\n"
    assert town("grant", *words) == "telegram:1001 is coordinator in kerman/alavian already\n"
    assert seats(town) == [("coordinator", "kerman/alavian")]
    assert town("revoke", *words) == "telegram:1001 is no longer coordinator in kerman/alavian\n"
    assert town("revoke", *words, status=1) == "telegram:1001 is not coordinator in kerman/alavian\n"
    assert seats(town) == []


def test_a_role_is_given_at_its_own_level(town: Line) -> None:
    town("grant", "telegram:1001", "county_officer", "zarand")
    town("grant", "telegram:۱۰۰۱", "province_admin")
    assert seats(town) == [("county_officer", "zarand"), ("province_admin", "")]


def test_without_a_place_a_role_ends_everywhere(town: Line) -> None:
    for place in ("kerman/alavian", "zarand/mosalla"):
        town("grant", "telegram:1001", "coordinator", place)
    assert town("revoke", "telegram:1001", "coordinator") == "telegram:1001 is no longer coordinator (2 places)\n"


def test_the_last_administrator_does_not_go_unnoticed(town: Line) -> None:
    town("grant", "telegram:1001", "province_admin")
    assert "nobody is province_admin now" in town("revoke", "telegram:1001", "province_admin")


FORM = "a place is written county/neighborhood"
NEW = "has not written to the bot yet: ask them to send /start to it first"
ACCOUNTS = "an account is written telegram:1001 or bale:1001"
ALAVIAN = "kerman/alavian"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("telegram:1003 province_admin", f"telegram:1003 {NEW}"),
        ("bale:1001 province_admin", f"bale:1001 {NEW}"),
        ("1001 province_admin", f"1001: {ACCOUNTS}"),
        ("eitaa:1001 province_admin", f"eitaa:1001: {ACCOUNTS}"),
        ("telegram:0 province_admin", f"telegram:0: {ACCOUNTS}"),
        ("telegram:1001 cordinator", "cordinator: no such role; did you mean coordinator?"),
        ("telegram:1001 coordinator", "coordinator needs a place, written county/neighborhood"),
        (
            "telegram:1001 coordinator kerman",
            "kerman is a county; coordinator needs a neighborhood, written county/neighborhood",
        ),
        (
            f"telegram:1001 county_officer {ALAVIAN}",
            f"{ALAVIAN} is a neighborhood; county_officer needs a county, written county",
        ),
        (
            "telegram:1001 county_officer kermn",
            "kermn: no such place (a place is written county); did you mean kerman?",
        ),
        (
            "telegram:1001 coordinator kerman/alavan",
            f"kerman/alavan: no such place ({FORM}); did you mean {ALAVIAN}?",
        ),
        ("telegram:1001 coordinator x/y", f"x/y: no such place ({FORM})"),
        ("telegram:1001 province_admin kerman", "province_admin is for the whole province and takes no place"),
    ],
)
def test_a_seat_that_cannot_be_is_explained(town: Line, words: str, told: str) -> None:
    assert town("grant", *words.split(), status=1) == told + "\n"
    assert seats(town) == []


def test_membership_is_not_given_by_an_operator(town: Line) -> None:
    told = town("grant", "telegram:1001", "resident", ALAVIAN, status=1)
    assert told.startswith("resident: no such role; there are: council_member, ")


def test_roles_are_given_while_the_bot_runs(town: Line) -> None:
    async def beside() -> str:
        running = await open_database("sqlite:///data/mahalleyar.db", now=NOW)
        try:
            return await asyncio.to_thread(town, "grant", "telegram:1001", "province_admin")
        finally:
            await running.close()

    assert asyncio.run(beside()) == "telegram:1001 is province_admin from now on\n"


# --- parked ---------------------------------------------------------------------------------------------------------


def park(tx: Tx) -> None:
    received(tx, 1001, 1, body='{"text": "MARKED-WORD"}')
    received(tx, 1002, 2)
    for code, message in zip(("11111111", "22222222"), inbox.take(tx, NOW, 2), strict=True):
        inbox.park(tx, message, code)
    inbox.keep(tx, bot=bot(tx), update=3, lane=None, body="{}", now=NOW, parked="33333333")
    outbox.park(tx, written(tx, account(tx, 1001), "MARKED-WORD"), "Bad Request: chat not found")


def test_what_is_parked_is_listed_without_words(town: Line) -> None:
    assert town("parked") == "nothing is parked\n"
    town.database(park)
    told = town("parked")
    assert "MARKED-WORD" not in told
    assert [text.split()[0] for text in told.splitlines() if text] == [
        "code", "11111111", "22222222", "33333333", "row", "1",
    ]  # fmt: skip
    assert told.endswith("Bad Request: chat not found\n")
    assert "33333333  telegram  2026-05-28 20:26Z 0      cannot be read" in told


def test_a_parked_message_has_another_turn(town: Line) -> None:
    town.database(park)
    assert town("parked", "--replay", "۱۱۱۱۱۱۱۱") == "1 of 3 have another turn\n"
    assert town.database(inbox.waiting)[0] == 1
    assert town("parked", "--all") == "1 of 2 have another turn\n"
    assert town.database(inbox.count_parked) == 1


@pytest.mark.parametrize(("code", "why"), [("44444444", "no parked message"), ("33333333", "cannot be read")])
def test_a_code_that_cannot_be_replayed_changes_nothing(town: Line, code: str, why: str) -> None:
    town.database(park)
    assert why in town("parked", "--replay", "11111111", code, status=1)
    assert town.database(inbox.count_parked) == 3


# --- export ---------------------------------------------------------------------------------------------------------


def submit(tx: Tx, text: str = "چراغ کوچه خاموش است", **more: int) -> cases.Case:
    place = places.written(tx, "kerman/alavian")
    assert place is not None
    return case(tx, place, account(tx, 1001).person, text=text, **more)


def test_cases_are_exported_with_their_history_and_without_people(town: Line) -> None:
    def live(tx: Tx) -> None:
        made = submit(tx, code=12345678)
        staff = account(tx, 1002).person
        cases.move(tx, made, Move.REJECT, actor=staff, now=NOW + 60, reason=Reason.NOT_FEASIBLE)

    town.database(live)
    assert [json.loads(text) for text in town("export", "cases", "--format", "jsonl").splitlines()] == [
        {
            "code": "12345678",
            "kind": "problem",
            "state": "rejected",
            "place": "kerman/alavian",
            "text": "چراغ کوچه خاموش است",
            "submitted": "2026-05-28T20:26:40Z",
            "since": "2026-05-28T20:27:40Z",
            "due": None,
            "history": [
                {
                    "at": "2026-05-28T20:26:40Z",
                    "move": "submit",
                    "to": "submitted",
                    "reason": None,
                    "due": "2026-05-29T20:26:40Z",
                },
                {
                    "at": "2026-05-28T20:27:40Z",
                    "move": "reject",
                    "to": "rejected",
                    "reason": "not_feasible",
                    "due": None,
                },
            ],
        }
    ]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("text", ["=1+1", "+98", "-5", "@me", "\tx", "=cmd|'/c calc'!A1", "\uff1dSUM(1)"])
def test_no_cell_becomes_a_formula(town: Line, text: str) -> None:
    town.database(lambda tx: submit(tx, text))
    told = town("export", "cases", "--format", "csv")
    assert told.startswith("\ufeffcode,kind,")
    assert [row["text"] for row in rows(told)] == [f"'{text}"]


def test_a_cell_keeps_quotes_commas_and_lines(town: Line) -> None:
    text = 'یک، "دو",\nسه'
    town.database(lambda tx: submit(tx, text))
    row = rows(town("export", "cases", "--format", "csv"))[0]
    assert row["text"] == text
    assert row["history"] == "2026-05-28T20:26:40Z submit -> submitted until 2026-05-29T20:26:40Z"


def test_a_file_is_for_its_owner_alone_and_takes_the_place_of_the_older(town: Line) -> None:
    town.database(submit)
    out = town.folder / "cases.jsonl"
    out.write_text("older", encoding="utf-8")
    assert town("export", "cases", "--format", "jsonl", "--out", str(out)) == f"1 cases written to {out}\n"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert json.loads(out.read_text(encoding="utf-8"))["place"] == "kerman/alavian"
    assert [path.name for path in town.folder.iterdir() if path.name.endswith(".part")] == []


def test_a_file_that_cannot_be_written_is_named(town: Line) -> None:
    told = town("export", "cases", "--format", "csv", "--out", "nowhere/cases.csv", status=1)
    assert told == "nowhere/cases.csv: cannot be written: No such file or directory\n"


def test_more_cases_than_one_slice_all_come_in_order(town: Line) -> None:
    def many(tx: Tx) -> list[str]:
        return [submit(tx, code=20_000_000 + number).code for number in range(1001)]

    made = town.database(many)
    told = town("export", "cases", "--format", "jsonl").splitlines()
    assert [json.loads(text)["code"] for text in told] == made


# --- check ----------------------------------------------------------------------------------------------------------


@contextmanager
def messengers() -> Iterator[Sandbox]:
    """A local Bot API, on a loop of its own beside the command."""
    loop = asyncio.new_event_loop()
    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(loop.run_forever)
        box = Sandbox({"telegram": "1:right"})
        asyncio.run_coroutine_threadsafe(box.start(), loop).result(20)
        try:
            yield box
        finally:
            asyncio.run_coroutine_threadsafe(box.stop(), loop).result(20)
            loop.call_soon_threadsafe(loop.stop)
            running.result(20)
    loop.close()


def checked(line: Line, *, status: int) -> dict[str, str]:
    """The mark of each line by its subject; the check speaks on standard output whatever comes of it."""
    ended = main(["check"])
    told = line.capsys.readouterr()
    assert (ended, told.err) == (status, ""), told
    lines = [text.split(": ", 1)[0].split("  ", 1) for text in told.out.splitlines()]
    return {what: mark.split()[-1] for mark, what in lines}


def test_a_bare_folder_lacks_almost_everything_and_stays_bare(line: Line) -> None:
    assert checked(line, status=1) == {
        "settings": "ok",
        "operator": "no",
        "people key": "--",
        "hotlines": "ok",
        "database": "no",
        "telegram": "--",
        "bale": "--",
        "messengers": "no",
    }
    assert list(line.folder.iterdir()) == []


def test_when_all_is_right_the_check_says_so(town: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    town("grant", "telegram:1001", "province_admin")
    with messengers() as box:
        monkeypatch.setenv("MAHALLEYAR_TELEGRAM__TOKEN", "1:right")
        monkeypatch.setenv("MAHALLEYAR_TELEGRAM__API_URL", box.api_url("telegram"))
        monkeypatch.setenv("MAHALLEYAR_PEOPLE__OPERATOR", "شهرداری نمونه")
        monkeypatch.setenv("MAHALLEYAR_PEOPLE__KEY", "00" * 32)
        assert checked(town, status=0) == {
            "settings": "ok",
            "operator": "ok",
            "people key": "ok",
            "hotlines": "ok",
            "database": "ok",
            "places": "ok",
            "administrator": "ok",
            "telegram": "ok",
            "bale": "--",
        }
        monkeypatch.setenv("MAHALLEYAR_TELEGRAM__TOKEN", "1:wrong")
        assert checked(town, status=1)["telegram"] == "no"
        monkeypatch.setenv("MAHALLEYAR_PEOPLE__KEY", "short")
        assert checked(town, status=1)["people key"] == "no"
    assert checked(town, status=1)["telegram"] == "no"


def test_the_check_says_where_the_webhook_leads(town: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAHALLEYAR_TELEGRAM__TOKEN", "1:right")
    found = []
    with messengers() as box:
        monkeypatch.setenv("MAHALLEYAR_TELEGRAM__API_URL", box.api_url("telegram"))

        def look(url: str, **more: Any) -> None:
            box.messenger("telegram").facts["webhook"] = {"url": url, "secret": "", "max_connections": 1, **more}
            main(["check"])
            found.extend(line for line in town.capsys.readouterr().out.splitlines() if "webhook: " in line)

        look("https://elsewhere.example/hook")
        monkeypatch.setenv("MAHALLEYAR_TELEGRAM__MODE", "webhook")
        monkeypatch.setenv("MAHALLEYAR_TELEGRAM__WEBHOOK_URL", "https://bot.example/town")
        look("")
        look("https://elsewhere.example/hook")
        ours = Address.of("telegram", "1:right").url("https://bot.example:443/town")
        look(ours)
        box.messenger("telegram").updates[1] = "{}"
        look(ours, error="Connection refused", error_at=1)
        monkeypatch.setenv("MAHALLEYAR_TELEGRAM__WEBHOOK_SECRET", "another")
        look(ours)
    what = "telegram webhook:"
    assert found == [
        f"· --  {what} leads to elsewhere.example; a start takes it down",
        f"· --  {what} not set yet; the next start sets it",
        f"✗ no  {what} leads to elsewhere.example and not to this bot; the next start sets it",
        f"✓ ok  {what} leads to bot.example; 0 waiting there",
        f"✗ no  {what} 1 waiting there; the last try: Connection refused",
        f"✗ no  {what} leads to bot.example and not to this bot; the next start sets it",
    ]


def test_a_check_says_which_settings_are_wrong(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAHALLEYAR_WEB__PORT", "many")
    assert checked(line, status=1) == {"settings": "no"}


def test_a_database_that_is_none_is_said(line: Line) -> None:
    (line.folder / "data").mkdir()
    (line.folder / "data" / "mahalleyar.db").write_bytes(b"a letter to the council, not a database " * 40)
    assert checked(line, status=1)["database"] == "no"


def test_an_administrator_who_is_only_named_is_none_yet(town: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checked(town, status=1)["administrator"] == "no"
    monkeypatch.setenv("MAHALLEYAR_PEOPLE__ADMINS", "telegram:1003")
    assert checked(town, status=1)["administrator"] == "no"


def test_no_role_is_given_by_a_refused_command(town: Line) -> None:
    town("grant", "telegram:1001", "coordinator", "kerman/nowhere", status=1)
    assert town.database(lambda tx: people.anybody_with(tx, Role.COORDINATOR, 2**40)) is False


def test_what_the_file_puts_first_leads_its_list(tmp_path: Path) -> None:
    file = tmp_path / "places.csv"
    header = "county,county_slug,settlement,neighborhood,slug,has_council,kind,first\n"
    file.write_text(header + "کرمان,kerman,,,,,county,1\nبم,bam,,,,,county,\n", encoding="utf-8")
    found = importing.read(file)
    assert [place.slug for place in sorted(found, key=lambda place: place.sort_key)] == ["kerman", "bam"]
