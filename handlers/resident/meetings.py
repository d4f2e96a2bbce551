"""Meetings of the neighbourhood, coming and past; the answer to an invitation, and what else it offers."""

from __future__ import annotations

from dataclasses import replace

from domain.meetings import LEVEL, Answer, Kind, State
from domain.minutes import READERS
from domain.moments import Moment
from domain.papers import Paper
from domain.permissions import Do, Seat
from domain.persian import has_words, tidy
from domain.richtext import Key
from handlers._meetings import INVITED, led, name, named, time_of
from handlers._papers import ask_for
from handlers._shown import PAGE, in_short, page_number, pager
from handlers.inviting import card, follow, page, refreshed
from handlers.minuting import organisers
from handlers.talk import Act, Notice, Outcome, Refusal, Reply, Row, Step, Talk, Turn, Values, Work, done, go, moment
from storage import jobs, meetings, minutes, places, rsvps
from storage.audience import Unasked
from storage.broadcasts import GROUPS
from storage.meetings import Meeting, Seen
from storage.places import Place

#: Letters of a proposed item, and items of one person for one meeting.
LONGEST_ITEM, MOST_ITEMS = 200, 3


def start(turn: Turn, rest: str) -> Outcome:
    """`/meetings`, or a link to one of them."""
    if rest.isascii() and rest.isdigit():
        return show(turn, rest)
    return done(_list(turn, 0))


def turn_page(turn: Turn, about: str) -> Outcome:
    return done(replace(_list(turn, page_number(about)), edit=True))


def _seen(turn: Turn) -> Seen:
    """Of which places somebody sees which meetings: what they would be invited to, and what they may call."""
    found: dict[int, list[Kind]] = {}
    for seat in turn.seats:
        for place in places.around(turn.tx, places.get(turn.tx, seat.place)):
            known = found.setdefault(place.id, [])
            known += [kind for kind in Kind if kind not in known and _sees(turn, seat, kind, place)]
    return {place: kinds for place, kinds in found.items() if kinds}


def _sees(turn: Turn, seat: Seat, kind: Kind, place: Place) -> bool:
    return LEVEL[kind] == place.kind and (seat.role in GROUPS[INVITED[kind]] or turn.may(Do.MEET, place.path))


def _list(turn: Turn, page: int) -> Reply:
    """A page of what is to come, the next one first, and behind it of what was held, the last one first."""
    seen = _seen(turn)
    if not seen:
        return Reply("meetings-nowhere", buttons=((Act("join", "open", Key("talk-join")),),))
    new: tuple[Row, ...] = ((Act("meeting", "open", Key("talk-meeting")),),) if turn.may(Do.MEET) else ()
    read = _read(turn, seen)
    ahead, held = (meetings.count(turn.tx, seen, turn.seconds, ahead=way, read=read) for way in (True, False))
    if not ahead + held:
        return Reply("meetings-none", buttons=(*new, (Act("neighborhood", "open", Key("talk-neighborhood")),)))
    at = page * PAGE
    coming = meetings.page(turn.tx, seen, turn.seconds, ahead=True, offset=at, limit=PAGE)
    rest = PAGE - len(coming)
    past = (
        meetings.page(turn.tx, seen, turn.seconds, ahead=False, offset=max(0, at - ahead), limit=rest, read=read)
        if rest
        else []
    )
    known = minutes.published(turn.tx, [one.id for one in past])
    more: tuple[Key, ...] = () if ahead else (Key("meetings-none-coming"),)
    if coming:
        more = (Key("meetings-coming"), *(_line(turn, one) for one in coming))
    if past:
        more += (Key("meetings-past"), *(_held(turn, one, known.get(one.id)) for one in past))
    rows: tuple[Row, ...] = tuple((_way(turn, one, one.id in known),) for one in (*coming, *past))
    return Reply("meetings", more=more, buttons=(*rows, *pager("meetings", "page", "", page, ahead + held), *new))


