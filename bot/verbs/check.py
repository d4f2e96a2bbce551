"""say line by line what is right and what is not; needs no running bot"""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot import holiday_file, hotlines, webhook_watch
from bot.api_errors import BotApiError, Revoked
from bot.database import open_database
from bot.importing import PLURALS
from bot.platforms import PLATFORMS
from bot.platforms.base import JSON
from bot.settings import Settings, SettingsError
from bot.transport import BotApi
from bot.vault import Vault, VaultError, load_key
from bot.verbs import Order
from bot.verbs._database import exists, newest
from bot.webhook import Address
from domain.permissions import Role
from storage import migrations, people, places
from storage.migrations import NewerDatabase
from storage.tx import CannotOpen, DatabaseError, Tx

HOTLINES = Path(__file__).parents[1] / "data" / "hotlines.csv"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the answer. `right` is None for what is neither right nor wrong, such as a messenger not used."""

    what: str
    right: bool | None
    words: str

    def __str__(self) -> str:
        mark = {True: "\u2713 ok", False: "\u2717 no", None: "\u00b7 --"}[self.right]
        return f"{mark}  {self.what}: {self.words}"


def add(parser: ArgumentParser) -> None:
    """Nothing but the settings decides."""


def run(order: Order) -> int:
    try:
        settings = order.settings
    except SettingsError as error:
        for line in error.lines:
            order.say(str(Finding("settings", False, line)))
        return 1
    found = []
    for finding in asyncio.run(_findings(settings, order.clock.seconds())):
        order.say(str(finding))
        found.append(finding.right)
    return int(False in found)


async def _findings(settings: Settings, now: int) -> list[Finding]:
    found = [Finding("settings", True, "every key can be read"), _operator(settings), _key(settings)]
    found += _files(settings)
    found += await _database(settings, now)
    for lines in await asyncio.gather(*(_messenger(settings, name) for name in PLATFORMS)):
        found += lines
    if not settings.messengers:
        found.append(Finding("messengers", False, "none has a token, so nobody can write to the bot"))
    return found


def _operator(settings: Settings) -> Finding:
    named = settings.people.operator.strip()
    words = named or "not named; residents must read who runs this: fill in [people] operator"
    return Finding("operator", bool(named), words)


def _key(settings: Settings) -> Finding:
    # A check makes nothing: the file is left to the first start.
    if settings.people_key() is None and not settings.key_file().exists():
        return Finding("people key", None, f"{settings.key_file()} is made at the first start")
    try:
        Vault(load_key(settings.people_key(), settings.key_file()))
    except VaultError as error:
        return Finding("people key", False, str(error))
    return Finding("people key", True, "can be used; keep a copy of it apart from the database")


def _files(settings: Settings) -> Iterator[Finding]:
    def lines(path: Path) -> str:
        found = hotlines.load(path)
        return f"{sum(line.enabled for line in found)} of {len(found)} enabled"

    def days(path: Path) -> str:
        closed, opened = holiday_file.load(path)
        return f"{len(closed)} closed days, {len(opened)} working exceptions"

    yield _file("hotlines", HOTLINES, lines)
    if settings.work.holidays:
        yield _file("holidays", Path(settings.work.holidays), days)


def _file(what: str, path: Path, read: Callable[[Path], str]) -> Finding:
    try:
        return Finding(what, True, read(path))
    except (hotlines.Wrong, holiday_file.Wrong) as error:
        return Finding(what, False, "; ".join(str(error).splitlines()))


async def _database(settings: Settings, now: int) -> list[Finding]:
    url = settings.storage.url
    if not exists(url):
        return [Finding("database", False, "does not exist yet; the first start makes it, or `migrate`")]
    try:
        database = await open_database(url, now=now, migrate=False, alone=False)
    except (CannotOpen, NewerDatabase, DatabaseError) as error:
        return [Finding("database", False, str(error))]
    try:
        step = await database.read(migrations.applied)
        if step < newest():
            words = f"is at step {step} of {newest()}; the next start brings it up, or `migrate`"
            return [Finding("database", False, words)]
        kept = await database.read(lambda tx: [_places(tx), _administrator(tx, settings, now)])
        return [Finding("database", True, f"opens, at step {step} of {newest()}"), *kept]
    except DatabaseError as error:
        return [Finding("database", False, str(error))]
    finally:
        await database.close()


def _places(tx: Tx) -> Finding:
    counts = places.count(tx)
    if not counts.get("neighborhood"):
        return Finding("places", False, "none yet: import places FILE.csv")
    return Finding("places", True, ", ".join(f"{counts.get(kind, 0)} {word}" for kind, word in PLURALS.items()))


def _administrator(tx: Tx, settings: Settings, now: int) -> Finding:
    if people.anybody_with(tx, Role.PROVINCE_ADMIN, now):
        return Finding("administrator", True, "there is one")
    if settings.people.admins:
        words = "none yet: nobody named in [people] admins has written to the bot since it started"
    else:
        words = "none yet: start the bot and open the link it prints, or grant ACCOUNT province_admin"
    return Finding("administrator", False, words)


async def _messenger(settings: Settings, name: str) -> list[Finding]:
    token = settings.tokens().get(name)
    if token is None:
        return [Finding(name, None, "not used (it has no token)")]
    section = settings.messenger(name)
    api = BotApi(
        PLATFORMS[name],
        token,
        section.api_url,
        section.proxy or None,
        connect=section.connect_seconds,
        read=section.read_seconds,
    )
    try:
        async with api:
            me: Any = await api.call("getMe", {})
            hook = await webhook_watch.look(api)
    except Revoked:
        return [Finding(name, False, "does not accept the token: put a valid one in the environment")]
    except BotApiError as error:
        return [Finding(name, False, f"{error}; look at the network, api_url and proxy")]
    if not isinstance(me, dict) or not isinstance(me.get("id"), int):
        return [Finding(name, False, "does not say who the bot is; look at api_url")]
    found = [Finding(name, True, f"answers as @{me.get('username') or me['id']}")]
    if section.mode == "webhook" or hook["url"]:
        ours = Address.of(name, token, section.own_secret()).url(section.webhook_url)
        found.append(_webhook(f"{name} webhook", section.mode, ours, hook))
    return found


def _webhook(what: str, mode: str, ours: str, hook: dict[str, JSON]) -> Finding:
    # Only the machine is named: whoever knows the whole address may speak in the messenger's name.
    host = urlsplit(hook["url"]).hostname or "an address that cannot be read"
    if mode == "polling":
        return Finding(what, None, f"leads to {host}; a start takes it down")
    if not hook["url"]:
        return Finding(what, None, "not set yet; the next start sets it")
    if not webhook_watch.leads_to(hook["url"], ours):
        return Finding(what, False, f"leads to {host} and not to this bot; the next start sets it")
    if hook["pending"] and hook["error"]:
        return Finding(what, False, f"{hook['pending']} waiting there; the last try: {hook['error']}")
    return Finding(what, True, f"leads to {host}; {hook['pending']} waiting there")
