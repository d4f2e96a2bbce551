"""Corrects a message to many after it was sent: those who have it get it changed, the others get it as it is now."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from bot.platforms.base import Call, Platform
from bot.posts import Posts
from bot.writer import Writer
from domain.meetings import Answer
from handlers.broadcasting import corrected, letter
from handlers.inviting import told
from handlers.talk import Notice, Work
from storage import corrections, outbox
from storage.audience import Unasked
from storage.broadcasts import Broadcast
from storage.corrections import Correction, Delivered

#: Messages whose change is written in one transaction.
SLICE = 500
#: Seconds between two looks at a broadcast under way.
LOOK_S = 1


@dataclass(frozen=True, slots=True)
class Step:
    """What one look came to: when to look again (epoch seconds; None is never), and whether it is over now."""

    due: int | None
    over: bool


class Corrector:
    """What the job of a broadcast does about its newest correction. All it knows is in the database."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._posts = Posts(writer)

    def worded(self, work: Work, one: Broadcast, platform: Platform, language: str, answer: str = "") -> list[Call]:
        """The calls of its message, in the form in which it was sent first: words that stood under the photo stay
        there, since no message can be turned into two. `answer`: what its reader said to an invitation."""
        reply = told(work, one, Answer(answer) if answer else None)
        first = corrections.first_words(work.tx, one.id)
        if first is not None and one.media is not None:
            was = letter(work, one, first)
            if len(self._writer.worded(work.tx, was, platform, language)) > 1:
                reply = replace(reply, together=False)
        return self._writer.worded(work.tx, reply, platform, language)

    def step(self, work: Work, one: Broadcast, *, hungry: bool) -> Generator[Notice, None, Step | None]:
        """Do a little of it; None when there is nothing to correct. `hungry`: a messenger could soon send more than is
        written for it."""
        correction = corrections.latest(work.tx, one.id)
        if correction is None or correction.ended is not None:
            return None
        if correction.upto is None:
            self._begin(work, one, correction)
            correction = corrections.latest(work.tx, one.id) or correction
        found = corrections.delivered(work.tx, correction, one.about, SLICE, meeting=one.meeting)
        if found and hungry:
            self._slice(work, one, correction, found)
        elif not found and not corrections.is_waiting(work.tx, correction):
            yield from self._finish(work, one, correction)
            return Step(None, over=True)
        more = hungry and len(found) == SLICE
        return Step(work.seconds if more else work.seconds + LOOK_S, over=False)

    def _begin(self, work: Work, one: Broadcast, correction: Correction) -> None:
        """What waits to be sent says the new words from here on; an earlier correction is not needed any more."""
        while (former := corrections.before(work.tx, correction)) is not None:
            outbox.drop_waiting(work.tx, former.about)
            corrections.finish(work.tx, former, corrections.numbers(work.tx, former, self._unsure()), work.seconds)
        for row in corrections.bodies(work.tx, one.id):
            bot, language, n = row["reader"].split(":")
            platform = self._writer.platform(work.tx, int(bot))
            calls = self.worded(work, one, platform, language) if platform is not None else []
            if int(n) < len(calls) and calls[int(n)].method == row["method"]:
                corrections.reword(work.tx, row["id"], calls[int(n)].written())
        corrections.begin(work.tx, correction)
        self._posts.correct(work, one)

    def _slice(self, work: Work, one: Broadcast, correction: Correction, found: list[Delivered]) -> None:
        bodies: dict[tuple[int, str, str], int | None] = {}
        missed = 0
        for message_ in found:
            kind = (message_.bot, message_.language or work.town.languages[0], message_.answer)
            if kind not in bodies:
                bodies[kind] = self._body(work, one, *kind)
            body = bodies[kind]
            if body is None or message_.message is None:
                missed += 1
            else:
                corrections.change(work.tx, correction, message_, body, work.seconds)
        corrections.advance(work.tx, correction.id, found[-1].row, missed)

    def _body(self, work: Work, one: Broadcast, bot: int, language: str, answer: str) -> int | None:
        """The change for those who read this language there and gave this answer; None where its form does not allow
        one."""
        platform = self._writer.platform(work.tx, bot)
        calls = self.worded(work, one, platform, language, answer) if platform is not None else []
        spoken = [call for call in calls if "text" in call.params or "caption" in call.params]
        if platform is None or len(spoken) != 1:
            return None
        call = platform.changed(spoken[0])
        return outbox.body(work.tx, call.method, call.written())

    def _finish(self, work: Work, one: Broadcast, correction: Correction) -> Iterator[Notice]:
        found = corrections.numbers(work.tx, correction, self._unsure())
        corrections.finish(work.tx, correction, found, work.seconds)
        if correction.author is not None:
            yield Notice(correction.author, corrected(work, one, found), Unasked.ASKED)

    def _unsure(self) -> set[int]:
        messengers = self._writer.messengers.values()
        return {one.id for one in messengers if not one.platform.can.edits_return_message}
