"""Settings come from the file and the environment; everything that is wrong in them is said at once, and no secret."""

import os
import re
import tomllib
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.given import Nature
from bot.settings import Settings, SettingsError, _known, load

ROOT = Path(__file__).parents[2]
TOKEN = "1234567:AA-very_secret"
KEY = "00" * 32


def settings(cwd: Path, toml: str = "", **env: str) -> Settings:
    if toml:
        (cwd / "settings.toml").write_text(toml, encoding="utf-8")
    return load({f"MAHALLEYAR_{name}": value for name, value in env.items()}, cwd)


def mistakes(cwd: Path, toml: str = "", **env: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        settings(cwd, toml, **env)
    assert str(caught.value) == "\n".join(caught.value.lines)
    return caught.value.lines


def test_the_file_in_the_checkout_holds_every_key_and_says_what_the_program_takes_anyway(tmp_path: Path) -> None:
    written = tomllib.loads((ROOT / "settings.toml").read_text(encoding="utf-8"))
    keys = {
        section: [key for key, how in known.items() if how is not Nature.SECRET] for section, known in _known().items()
    }
    assert {section: list(values) for section, values in written.items()} == keys
    assert load({}, ROOT) == load({}, tmp_path)


def test_each_key_in_the_file_has_its_meaning_above_it() -> None:
    lines = (ROOT / "settings.toml").read_text(encoding="utf-8").splitlines()
    section = ""
    comments: dict[str, str] = {}
    for above, line in pairwise(lines):
        section = line.strip("[]") if line.startswith("[") else section
        if found := re.match(r"(\w+) = ", line):
            comments[f"{section}.{found[1]}"] = above.removeprefix("# ")
    described = {
        f"{section}.{key}": info.description
        for section, info_of in Settings.model_fields.items()
        for key, info in info_of.annotation.model_fields.items()  # type: ignore[union-attr]
        if info.description
    }
    assert comments == described


def test_without_file_and_environment_everything_has_its_default(tmp_path: Path) -> None:
    given = settings(tmp_path)
    assert given.storage.url == "sqlite:///data/mahalleyar.db"
    assert (given.telegram.api_url, given.bale.api_url) == ("https://api.telegram.org", "https://tapi.bale.ai")
    assert (given.telegram.per_second, given.bale.per_second) == (30, 10)
    assert given.messengers == ()
    assert given.work.weekdays == {5, 6, 0, 1, 2}


def test_the_environment_wins_over_the_file_key_by_key(tmp_path: Path) -> None:
    given = settings(
        tmp_path, '[web]\nhost = "192.0.2.1"\nport = 9000\n', WEB__PORT="9001", LIMITS__REPORT_SHORTEST="20"
    )
    assert (given.web.host, given.web.port, given.limits.report_shortest) == ("192.0.2.1", 9001, 20)


def test_a_variable_names_another_file(tmp_path: Path) -> None:
    (tmp_path / "town.toml").write_text("[web]\nport = 1\n")
    assert settings(tmp_path, "[web]\nport = 2\n", SETTINGS="town.toml").web.port == 1
    assert settings(tmp_path, SETTINGS=str(tmp_path / "town.toml")).web.port == 1
    (line,) = mistakes(tmp_path, SETTINGS="nowhere.toml")
    assert line == f"MAHALLEYAR_SETTINGS: {tmp_path / 'nowhere.toml'}: No such file or directory"


@pytest.mark.parametrize(
    "value",
    ["telegram:1001,bale:7", " telegram:1001 , bale:7 ,", '["telegram:1001", "bale:7"]', ' ["telegram:1001","bale:7"]'],
)
def test_a_list_is_given_with_commas_or_as_json(value: str, tmp_path: Path) -> None:
    assert settings(tmp_path, PEOPLE__ADMINS=value).people.admins == ("telegram:1001", "bale:7")


def test_an_empty_list_is_a_list_too(tmp_path: Path) -> None:
    given = settings(tmp_path, '[people]\nadmins = ["bale:7"]\n', PEOPLE__ADMINS="")
    assert given.people.admins == ()


def test_a_messenger_works_when_it_has_a_token(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    assert settings(tmp_path, TELEGRAM__TOKEN=TOKEN).messengers == ("telegram",)
    given = settings(tmp_path, BALE__TOKEN_FILE="token", TELEGRAM__TOKEN=f" {TOKEN} ", BALE__WEBHOOK_SECRET="abc")
    assert given.messengers == ("telegram", "bale")
    assert given.tokens() == {"telegram": TOKEN, "bale": TOKEN}
    assert settings(tmp_path, TELEGRAM__TOKEN="", BALE__TOKEN_FILE=" ").messengers == ()


def test_the_key_for_names_comes_from_the_environment_or_its_file(tmp_path: Path) -> None:
    given = settings(tmp_path, PEOPLE__KEY_PATH="keys/people.key")
    assert (given.people_key(), given.key_file()) == (None, Path("keys/people.key"))
    assert settings(tmp_path, PEOPLE__KEY=KEY).people_key() == KEY


def test_eight_mistakes_of_eight_kinds_are_eight_lines(tmp_path: Path) -> None:
    toml = f"""
[wbe]
port = 1
[web]
prot = 8080
port = "many"
[limits]
report_shortest = 0
[telegram]
api_url = "api.telegram.org"
token = "{TOKEN}"
"""
    lines = mistakes(tmp_path, toml, WBE__PORT="1", PEOPLE__ADMINS="[telegram:1001")
    assert sorted(lines) == sorted(
        [
            "settings.toml: [wbe]: no such section; did you mean web?",
            "settings.toml: [web] prot: no such key; did you mean port?",
            "settings.toml: [web] port: must be a whole number, not 'many'",
            "settings.toml: [limits] report_shortest: must be at least 1, not 0",
            "settings.toml: [telegram] api_url: must be an address such as https://example.org, not 'api.telegram.org'",
            "settings.toml: [telegram] token: a secret must not stand in the file;"
            " set MAHALLEYAR_TELEGRAM__TOKEN or MAHALLEYAR_TELEGRAM__TOKEN_FILE instead",
            "MAHALLEYAR_WBE__PORT: no section named WBE; did you mean MAHALLEYAR_WEB__PORT?",
            'MAHALLEYAR_PEOPLE__ADMINS: must be a list: a,b or ["a", "b"]',
        ]
    )


@pytest.mark.parametrize(
    ("env", "line"),
    [
        ({"WEB__PROT": "1"}, "MAHALLEYAR_WEB__PROT: no such setting; did you mean MAHALLEYAR_WEB__PORT?"),
        ({"WEB_PORT": "1"}, "MAHALLEYAR_WEB_PORT: no such setting; did you mean MAHALLEYAR_WEB__PORT?"),
        ({"SETTING": "x"}, "MAHALLEYAR_SETTING: no such setting; did you mean MAHALLEYAR_SETTINGS?"),
        (
            {"TELEGRAM_TOKEN": TOKEN},
            "MAHALLEYAR_TELEGRAM_TOKEN: no such setting; did you mean MAHALLEYAR_TELEGRAM__TOKEN?",
        ),
        (
            {"TELEGRAM__TOKENFILE": "x"},
            "MAHALLEYAR_TELEGRAM__TOKENFILE: no such setting; did you mean MAHALLEYAR_TELEGRAM__TOKEN_FILE?",
        ),
        ({"WEB__PORT__X": "1"}, "MAHALLEYAR_WEB__PORT__X: no such setting; did you mean MAHALLEYAR_WEB__PORT?"),
        ({"WEB__": "1"}, "MAHALLEYAR_WEB__: no such setting; there are: host, port"),
        ({"__PORT": "1"}, "MAHALLEYAR___PORT: no section named ; there are: bale, "),
        ({"WEB__PORT_FILE": "1"}, "MAHALLEYAR_WEB__PORT_FILE: no such setting"),
        ({"WEB__PORT": ""}, "MAHALLEYAR_WEB__PORT: must be a whole number, not ''"),
        ({"WEB__PORT": "65536"}, "MAHALLEYAR_WEB__PORT: must be at most 65535, not '65536'"),
        ({"WEB__HOST": "a b"}, "MAHALLEYAR_WEB__HOST: must be the name or number of a machine"),
        ({"TELEGRAM__MODE": "push"}, "MAHALLEYAR_TELEGRAM__MODE: must be 'polling' or 'webhook', not 'push'"),
        ({"TELEGRAM__API_URL": ""}, "MAHALLEYAR_TELEGRAM__API_URL: must not be empty"),
        ({"TELEGRAM__API_URL": "ftp://a"}, "MAHALLEYAR_TELEGRAM__API_URL: must be an address"),
        ({"TELEGRAM__API_URL": "https://a:b"}, "MAHALLEYAR_TELEGRAM__API_URL: must be an address"),
        ({"TELEGRAM__PER_SECOND": "fast"}, "MAHALLEYAR_TELEGRAM__PER_SECOND: must be a number, not 'fast'"),
        ({"TELEGRAM__PER_SECOND": "nan"}, "MAHALLEYAR_TELEGRAM__PER_SECOND: must be"),
        ({"TELEGRAM__PER_SECOND": "inf"}, "MAHALLEYAR_TELEGRAM__PER_SECOND: must be at most 1000"),
        ({"TELEGRAM__PER_SECOND": "-1"}, "MAHALLEYAR_TELEGRAM__PER_SECOND: must be at least 0"),
        ({"BALE__PROXY": "127.0.0.1:9050"}, "MAHALLEYAR_BALE__PROXY: must be an address such as socks5://example.org"),
        ({"BALE__MODE": "webhook"}, '[bale]: mode = "webhook" needs webhook_url'),
        ({"BALE__WEBHOOK_URL": "https://a.ir:8443"}, "[bale]: webhook_url must use one of the ports 443, 88"),
        (
            {"TELEGRAM__WEBHOOK_URL": "https://a.ir:8080"},
            "[telegram]: webhook_url must use one of the ports 443, 80, 88",
        ),
        ({"BALE__WEBHOOK_URL": "http://a.ir"}, "MAHALLEYAR_BALE__WEBHOOK_URL: must be an address such as https://"),
        (
            {"BALE__WEBHOOK_URL": "https://a.ir/?x=1"},
            "MAHALLEYAR_BALE__WEBHOOK_URL: must be an address such as https://",
        ),
        ({"BALE__WEBHOOK_SECRET": "a b"}, "MAHALLEYAR_BALE__WEBHOOK_SECRET: must be 1 to 256 Latin letters"),
        ({"STORAGE__URL": "mysql://a/b"}, "MAHALLEYAR_STORAGE__URL: must be sqlite:///path/to/file or postgresql://"),
        ({"PEOPLE__ADMINS": "1001"}, 'MAHALLEYAR_PEOPLE__ADMINS: must be an account such as "telegram:1001", not'),
        ({"PEOPLE__ADMINS": "telegram:1,signal:2"}, "MAHALLEYAR_PEOPLE__ADMINS: must be an account"),
        ({"PEOPLE__ADMINS": "{}"}, "MAHALLEYAR_PEOPLE__ADMINS: must be an account"),
        ({"PEOPLE__OPERATOR": "a" * 121}, "MAHALLEYAR_PEOPLE__OPERATOR: must be at most 120 characters long"),
        ({"WORK__WORKING_DAYS": "monday,caturday"}, "MAHALLEYAR_WORK__WORKING_DAYS: must be 'monday', 'tuesday'"),
        ({"WORK__WORKING_DAYS": ""}, "MAHALLEYAR_WORK__WORKING_DAYS: must have at least 1 entry"),
        ({"WORK__HOLIDAYS": "no.csv"}, "MAHALLEYAR_WORK__HOLIDAYS: there is no such file"),
        (
            {"LIMITS__REPORT_SHORTEST": "200", "LIMITS__REPORT_LONGEST": "150"},
            "[limits]: report_shortest must be smaller",
        ),
        (
            {"MEETINGS__FIRST_REMINDER_HOURS": "2"},
            "[meetings]: first_reminder_hours must be larger than last_reminder_hours",
        ),
        ({"TEXTS__LANGUAGE": "Farsi"}, "MAHALLEYAR_TEXTS__LANGUAGE: must be a language code"),
        ({"LOGS__LEVEL": "loud"}, "MAHALLEYAR_LOGS__LEVEL: must be 'debug', 'info', 'warning' or 'error'"),
        ({"TELEGRAM__TOKEN_FILE": "no"}, "MAHALLEYAR_TELEGRAM__TOKEN_FILE: {cwd}/no: No such file or directory"),
        ({"TELEGRAM__TOKEN_FILE": "."}, "MAHALLEYAR_TELEGRAM__TOKEN_FILE: {cwd}: Is a directory"),
        ({"TELEGRAM__TOKEN_FILE": "empty"}, "MAHALLEYAR_TELEGRAM__TOKEN_FILE: {cwd}/empty: is empty"),
        ({"PEOPLE__KEY_FILE": "large"}, "MAHALLEYAR_PEOPLE__KEY_FILE: {cwd}/large: is too large to be a secret"),
    ],
)
def test_a_mistake_in_the_environment_is_named_with_what_would_be_right(
    env: dict[str, str], line: str, tmp_path: Path
) -> None:
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "large").write_text("a" * 70_000)
    (found,) = mistakes(tmp_path, **env)
    assert found.startswith(line.replace("{cwd}", str(tmp_path)))
    assert "\n" not in found


@pytest.mark.parametrize(
    ("toml", "line"),
    [
        ("port = 1\n", "settings.toml: port: stands outside every section; sections are: bale, limits"),
        ("web = 1\n", "settings.toml: web: stands outside every section"),
        ("[[web]]\nport = 1\n", "settings.toml: web: stands outside every section"),
        ("[web]\nport = true\n", "settings.toml: [web] port: must be a number, not True"),
        ("[web]\nport = 1.5\n", "settings.toml: [web] port: must be a whole number"),
        ("[web]\nhost = 1\n", "settings.toml: [web] host: must be text in quotes"),
        ("[web]\nhost = 2026-01-01\n", "settings.toml: [web] host: must be text in quotes"),
        ('[people]\nadmins = "telegram:1"\n', 'settings.toml: [people] admins: must be a list, such as ["a", "b"]'),
        ("[people]\nadmins = [1]\n", "settings.toml: [people] admins: must be text in quotes"),
        ('[people]\nkey = "x"\n', "settings.toml: [people] key: a secret must not stand in the file"),
        ('[bale]\ntoken_file = "x"\n', "settings.toml: [bale] token_file: a secret must not stand in the file"),
        ('[bale]\nwebhook_secret = ""\n', "settings.toml: [bale] webhook_secret: a secret must not stand in the file"),
        (
            '[storage]\nurl = "postgresql://a:hunter2@b/c"\n',
            "settings.toml: [storage] url: a password must not stand in the file; set MAHALLEYAR_STORAGE__URL",
        ),
        ('[bale]\nproxy = "socks5://a:hunter2@b"\n', "settings.toml: [bale] proxy: a password must not stand"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_what_would_be_right(toml: str, line: str, tmp_path: Path) -> None:
    (found,) = mistakes(tmp_path, toml)
    assert found.startswith(line)
    assert "hunter2" not in found


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"[web]\nport = \n[wbe]\n", "line 2"),
        (b"[web]\nport = 1\nport = 2\n", "line 3"),
        (b'[web]\nhost = "\xff"\n', "line 2: is not UTF-8"),
    ],
)
def test_a_file_that_is_no_toml_is_told_alone_with_its_line(content: bytes, part: str, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(content)
    (line,) = mistakes(tmp_path, WBE__PORT="1")
    assert line.startswith("settings.toml: ")
    assert part in line


def test_mistakes_in_names_and_in_values_are_told_together(tmp_path: Path) -> None:
    lines = mistakes(tmp_path, "[web]\nprot = 1\n", WEB__PORT="x", BALE__TOKEN="y", LIMIT__X="1")
    assert [line.split(":")[0] for line in lines] == [
        "settings.toml",
        "MAHALLEYAR_LIMIT__X",
        "MAHALLEYAR_BALE__TOKEN",
        "MAHALLEYAR_WEB__PORT",
    ]


@pytest.mark.parametrize(
    "env",
    [
        {"TELEGRAM__TOKEN": "hunter2"},
        {"TELEGRAM__TOKEN": "hunter2:12"},
        {"TELEGRAM__TOKEN": "12:hunter2 x"},
        {"TELEGRAM__TOKEN": "۱۲:hunter2"},
        {"TELEGRAM__WEBHOOK_SECRET": "hunter2 and more"},
        {"TELEGRAM__TOKN": "hunter2"},
        {"TELEGRAN__TOKEN": "hunter2"},
        {"TELEGRAM_TOKEN": "hunter2"},
        {"TELEGRAM__TOKEN_FILE": "file"},
        {"TELEGRAM__TOKEN": "1:hunter2", "TELEGRAM__TOKEN_FILE": "good"},
        {"STORAGE__URL": "mysql://me:hunter2@host/x"},
        {"BALE__PROXY": "me://me:hunter2@host"},
    ],
)
def test_a_wrong_secret_is_not_shown(env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("hunter2")
    (tmp_path / "good").write_text("1:hunter2")
    (line,) = mistakes(tmp_path, **env)
    assert "hunter2" not in line


def test_a_secret_given_in_both_ways_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN)
    (line,) = mistakes(tmp_path, BALE__TOKEN=TOKEN, BALE__TOKEN_FILE="token")
    assert line == "MAHALLEYAR_BALE__TOKEN_FILE: is given twice; keep this or MAHALLEYAR_BALE__TOKEN, not both"


def test_secrets_print_as_stars(tmp_path: Path) -> None:
    given = settings(
        tmp_path,
        TELEGRAM__TOKEN=TOKEN,
        TELEGRAM__WEBHOOK_SECRET="hunter2",
        TELEGRAM__PROXY="socks5://me:hunter2@host:9050",
        STORAGE__URL="postgresql://me:hunter2@host/town",
        PEOPLE__KEY=KEY,
    )
    assert given.storage.url == "postgresql://me:hunter2@host/town"
    for printed in (repr(given), str(given), f"{given.telegram} {given.people!r} {given.storage}", given.describe()):
        assert "hunter2" not in printed
        assert "very_secret" not in printed
        assert KEY not in printed
    assert "telegram.token = ****" in given.describe()
    assert "storage.url = postgresql://me:****@host/town" in given.describe()
    assert "bale.token = \n" in given.describe()


def test_every_key_is_described_in_one_line(tmp_path: Path) -> None:
    lines = settings(tmp_path).describe().splitlines()
    assert [line.split(" = ")[0] for line in lines] == [
        f"{section}.{key}" for section, keys in _known().items() for key in keys
    ]


@pytest.mark.parametrize("env", [{"MAHALLEYAR_FULL": "1"}, {"WEB__PORT": "x"}, {"MAHALLE_WEB__PORT": "x"}, {}])
def test_variables_of_others_are_left_alone(env: Mapping[str, str], tmp_path: Path) -> None:
    assert load(env, tmp_path) == load({}, tmp_path)


def test_only_what_is_handed_in_counts_and_not_the_environment_of_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"WEB": '{"port": 1}', "MAHALLEYAR_WEB__PORT": "2", "web__port": "3"}.items():
        monkeypatch.setitem(os.environ, name, value)
    assert settings(tmp_path).web.port == 8080


@pytest.mark.parametrize("change", [lambda s: setattr(s, "web", None), lambda s: setattr(s.web, "port", 1)])
def test_settings_do_not_change_after_the_start(change: Any, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="frozen"):
        change(settings(tmp_path))
