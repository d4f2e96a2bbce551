"""The news of a week in one message, for those who chose it; nothing for a neighbourhood where nothing happened."""

from __future__ import annotations

from domain.moments import Form, Moment
from domain.persian import cut
from domain.richtext import Key
from domain.weekly import next_time
from handlers._shown import place_name
from handlers.talk import Act, Notice, Reply, Values, Work, moment
from storage import digest, jobs, places
from storage.audience import Unasked
from storage.digest import Reader, Week

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
    return told


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
