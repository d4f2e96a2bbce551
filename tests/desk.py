"""The desk over a real database and without messengers: for walks of thousands of short turns, each undone again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bot.platforms import PLATFORMS
from bot.render import Renderer
from domain.incoming import Incoming, Kind
from handlers.book import Book
from handlers.desk import attend
from handlers.talk import Act, Choice, Reply, Row, Says, Turn
from storage import (
    people,
    talks,
)
from storage.personal import TABLES
from storage.talks import Conversation
from tests.furnished import NOW, ROLES, SECONDS, Furnished

#: What a refused message may still write: that somebody came, what is said to them, their own talk and their tries.
OWN = {"inbox", "outbox", "bodies", "lanes", "accounts", "tries"}
OWN_JOBS = ("talk-close", "arrived-erase")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one message: what was said, in which talk the person stands now, and the buttons they got."""

    says: tuple[Says, ...]
    talk: str
    step: str
    #: Everything that can be pressed: the button as the talk made it, and what it carries.
    buttons: tuple[tuple[Choice | Act, str], ...]

    @property
    def keys(self) -> list[str]:
        """The sentences said to the person themselves."""
        return [say.key for say in self.says if isinstance(say, Reply)]


class Desk(Furnished):
    """Takes turns in the made-up town."""

    def __init__(self, book: Book, renderer: Renderer, *, worded: bool = False) -> None:
        """`worded`: word every answer for both messengers in every language, which takes most of the time."""
        super().__init__()
        self.book, self.renderer, self.worded = book, renderer, worded
        #: One of each kind of message that was said, by its sentences.
        self.said: dict[tuple[str, ...], Reply] = {}

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Everything inside is taken back afterwards; may be nested."""
        self.tx.run("SAVEPOINT walk")
        try:
            yield
        finally:
            self.tx.run("ROLLBACK TO walk")
            self.tx.run("RELEASE walk")

    def says(self, who: str, text: str) -> Answer:
        return self._does(who, Incoming(kind=Kind.TEXT, text=text))

    def presses(self, who: str, data: str) -> Answer:
        return self._does(who, Incoming(kind=Kind.PRESS, data=data, press="1", message=5))

    def sends(self, who: str, what: Kind | Incoming) -> Answer:
        """Something other than words; a kind alone carries nothing that could be read."""
        return self._does(who, Incoming(kind=what, file_id="x") if isinstance(what, Kind) else what)

    def _does(self, who: str, incoming: Incoming) -> Answer:
        """One turn as the worker gives it."""
        user = list(ROLES).index(who) + 1
        lane = people.lane_id(self.tx, self.bot, user)
        account, person = people.arrive(self.tx, bot=self.bot, user=user, lane=lane, language="fa", now=SECONDS)
        self.tx.mark()
        incoming = replace(incoming, chat=user, user=user, private=True, name=who)
        turn = Turn(self.tx, NOW, self.town, account, person, incoming, Conversation(0, account.id, "", "", {}))
        said = attend(turn, self.book)
        self.tx.keep()
        here = talks.open_one(self.tx, account.id)
        if self.worded:
            self._word(said, turn.talk.serial)
        for reply in (say if isinstance(say, Reply) else say.reply for say in said):
            self.said.setdefault((reply.key, *sorted({more.name for more in reply.more})), reply)
        replies = [say for say in said if isinstance(say, Reply)]
        shown = [button for reply in replies for button in pressable(reply.buttons)]
        buttons = tuple((button, data_of(button, turn.talk.serial)) for button in shown)
        return Answer(tuple(said), here.talk if here else "", here.step if here else "", buttons)

    def _word(self, said: Iterable[Says], serial: int) -> None:
        """As it would be sent: nothing may be lacking."""
        for say in said:
            reply = say if isinstance(say, Reply) else say.reply
            for platform in PLATFORMS.values():
                for language in self.town.languages:
                    self.renderer.calls(reply, platform, language, serial=serial)

    def kept(self, who: str) -> dict[str, list[tuple[object, ...]]]:
        """Everything in the database that is not this person's own waiting room."""
        user = list(ROLES).index(who) + 1
        own = self.tx.one("SELECT id FROM accounts WHERE user_id = :user", user=user)
        assert own is not None
        found = {}
        for table in TABLES.keys() - OWN - {"migrations"}:
            rows = self.database.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()  # noqa: S608 - our own names
            if table == "talks":
                rows = [row for row in rows if row["account"] != own["id"]]
            if table == "jobs":
                rows = [row for row in rows if row["kind"] not in OWN_JOBS]
            found[table] = [tuple(row) for row in rows]
        return found


def pressable(rows: Iterable[Row]) -> list[Choice | Act]:
    return [button for row in rows for button in row if isinstance(button, Choice | Act)]


def data_of(button: Choice | Act, serial: int) -> str:
    """What a button carries; the renderer writes the same (a test compares)."""
    if isinstance(button, Choice):
        return f"c:{serial}:{button.value}"
    return f"a:{button.talk}.{button.action}:{button.about}"
