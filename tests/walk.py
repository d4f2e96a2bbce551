"""Walks through every registered talk as anybody: each opening, each question, each button that is really shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from domain.incoming import Incoming, Kind
from domain.richtext import Key
from handlers.book import BUILT_IN
from handlers.desk import choices_of
from handlers.talk import Act, Choice, Reply
from tests.desk import Answer, Desk, data_of
from tests.furnished import ON_MAP, ROLES
from tests.sentences import LANGUAGES, TEXTS

#: Typed at every question, and in place of what a button carries.
TYPED = (
    "برق کوچهٔ ۱۲ از هفتهٔ پیش قطع است",
    "برق کوچهٔ ۱۲ از دیروز وصل است\nآب هم وصل است",
    "کرمان",
    "محله",
    "۱۵ دی",
    "48271905",
    "x",
    "\u200b\u202e",
    "چهارشنبه ۵ آذر ساعت ۵ عصر",  # a Thursday: it is asked about
    "2026/11/26",  # so is a day of the other calendar
    "/menu",
)
#: Sent at every question: what may answer one besides words.
SENT = (
    *(Incoming(kind=kind, file_id="x") for kind in (Kind.PHOTO, Kind.VOICE)),
    *(Incoming(kind=Kind.LOCATION, latitude=lat, longitude=lon) for lat, lon in ON_MAP.values()),
    *(
        Incoming(kind=Kind.CONTACT, contact_user=list(ROLES).index(who) + 1, other_name=who)
        for who in ("newcomer", "council member", "committee head")
    ),
)
JUNK = ("", "0", "1", "7", "999999", "-1", "x", "on", "en", "insufficient", "<b>", "a:b:c", "\u06f1")


@dataclass(frozen=True, slots=True)
class Opening:
    """One way to start something. `about` is the case it names, if it names one."""

    talk: str
    text: str = ""
    data: str = ""
    about: str = ""

    def by(self, desk: Desk, who: str) -> Answer:
        return desk.presses(who, self.data) if self.data else desk.says(who, self.text)


def openings(desk: Desk) -> Iterator[Opening]:
    """Every command, word and link with and without what may follow, and every action with cases and with junk."""
    codes = [case.code for case in desk.cases.values()]
    for talk in desk.book.talks.values():
        if talk.command:
            yield Opening(talk.name, f"/{talk.command}")
            for about in (*codes, "00000000", "x", "\u06f1\u06f2\u06f3"):
                case = about if about in codes else ""
                yield Opening(talk.name, f"/{talk.command} {about}", about=case)
                yield Opening(talk.name, f"/{talk.command} {about} insufficient نشانی دقیق نیست", about=case)
        if talk.payload:
            for rest in {"x", desk.links.get(talk.name, "x")}:
                yield Opening(talk.name, f"/start {talk.payload}_{rest}")
        for language in LANGUAGES:
            yield Opening(talk.name, "".join(span.text for span in TEXTS.render(language, f"talk-{talk.name}")))
        for action in (*talk.actions, *BUILT_IN):
            for about in (*codes, *JUNK):
                # Drafts are one's own: what is named after resume, anew and drop is not read.
                case = about if about in codes and action not in BUILT_IN[1:] else ""
                yield Opening(talk.name, data=f"a:{talk.name}.{action}:{about}", about=case)


def forgeries(desk: Desk) -> Iterator[tuple[str, str]]:
    """Presses that no question of ours is behind: every choice of every step under numbers that are not its own."""
    for talk in desk.book.talks.values():
        for name, step in talk.steps.items():
            for choice in choices_of(step):
                for serial in ("", "0", "1", "-1", "x", "999999999999"):
                    yield f"{talk.name}.{name}", f"c:{serial}:{choice}"
    for data in (
        "",
        ":",
        "c",
        "c::",
        "a",
        "a:",
        "a::",
        "a:x.y:z",
        "a:report:",
        "a:report.:",
        "a:.open:",
        "z:1:2",
        "\0",
        "x" * 64,
    ):
        yield "nothing", data


Visit = Callable[[str, Answer, str, str], None]
#: A question or an answer as one person meets it: where they then stand, what was said, which buttons there are,
#: and which of its values are sentences.
Look = tuple[str, str, str, str, frozenset[str], frozenset[str]]


@dataclass
class Walk:
    """Goes through all that one person can reach; `visit(who, answer, talk, step)` is called at each question, once in
    each form that it has."""

    desk: Desk
    visit: Visit
    seen: set[tuple[str, str]] = field(default_factory=set)
    met: dict[tuple[str, str, str], Choice | Act] = field(default_factory=dict)
    _looks: set[Look] = field(default_factory=set)

    @property
    def buttons(self) -> list[tuple[Choice | Act, str, str]]:
        """Every kind of button that was shown, with the talk and the step the person then stood at."""
        return [(button, talk, step) for (talk, step, _), button in self.met.items()]

    def all(self, who: str) -> None:
        # A walk is as deep as its longest way through the talks.
        sys.setrecursionlimit(max(sys.getrecursionlimit(), 20_000))
        for opening in openings(self.desk):
            with self.desk.undone():
                self._on(who, opening.by(self.desk, who))

    def _on(self, who: str, answer: Answer) -> None:
        for button, _ in answer.buttons:
            self.met.setdefault((answer.talk, answer.step, data_of(button, 0)), button)
        here = (answer.talk, answer.step)
        look = (who, *here, *looks(answer))
        if look in self._looks:
            return
        self._looks.add(look)
        if answer.talk:
            self.seen.add(here)
            self.visit(who, answer, *here)
        for button, data in answer.buttons:
            with self.desk.undone():
                then = self.desk.presses(who, data)
                assert "button-old" not in then.keys, f"{here}: {button} is shown and not taken"
                self._on(who, then)
        if answer.talk:
            self._say(who)

    def _say(self, who: str) -> None:
        for text in TYPED:
            with self.desk.undone():
                self._on(who, self.desk.says(who, text))
        for sent in SENT:
            with self.desk.undone():
                self._on(who, self.desk.sends(who, sent))


def named(button: Choice | Act) -> str:
    """A button without what it is about."""
    return button.value.partition(":")[0] if isinstance(button, Choice) else f"{button.talk}.{button.action}"


def looks(answer: Answer) -> tuple[str, frozenset[str], frozenset[str]]:
    last = [say for say in answer.says if isinstance(say, Reply)][-1:]
    sentences = frozenset(name for one in last for name, value in one.values.items() if isinstance(value, Key))
    return "".join(one.key for one in last), frozenset(named(button) for button, _ in answer.buttons), sentences