def _read(turn: Turn, seen: Seen) -> Seen:
    """Of which places somebody sees further meetings once they have minutes: those whose minutes are for them too."""
    found: dict[int, list[Kind]] = {}
    for seat in turn.seats:
        kind_of = places.get(turn.tx, seat.place).kind
        for kind, who in READERS.items():
            if LEVEL[kind] == kind_of and seat.role in GROUPS[who] and kind not in seen.get(seat.place, ()):
                found.setdefault(seat.place, []).append(kind)
    return found


def _way(turn: Turn, meeting: Meeting, known: bool) -> Act:
    """To its page; to its minutes, where these are all that somebody can see of it."""
    minutes_only = known and not turn.may(Do.MEET, meeting.path)
    return Act("results" if minutes_only else "meetings", "show", _label(meeting), str(meeting.id))


def _held(turn: Turn, meeting: Meeting, decisions: int | None) -> Key:
    """One that was held, with what came of it if that is published."""
    if decisions is None:
        return _line(turn, meeting)
    return Key("meetings-line-result", {"what": name(turn, meeting), "time": time_of(meeting), "n": decisions})


def _line(turn: Turn, meeting: Meeting) -> Key:
    called_off = "-off" if meeting.state is State.CANCELLED else ""
    return Key(f"meetings-line{called_off}", {"what": name(turn, meeting), "time": time_of(meeting)})


def _label(meeting: Meeting) -> Key:
    return Key("meetings-label", {"day": Moment(moment(meeting.starts), "day_words"), "kind": meeting.kind.value})


def show(turn: Turn, about: str) -> Outcome:
    meeting = named(turn, about)
    if turn.may(Do.MEET, meeting.path):
        return done(card(turn, meeting))
    return done(page(turn, meeting, rsvps.of(turn.tx, meeting.id, turn.person.id)))


def _answer(turn: Turn, about: str, said: Answer) -> Outcome:
    meeting = _open(turn, about)
    rsvps.answer(turn.tx, meeting.id, turn.person.id, said, turn.seconds)
    follow(turn, meeting.id)
    return done(replace(page(turn, meeting, said), edit=True))


def _open(turn: Turn, about: str) -> Meeting:
    """A meeting that has not begun and was not cancelled."""
    meeting = named(turn, about)
    if meeting.state is State.CANCELLED:
        raise Refusal("rsvp-cancelled", time=time_of(meeting))
    if meeting.starts <= turn.seconds:
        raise Refusal("rsvp-over")
    return meeting


def pin(turn: Turn, about: str) -> Outcome:
    """The place on the map."""
    meeting = named(turn, about)
    if meeting.lat is None or meeting.lon is None:
        raise Refusal("meeting-no-pin")
    return done(Reply("meeting-pin", {"venue": meeting.venue}, pin=(meeting.lat, meeting.lon), edit=False))


def calendar(turn: Turn, about: str) -> Outcome:
    """A file for the phone's own calendar. Making it is no work for a turn."""
    meeting = named(turn, about)
    ids = {"person": turn.person.id, "bot": turn.account.bot, "meeting": meeting.id}
    jobs.put(turn.tx, "meeting-calendar", f"meeting-calendar:{meeting.id}:{turn.person.id}", turn.seconds, ids)
    return done(Reply("meeting-calendar-coming", edit=False))


def send_calendar(work: Work, ids: dict[str, int]) -> list[Notice]:
    """The file is ready. It lies no longer than a day, sent or not."""
    jobs.put(work.tx, "mydata-gone", f"mydata-gone:{ids['media']}", work.seconds + 86400, {"media": ids["media"]})
    return [Notice(ids["person"], Reply("meeting-calendar", media=(ids["media"],)), Unasked.ASKED, ids["bot"])]


def poster(turn: Turn, about: str) -> Outcome:
    """What hangs at the door: the codes to check in with, on paper."""
    return done(ask_for(turn, Paper.CHECK_IN, led(turn, about).id))


