"""The form of a talk: what a file in handlers/<who>/ is made of.

A talk is one conversation: how it starts, the questions it asks (steps) and the buttons that work at any time
(actions). Its functions are plain: they get a `Turn`, read and write through `turn.tx`, and return an `Outcome` that
says what is answered and how the talk goes on. They never send and never ask the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Protocol, TypeAlias

from domain.calendar import WorkCalendar
from domain.categories import Category
from domain.incoming import Incoming, Kind
from domain.moments import Moment
from domain.permissions import Do, Seat, by_seat, may
from domain.richtext import Key, Value
from domain.sensitive import Watch
from domain.values import value
from storage import people
from storage.audience import Unasked
from storage.people import Account, Person
from storage.talks import Conversation
from storage.tx import Tx

Values: TypeAlias = Mapping[str, Value | Moment]
#: A button's label: a text of the catalogue, or data such as a place's name.
Label: TypeAlias = Key | str


@value(frozen=True, slots=True)
class Choice:
    """A button that answers the question it stands under. It is refused once another question was asked."""

    value: str
    label: Label


@value(frozen=True, slots=True)
class Act:
    """A button that works at any time: it names a talk's action and what it is about. It can be forged: authorise."""

    talk: str
    action: str
    label: Label
    about: str = ""


@value(frozen=True, slots=True)
class Web:
    """A button that opens an address."""

    href: str
    label: Label


@dataclass(frozen=True, slots=True)
class Copy:
    """A button that puts a text on the clipboard. Left out where a messenger has none: the message says it too."""

    text: str
    label: Label


Row: TypeAlias = tuple[Choice | Act | Web | Copy, ...]


@value(frozen=True, slots=True)
class Reply:
    """One message. `more` are further paragraphs under it; `about` (case:12) keeps a card in step with its case."""

    key: str
    values: Values = field(default_factory=dict)
    buttons: tuple[Row, ...] = ()
    more: tuple[Key, ...] = ()
    #: Show the permanent keyboard with it.
    keyboard: bool = False
    #: None: change the pressed message when a question's own button was pressed, else send a new one.
    edit: bool | None = None
    about: str = ""
    #: Photos, voice or video sent before it, as numbers of `storage.media`.
    media: tuple[int, ...] = ()
    #: One photo and the words are one message where a messenger has room for it. Such a message is never changed.
    together: bool = False
    #: Links to our own accounts, in words that somebody typed, lead to the one on the reader's messenger.
    own_links: bool = False
    #: A place on the map that is sent before it: degrees north and east.
    pin: tuple[float, float] | None = None


@value(frozen=True, slots=True)
class Look:
    """How a reply is seen on the messenger of one bot: its words there, in so many messages."""

    bot: int
    messenger: str
    words: str
    messages: int
    #: Whether this messenger says that a change of it took.
    sure: bool = True


@value(frozen=True, slots=True)
class Notice:
    """A message to somebody who did not just write. It passes the gate with its reason."""

    person: int
    reply: Reply
    why: Unasked
    #: Where they asked for it or what it is about is: the account at this bot, if they have one there. 0 is any.
    bot: int = 0


@value(frozen=True, slots=True)
class Refresh:
    """Change every card that shows this (case:12) to what it should show now."""

    about: str
    reply: Reply
    #: Number of the question that the card asks, if it is one: its choices go on answering that one.
    serial: int = 0


@value(frozen=True, slots=True)
class Remove:
    """Take this photo or voice (a number of `storage.media`) out of the chats it was sent to, some at a time: what is
    left is taken by the next one. Where it is too old to be deleted, a blank picture with these words stands in."""

    media: int
    words: Key


#: What goes to others than the one who wrote.
Told: TypeAlias = Notice | Refresh | Remove
Says: TypeAlias = Reply | Told


class Refusal(Exception):
    """A person's mistake: undone, answered with a sentence, and the question stays open."""

    def __init__(self, key: str, /, **values: Value | Moment) -> None:
        super().__init__(key)
        self.key, self.values = key, values


