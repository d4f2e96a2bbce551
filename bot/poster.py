"""Draws the QR code of a neighbourhood's link and sends it with the link: one for each messenger, then all in one
picture for print."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.clock import Clock
from bot.database import Database
from bot.messenger import Messenger
from bot.store import Clean, Store, cleaned
from bot.writer import Writer
from domain.richtext import Key, Value, plain
from handlers.talk import Copy, Notice, Reply
from storage import media, places
from storage.audience import Unasked
from storage.tx import Tx

if TYPE_CHECKING:
    from PIL import Image

#: Pixels of one module of the code, and modules of white around it: fewer than four and phones do not see it.
SCALE, BORDER = 16, 4
#: Pixels: height of the letters on a poster, and of the line they stand on.
LETTERS, LINE = 72, 120
FONT = Path(__file__).parent / "data" / "Vazirmatn-Regular.ttf"
_ISOLATES = {ord(mark): None for mark in "\u200e\u200f\u2066\u2067\u2068\u2069"}


class Poster:
    """The job that makes the pictures. Each messenger has a link of its own, so each has a picture of its own."""

    def __init__(
        self, database: Database, messengers: Mapping[int, Messenger], store: Store, writer: Writer, clock: Clock
    ) -> None:
        self._database, self._messengers, self._store = database, messengers, store
        self._writer, self._clock = writer, clock

    async def make(self, ids: dict[str, int]) -> None:
        """Draw and send what `ids` (person, place, and the bot they asked) ask for."""
        place = await self._database.read(lambda tx: places.get(tx, ids["place"]))
        name: Value = Key("sample-place", {"name": place.name}) if place.sample else place.name
        codes = []
        # A bot without a public name has no links.
        for messenger in [one for one in self._messengers.values() if one.username]:
            where = messenger.platform.name
            link = messenger.platform.deep_link(messenger.username, f"join_{place.link}")
            values = {"where": where, "neighborhood": name, "link": link}
            copy = Copy(link, Key("invite-link.copy"))
            reply = Reply("invite-link", values, ((copy,),), together=True)
            await self._send(ids, await asyncio.to_thread(drawn_code, link), reply)
            codes.append((self._words("invite-code", {"where": where}), link))
        if len(codes) > 1:
            title = self._words("invite-poster.title", {"neighborhood": name})
            drawn = await asyncio.to_thread(drawn_poster, title, codes)
            await self._send(ids, drawn, Reply("invite-poster", {"neighborhood": name}, together=True))

    def _words(self, key: str, values: Mapping[str, Value]) -> str:
        """As they stand in the picture, which is in the town's own language: it hangs on a wall."""
        texts = self._writer.renderer.texts
        return plain(texts.render("fa", key, values)).translate(_ISOLATES)

    async def _send(self, ids: Mapping[str, int], drawn: Clean, reply: Reply) -> None:
        content = self._store.put(drawn.content)
        await self._database.run(self._sending(ids, drawn, content, reply))

    def _sending(self, ids: Mapping[str, int], drawn: Clean, content: str, reply: Reply) -> Callable[[Tx], None]:
        def send(tx: Tx) -> None:
            now = self._clock.seconds()
            number = media.own(tx, content) or media.made(
                tx,
                person=None,
                kind="photo",
                bot=next(iter(self._messengers)),
                sha256=content,
                type=drawn.type,
                size=len(drawn.content),
                now=now,
            )
            notice = Notice(ids["person"], replace(reply, media=(number,)), Unasked.ASKED, ids["bot"])
            self._writer.notice(tx, notice, now)

        return send


def drawn_code(link: str) -> Clean:
    """A picture of the link's QR code, as it is kept and sent. A quarter of it may be dirty or torn."""
    return _kept(_code(link))


def drawn_poster(title: str, codes: Sequence[tuple[str, str]]) -> Clean:
    """One picture with several codes (label, link) beside each other, the title above and its label under each."""
    from PIL import Image, ImageDraw, ImageFont, features

    pictures = [_code(link) for _, link in codes]
    side = max(picture.width for picture in pictures)
    whole = Image.new("L", (side * len(codes), LINE + side + LINE), 255)
    drawing = ImageDraw.Draw(whole)
    # libfribidi is not on every machine, and without it Persian letters stand apart and backwards.
    way: Any = {"direction": "rtl", "language": "fa"} if features.check("raqm") else {}

    def write(words: str, middle: int, top: int, room: int) -> None:
        font = ImageFont.truetype(FONT, LETTERS)
        if (wide := drawing.textlength(words, font=font, **way)) > room:
            font = ImageFont.truetype(FONT, LETTERS * room / wide)
        drawing.text((middle, top + LINE // 2), words, fill=0, font=font, anchor="mm", **way)

    write(title if way else "", whole.width // 2, 0, whole.width - 2 * BORDER * SCALE)
    # From right to left, as it is read.
    for n, ((label, link), picture) in enumerate(zip(codes, pictures, strict=True), 1):
        left = whole.width - n * side
        whole.paste(picture, (left + (side - picture.width) // 2, LINE + (side - picture.height) // 2))
        write(label if way else str(urlsplit(link).hostname), left + side // 2, LINE + side, side)
    return _kept(whole)


def _code(link: str) -> Image.Image:
    import segno  # not needed before somebody asks for a poster
    from PIL import Image

    written = io.BytesIO()
    segno.make_qr(link, error="q").save(written, kind="png", scale=SCALE, border=BORDER)
    return Image.open(written).convert("L")


def _kept(picture: Image.Image) -> Clean:
    written = io.BytesIO()
    picture.save(written, "PNG")
    return cleaned("photo", written.getvalue())
