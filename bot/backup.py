"""Saves the town into one file while the bot runs, and puts it back: checked, whole, or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TypeAlias

from bot import backup_postgres, backup_sqlite
from bot.backup_postgres import Failed, NoProgram
from bot.backup_sqlite import Damaged
from bot.clock import Clock
from bot.sqlite import hold, make_folder
from bot.store import Store
from storage.contents import Contents
from storage.tx import CannotOpen

SQLITE = "sqlite:///"
#: Seconds after which a long piece of work says how far it is, again and again.
SPEAK_S = 5.0
#: Beside the file: its list, and the folder that may hold photos and voices.
LIST, FOLDER = ".list", "media"
_UNITS = (("kB", 1e3), ("MB", 1e6), ("GB", 1e9))

Say: TypeAlias = Callable[[str], None]
Told: TypeAlias = Callable[[int, int], None]


class Unfit(Exception):
    """It cannot be saved or put back. The message is one line that says why, or what to do."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved, and what of the photos and voices was not to be found in the store."""

    contents: Contents
    size: int
    lost: tuple[str, ...]


class Pace:
    """Says how far a long piece of work is, every few seconds; a short one says nothing."""

    def __init__(self, what: str, say: Say, clock: Clock) -> None:
        self._what, self._say, self._clock = what, say, clock
        self._last = clock.monotonic()

    def told(self, done: int, whole: int) -> None:
        """`whole` is 0 where nobody knows how much it will be; then `done` is bytes."""
        if self._clock.monotonic() - self._last >= SPEAK_S:
            self._last = self._clock.monotonic()
            self._say(f"{self._what}: {done * 100 // whole} %" if whole else f"{self._what}: {sized(done)} so far")


def sized(size: int) -> str:
    """Bytes as people read them."""
    unit, amount = next((unit, n) for unit, n in ((u, size / k) for u, k in _UNITS) if n < 1000 or unit == "GB")
    return f"{amount:.1f} {unit}"


def save(url: str, out: Path, store: Store, *, with_media: bool, clock: Clock, say: Say) -> Saved:
    """Save the database into a file, open that file, compare, and only then give it its name. Raises `Unfit`.

    Beside it comes its list, for `sha256sum --check`: the file itself, then every photo and voice. `with_media`
    copies those into a folder beside the file, where they are shared by all backups of the folder.
    """
    _may_become(out, url)
    draft = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    try:
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        taken = _taken(url, draft, Pace("saving", say, clock).told)
        backup_sqlite.settle(draft)
        if _inside(draft, Pace("looking at it", say, clock).told) != taken:
            raise Unfit(f"{out}: what was written is not what was read; nothing was kept")
        size = draft.stat().st_size
        beside = Store(out.parent / FOLDER) if with_media else None
        lost = _carry(taken.media, store, beside, Pace("photos and voices", say, clock).told)
        _named(draft, out, taken.media)
    except (CannotOpen, Damaged, NoProgram, Failed) as error:
        raise Unfit(f"{out}: not saved: {error}") from None
    except OSError as error:
        raise Unfit(f"{out}: cannot be written: {error.strerror}") from None
    finally:
        for left in ("", LIST, *backup_sqlite.TAILS):
            draft.with_name(draft.name + left).unlink(missing_ok=True)
    return Saved(taken, size, lost)


def restore(url: str, file: Path, store: Store, *, newest: int, force: bool, clock: Clock, say: Say) -> Saved:
    """Put a saved town in the place that the settings name; photos and voices too, where they lie beside the file.

    `newest` is the last step of migration this program knows. Raises `Unfit`, `AlreadyRunning`, `CannotOpen`.
    """
    kind = _kind(file)
    if kind != (backup_sqlite.MARK if url.startswith(SQLITE) else backup_postgres.MARK):
        names = "SQLite, the settings name PostgreSQL" if kind == backup_sqlite.MARK else "PostgreSQL, not of SQLite"
        raise Unfit(f"{file}: this is a backup of {names}: set [storage] url")
    _is_as_listed(file)

    def fit(found: Contents) -> None:
        if not found.step:
            raise Unfit(f"{file}: there is no town in it")
        if found.step > newest:
            raise Unfit(f"{file} is at step {found.step}, this program knows {newest}: install the newer version")

    told = Pace("putting back", say, clock).told
    try:
        back = _into_sqlite if url.startswith(SQLITE) else _into_postgres
        found = back(url, file, fit, told, force=force)
    except (Damaged, NoProgram, Failed) as error:
        raise Unfit(f"{file}: {error}; nothing was changed") from None
    except OSError as error:
        raise Unfit(f"{file}: cannot be put back: {error.strerror}; nothing was changed") from None
    try:
        lost = _carry(found.media, Store(file.parent / FOLDER), store, Pace("photos and voices", say, clock).told)
    except OSError as error:
        raise Unfit(f"the town is back, but not all photos and voices: {error.strerror}; do it again") from None
    return Saved(found, file.stat().st_size, lost)