@value(frozen=True, slots=True)
class Outcome:
    """What a talk's function decides. Made by `go`, `stay`, `shown`, `done`, `call`, `again`, never by hand."""

    says: tuple[Says, ...] = ()
    step: str = ""
    ended: bool = False
    call: str = ""
    then: str = ""
    again: tuple[Incoming, ...] = ()
    shown: bool = False


def go(step: str, *says: Says) -> Outcome:
    """Say this and ask the question of that step."""
    return Outcome(says, step=step)


def stay(*says: Says) -> Outcome:
    """Say this; the question stays open."""
    return Outcome(says)


def shown(*says: Says) -> Outcome:
    """Say this; the question stays open and changes, where it stands, to what it should say now. Its reply must be
    `about` itself."""
    return Outcome(says, shown=True)


def done(*says: Says) -> Outcome:
    """Say this; the talk is over and its draft goes."""
    return Outcome(says, ended=True)


def call(talk: str, *says: Says, then: str = "") -> Outcome:
    """Let another talk have its turn. With `then` this one waits and goes on at that step; without, it is over."""
    return Outcome(says, ended=not then, call=talk, then=then)


def again(*incoming: Incoming, says: Sequence[Says] = ()) -> Outcome:
    """The talk is over; take these messages, in this order, as if they had just come. Only what is asked last is
    asked."""
    return Outcome(tuple(says), ended=True, again=incoming)


@value(frozen=True, slots=True)
class Line:
    """An emergency line: its number and, per language, what it is for."""

    number: str
    purposes: Mapping[str, str]
    #: For which needs it is: codes of the town's data; `danger` for those that are named first.
    needs: tuple[str, ...] = ()
    #: Per language: what to call it for, and when it answers (empty: nobody has confirmed it).
    details: Mapping[str, str] = field(default_factory=dict)
    hours: Mapping[str, str] = field(default_factory=dict)
    #: Answered everywhere, or only in some counties.
    everywhere: bool = True
    #: The day on which somebody last saw that it is so.
    verified: date | None = None


class Seals(Protocol):
    """Encrypts what must be kept (staff names); `context` ties it to its row."""

    def seal(self, text: str, context: str) -> str: ...
    def open(self, sealed: str, context: str) -> str: ...


@dataclass(frozen=True)
class Town:
    """What differs between towns: settings and data, the same for every turn."""

    calendar: WorkCalendar
    seals: Seals
    #: random(n): a number from 0 to n-1.
    random: Callable[[int], int]
    #: A sentence of the catalogue in the town's own language, for words that are stored (a proposed explanation).
    phrase: Callable[[str], str]
    operator: str = ""
    demo: bool = False
    languages: tuple[str, ...] = ("fa", "en")
    emergency: tuple[Line, ...] = ()
    #: All lines that residents are shown, those for danger too.
    lines: tuple[Line, ...] = ()
    #: A link that opens a bot (our number of it) with something in it; empty for a bot that has not answered yet.
    link: Callable[[int, str], str] = lambda bot, payload: ""
    #: How a reply in this language is seen on each messenger that we are on.
    looks: Callable[[Reply, str], Sequence[Look]] = lambda reply, language: ()
    categories: tuple[Category, ...] = ()
    #: Knows what must leave no trace.
    watch: Watch | None = None
    #: Working days until the first answer is due, and until an accepted case's next step is proposed.
    first_answer_days: int = 2
    next_step_days: int = 7
    #: Letters of a report, at least and at most.
    shortest: int = 10
    longest: int = 2000
    #: Photos of one report, at most; reports of one person a day, at most.
    photos: int = 5
    daily: int = 5
    #: Days until an unfinished talk closes; hours that a message waits for consent.
    talk_days: int = 3
    consent_hours: int = 24
    #: Readers of a message up to which one person sends it alone; a second one says yes to more. 0 is no limit.
    alone: int = 500
    #: News that somebody gets unasked in a week, at most; what is more they read in a digest. 0 is no limit.
    news_per_week: int = 2
    #: Bytes of a file that every messenger takes which we are on.
    largest: Callable[[], int] = lambda: 20_000_000
    #: When the digest of the week goes out in Tehran: weekday as Python counts (Monday is 0), hour.
    digest_weekday: int = 3
    digest_hour: int = 18
    #: Hours before a meeting at which people are reminded of it: first all who may come, last those who mean to.
    remind_hours: tuple[int, ...] = (48, 2)
    #: Days after which a rejected report is erased; months after which a closed one is nobody's any more.
    rejected_days: int = 30
    closed_months: int = 12


