"""How a case, a place and a holder are shown: pieces that several talks share."""

from __future__ import annotations

from dataclasses import replace

from domain.cases import UNDECIDED, Move, Part, Reason, State, may_move, resumed
from domain.moments import Moment
from domain.persian import cut, cut_line
from domain.richtext import Code, Key
from handlers.talk import Act, Notice, Reply, Row, Turn, Values, Work, moment
from storage import audience, cards, cases, media, people, places, public
from storage.audience import Unasked
from storage.cases import Case, Step
from storage.own import Listed
from storage.places import Place
from storage.public import PublicCase

#: Letters of a case's own words that stand for it in texts, and on a button.
TITLE, LABEL = 60, 40
#: Lines of a list on one page.
PAGE = 8


def title(case: Case | Listed) -> str | Key:
    """A case in a few words of its own, cut at a word's end; one that was only shown or spoken by what it is about."""
    if not case.text:
        return Key("untitled", {"category": Key(f"category-{case.category}")})
    return in_short(case.text)


def in_short(text: str) -> str:
    """Somebody's words in a few of them, on one line."""
    return cut(text, TITLE)


def label(case: Case) -> str | Key:
    """The same, short enough for a button."""
    found = title(case)
    return cut_line(found, LABEL) if isinstance(found, str) else found


def place_name(place: Place) -> str | Key:
    """A place's name; a made-up one carries its mark."""
    return Key("sample-place", {"name": place.name}) if place.sample else place.name


def holder(work: Work, case: Case | Listed | PublicCase) -> Key:
    """Who must act: the council of the case's neighbourhood, or the county's committee where there is none."""
    place = places.get(work.tx, case.place)
    if place.has_council:
        return Key("holder-council", {"neighborhood": place_name(place)})
    return Key("holder-county", {"county": place_name(county(work, place))})


def county(work: Work, place: Place) -> Place:
    """The county a place lies in."""
    found = places.written(work.tx, place.path.strip("/").split("/")[0])
    if found is None:
        raise LookupError(place.path)
    return found


def spot(work: Work, place: int) -> str | Key:
    """The name of a place by its number."""
    return place_name(places.get(work.tx, place))


def day(seconds: int) -> Moment:
    """A promised date as people read it: weekday, day and month."""
    return Moment(moment(seconds), "day_words")


def card(work: Work, case: Case, *, bare: bool = False) -> Reply:
    """The card that those who decide see of a case, with what they can do about it now.

    `bare`: it was submitted in this turn, and only its words belong to it: nothing else is looked for.
    """
    if case.private:
        return Reply("card-hidden", {"neighborhood": place_name(places.get(work.tx, case.place))}, about=about(case))
    sent = {} if bare else media.by_part(work.tx, case.id)
    key, values, more = _new(case) if bare else _standing(work, case, spoken=bool(sent.get("answer")))
    joined = 0 if bare else cases.count_joined(work.tx, case.id)
    return Reply(
        key,
        {**_what(work, case), **values},
        more=(*more, *((Key("card-joined", {"n": joined}),) if joined else ())),
        buttons=card_buttons(case),
        about=about(case),
        media=tuple(one.id for part in ("text", "answer") for one in sent.get(part, ())),
    )


def about(case: Case) -> str:
    """What every message that shows a case is marked with."""
    return f"case:{case.id}"


def _what(work: Work, case: Case) -> Values:
    return {
        "neighborhood": place_name(places.get(work.tx, case.place)),
        "kind": str(case.kind),
        "what": Key(
            "card-what",
            {
                "text": case.text or Key("no-words"),
                "category": Key(f"category-{case.category}"),
                "where": case.where or Key("where-none" if case.lat is None else "where-sent"),
            },
        ),
        "code": Code(case.code),
    }


def _deciding(work: Work, case: Case) -> Step:
    """The move that brought a case to where it stands; hiding a name did not."""
    made = [step for step in cases.history(work.tx, case.id) if step.move not in (Move.REDACT, Move.HIDE)]
    return made[-1]


def _standing(work: Work, case: Case, *, spoken: bool) -> tuple[str, Values, tuple[Key, ...]]:
    """Which card a case has where it stands, with the values and further lines that only that one has.

    `spoken`: the reporter's answer came as a voice or the like.
    """
    due = day(case.due) if case.due is not None else ""
    match case.state:
        case State.ACCEPTED:
            step = cases.said(work.tx, case.id, "next_step")
            return "card-accepted", {"who": _who(work, case), "step": step, "due": due}, ()
        case State.REJECTED:
            last = _deciding(work, case)
            reason = reason_text(last.reason or Reason.NOT_FEASIBLE)
            values: Values = {
                "who": name_of(work, last.actor),
                "reason": reason,
                "explanation": explanation(work, case),
            }
            return "card-rejected", values, ()
        case State.WITHDRAWN:
            return "card-withdrawn", {}, ()
        case State.NEEDS_INFO:
            question = cases.said(work.tx, case.id, "question")
            until = day(case.asked_until or case.since)
            return "card-asked", {"question": question, "who": _who(work, case), "until": until}, ()
        case State.UNDER_REVIEW:
            return "card-review", {"due": due}, _answer(work, case, spoken=spoken)
    key, values, more = _new(case)
    return key, values, (*more, *_added(work, case, spoken=spoken))


def _new(case: Case) -> tuple[str, Values, tuple[Key, ...]]:
    return "card-new", {"due": day(case.due) if case.due is not None else ""}, ()


def _who(work: Work, case: Case) -> str | Key:
    return name_of(work, _deciding(work, case).actor)


