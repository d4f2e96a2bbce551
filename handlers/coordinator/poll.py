"""Ask the residents: which of the accepted cases comes first, from one tap, or a question of one's own by leave."""

from __future__ import annotations

from domain.cases import Kind as Case
from domain.permissions import Do
from domain.persian import has_words, letters, search_key, tidy
from domain.polls import DAYS, FEWEST, FURTHEST, MOST, MOST_CHOSEN, OFFERED, Kind, State
from domain.richtext import Key, Value
from handlers import _roles
from handlers._shown import day, keep_name
from handlers.broadcasting import to_whom
from handlers.coordinator._own import OwnPlace
from handlers.poll_course import ask_leave, begin, close_in_time, last_second, remind, remind_of_leave
from handlers.polling import card, named, question
from handlers.talk import Act, Choice, Outcome, Refusal, Reply, Row, Step, Talk, Turn, done, go
from storage import audience, broadcasts, places, polls, public
from storage.places import Place
from storage.polls import Option, Poll

#: Letters of a question and of an option, at least and at most: with eight options it still is one message everywhere.
SHORTEST, LONGEST, LONGEST_OPTION = 10, 300, 80
_TO_LIST: Row = (Act("polled", "open", Key("talk-polled")),)
_WHERE = OwnPlace(
    Do.ASK_PUBLIC, "poll-place", "poll-place-none", lambda turn, place: _at(turn, place), more=lambda _: (_TO_LIST,)
)


# --- where and what ---------------------------------------------------------------------------------------------------


def start(turn: Turn, rest: str) -> Outcome:
    """`/poll`, or a question and its options below it, a line each. Asks where only those who have a choice."""
    if rest:
        first, *others = [line for line in tidy(rest).splitlines() if line.strip()]
        turn.draft["question"] = _question(first)
        turn.draft["kind"] = Kind.FREE.value
        if others:
            turn.draft["options"] = [[words, None] for words in _options(others)]
    return _WHERE.begin(turn)


def _at(turn: Turn, place: Place) -> Outcome:
    turn.draft["place"] = place.id
    turn.draft.update(most=1, verified=False, closes=last_second(turn, DAYS))
    if "question" in turn.draft:
        return go("confirm") if "options" in turn.draft else go("options")
    return go("kind")


def ask_kind(turn: Turn) -> Reply:
    place = places.get(turn.tx, turn.draft["place"])
    first: Row = (Choice("first", Key("poll-kind.first")),) if place.kind == "neighborhood" else ()
    rows = (*((first,) if first else ()), (Choice("free", Key("poll-kind.free")),), _TO_LIST)
    return Reply("poll-kind", {"readers": to_whom(turn, place, "residents")}, buttons=rows)


def take_first(turn: Turn, _: str) -> Outcome:
    """All that is needed is there: the accepted cases that most people belong to, by their public titles."""
    place = places.get(turn.tx, turn.draft["place"])
    found = public.first_at(turn.tx, place.path, MOST) if place.kind == "neighborhood" else []
    if len(found) < FEWEST:
        raise Refusal("poll-first-few")
    problems = all(one.kind is Case.PROBLEM for one in found)
    turn.draft["kind"] = Kind.FIRST.value
    turn.draft["question"] = turn.town.phrase("poll-first" if problems else "poll-first-mixed")
    turn.draft["options"] = [["", one.case] for one in found]
    return go("confirm")


def take_free(turn: Turn, _: str) -> Outcome:
    turn.draft["kind"] = Kind.FREE.value
    for former in ("question", "options"):  # of the other kind, for whoever came back
        turn.draft.pop(former, None)
    return go("question")


# --- a question of one's own ------------------------------------------------------------------------------------------


def ask_question(turn: Turn) -> Reply:
    return Reply("poll-ask-question", {"least": SHORTEST, "most": LONGEST})


def take_question(turn: Turn, text: str) -> Outcome:
    turn.draft["question"] = _question(text)
    return go("confirm") if turn.draft.get("options") else go("options")


