"""Posts an announcement in the channels and groups of its places, and changes it there when it is corrected."""

from __future__ import annotations

from dataclasses import replace

from bot.platforms.base import Call, Platform
from bot.writer import Writer
from domain.richtext import Key
from handlers.broadcasting import letter
from handlers.talk import Work
from storage import channels, corrections, outbox, planned, readers
from storage.broadcasts import Broadcast
from storage.outbox import Class


class Posts:
    """What the job of a broadcast does about its posts. All it knows is in the database."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def write(self, work: Work, one: Broadcast) -> None:
        """Write it once for each channel."""
        paths = readers.paths(work.tx, one)
        for channel in channels.under(work.tx, paths):
            platform = self._writer.platform(work.tx, channel.bot)
            if platform is None:
                continue
            calls = self._worded(work, one, platform)
            for n, call in enumerate(calls, 1):
                outbox.put(
                    work.tx,
                    bot=channel.bot,
                    lane=channel.lane,
                    cls=Class.BROADCAST,
                    body=outbox.body(work.tx, call.method, call.written()),
                    now=work.seconds,
                    about=one.post if n == len(calls) else None,
                )
        planned.posted(work.tx, one.id)

    def correct(self, work: Work, one: Broadcast) -> None:
        """Change every post that was sent or is about to be."""
        for post in channels.posted(work.tx, one.post):
            platform = self._writer.platform(work.tx, post["bot"])
            spoken = [
                call
                for call in (self._worded(work, one, platform) if platform is not None else [])
                if "text" in call.params or "caption" in call.params
            ]
            if platform is None or len(spoken) != 1 or post["state"] not in ("waiting", "sent"):
                continue
            call = platform.changed(spoken[0])
            outbox.put(
                work.tx,
                bot=post["bot"],
                lane=post["lane"],
                cls=Class.BROADCAST,
                body=outbox.body(work.tx, call.method, call.written()),
                now=work.seconds,
                edits=post["id"],
                matters=False,
            )

    def are_waiting(self, work: Work, one: Broadcast) -> bool:
        """Whether the fate of any is not known yet."""
        return any(post["state"] == "waiting" for post in channels.posted(work.tx, one.post))

    def failed(self, work: Work, one: Broadcast) -> tuple[Key, ...]:
        """A line for each channel that did not take it; one that is closed to us is not tried again."""
        lines: tuple[Key, ...] = ()
        for post in channels.posted(work.tx, one.post):
            if post["state"] in ("parked", "lapsed"):
                lines += (Key("broadcast-post-failed", {"name": post["title"] or Key("channel-unnamed")}),)
                channels.closed(work.tx, post["lane"], work.seconds)
        return lines

    def _worded(self, work: Work, one: Broadcast, platform: Platform) -> list[Call]:
        """The calls of a post: nobody there is told why they got it, and there is nothing to press."""
        shown = letter(work, one)
        first = corrections.first_words(work.tx, one.id)
        reply = replace(shown, buttons=(), more=shown.more[:-1])
        language = work.town.languages[0]
        if first is not None and one.media is not None:
            was = replace(letter(work, one, first), buttons=(), more=shown.more[:-1])
            if len(self._writer.worded(work.tx, was, platform, language)) > 1:
                reply = replace(reply, together=False)
        return self._writer.worded(work.tx, reply, platform, language)