@dataclass(slots=True)
class Work:
    """What any function of ours gets: an open transaction, the present moment (UTC) and the town."""

    tx: Tx
    now: datetime
    town: Town

    @property
    def seconds(self) -> int:
        return int(self.now.timestamp())


@dataclass(slots=True)
class Turn(Work):
    """One message's turn: who wrote, what, and the conversation it belongs to."""

    account: Account
    person: Person
    incoming: Incoming
    talk: Conversation
    #: Some talk of this account waits for another one to end.
    waits: bool = False
    _seats: tuple[Seat, ...] | None = None

    @property
    def draft(self) -> dict[str, Any]:
        """What was said so far in this talk; change it in place."""
        return self.talk.draft

    @property
    def seats(self) -> tuple[Seat, ...]:
        """The roles this person has now."""
        if self._seats is None:
            self._seats = people.seats(self.tx, self.person.id, self.seconds)
        return self._seats

    def may(self, do: Do, path: str | None = None) -> bool:
        """Whether this person may do this at a place's path (None: anywhere)."""
        seats = self.seats if by_seat(do) else ()
        return may(do, seats, consented=self.person.consent > 0, path=path)


def moment(seconds: int) -> datetime:
    """Stored seconds as an aware UTC moment."""
    return datetime.fromtimestamp(seconds, UTC)


Start: TypeAlias = Callable[[Turn, str], Outcome]
Take: TypeAlias = Callable[[Turn, str], Outcome]


@value(frozen=True, slots=True)
class Step:
    """One question. `ask` words it (again after a restart or a way back), `text` takes a typed answer, `choices` the
    buttons: by value, or by the part before a colon (`page:2` is taken by `page`, which gets `2`)."""

    ask: Callable[[Turn], Reply]
    text: Take | None = None
    choices: Mapping[str, Take] = field(default_factory=dict)
    #: What else answers it (a photo, a voice, a place …), by kind; the message is `turn.incoming`.
    kinds: Mapping[Kind, Callable[[Turn], Outcome]] = field(default_factory=dict)


@value(frozen=True, slots=True)
class Talk:
    """A conversation, found by living in handlers/<who>/ under the name `talk`."""

    name: str
    #: The row of the permission table that guards its start, its steps and its actions.
    rule: Do
    start: Start
    #: Its chat command with the slash; its words and its label live in the catalogue (`talk-NAME`).
    command: str = ""
    steps: Mapping[str, Step] = field(default_factory=dict)
    actions: Mapping[str, Take] = field(default_factory=dict)
    #: Deep links that begin with this and an underscore open the talk with the rest.
    payload: str = ""
    #: A draft is worth keeping when another talk comes in between.
    keeps_draft: bool = False
    #: The draft in a few words, for the offer to go on with it.
    title: Callable[[dict[str, Any]], str] | None = None
    #: What answers nothing opens this talk: any text, and these kinds (one talk exactly).
    takes: frozenset[Kind] = frozenset()
    takes_anything: bool = False
    #: Adds such a message to a draft that waits.
    adds: Callable[[Turn], None] | None = None
    #: It may take what answers nothing before that one does, if this says so (an answer to an open question of ours).
    expects: Callable[[Turn], bool] | None = None
    #: Words into it may be about harm to a person: they are looked at before anything of them is kept.
    watched: bool = False
    #: Said in place of going on, when what the talk is about may not be seen any more; the talk is over then.
    lost: Callable[[Turn], Reply | None] | None = None
    #: It greets people who have not consented and keeps what they came with (one talk exactly).
    greets: bool = False
    #: Jobs of this talk by kind: run at their time with their ids, in a transaction of their own.
    jobs: Mapping[str, Callable[[Work, dict[str, int]], Iterable[Told]]] = field(default_factory=dict)