# --- saving -----------------------------------------------------------------------------------------------------------


def _may_become(out: Path, url: str) -> None:
    """A slip of the hand must not cost a file that is no backup, or the database itself."""
    if not out.parent.is_dir():
        raise Unfit(f"{out}: there is no folder {out.parent}")
    if not out.exists():
        return
    if url.startswith(SQLITE) and out.samefile(url.removeprefix(SQLITE)):
        raise Unfit(f"{out}: this is the database itself: give another name")
    _kind(out)


def _kind(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            head = opened.read(len(backup_sqlite.MARK))
    except OSError as error:
        raise Unfit(f"{file}: {error.strerror}") from None
    for mark in (backup_sqlite.MARK, backup_postgres.MARK):
        if head.startswith(mark):
            return mark
    raise Unfit(f"{file}: this is no backup")


def _taken(url: str, draft: Path, told: Told) -> Contents:
    if url.startswith(SQLITE):
        return backup_sqlite.save(Path(url.removeprefix(SQLITE)), draft, told)
    return backup_postgres.save(url, draft, told)


def _inside(file: Path, told: Told) -> Contents:
    """Open a backup of either kind and count. Raises `Damaged`, `NoProgram`."""
    return backup_sqlite.inside(file) if _kind(file) == backup_sqlite.MARK else backup_postgres.inside(file, told)


def _named(draft: Path, out: Path, media: Mapping[str, int]) -> None:
    """Give the file and its list their names. Between the two, however it ends, no list tells of another file."""
    listed = draft.with_name(draft.name + LIST)
    lines = [f"{_digest(draft)}  {out.name}\n", *(f"{name}  {FOLDER}/{name[:2]}/{name}\n" for name in media)]
    with os.fdopen(os.open(listed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    beside = out.with_name(out.name + LIST)
    beside.unlink(missing_ok=True)
    draft.replace(out)
    listed.replace(beside)
    backup_sqlite.settle(out.parent)


def _carry(media: Mapping[str, int], source: Store, target: Store | None, told: Told) -> tuple[str, ...]:
    """Copy what the target lacks; without a target only look. The names of those that are nowhere, or damaged."""
    lost = []
    for done, (name, size) in enumerate(media.items()):
        told(done, len(media))
        if (target or source).size(name) == size:
            continue
        content = source.get(name) if target is not None else None
        if target is None or content is None or sha256(content).hexdigest() != name:
            lost.append(name)
            continue
        target.drop(name)  # a half of it, which would be taken for the whole
        target.put(content)
    return tuple(lost)


# --- putting back -----------------------------------------------------------------------------------------------------


def _into_sqlite(url: str, file: Path, fit: Callable[[Contents], None], told: Told, *, force: bool) -> Contents:
    target = Path(url.removeprefix(SQLITE))
    make_folder(target.parent)
    with hold(target):
        if target.exists() and target.stat().st_size and not force:
            raise Unfit(f"there is a town at {target} already: --force overwrites it")
        return backup_sqlite.put_back(file, target, fit, told)


def _into_postgres(url: str, file: Path, fit: Callable[[Contents], None], told: Told, *, force: bool) -> Contents:
    with backup_postgres.held(url) as full:
        if full and not force:
            raise Unfit("there is a town in this database already: --force overwrites it")
        found = backup_postgres.inside(file, told)
        fit(found)
        backup_postgres.put_back(file, url, found, told)
        return found


def _is_as_listed(file: Path) -> None:
    """Where its list lies beside a file, every byte must be as it was saved."""
    try:
        first = file.with_name(file.name + LIST).read_text("utf-8").split(maxsplit=1)
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError):
        first = []
    if not first or first[0] != _digest(file):
        raise Unfit(f"{file}: damaged: it is not what {file.name}{LIST} says")


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
