"""Webhooks: set, looked at and deleted as methods; while one is set, updates are brought to it, in their order."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from sandbox.messenger import Messenger
from sandbox.model import ApiError, Json
from sandbox.wire import Params

#: the ports that each messenger calls
_PORTS = {"telegram": (80, 88, 443, 8443), "bale": (443, 88)}
#: seconds until the next try: doubled after each failure up to the last
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 5.0
#: seconds that a bot may take to answer, and between two looks when nothing happens
_PATIENCE, _IDLE = 30, 3600
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_DEFAULT_CONNECTIONS = 40


def set_webhook(messenger: Messenger, params: Params) -> bool:
    url, secret = params.text("url"), params.text("secret_token")
    if url:
        _refuse_bad(messenger, url)
    if not _SECRET.fullmatch(secret):
        raise ApiError(400, "Bad Request: secret token contains unallowed characters")
    if params.flag("drop_pending_updates"):
        messenger.confirm(max(messenger.updates, default=0) + 1)
    most = params.integer("max_connections", _DEFAULT_CONNECTIONS)
    messenger.facts["webhook"] = {"url": url, "secret": secret, "max_connections": most} if url else {}
    remember_allowed(messenger, params)
    messenger.keep_facts()
    messenger.pulse.wake()
    return True


def _refuse_bad(messenger: Messenger, url: str) -> None:
    try:
        parts = urlsplit(url)
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, 0)
    except ValueError:
        raise ApiError(400, "Bad Request: bad webhook: invalid webhook URL specified") from None
    # The bot under test runs on this machine, and has no certificate.
    if parts.scheme != "https" and (parts.scheme, parts.hostname) != ("http", "127.0.0.1"):
        raise ApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    ports = _PORTS[messenger.dialect.name]
    if port not in ports and not messenger.switch("webhook_any_port"):
        listed = ", ".join(map(str, ports[:-1]))
        raise ApiError(400, f"Bad Request: bad webhook: Webhook can be set up only on ports {listed} or {ports[-1]}")


def delete_webhook(messenger: Messenger, params: Params) -> bool:
    params.values.pop("url", None)
    return set_webhook(messenger, params)


def webhook_info(messenger: Messenger, _params: Params) -> Json:
    hook = messenger.facts["webhook"]
    told: Json = {"url": hook.get("url", "")}
    if messenger.dialect.name == "bale" and not messenger.on("webhook_counts"):
        return told
    told |= {"has_custom_certificate": False, "pending_update_count": len(messenger.updates)}
    if hook:
        told["max_connections"] = hook["max_connections"]
    if messenger.facts["allowed"]:
        told["allowed_updates"] = messenger.facts["allowed"]
    if "error" in hook:
        told |= {"last_error_date": hook["error_at"], "last_error_message": hook["error"]}
    return told


def remember_allowed(messenger: Messenger, params: Params) -> None:
    """allowed_updates holds until it is named again, and only for updates that come later."""
    allowed = params.structure("allowed_updates", "can't parse allowed updates")
    if allowed is None:
        return
    if not isinstance(allowed, list):
        raise ApiError(400, "Bad Request: can't parse allowed updates")
    if allowed != messenger.facts["allowed"]:
        messenger.facts["allowed"] = allowed
        messenger.keep_facts()


WEBHOOKS: dict[str, Callable[[Messenger, Params], Any]] = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": webhook_info,
}


class Courier:
    """Brings one messenger's updates to its webhook, one after another, each until it is answered with 2xx."""

    def __init__(self, messenger: Messenger) -> None:
        self._messenger = messenger

    async def run(self) -> None:
        """Bring for ever; with no webhook, or nothing to bring, wait until something happens."""
        timeout = aiohttp.ClientTimeout(total=_PATIENCE)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            pause = _FIRST_PAUSE
            while True:
                messenger = self._messenger
                hook = messenger.facts["webhook"]
                if not hook or not messenger.updates:
                    await messenger.pulse.wait(_IDLE)
                    continue
                number = min(messenger.updates)
                body = messenger.updates[number]
                trouble = await self._bring(session, hook, body)
                if not trouble:
                    self._taken(number, body)
                    pause = _FIRST_PAUSE
                elif messenger.facts["webhook"] is hook:
                    self._refused(hook, trouble)
                    await self._rest(hook, pause)
                    pause = min(pause * 2, _LONGEST_PAUSE) if messenger.facts["webhook"] is hook else _FIRST_PAUSE

    async def _bring(self, session: aiohttp.ClientSession, hook: Json, body: str) -> str:
        """What went wrong, in Telegram's words; "" when the update was taken."""
        headers = {"Content-Type": str(self._messenger.switch("webhook_content_type"))}
        if hook["secret"]:
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook["secret"]
        try:
            content = body.encode("utf-8", "surrogatepass")
            async with session.post(hook["url"], data=content, headers=headers, allow_redirects=False) as answer:
                if 200 <= answer.status <= 299:
                    return ""
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except (aiohttp.ClientError, OSError):
            return "Webhook connection closed"

    def _taken(self, number: int, body: str) -> None:
        messenger = self._messenger
        if messenger.updates.get(number) is not body:  # dropped meanwhile, or everything was reset
            return
        with messenger.store.together():
            del messenger.updates[number]
            messenger.store.drop(messenger.dialect.name, "update", str(number))
            messenger.facts["delivered"] += 1
            messenger.facts["confirmed"] = number + 1
            messenger.keep_facts()
        messenger.pulse.happen("confirmed", messenger.dialect.name)

    def _refused(self, hook: Json, trouble: str) -> None:
        hook |= {"error": trouble, "error_at": int(self._messenger.clock())}
        self._messenger.keep_facts()
        self._messenger.pulse.happen("webhook", self._messenger.dialect.name)

    async def _rest(self, hook: Json, pause: float) -> None:
        """Until the next try is due, or another webhook is set."""
        until = time.monotonic() + pause
        while self._messenger.facts["webhook"] is hook and (left := until - time.monotonic()) > 0:
            await self._messenger.pulse.wait(left)