def _answer(work: Work, case: Case, *, spoken: bool) -> tuple[Key, ...]:
    question = Key("card-question", {"question": cases.said(work.tx, case.id, "question")})
    if _deciding(work, case).move is Move.TIME_OUT:
        return (question, Key("card-unanswered"), *_added(work, case, spoken=spoken))
    return (question, *_added(work, case, spoken=spoken))


def _added(work: Work, case: Case, *, spoken: bool) -> tuple[Key, ...]:
    """What the reporter answered or added, the newest."""
    said = cases.said(work.tx, case.id, "answer")
    if not said and not spoken:
        return ()
    return (Key("card-answer", {"answer": said or Key("said-in-voice")}),)


def explanation(work: Work, case: Case) -> str | Key:
    """Why a case was not accepted, in words; a voice stands before the message that shows this."""
    return cases.said(work.tx, case.id, "explanation") or Key("said-in-voice")


def spoken(work: Work, case: Case) -> tuple[int, ...]:
    """The voice in which a rejection was explained, if it was."""
    return tuple(one.id for one in media.of_case(work.tx, case.id, "explanation"))


def card_buttons(case: Case, *, all_of_them: bool = False) -> tuple[Row, ...]:
    """What can be done about a case where it stands: the usual, or the rest as well."""
    code = case.code
    ask = Act("ask", "begin", Key("card.ask"), code)
    usual: tuple[Row, ...] = ()
    if case.state in UNDECIDED:
        accept, reject = (
            Act("accept", "begin", Key("card.accept"), code),
            Act("reject", "begin", Key("card.reject"), code),
        )
        usual = ((accept, *((ask,) if may_move(case.kind, case.state, Move.ASK) else ())), (reject,))
    elif case.state is not State.ACCEPTED:
        return ()
    if not all_of_them:
        more = Act("more", "show", Key("card.more"), code)
        return (*usual[:-1], (*usual[-1], more)) if usual else ((more,),)
    move = ((Act("move", "begin", Key("card.move"), code),),) if may_move(case.kind, case.state, Move.MOVE) else ()
    rest: Row = (
        Act("redact", "begin", Key("card.redact"), code),
        Act("sensitive", "begin", Key("card.sensitive"), code),
    )
    return (*usual, *move, rest)


def promise(work: Work, case: Case) -> int:
    """Until when the resident hears, once the clock of a case goes on after a question."""
    paused, due = case.paused or work.seconds, case.due or work.seconds
    found = resumed(work.town.calendar, paused=moment(paused), due=moment(due), now=work.now)
    return int(found.timestamp())


def name_of(work: Work, person: int | None) -> str | Key:
    """A staff member's name, or «a colleague» when none is kept."""
    sealed = people.sealed_name(work.tx, person) if person is not None else ""
    return work.town.seals.open(sealed, f"person:{person}") if sealed else Key("a-colleague")


def reason_text(reason: Reason) -> Key:
    """The sentence for a rejection's reason."""
    return Key(f"reason-{reason.value.replace('_', '-')}")


def state_text(work: Work, case: Case | Listed | PublicCase) -> Key:
    """The few words that residents read of a state."""
    return Key(f"state-{case.state.value}", {"holder": holder(work, case)})


def staff_state(case: Case) -> Key:
    """The few words that staff read of a state."""
    return Key(f"staff-state-{case.state.value}")


def public_title(work: Work, case: Case | Listed) -> str | Key:
    """A case as those read of it who only said «the same for me»: never in the reporter's own words."""
    found = public.of(work.tx, case.id)
    return found.title if found else Key("untitled", {"category": Key(f"category-{case.category}")})


def tell_parties(work: Work, case: Case, reply: Reply) -> list[Notice]:
    """The same news to everybody who belongs to a case; its `title` is the public one for those who joined it."""
    told = [Notice(person, reply, Unasked.OWN_CASE) for person in cases.parties(work.tx, case.id, Part.REPORTER)]
    joined = cases.parties(work.tx, case.id, Part.JOINED)
    if joined:
        shared = replace(reply, values={**reply.values, "title": public_title(work, case)}, buttons=())
        told += [Notice(person, shared, Unasked.OWN_CASE) for person in joined]
    return told


def tell_moderators(work: Work, case: Case, *, bare: bool = False) -> list[Notice]:
    """A card to each of those who decide about a case and want it at once; the others find it with what is collected
    for them. `bare` as in `card`."""
    moderators = audience.moderators(work.tx, case.path, work.seconds)
    told = [person for person in moderators if not cards.hours(work.tx, person)]
    shown = card(work, case, bare=bare) if told else None
    return [] if shown is None else [Notice(person, shown, Unasked.DUTY) for person in told]


def pager(talk: str, action: str, about: str, page: int, total: int, *, size: int = PAGE) -> tuple[Row, ...]:
    """Buttons to the pages around this one; none when everything fits on one."""
    row: list[Act] = []
    prefix = f"{about}:" if about else ""
    if page > 0:
        row.append(Act(talk, action, Key("button-previous"), f"{prefix}{page - 1}"))
    if (page + 1) * size < total:
        row.append(Act(talk, action, Key("button-next"), f"{prefix}{page + 1}"))
    return (tuple(row),) if row else ()


def page_number(about: str) -> int:
    """A page from a button's data, which can be forged: 0 for anything else."""
    return min(int(about), 100_000) if about.isascii() and about.isdigit() and len(about) < 9 else 0


def keep_name(turn: Turn) -> None:
    """Keep the name of somebody who acts for the council, encrypted, so that colleagues read who it was."""
    if turn.incoming.name:
        sealed = turn.town.seals.seal(turn.incoming.name[:64], f"person:{turn.person.id}")
        people.keep_name(turn.tx, turn.person.id, sealed)
