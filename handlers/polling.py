"""How a poll is worded: the question with what can be chosen, what came of it, and the card of those who asked."""

from __future__ import annotations

from collections.abc import Sequence

from domain.moments import Moment
from domain.persian import cut
from domain.polls import SPLIT_FROM, Move, Result, State
from domain.richtext import Key, Value
from handlers._shown import day, name_of, place_name
from handlers.broadcasting import area, sender, to_whom
from handlers.talk import Act, Reply, Row, Values, Work, moment
from storage import ballots, places, polls
from storage.polls import Option, Poll

#: Letters of an option on a button, beside the mark of what was chosen.
LABEL = 36
MARK = "\u2714"


def named(work: Work, about: str) -> Poll | None:
    """A poll from a button's data, which can be forged."""
    return polls.get(work.tx, int(about)) if about.isascii() and about.isdigit() and len(about) < 16 else None


def option_words(option: Option) -> str | Key:
    """An option in words; a case that was hidden meanwhile is not named any more."""
    return option.words or Key("poll-option-gone")


def question_lines(work: Work, one: Poll, found: Sequence[Option]) -> tuple[Key, ...]:
    """What can be chosen, and how and until when."""
    lines = _numbered(found)
    place = places.get(work.tx, one.place)
    lines.append(Key("poll-rules", {"date": day(one.closes), "most": one.most, "sender": sender(work, place)}))
    if one.verified:
        lines.append(Key("poll-verified-only"))
    return tuple(lines)


def _numbered(found: Sequence[Option]) -> list[Key]:
    return [Key("poll-option", {"n": option.position, "option": option_words(option)}) for option in found]


def dated(one: Poll, seconds: int) -> dict[str, Value]:
    """What a button says that opens a poll from a list: «what first» is asked again and again, so its day tells it
    apart."""
    return {"date": Moment(moment(seconds), "day_month"), "question": cut(one.question, LABEL)}


# --- what residents read ----------------------------------------------------------------------------------------------


def message(work: Work, one: Poll) -> Reply:
    """What everybody who is asked gets, as it stands now: the question, or what came of it. The same for all."""
    open_ = one.state is State.OPEN
    asked = question(work, one, polls.options(work.tx, one.id)) if open_ else outcome(work, one)
    why = Key("broadcast-why", {"readers": to_whom(work, places.get(work.tx, one.place), "residents")})
    settings: Row = (Act("settings", "open", Key("broadcast-message.settings")),)
    return Reply(asked.key, asked.values, more=(*asked.more, why), buttons=(*asked.buttons, settings), edit=False)


def question(work: Work, one: Poll, found: Sequence[Option], chosen: Sequence[int] = ()) -> Reply:
    """What is asked, with a button for each option."""
    return Reply(
        "poll-question",
        {"sender": sender(work, places.get(work.tx, one.place)), "question": one.question},
        more=question_lines(work, one, found),
        buttons=tuple((_vote(one, option, chosen=option.position in chosen),) for option in found),
        edit=False,
    )


def _vote(one: Poll, option: Option, *, chosen: bool) -> Act:
    """A button says what shall be, and not «the other way round»: pressed twice it does the same."""
    short = cut(option.words, LABEL) if option.words else ""
    label: str | Key = (f"{MARK} {short}" if chosen else short) or Key("poll-option-gone.label")
    on = 0 if chosen and one.most > 1 else 1
    return Act("polls", "vote", label, f"{one.id}:{option.position}:{on}")


def own(work: Work, one: Poll, person: int) -> Reply:
    """The same for one person: what they have chosen, and how the votes stand for whoever has voted."""
    if one.state is not State.OPEN:
        return outcome(work, one)
    chosen = ballots.chosen(work.tx, one.id, person)
    shown = question(work, one, polls.options(work.tx, one.id), chosen)
    if not chosen:
        return shown
    result = ballots.count(work.tx, one.id, len(shown.buttons))
    back: Row = (Act("polls", "back", Key("poll-question.back"), str(one.id)),)
    more = (*shown.more, Key("poll-chosen", {"n": len(chosen)}), *standing(work, one, result))
    return Reply(shown.key, shown.values, more=more, buttons=(*shown.buttons, back), edit=False)


def standing(work: Work, one: Poll, result: Result) -> tuple[Key, ...]:
    """How the votes stand while one may still vote."""
    lines = (Key("poll-so-far", {"n": result.voters}),)
    return (*lines, *_split(work, one, result)) if result.split else (*lines, Key("poll-few", {"least": SPLIT_FROM}))


