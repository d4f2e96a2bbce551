"""Where every message is attended to: which talk it belongs to, whether it is allowed, and how the talk goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.incoming import Incoming, Kind
from domain.moments import Moment
from domain.permissions import Do
from domain.persian import has_words, letters
from domain.richtext import Key
from handlers._care import noticed
from handlers.book import Book
from handlers.talk import Act, Choice, Outcome, Refresh, Refusal, Reply, Row, Says, Step, Talk, Turn, done, moment
from storage import jobs, media, talks
from storage.talks import Conversation
from storage.tx import DatabaseError

#: A choice that every question has: leave the talk; and one that questions with something before them have.
CANCEL, BACK = "-", "<"
#: Of a video or voice, in millions of bytes: no messenger gives a bot more.
LARGEST_MB = 20
_IGNORED = frozenset({Kind.EDITED, Kind.MEMBER})


def attend(turn: Turn, book: Book) -> list[Says]:
    """Take one message's turn: what is said, in order. Writes through `turn.tx`; raises only on our own bugs."""
    incoming = turn.incoming
    if incoming.kind in _IGNORED:
        return []
    for one in talks.of_account(turn.tx, turn.account.id):
        if one.state == "open":
            turn.talk = one
        turn.waits = turn.waits or one.state == "waiting"
    try:
        if incoming.size > LARGEST_MB * 1_000_000 and turn.person.consent:
            raise Refusal("file-too-large", mb=LARGEST_MB)
        if incoming.kind is Kind.PRESS:
            return _pressed(turn, book)
        name, rest = book.named(incoming)
        if name:
            # Blanks and emoji after a command are no words to look for: as if nothing stood there.
            return _start(turn, book, book[name], rest if has_words(rest) or incoming.payload else "")
        if turn.talk.id:
            return _answered(turn, book)
        return _anything(turn, book)
    except Refusal as refusal:
        # What the step wrote before it refused is undone; the question stays as it was.
        turn.tx.undo()
        return [_refused(turn, book, refusal)]


# --- what a message may be ----------------------------------------------------------------------------------------


def _pressed(turn: Turn, book: Book) -> list[Says]:
    kind, _, rest = turn.incoming.data.partition(":")
    if kind == "c":
        serial, _, value = rest.partition(":")
        if turn.talk.id and serial == str(turn.talk.serial):
            return _chosen(turn, book, value)
    elif kind == "a":
        name, _, about = rest.partition(":")
        talk, _, action = name.partition(".")
        if talk in book:
            return _acted(turn, book, book[talk], action, about)
    return _old(turn, book)


def _chosen(turn: Turn, book: Book, value: str) -> list[Says]:
    talk = book[turn.talk.talk]
    if (ended := _ended(turn, book, talk)) is not None:
        return ended
    step = talk.steps[turn.talk.step]
    name, _, rest = value.partition(":")
    if name in step.choices:
        return _apply(turn, book, talk, step.choices[name](turn, rest))
    if value == CANCEL:
        return cancel(turn)
    if value == BACK and turn.talk.trail:
        return _apply(turn, book, talk, Outcome(step=turn.talk.trail[-1]))
    return _old(turn, book)


def _acted(turn: Turn, book: Book, talk: Talk, action: str, about: str) -> list[Says]:
    if not turn.may(talk.rule):
        return _not_allowed(turn, book)
    if action in talk.actions:
        return _fresh(turn, book, talk, talk.actions[action](_with_new(turn, talk), about))
    found = talks.find(turn.tx, turn.account.id, talk.name)
    if action == "open":
        return _start(turn, book, talk, about)
    if action == "resume" and found:
        return _resume(turn, book, found)
    if action in {"anew", "drop"}:
        if found:
            talks.end(turn.tx, found.id)
            turn.talk = _nothing(turn)
        return _start(turn, book, talk, "") if action == "anew" else [Reply("draft-dropped", edit=True)]
    return _old(turn, book)