# --- a topic that a resident proposes ---------------------------------------------------------------------------------


def propose(turn: Turn, about: str) -> Outcome:
    meeting = _open(turn, about)
    if rsvps.count_proposed(turn.tx, meeting.id, turn.person.id) >= MOST_ITEMS:
        raise Refusal("propose-item-enough", n=MOST_ITEMS)
    turn.draft["meeting"] = meeting.id
    return go("item")


def ask_item(turn: Turn) -> Reply:
    return Reply("propose-item", {"most": LONGEST_ITEM}, edit=False)


def take_item(turn: Turn, text: str) -> Outcome:
    words = " ".join(tidy(text).split())
    if not has_words(words) or len(words) > LONGEST_ITEM:
        raise Refusal("propose-item-length", most=LONGEST_ITEM)
    meeting = _open(turn, str(turn.draft["meeting"]))
    item = rsvps.propose(turn.tx, meeting.id, turn.person.id, words)
    told = [Notice(person, _proposal(turn, meeting, item, words), Unasked.DUTY) for person in organisers(turn, meeting)]
    follow(turn, meeting.id)
    return done(Reply("propose-item-done", {"words": words, "what": name(turn, meeting)}, edit=False), *told)


def _proposal(turn: Turn, meeting: Meeting, item: int, words: str) -> Reply:
    take = Act("meetings", "take", Key("proposed-item.take"), str(item))
    leave = Act("meetings", "leave", Key("proposed-item.leave"), str(item))
    values: Values = {"what": name(turn, meeting), "time": time_of(meeting), "words": words}
    return Reply("proposed-item", values, buttons=((take, leave),))


def proposals(turn: Turn, about: str) -> Outcome:
    """What residents want to talk about and nobody has decided yet: the first of it."""
    meeting = led(turn, about)
    return done(*(_first_proposal(turn, meeting) or (card(turn, meeting),)))


def _first_proposal(turn: Turn, meeting: Meeting) -> tuple[Reply, ...]:
    found = meetings.agenda(turn.tx, meeting.id, "proposed")[:1]
    return tuple(_proposal(turn, meeting, item.id, item.words) for item in found)


def _decide(turn: Turn, about: str, *, take: bool) -> Outcome:
    item = rsvps.proposed(turn.tx, int(about)) if about.isascii() and about.isdigit() and len(about) < 16 else None
    if item is None:
        raise Refusal("meeting-unknown")
    meeting = led(turn, str(item.meeting))
    if not rsvps.decide(turn.tx, item, take=take):
        return done(Reply("proposed-item-decided", {"words": in_short(item.words)}))
    if take:
        refreshed(turn, meeting)
    key = "taken" if take else "left"
    values: Values = {"words": item.words, "what": name(turn, meeting), "time": time_of(meeting)}
    told = Notice(item.person, Reply(f"propose-item-{key}", values), Unasked.ASKED) if item.person is not None else None
    mine = Reply(f"proposed-item-{key}", {"words": in_short(item.words)}, edit=True)
    follow(turn, meeting.id)
    return done(mine, *_first_proposal(turn, meeting), *([told] if told is not None else []))


talk = Talk(
    name="meetings",
    rule=Do.TAKE_PART,
    command="meetings",
    payload="meeting",
    start=start,
    steps={"item": Step(ask_item, text=take_item)},
    actions={
        "page": turn_page,
        "show": show,
        "yes": lambda turn, about: _answer(turn, about, Answer.YES),
        "maybe": lambda turn, about: _answer(turn, about, Answer.MAYBE),
        "no": lambda turn, about: _answer(turn, about, Answer.NO),
        "pin": pin,
        "calendar": calendar,
        "propose": propose,
        "poster": poster,
        "proposals": proposals,
        "take": lambda turn, about: _decide(turn, about, take=True),
        "leave": lambda turn, about: _decide(turn, about, take=False),
    },
    jobs={"meeting-calendar-send": send_calendar},
    watched=True,
)
