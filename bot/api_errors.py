"""What can go wrong between us and a messenger, in words that never carry a resident's text or a token.

BotApiError
├── Wait          too many requests: try again after `seconds`
├── Unreachable   network, time-out, 5xx, half an answer, a stranger's page: try again
├── Gone          the person blocked the bot or left: stop writing to them until they write
├── Rejected      the messenger refuses this request as it is: park it
├── NotModified   the message already reads so: as good as done
├── Missing       the message to change is not there any more, or too old: send a new one
├── Migrated      the group has a new number
├── Revoked       the token is not or no longer good
├── Conflict      somebody else asks for this bot's updates, or a webhook is set
└── Unsupported   the messenger has no such method: never try again
"""

from __future__ import annotations


def advice(error: BotApiError) -> str:
    """What an operator can do about it, for the log and for /health."""
    if isinstance(error, Revoked):
        return "the token is not accepted: put a valid one in the environment and start again"
    if isinstance(error, Conflict):
        return "another program polls with this token, or a webhook is set: stop it"
    if isinstance(error, Wait):
        return "it asks us to wait, and we do: if that goes on, lower per_second and per_chat in the settings"
    if "DNS" in error.description:
        return "its name cannot be looked up: look at the name server of this machine, api_url and the proxy"
    return "the platform does not answer: look at the network and the proxy"


class BotApiError(Exception):
    """A call that failed. `code` is 0 without an answer; `description` is the messenger's, already scrubbed."""

    def __init__(self, method: str, code: int, description: str) -> None:
        super().__init__(f"{method}: {code} {description}" if code else f"{method}: {description}")
        self.method = method
        self.code = code
        self.description = description


class Wait(BotApiError):
    """`seconds` is the messenger's own word when `hinted`, else a guess of ours."""

    def __init__(self, method: str, code: int, description: str, seconds: float, hinted: bool) -> None:
        super().__init__(method, code, description)
        self.seconds = seconds
        self.hinted = hinted


class Unreachable(BotApiError):
    """`sent` tells that the request may have taken effect all the same."""

    def __init__(self, method: str, code: int, description: str, sent: bool) -> None:
        super().__init__(method, code, description)
        self.sent = sent


class Gone(BotApiError):
    """Also when the person never started the bot."""


class Rejected(BotApiError):
    """Repeating the same request would be refused again."""


class NotModified(BotApiError):
    """An edit that changes nothing."""


class Missing(BotApiError):
    """Deleted, or past the time in which the messenger lets it be changed."""


class Migrated(BotApiError):
    """`new_chat` is where the same request would be taken."""

    def __init__(self, method: str, code: int, description: str, new_chat: int) -> None:
        super().__init__(method, code, description)
        self.new_chat = new_chat


class Revoked(BotApiError):
    """Nothing works any more until an operator gives a good token."""


class Conflict(BotApiError):
    """Only one may take a bot's updates at a time."""


class Unsupported(BotApiError):
    """Some messengers lack methods that others have."""