def _answered(turn: Turn, book: Book) -> list[Says]:
    talk = book[turn.talk.talk]
    if (ended := _ended(turn, book, talk)) is not None:
        return ended
    if talk.watched and (card := noticed(turn, turn.incoming.text)) is not None:
        return _without_trace(turn, card)
    step = talk.steps[turn.talk.step]
    if turn.incoming.kind in step.kinds:
        return _apply(turn, book, talk, step.kinds[turn.incoming.kind](turn))
    if turn.incoming.kind is not Kind.TEXT:
        raise Refusal("kind-not-taken")
    if step.text is None:
        raise Refusal("not-understood")
    if not (has_words(turn.incoming.text) or talk.greets):
        return [_without_words(turn, step)]
    return _apply(turn, book, talk, step.text(turn, turn.incoming.text))


def _anything(turn: Turn, book: Book) -> list[Says]:
    incoming = turn.incoming
    if not turn.may(Do.TAKE_PART):
        return _greet(turn, book)
    for talk in book.expecting:
        if talk.expects is not None and talk.expects(turn):
            return _start(turn, book, talk, incoming.text)
    if incoming.kind in book.taker.takes:
        return _taken(turn, book)
    if incoming.kind is not Kind.TEXT:
        return [Reply("kind-not-taken", keyboard=True)]
    if incoming.command or not has_words(incoming.text) or letters(incoming.text) < turn.town.shortest:
        return [Reply("not-understood", keyboard=True)]
    return _taken(turn, book)


def _taken(turn: Turn, book: Book) -> list[Says]:
    """What answers nothing opens the talk that takes anything; where its draft waits it joins that, so that neither is
    lost and the review shows both."""
    found = talks.find(turn.tx, turn.account.id, book.taker.name)
    if found is None or not found.draft or book.taker.adds is None:
        return _start(turn, book, book.taker, turn.incoming.text)
    if (card := noticed(turn, turn.incoming.text)) is not None:
        return [card]
    turn.talk = found
    book.taker.adds(turn)
    return _resume(turn, book, found)


# --- how a talk goes on -------------------------------------------------------------------------------------------


def _start(turn: Turn, book: Book, talk: Talk, rest: str) -> list[Says]:
    if not turn.may(talk.rule):
        return _not_allowed(turn, book)
    if talk.watched and (card := noticed(turn, rest)) is not None:
        return [card]
    if talk.keeps_draft:
        found = talks.find(turn.tx, turn.account.id, talk.name)
        if found is not None and found.draft:
            return [_offer(talk, found)]
    return _fresh(turn, book, talk, talk.start(_with_new(turn, talk), rest))


def _fresh(turn: Turn, book: Book, talk: Talk, outcome: Outcome) -> list[Says]:
    """Apply what a talk's start or action decided. One that only says something disturbs nothing that is open."""
    says: list[Says] = []
    if outcome.step or outcome.then:
        says += _put_aside(turn, book)
    return says + _apply(turn, book, talk, outcome)


def _apply(turn: Turn, book: Book, talk: Talk, outcome: Outcome) -> list[Says]:
    says = list(outcome.says)
    if outcome.step:
        return [*says, _ask(turn, talk, outcome.step)]
    if outcome.then:
        _stand(turn, outcome.then, "waiting")
        turn.waits = True
        turn.talk = _nothing(turn)
    elif turn.talk.id and outcome.ended:
        talks.end(turn.tx, turn.talk.id)
        turn.talk = _nothing(turn)
    elif turn.talk.id:
        talks.save(turn.tx, turn.talk, turn.seconds)
        if outcome.shown:
            question = _with_ways_out(turn, talk.steps[turn.talk.step].ask(turn))
            says.append(Refresh(question.about, question, turn.talk.serial))
    if outcome.again:
        return says + _again(turn, book, outcome.again)
    if outcome.call:
        return says + _start(turn, book, book[outcome.call], "")
    if outcome.ended and turn.waits:
        waiting = [one for one in talks.others(turn.tx, turn.account.id) if one.state == "waiting"]
        if waiting and not talks.open_one(turn.tx, turn.account.id):
            return says + _resume(turn, book, waiting[0])
    return says


