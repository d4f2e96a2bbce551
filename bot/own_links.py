"""Links to our own accounts in what staff typed: each reader's lead to our bot on the messenger they read it on.

Only our own are changed. A name on one messenger and the same name on the other may belong to different people, so a
link to anybody else, made over to the other messenger, would lead the readers to a stranger in the sender's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from bot.messenger import Messenger
from bot.platforms import PLATFORMS
from bot.platforms.base import Platform
from domain.richtext import RichText


class OwnLinks:
    """Knows our accounts: `messengers` may grow while we run."""

    def __init__(self, messengers: Mapping[int, Messenger]) -> None:
        self._messengers = messengers

    def led(self, text: RichText, platform: Platform) -> RichText:
        """The text for a reader on this messenger; one we have no public name on leaves it as it is."""
        names = {one.platform.name: one.username for one in self._messengers.values() if one.username}
        own = names.pop(platform.name, "")
        if not own or not names:
            return text
        links = _links(tuple(sorted(names.items())))
        there = platform.deep_link(own).removeprefix("https://")

        def led(words: str) -> str:
            return links.sub(lambda found: ("https://" if found[1] else "") + there, words) if "/" in words else words

        return tuple(replace(span, text=led(span.text), href=led(span.href)) for span in text)


@lru_cache(maxsize=8)
def _links(names: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Finds links to these accounts (messenger, name), with or without https, up to their payload."""
    links = "|".join(
        f"(?:{'|'.join(map(re.escape, PLATFORMS[messenger].hosts))})/{re.escape(name)}" for messenger, name in names
    )
    return re.compile(rf"(?<![\w@./-])(https?://)?(?:www\.)?(?:{links})(?![\w-])", re.IGNORECASE | re.ASCII)
