"""Fetches photos and voices from the messenger that received them into the store."""

from __future__ import annotations

from collections.abc import Mapping

import structlog

from bot.api_errors import Gone, Rejected, Unsupported
from bot.database import Database
from bot.messenger import Messenger
from bot.store import Refused, Store, cleaned
from storage import media
from storage.media import Media
from storage.tx import Tx

log = structlog.get_logger()


class Fetcher:
    """The job that brings one content home. What cannot be had is noted as refused, so that nobody waits for it."""

    def __init__(self, database: Database, messengers: Mapping[int, Messenger], store: Store) -> None:
        self._database, self._messengers, self._store = database, messengers, store

    async def fetch(self, ids: dict[str, int]) -> None:
        """Raises `BotApiError` when the messenger may give it later."""
        found = await self._database.read(lambda tx: media.get(tx, ids["media"]))
        if found is None or found.state != "wanted" or found.bot not in self._messengers:
            return
        try:
            clean = cleaned(found.kind, await self._content(found))
        except (Refused, Rejected, Gone, Unsupported) as error:
            log.warning("media refused", kind=found.kind, error=type(error).__name__)
            await self._database.run(lambda tx: media.refused(tx, found.id))
            return
        name = self._store.put(clean.content)
        await self._database.run(lambda tx: self._keep(tx, found, name, clean.type, len(clean.content)))

    async def _content(self, one: Media) -> bytes:
        api = self._messengers[one.bot].api
        file = await api.call("getFile", {"file_id": one.file_id})
        path = file.get("file_path") if isinstance(file, dict) else None
        # Where a messenger does not name the path, the file's own number serves as one.
        return await api.download(path if isinstance(path, str) and path else one.file_id)

    def _keep(self, tx: Tx, one: Media, name: str, kind: str, size: int) -> None:
        media.kept(tx, one.id, sha256=name, kind=kind, size=size)

    async def drop(self, ids: dict[str, int]) -> None:
        """Remove from the store what nobody may see any more. The row keeps its name until the file is gone."""
        name = await self._database.read(lambda tx: media.content_gone(tx, ids["media"]))
        if name:
            self._store.drop(name)
        await self._database.run(lambda tx: media.emptied(tx, ids["media"]))