def _again(turn: Turn, book: Book, waited: Sequence[Incoming]) -> list[Says]:
    """Attend to messages that waited. A question that the next of them has answered or overtaken is not asked."""
    says: list[Says] = []
    stands: tuple[int, int] | None = None
    question: int | None = None
    for incoming in waited:
        turn.talk = _nothing(turn)
        said = _once_more(turn, book, incoming)
        here = talks.open_one(turn.tx, turn.account.id)
        before, stands = stands, (here.id, here.serial) if here else None
        if stands != before and question is not None:
            del says[question]
        # Two photos that find no place here are told so once.
        says += [say for say in said if say not in says]
        if stands != before:
            question = len(says) - 1 if stands and said else None
    return says


def _once_more(turn: Turn, book: Book, incoming: Incoming) -> list[Says]:
    """Attend to a message that waited. Its refusal undoes what came of it, not what let it through."""
    turn.incoming = incoming
    turn.tx.mark()
    try:
        says = attend(turn, book)
    except DatabaseError:
        raise
    except Exception:
        turn.tx.keep()  # so that whoever set the outer mark goes back to that one
        raise
    turn.tx.keep()
    return says


def _ask(turn: Turn, talk: Talk, step: str) -> Reply:
    """Move to a step and word its question, with the ways out that every question has."""
    _stand(turn, step, "open")
    return _with_ways_out(turn, talk.steps[step].ask(turn))


def _stand(turn: Turn, step: str, state: str) -> None:
    here = turn.talk
    if step in here.trail:
        del here.trail[here.trail.index(step) :]
    elif here.step and here.step != step:
        here.trail.append(here.step)
    new = here.id == 0
    here.step, here.state = step, state
    here.serial = turn.town.random(2**31) if new else here.serial + 1
    talks.save(turn.tx, here, turn.seconds)
    if new:
        due = turn.seconds + turn.town.talk_days * 86400
        jobs.put(turn.tx, "talk-close", f"talk:{here.id}", due, {"talk": here.id})


def _resume(turn: Turn, book: Book, found: Conversation) -> list[Says]:
    if found.id != turn.talk.id:
        _put_aside(turn, book, quietly=True)
    turn.talk = found
    return [_ask(turn, book[found.talk], found.step)]


def _put_aside(turn: Turn, book: Book, *, quietly: bool = False) -> list[Says]:
    """Make room for another talk: a draft is kept for later, anything else ends."""
    before = talks.open_one(turn.tx, turn.account.id)
    if before is None:
        return []
    if not (book[before.talk].keeps_draft and before.draft):
        talks.end(turn.tx, before.id)
        return []
    talks.set_state(turn.tx, before.id, "kept")
    until = moment(before.updated + turn.town.talk_days * 86400)
    return [] if quietly else [Reply("draft-kept", {"date": Moment(until, "day_words")})]


def cancel(turn: Turn) -> list[Says]:
    """Leave the open talk. One that waited for it stays as a draft."""
    here = talks.open_one(turn.tx, turn.account.id)
    if here is None:
        return [Reply("nothing-to-cancel", keyboard=True)]
    talks.end(turn.tx, here.id)
    for other in talks.others(turn.tx, turn.account.id):
        if other.state == "waiting":
            talks.set_state(turn.tx, other.id, "kept")
    turn.talk = _nothing(turn)
    return [Reply("cancelled", keyboard=True)]


# --- refusals -----------------------------------------------------------------------------------------------------


def _not_allowed(turn: Turn, book: Book) -> list[Says]:
    if not turn.person.consent:
        return _greet(turn, book)
    return [Reply("not-allowed", keyboard=True)]


