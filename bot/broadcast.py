"""Brings a broadcast to its readers in slices: only as many messages are written ahead as soon can be sent."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace

from bot.correct import LOOK_S, Corrector
from bot.posts import Posts
from bot.writer import Writer
from domain import quiet
from domain.richtext import Key
from handlers.broadcasting import result, show
from handlers.inviting import follow
from handlers.talk import Notice, Refresh, Reply, Work
from storage import audience, broadcasts, jobs, mailing, media, news, outbox, people, readers, standby
from storage.audience import Audience, Unasked
from storage.broadcasts import Broadcast, State
from storage.outbox import Class
from storage.people import Reach

#: Persons looked at, and messages held, let go or taken back, in one transaction.
SLICE = 500
#: Seconds of a messenger's pace that are written ahead: a change of mind is heard that much later at most.
AHEAD_S = 20
#: Messages written ahead, at least, and where the pace is not limited.
LEAST_AHEAD, UNLIMITED_AHEAD = 100, 5000
#: Seconds between two changes of its progress.
SHOW_S = 3

Says = Notice | Refresh


@dataclass(slots=True)
class _Slice:
    """What one transaction writes: rows by the words that they share, and who was left out."""

    rows: dict[tuple[int, str], list[tuple[int, int]]] = field(default_factory=dict)
    #: Those who have another account, and when theirs may leave.
    twice: list[tuple[Reach, int]] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    #: Who gets it as news of this week, and who reads it in a digest.
    given: list[int] = field(default_factory=list)
    late: list[int] = field(default_factory=list)
    reached: int = 0


class Broadcaster:
    """The job of a broadcast. All it knows is in the database, so that it goes on anywhere where it was left."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._posts = Posts(writer)
        self._corrector = Corrector(writer)
        #: The bots of those written to last, by broadcast: which messengers its readers are on.
        self._lately: dict[int, set[int]] = {}

    def look(self, work: Work, ids: dict[str, int]) -> Iterator[Says]:
        """Do a little of what is to be done next, and set the next look."""
        one = broadcasts.get(work.tx, ids["broadcast"])
        if one is None:
            return
        fixed = yield from self._corrector.step(work, one, hungry=self._is_hungry(work, one))
        sent = (yield from self._go_on(work, one)) if one.ended is None else None
        if fixed is not None and (fixed.over or work.seconds - one.shown >= SHOW_S):
            yield from self._show(work, one)
        dues = [due for due in (sent, fixed.due if fixed is not None else None) if due is not None]
        if dues:
            jobs.put(work.tx, "broadcast", f"broadcast:{one.id}", min(dues), {"broadcast": one.id})

    def _go_on(self, work: Work, one: Broadcast) -> Generator[Says, None, int | None]:
        """When to look again; None when it is over, or until somebody lets it go on."""
        match one.state:
            case State.PAUSED:
                if mailing.hold(work.tx, one.id, SLICE) == SLICE:
                    return work.seconds
                yield from self._show(work, one)
                return None
            case State.STOPPING:
                outbox.drop_waiting(work.tx, one.post)
                if mailing.take_back(work.tx, one.id, SLICE):
                    return work.seconds + LOOK_S  # what is in the air arrives meanwhile
                yield from self._finish(work, one, State.STOPPED)
                return None
        return (yield from self._send(work, one))

    def _send(self, work: Work, one: Broadcast) -> Generator[Says, None, int | None]:
        tx, now = work.tx, work.seconds
        if mailing.release(tx, one.id, SLICE) == SLICE:
            return now
        over = quiet.ends(now, *quiet.USUAL)
        if over != now and not one.urgent:
            # Most people rest now: what was written for them already waits with the rest of it.
            if mailing.rest_until(tx, one.id, over, now, SLICE) == SLICE:
                return now
            yield from self._show(work, one)
            return over
        if one.posts == 1 and self._photo_is_there(work, one):
            self._posts.write(work, one)
        if not one.written:
            wrote = self._is_hungry(work, one) and self._photo_is_there(work, one) and self._slice(work, one)
            due = now if wrote else now + LOOK_S
        else:
            leaves = mailing.next_leaves(tx, one.id)
            if leaves is None and self._posts.are_waiting(work, one):
                leaves = now
            if leaves is None:
                yield from self._finish(work, one, State.DONE)
                return None
            due = max(now + LOOK_S, leaves)
        if now - one.shown >= SHOW_S:
            yield from self._show(work, one)
        return due

    # --- who and what -------------------------------------------------------------------------------------------------

    def _is_hungry(self, work: Work, one: Broadcast) -> bool:
        """Whether a messenger could soon send more than is written for it; one that is down keeps no other waiting."""
        lately = self._lately.get(one.id)
        for messenger in self._writer.messengers.values():
            if lately is not None and messenger.id not in lately:
                continue
            most = max(LEAST_AHEAD, int(messenger.per_second * AHEAD_S)) if messenger.per_second else UNLIMITED_AHEAD
            if outbox.ahead(work.tx, messenger.id, Class.BROADCAST, work.seconds, most) < most:
                return True
        return False

    def _photo_is_there(self, work: Work, one: Broadcast) -> bool:
        """Whether the photo can be shown on every messenger; one that is no photo stops the broadcast."""
        if one.media is None:
            return True
        kept = media.get(work.tx, one.media)
        if kept is not None and kept.state == "wanted":
            return False
        if kept is None or kept.state != "kept":
            broadcasts.turn(work.tx, one.id, State.STOPPING, only=(State.SENDING,))
            return False
        return True

    def _slice(self, work: Work, one: Broadcast) -> bool:
        """Write to the next persons. False when nothing more can be written just now."""
        meant = readers.meant(work.tx, one)
        page = audience.members(work.tx, meant, one.begun or one.created, after=one.reached, limit=SLICE)
        if not page:
            mailing.all_written(work.tx, one.id)
            return True
        made = self._sorted(work, one, meant, page)
        for (bot, language), rows in made.rows.items():
            self._write(work, one, bot, language, rows)
        for reach, later in made.twice:
            self._stand_by(work, one, reach, later)
        self._lately[one.id] = {bot for bot, _ in made.rows} or set(self._writer.messengers)
        if made.reached > one.reached:
            mailing.advance(work.tx, one.id, made.reached, made.left_out)
            news.give(work.tx, one.id, made.given, made.late, work.seconds)
        return made.reached > one.reached

    def _sorted(self, work: Work, one: Broadcast, meant: Audience, page: list[int]) -> _Slice:
        """Who of these gets it, by bot and language; all pass the one gate, and those who left are passed over."""
        still = replace(meant, upto=0)
        there = set(audience.members(work.tx, still, work.seconds, after=page[0] - 1, through=page[-1]))
        on_duty = audience.on_duty(work.tx, still, work.seconds, after=page[0] - 1, through=page[-1])
        reaches = people.reaches(work.tx, page)
        limited = meant.why is Unasked.NEWS and one.is_of_its_own
        spent = news.spent(work.tx, page, work.town.news_per_week if limited else 0, work.seconds)
        uploading: dict[int, bool] = {}
        made = _Slice(reached=one.reached)
        for person in page:
            reach = self._met(work, reaches.get(person)) if person in there else None
            why = Unasked.DUTY if person in on_duty else meant.why
            is_news = why is Unasked.NEWS and one.is_of_its_own
            reach = replace(reach, spent=True) if reach is not None and person in spent and is_news else reach
            why_not = self._why_not(work, why, reach) if person in there else "left"
            if why_not or reach is None:
                made.left_out[why_not] = made.left_out.get(why_not, 0) + 1
                made.late += [person] if why_not == "later" else []
            else:
                if not self._may_carry(work, one, reach.bot, uploading):
                    break
                when = audience.may_reach(reach, why, work.seconds) or 0
                later = when if when > work.seconds else 0
                made.rows.setdefault((reach.bot, reach.language), []).append((reach.lane, later))
                made.twice += [(reach, later)] if reach.other is not None else []
                made.given += [person] if is_news else []
            made.reached = person
        return made

    def _met(self, work: Work, reach: Reach | None) -> Reach | None:
        """Where somebody is reached: at their other account, if we are only there."""
        elsewhere = reach is not None and reach.other is not None and self._writer.platform(work.tx, reach.bot) is None
        return reach.other if reach is not None and elsewhere else reach

    def _why_not(self, work: Work, why: Unasked, reach: Reach | None) -> str:
        if reach is not None and self._writer.platform(work.tx, reach.bot) is None:
            return "closed"
        return audience.left_out(reach, why, work.seconds)

    def _may_carry(self, work: Work, one: Broadcast, bot: int, uploading: dict[int, bool]) -> bool:
        """Whether another row with its photo may be written for a bot: until one was sent, the photo has no number
        there, and every further one would upload it again."""
        if one.media is None:
            return True
        if bot not in uploading:
            found = media.find(work.tx, one.media, bot)
            tried = mailing.is_tried(work.tx, one, bot)
            if (found is not None and found.file_id) or tried:
                uploading[bot] = False
            else:
                uploading[bot] = True
                return tried is None  # the first of all
        return not uploading[bot]

    # --- writing ------------------------------------------------------------------------------------------------------

    def _write(self, work: Work, one: Broadcast, bot: int, language: str, rows: list[tuple[int, int]]) -> None:
        """One row a person and message; the words are kept once for all who read this language there."""
        bodies = self._bodies(work, one, bot, language)
        for n, body in enumerate(bodies, 1):
            # The last one is what a person got; those before it only belong to it.
            about = one.about if n == len(bodies) else None
            made = [(bot, lane, body, later) for lane, later in rows]
            outbox.put_many(work.tx, made, cls=Class.BROADCAST, now=work.seconds, about=about, expires=one.expires)

    def _stand_by(self, work: Work, one: Broadcast, reach: Reach, later: int) -> None:
        """The same for somebody's other account, which gets it if the first stays out of reach."""
        other = reach.other
        if other is None or self._writer.platform(work.tx, other.bot) is None:
            return
        here = self._bodies(work, one, reach.bot, reach.language)
        there = self._bodies(work, one, other.bot, other.language)
        if here:
            last, cls = here[-1], Class.BROADCAST
            standby.write(work.tx, reach, last, there, cls=cls, about=one.about, leaves=later, now=work.seconds)

    def _bodies(self, work: Work, one: Broadcast, bot: int, language: str) -> list[int]:
        kept: list[int] = []
        while (body := mailing.body(work.tx, one.id, f"{bot}:{language}:{len(kept)}")) is not None:
            kept.append(body)
        platform = self._writer.platform(work.tx, bot)
        if kept or platform is None:
            return kept
        return [
            mailing.keep_body(work.tx, one.id, f"{bot}:{language}:{n}", call.method, call.written())
            for n, call in enumerate(self._corrector.worded(work, one, platform, language))
        ]

    # --- showing ------------------------------------------------------------------------------------------------------

    def _show(self, work: Work, one: Broadcast) -> Iterator[Says]:
        """Bring the messages about its progress up to date."""
        mailing.shown(work.tx, one.id, work.seconds)
        yield from show(work, one)

    def _finish(self, work: Work, one: Broadcast, state: State) -> Iterator[Says]:
        mailing.finish(work.tx, one, state, work.seconds)
        if one.meeting:
            follow(work, one.meeting)  # the organisers' cards say how many it reached
        self._lately.pop(one.id, None)
        ended = broadcasts.get(work.tx, one.id) or one
        yield from self._show(work, ended)
        if ended.author is not None:
            yield Notice(ended.author, self._said(work, ended), Unasked.ASKED)

    def _said(self, work: Work, one: Broadcast) -> Reply:
        told = result(work, one)
        told = replace(told, more=(*told.more, *self._posts.failed(work, one)))
        kept = media.get(work.tx, one.media) if one.media is not None else None
        if kept is not None and kept.state == "refused":
            bad = "broadcast-photo-bad" if kept.kind == "photo" else "broadcast-file-bad"
            return replace(told, more=(*told.more, Key(bad)))
        return told