def _question(text: str) -> str:
    words = " ".join(tidy(text).split())
    if not has_words(words) or letters(words) < SHORTEST or len(words) > LONGEST:
        raise Refusal("poll-question-length", least=SHORTEST, most=LONGEST)
    return words


def ask_options(turn: Turn) -> Reply:
    return Reply("poll-ask-options", {"least": FEWEST, "most": MOST})


def take_options(turn: Turn, text: str) -> Outcome:
    turn.draft["options"] = [[words, None] for words in _options(tidy(text).splitlines())]
    return go("confirm")


def _options(lines: list[str]) -> list[str]:
    """One option a line, each different from the others as people read them."""
    found = [" ".join(line.split()) for line in lines if has_words(line)]
    if not FEWEST <= len(found) <= MOST:
        raise Refusal("poll-options-number", least=FEWEST, most=MOST)
    if any(len(words) > LONGEST_OPTION for words in found):
        raise Refusal("poll-option-length", n=LONGEST_OPTION)
    if len({search_key(words) or words for words in found}) < len(found):
        raise Refusal("poll-options-alike")
    return found


def again(turn: Turn, about: str) -> Outcome:
    """What was refused is written anew from where it was: nothing of it is lost."""
    one = named(turn, about)
    if one is None or one.author != turn.person.id or not turn.may(Do.ASK_PUBLIC, one.path):
        raise Refusal("poll-unknown")
    turn.draft.update(
        place=one.place,
        kind=one.kind.value,
        question=one.question,
        options=[[option.words, option.case] for option in polls.options(turn.tx, one.id)],
        most=one.most,
        verified=one.verified,
        closes=last_second(turn, DAYS),
    )
    return go("confirm")


# --- a look at it -----------------------------------------------------------------------------------------------------


def ask_confirm(turn: Turn) -> Reply:
    draft, place = turn.draft, places.get(turn.tx, turn.draft["place"])
    seen = question(turn, _unwritten(turn, place), _found(turn))
    reached = _counted(turn, place).reached
    leave = _needs_leave(turn, place)
    if not reached:
        ending = Key("poll-confirm-nobody")
    else:
        values: dict[str, Value] = {"n": reached, "readers": to_whom(turn, place, "residents")}
        ending = Key("poll-confirm-leave", values) if leave else Key("poll-confirm", values)
    send = (Choice("send", Key("poll-preview.leave") if leave else Key("poll-preview.send")),)
    most: Row = (Choice("most", Key("poll-preview.most", {"n": _next_most(turn)})),) if _cap(turn) > 1 else ()
    verified = Key("poll-preview.all") if draft["verified"] else Key("poll-preview.verified")
    rows: list[Row] = [send] if reached else []
    rows += [(Choice("until", Key("poll-preview.until")), *most), (Choice("verified", verified),)]
    if draft["kind"] == Kind.FREE.value:
        rows.append((Choice("question", Key("poll-preview.question")), Choice("options", Key("poll-preview.options"))))
    return Reply("poll-preview", {"question": seen.values["question"]}, more=(*seen.more, ending), buttons=tuple(rows))


def _unwritten(turn: Turn, place: Place) -> Poll:
    draft = turn.draft
    return Poll(
        id=0,
        place=place.id,
        path=place.path,
        author=turn.person.id,
        kind=Kind(draft["kind"]),
        question=draft["question"],
        most=min(draft["most"], _cap(turn)),
        verified=draft["verified"],
        state=State.OPEN,
        created=turn.seconds,
        closes=draft["closes"],
        reason="",
        voters=None,
        answer="",
        answer_due=None,
        chart=None,
    )


def _found(turn: Turn) -> list[Option]:
    """The options of the draft; a case that is not for everybody any more has lost its words."""
    found = []
    for position, (words, case) in enumerate(turn.draft["options"], 1):
        copy = public.of(turn.tx, case) if case is not None else None
        found.append(Option(position, words or (copy.title if copy else ""), case, None))
    return found


