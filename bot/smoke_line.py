"""How a smoke test speaks: with the messenger, of which every answer is noted, and with the operator."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.api_errors import BotApiError, Conflict
from bot.clock import Clock
from bot.platforms.base import JSON, Params
from bot.smoke_record import Record
from bot.transport import BotApi, Upload

#: Seconds that one poll waits.
POLL_S = 5

#: What came of a point: words, or whether it held with words.
Came: TypeAlias = str | tuple[bool, str]
Files: TypeAlias = Mapping[str, Upload] | None


class CannotTry(Exception):
    """The test cannot begin; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the operator asked for beside the usual."""

    webhook: str = ""
    large: bool = False
    drain: bool = False
    patience: float = 300  #: seconds to wait for the operator each time


class Line:
    """What all points need. `good` is false once something that the bot needs did not hold."""

    def __init__(
        self, api: BotApi, bare: BotApi, record: Record, say: Callable[[str], None], clock: Clock, wish: Wish
    ) -> None:
        self.api, self.bare, self.record, self.say, self.clock, self.wish = api, bare, record, say, clock, wish
        self.platform = api.platform
        self.good = True
        self.chat = 0
        self.username = ""
        self.offset: int | None = None
        self.strangers = 0
        self.sent: list[int] = []

    # --- telling ------------------------------------------------------------------------------------------------------

    def point(self, name: str, held: bool | None, words: str, needed: bool = True) -> None:
        """Say one line. What is not needed is only to be known."""
        state = {True: "held", False: "did not hold", None: "not tried"}[held]
        self.say(f"{state:12} {name}: {words}")
        if needed and held is False:
            self.good = False

    async def tries(self, name: str, work: Callable[[], Awaitable[Came]], needed: bool = True) -> None:
        """A point that holds when nothing is refused, and what came of it is as hoped."""
        try:
            found = await work()
        except BotApiError as error:
            self.point(name, False, str(error), needed)
            return
        held, words = found if isinstance(found, tuple) else (True, found)
        self.point(name, held, words, needed)

    async def call(self, method: str, bare: bool = False, files: Files = None, **params: JSON) -> Any:
        """Ask; messages that come of it are taken away in the end."""
        result = await self.record.call(self.bare if bare else self.api, method, params, files)
        for one in result if isinstance(result, list) else [result]:
            if method.startswith("send") and isinstance(one, dict) and isinstance(one.get("message_id"), int):
                self.sent.append(one["message_id"])
        return result

    async def send(self, method: str, files: Files = None, **params: JSON) -> Any:
        """The same in the operator's chat."""
        return await self.call(method, files=files, chat_id=self.chat, **params)

    async def updates(self, seconds: int) -> list[dict[str, Any]]:
        """What came, waiting so long for it; asking again confirms it."""
        asked: Params = {"timeout": seconds, "limit": 100} | ({} if self.offset is None else {"offset": self.offset})
        found = await self.record.call(self.api, "getUpdates", asked)
        good = [one for one in found if isinstance(one, dict) and isinstance(one.get("update_id"), int)]
        self.offset = max((one["update_id"] + 1 for one in good), default=self.offset)
        return good

    async def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any] | None:
        """Poll until the operator does something; None when they do not."""
        end = self.clock.monotonic() + self.wish.patience
        while self.clock.monotonic() < end:
            try:
                found = await self.updates(POLL_S)
            except Conflict:
                raise CannotTry("another program began to use this token: stop it and try again") from None
            except BotApiError as error:
                self.point("getUpdates", False, str(error))
                return None
            done = next((one for one in found if wanted(one)), None)
            self.strangers += len(found) - (done is not None)
            if done is not None:
                return done
        return None


def inside(value: Any, *names: str) -> Any:
    """What stands there; None where nothing does."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value