def _ended(turn: Turn, book: Book, talk: Talk) -> list[Says] | None:
    """What is said when an open talk may not go on: its role is gone, or what it is about was lost to this person."""
    if not turn.may(talk.rule):
        return _shut(turn, book)
    lost = talk.lost(turn) if talk.lost is not None else None
    return None if lost is None else _apply(turn, book, talk, done(lost))


def _shut(turn: Turn, book: Book) -> list[Says]:
    """The role behind an open talk was taken away: the talk ends, or every later message would run into it."""
    talks.end(turn.tx, turn.talk.id)
    turn.talk = _nothing(turn)
    return _not_allowed(turn, book)


def _old(turn: Turn, book: Book) -> list[Says]:
    """A button that means nothing any more, or never did."""
    return [Reply("button-old", keyboard=True)] if turn.person.consent else _greet(turn, book)


def _without_trace(turn: Turn, card: Reply) -> list[Says]:
    """The talk ends with all that was said in it; photos sent with it are let go."""
    for number in turn.draft.get("media", []):
        media.drop(turn.tx, int(number))
    talks.end(turn.tx, turn.talk.id)
    turn.talk = _nothing(turn)
    return [card]


def _greet(turn: Turn, book: Book) -> list[Says]:
    if (card := noticed(turn, turn.incoming.text)) is not None:
        return [card]
    return _fresh(turn, book, book.greeter, book.greeter.start(_with_new(turn, book.greeter), ""))


def _without_words(turn: Turn, step: Step) -> Reply:
    """Where words are asked for and only blanks, signs or emoji came: the question says what to do."""
    asked = step.ask(turn)
    again = (Key(asked.key, asked.values), *asked.more)
    return _with_ways_out(turn, Reply("words-none", more=again, buttons=asked.buttons, edit=False))


def _refused(turn: Turn, book: Book, refusal: Refusal) -> Reply:
    reply = Reply(refusal.key, refusal.values, edit=False)
    open_one = talks.open_one(turn.tx, turn.account.id)
    if open_one is None:
        return replace(reply, keyboard=True)
    # The question's own buttons again, under the same number: those above still work too.
    turn.talk = open_one
    asked = book[open_one.talk].steps[open_one.step].ask(turn)
    return _with_ways_out(turn, replace(reply, buttons=asked.buttons))


# --- pieces -------------------------------------------------------------------------------------------------------


def _with_new(turn: Turn, talk: Talk) -> Turn:
    turn.talk = _nothing(turn)
    turn.talk.talk = talk.name
    return turn


def _nothing(turn: Turn) -> Conversation:
    return Conversation(id=0, account=turn.account.id, talk="", step="", draft={})


def _with_ways_out(turn: Turn, question: Reply) -> Reply:
    own = {button.value for row in question.buttons for button in row if isinstance(button, Choice)}
    ways: list[Choice] = []
    if turn.talk.trail and BACK not in own:
        ways.append(Choice(BACK, Key("button-back")))
    if CANCEL not in own:
        ways.append(Choice(CANCEL, Key("button-cancel")))
    return replace(question, buttons=(*question.buttons, tuple(ways)) if ways else question.buttons)


def _offer(talk: Talk, found: Conversation) -> Reply:
    title = talk.title(found.draft) if talk.title else ""
    return Reply("draft-offer", {"title": title}, buttons=draft_buttons(talk.name))


def draft_buttons(talk: str) -> tuple[Row, ...]:
    """What can be done with a kept draft."""
    return (
        (Act(talk, "resume", Key("draft-offer.resume")), Act(talk, "anew", Key("draft-offer.anew"))),
        (Act(talk, "drop", Key("draft-offer.drop")),),
    )


def choices_of(step: Step) -> frozenset[str]:
    """Every value a step takes: for the walk that presses them all."""
    return frozenset(step.choices) | {BACK, CANCEL}
