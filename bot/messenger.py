"""One messenger at work: its adapter, its line to the platform, and how it is doing."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from bot.platforms.base import JSON, Capabilities, Platform
from bot.transport import BotApi
from domain.incoming import Incoming

#: Updates that are held as they were read, at most. Their turns mostly follow at once.
MOST_READ = 512


@dataclass(slots=True)
class Messenger:
    """A bot account on a messenger, once its name is known."""

    id: int
    platform: Platform
    api: BotApi
    username: str
    #: Messages a second of the whole bot, a second to one chat, and at once to one chat. 0 is no limit.
    per_second: float
    per_chat: float
    burst: int
    #: Bytes of the longest file that it takes from us.
    upload_limit: int = Capabilities().upload_limit
    #: When the platform last answered (epoch seconds).
    last_ok: int = 0
    #: What is wrong with receiving and with sending; each is cleared by its own success only, since one may work while
    #: the other does not.
    receiving: str = ""
    sending: str = ""
    #: Where updates are brought to us: what /health says of the webhook, and when the last update came (epoch seconds).
    webhook: dict[str, JSON] | None = None
    last_arrival: int = 0
    _read: dict[str, Incoming] = field(default_factory=dict)

    def read(self, update: JSON, body: str) -> Incoming:
        """What a person did; held for the update's turn, which finds it by its stored form. Raises Unreadable."""
        incoming = self.platform.read(update)
        if len(self._read) >= MOST_READ:
            self._read.clear()
        self._read[body] = incoming
        return incoming

    def stored(self, body: str) -> Incoming:
        """The same of an update as it was stored."""
        incoming = self._read.pop(body, None)
        return self.platform.read(json.loads(body)) if incoming is None else incoming
