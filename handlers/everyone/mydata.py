"""What is kept of a person, in plain words and counts, and whole as a file; and what goes by itself in time."""

from __future__ import annotations

from domain.permissions import Do
from domain.richtext import Key
from handlers._shown import name_of, place_name
from handlers.talk import Act, Notice, Outcome, Reply, Talk, Turn, Values, Work, done
from storage import cases, jobs, linking, media, people, personal, places, retention
from storage.audience import Unasked

#: Seconds that the file lies ready to be sent; then it goes.
FILE_S = 86400
#: Seconds between two looks at what has had its time; how much goes at once.
LOOK_S, SLICE = 6 * 3600, 200
#: Seconds for which a code that joins two accounts is still known to be too old.
LINK_S = 86400


def start(turn: Turn, _: str) -> Outcome:
    found = personal.export(turn.tx, turn.person.id)
    joined = places.of_person(turn.tx, turn.person.id)
    values: Values = {
        "neighborhood": place_name(joined) if joined else Key("settings-nowhere"),
        "cases": cases.count_of_person(turn.tx, turn.person.id),
        "words": len(found.get("words", [])),
        "media": sum(1 for one in found.get("media", []) if one["state"] != "gone"),
        "drafts": len(found.get("talks", [])),
        "accounts": len(found.get("accounts", [])),
        "roles": sum(1 for role in found.get("roles", []) if role["role"] != "resident"),
    }
    named = people.sealed_name(turn.tx, turn.person.id)
    more = (Key("mydata-name", {"name": name_of(turn, turn.person.id)}),) if named else ()
    kept = {"days": turn.town.rejected_days, "months": turn.town.closed_months}
    buttons = (
        (Act("mydata", "file", Key("mydata.file")),),
        (Act("forget", "open", Key("mydata.forget")),),
    )
    return done(Reply("mydata", values, more=(*more, Key("mydata-kept", kept)), buttons=buttons))


def make_file(turn: Turn, _: str) -> Outcome:
    """Everything in one file. It takes a moment: reading it all is no work for a turn."""
    ids = {"person": turn.person.id, "bot": turn.account.bot}
    jobs.put(turn.tx, "mydata-file", f"mydata-file:{turn.person.id}", turn.seconds, ids)
    return done(Reply("mydata-coming", edit=False))


def send_file(work: Work, ids: dict[str, int]) -> list[Notice]:
    """The file is ready. It lies no longer than a day, sent or not."""
    jobs.put(work.tx, "mydata-gone", f"mydata-gone:{ids['media']}", work.seconds + FILE_S, {"media": ids["media"]})
    return [Notice(ids["person"], Reply("mydata-file", media=(ids["media"],)), Unasked.ASKED, ids["bot"])]


def drop_file(work: Work, ids: dict[str, int]) -> list[Notice]:
    media.let_go(work.tx, ids["media"], work.seconds)
    return []


def let_go(work: Work, _: dict[str, int]) -> list[Notice]:
    """What has had its time goes: rejected reports, people behind closed ones, photos of drafts nobody submitted."""
    tx, now = work.tx, work.seconds
    rejected = retention.rejected(tx, now - work.town.rejected_days * 86400, SLICE)
    closed = retention.closed(tx, now - work.town.closed_months * 365 * 86400 // 12, SLICE)
    # A draft lives until its talk closes; a day more harms nobody.
    stray = media.stray(tx, now - (work.town.talk_days + 1) * 86400, SLICE)
    for case in rejected:
        retention.erase(tx, case, now)
    for case in closed:
        retention.anonymise(tx, case, now)
    for one in stray:
        media.let_go(tx, one, now)
    linking.sweep(tx, now - LINK_S)
    more = SLICE in (len(rejected), len(closed), len(stray))
    jobs.put(tx, "retention", "retention", now + (1 if more else LOOK_S))
    return []


talk = Talk(
    name="mydata",
    rule=Do.TAKE_PART,
    command="mydata",
    start=start,
    actions={"file": make_file},
    jobs={"mydata-send": send_file, "mydata-gone": drop_file, "retention": let_go},
)
