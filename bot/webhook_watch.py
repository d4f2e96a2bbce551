"""Sets a bot's webhook, looks now and then whether it still stands, and takes it down where we poll."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import structlog

from bot.api_errors import BotApiError, Missing, Rejected, Unreachable, Unsupported, Wait, advice
from bot.clock import Clock
from bot.messenger import Messenger
from bot.platforms.base import JSON
from bot.transport import BotApi
from bot.webhook import Address

log = structlog.get_logger()

#: Seconds between two looks: often enough that a messenger which is away is seen before /health calls it silent.
CHECK_S = 60
#: Seconds from one try to the next while they fail: doubled each time up to the last.
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 25.0
#: Characters of a messenger's own words that are shown.
_WORDS = 120


async def look(api: BotApi) -> dict[str, JSON]:
    """What the messenger says of the webhook; what is missing or of a wrong type counts as empty.

    url, pending (updates that wait to be brought), error and error_at (the last one: words, epoch seconds). All are
    empty where it does not know the question. Raises `BotApiError`.
    """
    try:
        told = await api.call("getWebhookInfo", {})
    except (Rejected, Missing, Unsupported):
        told = {}
    found = told if isinstance(told, dict) else {}
    return {
        "url": _of(found.get("url"), ""),
        "pending": _of(found.get("pending_update_count"), 0),
        "error": " ".join(_of(found.get("last_error_message"), "").split())[:_WORDS],
        "error_at": _of(found.get("last_error_date"), 0),
    }


def leads_to(url: str, ours: str) -> bool:
    """Whether two addresses are the same, however they are written."""
    return _parts(url) == _parts(ours)


async def take_down(messenger: Messenger) -> None:
    """Where a webhook is set, delete it: nothing can be fetched beside it. What waits there stays.

    Raises `Unreachable` or `Wait` when the messenger cannot be asked now.
    """
    try:
        if not (await look(messenger.api))["url"]:
            return
        await messenger.api.call("deleteWebhook", {})
    except (Unreachable, Wait):
        raise
    except BotApiError as error:
        log.warning("webhook not taken down", messenger=messenger.platform.name, error=type(error).__name__)
        return
    log.info("webhook taken down", messenger=messenger.platform.name)


class WebhookWatch:
    """Keeps one messenger's webhook set until it is cancelled. A stop leaves it: others may be listening there too."""

    def __init__(
        self, messenger: Messenger, address: Address, base: str, clock: Clock, listening: asyncio.Event
    ) -> None:
        """`listening`: when our own door can be reached; the messenger is not called in before."""
        self._messenger, self._clock, self._listening = messenger, clock, listening
        self._address, self._url = address, address.url(base)
        self._was_set = False
        #: It keeps to itself which address is set, so that none says nothing.
        self._is_silent = False

    async def run(self) -> None:
        """Set, look, and set again for ever. Every failure waits and goes on."""
        await self._listening.wait()
        pause = FIRST_PAUSE_S
        while True:
            try:
                self._messenger.receiving = await self._stands()
                self._messenger.last_ok = self._clock.seconds()
                pause, wait = FIRST_PAUSE_S, float(CHECK_S)
            except BotApiError as error:
                self._failed(error)
                wait = max(pause, error.seconds) if isinstance(error, Wait) else pause
                pause = min(pause * 2, LONGEST_PAUSE_S)
            await self._clock.wait(wait)

    async def _stands(self) -> str:
        """Set it where it is not. What is wrong with it, in words for /health; nothing when all is well."""
        name = self._messenger.platform.name
        if self._was_set:
            found = await look(self._messenger.api)
            if self._is_ours(found):
                return self._noted(found)
            log.warning("webhook was taken away", messenger=name, do="set again; does another program use this token?")
        # Every time at the start: what it brings may have changed with the program.
        self._was_set = False
        await self._messenger.api.call("setWebhook", self._messenger.platform.webhook(self._url, self._address.secret))
        log.info("webhook set", messenger=name)
        self._was_set = True
        found = await look(self._messenger.api)
        self._is_silent = not found["url"]
        return self._noted(found)

    def _is_ours(self, found: dict[str, JSON]) -> bool:
        return leads_to(found["url"], self._url) if found["url"] else self._is_silent

    def _noted(self, found: dict[str, JSON]) -> str:
        ours = self._is_ours(found)
        words = found["error"].replace(self._address.path, "\u2026")
        self._messenger.webhook = {"set": ours, "pending": found["pending"], "last_error": words}
        if not ours:
            return "its webhook leads elsewhere: does another program use this token?"
        if found["pending"] and words and found["error_at"] >= self._messenger.last_arrival:
            return f"cannot bring messages ({words}): look at webhook_url, the reverse proxy and its certificate"
        return ""

    def _failed(self, error: BotApiError) -> None:
        do = advice(error)
        if isinstance(error, Rejected):
            do = "the webhook is refused: look at webhook_url, its port and its certificate"
        self._messenger.receiving = do
        if not self._was_set:
            self._messenger.webhook = {"set": False, "pending": 0, "last_error": ""}
        log.warning("webhook not set", messenger=self._messenger.platform.name, error=type(error).__name__, do=do)


def _parts(url: str) -> tuple[str | None, int | None, str]:
    try:
        parts = urlsplit(url)
        return parts.hostname, parts.port or {"https": 443, "http": 80}.get(parts.scheme), parts.path
    except ValueError:
        return None, None, url


def _of(value: JSON, otherwise: JSON) -> JSON:
    """The value if it is of the type that is wanted."""
    return value if type(value) is type(otherwise) else otherwise