def _split(work: Work, one: Poll, result: Result) -> tuple[Key, ...]:
    """The votes of each option, the most first, and whether some share the first place."""
    words = {option.position: option_words(option) for option in polls.options(work.tx, one.id)}
    lines = [Key("poll-votes", {"option": words[position], "n": votes}) for position, votes in result.ranked]
    if tied := result.tied:
        names = Key("poll-named", {"option": words[tied[0]]})
        for position in tied[1:]:
            names = Key("poll-named-too", {"others": names, "option": words[position]})
        lines.append(Key("poll-tie", {"options": names}))
    return tuple(lines)


def outcome(work: Work, one: Poll) -> Reply:
    """What came of a poll that is over."""
    if one.state is not State.CLOSED:
        return Reply("poll-cancelled", {"question": one.question, "reason": one.reason}, edit=False)
    rows: tuple[Row, ...] = ()
    if one.chart is not None:
        rows = ((Act("polls", "chart", Key("poll-result.chart"), str(one.id)),),)
    values: Values = {"question": one.question, "n": one.voters or 0}
    return Reply("poll-result", values, more=result_lines(work, one), buttons=rows, edit=False)


def result_lines(work: Work, one: Poll) -> tuple[Key, ...]:
    """The lines under a result: the votes, why it ended early, and what the council does with it or until when it
    says so."""
    result = polls.result(work.tx, one) or Result(0, {})
    lines: list[Key] = list(_split(work, one, result)) if result.split else []
    if result.voters and not result.split:
        lines.append(Key("poll-few-closed", {"least": SPLIT_FROM}))
    if one.reason:
        lines.append(Key("poll-early", {"reason": one.reason}))
    who = sender(work, places.get(work.tx, one.place))
    if one.answer:
        lines.append(Key("poll-answer", {"sender": who, "answer": one.answer}))
    elif one.answer_due is not None:
        lines.append(Key("poll-answer-due", {"sender": who, "date": day(one.answer_due)}))
    return tuple(lines)


# --- what those read who ask, and who give leave ----------------------------------------------------------------------


def card(work: Work, one: Poll) -> Reply:
    """A poll as those see it who answer for it: where it stands, and what can be done about it now. How the votes
    stand is not for them either before it is closed, but how many there are."""
    place = places.get(work.tx, one.place)
    about = str(one.id)
    found = polls.options(work.tx, one.id)
    more: tuple[Key, ...]
    rows: tuple[Row, ...] = ()
    match one.state:
        case State.ASKING:
            more = (
                *question_lines(work, one, found),
                Key("poll-card-asking", {"date": day(leave_due(work, one))}),
            )
            rows = ((Act("polled", "cancel", Key("poll-card.cancel"), about),),)
        case State.OPEN:
            n = ballots.voters(work.tx, one.id)
            until: dict[str, Value] = {"date": day(one.closes), "n": n}
            more = (*_numbered(found), Key("poll-card-open", until))
            rows = (
                (
                    Act("polled", "close", Key("poll-card.close"), about),
                    Act("polled", "cancel", Key("poll-card.cancel"), about),
                ),
            )
        case State.CLOSED:
            more = (Key("poll-card-closed", {"n": one.voters or 0}), *result_lines(work, one))
            label = Key("poll-card.rewrite") if one.answer else Key("poll-card.answer")
            rows = ((Act("polled", "answer", label, about),),)
        case State.REFUSED:
            who = name_of(work, polls.who(work.tx, one.id, Move.REFUSE))
            more = (Key("poll-card-refused", {"who": who, "reason": one.reason}),)
            rows = ((Act("poll", "again", Key("poll-card.again"), about),),)
        case State.CANCELLED:
            who = name_of(work, polls.who(work.tx, one.id, Move.CANCEL))
            more = (Key("poll-card-cancelled", {"who": who, "reason": one.reason}),)
    shown: Values = {"question": one.question, "place": area(place)}
    return Reply("poll-card", shown, more=more, buttons=rows, about=one.card)


def leave_due(work: Work, one: Poll) -> int:
    """Until when those who give leave are expected to answer, as epoch seconds: like a first answer to a report."""
    return int(work.town.calendar.due(moment(one.created), work.town.first_answer_days).timestamp())


def leave_card(work: Work, one: Poll) -> Reply:
    """The same for those who give leave, as long as they have not."""
    if one.state is not State.ASKING:
        who = name_of(work, polls.who(work.tx, one.id, Move.ALLOW, Move.REFUSE, Move.CANCEL))
        return Reply("leave-taken", {"question": one.question, "who": who}, about=one.leave)
    place = places.get(work.tx, one.place)
    allow = Act("leave", "give", Key("leave-card.give"), str(one.id))
    refuse = Act("leave", "refuse", Key("leave-card.refuse"), str(one.id))
    return Reply(
        "leave-card",
        {"neighborhood": place_name(place), "who": name_of(work, one.author), "question": one.question},
        more=question_lines(work, one, polls.options(work.tx, one.id)),
        buttons=((allow,), (refuse,)),
        about=one.leave,
    )