def _counted(turn: Turn, place: Place) -> audience.Count:
    meant = broadcasts.audience(place.path, "residents", author=turn.person.id)
    return audience.count(turn.tx, meant, turn.seconds, budget=turn.town.news_per_week)


def _needs_leave(turn: Turn, place: Place) -> bool:
    return turn.draft["kind"] == Kind.FREE.value and not turn.may(Do.GIVE_LEAVE, place.path)


def more_choices(turn: Turn, _: str) -> Outcome:
    """One, up to two, up to three, and one again."""
    turn.draft["most"] = _next_most(turn)
    return go("confirm")


def _cap(turn: Turn) -> int:
    """How many may be chosen at most: never as many as there are."""
    return min(MOST_CHOSEN, len(turn.draft["options"]) - 1)


def _next_most(turn: Turn) -> int:
    return int(turn.draft["most"]) % _cap(turn) + 1


def verified(turn: Turn, _: str) -> Outcome:
    turn.draft["verified"] = not turn.draft["verified"]
    return go("confirm")


def ask_until(turn: Turn) -> Reply:
    rows = tuple((Choice(f"days:{days}", Key("poll-until.days", {"n": days})),) for days in OFFERED)
    return Reply("poll-until", {"date": day(turn.draft["closes"])}, buttons=rows)


def take_days(turn: Turn, days: str) -> Outcome:
    if days not in map(str, OFFERED):
        raise Refusal("poll-until-wrong", n=FURTHEST)
    turn.draft["closes"] = last_second(turn, int(days))
    return go("confirm")


def take_until(turn: Turn, text: str) -> Outcome:
    """A day that somebody writes: tomorrow at the earliest, so that everybody has a day."""
    closes = _roles.last_second(turn, text)
    if not last_second(turn, 1) <= closes <= last_second(turn, FURTHEST):
        raise Refusal("poll-until-wrong", n=FURTHEST)
    turn.draft["closes"] = closes
    return go("confirm")


# --- off it goes ------------------------------------------------------------------------------------------------------


def send(turn: Turn, _: str) -> Outcome:
    place, found = places.get(turn.tx, turn.draft["place"]), _found(turn)
    if not turn.may(Do.ASK_PUBLIC, place.path):
        raise Refusal("poll-place-none")
    if not _counted(turn, place).reached:
        raise Refusal("poll-confirm-nobody")
    if turn.draft["closes"] < last_second(turn, 1):
        turn.draft["closes"] = last_second(turn, DAYS)  # the draft lay for days
    there = [option for option in found if option.words]
    if len(there) < FEWEST:
        raise Refusal("poll-first-few")
    keep_name(turn)
    leave = _needs_leave(turn, place)
    one = polls.create(
        turn.tx,
        place=place.id,
        author=turn.person.id,
        kind=Kind(turn.draft["kind"]),
        question=turn.draft["question"],
        options=[("" if option.case else option.words, option.case) for option in there],
        most=min(turn.draft["most"], len(there) - 1),
        verified=turn.draft["verified"],
        state=State.ASKING if leave else State.OPEN,
        closes=turn.draft["closes"],
        now=turn.seconds,
    )
    told = ask_leave(turn, one) if leave else []
    if not leave:
        begin(turn, one)
    return done(card(turn, one), *told)


talk = Talk(
    name="poll",
    rule=Do.ASK_PUBLIC,
    command="poll",
    start=start,
    steps={
        "place": _WHERE.step(),
        "kind": Step(ask_kind, choices={"first": take_first, "free": take_free}),
        "question": Step(ask_question, text=take_question),
        "options": Step(ask_options, text=take_options),
        "until": Step(ask_until, text=take_until, choices={"days": take_days}),
        "confirm": Step(
            ask_confirm,
            choices={
                "send": send,
                "until": lambda turn, _: go("until"),
                "most": more_choices,
                "verified": verified,
                "question": lambda turn, _: go("question"),
                "options": lambda turn, _: go("options"),
            },
        ),
    },
    actions={"again": again},
    jobs={"poll-close": close_in_time, "poll-remind": remind, "poll-leave": remind_of_leave},
)
