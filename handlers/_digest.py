"""The news of a week in one message, for those who chose it; nothing for a neighbourhood where nothing happened. And
what was more than somebody's share of news, for those who did not."""

from __future__ import annotations

from domain.moments import Form, Moment
from domain.persian import cut
from domain.richtext import Key
from domain.weekly import next_time
from handlers._shown import place_name
from handlers.talk import Act, Notice, Reply, Row, Values, Work, moment
from storage import digest, jobs, news, places
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
    told = []
    for reader in found:
        words = [said for path, said in messages if reader.path.startswith(path)]
        week = weeks.get(reader.place, Week())
        if words or week.accepted or week.decided:
            told.append(Notice(reader.person, _shown(work, reader, week, words, until), Unasked.DIGEST))
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
    return [Notice(one.person, _shown_rest(work, one), Unasked.REST) for one in found if one.words]


def _shown_rest(work: Work, one: Missed) -> Reply:
    more = [Key("digest-notice", {"words": cut(said, LETTERS)}) for said in one.words[-MESSAGES:]]
    if len(one.words) > MESSAGES:
        more.append(Key("digest-rest-more", {"n": len(one.words) - MESSAGES}))
    more.append(Key("digest-rest-why", {"n": work.town.news_per_week}))
    row: Row = (Act("news", "open", Key("talk-news")), Act("settings", "open", Key("digest.settings")))
    return Reply("digest-rest", {"n": len(one.words)}, more=tuple(more), buttons=(row,))


def _shown(work: Work, reader: Reader, week: Week, words: list[str], until: int) -> Reply:
    values: Values = {
        "neighborhood": place_name(places.get(work.tx, reader.place)),
        "from": Moment(moment(until - WEEK_S), Form.DAY_WORDS),
        "to": Moment(moment(until), Form.DAY_WORDS),
        "accepted": week.accepted,
        "decided": week.decided,
    }
    more = tuple(Key("digest-notice", {"words": cut(said, LETTERS)}) for said in words[-MESSAGES:])
    return Reply("digest", values, more=more, buttons=((Act("settings", "open", Key("digest.settings")),),))
