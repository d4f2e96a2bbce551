"""What the operator gave: settings file and environment, read side by side, with each mistake in their names."""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

PREFIX = "MAHALLEYAR_"
SETTINGS_VARIABLE = f"{PREFIX}SETTINGS"
DEFAULT_FILE = "settings.toml"
_SECRET_FILE_LIMIT = 65_536  # bytes; a larger one is some other file
_LOGIN = re.compile(r"(//[^/@\s]*:)[^/@\s]+(@)")
_LISTS = 'must be a list: a,b or ["a", "b"]'


class Nature(StrEnum):
    """How a key may be given."""

    PLAIN = "plain"
    LIST = "list"
    SECRET = "secret"  # noqa: S105 - the word, not one of them


class SettingsError(Exception):
    """One line per mistake, all of them at once: where it is, what is wrong, what would be right."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


@dataclass(slots=True)
class Given:
    """Values by section and key, where each came from, and what cannot be a setting at all."""

    known: Mapping[str, Mapping[str, Nature]]
    file: dict[str, dict[str, Any]] = field(default_factory=dict)
    environment: dict[str, dict[str, Any]] = field(default_factory=dict)
    origins: dict[tuple[str, str], str] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)

    def origin(self, section: str, key: str) -> str:
        """How the operator knows the key: by its variable, or by its place in the file."""
        return self.origins.get((section, key), f"[{section}] {key}" if key else f"[{section}]")


def read(known: Mapping[str, Mapping[str, Nature]], env: Mapping[str, str], cwd: Path) -> Given:
    """Read both. Raises SettingsError alone for a file that cannot be read as TOML, since nothing in it has a name."""
    given = Given(known)
    _read_file(given, env.get(SETTINGS_VARIABLE, ""), cwd)
    for name in sorted(env):
        if name.startswith(PREFIX) and name != SETTINGS_VARIABLE:
            _read_variable(given, name, env[name], cwd)
    return given


def variable(section: str, key: str) -> str:
    return f"{PREFIX}{section}__{key}".upper()


def masked(text: str) -> str:
    """Text in which the password of an address, if it holds one, is stars."""
    return _LOGIN.sub(r"\1****\2", text)


def _read_file(given: Given, named: str, cwd: Path) -> None:
    path = cwd / Path(named or DEFAULT_FILE).expanduser()
    if not named and not path.exists():
        return
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise SettingsError([f"{SETTINGS_VARIABLE if named else path}: {path}: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise SettingsError([f"{path.name}: line {_line(error)}: is not UTF-8 text"]) from error
    except tomllib.TOMLDecodeError as error:
        # The message holds the place and a character or two, never a value.
        raise SettingsError([f"{path.name}: cannot be read as TOML: {error}"]) from error
    for section, keys in content.items():
        place = f"{path.name}: [{section}]"
        if not isinstance(keys, dict):
            given.mistakes.append(f"{path.name}: {section}: stands outside every section; {_sections(given)}")
        elif section not in given.known:
            given.mistakes.append(f"{place}: no such section{_nearest(section, given.known)}")
        else:
            for key, value in keys.items():
                _take_from_file(given, section, key, value, f"{place} {key}")


def _take_from_file(given: Given, section: str, key: str, value: object, place: str) -> None:
    keys = given.known[section]
    secret = key.removesuffix("_file")
    if keys.get(secret) is Nature.SECRET:
        name = variable(section, secret)
        given.mistakes.append(f"{place}: a secret must not stand in the file; set {name} or {name}_FILE instead")
    elif key not in keys:
        given.mistakes.append(f"{place}: no such key{_nearest(key, _file_keys(keys))}")
    elif isinstance(value, str) and _LOGIN.search(value):
        given.mistakes.append(f"{place}: a password must not stand in the file; set {variable(section, key)} instead")
    else:
        given.file.setdefault(section, {})[key] = value
        given.origins[section, key] = place


def _read_variable(given: Given, name: str, value: str, cwd: Path) -> None:
    section, separator, key = name.removeprefix(PREFIX).lower().partition("__")
    if not separator:
        _suspect(given, name)
        return
    if section not in given.known:
        near = _nearest(section, given.known, lambda found: variable(found, key))
        given.mistakes.append(f"{name}: no section named {section.upper()}{near}")
        return
    keys = given.known[section]
    secret = key.removesuffix("_file")
    if secret != key and keys.get(secret) is Nature.SECRET:
        _read_secret(given, section, secret, name, value, cwd)
    elif key not in keys:
        near = _nearest(key, _variable_keys(keys), lambda found: variable(section, found))
        given.mistakes.append(f"{name}: no such setting{near}")
    elif keys[key] is not Nature.SECRET or value.strip():
        _take(given, section, key, name, value.strip() if keys[key] is Nature.SECRET else value)


def _take(given: Given, section: str, key: str, name: str, value: str) -> None:
    if (earlier := given.origins.get((section, key), "")).startswith(PREFIX):
        given.mistakes.append(f"{name}: is given twice; keep this or {earlier}, not both")
        return
    taken: object = value
    if given.known[section][key] is Nature.LIST:
        taken = _listed(value)
        if taken is None:
            given.mistakes.append(f"{name}: {_LISTS}")
            return
    given.environment.setdefault(section, {})[key] = taken
    given.origins[section, key] = name


def _read_secret(given: Given, section: str, key: str, name: str, file: str, cwd: Path) -> None:
    if not file.strip():
        return
    path = cwd / Path(file.strip()).expanduser()
    try:
        with path.open("rb") as content:
            secret = content.read(_SECRET_FILE_LIMIT + 1)
    except OSError as error:
        given.mistakes.append(f"{name}: {path}: {error.strerror}")
        return
    text = secret.decode("utf-8", "replace").strip()
    if not text or len(secret) > _SECRET_FILE_LIMIT:
        given.mistakes.append(f"{name}: {path}: {'is too large to be a secret' if text else 'is empty'}")
        return
    _take(given, section, key, name, text)


def _listed(value: str) -> list[Any] | None:
    if not value.strip().startswith("["):
        return [item for each in value.split(",") if (item := each.strip())]
    try:
        items = json.loads(value)
    except ValueError:
        return None
    return items if isinstance(items, list) else None


def _suspect(given: Given, name: str) -> None:
    """A variable that only looks like one of ours, as with one underscore for two; others may use the prefix too."""
    ours = {SETTINGS_VARIABLE.replace("_", ""): SETTINGS_VARIABLE}
    for section, keys in given.known.items():
        ours |= {variable(section, key).replace("_", ""): variable(section, key) for key in _variable_keys(keys)}
    if near := difflib.get_close_matches(name.replace("_", "").upper(), ours, n=1, cutoff=0.87):
        given.mistakes.append(f"{name}: no such setting; did you mean {ours[near[0]]}?")


def _nearest(word: str, words: Iterable[str], shown: Any = str) -> str:
    options = sorted(words)
    if near := difflib.get_close_matches(word.lower(), options, n=1):
        return f"; did you mean {shown(near[0])}?"
    return f"; there are: {', '.join(options)}"


def _file_keys(keys: Mapping[str, Nature]) -> list[str]:
    return [key for key, nature in keys.items() if nature is not Nature.SECRET]


def _variable_keys(keys: Mapping[str, Nature]) -> list[str]:
    return [*keys, *(f"{key}_file" for key, nature in keys.items() if nature is Nature.SECRET)]


def _sections(given: Given) -> str:
    return f"sections are: {', '.join(sorted(given.known))}"


def _line(error: UnicodeDecodeError) -> int:
    return error.object[: error.start].count(b"\n") + 1
