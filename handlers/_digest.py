"""The news of a week in one message, for those who chose it; nothing for a neighbourhood where nothing happened. And
what was more than somebody's share of news, for those who did not."""

from __future__ import annotations

from collections.abc import Mapping

from domain.moments import Form, Moment
from domain.persian import cut
from domain.polls import State
from domain.richtext import Key
from domain.weekly import next_time
from handlers._meetings import OPEN, name, time_of
from handlers._shown import day, place_name
from handlers.minuting import of_week
from handlers.talk import Act, Notice, Reply, Row, Values, Work, moment
from storage import broadcasts, digest, jobs, meetings, news, places, polls
from storage.audience import Unasked
from storage.digest import Reader, Week
from storage.news import Missed

WEEK_S = 7 * 86400
#: Persons written to in one transaction, and the most messages (and letters of each) that a digest repeats.
SLICE, MESSAGES, LETTERS = 300, 5, 400


def gather(work: Work, ids: dict[str, int]) -> list[Notice]:
    """Write one slice of the readers, and set the time for the next: at once, or in a week."""
    until = ids.get("until", work.seconds)
    since = until - WEEK_S
    weeks, messages = digest.weeks(work.tx, since, until), digest.messages(work.tx, since, until)
    found = digest.readers(work.tx, ids.get("after", 0), SLICE)
    ahead: dict[str, tuple[Key, ...]] = {}
    told = []
    for reader in found:
        words = [said for path, said in messages if reader.path.startswith(path)]
        week = weeks.get(reader.place, Week())
        if reader.path not in ahead:
            held = of_week(work, reader.path, since, until)
            ahead[reader.path] = (*_ahead(work, reader.path), *_asked(work, reader.place), *held)
        if words or week.accepted or week.decided or ahead[reader.path]:
            lines = (*ahead[reader.path], *_repeated(words))
            told.append(Notice(reader.person, _shown(work, reader, week, lines, until), Unasked.DIGEST))
    if len(found) == SLICE:
        # A second later: what is due now counts as done with this slice.
        jobs.put(work.tx, "digest", "digest", work.seconds + 1, {"until": until, "after": found[-1].person})
    else:
        due = next_time(work.now, work.town.digest_weekday, work.town.digest_hour)
        jobs.put(work.tx, "digest", "digest", int(due.timestamp()))
        jobs.put(work.tx, "digest-rest", "digest-rest", work.seconds)
    return told


def gather_rest(work: Work, ids: dict[str, int]) -> list[Notice]:
    """The same for those who get news as they come, of what was more than their share."""
    found = news.missed(work.tx, ids.get("after", 0), SLICE)
    news.told(work.tx, [one.person for one in found])
    if len(found) == SLICE:
        jobs.put(work.tx, "digest-rest", "digest-rest", work.seconds + 1, {"after": found[-1].person})
    lines = {number: _line(work, number) for one in found for number in one.broadcasts[-MESSAGES:]}
    return [Notice(one.person, _shown_rest(work, one, lines), Unasked.REST) for one in found if one.broadcasts]


def _line(work: Work, number: int) -> Key:
    """One of what was more than somebody's share: its words, or what it invites to or asks."""
    one = broadcasts.get(work.tx, number)
    meeting = meetings.get(work.tx, one.meeting) if one is not None and one.meeting else None
    if meeting is not None:
        return Key("digest-meeting", {"what": name(work, meeting), "time": time_of(meeting)})
    asked = polls.get(work.tx, one.poll) if one is not None and one.poll else None
    if asked is not None:
        return Key("digest-poll", {"question": asked.question, "date": day(asked.closes)})
    return Key("digest-notice", {"words": cut(one.words if one is not None else "", LETTERS)})


def _shown_rest(work: Work, one: Missed, lines: Mapping[int, Key]) -> Reply:
    more = [lines[number] for number in one.broadcasts[-MESSAGES:]]
    if len(one.broadcasts) > MESSAGES:
        more.append(Key("digest-rest-more", {"n": len(one.broadcasts) - MESSAGES}))
    more.append(Key("digest-rest-why", {"n": work.town.news_per_week}))
    row: Row = (Act("news", "open", Key("talk-news")), Act("settings", "open", Key("digest.settings")))
    return Reply("digest-rest", {"n": len(one.broadcasts)}, more=tuple(more), buttons=(row,))


def _ahead(work: Work, path: str) -> tuple[Key, ...]:
    """The meetings to come that everybody of a neighbourhood is invited to, of the next two weeks."""
    coming = meetings.coming(work.tx, path, work.seconds, limit=MESSAGES, kinds=sorted(OPEN))
    near = [one for one in coming if one.starts <= work.seconds + 2 * WEEK_S]
    return tuple(Key("digest-meeting", {"what": name(work, one), "time": time_of(one)}) for one in near)


def _asked(work: Work, neighborhood: int) -> tuple[Key, ...]:
    """What the people of a neighbourhood are asked just now."""
    within = [place.id for place in places.around(work.tx, places.get(work.tx, neighborhood))]
    found = polls.at(work.tx, within, [State.OPEN], limit=MESSAGES)
    return tuple(Key("digest-poll", {"question": one.question, "date": day(one.closes)}) for one in found)


def _repeated(words: list[str]) -> tuple[Key, ...]:
    return tuple(Key("digest-notice", {"words": cut(said, LETTERS)}) for said in words[-MESSAGES:])


def _shown(work: Work, reader: Reader, week: Week, more: tuple[Key, ...], until: int) -> Reply:
    values: Values = {
        "neighborhood": place_name(places.get(work.tx, reader.place)),
        "from": Moment(moment(until - WEEK_S), Form.DAY_WORDS),
        "to": Moment(moment(until), Form.DAY_WORDS),
        "accepted": week.accepted,
        "decided": week.decided,
    }
    return Reply("digest", values, more=more, buttons=((Act("settings", "open", Key("digest.settings")),),))
